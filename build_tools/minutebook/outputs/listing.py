"""A list in pages: one template, one way to cut it up, for everything that is a row of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import Links, path_of, put
from minutebook.outputs.paging import Step, sheets, steps
from minutebook.outputs.site import Site
from minutebook.outputs.templating import render

_FEW = 3  # headings that a reader sees at once, without a list of them


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; an empty heading stands for none.

    Groups of the same heading that stand in a row share it: `under` is what each is called below it, and
    `note` is said once of all of its entries. `folded` is what the groups of a heading are called where a narrow
    window folds them away.
    """

    heading: str | Markup
    entries: Sequence[Markup]
    under: Markup | str = ""
    note: Markup | str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under one heading of a page: of each group its name, its note and its entries."""

    heading: str | Markup
    folded: str
    parts: list[tuple[str | Markup, str | Markup, list[Markup]]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A row of links by which a list can be narrowed."""

    name: str
    links: Sequence[Step]
    more: Markup | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is: where, called what, and how each page of it is laid out."""

    address: str
    title: str
    groups: Sequence[Group]
    trail: Callable[[Links], list[Markup]] | None = None
    lead: Markup | str = ""
    filters: Callable[[Links], list[Filter]] | None = None
    template: str = "listing.html"
    size: int = 200
    further: str | None = None
    nothing: str = "Nothing is recorded yet."
    columns: Sequence[str] = ()
    total: str = ""
    after: Markup | str = ""
    before: Markup | str = ""  # what is told before the list, on its first page
    contents: bool = False  # whether a list of its headings leads to each of them
    folded: str = ""  # what the links of the filters are called where they are folded away


def list_pages(site: Site, it: Listing) -> Iterator[OutputFile]:
    """The pages of a list. A group that is cut in two goes on under its heading."""
    flat = [(group, entry) for group in it.groups for entry in group.entries]
    for sheet in sheets(it.address, flat, it.size, it.further):
        here = sheet.address
        links = site.links(here)
        sections: list[_Section] = []
        last: Group | None = None
        for group, entry in sheet.items:
            if group is not last:
                if last is None or not group.under or group.heading != last.heading:
                    sections.append(_Section(_on_page(group.heading, here), group.folded, []))
                sections[-1].parts.append((_on_page(group.under, here), _on_page(group.note, here), []))
                last = group
            sections[-1].parts[-1][2].append(put(entry, here))
        trail = [links.page("", "Home"), *(it.trail(links) if it.trail else [])]
        if sheet.number > 1:
            trail.append(links.page(it.address, it.title))
        title = it.title if sheet.number == 1 else f"{it.title}, page {sheet.number} of {sheet.of}"
        html = render(
            it.template,
            title=title,
            trail=trail,
            lead=_on_page(it.lead, here) if sheet.number == 1 else "",
            after=_on_page(it.after, here),
            before=_on_page(it.before, here) if sheet.number == 1 else "",
            folded=it.folded,
            listed=it.contents and len(sections) > _FEW,
            filters=it.filters(links) if it.filters and sheet.number == 1 else [],
            sections=sections,
            columns=it.columns,
            name=it.title,
            pages=steps(links, sheet, it.address, it.further),
            nothing=it.nothing,
            total=it.total,
        )
        yield OutputFile(path_of(here), html, title=title, kind="list")


def _on_page(words: Markup | str, here: str) -> Markup | str:
    return put(words, here) if isinstance(words, Markup) else words

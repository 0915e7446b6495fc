"""The lists that lead to every record without a script: councils, types, A to Z, years, bodies, projects, topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from minutebook.belonging import body_of, date_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    A_TO_Z,
    BY_BODY,
    BY_PROJECT,
    BY_YEAR,
    RECORDS,
    TOPICS,
    Links,
    list_address,
    path_of,
)
from minutebook.outputs.council_page import council_page, heading_of
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.site import Site, a_to_z, newest_first
from minutebook.outputs.templating import render
from minutebook.outputs.words import count
from minutebook.outputs.years import years_of
from minutebook.records import RECORD_TYPES
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project

_SIGNS = "Numbers and signs"


def all_records(site: Site) -> Iterator[OutputFile]:
    """The ways to every record: by type and council, from A to Z, by year, by body and by project."""
    links = site.links(RECORDS)
    types = []
    for record_type in RECORD_TYPES:
        places = [
            (links.page(list_address(place.slug, record_type.folder), place.title), len(records))
            for place in site.councils
            if (records := site.of_council[place.slug].get(record_type.folder))
        ]
        if places:
            doc = (record_type.__doc__ or "").splitlines()[0]
            types.append((record_type.heading, doc, places))
    ways = [
        (links.page(A_TO_Z, "A to Z"), "every record by its name"),
        (links.page(BY_YEAR, "By year"), "what has a date, the latest year first"),
        (links.page(BY_BODY, "By body"), "what belongs to each committee, board or office"),
        (links.page(BY_PROJECT, "By project"), "what is about each project or programme"),
        (links.page(TOPICS, "By topic"), "what is about a subject"),
    ]
    html = render("all_records.html", title="All records", trail=[links.page("", "Home")], types=types, ways=ways,
                  total=count(len(site.kb.records), "record"))  # fmt: skip
    yield OutputFile(path_of(RECORDS), html, title="All records", kind="list")
    for place in site.councils:
        yield council_page(site, place)
        for folder, records in site.of_council[place.slug].items():
            yield from _type_pages(site, place.slug, place.title, folder, records)
    yield from _a_to_z(site)
    yield from _by_year(site)
    yield from _by_body(site)
    yield from _by_project(site)
    yield from topics(site)


def _type_pages(
    site: Site, slug: str, council: str, folder: str, records: tuple[Record, ...]
) -> Iterator[OutputFile]:
    listing = Listing(
        list_address(slug, folder),
        f"{heading_of(folder)}: {council}",
        _letters(site, records),
        trail=lambda links: [links.page(f"{slug}/", council)],
        total=f"{len(records):,} in all, from A to Z.",
        # Behind the address of the list lie those of its records: further pages have a place of their own.
        further=f"{RECORDS}{slug}/{folder}/",
    )
    yield from list_pages(site, listing)


def _a_to_z(site: Site) -> Iterator[OutputFile]:
    letters = _letters(site, sorted(site.kb.records.values(), key=a_to_z))
    entries = [
        Markup("{} ({})").format(
            site.anywhere.page(_letter_address(str(group.heading)), str(group.heading)), len(group.entries)
        )
        for group in letters
    ]
    yield from list_pages(site, Listing(A_TO_Z, "Records from A to Z", [Group("", entries)], trail=_above))
    for group in letters:
        listing = Listing(
            _letter_address(str(group.heading)),
            f"Records: {group.heading}",
            [Group("", group.entries)],
            trail=lambda links: [*_above(links), links.page(A_TO_Z, "A to Z")],
        )
        yield from list_pages(site, listing)


def _letter_address(letter: str) -> str:
    return f"{A_TO_Z}{'numbers-and-signs' if letter == _SIGNS else letter.lower()}/"


def _by_year(site: Site) -> Iterator[OutputFile]:
    years: defaultdict[str, list[Record]] = defaultdict(list)
    for record in site.kb.records.values():
        for year in years_of(date_of(site.kb, record)):
            years[year].append(record)
    names = sorted(years, key=lambda year: (year.isdigit(), year), reverse=True)
    yield from _index_and_pages(
        site, BY_YEAR, "Records by year", [(f"{year if year.isdigit() else 'not-stated'}/", year, _in_order(site, years[year])) for year in names]
    )  # fmt: skip


def _by_body(site: Site) -> Iterator[OutputFile]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in site.kb.records.values():
        body = body_of(site.kb, record)
        if body is not None:
            found[body.id].append(record)
    listed = [
        (f"{body.council}/{body.id.slug}/", site.full_title(body), _in_order(site, found[body.id]))
        for body in sorted(site.kb.of(Body), key=a_to_z)
    ]
    yield from _index_and_pages(site, BY_BODY, "Records by body", listed)


def _by_project(site: Site) -> Iterator[OutputFile]:
    found = []
    for project in sorted(site.kb.of(Project), key=a_to_z):
        pointing = {link.record.id: link.record for link in site.kb.backlinks(project.id)}
        records = _in_order(site, [project, *pointing.values()])
        found.append((f"{project.council}/{project.id.slug}/", site.full_title(project), records))
    yield from _index_and_pages(site, BY_PROJECT, "Records by project", found)


def topics(site: Site) -> Iterator[OutputFile]:
    """Each subject, with everything about it by type."""
    found = [
        (
            f"{slug}/",
            site.topics.names[slug],
            sorted(site.topics.records[slug], key=lambda record: (_order(record), *a_to_z(record))),
        )
        for slug in site.topics.slugs
    ]
    yield from _index_and_pages(site, TOPICS, "Topics", found, by_type=True)


def _index_and_pages(
    site: Site,
    base: str,
    title: str,
    found: Iterable[tuple[str, str, list[Record]]],
    *,
    by_type: bool = False,
) -> Iterator[OutputFile]:
    """A list of ways to the records, and the records of each."""
    entries = []
    above = (lambda _: []) if base == TOPICS else _above
    for address, name, records in found:
        entries.append(Markup("{} ({})").format(site.anywhere.page(f"{base}{address}", name), len(records)))
        if by_type:
            by_heading: dict[str, list[Markup]] = {}
            for record in records:
                by_heading.setdefault(type(record).heading, []).append(site.listed.of(record))
            groups = [Group(heading, lines) for heading, lines in by_heading.items()]
        else:
            groups = [Group("", [site.listed.of(record) for record in records])]
        listing = Listing(
            f"{base}{address}",
            f"{title.removesuffix('s')}: {name}" if base == TOPICS else f"Records: {name}",
            groups,
            trail=lambda links: [*above(links), links.page(base, title)],
            total=f"{count(len(records), 'record')}.",
        )
        yield from list_pages(site, listing)
    yield from list_pages(site, Listing(base, title, [Group("", entries)] if entries else [], trail=above))


def _above(links: Links) -> list[Markup]:
    return [links.page(RECORDS, "All records")]


def _in_order(site: Site, records: Iterable[Record]) -> list[Record]:
    """The latest first; what has no date comes last, from A to Z."""
    return [record for _, record in newest_first(site, records)]


def _letters(site: Site, records: Iterable[Record]) -> list[Group]:
    letters: dict[str, list[Markup]] = {}
    for record in records:
        letters.setdefault(_letter(record), []).append(site.listed.of(record))
    return [Group(letter, lines) for letter, lines in letters.items()]


def folder_list(folder: str, headings: Mapping[str, str]) -> OutputFile:
    """The list of a folder of hand-written pages: their headings by file name."""
    listed = [(f"{name.removesuffix('.md')}/", heading or name) for name, heading in headings.items()]
    title = folder.rpartition("/")[2].replace("-", " ").capitalize()
    html = render("folder.html", title=title, listed=listed)
    return OutputFile(path_of(f"{folder}/"), html, title=title, kind="list")


def _order(record: Record) -> int:
    return RECORD_TYPES.index(type(record)) if type(record) in RECORD_TYPES else len(RECORD_TYPES)


def _letter(record: Record) -> str:
    first = record.title[:1].upper()
    return first if first.isascii() and first.isalpha() else _SIGNS

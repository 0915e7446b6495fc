"""The home page and the lists that lead to every record without a script: councils, types, bodies, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from minutebook.belonging import date_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    BODIES,
    HOME,
    RECORDS,
    SOURCES,
    Links,
    external,
    list_address,
    path_of,
)
from minutebook.outputs.site import Site, a_to_z
from minutebook.outputs.templating import render
from minutebook.outputs.words import NOT_STATED, count, moment
from minutebook.ownership import Status
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.project import Project
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.transfer import Transfer


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list."""

    link: Markup
    kind: str | None
    date: Markup | None


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body in the list of bodies."""

    link: Markup
    kind: str
    existed: Markup
    holds: int


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A document in the list of sources."""

    link: Markup
    kind: str
    third_party: bool
    publisher: Markup
    dated: Markup
    cited_by: int
    page: Markup
    licence: Markup


def home(site: Site) -> OutputFile:
    """Three doors for three people, and what the site holds."""
    links = site.links(HOME)
    html = render(
        "home.html",
        title=site.kb.settings.title,
        description=site.kb.settings.description,
        councils=[(place.title, links.href(f"{place.slug}/")) for place in site.councils],
        as_of=moment(site.as_of),
        counts=_counts(site),
    )
    return OutputFile(path_of(HOME), html, title="Home", kind="home")


def _counts(site: Site) -> list[str]:
    """What the site holds, a line for each thing that people ask for; nothing of what it has none of."""
    answers = [site.history.owner(project, site.as_of).status for project in site.kb.of(Project)]
    gaps, uncertain = answers.count(Status.GAP), answers.count(Status.UNCERTAIN)
    projects = count(len(answers), "project or programme", "projects and programmes")
    told = [
        f"{count(one, 'has', 'have')} {what}"
        for one, what in (
            (gaps, "nobody who is stated to hold it"),
            (uncertain, "more than one answer to who does"),
        )
        if one
    ]
    lines = [
        (len(site.kb.of(Decision)), count(len(site.kb.of(Decision)), "decision")),
        (len(site.kb.of(Resolution)), count(len(site.kb.of(Resolution)), "resolution")),
        (len(answers), f"{projects}{', of which ' + ' and '.join(told) if told else ''}"),
        (
            len(site.kb.of(Transfer)),
            count(len(site.kb.of(Transfer)), "transfer of governance", "transfers of governance"),
        ),
        (
            len(site.kb.of(SourceDocument)),
            count(len(site.kb.of(SourceDocument)), "document that is cited", "documents that are cited"),
        ),
    ]
    every = count(len(site.kb.records), "record in all", "records in all")
    return [*(line for number, line in lines if number), every]


def all_records(site: Site) -> Iterator[OutputFile]:
    """The way to every record: all types, then for each council its types, and for each type its records."""
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
    html = render("all_records.html", title="All records", trail=[links.page("", "Home")], types=types,
                  total=len(site.kb.records))  # fmt: skip
    yield OutputFile(path_of(RECORDS), html, title="All records", kind="list")
    for place in site.councils:
        yield _council_page(site, place.slug, place.title)
        for folder, records in site.of_council[place.slug].items():
            yield _type_page(site, place.slug, place.title, folder, records)


def _council_page(site: Site, slug: str, title: str) -> OutputFile:
    here = f"{slug}/"
    links = site.links(here)
    record = next(place.record for place in site.councils if place.slug == slug)
    html = render(
        "council.html",
        title=title,
        trail=[links.page("", "Home")],
        record=links.record(record.id, f"About {title}") if record is not None else None,
        types=[
            (links.page(list_address(slug, folder), _heading(folder)), len(records))
            for folder, records in site.of_council[slug].items()
        ],
    )
    return OutputFile(path_of(here), html, title=title, kind="list")


def _type_page(site: Site, slug: str, council: str, folder: str, records: tuple[Record, ...]) -> OutputFile:
    here = list_address(slug, folder)
    links = site.links(here)
    letters = [
        (letter, [_listed(site, record, links) for record in group])
        for letter, group in groupby(records, key=_letter)
    ]
    title = f"{_heading(folder)}: {council}"
    trail = [links.page("", "Home"), links.page(f"{slug}/", council)]
    html = render("type.html", title=title, trail=trail, letters=letters, total=len(records))
    return OutputFile(path_of(here), html, title=title, kind="list")


def bodies(site: Site) -> OutputFile:
    """Every body, by council and kind."""
    links = site.links(BODIES)
    groups = []
    for place in site.councils:
        own = [body for body in site.kb.of(Body) if body.council == place.slug]
        own.sort(key=lambda body: (list(type(body.kind)).index(body.kind), *a_to_z(body)))
        if own:
            groups.append((place.title, [_listed_body(site, body, links) for body in own]))
    html = render(
        "bodies.html", title="Bodies", trail=[links.page("", "Home")], groups=groups, as_of=moment(site.as_of)
    )
    return OutputFile(path_of(BODIES), html, title="Bodies", kind="list")


def sources(site: Site) -> OutputFile:
    """Every document that is cited, and how far it can be trusted."""
    links = site.links(SOURCES)
    listed = [_listed_source(site, one, links) for one in sorted(site.kb.of(SourceDocument), key=a_to_z)]
    html = render("sources.html", title="Sources", trail=[links.page("", "Home")], sources=listed)
    return OutputFile(path_of(SOURCES), html, title="Sources", kind="list")


def folder_list(folder: str, headings: Mapping[str, str]) -> OutputFile:
    """The list of a folder of hand-written pages: their headings by file name."""
    listed = [(f"{name.removesuffix('.md')}/", heading or name) for name, heading in headings.items()]
    title = folder.rpartition("/")[2].replace("-", " ").capitalize()
    html = render("folder.html", title=title, listed=listed)
    return OutputFile(path_of(f"{folder}/"), html, title=title, kind="list")


def _listed(site: Site, record: Record, links: Links) -> Listed:
    when = date_of(site.kb, record)
    kind = getattr(record, "kind", None)
    return Listed(
        links.record(record.id), str(kind) if kind else None, moment(when) if when is not None else None
    )


def _listed_body(site: Site, body: Body, links: Links) -> ListedBody:
    parts = []
    if body.established is not None:
        parts.append(Markup("established {}").format(moment(body.established)))
    if body.ended is not None:
        parts.append(Markup("ended {}").format(moment(body.ended)))
    held, _ = site.history.holdings(body.id, site.as_of)
    return ListedBody(
        links.record(body.id), body.kind.value, Markup("; ").join(parts) or NOT_STATED, len(held)
    )


def _listed_source(site: Site, source: SourceDocument, links: Links) -> ListedSource:
    return ListedSource(
        link=links.record(source.id),
        kind=source.kind.value,
        third_party=source.standing is Standing.THIRD_PARTY,
        publisher=Markup.escape(source.publisher) if source.publisher else NOT_STATED,
        dated=moment(source.dated),
        cited_by=len(site.kb.backlinks(source.id, "cited_by")),
        page=external(source.url, "Official page") if source.url else NOT_STATED,
        licence=Markup.escape(source.licence) if source.licence else NOT_STATED,
    )


def _heading(folder: str) -> str:
    return BY_FOLDER[folder].heading if folder in BY_FOLDER else folder.capitalize()


def _letter(record: Record) -> str:
    first = record.title[:1].upper()
    return first if first.isascii() and first.isalpha() else "Numbers and signs"

"""Registers a reader asks for by name: bodies, projects and sources, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from minutebook.absence import Absence
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import BODIES, PROJECTS, SOURCES, external
from minutebook.outputs.answers import read_answers
from minutebook.outputs.last_known import last_document
from minutebook.outputs.listing import Group, Listing, list_pages
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import Site, a_to_z
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import NOT_STATED, count, moment, named
from minutebook.outputs.years import filed
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.source_document import SourceDocument, Standing
from minutebook.records.transfer import Transfer
from minutebook.wording import beginning

_ROW = Markup('<tr><th scope="row">{}</th>{}</tr>')
_CELL = Markup('<td data-label="{}">{}</td>')
_NOTHING = Markup('<td data-label="{}" class="mb-none">–</td>')  # left out where the cells stand in a list

_BODIES = ("Body", "Kind", "Reports to", "Its life", "Projects held")
_PROJECTS = ("Project", "Kind", "Part of", "Who answers for it")
_SOURCES = ("Document", "Kind", "Publisher", "Dated", "Cited by", "Licence", "Page")


def row(columns: Sequence[str], first: Markup | str, *cells: Markup | str) -> Markup:
    """A row of a table: its heading and its cells, each with the name of its column for small windows."""
    named = zip(columns[1:], cells, strict=True)
    return _ROW.format(
        first,
        Markup("").join((_NOTHING if cell == "–" else _CELL).format(name, cell) for name, cell in named),
    )


def bodies(site: Site) -> Iterator[OutputFile]:
    """Every body by council and kind: its life, what it reports to, and how much it holds."""
    groups = []
    for place in site.councils:
        own = [body for body in site.kb.of(Body) if body.council == place.slug]
        own.sort(key=lambda body: (list(type(body.kind)).index(body.kind), *a_to_z(body)))
        if own:
            groups.append(
                Group(place.title if len(site.councils) > 1 else "", [_body(site, body) for body in own])
            )
    listing = Listing(
        BODIES, "Bodies", groups,
        lead=Markup("Committees, boards, workstreams, directorates and partners: what each reports to, when it began and ended, what came after it, and how many projects it held on {}.").format(moment(site.as_of)),
        before=reach_notes(site, site.councils, frozenset(one.council for one in site.kb.of(Body))),
        template="table_listing.html", nothing="No body is recorded yet.",
        columns=_BODIES,
    )  # fmt: skip
    yield from list_pages(site, listing)


def _body(site: Site, body: Body) -> Markup:
    links = site.anywhere
    life = []
    if body.established is not None:
        life.append(Markup("established {}").format(moment(body.established)))
    if body.ended is not None:
        life.append(Markup("ended {}").format(moment(body.ended)))
    if body.succeeded_by:
        after = Markup(" and ").join(links.record(one) for one in body.succeeded_by)
        life.append(Markup("succeeded by {}").format(after))
    held, _ = site.history.holdings(body.id, site.as_of)
    above = (
        named(links, body, "parent")
        if body.parent or body.absence("parent") is Absence.WITHHELD
        else Markup("–")
    )
    if not life and (took := _first_work(site, body)) is not None:
        life.append(took)
    known = last_document(site, body.council, site.as_of) is not None
    number = f"{len(held):,}{', as last known' if known else ''}" if held else "none"
    told = Markup("; ").join(life) or NOT_STATED
    return row(_BODIES, links.record(body.id), body.kind.value, above, told, number)


def _first_work(site: Site, body: Body) -> Markup | None:
    """When a body whose life is not stated first took over work, as far as the transfers say."""
    received = list(site.kb.pointing(body.id, "received", Transfer))
    if received:
        first = min(received, key=lambda one: (filed(one.effective), one.id))
        since = "".join(beginning(first.effective)).strip(", ")
        return Markup("took over work {}").format(site.anywhere.record(first.id, since))
    return None


def projects(site: Site) -> Iterator[OutputFile]:
    """Every project and programme, with who answers for it."""
    groups = []
    for place in site.councils:
        own = sorted((one for one in site.kb.of(Project) if one.council == place.slug), key=a_to_z)
        if own:
            groups.append(
                Group(place.title if len(site.councils) > 1 else "", [_project(site, one) for one in own])
            )
    listing = Listing(
        PROJECTS, "Projects and programmes", groups,
        lead=Markup("Who answered for each on {}. Its own page draws who held it when, with the words that prove it.").format(moment(site.as_of)),
        template="table_listing.html", nothing="No project is recorded yet.",
        columns=_PROJECTS,
    )  # fmt: skip
    yield from list_pages(site, listing)


def _project(site: Site, project: Project) -> Markup:
    links = site.anywhere
    answers = read_answers(links, site.history.owner(project, site.as_of))
    said = Markup("; or ").join(answer.sentence for answer in answers)
    lead = "Perhaps " if len(answers) > 1 else ""
    part_of = (
        named(links, project, "parent")
        if project.parent or project.absence("parent") is Absence.WITHHELD
        else Markup("–")
    )
    who = Markup("{}{}").format(lead, said)
    return row(_PROJECTS, links.record(project.id), project.kind.value, part_of, who)


def sources(site: Site) -> Iterator[OutputFile]:
    """Every document that is cited, and how far it can be trusted."""
    rows = [_source(site, one) for one in sorted(site.kb.of(SourceDocument), key=a_to_z)]
    listing = Listing(
        SOURCES, "Sources", [Group("", rows)] if rows else [],
        lead="Every document that a record cites. A third party’s text never supports a fact of record.",
        template="table_listing.html", nothing="No document is cited yet.",
        columns=_SOURCES,
    )  # fmt: skip
    yield from list_pages(site, listing)


def _source(site: Site, source: SourceDocument) -> Markup:
    third = source.standing is Standing.THIRD_PARTY
    return row(
        _SOURCES,
        site.anywhere.record(source.id),
        fragment("source_kind.html", kind=source.kind.value, third_party=third),
        source.publisher or NOT_STATED,
        moment(source.dated),
        count(len(site.kb.backlinks(source.id, "cited_by")), "record"),
        source.licence or NOT_STATED,
        external(source.url, "Official page") if source.url else NOT_STATED,
    )

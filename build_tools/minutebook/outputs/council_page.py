"""The page of a council: its latest decisions, who holds what, promises past their date, and the lists of its records."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from minutebook.belonging import body_of
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import DECISIONS, HOLDINGS, PROMISES, Links, list_address, path_of, put
from minutebook.outputs.last_known import as_last_known
from minutebook.outputs.promise_lists import past_with_reach
from minutebook.outputs.promise_pages import council_address
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import CouncilPlace, Site, a_to_z, newest_first
from minutebook.outputs.templating import render
from minutebook.outputs.words import capital, count, moment, noun_of
from minutebook.outputs.years import filed
from minutebook.ownership import Status
from minutebook.promises import PromiseState
from minutebook.records import BY_FOLDER
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.values import Ref

_LATEST = 5
_OVERDUE = 10  # promises past their date that are named; all of them have a page


def council_page(site: Site, place: CouncilPlace) -> OutputFile:
    """What people ask of a council first, then its records by type."""
    here = f"{place.slug}/"
    links = site.links(here)
    own = [one for one in site.promises if one.action.council == place.slug]
    overdue = [one for one in own if one.standing is PromiseState.OVERDUE]
    several = len({one.action.council for one in site.promises}) > 1
    html = render(
        "council.html",
        title=place.title,
        trail=[links.page("", "Home")],
        record=links.record(place.record.id, f"About {place.title}") if place.record is not None else None,
        reach=put(reach_notes(site, [place], frozenset({place.slug})), here),
        decisions=_latest(site, place, links),
        more_decisions=links.page(
            f"{DECISIONS}council/{place.slug}/" if len(_with_decisions(site)) > 1 else DECISIONS,
            "All decisions and resolutions",
        ),
        as_of=moment(site.as_of),
        known=as_last_known(site, place.slug, site.as_of, links),
        held=_held(site, place, links),
        holdings=links.page(HOLDINGS, "Who holds what, project by project"),
        overdue=[links.record(one.action.id) for one in overdue[:_OVERDUE]],
        overdue_words=past_with_reach(overdue) if overdue else "",
        promises=links.page(
            council_address(place.slug) if several else PROMISES, "All promises and follow-ups"
        )
        if own
        else None,
        types=[
            (links.page(list_address(place.slug, folder), heading_of(folder)), len(records))
            for folder, records in site.of_council[place.slug].items()
        ],
    )
    return OutputFile(path_of(here), html, title=place.title, kind="list")


def heading_of(folder: str) -> str:
    """What a list of the records of a folder is called."""
    return BY_FOLDER[folder].heading if folder in BY_FOLDER else folder.capitalize()


def _with_decisions(site: Site) -> list[str]:
    return [
        slug
        for slug, folders in site.of_council.items()
        if "decisions" in folders or "resolutions" in folders
    ]


def _latest(site: Site, place: CouncilPlace, links: Links) -> list[tuple[Markup, str, Markup | None, Markup]]:
    """The latest decisions and resolutions: each with what became of it, its body and its date."""
    folders = site.of_council[place.slug]
    records: list[Record] = [*folders.get("decisions", ()), *folders.get("resolutions", ())]
    latest = sorted(newest_first(site, records), key=lambda pair: filed(pair[0]), reverse=True)[:_LATEST]
    lines = []
    for when, record in latest:
        body = body_of(site.kb, record)
        lines.append(
            (
                links.record(record.id),
                record.status_line() or capital(noun_of(record)),
                links.record(body.id) if body is not None else None,
                moment(when),
            )
        )
    return lines


def _held(site: Site, place: CouncilPlace, links: Links) -> list[tuple[Markup | str, str]]:
    """How many projects each body holds, and how many nobody is stated to hold or the sources leave open."""
    holders: Counter[Ref] = Counter()
    others: Counter[Status] = Counter()
    for project in site.of_council[place.slug].get("projects", ()):
        if not isinstance(project, Project):
            continue
        answer = site.history.owner(project, site.as_of)
        body = site.kb.get(answer.holders[0], Body) if answer.status is Status.HELD else None
        if body is not None:
            holders[body.id] += 1
        else:
            others[answer.status] += 1
    lines: list[tuple[Markup | str, str]] = [
        (links.record(body.id), count(holders[body.id], "project"))
        for body in sorted((site.kb.records[one] for one in holders), key=a_to_z)
    ]
    words = (
        (Status.GAP, "Nobody is stated to hold"),
        (Status.UNCERTAIN, "Uncertain"),
        (Status.ENDED, "Ended"),
        (Status.WITHHELD, "Withheld"),
        (Status.NOT_BEGUN, "Not yet begun"),
    )
    return [*lines, *((said, count(others[status], "project")) for status, said in words if others[status])]


__all__ = ["council_page", "heading_of"]

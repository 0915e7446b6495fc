"""The home page: three doors for three people, what the site holds, and what it is honest about."""

from __future__ import annotations

from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import HOME, MORE_THAN_ONE, NOT_STATED_TO_HOLD, path_of, put
from minutebook.outputs.discrepancy_pages import in_all
from minutebook.outputs.promise_lists import past_with_reach
from minutebook.outputs.reach import reach_notes
from minutebook.outputs.site import Site
from minutebook.outputs.templating import render
from minutebook.outputs.words import count, moment
from minutebook.ownership import Status
from minutebook.promises import PromiseState
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.project import Project
from minutebook.records.resolution import Resolution
from minutebook.records.source_document import SourceDocument
from minutebook.records.transfer import Transfer


def home(site: Site) -> OutputFile:
    """Three doors for three people, and what the site holds."""
    links = site.links(HOME)
    html = render(
        "home.html",
        title="What your council decided, and what came of it"
        if len(site.councils) == 1
        else "What councils decided, and what came of it",
        description=site.kb.settings.description,
        councils=[
            (place.title, links.href(f"{place.slug}/"), len_of(site, place.slug)) for place in site.councils
        ],
        as_of=moment(site.as_of),
        why_as_of="the latest date that a document held here may have"
        if site.kb.settings.as_of is None and site.kb.as_of == site.as_of
        else "the date that its publisher has set",
        reach=put(reach_notes(site, site.councils, frozenset(place.slug for place in site.councils)), HOME),
        counts=_counts(site),
        open_questions=_open_questions(site),
    )
    return OutputFile(path_of(HOME), html, title="Home", kind="home")


def len_of(site: Site, council: str) -> str:
    """How many records a council has here, in words."""
    return count(sum(len(found) for found in site.of_council[council].values()), "record")


def _counts(site: Site) -> list[str]:
    """What the site holds, a line for each thing that people ask for; nothing of what it has none of."""
    projects = site.kb.of(Project)
    transfers = len(site.kb.of(Transfer))
    sources = len(site.kb.of(SourceDocument))
    lines = [
        (len(site.kb.of(Decision)), count(len(site.kb.of(Decision)), "decision")),
        (len(site.kb.of(Resolution)), count(len(site.kb.of(Resolution)), "resolution")),
        (len(projects), count(len(projects), "project or programme", "projects and programmes")),
        (transfers, count(transfers, "transfer of governance", "transfers of governance")),
        (sources, count(sources, "document that is cited", "documents that are cited")),
    ]
    every = count(len(site.kb.records), "record in all", "records in all")
    return [*(line for number, line in lines if number), every]


def _open_questions(site: Site) -> list[tuple[str, str]]:
    """What a reader may want to ask about: an address, and how it reads."""
    answers = [site.history.owner(project, site.as_of).status for project in site.kb.of(Project)]
    gaps, uncertain = answers.count(Status.GAP), answers.count(Status.UNCERTAIN)
    overdue = [one for one in site.promises if one.standing is PromiseState.OVERDUE]
    differ = [one for one in site.kb.of(Discrepancy) if one.erased is None]
    return [
        (address, words)
        for number, address, words in (
            (gaps, NOT_STATED_TO_HOLD, f"{count(gaps, 'project', 'projects')} that nobody is stated to hold"),
            (uncertain, MORE_THAN_ONE, f"{count(uncertain, 'project', 'projects')} with more than one answer to who holds it"),
            (len(overdue), "promises/", past_with_reach(overdue)),
            (len(differ), "discrepancies/", in_all(differ)),
        )
        if number
    ]  # fmt: skip

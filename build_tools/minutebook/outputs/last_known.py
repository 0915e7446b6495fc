"""What is said of a date later than the latest document held: it is only as last known, and rests on that document."""

from __future__ import annotations

from markupsafe import Markup

from minutebook import held
from minutebook.held import CHANGED_LATER
from minutebook.outputs.addresses import Links
from minutebook.outputs.answers import reading_of
from minutebook.outputs.site import Site
from minutebook.outputs.words import unbroken
from minutebook.ownership import Status
from minutebook.records.project import Project
from minutebook.records.source_document import SourceDocument
from minutebook.records.values import Ref
from minutebook.short_dates import in_short
from minutebook.when import When


def last_document(site: Site, council: str, on: When) -> SourceDocument | None:
    """The latest document held of a council, where it is, or may be, earlier than a date; None where it is not."""
    return held.last_document(site.kb, council, on, site.as_of)


def as_last_known(site: Site, council: str, on: When, links: Links) -> Markup:
    """`as last known (document of 7 January 2020)`; empty where a document is as late as the date."""
    source = last_document(site, council, on)
    if source is None or source.dated is None:
        return Markup("")
    return Markup("as last known (document of {})").format(
        links.record(source.id, unbroken(in_short(source.dated)))
    )


def reach_sentence(site: Site, council: str, links: Links) -> Markup | None:
    """How far the documents reach that an answer rests on, where the date of the page lies, or may lie, later."""
    source = last_document(site, council, site.as_of)
    if source is None or source.dated is None:
        return None
    return Markup("The latest document held for this council is dated {}. {}").format(
        links.record(source.id, unbroken(in_short(source.dated))), CHANGED_LATER
    )


def marked(site: Site, project_id: Ref, on: When, links: Links, told: frozenset[Ref] = frozenset()) -> Markup:
    """A project in a list of what a body holds, with what has to be said beside it.

    That another account of it is given, but by what the page has `told` of already; and that it rests on our
    reading of an unclear source.
    """
    name = links.record(project_id)
    project = site.kb.get(project_id, Project)
    if project is None:
        return name
    answer = site.history.owner(project, on)
    said = [links.record(one, "another account is given") for one in answer.disputed_by if one not in told]
    if answer.status is Status.HELD and answer.possible:
        said[:0] = reading_of(links, answer.possible[0])
    return Markup("{} ({})").format(name, Markup("; ").join(said)) if said else name


__all__ = ["CHANGED_LATER", "as_last_known", "last_document", "marked", "reach_sentence"]

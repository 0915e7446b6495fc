"""Where a record stands today, in one sentence, where that can be told from the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.belonging import body_of, date_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.answers import read_answers
from minutebook.outputs.site import Site
from minutebook.outputs.words import NOT_STATED, count, moment
from minutebook.ownership import Status
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.project import Project
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.transfer import Transfer


def standing(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """The sentence, or for an answer with several possibilities one each; nothing where nothing can be said."""
    if record.erased is not None:
        return (Markup("The content of this record was erased: {}").format(record.erased),)
    tell = _TOLD_BY.get(type(record))
    if tell is not None:
        return tell(site, record, links)
    line = record.status_line()
    return (escape(line),) if line else ()


def _project(site: Site, record: Project, links: Links) -> tuple[Markup, ...]:
    answer = site.history.owner(record, site.as_of)
    answers = read_answers(links, answer)
    on = Markup("On {}").format(moment(site.as_of))
    disputed = Markup(" and ").join(links.record(one) for one in answer.disputed_by)
    another = (Markup("Disputed by {}.").format(disputed),) if disputed else ()
    if answer.status is not Status.UNCERTAIN:
        told = answers[0]
        why = Markup(", as part of {}").format(told.via) if told.via is not None else Markup("")
        because = (
            Markup(" Authority: {}.").format(told.authority) if told.authority is not None else Markup("")
        )
        return (Markup("{}: {}{}.{}").format(on, told.sentence, why, because), *another)
    return (
        Markup("{}: uncertain. The sources allow:").format(on),
        *(Markup("{}.").format(one.sentence) for one in answers),
        *another,
    )


def _body(site: Site, record: Body, _: Links) -> tuple[Markup, ...]:
    if record.ended is not None:
        return ()  # its facts say so, with the reason
    held, possibly = site.history.holdings(record.id, site.as_of)
    if not held and not possibly:
        return ()
    perhaps = Markup(", and perhaps {}").format(count(len(possibly), "more", "more")) if possibly else ""
    return (
        Markup("On {} it held {}{}.").format(
            moment(site.as_of), count(len(held), "project") if held else "no project", perhaps
        ),
    )


def _resolution(site: Site, record: Resolution, links: Links) -> tuple[Markup, ...]:
    outcome = record.status_line()
    if outcome is None:
        return ()
    body = body_of(site.kb, record)
    by = Markup(" by {}").format(links.record(body.id)) if body is not None else Markup("")
    when = date_of(site.kb, record)
    on = Markup(", {}").format(moment(when)) if when is not None else Markup("")
    noted = Markup(" To note is not to decide.") if record.outcome is Effect.NOTED else Markup("")
    return (Markup("{}{}{}.{}").format(outcome, by, on, noted),)


def _decision(site: Site, record: Decision, links: Links) -> tuple[Markup, ...]:
    by = links.record(record.decided_by) if record.decided_by else NOT_STATED
    when = (
        moment(record.decided_on) if record.decided_on is not None else Markup("date {}").format(NOT_STATED)
    )
    noted = noted_by(site, record, links)
    by_others = Markup(" Noted by {}.").format(Markup(" and ").join(noted)) if noted else Markup("")
    return (Markup("Decided by {}, {}.{}").format(by, when, by_others),)


def noted_by(site: Site, record: Decision, links: Links) -> list[Markup]:
    """The bodies that only noted a decision, each with the resolution that says so."""
    found: list[Markup] = []
    for resolution_id in record.noted_by:
        resolution = site.kb.get(resolution_id, Resolution)
        body = body_of(site.kb, resolution) if resolution is not None else None
        when = date_of(site.kb, resolution) if resolution is not None else None
        if resolution is None or body is None:
            found.append(links.record(resolution_id))
            continue
        on = Markup(" ({})").format(links.record(resolution_id, when.display() if when else "its resolution"))
        found.append(links.record(body.id) + on)
    return found


def _transfer(_: Site, record: Transfer, links: Links) -> tuple[Markup, ...]:
    givers = Markup(" and ").join(links.record(one) for one in record.givers)
    given = (
        Markup("From {}, {}.").format(givers, moment(record.effective))
        if givers
        else moment(record.effective)
    )
    authority = links.record(record.authorised_by) if record.authorised_by else NOT_STATED
    kind = record.kind.value.capitalize()
    return (Markup("{}: {} Authority: {}.").format(kind, _sentence(given), authority),)


def _sentence(words: Markup) -> Markup:
    return words if str(words).endswith(".") else words + "."


_TOLD_BY: Mapping[type[Record], Callable[[Site, Any, Links], tuple[Markup, ...]]] = MappingProxyType(
    {Body: _body, Decision: _decision, Project: _project, Resolution: _resolution, Transfer: _transfer}
)

"""Where a record stands today, in one sentence, where that can be told from the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.belonging import body_of, date_of
from minutebook.held import latest_document
from minutebook.outputs.addresses import Links
from minutebook.outputs.answers import read_answers
from minutebook.outputs.descriptions import DESCRIBED_BY
from minutebook.outputs.site import Site
from minutebook.outputs.words import NOT_STATED, TRANSFERS, count, moment, moment_and_span, named, noun_of
from minutebook.ownership import Status
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.project import Project
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.when import before


def standing(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """The sentence, or for an answer with several possibilities one each; nothing where nothing can be said."""
    if record.erased is not None:
        return (Markup("The content of this record was erased: {}").format(record.erased),)
    tell = _TOLD_BY.get(type(record))
    if tell is not None:
        return (*tell(site, record, links), *_since_then(site, record, links))
    describe = DESCRIBED_BY.get(type(record))
    if describe is not None:
        return (describe(site, record, links),)
    line = record.status_line()
    return (escape(line),) if line else ()


# What later records did to a decision or a resolution, and how that reads.
_UNDONE = {"superseded_by": "Superseded by", "rescinded_by": "Rescinded by", "amended_by": "Amended by"}


def _since_then(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """A sentence for each later record that took the place of this one, or changed it."""
    return tuple(
        Markup("{} {}.").format(words, links.record(one.record.id))
        for name, words in _UNDONE.items()
        for one in site.kb.backlinks(record.id, name)
    )


def _project(site: Site, record: Project, links: Links) -> tuple[Markup, ...]:
    answer = site.history.owner(record, site.as_of)
    answers = read_answers(links, answer)
    on = Markup("On {}").format(moment(site.as_of))
    another = tuple(
        Markup("Another account, in {}: {}.").format(_a_record(site, one), links.record(one))
        for one in answer.disputed_by
    )
    another += _reach(site, record, links)
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


def _reach(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """How far the documents reach that the answer rests on, where the date of the page lies later."""
    source = latest_document(site.kb, record.council, site.as_of)
    if source is None or source.dated is None or not before(source.dated, site.as_of).certain:
        return ()
    return (
        Markup(
            "The latest document held for this council is dated {}. What changed later is not known here."
        ).format(links.record(source.id, source.dated.display())),
    )


def _body(site: Site, record: Body, links: Links) -> tuple[Markup, ...]:
    parent = Markup(" of {}").format(links.record(record.parent)) if record.parent else Markup("")
    what = Markup("{}{}.").format(_capital_a(record.kind.value), parent)
    if record.ended is not None:
        why = f" ({record.ended_reason.value})" if record.ended_reason is not None else ""
        after = Markup(" and ").join(links.record(one) for one in record.succeeded_by)
        then = Markup(" Succeeded by {}.").format(after) if after else Markup("")
        return (Markup("{} It ended {}{}.{}").format(what, moment(record.ended), why, then),)
    held, possibly = site.history.holdings(record.id, site.as_of)
    withheld = site.history.withheld_of(record.id, site.as_of)
    if not held and not possibly and not withheld:
        return (what,)
    perhaps = Markup(", and perhaps {}").format(count(len(possibly), "more", "more")) if possibly else ""
    hidden = f"; for {count(len(withheld), 'project')} the answer is withheld" if withheld else ""
    nothing = "no project for certain" if withheld else "no project"
    return (
        Markup("{} On {} it held {}{}{}.").format(
            what, moment(site.as_of), count(len(held), "project") if held else nothing, perhaps, hidden
        ),
    )


def _resolution(site: Site, record: Resolution, links: Links) -> tuple[Markup, ...]:
    outcome = record.status_line()
    if outcome is None:
        return ()
    body = body_of(site.kb, record)
    by = Markup(" by {}").format(links.record(body.id)) if body is not None else Markup("")
    when = date_of(site.kb, record)
    on = Markup(", {}").format(moment_and_span(when)) if when is not None else Markup("")
    noted = Markup(" To note is not to decide.") if record.outcome is Effect.NOTED else Markup("")
    return (Markup("{}{}{}.{}").format(outcome, by, on, noted),)


def _decision(site: Site, record: Decision, links: Links) -> tuple[Markup, ...]:
    by = named(links, record, "decided_by")
    lead = "Decided by" if record.decided_by is not None else "Who decided:"
    when = (
        moment_and_span(record.decided_on)
        if record.decided_on is not None
        else Markup("date {}").format(NOT_STATED)
    )
    noted = noted_by(site, record, links)
    by_others = Markup(" Noted by {}.").format(Markup(" and ").join(noted)) if noted else Markup("")
    return (Markup("{} {}, {}.{}").format(lead, by, when, by_others),)


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
        Markup("From {}, {}.").format(givers, moment_and_span(record.effective))
        if givers
        else moment_and_span(record.effective)
    )
    authority = named(links, record, "authorised_by")
    kind = TRANSFERS[record.kind].capitalize()
    return (Markup("{}: {} Authority: {}.").format(kind, _sentence(given), authority),)


def _a_record(site: Site, record_id: Ref) -> str:
    """What sort of record it is: `a statement`."""
    found = site.kb.records.get(record_id)
    return _capital_a(noun_of(found)).lower() if found is not None else "a record"


def _capital_a(kind: str) -> str:
    return f"{'An' if kind[0] in 'aeiou' else 'A'} {kind}"


def _sentence(words: Markup) -> Markup:
    return words if str(words).endswith(".") else words + "."


_TOLD_BY: Mapping[type[Record], Callable[[Site, Any, Links], tuple[Markup, ...]]] = MappingProxyType(
    {Body: _body, Decision: _decision, Project: _project, Resolution: _resolution, Transfer: _transfer}
)

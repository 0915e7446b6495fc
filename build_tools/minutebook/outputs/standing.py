"""Where a record stands today, in one sentence, where that can be told from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from minutebook.absence import Absence
from minutebook.belonging import body_of, date_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.answers import read_answers
from minutebook.outputs.descriptions import DESCRIBED_BY
from minutebook.outputs.last_known import as_last_known, reach_sentence
from minutebook.outputs.site import Site
from minutebook.outputs.words import (
    NOT_STATED,
    TRANSFERS,
    capital,
    count,
    moment,
    moment_and_span,
    named,
    noun_of,
    paragraphs,
    unbroken,
    with_article,
)
from minutebook.outputs.years import filed
from minutebook.ownership import Status
from minutebook.records.base import Record
from minutebook.records.body import Body
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.project import Project
from minutebook.records.resolution import Effect, Resolution
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.short_dates import in_short
from minutebook.when import on_or_before
from minutebook.wording import beginning, on_date


def standing(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """The sentence, or for an answer with several possibilities one each; nothing where nothing can be said."""
    if record.erased is not None:
        return (Markup("The content of this record was erased: {}").format(record.erased),)
    tell = _TOLD_BY.get(type(record))
    if tell is not None:
        return (*tell(site, record, links), *_since_then(site, record, links))
    describe = DESCRIBED_BY.get(type(record))
    if describe is not None:
        why = paragraphs(record.note or "") if isinstance(record, Discrepancy) else ()
        return (describe(site, record, links), *(escape(one) for one in why))
    line = record.status_line()
    return (escape(line),) if line else ()


_SHORT_NOTE = 300  # characters of what is known of an authority that the page of a project repeats
_CHANGES = 3  # transfers told of a body, decisions told of a transfer; all of them stand in the story
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
    known = as_last_known(site, record.council, site.as_of, links)
    day = (
        Markup("On {}").format(moment(site.as_of))
        if site.as_of.exact
        else unbroken(capital(on_date(site.as_of)))
    )
    on = _capital(known) if known else day  # the date of the site says nothing that the document does not
    another = tuple(
        Markup("Another account, in {}: {}.").format(_a_record(site, one), links.record(one))
        for one in answer.disputed_by
    )
    another += _reach(site, record, links)
    if answer.status is not Status.UNCERTAIN:
        told = answers[0]
        why = Markup(", as part of {}").format(told.via) if told.via is not None else Markup("")
        made = Markup(" Transfer: {}.").format(told.transfer) if told.transfer is not None else Markup("")
        because = (
            Markup("{} Authority: {}.").format(made, told.authority) if told.authority is not None else made
        )
        said = Markup("{}: {}{}.{}").format(on, told.sentence, why, because)
        return (said, *_why_no_authority(site, answer.possible[0].transfer, links), *another)
    return (
        Markup("{}: uncertain. The sources allow:").format(on),
        *(Markup("{}.").format(one.sentence) for one in answers),
        *another,
    )


def _why_no_authority(site: Site, transfer_id: Ref | None, links: Links) -> tuple[Markup, ...]:
    """What the transfer says of an authority that is not stated: in its words where they are few, else a way there."""
    transfer = site.kb.get(transfer_id, Transfer)
    if transfer is None or transfer.authority_note is None or transfer.authorised_by is not None:
        return ()
    if transfer.absence("authorised_by") is Absence.WITHHELD:
        return ()
    if len(transfer.authority_note) <= _SHORT_NOTE:
        return (escape(transfer.authority_note),)
    return (Markup("{}.").format(links.record(transfer.id, "What the sources say of the authority")),)


def _reach(site: Site, record: Record, links: Links) -> tuple[Markup, ...]:
    """How far the documents reach that the answer rests on, where the date of the page lies, or may lie, later."""
    said = reach_sentence(site, record.council, links)
    return (said,) if said is not None else ()


def _body(site: Site, record: Body, links: Links) -> tuple[Markup, ...]:
    parent = Markup(" of {}").format(links.record(record.parent)) if record.parent else Markup("")
    what = Markup("{}{}.").format(with_article(record.kind.value), parent)
    if record.ended is not None:
        why = f" ({record.ended_reason.value})" if record.ended_reason is not None else ""
        after = Markup(" and ").join(links.record(one) for one in record.succeeded_by)
        then = Markup(" Succeeded by {}.").format(after) if after else Markup("")
        ended = Markup("{} It ended {}{}.{}").format(what, moment(record.ended), why, then)
        return (ended, *changes_of(site, record, links))
    held, possibly = site.history.holdings(record.id, site.as_of)
    withheld = site.history.withheld_of(record.id, site.as_of)
    if not held and not possibly and not withheld:
        changes = changes_of(site, record, links)
        return (what, *changes, *(_reach(site, record, links) if changes else ()))
    others = count(len(possibly), "more", "more") if held else count(len(possibly), "project")
    perhaps = f", and perhaps {others}" if possibly else ""
    hidden = f"; for {count(len(withheld), 'project')} the answer is withheld" if withheld else ""
    nothing = "no project for certain" if withheld or possibly else "no project"
    known = as_last_known(site, record.council, site.as_of, links)
    told = Markup("{} {} it held {}{}{}{}.").format(
        what,
        unbroken(capital(on_date(site.as_of))),
        count(len(held), "project") if held else nothing,
        perhaps,
        hidden,
        Markup(", {}").format(known) if known else "",
    )
    begun = Markup("The sources do not say when it was established.")
    return (
        told,
        *changes_of(site, record, links),
        *((begun,) if record.absence("established") is Absence.NOT_STATED else ()),
        *_other_accounts(site, (*held, *possibly), links),
        *_reach(site, record, links),
    )


def _other_accounts(site: Site, projects: tuple[Ref, ...], links: Links) -> tuple[Markup, ...]:
    """The records that give another account of who holds some of these projects, each with how many it concerns."""
    found: Counter[Ref] = Counter()
    for one in projects:
        project = site.kb.get(one, Project)
        if project is not None:
            found.update(site.history.owner(project, site.as_of).disputed_by)
    return tuple(
        Markup("Another account of {}, in {}: {}.").format(
            count(number, "project") if number < len(projects) else "these projects" if number > 1 else "it",
            _a_record(site, one),
            links.record(one),
        )
        for one, number in found.items()
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
        on = Markup(" ({})").format(
            links.record(resolution_id, unbroken(in_short(when)) if when else "its resolution")
        )
        found.append(links.record(body.id) + on)
    return found


def _transfer(site: Site, record: Transfer, links: Links) -> tuple[Markup, ...]:
    parts = []
    if record.givers:
        parts.append(
            Markup("from {}").format(Markup(" and ").join(links.record(one) for one in record.givers))
        )
    parts.append(moment_and_span(record.effective))
    parts += _receivers(record, links)
    kind = TRANSFERS[record.kind].capitalize()
    said = Markup("{}: {}. Authority: {}.").format(
        kind, _capital(Markup(", ").join(parts)), named(links, record, "authorised_by")
    )
    lines = [said]
    if record.authority_note:
        lines.append(escape(record.authority_note))
    lines += [
        Markup("Decided about this work: {} ({}).").format(links.record(one.id), moment(one.decided_on))
        for one in decisions_before(site, record)
    ]
    return tuple(lines)


def _receivers(record: Transfer, links: Links) -> list[Markup]:
    """To whom a transfer gave something, with how many projects, and what it gave to nobody."""
    received = Counter(move.to for move in record.moves if move.to is not None)
    closed = sum(move.closed is not None for move in record.moves)
    watched = sum(move.monitored_by is not None for move in record.moves)
    gaps = sum(move.gap is not None for move in record.moves)
    many = len(record.moves) > 1
    parts = []
    if received:
        told = (
            Markup("{} ({})").format(links.record(one), count(number, "project"))
            if many
            else links.record(one)
            for one, number in received.items()
        )
        parts.append(Markup("to {}").format(Markup(" and ").join(told)))
    if closed and many:
        parts.append(Markup("{} ended").format(closed))
    if watched:
        parts.append(
            Markup("the watch over {} passed on").format(count(watched, "closed one", "closed ones"))
        )
    if gaps:
        nobody = "nobody is stated to receive it" if not many else f"{gaps} that nobody is stated to receive"
        parts.append(escape(nobody))
    return parts


def decisions_before(site: Site, record: Transfer) -> list[Decision]:
    """Where the authority is not stated: the decisions about this work that may have come before and authorise nothing else."""
    if record.authorised_by is not None or record.absence("authorised_by") is Absence.WITHHELD:
        return []
    about = dict.fromkeys(move.what for move in record.moves)
    found = {
        one.id: one
        for project in about
        for one in site.kb.pointing(project, "decisions_about", Decision)
        if one.decided_on is not None
        and on_or_before(one.decided_on, record.effective).possible
        and not site.kb.backlinks(one.id, "authorises")
    }
    return sorted(found.values(), key=lambda one: one.id)[:_CHANGES]


def _capital(words: Markup) -> Markup:
    return words[:1].upper() + words[1:]


def changes_of(site: Site, record: Body, links: Links) -> tuple[Markup, ...]:
    """What a body took over and gave up, the latest first: when, from whom or to whom, and by which transfer."""
    pointing = {
        one.id: one
        for name in ("received", "monitors", "gave_up")
        for one in site.kb.pointing(record.id, name, Transfer)
    }
    latest = sorted(pointing.values(), key=lambda one: (filed(one.effective), one.id), reverse=True)
    return tuple(_change(site, record, one, links) for one in latest[:_CHANGES])


def _change(site: Site, record: Body, transfer: Transfer, links: Links) -> Markup:
    took = sum(move.to == record.id for move in transfer.moves)
    watch = sum(move.watcher == record.id for move in transfer.moves)
    done = []
    if took:
        done.append(f"took over {count(took, 'project')}")
    if watch:
        closed = count(watch, "closed project", "closed projects")
        done.append(f"the watch over {closed}" if took else f"took over the watch over {closed}")
    is_giver = record.id in transfer.givers
    if is_giver:
        gone = _given_up(site, record, transfer)
        # So that it adds up with what the transfer moved: what ended earlier was given up then, and is no more here.
        closed_before = sum(move.monitored_by is not None for move in transfer.moves)
        beside = (
            f", beside {closed_before} closed before" if closed_before and len(transfer.givers) == 1 else ""
        )
        done.append(f"gave up {count(gone, 'project') if gone else 'no project'}{beside}")
    others = [] if is_giver else [links.record(one) for one in transfer.givers]
    source = Markup(" from {}").format(Markup(" and ").join(others)) if others else Markup("")
    lead = "".join(beginning(transfer.effective)).strip(", ")
    decided = (
        links.record(transfer.authorised_by)
        if transfer.authorised_by
        else named(links, transfer, "authorised_by")
    )
    before = [
        Markup("{} was decided {}").format(links.record(one.id), on_date(one.decided_on))
        for one in decisions_before(site, transfer)
        if one.decided_on is not None
    ]
    said = Markup("{}: {}{} ({}). Authority: {}").format(
        lead[:1].upper() + lead[1:], " and ".join(done), source, links.record(transfer.id), decided
    )
    return Markup("{}.").format(Markup("; ").join([said, *before]))


def _given_up(site: Site, record: Body, transfer: Transfer) -> int:
    """How many projects one of the givers of a transfer gave up: of several, those that it held before."""
    gone = [move for move in transfer.moves if move.to != record.id and move.monitored_by is None]
    if len(transfer.givers) == 1:
        return len(gone)
    projects = (site.kb.get(move.what, Project) for move in gone)
    states = (site.history.chain(one).state_before(transfer.id) for one in projects if one is not None)
    return sum(state is not None and state.holder == record.id for state in states)


def _a_record(site: Site, record_id: Ref) -> str:
    """What sort of record it is: `a statement`."""
    found = site.kb.records.get(record_id)
    return with_article(noun_of(found)).lower() if found is not None else "a record"


_TOLD_BY: Mapping[type[Record], Callable[[Site, Any, Links], tuple[Markup, ...]]] = MappingProxyType(
    {Body: _body, Decision: _decision, Project: _project, Resolution: _resolution, Transfer: _transfer}
)

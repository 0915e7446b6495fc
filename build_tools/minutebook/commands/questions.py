"""`owner`, `history` and `holdings`: who answers for what, since when, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.commands.shared import (
    console,
    date_or_stop,
    json_option,
    kb_option,
    load_for_questions,
    on_option,
    print_json,
    restricted_option,
    the_one,
)
from minutebook.held import CHANGED_LATER, last_document
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import Loaded
from minutebook.ownership import Ownership, OwnershipHistory, Possibility, Status
from minutebook.promised_json import citations_json, owner_json
from minutebook.publication import PublishedHistory, PublishedKnowledgeBase
from minutebook.records.base import Citation
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.short_dates import in_short
from minutebook.timeline import history_of
from minutebook.when import When
from minutebook.wording import move_of, on_date, possibility_in_words, title_of


def _asked(folder: Path, restricted: bool) -> tuple[KnowledgeBase, OwnershipHistory]:
    answered_from = load_for_questions(folder, restricted)
    if isinstance(answered_from, PublishedKnowledgeBase):
        return answered_from.kb, answered_from.history
    assert isinstance(answered_from, Loaded)
    return answered_from.kb, OwnershipHistory(answered_from.kb)


@click.command()
@click.argument("project")
@on_option
@json_option
@kb_option
@restricted_option
def owner(project: str, on: When | None, as_json: bool, kb_folder: Path, restricted: bool) -> None:
    """Say who answers for PROJECT on a date, by which transfer, on whose authority, in which words.

    PROJECT is an id, a slug, a title or another name. A date wider than a day means some day in it.
    """
    kb, history = _asked(kb_folder, restricted)
    found = the_one(kb, project, Project)
    assert isinstance(found, Project)
    answer = history.owner(found, date_or_stop(kb, on))
    if as_json:
        print_json(owner_json(kb, answer))
    else:
        _print_owner(console(), kb, found, answer)


def _print_owner(out: Console, kb: KnowledgeBase, project: Project, answer: Ownership) -> None:
    out.print(Text(project.title, style="bold"), Text(f"({project.id})", style="dim"))
    if answer.status is Status.UNCERTAIN:
        out.print(Text(f"{_capital(on_date(answer.on))}: uncertain. The sources allow:"))
    for one in answer.possible:
        lead = "- " if answer.status is Status.UNCERTAIN else f"{_capital(on_date(answer.on))}: "
        out.print(Text(f"{lead}{possibility_in_words(kb, one)}."))
        _print_why(out, kb, project, one)
    for statement_id in answer.disputed_by:
        out.print(Text(f"Disputed by: {_name(kb, statement_id)}"))
    _print_reach(out, kb, project.council, answer.on)


def _print_reach(out: Console, kb: KnowledgeBase, council: str, on: When) -> None:
    """Say how far the documents reach, where the date that was asked about lies, or may lie, later."""
    source = last_document(kb, council, on, kb.as_of or on)
    if source is not None and source.dated is not None:
        dated = in_short(source.dated)
        out.print(
            Text(
                f"As last known: the latest document held for this council is dated {dated}. {CHANGED_LATER}"
            )
        )


def _print_why(out: Console, kb: KnowledgeBase, project: Project, one: Possibility) -> None:
    move = move_of(kb, one)
    if move is not None and move.gap is not None:
        out.print(Text(f"    {move.gap}"))
    if one.transfer is not None:
        via = f", as part of {_name(kb, one.via)}" if one.via is not None and one.via != project.id else ""
        out.print(Text(f"    by {_name(kb, one.transfer)}{via}", style="dim"))
        authority = _name(kb, one.authority) if one.authority else "not stated"
        out.print(Text(f"    authority: {authority}", style="dim"))
    print_citations(out, kb, one.citations)


def print_citations(out: Console, kb: KnowledgeBase, citations: Iterable[Citation]) -> None:
    """Print each receipt: the words, the document, the place."""
    for one in citations:
        words = f"“{one.quote}”" if one.quote else "(the words are not held)"
        at = f", {one.at}" if one.at else ""
        out.print(Text(f"    {words} — {title_of(kb, one.source)}{at}", style="dim"))


def _name(kb: KnowledgeBase, record_id: str) -> str:
    return f"{title_of(kb, record_id)} ({record_id})"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


@click.command()
@click.argument("record_id", metavar="ID")
@json_option
@kb_option
@restricted_option
def history(record_id: str, as_json: bool, kb_folder: Path, restricted: bool) -> None:
    """Tell what happened to a record, oldest first: transfers, decisions, meetings, promises."""
    kb, ownership = _asked(kb_folder, restricted)
    record = the_one(kb, record_id)
    events = history_of(ownership, record)
    if as_json:
        print_json(
            {
                "id": record.id,
                "events": [
                    {
                        "date": event.when.value if event.when is not None else None,
                        "kind": event.kind,
                        "record": event.record.id,
                        "title": event.record.title,
                        "citations": citations_json(kb, event.citations),
                    }
                    for event in events
                ],
            }
        )
        return
    out = console()
    out.print(Text(record.title, style="bold"), Text(f"({record.id})", style="dim"))
    for event in events:
        date = event.when.display() if event.when is not None else "date not stated"
        out.print(Text(f"{date}: {event.kind}: {event.record.title} ({event.record.id})"))
    if not events:
        out.print("No dated event is recorded.")


@click.command()
@click.argument("body")
@on_option
@json_option
@kb_option
@restricted_option
def holdings(body: str, on: When | None, as_json: bool, kb_folder: Path, restricted: bool) -> None:
    """List the projects that BODY held on a date, and those that it may have held."""
    kb, history = _asked(kb_folder, restricted)
    found = the_one(kb, body, Body)
    date = date_or_stop(kb, on)
    held, possibly = history.holdings(found.id, date)
    withheld = history.withheld_of(found.id, date) if isinstance(history, PublishedHistory) else ()
    if as_json:
        answer = {"held": list(held), "possibly": list(possibly), "withheld": list(withheld)}
        print_json({"body": found.id, "on": date.value, **answer})
        return
    out = console()
    out.print(Text(found.title, style="bold"), Text(f"({found.id})", style="dim"))
    for heading, projects in (
        (f"Held {on_date(date)}", held),
        ("Possibly held", possibly),
        ("Withheld: who holds them rests on a record that is not public", withheld),
    ):
        if projects:
            out.print(Text(f"{heading}:"))
            for project in projects:
                out.print(Text(f"  {_name(kb, project)}"))
    if not held and not possibly and not withheld:
        out.print(Text(f"Nothing, {on_date(date)}."))
    _print_reach(out, kb, found.council, date)

"""`promises`: what was promised, by whom, for when, and what came of it as far as the sources show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.commands.questions import print_citations
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
from minutebook.knowledge_base import KnowledgeBase
from minutebook.promised_json import citations_json
from minutebook.promises import Promise, PromiseState
from minutebook.promises import promises as promises_of
from minutebook.records.council import Council
from minutebook.when import When
from minutebook.wording import A_QUESTION, promise_sentence, title_of

_AFTER = " It fell due after that document, which could not show it done."


@click.command()
@click.option("--overdue", is_flag=True, help="Only those whose day has certainly passed.")
@on_option
@click.option("--council", metavar="ID", help="Only those of one council.")
@json_option
@kb_option
@restricted_option
def promises(
    overdue: bool, on: When | None, council: str | None, as_json: bool, kb_folder: Path, restricted: bool
) -> None:
    """List what was promised, and where each promise stands on a date.

    Only sources dated no later than that date are asked. Overdue means: the day has certainly passed,
    and none of these sources shows that it was kept. How many fell due after the latest document held
    is said beside them: no document could show these done. What was dropped is listed last. What another
    body is to decide, or was asked of somebody, is no promise: it is *expected*, and never overdue.
    """
    kb = load_for_questions(kb_folder, restricted).kb
    date = date_or_stop(kb, on)
    wanted = _council(kb, council)
    found = [one for one in promises_of(kb, date) if wanted is None or one.action.council == wanted]
    if overdue:
        found = [one for one in found if one.standing is PromiseState.OVERDUE]
    if as_json:
        print_json(_all_as_json(kb, date, found))
        return
    out = console()
    for one in found:
        _print(out, kb, one)
    if any(one.standing is PromiseState.OVERDUE for one in found):
        out.print(A_QUESTION)
    out.print(_overdue_in_all(found) if overdue else _in_all(found))


def _print(out: Console, kb: KnowledgeBase, one: Promise) -> None:
    """One promise, who made it to whom, and its receipts."""
    action = one.action
    out.print(Text(action.title, style="bold"), Text(f"({action.id})", style="dim"))
    later = one.standing is PromiseState.OVERDUE and one.is_after_the_documents
    out.print(Text(f"  {promise_sentence(one)}.{_AFTER if later else ''}"))
    if action.is_expected:
        whom = title_of(kb, action.expected_of)
        out.print(Text(f"  Expected of {whom}; nobody is recorded as promising it."))
    if action.promised_by is not None:
        to = f", to {title_of(kb, action.promised_to)}" if action.promised_to else ""
        out.print(Text(f"  Promised by {title_of(kb, action.promised_by)}{to}."))
    print_citations(out, kb, one.citations)


def _overdue_in_all(found: Sequence[Promise]) -> str:
    return f"{len(found)} overdue promise{'' if len(found) == 1 else 's'}{_after_the_documents(found)}."


def _in_all(found: Sequence[Promise]) -> str:
    """How many stand where, as in `2 overdue, 1 due`."""
    many = Counter(one.standing for one in found)
    late = _after_the_documents(found)
    said = ", ".join(
        f"{many[state]} {state.value}{late if state is PromiseState.OVERDUE else ''}"
        for state in PromiseState
        if many[state]
    )
    return f"{said}." if said else "0 promises."


def _after_the_documents(found: Sequence[Promise]) -> str:
    """How many of the overdue fell due after the latest document held, in brackets; empty where none did."""
    overdue = [one for one in found if one.standing is PromiseState.OVERDUE]
    number = sum(one.is_after_the_documents for one in overdue)
    if not number:
        return ""
    which = "" if len(overdue) == 1 else "all of them " if number == len(overdue) else f"{number} of them "
    return f" ({which}due after the latest document held, which could not show {'it' if len(overdue) == 1 else 'them'} done)"


def _council(kb: KnowledgeBase, name: str | None) -> str | None:
    """The folder of a council named by its slug, id, title or another name; an unknown one is wrong use."""
    if name is None or name in {record.council for record in kb.records.values()}:
        return name
    return the_one(kb, name, Council).council


def _all_as_json(kb: KnowledgeBase, on: When, found: Sequence[Promise]) -> dict[str, object]:
    """Promises alone are listed: what was dropped, and what is expected of others, stands beside them."""
    aside = (PromiseState.DROPPED, PromiseState.EXPECTED)
    return {
        "on": on.value,
        "promises": [_as_json(kb, one) for one in found if one.standing not in aside],
        "dropped": [one.action.id for one in found if one.standing is PromiseState.DROPPED],
        "expected": [_as_json(kb, one) for one in found if one.standing is PromiseState.EXPECTED],
    }


def _as_json(kb: KnowledgeBase, one: Promise) -> dict[str, object]:
    return {
        "id": one.action.id,
        "title": one.action.title,
        "due": one.due_date.value if one.due_date is not None else None,
        "status": one.standing.value,
        "latest_document": one.latest_document.value if one.latest_document is not None else None,
        "due_after_latest_document": one.is_after_the_documents if one.due_date is not None else None,
        "citations": citations_json(kb, one.citations),
    }

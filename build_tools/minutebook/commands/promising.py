"""`promises`: what was promised, by whom, for when, and what came of it as far as the sources show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.text import Text

from minutebook.commands.questions import print_citations
from minutebook.commands.shared import (
    citations_json,
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
from minutebook.promises import Promise, Standing
from minutebook.promises import promises as promises_of
from minutebook.records.council import Council
from minutebook.when import When
from minutebook.wording import A_QUESTION, promise_sentence, title_of


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
    and none of these sources shows that it was kept. What was dropped is listed last. What another body is to decide, or was asked of somebody, is no promise:
    it is *expected*, and never overdue.
    """
    kb = load_for_questions(kb_folder, restricted).kb
    date = date_or_stop(kb, on)
    wanted = _council(kb, council)
    found = [one for one in promises_of(kb, date) if wanted is None or one.action.council == wanted]
    if overdue:
        found = [one for one in found if one.standing is Standing.OVERDUE]
    if as_json:
        listed = [one for one in found if one.standing not in (Standing.DROPPED, Standing.EXPECTED)]
        dropped = [one.action.id for one in found if one.standing is Standing.DROPPED]
        others = [_as_json(kb, one) for one in found if one.standing is Standing.EXPECTED]
        print_json(
            {
                "on": date.value,
                "promises": [_as_json(kb, one) for one in listed],
                "dropped": dropped,
                "expected": others,
            }
        )
        return
    out = console()
    for one in found:
        out.print(Text(one.action.title, style="bold"), Text(f"({one.action.id})", style="dim"))
        out.print(Text(f"  {promise_sentence(one)}."))
        if one.action.is_expected:
            out.print(
                Text(
                    f"  Expected of {title_of(kb, one.action.expected_of)}; nobody is recorded as promising it."
                )
            )
        if one.action.promised_by is not None:
            to = f", to {title_of(kb, one.action.promised_to)}" if one.action.promised_to else ""
            out.print(Text(f"  Promised by {title_of(kb, one.action.promised_by)}{to}."))
        print_citations(out, kb, one.citations)
    many = Counter(one.standing.value for one in found)
    said = ", ".join(
        f"{many[standing.value]} {standing.value}" for standing in Standing if many[standing.value]
    )
    if many[Standing.OVERDUE.value]:
        out.print(A_QUESTION)
    kind = "overdue promise" if overdue else "promise"
    out.print(f"{said}." if said and not overdue else f"{len(found)} {kind}{'' if len(found) == 1 else 's'}.")


def _council(kb: KnowledgeBase, name: str | None) -> str | None:
    """The folder of a council named by its slug, id, title or another name; an unknown one is wrong use."""
    if name is None or name in {record.council for record in kb.records.values()}:
        return name
    return the_one(kb, name, Council).council


def _as_json(kb: KnowledgeBase, one: Promise) -> dict[str, object]:
    return {
        "id": one.action.id,
        "title": one.action.title,
        "due": one.due_date.value if one.due_date is not None else None,
        "status": one.standing.value,
        "citations": citations_json(kb, one.citations),
    }

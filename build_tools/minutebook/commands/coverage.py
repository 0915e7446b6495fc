"""`coverage`: which passages of the sources no record cites."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from minutebook.commands.shared import (
    console,
    json_option,
    kb_option,
    load_for_questions,
    print_json,
    restricted_option,
)
from minutebook.evidence.coverage import Count, Left, SourceCoverage
from minutebook.evidence.coverage import coverage as coverage_of
from minutebook.evidence.texts import SourceTexts

_SHOWN = 160  # characters of a passage


@click.command()
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True, metavar="DIR",
    help="The folder with the texts of the sources.",
)  # fmt: skip
@json_option
@kb_option
@restricted_option
def coverage(sources: Path, as_json: bool, kb_folder: Path, restricted: bool) -> None:
    """List the sentences, table cells and headings of each source that no record cites.

    A passage counts where quotations hold enough of its words, or where the source record says why
    nothing is recorded of it.
    """
    covered = coverage_of(load_for_questions(kb_folder, restricted).kb, SourceTexts(sources))
    if as_json:
        print_json(_as_json(covered))
    else:
        _print(console(), covered)


def by_council(covered: tuple[SourceCoverage, ...]) -> dict[str, Count]:
    """The coverage of the sources of each council together."""
    counts: defaultdict[str, Count] = defaultdict(Count)
    for one in covered:
        if one.text is not None:
            counts[one.source.council] += one.count
    return dict(counts)


def _as_json(covered: tuple[SourceCoverage, ...]) -> dict[str, object]:
    return {
        "sources": [
            {
                "source": one.source.id,
                "text": one.source.text_path,
                "read": one.text is not None,
                "why_not_read": one.why_no_text,
                **_count_json(one.count),
                "kinds": {kind.value: _count_json(count) for kind, count in one.by_kind},
                "not_cited": [_left_json(left) for left in one.left],
                "figures_not_quoted": [_left_json(left) for left in one.figures_left],
            }
            for one in covered
        ],
        "councils": {council: _count_json(count) for council, count in by_council(covered).items()},
        "total": _count_json(sum((one.count for one in covered), Count())),
    }


def _count_json(count: Count) -> dict[str, object]:
    share = count.share
    return {
        "passages": count.passages,
        "cited": count.cited,
        "explained": count.explained,
        "left": count.left,
        "share": None if share is None else round(share, 4),
        "words": count.words,
        "words_quoted": count.words_quoted,
        "figures": count.figures,
        "figures_quoted": count.figures_quoted,
    }


def _left_json(left: Left) -> dict[str, object]:
    return {
        "line": left.passage.line,
        "kind": left.passage.kind.value,
        "text": left.text,
        "words": left.words,
        "words_quoted": left.quoted,
        "figures": list(left.figures),
    }


def percent(count: Count) -> str:
    """The share that is cited or explained; never rounded up to all of it."""
    return count.percent or "nothing to count"


def _print(out: Console, covered: tuple[SourceCoverage, ...]) -> None:
    for one in covered:
        if one.text is None:
            continue
        out.print(Text(f"{one.source.id}", style="bold"))
        out.print(Text(f"  {_sentence(one.count)}"))
        for left in one.left:
            out.print(Text(f"  {one.text.path}:{left.passage.line}: {left.passage.kind}: {_short(left)}"))
        for left in one.figures_left:
            figures = ", ".join(left.figures)
            out.print(Text(f"  {one.text.path}:{left.passage.line}: cited, but not its figures: {figures}"))
    for council, count in by_council(covered).items():
        out.print(Text(f"{council}: {_sentence(count)}", style="bold"))
    for one in covered:
        if one.text is None:
            out.print(Text(f"not counted: {one.source.id}: {one.why_no_text}"))


def _sentence(count: Count) -> str:
    words = f"{count.words_quoted} of {count.words} words"
    figures = f"{count.figures_quoted} of {count.figures} figures"
    return (
        f"{percent(count)}: of {count.passages} passages {count.cited} are cited, {count.explained} explained and"
        f" {count.left} left; quotations hold {words} and {figures}"
    )


def _short(left: Left) -> str:
    text = left.text
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
    return f"{text} ({left.quoted} of {left.words} words quoted)" if left.quoted else text

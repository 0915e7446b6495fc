"""The command `search`: words in, records out, for people and for programs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from minutebook.citing import council_name
from minutebook.commands.shared import console, json_option, kb_option, load_for_questions, print_json
from minutebook.knowledge_base import KnowledgeBase
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.body import Body
from minutebook.records.values import Ref
from minutebook_search.caches import is_ours, make_place, names_of
from minutebook_search.completion import completions, load_names, save_names
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.engine import Hit, Offer, SearchResult, Sort
from minutebook_search.query import Phrase, Synonyms, parse_query
from minutebook_search.tables import as_csv, cite
from minutebook_search.words import tidy, words

if TYPE_CHECKING:
    from minutebook_search.answering import AnsweringEngine

_MANY = 300  # records whose indexing takes long enough to be told of
_FACET_VALUES = 4  # of each field, in the line that says how the answers can be narrowed
_OVERDUE = re.compile(
    r"overdue|late|outstanding|missed"
)  # asks for what dates say, and words of records do not
_LATE = "Records do not say that something is late: `minutebook promises --overdue` does"
# A query that is only a number or a code: neither other words nor a star help it. As `page.js` has it.
_NUMBER = re.compile(r"\W*([a-z]{2,6}\W*|resolution\W+)?[0-9][0-9\W]*", re.IGNORECASE | re.ASCII)
_PAGE = 10  # records, where no number is given


class _SearchCommand(click.Command):
    """A command whose words may begin with a dash, and which says how where an option is not known."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(
                f"no option `{error.option_name}`; to leave a word out, put the query in quotes or after `--`: "
                "minutebook search -- planning -budget",
                ctx,
            ) from None


# The sign \b keeps click from filling the lines of a paragraph.
_HELP = """Find the records that match QUERY, best first.

\b
planning housing        both words, in any form: plan, plans, planned
"be noted"              these words in a row, as printed
housing OR homes        either one; `a b OR c` is `a (b OR c)`
planning -budget        not that word; also NOT budget, -"a phrase"
commission*             every word that begins so
type:resolution         a field: type council body outcome project topic
body:"programme board"  a name of several words
date:2019-11..2020-02   a date, or from one to another; 2019/20 is a year
date:none               no date of its own
( ... )                 together

Put the whole query in single quotes, or the shell takes quotation marks and parentheses for
its own: minutebook search '"be noted" -budget'. A word or a query that begins with a dash
and is not in such quotes goes after `--`: minutebook search -- -budget planning.

Capitals, accents and the kind of dash or quotation mark make no difference. A code is found in any
spelling (ACH21-044, ach21 044), an amount too (£1.263m, £1,263,000), a synonym of kb/synonyms.yml
both ways. A word that no record has is corrected, for a number that none has the nearest are
offered, and a question that no record answers in every word is answered in part: all is said.
The whole language is in docs/reference/search.md.

No match is an answer too, and exits 0. The index is kept in .minutebook/search and brought up to
date when the records change.
"""


def _complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    folder = ctx.params.get("kb_folder") or Path("kb")
    return list(completions(begun, load_names(names_of(Path(folder))) if is_ours() else {}))


def _one_form(ctx: click.Context, chosen: Mapping[str, bool]) -> None:
    """Refuse two forms of the answer."""
    given = [f"`{name}`" for name, is_given in chosen.items() if is_given]
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} are two forms of the answer: give one of them", ctx)


def _one_page(ctx: click.Context, limit: int | None, page: int, offset: int | None, csv_table: bool) -> None:
    """Refuse what names no page, and what names two."""
    if csv_table and page > 1 and limit is None:
        raise click.UsageError(
            "`--csv` prints all records: with `--page`, say by `--limit` how many a page has", ctx
        )
    if offset is not None and page > 1:
        raise click.UsageError("`--page` and `--offset` say the same in two ways: give one of them")


@click.command(cls=_SearchCommand, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("query", nargs=-1, required=True, metavar="QUERY...", shell_complete=_complete)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="How many records to show; 10, with --csv all."
)
@click.option(
    "--page", type=click.IntRange(min=1), default=1, metavar="N", help="Which page of so many records."
)
@click.option("--offset", type=click.IntRange(min=0), metavar="N", help="How many records to pass over.")
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="Best, newest (date) or oldest first.",
)
@click.option("--undated", is_flag=True, help="With dates in QUERY, keep what has no date of its own.")
@json_option
@click.option("--csv", "csv_table", is_flag=True, help="Print a table for a spreadsheet.")
@click.option("--cite", "citations", is_flag=True, help="Print citations to paste.")
@click.option("--explain", is_flag=True, help="Say how the query was read.")
@kb_option
@click.pass_context
def search(
    ctx: click.Context,
    query: tuple[str, ...],
    limit: int | None,
    page: int,
    offset: int | None,
    sort: str,
    undated: bool,
    as_json: bool,
    csv_table: bool,
    citations: bool,
    explain: bool,
    kb_folder: Path,
) -> None:  # fmt: skip
    """Find the records that match a query, best first."""
    _one_form(ctx, {"--json": as_json, "--csv": csv_table, "--cite": citations})
    _one_page(ctx, limit, page, offset, csv_table)
    asked = " ".join(query).encode("utf-8", "replace").decode("utf-8")
    if not asked.strip():
        raise click.UsageError("the query is empty: give a word to search for")
    published = load_for_questions(kb_folder, restricted=False)
    assert isinstance(published, PublishedKnowledgeBase)
    documents = {document.id: document for document in search_documents(published)}
    engine = _open(kb_folder, documents, Synonyms(published.kb.synonyms.groups))
    many = limit or (max(1, len(documents)) if csv_table else _PAGE)
    start = (page - 1) * many if offset is None else offset
    result = engine.search(asked, limit=many, offset=start, sort=Sort(sort), undated=undated)
    for message in result.messages:
        _say(message)
    if explain:
        for line in ("read as:", *(f"  {line}" for line in result.explanation)):
            click.echo(line, err=True)
    if as_json:
        print_json(result.as_json())
    elif csv_table:
        click.echo(as_csv(published.kb, documents, result.hits), nl=False)
    elif citations:
        for hit in result.hits:
            console().print(Text(tidy(cite(published.kb, published.kb.records[Ref(hit.id)]))))
    else:
        _print(console(), published.kb, documents, result)


def _open(kb_folder: Path, documents: Mapping[Ref, SearchDocument], synonyms: Synonyms) -> AnsweringEngine:
    """The engine for these documents; its index, and the names for completion, are kept beside the records."""
    from minutebook_search.engines import (  # only now: `--help` need not wait for Whoosh
        engine_for_one_answer,
        open_engine,
    )

    say = _say if len(documents) > _MANY else None
    place = make_place(kb_folder, _say)
    chosen = engine_for_one_answer(place, len(documents), _say)
    engine = open_engine(documents.values(), place, say, synonyms, chosen)
    if place is not None:
        save_names(names_of(kb_folder), documents.values())
    return engine


def _say(message: str) -> None:
    click.echo(f"note: {message}", err=True)


def _print(
    out: Console, kb: KnowledgeBase, documents: Mapping[Ref, SearchDocument], result: SearchResult
) -> None:
    asked = tidy(result.corrected or result.query)
    is_late = any(_OVERDUE.fullmatch(token.printed) for token in words(result.query))
    if not result.total:
        out.print(Text(f"No record matches: {asked}"))
        if is_late:
            out.print(Text(_LATE))
        if not is_late or result.offers:
            out.print(Text(_what_to_try(asked, result.offers)))
        return
    in_part = " in part" if result.partial else ""
    many = f"1 record matches{in_part}" if result.total == 1 else f"{result.total:,} records match{in_part}"
    first, last = result.offset + 1, result.offset + len(result.hits)
    shown = ""
    if len(result.hits) < result.total:
        shown = (
            f"; the first {last}"
            if first == 1
            else f"; {first:,} to {last:,}"
            if result.hits
            else "; no more"
        )
    out.print(Text(f"{many}: {asked}{shown}"))
    if is_late:
        out.print(Text(_LATE))
    for number, hit in enumerate(result.hits, first):
        out.print()
        _print_hit(out, kb, documents[Ref(hit.id)], number, hit)
    if shown:
        out.print()
        for line in _narrower(result):
            out.print(Text(line, style="dim"))


def _what_to_try(asked: str, offers: Sequence[Offer]) -> str:
    """What may find something where a query finds nothing."""
    if offers:
        return f"Nearest: {', '.join(tidy(near) for offer in offers for near in offer.near)}"
    phrase = next((one for one in parse_query(asked).wanted() if isinstance(one, Phrase)), None)
    if phrase is not None and len(words(phrase.text)) > 1:
        return f"To find these words in any order and form, leave out the quotation marks: {phrase.text}"
    if _NUMBER.fullmatch(asked):
        return "Try words of its title instead, or its date: date:2020-01"
    return "Try fewer words, another with OR, or the beginning of one with *: commission*"


def _print_hit(out: Console, kb: KnowledgeBase, document: SearchDocument, number: int, hit: Hit) -> None:
    margin = " " * 4
    out.print(Text(f"{number:>2}. "), Text(hit.title, style="bold"), sep="")
    body = kb.get(document.body, Body)
    about = [
        document.spoken.capitalize(),
        tidy(council_name(kb, kb.records[document.id])),
        tidy(body.title) if body is not None else None,
        document.outcome,
        document.date.display() if document.date is not None else None,
    ]
    # Each once, and not what the title says: a body is its own body, and a full council has its council's name.
    parts = dict.fromkeys(part for part in about if part and part != hit.title)
    out.print(Text(margin + " · ".join(parts)))
    if hit.snippet:
        snippet = Text(hit.snippet)
        for start, end in hit.marks:
            snippet.stylize("bold underline", start, end)
        out.print(Text(margin) + snippet)
    out.print(Text(f"{margin}{hit.id}", style="dim"))


def _narrower(result: SearchResult) -> list[str]:
    """How all that was found divides: what can be added to the query to find less."""
    lines = []
    for field, counts in result.facets.items():
        if len(counts) > 1:
            values = [f"{value} {count}" for value, count in list(counts.items())[:_FACET_VALUES]]
            more = ", …" if len(counts) > _FACET_VALUES else ""
            lines.append(f"{'date' if field == 'year' else field}: {', '.join(values)}{more}")
    return lines

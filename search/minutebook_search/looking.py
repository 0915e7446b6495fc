"""What a query finds: all that it asks for; else without the words of a question; else in part, and that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from minutebook_search.conjuncts import DATES, Conjuncts, is_question_word, size, subject_of
from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Scores
from minutebook_search.evaluation import Evaluation
from minutebook_search.query import (
    And,
    DateRange,
    Node,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    widen,
)
from minutebook_search.query.questions import asks_who_holds, is_question
from minutebook_search.words import key_of, words

_NAME = 6.0  # the least weight of a name of a record
_DAYS = (
    "who-holds-what/of/"  # before the id of a project: where its days lie, as `outputs/addresses.py` has it
)


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that a query finds; `loosely` those that it would find if it narrowed by nothing."""

    scores: Scores
    loosely: Scores
    partial: bool = False


def within(scores: Scores, allowed: Iterable[Collection[int]]) -> Scores:
    """Return the scores of the documents that are in all of some collections."""
    for numbers in allowed:
        scores = {number: score for number, score in scores.items() if number in numbers}
    return scores


def look(
    conjuncts: Conjuncts, evaluation: Evaluation, messages: list[str], asks: bool, of_a_day: bool = False
) -> Found:
    """Return what all of a query matches; where nothing does, without the words of a question; then in part.

    A question in a sentence (`asks`) is answered in part at once: a long record can have all its words,
    and say little of what is asked. Where it asks who held something (`of_a_day`), the day is not looked for.
    What is left out is added to `messages`.
    """
    allowed = [evaluation.joined(nodes).keys() for nodes in conjuncts.filters.values()]
    loosely = evaluation.joined(conjuncts.rest)
    scores = within(loosely, allowed)
    asked, fixed = conjuncts.words, conjuncts.fixed
    subject = subject_of(asked, of_a_day)
    if asks and 1 < len(subject) < len(asked):
        return _look_in_part(fixed, subject, allowed, evaluation, messages, "read as a question")
    if scores or len(asked) < 2:
        return Found(scores, loosely)
    if len(subject) < len(asked):
        loosely = evaluation.joined([*fixed, *subject])
        scores = within(loosely, allowed)
        if scores:
            left_out = [f"`{one.text}`" for one in asked if isinstance(one, Word) and one not in subject]
            messages.append(f"no record has every word: searched without {_listed(left_out)}")
            return Found(scores, loosely)
    return _look_in_part(fixed, subject, allowed, evaluation, messages, "no record has every word")


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _look_in_part(
    fixed: Sequence[Node],
    subject: Sequence[Node],
    allowed: Sequence[Collection[int]],
    evaluation: Evaluation,
    messages: list[str],
    why: str,
) -> Found:
    """The documents with at least two thirds of as many words as any of them has.

    What is said in several words and has a synonym counts as so many.
    """
    if len(subject) < 2:
        return Found({}, {})
    must = within(evaluation.joined(fixed), allowed)
    counts: Counter[int] = Counter()
    for one in subject:
        counts.update(dict.fromkeys(evaluation.matches(one), size(one)))
    most = max((counts[number] for number in must), default=0)
    if not most:
        return Found({}, {})
    enough = -(-2 * most // 3)
    loosely = evaluation.matches(Or(tuple(subject)))
    if fixed:
        basis = evaluation.joined(fixed)
        loosely = {n: score + basis[n] for n, score in loosely.items() if n in basis}
    loosely = {number: score for number, score in loosely.items() if counts[number] >= enough}
    many = sum(map(size, subject))
    some = f"{enough} or {most}" if enough < most else f"{most}"
    said = f"{some} of its {many} words, the best first" if enough < many else f"all {many} of its words"
    messages.append(f"{why}: these have {said}")
    return Found(within(loosely, allowed), loosely, partial=enough < many)


def left_out_undated(
    conjuncts: Conjuncts, found: Found, evaluation: Evaluation, undated: Collection[int]
) -> str | None:
    """Say how many documents match all but the dates, and have none: a reader may take them for not there."""
    if not conjuncts.leaves_out_undated:
        return None
    others = [nodes for name, nodes in conjuncts.filters.items() if name != DATES]
    allowed = [evaluation.joined(nodes).keys() for nodes in others]
    loosely = found.loosely or evaluation.joined(conjuncts.rest)
    many = len(within(loosely, [*allowed, undated]))
    if not many:
        return None
    said = "1 more record matches and has" if many == 1 else f"{many:,} more records match and have"
    its, it = ("its", "it") if many == 1 else ("their", "them")
    return f"{said} no date of {its} own: to see {it}, add `OR date:none` after the date"


def days_to_see(query: str, first: Iterable[SearchDocument]) -> list[str]:
    """Say where it lies who answered for a project on any day, where a query asks that and names the first that were found."""
    asked = f" {key_of(query)} "
    if not asks_who_holds(query):
        return []
    named = takewhile(lambda one: one.type == "project" and _is_named(one, asked), first)
    return [f"who answered for `{one.title}` on which day: `{_DAYS}{one.id}/`" for one in named]


def _is_named(document: SearchDocument, asked: str) -> bool:
    return any(one.weight >= _NAME and f" {key_of(one.text)} " in asked for one in document.passages)


# -- what is lacking ----------------------------------------------------------------------------


def what_is_lacking(
    evaluation: Evaluation, parsed: ParsedQuery, root: Node, partial: bool, synonyms: Synonyms
) -> list[str]:
    """Say of each word, phrase and range of dates that no document has it; else that none has them all."""
    said: list[str] = []
    for leaf in dict.fromkeys(parsed.wanted()):
        if evaluation.matches(widen(leaf, synonyms)):
            continue
        match leaf:
            case Word() if partial:
                continue  # said before
            case Word():
                said.append(no_record_has(leaf.text))
            case Prefix():
                said.append(f"no record has `{leaf.text}*`")
            case Phrase() if len(words(leaf.text)) > 1:
                said.append(no_record_has_in_a_row(leaf.text))
            case Phrase():
                said.append(f"no record has `{leaf.text}` as printed")
            case DateRange():
                said.append(
                    "every record has a date" if leaf.undated else "no record has a date in that range"
                )
    if not said and not evaluation.messages and not partial and isinstance(root, And | Or | Not):
        said.append("each of these is in some record, but no record matches the whole query")
    return said


def no_record_has(word: str) -> str:
    """Say that a word is nowhere."""
    return f"no record has `{word}`"


def no_record_has_in_a_row(text: str) -> str:
    """Say that words are nowhere in a row."""
    return f"no record has the words `{text}` in a row"


def which_words_are_lacking(evaluation: Evaluation, parsed: ParsedQuery, synonyms: Synonyms) -> str | None:
    """Say which words no document has, before others are answered in part: what is found is not about them."""
    asked = [
        one for one in dict.fromkeys(parsed.wanted()) if isinstance(one, Word) and not is_question_word(one)
    ]
    lacking = [one.text for one in asked if not evaluation.matches(widen(one, synonyms))]
    if not lacking:
        return None
    none = " or ".join(f"`{one}`" for one in lacking)
    are_words = isinstance(parsed.root, And) and all(isinstance(one, Word) for one in parsed.root.of)
    about = "all that is asked for"
    if are_words and not is_question(parsed.text):
        about = f"`{' '.join(leaf.text for leaf in parsed.wanted() if isinstance(leaf, Word))}`"
    return f"no record has {none}, so none of these is about {about}"

"""What a query means beside its words: synonyms both ways, amounts and codes that are written in several words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from minutebook_search.query.tree import Alike, And, Node, Not, Or, ParsedQuery, Phrase, Word
from minutebook_search.words import FEWEST_DIGITS, MOST_DIGITS, Token, plain_signs, spoken, words

_Key = tuple[str, ...]
# A number with a decimal fraction may be an amount whose size was left away: 1.263 is £1.263m too.
_FRACTION = re.compile(r"[0-9]+\.[0-9]+")
_SIZES = ("k", "m", "bn")
# A code as it may be typed from memory: letters, then groups of digits with zeros left out, or an O for one.
_LETTERS = re.compile(r"([a-z]{2,6})([0-9o]*)")
_GROUP = re.compile(r"[0-9o]*[0-9][0-9o]*")
_FEWEST_TYPED = 3  # digits; with fewer, `item 12` would be one
_MOST_TOKENS = 4  # words of a code: its letters, and three groups
_WIDEST = 4  # digits of a group that zeros are put before
_BETWEEN = " \t\n\xa0"  # two words that may be one code


class Synonyms:
    """Groups of names that mean the same, such as `[BAU, business as usual]`, compared by their printed words.

    A member of one word is searched by stem as words are, one of several words as a phrase. So that a
    group says what it does, each form that is to be found stands in it (transfer and transfers of care).
    """

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._others: dict[_Key, tuple[Node, ...]] = {}
        self.longest = 1  # words of the longest member
        for group in groups:
            members: dict[_Key, Node] = {}
            for name in group:
                if key := tuple(word.printed for word in words(name)):
                    members.setdefault(key, Word(name) if len(key) == 1 else Phrase(name))
            for key in members:
                others = (node for other, node in members.items() if other != key)
                self._others[key] = tuple(dict.fromkeys((*self._others.get(key, ()), *others)))
                self.longest = max(self.longest, len(key))

    def of(self, key: Sequence[str]) -> tuple[Node, ...]:
        """Return what else is said for these printed words; nothing where they are in no group."""
        return self._others.get(tuple(key), ())


def widen(root: Node, synonyms: Synonyms) -> Node:
    """Return the tree with what its words mean too beside them.

    Words in a row of one `And` are looked up together, the longest first, from left to right, each word
    once. A phrase is what it says, and no more. `And` within `And` becomes one.
    """
    match root:
        case Word():
            return _join(_widened([root], synonyms))
        case And():
            return _join(_conjuncts(root, synonyms))
        case Or():
            return Or(tuple(widen(one, synonyms) for one in root.of))
        case Not():
            return Not(widen(root.of, synonyms))
        case _:
            return root


def flattened(root: And) -> Iterator[Node]:
    """Yield what an `And` joins, that of an `And` within it too."""
    for one in root.of:
        if isinstance(one, And):
            yield from flattened(one)
        else:
            yield one


def _conjuncts(root: And, synonyms: Synonyms) -> list[Node]:
    found: list[Node] = []
    run: list[Word] = []
    for one in flattened(root):
        if isinstance(one, Word):
            run.append(one)
            continue
        found += _widened(run, synonyms)
        run = []
        found.append(widen(one, synonyms))
    return found + _widened(run, synonyms)


def _join(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


@dataclass(frozen=True, slots=True)
class _Row:
    """Words of a query that stand next to each other, as printed words, and which word each belongs to."""

    nodes: Sequence[Word]
    tokens: Sequence[tuple[Token, int]]

    def ends_words(self, start: int, end: int) -> bool:
        """Whether these tokens are whole words of the query, not parts of a compound."""
        before = self.tokens[start - 1][1] if start else -1
        after = self.tokens[end][1] if end < len(self.tokens) else len(self.nodes)
        return before < self.tokens[start][1] and self.tokens[end - 1][1] < after


def _widened(nodes: Sequence[Word], synonyms: Synonyms) -> list[Node]:
    """Words in a row with what they mean: each place where they do is one `Alike`."""
    if not nodes:
        return []
    row = _Row(nodes, [(token, number) for number, node in enumerate(nodes) for token in words(node.text)])
    printed = [token.printed for token, _ in row.tokens]
    joined = _spoken(row, printed)
    found: list[Node] = []
    at = 0
    while at < len(printed):
        end, others = _meaning_at(at, row, printed, synonyms, joined)
        number, following = row.tokens[at][1], row.tokens[end - 1][1] + 1
        said = _join(nodes[number:following])
        found.append(Alike((said, *others)) if others else said)
        at = next((n for n in range(end, len(printed)) if row.tokens[n][1] >= following), len(printed))
    return found


def _meaning_at(
    at: int,
    row: _Row,
    printed: Sequence[str],
    synonyms: Synonyms,
    joined: Mapping[int, Sequence[tuple[int, str]]],
) -> tuple[int, tuple[Node, ...]]:
    """Where the longest group of words that means something ends, and what else says it; else the word alone.

    A code or an amount of as many words as a synonym or more goes before it: ACH 21-044 is the report,
    though ACH alone is a name of several words.
    """
    spoken_end, whole = max(joined.get(at, ()), default=(at, ""))
    for end in range(min(len(printed), at + synonyms.longest), at, -1):
        if end <= spoken_end:
            return spoken_end, (Word(whole),)
        if row.ends_words(at, end) and (others := synonyms.of(printed[at:end])):
            return end, others
    if row.ends_words(at, at + 1) and _FRACTION.fullmatch(printed[at]) is not None:
        return at + 1, tuple(Word(f"{printed[at]}{size}") for size in _SIZES)
    return at + 1, ()


def _spoken(row: _Row, printed: Sequence[str]) -> dict[int, list[tuple[int, str]]]:
    """The amounts and codes in several words of the query, by where they begin."""
    found: dict[int, list[tuple[int, str]]] = {}
    for start, end, whole in spoken(printed):
        if row.ends_words(start, end) and row.tokens[start][1] != row.tokens[end - 1][1]:
            found.setdefault(start, []).append((end, whole))
    return found


@dataclass(frozen=True, slots=True)
class Code:
    """What may be a code in a query, and what it would be with the zeros that may be left out, an O read as 0.

    `start` and `end` are its places in the query, `whole` is it as one word. `others` are the words that it
    may mean, the nearest first, each with how the query would say it: `ach21044` and `ACH-21-044`.
    """

    start: int
    end: int
    whole: str
    others: tuple[tuple[str, str], ...]


def codes(asked: ParsedQuery) -> Iterator[Code]:
    """Yield what may be a code in the words and phrases of a query, from left to right, the longest first."""
    for start, end in _rows(asked):
        text = asked.text[start:end]
        found = words(text)
        for at in range(len(found)):
            for after in range(min(len(found), at + _MOST_TOKENS), at, -1):
                if (code := _code(text, found[at:after], start)) is not None:
                    yield code


def _rows(asked: ParsedQuery) -> list[tuple[int, int]]:
    """Where in the query words stand that follow one another with nothing but space between; each phrase alone."""
    found: list[tuple[int, int]] = []
    isword = False
    for leaf in asked.wanted():
        if not isinstance(leaf, Word | Phrase) or not leaf.column:
            continue
        start = leaf.column - isinstance(leaf, Word)
        end = start + len(leaf.text)
        if plain_signs(asked.text[start:end]) != plain_signs(leaf.text):
            continue  # copied with signs that are not seen: the places are not what they seem
        if (
            found
            and isword
            and isinstance(leaf, Word)
            and not asked.text[found[-1][1] : start].strip(_BETWEEN)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        isword = isinstance(leaf, Word)
    return found


def _code(text: str, tokens: Sequence[Token], offset: int) -> Code | None:
    """These words of a text as a code; None where they are none."""
    if any(text[one.start : one.end].lower() != one.printed for one in tokens):
        return None  # a letter that was folded: its place is not its place in the text
    begins = _LETTERS.fullmatch(tokens[0].printed)
    if begins is None:
        return None
    first = tokens[0].start + len(begins[1])
    groups = [(first, begins[2]), *((one.start, one.printed) for one in tokens[1:])]
    if not groups[0][1]:
        del groups[0]
    digits = sum(len(group) for _, group in groups)
    if not _FEWEST_TYPED <= digits <= MOST_DIGITS or not all(_GROUP.fullmatch(one) for _, one in groups):
        return None
    whole = begins[1] + "".join(group for _, group in groups)
    short = [group.replace("o", "0").lstrip("0") or "0" for _, group in groups]
    wide = product(*(range(len(one), max(_WIDEST, len(one)) + 1) for one in short))
    others = []
    for widths in sorted(wide, key=lambda one: abs(sum(one) - digits)):
        filled = [one.zfill(width) for one, width in zip(short, widths, strict=True)]
        one_word = begins[1] + "".join(filled)
        if one_word != whole and FEWEST_DIGITS <= sum(widths) <= MOST_DIGITS:
            said, at = text[tokens[0].start : first].upper(), first
            for (place, group), better in zip(groups, filled, strict=True):
                said += text[at:place] + better
                at = place + len(group)
            others.append((one_word, said))
    return Code(offset + tokens[0].start, offset + tokens[-1].end, whole, tuple(others))

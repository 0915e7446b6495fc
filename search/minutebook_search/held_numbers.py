"""Numbers of reports, minutes and items that no record has: the nearest that records have, offered in their place.

A number is never searched for in place of another, as a misspelt word is: one report is not the next. It is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minutebook_search.documents import SearchDocument
from minutebook_search.engine import Offer, TermIndex
from minutebook_search.query import NUMBERED, ParsedQuery, possible_codes, rows_of_words
from minutebook_search.spelling import swapped
from minutebook_search.stemming import stem
from minutebook_search.words import FEWEST_DIGITS, MOST_DIGITS, Token, compounds, joined, spoken, words

_OFFERED = 3
_LOOKED_AT = 6  # of the nearest, until so many are found to be numbers of records
_MOST_WORDS = 200  # that are asked for at once
_BLOCKS = (
    3,
    2,
)  # last digits of a code that others may differ in: of a thousand, and where there are too many of a hundred
_YEAR = 2  # digits that most codes of reports begin with
_FEW_DOCUMENTS = 3  # in which it is looked up how a code is printed
_FURTHEST = 20  # minutes or items further down or up
_ROWS = 12  # of words that are asked for, to find the nearest minutes
_VERIFIED = 30  # documents that are asked whether a minute is theirs
_CODE = re.compile(rf"([a-z]{{2,6}})([0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}})")
_TYPED = re.compile(r"([a-z]{2,6})([0-9oil]+)")
_FIGURES = str.maketrans("oil", "011")
_COUNTED = re.compile(r"[1-9][0-9]{0,3}")
# What is numbered one after another, by the words that ask for it: a resolution has the number of its minute.
_NUMBERED_KINDS = {"minute": "minute", "minutes": "minute", "resolution": "minute", "item": "item"}


class HeldNumbers:
    """The numbers of an index, asked for those that are nearest to one that it has not."""

    def __init__(self, index: TermIndex, documents: Sequence[SearchDocument]) -> None:
        self._index = index
        self._documents = documents

    def offers(self, asked: ParsedQuery) -> list[Offer]:
        """Return what to offer for the numbers of a query that no record has, from left to right."""
        found = [*self._codes(asked), *self._counted(asked)]
        return sorted(found, key=lambda offer: offer.start)

    # -- codes, such as ACH21-044 ------------------------------------------------------------------

    def _codes(self, asked: ParsedQuery) -> Iterator[Offer]:
        end = 0
        for code in possible_codes(asked):
            if code.start < end:
                continue
            if self._index.postings(stem(code.whole)):
                end = code.end
                continue
            printed = [self._printed(one) for one in self._near(code.whole)[:_LOOKED_AT]]
            held = [one for one, is_held in filter(None, printed) if is_held]
            near = held or [one for one, _ in filter(None, printed)]
            if near:
                end = code.end
                kind = "report" if held else "number"
                yield Offer(
                    code.start, end, asked.text[code.start : end], kind, tuple(dict.fromkeys(near))[:_OFFERED]
                )

    def _near(self, typed: str) -> list[str]:
        """The codes that records have, the nearest first: two signs in each other's place, then the next numbers.

        The same number of the year before or after is as near as the next number.
        """
        parts = _TYPED.fullmatch(typed)
        if parts is None:
            return []
        letters, digits = parts[1], parts[2].translate(_FIGURES)
        whole = letters + digits
        vocabulary = self._index.vocabulary()
        found = dict.fromkeys(one for one in swapped(whole) if _CODE.fullmatch(one) and one in vocabulary)
        by_distance = [
            (abs(int(code[2]) - int(digits)), one)
            for one in self._alike(letters, digits, far=not found)
            if (code := _CODE.fullmatch(one)) and code[1] == letters and len(code[2]) == len(digits)
        ]
        by_distance += [(1, one) for one in _next_years(letters, digits) if one in vocabulary]
        return list(found | dict.fromkeys(one for _, one in sorted(by_distance)))

    def _alike(self, letters: str, digits: str, far: bool) -> list[str]:
        """The words that begin as a code does, but for its last digits; where none does, and `far`, with its letters alone."""
        for last in _BLOCKS:
            found = self._beginning(letters + digits[:-last])
            if found is not None:
                return found or (far and self._beginning(letters)) or []
        return []

    def _beginning(self, letters: str) -> list[str] | None:
        """The words that begin with some letters; None where they are too many."""
        found = [word for word in self._index.vocabulary() if word.startswith(letters)]
        return found if len(found) <= _MOST_WORDS else None

    def _printed(self, code: str) -> tuple[str, bool] | None:
        """A code as a record prints it, and whether it is the number of a report that is held."""
        numbers = sorted(
            self._index.postings(stem(code)), key=lambda one: (self._documents[one].type != "report", one)
        )
        for document in (self._documents[number] for number in numbers[:_FEW_DOCUMENTS]):
            printed = [
                (said, document.type == "report" and said == one.text)
                for one in document.passages
                if (said := printed_code(one.text, code)) is not None
            ]
            if printed:
                return next((one for one in printed if one[1]), printed[0])
        return None

    # -- minutes and items, numbered one after another ---------------------------------------------

    def _counted(self, asked: ParsedQuery) -> Iterator[Offer]:
        for start, end in rows_of_words(asked):
            tokens = words(asked.text[start:end])
            for at, token in enumerate(tokens[:-1]):
                if (kind := _NUMBERED_KINDS.get(token.printed)) is None:
                    continue
                after = at + 1 + (tokens[at + 1].printed in NUMBERED)
                if after == len(tokens) or not _COUNTED.fullmatch(tokens[after].printed):
                    continue
                number = int(tokens[after].printed)
                if self._index.row([token.printed, str(number)]) or self._title(kind, number) is not None:
                    continue
                if near := self._nearest(kind, number):
                    first, last = start + token.start, start + tokens[after].end
                    yield Offer(first, last, asked.text[first:last], kind, near)

    def _nearest(self, kind: str, number: int) -> tuple[str, ...]:
        found: list[str] = []
        rows = 0
        for one in (number + sign * step for step in range(1, _FURTHEST + 1) for sign in (-1, 1)):
            if len(found) == _OFFERED or rows == _ROWS:
                break
            if one < 1 or str(one) not in self._index.vocabulary():
                continue
            rows += 1
            if (title := self._title(kind, one)) is not None:
                found.append(title)
        return tuple(found)

    def _title(self, kind: str, number: int) -> str | None:
        """A minute or an item as the record names it, `Minute 81`; None where no record is that minute."""
        row = [kind, str(number)]
        for document in sorted(self._index.row(row))[:_VERIFIED]:
            for passage in self._documents[document].passages:
                if [token.printed for token in words(passage.text)] == row:
                    return passage.text.lower()
        return None


def _next_years(letters: str, digits: str) -> Iterator[str]:
    """The same number of the years before and after, where a code may begin with a year."""
    if len(digits) > FEWEST_DIGITS:
        year = int(digits[:_YEAR])
        yield from (f"{letters}{one:02}{digits[_YEAR:]}" for one in (year - 1, year + 1) if 0 <= one < 100)


def printed_code(text: str, whole: str) -> str | None:
    """Return a code as it is printed in a text, in one compound or in words in a row; None where it is not there."""
    tokens: list[Token] = []
    for compound in compounds(text):
        if joined(compound) == whole:
            return text[compound[0].start : compound[-1].end]
        tokens += compound
    for start, end, said in spoken([token.printed for token in tokens]):
        if said == whole:
            return text[tokens[start].start : tokens[end - 1].end]
    return None

"""Queries at random over the words of some documents: what the browser must answer as the command line does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from minutebook_search.documents import SearchDocument
from minutebook_search.words import compounds

_CODE = re.compile(r"\b[A-Z]{2,6}[0-9]+[-/ ][0-9]+")


class Asker:
    """Makes queries of every kind that finds something now and then."""

    def __init__(self, documents: Iterable[SearchDocument], seed: int) -> None:
        self._documents = list(documents)
        self._draw = random.Random(seed)

    def queries(self, many: int) -> Iterator[str]:
        """Yield so many queries."""
        for _ in range(many):
            yield self._query(self._draw.choice([1, 1, 2, 2, 3, 4]))

    def _query(self, terms: int) -> str:
        draw = self._draw
        said: list[str] = []
        for number in range(terms):
            leaf = draw.choice([self._word, self._word, self._word, self._phrase, self._phrase, self._prefix,
                                self._filter, self._date, self._typo, self._group, self._code])()  # fmt: skip
            if number and draw.random() < 0.2:
                said.append("OR")
            elif draw.random() < 0.12:
                leaf = draw.choice([f"-{leaf}", f"NOT {leaf}"])
            said.append(leaf)
        return " ".join(said)

    def _passage(self) -> str:
        document = self._draw.choice(self._documents)
        return self._draw.choice(document.passages).text

    def _word(self) -> str:
        found = list(compounds(text := self._passage()))
        if not found:
            return "council"
        compound = self._draw.choice(found)
        return text[compound[0].start : compound[-1].end]

    def _phrase(self) -> str:
        words = self._passage().replace('"', " ").split()
        start = self._draw.randrange(len(words))
        row = words[start : start + self._draw.randrange(1, 5)]
        if self._draw.random() < 0.1:
            self._draw.shuffle(row)
        return f'"{" ".join(row)}"'

    def _prefix(self) -> str:
        word = self._word()
        return word[: self._draw.randrange(2, 6)].rstrip("-'.,/&_") + "*"

    def _filter(self) -> str:
        document = self._draw.choice(self._documents)
        kinds = [f"type:{document.type}", f"type:{document.id.folder}", f"council:{document.council}"]
        if document.body:
            kinds += [f"body:{document.body}", f"body:{document.body.rsplit('/', 1)[1]}"]
        if document.outcome:
            kinds.append(f"outcome:{document.outcome}")
        kinds += [f"project:{one}" for one in document.projects] + [
            f'topic:"{one}"' for one in document.topics
        ]
        return self._draw.choice(kinds)

    def _date(self) -> str:
        dates = [one.first for one in self._documents if one.first is not None]
        first, last = sorted((self._draw.choice(dates), self._draw.choice(dates)))
        return self._draw.choice(
            [
                f"date:{first.year}",
                f"date:{first:%Y-%m-%d}..{last:%Y-%m-%d}",
                f"date:..{last:%Y-%m-%d}",
                f"date:{first.year}..",
                "date:none",
                f"date:{first.year} OR date:none",
            ]
        )

    def _typo(self) -> str:
        word = self._word()
        at = self._draw.randrange(len(word))
        return (
            self._draw.choice(
                [word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[: at + 1] + word[at:]]
            )
            or word
        )

    def _code(self) -> str:
        """A number of a report as it is remembered: zeros left out or put in, O for 0, parted in another way."""
        draw = self._draw
        known = sorted(
            {
                one[0]
                for document in self._documents
                for passage in document.passages
                for one in _CODE.finditer(passage.text)
            }
        )
        if not known:
            return "ach 21 44"
        groups: list[str] = re.findall("[0-9]+|[A-Za-z]+", draw.choice(known))
        for number, group in enumerate(groups):
            if number and draw.random() < 0.5:
                groups[number] = draw.choice(
                    [group.lstrip("0") or "0", f"0{group}", group.replace("0", draw.choice("oO"), 1)]
                )
        tie = draw.choice([" ", "-", "/", "."])
        said = groups[0] + draw.choice(["", tie]) + tie.join(groups[1:])
        return draw.choice([said, said.lower()])

    def _group(self) -> str:
        joint = self._draw.choice([" ", " OR "])
        return f"({self._word()}{joint}{self._draw.choice([self._word, self._phrase])()})"

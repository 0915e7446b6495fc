"""Queries to measure and to try a search with: of each kind, of every shape of the grammar, and meant to harm."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from minutebook_search.documents import SearchDocument
from minutebook_search.query.questions import QUESTION_WORDS
from minutebook_search.words import words

KINDS = (
    "common", "rare", "phrase", "two commonest words", "three words", "OR", "NOT", "prefix", "typo", "code", "filter + date", "question",
)  # fmt: skip


class Vocabulary:
    """The words of documents by how common they are, and phrases and codes that stand in them."""

    def __init__(self, documents: Sequence[SearchDocument], seed: int) -> None:
        self.random = random.Random(seed)
        counted: Counter[str] = Counter()
        self.phrases: list[str] = []
        self.codes: list[str] = []
        for document in documents:
            for passage in document.passages:
                printed = [word.printed for word in words(passage.text)]
                counted.update(set(printed))
                if len(printed) > 6:
                    at = self.random.randrange(len(printed) - 4)
                    self.phrases.append(" ".join(printed[at : at + self.random.randrange(2, 5)]))
                for word in passage.text.split():
                    if any(sign.isdigit() for sign in word) and any(sign.isalpha() for sign in word):
                        self.codes.append(word.strip(".,;()"))
        ranked = [word for word, _ in counted.most_common() if word.isalpha() and len(word) > 2]
        self.little = [word for word, _ in counted.most_common(12)]
        self.common = [word for word in ranked[:150] if word not in QUESTION_WORDS]
        self.middle = ranked[150:3_000] or ranked
        self.rare = [word for word in ranked if counted[word] <= 5] or ranked
        self.every = sorted(counted)

    def misspelt(self) -> str:
        """A word of seven letters or more with two of them in each other's place."""
        word = self.random.choice([word for word in self.middle if len(word) > 6] or self.middle)
        at = self.random.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def of_kind(self, kind: str) -> str:
        """A query of one of `KINDS`."""
        pick, common, middle = self.random.choice, self.common, self.middle
        match kind:
            case "common":
                return pick(common[:40])
            case "rare":
                return pick(self.rare)
            case "phrase":
                return f'"{pick(self.phrases)}"'
            case "two commonest words":
                return '"{} {}"'.format(*self.random.sample(self.little[:4], 2))
            case "three words":
                return f"{pick(common)} {pick(common)} {pick(middle)}"
            case "OR":
                return f"{pick(common)} OR {pick(middle)}"
            case "NOT":
                return f"{pick(common)} -{pick(common)}"
            case "prefix":
                return f"{pick(common + middle)[: pick((1, 2, 3, 4))]}*"
            case "typo":
                return self.misspelt()
            case "code":
                return pick(self.codes)
            case "question":
                return f"who decided on the {pick(common)} and the {pick(middle)} {pick(middle)}"
            case _:
                year = self.random.randrange(2004, 2022)
                return f"{pick(common)} type:{pick(('resolution', 'report', 'decision'))} date:{year}..{year + 2}"

    def random_query(self, depth: int = 0) -> str:
        """A query of any shape of the grammar."""
        return " ".join(self._operand(depth) for _ in range(self.random.randrange(1, 4)))

    def _operand(self, depth: int) -> str:
        roll = self.random.random()
        if roll < 0.12 and depth < 3:
            return f"{self.random.choice(('', '-', 'NOT '))}({self.random_query(depth + 1)})"
        if roll < 0.25:
            return f"{self._leaf()} OR {self._leaf()}"
        if roll < 0.35:
            return f"-{self._leaf()}"
        return self._leaf()

    def _leaf(self) -> str:
        pick, roll = self.random.choice, self.random.random()
        if roll < 0.4:
            return pick(pick((self.little, self.common, self.middle, self.every)))
        if roll < 0.55:
            return f'"{pick(self.phrases)}"'
        if roll < 0.63:
            word = pick(self.common + self.middle)
            return f"{word[: self.random.randrange(1, len(word))]}*"
        if roll < 0.68:
            return self.misspelt()
        if roll < 0.76:
            code = pick(self.codes)
            return pick((code, code.replace("-", " "), code.replace("/", "").lower(), code.upper()))
        if roll < 0.8:
            return pick(sorted(QUESTION_WORDS))
        year = self.random.randrange(2003, 2023)
        return pick(
            (
                f"date:{year}", f"date:{year}-0{self.random.randrange(1, 10)}..", f"date:..{year}", f"date:{year}/{(year + 1) % 100:02}",
                "type:resolution", "type:reports", "outcome:noted", "council:nowhere", f"type:{pick(('item', 'action', 'decision'))}",
            )
        )  # fmt: skip


def queries_by_kind(documents: Sequence[SearchDocument], many: int, seed: int) -> Mapping[str, list[str]]:
    """So many queries of each kind."""
    vocabulary = Vocabulary(documents, seed)
    return {kind: [vocabulary.of_kind(kind) for _ in range(many)] for kind in KINDS}


# -- meant to harm --------------------------------------------------------------------------------

_PIECES = (
    '"', "(", ")", "-", "*", ":", " OR ", " AND ", " NOT ", "type:", "date:", "body:", "..", "/", "\\", "'", ";", "--", "{", "%s", "$(x)",
    "<script>", "\0", "\x1b[31m", "\u202e", "\ufeff", "\u0301", "\U0001f3e0", "\ufdfa", "\ufb01", "\u00bd", "\u0663", "programme", "plan",
    "insulation", "2021", "a", "9" * 30, "[", "]", "|", "^", "~", "NEAR(", "rowid", "stems", "w0", "\u00e9", "\t", "\n", "\r", "\u00a3",
    "1.5m", "x" * 80,
)  # fmt: skip
_KNOWN_TO_HURT = (
    "(" * 2_000 + "a" + ")" * 2_000, " OR ".join("abcdefghij" * 60), "a*" * 500, "-" * 5_000, '"' * 999, "* * *", "NOT " * 400,
    "a OR " * 400, '"' + "the " * 400 + '"', "date:" + "9" * 900, "date:0000..9999", "date:-1", "type:" * 200, "e" * 7_000, "%00",
    "'; DROP TABLE stems; --", '" OR 1=1 --', '"a" NEAR "b"', "{stems words}: x", "^a", "__proto__", "../../etc/passwd", "\ud800",
    "w0:programme", "stems MATCH programme", "a" * 64 + "*", "t* o* a* i* e* p* b* s*",
    " ".join(f"{one}*" for one in "abcdefghijklmnopqrstuvwxyz"), "-(-(-(-(a))))", "((a OR b) (c OR d)) OR -((e f) OR g)",
    "\uffff\ufffe", 'body:"' + "x " * 300 + '"', "\U0001f3e0" * 900,
)  # fmt: skip


def hostile_queries(seed: int = 5) -> list[str]:
    """Two hundred queries that somebody would write to break something; the same for the same seed."""
    chosen = random.Random(seed)
    rest = (
        "".join(chosen.choices(_PIECES, k=chosen.randrange(1, 60))) for _ in range(200 - len(_KNOWN_TO_HURT))
    )
    return [*_KNOWN_TO_HURT, *rest]


def noise(chosen: random.Random, many: int) -> Iterator[str]:
    """So many queries of a few pieces each, with and without sense."""
    for _ in range(many):
        yield "".join(chosen.choices(_PIECES, k=chosen.randrange(1, 12)))

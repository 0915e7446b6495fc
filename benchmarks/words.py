"""Invented English: words that follow Zipf's law, phrases that recur, and sentences made of both."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

# The commonest words of minutes, commonest first. What follows them in rank is invented.
_LITTLE_WORDS = (
    "the of and to in a that for be was by on with as is from it at this were which an or are has had not "
    "have been will would its their should may all any into no there under more also than other who over such"
)
_COUNCIL_NOUNS = (
    "board member officer resident saving budget project programme partner contract service carer ward centre "
    "need cost priority strategy team council"
)
_COUNCIL_VERBS = "report plan review transfer approve note agree monitor deliver decide fund assess provide consult risk support"
# Printed again and again, whatever the subject; phrase search stands or falls with them.
_PHRASES = (
    "be noted", "business as usual", "be approved", "in line with the plan", "value for money", "as set out in the report",
    "subject to consultation", "on the recommendation of the board", "with immediate effect", "to be or not to be funded",
)  # fmt: skip

_ONSETS = (
    "b", "br", "c", "cr", "d", "dr", "f", "fl", "gl", "gr", "h", "l", "m", "n", "pl", "pr", "r", "s", "st", "t",
    "th", "tr", "v", "w",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "ai", "ea", "oa")
_CODAS = ("l", "m", "n", "r", "nd", "rn", "ld", "lm", "nt", "rm", "sk")
_ENDINGS = ("", "", "", "e", "le", "en", "ow", "y", "et")
_PLACES = ("moor", "wick", "combe", "mere", "holt", "dene", "garth", "stead")
_VOWEL_LETTERS = frozenset("aeiou")


def forms(stem: str) -> tuple[str, ...]:
    """A stem and what English makes of it: plan, plans, planned, planning, planner; carry, carries, carried.

    Spelt by the rules that a stemmer must undo: doubled consonants, dropped e, y turned to i.
    """
    bare = stem.removesuffix("e")
    if stem[-1] == "y" and stem[-2] not in _VOWEL_LETTERS:
        soft, plural = f"{stem[:-1]}i", f"{stem[:-1]}ies"
        return stem, plural, f"{soft}ed", f"{stem}ing", f"{soft}er", f"{soft}ness"
    short = len(stem) < 5 and stem[-1] not in "aeiouwxy" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"
    root = stem + stem[-1] if short else bare
    plural = f"{stem}es" if stem.endswith(("s", "x", "ch", "sh")) else f"{stem}s"
    return stem, plural, f"{root}ed", f"{root}ing", f"{root}er", f"{stem}ment", f"{bare}ation"


class Vocabulary:
    """A few ten thousand word forms in order of rank; the same for every council of one seed."""

    def __init__(self, rng: random.Random, size: int = 24_000) -> None:
        little = _LITTLE_WORDS.split()
        known = set(little)
        council = [form for stem in _COUNCIL_NOUNS.split() for form in forms(stem)[:2]]
        council += [form for stem in _COUNCIL_VERBS.split() for form in forms(stem)[:4]]
        known.update(council)
        invented: list[str] = []
        while len(invented) < size:
            fresh = [form for form in forms(invented_stem(rng)) if form not in known]
            known.update(fresh)
            invented += fresh
        # The forms of one stem stand at ranks far apart, as those of real words do.
        rng.shuffle(invented)
        middle = council + invented[: 2 * len(council)]
        rng.shuffle(middle)
        self.words = [*little, *middle, *invented[2 * len(council) :]]
        # Zipf's law: the word of rank r is drawn in proportion to 1 / (r + 1).
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(1, len(self.words) + 1)))
        self.phrases = [*_PHRASES, *(f"{rng.choice(middle)} {rng.choice(invented)}" for _ in range(150))]
        self.phrase_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.phrases))))


def invented_stem(rng: random.Random) -> str:
    """A word that could be English and, as far as anybody knows, is not."""
    first = rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
    middle = rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) if rng.random() < 0.2 else ""
    return first + middle + rng.choice(_ENDINGS)


def invented_name(rng: random.Random) -> str:
    """A name that could be that of a place."""
    return (rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) + rng.choice(_PLACES)).capitalize()


class Writer:
    """Writes text of a wanted length from a vocabulary, weaving in what it is given."""

    def __init__(self, rng: random.Random, vocabulary: Vocabulary) -> None:
        self._rng = rng
        self._vocabulary = vocabulary
        self._stream = self._drawn()

    def _drawn(self) -> Iterator[str]:
        while True:
            yield from self._rng.choices(self._vocabulary.words, cum_weights=self._vocabulary.weights, k=4096)

    def words(self, count: int) -> list[str]:
        """Return so many words, drawn by rank."""
        return [next(self._stream) for _ in range(count)]

    def phrase(self) -> str:
        """Return one of the phrases that recur."""
        return self._rng.choices(self._vocabulary.phrases, cum_weights=self._vocabulary.phrase_weights)[0]

    def sentence(self, woven: str | None = None) -> str:
        """Return a sentence of eight to twenty-two words, with a phrase or a number in some."""
        words = self.words(self._rng.randrange(8, 23))
        if self._rng.random() < 0.35:
            words.insert(len(words) // 2, self.phrase())
        if self._rng.random() < 0.2:
            words.insert(len(words) // 3, number_in_text(self._rng))
        if woven is not None:
            words.insert(2 * len(words) // 3, woven)
        if len(words) > 14:
            words[6] += ","
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def clause(self, length: int) -> str:
        """Return about so many words that go on from `That` or `To`."""
        return f"{' '.join(self.words(length))} {self.phrase()}"

    def heading(self, length: int) -> str:
        """Return so many words as a title."""
        return " ".join(self.words(length)).capitalize()

    def prose(self, length: int, woven: Sequence[str] = ()) -> str:
        """Return about so many words of sentences, each of `woven` in one of them."""
        sentences = [self.sentence(each) for each in woven]
        written = sum(sentence.count(" ") + 1 for sentence in sentences)
        while written < length:
            sentences.append(self.sentence())
            written += sentences[-1].count(" ") + 1
        return " ".join(sentences)

    def narrative(self, length: int, woven: Sequence[str] = ()) -> str:
        """Return Markdown of about so many words: a paragraph for each eighty or so, a heading and a list in the longer ones."""
        count = max(1, round(length / 80))
        paragraphs = [self.prose(length // count, woven[number::count]) for number in range(count)]
        if count > 3:
            paragraphs.insert(2, f"## {self.heading(4)}")
            paragraphs.append("\n".join(f"- {self.sentence()}" for _ in range(3)))
        return "\n\n".join(paragraphs)


def amount(rng: random.Random) -> str:
    """An amount of money as reports print it: £863K, £1.26m, £51,032."""
    size = rng.randrange(1_000, 9_999_000)
    match rng.randrange(3):
        case 0:
            return f"£{size // 1000}K"
        case 1:
            return f"£{size // 10_000 / 100:.2f}m"
        case _:
            return f"£{size:,}"


def number_in_text(rng: random.Random) -> str:
    """A number as it stands in running text: an amount, a percentage, a count."""
    match rng.randrange(3):
        case 0:
            return amount(rng)
        case 1:
            return f"{rng.randrange(1, 999) / 10:.1f}%"
        case _:
            return str(rng.randrange(2, 400))

"""The printed words in alphabetical order, for beginnings of words and for words that were typed wrongly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minutebook_search.static.encoding import front_coded, in_browser_order, text, varint

PER_FILE = 1_000  # words of a file for beginnings of words
SMALLEST = 1_200  # words of a file for typos: neighbours are put together until there are so many

Words = Sequence[tuple[str, str]]


def write_vocabulary(forms: Words, stem: Callable[[str], str]) -> tuple[list[bytes], list[str]]:
    """Return the files of all printed words with their stems, in alphabetical order, and the first word of each."""
    ordered = sorted(forms, key=lambda form: in_browser_order(form[0]))
    files, first_words = [], []
    for start in range(0, len(ordered), PER_FILE):
        group = ordered[start : start + PER_FILE]
        body, before = bytearray(varint(len(group))), ""
        for printed, stemmed in group:
            body += front_coded(printed, before)
            same = stem(printed) == stemmed
            body += varint(0) if same else text(stemmed)
            before = printed
        files.append(bytes(body))
        first_words.append(group[0][0])
    return files, first_words


def write_spelling(forms: Words, frequencies: Sequence[int]) -> tuple[list[bytes], list[str]]:
    """Return the files of the words that a typo may have meant, with the number of documents that have each.

    They stand in the order of their first letters and then their lengths, since what was meant mostly
    begins with the letter that was typed, and is as long but for a letter or two. Named by both.
    """
    counted: dict[str, int] = {}
    for (printed, _), frequency in zip(forms, frequencies, strict=True):
        if printed.isalpha():
            counted[printed] = counted.get(printed, 0) + frequency
    ordered = sorted(counted, key=lambda word: (in_browser_order(word[0]), len(word), in_browser_order(word)))
    files, first_places = [], []
    group: list[str] = []
    for number, word in enumerate(ordered):
        group.append(word)
        following = ordered[number + 1] if number + 1 < len(ordered) else None
        if following is None or (len(group) >= SMALLEST and place_of(following) != place_of(word)):
            body, before = bytearray(varint(len(group))), ""
            for one in group:
                body += front_coded(one, before) + varint(counted[one])
                before = one
            files.append(bytes(body))
            first_places.append(place_of(group[0]))
            group = []
    return files, first_places


def place_of(word: str) -> str:
    """Return where a word stands among those for typos: its first letter, and its length as a letter."""
    return word[0] + chr(ord("A") + min(len(word), 57))

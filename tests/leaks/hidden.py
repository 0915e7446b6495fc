"""Hidden records full of marks, made from the samples: one of each type, again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from minutebook.front_matter import Value, read_front_matter, write_record_text
from minutebook.knowledge_base import LINK
from minutebook.records import BY_FOLDER
from minutebook.source import SourceFile
from tests.helpers import COUNCIL
from tests.leaks.eye import MARK, WORD
from tests.leaks.marks import (
    KNOWN_OF_ITEMS,
    UNMARKED,
    Marks,
    completed,
    get,
    is_valid,
    leaves,
    put,
    sample_fields,
)

_DATE = re.compile(r"\b20(?=1[5-9]|2[0-9])")

ACCESS = ("exempt", "confidential", "draft")
# What would be a mistake in a sample that has everything: an erased record with content, a record that
# refers to itself, an end before the beginning. Such records are in the unsound knowledge base alone.
_NOT_IN_SOUND = frozenset(
    {
        "erased", "supports", "schedule_version", "ended", "ended_reason", "until", "from", "succeeded_by",
        "perhaps_same_as", "approved_at", "listed_on", "rescinds", "amends", "supersedes", "states",
    }
)  # fmt: skip
_NOR_IN = {
    "bodies": {"body"}, "posts": {"since"}, "sources": {"citations"}, "figures": {"period", "as_at"}, "indicators": {"word", "value"},
}  # fmt: skip
# What a sample has of these stays as it is in the sound one: a value stands in the words quoted, and has no word beside it.
_AS_IT_IS = frozenset({"states", "word"})
# Of these another one is there, and there is room for one.
_NEVER: Mapping[str, frozenset[str]] = {
    "transfers": frozenset({"closed", "gap", "monitored_by"}),
    "actions": frozenset({"expected_of"}),
}
REFERENCE = re.compile(rf"\b({'|'.join(sorted(BY_FOLDER))})/sample\b")


@cache
def template(folder: str, sound: bool) -> tuple[str, str]:
    """The text of a sample with everything its type can have."""
    fields, narrative = sample_fields(folder)
    left_out = frozenset({"access", "exemption"}) | _NEVER.get(folder, frozenset())
    if sound:
        left_out |= _NOT_IN_SOUND | _NOR_IN.get(folder, set())
    whole = completed(BY_FOLDER[folder], fields, left_out)
    return write_record_text(whole, narrative), narrative


@cache
def _ways(folder: str, sound: bool) -> tuple[tuple[tuple[str | int, ...], int], ...]:
    """Which texts of a template can bear a mark, and in which way."""
    fields = _fields(template(folder, sound)[0])
    found = []
    for at in leaves(fields):
        written = get(fields, at)
        if not UNMARKED.isdisjoint(at) or REFERENCE.fullmatch(written):
            continue
        if sound and not _AS_IT_IS.isdisjoint(at):
            continue
        for number, way in enumerate(_WAYS):
            put(fields, at, way(written, f"{WORD}00000"))
            fits = is_valid(folder, fields)
            put(fields, at, written)
            if fits:
                found.append((at, number))
                break
    return tuple(found)


# A text, an address, a name, the words of a date, an amount: what the field takes first.
_WAYS: tuple[Callable[[str, str], Value], ...] = (
    lambda written, mark: f"{written} {mark}",
    lambda written, mark: f"{written}/{mark}?{mark}",
    lambda written, mark: f"{written}-{mark}",
    lambda written, mark: {"value": written, "as_written": mark},
    lambda _, mark: f"7306{mark[-5:]}",
)


def _fields(text: str) -> dict[str, Any]:
    front, findings = read_front_matter(SourceFile("", text))
    assert front is not None
    assert not findings
    return front.fields


@dataclass(frozen=True)
class HiddenSet:
    """One hidden record of each type: their slugs by folder, and their files by path."""

    slugs: dict[str, str]
    files: dict[str, str]


def hidden_set(number: int, marks: Marks, *, sound: bool = True) -> HiddenSet:
    """A hidden record of each type, full of marks.

    Those of an even number keep to themselves and to their own thousand years; those of an odd one
    refer to the public samples, in their time.
    """
    slugs = {folder: f"hidden-{marks.new(f'slug of {folder} {number}')}" for folder in BY_FOLDER}
    quiet = slugs["council"]
    marks.of_councils |= set(MARK.findall(quiet))
    files = {}
    for turn, folder in enumerate(BY_FOLDER):
        access = ACCESS[(number + turn) % len(ACCESS)]
        at_home = folder != "council"
        path = f"{COUNCIL}/{folder}/{slugs[folder]}.md" if at_home else f"{quiet}/council/{quiet}.md"
        files[path] = _hidden_text(folder, number, access, slugs, marks, sound, at_home)
    return HiddenSet(slugs, files)


# What the hidden records of an odd set share with the public.
_SHARED = frozenset({"bodies", "posts", "meetings", "plans", "sources", "events"})


def _hidden_text(
    folder: str, number: int, access: str, slugs: Mapping[str, str], marks: Marks, sound: bool, at_home: bool
) -> str:
    text, narrative = template(folder, sound)
    fields = _fields(text)
    is_open = number % 2 == 1
    where = f"{access} {folder} {number}"

    def other(match: re.Match[str]) -> str:
        named = match[0] if is_open and match[1] in _SHARED else f"{match[1]}/{slugs[match[1]]}"
        if match[1] == "council":
            return f"{slugs['council']}/{named}"
        return named if at_home else f"{COUNCIL}/{named}"

    def moved(written: str, in_time: bool = is_open) -> str:
        return REFERENCE.sub(other, written if in_time else _DATE.sub("30", written))

    for at in list(leaves(fields)):
        # No correction is made after the day the site speaks of.
        put(fields, at, moved(get(fields, at), is_open or (sound and at[0] == "corrections")))
    fields["access"] = access
    if access == "exempt":
        reason = f"Because {marks.new(f'{where}: reason')}."
        fields["exemption"] = {"paragraphs": ["3"], "public_interest_reason": reason}
        if folder == "items" and is_open:
            marks.known_by_law |= set(MARK.findall(reason))
    if folder == "meetings" and is_open and sound:
        fields.pop("interests")  # the item of its set lies at the public meeting
    if access == "confidential" and sound:
        for name in ("public_summary", "corrections"):
            fields.pop(name, None)
    for at, way in _ways(folder, sound):
        if at[0] not in fields:
            continue
        mark = marks.new(f"{where}: {'.'.join(map(str, at))}")
        put(fields, at, _WAYS[way](get(fields, at), mark))
        if (
            folder == "items"
            and is_open
            and tuple(step for step in at if isinstance(step, str)) in KNOWN_OF_ITEMS[access]
        ):
            marks.known_by_law.add(mark)
    told = moved(narrative)
    if LINK.search(told):
        named = marks.new(f"{where}: words of a link")
        told = LINK.sub(lambda link: f"[[{link[1]}|{named} {link[2] or ''}]]", told)
    return write_record_text(fields, f"{told}\n\nAnd {marks.new(f'{where}: narrative')}.")

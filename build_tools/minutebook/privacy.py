"""What is public: of records, by what they say; of files that cannot be read as records, by what they seem to say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutebook.diagnostics import HiddenNames
from minutebook.records.base import Access, Record

# Looked for before anything is known of the file: a record that cannot be read may still be one that
# is not public, and then its messages must not show it. What is not plainly public is taken for not.
_END = rb"""["']?\s*(?:[\r\n#,}]|$)"""
_BEGIN = rb"""(?:^|[\r\n{,?])[ \t]*["']?"""
_ACCESS = rb"""(?:a[a-z]{0,2}c[a-z]{0,3}s[a-z]?|cc?ess?)"""  # as it is misspelt: acess, accss, Access
_PRIVATE = rb"""(?:exem[a-z]{1,4}|exm[a-z]{2,4}|confid[a-z]{3,8})"""
_COLON = rb"""["']?\s*(?:[:=]|\xef\xbc\x9a)"""  # the last is the wide colon of Chinese and Japanese keyboards
_NOT_PUBLIC = re.compile(
    _BEGIN + _ACCESS + _COLON + rb"""(?!\s*["']?public""" + _END + rb""")"""
    rb"""|""" + _BEGIN + _ACCESS + rb"""["']?[ \t]+["']?(?:draft|""" + _PRIVATE + rb""")"""
    rb"""|""" + _BEGIN + rb"""exem[a-z]{2,8}""" + _COLON + rb"""|[:=]\s*["']?""" + _PRIVATE + _END +
    # What other programs that publish Markdown call it.
    rb"""|""" + _BEGIN + rb"""(?:draft|private|hidden|secret|restricted)""" + _COLON + rb"""\s*["']?(?:true|yes|on|1)""" + _END +
    rb"""|""" + _BEGIN + rb"""publish(?:ed)?""" + _COLON + rb"""\s*["']?(?:false|no|off|0)""" + _END,
    re.MULTILINE | re.IGNORECASE,
)  # fmt: skip
# Under the fields it is text, and the record would be published with it.
_TOO_LATE = re.compile(
    rf"""^[ \t]*["']?{_ACCESS.decode()}["']?[ \t]*[:=\uff1a][ \t]*["']?(?:draft|{_PRIVATE.decode()})\b""",
    re.MULTILINE | re.IGNORECASE,
)


def says_not_public(data: bytes) -> bool:
    """Whether some line of a file says that it is not public; in UTF-16 too, which puts zeros between."""
    return _NOT_PUBLIC.search(data.replace(b"\0", b"")) is not None


def is_public(record: Record) -> bool:
    """Whether everybody may read a record: it says so, and gives no reason for keeping it back."""
    return record.access is Access.PUBLIC and record.exemption is None


def names_of_hidden(records: Iterable[Record]) -> HiddenNames:
    """The ids, titles and aliases of the records that are not public, but those that public ones bear too."""
    names: tuple[set[str], set[str]] = (set(), set())
    ids: tuple[list[str], list[str]] = ([], [])
    for record in records:
        ids[is_public(record)].append(record.id)
        names[is_public(record)].update(name.casefold() for name in (record.title, *record.aliases))
    return HiddenNames(ids[False], names[False] - names[True], ids[True])


def said_too_late(narrative: str) -> int | None:
    """Where a narrative has a line such as `access: exempt`, which keeps nothing private there; None where it has none."""
    folded = narrative.casefold()
    if not any(begins in folded for begins in ("draft", "exem", "exm", "confid")):
        return None  # what the pattern ends with: most narratives have none of it
    match = _TOO_LATE.search(narrative)
    return match.start() if match is not None else None

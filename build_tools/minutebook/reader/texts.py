"""The bytes of a file and its text, or the finding that says why it has none."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

from minutebook.diagnostics import Diagnostic, Place
from minutebook.privacy import says_not_public
from minutebook.reader.reading import Reading
from minutebook.rules import reading as rules
from minutebook.source import SourceFile, Span

MAX_FILE = 512 * 1024  # bytes
MAX_LINE = 20_000  # characters
_MOST_BYTES = 32 * 1024 * 1024  # that are looked through in a file that is too large


def bytes_of(path: str | Path, most: int = MAX_FILE) -> bytes:
    """As much of a file as is looked at, and a byte more where there is more; nothing of a pipe or device."""
    # No link is followed, whatever the file became since the folder was listed.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as opened:
        about = os.fstat(descriptor)
        # No more than is there: Python makes room for as many bytes as it is asked for.
        return opened.read(min(about.st_size, most) + 1) if stat.S_ISREG(about.st_mode) else b""


def read_text(entry: os.DirEntry[str], path: str, reading: Reading) -> tuple[SourceFile | None, bytes]:
    """Return the file, or None and a finding; and what was read of it."""
    try:
        data = bytes_of(entry.path)
    except OSError as error:
        reading.say(rules.CANNOT_OPEN, path, f"cannot open the file: {error.strerror}")
        return None, b""
    if len(data) > MAX_FILE:
        message = f"the file is larger than {MAX_FILE // 1024} kB"
        data = bytes_of(entry.path, _MOST_BYTES)
        restricted = len(data) > _MOST_BYTES or says_not_public(data)
        reading.say(rules.TOO_LARGE, path, message, restricted=restricted)
        return None, data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _say_encoding(reading, path, data, error, says_not_public(data))
        return None, data
    file = SourceFile(path, text)
    if len(text) > MAX_LINE:
        for number, line in enumerate(file.lines, 1):
            if len(line) > MAX_LINE:
                message = f"the line is {len(line):,} characters long, more than the {MAX_LINE:,} allowed"
                finding = Diagnostic(
                    rules.TOO_LARGE, Place(path, Span.at(number)), message, rules.TOO_LARGE.mend
                )
                reading.findings.append(replace(finding, restricted=says_not_public(data)))
                return None, data
    return file, data


def _say_encoding(
    reading: Reading, path: str, data: bytes, error: UnicodeDecodeError, restricted: bool
) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        place, message = Place(path, Span.at(1)), "the file is UTF-16, expected UTF-8"
    else:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", "replace")) + 1
        place = Place(path, Span.at(line, column))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    reading.findings.append(
        Diagnostic(rules.ENCODING, place, message, rules.ENCODING.mend, restricted=restricted)
    )

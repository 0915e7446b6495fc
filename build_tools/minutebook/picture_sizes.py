"""The width and height of pictures in hand-written pages, so that nothing moves when they arrive."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from urllib.parse import unquote, urljoin

# The first chunk of a PNG file holds its width and height (ISO/IEC 15948, 11.2.2).
_PNG = struct.Struct(">8s4x4sII")
_IMAGE = re.compile(r'<img (?![^>]*\b(?:width|height)=)([^>]*?\bsrc="([^":?#]+\.png)")', re.IGNORECASE)


def with_sizes(html: str, folder: Path, here: str) -> str:
    """Give each picture of a page its size in pixels.

    `folder` holds the files, `here` is the path of the page in it. What is not found there, or is no PNG
    file, stays as it is.
    """

    def sized(match: re.Match[str]) -> str:
        path = urljoin(f"/{here}", unquote(match[2])).lstrip("/")
        size = size_of(folder / path)
        return match[0] if size is None else f'<img width="{size[0]}" height="{size[1]}" {match[1]}'

    return _IMAGE.sub(sized, html)


def size_of(file: Path) -> tuple[int, int] | None:
    """The width and height of a PNG file in pixels; None where it is none."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_PNG.size)
    except OSError:
        return None
    if len(head) < _PNG.size:
        return None
    signature, chunk, width, height = _PNG.unpack(head)
    return (width, height) if (signature, chunk) == (b"\x89PNG\r\n\x1a\n", b"IHDR") else None


__all__ = ["size_of", "with_sizes"]

"""How much a narrative may hold and still be converted: beyond it, a page shows plain paragraphs."""

from __future__ import annotations

import re
from functools import lru_cache

# What is converted. Python-Markdown's time grows with the square of a block (for each open bracket it
# reads on to the end of it), of its lines and of the tags in a text, and its recursion has a depth.
# Counted, not timed: the same narrative is shown the same way on every machine. At these limits the
# worst of some 2,500 kinds of input took half a second, and none failed; people's narratives are far below.
_LONGEST = 60_000  # characters
_MOST_LINES = 1_200
_MOST_LINES_OF_A_BLOCK = 300
_MOST_TAGS = 200  # `<`
_MOST_WORK = 1_500_000  # sum over blocks: characters times marks
_MARKS = re.compile(r"[\[*_`<!&\\]")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_FLAT_LIST = re.compile(r"(?:[-*+] [^\n]*(?:\n|\Z))+|(?:\d+\. [^\n]*(?:\n|\Z))+")
_TOO_DEEP = re.compile(r"^(?:(?:[ \t]*(?:>|[-*+][ \t]|\d+\.[ \t])){12}|(?: {0,3}\t| {4}){15})", re.MULTILINE)


@lru_cache(maxsize=65_536)  # asked of a narrative when it is checked, and again when it is shown
def too_heavy(text: str) -> str | None:
    """What of a narrative is beyond the limits, to follow "it"; None where it can be converted."""
    if len(text) > _LONGEST:
        return f"is {len(text):,} characters long, more than the {_LONGEST:,} allowed"
    if text.count("\n") > _MOST_LINES:
        return f"has more than the {_MOST_LINES:,} lines allowed"
    if text.count("<") > _MOST_TAGS:
        return f"has more than the {_MOST_TAGS} `<` allowed"
    if _TOO_DEEP.search(text):
        return "has lists or quotations nested too deep"
    work = 0
    for found in _BLANK_LINE.split(text):
        block = found.strip("\n")
        if block.count("\n") > _MOST_LINES_OF_A_BLOCK:
            return f"has a paragraph of more than the {_MOST_LINES_OF_A_BLOCK} lines allowed"
        # Each line of a list without inner ones is read for itself.
        for unit in block.split("\n") if _FLAT_LIST.fullmatch(block) else (block,):
            work += len(unit) * len(_MARKS.findall(unit))
    return (
        "has too many brackets, stars or other marks of Markdown in one paragraph"
        if work > _MOST_WORK
        else None
    )

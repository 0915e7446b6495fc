"""A council of N records, invented: `python -m benchmarks.generator --records 10000 --seed 7 --out DIR`.

The same number and seed give the same bytes on every machine. Nothing in it is real: the words follow
Zipf's law over an invented vocabulary, and the names are those of nobody and nowhere.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.council import COUNCIL, SMALLEST, CouncilPlan
from benchmarks.papers import write_records

_SETTINGS = """\
title: Marrowmere Minutebook
description: An invented council, to measure with.
as_of: 2022-12-31
licence: Open Government Licence v3.0
"""
_SYNONYMS = """\
groups:
- [BAU, business as usual]
- [saving, reduction]
"""
# What YAML takes as it stands; everything else goes between quotation marks.
_PLAIN = re.compile(r"[A-Za-z0-9£.][A-Za-z0-9 £%.,;()/~?'-]*")
_IN_BRACKETS = re.compile(r"[A-Za-z0-9./-][A-Za-z0-9 ./~-]*")


def generate(records: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the path, under the folder of records, and the text of every file; ValueError for too few records."""
    yield "minutebook.yml", _SETTINGS
    yield "synonyms.yml", _SYNONYMS
    for stub, fields, narrative in write_records(CouncilPlan(records, seed)):
        yield f"{COUNCIL}/{stub.id}.md", record_text(fields, narrative)


def record_text(fields: Mapping[str, object], narrative: str) -> str:
    """The text of a record, in the block style in which editors write; None is left out."""
    lines = ["---", *_group(fields, ""), "---", "", *([narrative] if narrative else [])]
    return "\n".join(lines) + "\n"


def _group(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _group(value, f"{indent}  ")
        elif isinstance(value, list) and all(
            isinstance(one, str) and _IN_BRACKETS.fullmatch(one) for one in value
        ):
            yield f"{indent}{name}: [{', '.join(value)}]"
        elif isinstance(value, list):
            yield f"{indent}{name}:"
            for one in value:
                if isinstance(one, Mapping):
                    first, *others = _group(one, f"{indent}  ")
                    yield f"{indent}- {first.lstrip()}"
                    yield from others
                else:
                    yield f"{indent}- {_scalar(one)}"
        elif value is not None:
            yield f"{indent}{name}: {_scalar(value)}"


def _scalar(value: object) -> str:
    text = str(value)
    return (
        text
        if _PLAIN.fullmatch(text) and not text.endswith(" ")
        else f"'{text.replace(chr(39), chr(39) * 2)}'"
    )


def write(out: Path, records: int, seed: int) -> None:
    """Write the files under `out`, which must not hold any yet."""
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    for path, text in generate(records, seed):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def main() -> int:
    """Write a council as the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=10_000, help=f"how many, at least {SMALLEST}")
    parser.add_argument("--seed", type=int, default=7, help="another number, another council")
    parser.add_argument(
        "--out", type=Path, required=True, help="the folder to write, as for `minutebook check --kb`"
    )
    asked = parser.parse_args()
    try:
        write(asked.out, asked.records, asked.seed)
    except (ValueError, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"wrote {asked.records:,} records to {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a shell offers while a query is typed: fields, and the values that the last search knew of.

Nothing is read but a small file of names, which each search leaves beside its index: to read ten
thousand records takes seconds, and nobody waits for the tabulator key. The names are public.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from minutebook.safe_files import write_file
from minutebook_search.documents import SearchDocument
from minutebook_search.query import FIELDS
from minutebook_search.words import tidy

_LONGEST = 1_000_000  # bytes of the file
_MOST = 2_000  # names of each field; more are no help


def save_names(path: Path, documents: Iterable[SearchDocument]) -> None:
    """Keep the values of each field for completion; where that cannot be, nothing is kept."""
    names: dict[str, set[str]] = {field: set() for field in FIELDS if field != "date"}
    for document in documents:
        names["type"].add(document.type)
        names["council"].add(document.council)
        names["body"].update([document.body.split("/")[-1]] if document.body else [])
        names["outcome"].update([document.outcome] if document.outcome else [])
        names["project"].update(project.split("/")[-1] for project in document.projects)
        names["topic"].update(document.topics)
    said = json.dumps({field: sorted(values)[:_MOST] for field, values in names.items()}).encode("ascii")
    try:
        if path.is_symlink() or (path.is_file() and path.read_bytes() == said):
            return
        write_file(path, said, 0o600)
    except OSError:
        return


def load_names(path: Path) -> Mapping[str, list[str]]:
    """Return the values of each field that were kept; none where the file is not there or not ours."""
    try:
        if path.is_symlink() or path.stat().st_size > _LONGEST:
            return {}
        read = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        field: [tidy(value) for value in read[field] if isinstance(value, str)]
        for field in FIELDS
        if isinstance(read.get(field), list)
    }


def completions(begun: str, names: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield what a word that has been begun can become: a field, or a field with a value."""
    sign = begun[: len(begun) - len(begun.lstrip("-("))]
    field, colon, value = begun[len(sign) :].partition(":")
    if not colon:
        yield from (f"{sign}{name}:" for name in FIELDS if name.startswith(field.casefold()))
        return
    value = value.strip('"').casefold()
    for name in names.get(field.casefold(), ()):
        if name.casefold().startswith(value):
            yield f'{sign}{field}:"{name}"' if " " in name else f"{sign}{field}:{name}"

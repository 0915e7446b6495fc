"""What a live site must not show any more, though the records have an error and it shows those of before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from minutebook.knowledge_base import KnowledgeBase
from minutebook.privacy import is_public
from minutebook.reader import Reading
from minutebook.records.base import Record
from minutebook.records.values import Ref


def hidden_of(
    changed: Iterable[Ref], shown: Mapping[Ref, Record], kb: KnowledgeBase, reading: Reading
) -> set[Ref]:
    """The records among those that changed that are not public by now, or are not there.

    `shown` are the records as they are shown, `kb` and `reading` what was read since.
    """
    restricted = {finding.place.path for finding in reading.findings if finding.restricted}
    return {one for one in changed if _is_hidden(shown[one], kb, reading, restricted)}


def _is_hidden(record: Record, kb: KnowledgeBase, reading: Reading, restricted: set[str]) -> bool:
    """Whether a record that is shown has no file by now, or one that says that it is not public."""
    if record.id in kb.records:
        return not is_public(kb.records[record.id])
    path = record.file.path
    # With a file that cannot be read it is shown as before; whoever deletes a file wants it gone.
    return path in restricted if record.id in reading.broken else is_gone(path)


def is_gone(path: str) -> bool:
    """Whether there is no such file; of one in a folder that cannot be opened nobody knows."""
    try:
        os.lstat(path)
    except OSError as error:
        return isinstance(error, FileNotFoundError | NotADirectoryError)
    return False


__all__ = ["hidden_of", "is_gone"]

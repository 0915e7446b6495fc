"""Whether records are sound, asked by two processes at once: each takes the check that nobody has begun."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from minutebook.checks import personal_details, ready_checks
from minutebook.collector import without_collector
from minutebook.diagnostics import Diagnostic
from minutebook.knowledge_base import KnowledgeBase
from minutebook.workers import Worker, usual_jobs

_Check = Callable[[], Iterator[Diagnostic]]


class Checking:
    """Checks of a knowledge base that another process has begun, from the last; whoever asks helps it, from the first."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._checks = _in_order(kb)
        # One byte for each check: whoever has read it may run one more. So none is run twice, and none
        # is left out, wherever the two meet.
        self._turns, turns = os.pipe()
        os.write(turns, bytes(len(self._checks)))
        os.close(turns)
        self._worker: Worker | None = None
        if usual_jobs() > 1:
            self._worker = Worker([None], lambda _: self._finds_none(self._checks[::-1]))

    def __enter__(self) -> Checking:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._turns)
        if self._worker is not None:
            self._worker.end()

    def find_none(self) -> bool:
        """Whether no check finds an error; of what is found nothing is said here."""
        return self._finds_none(self._checks) and (self._worker is None or bool(self._worker.result()))

    @without_collector()
    def _finds_none(self, checks: Sequence[_Check]) -> bool:
        for check in checks:
            if not os.read(self._turns, 1):
                break
            if any(finding.is_error for finding in check()):
                return False
        return True


def _in_order(kb: KnowledgeBase) -> list[_Check]:
    """The checks, first those that remember what they found of a text: what another process remembers is lost."""
    return sorted(ready_checks(kb), key=lambda one: getattr(one, "func", None) not in personal_details.CHECKS)


__all__ = ["Checking"]

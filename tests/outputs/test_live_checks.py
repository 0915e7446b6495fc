"""Two processes check: every check is run once by one of them, and an error that either finds is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minutebook import live_checks
from minutebook.checks import CHECKS, ready_checks
from minutebook.diagnostics import Diagnostic, Place
from minutebook.knowledge_base import KnowledgeBase
from minutebook.live_checks import Checking
from minutebook.rules import references
from tests.helpers import knowledge_base

_MANY = 24
ERROR, WARNING = references.UNKNOWN_REFERENCE, references.ORPHAN


def _find_none(kb: KnowledgeBase) -> bool:
    with Checking(kb) as checking:
        return checking.find_none()


def _checks(place: Path, finding: dict[int, Diagnostic]) -> list[Callable[[], Iterator[Diagnostic]]]:
    def check(number: int) -> Iterator[Diagnostic]:
        time.sleep(0.01)  # so that both have a share
        with place.open("a", encoding="ascii") as run:
            run.write(f"{number}\n")
        if number in finding:
            yield finding[number]

    return [lambda number=number: check(number) for number in range(_MANY)]  # type: ignore[misc]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_check_is_run_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    assert WARNING.severity is not ERROR.severity
    finding = {3: Diagnostic(WARNING, Place("x"), "only a warning")}
    monkeypatch.setattr(live_checks, "ready_checks", lambda _: _checks(tmp_path / "run", finding))
    monkeypatch.setattr(live_checks, "usual_jobs", lambda: jobs)
    assert _find_none(knowledge_base("events/a: {title: A}"))
    run = (tmp_path / "run").read_text(encoding="ascii").split()
    assert sorted(map(int, run)) == list(range(_MANY))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [0, 1, _MANY // 2, _MANY - 2, _MANY - 1])
def test_an_error_is_found_whoever_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, jobs: int
) -> None:
    finding = {number: Diagnostic(ERROR, Place("x"), "an error")}
    monkeypatch.setattr(live_checks, "ready_checks", lambda _: _checks(tmp_path / "run", finding))
    monkeypatch.setattr(live_checks, "usual_jobs", lambda: jobs)
    assert not _find_none(knowledge_base("events/a: {title: A}"))


def test_a_check_that_breaks_off_is_no_sound_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Iterator[Diagnostic]:
        raise MemoryError

    monkeypatch.setattr(live_checks, "ready_checks", lambda _: [breaks])
    with pytest.raises((MemoryError, RuntimeError)):
        _find_none(knowledge_base("events/a: {title: A}"))


def test_the_checks_are_all_there_are() -> None:
    kb = knowledge_base("events/a: {about: [events/nowhere]}")
    assert len(ready_checks(kb)) == len(CHECKS) + 1
    assert not _find_none(kb)

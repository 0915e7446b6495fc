"""Work that is shared out: every piece is done once, and what a worker meets comes back."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterable

import pytest

from minutebook.safe_files import CannotBuild
from minutebook.workers import share_out


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("many", [0, 1, 3, 4, 5, 999, 1_000, 1_001, 2_345])
def test_everything_is_done_once_whoever_does_it(many: int, jobs: int) -> None:
    done = share_out(range(many), lambda share: [os.getpid(), *share], jobs)
    assert sorted(number for _, *numbers in done for number in numbers) == list(range(many))
    assert len({pid for pid, *_ in done}) == len(done)


def test_who_is_ready_takes_the_next() -> None:
    """What takes long keeps one process busy; the other does all the rest."""

    def act(share: Iterable[int]) -> list[int]:
        taken = []
        for number in share:
            taken.append(number)
            if number == 0:
                os.read(waiting, 1)
            elif number == 99:
                os.write(ready, b"x")
        return taken

    waiting, ready = os.pipe()
    try:
        slow, quick = sorted(share_out(range(100), act, 2), key=len)
    finally:
        os.close(waiting)
        os.close(ready)
    assert 0 in slow
    assert len(slow) <= 2
    assert quick == [number for number in range(100) if number not in slow]


def test_what_a_worker_meets_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    def warn(share: Iterable[int]) -> int:
        taken = list(share)
        if 7 in taken:
            logging.getLogger("minutebook.test").warning("seven")
        return len(taken)

    assert sum(share_out(range(50), warn, 2)) == 50
    assert [record.getMessage() for record in caplog.records] == ["seven"]

    def refuse(share: Iterable[int]) -> None:
        if 7 in list(share):
            raise CannotBuild("not seven")

    with pytest.raises(CannotBuild, match="not seven"):
        share_out(range(50), refuse, 2)

    def killed(share: Iterable[int]) -> None:
        if 7 in list(share):
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(CannotBuild, match="was ended from outside"):
        share_out(range(50), killed, 2)

"""Wrong use is refused in a sentence: what an option or an argument would not do is not left undone without a word."""

from __future__ import annotations

import shutil
import sys

import pytest

from benchmarks import screenshots
from tests.helpers import run


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_receipts_have_no_place_in_a_log_for_machines(form: str) -> None:
    """The count would be made and thrown away."""
    result = run("check", "--receipts", "--format", form)

    assert result.exit_code == 2
    assert f"a log in the form of `{form}` has no place for --receipts: use text or json" in result.output


def test_a_family_of_rules_is_told_by_its_members() -> None:
    """`--select` takes `MB3`, and so whoever asks to have it explained is not led to another rule."""
    result = run("explain", "mb11")

    assert result.exit_code == 2
    assert "`mb11` is no one rule: name one of MB110, MB111, MB112" in result.output
    assert "did you mean" not in result.output


def test_to_ask_how_the_pictures_are_taken_takes_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` says what it is for before anything is looked for or built."""
    monkeypatch.setattr(sys, "argv", ["screenshots", "--help"])
    monkeypatch.setattr(shutil, "which", lambda _: None)  # else a mistake here would take every picture anew

    with pytest.raises(SystemExit) as stopped:
        screenshots.main()

    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")

"""Records kept outside a public repository are laid over it, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import run
from tests.small_council import write_council, write_record

SECRET = """
    title: Zebra contract
    access: exempt
    exemption: {paragraphs: ["3"], public_interest_reason: It would weaken the council's hand.}
    kind: transfer
    effective: 2021-05-01
    authorised_by: not stated
    from: bodies/housing-board
    moves: [{what: projects/boilers, to: bodies/warm-homes-board}]
    citations: [{source: sources/2021-05-report, quote: zebra}]
    """


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The small council, and an overlay with an exempt transfer that moves the boilers on."""
    overlay = tmp_path / "private"
    write_record(overlay / "thornby/transfers/2021-05-zebra.md", SECRET)
    return write_council(tmp_path), overlay


def test_an_answer_that_an_overlay_changes_is_withheld_in_public_and_given_to_the_editor(
    folders: tuple[Path, Path],
) -> None:
    kb, overlay = folders
    asked = ("owner", "boilers", "--on", "2021-06-01", "--kb", kb)
    assert "Housing Improvement Board" in run(*asked).stdout
    public = run(*asked, "--overlay", overlay)
    assert "withheld" in public.stdout
    assert "Board" not in public.stdout
    assert "held by Warm Homes Board" in run(*asked, "--overlay", overlay, "--restricted").stdout


def test_a_record_of_an_overlay_is_checked_with_the_rest_and_its_message_is_masked(
    folders: tuple[Path, Path],
) -> None:
    kb, overlay = folders
    assert run("check", "--kb", kb, "--overlay", overlay).exit_code == 0
    write_record(
        overlay / "thornby/transfers/2021-05-zebra.md", SECRET.replace("to: bodies/warm", "to: bodies/worm")
    )
    result = run("check", "--kb", kb, "--overlay", overlay)
    assert result.exit_code == 1
    assert "error[MB301]" in result.stdout
    assert "zebra" not in result.stdout
    assert "worm" not in result.stdout


def test_an_id_is_taken_once(folders: tuple[Path, Path]) -> None:
    kb, overlay = folders
    write_record(overlay / "thornby/bodies/scrutiny.md", "title: Another\nkind: cabinet")
    result = run("check", "--kb", kb, "--overlay", overlay)
    assert result.exit_code == 1
    assert "error[MB120]" in result.stdout
    assert "Another" not in result.stdout
    assert (
        "Scrutiny Committee"
        in run("history", "bodies/scrutiny", "--kb", kb, "--overlay", overlay, "--restricted").stdout
    )


def test_the_id_of_an_erased_record_stays_taken(folders: tuple[Path, Path]) -> None:
    kb, overlay = folders
    write_record(
        kb / "thornby/bodies/scrutiny.md",
        "title: Erased\nkind: scrutiny committee\nerased: At a person's request.",
    )
    write_record(overlay / "thornby/bodies/scrutiny.md", "title: Another\nkind: cabinet")
    assert "error[MB616]" in run("check", "--kb", kb, "--overlay", overlay).stdout


def test_an_overlay_that_is_not_there_is_wrong_use(folders: tuple[Path, Path]) -> None:
    result = run("check", "--kb", folders[0], "--overlay", "no/such/folder")
    assert result.exit_code == 2

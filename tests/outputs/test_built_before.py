"""A build of what has not changed leaves the site as it stands; anything that goes into it or came out makes it anew."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest

from minutebook import built_before
from minutebook.commands import building
from minutebook.knowledge_base import KnowledgeBase
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.safe_files import replace_link
from tests.helpers import run, tree
from tests.outputs.checkout import CONFIG

MADE_FROM = built_before.MadeFrom({"kb": Path("kb")}, Path("mkdocs.yml"), {})

Change = Callable[[Path], object]


def _live(place: Path) -> str:
    return (place / "site").readlink().name


def _build(*arguments: str) -> str:
    result = run("build", *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_what_has_not_changed_is_not_built_again(place: Path) -> None:
    first = _build()
    before = tree(place / "site")
    second = _build()
    assert _live(place) == "1"
    assert tree(place / "site") == before
    assert "Built site/ from 15 public records, as at 20 May 2021." in first
    assert (
        "Nothing has changed: site/ stands as it was built, from 15 public records, as at 20 May 2021."
        in second
    )
    assert first.splitlines()[1:] == second.splitlines()[1:], "how to look at it is said all the same"


def test_it_is_built_again_where_that_is_asked_for(place: Path) -> None:
    _build()
    assert "Built site/" in _build("--afresh")
    assert _live(place) == "2"
    assert "Nothing has changed" in _build(), "of that build a note is kept as well"


def test_what_was_warned_of_is_said_again(place: Path) -> None:
    (place / "docs/glossary.md").write_text("# Glossary\n\n[gone](gone.md)\n", encoding="utf-8")
    warned = [line for line in _build().splitlines() if line.startswith("warning: ")]
    assert "gone.md" in warned[0]
    again = _build()
    assert "Nothing has changed" in again
    assert [line for line in again.splitlines() if line.startswith("warning: ")] == warned
    assert run("build", "--strict").exit_code == 1, "what was let pass is not let pass now"


def _write(path: str, text: str) -> Change:
    def write(place: Path) -> None:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, encoding="utf-8")

    return write


def _append(path: str, text: str = "\n") -> Change:
    return lambda place: (place / path).write_text(
        (place / path).read_text(encoding="utf-8") + text, encoding="utf-8"
    )


CHANGES: dict[str, Change] = {
    "a record": _append("kb/thornby/projects/insulation.md", "\nA word more.\n"),
    "a record that is new": _write("kb/thornby/projects/new.md", "---\ntitle: New\nkind: project\n---\n"),
    "a record that went": lambda place: (place / "kb/thornby/projects/insulation.md").unlink(),
    "another name": lambda place: (place / "kb/thornby/projects/insulation.md").rename(place / "kb/lofts.md"),
    "what records are read with": _append("kb/minutebook.yml", "licence: Open Government Licence\n"),
    "a page written by hand": _append("docs/glossary.md", "\nA word.\n"),
    "a file beside the pages": _write("docs/assets/note.txt", "note"),
    "a setting": _append("mkdocs.yml", "site_description: Another\n"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_what_goes_in_makes_another_fingerprint(place: Path, what: str) -> None:
    before = built_before.fingerprint(MADE_FROM)
    assert before is not None
    CHANGES[what](place)
    now = built_before.fingerprint(MADE_FROM)
    assert now is not None
    assert now.digests != before.digests


def test_a_file_that_is_written_again_as_it_was_makes_no_other(place: Path) -> None:
    """The times of files say that something was touched, not that it has changed."""
    before = built_before.fingerprint(MADE_FROM)
    _append("docs/glossary.md", "")(place)
    now = built_before.fingerprint(MADE_FROM)
    assert before is not None
    assert now is not None
    assert now.digests == before.digests
    assert now.touched != before.touched


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "2021-05-19"),
        ("--site-url", "https://town.example/"),
        ("--compress",),
        ("--strict",),
        ("--sources", "texts"),
        ("--overlay", "more"),
    ],
)
def test_another_choice_makes_it_anew(place: Path, arguments: tuple[str, ...]) -> None:
    for folder in ("texts", "more"):
        (place / folder).mkdir()
    _build()
    assert "Built site/" in _build(*arguments)
    assert "Nothing has changed" in _build(*arguments)


def test_how_many_processes_work_makes_no_difference(place: Path) -> None:
    _build("--jobs", "1")
    assert "Nothing has changed" in _build("--jobs", "2")
    assert _live(place) == "1"


def test_what_mkdocs_yml_says_counts_and_not_how(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A remark changes nothing; a variable of the environment that it asks for does, and what it inherits."""
    config = place / "mkdocs.yml"
    config.write_text(
        config.read_text() + "site_description: !ENV [DESCRIBED, none]\nINHERIT: more.yml\n", encoding="utf-8"
    )
    (place / "more.yml").write_text("site_author: one\n", encoding="utf-8")
    _build()
    config.write_text(config.read_text() + "# a remark\n", encoding="utf-8")
    assert "Nothing has changed" in _build()
    monkeypatch.setenv("DESCRIBED", "as a book")
    assert "Built site/" in _build()
    (place / "more.yml").write_text("site_author: two\n", encoding="utf-8")
    assert "Built site/" in _build()


class _Newer:
    """A library of another version."""

    version = "99"

    def __init__(self, one: importlib.metadata.Distribution) -> None:
        self._one = one

    def __getattr__(self, name: str) -> object:
        return getattr(self._one, name)


def test_another_version_of_a_library_makes_it_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build()
    others = [_Newer(one) if one.name == "mkdocs" else one for one in importlib.metadata.distributions()]
    monkeypatch.setattr(importlib.metadata, "distributions", lambda: others)
    assert "Built site/" in _build()
    assert _live(place) == "2"


def test_a_change_of_our_own_code_makes_it_anew(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "elsewhere" / "minutebook"
    (code / "inner").mkdir(parents=True)
    (code / "inner" / "room.py").write_text("x = 1\n")
    monkeypatch.setattr(built_before, "_folders_of", lambda _: [code])
    _build()
    (code / "__pycache__").mkdir()
    (code / "__pycache__" / "room.pyc").write_bytes(b"made of it")
    assert "Nothing has changed" in _build()
    (code / "inner" / "room.py").write_text("x = 2\n")
    assert "Built site/" in _build()
    assert _live(place) == "2"


def test_the_theme_of_the_house_counts(place: Path) -> None:
    (place / "look").mkdir()
    (place / "look" / "main.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
    config = CONFIG.replace("{name: mkdocs,", "{name: mkdocs, custom_dir: look,") % ".minutebook/mkdocs-site"
    (place / "mkdocs.yml").write_text(config, encoding="utf-8")
    _build()
    assert "Nothing has changed" in _build()
    (place / "look" / "main.html").write_text('{% extends "base.html" %}\n{# new #}\n', encoding="utf-8")
    assert "Built site/" in _build()


# -- what came out ----------------------------------------------------------------------------------


def _to_another_build(place: Path) -> None:
    sites = place / ".minutebook/sites/site"
    (sites / "1").rename(sites / "7")
    replace_link(place / "site", ".minutebook/sites/site/7")


SPOILED: dict[str, Change] = {
    "a page changed": _append("site/glossary/index.html", "<!-- mine -->"),
    "a page is gone": lambda place: (place / "site/glossary/index.html").unlink(),
    "a file more": _write("site/mine.html", "mine"),
    "a link more": lambda place: (place / "site/mine.html").symlink_to("/etc/hostname"),
    "it lies elsewhere": _to_another_build,
    "no site": lambda place: (place / "site").unlink(),
    "no note": lambda place: (place / ".minutebook/site.note").unlink(),
    "a note cut off": lambda place: (place / ".minutebook/site.note").write_bytes(
        (place / ".minutebook/site.note").read_bytes()[:-1]
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_site_that_is_not_as_it_was_built_is_made_anew(place: Path, what: str) -> None:
    _build()
    before = tree(place / "site")
    SPOILED[what](place)
    assert "Built site/" in _build()
    assert tree(place / "site") == before


def test_a_note_that_a_stranger_signed_is_not_believed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever hands over a folder with a site, and a note that all is as it should be, has another key."""
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(place / "of-a-stranger"))
        _build()
        assert "Nothing has changed" in _build()
    assert "Built site/" in _build()


# -- what cannot be told ----------------------------------------------------------------------------


def _hook(place: Path) -> None:
    _write("hook.py", "def on_page_markdown(markdown, **_):\n    return markdown\n")(place)
    _append("mkdocs.yml", "hooks: [hook.py]\n")(place)


UNTOLD: dict[str, Change] = {
    "a hook": _hook,
    "a plugin that may read anything": lambda place: (place / "mkdocs.yml").write_text(
        (place / "mkdocs.yml").read_text().replace("[minutebook]", "[minutebook, privacy]"), encoding="utf-8"
    ),
    "an extension that may read anything": _append(
        "mkdocs.yml", "markdown_extensions: [pymdownx.snippets]\n"
    ),
    "a mkdocs.yml that is none": _write("mkdocs.yml", "site_name: [\n"),
    "a link among the records": lambda place: (place / "kb/more.md").symlink_to("minutebook.yml"),
    "a folder that is a link": lambda place: (place / "kb/more").symlink_to(place / "docs"),
}


@pytest.mark.parametrize("what", UNTOLD)
def test_where_not_all_that_goes_in_can_be_told_nothing_is_noted(place: Path, what: str) -> None:
    UNTOLD[what](place)
    assert built_before.fingerprint(MADE_FROM) is None


def test_a_record_that_changes_while_the_site_is_built_leaves_no_note(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that is changed back in time: what was read of it in between is not known."""
    path = place / "kb/thornby/projects/insulation.md"

    def meanwhile(kb: KnowledgeBase) -> PublishedKnowledgeBase:
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\nFor a moment.\n", encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        return publish(kb)

    with monkeypatch.context() as patch:
        patch.setattr(building, "publish", meanwhile)
        _build()
    assert not {"site.note", "pieces"} & {one.name for one in (place / ".minutebook").iterdir()}
    assert "Built site/" in _build()
    assert "Nothing has changed" in _build()


def test_the_note_of_a_site_goes_with_it(place: Path) -> None:
    """It names pages, and one of them may have been hidden since."""
    _build()
    assert (place / ".minutebook/site.note").exists()
    _hook(place)
    _build()
    assert not (place / ".minutebook/site.note").exists()


def test_another_build_that_came_between_is_not_taken_for_ours(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember = built_before.remember

    def late(*arguments: object) -> object:
        _to_another_build(place)
        return remember(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "remember", late)
    _build()
    assert not (place / ".minutebook/site.note").exists()


def test_without_a_place_for_the_key_every_build_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built_before, "user_key_path", lambda: None)
    _build()
    assert "Built site/" in _build()
    assert _live(place) == "2"

"""What a build makes: found by name, from published records alone, each path once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minutebook import outputs
from minutebook.loading import load
from minutebook.outputs import OutputFile, PathTaken, find_outputs, make_outputs
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.when import When
from tests.helpers import knowledge_base
from tests.outputs.house import AS_OF
from tests.small_council import write_council


class _Point:
    """An entry point that loads what it is given."""

    def __init__(self, name: str, output: object) -> None:
        self.name, self._output = name, output

    def load(self) -> object:
        return self._output


def _making(*paths: str) -> Any:
    def output(_: PublishedKnowledgeBase, __: When) -> Iterator[OutputFile]:
        return (OutputFile(path, b"") for path in paths)

    return output


def _registered(monkeypatch: pytest.MonkeyPatch, **found: object) -> None:
    points = [_Point(name, output) for name, output in found.items()]
    monkeypatch.setattr(outputs, "entry_points", lambda **_: points)


def test_only_what_the_gate_let_through_is_taken(tmp_path: Path) -> None:
    kb = load(write_council(tmp_path)).kb
    with pytest.raises(TypeError, match=r"outputs take what publication\.publish returns"):
        next(make_outputs(kb, AS_OF))  # type: ignore[arg-type]
    assert "index.html" in {file.path for file in make_outputs(publish(kb), AS_OF)}


def test_outputs_come_in_the_order_of_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    _registered(monkeypatch, pages=_making("c"), feeds=_making("a"), search=_making("b"))
    made = make_outputs(publish(knowledge_base("")), AS_OF)
    assert [file.path for file in made] == ["a", "c", "b"]


def test_pages_are_made_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    _registered(monkeypatch)
    from minutebook.outputs.feeds import feeds
    from minutebook.outputs.pages import pages

    assert find_outputs() == {"feeds": feeds, "pages": pages}


def test_two_outputs_cannot_write_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _registered(monkeypatch, pages=_making("a/b"), feeds=_making("A/b"))
    with pytest.raises(PathTaken, match="`a/b` is made by `feeds` and by `pages`"):
        list(make_outputs(publish(knowledge_base("")), AS_OF))


def test_one_output_cannot_write_a_file_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _registered(monkeypatch, pages=_making("a/b", "a/b"))
    with pytest.raises(PathTaken, match="`a/b` is made twice by `pages`"):
        list(make_outputs(publish(knowledge_base("")), AS_OF))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a//b",
        "a/",
        ".hidden",
        "a/.git/b",
        "a\\b",
        "C:/a",
        "a b",
        "a\n",
        "é",
        "-rf",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be the path of an output"):
        OutputFile(path, b"")


@pytest.mark.parametrize(
    "fields",
    [
        {"path": "a/index.html", "content": "x", "title": "A"},
        {"path": "a/index.html", "content": "x", "kind": "record"},
        {"path": "a.html", "content": "x", "title": "A", "kind": "record"},
        {"path": "a/index.html", "content": b"x", "title": "A", "kind": "record"},
    ],
)
def test_a_page_is_text_with_a_title_a_kind_and_an_address(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a page"):
        OutputFile(**fields)

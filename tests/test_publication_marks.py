"""The gate lets nothing else through: a mark in every field of a record that is not public, looked for in all that passed."""

from __future__ import annotations

import gc
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from minutebook.front_matter import Value, read_front_matter, write_record_text
from minutebook.loading import load
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER
from minutebook.records.base import Access, Record
from minutebook.records.project import Project
from minutebook.source import SourceFile
from minutebook.when import When
from tests.helpers import NOT_PUBLIC, lay_out, sample_files

MARK = "xyzzy"


# Of an item taken in private the law wants known that it was, and why (LGA 1972, sections 100A and 100C);
# of a confidential one its number.
KNOWN_OF_ITEMS: Mapping[Access, set[tuple[str, ...]]] = {
    Access.EXEMPT: {
        ("number",),
        ("public_summary",),
        ("exemption", "paragraphs"),
        ("exemption", "public_interest_reason"),
    },
    Access.CONFIDENTIAL: {("number",)},
    Access.DRAFT: set(),
}


def leaves(value: Value, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every text inside fields."""
    if isinstance(value, str):
        yield at
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from leaves(inner, (*at, step))


def put(fields: dict[str, Any], at: tuple[str | int, ...], value: Value) -> None:
    """Put a value into fields."""
    inner: Any = fields
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value


def get(fields: dict[str, Any], at: tuple[str | int, ...]) -> str:
    """The text at a way into fields."""
    inner: Any = fields
    for step in at:
        inner = inner[step]
    assert isinstance(inner, str)
    return inner


def is_valid(model: type[Record], fields: dict[str, Any]) -> bool:
    """Whether a record can have these fields."""
    try:
        model.model_validate(fields, context={"council": "ambledown"})
    except ValidationError:
        return False
    return True


def with_marks(folder: str, text: str, access: Access) -> tuple[str, set[str]]:
    """The text of a record with a mark of its own in every field that can hold one, and the marks."""
    front, _ = read_front_matter(SourceFile("", text))
    assert front is not None
    fields: dict[str, Any] = front.fields
    fields["access"] = access.value
    fields["exemption"] = {"paragraphs": ["3"], "public_interest_reason": "Prices."}
    for name in ("editor_note", "erased"):
        fields.setdefault(name, "For a reason.")
    marks = set()
    known = KNOWN_OF_ITEMS[access] if folder == "items" else set[tuple[str, ...]]()
    for number, at in enumerate(list(leaves(fields))):
        mark, written = f"{MARK}{number}z", get(fields, at)
        # A text, a reference, an address, a key, the words of a date: what the field takes first.
        ways: list[Value] = [f"{written} {mark}", f"{written}-{mark}", f"{written}/{mark}"]
        ways.append({"value": written, "as_written": mark})
        for marked in ways:
            put(fields, at, marked)
            if is_valid(BY_FOLDER[folder], fields):
                if tuple(step for step in at if isinstance(step, str)) not in known:
                    marks.add(mark)
                break
        else:
            put(fields, at, written)
    mark = f"{MARK}narrative"
    return write_record_text(fields, f"{front.narrative} {mark}"), marks | {mark}


def reachable(thing: object) -> Iterator[str]:
    """Every text that can be reached from a thing, but for what belongs to the program."""
    seen: set[int] = set()
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | types.ModuleType | types.FunctionType | types.CodeType):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        else:
            waiting += gc.get_referents(one)


def everything_asked(public: PublishedKnowledgeBase) -> None:
    """Put every question to what is published, so that what is worked out on the way is there as well."""
    kb = public.kb
    kb.find("nothing")
    kb.backlinks("nothing")
    assert kb.links is not None
    assert kb.as_of is kb.as_of
    for project in kb.of(Project):
        public.history.stretches(project)
        public.history.owner(project, When.parse("2019"))


@pytest.mark.parametrize("access", NOT_PUBLIC)
@pytest.mark.parametrize("folder", BY_FOLDER)
def test_no_mark_in_any_field_of_a_record_that_is_not_public_gets_through(
    folder: str, access: Access, tmp_path: Path
) -> None:
    old = f"{folder}/sample"
    # The id is marked too, in its own name and wherever it is referred to. A council's is no secret.
    new = old if folder == "council" else f"{old}-{MARK}-id"
    files = {name.replace(old, new): text.replace(old, new) for name, text in sample_files().items()}
    path = f"ambledown/{'council/ambledown' if folder == 'council' else new}.md"
    files[path], marks = with_marks(folder, files[path], access)
    kb = load(lay_out(tmp_path / "kb", files)).kb
    assert len(kb.records) == len(BY_FOLDER), "the marks must not break a record"
    assert len(marks) > 8
    held = "\n".join(reachable(kb))
    assert all(mark in held for mark in marks), "the marks are there before the gate"

    public = publish(kb)
    everything_asked(public)
    passed = "\n".join(reachable(public))

    assert "Ambledown" in passed
    assert [mark for mark in {*marks, f"{MARK}-id"} if mark in passed] == []


def test_the_search_for_marks_finds_what_is_hidden_deep(tmp_path: Path) -> None:
    kb = load(lay_out(tmp_path / "kb", sample_files())).kb
    public = publish(kb)
    everything_asked(public)
    passed = set(reachable(public))

    for record in public.kb.records.values():
        assert {record.title, record.narrative, record.file.path, str(record.id)} <= passed
    assert "once the paving was dry" in "\n".join(passed), "words of a receipt of a part"
    assert any(text.startswith("title: ") or "\ntitle: " in text for text in reachable(kb)), (
        "the text of a file"
    )

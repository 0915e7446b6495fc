"""What is expected of a body or a post that is not public: that somebody is to act stays known, and who it is does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minutebook.front_matter import write_record_text
from minutebook.loading import Loaded
from minutebook.outputs import make_outputs
from minutebook.publication import publish
from minutebook_search.documents import search_documents
from tests.helpers import COUNCIL, load_files, run, sample_files
from tests.leaks.eye import found_in
from tests.leaks.hidden import ACCESS, hidden_set
from tests.leaks.houses import AS_OF, SETTINGS, leaked, leaked_by_messages, leaked_by_outputs
from tests.leaks.marks import Marks, sample_fields
from tests.outputs.house import facts_of, text_of

LIGHTS = f"{COUNCIL}/actions/lights"


def expecting(of: str, number: int = 0) -> dict[str, str]:
    """A public action that nobody promised and that is expected of somebody."""
    fields, narrative = sample_fields("actions")
    fields |= {
        "title": f"Lights {number}",
        "aliases": [f"lamps {number}"],
        "promised_by": "not stated",
        "expected_of": of,
    }
    return {f"{LIGHTS}-{number}.md": write_record_text(fields, narrative)}


def load_expecting(folder: Path, *of: str, hidden: Mapping[str, str] | None = None) -> Loaded:
    """The samples with an action that is expected of each of these."""
    files = {**sample_files(), **SETTINGS, **(hidden or {})}
    for number, one in enumerate(of):
        files |= expecting(one, number)
    return load_files(folder, files)


def test_of_whom_something_is_expected_is_nowhere_where_it_is_not_public(tmp_path: Path) -> None:
    marks = Marks()
    sets = [hidden_set(number, marks) for number in range(len(ACCESS))]
    of = [f"{folder}/{one.slugs[folder]}" for one in sets for folder in ("bodies", "posts")]
    hidden = {path: text for one in sets for path, text in one.files.items()}
    loaded = load_expecting(tmp_path / "kb", *of, hidden=hidden)
    published = publish(loaded.kb)

    assert loaded.is_sound
    assert leaked_by_outputs(marks, published) == {}
    assert leaked_by_messages(marks, loaded.findings) == {}
    for command in (("promises",), ("promises", "--json"), ("history", "lamps 0", "--json")):
        told = run(*command, "--kb", tmp_path / "kb")
        assert told.exit_code == 0, told.output
        assert "ights 0" in told.output, command
        assert leaked(marks, found_in("", told.output.encode()), in_messages=True) == {}, command
    pages = {file.path: str(file.content) for file in make_outputs(published, AS_OF, ["pages"])}
    for number in range(len(of)):
        assert "withheld" in text_of(pages[f"{LIGHTS}-{number}/index.html"]).lower()


def test_which_body_it_is_changes_no_byte(tmp_path: Path) -> None:
    made = []
    for number, place in ((0, "one"), (8, "other")):
        hidden = hidden_set(number, Marks())
        loaded = load_expecting(
            tmp_path / place / "kb", f"bodies/{hidden.slugs['bodies']}", hidden=hidden.files
        )
        published = publish(loaded.kb)
        files = {file.path: file.data for file in make_outputs(published, AS_OF)}
        made.append((files, list(search_documents(published))))

    assert made[0] == made[1]


def test_of_whom_something_is_expected_is_said_where_it_is_public(tmp_path: Path) -> None:
    published = publish(load_expecting(tmp_path / "kb", "bodies/sample").kb)
    pages = {file.path: str(file.content) for file in make_outputs(published, AS_OF, ["pages"])}
    assert facts_of(pages[f"{LIGHTS}-0/index.html"])["Expected of"] == "Harbour Quarter Programme Board"

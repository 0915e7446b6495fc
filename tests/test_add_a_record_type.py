"""Adding a type of record takes one module, one line in the list (with its import), and one sample.

In a scratch copy of the house a type is added that it never heard of; everything else must follow.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.helpers import REPOSITORY, lay_out, sample_files

MODULE = '''
"""The `petitions` record: a request signed by residents, and what the council did with it."""

from __future__ import annotations

import enum
from typing import Annotated, ClassVar

from pydantic import Field

from minutebook.records.base import Belongs, Citation, InTimeline, Part, Record, Searched, To
from minutebook.records.values import Line, Prose, Ref
from minutebook.when import When


class Fate(enum.StrEnum):
    """What the council did with it."""

    GRANTED = "granted"
    REFUSED = "refused"


class Answer(Part):
    """What the council answered."""

    on: When
    wording: Annotated[Prose, Searched()]
    citations: tuple[Citation, ...] = ()


class Petition(Record):
    """A request signed by residents, and what the council did with it."""

    folder: ClassVar = "petitions"
    noun: ClassVar = "petition"
    heading: ClassVar = "Petitions"

    asks: Annotated[Prose, Searched(3)] = Field(description="What it asks for.")
    received_on: Annotated[When, InTimeline("received")]
    presented_at: Annotated[Ref, To("meetings", backlink="petitions"), Belongs.AT]
    signatures: int | None = Field(None, ge=1, description="How many signed it.")
    lead: Line | None = Field(None, description="Who answers for it, by capacity.")
    fate: Fate | None = None
    answers: tuple[Answer, ...] = ()
'''

SAMPLE = """\
---
title: Benches on the quay
aliases: [the bench petition]
topics: [public space]
asks: Put up forty benches between the lock and the lighthouse.
received_on: {value: 2019-02-20, as_written: 20 February 2019}
presented_at: meetings/sample
signatures: 1412
lead: not stated
fate: granted
answers:
- on: 2019-03-12
  wording: The benches will come with the paving.
citations:
- source: sources/sample
  at: section 7
  quote: Members asked when the benches would come
  supports: [asks, lead]
checked:
  by: records editor
  on: 2019-10-08
---

Taken up by [[projects/sample]].
"""
PATH = "ambledown/petitions/sample.md"
ID = "ambledown/petitions/sample"

# Asked in a process of its own, which finds the scratch copy and not the house that runs the tests.
QUESTIONS = """
import json, sys
from pathlib import Path

import minutebook, minutebook_search
from minutebook.belonging import body_of, date_of
from minutebook.loading import load
from minutebook.outputs.pages import pages
from minutebook.publication import publish
from minutebook.records import BY_FOLDER
from minutebook.schema import schema_of
from minutebook_search.documents import search_documents

loaded = load(Path(sys.argv[1]))
published = publish(loaded.kb)
record = loaded.kb.records[sys.argv[2]]
json.dump(
    {
        "house": [minutebook.__file__, minutebook_search.__file__],
        "folders": list(BY_FOLDER),
        "findings": [[f.rule.code, str(f.place), f.message, f.help] for f in loaded.findings],
        "record": repr(record),
        "absences": {name: str(absence) for name, absence in record.absences.items()},
        "backlinks": [[link.name, link.record.id] for link in loaded.kb.backlinks("ambledown/meetings/sample")],
        "body": body_of(loaded.kb, record).id,
        "date": date_of(loaded.kb, record).display(),
        "found": [one.id for one in loaded.kb.find("The bench petition")],
        "schema": schema_of(BY_FOLDER["petitions"]),
        "documents": {
            one.id: {"type": one.type, "title": one.title, "body": one.body, "texts": [p.text for p in one.passages]}
            for one in search_documents(published)
        },
        "pages": {
            one.path: one.content
            for one in pages(published, published.kb.as_of)
            if isinstance(one.content, str)
        },
    },
    sys.stdout,
)
"""


# The same, where the record is broken.
FINDINGS = """
import json, sys
from pathlib import Path

from minutebook.loading import load

found = load(Path(sys.argv[1])).findings
json.dump([[f.rule.code, str(f.place), f.message, f.help] for f in found], sys.stdout)
"""


def add_petitions(house: Path) -> None:
    """Add the type to the copy: a module, a line in the list, a sample."""
    records = house / "build_tools" / "minutebook" / "records"
    (records / "petition.py").write_text(MODULE.lstrip(), encoding="utf-8")
    listed = (records / "__init__.py").read_text(encoding="utf-8")
    listed = listed.replace(
        "from minutebook.records.plan import Plan\n",
        "from minutebook.records.petition import Petition\nfrom minutebook.records.plan import Plan\n",
    )
    listed = listed.replace("    Discrepancy,\n)", "    Discrepancy,\n    Petition,\n)")
    assert listed.count("Petition") == 2
    (records / "__init__.py").write_text(listed, encoding="utf-8")
    (house / "tests" / "samples" / "petitions.md").write_text(SAMPLE, encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with the type added."""
    house = tmp_path_factory.mktemp("house")
    without = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for part in ("build_tools", "search", "tests/samples"):
        shutil.copytree(REPOSITORY / part, house / part, ignore=without)
    add_petitions(house)
    return house


def run(house: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with the copy on its path and nothing of this one's."""
    roots = os.pathsep.join([str(house / "build_tools"), str(house / "search")])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=house,
        env={"PYTHONPATH": roots, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def ask(house: Path, questions: str, files: Mapping[str, str]) -> Any:
    """Put the questions to a knowledge base of these files."""
    folder = lay_out(house / f"kb{len(list(house.iterdir()))}", files)
    done = run(house, "-c", questions, folder, ID)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def told(house: Path) -> dict[str, Any]:
    """What the house with the new type says of the samples and the new one."""
    answers: dict[str, Any] = ask(house, QUESTIONS, {**sample_files(), PATH: SAMPLE})
    return answers


def test_the_copy_is_asked_and_not_this_house(house: Path, told: dict[str, Any]) -> None:
    assert all(file.startswith(str(house)) for file in told["house"])
    assert told["folders"][-1] == "petitions"


def test_a_record_of_the_new_type_is_read(told: dict[str, Any]) -> None:
    assert told["findings"] == []
    assert told["record"].startswith("Petition(title='Benches on the quay'")
    assert "signatures=1412" in told["record"]
    assert "presented_at='ambledown/meetings/sample'" in told["record"]
    assert told["absences"] == {"lead": "not stated"}


def test_its_links_are_read_both_ways_and_it_belongs_where_it_says(told: dict[str, Any]) -> None:
    assert ["petitions", ID] in told["backlinks"]
    assert told["found"] == [ID]
    assert told["body"] == "ambledown/bodies/sample"
    assert told["date"] == "20 February 2019"


@pytest.mark.parametrize(
    ("before", "after", "code", "message"),
    [
        ("meetings/sample", "meetings/sampel", "MB301", "no meeting `meetings/sampel`"),
        ("meetings/sample", "bodies/sample", "MB302", "`presented_at` points to a meeting, but `bodies/sample` is a body"),
        ("meetings/sample", "Meetings", "MB303", "`Meetings` is no reference"),
        ("[[projects/sample]]", "[[projects/x]]", "MB304", "no record `projects/x`"),
        ("signatures", "signatores", "MB201", "a petition has no field `signatores`"),
        ("signatures: 1412\n", "signatures: 0\n", "MB205", "`signatures` must be at least 1, found `0`"),
        ("fate: granted", "fate: grantd", "MB204", "`grantd` is no `fate`: expected one of granted, refused"),
        ("  wording: The benches will come with the paving.\n", "", "MB202", "an answer needs `wording`"),
        ("on: 2019-03-12", "on: 12/3/2019", "MB401", "cannot read `12/3/2019` as a date"),
        ("supports: [asks, lead]", "supports: [ask, lead]", "MB311", "there is no field `ask` to support"),
        ("topics: [public space]", "topics: [a, a]", "MB211", "`a` stands here a second time"),
    ],
)  # fmt: skip
def test_it_is_checked_like_every_other(
    house: Path, before: str, after: str, code: str, message: str
) -> None:
    assert SAMPLE.count(before) == 1
    changed = {**sample_files(), PATH: SAMPLE.replace(before, after)}

    [[found, place, said, help]] = ask(house, FINDINGS, changed)

    assert (found, said) == (code, message)
    assert re.search(r"/petitions/sample\.md:\d+:\d+$", place)
    assert help


def test_it_has_a_schema(told: dict[str, Any]) -> None:
    schema = told["schema"]
    good = {"title": "T", "asks": "A.", "received_on": "2019", "presented_at": "meetings/m"}

    assert schema["title"] == "petition"
    assert schema["properties"]["signatures"]["description"] == "How many signed it."
    jsonschema.validate(good, schema)
    for name, value in (
        ("presented_at", "Meetings"),
        ("fate", "lost"),
        ("signatures", "many"),
        ("owner", "x"),
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**good, name: value}, schema)


def test_it_has_a_search_document(told: dict[str, Any]) -> None:
    document = told["documents"][ID]

    assert (document["type"], document["title"]) == ("petition", "Benches on the quay")
    assert document["body"] == "ambledown/bodies/sample"
    texts = " ".join(document["texts"])
    for words in (
        "the bench petition",
        "forty benches",
        "with the paving",
        "Taken up by",
        "Members asked when",
    ):
        assert words in texts


def words_of(page: str) -> str:
    """The words that a page shows."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_it_has_a_page_with_its_facts(told: dict[str, Any]) -> None:
    page = told["pages"][f"{ID}/index.html"]

    for words in (
        "Benches on the quay",
        "Put up forty benches between the lock and the lighthouse.",
        "20 February 2019",
        "1412",
        "The benches will come with the paving.",
        "Members asked when the benches would come",
        "Taken up by Harbour Quarter",
    ):
        assert words in words_of(page), words
    assert re.search(r'href="[^"]*meetings/sample/', page), "a link to the meeting it was presented at"


def test_what_it_refers_to_links_back_to_it(told: dict[str, Any]) -> None:
    page = told["pages"]["ambledown/meetings/sample/index.html"]

    assert re.search(r'href="[^"]*petitions/sample/', page)
    assert "Petitions" in words_of(page)


def test_it_is_listed_with_the_records(told: dict[str, Any]) -> None:
    listing = told["pages"]["ambledown/petitions/index.html"]

    assert re.search(r'href="[^"]*sample/"[^>]*>Benches on the quay', listing)


def test_a_new_one_can_be_begun_from_the_command_line(house: Path) -> None:
    folder = lay_out(house / "kb-new", sample_files())
    main = "from minutebook.cli import main; main()"

    done = run(house, "-c", main, "new", "petitions", "Trees on the square", "--kb", folder)

    assert done.returncode == 0, done.stderr
    written = (folder / "ambledown" / "petitions" / "trees-on-the-square.md").read_text(encoding="utf-8")
    assert "title: Trees on the square" in written
    assert "presented_at" in written

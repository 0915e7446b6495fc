"""That the proof can fail: a gate, an output or a message that lets something through is found."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pytest

from minutebook import outputs, publication
from minutebook.commands import shared
from minutebook.diagnostics import Diagnostic, HiddenNames
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import HOLDINGS
from minutebook.publication import PublishedHistory, PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER
from minutebook.when import When
from minutebook_search.documents import search_documents
from minutebook_search.whoosh_engine import build_index
from tests.helpers import load_files, sample_files
from tests.leaks.asking import ask
from tests.leaks.eye import found_in
from tests.leaks.hidden import HiddenSet, hidden_set
from tests.leaks.houses import (
    FORMATS,
    SETTINGS,
    WITHHELD,
    House,
    leaked,
    leaked_by_messages,
    leaked_by_outputs,
)
from tests.leaks.marks import Marks
from tests.leaks.mistakes import put_in_place
from tests.leaks.referring import crossing, governance

Found = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, HiddenSet, Marks]:
    """The samples and one hidden record of each type, which refers to them."""
    marks = Marks()
    hidden = hidden_set(1, marks)
    files = {**sample_files(), **hidden.files, **crossing(hidden), **governance(hidden, marks)}
    return load_files(tmp_path_factory.mktemp("small") / "kb", {**files, **SETTINGS}).kb, hidden, marks


@pytest.fixture(scope="module")
def let_through(small: tuple[KnowledgeBase, HiddenSet, Marks]) -> PublishedKnowledgeBase:
    """What a gate would leave that lets the hidden record of each type through."""
    kb, hidden, _ = small
    public = publish(kb).kb
    through = [record for record in kb.records.values() if record.id.slug in hidden.slugs.values()]
    assert len(through) == len(BY_FOLDER)
    leaky = KnowledgeBase([*public.records.values(), *through], settings=kb.settings, councils=kb.councils)
    return PublishedKnowledgeBase(publication._KEY, leaky, PublishedHistory(leaky, {}), {})


@pytest.fixture(scope="module")
def in_outputs(small: tuple[KnowledgeBase, HiddenSet, Marks], let_through: PublishedKnowledgeBase) -> Found:
    """The marks that are then found in outputs, by the name of the output and the path."""
    return leaked_by_outputs(small[2], let_through)


@pytest.fixture(scope="module")
def in_the_index(let_through: PublishedKnowledgeBase) -> set[str]:
    """The marks that are then found in the index of the command line."""
    index = build_index(search_documents(let_through))
    return set(chain.from_iterable(found_in(name, data) for name, data in index.items()))


@pytest.mark.parametrize("folder", BY_FOLDER)
def test_a_record_of_any_type_that_gets_through_is_found_in_outputs_and_in_the_index(
    folder: str, small: tuple[KnowledgeBase, HiddenSet, Marks], in_outputs: Found, in_the_index: set[str]
) -> None:
    _, hidden, marks = small
    own = {mark for mark, where in marks.planted.items() if f" {folder} 1: " in where}
    [title] = [mark for mark in own if marks.planted[mark].endswith(": title")]

    # On its own page: the others show its title as well, as does the list of the days of a project.
    own_page = f"/{folder}/{hidden.slugs[folder]}/index.html"
    [page] = [path for path in in_outputs if path.endswith(own_page) and HOLDINGS not in path]
    assert title in in_outputs[page]
    # Of its other fields as well: whatever its page shows.
    assert len(own & in_outputs[page].keys()) > 8
    assert title in in_the_index
    assert title in _in_the_index_for_browsers(in_outputs)["records"]


def _in_the_index_for_browsers(found: Found) -> dict[str, set[str]]:
    """The marks by the family of files."""
    families: dict[str, set[str]] = defaultdict(set)
    for path, marks in found.items():
        if path.startswith("search: search/index/"):
            families[path.rpartition("/")[2].partition("-")[0]] |= marks.keys()
    return families


def test_the_words_of_a_record_that_gets_through_are_found_in_the_index_for_browsers(
    in_outputs: Found,
) -> None:
    assert _in_the_index_for_browsers(in_outputs).keys() >= {"lexicon", "vocabulary", "records", "columns"}


def test_of_the_few_records_of_that_test_no_mark_gets_through_otherwise(
    small: tuple[KnowledgeBase, HiddenSet, Marks],
) -> None:
    kb, _, marks = small
    assert leaked_by_outputs(marks, publish(kb)) == {}


def test_a_gate_that_lets_links_through_is_found(
    small: tuple[KnowledgeBase, HiddenSet, Marks], monkeypatch: pytest.MonkeyPatch
) -> None:
    kb, _, marks = small
    monkeypatch.setattr(publication, "_cleared", lambda record, _: record)
    passages = "\n".join(p.text for document in search_documents(publish(kb)) for p in document.passages)
    assert leaked(marks, found_in("", passages.encode())) != {}


def test_a_gate_that_lets_references_through_is_found(
    small: tuple[KnowledgeBase, HiddenSet, Marks], monkeypatch: pytest.MonkeyPatch
) -> None:
    kb, _, marks = small
    monkeypatch.setattr(publication, "_without", lambda part, _: part)
    published = publish(kb)
    with monkeypatch.context() as patch:
        patch.setattr(outputs, "entry_points", lambda **_: [_Registered("data", _dump)])
        found = leaked_by_outputs(marks, published)
    assert found, "an output that writes the fields of records"


def test_a_gate_that_withholds_nothing_is_found(
    house: House, bare: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "_withheld", lambda *_: {})
    published = publish(house.loaded.kb)
    monkeypatch.setattr(shared, "load", lambda *_: house.loaded)
    monkeypatch.setattr(shared, "publish", lambda _: published)
    for project, on in WITHHELD.items():
        assert json.loads(ask(house, "owner", project, "--on", on, "--json")[1])["status"] != "withheld"


@dataclass(frozen=True)
class _Registered:
    """An entry point."""

    name: str
    loaded: Callable[..., Iterator[OutputFile]]

    def load(self) -> Callable[..., Iterator[OutputFile]]:
        """Return what is registered."""
        return self.loaded


def _dump(published: PublishedKnowledgeBase, _: When) -> Iterator[OutputFile]:
    """An output of tomorrow: everything, packed."""
    records = [record.model_dump(mode="json") for record in published.kb.records.values()]
    yield OutputFile("data/records.json.gz", gzip.compress(json.dumps(records, default=str).encode()))


def test_an_output_that_is_registered_tomorrow_is_looked_through_as_well(
    small: tuple[KnowledgeBase, HiddenSet, Marks], monkeypatch: pytest.MonkeyPatch
) -> None:
    kb, _, marks = small
    hidden = "\n".join(record.title for record in kb.records.values())

    def leaky(published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:
        yield from _dump(published, as_of)
        yield OutputFile("data/more.json.gz", gzip.compress(hidden.encode()))

    monkeypatch.setattr(outputs, "entry_points", lambda **_: [_Registered("data", leaky)])
    assert list(leaked_by_outputs(marks, publish(kb))) == ["data: data/more.json.gz"]


def test_messages_that_are_not_masked_are_found_in_every_format(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Diagnostic, "masked", lambda self: replace(self, restricted=False))
    assert leaked_by_messages(house.marks, house.loaded.findings).keys() == {
        render.__name__ for render in FORMATS
    }


def test_lines_of_public_records_that_name_hidden_ones_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(HiddenNames, "mask", lambda _, finding: finding)
    findings = load(put_in_place("beside a mistake of a public record", Path("kb"))).findings
    assert leaked_by_messages(Marks(), findings).keys() == {"render_text"}, (
        "the format that shows the author's own line"
    )

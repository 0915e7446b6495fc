"""What is public without the hidden records is the same to the byte, but that a field or an answer is withheld."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from minutebook.absence import Absence, metadata, written_name
from minutebook.exemptions import SCHEDULES
from minutebook.outputs import OutputFile, make_outputs
from minutebook.outputs import unknown as outputs_unknown
from minutebook.outputs import words as outputs_words
from minutebook.outputs.words import label
from minutebook.publication import publish
from minutebook.records import BY_FOLDER
from minutebook.records.base import Part, To, part_type
from minutebook.staging import stage
from minutebook.when import When
from minutebook_search import whoosh_engine
from minutebook_search.documents import SearchDocument, search_documents
from tests.helpers import load_files, sample_files
from tests.leaks.eye import found_in_tree
from tests.leaks.hidden import hidden_set
from tests.leaks.houses import AS_OF, SETTINGS, WITHHELD, House, files_under
from tests.leaks.marks import Marks
from tests.leaks.referring import crossing


def made_of(place: Path, files: dict[str, str]) -> tuple[dict[str, OutputFile], list[SearchDocument]]:
    """Every output and every search document of some records, laid out in a place of their own."""
    place.mkdir()
    with contextlib.chdir(place):  # the path of a record is part of it
        published = publish(load_files(Path("kb"), files).kb)
    outputs_made = {file.path: file for file in make_outputs(published, AS_OF)}
    return outputs_made, list(search_documents(published))


def different(one: dict[str, OutputFile], other: dict[str, OutputFile]) -> list[str]:
    """The paths of the files that are not the same to the byte."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_what_is_public_depends_on_no_byte_of_what_is_hidden_but_that_a_field_is_withheld(
    tmp_path: Path, public_files: dict[str, str]
) -> None:
    """Hidden records that change no answer, lie at no public meeting, and are referred to from everywhere."""
    marks = Marks()
    sets = [hidden_set(number, marks) for number in (0, 2, 4)]
    # Others in their place: another access, other words, other slugs, and fewer of them.
    instead = hidden_set(8, marks)
    hidden = {path: text for one in sets for path, text in one.files.items()}
    full, documents = made_of(tmp_path / "with", {**public_files, **hidden, **crossing(sets[0])})
    other, others = made_of(tmp_path / "other", {**public_files, **instead.files, **crossing(instead)})
    none, nones = made_of(tmp_path / "without", {**public_files, **crossing(None)})

    assert len(full) > 250
    assert different(full, other) == []
    assert documents == others == nones
    assert full.keys() == none.keys()
    crossed = different(full, none)
    assert len(crossed) > 4
    assert {path for path in crossed if not path.endswith("/crossing/index.html")} == set()
    for path in crossed:
        with_them, without = (printed(files[path]) for files in (full, none))
        more = with_them - without
        assert without - with_them == Counter(), "nothing of what is public is lost"
        assert more.pop("withheld") > 0
        labels = [label(name).split() for model in BY_FOLDER.values() for name in names_of_references(model)]
        steps = {step for path in crossed_fields() for step in path.split(".")}
        # What a field is called on a page, and where in the record it stands: `clause 2: concerns`.
        ways = [f"{label(step)} {step.replace('_', ' ')}".lower().split() for step in steps]
        ways += [one.split() for one in outputs_words._ONE_OF.values()]
        told = re.findall(r"\w+", f"What we do not know. {outputs_unknown._REASONS[Absence.WITHHELD]}")
        numbers = map(str, range(1, 4))  # of a part among its like: `members 2`
        allowed = {word.casefold() for word in chain(chain.from_iterable([*labels, *ways]), told, numbers)}
        assert {word.casefold() for word in more} - allowed == set(), path


@cache
def crossed_fields() -> frozenset[str]:
    """The ways to all fields of all types, however deep."""
    return frozenset(way for model in BY_FOLDER.values() for way in _ways_to_fields(model))


def _ways_to_fields(model: type[Part], depth: int = 0) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield written_name(info, name)
        inner = part_type(info.annotation)
        if inner is not None and inner is not model and depth < 4:
            yield from (f"{written_name(info, name)}.{way}" for way in _ways_to_fields(inner, depth + 1))


def printed(file: OutputFile) -> Counter[str]:
    """How often each word stands on a page, its markup left out."""
    return Counter(re.findall(r"\w+", plain(str(file.content))))


def names_of_references(model: type[Part]) -> Iterator[str]:
    """The written names of all fields of a model that refer to records, however deep."""
    for name, info in model.model_fields.items():
        if metadata(info, To) is not None:
            yield written_name(info, name)
        inner = part_type(info.annotation)
        if inner is not None and inner is not model:
            yield from names_of_references(inner)


def test_removing_the_records_changes_answers_that_are_withheld_counts_and_stubs_alone(
    house: House, bare: House
) -> None:
    full, without = files_under(house.site), files_under(bare.site)
    # Of the one project that it lists the answer is withheld, once all records count.
    assert without.keys() - full.keys() <= {"who-holds-what/not-stated/index.html"}, "no page less"
    # The days on which a withheld answer begins and ends are public: the pages of its projects name them.
    told = " ".join(plain(full[f"ambledown/projects/{project}/index.html"].decode()) for project in WITHHELD)
    for path in full.keys() - without.keys():
        found = re.fullmatch(r"who-holds-what/(\d{4}-\d\d-\d\d)/index\.html", path)
        assert found is not None, path
        day = date.fromisoformat(found[1])
        turns = [When.parse(one.isoformat()).display() for one in (day, day - timedelta(1))]
        assert any(re.search(rf"\b{turn}\b", told) for turn in turns), path
    changed = {path for path in full if full[path] != without.get(path)}
    expected = {
        "index.html": "counts",
        "who-holds-what/index.html": "answers that are withheld",
        "what-changed-hands/index.html": "an authority that is not public",
        "bodies/index.html": "counts",
        "projects/index.html": "answers that are withheld",
        "private-items/index.html": "stubs",
        "ambledown/index.html": "counts; answers that are withheld",
        **{
            path: "answers that are withheld"
            for path in full
            if path.startswith(("who-holds-what/", "what-changed-hands/"))
        },
        "search/search_index.json": "the words of these pages",
        "ambledown/meetings/sample/index.html": "stubs",
        "ambledown/bodies/open-north/index.html": "counts; what it holds for certain",
        "ambledown/bodies/open-south/index.html": "counts; what it holds for certain",
        "ambledown/transfers/2018-by-private-leave/index.html": "an authority that is not public",
        "ambledown/transfers/2018-08-watched/index.html": "a watcher that is not public",
        **{f"ambledown/{folder}/crossing/index.html": "fields that are withheld" for folder in BY_FOLDER},
        **{f"ambledown/projects/{project}/index.html": "answers that are withheld" for project in WITHHELD},
    }
    assert changed - expected.keys() == set()
    assert {f"ambledown/projects/{project}/index.html" for project in WITHHELD} <= changed

    known = words_of(
        "".join(
            data.decode("utf-8", "replace")
            for path, data in without.items()
            if path.endswith((".html", ".json"))
        )
    )
    law = (words for schedule in SCHEDULES for words in schedule.paragraphs.values())
    stubs = words_of(" ".join([*house.marks.known_by_law, *law]))
    known.add("cross")  # the pattern that a stretch is drawn with in which the answer is withheld
    # MkDocs' index holds the words of these pages once more, those of two cells of a table as one.
    told_once = changed - {"search/search_index.json"}
    new = {path: words_of(full[path].decode()) - known - stubs for path in told_once}
    assert {path: words for path, words in new.items() if words} == {}, (
        "no word that stands nowhere without them"
    )


def plain(html: str) -> str:
    """The words of a page, its markup left out."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).replace("\xa0", " ").split())


def words_of(text: str) -> set[str]:
    """The words of a page, its markup included."""
    return set(re.findall(r"[a-z]{3,}\w*", text.lower()))


def test_of_a_record_that_is_public_no_longer_nothing_stays(tmp_path: Path, caches: Path) -> None:
    marks = Marks()
    hidden = hidden_set(0, marks)
    files = {**sample_files(), **SETTINGS, **hidden.files}
    shown = {
        path: re.sub(
            r"^(access|exemption|  (- '3'|paragraphs|public_inter).*):?.*\n", "", text, flags=re.MULTILINE
        )
        for path, text in files.items()
    }
    left = []
    for turn in (shown, files):
        published = publish(load_files(tmp_path / "kb", turn).kb)
        stage(published, AS_OF, tmp_path / "docs", tmp_path / "staging")
        whoosh_engine.open_engine(search_documents(published), tmp_path / "index" / "one")
        left.append([found_in_tree(tmp_path / folder)[0] for folder in ("staging", "index")])
    assert all(left[0]), "while they are public they are there"
    assert left[1] == [{}, {}]

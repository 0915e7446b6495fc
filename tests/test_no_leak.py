"""The proof that nothing private leaks: more than two hundred hidden records full of marks, and no mark anywhere.

Looked through, unpacked: every byte of a site that was built, the staging tree, the caches, every
output that is registered, what is printed and logged on the way, every answer of the command line, and
every message about records that cannot even be read. A later output or command is found by itself.
"""

from __future__ import annotations

import base64
import bz2
import codecs
import contextlib
import gzip
import io
import json
import logging
import lzma
import os
import pickle
import re
import shutil
import tomllib
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, product
from pathlib import Path
from random import Random

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from benchmarks.generator import generate
from minutebook import cli as cli_room
from minutebook import outputs, publication
from minutebook.annotations import render_github, render_sarif
from minutebook.cli import cli
from minutebook.commands import building, shared
from minutebook.diagnostics import Diagnostic, HiddenNames
from minutebook.exemptions import SCHEDULES
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.loading import Loaded, load
from minutebook.outputs import GROUP, OutputFile, find_outputs, make_outputs
from minutebook.outputs import unknown as outputs_unknown
from minutebook.outputs.words import label
from minutebook.publication import PublishedHistory, PublishedKnowledgeBase, publish
from minutebook.reader import is_public
from minutebook.records import BY_FOLDER
from minutebook.records.base import Absence, Access, Part, To, metadata, part_type, written_name
from minutebook.rendering import render_json, render_text
from minutebook.staging import Built, build_site, stage
from minutebook.when import When
from minutebook_search import commands as search_room
from minutebook_search import whoosh_engine
from minutebook_search.documents import SearchDocument, search_documents
from minutebook_search.whoosh_engine import WhooshEngine, build_index
from tests import leaks
from tests.helpers import COUNCIL, REPOSITORY, codes, lay_out, load_files, sample_files
from tests.leaks import (
    ACCESS,
    WORD,
    HiddenSet,
    Marks,
    crossing,
    found_in,
    found_in_tree,
    governance,
    hidden_set,
    numbers_in,
    resting,
)
from tests.test_cases import CASES, Case, case_files

AS_OF = When.parse("2022-12-31")
SETS = 15  # of 18 hidden records each
FORMATS: tuple[Callable[..., str], ...] = (render_text, render_json, render_github, render_sarif)
SETTINGS = {"minutebook.yml": "title: Two councils\nas_of: 2022-12-31\n"}
# Projects of `governance` that hidden records change, and a day on which the answer is withheld.
WITHHELD = {
    "moved-in-private": "2018-07-01",
    "ended-in-private": "2018-07-01",
    "lost-in-private": "2018-07-02",
    "received-in-private": "2018-04-01",
    "by-private-leave": "2019-05-01",
    "watched-in-private": "2018-08-01",
}


# -- two houses: one with hidden records, one without --------------------------------------------


@dataclass(frozen=True)
class House:
    """A checkout in which a site was built: where, what is hidden in it, and what was said meanwhile."""

    place: Path
    marks: Marks
    sets: tuple[HiddenSet, ...]
    loaded: Loaded
    published: PublishedKnowledgeBase
    said: str

    @property
    def site(self) -> Path:
        """The folder that the link of the site leads to."""
        return (self.place / "site").resolve()

    def run(self, *arguments: str) -> Result:
        """Run the command line in it as a user would."""
        with contextlib.chdir(self.place):
            return CliRunner().invoke(cli, arguments)


def lay_out_house(place: Path, files: dict[str, str]) -> None:
    """Write records, and the hand-written pages and the configuration of this very repository."""
    lay_out(place / "kb", files)
    shutil.copytree(REPOSITORY / "docs", place / "docs")
    theme = f"{REPOSITORY.as_posix()}/build_tools"
    config = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    assert "custom_dir: build_tools" in config
    (place / "mkdocs.yml").write_text(
        config.replace("custom_dir: build_tools", f"custom_dir: {theme}"), encoding="utf-8"
    )


@pytest.fixture(scope="module")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's folder of caches, for as long as these tests last."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("caches")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        yield folder


@pytest.fixture(scope="module")
def public_files() -> dict[str, str]:
    """The files of the samples and of a second council of two hundred public records."""
    return {**sample_files(), **dict(generate(200, 7)), **SETTINGS}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, caches: Path) -> House:
    """With hidden records, built by `minutebook build`, and asked once."""
    marks = Marks()
    sets = tuple(hidden_set(number, marks) for number in range(SETS))
    files = {**sample_files(), **SETTINGS, **{path: text for one in sets for path, text in one.files.items()}}
    place = tmp_path_factory.mktemp("house")
    lay_out_house(place, {**files, **crossing(sets[1]), **governance(sets[1], marks)})
    with listening() as heard, contextlib.chdir(place):
        results = [CliRunner().invoke(cli, arguments) for arguments in (["build"], ["search", "board"])]
        assert [result.exit_code for result in results] == [0, 0], results[0].output
        loaded = load(Path("kb"))
    said = "\n".join([*(result.output for result in results), *heard])
    return House(place, marks, sets, loaded, publish(loaded.kb), said)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, caches: Path) -> House:
    """The same without the hidden records, and without what refers to them."""
    place = tmp_path_factory.mktemp("bare")
    lay_out_house(place, {**sample_files(), **SETTINGS, **crossing(None), **governance(None)})
    with contextlib.chdir(place):
        # What public records alone say of ownership has mistakes: the gate is asked, not the checks.
        loaded = Loaded(load(Path("kb")).kb, ())
        public = publish(loaded.kb)
        build_site(public, AS_OF, config_file=Path("mkdocs.yml"), site=Path("site"))
    return House(place, Marks(), (), loaded, public, "")


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Hear everything that anybody logs."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(logging.DEBUG)
    loggers = [logging.getLogger(name) for name in (None, "mkdocs", "MARKDOWN")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(listener)
            logger.setLevel(level)


def leaked(marks: Marks, found: set[str], *, in_messages: bool = False) -> dict[str, str]:
    """What of the marks that were found must not be there, each with the place where it was planted."""
    known = marks.of_councils if in_messages else marks.known_by_law
    return {mark: marks.planted.get(mark, "?") for mark in sorted(found - known)}


def leaked_by_outputs(marks: Marks, published: PublishedKnowledgeBase) -> dict[str, dict[str, str]]:
    """The marks in every file of every registered output, by the name of the output and the path."""
    leaks_found = {}
    for name, output in find_outputs().items():
        for file in output(published, AS_OF):
            found = found_in(file.path, file.data) | found_in("", f"{file.title} {file.kind}".encode())
            if bad := leaked(marks, found):
                leaks_found[f"{name}: {file.path}"] = bad
    return leaks_found


def leaked_by_messages(marks: Marks, findings: tuple[Diagnostic, ...]) -> dict[str, dict[str, str]]:
    """The marks in the findings as they are printed for the public, by the format."""
    leaks_found = {}
    for render in FORMATS:
        printed = render(findings)
        if bad := leaked(marks, found_in("", printed.encode("utf-8", "surrogateescape")), in_messages=True):
            leaks_found[render.__name__] = bad
    return leaks_found


# -- the records themselves ----------------------------------------------------------------------


def test_the_hidden_records_are_in_order_and_of_every_type_and_access(house: House) -> None:
    hidden = [record for record in house.loaded.kb.records.values() if record.access is not Access.PUBLIC]
    public = len(house.loaded.kb.records) - len(hidden)

    assert house.loaded.is_sound
    assert len(hidden) > 200
    assert public > 50
    assert {(record.folder, record.access.value) for record in hidden} >= {
        (f, a) for f in BY_FOLDER for a in ACCESS
    }
    assert len(house.marks.planted) > 9_000


def test_every_mark_was_planted(house: House) -> None:
    files = (path for path in (house.place / "kb").rglob("*.md"))
    texts = "\n".join(
        chain.from_iterable((path.as_posix(), path.read_text(encoding="utf-8")) for path in files)
    )
    words = set(re.findall(r"\w+", texts))
    assert [mark for mark in house.marks.planted if not words & {mark, f"7306{mark[-5:]}"}] == []


def test_every_field_that_can_hold_a_mark_has_one(house: House) -> None:
    marks = Marks()
    for number in range(len(ACCESS)):
        hidden_set(number, marks, sound=False)
    planted = chain(house.marks.planted.values(), marks.planted.values())
    marked = {re.sub(r"\.\d+|\d+: ", "", where.partition(" ")[2]) for where in planted}
    wanted = {f"{folder} {way}" for folder, model in BY_FOLDER.items() for way in leaks.markable(model)}
    # Of a move's four ends a record has one; the others are in `governance`. The exemption is put in by hand.
    by_hand = {way for way in wanted if re.search(r" moves\.(gap|closed\.into)$| exemption\.", way)}
    assert wanted - marked - by_hand == set(), "teach tests/leaks.py to plant a mark there"


# -- what is built -------------------------------------------------------------------------------


def test_no_mark_is_in_any_byte_that_a_build_and_a_search_leave(house: House, caches: Path) -> None:
    workplace = (
        house.place / ".minutebook"
    )  # the site itself, the staging tree, the index for the command line
    assert workplace in house.site.parents
    assert (workplace / "staging/ambledown/projects/sample/index.md").is_file()
    assert any((workplace / "search").iterdir())
    looked_through = 0
    for folder in (workplace, caches):
        found, files, size = found_in_tree(folder)
        looked_through += size
        assert files
        assert {path: bad for path, marks in found.items() if (bad := leaked(house.marks, marks))} == {}
    assert looked_through > 4_000_000


def test_no_date_and_no_amount_of_a_hidden_record_is_on_the_site(house: House) -> None:
    written = [
        p
        for p in house.site.rglob("*")
        if p.suffix in (".html", ".xml", ".json", ".txt", ".csv", ".atom", ".ics", ".svg")
    ]
    assert len(written) > 80
    found = {
        path.name: numbers for path in written if (numbers := numbers_in(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_what_the_law_wants_known_is_shown_and_only_that(house: House) -> None:
    page = (house.site / "ambledown/meetings/sample/index.html").read_text(encoding="utf-8")
    assert len(house.marks.known_by_law) > 3
    assert house.marks.known_by_law == found_in("", page.encode()), "the stubs of the items taken in private"


def test_no_mark_is_printed_or_logged_while_a_site_is_built(house: House) -> None:
    assert "Built site/" in house.said
    assert "Building documentation to directory" in house.said, "what MkDocs logs is heard"
    assert leaked(house.marks, found_in("", house.said.encode()), in_messages=True) == {}


def test_no_mark_is_in_a_file_of_any_registered_output(house: House) -> None:
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    names = set(declared["project"]["entry-points"][GROUP])
    assert names <= set(find_outputs()), (
        "an output is declared that is not installed: `make test` installs it"
    )
    assert leaked_by_outputs(house.marks, house.published) == {}


# -- what removing them changes ------------------------------------------------------------------


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
        ways = [label(step).lower().split() for path in crossed_fields() for step in path.split(".")]
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
    return Counter(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", str(file.content))))


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
    full, without = files_of(house.site), files_of(bare.site)
    assert full.keys() == without.keys(), "no page more, no page less"
    changed = {path for path in full if full[path] != without[path]}
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
    # MkDocs' index holds the words of these pages once more, those of two cells of a table as one.
    told_once = changed - {"search/search_index.json"}
    new = {path: words_of(full[path].decode()) - known - stubs for path in told_once}
    assert {path: words for path, words in new.items() if words} == {}, (
        "no word that stands nowhere without them"
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


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


# -- questions -----------------------------------------------------------------------------------

# What is asked elsewhere, or would write, wait or ask back.
NOT_ASKED = {
    "build": "built in `house`",
    "serve": "waits; builds as the plugin does",
    "new": "writes",
    "review": "asks back",
    "import": "writes",
}


@pytest.fixture
def loaded_once(house: House, bare: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let questions be answered from what was loaded already: the same bytes each time, and there are thousands."""
    houses = {house.place: house, bare.place: bare}
    monkeypatch.setattr(shared, "load", lambda *_: houses[Path.cwd()].loaded)
    monkeypatch.setattr(
        shared, "publish", lambda kb: next(one.published for one in houses.values() if one.loaded.kb is kb)
    )
    documents = cache(lambda published: tuple(search_documents(published)))
    engines: dict[Path, WhooshEngine] = {}
    real = whoosh_engine.open_engine
    monkeypatch.setattr(search_room, "search_documents", documents)
    monkeypatch.setattr(
        whoosh_engine,
        "open_engine",
        lambda *asked: (
            engines[Path.cwd()] if Path.cwd() in engines else engines.setdefault(Path.cwd(), real(*asked))
        ),
    )


def questions() -> dict[str, click.Command]:
    """Every command that reads a knowledge base, those of later packages too."""
    context = click.Context(cli)
    commands = {
        name: command for name in cli.list_commands(context) if (command := cli.get_command(context, name))
    }
    asked = {name: one for name, one in commands.items() if any(p.name == "kb_folder" for p in one.params)}
    return {name: command for name, command in asked.items() if name not in NOT_ASKED}


def ways_to_ask(command: click.Command, name: str, place: Path) -> Iterator[list[str]]:
    """A command with a name for each argument that it needs, as text and as JSON."""
    arguments = [name for p in command.params if isinstance(p, click.Argument) and p.required]
    for option in (p for p in command.params if isinstance(p, click.Option) and p.required):
        arguments += [option.opts[0], str(place)]
    yield arguments
    if any("--json" in p.opts for p in command.params):
        yield [*arguments, "--json"]


def ask(house: House, name: str, *arguments: str) -> tuple[int, str, str]:
    """What a question is answered with: exit code, output, and what is said beside it."""
    result = house.run(name, *arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def names_asked_for(house: House) -> Iterator[str]:
    """Every public record, by its id, its title or an alias."""
    for number, record in enumerate(house.published.kb.records.values()):
        yield (record.id, record.title, *record.aliases)[number % (2 + bool(record.aliases))]


def test_no_answer_has_a_mark_and_all_but_those_withheld_are_the_same_without_the_records(
    house: House, bare: House, loaded_once: None
) -> None:
    # Whose answers the hidden records change: the projects, and the bodies that held them.
    changed = {f"{COUNCIL}/projects/{one}" for one in WITHHELD} | {
        f"{COUNCIL}/bodies/open-north",
        f"{COUNCIL}/bodies/open-south",
    }
    answered: defaultdict[str, int] = defaultdict(int)
    for name in names_asked_for(house):
        [record] = house.published.kb.find(name)[:1]
        for command_name, command in questions().items():
            for arguments in ways_to_ask(command, name, house.place):
                if command_name == "check":
                    continue
                with_them = ask(house, command_name, *arguments)
                assert leaked(house.marks, found_in("", "".join(with_them[1:]).encode())) == {}, (
                    command_name,
                    arguments,
                )
                assert numbers_in("".join(with_them[1:])) == set(), (command_name, arguments)
                answered[command_name] += with_them[0] == 0
                if record.id not in changed:
                    assert with_them == ask(bare, command_name, *arguments), (command_name, arguments)
    assert {name: number for name, number in answered.items() if number < 4} == {}, (
        "teach this test how to ask it"
    )


def test_a_hidden_name_is_as_unknown_as_a_name_that_nobody_has(
    house: House, bare: House, loaded_once: None
) -> None:
    asked = 0
    hidden = [record for record in house.loaded.kb.records.values() if record.access is not Access.PUBLIC]
    commands = {name: command for name, command in questions().items() if name != "check"}
    for number, record in enumerate(hidden[::2]):
        names = (
            record.id,
            record.id.slug,
            record.title,
            *record.aliases,
            f"{record.folder}/{record.id.slug}",
        )
        name = names[number % len(names)]
        command_name, command = list(commands.items())[number % len(commands)]
        for arguments in ways_to_ask(command, name, house.place):
            answer = ask(house, command_name, *arguments)
            assert answer == ask(bare, command_name, *arguments), (command_name, arguments)
            # It may say again what it was asked, and nothing more.
            said = (
                "".join(answer[1:]).replace(name, "").replace(json.dumps(name, ensure_ascii=False)[1:-1], "")
            )
            assert leaked(house.marks, found_in("", said.encode()) - found_in("", name.encode())) == {}
            asked += 1
    assert asked > 100


@pytest.mark.parametrize(
    "query",
    [
        f"{WORD}*",
        WORD,
        f'"{WORD}00007"',
        f"title OR {WORD}00007",
        f"council:hidden-{WORD}00000",
        "3019",
        "date:3000..3100",
        "body:hidden*",
        "-the",
    ],
)
def test_a_search_for_a_mark_finds_what_it_would_find_without_the_records(
    house: House, bare: House, loaded_once: None, query: str
) -> None:
    for arguments in (["--", query], ["--json", "--", query]):
        assert ask(house, "search", *arguments) == ask(bare, "search", *arguments)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_no_mark_is_in_what_check_prints(house: House, loaded_once: None, form: str) -> None:
    code, out, err = ask(house, "check", "--format", form)
    assert code == 0
    assert "MB523" in out, "there are warnings about hidden records"
    assert leaked(house.marks, found_in("", f"{out}{err}".encode()), in_messages=True) == {}
    assert (
        leaked(
            house.marks, found_in("", ask(house, "check", "--format", form, "--show-restricted")[1].encode())
        )
        != {}
    )


@pytest.mark.parametrize(("project", "on"), WITHHELD.items())
def test_an_answer_that_a_hidden_record_changes_is_withheld(
    house: House, loaded_once: None, project: str, on: str
) -> None:
    answer = json.loads(ask(house, "owner", project, "--on", on, "--json")[1])
    assert (answer["status"], answer["holders"], answer["citations"]) == ("withheld", [], [])
    assert [one["transfer"] for one in answer["possible"]] == [None]
    told = "".join(ask(house, "owner", project, "--on", on, "--restricted")[1:])
    assert "withheld" not in told, "and the editor is told"


# -- records that cannot be read, or that break a rule -------------------------------------------

M = f"{WORD}77777"
AT = f"{COUNCIL}/projects/{M}.md"
SECRET = f"""\
---
title: The {M} sale
aliases: [{M} other]
summary: A {M} summary.
topics: [{M} topic]
access: exempt
exemption: {{paragraphs: ["3"], public_interest_reason: A {M} reason.}}
kind: project
parent: projects/sample
aims: [A {M} aim]
editor_note: A {M} note.
citations: [{{source: sources/sample, at: "{M} place", quote: "{M} words"}}]
---

A {M} narrative, [[projects/sample|{M} link]].
"""


def said_so(access: str) -> str:
    """The record with another line in place of the one that says who may read it, and no grounds."""
    return re.sub(r"access: exempt\nexemption: .*\n", access, SECRET)


# What is wrong with a hidden record: its text, where it does not lie at AT in UTF-8 a way to put it there.
MISTAKES: dict[str, str] = {
    "a colon in a value": SECRET.replace(f"A {M} summary", f"{M}: {M}: x"),
    "a quotation mark that is never closed": SECRET.replace("summary: A", 'summary: "A'),
    "a tab": SECRET.replace("aims: [", f"aims:\n\t- {M}\n\t- ["),
    "a bracket that is never closed": SECRET.replace("topic]", "topic"),
    "an alias of YAML": SECRET.replace(f"A {M} note", f"*{M}"),
    "an anchor": SECRET.replace("summary: A", f"summary: &{M} A"),
    "a merge key": SECRET.replace("kind:", f"<<: {{title: {M}}}\nkind:"),
    "a tag": SECRET.replace("summary: A", f"summary: !!python/{M} A"),
    "two equal keys": SECRET.replace("kind:", f"title: Another {M}\nkind:"),
    "public and exempt at once": SECRET.replace("title:", "access: public\ntitle:", 1),
    "exempt and public at once": SECRET.replace("kind:", "access: public\nkind:"),
    "a field that no record has": SECRET.replace("kind:", f"{M}: x\nkind:"),
    "a field that this type does not have": SECRET.replace("kind:", f"venue: {M}\nkind:"),
    "a value that is none of a list": SECRET.replace("kind: project", f"kind: {M}"),
    "a reference that is none": SECRET.replace("projects/sample\n", f"Projects/{M} X\n"),
    "a reference that leads nowhere": SECRET.replace("projects/sample\n", f"projects/{M}-gone\n"),
    "a reference to another type": SECRET.replace("kind:", f"partners: [projects/{M}]\nkind:"),
    "a reference to itself": SECRET.replace("projects/sample\n", f"projects/{M}\n"),
    "a link that is none": SECRET.replace("[[projects/sample|", f"[[{M} sale|"),
    "a link that leads nowhere": SECRET.replace("[[projects/sample|", f"[[projects/{M}-gone|"),
    "a link to elsewhere": SECRET.replace("[[projects/sample|", f"[x](javascript:{M}) [[projects/sample|"),
    "HTML": SECRET.replace("[[projects/sample|", f"<b {M}> [[projects/sample|"),
    "a picture": SECRET.replace("[[projects/sample|", f"![{M}](https://{M}.example/) [[projects/sample|"),
    "a personal detail": SECRET.replace(f"A {M} note", f"{M}@{M}.example 020 7946 0123"),
    "a date that is none": SECRET.replace("kind:", f"began: 3017-13-45 {M}\nkind:"),
    "a date in two readings": SECRET.replace("kind:", "began: 3017-18\nkind:"),
    "a list for a text": SECRET.replace("kind: project", f"kind: [{M}]"),
    "a text for a group": SECRET.replace("kind:", f"phases: {M}\nkind:"),
    "nothing after a field": SECRET.replace("kind:", "sponsor:\nkind:"),
    "a name that is a list": SECRET.replace("kind:", f"? [{M}]\n: x\nkind:"),
    "a field is missing": SECRET.replace("kind: project\n", ""),
    "a title of two lines": SECRET.replace(f"title: The {M} sale", f"title: |\n  The {M}\n  sale"),
    "erased, and still there": SECRET.replace("kind:", f"erased: For a {M} reason.\nkind:"),
    "grounds that are none": SECRET.replace('["3"]', f'["{M}"]'),
    "no grounds": said_so("access: exempt\n"),
    "grounds and not exempt": SECRET.replace("access: exempt\n", ""),
    "grounds of what is confidential": SECRET.replace("access: exempt", "access: confidential"),
    "no list of fields": f"---\n- access: exempt\n- {M}\n---\n{M}\n",
    "no fields, and text": f"---\naccess exempt {M}\n---\n{M}\n",
    "no fences": SECRET.replace("---\n", ""),
    "no second fence": SECRET.replace("---\n\n", "\n"),
    "text before the first fence": f"{M}\n{SECRET}",
    "a fence too early": SECRET.replace("access:", "---\naccess:"),
    "access after a mistake": said_so("").replace("kind: project", f"kind: [project\nnote: {M}\naccess: exempt"),
    "access after a mistake, in brackets": f"---\n{{title: {M}, kind: [, access: exempt}}\n---\n",
    "a mistake after access": SECRET.replace("kind: project", f"kind: [{M}"),
    "exemptt": said_so("access: exemptt\n"),
    "exemt": said_so("access: exemt\n"),
    "Access: Exempt": said_so("Access: Exempt\n"),
    "ACCESS : EXEMPT": said_so("ACCESS : EXEMPT\n"),
    "acess: draft": said_so("acess: draft\n"),
    "accses: confidential": said_so("accses: confidential\n"),
    "access = exempt": said_so("access = exempt\n"),
    "access exempt": said_so("access exempt\n"),
    "access with a wide colon": said_so("access\uff1a exempt\n"),
    "access: [exempt]": said_so("access: [exempt]\n"),
    "access: {to: nobody}": said_so("access: {to: nobody}\n"),
    "access: no": said_so("access: no\n"),
    "access: members only": said_so("access: members only\n"),
    "access with nothing after it": said_so("access:\n"),
    "exempton": said_so("exempton: {paragraphs: ['3']}\n"),
    "draft: true": said_so("draft: true\n"),
    "published: false": said_so("published: false\n"),
    "private: yes": said_so("private: yes\n"),
    "an invisible character": SECRET.replace(f"A {M} note", f"{M}\u200b{M}"),
    "nested too deep": SECRET.replace("kind: project", f"kind: {'[' * 40}{M}{']' * 40}"),
    "three thousand brackets": SECRET.replace("kind: project", f"kind: {M} {'[' * 3000}\nx: ["),
    "a line too long": SECRET.replace("summary: A", f"summary: {'x' * 21_000}"),
    "fields too large": SECRET.replace("kind:", "".join(f"x{number}: {M}\n" for number in range(8000)) + "kind:"),
    "a file too large": SECRET + f"{M}\n" * 60_000,
    "access beyond the size that is read": said_so(f"about: |\n{('  ' + M) * 50_000}\naccess: exempt\n"),
}  # fmt: skip

# Hidden records that lie where no record lies, or as what none is.
PLACES: dict[str, Callable[[Path], object]] = {
    "with a byte-order mark": lambda kb: _write(kb / AT, codecs.BOM_UTF8 + SECRET.encode()),
    "in UTF-16": lambda kb: _write(kb / AT, SECRET.encode("utf-16")),
    "in UTF-16 without a mark": lambda kb: _write(kb / AT, SECRET.encode("utf-16-be")),
    "in UTF-32": lambda kb: _write(kb / AT, SECRET.encode("utf-32")),
    "in Latin-1": lambda kb: _write(kb / AT, SECRET.replace(" sale", " sale of caf\xe9s").encode("latin-1")),
    "with bytes that are no text": lambda kb: _write(kb / AT, SECRET.encode().replace(b" note", b" \xff\xfe\x80")),
    "with zeros": lambda kb: _write(kb / AT, SECRET.encode().replace(b" note", b" \0\0")),
    "with the line ends of an old Mac": lambda kb: _write(kb / AT, SECRET.encode().replace(b"\n", b"\r")),
    "a symbolic link": lambda kb: (kb / AT).symlink_to(_write(kb.parent / f"{M}.md", SECRET)),
    "a symbolic link to what is not here": lambda kb: (kb / AT).symlink_to(f"../{M}/{M}.md"),
    "a linked folder of unread records": lambda kb: (kb / COUNCIL / f"{M}").symlink_to(_write(kb.parent / M / "a.md", SECRET).parent),
    "a hard link": lambda kb: (kb / AT).hardlink_to(_write(kb.parent / f"{M}.md", SECRET)),
    "in a folder of no type": lambda kb: _write(kb / COUNCIL / f"{M}-projects" / f"{M}.md", SECRET),
    "in a folder too deep": lambda kb: _write(kb / COUNCIL / "projects" / f"{M}" / "deep" / f"{M}.md", SECRET),
    "in a council of a bad name": lambda kb: _write(kb / f"The {M} Council" / "projects" / f"{M}.md", SECRET),
    "beside the councils": lambda kb: _write(kb / f"{M}.md", SECRET),
    "beside the folders": lambda kb: _write(kb / COUNCIL / f"{M}.md", SECRET),
    "under a name in capitals": lambda kb: _write(kb / COUNCIL / "projects" / f"{M.upper()}.md", SECRET),
    "under a name of several words": lambda kb: _write(kb / COUNCIL / "projects" / f"The {M} sale.md", SECRET),
    "under a name too long": lambda kb: _write(kb / COUNCIL / "projects" / f"{M}{'-long' * 30}.md", SECRET),
    "under a name that is no text": lambda kb: _write(Path(os.fsdecode(os.fsencode(kb / COUNCIL / "projects" / M) + b"\xff.md")), SECRET),
    "under a name with an order to a terminal": lambda kb: _write(kb / COUNCIL / "projects" / f"\x1b[31m{M}.md", SECRET),
    "under another ending": lambda kb: _write(kb / COUNCIL / "projects" / f"{M}.markdown", SECRET),
    "as a copy of an editor's": lambda kb: _write(kb / COUNCIL / "projects" / f"{M}.md~", SECRET),
    "with an attachment": lambda kb: _write(_write(kb / AT, SECRET).with_suffix(".pdf"), b"%PDF \xff"),
    "an unreadable one with an attachment": lambda kb: _write(_write(kb / AT, SECRET.replace("kind:", "kind")).with_suffix(".pdf"), b"%PDF \xff"),
    # Public records that give a hidden one away: by a line, by a misspelling, by its name.
    "beside a mistake of a public record": lambda kb: _public(kb, about=f"about: [projects/{M}, projects/nowhere]"),
    "an unreadable one beside a mistake": lambda kb: _public(kb, SECRET.replace("kind:", "kind"), about=f"about: [projects/{M}, projects/nowhere]"),
    "misspelt by a public record": lambda kb: _public(kb, about=f"about: [projects/{M}x]"),
    "taken for another type by a public record": lambda kb: _public(kb, about=f"about: [bodies/{M}]"),
    "in a public file that cannot be read": lambda kb: _public(kb, about=f"summary: Of projects/{M}: a sale"),
    "named by a public record": lambda kb: _public(kb, about=f"summary: Of the {M} sale."),
    "named over two lines": lambda kb: _public(kb, narrative=f"Of the\n{M}\nsale."),
    "named by its id": lambda kb: _public(kb, narrative=f"See projects/{M}."),
    "linked over two lines": lambda kb: _public(kb, narrative=f"See [[projects/{M}|the\nsale]]."),
    "with its name on a public record": lambda kb: _public(kb, about=f"title: The {M} sale"),
}  # fmt: skip
# What the gate cannot know: a public record that tells a hidden name in its own words. Check refuses it (MB605).
IN_OWN_WORDS = frozenset(name for name in PLACES if name.startswith(("named", "linked", "with its name")))
# A folder that is not read is not named at all: its name may tell of what it holds.
NEVER_NAMED = frozenset({"in a folder of no type", "in a folder too deep"})


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _public(
    kb: Path, hidden: str = SECRET, *, about: str = "summary: A fair.", narrative: str = "A fair."
) -> None:
    """A hidden project, and a public event that has to do with it."""
    _write(kb / AT, hidden)
    title = "" if about.startswith("title:") else "title: A fair\n"
    cited = "citations: [{source: sources/sample, quote: yes}]"
    _write(
        kb / COUNCIL / "events/fair.md",
        f"---\n{title}{about}\nkind: other\non: 2019\n{cited}\n---\n\n{narrative}\n",
    )


def placed(name: str, kb: Path) -> Path:
    """The samples and one hidden record with a mistake."""
    lay_out(kb, {**sample_files(), **SETTINGS})
    if name in MISTAKES:
        _write(kb / AT, MISTAKES[name])
    else:
        PLACES[name](kb)
    return kb


def test_more_than_a_hundred_mistakes_are_made_and_without_them_all_is_in_order(tmp_path: Path) -> None:
    assert len(MISTAKES) + len(PLACES) > 100
    for name, text in (("hidden", SECRET), ("draft", said_so("access: draft\n"))):
        findings = load_files(tmp_path / name, {**sample_files(), AT: text}).findings
        assert codes(findings) == []


@pytest.mark.parametrize("name", [*MISTAKES, *PLACES])
def test_no_message_about_a_record_with_a_mistake_has_a_mark(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = load(placed(name, Path("kb"))).findings

    assert findings, "it is not lost silently"
    assert "MB605" in codes(findings) or name not in IN_OWN_WORDS
    assert leaked_by_messages(Marks(), findings) == {}
    shown = render_text(findings, show_restricted=True)
    assert bool(found_in("", shown.encode("utf-8", "surrogateescape"))) is (name not in NEVER_NAMED), (
        "the editor is told"
    )


@pytest.mark.parametrize("name", [*MISTAKES, *(name for name in PLACES if "council" not in name)])
def test_no_message_about_a_mistake_in_an_overlay_has_a_mark(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(Path("kb"), {**sample_files(), **SETTINGS})
    overlay = placed(name, tmp_path / "overlay")
    for path in sample_files():
        (overlay / path).unlink()
    (overlay / "minutebook.yml").unlink()
    findings = load(Path("kb"), Path("overlay")).findings

    assert findings, "it is not lost silently"
    assert leaked_by_messages(Marks(), findings) == {}


@dataclass(frozen=True)
class Ruin:
    """A knowledge base in which nothing is in order: every mistake at once, and records that have everything."""

    place: Path
    marks: Marks
    loaded: Loaded


@pytest.fixture(scope="module")
def ruin(tmp_path_factory: pytest.TempPathFactory, caches: Path) -> Ruin:
    """Hidden records that break rules, public ones that rest on them, and an overlay of the same."""
    marks = Marks()
    sets = [hidden_set(number, marks, sound=False) for number in range(6)]
    place = tmp_path_factory.mktemp("ruin")
    files = {**sample_files(), **{path: text for one in sets for path, text in one.files.items()}}
    files |= {**crossing(sets[1], sound=False), **governance(sets[1], marks), **resting(sets[1])}
    lay_out_house(place, {**files, **SETTINGS})
    for number, text in enumerate(MISTAKES.values()):
        _write(
            place / "kb" / COUNCIL / "projects" / f"{M}-{number}.md",
            text.replace(f"projects/{M}]", f"projects/{M}-{number}]"),
        )
    (place / "overlay" / AT).parent.mkdir(parents=True)
    for name, folder in product(PLACES, ("kb", "overlay")):
        # Several want the same place: the first has it.
        with contextlib.suppress(FileExistsError):
            if name not in IN_OWN_WORDS:
                PLACES[name](place / folder)
    with contextlib.chdir(place):
        loaded = load(Path("kb"), Path("overlay"))
    return Ruin(place, marks, loaded)


def test_of_everything_at_once_no_mark_is_in_a_message_or_an_output(ruin: Ruin) -> None:
    assert len({finding.rule.code for finding in ruin.loaded.findings}) > 40
    assert leaked_by_messages(ruin.marks, ruin.loaded.findings) == {}
    assert leaked_by_outputs(ruin.marks, publish(ruin.loaded.kb)) == {}


@pytest.mark.parametrize("overlay", [[], ["--overlay", "overlay"]], ids=["alone", "with an overlay"])
def test_a_build_that_is_refused_says_nothing(ruin: Ruin, overlay: list[str]) -> None:
    with listening() as heard, contextlib.chdir(ruin.place):
        result = CliRunner().invoke(cli, ["build", *overlay])
    said = "\n".join([result.stdout, result.stderr, *heard])
    assert result.exit_code == 1
    assert "error[MB6" in result.stdout
    assert not (ruin.place / "site").exists()
    assert leaked(ruin.marks, found_in("", said.encode()), in_messages=True) == {}


def test_a_build_by_mkdocs_alone_that_is_refused_says_nothing(ruin: Ruin) -> None:
    with contextlib.chdir(ruin.place), listening() as heard:
        config = load_config(config_file="mkdocs.yml")
        config.plugins.on_startup(command="build", dirty=False)
        with pytest.raises(Abort) as refusal:
            config.plugins.on_config(config)
    said = "\n".join([str(refusal.value), refusal.value.format_message(), *heard])
    assert "error[MB6" in said
    assert leaked(ruin.marks, found_in("", said.encode()), in_messages=True) == {}


def test_answers_from_what_is_sound_have_no_mark(ruin: Ruin, monkeypatch: pytest.MonkeyPatch) -> None:
    published = publish(ruin.loaded.kb)
    monkeypatch.setattr(shared, "load", lambda *_: ruin.loaded)
    monkeypatch.setattr(shared, "publish", lambda _: published)
    house = House(ruin.place, ruin.marks, (), ruin.loaded, published, "")
    known = ruin.marks.known_by_law
    for name in (
        "sample",
        "crossing",
        "projects/sample",
        "bodies/sample",
        "Harbour Quarter",
        f"{M} sale",
        f"hidden-{WORD}00003",
    ):
        for command_name, command in questions().items():
            for arguments in ways_to_ask(command, name, ruin.place):
                _, out, err = ask(house, command_name, *arguments)
                said = f"{out}{err}".replace(name, "")
                assert command_name == "check" or "note: the records have" in err
                found = found_in("", said.encode()) - known - found_in("", name.encode())
                assert leaked(ruin.marks, found, in_messages=True) == {}, (command_name, arguments)


# -- every rule that has a case ------------------------------------------------------------------

_RECORD = re.compile(r"kb/ambledown/([a-z]+)/([a-z0-9-]+)\.md")


def with_hidden(files: dict[str, str], hidden: Collection[str]) -> dict[str, str]:
    """The files of a case with some of its records made exempt: marks in their slugs, titles and receipts."""
    slugs = {
        f"{match[1]}/{match[2]}"
        for path in hidden
        if (match := _RECORD.fullmatch(path)) and match[1] != "council"
    }
    named = (
        re.compile(rf"\b({'|'.join(map(re.escape, sorted(slugs, key=len, reverse=True)))})(?![a-z0-9-])")
        if slugs
        else None
    )
    grounds = f"access: exempt\nexemption: {{paragraphs: ['3'], public_interest_reason: {M}}}"
    made = {}
    for path, text in files.items():
        if path in hidden and "/council/" not in path:
            text = re.sub(r"^(title: .*)$", rf"\1 {M}", text, count=1, flags=re.MULTILINE)
            text = re.sub(r"^-+ *$", rf"\g<0>\n{grounds}", text, count=1, flags=re.MULTILINE).replace(
                "quote: ", f"quote: {M} "
            )
        if named is not None:
            text = named.sub(rf"\1-{M}", text)
            path = named.sub(rf"\1-{M}", path) if path.endswith(".md") else path
        made[path] = text
    return made


def choices(case: Case, base: dict[str, str], turn: int, *, quiet: bool) -> Iterator[list[str]]:
    """Which records of a case to hide: all, its own, and one of those that all cases share."""
    shared_records = [path for path in base if path not in case.files and _RECORD.fullmatch(path)]
    own = [path for path in case.files if _RECORD.fullmatch(path)]
    yield [*shared_records, *own]
    if not quiet:
        yield own
        yield shared_records[turn % len(shared_records) :][:1] if shared_records else []


def test_whichever_record_of_a_case_is_hidden_no_message_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rule that fires on the files themselves, with the records it speaks of hidden one by one."""
    shared_files = Case.read(CASES / "base.txt").files
    seen: set[str] = set()
    named: dict[tuple[str, str], list[str]] = {}
    houses = 0
    for turn, path in enumerate(case_files()):
        case = Case.read(path)
        if case.all("overlay") or case.all("shown") or not case.files:
            continue
        base = (
            {}
            if case.all("base")
            else {k: v for k, v in shared_files.items() if k not in case.all("without")}
        )
        for hidden in choices(case, base, turn, quiet="quiet" in path.stem):
            place = tmp_path / f"{houses}"
            place.mkdir()
            monkeypatch.chdir(place)
            Case(case.comment, [("base", "none")], with_hidden({**base, **case.files}, hidden)).lay_out(place)
            findings = load(Path("kb")).findings
            houses += 1
            seen |= {finding.rule.code for finding in findings if finding.restricted}
            printed = render_text(findings)
            if WORD in printed and SAYS_NOTHING.isdisjoint([path.stem]):
                named[path.stem, hidden[0]] = [line for line in printed.splitlines() if WORD in line]
            shutil.rmtree(place)
    assert named == {}
    assert houses > 600
    assert len(seen) > 60, "rules that fired on something hidden"


# There is no line in these that could say so.
SAYS_NOTHING = frozenset({"MB107_empty_file", "MB107_no_fences"})


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_hidden_and_broken_at_random_no_message_names_it(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large council, half of it hidden, with dates moved and references shuffled and misspelt."""
    random = Random(seed)
    files = dict(generate(200, 7))
    records = sorted(path for path in files if path.endswith(".md") and "/council/" not in path)
    hidden = set(random.sample(records, len(records) // 2))
    ids = {path.partition("/")[2].removesuffix(".md"): path in hidden for path in records}
    named = re.compile(rf"({'|'.join(map(re.escape, sorted(ids, key=len, reverse=True)))})(?![a-z0-9-])")

    def shuffled(match: re.Match[str]) -> str:
        folder = match[1].partition("/")[0]
        one = (
            random.choice([one for one in ids if one.startswith(f"{folder}/")])
            if random.random() < 0.1
            else match[1]
        )
        marked = f"{one}-{M}" if ids[one] else one
        return marked[:-1] if random.random() < 0.03 else marked

    for path, text in files.items():
        if path in records:
            text = named.sub(shuffled, text)
            text = re.sub(
                r"\b20[12]\d(?=-\d\d)",
                lambda year: str(int(year[0]) + random.choice((0, 0, 0, 1, -1, 3))),
                text,
            )
        if path in hidden:
            text = re.sub(r"^access: .*\n", "", text, flags=re.MULTILINE)
            text = text.replace("---\n", f"---\naccess: {random.choice(ACCESS)}\n", 1)
            text = re.sub(r"^title: '?(.*?)'?$", rf"title: '{M} \1'", text, count=1, flags=re.MULTILINE)
            path = f"{path.removesuffix('.md')}-{M}.md"
        _write(tmp_path / "kb" / path, text)
    monkeypatch.chdir(tmp_path)
    findings = load(Path("kb")).findings
    assert len({finding.rule.code for finding in findings}) > 15
    assert leaked_by_messages(Marks(), findings) == {}


# -- dates, and errors of the program itself -----------------------------------------------------


def test_a_build_without_a_date_takes_none_from_a_hidden_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**sample_files(), f"{COUNCIL}/sources/late.md": _LATE}
    lay_out_house(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    asked: list[When] = []

    def built(published: PublishedKnowledgeBase, as_of: When, **_: object) -> Built:
        asked.append(as_of)
        return Built(Path("site"), len(published.kb.records), 1, ())

    monkeypatch.setattr(building, "build_site", built)
    result = CliRunner().invoke(cli, ["build"])
    assert [as_of.value for as_of in asked] == ["2019-10-08"], "the latest date that a public source bears"
    assert numbers_in(result.output) == set()


_LATE = """---
title: A late paper
access: draft
kind: other
standing: official
publisher: not stated
url: not stated
dated: 3019-01-01
licence: not stated
---
"""


def test_an_error_inside_the_program_says_nothing_of_what_it_worked_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Loaded:
        raise KeyError(M)

    monkeypatch.setattr(shared, "load", fail)
    monkeypatch.setattr("sys.argv", ["minutebook", "check"])
    monkeypatch.delenv("MINUTEBOOK_TRACEBACK", raising=False)  # for the editor's own terminal
    with pytest.raises(SystemExit):
        cli_room.main()
    said = capsys.readouterr()
    assert "internal error: KeyError" in said.err
    assert found_in("", f"{said.out}{said.err}".encode()) == set()


# -- that all this can fail ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, HiddenSet, Marks]:
    """The samples and one hidden record of each type, which refers to them."""
    marks = Marks()
    hidden = hidden_set(1, marks)
    files = {**sample_files(), **hidden.files, **crossing(hidden), **governance(hidden, marks)}
    return load_files(tmp_path_factory.mktemp("small") / "kb", {**files, **SETTINGS}).kb, hidden, marks


def with_one_let_through(kb: KnowledgeBase, folder: str) -> PublishedKnowledgeBase:
    """What a gate would leave that lets the hidden record of one type through."""
    public = publish(kb).kb
    through = [record for record in kb.records.values() if record.folder == folder and not is_public(record)]
    leaky = KnowledgeBase([*public.records.values(), *through], settings=kb.settings, councils=kb.councils)
    return PublishedKnowledgeBase(publication._KEY, leaky, PublishedHistory(leaky, {}), {})


@pytest.mark.parametrize("folder", BY_FOLDER)
def test_a_record_of_any_type_that_gets_through_is_found_in_outputs_and_in_the_index(
    folder: str, small: tuple[KnowledgeBase, HiddenSet, Marks]
) -> None:
    kb, _, marks = small
    [title] = [mark for mark, where in marks.planted.items() if where.endswith(f" {folder} 1: title")]
    published = with_one_let_through(kb, folder)

    found = leaked_by_outputs(marks, published)

    assert any(title in bad for bad in found.values())
    # Of its other fields as well: whatever its page shows.
    assert len(set(chain.from_iterable(found.values()))) > 8
    index = build_index(search_documents(published))
    assert title in set(chain.from_iterable(found_in(name, data) for name, data in index.items()))


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
    findings = load(placed("beside a mistake of a public record", Path("kb"))).findings
    assert leaked_by_messages(Marks(), findings).keys() == {"render_text"}, (
        "the format that shows the author's own line"
    )


# -- the eye -------------------------------------------------------------------------------------


def _zipped(data: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inner/data.json", data)
    return box.getvalue()


HIDDEN_AS: dict[str, bytes] = {
    "itself": M.encode(),
    "capitals": M.upper().encode(),
    "plain": plain(f"The {M}-sale!").encode(),
    "a slug": f"2019-the-{M}-sale".encode(),
    "an address": "".join(f"%{ord(c):02X}" for c in M).encode(),
    "an address in an address": "".join(f"%25{ord(c):02x}" for c in M).encode(),
    "entities": "".join(f"&#{ord(c)};" for c in M).encode(),
    "entities in hexadecimal": "".join(f"&#x{ord(c):X};" for c in M).encode(),
    "entities of entities": "".join(f"&amp;#{ord(c)};" for c in M).encode(),
    "JSON": "".join(f"\\u{ord(c):04x}" for c in M).encode(),
    "JavaScript": "".join(f"\\x{ord(c):02x}" for c in M).encode(),
    "JSON in HTML": "".join(f"\\u{ord(c):04x}" for c in f"&#{ord(M[0])};{M[1:]}").encode(),
    "highlighted": f"<mark>{M[:3]}</mark><b>{M[3:]}</b>".encode(),
    "with soft hyphens": "\u00ad".join(M).encode(),
    "with zeros of no width": "\u200b".join(M).encode(),
    "wide letters": "".join(chr(ord(c) + 0xFEE0) for c in M).encode(),
    "with accents": "\u0301".join(M).encode(),
    "UTF-16": M.encode("utf-16"),
    "UTF-32": M.encode("utf-32"),
    "backwards": M[::-1].encode(),
    "a lexicon that shares its first letters": M[1:].encode(),
    "bytes that are no text": b"\xff\xfe\x80" + M.encode() + b"\x00\xff",
    "base64": base64.b64encode(M.encode()),
    "base64, one further": base64.b64encode(b"x" + M.encode()),
    "base64, two further": base64.b64encode(b"xy" + M.encode()),
    "base64 for addresses": base64.urlsafe_b64encode(b">>" + M.encode()),
    "hexadecimal": M.encode().hex().encode(),
    "gzip": gzip.compress(M.encode()),
    "gzip of gzip": gzip.compress(gzip.compress(M.encode())),
    "bzip2": bz2.compress(M.encode()),
    "xz": lzma.compress(M.encode()),
    "zip": _zipped(M.encode()),
    "a zip of gzip": _zipped(gzip.compress(M.encode())),
    "zlib somewhere": b"\x89PNG\r\n" + bytes(100) + zlib.compress(M.encode() * 3) + b"IEND",
    "a pickle": pickle.dumps({"terms": [M, 1]}),
}


@pytest.mark.parametrize("way", HIDDEN_AS)
def test_the_eye_sees_a_mark_however_it_is_written_or_packed(way: str) -> None:
    around = b"" if HIDDEN_AS[way][:2] in (b"\x1f\x8b", b"PK", b"BZ", b"\xfd7") else b"<p>before "
    assert found_in("file", around + HIDDEN_AS[way] + (b" after</p>" if around else b""))


def test_the_eye_sees_a_mark_in_a_name_and_in_a_link(tmp_path: Path) -> None:
    (tmp_path / M).mkdir()
    (tmp_path / "link").symlink_to(f"elsewhere/{M}.md")
    assert found_in_tree(tmp_path)[0] == {M: {M}, "link": {M}}
    assert found_in(f"pages/{M}/index.html", b"") == {M}
    assert found_in("a.zip", _zipped(b"").replace(b"inner/data", M[:10].encode()[:10])) != set()


def test_the_eye_does_not_pass_over_what_it_cannot_open() -> None:
    with pytest.raises(leaks.CannotLookInside):
        found_in("index.html.br", b"anything")
    with pytest.raises((zlib.error, EOFError)):
        found_in("broken.gz", gzip.compress(M.encode())[:12] + b"broken")


def test_the_eye_sees_nothing_where_nothing_is() -> None:
    site = "<p>The Board met in Harrow on 12 March 2019; see &amp; \\u00a3 %20 base64 eHF6.</p>"
    assert found_in("index.html", site.encode()) == set()
    assert numbers_in("<p>2019, £3,017,000, 30190 and 730612</p>") == set()
    assert numbers_in("<p>12 March 3019, £730,612,345</p>") == {"3019", "730,612,345"}

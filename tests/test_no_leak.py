"""The proof that nothing private leaks: more than two hundred hidden records full of marks, and no mark anywhere.

Looked through, unpacked: every byte of a site that was built, the staging tree, the caches, every
output that is registered, what is printed and logged on the way, every answer of the command line, and
every message about records that cannot even be read. A later output or command is found by itself.
"""

from __future__ import annotations

import codecs
import contextlib
import gzip
import json
import logging
import os
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from benchmarks.generator import generate
from minutebook import cli as cli_room
from minutebook import outputs, publication
from minutebook.annotations import render_github, render_sarif
from minutebook.cli import cli
from minutebook.commands import building, shared
from minutebook.diagnostics import Diagnostic, HiddenNames
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.loading import Loaded, load
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.outputs import GROUP, OutputFile, find_outputs, make_outputs
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Access, Part, Record, To, metadata, part_type, written_name
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.rendering import render_json, render_text
from minutebook.staging import build_site
from minutebook.when import When
from minutebook_search.documents import search_documents
from minutebook_search import commands as search_room
from minutebook_search import whoosh_engine
from minutebook_search.whoosh_engine import WhooshEngine, build_index
from tests import leaks
from tests.helpers import COUNCIL, REPOSITORY, lay_out, load_files, sample_files
from tests.leaks import ACCESS, WORD, HiddenSet, Marks, crossing, found_in, found_in_tree, governance, hidden_set, numbers_in, resting
from tests.test_cases import CASES, Case, case_files

AS_OF = When.parse("2022-12-31")
SETS = 12  # of 18 hidden records each
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
    (place / "mkdocs.yml").write_text(config.replace("custom_dir: build_tools", f"custom_dir: {theme}"), encoding="utf-8")


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
    """The files of more than two hundred public records, of two councils."""
    return {**sample_files(), **dict(generate(200, 7)), **SETTINGS}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, caches: Path, public_files: dict[str, str]) -> House:
    """With hidden records, built by `minutebook build`, and asked once."""
    marks = Marks()
    sets = tuple(hidden_set(number, marks) for number in range(SETS))
    files = {**public_files, **{path: text for one in sets for path, text in one.files.items()}}
    place = tmp_path_factory.mktemp("house")
    lay_out_house(place, {**files, **crossing(sets[1]), **governance(sets[1], marks)})
    with listening() as heard, contextlib.chdir(place):
        results = [CliRunner().invoke(cli, arguments) for arguments in (["build"], ["search", "board"])]
        assert [result.exit_code for result in results] == [0, 0], results[0].output
        loaded = load(Path("kb"))
    said = "\n".join([*(result.output for result in results), *heard])
    return House(place, marks, sets, loaded, publish(loaded.kb), said)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, caches: Path, public_files: dict[str, str]) -> House:
    """The same without the hidden records, and without what refers to them."""
    place = tmp_path_factory.mktemp("bare")
    lay_out_house(place, {**public_files, **crossing(None), **governance(None)})
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
    assert public > 200
    assert {(record.folder, record.access.value) for record in hidden} >= {(f, a) for f in BY_FOLDER for a in ACCESS}
    assert len(house.marks.planted) > 9_000


def test_every_mark_was_planted(house: House) -> None:
    files = (path for path in (house.place / "kb").rglob("*.md"))
    texts = "\n".join(chain.from_iterable((path.as_posix(), path.read_text(encoding="utf-8")) for path in files))
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
    workplace = house.place / ".minutebook"  # the site itself, the staging tree, the index for the command line
    assert workplace in house.site.parents
    assert (workplace / "staging/ambledown/projects/sample/index.md").is_file()
    assert any((workplace / "search").iterdir())
    looked_through = 0
    for folder in (workplace, caches):
        found, files, size = found_in_tree(folder)
        looked_through += size
        assert files
        assert {path: bad for path, marks in found.items() if (bad := leaked(house.marks, marks))} == {}
    assert looked_through > 5_000_000


def test_no_date_and_no_amount_of_a_hidden_record_is_on_the_site(house: House) -> None:
    written = [p for p in house.site.rglob("*") if p.suffix in (".html", ".xml", ".json", ".txt", ".csv", ".atom", ".ics", ".svg")]
    assert len(written) > 250
    found = {path.name: numbers for path in written if (numbers := numbers_in(path.read_text(encoding="utf-8")))}
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
    assert names <= set(find_outputs()), "an output is declared that is not installed: `make test` installs it"
    assert leaked_by_outputs(house.marks, house.published) == {}


def test_no_mark_is_in_an_index_of_what_is_published(house: House) -> None:
    files = build_index(search_documents(house.published))
    assert {name: bad for name, data in files.items() if (bad := leaked(house.marks, found_in(name, data)))} == {}


# -- what removing them changes ------------------------------------------------------------------


def test_without_the_records_every_output_and_index_is_the_same_to_the_byte(tmp_path: Path, public_files: dict[str, str]) -> None:
    """Hidden records that change no answer, lie at no public meeting, and are referred to from everywhere."""
    marks = Marks()
    sets = [hidden_set(number, marks) for number in (0, 2, 4)]
    planted = {**public_files, **{path: text for one in sets for path, text in one.files.items()}, **crossing(sets[0])}
    made, documents = [], []
    for name, files in (("with", planted), ("without", {**public_files, **crossing(None)})):
        place = tmp_path / name
        place.mkdir()
        with contextlib.chdir(place):  # the path of a record is part of it
            published = publish(load_files(Path("kb"), files).kb)
        made.append({file.path: file for file in make_outputs(published, AS_OF)})
        documents.append(list(search_documents(published)))
    assert len(made[0]) > 250
    assert [path for path in made[0].keys() | made[1].keys() if made[0].get(path) != made[1].get(path)] == []
    assert documents[0] == documents[1]


def test_removing_the_records_changes_answers_that_are_withheld_counts_and_stubs_alone(house: House, bare: House) -> None:
    full, without = files_of(house.site), files_of(bare.site)
    assert full.keys() == without.keys(), "no page more, no page less"
    changed = {path for path in full if full[path] != without[path]}
    expected = {
        "index.html": "counts",
        "who-holds-what/index.html": "answers that are withheld",
        "what-changed-hands/index.html": "an authority that is not public",
        "bodies/index.html": "counts",
        "search/search_index.json": "the words of these pages",
        "ambledown/meetings/sample/index.html": "stubs",
        "ambledown/bodies/open-north/index.html": "counts; what it holds for certain",
        "ambledown/bodies/open-south/index.html": "counts; what it holds for certain",
        "ambledown/transfers/2018-by-private-leave/index.html": "an authority that is not public",
        "ambledown/transfers/2018-08-watched/index.html": "a watcher that is not public",
        **{f"ambledown/projects/{project}/index.html": "answers that are withheld" for project in WITHHELD},
    }
    assert changed - expected.keys() == set()
    assert {f"ambledown/projects/{project}/index.html" for project in WITHHELD} <= changed

    known = words_of("".join(data.decode("utf-8", "replace") for path, data in without.items() if path.endswith((".html", ".json"))))
    stubs = words_of(" ".join(house.marks.known_by_law))
    new = {path: words_of(full[path].decode()) - known - stubs for path in changed}
    assert {path: words for path, words in new.items() if words - ALLOWED_WORDS} == {}


# What a page may say besides, with hidden records, and says nowhere without.
ALLOWED_WORDS = frozenset({"withheld", "because", "private", "exempt", "confidential", "taken", "affairs", "hidden"})


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words_of(text: str) -> set[str]:
    """The words of a page, its markup included."""
    return set(re.findall(r"[a-z]{3,}\w*", text.lower()))


# -- questions -----------------------------------------------------------------------------------

# What is asked elsewhere, or would write, wait or ask back.
NOT_ASKED = {"build": "built in `house`", "serve": "waits; builds as the plugin does", "new": "writes", "review": "asks back", "import": "writes"}


@pytest.fixture
def loaded_once(house: House, bare: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let questions be answered from what was loaded already: the same bytes each time, and there are thousands."""
    houses = {house.place: house, bare.place: bare}
    monkeypatch.setattr(shared, "load", lambda *_: houses[Path.cwd()].loaded)
    monkeypatch.setattr(shared, "publish", lambda kb: next(one.published for one in houses.values() if one.loaded.kb is kb))
    documents = cache(lambda published: tuple(search_documents(published)))
    engines: dict[Path, WhooshEngine] = {}
    real = whoosh_engine.open_engine
    monkeypatch.setattr(search_room, "search_documents", documents)
    monkeypatch.setattr(whoosh_engine, "open_engine", lambda *asked: engines[Path.cwd()] if Path.cwd() in engines else engines.setdefault(Path.cwd(), real(*asked)))


def questions() -> dict[str, click.Command]:
    """Every command that reads a knowledge base, those of later packages too."""
    context = click.Context(cli)
    commands = {name: command for name in cli.list_commands(context) if (command := cli.get_command(context, name))}
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
    """Public records by id, title and alias: all of Ambledown, some of Marrowmere."""
    for number, record in enumerate(house.published.kb.records.values()):
        if record.council == COUNCIL or number % 12 == 0:
            yield (record.id, record.title, *record.aliases)[number % (2 + bool(record.aliases))]


def test_no_answer_has_a_mark_and_all_but_those_withheld_are_the_same_without_the_records(
    house: House, bare: House, loaded_once: None
) -> None:
    # Whose answers the hidden records change: the projects, and the bodies that held them.
    changed = {f"{COUNCIL}/projects/{one}" for one in WITHHELD} | {f"{COUNCIL}/bodies/open-north", f"{COUNCIL}/bodies/open-south"}
    answered: defaultdict[str, int] = defaultdict(int)
    for name in names_asked_for(house):
        [record] = house.published.kb.find(name)[:1]
        for command_name, command in questions().items():
            for arguments in ways_to_ask(command, name, house.place):
                if command_name == "check":
                    continue
                with_them = ask(house, command_name, *arguments)
                assert leaked(house.marks, found_in("", "".join(with_them[1:]).encode())) == {}, (command_name, arguments)
                assert numbers_in("".join(with_them[1:])) == set(), (command_name, arguments)
                answered[command_name] += with_them[0] == 0
                if record.id not in changed:
                    assert with_them == ask(bare, command_name, *arguments), (command_name, arguments)
    assert {name: number for name, number in answered.items() if number < 4} == {}, "teach this test how to ask it"


def test_a_hidden_name_is_as_unknown_as_a_name_that_nobody_has(house: House, bare: House, loaded_once: None) -> None:
    asked = 0
    hidden = [record for record in house.loaded.kb.records.values() if record.access is not Access.PUBLIC]
    commands = {name: command for name, command in questions().items() if name != "check"}
    for number, record in enumerate(hidden[::2]):
        names = (record.id, record.id.slug, record.title, *record.aliases, f"{record.folder}/{record.id.slug}")
        name = names[number % len(names)]
        command_name, command = list(commands.items())[number % len(commands)]
        for arguments in ways_to_ask(command, name, house.place):
            answer = ask(house, command_name, *arguments)
            assert answer == ask(bare, command_name, *arguments), (command_name, arguments)
            # It may say again what it was asked, and nothing more.
            said = "".join(answer[1:]).replace(name, "").replace(json.dumps(name, ensure_ascii=False)[1:-1], "")
            assert leaked(house.marks, found_in("", said.encode()) - found_in("", name.encode())) == {}
            asked += 1
    assert asked > 100


@pytest.mark.parametrize("query", [f"{WORD}*", WORD, f'"{WORD}00007"', f"title OR {WORD}00007", f"council:hidden-{WORD}00000", "3019", "date:3000..3100", "body:hidden*", "-the"])
def test_a_search_for_a_mark_finds_what_it_would_find_without_the_records(house: House, bare: House, loaded_once: None, query: str) -> None:
    for arguments in (["--", query], ["--json", "--", query]):
        assert ask(house, "search", *arguments) == ask(bare, "search", *arguments)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_no_mark_is_in_what_check_prints(house: House, loaded_once: None, form: str) -> None:
    code, out, err = ask(house, "check", "--format", form)
    assert code == 0
    assert "MB523" in out, "there are warnings about hidden records"
    assert leaked(house.marks, found_in("", f"{out}{err}".encode()), in_messages=True) == {}
    assert leaked(house.marks, found_in("", ask(house, "check", "--format", form, "--show-restricted")[1].encode())) != {}


@pytest.mark.parametrize(("project", "on"), WITHHELD.items())
def test_an_answer_that_a_hidden_record_changes_is_withheld(house: House, loaded_once: None, project: str, on: str) -> None:
    answer = json.loads(ask(house, "owner", project, "--on", on, "--json")[1])
    assert (answer["status"], answer["holders"], answer["citations"]) == ("withheld", [], [])
    assert [one["transfer"] for one in answer["possible"]] == [None]
    told = "".join(ask(house, "owner", project, "--on", on, "--restricted")[1:])
    assert "withheld" not in told, "and the editor is told"

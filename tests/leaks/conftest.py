"""The houses, each built once for all tests of this folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import generate
from minutebook.cli import cli
from minutebook.commands import shared
from minutebook.loading import Loaded, load
from minutebook.publication import publish
from minutebook.staging import build_site
from minutebook_search import commands as search_room
from minutebook_search import whoosh_engine
from minutebook_search.documents import search_documents
from minutebook_search.whoosh_engine import WhooshEngine
from tests.helpers import COUNCIL, sample_files
from tests.leaks.hidden import hidden_set
from tests.leaks.houses import AS_OF, SETS, SETTINGS, House, Ruin, lay_out_house, listening
from tests.leaks.marks import Marks
from tests.leaks.mistakes import AT, IN_OWN_WORDS, MISTAKES, PLACES, M, write
from tests.leaks.referring import crossing, governance, resting


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder of caches, which these tests share."""
    return tmp_path_factory.mktemp("caches")


@contextlib.contextmanager
def environment(caches: Path) -> Iterator[pytest.MonkeyPatch]:
    """The environment of these tests, for as long as one of them, or the making of a house, lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(caches))
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        yield patch


@pytest.fixture(autouse=True)
def own_environment(caches: Path) -> Iterator[None]:
    """Let no test of this folder see the caches of whoever runs it."""
    with environment(caches):
        yield


@pytest.fixture(scope="session")
def public_files() -> dict[str, str]:
    """The files of the samples and of a second council of two hundred public records."""
    return {**sample_files(), **dict(generate(200, 7)), **SETTINGS}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, caches: Path) -> House:
    """With hidden records, built by `minutebook build`, and asked once."""
    marks = Marks()
    sets = tuple(hidden_set(number, marks) for number in range(SETS))
    files = {**sample_files(), **SETTINGS, **{path: text for one in sets for path, text in one.files.items()}}
    place = tmp_path_factory.mktemp("house")
    lay_out_house(place, {**files, **crossing(sets[1]), **governance(sets[1], marks)})
    with environment(caches), listening() as heard, contextlib.chdir(place):
        results = [CliRunner().invoke(cli, arguments) for arguments in (["build"], ["search", "board"])]
        assert [result.exit_code for result in results] == [0, 0], results[0].output
        loaded = load(Path("kb"))
    said = "\n".join([*(result.output for result in results), *heard])
    return House(place, marks, sets, loaded, publish(loaded.kb), said)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, caches: Path) -> House:
    """The same without the hidden records, and without what refers to them."""
    place = tmp_path_factory.mktemp("bare")
    lay_out_house(place, {**sample_files(), **SETTINGS, **crossing(None), **governance(None)})
    with environment(caches), contextlib.chdir(place):
        # What public records alone say of ownership has mistakes: the gate is asked, not the checks.
        loaded = Loaded(load(Path("kb")).kb, ())
        public = publish(loaded.kb)
        build_site(public, AS_OF, config_file=Path("mkdocs.yml"), site=Path("site"))
    return House(place, Marks(), (), loaded, public, "")


@pytest.fixture(scope="session")
def ruin(tmp_path_factory: pytest.TempPathFactory) -> Ruin:
    """Hidden records that break rules, public ones that rest on them, and an overlay of the same."""
    marks = Marks()
    sets = [hidden_set(number, marks, sound=False) for number in range(6)]
    place = tmp_path_factory.mktemp("ruin")
    files = {**sample_files(), **{path: text for one in sets for path, text in one.files.items()}}
    files |= {**crossing(sets[1], sound=False), **governance(sets[1], marks), **resting(sets[1])}
    lay_out_house(place, {**files, **SETTINGS})
    for number, text in enumerate(MISTAKES.values()):
        write(
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

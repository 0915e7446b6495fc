"""Two houses, one with hidden records and one without; what is said while they are built; and what of the marks leaked."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from minutebook.annotations import render_github, render_sarif
from minutebook.cli import cli
from minutebook.diagnostics import Diagnostic
from minutebook.loading import Loaded
from minutebook.outputs import find_outputs
from minutebook.publication import PublishedKnowledgeBase
from minutebook.rendering import render_json, render_text
from minutebook.when import When
from tests.helpers import REPOSITORY, lay_out
from tests.leaks.eye import found_in
from tests.leaks.hidden import HiddenSet
from tests.leaks.index_eye import starts_of
from tests.leaks.marks import Marks

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


@dataclass(frozen=True)
class Ruin:
    """A knowledge base in which nothing is in order: every mistake at once, and records that have everything."""

    place: Path
    marks: Marks
    loaded: Loaded


def files_under(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


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
        files = list(output(published, AS_OF))
        starts = starts_of(file.data for file in files)
        for file in files:
            found = found_in(file.path, file.data, starts) | found_in(
                "", f"{file.title} {file.kind}".encode()
            )
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

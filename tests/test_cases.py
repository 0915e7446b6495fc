"""Cases: a tiny knowledge base in one text file, with what its author would see when it is checked.

A file `tests/cases/MB301_unknown_body.txt` begins with a sentence that says what the author did,
then directives, then the files, each under a line `-- path --`, and last what is printed under
`-- expected --`. A name that begins `MB301_quiet` is the nearest record that is in order. The files
lie on top of those of `base.txt`; `--update-cases` writes what is expected anew, and the difference
is the review.

Directives, one a line: `base: none`; `without: path` takes a file of the base away; `bom: path`,
`latin-1: path` and `utf-16: path` save a file in that way; `symlink: path -> target`,
`hard link: path -> target` and `pipe: path` make what is no regular file; `unreadable: path` is
what the system will not open; `overlay: folder` lays a second folder of records over `kb/`;
`shown: restricted` shows what is not public; `also: MB304, why` is a second finding that one mistake
cannot help giving. Files under `sources/` are the texts of sources, as given by `--sources`. In a file `{{3000 x [}}` stands for 3,000
brackets and `{{U+200B}}` for a character that nobody can see.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from minutebook.loading import load
from minutebook.rendering import render_text
from minutebook.rules import RULES
from tests.helpers import REPOSITORY, codes

CASES = REPOSITORY / "tests" / "cases"
WITH_CASES = "12345678"  # families of rules; add a digit when the cases of a family are written
EXPECTED = "-- expected --\n"
_DIRECTIVES = (
    "base", "without", "bom", "latin-1", "utf-16", "symlink", "hard link", "pipe", "unreadable", "overlay", "shown", "also",
)  # fmt: skip
_SECTION = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_DIRECTIVE = re.compile(rf"({'|'.join(_DIRECTIVES)}): (.+)")
_REPEAT = re.compile(r"\{\{(\d+) x (.+?)\}\}", re.DOTALL)
_CHARACTER = re.compile(r"\{\{U\+([0-9A-F]{4,6})\}\}")


@dataclass
class Case:
    """A case as its file has it."""

    comment: str
    directives: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Case:
        """Read the file of a case, all but what it expects."""
        header, *sections = _SECTION.split(path.read_text(encoding="utf-8"))
        lines = header.strip().splitlines()
        found = [(match[1], match[2]) for line in lines if (match := _DIRECTIVE.fullmatch(line))]
        comment = " ".join(line for line in lines if not _DIRECTIVE.fullmatch(line))
        files = dict(zip(map(_expanded, sections[::2]), map(_expanded, sections[1::2]), strict=True))
        files.pop("expected", None)
        return cls(comment, found, files)

    def all(self, name: str) -> list[str]:
        """The values of the directives of one name."""
        return [value for key, value in self.directives if key == name]

    def lay_out(self, folder: Path) -> None:
        """Write the files into `folder`, as the directives say."""
        files = dict(self.files)
        if not self.all("base"):
            files = {**Case.read(CASES / "base.txt").files, **files}
        for path in self.all("without"):
            del files[path]
        encodings = {path: name for name, path in self.directives if name in ("latin-1", "utf-16")}
        encodings |= dict.fromkeys(self.all("bom"), "utf-8-sig")
        assert encodings.keys() <= files.keys(), "a directive names a file that is not there"
        (folder / "kb").mkdir()
        for name, text in files.items():
            _made(folder / name).write_bytes(text.encode(encodings.get(name, "utf-8")))
        for link in self.all("symlink"):
            name, target = link.split(" -> ")
            _made(folder / name).symlink_to(target)
        for link in self.all("hard link"):
            name, target = link.split(" -> ")
            _made(folder / name).hardlink_to(folder / target)
        for name in self.all("pipe"):
            os.mkfifo(_made(folder / name))


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _expanded(text: str) -> str:
    text = _REPEAT.sub(lambda match: match[2] * int(match[1]), text)
    return _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)


def _refuse(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to open these paths, as it refuses everybody but root."""

    def refusing(name: str) -> None:
        real = getattr(os, name)

        def opened(path: Any, *rest: Any, **named: Any) -> Any:
            if Path(os.fspath(path)).as_posix() in paths:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return real(path, *rest, **named)

        monkeypatch.setattr(os, name, opened)

    if paths:
        refusing("open")
        refusing("scandir")


def case_files() -> list[Path]:
    """The files of all cases, by name."""
    return sorted(CASES.glob("MB*.txt"))


def expected_of(path: Path) -> str:
    """What the file of a case expects to be printed."""
    return path.read_text(encoding="utf-8").partition(EXPECTED)[2]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in case_files()])
def test_the_author_sees_what_the_case_expects(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_cases: bool
) -> None:
    case = Case.read(path)
    case.lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    _refuse(case.all("unreadable"), monkeypatch)
    overlay = next(map(Path, case.all("overlay")), None)
    sources = Path("sources") if Path("sources").is_dir() else None
    findings = load(Path("kb"), overlay, sources).findings
    printed = render_text(findings, show_restricted=bool(case.all("shown")))
    if update_cases:
        before, _, _ = path.read_text(encoding="utf-8").partition(EXPECTED)
        path.write_text(before + EXPECTED + printed, encoding="utf-8", newline="")
    assert printed == expected_of(path)

    code, _, rest = path.stem.partition("_")
    if rest.startswith("quiet"):
        assert code not in codes(findings), f"{code} must keep quiet here"
    else:
        others = [also.partition(",")[0] for also in case.all("also")]
        assert sorted(codes(findings)) == sorted([code, *others]), "one mistake, one finding"


def _names(quiet: bool) -> Iterator[str]:
    for path in case_files():
        code, _, rest = path.stem.partition("_")
        if rest.startswith("quiet") is quiet:
            yield code


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.family in WITH_CASES])
def test_every_rule_has_a_case_that_fires_and_one_that_keeps_quiet(code: str) -> None:
    assert code in _names(quiet=False), f"write tests/cases/{code}_….txt: a mistake that gives {code}"
    assert code in _names(quiet=True), (
        f"write tests/cases/{code}_quiet.txt: the nearest record that is in order"
    )


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in case_files()])
def test_a_case_says_what_the_author_did_and_is_well_formed(path: Path) -> None:
    case = Case.read(path)
    assert path.stem.partition("_")[0] in RULES, "a case is named for a rule that there is"
    assert re.fullmatch(r"[A-Z].*[.?]", case.comment), "a case begins with a sentence"
    assert path.read_text(encoding="utf-8").count(EXPECTED) == 1, "a case ends with what is expected"
    assert case.files or case.directives, "a case without files shows nothing"
    for also in case.all("also"):
        assert re.fullmatch(r"MB\d{3}, .+", also), "`also` names a code and says why"


def test_the_base_of_the_cases_is_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Case("The base alone.").lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert render_text(load(Path("kb")).findings) == "no findings\n"

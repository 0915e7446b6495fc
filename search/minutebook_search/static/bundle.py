"""The browser's modules as two scripts: a short one that a page begins with, and the one that it opens; and their style.

`make js-bundle` shortens the scripts with terser and keeps them beside the modules, under a digest of
what they were made from. A build takes the short ones where they are up to date, and the joined ones
where not: a site is never built from older scripts than its modules.

The modules keep to a few rules, so that joining them needs no tool and no parser: an import stands at
the beginning of a line and names what it takes, an export stands before a declaration, and no two
modules declare a name alike at their top. Where one does not, joining fails.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "browser"
_IMPORT = re.compile(r"^import (?:\{[^}]*\} from )?\"\./([a-z]+\.js)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DOCUMENTATION = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
# Without quotation marks in it, or it may be the end of a string.
_COMMENT = re.compile(r"(?:^[ \t]*// .*|[ \t]+// [^\"'`\n]*)$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")

ENTRIES = ("loader.js", "page.js")
SHORT = tuple(FOLDER / f"{name}.min.js" for name in ("loader", "search"))
# Names within a script may be shortened; those of properties may not. `ecma` is the oldest that can
# open the index (DecompressionStream came in 2020 and later).
_TERSER = ("--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The script that a page begins with, and the one that it opens."""

    loader: str
    search: str


def scripts() -> Scripts:
    """Return the scripts of the search page: the short ones where they were made from the modules as they are."""
    joined = _joined()
    short = [_short(path, joined) for path in SHORT]
    return joined if None in short else Scripts(*filter(None, short))


def style() -> str:
    """Return the style of the search page without what only people read."""
    written = _STYLE_COMMENT.sub("", (FOLDER / "search.css").read_text(encoding="utf-8"))
    return _AROUND_SIGNS.sub(lambda found: found[1] or "", written).replace(";}", "}").strip() + "\n"


def _joined() -> Scripts:
    return Scripts(*map(bundle, ENTRIES))


def _short(path: Path, joined: Scripts) -> str | None:
    if not path.is_file():
        return None
    head, _, short = path.read_text(encoding="utf-8").partition("\n")
    return short if head == _head(joined) else None


def shorten(terser: Path) -> None:
    """Make the short scripts anew with terser, a tool of node; raises CalledProcessError where that fails."""
    joined = _joined()
    for path, written in zip(SHORT, (joined.loader, joined.search), strict=True):
        with tempfile.TemporaryDirectory() as folder:
            whole, short = Path(folder, "joined.js"), Path(folder, "short.js")
            whole.write_text(written, encoding="utf-8")
            command = [str(terser), str(whole), *_TERSER, "--output", str(short)]
            subprocess.run(command, check=True)
            path.write_text(
                f"{_head(joined)}\n{short.read_text(encoding='utf-8').strip()}\n", encoding="utf-8"
            )


def _head(joined: Scripts) -> str:
    digest = hashlib.sha256((joined.loader + joined.search).encode("utf-8")).hexdigest()
    return f"/* Made by `make js-bundle` from {digest} */"


def bundle(entry: str, folder: Path = FOLDER) -> str:
    """Return a module with all that it imports before it, as one script.

    Raises ValueError where two modules declare one name, or import each other.
    """
    modules = _Modules(folder)
    names = modules.needed_by(entry)
    modules.check_names()
    parts = "\n".join(modules.code(name) for name in names)
    return f'"use strict";(() => {{\n{parts}\n}})();\n'


class _Modules:
    """The modules of a folder, read as they are needed, each once and in an order in which none waits for another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sources: dict[str, str] = {}

    def needed_by(self, entry: str) -> list[str]:
        """Return a module behind those that it imports; none that was returned before."""
        found: list[str] = []
        self._add(entry, found, [])
        return found

    def _add(self, name: str, found: list[str], above: list[str]) -> None:
        if name in above:
            raise ValueError(f"{' -> '.join([*above, name])}: modules import each other")
        if name in self.sources:
            return
        source = _DOCUMENTATION.sub("", (self._folder / name).read_text(encoding="utf-8"))
        for imported in _IMPORT.findall(source):
            self._add(imported, found, [*above, name])
        self.sources[name] = source
        found.append(name)

    def check_names(self) -> None:
        """Raise ValueError where two modules declare one name: joined, they would share it."""
        declared: dict[str, str] = {}
        for name, source in self.sources.items():
            for word in _DECLARED.findall(source):
                if word in declared:
                    raise ValueError(
                        f"{name} and {declared[word]} both declare `{word}` at their top: rename one"
                    )
                declared[word] = name

    def code(self, name: str) -> str:
        """Return a module without what only people read."""
        code = _EXPORT.sub("", _IMPORT.sub("", self.sources[name]))
        if re.search(r"^(?:import|export)\b", code, re.MULTILINE):
            raise ValueError(f"{name} imports or exports in a way that cannot be joined")
        return _BLANK.sub("\n", _COMMENT.sub("", code)).strip()


if __name__ == "__main__":
    shorten(Path(sys.argv[1]))

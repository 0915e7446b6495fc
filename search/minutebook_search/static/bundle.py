"""The browser's modules as two scripts: one to begin with, one for what is wanted later; nothing that only people read.

`make js-bundle` shortens the scripts with terser and keeps them beside the modules, under a digest of
what they were made from. A build takes the short ones where they are up to date, and the joined ones
where not: a site is never built from older scripts than its modules.

The modules keep to a few rules, so that joining them needs no tool and no parser: an import stands at
the beginning of a line and names what it takes, an export stands before a declaration, and no two
modules declare a name alike at their top. Where one does not, joining fails. What a module asks for by
`import("./other.js")` is wanted later, with all that it needs beyond the first script.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "browser"
_IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?\"\./([a-z]+\.js)\";\n", re.MULTILINE)
_LATER = re.compile(r"\bimport\(\"\./([a-z]+\.js)\"\)")
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DOCUMENTATION = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
# Without quotation marks in it, or it may be the end of a string.
_COMMENT = re.compile(r"(?:^[ \t]*// .*|[ \t]+// [^\"'`\n]*)$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*")

ENTRY = "page.js"
SHORT = FOLDER / "search.min.js"
SHORT_LATER = FOLDER / "later.min.js"
# Names within the script may be shortened; those of properties may not. `ecma` is the oldest that can
# open the index (DecompressionStream came in 2020 and later).
_TERSER = ("--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020")

# The first script hands over what the second needs of it. Browsers keep in mind that an address
# failed: another attempt asks under another one. Its name is the page's to say.
_LOADER = """
let laterAttempts = 0;
let laterPart = null;
function later() {
laterPart ??= import(`./${document.getElementById("mb-search-form").dataset.later}${laterAttempts > 0 ? `?${laterAttempts}` : ""}`).then((part) => part.default({ SHARED }), () => {
laterPart = null;
laterAttempts++;
throw new IndexTrouble(navigator.onLine ? "missing" : "unreachable", "later.js");
});
return laterPart;
}
"""


@dataclass(frozen=True, slots=True)
class Scripts:
    """A script, and a module that it loads when it needs more; empty where it never does."""

    first: str
    later: str


def scripts() -> Scripts:
    """Return the scripts of the search page: the short ones where they were made from the modules as they are."""
    joined = bundle(ENTRY)
    short = [_short(path, joined) for path in (SHORT, SHORT_LATER)]
    return joined if None in short else Scripts(*filter(None, short))


def _short(path: Path, joined: Scripts) -> str | None:
    if not path.is_file():
        return None
    head, _, short = path.read_text(encoding="utf-8").partition("\n")
    return short if head == _head(joined) else None


def shorten(terser: Path) -> None:
    """Make the short scripts anew with terser, a tool of node; raises CalledProcessError where that fails."""
    joined = bundle(ENTRY)
    for path, written, options in ((SHORT, joined.first, ()), (SHORT_LATER, joined.later, ("--module",))):
        with tempfile.TemporaryDirectory() as folder:
            whole, short = Path(folder, "joined.js"), Path(folder, "short.js")
            whole.write_text(written, encoding="utf-8")
            command = [str(terser), str(whole), *_TERSER, *options, "--output", str(short)]
            subprocess.run(command, check=True)
            path.write_text(
                f"{_head(joined)}\n{short.read_text(encoding='utf-8').strip()}\n", encoding="utf-8"
            )


def _head(joined: Scripts) -> str:
    digest = hashlib.sha256((joined.first + joined.later).encode("utf-8")).hexdigest()
    return f"/* Made by `make js-bundle` from {digest} */"


def bundle(entry: str, folder: Path = FOLDER) -> Scripts:
    """Return the script that begins with a module, with all that it imports before it, and what it wants later.

    Raises ValueError where two modules declare one name, or import each other.
    """
    modules = _Modules(folder)
    first = modules.needed_by(entry)
    wanted = sorted({one for name in first for one in _LATER.findall(modules.sources[name])} - set(first))
    later = [one for name in wanted for one in modules.needed_by(name)]
    modules.check_names()
    # What the second script has of the first, and the first of the second.
    shared = sorted({one for name in later for one in modules.names_from(name, first)})
    offered = sorted({one for name in wanted for one in _EXPORTED.findall(modules.sources[name])})
    loader = _LOADER.replace("SHARED", ", ".join(shared)).strip() if wanted else ""
    parts = "\n".join(
        filter(None, [*(modules.code(name) for name in first[:-1]), loader, modules.code(first[-1])])
    )
    if not wanted:
        return Scripts(f'"use strict";(() => {{\n{parts}\n}})();\n', "")
    rest = "\n".join(modules.code(name) for name in later)
    return Scripts(
        f'"use strict";(() => {{\n{parts}\n}})();\n',
        f"export default ({{ {', '.join(shared)} }}) => {{\n{rest}\nreturn {{ {', '.join(offered)} }};\n}};\n",
    )


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
        for _, imported in _IMPORT.findall(source):
            self._add(imported, found, [*above, name])
        self.sources[name] = source
        found.append(name)

    def check_names(self) -> None:
        """Raise ValueError where two modules declare one name: joined, they would share it."""
        declared = dict.fromkeys(("later", "laterPart", "laterAttempts"), "the loader")
        for name, source in self.sources.items():
            for word in _DECLARED.findall(source):
                if word in declared:
                    raise ValueError(
                        f"{name} and {declared[word]} both declare `{word}` at their top: rename one"
                    )
                declared[word] = name

    def names_from(self, name: str, others: Iterable[str]) -> list[str]:
        """Return what a module imports from some others."""
        return [
            word.strip()
            for words, imported in _IMPORT.findall(self.sources[name])
            if imported in others
            for word in words.split(",")
            if word.strip()
        ]

    def code(self, name: str) -> str:
        """Return a module without what only people read."""
        code = _LATER.sub("later()", _EXPORT.sub("", _IMPORT.sub("", self.sources[name])))
        if re.search(r"^(?:import|export)\b", code, re.MULTILINE):
            raise ValueError(f"{name} imports or exports in a way that cannot be joined")
        return _BLANK.sub("\n", _COMMENT.sub("", code)).strip()


if __name__ == "__main__":
    shorten(Path(sys.argv[1]))

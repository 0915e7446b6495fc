"""The browser's modules as one script: one request in place of twenty, and nothing that only people read.

`make js-bundle` shortens the script with terser and keeps it beside the modules, under a digest of
what it was made from. A build takes the short one where it is up to date, and the joined one where not:
a site is never built from an older script than its modules.

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
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "browser"
_IMPORT = re.compile(r"^import (?:\{[^}]*\} from )?\"\./([a-z]+\.js)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DOCUMENTATION = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
# Without quotation marks in it, or it may be the end of a string.
_COMMENT = re.compile(r"(?:^[ \t]*// .*|[ \t]+// [^\"'`\n]*)$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*")

ENTRY = "page.js"
SHORT = FOLDER / "search.min.js"
# Names within the script may be shortened; those of properties may not. `ecma` is the oldest that can
# open the index (DecompressionStream came in 2020 and later).
_TERSER = ("--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020")


def script() -> str:
    """Return the script of the search page: the short one where it was made from the modules as they are."""
    joined = bundle(ENTRY)
    if SHORT.is_file():
        head, _, short = SHORT.read_text(encoding="utf-8").partition("\n")
        if head == _head(joined):
            return short
    return joined


def shorten(terser: Path) -> None:
    """Make the short script anew with terser, a tool of node; raises CalledProcessError where that fails."""
    joined = bundle(ENTRY)
    with tempfile.TemporaryDirectory() as folder:
        whole, short = Path(folder, "joined.js"), Path(folder, "short.js")
        whole.write_text(joined, encoding="utf-8")
        subprocess.run([str(terser), str(whole), *_TERSER, "--output", str(short)], check=True)
        SHORT.write_text(f"{_head(joined)}\n{short.read_text(encoding='utf-8').strip()}\n", encoding="utf-8")


def _head(joined: str) -> str:
    return f"/* Made by `make js-bundle` from {hashlib.sha256(joined.encode('utf-8')).hexdigest()} */"


def bundle(entry: str, folder: Path = FOLDER) -> str:
    """Return the script that begins with a module, with all that it imports before it.

    Raises ValueError where two modules declare one name, or import each other.
    """
    parts: list[str] = []
    declared: dict[str, str] = {}
    _add(entry, folder, parts, declared, [])
    return '"use strict";(() => {\n' + "\n".join(parts) + "\n})();\n"


def _add(name: str, folder: Path, parts: list[str], declared: dict[str, str], above: list[str]) -> None:
    if name in above:
        raise ValueError(f"{' -> '.join([*above, name])}: modules import each other")
    if f"{name}!" in declared:
        return
    written = (folder / name).read_text(encoding="utf-8")
    source = _DOCUMENTATION.sub("", written)
    for imported in _IMPORT.findall(source):
        _add(imported, folder, parts, declared, [*above, name])
    for word in _DECLARED.findall(source):
        if word in declared:
            raise ValueError(f"{name} and {declared[word]} both declare `{word}` at their top: rename one")
        declared[word] = name
    declared[f"{name}!"] = name
    code = _EXPORT.sub("", _IMPORT.sub("", source))
    if re.search(r"^(?:import|export)\b", code, re.MULTILINE):
        raise ValueError(f"{name} imports or exports in a way that cannot be joined")
    parts.append(_BLANK.sub("\n", _COMMENT.sub("", code)).strip())


if __name__ == "__main__":
    shorten(Path(sys.argv[1]))

"""The browser's modules as one script: one request in place of twenty, and nothing that only people read.

The modules keep to a few rules, so that joining them needs no tool and no parser: an import stands at
the beginning of a line and names what it takes, an export stands before a declaration, and no two
modules declare a name alike at their top. Where one does not, joining fails.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "browser"
_IMPORT = re.compile(r"^import (?:\{[^}]*\} from )?\"\./([a-z]+\.js)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_DOCUMENTATION = re.compile(r"/\*\*.*?\*/ ?", re.DOTALL)
# Without quotation marks in it, or it may be the end of a string.
_COMMENT = re.compile(r"(?:^[ \t]*// .*|[ \t]+// [^\"'`\n]*)$", re.MULTILINE)
_BLANK = re.compile(r"\n\s*")


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

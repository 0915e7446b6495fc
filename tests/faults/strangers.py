"""Hostile names, links, pipes and places, and a workshop that watches what is opened while they are met.

Run as a program: `python -m tests.faults.strangers FOLDER` meets every stranger, each in a process of
its own with an ear on Python's audit events, and prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import sysconfig
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from tests.faults.real_house import write_house
from tests.helpers import tree

SECRET = "CANARY-7731"
RECORD = f"---\ntitle: {SECRET}\nkind: project\nparent: projects/warm-homes\n---\n{SECRET}\n"

# What Python reads of a system on its own account.
USUAL = ("/usr/", "/etc/mime", "/etc/apache2", "/etc/httpd", "/etc/local", "/etc/terminfo", "/proc/self", "/dev/null", "/dev/urandom")  # fmt: skip
LOOKS = ("open", "os.listdir", "os.scandir")
# These change the folder that a name stands in; which of their arguments are names.
CHANGES = {
    "os.mkdir": slice(1), "os.remove": slice(1), "os.rmdir": slice(1), "os.rename": slice(2), "os.symlink": slice(1, 2),
}  # fmt: skip

Plant = Callable[[Path, Path], list[str] | None]  # (the house, outside it) -> further arguments of `build`


def _named(folder: str, name: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        try:
            (place / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (place / folder / name).write_text(
                "# A page\n" if folder == "docs" else "---\ntitle: x\n---\n", encoding="utf-8"
            )
        except OSError:
            pass  # no such name on this file system: nobody can bring it

    return plant


def _link(where: str, to: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        (place / where).parent.mkdir(parents=True, exist_ok=True)
        (place / where).symlink_to(to.replace("OUTSIDE", str(outside)))

    return plant


def _hard(where: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        (place / where).parent.mkdir(parents=True, exist_ok=True)
        os.link(outside / "secret.md", place / where)

    return plant


def _pipe(where: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        (place / where).parent.mkdir(parents=True, exist_ok=True)
        (place / where).unlink(missing_ok=True)
        os.mkfifo(place / where)

    return plant


def _folder(where: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        (place / where).mkdir(parents=True)

    return plant


def _site(site: str) -> Plant:
    def plant(place: Path, outside: Path) -> list[str]:
        return ["--site", site.replace("OUTSIDE", str(outside))]

    return plant


def _field(text: str) -> Plant:
    def plant(place: Path, outside: Path) -> None:
        path = place / "kb/thornby/projects/stranger.md"
        path.write_text(
            f"---\ntitle: x\nkind: project\n{text.replace('OUTSIDE', str(outside))}\n---\nx\n",
            encoding="utf-8",
        )

    return plant


def _overlay(inner: Plant) -> Plant:
    def plant(place: Path, outside: Path) -> list[str]:
        (place / "private/thornby/projects").mkdir(parents=True)
        inner(place, outside)
        return ["--overlay", "private"]

    return plant


NAMES = [
    "...md", "..%2f..%2fetc.md", "\\..\\..\\x.md", "-rf.md", "a b.md", "a\nb.md", "a\tb.md", "\x1b[31m.md", "ａ.md", "a\u202egpj.md",
    "e\u0301.md", "\u00e9.md", "ſ.md", "İ.md", "x" * 200 + ".md", "con.md", "aux.MD", "~root.md", "$(id).md", "`id`.md", "{{config}}.md",
    "<script>.md", "'\".md", "a;b&c|d.md", "https:x.md", "\udcff.md", "\u2028.md", ".hidden.md", "a..b.md", "%00.md", "index.md", "a\u200bb.md",
]  # fmt: skip
_KB, _DOCS = "kb/thornby/projects", "docs"

STRANGERS: dict[str, Plant] = {
    **{f"{_KB} name {name[:20]!a}": _named(_KB, name) for name in NAMES},
    # A third of them, since most of these are sound pages and are built.
    **{f"{_DOCS} name {name[:20]!a}": _named(_DOCS, name) for name in NAMES[::3]},
    **{
        f"link {where} to {to}": _link(where, to)
        for where, to in [
            (f"{_KB}/x.md", "OUTSIDE/secret.md"), (f"{_KB}/x.md", "../../../../outside/secret.md"), (f"{_KB}/x.md", "nowhere"),
            (f"{_KB}/x.md", "x.md"), (f"{_KB}/x.md", "/dev/zero"), (f"{_KB}/x.md", "/dev/stdin"), ("kb/leafham", "OUTSIDE/council"),
            ("kb/thornby/plans", "OUTSIDE/council/projects"), ("kb/synonyms.yml", "OUTSIDE/settings.yml"), ("kb/minutebook.yml", "OUTSIDE/settings.yml"),
            ("docs/x.md", "OUTSIDE/secret.md"), ("docs/x.md", "../../outside/secret.md"), ("docs/x", "OUTSIDE"), ("docs/x.css", "/dev/zero"),
            ("docs/x.md", "nowhere"), ("docs/x", "."), (".minutebook", "OUTSIDE"), (".minutebook/staging", "OUTSIDE"), (".minutebook/lock", "OUTSIDE/secret.md"),
            (".minutebook/sites", "OUTSIDE"), (".minutebook/sites/site", "OUTSIDE"), (".minutebook/sites/site/1", "OUTSIDE"),
            (".site.next", "OUTSIDE"), (".minutebook/staging/index.md", "OUTSIDE/secret.md"), ("site", "OUTSIDE"), ("site", ".minutebook/sites/site/../../../../outside"),
        ]
    },
    **{f"hard link {where}": _hard(where) for where in (f"{_KB}/x.md", "kb/synonyms.yml", "docs/x.md", "docs/deep/x.png", "kb/x.md")},
    **{f"pipe {where}": _pipe(where) for where in (f"{_KB}/x.md", "kb/minutebook.yml", "kb/x", "docs/x.md", "docs/x.css", ".minutebook/lock", "site")},
    **{f"folder {where}": _folder(where) for where in (f"{_KB}/x.md", "kb/minutebook.yml", "docs/x.md", ".minutebook/lock", ".site.next", "site")},
    **{
        f"site {site[:30]!a}": _site(site)
        for site in ("..", ".", "a/..", "../outside", "OUTSIDE", "OUTSIDE/secret.md", "kb/site", "docs", ".minutebook", "a\nb", "\x1b[2J", "x" * 300, "kb/../kb/thornby/s", "")
    },
    **{
        f"field {text[:40]!a}": _field(text)
        for text in ("parent: ../../../outside/secret", "parent: /etc/passwd", "parent: projects/../../x", 'parent: "projects/a\\0b"', "topics: [../../x]",
                     "parent: thornby/projects/warm-homes/../x", "topics: [!include OUTSIDE/secret.md]", "summary: '--8<-- \"OUTSIDE/secret.md\"'", "summary: '{% include \"OUTSIDE/secret.md\" %}'")
    },
    "overlay link": _overlay(_link("private/thornby/projects/x.md", "OUTSIDE/secret.md")),
    "overlay hard link": _overlay(_hard("private/thornby/projects/x.md")),
    "overlay pipe": _overlay(_pipe("private/thornby/projects/x.md")),
    "overlay council": _overlay(_link("private/leafham", "OUTSIDE/council")),
}  # fmt: skip


def _meet(plant: Plant, folder: Path) -> dict[str, Any]:
    """Check and build in a fork; what was opened outside, what was said, what lies in the site."""
    place, outside = folder / "house", folder / "outside"
    write_house(place)
    (place / "mkdocs.yml").write_text("site_name: x\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [minutebook]\nsite_dir: .minutebook/mkdocs-site\n", encoding="utf-8")  # fmt: skip
    (outside / "council/projects").mkdir(parents=True)
    (outside / "secret.md").write_text(RECORD, encoding="utf-8")
    (outside / "settings.yml").write_text(f"title: {SECRET}\n", encoding="utf-8")
    (outside / "council/projects/x.md").write_text(RECORD, encoding="utf-8")
    further = plant(place, outside) or []
    before = _listing(outside)
    report = folder / "report.json"
    child = os.fork()
    if child == 0:
        signal.alarm(120)  # what takes longer hangs, however busy the machine
        try:
            report.write_text(json.dumps(_run(place, folder, further)), encoding="utf-8")
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    found: dict[str, Any] = (
        json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {"died": status}
    )
    found["changed outside"] = before != _listing(outside)
    found["published"] = any(
        SECRET.encode() in data
        for site in (place / ".minutebook/sites", place / ".minutebook/staging")
        if site.is_dir() and not site.is_symlink() and not any(p.is_symlink() for p in site.rglob("*"))
        for data in tree(site).values()
    )
    return found


def _listing(folder: Path) -> list[tuple[str, int, bytes]]:
    """Every name in a folder, with what is in it and when it was changed."""
    return [
        (
            path.relative_to(folder).as_posix(),
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    ]


def _run(place: Path, folder: Path, further: list[str]) -> dict[str, Any]:
    from contextlib import redirect_stderr, redirect_stdout

    from minutebook.cli import main as minutebook

    os.chdir(place)
    os.environ["XDG_CACHE_HOME"] = str(place / ".caches")  # where the user's key lies is no stranger's
    touched: set[str] = set()
    paths = sysconfig.get_paths()
    own = [str(place), str(REPOSITORY), sys.prefix, sys.base_prefix, paths["stdlib"], paths["purelib"]]
    usual = (*(os.path.realpath(folder) for folder in own), *USUAL)
    listening = True

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal listening
        if not listening or event not in (*LOOKS, *CHANGES):
            return
        listening = False  # what is asked here is not to be heard
        for path in args[CHANGES.get(event, slice(1))]:
            if isinstance(path, str | bytes | os.PathLike):
                named = Path(os.fsdecode(path))
                refused = event == "open" and bool((args[2] or 0) & os.O_NOFOLLOW) and named.is_symlink()
                real = os.path.realpath(named if event in LOOKS else named.parent)
                if not refused and not real.startswith(usual):
                    touched.add(f"{event} {real}")
        listening = True

    sys.addaudithook(hook)
    said, codes = StringIO(), []
    for arguments in (["check", *(further if "--overlay" in further else [])], ["build", *further]):
        sys.argv = ["minutebook", *arguments]
        try:
            with redirect_stdout(said), redirect_stderr(said):
                minutebook()
            codes.append(0)
        except SystemExit as stopped:
            codes.append(stopped.code if isinstance(stopped.code, int) else 1)
    listening = False
    text = said.getvalue()
    return {
        "codes": codes,
        "touched": sorted(touched),
        "said": text.encode("utf-8", "replace").decode(),
        "told": SECRET in text,
    }


REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> None:
    """Meet them all."""
    import mkdocs.commands.build  # noqa: F401 - as the next line

    import minutebook.cli  # noqa: F401 - loaded once, before the first fork

    base = Path(os.path.realpath(sys.argv[1]))
    os.sync = lambda: None
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    found = {name: _meet(plant, base / f"n{n}") for n, (name, plant) in enumerate(STRANGERS.items())}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

"""A site of ten small pages, published by the real staging and swap, with a copying renderer in MkDocs' place.

Every file carries the number of its build from the first byte to the last, so that a mixture shows.
Run as a program it is a workshop: imported once, it forks a process for each fault, since one fault
in a fresh interpreter would cost half a second.
"""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from minutebook import safe_files, staging, staging_tree
from minutebook.outputs import OutputFile, Piece
from minutebook.outputs.finished import as_markdown
from minutebook.publication import PublishedKnowledgeBase
from minutebook.safe_files import CannotBuild
from minutebook.when import When
from tests.helpers import tree

PAGES = ["index.html", *(f"council/projects/p{number:02}/index.html" for number in range(9))]
FILES = ["data/all.csv", "assets/a.css", "search/start.bin"]
AS_OF = When.parse("2021-05-20")
# What changes the disk, or reads it: after each of these a crash is tried.
EVENTS = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.chmod", "os.link", "os.truncate",
    "os.scandir", "os.listdir", "shutil.rmtree", "fcntl.flock", "tiny.half",
}  # fmt: skip
_MAKING = {"os.mkdir", "os.symlink", "os.link", "tiny.half"}
GRACE = 0.3  # seconds for which the site of before stands here: there are many builds
MOST = 2_000  # points of one build that are tried at most


def content(path: str, number: int) -> str:
    """What a file of a build holds: some kilobytes between two marks."""
    return f"<p>build {number} of {path}</p>" + f"<p>{number}</p>" * 400 + f"<p>end {number}</p>"


def expected(number: int) -> dict[str, bytes]:
    """The whole site of a build."""
    pages = {path: _body(as_markdown(_page(path, number))) for path in PAGES}
    return {
        path: text.encode()
        for path, text in {**pages, **{path: content(path, number) for path in FILES}}.items()
    }


def _page(path: str, number: int) -> OutputFile:
    return OutputFile(path, content(path, number), title="A page", kind="record")


def _body(text: str) -> str:
    """What stands after the front matter of a staged page."""
    return text.rpartition("---\n\n")[2].strip()


def build_number(place: Path, number: int, jobs: int = 1) -> None:
    """Publish a build at `place`/site, through the real staging, verifying and swapping, in so many processes."""

    def pieces(*_: object) -> Iterator[tuple[str, Piece]]:
        for path in PAGES:
            yield "pages", Piece(path, lambda _, path=path: [_page(path, number)])  # type: ignore[misc]
        files = [OutputFile(path, content(path, number)) for path in FILES]
        yield "files", Piece("", lambda _: files)

    def render(
        published: PublishedKnowledgeBase,
        as_of: When,
        config_file: Path,
        staging_dir: Path,
        built: Path,
        *_: object,
    ) -> tuple[staging.Staged, list[str]]:
        staged = staging_tree.stage(published, as_of, config_file.parent / "docs", staging_dir, jobs)
        for path in staged.pages + staged.files:
            source = staging_dir / (path.removesuffix(".html") + ".md" if path in staged.pages else path)
            text = _body(source.read_text(encoding="utf-8"))
            target = built / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8") as file:
                file.write(text[: len(text) // 2])
                file.flush()
                sys.audit("tiny.half")
                file.write(text[len(text) // 2 :])
        return staged, []

    vars(staging_tree).update(find_pieces=pieces)
    vars(staging).update(_run_mkdocs=render)
    vars(safe_files).update(GRACE=GRACE)
    settings = SimpleNamespace(kb=SimpleNamespace(records={}))
    staging.build_site(
        cast(PublishedKnowledgeBase, settings), AS_OF, config_file=place / "mkdocs.yml", site=place / "site",
        choices=staging.Choices(jobs=jobs),
    )  # fmt: skip


# -- faults ----------------------------------------------------------------------------------------


def kill_at(point: int) -> None:
    """End this process, without a farewell, just before its n-th touch of the disk."""
    seen = 0

    def hook(event: str, _: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in EVENTS:
            seen += 1
            if seen == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def fill_disk_at(point: int) -> None:
    """From the n-th touch of the disk on there is no room for anything new."""
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in EVENTS:
            seen += 1
            writes = event in _MAKING or (
                event == "open" and bool(int(args[2] or 0) & (os.O_WRONLY | os.O_RDWR))
            )
            if seen >= point and writes:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(hook)


def become_nobody() -> None:
    """Be somebody who may read here and nothing else; where this is root it takes another user."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def in_a_fork(act: Callable[[], None]) -> str:
    """Do something in a process of its own: `done`, `killed`, or the sentence that it was refused with."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        said = "done"
        signal.alarm(120)  # what takes longer hangs, however busy the machine
        try:
            act()
        except CannotBuild as error:
            said = f"refused: {error}"
        except BaseException as error:
            said = f"broke: {type(error).__name__}: {error}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return (
        "killed" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else said or str(status)
    )


def stands(place: Path) -> int | None:
    """The number of the build that stands whole at `place`/site; None where none does, -1 for a mixture."""
    site = place / "site"
    if not site.is_symlink():
        return None
    found = tree(site)
    first = re.search(rb"build (\d+) of", found.get("index.html", b""))
    number = int(first[1]) if first else -1
    return number if found == expected(number) else -1


def try_every_point(
    place: Path, fault: Callable[[int], None], *, fresh: bool, step: int, jobs: int = 1
) -> list[dict[str, Any]]:
    """Break a build off at every point, look, and build again; what was found at each point."""
    vars(safe_files)["time"] = SimpleNamespace(
        sleep=lambda _: None, monotonic=time.monotonic
    )  # nobody reads here
    os.sync = lambda: None  # a killed process loses nothing that the system holds; a sync takes long
    found = []
    number = 1
    in_a_fork(lambda: build_number(place, number))
    # The first thirty all: there the workplace is made, and each step of that is a state of its own.
    for point in [*range(1, 31), *range(31, MOST, step)]:
        here = place / f"fresh{point}" if fresh else place
        here.mkdir(exist_ok=True)
        old = None if fresh else number

        def broken(here: Path = here, point: int = point, number: int = number) -> None:
            fault(point)
            build_number(here, number + 1, jobs)

        def again(here: Path = here, number: int = number) -> None:
            while True:
                try:
                    return build_number(here, number + 2, jobs)
                except CannotBuild as error:
                    # A worker that has lost its parent ends, and lets go of the lock, a moment later.
                    if jobs == 1 or "another build is at work" not in str(error):
                        raise

        said = in_a_fork(broken)
        after = stands(here)
        then = in_a_fork(again)
        number += 2
        found.append({"point": point, "said": said, "old": old, "after": after, "then": then, "next": stands(here), "number": number})  # fmt: skip
        if said == "done":
            break
    return found


def main() -> None:
    """`python -m tests.faults.tiny_house kill|kill-fresh|kill-workers|full|read-only PLACE` or `publish PLACE TIMES`."""
    what, place = sys.argv[1], Path(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if what == "publish":
        for number in range(2, 2 + int(sys.argv[3])):
            build_number(place, number)
            time.sleep(0.02)
        return
    if what == "read-only":
        in_a_fork(lambda: build_number(place, 1))
        place.chmod(0o555)
        for folder in (
            place / ".minutebook",
            place / ".minutebook/staging",
            place / ".minutebook/sites/site",
        ):
            folder.chmod(0o555)

        def refused() -> None:
            become_nobody()
            build_number(place, 2)

        sys.stdout.write(json.dumps([in_a_fork(refused), stands(place)]))
        return
    fault = fill_disk_at if what == "full" else kill_at
    step = {"kill": 1, "kill-fresh": 7, "kill-workers": 7, "full": 3}[what]
    jobs = 2 if what == "kill-workers" else 1
    found = try_every_point(place, fault, fresh=what == "kill-fresh", step=step, jobs=jobs)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

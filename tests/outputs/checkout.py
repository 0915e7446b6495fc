"""What the tests of a build need: a checkout of Thornby, and the builds that are run in it."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from tests.helpers import run, tree
from tests.outputs.house import dead_links
from tests.small_council import write_record

CONFIG = """
site_name: Set by the records
theme: {name: mkdocs, highlightjs: false}
plugins: [minutebook]
site_dir: %s
validation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}
"""


def build(*arguments: str | Path) -> Result:
    """`minutebook build`, which makes everything even where nothing has changed: what is made is what is tested."""
    return run("build", "--afresh", *arguments)


def mkdocs_build(place: Path) -> None:
    """`mkdocs build`, of our plugin alone."""
    config = load_config(str(place / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build_with_mkdocs(config)


def break_a_record(place: Path) -> None:
    """Write a project under a programme that there is not."""
    fields = "title: Boilers\nkind: project\nparent: projects/wram-homes"
    write_record(place / "kb/thornby/projects/boilers.md", fields)


def dead_links_in(site: Path) -> list[str]:
    """Every address in the pages of a built site that leads nowhere; the page of what is not found has its own test."""
    files = tree(site)
    pages = {
        path: data.decode() for path, data in files.items() if path.endswith(".html") and path != "404.html"
    }
    assert pages, "a site without pages has no dead link"
    return dead_links(pages, set(files))

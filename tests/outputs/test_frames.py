"""Pages that skip MkDocs: the same bytes as with it, whatever the theme; and their warnings and errors are heard."""

from __future__ import annotations

import json
import logging
import os
import signal
import zlib
from pathlib import Path

import pytest

from minutebook import safe_files
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.outputs.finished import Finished
from minutebook.theme_frames import FinishedFile, Framer
from tests.helpers import REPOSITORY, tree
from tests.outputs.checkout import build
from tests.small_council import write_council, write_record

OWN_THEME = REPOSITORY / "build_tools/minutebook/outputs/theme"
THEMES = {
    "our own": f"{{name: material, font: false, custom_dir: {OWN_THEME.as_posix()}}}",
    "Material": "{name: material, font: false, features: [navigation.path]}",
    "MkDocs": "{name: mkdocs, highlightjs: false}",
}
CONFIG = """
site_name: Set by the records
theme: %s
plugins: [minutebook]
site_dir: .minutebook/mkdocs-site
nav: [{Home: index.md}, {Bodies: bodies/index.md}, {Words: glossary.md}]
markdown_extensions: [tables, "minutebook.outputs.finished:FinishedPages"]
validation: {nav: {omitted_files: ignore}, links: {anchors: warn, unrecognized_links: ignore}}
"""
CITED = "citations: [{source: sources/2021-05-report, at: page 1, quote: projects will be split}]"
PAGE = "thornby/projects/insulation/index.html"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of Thornby with titles that templates treat in their own ways; the working folder is there."""
    kb = write_council(tmp_path)
    for slug, title in (
        ("odd", "R&D: \"A\" & 'B' <plan> é"), ("tag", "<b>Bold</b>"), ("amp", "&amp; &lt;i&gt;"), ("long", "x " * 90),
    ):  # fmt: skip
        text = f"title: {json.dumps(title)}\nkind: other\non: 2020-05\n{CITED}"
        write_record(kb / f"thornby/events/{slug}.md", text)
    (tmp_path / "docs").mkdir()
    text = "# Words\n\n[here](../thornby/events/odd/index.md#links)\n"
    (tmp_path / "docs" / "glossary.md").write_text(text.replace("../", ""), encoding="utf-8")
    _configure(tmp_path, "our own")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setattr(safe_files, "GRACE", 0.01)
    return tmp_path


def _configure(place: Path, theme: str, more: str = "") -> None:
    (place / "mkdocs.yml").write_text(CONFIG % THEMES[theme] + more, encoding="utf-8")


def _by_mkdocs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MinutebookPlugin, "_others_hear_of_pages", lambda *_: True)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("more", ["", "site_url: https://decisions.example.gov.uk/thornby/\n"])
def test_framed_pages_are_to_the_byte_what_mkdocs_would_have_made(
    place: Path, monkeypatch: pytest.MonkeyPatch, theme: str, more: str
) -> None:
    _configure(place, theme, more)
    framed: list[str] = []
    around = Framer.page

    def count(framer: Framer, path: str, finished: Finished) -> str:
        if framer._frames.get(path.rpartition("/")[0].rpartition("/")[0] + "/") is not None:
            framed.append(path)
        return around(framer, path, finished)

    monkeypatch.setattr(Framer, "page", count)
    result = build("--site", "fast", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert len(framed) > 8
    assert build("--site", "two", "--jobs", "2").exit_code == 0
    _by_mkdocs(monkeypatch)
    assert build("--site", "stock").exit_code == 0

    stock = tree(place / "stock")
    assert tree(place / "fast") == stock
    assert tree(place / "two") == stock
    assert len(stock) > 40


def test_a_theme_that_does_more_with_a_title_is_rendered_in_full(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = place / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        "<title>{{ page.title | truncate(9) }} {{ page.title | length }}</title>{{ page.content }}{{ page.url }}",
        encoding="utf-8",
    )
    (place / "mkdocs.yml").write_text(CONFIG % "{name: null, custom_dir: theme}", encoding="utf-8")
    assert build("--site", "fast").exit_code == 0
    _by_mkdocs(monkeypatch)
    assert build("--site", "stock").exit_code == 0
    assert tree(place / "fast") == tree(place / "stock")


def test_a_plugin_that_hears_of_pages_hears_of_every_page(place: Path) -> None:
    (place / "hook.py").write_text(
        "def on_post_page(output, page, config): return output + '<!-- seen -->'", encoding="utf-8"
    )
    _configure(place, "our own", "hooks: [hook.py]\n")
    assert build().exit_code == 0
    pages = [path for path in tree(place / "site") if path.startswith("thornby/")]
    assert len(pages) > 20
    assert all((place / "site" / path).read_text(encoding="utf-8").endswith("<!-- seen -->") for path in pages if path.endswith(".html"))  # fmt: skip


@pytest.mark.parametrize("stock", [False, True])
def test_a_link_to_a_place_that_a_record_page_lacks_is_warned_of(
    place: Path, monkeypatch: pytest.MonkeyPatch, stock: bool
) -> None:
    text = "# Words\n\n[a](thornby/events/odd/index.md#nowhere) [b](thornby/projects/gone/index.md)\n"
    (place / "docs/glossary.md").write_text(text, encoding="utf-8")
    if stock:
        _by_mkdocs(monkeypatch)
    result = build("--strict")
    assert result.exit_code == 1
    assert "does not contain an anchor '#nowhere'" in result.output
    assert "gone/index.md" in result.output


def test_an_address_in_the_site_is_that_of_its_page(place: Path) -> None:
    from mkdocs.config import load_config

    config = load_config(str(place / "mkdocs.yml"))
    file = FinishedFile("thornby/projects/index/index.html", config)
    assert (file.src_uri, file.url) == ("thornby/projects/index/index.md", "thornby/projects/index/")
    assert not file.is_documentation_page()


# -- workers ---------------------------------------------------------------------------------------


def test_what_a_worker_warns_of_reaches_strict(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, write = os.getpid(), Framer.write

    def warn(framer: Framer, path: str, before: Path | None) -> None:
        if path == PAGE and os.getpid() != parent:
            logging.getLogger("mkdocs.theme").warning("an odd page: %s", path)
        write(framer, path, before)

    monkeypatch.setattr(Framer, "write", warn)
    result = build("--jobs", "2")
    assert result.exit_code == 0
    assert result.output.count(f"warning: an odd page: {PAGE}") == 1
    result = build("--jobs", "2", "--strict")
    assert result.exit_code == 1
    assert f"an odd page: {PAGE}" in result.output


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("full", "cannot build here: no space left on device at `somewhere`; the old site is as it was"),
        ("killed", "a process of the build was ended from outside"),
    ],
)
def test_a_worker_that_fails_leaves_the_old_site_and_is_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch, what: str, said: str
) -> None:
    assert build().exit_code == 0
    before = tree(place / "site")
    parent = os.getpid()

    def fail(_: Framer, path: str, before: Path | None) -> None:
        assert os.getpid() != parent
        if what == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(Framer, "write", fail)
    result = build("--jobs", "2")
    assert result.exit_code == 2
    assert said in result.output
    assert tree(place / "site") == before
    assert [path.name for path in (place / ".minutebook/sites/site").iterdir()] == ["1"]


# -- pages that did not change ---------------------------------------------------------------------


def test_a_page_that_did_not_change_is_linked_and_one_that_did_is_another_file(place: Path) -> None:
    assert build().exit_code == 0
    advice = "thornby/projects/advice/index.html"
    inodes = {path: (place / "site" / path).stat().st_ino for path in (PAGE, advice)}
    write_record(
        place / "kb/thornby/projects/advice.md",
        f"title: Advice on the line\nkind: project\nparent: projects/warm-homes\n{CITED}",
    )
    assert build().exit_code == 0
    assert (place / "site" / PAGE).stat().st_ino == inodes[PAGE]
    assert (place / "site" / PAGE).stat().st_nlink == 1, "the folder of before is gone"
    assert "Advice on the line" in (place / "site" / advice).read_text(encoding="utf-8")


def test_what_somebody_changed_in_the_site_of_before_is_not_carried_on(place: Path) -> None:
    assert build().exit_code == 0
    whole = tree(place / "site")
    page = place / "site" / PAGE
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Insulation", "Unsolation"), encoding="utf-8")  # the same length
    other = place / "site" / "thornby/projects/advice/index.html"
    other.unlink()
    other.symlink_to("/etc/passwd")
    assert build().exit_code == 0
    assert tree(place / "site") == whole


# -- site map and compressed copies ----------------------------------------------------------------


def test_the_site_map_has_every_page_and_the_dates_of_the_papers_alone(place: Path) -> None:
    text = f"title: Cited\nkind: other\non: 2020-05\n{CITED}"
    write_record(place / "kb/thornby/events/cited.md", text)
    result = build("--site-url", "https://decisions.example.gov.uk/a")
    assert result.exit_code == 0, result.output
    site = place / "site"
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    pages = [path for path in tree(site) if path.endswith("index.html")]
    for path in pages:
        assert f"<loc>https://decisions.example.gov.uk/a/{path.removesuffix('index.html')}</loc>" in listed
    assert listed.count("<loc>") == len(pages)
    cited = "<loc>https://decisions.example.gov.uk/a/thornby/events/cited/</loc><lastmod>2021-05-20</lastmod>"
    assert cited in listed
    assert "decision-history/</loc></url>" in listed, "no date is made up"
    assert 'rel="canonical" href="https://decisions.example.gov.uk/a/thornby/events/cited/"' in (
        site / "thornby/events/cited/index.html"
    ).read_text(encoding="utf-8")


def test_without_an_address_there_is_no_site_map(place: Path) -> None:
    assert build().exit_code == 0
    assert not (place / "site/sitemap.xml").exists()


def test_compressed_copies_unpack_to_the_files_beside_them(place: Path) -> None:
    assert build("--site", "plain").exit_code == 0
    assert build("--site", "one", "--compress").exit_code == 0
    assert build("--site", "two", "--compress", "--jobs", "1").exit_code == 0
    plain, one = tree(place / "plain"), tree(place / "one")
    copies = {path for path in one if path.endswith(".gz")}
    assert {f"{PAGE}.gz", "assets/minutebook.css.gz"} <= copies
    for path in copies:
        assert zlib.decompress(one[path], wbits=31) == one[path.removesuffix(".gz")]
        assert len(one[path]) < len(one[path.removesuffix(".gz")])
    assert {path: data for path, data in one.items() if path not in copies} == plain
    assert tree(place / "two") == one

"""The whole house: built with MkDocs, looked at, and swapped in; the old site stays where anything goes wrong."""

from __future__ import annotations

import gzip
import html
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from minutebook import safe_files, staging
from minutebook.cli import cli
from minutebook.mkdocs_plugin import MinutebookPlugin
from minutebook.picture_sizes import size_of
from minutebook.staging import MARK
from tests.helpers import REPOSITORY
from tests.outputs.house import Reading, dead_links
from tests.small_council import write_council, write_record

CONFIG = """
site_name: Set by the records
theme: {name: mkdocs, highlightjs: false}
plugins: [minutebook]
site_dir: %s
validation: {nav: {omitted_files: ignore}, links: {unrecognized_links: ignore}}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of Thornby: kb/, docs/, mkdocs.yml; the working folder is there."""
    write_council(tmp_path)
    (tmp_path / "kb" / "minutebook.yml").write_text("title: Thornby & Co <Minutes>\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG % ".minutebook/mkdocs-site", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setattr(safe_files, "GRACE", 0.01)  # nobody reads here
    return tmp_path


def build(*arguments: str | Path) -> Result:
    """`minutebook build`, as a user would run it."""
    return CliRunner().invoke(cli, ["build", *map(str, arguments)])


def _leads_to(place: Path) -> str:
    """Which build the link of the site leads to."""
    return (place / "site").readlink().as_posix()


def _numbers_in(sites: Path) -> list[str]:
    return sorted(folder.name for folder in sites.iterdir())


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


# -- what a build leaves -------------------------------------------------------------------------


def test_a_build_says_what_it_built_where_it_is_and_how_to_look_at_it(place: Path) -> None:
    result = build()
    assert result.exit_code == 0, result.output
    assert "Built site/ from 15 public records, as at 20 May 2021." in result.output
    assert "minutebook serve" in result.output
    assert "python3 -m http.server --bind 127.0.0.1 --directory site 8000" in result.output
    assert (place / "site" / "thornby/projects/insulation/index.html").is_file()
    assert (place / "site" / "glossary/index.html").is_file()
    assert "Thornby &amp; Co &lt;Minutes&gt;" in (place / "site/glossary/index.html").read_text(
        encoding="utf-8"
    )


def test_the_site_is_a_link_that_is_replaced_and_the_one_before_is_gone(place: Path) -> None:
    sites = []
    for _ in range(3):
        assert build().exit_code == 0
        sites.append(_leads_to(place))
    assert sites == [f".minutebook/sites/site/{number}" for number in (1, 2, 3)]
    assert sorted(path.name for path in (place / ".minutebook/sites/site").iterdir()) == ["3"]


def test_when_a_build_is_done_no_byte_of_a_record_hidden_since_is_left(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in what was live before, nor in what `mkdocs build` wrote, the staging tree or the index."""
    secret = "the crimson ledger"
    hidden = place / "kb/thornby/events/2021-05-secret.md"
    fields = f"title: {secret.title()}\nkind: review\non: 2021-05-01\nabout: [projects/insulation]\n"
    fields += "citations: [{source: sources/2021-05-report, quote: set up on 4 March 2019}]\n"

    def holds_it() -> list[str]:
        tree = _tree(place / ".minutebook")
        return sorted({path.split("/")[0] for path, data in tree.items() if b"rimson" in data.lower()})

    hidden.parent.mkdir(exist_ok=True)
    hidden.write_text(f"---\n{fields}---\n\nAbout {secret}.\n", encoding="utf-8")
    assert build().exit_code == 0
    _mkdocs_build(place)
    assert {"mkdocs-site", "sites", "staging"} <= set(holds_it()), "while it is public it is there"

    seen_meanwhile = []
    sites = place / ".minutebook/sites/site"
    pause = SimpleNamespace(sleep=lambda _: seen_meanwhile.append(_numbers_in(sites)))
    monkeypatch.setattr(safe_files, "time", pause)
    hidden.write_text(f"---\n{fields}access: draft\n---\n\nAbout {secret}.\n", encoding="utf-8")
    result = build()

    assert result.exit_code == 0, result.output
    assert holds_it() == []
    assert seen_meanwhile == [["1", "2"]], "who was reading comes to an end first"


def test_who_stops_a_build_while_it_waits_for_readers_stops_no_clearing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    assert build().exit_code == 0
    monkeypatch.setattr(safe_files, "time", SimpleNamespace(sleep=stopped))
    assert build().exit_code != 0

    assert _leads_to(place) == ".minutebook/sites/site/2"
    assert _numbers_in(place / ".minutebook/sites/site") == ["2"]


def test_two_builds_of_the_same_records_give_the_same_bytes(place: Path) -> None:
    assert build("--site", "a/site").exit_code == 0
    assert build("--site", "b/site").exit_code == 0
    one, other = _tree(place / "a/site"), _tree(place / "b/site")
    assert one == other
    assert len(one) > 30
    assert not any(
        str(place).encode() in (gzip.decompress(data) if path.endswith(".gz") else data)
        for path, data in one.items()
    )


def test_the_date_is_that_of_the_records_unless_another_is_given(place: Path) -> None:
    assert build("--as-of", "2020-01-01").exit_code == 0
    page = (place / "site/thornby/projects/insulation/index.html").read_text(encoding="utf-8")
    assert 'On <time datetime="2020-01-01">1\xa0January\xa02020</time>: held by' in page


def test_sites_of_other_names_are_left_alone(place: Path) -> None:
    for name in ("one", "two", "one", "one"):
        assert build("--site", name).exit_code == 0
    assert (place / "one/index.html").is_file()
    assert (place / "two/index.html").is_file()


def test_no_link_of_the_built_site_is_dead(place: Path) -> None:
    (place / "docs" / "about").mkdir()
    (place / "docs" / "about" / "how-it-works.md").write_text("# How it works\n", encoding="utf-8")
    assert build().exit_code == 0
    files = _tree(place / "site")
    pages = {
        path: data.decode() for path, data in files.items() if path.endswith(".html") and path != "404.html"
    }
    assert dead_links(pages, set(files)) == []


# -- what a build refuses ------------------------------------------------------------------------


def test_an_error_in_the_records_is_printed_and_the_old_site_stays(place: Path) -> None:
    assert build().exit_code == 0
    before = (_leads_to(place), _tree(place / "site"))
    write_record(
        place / "kb/thornby/projects/boilers.md", "title: Boilers\nkind: project\nparent: projects/wram-homes"
    )
    result = build()
    assert result.exit_code == 1
    assert "kb/thornby/projects/boilers.md:4:9: error[MB301]" in result.output
    assert "did you mean" in result.output
    assert (_leads_to(place), _tree(place / "site")) == before


@pytest.mark.parametrize("what", ["folder", "file", "link"])
def test_what_we_did_not_make_is_never_replaced(place: Path, what: str) -> None:
    site = place / "site"
    (place / "theirs").mkdir()
    (place / "theirs" / "thesis.txt").write_text("years of work", encoding="utf-8")
    if what == "folder":
        site.mkdir()
    elif what == "file":
        site.touch()
    else:
        site.symlink_to("theirs")
    result = build()
    assert result.exit_code == 2
    assert f"`site` is a {what} that minutebook did not make" in result.output
    assert (place / "theirs" / "thesis.txt").is_file()
    assert not (place / ".minutebook/sites").exists()


@pytest.mark.parametrize(
    "lost", ["index.html", "thornby/projects/advice/index.html", "assets/minutebook.css"]
)
def test_a_site_that_lacks_a_page_is_not_put_in_place(
    place: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    assert build().exit_code == 0
    verify = staging._verify

    def lose(staged: staging.Staged, staging_dir: Path, built: Path, jobs: int) -> None:
        (built / lost).write_text("", encoding="utf-8")
        verify(staged, staging_dir, built, jobs)

    monkeypatch.setattr(staging, "_verify", lose)
    result = build()
    assert result.exit_code == 2
    assert f"`{lost}` on the way; the old site is as it was" in result.output
    assert _leads_to(place) == ".minutebook/sites/site/1"
    assert [path.name for path in (place / ".minutebook/sites/site").iterdir()] == ["1"]


def test_a_broken_configuration_is_a_sentence(place: Path) -> None:
    (place / "mkdocs.yml").write_text("site_name: x\nplugins: [nonesuch]\n", encoding="utf-8")
    result = build()
    assert result.exit_code == 2
    assert "`mkdocs.yml` cannot be used" in result.output
    assert "nonesuch" in result.output


def test_strict_takes_warnings_of_the_site_for_errors(place: Path) -> None:
    (place / "docs" / "glossary.md").write_text("# Glossary\n\n[gone](gone.md)\n", encoding="utf-8")
    result = build()
    assert result.exit_code == 0
    assert "warning: Doc file 'glossary.md' contains a link 'gone.md'" in result.output
    result = build("--strict")
    assert result.exit_code == 1
    assert "gone.md" in result.output
    assert _leads_to(place) == ".minutebook/sites/site/1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kb", "nowhere"], "no folder `nowhere` with records in it"),
        (["--as-of", "yesterday"], "expected"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_two(place: Path, arguments: list[str], message: str) -> None:
    result = build(*arguments)
    assert result.exit_code == 2
    assert message in result.output.replace("cannot read", "expected")


def test_a_folder_without_a_configuration_is_wrong_use(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "empty").mkdir()
    monkeypatch.chdir(place / "empty")
    result = build("--kb", place / "kb")
    assert result.exit_code == 2
    assert "no mkdocs.yml here" in result.output


# -- MkDocs on its own ---------------------------------------------------------------------------


def _mkdocs_build(place: Path) -> None:
    from mkdocs.commands.build import build as build_with_mkdocs

    config = load_config(str(place / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    build_with_mkdocs(config)


def test_mkdocs_alone_sees_the_staging_tree_and_nothing_else(place: Path) -> None:
    _mkdocs_build(place)
    built = place / ".minutebook/mkdocs-site"
    assert (built / "thornby/projects/insulation/index.html").is_file()
    assert (place / ".minutebook/staging" / MARK).is_file()
    assert "SOURCE_DATE_EPOCH" not in os.environ
    by_mkdocs = _tree(built)
    assert build().exit_code == 0
    assert by_mkdocs == _tree(place / "site")


def test_a_build_stages_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> None:
        raise AssertionError("staged a second time")

    monkeypatch.setattr("minutebook.mkdocs_plugin.stage", again)
    assert build().exit_code == 0


def test_mkdocs_alone_never_empties_the_live_site(place: Path) -> None:
    assert build().exit_code == 0
    (place / "mkdocs.yml").write_text(CONFIG % "site", encoding="utf-8")
    before = _tree(place / "site")
    write_record(place / "kb/thornby/events/fair.md", "title: The fair\nkind: other\non: 2020-05")
    _mkdocs_build(place)
    assert _tree(place / "site") == before
    assert (place / ".minutebook/mkdocs-site/thornby/events/fair/index.html").is_file()


def test_mkdocs_alone_stops_at_an_error_with_the_findings(place: Path) -> None:
    write_record(
        place / "kb/thornby/projects/boilers.md", "title: Boilers\nkind: project\nparent: projects/wram-homes"
    )
    with pytest.raises(Abort, match=r"kb/thornby/projects/boilers\.md:4:9: error\[MB301\]"):
        _mkdocs_build(place)


def test_the_plugin_says_what_is_wrong_with_its_options(place: Path) -> None:
    for options, message in (
        ("kb: nowhere", "no folder"),
        ("as_of: some day", "`as_of` of the plugin in mkdocs.yml"),
    ):
        config = load_config(str(place / "mkdocs.yml"), plugins=[{"minutebook": dict([options.split(": ")])}])
        plugin = config.plugins["minutebook"]
        assert isinstance(plugin, MinutebookPlugin)
        with pytest.raises(PluginError, match=message):
            plugin.on_config(config)


class _Server:
    """What a live server is asked to watch."""

    def __init__(self, *watched: str) -> None:
        self.watched = set(watched)

    def watch(self, path: str) -> None:
        self.watched.add(path)

    def unwatch(self, path: str) -> None:
        self.watched.remove(path)


def _serving(place: Path) -> tuple[MinutebookPlugin, Any]:
    config = load_config(str(place / "mkdocs.yml"))
    plugin = config.plugins["minutebook"]
    assert isinstance(plugin, MinutebookPlugin)
    plugin.on_startup(command="serve", dirty=False)
    return plugin, plugin.on_config(config)


def test_a_live_server_watches_what_people_write_and_not_what_we_write(place: Path) -> None:
    plugin, config = _serving(place)
    server = _Server(config.docs_dir, "mkdocs.yml")
    plugin.on_serve(server, config=config, builder=None)  # type: ignore[arg-type]
    assert server.watched == {"mkdocs.yml", str(place / "docs"), str(place / "kb")}
    plugin.on_post_build(config=config)


def test_a_live_server_goes_on_showing_the_pages_of_before(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plugin, _ = _serving(place)
    before = _tree(place / ".minutebook/staging")
    write_record(
        place / "kb/thornby/projects/boilers.md", "title: Boilers\nkind: project\nparent: projects/wram-homes"
    )
    config = plugin.on_config(load_config(str(place / "mkdocs.yml")))
    assert config.docs_dir == str(place / ".minutebook/staging")
    assert _tree(place / ".minutebook/staging") == before
    assert "error[MB301]" in caplog.text
    plugin.on_post_build(config=config)


def test_serve_prints_the_findings_of_a_first_build_that_fails(place: Path) -> None:
    write_record(
        place / "kb/thornby/projects/boilers.md", "title: Boilers\nkind: project\nparent: projects/wram-homes"
    )
    # In a process of its own: MkDocs leaves the socket of the server to the end of it.
    command = [sys.executable, "-c", "from minutebook.cli import main; main()", "serve", "--port", "8765"]
    result = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "kb/thornby/projects/boilers.md:4:9: error[MB301]" in result.stdout
    assert "Traceback" not in result.stderr


# -- this repository -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def harrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, built with its own mkdocs.yml."""
    site = tmp_path_factory.mktemp("harrow") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        result = build("--site", site)
    assert result.exit_code == 0, result.output
    return site


def test_the_site_of_this_repository_has_no_dead_link(harrow: Path) -> None:
    files = _tree(harrow)
    pages = {
        path: data.decode() for path, data in files.items() if path.endswith(".html") and path != "404.html"
    }
    assert len(pages) > 100
    assert dead_links(pages, set(files)) == []


def test_every_page_says_in_a_sentence_of_its_own_what_it_is_about(harrow: Path) -> None:
    told: dict[str, str] = {}
    for path, data in _tree(harrow).items():
        if path.endswith("index.html"):
            [content] = re.findall(r'<meta name="description" content="([^"]*)">', data.decode())
            words = html.unescape(content)
            assert 15 < len(words) <= 165, (path, words)
            assert "<" not in content, path
            told[path] = words
    most = Counter(told.values()).most_common(1)
    assert most[0][1] < 10, most
    assert told["guides/councillor/index.html"].startswith("Start at Decisions. It lists every decision")
    assert "&quot;" not in told["reference/rules/index.html"]


def test_everything_that_a_page_or_style_sheet_names_is_there_and_nothing_else(harrow: Path) -> None:
    files = _tree(harrow)
    named = {"404.html"}
    for path, data in files.items():
        if path.endswith(".html"):
            named |= {
                urljoin(path, one.partition("#")[0].partition("?")[0])
                for one in Reading(data.decode()).addresses
            }
        elif path.endswith(".css"):
            named |= {urljoin(path, one) for one in re.findall(r'url\("?([^")#]+)', data.decode())}
    assets = {path for path in files if path.startswith("assets/")}
    assert {one for one in named if one.startswith("assets/")} == assets
    assert {"assets/minutebook.css", "assets/javascripts/minutebook.js"} <= assets


def test_pictures_in_guides_have_their_sizes_and_keep_their_words(harrow: Path) -> None:
    page = (harrow / "guides/scrutiny-chair/index.html").read_text(encoding="utf-8")
    pictures = [given for tag, given in Reading(page).elements if tag == "img"]
    assert len(pictures) == 2
    for picture in pictures:
        assert (int(picture["width"] or 0), int(picture["height"] or 0)) == size_of(
            harrow / "guides" / (picture["src"] or "").removeprefix("../")
        )
        assert len(picture["alt"] or "") > 40


@pytest.mark.parametrize("address", ["", "https://decisions.example.gov.uk/minutes/"])
def test_the_page_of_what_is_not_found_leads_on(place: Path, address: str) -> None:
    theme = REPOSITORY / "build_tools/minutebook/outputs/theme"
    (place / "mkdocs.yml").write_text(
        CONFIG.replace(
            "{name: mkdocs, highlightjs: false}", f"{{name: material, font: false, custom_dir: {theme}}}"
        )
        % "x",
        encoding="utf-8",
    )
    assert build(*(["--site-url", address] if address else [])).exit_code == 0
    ways = Reading((place / "site/404.html").read_text(encoding="utf-8")).addresses
    if address:
        assert ways == [address, address, f"{address}records/", f"{address}decision-history/"]
    else:
        # As a browser takes them from the address that was asked for.
        asked = "https://town.example/sub/thornby/projects/insulatoin/"
        assert [urljoin(asked, one) for one in ways] == [
            "https://town.example/sub/thornby/projects/", "https://town.example/sub/thornby/", "https://town.example/sub/",
        ]  # fmt: skip


def test_the_site_of_this_repository_asks_nothing_of_another_host(harrow: Path) -> None:
    for path, data in _tree(harrow).items():
        if path.endswith(".html"):
            page = data.decode()
            assert "fonts.googleapis" not in page, path
            assert 'src="http' not in page, path
            assert not any('rel="stylesheet" href="http' in line for line in page.splitlines()), path

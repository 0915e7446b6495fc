"""The whole house: built with MkDocs, looked at, and swapped in; the old site stays where anything goes wrong."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest

from minutebook import safe_files, staging
from tests.helpers import REPOSITORY, tree
from tests.outputs.checkout import CONFIG, break_a_record, build, dead_links_in, mkdocs_build
from tests.outputs.house import Reading


def _leads_to(place: Path) -> str:
    """Which build the link of the site leads to."""
    return (place / "site").readlink().as_posix()


def _numbers_in(sites: Path) -> list[str]:
    return sorted(folder.name for folder in sites.iterdir())


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
        files = tree(place / ".minutebook")
        return sorted({path.split("/")[0] for path, data in files.items() if b"rimson" in data.lower()})

    hidden.parent.mkdir(exist_ok=True)
    hidden.write_text(f"---\n{fields}---\n\nAbout {secret}.\n", encoding="utf-8")
    assert build().exit_code == 0
    mkdocs_build(place)
    assert {"mkdocs-site", "sites", "staging"} <= set(holds_it()), "while it is public it is there"

    seen_meanwhile = []
    sites = place / ".minutebook/sites/site"
    pause = SimpleNamespace(
        monotonic=time.monotonic, sleep=lambda _: seen_meanwhile.append(_numbers_in(sites))
    )
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
    one, other = tree(place / "a/site"), tree(place / "b/site")
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
    assert dead_links_in(place / "site") == []


# -- what a build refuses ------------------------------------------------------------------------


def test_an_error_in_the_records_is_printed_and_the_old_site_stays(place: Path) -> None:
    assert build().exit_code == 0
    before = (_leads_to(place), tree(place / "site"))
    break_a_record(place)
    result = build()
    assert result.exit_code == 1
    assert "kb/thornby/projects/boilers.md:4:9: error[MB301]" in result.output
    assert "did you mean" in result.output
    assert (_leads_to(place), tree(place / "site")) == before


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
        (["--as-of", "yesterday"], "Invalid value for '--as-of'"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_two(place: Path, arguments: list[str], message: str) -> None:
    result = build(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert not (place / "site").exists()


def test_a_folder_without_a_configuration_is_wrong_use(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "empty").mkdir()
    monkeypatch.chdir(place / "empty")
    result = build("--kb", place / "kb")
    assert result.exit_code == 2
    assert "no mkdocs.yml here" in result.output


def test_a_build_stages_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> None:
        raise AssertionError("staged a second time")

    monkeypatch.setattr("minutebook.mkdocs_plugin.stage", again)
    assert build().exit_code == 0


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

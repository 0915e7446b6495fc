"""A page that puts a script into itself names it by its SHA-256: its policy lets that one in, and no page's lets in more."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from minutebook.outputs import OutputFile
from minutebook.outputs.finished import as_markdown, body_of, read_finished
from tests.helpers import REPOSITORY, tree
from tests.outputs.checkout import build

THEME = REPOSITORY / "build_tools/minutebook/outputs/theme"
DIGEST = f"sha256-{b64encode(sha256(b'begin()').digest()).decode()}"
STRICT = "script-src 'self'"


def scripts_of(page: str) -> str:
    """What the policy of a page says of scripts."""
    policies: list[str] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    (policy,) = policies
    return next(one for one in policy.split("; ") if one.startswith("script-src "))


def head(meta: dict[str, object] | None, address: str = "https://thornby.example/") -> str:
    """The beginning of a page as the theme makes it, of what stands in front of the page."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(THEME), autoescape=False)
    environment.filters |= {"url": str, "script_tag": str}
    template = environment.get_template("base.html")
    page = None if meta is None else SimpleNamespace(meta=meta, content="", canonical_url=None)
    config = {
        "site_url": address,
        "dev_addr": "127.0.0.1:8000",
        "site_name": "Thornby",
        "site_description": "",
    }
    return "".join(template.blocks["site_meta"](template.new_context({"page": page, "config": config})))


def test_a_page_keeps_the_digests_of_its_scripts_when_it_is_staged() -> None:
    page = OutputFile("a/index.html", "<p>Words.</p>", title="A", kind="list", inline_scripts=(DIGEST,))
    staged = as_markdown(page).encode()
    assert read_finished(staged).inline_scripts == (DIGEST,)
    assert DIGEST.encode() not in body_of(staged)
    plain = as_markdown(OutputFile("a/index.html", "<p>Words.</p>", title="A", kind="list")).encode()
    assert read_finished(plain).inline_scripts == ()
    assert b"inline_scripts" not in plain
    assert body_of(plain) == body_of(staged)


@pytest.mark.parametrize(
    "said", ["'unsafe-inline'", "sha256-x", f"{DIGEST}; script-src *", f"{DIGEST}\n", "https://evil.example"]
)
def test_a_policy_is_widened_by_nothing_but_a_digest(said: str) -> None:
    with pytest.raises(ValueError, match="each is named by its SHA-256"):
        OutputFile("a/index.html", "", title="A", kind="list", inline_scripts=(said,))


def test_a_file_that_is_no_page_has_no_scripts() -> None:
    with pytest.raises(ValueError, match="only a page"):
        OutputFile("a/data.csv", "", inline_scripts=(DIGEST,))


def test_the_theme_lets_in_the_scripts_that_a_page_names_and_no_others() -> None:
    assert scripts_of(head({})) == scripts_of(head(None)) == STRICT
    assert scripts_of(head({"inline_scripts": [DIGEST]})) == f"{STRICT} '{DIGEST}'"
    assert scripts_of(head({"inline_scripts": ["unsafe-inline", "unsafe-eval", "*"]})) == STRICT


def test_beside_what_mkdocs_serve_needs_there_is_no_digest() -> None:
    """Beside a digest browsers ignore `unsafe-inline`, and nothing would load the page anew."""
    assert (
        scripts_of(head({"inline_scripts": [DIGEST]}, "http://127.0.0.1:8000/"))
        == f"{STRICT} 'unsafe-inline'"
    )


def test_of_a_whole_site_the_search_page_alone_names_a_script(place: Path) -> None:
    theme = f"theme: {{name: material, font: false, custom_dir: {THEME.as_posix()}}}"
    config = (place / "mkdocs.yml").read_text(encoding="utf-8")
    (place / "mkdocs.yml").write_text(re.sub("theme: .*", theme, config), encoding="utf-8")
    result = build()
    assert result.exit_code == 0, result.output
    said = {
        path: scripts_of(data.decode())
        for path, data in tree(place / "site").items()
        if path.endswith("index.html")
    }
    assert len(said) > 30
    assert {path for path, one in said.items() if one != STRICT} == {"search/index.html"}
    script = next((place / "site/search").glob("search-*.js")).read_bytes()
    assert said["search/index.html"] == f"{STRICT} 'sha256-{b64encode(sha256(script).digest()).decode()}'"

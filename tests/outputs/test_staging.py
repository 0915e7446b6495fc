"""The staging tree: public only, written only where it changed, and left alone by whatever reads Markdown."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook import staging_tree
from minutebook.asked import Asked
from minutebook.loading import load
from minutebook.outputs import OutputFile, PathTaken, Piece
from minutebook.outputs.finished import FinishedPages, as_markdown
from minutebook.outputs.templating import clean
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.staging_tree import MARK, CannotBuild, Staged, stage
from tests.helpers import tree
from tests.outputs.house import AS_OF
from tests.small_council import FILES, write_council, write_record


@pytest.fixture
def published(tmp_path: Path) -> PublishedKnowledgeBase:
    """Thornby, published."""
    return publish(load(write_council(tmp_path)).kb)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Two hand-written pages and an image."""
    folder = tmp_path / "docs"
    (folder / "guides").mkdir(parents=True)
    (folder / "guides" / "first.md").write_text("# The *first* guide\n", encoding="utf-8")
    (folder / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    (folder / "map.png").write_bytes(b"\x89PNG\x00")
    (folder / ".DS_Store").write_bytes(b"x")
    return folder


def _stage(published: PublishedKnowledgeBase, docs: Path) -> Staged:
    return stage(published, AS_OF, docs, docs.parent / "staging")


# -- a page as a Markdown file -------------------------------------------------------------------


def _page(content: str, title: str = "A page") -> str:
    return as_markdown(OutputFile("a/index.html", content, title=title, kind="record"))


def _converted(text: str, *extensions: Any) -> str:
    """The page as MkDocs converts it: what stands after the front matter, through Python-Markdown."""
    body = text.split("---\n\n", 1)[1]
    return markdown.Markdown(extensions=["tables", "toc", *extensions]).convert(body)


AWKWARD = [
    "<p>one</p>\n\n\n<p>two</p>",
    "<p>* not a list</p>\n    <p>indented by four</p>\n\t<p>by a tab</p>",
    "<p>{{ config.site_name }} {% raw %} {# x #}</p>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<p>[TOC]</p>\n[TOC]",
    "<p>{: .class #id }</p>\n{: .class #id }",
    "<p>a</p>\n```\ncode\n```\n~~~\nmore\n~~~",
    "<p>x</p>\n# heading\n> quoted\n- item\n1. item\n| a | b |\n|---|---|\n--8<-- \"secret.txt\"\n!!! note\n/// note",
    "<p>&amp; &#39; &nbsp; &copy; &unknown; & &#x41; AT&T &</p>",
    "<svg><title>A &amp; B &lt;x&gt;</title><desc>d</desc><rect width=\"3%\"/></svg>",
    "<pre><code>a&#10;&#10;    b&#10;&#9;c</code></pre>",
    "<p>a<br>b</p><hr><dl><div><dt>x</dt><dd>y</dd></div></dl>",
    "<details><summary>more</summary><ul><li>x</li></ul></details>",
    "<p>\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x00 \x0b \x0c \x1c \x85 \ufffe</p>",
    "<p>line\u2028separator \u2029 \u202e mirrored</p>",
    "<p>*[HTML]: x</p>\n*[HTML]: x\n[^1]: note\n[ref]: https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("content", AWKWARD)
@pytest.mark.parametrize(
    "extensions", [(), (FinishedPages(),), ("extra", "attr_list", "admonition", "codehilite")]
)
def test_a_finished_page_passes_through_markdown_byte_for_byte(
    content: str, extensions: tuple[Any, ...]
) -> None:
    text = _page(content)
    body = text.split("---\n\n", 1)[1].rstrip("\n")
    assert _converted(text, *extensions) == body


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_escaped_text_passes_through_markdown_byte_for_byte(words: str) -> None:
    text = _page(f'<p>{html.escape(words)}</p>\n{html.escape(words)}\n<p title="{html.escape(words)}">x</p>')
    body = text.split("---\n\n", 1)[1].rstrip("\n")
    assert _converted(text) == _converted(text, FinishedPages()) == body


@pytest.mark.parametrize(
    "title",
    [
        "Plain", "a: b", "- a", "'", '"', "\\", "# x", "{a: b}", "[x]", "yes", "2020-01-01", "0x10", "null", "~", "*a", "&a",
        "</title><script>alert(1)</script>", "a\u2028b", "a\x85b", "a\ufffeb", "a\x00b", "  spaced \t out ", "£1.4m – “saved”", "🏛",
    ],
)  # fmt: skip
def test_the_title_is_one_escaped_line_of_front_matter(title: str) -> None:
    text = _page("<p>x</p>", title)
    front = text.split("---\n")[1]
    read = yaml.load(front, yaml.SafeLoader)  # noqa: TID251 - as MkDocs reads it
    words = html.escape(" ".join(clean(title).split()))
    assert read == {"title": words, "description": f"{words}. x", "hide": ["toc"]}
    assert "<" not in text.split("---\n")[1]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_title_can_be_read_again(title: str) -> None:
    front = _page("<p>x</p>", title).split("---\n")[1]
    read = yaml.load(front, yaml.SafeLoader)["title"]  # noqa: TID251 - as MkDocs reads it
    assert html.unescape(read) == " ".join(clean(title).split())


# -- the tree ------------------------------------------------------------------------------------


def test_pages_records_and_hand_written_files_lie_side_by_side(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    staged = _stage(published, docs)
    files = tree(docs.parent / "staging")
    assert {
        "glossary.md",
        "guides/first.md",
        "map.png",
        "index.md",
        "assets/minutebook.css",
        MARK,
    } <= files.keys()
    assert {f"{record_id}/index.md" for record_id in published.kb.records} <= files.keys()
    assert files["map.png"] == b"\x89PNG\x00"
    assert ".DS_Store" not in files
    assert set(files) == {MARK, "glossary.md", "guides/first.md", "map.png", *staged.files} | {
        path.removesuffix(".html") + ".md" for path in staged.pages
    }


def test_a_folder_of_pages_without_an_index_gets_a_list(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    _stage(published, docs)
    listed = docs.parent / "staging" / "guides" / "index.md"
    assert '<a href="first/">The *first* guide</a>' in listed.read_text(encoding="utf-8")
    (docs / "guides" / "index.md").write_text("# Ours\n", encoding="utf-8")
    _stage(published, docs)
    assert listed.read_text(encoding="utf-8") == "# Ours\n"


def test_a_record_called_index_or_readme_is_a_page_like_any_other(tmp_path: Path, docs: Path) -> None:
    changed = {
        f"projects/{slug}.md": "title: Odd\nkind: project\nparent: projects/warm-homes"
        for slug in ("index", "readme")
    }
    staged = _stage(publish(load(write_council(tmp_path / "odd", **changed)).kb), docs)
    assert {
        "thornby/projects/index/index.html",
        "thornby/projects/readme/index.html",
        "thornby/projects/index.html",
    } <= set(staged.pages)


def test_what_did_not_change_is_not_written_again(published: PublishedKnowledgeBase, docs: Path) -> None:
    first = _stage(published, docs)
    assert first.written == len(tree(docs.parent / "staging"))
    again = _stage(published, docs)
    assert (again.written, again.removed) == (0, 0)


def test_what_is_no_longer_made_is_removed(tmp_path: Path, docs: Path) -> None:
    kb = write_council(tmp_path)
    write_record(kb / "thornby/events/fair.md", "title: The fair\nkind: other\non: 2020-05")
    _stage(publish(load(kb).kb), docs)
    staging_dir = docs.parent / "staging"
    assert (staging_dir / "thornby/events/fair/index.md").is_file()
    (kb / "thornby/events/fair.md").unlink()
    (docs / "map.png").unlink()
    staged = _stage(publish(load(kb).kb), docs)
    assert not (staging_dir / "thornby/events").exists()
    assert not (staging_dir / "map.png").exists()
    assert staged.removed >= 3  # and the lists in which nothing else stood
    assert staged.written > 0  # the lists that named it


def test_two_trees_of_the_same_records_are_the_same(published: PublishedKnowledgeBase, docs: Path) -> None:
    stage(published, AS_OF, docs, docs.parent / "one")
    stage(published, AS_OF, docs, docs.parent / "two")
    assert tree(docs.parent / "one") == tree(docs.parent / "two")


def test_a_link_in_the_tree_is_replaced_and_never_followed(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    outside = docs.parent / "outside"
    outside.mkdir()
    (outside / "index.md").write_text("theirs", encoding="utf-8")
    staging_dir = docs.parent / "staging"
    _stage(published, docs)
    for path in ("thornby/council/thornby", "stray"):
        target = staging_dir / path
        if target.exists():
            (target / "index.md").unlink()
            target.rmdir()
        target.symlink_to(outside)
    _stage(published, docs)
    assert (outside / "index.md").read_text(encoding="utf-8") == "theirs"
    assert not (staging_dir / "thornby/council/thornby").is_symlink()
    assert not (staging_dir / "stray").is_symlink()


def test_a_folder_that_is_not_ours_is_refused(published: PublishedKnowledgeBase, docs: Path) -> None:
    staging_dir = docs.parent / "staging"
    staging_dir.mkdir()
    (staging_dir / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CannotBuild, match="holds files that minutebook did not write"):
        _stage(published, docs)
    assert [path.name for path in staging_dir.iterdir()] == ["thesis.txt"]


def test_a_link_or_a_file_in_place_of_the_folder_is_refused(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    staging_dir = docs.parent / "staging"
    (docs.parent / "elsewhere").mkdir()
    staging_dir.symlink_to(docs.parent / "elsewhere")
    with pytest.raises(CannotBuild, match="is not a folder"):
        _stage(published, docs)


@pytest.mark.parametrize("place", ["docs", "docs/staging", "."])
def test_a_tree_among_hand_written_pages_is_refused(
    published: PublishedKnowledgeBase, docs: Path, place: str
) -> None:
    with pytest.raises(CannotBuild, match="lie in one another"):
        stage(published, AS_OF, docs, docs.parent / place)


def test_a_link_among_hand_written_pages_is_refused(published: PublishedKnowledgeBase, docs: Path) -> None:
    (docs / "passwords.md").symlink_to("/etc/passwd")
    with pytest.raises(CannotBuild, match=r"passwords\.md` is a link or a device"):
        _stage(published, docs)


def test_a_hand_written_page_in_the_place_of_a_made_one_is_refused(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    (docs / "bodies.md").write_text("# Bodies\n", encoding="utf-8")
    with pytest.raises(
        CannotBuild, match=r"`bodies/index\.html` of the site is made by `docs/bodies\.md` and by the records"
    ):
        _stage(published, docs)


def test_other_outputs_are_written_as_they_are(
    published: PublishedKnowledgeBase, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(_: Asked) -> Iterator[OutputFile]:
        yield OutputFile("data/all.csv", "a;b\r\n\tc\n")
        yield OutputFile("search/start.bin", bytes(range(256)))

    monkeypatch.setattr(staging_tree, "find_pieces", lambda *_: [("data", Piece("", made))])
    staged = _stage(published, docs)
    files = tree(docs.parent / "staging")
    assert files["data/all.csv"] == b"a;b\r\n\tc\n"
    assert files["search/start.bin"] == bytes(range(256))
    assert staged.files == ["data/all.csv", "search/start.bin"]


def test_two_outputs_that_write_one_file_are_refused(
    published: PublishedKnowledgeBase, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [OutputFile("data/all.csv", "a")], [OutputFile("Data/ALL.csv", "b")]
    pieces = [(name, Piece("", lambda _, made=made: made)) for name, made in zip("ab", files, strict=True)]  # type: ignore[misc]
    monkeypatch.setattr(staging_tree, "find_pieces", lambda *_: pieces)
    with pytest.raises(PathTaken, match=r"`Data/ALL\.csv` is made by `a` and by `b`"):
        _stage(published, docs)


def test_nothing_that_is_not_public_is_staged(tmp_path: Path, docs: Path) -> None:
    exempt = (
        "access: exempt\nexemption: {paragraphs: ['3'], public_interest_reason: Z3CRET}\naliases: [Z3CRET]"
    )
    kb = write_council(
        tmp_path,
        **{
            "bodies/z3cret.md": f"title: Z3CRET\nkind: programme board\n{exempt}",
            "projects/z3cret.md": f"title: Z3CRET\nkind: project\nparent: projects/warm-homes\n{exempt}",
            "statements/2021-06-01-member.md": FILES["statements/2021-06-01-member.md"].replace(
                "disputes:", "about: [projects/z3cret]\n        disputes:"
            ),
        },
    )
    _stage(publish(load(kb).kb), docs)
    staged = tree(docs.parent / "staging")
    assert any(b"Warm Homes" in data for data in staged.values()), "what is public is there"
    for path, data in staged.items():
        assert b"z3cret" not in (path.encode() + data).lower(), path


def test_files_can_be_read_by_a_web_server_of_another_user(
    published: PublishedKnowledgeBase, docs: Path
) -> None:
    _stage(published, docs)
    modes = {path.stat().st_mode & 0o777 for path in (docs.parent / "staging").rglob("*.md")}
    assert modes == {0o644}

"""What a build makes of the search for browsers: the search page, its scripts and style, and the index beside it."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from string import Template

from markupsafe import Markup

from minutebook.citing import citation_and_page
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import (
    A_TO_Z,
    BY_BODY,
    BY_PROJECT,
    BY_YEAR,
    HOLDINGS,
    PROMISES,
    RECORDS,
    path_of,
    relative,
)
from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When
from minutebook_search.documents import document_heads, passages_of
from minutebook_search.receipt_pages import origins_and_pages
from minutebook_search.static.bundle import FOLDER, scripts, style
from minutebook_search.static.records import Taken
from minutebook_search.static.writer import Contents, write_index
from minutebook_search.stemming import stem

SEARCH = "search/"  # the address of the search page
_LISTS = {
    A_TO_Z: "From A to Z",
    BY_YEAR: "By year",
    BY_BODY: "By body",
    BY_PROJECT: "By project",
    RECORDS: "By council and type",
}


def search_page(published: PublishedKnowledgeBase, as_of: When) -> Iterator[OutputFile]:  # noqa: ARG001 - as every output
    """Yield the search page and all that it reads. Takes nothing but what the gate let through."""
    kb = published.kb
    kb.backlinks("")  # joined once here, and not again by each process that makes citations
    contents = Contents(
        partial(passages_of, published),
        lambda one: Taken(
            *citation_and_page(kb, kb.records[one.id]), origins_and_pages(kb, kb.records[one.id])
        ),
    )
    synonyms = [list(group) for group in kb.synonyms.groups]
    index = write_index(document_heads(published), stem, synonyms, contents)
    code = scripts()
    searching = code.search.encode("utf-8")
    beside = {
        "loader": ("loader", "js", code.loader.encode("utf-8")),
        "packed": ("search", "bin", _packed(searching)),
        "plain": ("search", "js", searching),
        "style": ("search", "css", style().encode("utf-8")),
    }
    names = {key: _named(name, content, ending) for key, (name, ending, content) in beside.items()}
    template = Template((FOLDER / "search.html").read_text(encoding="utf-8"))
    html = template.substitute(
        names,
        edition=index.edition,
        start=index.start,
        home=relative(SEARCH, ""),
        lists=_lists(),
        promises=relative(SEARCH, PROMISES),
        holdings=relative(SEARCH, HOLDINGS),
    )
    for path, content in index.files.items():
        yield OutputFile(f"{SEARCH}{path}", content)
    for key, (_, _, content) in beside.items():
        yield OutputFile(f"{SEARCH}{names[key]}", content)
    # Last, so that whoever looks while it is written finds what it asks for.
    yield OutputFile(
        path_of(SEARCH), html, title="Search", kind="search", inline_scripts=(_digest(searching),)
    )


def _packed(script: bytes) -> bytes:
    """A script as a gzip file that says nothing of when and where it was made, under an ending that no server compresses."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(script) + packer.flush()


def _digest(script: bytes) -> str:
    """What a policy names a script by that a page may put into itself (Content Security Policy Level 3, hash-source)."""
    return f"sha256-{b64encode(hashlib.sha256(script).digest()).decode('ascii')}"


def _named(name: str, content: bytes, ending: str) -> str:
    """A name that changes with the content, so that no cache holds an old one under it."""
    return f"{name}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def _lists() -> Markup:
    """The ways to every record that need no script."""
    links = (
        Markup('<li><a href="{}">{}</a></li>').format(relative(SEARCH, address), name)
        for address, name in _LISTS.items()
    )
    return Markup("\n").join(links)

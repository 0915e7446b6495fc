"""What a build makes of the search for browsers: the search page, its script and style, and the index beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from string import Template

from markupsafe import Markup

from minutebook.citing import citation
from minutebook.official import official_page
from minutebook.outputs import OutputFile
from minutebook.outputs.addresses import A_TO_Z, BY_BODY, BY_PROJECT, BY_YEAR, RECORDS, path_of, relative
from minutebook.publication import PublishedKnowledgeBase
from minutebook.when import When
from minutebook_search.documents import search_documents
from minutebook_search.static.bundle import FOLDER, scripts
from minutebook_search.static.records import Taken
from minutebook_search.static.writer import write_index
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
    index = write_index(
        search_documents(published),
        stem,
        [list(group) for group in kb.synonyms.groups],
        {str(one.id): Taken(citation(kb, one), official_page(kb, one)) for one in kb.records.values()},
    )
    code, style = scripts(), (FOLDER / "search.css").read_bytes()
    beside = {
        "script": ("search", "js", code.first.encode()),
        "later": ("later", "js", code.later.encode()),
        "style": ("search", "css", style),
    }
    names = {key: _named(name, content, ending) for key, (name, ending, content) in beside.items()}
    template = Template((FOLDER / "search.html").read_text(encoding="utf-8"))
    html = template.substitute(names, edition=index.edition, home=relative(SEARCH, ""), lists=_lists())
    for path, content in index.files.items():
        yield OutputFile(f"{SEARCH}{path}", content)
    for key, (_, _, content) in beside.items():
        yield OutputFile(f"{SEARCH}{names[key]}", content)
    # Last, so that whoever looks while it is written finds what it asks for.
    yield OutputFile(path_of(SEARCH), html, title="Search", kind="search")


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

"""The page of a record lets nothing through: no element out of a field, nothing that is not public, no name without a basis."""

from __future__ import annotations

from pathlib import Path

from minutebook.knowledge_base import KnowledgeBase
from minutebook.publication import PublishedKnowledgeBase
from minutebook.records.base import Part, Record
from tests.outputs.house import is_harmless, outputs_of, page_of, text_of

PAYLOAD = """<script>alert(1)</script><img src=x onerror=alert(1)>"'`${7*7}{{ 7*7 }}{% raw %}&lt;"""


def test_no_field_of_any_type_can_put_an_element_on_a_page(published_samples: PublishedKnowledgeBase) -> None:
    hostile = []
    for record in published_samples.kb.records.values():
        copy = _with_payload(record)
        assert isinstance(copy, Record)
        hostile.append(copy.placed(record.id, record.file, PAYLOAD, 1))
    made = outputs_of(KnowledgeBase(hostile))
    planted = 0
    for path, file in made.items():
        if file.is_page and file.kind != "search":  # it holds no record, and is a program
            html = str(file.content)
            assert is_harmless(html), path
            planted += html.count("&lt;script&gt;")
    assert planted > 200


def _with_payload(part: Part) -> Part:
    """The part with the payload in each text that is not an id, a key or an address."""
    update: dict[str, object] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple):
            update[name] = tuple(_planted(one, name) for one in value)
        else:
            update[name] = _planted(value, name)
    return part.model_copy(update=update)


def _planted(value: object, name: str) -> object:
    if isinstance(value, Part):
        return _with_payload(value)
    plain = type(value) is str and name not in ("erased", "key", "row", "column", "marks", "starts_at")
    return PAYLOAD if plain and name not in ("url", "site", "addresses") else value


def test_what_is_not_public_is_on_no_page(tmp_path: Path) -> None:
    ledger = """
        bodies/board: {title: The Board}
        bodies/z3cret-board: {title: Z3CRET Board, aliases: [Z3CRET alias], access: exempt, exemption: {paragraphs: ["3"], public_interest_reason: Z3CRET reason}}
        meetings/m: {body: bodies/board, held_on: 2020-01-07}
        items/open: {title: Open, meeting: meetings/m, about: [bodies/z3cret-board], narrative: "See [[bodies/z3cret-board|Z3CRET words]]."}
        items/z3cret-item: {title: Z3CRET item, meeting: meetings/m, access: confidential, narrative: Z3CRET}
        posts/clerk: {title: Clerk, body: not stated, holders: [{name: Z3CRET Person, since: 2019}]}
        projects/p: {title: P}
        transfers/t: {kind: establish, effective: 2019, moves: [{what: projects/p, to: bodies/board}]}
        transfers/z3cret-t: {title: Z3CRET, access: draft, from: bodies/board, effective: 2020, moves: [{what: projects/p, to: bodies/z3cret-board}]}
        """
    made = outputs_of(ledger)
    assert len(made) > 20
    for path, file in made.items():
        assert b"z3cret" not in (path.encode() + file.data).lower(), path
    assert "withheld" in text_of(str(made["ambledown/projects/p/index.html"].content))


def test_a_name_is_printed_only_with_a_decision_and_a_basis() -> None:
    ledger = """
        posts/mayor:
          title: Mayor
          body: not stated
          holders:
            - {name: Ann Printed, publish_name: true, basis: elected office, since: 2019}
            - {name: Bob Hidden, since: 2018}
            - {name: Cy Hidden, publish_name: true, since: 2017}
        """
    html = page_of(ledger, "posts/mayor/")
    assert "Ann Printed" in html
    assert "Hidden" not in html

"""Names: one record for a name, a record for each council, and nothing that stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from minutebook.checks.finding import finding, place
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note, Place
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.records.base import Record
from minutebook.records.values import Ref
from minutebook.rules import references as rules

# Types that a question can name: there a shared name cannot be answered without asking back.
_ASKED_FOR = ("bodies", "posts", "projects", "plans", "indicators")
_POINTED_AT = ("bodies", "posts")


def check_names_are_not_shared(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No two records of one type and council share a title or alias (MB306)."""
    owners: defaultdict[tuple[str, str, str], dict[Ref, Record]] = defaultdict(dict)
    for record in kb.records.values():
        if record.id.folder in _ASKED_FOR:
            for name in (record.title, *record.aliases):
                owners[(record.council, record.id.folder, plain(name))][record.id] = record
    for (_, _, name), found in owners.items():
        if len(found) > 1:
            first, *others = found.values()
            for record in others:
                number = next((i for i, alias in enumerate(record.aliases) if plain(alias) == name), None)
                path = ("title",) if plain(record.title) == name or number is None else ("aliases", number)
                message = f"`{shown(first.id, record.council)}` has this name already"
                note = Note("the other one", place(first))
                at = place(record, path)
                yield finding(kb, record, at, rules.SHARED_NAME, message, notes=[note], names=[first.id])


def check_councils_have_a_record(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every council folder has the record of its council (MB310)."""
    for council, path in kb.councils.items():
        council_id = Ref(f"{council}/council/{council}")
        if council_id not in kb.records and council_id not in kb.broken:
            message = f"no record of the council itself, `{path}/council/{council}.md`"
            yield Diagnostic(rules.UNKNOWN_COUNCIL, Place(path), message, rules.UNKNOWN_COUNCIL.mend)


def check_nothing_stands_alone(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A body or post is pointed at by something (MB312), unless a file that might do so cannot be read."""
    if kb.broken:
        return
    for record in kb.records.values():
        if record.id.folder in _POINTED_AT and not kb.backlinks(record.id):
            message = f"no other record refers to this {record.noun}"
            yield finding(kb, record, place(record), rules.ORPHAN, message)


CHECKS = (check_names_are_not_shared, check_councils_have_a_record, check_nothing_stands_alone)

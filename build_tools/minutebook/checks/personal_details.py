"""6xx, personal details: numbers, addresses and names of people that records do not need (UK GDPR, article 5(1)(c))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from minutebook.absence import written_name
from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Place
from minutebook.front_matter import places
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.personal import Detail, personal_details
from minutebook.records.base import Access, Record
from minutebook.records.meeting import Meeting
from minutebook.records.post import Holder, Post
from minutebook.rules import publication as rules
from minutebook.source import Span

_HOLDER = re.compile(r"\bname:[^,}]*")  # where a post says who holds it: the gate takes it out
_PERSON = re.compile(
    r"(?:councillor|cllrs?|mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady)\b\.?\s+"
    r"(?!(?:mayor|mayoress|lieutenant|provost|for|from|of|who)\b)",  # the Lord Mayor is an office
    re.IGNORECASE,
)
# Where a post or a capacity is expected, and not a person.
_CAPACITIES = frozenset(
    {
        "mover", "seconder", "asked_by", "declared_by", "speaker", "called_by", "agreed_by", "group",
        "named_for", "named_against", "named_abstained", "on_the_word_of", "by",
    }
)  # fmt: skip


_RULES = {
    Detail.TELEPHONE: rules.TELEPHONE,
    Detail.EMAIL: rules.EMAIL,
    Detail.POSTCODE: rules.POSTCODE,
    Detail.INSURANCE: rules.PERSONAL_NUMBER,
    Detail.NHS: rules.PERSONAL_NUMBER,
}


def check_no_personal_details(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No text of a record has a telephone number, e-mail address, postcode or personal number (MB608 to MB611)."""
    for record in kb.records.values():
        for detail, start, end in _details(record.file.text):
            span = record.file.span_of_offset(start, end)
            # Where a meeting was held is public.
            if detail is not Detail.POSTCODE or not _is_in_venue(record, span):
                yield finding(kb, record, _unshown(record, span), _RULES[detail], f"the line holds {detail}")


@lru_cache(maxsize=65_536)  # a live server asks again of every text at each change of one
def _details(text: str) -> tuple[tuple[Detail, int, int], ...]:
    return tuple(personal_details(text))


def _is_in_venue(record: Record, span: Span) -> bool:
    venue = places(record.file).get(("venue",)) if isinstance(record, Meeting) else None
    if venue is None or span.line < venue[1].line:
        return False
    # What goes on from the line of the field is set in.
    return all(line.startswith(" ") for line in record.file.lines[venue[1].line : span.line])


def _unshown(record: Record, span: Span | None) -> Place:
    """A place without its line: the log of a build would print what must not be published."""
    return Place(record.file.path, span)


def check_names_have_a_basis(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A name that is published has a basis (MB612); one that is not stands nowhere else (MB613)."""
    kept_back: dict[str, Record] = {}
    for record, path, holder in kb.each(Holder):
        if holder.publish_name and (holder.name is None or holder.basis is None):
            missing = "name" if holder.name is None else "basis"
            at = place(record, (*path, "publish_name"), key=True).span
            message = f"the name of a holder is to be published, but there is no `{missing}`"
            help = "Add the `name`, or take `publish_name` away." if holder.name is None else None
            yield finding(kb, record, _unshown(record, at), rules.NAME_WITHOUT_BASIS, message, help)
        elif holder.name is not None and not holder.publish_name:
            kept_back[plain(holder.name)] = record
    if not kept_back:
        return
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in kept_back if name))
    for record in kb.records.values():
        if record.access is not Access.PUBLIC:
            continue
        if pattern.search(plain(record.id.slug)):
            message = "the file is named for a person whose name is not to be published"
            found = finding(kb, record, _unshown(record, None), rules.UNPUBLISHED_NAME, message)
            yield replace(found, restricted=True)  # its path is the name
        if not pattern.search(plain(record.file.text)):
            continue
        message = "the line holds the name of a person whose name is not to be published"
        lines = [_HOLDER.sub("", line) if isinstance(record, Post) else line for line in record.file.lines]
        for number, (line, following) in enumerate(pairwise([*lines, ""]), 1):
            # A name may begin on one line and end on the next.
            if pattern.search(plain(line)) or (
                pattern.search(plain(f"{line} {following}")) and not pattern.search(plain(following))
            ):
                yield finding(kb, record, _unshown(record, Span.at(number)), rules.UNPUBLISHED_NAME, message)


def check_posts_stand_for_people(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Where a post or a capacity is expected stands no person (MB614)."""
    for part_type, found in kb.parts.items():
        fields = [(name, info) for name, info in part_type.model_fields.items() if name in _CAPACITIES]
        for record, path, part in found if fields else ():
            for name, info in fields:
                value = getattr(part, name)
                for step, words in enumerate(value) if isinstance(value, tuple) else ((None, value),):
                    if isinstance(words, str) and _PERSON.match(words):
                        whole = (*path, written_name(info, name), *(() if step is None else (step,)))
                        message = f"`{name}` names a person, expected a post or a capacity"
                        at = _unshown(record, place(record, whole).span)
                        yield finding(kb, record, at, rules.PERSON_FOR_POST, message)


CHECKS = (check_no_personal_details, check_names_have_a_basis, check_posts_stand_for_people)

"""6xx, personal details: numbers, addresses and names of people that records do not need (UK GDPR, article 5(1)(c))."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from minutebook.checks.finding import finding, place
from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.front_matter import places
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.records.base import Access, Record, written_name
from minutebook.records.meeting import Meeting
from minutebook.records.post import Holder, Post
from minutebook.rules import publication as rules
from minutebook.source import Span

_ADDRESS_OF_PAGE = re.compile(r"https?://\S+")
# No pattern begins by looking back: that makes a search ten times slower. What may not stand before
# a match is tested afterwards.
_AFTER_NUMBER = r"(?![\w-]|\.\d|,\d)"
# Telephone numbers of the United Kingdom: 10 or 11 digits from the 0, in the groupings people write.
# They may go on in the next line; so may a postcode.
_GAP = r"(?:[ ()\u00a0\u2010-\u2013-]{0,2}|[ -]?\r?\n[ ]*)"
_TELEPHONE = re.compile(rf"0(?:\d{_GAP}){{8,9}}\d{_AFTER_NUMBER}")
_FROM_ABROAD = re.compile(rf"\+44{_GAP}(?:\(0\){_GAP})?(?:\d{_GAP}){{8,9}}\d{_AFTER_NUMBER}")
_EMAIL = re.compile(r"[\w.%+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(
    r"[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNPR-Y]?(?:[ \u00a0]|\r?\n[ ]*)?\d[ABD-HJLNP-UW-Z]{2}\b"
)
_INSURANCE = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_TEN_DIGITS = re.compile(rf"\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}{_AFTER_NUMBER}")
_NOT_BEFORE_NUMBER = re.compile(r"[\w.,£-]")
_NOT_BEFORE_CODE = re.compile(r"\w")
_NO_INSURANCE = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")  # prefixes that are never given out
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


def _is_nhs_number(text: str) -> bool:
    """Whether ten digits bear the check digit of an NHS number (NHS Data Dictionary: modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and (0 if check == 11 else check) == digits[9]


def _is_one_number(text: str) -> bool:
    """Whether digits are one number: a column of them is not."""
    return text.count("\n") < 2


# With each pattern, what a text must hold for it to match once digits are written as 0, capitals as A,
# and what may stand between is left out: to look for that is ten times faster, and few have it.
_KINDS: tuple[tuple[Rule, str, re.Pattern[str], bytes, re.Pattern[str], Callable[[str], bool]], ...] = (
    (rules.TELEPHONE, "a telephone number", _TELEPHONE, b"0000000000", _NOT_BEFORE_NUMBER, _is_one_number),
    (rules.TELEPHONE, "a telephone number", _FROM_ABROAD, b"0000000000", _NOT_BEFORE_NUMBER, _is_one_number),
    (rules.POSTCODE, "a postcode", _POSTCODE, b"0AA", _NOT_BEFORE_CODE, lambda _: True),
    (
        rules.PERSONAL_NUMBER, "a National Insurance number", _INSURANCE, b"AA000000A", _NOT_BEFORE_CODE,
        lambda text: not text.startswith(_NO_INSURANCE),
    ),
    (rules.PERSONAL_NUMBER, "an NHS number", _TEN_DIGITS, b"0000000000", _NOT_BEFORE_NUMBER, _is_nhs_number),
)  # fmt: skip
_SHAPES = bytes.maketrans(b"123456789BCDEFGHIJKLMNOPQRSTUVWXYZ", b"0" * 9 + b"A" * 25)


def _shape(text: str) -> bytes | None:
    """The text as its digits and capitals make it look; None in scripts that may have other digits."""
    try:
        return text.encode("ascii" if text.isascii() else "cp1252").translate(_SHAPES, b" -()\r\n\xa0\x96")
    except UnicodeEncodeError:
        return None


def check_no_personal_details(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """No text of a record has a telephone number, e-mail address, postcode or personal number (MB608 to MB611)."""
    for record in kb.records.values():
        text = record.file.text
        if "://" in text:
            # The address of a page may hold any digits; what is blanked keeps the places right.
            text = _ADDRESS_OF_PAGE.sub(lambda found: " " * len(found.group()), text)
        for rule, what, start, end in _personal_details(text):
            span = record.file.span_of_offset(start, end)
            # Where a meeting was held is public.
            if rule is not rules.POSTCODE or not _is_in_venue(record, span):
                yield finding(kb, record, _unshown(record, span), rule, f"the line holds {what}")


def _is_in_venue(record: Record, span: Span) -> bool:
    venue = places(record.file).get(("venue",)) if isinstance(record, Meeting) else None
    if venue is None or span.line < venue[1].line:
        return False
    # What goes on from the line of the field is set in.
    return all(line.startswith(" ") for line in record.file.lines[venue[1].line : span.line])


def holds_email(text: str) -> bool:
    """Whether there is an e-mail address in a text."""
    return "@" in text and _EMAIL.search(text) is not None


def _personal_details(text: str) -> Iterator[tuple[Rule, str, int, int]]:
    """Each detail in a text: its rule, what it is, and where it begins and ends."""
    if "@" in text:
        yield from ((rules.EMAIL, "an e-mail address", *match.span()) for match in _EMAIL.finditer(text))
    shape = _shape(text)
    for rule, what, pattern, sign, not_before, is_one in _KINDS:
        if shape is not None and sign not in shape:
            continue
        for match in pattern.finditer(text):
            if match.start() and not_before.match(text, match.start() - 1):
                continue
            if is_one(match.group()):
                yield rule, what, *match.span()


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

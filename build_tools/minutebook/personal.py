"""Details of people in a text: telephone numbers, addresses and numbers that records do not need."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator


class Detail(enum.StrEnum):
    """The kinds of detail, as a message names them."""

    TELEPHONE = "a telephone number"
    EMAIL = "an e-mail address"
    POSTCODE = "a postcode"
    INSURANCE = "a National Insurance number"
    NHS = "an NHS number"


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
_KINDS: tuple[tuple[Detail, re.Pattern[str], bytes, re.Pattern[str], Callable[[str], bool]], ...] = (
    (Detail.TELEPHONE, _TELEPHONE, b"0000000000", _NOT_BEFORE_NUMBER, _is_one_number),
    (Detail.TELEPHONE, _FROM_ABROAD, b"0000000000", _NOT_BEFORE_NUMBER, _is_one_number),
    (Detail.POSTCODE, _POSTCODE, b"0AA", _NOT_BEFORE_CODE, lambda _: True),
    (
        Detail.INSURANCE, _INSURANCE, b"AA000000A", _NOT_BEFORE_CODE,
        lambda text: not text.startswith(_NO_INSURANCE),
    ),
    (Detail.NHS, _TEN_DIGITS, b"0000000000", _NOT_BEFORE_NUMBER, _is_nhs_number),
)  # fmt: skip
_SHAPES = bytes.maketrans(b"123456789BCDEFGHIJKLMNOPQRSTUVWXYZ", b"0" * 9 + b"A" * 25)


def _shape(text: str) -> bytes | None:
    """The text as its digits and capitals make it look; None in scripts that may have other digits."""
    try:
        return text.encode("ascii" if text.isascii() else "cp1252").translate(_SHAPES, b" -()\r\n\xa0\x96")
    except UnicodeEncodeError:
        return None


def holds_email(text: str) -> bool:
    """Whether there is an e-mail address in a text."""
    return "@" in text and _EMAIL.search(text) is not None


def personal_details(text: str) -> Iterator[tuple[Detail, int, int]]:
    """Each detail in a text, and where it begins and ends."""
    if "://" in text:
        # The address of a page may hold any digits; what is blanked keeps the places right.
        text = _ADDRESS_OF_PAGE.sub(lambda found: " " * len(found.group()), text)
    if "@" in text:
        yield from ((Detail.EMAIL, *match.span()) for match in _EMAIL.finditer(text))
    shape = _shape(text)
    for detail, pattern, sign, not_before, is_one in _KINDS:
        if shape is not None and sign not in shape:
            continue
        for match in pattern.finditer(text):
            if match.start() and not_before.match(text, match.start() - 1):
                continue
            if is_one(match.group()):
                yield detail, *match.span()

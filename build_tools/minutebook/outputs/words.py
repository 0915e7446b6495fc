"""How a value reads on a page: dates as the source says them, references by title, absences by name."""

from __future__ import annotations

import enum
import re
from datetime import date

from markupsafe import Markup, escape
from pydantic.fields import FieldInfo

from minutebook.outputs.addresses import Links, external
from minutebook.records.base import Absence, written_name
from minutebook.records.values import Amount, FieldKey, Ref
from minutebook.when import Period, When

_URL = re.compile(r"https?://\S+")
_PARAGRAPHS = re.compile(r"\n\s*\n")

_ABSENCE_MEANS = {
    Absence.NOT_STATED: "The source does not say.",
    Absence.LEFT_BLANK: "The source has a heading for it and nothing under it.",
    Absence.NONE: "The source says that there are none.",
    Absence.NOT_HELD: "The words are on a page that is not kept here.",
}
_ABSENT = Markup('<span class="mb-absent" title="{}">{}</span>')
_TIME, _SHUT, _END = Markup('<time datetime="'), Markup('">'), Markup("</time>")
_NO_DATE = Markup('<span class="mb-absent">date not stated</span>')
_KEY = Markup("{}, <code>{}</code>")

# Where taking the name of a field apart gives no English.
_LABELS = {
    "url": "Official page",
    "by": "By",
    "site": "Its own site",
    "at": "Place",
    "as_at": "As at",
    "ended_reason": "Why it ended",
    "text_path": "File of its text",
    "falls_to": "Who is to act",
    "on": "Date",
}


def label(written: str, info: FieldInfo | None = None) -> str:
    """What a field or a backlink is called on a page: its title, else its name as words."""
    if info is not None and info.title:
        return info.title
    if (known := _LABELS.get(written)) is not None:
        return known
    words = written.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def field_label(info: FieldInfo, name: str) -> str:
    """What a field of a model is called on a page."""
    return label(written_name(info, name), info)


def absent(absence: Absence) -> Markup:
    """`not stated`, `left blank` or `not held`, and what that means."""
    return _ABSENT.format(_ABSENCE_MEANS[absence], absence.value)


NOT_STATED = absent(Absence.NOT_STATED)


def moment(when: When | Period | None) -> Markup:
    """A date or period in the source's words; a single day also for machines."""
    if when is None:
        return _NO_DATE
    if isinstance(when, When) and when.exact and when.earliest is not None:
        return _TIME + when.earliest.isoformat() + _SHUT + when.display() + _END
    return escape(when.display())


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 record`, `3,120 records`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day_in_words(day: date) -> str:
    """A day in plain English."""
    return When.parse(day.isoformat()).display()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; the lines inside one are joined."""
    return [" ".join(part.split()) for part in _PARAGRAPHS.split(text) if part.strip()]


def value_text(value: object) -> str:
    """A plain value as text, to judge its length by."""
    if isinstance(value, When | Period):
        return value.display()
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def value_markup(value: object, links: Links) -> Markup:
    """A plain value, whatever its type, escaped; a longer text in paragraphs."""
    if isinstance(value, Ref):
        return links.record(value)
    if isinstance(value, FieldKey):
        return _KEY.format(links.record(value.record_id), value.field)
    if isinstance(value, When | Period):
        return moment(value)
    if isinstance(value, Amount):
        return escape(value.as_written)
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        if _URL.fullmatch(value):
            return external(value)
        found = paragraphs(value)
        if len(found) > 1:
            return Markup("").join(Markup("<p>{}</p>").format(one) for one in found)
        return escape(found[0] if found else "")
    return escape(value_text(value))

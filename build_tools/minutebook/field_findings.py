"""What a record model refused, said in the words of whoever wrote the file, at the smallest place."""

from __future__ import annotations

import enum
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from minutebook.absence import Absence, absence_meant, metadata, written_name
from minutebook.blanks import advice, blanks
from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.front_matter import places
from minutebook.grammar import listed, with_article
from minutebook.records.base import FieldPath, Part, Record, To, part_type
from minutebook.rules import fields as rules
from minutebook.rules import references as reference_rules
from minutebook.rules import time as time_rules
from minutebook.source import SourceFile, Span
from minutebook.suggest import did_you_mean
from minutebook.when import Period, When

_WHEN_RULES = {
    "when_unreadable": time_rules.UNREADABLE,
    "when_ambiguous_year": time_rules.AMBIGUOUS_YEAR,
    "when_season": time_rules.SEASON,
    "when_backwards": time_rules.BACKWARDS,
}
_ABSENCES = {absence.value for absence in Absence if absence is not Absence.WITHHELD}


@dataclass(frozen=True, slots=True)
class _Refused:
    """One error of the model, with what was written there."""

    error: ErrorDetails
    model: type[Part]  # the part whose field was refused
    path: FieldPath  # as far as the file goes
    name: str  # the field
    written: object
    in_a_date: bool = False  # a date of the part has fields of its own: `value` and `as_written`


@dataclass(frozen=True, slots=True)
class NoReference(Diagnostic):
    """A finding about what is written in place of an id: it may be the name of a record that is read later."""

    written: str = ""
    folders: tuple[str, ...] = ()  # to which the field can point; any where there are none


def findings_of(
    file: SourceFile, model: type[Part], fields: Mapping[str, object], error: ValidationError
) -> Iterable[Diagnostic]:
    """Return a finding for each place that `model` refused, once each."""
    spans = places(file)
    seen: set[FieldPath] = set()
    for detail in error.errors(include_url=False):
        refused = _locate(model, fields, detail)
        if detail["type"] == "too_short" and not _too_few_written(refused):
            continue  # entries that were refused do not count for pydantic; each is a finding of its own
        whole = (*refused.path, refused.name)
        if whole in seen:
            continue  # the branches of a union say the same thing of the same place
        seen.add(whole)
        rule, message, help = _say(refused)
        at = Place.of(file, _span(spans, refused, rule))
        if (
            rule is reference_rules.MALFORMED
            and isinstance(refused.written, str)
            and refused.written not in _ABSENCES
        ):
            folders = _folders(refused)
            yield NoReference(rule, at, message, help or rule.mend, written=refused.written, folders=folders)
        else:
            yield Diagnostic(rule, at, message, help or rule.mend)


def blank_findings(file: SourceFile, fields: Mapping[str, object]) -> Iterable[Diagnostic]:
    """Return a finding for each field that is still to be filled in (MB213)."""
    found = list(blanks(fields))
    if not found:
        return
    spans = places(file)
    for path, written in found:
        span = spans[path][1] if path in spans else Span.at(1, 1, 3)
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        help = advice(written) or rules.STILL_BLANK.mend
        yield Diagnostic(rules.STILL_BLANK, Place.of(file, span), f"`{name}` is still to be filled in", help)


def _locate(model: type[Part], fields: Mapping[str, object], detail: ErrorDetails) -> _Refused:
    """Follow the place of an error as far as the file goes, leaving out what pydantic adds."""
    path: list[str | int] = []
    written: Any = fields
    part, name, in_a_date = model, "", False
    steps = list(detail["loc"])
    for position, step in enumerate(steps):
        is_entry = isinstance(written, list) and isinstance(step, int) and step < len(written)
        if is_entry or (isinstance(written, Mapping) and step in written):
            written = written[step]
        else:
            if isinstance(step, str) and position == len(steps) - 1:
                name = step
            continue
        path.append(step)
        if isinstance(step, str):
            name = step
            if position < len(steps) - 1:
                kind = info.annotation if (info := _field(part, step)) is not None else None
                in_a_date = {When, Period}.intersection((kind, *typing.get_args(kind))) != set()
                part = part_type(kind) or part
    return _Refused(detail, part, tuple(path), name, written, in_a_date)


def _too_few_written(refused: _Refused) -> bool:
    least = refused.error.get("ctx", {}).get("min_length", 0)
    return not isinstance(refused.written, list) or len(refused.written) < least


def _field(model: type[Part], written: str) -> FieldInfo | None:
    return next(
        (info for name, info in model.model_fields.items() if written_name(info, name) == written), None
    )


def _span(spans: Mapping[FieldPath, tuple[Span, Span]], refused: _Refused, rule: Rule) -> Span:
    key_and_value = spans.get(refused.path)
    if key_and_value is None:
        return Span.at(1, 1, 3)  # the record as a whole: the line that opens its fields
    return (
        key_and_value[0]
        if rule in (rules.UNKNOWN_FIELD, rules.MISSING_FIELD, rules.ONE_OF)
        else key_and_value[1]
    )


def _say(refused: _Refused) -> tuple[Rule, str, str | None]:
    kind = refused.error["type"]
    is_field = kind != "extra_forbidden" and not (refused.path and isinstance(refused.path[-1], int))
    if is_field and isinstance(refused.written, str) and refused.written in _ABSENCES:
        message = f"`{refused.name}` cannot be `{refused.written}`"
        return rules.CANNOT_BE_ABSENT, message, None
    meant = absence_meant(refused.model, refused.name, refused.written)
    if is_field and meant is not None:
        message = f"`{refused.name}` is `{refused.written}`, which reads as if it were a fact"
        help = f"write `{refused.name}: {meant}`" + (
            " where the source is silent" if meant == Absence.NOT_STATED else ""
        )
        return rules.ABSENCE_MISSPELT, message, help
    if kind in _WHEN_RULES:
        context = refused.error.get("ctx", {})
        return _WHEN_RULES[kind], refused.error["msg"], context.get("help")
    if (say := _SAY.get(kind)) is not None:
        return say(refused)
    return rules.BAD_TEXT, f"`{refused.name}` cannot be read: {refused.error['msg'].lower()}", None


def _noun(refused: _Refused) -> str:
    if refused.in_a_date:
        return "a date"
    model = refused.model
    word = model.noun if issubclass(model, Record) else _spaced(model.__name__)
    if word.endswith("s"):
        return f"a file of {word}"
    return with_article(word)


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _names(model: type[Part], in_a_date: bool = False) -> list[str]:
    return (
        ["value", "as_written"]
        if in_a_date
        else [written_name(info, name) for name, info in model.model_fields.items()]
    )


def _missing(refused: _Refused) -> tuple[Rule, str, str | None]:
    info = _field(refused.model, refused.name)
    may_be_absent = info is not None and type(None) in typing.get_args(info.annotation)
    help = f"add `{refused.name}: …`" + (
        "; where the source is silent, `not stated`" if may_be_absent else ""
    )
    return rules.MISSING_FIELD, f"{_noun(refused)} needs `{refused.name}`", help


def _unknown(refused: _Refused) -> tuple[Rule, str, str | None]:
    message = f"{_noun(refused)} has no field `{refused.name}`"
    return rules.UNKNOWN_FIELD, message, did_you_mean(refused.name, _names(refused.model, refused.in_a_date))


def _choice(refused: _Refused) -> tuple[Rule, str, str | None]:
    choices = _choices(refused)
    if not isinstance(refused.written, str):
        return _text(refused)
    message = f"`{refused.written}` is no `{refused.name}`: expected one of {', '.join(choices)}"
    return rules.UNKNOWN_CHOICE, message, did_you_mean(refused.written, choices)


def _choices(refused: _Refused) -> list[str]:
    for name, info in refused.model.model_fields.items():
        if written_name(info, name) == refused.name:
            for kind in (info.annotation, *typing.get_args(info.annotation)):
                if isinstance(kind, type) and issubclass(kind, enum.Enum):
                    return [str(member.value) for member in kind]
    return []


def _found(value: object) -> str:
    if isinstance(value, Mapping):
        return "a group of fields"
    return "a list" if isinstance(value, list) else "text"


def _what(refused: _Refused) -> str:
    is_entry = refused.path and isinstance(refused.path[-1], int)
    return f"an entry of `{refused.name}`" if is_entry else f"`{refused.name}`"


def _text(refused: _Refused, expected: str = "text") -> tuple[Rule, str, str | None]:
    help = (
        f"write one value after `{refused.name}:`"
        if _what(refused) == f"`{refused.name}`"
        else "write one value"
    )
    return rules.WRONG_SHAPE, f"{_what(refused)} is {expected}, found {_found(refused.written)}", help


def _list(refused: _Refused) -> tuple[Rule, str, str | None]:
    what = _what(refused)
    message = f"{what} is a list, found {_found(refused.written)}"
    name = "" if what.startswith("an entry") else f"{refused.name}: "
    help = f"write `{name}[{refused.written}]`" if isinstance(refused.written, str) else None
    return rules.WRONG_SHAPE, message, help


def _group(refused: _Refused) -> tuple[Rule, str, str | None]:
    help = f"its fields are {', '.join(_names(refused.model))}"
    return rules.WRONG_SHAPE, f"{_what(refused)} is a group of fields, found {_found(refused.written)}", help


def _number(refused: _Refused) -> tuple[Rule, str, str | None]:
    if not isinstance(refused.written, str):
        return _text(refused, "a number")
    return rules.BAD_NUMBER, f"expected a number for `{refused.name}`, found `{refused.written}`", None


def _limit(refused: _Refused) -> tuple[Rule, str, str | None]:
    bound = next(
        (f"{w} {v}" for k, w in _BOUNDS if (v := refused.error.get("ctx", {}).get(k)) is not None), ""
    )
    return rules.BAD_NUMBER, f"`{refused.name}` must be {bound}, found `{refused.written}`", None


_BOUNDS = (("ge", "at least"), ("gt", "more than"), ("le", "at most"), ("lt", "less than"))


def _yes_or_no(refused: _Refused) -> tuple[Rule, str, str | None]:
    if not isinstance(refused.written, str):
        return _text(refused, "`true` or `false`")
    message = f"expected `true` or `false` for `{refused.name}`, found `{refused.written}`"
    return rules.UNKNOWN_CHOICE, message, "write `true` or `false`"


def _too_long(refused: _Refused) -> tuple[Rule, str, str | None]:
    most = refused.error.get("ctx", {}).get("max_length")
    return rules.BAD_TEXT, f"`{refused.name}` is longer than the {most:,} characters allowed", None


def _too_few(refused: _Refused) -> tuple[Rule, str, str | None]:
    least = refused.error.get("ctx", {}).get("min_length")
    number = len(refused.written) if isinstance(refused.written, list) else 0
    return rules.TOO_FEW, f"`{refused.name}` needs at least {least}, found {number}", None


def _form(refused: _Refused) -> tuple[Rule, str, str | None]:
    pattern = str(refused.error.get("ctx", {}).get("pattern", ""))
    if pattern.startswith("^https?"):
        return (
            rules.BAD_ADDRESS,
            f"expected the whole address of a page for `{refused.name}`, found `{refused.written}`",
            None,
        )
    if pattern == r"^[^\n]+$":
        return rules.BAD_TEXT, f"`{refused.name}` goes on for more than one line", "write it on one line"
    return rules.BAD_TEXT, f"`{refused.written}` is no `{refused.name}`", f"its form is `{pattern}`"


def _reference(refused: _Refused) -> tuple[Rule, str, str | None]:
    folders = [f"`{folder}/`" for folder in _folders(refused)]
    help = f"write the id: {listed(folders, 'or') if folders else 'a folder'} and the name of the file, without `.md`"
    if isinstance(refused.written, str) and refused.written in _ABSENCES:
        help = f"write `{refused.name}: {refused.written}`, without a list"
    return reference_rules.MALFORMED, f"`{refused.written}` is no reference", help


def _folders(refused: _Refused) -> tuple[str, ...]:
    """The folders to which the refused field can point."""
    info = _field(refused.model, refused.name)
    to = metadata(info, To) if info is not None else None
    return to.folders if to is not None else ()


def _key(refused: _Refused) -> tuple[Rule, str, str | None]:
    help = "write a record id, `#` and a field, as in `figures/savings#delivered`"
    return reference_rules.UNKNOWN_KEY, f"`{refused.written}` is no key", help


def _one_of(refused: _Refused) -> tuple[Rule, str, str | None]:
    return rules.ONE_OF, refused.error["msg"], None


_SAY: dict[str, Callable[[_Refused], tuple[Rule, str, str | None]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "enum": _choice,
    "string_type": _text,
    "tuple_type": _list,
    "dict_type": _group,
    "model_type": _group,
    "model_attributes_type": _group,
    "int_parsing": _number,
    "int_type": _number,
    "int_parsing_size": _number,
    "amount_unreadable": _number,
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "bool_parsing": _yes_or_no,
    "bool_type": _yes_or_no,
    "string_too_long": _too_long,
    "string_too_short": lambda refused: (rules.BAD_TEXT, f"`{refused.name}` is empty", None),
    "string_pattern_mismatch": _form,
    "too_short": _too_few,
    "ref_malformed": _reference,
    "key_malformed": _key,
    "one_of": _one_of,
}

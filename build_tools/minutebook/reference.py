"""The generated pages of `docs/reference`: the rules, the records and the command line, from the code itself."""

from __future__ import annotations

import enum
import importlib
import importlib.util
import inspect
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import click
from annotated_types import Ge, MinLen
from pydantic import BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from minutebook.absence import metadata, written_name
from minutebook.diagnostics import Rule, Severity
from minutebook.grammar import listed, with_article
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import InTimeline, Part, Record, To, part_type
from minutebook.records.figures import Key
from minutebook.records.values import Amount, FieldKey, Line, Prose, Ref, TimeOfDay, Url, one_or_many
from minutebook.rules import FAMILIES, RULES
from minutebook.settings import Settings, Synonyms
from minutebook.when import Period, When

COMMAND = "python -m minutebook.reference"
_HELP_WIDTH = 80  # columns of the help texts, whatever terminal they are generated on

# What an editor writes, by the type of the field.
_WORDS: tuple[tuple[object, str], ...] = (
    (Line, "line of text"),
    (Prose, "text"),
    (Url, "address of a page"),
    (TimeOfDay, "time of day, as `19:30`"),
    (Key, "short name: lower-case letters, digits, hyphens"),
    (FieldKey, "key: a record id, `#` and a field"),
    (Ref, "reference"),
    (Amount, "amount, as the source prints it"),
    (When, "[date](#dates)"),
    (Period, "[period](#dates)"),
    (bool, "`true` or `false`"),
    (int, "whole number"),
    (str, "text"),
)


def pages() -> dict[str, str]:
    """Return the text of each generated page by its file name.

    `command-line.md` is among them as soon as there is a `minutebook.cli`.
    """
    made = {"rules.md": rules_page(), "records.md": records_page()}
    if importlib.util.find_spec("minutebook.cli") is not None:
        # By name: the command line is the top of the house, and a page about it must not load it for the others.
        made["command-line.md"] = command_line_page(importlib.import_module("minutebook.cli").cli)
    return made


# -- rules --------------------------------------------------------------------------------------


def rules_page() -> str:
    """Return the page of all rules, family by family."""
    parts = [
        "# Rules",
        _generated_from("`build_tools/minutebook/rules/`"),
        f"""\
There are {len(RULES)} rules. An error stops a build, a warning does not. `minutebook explain CODE` prints the
same text. The rules of publication (6xx) can never be waived.""",
    ]
    for digit, (name, module) in FAMILIES.items():
        parts += [f"## {digit}xx: {name}", _introduction(inspect.getdoc(module) or "")]
        parts += [_rule_section(rule) for rule in RULES.values() if rule.family == digit]
    return _page(parts)


def _introduction(docstring: str) -> str:
    """The docstring of a module of rules, without the `3xx, references:` that the heading says already."""
    text = docstring.split(": ", 1)[-1]
    return text[0].upper() + text[1:]


def _rule_section(rule: Rule) -> str:
    weight = "Error" if rule.severity is Severity.ERROR else "Warning"
    return "\n\n".join(
        (
            f'### <a id="{rule.code.lower()}"></a>{rule.code}: {rule.name}',
            f"*{weight}.*",
            rule.checks,
            f"**Why it matters.** {rule.why}",
            f"**Example.** {rule.example}",
            f"**How to mend it.** {rule.mend}",
        )
    )


# -- records ------------------------------------------------------------------------------------


def records_page() -> str:
    """Return the page of all record types, their common fields, and the parts they are made of."""
    parts = [
        "# Records",
        _generated_from("the models in `build_tools/minutebook/records/`"),
        _WHAT_A_RECORD_IS,
        _MAY_BE_ABSENT,
        "## Dates",
        _DATES,
        "## Fields of every record",
        _table(Record, Record.model_fields),
        "## Record types",
        *(_record_section(record_type) for record_type in RECORD_TYPES),
        "## Parts",
        "Groups of fields that stand inside a record, or inside another part.",
        *(_part_section(part) for part in all_parts(RECORD_TYPES)),
        "## Settings",
        "Two files beside the records configure the site.",
        *_settings_sections(),
    ]
    return _page(parts)


_WHAT_A_RECORD_IS = """\
A record is a Markdown file `kb/<council>/<folder>/<slug>.md`: its fields between two lines `---`, and under them a
narrative in the editor's own words. Its id is `<council>/<folder>/<slug>`; inside a council a reference may leave
the council out."""

_MAY_BE_ABSENT = """\
A field that is *required* stands in every record of its type. One that *may be not stated* takes, in place of a
value, `not stated` (the source is silent), `left blank` (a heading with nothing under it) or `not held` (the words
are on a page that is not kept). An *optional* field may be left out, or say the same."""

_DATES = """\
A date is EDTF (ISO 8601-2), as wide as the source leaves it: `2019-11-05`, `2019-11`, `2019`, `2019-11~` (about),
`2019-12-12/2020-01-07` (a day between the two), `../2019-11` (by November 2019), `[2019-03-27, 2019-04-10]` (one of
these); UK financial years are `2019/20`, quarters `2019/20-Q2`. The source's own words go beside it:
`{value: 2019-11, as_written: middle of November}`. A date is one day within what is written; a period is the whole
of it, and cannot be a set."""


def _record_section(record_type: type[Record]) -> str:
    folder = record_type.folder
    slug = "<council>" if folder == "council" else "<slug>"
    own = {name: info for name, info in record_type.model_fields.items() if name not in Record.model_fields}
    return "\n\n".join(
        (
            f'### <a id="{folder}"></a>{record_type.heading}: `{folder}/`',
            inspect.getdoc(record_type) or "",
            f"Id: `<council>/{folder}/{slug}`, in the file `kb/<council>/{folder}/{slug}.md`.",
            _table(record_type, own),
        )
    )


def _part_section(part: type[Part]) -> str:
    return "\n\n".join(
        (f"### {_part_name(part)}", inspect.getdoc(part) or "", _table(part, part.model_fields))
    )


def _settings_sections() -> Iterator[str]:
    for name, model in (("minutebook.yml", Settings), ("synonyms.yml", Synonyms)):
        yield f"### `kb/{name}`"
        yield _table(model, model.model_fields)
    yield from (_part_section(part) for part in all_parts((Settings, Synonyms)))


def all_parts(models: Iterable[type[Part]]) -> list[type[Part]]:
    """Return every part that the models hold, at any depth, each once and by name."""
    found: set[type[Part]] = set()
    waiting = list(models)
    while waiting:
        for info in waiting.pop().model_fields.values():
            inner = _part_of(info.annotation)
            if inner is not None and inner not in found:
                found.add(inner)
                waiting.append(inner)
    return sorted(found, key=_part_name)


def _part_of(annotation: object) -> type[Part] | None:
    if typing.get_origin(annotation) is dict:
        return part_type(typing.get_args(annotation)[1])
    return part_type(annotation)


def _part_name(part: type[Part]) -> str:
    """The name of a part in words: `DueDate` is a due date."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", part.__name__).capitalize()


def _table(model: type[Part], fields: Mapping[str, FieldInfo]) -> str:
    # Pydantic takes constraints apart; the hints still say `Line` where the model says it.
    hints = typing.get_type_hints(model, include_extras=True)
    rows = [("Field", "What it holds", "Needed", "Meaning"), ("---", "---", "---", "---")]
    rows += [
        (f"`{written_name(info, name)}`", _holds(hints[name], info), _needed(info), _meaning(info))
        for name, info in fields.items()
    ]
    return "\n".join(f"| {' | '.join(_cell(text) for text in row)} |" for row in rows)


def _cell(text: str) -> str:
    """Text for a cell of a Markdown table: on one line, with its pipes escaped."""
    one_line = re.sub(r"\s+", " ", text)
    # Python-Markdown leaves pipes between backticks alone, and would show a backslash before them.
    return re.sub(r"`[^`]*`|\|", lambda found: "\\|" if found.group() == "|" else found.group(), one_line)


def _holds(hint: object, info: FieldInfo) -> str:
    """What a field holds, in plain words."""
    to = metadata(info, To)
    kind, depth = _taken_apart(hint)
    words = _reference(to) if to is not None else _kind(kind, info)
    if any(isinstance(m, BeforeValidator) and m.func is one_or_many for m in info.metadata):
        return f"{words}, or a list of them"
    return "list: " * depth + words


def _taken_apart(hint: object) -> tuple[object, int]:
    """The type of a value without `None` and without its lists, and how many lists it lay in."""
    if typing.get_origin(hint) is Annotated and not _is_named(hint):
        return _taken_apart(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        (kind,) = (kind for kind in typing.get_args(hint) if kind is not type(None))
        return _taken_apart(kind)
    if typing.get_origin(hint) is tuple:
        kind, depth = _taken_apart(typing.get_args(hint)[0])
        return kind, depth + 1
    return hint, 0


def _is_named(hint: object) -> bool:
    """Whether a hint is one of the named kinds of text, such as `Line`: by its limits."""
    return any(isinstance(m, StringConstraints) for m in typing.get_args(hint)[1:])


def _kind(kind: object, info: FieldInfo) -> str:
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return f"one of {', '.join(f'`{member.value}`' for member in kind)}"
    if isinstance(kind, type) and issubclass(kind, Part):
        name = _part_name(kind)
        return f"[{name.lower()}](#{name.lower().replace(' ', '-')})"
    if typing.get_origin(kind) is dict:
        return f"for each name, {_kind(typing.get_args(kind)[1], info)}"
    least = metadata(info, Ge)
    for known, words in _WORDS:
        if kind is known or (typing.get_origin(kind) is Annotated and _same_text(kind, known)):
            return f"{words}, at least {least.ge}" if least is not None else words
    pattern = next((m.pattern for m in typing.get_args(kind)[1:] if isinstance(m, StringConstraints)), None)
    if pattern is not None:
        return f"text of the form `{str(pattern).strip('^$')}`"
    raise TypeError(f"the reference has no words for {kind!r}: add them to _WORDS")


def _same_text(kind: object, known: object) -> bool:
    limits = [m for m in typing.get_args(kind)[1:] if isinstance(m, StringConstraints)]
    return limits == [m for m in typing.get_args(known)[1:] if isinstance(m, StringConstraints)]


def _reference(to: To) -> str:
    if not to.folders:
        return "reference to any record"
    nouns = [f"[{BY_FOLDER[folder].noun}](#{folder})" for folder in to.folders]
    return f"reference to {with_article(listed(nouns, 'or'))}"


def _needed(info: FieldInfo) -> str:
    many = typing.get_origin(info.annotation) is tuple
    may_be_none = type(None) in typing.get_args(info.annotation)
    if info.is_required():
        absent = may_be_none or (many and metadata(info, MinLen) is None)
        return "required; may be not stated" if absent else "required"
    default = info.get_default(call_default_factory=True)
    if default in (None, (), {}):
        return "optional"
    value = default.value if isinstance(default, enum.Enum) else default
    return f"optional; `{str(value).lower() if isinstance(value, bool) else value}` if left out"


def _meaning(info: FieldInfo) -> str:
    """The description of a field, else the sentence that describes the part or the words it holds."""
    sentences = [info.description or _described(info.annotation)]
    if (event := metadata(info, InTimeline)) is not None:
        sentences.append(f"In histories: *{event.event}*.")
    if (least := metadata(info, MinLen)) is not None and typing.get_origin(info.annotation) is tuple:
        sentences.append(f"At least {least.min_length}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _described(annotation: object) -> str:
    kind, _ = _taken_apart(annotation)
    if isinstance(kind, type) and issubclass(kind, enum.Enum | Part):
        return (inspect.getdoc(kind) or "").split("\n\n")[0]
    return ""


# -- the command line ---------------------------------------------------------------------------


def command_line_page(group: click.Group) -> str:
    """Return the page of the help texts of `minutebook` and each of its commands."""
    parts = ["# Command line", _generated_from("the help texts of the commands")]
    for context in _contexts(group, "minutebook", None):
        depth = context.command_path.count(" ")
        lines = click.unstyle(context.get_help()).splitlines()
        parts.append(f"{'##' if depth < 2 else '###'} `{context.command_path}`")
        parts.append("\n".join(("```text", *(line.rstrip() for line in lines), "```")))
    return _page(parts)


def _contexts(command: click.Command, name: str, parent: click.Context | None) -> Iterator[click.Context]:
    """The context of a command and of every command under it, each as if it were about to run."""
    width = {"terminal_width": _HELP_WIDTH, "max_content_width": _HELP_WIDTH}
    context = click.Context(command, parent=parent, info_name=name, **{**command.context_settings, **width})
    yield context
    if isinstance(command, click.Group):
        for inner_name in command.list_commands(context):
            inner = command.get_command(context, inner_name)
            if inner is not None and not inner.hidden:
                yield from _contexts(inner, inner_name, context)


# -- writing and comparing ----------------------------------------------------------------------


def _generated_from(what: str) -> str:
    return f"*This page is generated from {what}: change it there, then run `{COMMAND}`.*"


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def differences(folder: Path) -> list[str]:
    """Return a sentence for each page in `folder` that is not as the code would write it."""
    said = []
    for name, text in pages().items():
        path = folder / name
        if not path.is_file():
            said.append(f"{path.as_posix()} is missing")
        elif path.read_bytes() != text.encode("utf-8"):
            said.append(f"{path.as_posix()} differs from the code")
    return said


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a page differs from the code.")
@click.option(
    "--docs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs"),
    show_default=True,
    help="The folder in which `reference/` lies.",
)
def main(check: bool, docs: Path) -> None:
    """Write the generated pages of docs/reference, or compare them with the code."""
    folder = docs / "reference"
    if check:
        for sentence in (found := differences(folder)):
            click.echo(f"{sentence}: run `{COMMAND}`", err=True)
        sys.exit(1 if found else 0)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"wrote {(folder / name).as_posix()}")


if __name__ == "__main__":
    main()

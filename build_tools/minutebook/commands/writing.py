"""`new` and `schema`: the first lines of a record, and the fields a record can have."""

from __future__ import annotations

import copy
import enum
import json
import re
import types
import typing
from pathlib import Path

import click
from annotated_types import MinLen
from pydantic.fields import FieldInfo

from minutebook.absence import metadata, written_name
from minutebook.blanks import BLANK, choice
from minutebook.blanks import model as model_of
from minutebook.commands.shared import DateParameter, kb_option
from minutebook.front_matter import write_record_text
from minutebook.knowledge_base import plain
from minutebook.reader import MAX_NAME
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import InTimeline, Part, Record, To, part_type
from minutebook.records.values import SLUG
from minutebook.schema import schema_of
from minutebook.suggest import did_you_mean
from minutebook.when import When

_SLUG_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


class TypeParameter(click.ParamType[type[Record]]):
    """A type of record, by its folder or its noun."""

    name = "type"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> type[Record]:
        """Return the record type, or fail with the list of them."""
        by_name = {name: t for t in RECORD_TYPES for name in (t.folder, t.noun)}
        found = by_name.get(str(value).lower())
        if found is None:
            help = did_you_mean(str(value), by_name) or f"the types are {', '.join(sorted(BY_FOLDER))}"
            self.fail(f"no type of record is called `{value}`: {help}", param, ctx)
        return found


@click.command()
@click.argument("record_type", type=TypeParameter(), required=False, metavar="[TYPE]")
def schema(record_type: type[Record] | None) -> None:
    """Print the JSON Schema of a record TYPE; without one, list the types."""
    if record_type is None:
        width = max(len(t.folder) for t in RECORD_TYPES)
        for one in RECORD_TYPES:
            click.echo(f"{one.folder:<{width}}  {(one.__doc__ or '').splitlines()[0]}")
    else:
        click.echo(json.dumps(schema_of(record_type), ensure_ascii=False, indent=2))


@click.command()
@click.argument("record_type", type=TypeParameter(), metavar="TYPE")
@click.argument("title")
@click.option("--council", help="The council's folder; needed where there are several.")
@click.option(
    "--on",
    type=DateParameter(),
    metavar="DATE",
    help="Its date: goes before the name of the file, and into its field.",
)
@click.option("--source", metavar="ID", help="The source that it cites, as in sources/minutes-of-may.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help="The value of a field; may be given more than once.",
)
@kb_option
def new(
    record_type: type[Record],
    title: str,
    council: str | None,
    on: When | None,
    source: str | None,
    given: tuple[str, ...],
    kb_folder: Path,
) -> None:
    """Write the first lines of a record of TYPE called TITLE, with every field it needs, and say where.

    What is still to be filled in stands as `…`; `minutebook check` finds each one that is left.
    """
    name = plain(title).replace(" ", "-")
    if not name.strip("-"):
        raise click.UsageError("a title needs a letter or a digit")
    slug = f"{_date_of_slug(on)}{name}"[:MAX_NAME].strip("-")
    council = slug if record_type.folder == "council" else _council(kb_folder, council)
    path = kb_folder / council / record_type.folder / f"{slug}.md"
    if path.exists() or path.is_symlink():
        raise click.UsageError(f"`{path.as_posix()}` is there already")
    if any(folder.is_symlink() for folder in (path.parent, path.parent.parent)):
        raise click.UsageError(
            f"`{path.parent.as_posix()}` leads elsewhere by a link: records are not read there"
        )
    fields = {"title": title, **first_fields(record_type)}
    _fill_in(record_type, fields, on, source, given)
    text = write_record_text(fields, BLANK)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    click.echo(f"{path.as_posix()}: fill in the fields marked `…`, then run `minutebook check`")


def _date_of_slug(on: When | None) -> str:
    """`2021-09-27-`: what the name of a dated record begins with, as exactly as the date is known."""
    return f"{on.value}-" if on is not None and _SLUG_DATE.fullmatch(on.value) else ""


def _fill_in(
    record_type: type[Record],
    fields: dict[str, object],
    on: When | None,
    source: str | None,
    given: tuple[str, ...],
) -> None:
    """Put what was given on the command line into the fields; a field that there is not is wrong use."""
    names = {written_name(info, name): info for name, info in record_type.model_fields.items()}
    if on is not None:
        dates = [name for name, info in names.items() if metadata(info, InTimeline) is not None]
        if dates:
            fields[dates[0]] = on.value
    if source is not None:
        if "citations" not in fields:
            raise click.UsageError(f"a {record_type.noun} cites no source of its own")
        fields["citations"] = [{"source": source, "at": BLANK, "quote": BLANK}]
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.UsageError(f"`{one}`: expected FIELD=VALUE, as in `number=7`")
        if name not in names:
            help = did_you_mean(name, names) or f"its fields are {', '.join(names)}"
            raise click.UsageError(f"a {record_type.noun} has no field `{name}`: {help}")
        many = typing.get_origin(names[name].annotation) is tuple
        fields[name] = [value] if many else value


def _council(kb_folder: Path, council: str | None) -> str:
    there = sorted(p.name for p in kb_folder.iterdir() if p.is_dir()) if kb_folder.is_dir() else []
    if council is None:
        if len(there) == 1:
            return there[0]
        raise click.UsageError(
            "which council? name it with --council: " + (", ".join(there) or "none is there yet")
        )
    if not re.fullmatch(SLUG, council):
        raise click.UsageError(
            f"`{council}` is no name of a council's folder: lower-case letters, digits, hyphens"
        )
    if council not in there:
        help = did_you_mean(council, there) or f"the councils are {', '.join(there) or 'none'}"
        raise click.UsageError(f"no council `{council}`: {help}")
    return council


def first_fields(model: type[Part]) -> dict[str, object]:
    """The fields that a record of this type needs, with a blank where a value is to be written."""
    fields: dict[str, object] = {
        written_name(info, name): _blank(info) for name, info in model.model_fields.items()
        if info.is_required() and name != "title"
    }  # fmt: skip
    if issubclass(model, Record) and model.folder != "sources":
        fields.setdefault("citations", [{"source": model_of("sources/NAME"), "at": BLANK, "quote": BLANK}])
    return fields


def _blank(info: FieldInfo) -> object:
    """What stands for a value that is still to be written."""
    inner = part_type(info.annotation)
    to = metadata(info, To)
    if inner is not None:
        blank: object = first_fields(inner) or BLANK
    elif to is not None:
        blank = model_of(*(f"{folder}/NAME" for folder in to.folders)) if to.folders else BLANK
    else:
        choices = _choices(info.annotation)
        blank = choice(choices) if choices else BLANK
    if typing.get_origin(info.annotation) is not tuple:
        return blank
    least = next((limit.min_length for limit in info.metadata if isinstance(limit, MinLen)), 1)
    # Not the same object twice: YAML would write an alias for the second.
    return [copy.deepcopy(blank) for _ in range(max(least, 1))]


def _choices(annotation: object) -> list[str]:
    kinds = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return [m.value for kind in kinds if isinstance(kind, type) and issubclass(kind, enum.Enum) for m in kind]

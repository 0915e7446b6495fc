"""`new` and `schema`: the first lines of a record, and the fields a record can have."""

from __future__ import annotations

import enum
import json
import re
import types
import typing
from pathlib import Path

import click
from pydantic.fields import FieldInfo

from minutebook.commands.shared import kb_option
from minutebook.front_matter import write_record_text
from minutebook.knowledge_base import plain
from minutebook.records import BY_FOLDER, RECORD_TYPES
from minutebook.records.base import Part, Record, To, metadata, part_type, written_name
from minutebook.schema import schema_of
from minutebook.suggest import did_you_mean


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
@kb_option
def new(record_type: type[Record], title: str, council: str | None, kb_folder: Path) -> None:
    """Write the first lines of a record of TYPE called TITLE, with every field it needs, and say where."""
    slug = plain(title).replace(" ", "-")[:100].strip("-")
    if not slug:
        raise click.UsageError("a title needs a letter or a digit")
    council = slug if record_type.folder == "council" else _council(kb_folder, council)
    path = kb_folder / council / record_type.folder / f"{slug}.md"
    if path.exists() or path.is_symlink():
        raise click.UsageError(f"`{path.as_posix()}` is there already")
    fields = {"title": title, **first_fields(record_type)}
    text = write_record_text(fields, "What happened, in your own words.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    click.echo(f"{path.as_posix()}: fill in the fields marked `…`, then run `minutebook check`")


def _council(kb_folder: Path, council: str | None) -> str:
    there = sorted(p.name for p in kb_folder.iterdir() if p.is_dir()) if kb_folder.is_dir() else []
    if council is None:
        if len(there) == 1:
            return there[0]
        raise click.UsageError(
            "which council? name it with --council: " + (", ".join(there) or "none is there yet")
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", council):
        raise click.UsageError(
            f"`{council}` is no name of a council's folder: lower-case letters, digits, hyphens"
        )
    if council not in there:
        help = did_you_mean(council, there) or f"the councils are {', '.join(there) or 'none'}"
        raise click.UsageError(f"no council `{council}`: {help}")
    return council


def first_fields(model: type[Part]) -> dict[str, object]:
    """The fields that a record of this type needs, with `…` where a value is to be written."""
    fields: dict[str, object] = {
        written_name(info, name): _blank(info) for name, info in model.model_fields.items()
        if info.is_required() and name != "title"
    }  # fmt: skip
    if issubclass(model, Record) and model.folder not in ("sources", "council"):
        fields.setdefault("citations", [{"source": "sources/…", "at": "…", "quote": "…"}])
    return fields


def _blank(info: FieldInfo) -> object:
    """What stands for a value that is still to be written."""
    inner = part_type(info.annotation)
    to = metadata(info, To)
    if inner is not None:
        blank: object = first_fields(inner)
    elif to is not None:
        blank = " or ".join(f"{folder}/…" for folder in to.folders) or "…"
    else:
        blank = " | ".join(_choices(info.annotation)) or "…"
    return [blank] if typing.get_origin(info.annotation) is tuple else blank


def _choices(annotation: object) -> list[str]:
    kinds = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return [m.value for kind in kinds if isinstance(kind, type) and issubclass(kind, enum.Enum) for m in kind]

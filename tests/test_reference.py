"""The generated pages: what they say, that they follow the code, and that the committed ones are theirs."""

from __future__ import annotations

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, ClassVar

import click
import markdown
import pytest
from click.testing import CliRunner
from pydantic import BeforeValidator, Field

from minutebook import reference
from minutebook.records import RECORD_TYPES
from minutebook.records.base import InTimeline, Part, Record, To
from minutebook.records.decision import DecisionKind
from minutebook.records.values import Line, Ref, one_or_many
from minutebook.rules import RULES
from minutebook.when import Period, When

COMMITTED = Path(__file__).resolve().parents[1] / "docs" / "reference"


# -- the committed pages ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rules.md", "records.md", "command-line.md"])
def test_the_committed_pages_are_those_the_code_would_write(name: str) -> None:
    """After a change of a rule, a model or a help text: `python -m minutebook.reference`."""
    assert (COMMITTED / name).read_text(encoding="utf-8").splitlines() == reference.pages()[name].splitlines()


def test_the_page_of_the_command_line_is_made_as_soon_as_there_is_one() -> None:
    """Nothing is left out without a word."""
    expected = {"rules.md", "records.md"}
    if importlib.util.find_spec("minutebook.cli") is not None:
        expected.add("command-line.md")

    assert set(reference.pages()) == expected


def test_pages_are_the_same_every_time() -> None:
    """Two runs that differ would make `--check` fail on an unchanged tree."""
    assert reference.pages() == reference.pages()


# -- rules --------------------------------------------------------------------------------------


def test_every_rule_has_a_heading_with_its_anchor() -> None:
    """`#mb301` is what messages and other pages link to."""
    page = reference.rules_page()

    for rule in RULES.values():
        assert f'### <a id="{rule.code.lower()}"></a>{rule.code}: {rule.name}\n' in page


def test_a_rule_is_described_in_full() -> None:
    """The same texts that `explain` prints."""
    page = reference.rules_page()

    assert (
        """
### <a id="mb301"></a>MB301: unknown-reference

*Error.*

Every reference names a record that is there.

**Why it matters.** A link to nothing hides who held, decided or promised something.

**Example.** `to: bodies/asc-improvment-board`

**How to mend it.** Correct the id, or write the record that is missing.
"""
        in page
    )


def test_every_rule_says_whether_it_stops_a_build() -> None:
    page = reference.rules_page()
    sections = dict(re.findall(r'^### <a id="mb\d+"></a>(MB\d+): .*\n\n\*(.*)\.\*$', page, re.MULTILINE))

    assert sections == {code: rule.severity.value.capitalize() for code, rule in RULES.items()}


def test_a_family_begins_with_what_it_is_about() -> None:
    """The sentence comes from the module of the family."""
    page = reference.rules_page()

    assert "\n## 3xx: References\n\nWhat a record points to is there, and is of the right type.\n" in page


# -- records ------------------------------------------------------------------------------------


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.folder)
def test_every_type_of_record_is_described_with_its_fields(record_type: type[Record]) -> None:
    """Its sentence, its id, and each of its own fields by the name that a file uses."""
    section = section_of(record_type.folder)

    assert str(record_type.__doc__) in section
    assert f"`<council>/{record_type.folder}/" in section
    for name, info in record_type.model_fields.items():
        assert (f"\n| `{info.alias or name}` | " in section) == (name not in Record.model_fields)


def section_of(folder: str) -> str:
    """The part of the page of records that describes one type."""
    found = re.search(rf'### <a id="{folder}"></a>.*?(?=\n##)', reference.records_page(), re.DOTALL)
    assert found is not None
    return found.group()


def test_every_part_is_described_once() -> None:
    """Also those that lie in another part only."""
    headings = re.findall(r"^### (\w.*)$", reference.records_page(), re.MULTILINE)

    assert len(headings) == len(set(headings))
    assert {"Citation", "Stated value", "Due date", "Priority", "Council settings"} <= set(headings)


def test_the_fields_of_every_record_stand_once() -> None:
    """They would double the length of the page."""
    assert reference.records_page().count("| `editor_note` |") == 1


class Stall(Part):
    """A stall at a fair, and who keeps it."""

    place: Line


class Fair(Record):
    """A fair that a council holds."""

    folder: ClassVar = "fairs"
    noun: ClassVar = "fair"
    heading: ClassVar = "Fairs"

    body: Annotated[Ref, To("bodies", backlink="fairs")]
    keeper: Annotated[Ref | None, To("actions", "posts", "bodies", backlink="kept")]
    about: Annotated[tuple[Ref, ...], To(backlink="fairs")] = ()
    held_on: Annotated[When | None, InTimeline("held")] = Field(description="The day | or days.")
    over: Period | None = None
    stalls: tuple[Stall, ...] = Field(min_length=1)
    best: Stall | None = None
    words: tuple[Line, ...]
    givers: Annotated[tuple[Ref, ...], BeforeValidator(one_or_many), To("bodies", backlink="gave")] = Field(
        (), alias="from"
    )
    kind: DecisionKind = DecisionKind.COUNCIL
    visitors: int | None = Field(None, ge=1)
    free: bool = False
    code: Annotated[str, Field(description="`a|b` in code.")] = "a|b"


def test_fields_are_described_in_plain_words() -> None:
    """What they hold, whether they are needed, and what they mean: from the description, the part or the words."""
    own = {name: info for name, info in Fair.model_fields.items() if name not in Record.model_fields}

    assert (
        reference._table(Fair, own)
        == """\
| Field | What it holds | Needed | Meaning |
| --- | --- | --- | --- |
| `body` | reference to a [body](#bodies) | required |  |
| `keeper` | reference to an [action](#actions), [post](#posts) or [body](#bodies) | required; may be not stated |  |
| `about` | list: reference to any record | optional |  |
| `held_on` | [date](#dates) | required; may be not stated | The day \\| or days. In histories: *held*. |
| `over` | [period](#dates) | optional |  |
| `stalls` | list: [stall](#stall) | required | A stall at a fair, and who keeps it. At least 1. |
| `best` | [stall](#stall) | optional | A stall at a fair, and who keeps it. |
| `words` | list: line of text | required; may be not stated |  |
| `from` | reference to a [body](#bodies), or a list of them | optional |  |
| `kind` | one of `executive`, `officer`, `programme`, `council`, `regulatory` | optional; `council` if left out | By what sort of power something was decided. |
| `visitors` | whole number, at least 1 | optional |  |
| `free` | `true` or `false` | optional; `false` if left out |  |
| `code` | text | optional; `a|b` if left out | `a|b` in code. |"""
    )


def test_a_kind_of_value_without_words_is_a_mistake_of_ours() -> None:
    """A new type of field must not reach the page as Python."""

    class Odd(Part):
        """Odd."""

        ratio: float

    with pytest.raises(TypeError, match=r"no words for <class 'float'>: add them to _WORDS"):
        reference._table(Odd, Odd.model_fields)


# -- as a page of the site ----------------------------------------------------------------------


class Anchors(HTMLParser):
    """The ids of a page and the links within it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id and, of a link, where it leads."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if str(given.get("href", "")).startswith("#"):
            self.links.add(str(given["href"])[1:])


@pytest.mark.parametrize("name", ["rules.md", "records.md"])
def test_links_within_a_page_lead_somewhere_and_no_id_is_used_twice(name: str) -> None:
    """As MkDocs makes it from Markdown."""
    html = markdown.markdown(reference.pages()[name], extensions=["tables", "toc", "fenced_code"])
    anchors = Anchors(html)

    assert sorted(anchors.links - set(anchors.ids)) == []
    assert [each for each in anchors.ids if anchors.ids.count(each) > 1] == []


def test_every_row_of_a_table_has_four_cells() -> None:
    """A pipe that is not escaped would push what follows into a column that is not there."""
    html = markdown.markdown(reference.records_page(), extensions=["tables"])

    assert {row.count("<td>") for row in html.split("<tr>") if "<td>" in row} == {4}
    assert "| ---" not in html


# -- the command line ---------------------------------------------------------------------------


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def house() -> None:
    """Keep a house."""


@house.command()
@click.option(
    "--on", metavar="DATE", help="The day on which it is asked, which may be any day at all of the calendar."
)
@click.argument("room")
def sweep(on: str, room: str) -> None:
    """Sweep a room."""


@house.command(hidden=True)
def cellar() -> None:
    """Nobody is told."""


@house.group()
def garden() -> None:
    """Look after the garden."""


@garden.command()
def dig() -> None:
    """Dig it."""


def test_the_page_of_the_command_line_is_the_help_of_every_command() -> None:
    """Groups are followed, hidden commands are left out, and the width is always the same."""
    assert (
        reference.command_line_page(house)
        == """\
# Command line

*This page is generated from the help texts of the commands: change it there, then run `python -m minutebook.reference`.*

## `minutebook`

```text
Usage: minutebook [OPTIONS] COMMAND [ARGS]...

  Keep a house.

Options:
  -h, --help  Show this message and exit.

Commands:
  garden  Look after the garden.
  sweep   Sweep a room.
```

## `minutebook garden`

```text
Usage: minutebook garden [OPTIONS] COMMAND [ARGS]...

  Look after the garden.

Options:
  -h, --help  Show this message and exit.

Commands:
  dig  Dig it.
```

### `minutebook garden dig`

```text
Usage: minutebook garden dig [OPTIONS]

  Dig it.

Options:
  -h, --help  Show this message and exit.
```

## `minutebook sweep`

```text
Usage: minutebook sweep [OPTIONS] ROOM

  Sweep a room.

Options:
  --on DATE   The day on which it is asked, which may be any day at all of the
              calendar.
  -h, --help  Show this message and exit.
```
"""
    )


# -- writing and comparing ----------------------------------------------------------------------


@pytest.fixture
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the code write two short pages."""
    monkeypatch.setattr(reference, "pages", lambda: {"a.md": "# A\n", "b.md": "# £\n"})


@pytest.mark.usefixtures("two_pages")
def test_pages_are_written_into_the_folder_of_the_reference(tmp_path: Path) -> None:
    """The folder is made, and line ends are the same on every system."""
    result = CliRunner().invoke(reference.main, ["--docs", str(tmp_path)])

    assert result.exit_code == 0
    assert (
        result.output
        == f"wrote {tmp_path.as_posix()}/reference/a.md\nwrote {tmp_path.as_posix()}/reference/b.md\n"
    )
    assert (tmp_path / "reference" / "b.md").read_bytes() == "# £\n".encode()


@pytest.mark.usefixtures("two_pages")
def test_the_check_is_quiet_when_nothing_differs(tmp_path: Path) -> None:
    """Exit code 0 and no word."""
    CliRunner().invoke(reference.main, ["--docs", str(tmp_path)])

    result = CliRunner().invoke(reference.main, ["--check", "--docs", str(tmp_path)])

    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("two_pages")
def test_the_check_names_the_file_that_differs_and_the_command_to_run(tmp_path: Path) -> None:
    """It writes nothing itself."""
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "a.md").write_text("# Another\n")

    result = CliRunner().invoke(reference.main, ["--check", "--docs", str(tmp_path)])

    assert result.exit_code == 1
    assert result.output == (
        f"{tmp_path.as_posix()}/reference/a.md differs from the code: run `python -m minutebook.reference`\n"
        f"{tmp_path.as_posix()}/reference/b.md is missing: run `python -m minutebook.reference`\n"
    )
    assert (tmp_path / "reference" / "a.md").read_text() == "# Another\n"

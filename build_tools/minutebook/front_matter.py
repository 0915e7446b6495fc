"""A Markdown file's fields as written, with their places, and the narrative under them.

Scalars stay text: YAML 1.1 would turn `10:30` into 630, `4.10` into 4.1 and `no` into False. What
YAML can do and records do not need (anchors, aliases, merge keys, tags, two equal keys) is refused
on the events of the parser, before anything is composed: composing hides anchors and tags, keeps
the last of two equal keys, and crashes on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NoReturn

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from minutebook.diagnostics import Diagnostic, Place, Rule
from minutebook.rules import reading as rules
from minutebook.source import SourceFile, Span

Value = str | list["Value"] | dict[str, "Value"]

MAX_FRONT_MATTER = 128 * 1024  # characters; the longest real record here has 30 thousand
MAX_DEPTH = 12  # the record model nests eight deep at the most
# Bidirectional controls and invisible separators make a file read otherwise than it looks; YAML
# counts NEL, LS and PS as ends of lines and editors do not.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]|\r(?!\n)"
)
_NOTHING = {"", "~", "null", "Null", "NULL"}


class Unreadable(Exception):
    """The fields of a file cannot be read at all; carries the finding."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


class RecordHandler(BaseHandler):
    """python-frontmatter's writer with our own fences and our own YAML; what it reads is split here."""

    # Only blanks may follow the dashes: the library's own pattern swallows line ends, and with
    # them the line numbers.
    FM_BOUNDARY = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:  # noqa: ARG002 - the library passes options on
        """Write fields in the order given, in block style, with no line folded."""
        return yaml.dump(
            metadata,
            Dumper=yaml.SafeDumper,
            sort_keys=False,
            allow_unicode=True,
            width=10_000,
            default_flow_style=False,
        ).strip("\n")


HANDLER = RecordHandler()


@dataclass(slots=True)
class FrontMatter:
    """The fields of a file, its narrative, and the line the narrative begins on."""

    fields: dict[str, Value]
    narrative: str
    narrative_line: int


def read_front_matter(file: SourceFile) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Split a file and read its fields; the front matter is None where they cannot be read at all."""
    split, finding = _split(file)
    if split is None:
        return None, [finding] if finding else []
    fields_text, narrative, narrative_line = split
    builder = _Builder(file)
    try:
        fields = builder.build(fields_text)
    except Unreadable as unreadable:
        return None, [*builder.findings, unreadable.finding]
    return FrontMatter(fields, narrative, narrative_line), builder.findings


def read_fields_file(file: SourceFile) -> tuple[dict[str, Value] | None, list[Diagnostic]]:
    """Read a settings file: fields alone, with no fences and no narrative."""
    if (hidden := _hidden_character(file)) is not None:
        return None, [hidden]
    if not file.text.strip():
        return {}, []
    builder = _Builder(file)
    try:
        return builder.build(file.text), builder.findings
    except Unreadable as unreadable:
        return None, [*builder.findings, unreadable.finding]


@lru_cache(maxsize=16)
def places(file: SourceFile) -> Mapping[tuple[str | int, ...], tuple[Span, Span]]:
    """The span of the key and of the value of every field, by path.

    Made when a finding needs it, and kept for the files last asked about: the places of ten thousand
    records would take more memory than the records, and one record may have a thousand findings.
    """
    fenced = HANDLER.FM_BOUNDARY.match(file.text) is not None
    split = _split(file)[0] if fenced else (file.text, "", 1)
    if split is None:
        return {}
    builder = _Builder(file, keep=True)
    try:
        builder.build(split[0])
    except Unreadable:
        pass  # what was placed before it broke is still right
    return builder.places


def write_record_text(fields: dict[str, object], narrative: str) -> str:
    """Return the text of a record file."""
    return str(frontmatter.dumps(frontmatter.Post(narrative, handler=HANDLER, **fields))) + "\n"


def _finding(file: SourceFile, rule: Rule, span: Span | None, message: str, help: str | None) -> Diagnostic:
    return Diagnostic(rule, Place.of(file, span), message, help or rule.mend)


def _hidden_character(file: SourceFile) -> Diagnostic | None:
    if file.text.startswith("\ufeff"):
        message = "the file begins with a byte-order mark, which hides what must come first"
        return _finding(file, rules.BYTE_ORDER_MARK, Span.at(1), message, None)
    # Every hidden character is unprintable, and to ask for that is five times faster than to search.
    if file.text.replace("\n", "").isprintable():
        return None
    if (hidden := _HIDDEN.search(file.text)) is not None:
        span = file.span_of_offset(*hidden.span())
        message = f"the file has the invisible character U+{ord(hidden.group()):04X}"
        return _finding(file, rules.HIDDEN_CHARACTER, span, message, "delete it")
    return None


def _split(file: SourceFile) -> tuple[tuple[str, str, int] | None, Diagnostic | None]:
    """Return the text of the fields (from the end of line 1), the narrative and its line, or a finding."""
    text = file.text
    if (finding := _hidden_character(file)) is not None:
        return None, finding
    opening = HANDLER.FM_BOUNDARY.match(text)
    if opening is None:
        first = file.line(1) or ""
        message = "expected `---` on the first line, found " + (
            f"`{first[:40]}`" if first.strip() else "an empty line"
        )
        return None, _finding(file, rules.NO_FRONT_MATTER, Span.at(1, 1, max(len(first), 1)), message, None)
    closing = _closing_fence(text, opening.end())
    if closing is None:
        message = "the fields begin with `---`, but no second `---` ends them"
        return None, _finding(file, rules.NO_FRONT_MATTER, Span.at(1, 1, 3), message, None)
    fields, narrative = text[opening.end() : closing.start()], text[closing.end() :]
    if len(fields) > MAX_FRONT_MATTER:
        message = (
            f"the fields are {len(fields):,} characters long, more than the {MAX_FRONT_MATTER:,} allowed"
        )
        return None, _finding(file, rules.TOO_LARGE, Span.at(1, 1, 3), message, None)
    line = fields.count("\n") + 2
    body = narrative.replace("\r\n", "\n")
    blank = len(body) - len(body.lstrip("\n"))
    return (fields, body.strip("\n"), line - 1 + blank), None


def _closing_fence(text: str, start: int) -> re.Match[str] | None:
    """The dashes that end the fields; found by their letters first, which is ten times faster than by lines."""
    at = text.find("\n---", start)
    while at >= 0:
        if (fence := HANDLER.FM_BOUNDARY.match(text, at + 1)) is not None:
            return fence
        at = text.find("\n---", at + 1)
    return None


_PLAIN_WORDS = (
    ("block sequence entries are not allowed", "a dash where a value is wanted", "write the value, or `not stated` where the source is silent; a list begins on the next line"),
    ("mapping keys are not allowed", "a question mark where a value is wanted", "write the value, or `not stated` where the source is silent"),
    ("mapping values are not allowed", "a colon inside the text of a value", "put the whole value in quotation marks"),
    ("cannot start any token", "a character that cannot begin a value", "put the value in quotation marks; indent with spaces, not tabs"),
    ("scanning an alias", "text that begins with `*`", "put the value in quotation marks"),
    ("scanning an anchor", "text that begins with `&`", "put the value in quotation marks"),
    ("unexpected end of stream", "a quotation mark that is never closed", "close the quotation mark"),
    ("while scanning a quoted scalar", "a quotation mark that is never closed", "close the quotation mark"),
    ("could not find expected ':'", "a line with no `name: value` in it", "write `name: value`, or indent the line under the one it goes on from"),
    ("did not find expected key", "a line indented otherwise than its neighbours, or a quotation mark in a value", "line the names up; put a value that has quotation marks in it inside quotation marks"),
    ("did not find expected '-' indicator", "a line in a list that does not begin with `- `", "begin each entry of the list with `- `"),
    ("expected <document start>", "text after the last field", "put it under the second `---`"),
    ("did not find expected ',' or", "a bracket that is never closed, or a comma that is missing", "close the bracket"),
    ("expected the node content", "a bracket or comma with nothing before it", "put the value in quotation marks"),
    ("exceeded max depth", "brackets nested too deep", "write it as a plain list"),
)  # fmt: skip


@dataclass(slots=True)
class _Frame:
    """An open list or group of fields: where the next value goes."""

    container: list[Value] | dict[str, Value]
    step: str | int = 0  # the key that waits for its value, or the number of the last entry
    wants_name: bool = False  # whether a name comes next: not in a list, nor where one waits for its value
    key_span: Span | None = None
    key_lines: dict[str, int] = field(default_factory=dict)
    opened: Any = None  # the event that began it


@dataclass
class _Builder:
    """Builds values from the events of the YAML parser; with `keep`, notes where each stands."""

    file: SourceFile
    keep: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    places: dict[tuple[str | int, ...], tuple[Span, Span]] = field(default_factory=dict)
    _stack: list[_Frame] = field(default_factory=list)
    _may_have_tags: bool = True

    def build(self, text: str) -> dict[str, Value]:
        """Return the mapping that `text` writes; raises `Unreadable` where there is none."""
        root: list[Value] = []
        self._stack = [_Frame(root)]
        self._may_have_tags = "!" in text
        try:
            # As `yaml.parse` does it, without a step in Python between one event and the next.
            for event in iter(yaml.CSafeLoader(text).get_event, None):
                if (handle := _HANDLERS.get(type(event))) is not None:
                    handle(self, event)
        except yaml.MarkedYAMLError as error:
            raise Unreadable(self._syntax_finding(error)) from None
        except yaml.YAMLError as error:
            message = f"the fields cannot be read: {str(error).splitlines()[0]}"
            raise Unreadable(
                _finding(self.file, rules.YAML_SYNTAX, Span.at(1, 1, 3), message, None)
            ) from None
        if not root or not isinstance(root[0], dict):
            what = "a line of text" if root else "nothing"
            message = f"expected `name: value` fields between the two `---`, found {what}"
            raise Unreadable(_finding(self.file, rules.NOT_FIELDS, Span.at(1, 1, 3), message, None))
        return root[0]

    def _scalar(self, event: Any) -> None:
        frame = self._stack[-1]
        if event.anchor or (self._may_have_tags and self._is_tagged(event)):
            self._refuse(event)
        if frame.wants_name:
            self._open_key(event, frame)
            return
        value: str = event.value
        if event.style == '"' and not value.isprintable():
            self._say_hidden(event)
        if " -" in value and not event.style:
            self._refuse_entry_read_as_text(event)
        self._put(value, event, frame)
        if not value or value.isspace() or (len(value) < 5 and not event.style and value in _NOTHING):
            self._say(rules.EMPTY_VALUE, event, self._nothing_under())

    def _say_hidden(self, event: Any) -> None:
        r"""What is not in the file as it stands may be written in quotation marks as an escape, such as `\u200b`."""
        if (hidden := _HIDDEN.search(event.value)) is not None:
            message = f"an escape stands for the invisible character U+{ord(hidden.group()):04X}"
            self.findings.append(
                _finding(self.file, rules.HIDDEN_CHARACTER, _span(event), message, "delete it")
            )

    def _refuse_entry_read_as_text(self, event: Any) -> None:
        """A dash further in than the line above it begins no entry: YAML takes the line for more of the same text."""
        for number in range(event.start_mark.line + 2, event.end_mark.line + 2):
            line = self.file.line(number) or ""
            if (text := line.lstrip()).startswith("-"):
                span = Span.at(number, len(line) - len(text) + 1)
                message = "cannot read the fields: a line with a dash is read as more of the text above it"
                help = "line the dash up with the entry above, or put the whole text in quotation marks"
                raise Unreadable(_finding(self.file, rules.YAML_SYNTAX, span, message, help))

    def _start(self, event: Any) -> None:
        frame = self._stack[-1]
        if frame.wants_name:
            self._stop(rules.KEY_NOT_TEXT, event, "expected a name, found a list or a group of fields")
        if event.anchor or (event.tag and not event.implicit):
            self._refuse(event)
        if len(self._stack) > MAX_DEPTH:
            self._stop(rules.TOO_DEEP, event, f"the fields are nested more than {MAX_DEPTH} deep")
        new: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if len(self._stack) == 1 and isinstance(new, list):
            self._stop(rules.NOT_FIELDS, event, "expected `name: value` fields, found a list")
        self._put(new, event, frame)
        self._stack.append(_Frame(new, wants_name=isinstance(new, dict), opened=event))

    def _end(self, _: Any) -> None:
        closed = self._stack.pop()
        if not closed.container and len(self._stack) > 1:
            self._say(rules.EMPTY_VALUE, closed.opened, self._nothing_under())

    def _open_key(self, event: Any, frame: _Frame) -> None:
        name: str = event.value
        line: int = event.start_mark.line + 1
        if not name.isprintable():
            self._say_hidden(event)
        if name == "<<" and not event.style:
            self._stop(rules.ANCHOR_OR_ALIAS, event, "a merge key `<<` is not allowed")
        if not name.strip():
            self._stop(rules.KEY_NOT_TEXT, event, "expected a name before the colon, found nothing")
        if (first := frame.key_lines.setdefault(name, line)) != line or name in frame.container:
            self._say(
                rules.DUPLICATE_KEY,
                event,
                f"`{name}` stands here a second time; it is on line {first} already",
            )
        frame.step, frame.wants_name = name, False
        if self.keep:
            frame.key_span = _span(event)

    def _put(self, value: Value, event: Any, frame: _Frame) -> None:
        if isinstance(frame.container, dict):
            # The first of two equal keys stays; the second is a finding.
            frame.container.setdefault(str(frame.step), value)
            frame.wants_name = True
        else:
            frame.step = len(frame.container)
            frame.container.append(value)
        if self.keep and len(self._stack) > 1:
            span = _span(event)
            path = tuple(open_frame.step for open_frame in self._stack[1:])
            self.places.setdefault(path, (frame.key_span or span, span))

    def _nothing_under(self) -> str:
        name = next((f.step for f in reversed(self._stack) if isinstance(f.step, str)), "")
        return f"`{name}` has nothing after it" if name else "a field has nothing after it"

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop(rules.ANCHOR_OR_ALIAS, event, f"an alias is not allowed, found `*{event.anchor}`")
        if event.anchor:
            self._stop(rules.ANCHOR_OR_ALIAS, event, f"an anchor is not allowed, found `&{event.anchor}`")
        self._stop(
            rules.TAG,
            event,
            f"a tag is not allowed, found `{(event.tag or '!').replace('tag:yaml.org,2002:', '!!')}`",
        )

    def _document(self, event: Any) -> None:
        if self._stack[0].container:
            message = "cannot read the fields: a line that begins with `---` among them"
            help = "indent it under the name it belongs to, or put it under the second `---`"
            raise Unreadable(_finding(self.file, rules.YAML_SYNTAX, _span(event), message, help))

    def _is_tagged(self, event: Any) -> bool:
        """Whether a scalar has a tag; a bare `!` is one that events do not show."""
        mark = event.start_mark
        is_bare = (self.file.line(mark.line + 1) or "").startswith("!", mark.column)
        return is_bare or bool(event.tag and not any(event.implicit))

    def _syntax_finding(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        said = f"{error.context or ''} {error.problem or ''}".strip()
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in said or "scanning an a" in said:
            mark = (
                error.context_mark or mark
            )  # where the text begins: a quotation mark is missed at the end of the file
        span = Span.at(mark.line + 1, mark.column + 1) if mark else Span.at(1)
        if self.file.line(span.line) is None:
            span = Span.at(max(len(self.file.lines), 1))
        for sign, what, help in _PLAIN_WORDS:
            if sign in said:
                return _finding(self.file, rules.YAML_SYNTAX, span, f"cannot read the fields: {what}", help)
        return _finding(self.file, rules.YAML_SYNTAX, span, f"cannot read the fields: {said}", None)

    def _say(self, rule: Rule, event: Any, message: str) -> None:
        self.findings.append(_finding(self.file, rule, _span(event), message, None))

    def _stop(self, rule: Rule, event: Any, message: str) -> NoReturn:
        raise Unreadable(_finding(self.file, rule, _span(event), message, None))


_HANDLERS = {
    yaml.DocumentStartEvent: _Builder._document,
    yaml.ScalarEvent: _Builder._scalar,
    yaml.MappingStartEvent: _Builder._start,
    yaml.SequenceStartEvent: _Builder._start,
    yaml.MappingEndEvent: _Builder._end,
    yaml.SequenceEndEvent: _Builder._end,
    yaml.AliasEvent: _Builder._refuse,
}


def _span(event: Any) -> Span:
    """The span of an event; what goes on for lines is shown by where it begins."""
    start, end = event.start_mark, event.end_mark
    if end.line == start.line and end.column > start.column:
        return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return Span.at(start.line + 1, start.column + 1)

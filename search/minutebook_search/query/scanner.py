"""The signs of a query one after another: operators, parentheses, and operands that are read already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from minutebook_search.query.filters import field_named, read_filter, unknown_field
from minutebook_search.query.tree import And, Message, Node, Phrase, Prefix, Word
from minutebook_search.words import compounds, key_of, plain_signs, tidy

_FIELD = re.compile(r"([^\W\d_]+):(.*)", re.DOTALL)
_ENDING = re.compile(r"[\s()\"]")
_OPERATORS: dict[str, Literal["and", "or", "not"]] = {"AND": "and", "OR": "or", "NOT": "not"}
_AFTER_A_WORD = ".,;:!?'"  # what a sentence leaves at the end of a word
_NOTHING = "\u2022"  # in the place of a quotation mark without its pair: no word, no space, no operator


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator, a parenthesis, or an operand with what it means: None where it could not be read."""

    kind: Literal["and", "or", "not", "open", "close", "operand"]
    column: int
    negated: bool = False  # a dash right before it
    node: Node | None = None
    terms: int = 1


def scan(query: str, say: Callable[[Message], None]) -> Iterator[Sign]:
    """Yield the signs of a query; `say` takes what is left out, and why."""
    text = _paired(plain_signs(query), say)
    at = 0
    while at < len(text):
        start = at
        while at < len(text) and text[at] == "-":
            at += 1
        negated = at > start
        if at == len(text) or text[at].isspace():
            at += 1
        elif text[at] in "()":
            # `-)` is a dash that leaves nothing out
            yield Sign("open" if text[at] == "(" else "close", at + 1, negated and text[at] == "(")
            at += 1
        elif text[at] == '"':
            opened = at
            inner, at = _quoted(text, at)
            phrase = Phrase(tidy(inner), opened + 1) if key_of(tidy(inner)) else None
            yield Sign("operand", start + 1, negated, phrase)
        else:
            end = _end_of_chunk(text, at)
            chunk, column = text[at:end], at + 1
            if (operator := _OPERATORS.get(chunk)) is not None and not negated:
                yield Sign(operator, column)
                at = end
            else:
                read, at = _operand(text, chunk, at, say)
                for node in read:
                    terms = len(node.of) if isinstance(node, And) else 1
                    yield Sign("operand", start + 1, negated, node, terms)


def _paired(text: str, say: Callable[[Message], None]) -> str:
    """The text with every quotation mark closed: the last one goes where their number is odd."""
    if text.count('"') % 2 == 0:
        return text
    at = text.rindex('"')
    say(Message(at + 1, f"unclosed quotation mark at column {at + 1}: searched without it"))
    return f"{text[:at]}{_NOTHING}{text[at + 1 :]}"


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands between the quotation mark at `at` and the next, and where to go on."""
    end = text.index('"', at + 1)
    return text[at + 1 : end], end + 1


def _end_of_chunk(text: str, at: int) -> int:
    """Where a word ends: at white space, a quotation mark or a parenthesis that it did not open itself.

    `report(s)` is one chunk, `type:(` and `NOT(` are not: there the parenthesis begins a group.
    """
    end, opened = at, 0
    while (ending := _ENDING.search(text, end)) is not None:
        end = ending.start()
        before = text[at:end]
        if text[end] == "(" and end > at and not before.endswith(":") and before not in _OPERATORS:
            opened += 1
        elif text[end] == ")" and opened:
            opened -= 1
        else:
            return end
        end += 1
    return len(text)


def _operand(text: str, chunk: str, at: int, say: Callable[[Message], None]) -> tuple[list[Node | None], int]:
    """What a chunk at `at` means, and where to go on: after it, or after the quotation that is its value.

    A filter that cannot be read is None; signs without a word are nothing at all.
    """
    end, column = at + len(chunk), at + 1
    match = _FIELD.fullmatch(chunk)
    if match is not None and not match[2].startswith("//"):  # an address is no field
        value = match[2].strip(_NOTHING)
        quoted = not value and text[end : end + 1] == '"'
        field = field_named(match[1])
        if field is not None:
            if quoted:
                value, end = _quoted(text, end)
            read, message = read_filter(field, value.rstrip(",;"), column)
            if message is not None:
                say(message)
            return [read], end
        if value or quoted:
            say(unknown_field(match[1], column))
    node = _words(chunk, column, say)
    return ([node] if node is not None else []), end


def _words(chunk: str, column: int, say: Callable[[Message], None]) -> Node | None:
    """The words of a chunk: one, the beginning of one, or several that all must match; None where it has none."""
    tidied = tidy(chunk)
    spans = [(compound[0].start, compound[-1].end) for compound in compounds(tidied)]
    if not spans:
        return None
    found = [tidied[start:end] for start, end in spans]
    last_word = tidied.rstrip(_AFTER_A_WORD)
    # Where tidying took nothing away, a word's column is its own; else that of the chunk will do.
    columns = [column + start if tidied == chunk else column for start, _ in spans]
    nodes: list[Node] = [Word(one, at) for one, at in zip(found, columns, strict=True)]
    if last_word.endswith("*"):
        nodes[-1] = Prefix(found[-1], columns[-1])
    if "*" in last_word.rstrip("*"):
        said = " ".join([*found[:-1], found[-1] + "*" * last_word.endswith("*")])
        say(Message(column, f"`*` stands within a word at column {column}: searched as `{said}`"))
    return And(tuple(nodes)) if len(nodes) > 1 else nodes[0]

"""Signs to a tree: read with a stack of open groups, not by recursion, so that no nesting is too deep."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutebook_search.query.limits import MAX_DEPTH, MAX_LENGTH, MAX_TERMS
from minutebook_search.query.scanner import Sign, scan
from minutebook_search.query.tree import And, Message, Node, Not, Or, ParsedQuery

_LAST_WORD = re.compile(r"\s\S*\Z")


@dataclass(slots=True)
class _Group:
    """A query, or what stands between two parentheses, as far as it has been read."""

    column: int = 0
    negated: bool = False  # the group as a whole
    found: list[Node] = field(default_factory=list)
    joins: bool = False  # the last of `found` is an `Or` of this group, which another OR makes longer
    operator: Sign | None = None  # an OR that waits for what follows it
    negation: Sign | None = None  # a NOT that does
    says_and: bool = False
    says_or: bool = False

    def add(self, node: Node, negated: bool) -> None:
        if negated != (self.negation is not None):
            node = node.of if isinstance(node, Not) else Not(node)
        self.negation = None
        if self.operator is None:
            self.found.append(node)
            self.joins = False
            return
        before = self.found.pop()
        earlier = before.of if self.joins and isinstance(before, Or) else (before,)
        self.found.append(Or((*earlier, node)))
        self.joins, self.operator = True, None

    def pass_over(self) -> None:
        """Let the operators before something that is left out go with it, or they would take what follows."""
        self.operator = self.negation = None


class _Parser:
    """Reads one query; messages and counts belong to all its groups alike."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.groups = [_Group()]
        self.terms = 0
        self.too_deep = 0  # parentheses open beyond the limit, whose content is left out

    def say(self, column: int, text: str) -> None:
        self.messages.append(Message(column, text))

    def read(self, query: str) -> Node | None:
        for sign in scan(self._cut(query), self.messages.append):
            if self.too_deep:
                self.too_deep += {"open": 1, "close": -1}.get(sign.kind, 0)
                if not self.too_deep:
                    self.groups[-1].pass_over()
            elif sign.kind == "open":
                self._open(sign)
            elif sign.kind == "close":
                self._close(sign)
            elif sign.kind == "operand":
                self._add(sign)
            else:
                self._operate(sign)
        if (unclosed := len(self.groups) - 1) > 0:
            column = self.groups[1].column
            what = "unclosed parenthesis" if unclosed == 1 else f"{unclosed} unclosed parentheses, the first"
            self.say(column, f"{what} at column {column}: read as closed at the end")
        while len(self.groups) > 1:
            self._end_group()
        return self._joined(self.groups[0])

    def _cut(self, query: str) -> str:
        if len(query) <= MAX_LENGTH:
            return query
        cut = query[:MAX_LENGTH]
        if not query[MAX_LENGTH].isspace() and (last_word := _LAST_WORD.search(cut)) is not None:
            cut = cut[: last_word.start()]  # the beginning of a word is another word
        said = f"the query is longer than {MAX_LENGTH:,} characters"
        self.say(len(cut) + 1, f"{said}: what follows column {len(cut)} is left out")
        return cut

    def _open(self, sign: Sign) -> None:
        if len(self.groups) > MAX_DEPTH:
            self.too_deep = 1
            said = f"parentheses stand more than {MAX_DEPTH} deep at column {sign.column}: searched without what is in them"
            self.say(sign.column, said)
            return
        self.groups.append(_Group(sign.column, sign.negated))

    def _close(self, sign: Sign) -> None:
        if len(self.groups) == 1:
            self.say(sign.column, f"no parenthesis is open at column {sign.column}: searched without it")
        else:
            self._end_group()

    def _end_group(self) -> None:
        group = self.groups.pop()
        node = self._joined(group)
        if node is not None:
            self.groups[-1].add(node, group.negated)
        else:
            self.groups[-1].pass_over()

    def _add(self, sign: Sign) -> None:
        before, self.terms = self.terms, self.terms + sign.terms
        if self.terms <= MAX_TERMS and sign.node is not None:
            self.groups[-1].add(sign.node, sign.negated)
            return
        self.groups[-1].pass_over()
        if before <= MAX_TERMS < self.terms:
            said = f"the query has more than {MAX_TERMS} terms: what follows from column {sign.column} is left out"
            self.say(sign.column, said)

    def _operate(self, sign: Sign) -> None:
        group = self.groups[-1]
        if sign.kind == "not":
            group.negation = sign if group.negation is None else None
            return
        self._drop_negation(group)
        if sign.kind == "and":
            group.says_and = True
        elif not group.found or group.operator is not None:
            self.say(sign.column, f"nothing stands before `OR` at column {sign.column}: searched without it")
        else:
            group.says_or, group.operator = True, sign

    def _drop_negation(self, group: _Group) -> None:
        if group.negation is not None:
            column = group.negation.column
            self.say(column, f"nothing follows `NOT` at column {column}: searched without it")
            group.negation = None

    def _joined(self, group: _Group) -> Node | None:
        self._drop_negation(group)
        if group.operator is not None:
            column = group.operator.column
            self.say(column, f"nothing follows `OR` at column {column}: searched without it")
        if group.says_and and group.says_or:
            column = group.column or 1
            said = "`OR` joins only what stands on its two sides, before `AND` does: use parentheses to say otherwise"
            self.say(column, said)
        if not group.found:
            return None
        return group.found[0] if len(group.found) == 1 else And(tuple(group.found))


def parse_query(query: str) -> ParsedQuery:
    """Read a query of the language that the package describes. Never raises; `messages` say what was left out."""
    parser = _Parser()
    root = parser.read(query)
    messages = sorted(parser.messages, key=lambda message: message.column)
    if root is None:
        messages.append(Message(1, "no word to search for"))
    return ParsedQuery(query, root, tuple(messages))

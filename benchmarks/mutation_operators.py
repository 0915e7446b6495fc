"""Small faults in a module, one at a time: a comparison turned round, a condition dropped, a line left out."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_LEFT_ALONE = frozenset({"annotation", "returns", "decorator_list", "args", "bases"})
_LONGEST = 90  # characters of code in the name of a mutant


_Way = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where, what stood there, and what stands there instead."""

    name: str  # stays the same when lines move: `function: operator: before → after`
    owner: str  # the outermost function or method by its qualified name; empty at the top of the module
    line: int
    last_line: int
    way: _Way
    operator: str

    def in_module(self, source: str) -> ast.Module:
        """The whole module with the fault."""
        tree = ast.parse(source)
        _put(tree, self.way, _apply(self.operator, _at(tree, self.way)))
        return ast.fix_missing_locations(tree)


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines; the same for the same text."""
    seen: Counter[str] = Counter()
    for owner, node, way, operator in _walk(ast.parse(source), (), (), False):
        after = _apply(operator, copy.deepcopy(node))
        name = f"{owner or 'module'}: {operator}: {_short(node)} → {_short(after)}"
        seen[name] += 1
        if seen[name] > 1:
            name += f" ({seen[name]})"
        lines = [one.lineno for one in ast.walk(node) if isinstance(one, ast.expr | ast.stmt)]
        ends = [one.end_lineno or 0 for one in ast.walk(node) if isinstance(one, ast.expr | ast.stmt)]
        # No line of its own is run for `if …: continue`: Python jumps from the condition.
        jump = isinstance(node, ast.Continue | ast.Break)
        yield Mutant(name, owner, min(lines) - jump, max(ends), way, operator)


def _walk(
    node: ast.AST, way: _Way, scope: tuple[str, ...], inside: bool
) -> Iterator[tuple[str, ast.AST, _Way, str]]:
    owner = ".".join(scope) if inside else ""
    for operator in _operators(node, inside):
        yield owner, node, way, operator
    for name, value in ast.iter_fields(node):
        # What a type checker reads, decorators, defaults and docstrings are left alone.
        if name in _LEFT_ALONE and not isinstance(node, ast.Call):
            continue
        children = value if isinstance(value, list) else [value]
        for number, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_left_alone(node, child, inside):
                continue
            step = (name, number if isinstance(value, list) else None)
            if isinstance(child, _Function | ast.ClassDef):
                deeper = (*scope, child.name) if not inside else scope
                yield from _walk(child, (*way, step), deeper, inside or isinstance(child, _Function))
            else:
                yield from _walk(child, (*way, step), scope, inside)


def _is_left_alone(parent: ast.AST, child: ast.AST, inside: bool) -> bool:
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True  # a docstring
    if isinstance(child, ast.Import | ast.ImportFrom | ast.Assert | ast.Global | ast.Nonlocal):
        return True  # an assertion tells the type checker something
    # Of a class only the methods; at the top of a module only what is given a name.
    if isinstance(parent, ast.ClassDef) and not inside:
        return not isinstance(child, _Function)
    if isinstance(parent, ast.Module):
        if isinstance(child, ast.Assign | ast.AnnAssign):
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            return isinstance(target, ast.Name) and target.id == "__all__"
        return not isinstance(child, _Function | ast.ClassDef)
    return False


def _operators(node: ast.AST, inside: bool) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _SWAPS:
            yield "turn the comparison"
        case ast.BoolOp():
            yield "and for or"
        case ast.UnaryOp(op=ast.Not()):
            yield "drop not"
        case ast.If():
            if not _is_turned_elsewhere(node.test):
                yield "negate"
            yield "skip the body"
        case ast.IfExp() | ast.While():
            if not _is_turned_elsewhere(node.test):
                yield "negate"
        case ast.comprehension(ifs=[_, *_]):
            yield "drop the condition"
        case ast.BinOp(op=op) if type(op) in _SUMS:
            yield "another operation"
        case ast.Constant(value=value) if isinstance(value, bool | int | str):
            yield "another constant"
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "return nothing"
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()) if inside:
            yield "yield nothing"
        case ast.Expr(value=ast.Call()) if inside:
            yield "leave out"
        case ast.Raise() | ast.Continue() | ast.Break() | ast.AugAssign():
            yield "leave out"
        case _:
            pass


def _is_turned_elsewhere(test: ast.expr) -> bool:
    """Whether to negate a condition is what another operator does to it."""
    return isinstance(test, ast.Compare | ast.UnaryOp) and next(_operators(test, True), None) is not None


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _apply(operator: str, node: ast.AST) -> ast.AST:
    """The node with the fault, changed where it stands or another in its place."""
    match operator, node:
        case "turn the comparison", ast.Compare(ops=[op]):
            node.ops = [_SWAPS[type(op)]()]
        case "and for or", ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case "drop not", ast.UnaryOp():
            return node.operand
        case "negate", ast.IfExp() | ast.If() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case "skip the body", ast.If():
            node.body = [ast.Pass()]
        case "drop the condition", ast.comprehension():
            node.ifs = node.ifs[1:]
        case "another operation", ast.BinOp():
            node.op = _SUMS[type(node.op)]()
        case "another constant", ast.Constant(value=bool() | int() | str() as value):
            return ast.copy_location(ast.Constant(_other(value)), node)
        case "return nothing", ast.Return():
            node.value = ast.Constant(None)
        case "yield nothing", ast.Expr():
            node.value = ast.YieldFrom(ast.Tuple([], ast.Load()))
        case "leave out", _:
            return ast.copy_location(ast.Pass(), node)
        case _:
            raise ValueError(operator)
    return node


def _other(value: bool | int | str) -> bool | int | str:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"XX{value}" if value else "XX"


def _at(tree: ast.AST, way: _Way) -> ast.AST:
    node: ast.AST = tree
    for name, number in way:
        value = getattr(node, name)
        node = value if number is None else value[number]
    return node


def _put(tree: ast.AST, way: _Way, new: ast.AST) -> None:
    parent = _at(tree, way[:-1])
    name, number = way[-1]
    if number is None:
        setattr(parent, name, new)
    else:
        getattr(parent, name)[number] = new


def _short(node: ast.AST) -> str:
    """A node as a line of code, not too long."""
    if isinstance(node, ast.If | ast.While):
        node = ast.If(node.test, node.body[:1], []) if isinstance(node, ast.If) else node.test
    if isinstance(node, ast.comprehension):
        text = ast.unparse(ast.ListComp(ast.Name("…"), [node]))
    else:
        text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

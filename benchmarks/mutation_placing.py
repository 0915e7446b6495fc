"""A fault put into a program that runs: the code of one function replaced, or a value that a module gives a name."""

from __future__ import annotations

import ast
import inspect
import sys
import types
from functools import cached_property
from typing import Any

from benchmarks.mutation_operators import Mutant


class CannotPlace(Exception):
    """The fault cannot be put into a program that runs."""


def put_in_place(module: types.ModuleType, mutant: Mutant, source: str) -> None:
    """Replace the code of the function that has the fault, or the value that the module gives a name.

    `source` is the text of the module. CannotPlace where the code fits no function that is there.
    """
    assert module.__file__ is not None
    tree = mutant.in_module(source)
    if not mutant.owner:
        # That one line alone, with the classes that are there: others of the same name would be strangers.
        line = ast.Module([tree.body[mutant.way[0][1] or 0]], [])
        fresh = dict(vars(module))
        exec(compile(line, module.__file__, "exec", dont_inherit=True), fresh)  # noqa: S102 - our own, with a fault
        _replace_values(module, fresh)
        _forget()
        return
    code = compile(tree, module.__file__, "exec", dont_inherit=True)
    function = _function(module, mutant.owner)
    try:
        function.__code__ = _code_of(code, mutant.owner)
    except ValueError as error:
        raise CannotPlace(str(error)) from None
    _forget()


def _replace_values(module: types.ModuleType, fresh: dict[str, Any]) -> None:
    """Give every module that imported a value of this one the new value in its place."""
    others = [one for name, one in list(sys.modules.items()) if name.startswith(("minutebook", "tests"))]
    for name, old in list(vars(module).items()):
        if name.startswith("__") or isinstance(old, type | types.FunctionType | types.ModuleType):
            continue
        new = fresh.get(name)
        if type(new) is type(old) and repr(new) != repr(old):
            for one in others:
                for known_as, value in list(vars(one).items()):
                    if value is old:
                        setattr(one, known_as, new)


def _forget() -> None:
    """Empty what functions remember: some were called while pytest collected."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("minutebook", "tests")):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def _function(module: types.ModuleType, owner: str) -> types.FunctionType:
    value: Any = module
    for name in owner.split("."):
        value = vars(value)[name] if isinstance(value, type) else getattr(value, name)
    while not isinstance(value, types.FunctionType):
        if isinstance(value, property):
            value = value.fget
        elif isinstance(value, cached_property):
            value = value.func
        elif isinstance(value, staticmethod | classmethod):
            value = value.__func__
        else:
            value = value.__wrapped__
    found = inspect.unwrap(value)
    assert isinstance(found, types.FunctionType)
    return found


def _code_of(code: types.CodeType, owner: str) -> types.CodeType:
    for step in owner.split("."):
        code = next(one for one in code.co_consts if isinstance(one, types.CodeType) and one.co_name == step)
    return code

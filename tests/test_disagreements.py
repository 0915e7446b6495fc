"""Values that sources state of one thing: which disagree, and how often that is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from minutebook.checks.disagreements import _disagreeing
from minutebook.diagnostics import Diagnostic
from minutebook.evidence.comparing import compared, may_overlap
from minutebook.records.base import StatedValue
from tests.helpers import load_files

TABLE = """---
title: Savings
unit: £
rows: [{key: benches, label: Benches}]
cells: [{row: benches, kind: delivered, amount: "1"}]
---
"""


def citing(value: str) -> str:
    """A citation that states a value of one figure."""
    return (
        f'{{source: sources/minutes, at: item 1, quote: "{value}",'
        f' states: {{key: figures/savings#benches, value: "{value}"}}}}'
    )


def stating(values: Sequence[str]) -> str:
    """An event whose citations state a value each."""
    citations = "".join(f"- {citing(value)}\n" for value in values)
    return f"---\ntitle: Told\nkind: review\non: not stated\ncitations:\n{citations}---\n"


def sides(values: Sequence[str]) -> str:
    """A discrepancy with a side for each value."""
    each = "".join(f"- says: One.\n  citations: [{citing(value)}]\n" for value in values)
    return f"---\ntitle: Savings differ\nkind: open\nmatter: amounts\nsides:\n{each}---\n"


def disagreements(folder: Path, files: dict[str, str]) -> list[Diagnostic]:
    """The findings of MB713 on these records of Ambledown."""
    all_files = {"figures/savings.md": TABLE, **files}
    loaded = load_files(folder, {f"ambledown/{name}": text for name, text in all_files.items()})
    return [one for one in loaded.findings if one.rule.code == "MB713"]


def test_of_many_values_each_is_held_against_one_other_and_not_against_all(tmp_path: Path) -> None:
    values = [f"£{number}K" for number in range(1, 31)]

    found = disagreements(tmp_path / "kb", {"events/told.md": stating(values)})

    assert [one.message.split("`")[1] for one in found] == ["£1K"] * 29
    assert [one.message.split("`")[5] for one in found] == sorted(values[1:])


def test_one_discrepancy_with_all_of_them_settles_all(tmp_path: Path) -> None:
    values = [f"£{number}K" for number in range(1, 31)]
    files = {"events/told.md": stating(values), "discrepancies/savings.md": sides(values)}

    assert disagreements(tmp_path / "kb", files) == []


def test_two_discrepancies_with_the_first_value_in_both_do_not_settle_the_others(tmp_path: Path) -> None:
    files = {
        "events/told.md": stating(["£1K", "£2K", "£3K"]),
        "discrepancies/one.md": sides(["£1K", "£2K"]),
        "discrepancies/other.md": sides(["£1K", "£3K"]),
    }

    [found] = disagreements(tmp_path / "kb", files)

    assert "`£2K` is stated" in found.message
    assert "`£3K` in" in found.message


STATED = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3", "4"]), st.none() | st.tuples(st.integers(0, 8), st.integers(0, 4))),
    max_size=8,
)  # fmt: skip
PAIRS = list(combinations("1234", 2))


@given(STATED, st.sets(st.sampled_from(PAIRS)))
def test_a_disagreement_is_said_if_and_only_if_there_is_one(
    stated: list[tuple[str, tuple[int, int] | None]], told: set[tuple[str, str]]
) -> None:
    """Held against the definition: two different values at one time, and no discrepancy with both."""
    found = [
        StatedValue.model_validate(
            {"key": "a/figures/x#y", "value": value, "over": over and f"{2000 + over[0]}/{2000 + sum(over)}"}
        )
        for value, over in stated
    ]
    in_told: dict[tuple[str, object], dict[str, set[int]]] = {}
    for number, pair in enumerate(told):
        for side, value in enumerate(pair):
            in_told.setdefault(compared(value), {})[str(number)] = {side}

    def disagree(one: StatedValue, other: StatedValue) -> bool:
        pair = tuple(sorted((one.value, other.value)))
        return one.value != other.value and pair not in told and may_overlap(one.over, other.over)

    said = list(_disagreeing([(None, (), one) for one in found], in_told, in_thousands=False))  # type: ignore[misc, arg-type]

    assert bool(said) == any(disagree(one, other) for one, other in combinations(found, 2))
    assert all(disagree(one, other) for (_, _, one), (_, _, other) in said)
    pairs = [frozenset((one.value, other.value)) for (_, _, one), (_, _, other) in said]
    assert len(set(pairs)) == len(pairs) <= len({one.value for one in found})

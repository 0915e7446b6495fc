"""The list of rules: each has its own code and name, in its own family, and says what it is for."""

from __future__ import annotations

import re
from collections import Counter
from types import ModuleType

import pytest

from minutebook.diagnostics import Rule, Severity
from minutebook.rules import FAMILIES, RULES

WORD = r"[a-z]+(?:-[a-z0-9]+)*"


def rules_of(module: ModuleType) -> dict[str, Rule]:
    """The rules of a module by the name of their constant, in the order in which they stand there."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Rule)}


WRITTEN = [
    pytest.param(digit, rule, id=f"{rule.code}-{rule.name}")
    for digit, (_, module) in FAMILIES.items()
    for rule in rules_of(module).values()
]


def test_every_code_is_used_once() -> None:
    """Two rules with one code would hide one of them from `explain`."""
    codes = Counter(rule.code for _, module in FAMILIES.values() for rule in rules_of(module).values())

    assert [code for code, times in codes.items() if times > 1] == []
    assert sorted(codes) == sorted(RULES)


def test_every_name_is_used_once() -> None:
    """A name stands in the JSON of a finding and must lead to one rule."""
    names = Counter(rule.name for _, module in FAMILIES.values() for rule in rules_of(module).values())

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("digit", FAMILIES)
def test_the_codes_of_a_family_run_from_01_without_a_gap_as_they_stand(digit: str) -> None:
    """A gap would be a rule that was taken away, whose code somebody may still have written down."""
    codes = [rule.code for rule in rules_of(FAMILIES[digit][1]).values()]

    assert codes == [f"MB{digit}{number:02}" for number in range(1, len(codes) + 1)]


def test_rules_are_listed_in_the_order_of_their_codes() -> None:
    """The reference page and `explain` go through the list as it is."""
    assert list(RULES) == sorted(RULES)


@pytest.mark.parametrize("digit", FAMILIES)
def test_the_docstring_of_a_family_begins_with_its_number_and_name(digit: str) -> None:
    """The reference page prints what follows the colon under the heading of the family."""
    name, module = FAMILIES[digit]

    assert (module.__doc__ or "").startswith(f"{digit}xx, {name.lower()}: ")


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_a_rule_stands_in_the_module_of_its_family(digit: str, rule: Rule) -> None:
    """The first digit says what a rule is about."""
    assert rule.family == digit


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_the_name_of_a_rule_is_words_joined_by_hyphens(digit: str, rule: Rule) -> None:
    """One spelling, so that a name can be typed from memory."""
    assert re.fullmatch(WORD, rule.name)


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_a_rule_says_what_it_checks_why_and_how_to_mend_it_in_sentences(digit: str, rule: Rule) -> None:
    """What `explain` prints begins with a capital, a quoted word or a figure, and ends with a full stop."""
    for text in (rule.checks, rule.why, rule.mend):
        assert re.match(r"[A-Z`*\d]", text), text
        assert text.endswith("."), text
        assert text == " ".join(text.split()), text


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_a_rule_has_an_example(digit: str, rule: Rule) -> None:
    """An example says more than the rule."""
    assert rule.example == " ".join(rule.example.split()) != ""


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_the_code_quoted_in_a_text_is_closed(digit: str, rule: Rule) -> None:
    """A backtick without its partner would turn the rest of the page into code."""
    for text in (rule.checks, rule.why, rule.example, rule.mend):
        assert text.count("`") % 2 == 0, text


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_angle_brackets_stand_in_quoted_code_alone(digit: str, rule: Rule) -> None:
    """Outside backticks a browser would take `<slug>` for a tag and show nothing."""
    for text in (rule.checks, rule.why, rule.example, rule.mend):
        assert "<" not in re.sub(r"`[^`]*`", "", text), text


@pytest.mark.parametrize(("digit", "rule"), WRITTEN)
def test_a_code_named_in_a_text_is_a_rule(digit: str, rule: Rule) -> None:
    """Readers look it up."""
    for code in re.findall(r"MB\d+", " ".join((rule.checks, rule.why, rule.example, rule.mend))):
        assert code in RULES


def test_what_the_source_or_the_council_did_wrong_stops_no_build() -> None:
    """Late notice, an unanswered recommendation or a sum that does not come out is a fact to record."""
    facts = (
        "key-notice-too-short",
        "agenda-late",
        "scrutiny-unanswered",
        "total-does-not-add-up",
        "change-does-not-follow",
    )
    by_name = {rule.name: rule for rule in RULES.values()}

    assert {name: by_name[name].severity for name in facts} == dict.fromkeys(facts, Severity.WARNING)

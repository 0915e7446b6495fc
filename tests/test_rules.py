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


ALL = {name: rules_of(module) for name, (_, module) in FAMILIES.items()}
EACH = [(digit, rule) for digit, rules in ALL.items() for rule in rules.values()]


def texts(rule: Rule) -> tuple[str, ...]:
    """Every text of a rule that a reader sees."""
    return (rule.checks, rule.why, rule.example, rule.mend)


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


def test_a_rule_stands_in_the_module_of_its_family() -> None:
    """The first digit says what a rule is about."""
    assert [rule.code for digit, rule in EACH if rule.family != digit] == []


def test_the_name_of_a_rule_is_words_joined_by_hyphens() -> None:
    """One spelling, so that a name can be typed from memory."""
    assert [rule.name for _, rule in EACH if not re.fullmatch(WORD, rule.name)] == []


def test_every_text_of_a_rule_is_one_tidy_paragraph() -> None:
    """Nothing is empty, and no line ends or double blanks stand in it."""
    assert [
        (rule.code, text)
        for _, rule in EACH
        for text in texts(rule)
        if not text or text != " ".join(text.split())
    ] == []


def test_what_a_rule_checks_why_and_the_mend_are_sentences() -> None:
    """Each begins with a capital, a quoted word or a figure, and ends with a full stop."""
    sentences = [(rule.code, text) for _, rule in EACH for text in (rule.checks, rule.why, rule.mend)]

    assert [(code, text) for code, text in sentences if not re.fullmatch(r"[A-Z`*\d].*\.", text)] == []


def test_the_code_quoted_in_a_text_is_closed() -> None:
    """A backtick without its partner would turn the rest of the page into code."""
    assert [(rule.code, text) for _, rule in EACH for text in texts(rule) if text.count("`") % 2] == []


def test_angle_brackets_stand_in_quoted_code_alone() -> None:
    """Outside backticks a browser would take `<slug>` for a tag and show nothing."""
    assert [
        (rule.code, text) for _, rule in EACH for text in texts(rule) if "<" in re.sub(r"`[^`]*`", "", text)
    ] == []


def test_a_code_named_in_a_text_is_a_rule() -> None:
    """Readers look it up."""
    named = {
        (rule.code, code) for _, rule in EACH for text in texts(rule) for code in re.findall(r"MB\d+", text)
    }

    assert [pair for pair in sorted(named) if pair[1] not in RULES] == []


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

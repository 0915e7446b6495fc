"""Votes: who voted how where the law wants names, and numbers that fit the names and the outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.checks.finding import finding, place
from minutebook.checks.procedure_scope import (
    NAMED_VOTES,
    binds,
    explained,
    how_to_add,
    living,
    sets_council_tax,
)
from minutebook.checks.references import shown
from minutebook.diagnostics import Diagnostic, Note
from minutebook.grammar import listed
from minutebook.knowledge_base import KnowledgeBase, plain
from minutebook.records.base import FieldPath, Record
from minutebook.records.decision import Decision
from minutebook.records.resolution import Effect, Fate, Resolution, Vote
from minutebook.rules import procedure as rules

# The number and the list of each way to vote: the field in Python, the name in a file, the list.
_WAYS = (
    ("votes_for", "for", "named_for"),
    ("against", "against", "named_against"),
    ("abstained", "abstained", "named_abstained"),
)
_DECIDING = frozenset({Effect.APPROVED, Effect.AGREED, Effect.DELEGATED})
_NO_EFFECT = frozenset({Effect.LOST, Effect.WITHDRAWN})
# An entry that may stand for several people, or for one of several.
_SEVERAL = re.compile(
    r"\b(?:groups?|party|parties|members|councillors|all|both|others?|every|rest|remaining|\d+|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve)\b|\band\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(r"(?:an?|one|another|some)\b", re.IGNORECASE)


def check_budget_votes_have_names(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """A budget is voted on by name (MB522: SI 2014/165)."""
    for decision in living(kb, Decision):
        if not decision.budget_decision or not sets_council_tax(kb, decision):
            continue
        if not binds(NAMED_VOTES, kb, decision, decision.decided_on):
            continue
        for resolution in kb.pointing(decision.id, "resolved_on", Resolution):
            made_it = any(
                decision.id in one.concerns and one.effect in _DECIDING for one in resolution.clauses
            )
            missing = _unnamed(resolution) if made_it else []
            if missing:
                name = shown(decision.id, resolution.council)
                fields = listed([f"`{field}`" for field in missing], "or")
                what = "its vote has no" if resolution.vote is not None else "it has no"
                message = f"the resolution made `{name}`, a budget decision, but {what} {fields}"
                at = place(resolution, ("vote",), key=True)
                notes = [Note("the decision", place(decision, ("budget_decision",)))]
                help = how_to_add(missing)
                yield finding(
                    kb, resolution, at, rules.NAMED_VOTE_MISSING, message, help, notes, [decision.id]
                )


def _unnamed(resolution: Resolution) -> list[str]:
    """The fields of a named vote that are lacking; the whole vote where there is none."""
    vote = resolution.vote
    if vote is None:
        return [] if resolution.absence("vote") is not None else ["vote"]
    return [
        names
        for number, _, names in _WAYS
        if not getattr(vote, names) and vote.absence(names) is None and getattr(vote, number) != 0
    ]


def _votes(resolution: Resolution) -> Iterator[tuple[FieldPath, Vote]]:
    if resolution.vote is not None:
        yield ("vote",), resolution.vote
    for number, motion in enumerate(resolution.motions):
        if motion.vote is not None:
            yield ("motions", number, "vote"), motion.vote


def check_votes_add_up(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The numbers of a vote are those of the names, and nobody votes two ways (MB523)."""
    for resolution in living(kb, Resolution):
        votes = list(_votes(resolution))
        # A discrepancy about the resolution says that the source itself differs.
        if not votes or kb.backlinks(resolution.id, "discrepancies"):
            continue
        for path, vote in votes:
            for number, written, names in _WAYS:
                count, listed_names = getattr(vote, number), getattr(vote, names)
                if count is not None and listed_names and not _can_be(count, listed_names):
                    message = f"`{written}` is {count}, but `{names}` lists {len(listed_names)}"
                    at = place(resolution, (*path, written))
                    notes = [Note("the list", place(resolution, (*path, names)))]
                    yield finding(kb, resolution, at, rules.VOTES_DO_NOT_ADD_UP, message, notes=notes)
            yield from _twice(kb, resolution, path, vote)


def _can_be(count: int, names: tuple[str, ...]) -> bool:
    """Whether so many can have voted so: a group among the names stands for any number."""
    return len(names) == count or (len(names) < count and any(_SEVERAL.search(name) for name in names))


def _twice(kb: KnowledgeBase, record: Record, path: FieldPath, vote: Vote) -> Iterator[Diagnostic]:
    """Who voted two ways; a name that stands twice in one list is MB211."""
    first: dict[str, tuple[str, FieldPath]] = {}
    for _, _, field in _WAYS:
        for position, name in enumerate(getattr(vote, field)):
            if _SEVERAL.search(name) or _ONE_OF_SEVERAL.match(name):
                continue
            other, where = first.setdefault(plain(name), (field, (*path, field, position)))
            if other != field:
                message = f"`{name}` stands in `{field}`, but also in `{other}`"
                at = place(record, (*path, field, position))
                notes = [Note("there", place(record, where))]
                yield finding(kb, record, at, rules.VOTES_DO_NOT_ADD_UP, message, notes=notes)


def check_votes_fit_what_became_of_it(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """What was carried was not voted down, and what was lost not carried (MB524: LGA 1972, Schedule 12, paragraph 39)."""
    for resolution in living(kb, Resolution):
        if explained(resolution, r"\bmajorit|\btwo[ -]thirds\b|\bcasting vote\b"):
            continue
        for number, motion in enumerate(resolution.motions):
            wrong = (motion.fate is Fate.CARRIED and _margin(motion.vote) < 0) or (
                motion.fate is Fate.LOST and _margin(motion.vote) > 0
            )
            if wrong and motion.vote is not None:
                message = f"the {motion.kind} was `{motion.fate}`, but {_tally(motion.vote)}"
                at = place(resolution, ("motions", number, "fate"))
                notes = [Note("the vote", place(resolution, ("motions", number, "vote"), key=True))]
                yield finding(kb, resolution, at, rules.VOTE_AGAINST_FATE, message, notes=notes)
        if (
            resolution.vote is not None
            and _margin(resolution.vote) < 0
            and resolution.outcome not in _NO_EFFECT
        ):
            message = f"the resolution took effect, but {_tally(resolution.vote)}"
            at = place(resolution, ("vote",), key=True)
            effect = place(resolution, ("clauses", 0, "effect"))
            notes = [Note(f"its outcome is `{resolution.outcome}`", effect)]
            yield finding(kb, resolution, at, rules.VOTE_AGAINST_FATE, message, notes=notes)


def _margin(vote: Vote | None) -> int:
    """By how many more voted for than against; 0 where one of the numbers is not known."""
    if vote is None or vote.votes_for is None or vote.against is None:
        return 0
    return vote.votes_for - vote.against


def _tally(vote: Vote) -> str:
    return f"{vote.votes_for} voted for it and {vote.against} against"


CHECKS = (check_budget_votes_have_names, check_votes_add_up, check_votes_fit_what_became_of_it)

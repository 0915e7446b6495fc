"""Pieces of two pages: what a report asked against what was resolved, and the way of a decision to who noted it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from minutebook.absence import Absence
from minutebook.asked_and_resolved import Comparison, Mark, Pair, Run, compare_with_resolutions, not_resolved
from minutebook.decision_way import Role, WayStep, way_of
from minutebook.outputs.addresses import Links
from minutebook.outputs.page_room import Room
from minutebook.outputs.site import Site
from minutebook.outputs.templating import fragment
from minutebook.outputs.words import absent, capital, moment
from minutebook.records.decision import Decision
from minutebook.records.report import Report
from minutebook.when import When

ASKED, WAY = "asked", "way"  # the anchors of the two
_PART = {Role.DECIDED: "Decided by", Role.REPORTED: "Reported to", Role.NOTED: "Noted by"}
# Said to those who do not see the lines: not by colour alone, and not by a line alone.
_SAID = {
    Mark.ASKED: Markup('<del><span class="mb-hidden">[asked, not resolved: </span>{}<span class="mb-hidden">]</span></del>'),
    Mark.RESOLVED: Markup('<ins><span class="mb-hidden">[resolved, not asked: </span>{}<span class="mb-hidden">]</span></ins>'),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A pair, as it is shown."""

    number: str | None
    asked: str | None
    resolved: str | None
    difference: Markup | None
    same: bool


def asked_and_resolved(site: Site, report: Report, links: Links, room: Room) -> Markup:
    """What a report asked for beside what each body resolved on it; nothing where neither is recorded."""
    comparisons = compare_with_resolutions(site.kb, report)
    if not comparisons:
        return Markup("")
    missing = list(dict.fromkeys(act for _, act in not_resolved(comparisons)))
    every = [(one, pair) for one in comparisons for pair in one.pairs]
    shown = room.some(ASKED, every)
    return fragment(
        "asked_and_resolved.html",
        comparisons=[
            (_heading(one, links), [_told(pair) for whose, pair in shown if whose is one])
            for one in comparisons
        ],
        missing=missing if room.of(ASKED) is None else missing[: len(shown)],
        left=room.left.get(ASKED),
        author=site.attribution(report, links),
    )


def _heading(comparison: Comparison, links: Links) -> Markup:
    return links.record(comparison.resolution.id)


def _told(pair: Pair) -> Told:
    both = pair.asked is not None and pair.clause is not None
    return Told(
        number=pair.asked.number if pair.asked is not None else None,
        asked=pair.asked.wording if pair.asked is not None else None,
        resolved=pair.clause.wording if pair.clause is not None else None,
        difference=mark_difference(pair.runs) if both else None,
        same=both and pair.is_word_for_word,
    )


def mark_difference(runs: tuple[Run, ...]) -> Markup:
    """The words of both texts: what was asked and not resolved struck through, what was added underlined."""
    return Markup(" ").join(
        _SAID[one.mark].format(one.words) if one.mark in _SAID else escape(one.words) for one in runs
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the way of a decision, as it is shown."""

    part: str
    who: Markup
    when: Markup
    where: Markup | None
    lag: str | None


def way_to_those_who_noted(site: Site, decision: Decision, links: Links, room: Room) -> Markup:
    """Who decided, to whom it was reported and who noted it, with the days between."""
    steps = way_of(site.kb, decision)
    if len(steps) == 1:
        return Markup("")
    stops = [_stop(decision, step, links) for step in room.some(WAY, steps)]
    return fragment("way.html", stops=stops, left=room.left.get(WAY))


def _stop(decision: Decision, step: WayStep, links: Links) -> Stop:
    decided = step.role is Role.DECIDED
    reason = decision.absence("decided_by") if decided else None
    return Stop(
        part=_PART[step.role] if step.who or not decided else "Who decided:",
        who=links.record(step.who) if step.who else absent(reason or Absence.NOT_STATED),
        when=moment(step.when),
        where=links.record(step.record.id) if not decided else None,
        lag=_lag_words(decision, step),
    )


def _lag_words(decision: Decision, step: WayStep) -> str | None:
    """How long after the decision a step came, and why that is no single number: `12 to 67 days after the decision`."""
    if step.lag is None:
        return None
    least, most = step.lag.least, step.lag.most
    if (least is None and most is None) or step.lag.words == "days not known":
        return "How long after the decision is not known"
    if step.lag.words == "not after it":
        return "Not after the decision"
    if least == most == 0:
        return "The same day as the decision"
    said = f"{capital(step.lag.words)} after the decision"
    return said if least == most else f"{said} ({_why_wide(decision.decided_on, step.when)})"


def _why_wide(decided: When | None, when: When | None) -> str:
    """Why the days between a decision and a later step are no single number."""
    if decided is not None and decided.exact:
        return "the later day is not given"
    if when is not None and when.exact:
        return "the day of the decision is not given"
    return "neither day is given"

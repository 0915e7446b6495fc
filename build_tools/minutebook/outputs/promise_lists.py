"""Lists of promises: by where they stand and who made them, each with when it was due and to whom it was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from minutebook.outputs.addresses import Links
from minutebook.outputs.descriptions import expected
from minutebook.outputs.listing import Group
from minutebook.outputs.promisers import promisers
from minutebook.outputs.site import Site
from minutebook.outputs.words import capital, named, unbroken
from minutebook.promises import Promise, PromiseState
from minutebook.records.figures import Figures
from minutebook.short_dates import in_short
from minutebook.wording import A_QUESTION, promise_in_list

_STANDING = {
    PromiseState.OVERDUE: "Overdue, as far as the documents held show",
    PromiseState.DUE: "Due",
    PromiseState.MOVED: "Put off",
    PromiseState.CANNOT_TELL: "Cannot tell",
    PromiseState.EXPECTED: "Expected of others: what another body is to decide, or what somebody was asked to do",
    PromiseState.KEPT: "Kept",
    PromiseState.DROPPED: "Dropped",
}


_SHOWN = 5  # of one standing in a narrow window; where there are more they are folded, but for those past their date

# Past its date, and no document is late enough to show that it was done.
_AFTER = "Due after the latest document held, which could not show them done"


def past_with_reach(overdue: Sequence[Promise], sentence: bool = False) -> str:
    """How many promises are overdue, and how many of them fell due after the latest document held."""
    after = sum(one.is_after_the_documents for one in overdue)
    told = past_their_date(len(overdue), sentence)
    if not after:
        return told
    which = f"{after:,} of them" if len(overdue) > 1 else "It"
    return f"{told}. {which} fell due after the latest document held"


def past_their_date(number: int, sentence: bool = False) -> str:
    """How many promises are overdue, in words that claim no more than the documents held show."""
    one, many = (" is", " are") if sentence else ("", "")
    if number == 1:
        return f"1 promise{one} past its date, with no document held that shows it done"
    return f"{number:,} promises{many} past their date, with no document held that shows them done"


def question_of(found: Iterable[Promise]) -> Markup:
    """How many are past their date, and that this is a question."""
    overdue = [one for one in found if one.standing is PromiseState.OVERDUE]
    if not overdue:
        return Markup("")
    return Markup(" {}. {}").format(past_with_reach(overdue, sentence=True), A_QUESTION)


def groups_of(site: Site, found: Sequence[Promise], *, named_councils: bool) -> list[Group]:
    """Promises by where they stand, and among those by who made them: the order of each is that of its first."""
    groups = []
    for heading, standing_so in by_standing(found):
        is_long = standing_so[0].standing is not PromiseState.OVERDUE and len(standing_so) > _SHOWN
        folded = f"Show these {len(standing_so):,}" if is_long else ""
        if standing_so[0].standing is PromiseState.EXPECTED:
            lines = [_line(site, one, named_councils) for one in standing_so]
            groups.append(Group(heading, lines, folded=folded))
        for own in promisers(site, standing_so):
            council = f", {site.places[own.council].title}" if named_councils else ""
            under = Markup("{}{} ({})").format(own.name(site.anywhere), council, len(own.promises))
            groups.append(replace(group_of(site, heading, own.promises, under), folded=folded))
    return groups


def group_of(site: Site, heading: str, found: Sequence[Promise], under: Markup | str = "") -> Group:
    """Promises of one office or body: to whom and when they were all made is said once."""
    made = {_made(site.anywhere, one) for one in found}
    is_one = len(found) > 1 and len(made) == 1
    lines = [_line(site, one, says_made=not is_one) for one in found]
    return Group(heading, lines, under=under, note=made.pop() if is_one else "")


def by_standing(found: Iterable[Promise]) -> list[tuple[str, list[Promise]]]:
    """Promises under the words for where they stand; of those past their date first what a document could have shown."""
    by: dict[tuple[PromiseState, bool], list[Promise]] = {}
    for one in found:
        is_overdue = one.standing is PromiseState.OVERDUE
        by.setdefault((one.standing, is_overdue and one.is_after_the_documents), []).append(one)
    overdue = [(PromiseState.OVERDUE, False), (PromiseState.OVERDUE, True)]
    order = [key for key in (*overdue, *(key for key in by if key not in overdue)) if key in by]
    return [
        (
            f"{_AFTER if is_after else _STANDING[standing]} ({len(by[standing, is_after])})",
            by[standing, is_after],
        )
        for standing, is_after in order
    ]


def _line(site: Site, one: Promise, named_council: bool = False, *, says_made: bool = True) -> Markup:
    """A promise under the name of who made it: where it stands, and to whom it was made."""
    links, action = site.anywhere, one.action
    due = unbroken(capital(promise_in_list(one).removeprefix("Cannot tell: ")))
    stands = (
        Markup("<strong>{}</strong>").format(due) if one.standing is PromiseState.OVERDUE else escape(due)
    )
    said = [Markup("{}. {}.").format(links.record(action.id), stands)]
    about = [Markup("{}.").format(site.places[action.council].title)] if named_council else []
    if action.is_expected:
        about.append(expected(links, action))
    elif says_made:
        about.append(_made(links, one))
    tables = [links.record(ref) for ref in action.about if site.kb.get(ref, Figures) is not None]
    if tables:
        about.append(Markup("Figures: {}.").format(Markup("; ").join(tables)))
    if about:
        said.append(Markup('<span class="mb-small">{}</span>').format(Markup(" ").join(about)))
    return Markup(" ").join(said)


def _made(links: Links, one: Promise) -> Markup:
    """To whom it was promised, and when."""
    action = one.action
    to = named(links, action, "promised_to")
    lead = "An estimate, given to" if one.is_estimate else "Promised to"
    colon = "" if action.promised_to else ":"
    made = (
        Markup(", {}").format(unbroken(in_short(action.promised_on)))
        if action.promised_on is not None
        else ""
    )
    return Markup("{}{} {}{}.").format(lead, colon, to, made)


__all__ = ["by_standing", "group_of", "groups_of", "past_with_reach", "question_of"]

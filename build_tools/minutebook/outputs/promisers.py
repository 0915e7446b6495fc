"""Who promised what: promises by the office or body that made them, with how many are past their date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from minutebook.outputs.addresses import PROMISES, Links
from minutebook.outputs.site import Site
from minutebook.outputs.words import count, named
from minutebook.promises import Promise, PromiseState, promise
from minutebook.records.action import Action
from minutebook.records.base import Record
from minutebook.records.values import Ref

BY_PROMISER = f"{PROMISES}by/"


@dataclass(frozen=True, slots=True)
class Promiser:
    """An office or body and what it promised; `record` is none where the sources do not say who promised, or may not."""

    council: str
    record: Record | None
    promises: list[Promise] = field(default_factory=list)

    @property
    def overdue(self) -> int:
        """How many are past their date, with no document held that shows them done."""
        return sum(one.standing is PromiseState.OVERDUE for one in self.promises)

    @property
    def address(self) -> str | None:
        """The address of the page of what it promised."""
        return promiser_address(self.record.id) if self.record is not None else None

    def name(self, links: Links) -> Markup:
        """What it is called over its promises: a link to it, or why it has no name."""
        if self.record is not None:
            return links.record(self.record.id)
        return Markup("Who promised: {}").format(named(links, self.promises[0].action, "promised_by"))


def promiser_address(promiser: Ref) -> str:
    """The address of what an office or body promised: offices and bodies may have one slug."""
    return f"{BY_PROMISER}{promiser}/"


def promisers(site: Site, found: Iterable[Promise]) -> list[Promiser]:
    """Promises by who made them, in the order of the first of each; what is only expected was promised by nobody."""
    by: dict[tuple[str, str], Promiser] = {}
    for one in found:
        action = one.action
        if action.is_expected:
            continue
        record = site.kb.records.get(action.promised_by) if action.promised_by else None
        key = (action.council, record.id if record is not None else str(action.absence("promised_by")))
        by.setdefault(key, Promiser(action.council, record)).promises.append(one)
    return list(by.values())


def promised_by(site: Site, promiser: Ref) -> list[Promise]:
    """What an office or body promised, as it stands on the date of the build."""
    actions = site.kb.pointing(promiser, "promises", Action)
    found = (promise(site.kb, one, site.as_of) for one in actions if not one.is_expected)
    return [one for one in found if one is not None]


def promised_words(site: Site, promiser: Ref, links: Links) -> Markup | None:
    """How much an office or body promised and how much of it is past its date; None for one promise or none."""
    own = promised_by(site, promiser)
    if len(own) < 2:
        return None
    late = sum(one.standing is PromiseState.OVERDUE for one in own)
    told = links.page(promiser_address(promiser), count(len(own), "promise"))
    if not late:
        return Markup("{}, by where they stand.").format(told)
    past = count(late, "is past its date", "are past their date")
    return Markup("{}, by where they stand; {}.").format(told, past)


__all__ = [
    "BY_PROMISER",
    "Promiser",
    "promised_by",
    "promised_words",
    "promiser_address",
    "promisers",
]

"""A site that notes whatever is asked of it, and the digests of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

from minutebook.asked import Answers, Asked, AskedHistory, AskedKnowledgeBase
from minutebook.outputs.places import Lines
from minutebook.outputs.site import CouncilPlace, Site
from minutebook.publication import PublishedKnowledgeBase, Stub
from minutebook.records.values import Ref
from minutebook.when import When


class AskedSite(Site):
    """A site for one page, or a few. What is found once for a site is found anew here, unless it is noted below."""

    def __init__(self, plain: Site, asked: Asked) -> None:
        kb = AskedKnowledgeBase(plain.kb, asked)
        self._plain, self._asked = plain, asked
        self.kb = kb
        self.history = AskedHistory(plain.history, kb, asked)
        self.stubs = _AskedStubs(plain.stubs, asked)
        self.as_of = plain.as_of
        self.narratives = plain.narratives.of(kb)

    @cached_property
    def lines(self) -> Lines:
        """The records of each type and body, by date."""
        return _AskedLines(self._plain.lines, self._asked)

    @cached_property
    def councils(self) -> tuple[CouncilPlace, ...]:
        """The councils that have records, by name."""
        self._asked.note("councils")
        return self._plain.councils


_SHARED: WeakKeyDictionary[PublishedKnowledgeBase, dict[When, tuple[Site, Answers]]] = WeakKeyDictionary()


def site_of(published: PublishedKnowledgeBase, as_of: When) -> tuple[Site, Answers]:
    """The site as at a date, and the digests of what it answers: one for all outputs of a build."""
    known = _SHARED.setdefault(published, {})
    if as_of not in known:
        site = Site(published, as_of)
        known[as_of] = (site, answers_of(site))
    return known[as_of]


def answers_of(site: Site) -> Answers:
    """The digests of what a site answers."""
    return Answers(
        site,
        {
            "beside": lambda _, one: site.lines.beside(Ref(one)),
            "stubs": lambda _, meeting: site.stubs.get(Ref(meeting)),
            "all stubs": lambda _: site.stubs,
            "councils": lambda _: site.councils,
        },
    )


class _AskedLines(Lines):
    def __init__(self, plain: Lines, asked: Asked) -> None:
        self._plain, self._asked = plain, asked

    def beside(self, record_id: Ref) -> tuple[Ref | None, Ref | None]:
        """The record before and the one after; None where there is none."""
        self._asked.note("beside", record_id)
        return self._plain.beside(record_id)


class _AskedStubs(Mapping[Ref, tuple[Stub, ...]]):
    def __init__(self, plain: Mapping[Ref, tuple[Stub, ...]], asked: Asked) -> None:
        self._plain, self._asked = plain, asked

    def __getitem__(self, meeting: Ref) -> tuple[Stub, ...]:
        self._asked.note("stubs", meeting)
        return self._plain[meeting]

    def __iter__(self) -> Iterator[Ref]:
        self._asked.note("all stubs")
        return iter(self._plain)

    def __len__(self) -> int:
        self._asked.note("all stubs")
        return len(self._plain)

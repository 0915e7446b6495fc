"""Whatever is asked of the records is noted, and its answer has a digest that no other answer has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from minutebook.asked import Answers, Asked, AskedHistory, AskedKnowledgeBase
from minutebook.held import latest_document
from minutebook.knowledge_base import Backlink, KnowledgeBase, Question, link_records
from minutebook.outputs.asked_site import AskedSite, answers_of
from minutebook.outputs.site import Site
from minutebook.ownership import Possibility, Status
from minutebook.publication import PublishedHistory, publish
from minutebook.reader import read_records
from minutebook.records.base import Citation
from minutebook.records.project import Project
from minutebook.records.values import Ref
from minutebook.timeline import events_of
from minutebook.when import When
from tests.outputs.test_kept_pieces import HIDDEN_MOVE
from tests.small_council import write_council, write_record

AS_OF = When.parse("2021-07-01")
_LATER = """
    title: A later report
    kind: committee report
    standing: official
    publisher: Thornby Council
    url: not stated
    dated: 2021-06-20
    licence: not stated
    """
_LATER_MOVE = """
    title: Insulation goes to scrutiny
    kind: transfer
    effective: 2021-06-10
    authorised_by: not stated
    from: bodies/energy-group
    moves: [{what: projects/insulation, to: bodies/scrutiny}]
    """


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The site of a council."""
    kb = write_council(tmp_path)
    write_record(
        kb / "thornby/projects/advice.md", "title: Advice\nkind: project\nparent: projects/warm-homes"
    )
    return Site(publish(link_records(read_records(kb))), AS_OF)


def _public(kind: type, *above: type) -> Iterator[str]:
    for one in (kind, *above):
        yield from (name for name in vars(one) if not name.startswith("_"))


def test_there_is_no_way_to_ask_that_goes_unnoted() -> None:
    """Whoever adds a way to ask adds it here, or the pages that use it are kept when they should not be."""
    by_others = {"pointing"}  # which asks `backlinks`
    assert {*_public(KnowledgeBase)} - by_others == {*_public(AskedKnowledgeBase)}
    by_others = {"changes"}  # which asks the records of the type of a transfer
    ways = {*_public(PublishedHistory, PublishedHistory.__mro__[1])} | {"withheld"}
    assert ways - by_others == {*_public(AskedHistory)}


def test_what_is_handed_over_as_it_is_is_the_same_for_all_pages(site: Site) -> None:
    """What a knowledge base and its history have besides: in the key of the note, or what notes by itself."""
    noting = AskedSite(site, Asked())
    own = {"_plain", "_asked"}
    assert {*vars(noting.kb)} - own == {"records", "broken", "settings", "synonyms", "councils"}
    assert noting.kb.broken == frozenset(), "what is public was read"
    assert {*vars(noting.history)} - own == {"kb", "_chains"}
    assert noting.history.kb is noting.kb
    assert {*vars(noting)} - own == {"kb", "history", "stubs", "as_of", "narratives"}


def test_a_project_that_moved_many_times_at_once_is_told_at_once(tmp_path: Path) -> None:
    """Of the orders in which its transfers can have come there are millions; of what they came to there is one."""
    kb = write_council(tmp_path)
    move = "title: Move {}\nkind: transfer\neffective: 2021-05\nauthorised_by: not stated\nfrom: not stated\nmoves: [{{what: projects/advice, to: bodies/body-{}}}]"
    for number in range(11):
        write_record(kb / f"thornby/bodies/body-{number}.md", f"title: Body {number}\nkind: workstream")
        write_record(kb / f"thornby/transfers/2021-05-{number}.md", move.format(number, number))
    site = Site(publish(link_records(read_records(kb))), AS_OF)
    before = answers_of(site).digest([("chain", ADVICE)])
    write_record(kb / "thornby/transfers/2021-05-3.md", move.format(3, 4))
    site = Site(publish(link_records(read_records(kb))), AS_OF)
    assert answers_of(site).digest([("chain", ADVICE)]) != before


def test_a_value_is_told_with_the_words_of_its_source(site: Site) -> None:
    """What does not count when two are compared is shown all the same."""
    bare = When.parse("2021-05")
    worded = When.parse("2021-05", "late in the spring")
    citation = Citation.model_validate({"source": "thornby/sources/2021-05-report", "quote": "as it was"})
    kinds = [
        (bare,), (worded,), bare, (bare, None), ("2021-05",), Possibility(Status.GAP),
        Possibility(Status.GAP, citations=(citation,)), Backlink("parts", site.kb.records[Ref(PARENT)], ("parent",)),
        Backlink("parts", site.kb.records[Ref(PARENT)], ("others", 0)), {Ref("a"): 1}, [1], 1, True, "1",
    ]  # fmt: skip
    question = Question("a value, of a test", lambda _, number: kinds[int(number)])
    try:
        answers = answers_of(site)
        found = {answers.digest([("answer", question.name, str(number))]) for number in range(len(kinds))}
    finally:
        del Question.known[question.name]
    assert len(found) == len(kinds)


ADVICE, PARENT, BODY = (
    "thornby/projects/advice",
    "thornby/projects/warm-homes",
    "thornby/bodies/housing-board",
)
_WAYS: tuple[tuple[Callable[[Site, Project], object], str], ...] = (
    (lambda site, _: site.kb.of(Project), "type projects"),
    (lambda site, _: site.kb.get(ADVICE, Project), f"record {ADVICE}"),
    (lambda site, _: site.kb.get("thornby/projects/none", Project), "record thornby/projects/none"),
    (lambda site, _: site.kb.records[Ref(ADVICE)], f"record {ADVICE}"),
    (lambda site, _: site.kb.records.get(Ref(ADVICE)), f"record {ADVICE}"),
    (lambda site, _: Ref(ADVICE) in site.kb.records, f"record {ADVICE}"),
    (lambda site, _: list(site.kb.records), "all"),
    (lambda site, _: len(site.kb.records), "all"),
    (lambda site, _: site.kb.backlinks(PARENT), f"pointing {PARENT}"),
    (lambda site, _: site.kb.pointing(PARENT, "parts", Project), f"pointing {PARENT}"),
    (lambda site, _: site.kb.find("Advice"), "all"),
    (lambda site, _: list(site.kb.names(Project)), "all"),
    (lambda site, _: site.kb.each(Project), "all"),
    (lambda site, _: site.kb.links, "all"),
    (lambda site, _: site.kb.parts, "all"),
    (lambda site, _: site.kb.as_of, "as of"),
    (lambda site, _: latest_document(site.kb, "thornby", AS_OF), "answer latest document thornby 2021-07-01"),
    (lambda site, one: events_of(site.kb, one), f"answer events {ADVICE}"),
    (lambda site, one: site.history.chain(one), f"chain {ADVICE}"),
    (lambda site, one: site.history.owner(one, AS_OF), f"owner {ADVICE} 2021-07-01"),
    (lambda site, one: site.history.stretches(one), f"stretches {ADVICE}"),
    (lambda site, _: list(site.history.changes()), "type transfers"),
    (lambda site, _: site.history.ever_held(Ref(BODY)), f"ever held {BODY}"),
    (lambda site, _: site.history.holdings(Ref(BODY), AS_OF), f"holdings {BODY} 2021-07-01"),
    (lambda site, _: site.history.withheld_of(Ref(BODY), AS_OF), f"withheld of {BODY} 2021-07-01"),
    (lambda site, _: site.lines.beside(Ref(ADVICE)), f"beside {ADVICE}"),
    (lambda site, _: site.stubs.get(Ref("thornby/meetings/one")), "stubs thornby/meetings/one"),
    (lambda site, _: list(site.stubs), "all stubs"),
    (lambda site, _: len(site.stubs), "all stubs"),
    (lambda site, _: site.councils, "councils"),
    (lambda site, _: site.places["thornby"], "councils"),
    (lambda site, _: site.links("").record(ADVICE), f"record {ADVICE}"),
    (lambda site, _: site.history.withheld, "withheld"),
)


@pytest.mark.parametrize(("ask", "question"), _WAYS, ids=[question for _, question in _WAYS])
def test_whatever_is_asked_is_noted_and_answered_as_without(
    site: Site, ask: Callable[[Site, Project], object], question: str
) -> None:
    project = site.kb.get(ADVICE, Project)
    assert project is not None
    asked = Asked()
    assert ask(AskedSite(site, asked), project) == ask(site, project)
    assert {" ".join(noted) for noted in asked.questions} == {question}
    assert len(answers_of(site).digest(asked.questions)) == 64, "it can be asked again"


def test_what_is_not_noted_by_itself_is_found_from_what_is(site: Site) -> None:
    """A site keeps much that was found once: for a page it is found anew, from what is noted."""
    for ask in (
        lambda one: list(one.of_council), lambda one: one.promises, lambda one: one.topics.slugs,
        lambda one: one.listed.of(next(iter(one.kb.records.values()))),
    ):  # fmt: skip
        asked = Asked()
        assert ask(AskedSite(site, asked)) == ask(site)
        assert asked.questions & {("all",), ("type", "actions")}


@pytest.mark.parametrize(
    ("change", "other"),
    [
        ({"title": "Other"}, {"record", "type", "all", "pointing"}),
        ({"aliases": ("Other",)}, {"record", "type", "all", "pointing"}),
    ],
)
def test_another_answer_has_another_digest(site: Site, change: Mapping[str, object], other: set[str]) -> None:
    project = next(one for one in site.kb.of(Project) if one.title == "Advice")
    parent = next(one for one in site.kb.of(Project) if one.id == project.parent)
    changed = project.model_copy(update=change)
    questions = {
        "record": ("record", project.id), "type": ("type", "projects"), "all": ("all",),
        "pointing": ("pointing", parent.id), "another": ("record", parent.id), "bodies": ("type", "bodies"),
    }  # fmt: skip
    kb = KnowledgeBase([changed if one.id == project.id else one for one in site.kb.records.values()])

    class Asking:
        history = PublishedHistory(kb, {})

        def __init__(self) -> None:
            self.kb = kb

    before, after = answers_of(site), Answers(Asking())
    differing = {
        name for name, question in questions.items() if before.digest([question]) != after.digest([question])
    }
    assert differing == other


@pytest.mark.parametrize(
    ("question", "path", "told"),
    [
        (("as of",), "sources/later.md", _LATER),
        (("ever held", "thornby/bodies/scrutiny"), "transfers/later.md", _LATER_MOVE),
        (("withheld",), "transfers/h.md", HIDDEN_MOVE.format("2021-05-03")),
        (("councils",), "../otherby/council/otherby.md", "title: Otherby Council\nkind: district"),
    ],
)
def test_what_other_answers_always_tell_as_well_is_told_by_itself(
    tmp_path: Path, question: tuple[str, ...], path: str, told: str
) -> None:
    kb = write_council(tmp_path)

    def digest() -> str:
        return answers_of(Site(publish(link_records(read_records(kb))), AS_OF)).digest([question])

    before = digest()
    write_record(kb / "thornby" / path, told)
    assert digest() != before


def test_why_a_field_has_no_value_is_part_of_the_answer(tmp_path: Path) -> None:
    """Two records that differ in nothing else: one says that its source is silent, one that the words are not held."""

    def digest(absence: str) -> str:
        kb = write_council(tmp_path)
        write_record(
            kb / "thornby/events/fair.md",
            f"title: The fair\nkind: other\non: 2021-05-01\ncitations: [{{source: sources/2021-05-20-minutes, quote: {absence}}}]",
        )
        published = publish(link_records(read_records(kb)))
        return answers_of(Site(published, AS_OF)).digest([("record", "thornby/events/fair")])

    assert digest("not held") != digest("not stated")


def test_what_nothing_tells_apart_is_refused(site: Site) -> None:
    class Odd:
        pass

    question = Question("odd, of a test", lambda _: Odd())
    try:
        with pytest.raises(TypeError, match="nothing tells one Odd from another"):
            answers_of(site).digest([("answer", "odd, of a test")])
        with pytest.raises(ValueError, match="there is a question `odd, of a test` already"):
            Question("odd, of a test", lambda _: Odd())
    finally:
        del Question.known[question.name]

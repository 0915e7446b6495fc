"""The one gate: what is removed, what goes with it, what is withheld, and that nothing else gets through."""

from __future__ import annotations

import gc
import types
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from minutebook import publication
from minutebook.front_matter import Value, read_front_matter, write_record_text
from minutebook.knowledge_base import KnowledgeBase
from minutebook.loading import load
from minutebook.ownership import OwnershipHistory, Possibility, Status
from minutebook.publication import PublishedKnowledgeBase, publish
from minutebook.records import BY_FOLDER
from minutebook.records.base import Absence, Access, Record
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.source import SourceFile
from minutebook.when import When
from tests.helpers import knowledge_base, lay_out, read_ledger, sample_files, value
from tests.test_ownership import FIRST, LAST, answers, days_from, knowledge_bases, shown, whens

UNTIMED = settings(deadline=None)  # a slow machine is no defect
NOT_PUBLIC = [access for access in Access if access is not Access.PUBLIC]


def published(ledger: str) -> PublishedKnowledgeBase:
    """What gets through of a ledger."""
    return publish(knowledge_base(ledger))


def ids(public: PublishedKnowledgeBase) -> list[str]:
    """The ids that got through, without their council."""
    return [record_id.removeprefix("ambledown/") for record_id in public.kb.records]


# -- what is removed ----------------------------------------------------------------------------


@pytest.mark.parametrize("access", NOT_PUBLIC)
def test_a_record_that_is_not_public_does_not_get_through(access: Access) -> None:
    public = published(
        f"events/a: {{access: {access}}}\nevents/b: {{access: public}}\nevents/c: {{on: 2019}}"
    )

    assert ids(public) == ["events/b", "events/c"]


def test_nobody_but_the_gate_makes_a_published_knowledge_base() -> None:
    kb = knowledge_base("events/a: {access: exempt}")
    history = publish(kb).history

    for key in (None, object(), "_KEY", publication):
        with pytest.raises(TypeError, match=r"^only publication\.publish makes a PublishedKnowledgeBase"):
            PublishedKnowledgeBase(key, kb, history, {})


LINKED = """
    bodies/open: {title: Open Board, parent: bodies/shut}
    bodies/shut: {title: Shut Board, access: exempt, aliases: [the Hush]}
    projects/open: {title: Open, parent: projects/shut, partners: [bodies/open, bodies/shut]}
    projects/shut: {title: Shut, access: draft}
    sources/open: {dated: 2019}
    sources/shut: {dated: 2030, access: exempt}
    events/fair:
      about: [projects/shut]
      by: [bodies/shut, bodies/open]
      citations:
      - {source: sources/shut, quote: never}
      - source: sources/open
        quote: yes indeed
        states:
        - {key: projects/shut#title, value: never}
        - {key: projects/open#title, value: Open}
      narrative: "With [[projects/shut|the secret]], [[bodies/open]] and [[projects/shut]]: a fair."
"""


def test_references_to_what_is_removed_are_gone_and_the_others_stay() -> None:
    public = published(LINKED)
    kb = public.kb
    board, project, fair = (
        kb.records[Ref(f"ambledown/{one}")] for one in ("bodies/open", "projects/open", "events/fair")
    )

    assert ids(public) == ["bodies/open", "events/fair", "projects/open", "sources/open"]
    assert value(board, "parent") is None
    assert isinstance(project, Project)
    assert (project.parent, project.partners) == (None, ("ambledown/bodies/open",))
    assert value(fair, "about") == ()
    assert value(fair, "by") == ("ambledown/bodies/open",)


def test_receipts_from_what_is_removed_and_values_of_it_are_gone() -> None:
    fair = published(LINKED).kb.records[Ref("ambledown/events/fair")]

    [citation] = fair.citations

    assert citation.quote == "yes indeed"
    assert [stated.key for stated in citation.states] == ["ambledown/projects/open#title"]


def test_links_in_a_narrative_to_what_is_removed_become_words_that_say_nothing() -> None:
    fair = published(LINKED).kb.records[Ref("ambledown/events/fair")]

    assert (
        fair.narrative
        == "With (a record that is not public), [[bodies/open]] and (a record that is not public): a fair."
    )
    assert fair.narrative_line == 1


def test_what_is_removed_has_no_name_no_links_and_no_date() -> None:
    public = published(LINKED)

    assert public.kb.find("the Hush") == public.kb.find("bodies/shut") == public.kb.find("shut") == ()
    assert public.kb.backlinks("ambledown/projects/shut") == ()
    assert public.kb.backlinks("ambledown/bodies/shut") == ()
    assert "shut" not in " ".join(public.kb.names()).lower()
    assert public.kb.as_of is not None
    assert public.kb.as_of.value == "2019-12-31"


def test_what_could_not_be_read_is_not_told_of() -> None:
    kb = KnowledgeBase(knowledge_base(LINKED).records.values(), broken=[Ref("ambledown/events/secret-sale")])

    assert publish(kb).kb.broken == frozenset()


def test_no_text_of_a_file_gets_through() -> None:
    assert {record.file.text for record in published(LINKED).kb.records.values()} == {""}


def test_where_all_is_public_all_gets_through_as_it_is() -> None:
    kb = KnowledgeBase(
        read_ledger(LINKED.replace("access: exempt", "topics: [x]").replace("access: draft", "topics: [x]"))
    )

    assert repr(publish(kb).kb.records) == repr(kb.records)
    assert [r.narrative for r in publish(kb).kb.records.values()] == [
        r.narrative for r in kb.records.values()
    ]


def test_the_gate_leaves_the_knowledge_base_as_it_was() -> None:
    kb = knowledge_base(LINKED)
    before = {
        record_id: (repr(record), record.narrative, record.file.text)
        for record_id, record in kb.records.items()
    }

    publish(kb)

    assert {
        i: (repr(record), record.narrative, record.file.text) for i, record in kb.records.items()
    } == before


def test_what_is_absent_is_still_said_to_be() -> None:
    public = published(
        "events/a: {access: draft}\ntransfers/t: {effective: 2019, from: not stated, moves: [{what: projects/p, to: bodies/b}]}"
    )
    [transfer] = public.kb.of(Transfer)

    assert dict(transfer.absences) == {"authorised_by": "not stated", "givers": "not stated"}


def test_a_field_whose_record_is_removed_is_withheld_and_not_said_to_be_not_stated() -> None:
    public = published(
        """
        bodies/shut: {access: draft}
        resolutions/shut: {access: exempt}
        transfers/1:
          kind: close
          effective: 2019
          authorised_by: resolutions/shut
          from: bodies/shut
          moves: [{what: projects/p, closed: {into: discontinued, monitored_by: bodies/shut}}]
        transfers/2:
          effective: 2018
          authorised_by: resolutions/open
          from: [bodies/shut, bodies/open]
          moves: [{what: projects/p, to: bodies/open, reading: not stated}]
        """
    )
    [first, second] = public.kb.of(Transfer)
    [move] = first.moves
    assert move.closed is not None

    assert dict(first.absences) == {"authorised_by": Absence.WITHHELD, "givers": Absence.WITHHELD}
    assert (first.authorised_by, first.givers) == (None, ())
    assert dict(move.closed.absences) == {"monitored_by": Absence.WITHHELD}
    assert dict(move.absences) == {}
    # A list of which something is left is what is public of it, and what the source does not state stays so.
    assert second.givers == ("ambledown/bodies/open",)
    assert (dict(second.absences), dict(second.moves[0].absences)) == ({}, {"reading": Absence.NOT_STATED})


def test_withheld_is_no_word_for_a_file() -> None:
    [event] = read_ledger("events/e: {summary: withheld}")

    assert (event.summary, event.absence("summary")) == ("withheld", None)
    with pytest.raises(ValidationError, match="`withheld` is no reference"):
        read_ledger("transfers/t: {authorised_by: withheld}")


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        ("{name: A. Name}", None),
        ("{name: A. Name, publish_name: true}", None),
        ("{name: A. Name, basis: a register}", None),
        ("{name: A. Name, publish_name: false, basis: a register}", None),
        ("{name: A. Name, publish_name: true, basis: a register}", "A. Name"),
    ],
)
def test_the_name_of_a_person_gets_through_with_consent_and_a_basis_alone(
    holder: str, name: str | None
) -> None:
    [post] = published(f"posts/p: {{holders: [{holder}]}}").kb.of(Post)

    assert [one.name for one in post.holders] == [name]


# -- what goes with it --------------------------------------------------------------------------


def test_what_cannot_stand_without_what_is_removed_goes_with_it_and_so_on() -> None:
    public = published(
        """
        bodies/board: {title: Board}
        meetings/m: {access: exempt}
        items/i: {meeting: meetings/m}
        items/j: {meeting: meetings/n}
        meetings/n: {held_on: 2019}
        resolutions/r: {item: items/i}
        resolutions/s: {item: items/j}
        decisions/d: {noted_by: [resolutions/r, resolutions/s]}
        """
    )

    assert ids(public) == ["bodies/board", "decisions/d", "items/j", "meetings/n", "resolutions/s"]
    [decision] = public.kb.of(Decision)
    assert decision.noted_by == ("ambledown/resolutions/s",)


def test_a_list_that_may_be_empty_does_not_take_its_record_along() -> None:
    [report] = published("posts/p: {access: draft}\nreports/r: {by: [posts/p]}").kb.of(Report)

    assert report.by == ()


def test_a_disagreement_does_not_get_through_with_one_side_left() -> None:
    ledger = """
        sources/a: {access: exempt}
        sources/b: {dated: 2019}
        discrepancies/two:
          sides:
          - {says: One., citations: [{source: sources/a, quote: one}]}
          - {says: Two., citations: [{source: sources/b, quote: two}]}
        discrepancies/three:
          sides:
          - {says: One., citations: [{source: sources/a, quote: one}]}
          - {says: Two., citations: [{source: sources/b, quote: two}]}
          - {says: Three., citations: [{source: sources/b, quote: three}]}
        """

    [discrepancy] = published(ledger).kb.of(Discrepancy)

    assert [side.says for side in discrepancy.sides] == ["Two.", "Three."]


def test_a_move_to_what_is_removed_goes_and_does_not_read_as_a_gap() -> None:
    public = published(
        """
        bodies/shut: {access: exempt}
        projects/p: {kind: project}
        projects/q: {kind: project}
        transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/shut}, {what: projects/q, to: bodies/open}]}
        transfers/2: {effective: 2019, from: bodies/open, moves: [{what: projects/q, to: bodies/shut}]}
        """
    )

    [transfer] = public.kb.of(Transfer)
    assert [move.what for move in transfer.moves] == ["ambledown/projects/q"]


def test_an_exclusion_that_names_an_item_taken_in_private_goes_without_its_resolution() -> None:
    [resolution] = published(
        """
        meetings/m: {held_on: 2019}
        items/open: {meeting: meetings/m}
        items/shut: {meeting: meetings/m, access: exempt, exemption: {paragraphs: ["3"], public_interest_reason: Prices.}}
        resolutions/r:
          item: items/open
          exclusion: {item: items/shut, paragraphs: ["3"], public_interest_reason: Prices.}
        """
    ).kb.of(Resolution)

    assert resolution.exclusion is None


# -- ownership that is withheld -----------------------------------------------------------------

SECRET_SALE = """
    bodies/a: {title: A}
    bodies/b: {title: B}
    bodies/c: {title: C}
    projects/p: {kind: programme}
    projects/q: {kind: project, parent: projects/p}
    projects/r: {kind: project}
    transfers/1: {kind: establish, effective: 2018-01-01, moves: [{what: projects/p, to: bodies/a}]}
    transfers/2: {effective: 2019-01-01, from: bodies/a, access: exempt, moves: [{what: projects/p, to: bodies/b}]}
    transfers/3: {effective: 2020-01-01, from: bodies/b, moves: [{what: projects/p, to: bodies/c}]}
    transfers/4: {kind: establish, effective: 2018-01-01, moves: [{what: projects/r, to: bodies/a}]}
    transfers/5: {kind: close, effective: 2019-01-01, from: bodies/a, access: draft, moves: [{what: projects/r, closed: {into: discontinued}}]}
"""


@pytest.mark.parametrize(
    ("project", "on", "answer"),
    [
        ("p", "2017", "not-begun"),
        ("p", "2018-12-31", "held a"),
        ("p", "2019-01-01", "withheld"),
        ("p", "2019-12-31", "withheld"),
        ("p", "2020-01-01", "held c"),
        ("p", "2018", "held a"),
        ("p", "2018/2019", "withheld"),
        ("p", "2019/..", "withheld"),
        ("p", "[2018-06-01, 2019-06-01]", "withheld"),
        ("p", "[2018-06-01, 2020-06-01]", "held a | held c"),
        ("q", "2018-12-31", "held a"),
        ("q", "2019-06", "withheld"),
        ("q", "2020", "held c"),
        ("r", "2018", "held a"),
        ("r", "2019", "withheld"),
        ("r", "2040", "withheld"),
    ],
)
def test_where_a_removed_transfer_would_change_the_answer_it_is_withheld_and_never_the_older_owner(
    project: str, on: str, answer: str
) -> None:
    assert answers(published(SECRET_SALE).history, project, on) == answer


def test_what_is_withheld_names_nobody_and_cites_nothing() -> None:
    history = published(SECRET_SALE).history
    [project] = (one for one in history.kb.of(Project) if one.id.slug == "p")

    answer = history.owner(project, When.parse("2019-06"))

    assert (answer.status, answer.holders, answer.disputed_by, answer.citations) == (
        Status.WITHHELD,
        (),
        (),
        (),
    )
    assert answer.possible == (Possibility(Status.WITHHELD),)


def test_stretches_tell_of_the_days_that_are_withheld() -> None:
    history = published(SECRET_SALE).history
    [project] = (one for one in history.kb.of(Project) if one.id.slug == "p")

    assert [
        (str(one.first), str(one.last), " | ".join(map(shown, one.answer.possible)))
        for one in history.stretches(project)
    ] == [
        ("None", "2017-12-31", "not-begun"),
        ("2018-01-01", "2018-12-31", "held a"),
        ("2019-01-01", "2019-12-31", "withheld"),
        ("2020-01-01", "None", "held c"),
    ]


def test_nobody_is_said_to_hold_what_is_withheld() -> None:
    history = published(SECRET_SALE).history

    assert history.holdings(Ref("ambledown/bodies/a"), When.parse("2019-06")) == ((), ())
    assert history.holdings(Ref("ambledown/bodies/b"), When.parse("2019-06")) == ((), ())


def test_a_body_is_said_to_have_held_only_what_the_public_answer_of_some_day_gives_it() -> None:
    history = published(
        """
        projects/p: {kind: project}
        projects/q: {kind: project}
        transfers/1: {kind: establish, effective: 2018-01-01, access: draft, moves: [{what: projects/p, to: bodies/z}]}
        transfers/2: {effective: 2019-01-01, from: bodies/z, moves: [{what: projects/p, to: bodies/a}]}
        transfers/3: {effective: 2020-01-01, from: bodies/a, access: draft, moves: [{what: projects/p, to: bodies/z}]}
        transfers/4: {kind: establish, effective: 2018-01-01, moves: [{what: projects/q, to: bodies/b}]}
        transfers/5: {effective: 2018-01-02/2018-03-01, from: bodies/b, authorised_by: resolutions/shut, moves: [{what: projects/q, to: bodies/c}]}
        resolutions/shut: {access: exempt}
        """
    ).history
    held = {
        body: [one.id.slug for one in history.ever_held(Ref(f"ambledown/bodies/{body}"))] for body in "abcz"
    }

    assert held == {"a": ["p"], "b": ["q"], "c": [], "z": []}
    withheld = {
        (body, on): [one.slug for one in history.withheld_of(Ref(f"ambledown/bodies/{body}"), When.parse(on))]
        for body, on in (("a", "2019-06"), ("a", "2020-06"), ("b", "2018-01-01"), ("b", "2018-02"), ("c", "2018-02"), ("z", "2018-06"))
    }  # fmt: skip
    assert withheld == {
        ("a", "2019-06"): [],
        ("a", "2020-06"): ["p"],
        ("b", "2018-01-01"): [],
        ("b", "2018-02"): ["q"],
        ("c", "2018-02"): ["q"],
        ("z", "2018-06"): [],  # no public transfer names it
    }


@pytest.mark.parametrize(
    ("hidden", "answer"),
    [
        ("bodies/b", "withheld"),
        ("transfers/2", "withheld"),
        ("transfers/1", "held b"),
        ("bodies/a", "held b"),
        ("transfers/3", "held b"),
        ("bodies/c", "held b"),
    ],
)
def test_whatever_record_of_the_chain_is_hidden_the_answer_is_right_or_withheld(
    hidden: str, answer: str
) -> None:
    lines = SECRET_SALE.replace("access: exempt, ", "").replace("access: draft, ", "").splitlines()
    ledger = "\n".join(line.replace(f"{hidden}: {{", f"{hidden}: {{access: exempt, ") for line in lines)
    history = published(ledger).history

    assert answers(history, "p", "2019-06-01") == answer


def test_a_project_whose_every_record_is_hidden_but_itself_is_withheld_for_ever() -> None:
    history = published(
        "projects/p: {kind: project}\ntransfers/1: {kind: establish, effective: ../2018, access: draft, moves: [{what: projects/p, to: bodies/a}]}"
    ).history

    assert (
        answers(history, "p", "0001-01-01")
        == answers(history, "p", "2019")
        == answers(history, "p", "9999-12-31")
        == "withheld"
    )


def test_a_project_that_nobody_ever_held_is_a_gap_to_the_public_too() -> None:
    history = published("projects/p: {kind: project}\nevents/e: {access: exempt}").history

    assert answers(history, "p", "2019") == "gap"


def some_hidden(kb: KnowledgeBase, hidden: set[int]) -> KnowledgeBase:
    """The knowledge base with some of its records exempt."""
    records = []
    for number, record in enumerate(kb.records.values()):
        shown_as = record.model_copy(update={"access": Access.EXEMPT}) if number in hidden else record
        records.append(shown_as.placed(record.id, record.file, "", 1))
    return KnowledgeBase(records)


@UNTIMED
@given(knowledge_bases(), st.sets(st.integers(0, 13), min_size=1, max_size=4), whens())
def test_the_public_answer_is_the_whole_answer_or_withheld(
    kb: KnowledgeBase, hidden: set[int], on: str
) -> None:
    whole = some_hidden(kb, hidden)
    full, public = OwnershipHistory(whole), publish(whole)
    for project in public.kb.of(Project):
        original = whole.get(project.id, Project)
        assert original is not None
        days = [day.isoformat() for day in days_from(FIRST - timedelta(2), LAST + timedelta(2))]
        for asked in (*days, on, "0001-01-01", "9999-12-31", "2019", "../2019", "2019/.."):
            answer = public.history.owner(project, When.parse(asked))
            if answer.status is not Status.WITHHELD:
                assert set(answer.possible) == set(full.owner(original, When.parse(asked)).possible), asked


@UNTIMED
@given(knowledge_bases(), st.sets(st.integers(0, 13), min_size=1, max_size=4))
def test_stretches_that_are_public_agree_with_the_owner_on_every_day(
    kb: KnowledgeBase, hidden: set[int]
) -> None:
    public = publish(some_hidden(kb, hidden))
    for project in public.kb.of(Project):
        stretches = public.history.stretches(project)
        for day in days_from(FIRST - timedelta(2), LAST + timedelta(2)):
            [answer] = [s.answer for s in stretches if (s.first or date.min) <= day <= (s.last or date.max)]
            assert answer.possible == public.history.owner(project, When.parse(day.isoformat())).possible, day


# -- nothing else gets through ------------------------------------------------------------------

MARK = "xyzzy"
# Of an item taken in private the law wants known that it was, and why (LGA 1972, sections 100A and 100C);
# of a confidential one its number.
KNOWN_OF_ITEMS: Mapping[Access, set[tuple[str, ...]]] = {
    Access.EXEMPT: {
        ("number",),
        ("public_summary",),
        ("exemption", "paragraphs"),
        ("exemption", "public_interest_reason"),
    },
    Access.CONFIDENTIAL: {("number",)},
    Access.DRAFT: set(),
}


def leaves(value: Value, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every text inside fields."""
    if isinstance(value, str):
        yield at
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from leaves(inner, (*at, step))


def put(fields: dict[str, Any], at: tuple[str | int, ...], value: Value) -> None:
    """Put a value into fields."""
    inner: Any = fields
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value


def get(fields: dict[str, Any], at: tuple[str | int, ...]) -> str:
    """The text at a way into fields."""
    inner: Any = fields
    for step in at:
        inner = inner[step]
    assert isinstance(inner, str)
    return inner


def is_valid(model: type[Record], fields: dict[str, Any]) -> bool:
    """Whether a record can have these fields."""
    try:
        model.model_validate(fields, context={"council": "ambledown"})
    except ValidationError:
        return False
    return True


def with_marks(folder: str, text: str, access: Access) -> tuple[str, set[str]]:
    """The text of a record with a mark of its own in every field that can hold one, and the marks."""
    front, _ = read_front_matter(SourceFile("", text))
    assert front is not None
    fields: dict[str, Any] = front.fields
    fields["access"] = access.value
    fields["exemption"] = {"paragraphs": ["3"], "public_interest_reason": "Prices."}
    for name in ("editor_note", "erased"):
        fields.setdefault(name, "For a reason.")
    marks = set()
    known = KNOWN_OF_ITEMS[access] if folder == "items" else set[tuple[str, ...]]()
    for number, at in enumerate(list(leaves(fields))):
        mark, written = f"{MARK}{number}z", get(fields, at)
        # A text, a reference, an address, a key, the words of a date: what the field takes first.
        ways: list[Value] = [f"{written} {mark}", f"{written}-{mark}", f"{written}/{mark}"]
        ways.append({"value": written, "as_written": mark})
        for marked in ways:
            put(fields, at, marked)
            if is_valid(BY_FOLDER[folder], fields):
                if tuple(step for step in at if isinstance(step, str)) not in known:
                    marks.add(mark)
                break
        else:
            put(fields, at, written)
    mark = f"{MARK}narrative"
    return write_record_text(fields, f"{front.narrative} {mark}"), marks | {mark}


def reachable(thing: object) -> Iterator[str]:
    """Every text that can be reached from a thing, but for what belongs to the program."""
    seen: set[int] = set()
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | types.ModuleType | types.FunctionType | types.CodeType):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        else:
            waiting += gc.get_referents(one)


def everything_asked(public: PublishedKnowledgeBase) -> None:
    """Put every question to what is published, so that what is worked out on the way is there as well."""
    kb = public.kb
    kb.find("nothing")
    kb.backlinks("nothing")
    assert kb.links is not None
    assert kb.as_of is kb.as_of
    for project in kb.of(Project):
        public.history.stretches(project)
        public.history.owner(project, When.parse("2019"))


@pytest.mark.parametrize("access", NOT_PUBLIC)
@pytest.mark.parametrize("folder", BY_FOLDER)
def test_no_mark_in_any_field_of_a_record_that_is_not_public_gets_through(
    folder: str, access: Access, tmp_path: Path
) -> None:
    old = f"{folder}/sample"
    # The id is marked too, in its own name and wherever it is referred to. A council's is no secret.
    new = old if folder == "council" else f"{old}-{MARK}-id"
    files = {name.replace(old, new): text.replace(old, new) for name, text in sample_files().items()}
    path = f"ambledown/{'council/ambledown' if folder == 'council' else new}.md"
    files[path], marks = with_marks(folder, files[path], access)
    kb = load(lay_out(tmp_path / "kb", files)).kb
    assert len(kb.records) == len(BY_FOLDER), "the marks must not break a record"
    assert len(marks) > 8
    held = "\n".join(reachable(kb))
    assert all(mark in held for mark in marks), "the marks are there before the gate"

    public = publish(kb)
    everything_asked(public)
    passed = "\n".join(reachable(public))

    assert "Ambledown" in passed
    assert [mark for mark in {*marks, f"{MARK}-id"} if mark in passed] == []


def test_the_search_for_marks_finds_what_is_hidden_deep(tmp_path: Path) -> None:
    kb = load(lay_out(tmp_path / "kb", sample_files())).kb
    public = publish(kb)
    everything_asked(public)
    passed = set(reachable(public))

    for record in public.kb.records.values():
        assert {record.title, record.narrative, record.file.path, str(record.id)} <= passed
    assert "once the paving was dry" in "\n".join(passed), "words of a receipt of a part"
    assert any(text.startswith("title: ") or "\ntitle: " in text for text in reachable(kb)), (
        "the text of a file"
    )


def test_an_item_taken_in_private_leaves_what_the_law_wants_known(tmp_path: Path) -> None:
    for access, summary, reason in (
        ("exempt", "Five firms tendered.", "Prices."),
        ("confidential", None, None),
    ):
        ledger = f"""
            meetings/m: {{held_on: 2019-03-12}}
            items/shut:
              meeting: meetings/m
              number: "7"
              access: {access}
              exemption: {{paragraphs: ["3"], public_interest_reason: Prices.}}
              public_summary: Five firms tendered.
            """
        [[stub]] = published(ledger).stubs.values()

        assert (stub.meeting, stub.number) == ("ambledown/meetings/m", "7")
        assert (stub.public_summary, stub.reason) == (summary, reason)
    assert published("meetings/m: {held_on: 2019}\nitems/i: {meeting: meetings/m, access: draft}").stubs == {}
    assert (
        published("meetings/m: {access: exempt}\nitems/i: {meeting: meetings/m, access: exempt}").stubs == {}
    )


def test_stubs_stand_in_the_order_of_their_numbers_with_the_subjects_of_the_law_of_their_country() -> None:
    exempt = 'access: exempt, exemption: {paragraphs: ["14", "99"], public_interest_reason: So.}'
    ledger = f"""
        council/ambledown: {{area_code: W06000015}}
        meetings/m: {{held_on: 2019-03-12}}
        items/a: {{meeting: meetings/m, number: "9", {exempt}}}
        items/b: {{meeting: meetings/m, number: "7", access: confidential}}
        items/c: {{meeting: meetings/m, number: not stated, access: confidential}}
        items/d: {{meeting: meetings/m, number: "8", {exempt}}}
        items/e: {{meeting: meetings/m, number: "6", access: exempt}}
        """
    stubs = published(ledger).stubs[Ref("ambledown/meetings/m")]
    abroad = published(ledger.replace("W06000015", "E06000015")).stubs[Ref("ambledown/meetings/m")]

    assert [stub.number for stub in stubs] == [None, "6", "7", "8", "9"]
    subjects = dict(stubs[-1].paragraphs)
    assert subjects["14"].startswith("the financial or business affairs")
    assert subjects["99"] == "", "MB603 says that there is none of that number"
    assert dict(abroad[-1].paragraphs) == {"14": "", "99": ""}, "England has no paragraph 14"

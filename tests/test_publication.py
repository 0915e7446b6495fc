"""The one gate: what is removed, what goes with it, and what stays of the records that refer to it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from minutebook import publication
from minutebook.absence import Absence
from minutebook.knowledge_base import KnowledgeBase
from minutebook.privacy import is_public
from minutebook.publication import GateMemory, PublishedKnowledgeBase, publish
from minutebook.records.base import Access
from minutebook.records.decision import Decision
from minutebook.records.discrepancy import Discrepancy
from minutebook.records.post import Post
from minutebook.records.project import Project
from minutebook.records.report import Report
from minutebook.records.resolution import Resolution
from minutebook.records.transfer import Transfer
from minutebook.records.values import Ref
from minutebook.settings import Settings, Synonyms
from tests.helpers import NOT_PUBLIC, knowledge_base, published, read_ledger, value


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


# -- whether anything changed for the public -----------------------------------------------------

HALF_SHUT = """
    projects/p: {kind: project}
    meetings/m: {held_on: 2019}
    items/i: {meeting: meetings/m, number: "4", access: confidential}
    transfers/1: {kind: establish, effective: 2018, moves: [{what: projects/p, to: bodies/a}]}
    transfers/2: {effective: 2019, from: bodies/a, access: draft, moves: [{what: projects/p, to: bodies/b}]}
"""


BEFORE = {one.id: one for one in read_ledger(HALF_SHUT) if is_public(one)}


def rewritten(old: str = "", new: str = "", **besides: Any) -> KnowledgeBase:
    """The half that is public as the very same records, and the other as it is written now."""
    now = read_ledger(HALF_SHUT.replace(old, new))
    return KnowledgeBase((BEFORE.get(one.id, one) for one in now), **besides)


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (rewritten(), True),
        (rewritten("access: draft", "access: draft, topics: [sales]"), True),
        (rewritten('"4"', '"5"'), False),  # the stub of what was taken in private
        (rewritten("effective: 2019", "effective: 2020"), False),  # the days that are withheld
        (rewritten("projects/p: {kind: project}"), False),
        (rewritten("projects/p: {kind: project}", "projects/p: {kind: project}\n    events/e: {on: 2019}"), False),
        (rewritten(settings=Settings.model_validate({"title": "Ambledown"})), False),
        (rewritten(synonyms=Synonyms.model_validate({"groups": [["one", "two"]]})), False),
        (rewritten(councils={"ambledown": "kb/ambledown"}), False),
        (KnowledgeBase(read_ledger(HALF_SHUT)), False),  # they may say something else
    ],
)  # fmt: skip
def test_the_public_sees_the_same_where_the_very_same_is_let_through(now: KnowledgeBase, same: bool) -> None:
    memory = GateMemory()
    first = publish(rewritten(), memory)

    assert publish(now, memory).is_the_same(first) is same


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

"""Records by id and by name, linked both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.knowledge_base import KnowledgeBase, narrative_links, plain
from minutebook.records.body import Body
from minutebook.records.project import Project
from minutebook.records.transfer import Transfer
from minutebook.settings import Settings
from tests.helpers import knowledge_base

KB = knowledge_base(
    """
    council/ambledown: {title: Ambledown Council}
    bodies/streets-board: {title: Streets Programme Board, aliases: [the Board, SPB]}
    bodies/harbour: {title: Harbour Board}
    projects/harbour: {title: The Harbour Quarter, aliases: ["Conversations: Three, or 3"]}
    projects/benches: {title: Benches, parent: projects/harbour, aliases: [Café seats]}
    projects/trees: {title: Trees, parent: projects/harbour, aliases: [the board]}
    great-ambledown/projects/benches: {title: Benches of the County}
    transfers/2019-benches:
      effective: 2019
      from: bodies/streets-board
      moves:
      - {what: projects/benches, to: bodies/harbour}
      - {what: projects/trees, to: bodies/harbour}
    events/walk:
      about: [projects/benches, projects/nowhere]
      by: [bodies/harbour]
      narrative: "From [[projects/benches]] to [[projects/trees|the trees]] and [[projects/benches|back]]; not [[Benches]]."
    """
)


NAMES = st.sampled_from(sorted(KB.names()))


def found(name: str, *types: type[Project | Body | Transfer]) -> list[str]:
    """The ids that a name means, without their council where it is Ambledown."""
    return [record.id.removeprefix("ambledown/") for record in KB.find(name, *types)]


# -- find ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("ambledown/projects/benches", ["projects/benches"]),
        ("great-ambledown/projects/benches", ["great-ambledown/projects/benches"]),
        ("projects/trees", ["projects/trees"]),
        ("trees", ["projects/trees"]),
        ("TREES", ["projects/trees"]),
        ("2019-benches", ["transfers/2019-benches"]),
        ("2019 benches", ["transfers/2019-benches"]),
        ("Streets Programme Board", ["bodies/streets-board"]),
        ("streets programme board", ["bodies/streets-board"]),
        ("  Streets   Programme-Board. ", ["bodies/streets-board"]),
        ("spb", ["bodies/streets-board"]),
        ("S.P.B.", []),
        ("the harbour quarter", ["projects/harbour"]),
        ("conversations three or 3", ["projects/harbour"]),
        ("cafe seats", ["projects/benches"]),
        ("CAFÉ SEATS", ["projects/benches"]),
        ("Cafe\u0301 seats", ["projects/benches"]),
        ("nowhere", []),
        ("", []),
        ("?!", []),
        ("bench", []),
    ],
)  # fmt: skip
def test_a_record_is_found_by_id_slug_title_or_alias_however_it_is_typed(name: str, ids: list[str]) -> None:
    assert found(name) == ids


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("£5m–£6m", "5m 6m"),
        ("‘Quay’ and “Pier”…and more", "quay and pier and more"),
        ("• Benches\u00a0by the sea", "benches by the sea"),
        ("Café—seats", "cafe seats"),
        ("Straße", "strasse"),
        ("ACH21-044", "ach21 044"),
    ],
)
def test_signs_of_minutes_part_words_as_others_do(written: str, words: str) -> None:
    assert plain(written) == words


def test_a_name_that_several_records_have_finds_them_all() -> None:
    assert found("the board") == ["bodies/streets-board", "projects/trees"]
    assert found("harbour") == ["bodies/harbour", "projects/harbour"]
    assert found("benches") == ["projects/benches", "great-ambledown/projects/benches"]


def test_a_name_that_several_records_have_can_be_asked_of_one_type() -> None:
    assert found("the board", Body) == ["bodies/streets-board"]
    assert found("harbour", Project) == ["projects/harbour"]
    assert found("harbour", Transfer) == []
    assert found("ambledown/bodies/harbour", Project) == []


def test_an_id_is_exact_and_comes_before_every_name() -> None:
    kb = knowledge_base("bodies/a: {title: 'ambledown/bodies/b'}\nbodies/b: {title: B}")

    assert [record.id for record in kb.find("ambledown/bodies/b")] == ["ambledown/bodies/b"]


def test_a_slug_a_title_and_an_alias_count_alike() -> None:
    kb = knowledge_base("bodies/a: {title: X}\nbodies/x: {title: B}\nbodies/c: {aliases: [x]}")

    assert [record.id.slug for record in kb.find("x")] == ["a", "c", "x"]
    assert [record.id.slug for record in kb.find("bodies/x")] == ["x"]


def test_names_of_other_scripts_are_names() -> None:
    kb = knowledge_base(
        "projects/a: {aliases: [બેન્ચ]}\nprojects/b: {aliases: [વૃક્ષો]}\nprojects/c: {aliases: [長椅]}"
    )

    assert [record.id for record in kb.find("બેન્ચ")] == ["ambledown/projects/a"]
    assert [record.id for record in kb.find("長椅")] == ["ambledown/projects/c"]


def test_every_name_that_is_offered_finds_its_record() -> None:
    for name in KB.names():
        assert KB.find(name)
    assert set(KB.names(Body)) == {
        "ambledown/bodies/harbour", "harbour", "Harbour Board",
        "ambledown/bodies/streets-board", "streets-board", "Streets Programme Board", "the Board", "SPB",
    }  # fmt: skip


@given(st.text(max_size=20) | NAMES | NAMES.map(str.swapcase))
def test_any_text_can_be_looked_for_and_finds_what_is_called_so(text: str) -> None:
    called = {
        r.id for r in KB.records.values()
        if plain(text) in map(plain, (r.id, r.id.slug, f"{r.id.folder}/{r.id.slug}", r.title, *r.aliases))
    }  # fmt: skip

    assert {r.id for r in KB.find(text)} <= called
    assert bool(KB.find(text)) == bool(called)


@given(st.text(max_size=20))
def test_a_plain_name_is_as_plain_as_can_be(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(f" {text}. ") == plain(text)


# -- records ------------------------------------------------------------------------------------


def test_records_are_in_the_order_of_their_ids() -> None:
    assert list(KB.records) == sorted(KB.records)
    assert [record.id for record in KB.of(Body)] == [
        "ambledown/bodies/harbour",
        "ambledown/bodies/streets-board",
    ]


def test_a_record_is_got_by_its_id_where_it_is_of_the_type() -> None:
    benches = KB.get("ambledown/projects/benches", Project)

    assert benches is not None
    assert benches.title == "Benches"
    assert KB.get("ambledown/projects/benches", Body) is None
    assert KB.get("ambledown/projects/nowhere", Project) is None
    assert KB.get(None, Project) is None
    assert KB.get("projects/benches", Project) is None


def test_nothing_can_be_put_into_what_is_linked() -> None:
    with pytest.raises(TypeError):
        KB.records["x"] = None  # type: ignore[index]


# -- links --------------------------------------------------------------------------------------


def backlinks(target: str, name: str | None = None) -> list[tuple[str, str]]:
    """What points at a record: the name of the link and the slug of the record that has it."""
    return [(link.name, link.record.id.slug) for link in KB.backlinks(f"ambledown/{target}", name)]


def test_links_are_read_from_their_end_under_the_name_they_have_there() -> None:
    assert backlinks("projects/harbour") == [("parts", "benches"), ("parts", "trees")]
    assert backlinks("projects/benches") == [
        ("events", "walk"),
        ("mentioned_in", "walk"),
        ("transfers", "2019-benches"),
    ]
    assert backlinks("bodies/streets-board") == [("gave_up", "2019-benches")]
    assert backlinks("transfers/2019-benches") == []


def test_links_of_one_name_can_be_asked_for() -> None:
    assert backlinks("projects/benches", "events") == [("events", "walk")]
    assert backlinks("projects/benches", "parts") == []


def test_a_record_that_points_twice_by_one_name_is_told_once() -> None:
    assert backlinks("bodies/harbour", "received") == [("received", "2019-benches")]


def test_a_link_says_by_which_field() -> None:
    [link] = KB.backlinks("ambledown/projects/trees", "transfers")

    assert link.path == ("moves", 1, "what")


def test_records_of_one_type_that_point_here_can_be_asked_for() -> None:
    assert [
        transfer.id.slug for transfer in KB.pointing("ambledown/bodies/harbour", "received", Transfer)
    ] == ["2019-benches"]
    assert KB.pointing("ambledown/bodies/harbour", "received", Project) == ()


def test_a_link_that_leads_nowhere_is_kept_for_the_checks_and_has_no_other_end() -> None:
    targets = [link.target for link in KB.links[KB.find("walk")[0].id]]

    assert "ambledown/projects/nowhere" in targets
    assert backlinks("projects/nowhere") == []


def test_links_in_a_narrative_are_found_with_what_is_no_link() -> None:
    [walk] = KB.find("walk")

    assert [(target, match[0]) for target, match in narrative_links(walk)] == [
        ("ambledown/projects/benches", "[[projects/benches]]"),
        ("ambledown/projects/trees", "[[projects/trees|the trees]]"),
        ("ambledown/projects/benches", "[[projects/benches|back]]"),
        (None, "[[Benches]]"),
    ]


# -- the date it speaks of ----------------------------------------------------------------------


def as_of(text: str, settings: Settings | None = None) -> str | None:
    """The date that the records of a ledger speak of."""
    kb = KnowledgeBase(knowledge_base(text).records.values(), settings=settings)
    return kb.as_of.value if kb.as_of else None


def test_the_date_is_the_latest_that_any_source_bears() -> None:
    assert (
        as_of("sources/a: {dated: 2020-01-07}\nsources/b: {dated: 2019-11}\nsources/c: {dated: not stated}")
        == "2020-01-07"
    )
    assert as_of("sources/a: {dated: 2019-11}") == "2019-11-30"
    assert as_of("sources/a: {dated: 2020-01/..}\nsources/b: {dated: 2019}") == "2019-12-31"


def test_without_sources_there_is_no_date() -> None:
    assert as_of("projects/p: {began: 2019}") is None


def test_the_date_that_is_set_comes_before_those_of_the_sources() -> None:
    assert as_of("sources/a: {dated: 2020}", Settings.model_validate({"as_of": "2019-12-12"})) == "2019-12-12"

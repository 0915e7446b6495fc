"""Filters and facets: what a value may be called, and that a count is what a search for it finds."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from minutebook_search.facets import FACETS, Register
from minutebook_search.query import DateRange, Filter, parse_query
from tests.search.sample_documents import document

DOCUMENTS = [
    document("thornby", folder="council", noun="council", title="Thornby Council"),
    document("cabinet", folder="bodies", noun="body", title="The Cabinet", body="thornby/bodies/cabinet"),
    document("cabinet", folder="bodies", noun="body", council="avon", body="avon/bodies/cabinet"),
    document("homes", title="Warm Homes", projects=("thornby/projects/homes",), topics=("Housing & care",)),
    document(
        "r1",
        folder="resolutions",
        noun="resolution",
        body="thornby/bodies/cabinet",
        outcome="approved",
        date="2019-12-12/2020-01-07",
        projects=("thornby/projects/homes",),
    ),
    document("r2", folder="resolutions", noun="resolution", outcome="noted", date="2019"),
]
REGISTER = Register(DOCUMENTS)


def chosen(asked: str) -> list[str]:
    """The ids, without `thornby`, that a filter lets through."""
    node = parse_query(asked).root
    assert isinstance(node, Filter | DateRange)
    return [str(DOCUMENTS[n].id).removeprefix("thornby/") for n in sorted(REGISTER.chosen(node).numbers)]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("type:resolution", ["resolutions/r1", "resolutions/r2"]),
        ("type:Resolutions", ["resolutions/r1", "resolutions/r2"]),
        ("council:avon", ["avon/bodies/cabinet"]),
        ('council:"thornby council" ', ["council/thornby", "bodies/cabinet", "projects/homes", "resolutions/r1", "resolutions/r2"]),
        ("body:cabinet", ["bodies/cabinet", "avon/bodies/cabinet", "resolutions/r1"]),
        ('body:"the cabinet"', ["bodies/cabinet", "resolutions/r1"]),
        ("body:thornby/bodies/cabinet", ["bodies/cabinet", "resolutions/r1"]),
        ("body:bodies/cabinet", ["bodies/cabinet", "avon/bodies/cabinet", "resolutions/r1"]),
        ('project:"Warm homes"', ["projects/homes", "resolutions/r1"]),
        ("project:homes", ["projects/homes", "resolutions/r1"]),
        ('topic:"housing – care"', ["projects/homes"]),
        ("outcome:noted", ["resolutions/r2"]),
        ("date:2020", ["resolutions/r1"]),
        ("date:2019-12-12", ["resolutions/r1", "resolutions/r2"]),
        ("date:2020-01-08..", []),
        ("date:..2018", []),
        ("date:2018..2021", ["resolutions/r1", "resolutions/r2"]),
    ],
)  # fmt: skip
def test_a_filter_lets_these_through(asked: str, ids: list[str]) -> None:
    assert chosen(asked) == ids


def test_values_with_the_words_of_one_that_is_not_there_are_offered() -> None:
    """By their names, the shortest first, and no more than three."""
    bodies = [
        document(slug, folder="bodies", noun="body", title=title, body=f"thornby/bodies/{slug}")
        for slug, title in {
            "scrutiny": "Overview and Scrutiny Committee",
            "board": "Scrutiny Management Board",
            "panel": "Health Scrutiny",
            "group": "A group for scrutiny of very much",
            "cabinet": "Cabinet",
        }.items()
    ]
    register = Register([*bodies, document("care", topics=("adult social care",))])
    said = register.chosen(Filter("body", "management scrutiny", 1)).message
    assert said is not None
    assert said.endswith("(column 1): did you mean `Scrutiny Management Board`?")
    said = register.chosen(Filter("topic", "care", 4)).message
    assert said == "no record has the topic `care` (column 4): did you mean `adult social care`?"
    many = Register(bodies[1:]).chosen(Filter("body", "Scrutiny!", 1)).message
    assert many is not None
    assert many.endswith(
        "did you mean `Health Scrutiny`, `Scrutiny Management Board` or `A group for scrutiny of very much`?"
    )
    assert Register(bodies).chosen(Filter("body", "scrutiny", 1)).message is None, "it is the end of an id"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Filter("body", "cabnet", 3), "no record has the body `cabnet` (column 3): did you mean `cabinet`?"),
        (Filter("outcome", "zzz", 1), "no record has the outcome `zzz` (column 1)"),
        (Filter("type", "resolutoin", 1), "no record has the type `resolutoin` (column 1): did you mean `resolution`?"),
    ],
)  # fmt: skip
def test_a_value_that_no_record_has_is_said(asked: Filter, message: str) -> None:
    answer = REGISTER.chosen(asked)
    assert (answer.numbers, answer.message) == (frozenset(), message)


def counted(register: Register, numbers: Iterable[int]) -> dict[str, dict[str, int]]:
    """The counts of every facet, and of the years."""
    return {field: register.count(field, numbers) for field in (*FACETS, "year")}


def test_facets_count_each_value_most_frequent_first() -> None:
    assert counted(REGISTER, range(len(DOCUMENTS))) == {
        "type": {"body": 2, "resolution": 2, "council": 1, "project": 1},
        "council": {"thornby": 5, "avon": 1},
        "body": {"thornby/bodies/cabinet": 2, "avon/bodies/cabinet": 1},
        "outcome": {"approved": 1, "noted": 1},
        "year": {"2019": 2, "2020": 1},
    }
    assert list(REGISTER.count("type", range(len(DOCUMENTS)))) == [
        "body",
        "resolution",
        "council",
        "project",
    ]


def test_facets_of_nothing_are_empty() -> None:
    assert counted(REGISTER, []) == {"type": {}, "council": {}, "body": {}, "outcome": {}, "year": {}}


def test_a_date_as_wide_as_a_century_is_in_no_year() -> None:
    register = Register([document("old", date="19XX"), document("older", date="1801/1950")])
    assert register.count("year", [0, 1]) == {f"{year}": 1 for year in range(1900, 2000)}

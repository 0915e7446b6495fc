"""Snippets: the stretch that shows why a record was found, and where in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook_search.query import parse_query
from minutebook_search.snippets import WIDTH, Finder, Snippet, snippet_of
from minutebook_search.stemming import stem
from tests.search.sample_documents import document

FILLER = "nothing of interest is said in these many words, " * 12


def snippet(query: str, *texts: str, title: str = "title") -> Snippet:
    """The snippet of a document with these texts."""
    finder = Finder(parse_query(query).wanted(), stem)
    return snippet_of(document("d", *texts, title=title), finder)


def marked(snippet: Snippet) -> list[str]:
    """The stretches of a snippet that are marked."""
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_words_are_marked_by_stem_and_phrases_as_a_whole() -> None:
    found = snippet('planning "be noted"', "The plans were noted; that they be noted, as planned.")
    assert marked(found) == ["plans", "be noted", "planned"]


def test_a_compound_is_marked_in_each_spelling() -> None:
    found = snippet("ACH21-044 followup", "ACH21-044, ach21 044 and ACH21044; a follow-up")
    assert marked(found) == ["ACH21-044", "ach21 044", "ACH21044", "follow-up"]


def test_the_beginning_of_a_word_marks_the_word() -> None:
    assert marked(snippet("commission*", "Commissioners commissioned it.")) == [
        "Commissioners",
        "commissioned",
    ]


def test_what_is_left_out_of_a_search_is_not_marked() -> None:
    assert marked(snippet("plan -budget", "A plan without budget")) == ["plan"]


def test_a_snippet_is_the_stretch_with_most_of_what_was_asked() -> None:
    found = snippet("roof survey", f"A roof. {FILLER} A survey of the roof. {FILLER}", "Another roof")
    assert marked(found) == ["survey", "roof"]
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert len(found.text) <= WIDTH + 4


def test_of_equal_passages_the_weightier_is_shown() -> None:
    finder = Finder(parse_query("roof").wanted(), stem)
    assert (
        snippet_of(document("d", "the roof", "That the roof", weights=[1, 5]), finder).text == "That the roof"
    )


def test_where_only_the_title_matches_the_record_is_introduced() -> None:
    found = snippet("warm", "WH", "What the scheme is about, in a sentence.", title="Warm Homes")
    assert found == Snippet(
        "What the scheme is about, in a sentence.", passage="What the scheme is about, in a sentence."
    )


def test_a_record_with_nothing_but_a_title_has_an_empty_snippet() -> None:
    assert snippet("warm", title="Warm Homes") == Snippet("")


WORDS = st.sampled_from(
    ["plan", "planning", "be", "noted", "ACH21-044", "044", "x" * 300, "—", "roof.", "follow-up"]
)


@given(
    st.lists(WORDS, max_size=200).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.booleans(),
)
@settings(deadline=None)
def test_every_mark_lies_in_the_snippet_and_holds_what_was_asked(text: str, query: str, quoted: bool) -> None:
    asked = f'"{query}"' if quoted else query
    found = snippet(asked, text)
    finder = Finder(parse_query(asked).wanted(), stem)
    assert len(found.text) <= WIDTH + 4
    assert bool(found.marks) == bool(finder.marks(text))
    end = 0
    for start, next_end in found.marks:
        assert end <= start < next_end <= len(found.text)
        end = next_end


def test_another_name_is_not_shown_where_the_title_says_as_much() -> None:
    """It would say the title twice; nor is a topic, or what kind of record it is."""
    said = "The programme began when its board met for the first time."
    one = document(
        "d",
        "Roof Programme",
        "roof programme",
        "roofs",
        said,
        title="Roof Programme of 2019",
        weights=[6, 2, 2],
    )
    finder = Finder(parse_query("roof programme").wanted(), stem)
    assert snippet_of(one, finder).text == said
    finder = Finder(parse_query("tiles").wanted(), stem)
    assert snippet_of(document("d", "Tiles", said, title="Roof", weights=[6]), finder).text == "Tiles"


def test_a_sentence_is_shown_before_a_topic_of_more_weight() -> None:
    said = "All that was said of the roof, in so many words."
    one = document("d", "the roof", said, weights=[2, 1])
    assert snippet_of(one, Finder(parse_query("roof").wanted(), stem)).text == said


def test_what_kind_of_record_it_is_is_no_snippet() -> None:
    one = document("d", "report", "It was taken to the board.", noun="report", title="Homes")
    assert snippet_of(one, Finder(parse_query("report").wanted(), stem)).text == "It was taken to the board."


def test_words_that_tell_nothing_are_marked_only_where_nothing_else_is_looked_for() -> None:
    one = document("d", "Charges for care are set for a year", title="Policy")
    shown = snippet_of(one, Finder(parse_query("charges for care").wanted(), stem))
    assert [shown.text[start:end] for start, end in shown.marks] == ["Charges", "care"]
    shown = snippet_of(one, Finder(parse_query("for").wanted(), stem))
    assert [shown.text[start:end] for start, end in shown.marks] == ["for", "for"]

"""Where a quotation stands: what does not matter, what does, and where it is said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.evidence.matching import MOST_LEFT_OUT, Text, normal, stands_in

MINUTES = (
    "Minutes\u00a0of the Board, 12\u201313 March 2019\n"
    "\n"
    "·\u00a0\u00a0\u00a0Savings of £312,000 were ‘delivered to\n"
    "date’;\n"
    "-  7.1% of 1,005 cases, and a change of -5;\n"
    "\tTotal\n\n\t£34,099\n\t£36,177\n"
    "RESOLVED: That the report be noted.\n"
    "Later: That the report be noted.\n"
)


def stands(quotation: str) -> bool:
    """Whether a quotation stands in the minutes."""
    return bool(Text(MINUTES).find(quotation))


@pytest.mark.parametrize(
    "quotation",
    [
        "Minutes of the Board, 12-13 March 2019",
        "Minutes of the Board, 12\u201413 March 2019",
        'Savings of £312,000 were "delivered to date"',
        "Savings of £312,000 were `delivered to date´;",
        "delivered to date’; 7.1% of 1,005 cases",
        "delivered to date'; - 7.1% of 1,005 cases",
        "• Savings of £312,000",
        "Total £34,099 £36,177",
        "Total\n£34,099\n£36,177",
        "Savings\u200b of £312,000",
        "Sav\u00adings of £312,000",
        "a change of -5",
        "  RESOLVED:   That the report be noted.  ",
    ],
)
def test_spaces_quotation_marks_dashes_bullets_and_line_wraps_do_not_matter(quotation: str) -> None:
    assert stands(quotation)


@pytest.mark.parametrize(
    "quotation",
    [
        "Savings of £313,000",
        "Savings of £31,2000",
        "Saving of £312,000",
        "savings of £312,000",
        "That the report is noted",
        "Savings £312,000",
        "12 13 March 2019",
        "Total £36,177 £34,099",
    ],
)
def test_a_letter_a_digit_a_capital_a_word_or_the_order_matters(quotation: str) -> None:
    assert not stands(quotation)


@pytest.mark.parametrize(
    "part",
    ["£312", "312,00", "12,000", "1% of", "7.", ".1%", "005 cases", "1,00", "change of 5", "oard, 12", "5;"],
)
def test_a_quotation_begins_and_ends_where_words_and_numbers_do(part: str) -> None:
    """A number that is cut off is another number; a full stop alone ends no word."""
    assert stands(part) is (part == "7.")


@pytest.mark.parametrize("nothing", ["", " ", "…", "‘’", "- - -", "·"])
def test_a_quotation_without_a_letter_or_digit_stands_nowhere(nothing: str) -> None:
    assert not stands(nothing)


def test_every_place_is_found_with_its_offsets_and_lines() -> None:
    text = Text(MINUTES)

    found = text.find("That the report be noted")

    assert [text.line_of(one.start) for one in found] == [10, 11]
    [(start, end)] = found[1].stretches
    assert MINUTES[start:end] == "That the report be noted"


def test_a_quotation_over_a_line_wrap_has_its_place_in_the_text_as_it_is_written() -> None:
    [found] = Text(MINUTES).find("delivered to date'")

    [(start, end)] = found.stretches
    assert MINUTES[start:end] == "delivered to\ndate’"


@pytest.mark.parametrize("dots", ["…", "...", "[…]", "[...]", " … ", "(…)"])
def test_dots_stand_for_words_left_out_in_order(dots: str) -> None:
    [found] = Text(MINUTES).find(f"Savings of £312,000{dots}of 1,005 cases")

    assert [MINUTES[start:end] for start, end in found.stretches] == ["Savings of £312,000", "of 1,005 cases"]


def test_dots_do_not_turn_the_order_round_nor_leave_out_a_page() -> None:
    far = f"The beginning.{' and so on' * (MOST_LEFT_OUT // 10 + 1)} The end."

    assert not stands("of 1,005 cases … Savings of £312,000")
    assert not Text(far).find("The beginning … The end")
    assert Text(far[200:] + far[:14] + " The end.").find("The beginning … The end")


def test_dots_that_the_source_prints_are_found_as_they_are() -> None:
    [found] = Text("We wait ... and see.").find("wait … and see")

    assert len(found.stretches) == 1


def test_dots_leave_nothing_changed_beside_them() -> None:
    assert not stands("Savings of £313,000 … of 1,005 cases")
    assert not stands("Savings of £312 … of 1,005 cases")


def test_a_stated_value_stands_in_its_words_as_a_whole() -> None:
    assert stands_in("savings of £312,000 in all", "£312,000")
    assert not stands_in("savings of £312,000 in all", "£312")
    assert stands_in("rose from 5 to 15, then 5.5", "5.5")
    assert not stands_in("rose to 15.5", "5.5")
    assert stands_in("£312 and £312,000", "£312,000")
    assert stands_in("£312,000 and £312", "£312"), "the first place is cut off, and the second is not"


WORDS = st.lists(
    st.sampled_from(["the", "report", "be", "noted", "£312,000", "7.1%", "Board", "5"]),
    min_size=1,
    max_size=12,
)
GAPS = st.sampled_from([" ", "\n", "\t", "\u00a0", "  ", "\r\n", "\n·\u00a0", " \n• "])


@given(words=WORDS, data=st.data())
def test_however_the_words_are_spaced_they_are_found(words: list[str], data: st.DataObject) -> None:
    """Whatever white space and bullets stand between the words of a text, the plain words stand in it."""
    written = words[0] + "".join(data.draw(GAPS) + word for word in words[1:])

    assert Text(f"Before. {written}. After").find(" ".join(words))


@given(text=st.text(alphabet="ab1 .,-£\n\t‘’·", max_size=60))
def test_the_normal_form_keeps_every_letter_digit_and_sign_in_order(text: str) -> None:
    """What is taken away is white space, bullets, and a dash that begins a line; nothing else changes place."""
    kept = "".join(sign for sign in normal(text) if sign in "ab1.,£'")

    assert kept == "".join(sign for sign in text if sign in "ab1.,£‘’").replace("‘", "'").replace("’", "'")
    assert not {"\n", "\t", "·"} & set(normal(text))
    assert "  " not in normal(text)


@given(words=WORDS, at=st.integers(0, 40), digit=st.sampled_from("0123456789"))
def test_no_changed_digit_is_ever_found(words: list[str], at: int, digit: str) -> None:
    """A text with one digit changed does not have the words it had, unless they stand there anyway."""
    written = " ".join(words)
    places = [number for number, sign in enumerate(written) if sign.isdigit() and sign != digit]
    if not places:
        return
    place = places[at % len(places)]
    changed = written[:place] + digit + written[place + 1 :]

    assert not Text(changed).find(written)

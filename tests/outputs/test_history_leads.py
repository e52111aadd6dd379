"""A date is said in short only where replacing it by the whole date gives the event's own year."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.history.leads import shortened
from outputs.history.model import Sentence
from outputs.history.phrases import wording

SHORT = {"vi": ("Cùng năm ấy", "Cũng năm ấy", "Cùng ngày"), "en": ("That same year", "That same day")}
QUOTES = (
    "Chính phủ ban hành nghị định", "ngành được thành lập từ năm 1946", "Quốc hội thông qua Luật năm 1993",
    "hội nghị họp ngày 5/3", "có 1.993 biên chế", "", "tiếp tục giai đoạn 1993-2004",
)


def sentence(date: str | None, quote: str = "Chính phủ ban hành nghị định", language: str = "vi") -> tuple:
    lead = wording(language).lead(date) if date else "Nguồn nhận định: "
    return Sentence(lead, quote, ".", (1,)), date


def leads(*told: tuple, language: str = "vi") -> list[str]:
    return [one.lead for one in shortened(told, wording(language))]


@pytest.mark.parametrize("first, then, lead", [
    ("2009-09-09", "2009-11-25", "Cũng năm ấy, ngày 25 tháng 11, "),
    ("1993", "1993", "Cùng năm ấy, "),
    ("1993-04", "1993", "Cùng năm ấy, "),
    ("1993-07-15", "1993-07-15", "Cùng ngày, "),
    ("1993", "1994", "Năm 1994, "),
    ("1993/1994", "1993", "Năm 1993, "),
])
def test_the_year_that_the_sentence_before_says(first, then, lead):
    assert leads(sentence(first), sentence(then))[1] == lead


@pytest.mark.parametrize("quote", ["Quốc hội sửa đổi Luật năm 2008", "việc tồn từ 2004–2008"])
def test_a_quote_that_names_another_year_leaves_the_date_whole(quote):
    assert leads(sentence("2009", quote), sentence("2009-11-25"))[1] == "Ngày 25 tháng 11 năm 2009, "


def test_a_quote_that_names_another_day_leaves_the_day_whole():
    told = sentence("2009-09-09", "hội nghị khai mạc ngày 8/9")
    assert leads(told, sentence("2009-09-09"))[1] == "Ngày 9 tháng 9 năm 2009, "


def test_a_sentence_without_our_date_between_leaves_the_date_whole():
    assert leads(sentence("2009"), sentence(None), sentence("2009-11"))[2] == "Tháng 11/2009, "


def test_a_year_said_in_short_is_not_referred_to_again():
    assert leads(sentence("2009"), sentence("2009-03"), sentence("2009-11"))[2] == "Tháng 11/2009, "


def test_a_paragraph_begins_with_its_whole_date():
    assert leads(sentence("2009")) == ["Năm 2009, "]


_dates = st.builds(
    lambda year, month, day: "-".join([str(year), *([f"{month:02}"] if month else []),
                                       *([f"{day:02}"] if month and day else [])]),
    st.integers(1992, 1995), st.integers(0, 12), st.integers(0, 28),
)


@given(st.lists(st.tuples(st.none() | _dates, st.sampled_from(QUOTES)), max_size=12), st.sampled_from(["vi", "en"]))
def test_the_whole_date_in_place_of_the_short_gives_the_events_own_year(told, language):
    paragraph = [sentence(date, quote, language) for date, quote in told]
    made = shortened(paragraph, wording(language))
    assert [one.quote for one in made] == [one.quote for one, _ in paragraph]
    for at, one in enumerate(made):
        if one.lead.startswith(SHORT[language]):
            assert at > 0
            assert re.findall(r"(?<![.\d])\d{4}(?!\d)", made[at - 1].lead) == [paragraph[at][1][:4]]
        else:
            assert one.lead == paragraph[at][0].lead

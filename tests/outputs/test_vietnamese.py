"""Dates and numbers in Vietnamese."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.vietnamese import capitalised, date_in_words, date_within_year, number_in_figures, short_date

WORDS = [
    ("1946-07-19", "ngày 19 tháng 7 năm 1946", "19/7/1946"),
    ("1993-07", "tháng 7/1993", "7/1993"),
    ("1980", "năm 1980", "1980"),
    ("199X", "thập niên 1990", "thập niên 1990"),
    ("19XX", "thế kỷ XX", "thế kỷ XX"),
    ("20XX", "thế kỷ XXI", "thế kỷ XXI"),
    ("2015/2020", "từ năm 2015 đến năm 2020", "2015 – 2020"),
    ("2017-10/2018-05", "từ tháng 10/2017 đến tháng 5/2018", "10/2017 – 5/2018"),
    ("2014-05-01/2014-05-09", "từ ngày 1 tháng 5 năm 2014 đến ngày 9 tháng 5 năm 2014", "1/5/2014 – 9/5/2014"),
    ("1993/..", "từ năm 1993", "1993 – …"),
    ("../1954", "đến năm 1954", "… – 1954"),
    ("{2018,2019}", "các năm 2018, 2019", "2018, 2019"),
    ("[1993,1994]", "một trong các năm 1993, 1994", "1993, 1994"),
    ("XXXX-05-30", "ngày 30 tháng 5 (không rõ năm)", "30/5"),
    ("XXXX-10", "tháng 10 (không rõ năm)", "tháng 10 (không rõ năm)"),
    ("2026-33", "quý I/2026", "quý I/2026"),
    ("1975-21", "mùa xuân 1975", "mùa xuân 1975"),
    ("2010-40", "nửa đầu năm 2010", "nửa đầu năm 2010"),
    ("1930~", "năm 1930 (khoảng)", "năm 1930 (khoảng)"),
    ("1930?", "năm 1930 (chưa chắc chắn)", "năm 1930 (chưa chắc chắn)"),
    ("Y-12000", "Y-12000", "Y-12000"),
]


@pytest.mark.parametrize(("edtf", "words", "short"), WORDS)
def test_a_date_keeps_its_precision(edtf: str, words: str, short: str) -> None:
    assert date_in_words(edtf) == words
    assert short_date(edtf) == short


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("1946-07-19", "19 tháng 7"), ("1993-07", "tháng 7"), ("1980", "trong năm"),
     ("XXXX-10", "tháng 10 (không rõ năm)"), ("2015/2020", "từ năm 2015 đến năm 2020")],
)
def test_below_a_heading_of_its_year_a_date_leaves_the_year_out(edtf: str, words: str) -> None:
    assert date_within_year(edtf) == words


@pytest.mark.parametrize(
    ("value", "figures"),
    [(Decimal("2740557200000"), "2.740.557.200.000"), (Decimal("80.71"), "80,71"), (Decimal("84.10"), "84,10"),
     (Decimal("5760000000.00"), "5.760.000.000"),
     (8053, "8.053"), (0, "0"), (Decimal("-1234.5"), "-1.234,5")],
)
def test_numbers_are_never_rounded(value: Decimal | int, figures: str) -> None:
    assert number_in_figures(value) == figures


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_every_digit_of_a_number_comes_back(value: Decimal) -> None:
    assert Decimal(number_in_figures(value).replace(".", "").replace(",", ".")) == value


@given(st.text(alphabet="0123456789X-/.{}[],~?%", max_size=24))
def test_no_value_is_refused(edtf: str) -> None:
    assert isinstance(date_in_words(edtf), str)
    assert isinstance(short_date(edtf), str)
    assert isinstance(date_within_year(edtf), str)


def test_only_the_first_letter_is_raised() -> None:
    assert capitalised("đến nay THADS") == "Đến nay THADS"
    assert capitalised("") == ""

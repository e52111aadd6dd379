"""EDTF values and their days; the lunar calendar."""

from __future__ import annotations

import datetime

import pytest
from edtf_validate.valid_edtf import is_valid
from hypothesis import given
from hypothesis import strategies as st

from extractors import calendar
from extractors.calendar import Day, bounds

BOUNDS = {
    "1946-07-19": ("1946-07-19", "1946-07-19"),
    "1993-07": ("1993-07-01", "1993-07-31"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "1980": ("1980-01-01", "1980-12-31"),
    "199X": ("1990-01-01", "1999-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "2026-01/2026-03": ("2026-01-01", "2026-03-31"),
    "2015/2020": ("2015-01-01", "2020-12-31"),
    "1993/..": ("1993-01-01", None),
    "../1988": (None, "1988-12-31"),
    "1990~": ("1990-01-01", "1990-12-31"),
    "2026-33": ("2026-01-01", "2026-03-31"),
    "2021-40": ("2021-01-01", "2021-06-30"),
    "2021-41": ("2021-07-01", "2021-12-31"),
    "2021-07-XX": ("2021-07-01", "2021-07-31"),
    "{2017,2018}": ("2017-01-01", "2018-12-31"),
}


@pytest.mark.parametrize(("value", "days"), BOUNDS.items())
def test_bounds(value: str, days: tuple[str | None, str | None]) -> None:
    assert bounds(value) == tuple(day and Day.fromisoformat(day) for day in days)


@pytest.mark.parametrize(
    "value", [None, "", "..", "/", "../..", "XXXX-05-30", "XXXX", "1945-23", "-0256", "2014-02-30", "rubbish"]
)
def test_values_without_days(value: str | None) -> None:
    assert bounds(value) is None


TET = {1968: "1968-01-29", 1985: "1985-01-21", 2007: "2007-02-17", 2014: "2014-01-31", 2019: "2019-02-05"}


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet(year: int, day: str) -> None:
    assert calendar.lunar_day(year, 1, 1) == Day.fromisoformat(day)


def test_lunar_days() -> None:
    assert calendar.lunar_day(2023, 1, 15) == Day(2023, 2, 5)
    assert calendar.lunar_day(2025, 7, 15) == Day(2025, 9, 6)     # after the leap sixth month
    assert calendar.lunar_day(2025, 12, 23) == Day(2026, 2, 10)
    assert calendar.lunar_day(2024, 12, 30) == Day(2025, 1, 28)   # the last month had 29 days
    assert calendar.lunar_day(1700, 1, 1) is None
    assert calendar.lunar_day(2025, 13, 1) is None


@pytest.mark.parametrize("year", range(1900, 2100))
def test_a_lunar_year_ends_where_the_next_begins(year: int) -> None:
    last = calendar.lunar_day(year, 12, 30)
    assert last is not None
    assert last + datetime.timedelta(days=1) == calendar.lunar_day(year + 1, 1, 1)


def test_sexagenary_years() -> None:
    assert calendar.sexagenary_years("bính", "tuất") == [1946, 2006, 2066]
    assert calendar.sexagenary_years("đinh", "sửu", 1900, 2000) == [1937, 1997]
    assert calendar.sexagenary_years("một", "hai") == []


def test_nearest_year_leans_to_the_past() -> None:
    assert calendar.nearest_year(12, 20, Day(2014, 1, 5)) == 2013
    assert calendar.nearest_year(1, 20, Day(2014, 12, 28), lean=1) == 2015
    assert calendar.nearest_year(11, 24, Day(2013, 11, 1)) == 2013
    assert calendar.nearest_year(2, 29, Day(2018, 3, 1)) is None


@given(st.one_of(st.none(), st.integers(-3000, 9999)), st.one_of(st.none(), st.integers(1, 12)))
def test_edtf_is_valid(year: int | None, month: int | None) -> None:
    assert is_valid(calendar.edtf(year, month))


@given(st.dates())
def test_a_day_is_its_own_bounds(day: Day) -> None:
    assert bounds(day.isoformat()) == (day, day)
    assert calendar.parse_day(day.isoformat()) == day


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(-600, 600))
def test_months_there_and_back(year: int, month: int, count: int) -> None:
    assert calendar.add_months(*calendar.add_months(year, month, count), -count) == (year, month)

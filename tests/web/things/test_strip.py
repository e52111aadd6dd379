"""Drawings: what is told and what follows are two kinds of line; no value or day lies outside the picture."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.catalogue.bodies import NamedBody
from outputs.catalogue.passages import Passage, Source
from outputs.catalogue.people import Bound, Office
from outputs.catalogue.series import Point
from outputs.web.strip import names_strip, offices_strip, series_chart, year_bars

WORDS = Passage("m", "official", 0, 1, "", "x", "", Source("d", "t", None, None, "d.txt", None))


def office(*bounds: tuple[str, str, str], first: str | None = None, last: str | None = None) -> Office:
    return Office(
        "p", "Vũ Đình Hòe", "Bộ trưởng", "Bộ Tư pháp", None, None, None, None, None, first, last, None, 1,
        tuple(Bound(side, kind, day, "appointed", WORDS) for side, kind, day in bounds),
    )


def point(value: str, year: int = 1946, *, role: str = "actual", approx: str = "exact", broken: str | None = None,
          high: str | None = None) -> Point:
    return Point(
        str(year), f"{year:04}-01-01", f"{year:04}-12-31", value, high, None, value, approx, role, broken, "m", WORDS,
    )


def test_what_is_told_and_what_follows_are_two_kinds_of_line() -> None:
    strip = offices_strip([
        office(("start", "known", "1946-04-04"), ("end", "attested", "1949-01-01"), ("end", "limit", "1960-07-01")),
    ])
    assert strip is not None
    told, limit = strip.rows[0].lines
    assert (told.kind, limit.kind) == ("told", "limit")
    assert told.x < told.x2 == limit.x < limit.x2
    assert strip.rows[0].days == (told.x,)


def test_a_limit_alone_is_dotted() -> None:
    strip = offices_strip([office(("end", "limit", "1960-07-01")), office(first="1950", last="1950")])
    assert strip is not None
    assert [line.kind for line in strip.rows[0].lines] == ["limit"]


def test_offices_of_no_day_have_no_row() -> None:
    strip = offices_strip([office(), office(first="1950-01-02", last="1950-01-02")])
    assert strip is not None and len(strip.rows) == 1
    assert offices_strip([office()]) is None and offices_strip([]) is None


def test_names_without_a_beginning_or_an_end() -> None:
    strip = names_strip([
        NamedBody("a", "trước", None, "1960"), NamedBody("b", "sau", "1960", None), NamedBody("c", "cả", None, None),
    ])
    assert strip is not None
    kinds = [[line.kind for line in row.lines] for row in strip.rows]
    assert kinds == [["limit"], ["told"], ["limit"]]
    assert strip.rows[2].lines[0].width > 90


@pytest.mark.parametrize("edtf", ["-0256", "XXXX-05", "199X", "1946~", "", "[..2014-05-09]", "1946/.."])
def test_days_that_cannot_be_drawn_are_no_error(edtf: str) -> None:
    offices_strip([office(("start", "known", edtf)), office(first=edtf, last="1950")])
    names_strip([NamedBody("a", "x", edtf, edtf)])


def test_approximate_values_and_targets_look_otherwise_and_a_break_stays_broken() -> None:
    chart = series_chart([
        point("10", 1946), point("20", 1947, approx="about"), point("15", 1947, role="target"),
        point("30", 1948, broken="Tòa án"),
    ])
    assert chart is not None
    assert [dot.kind for dot in chart.dots] == ["value", "about", "target", "value"]
    assert len(chart.lines) == 1 and len(chart.breaks) == 1


@pytest.mark.parametrize("values", [["5"], ["5", "5"], ["NaN", "1"], ["Infinity", "2"], ["x", "y"]])
def test_too_little_makes_no_picture(values: list[str]) -> None:
    assert series_chart([point(value) for value in values]) is None


def test_equal_values_and_nothing_but_noughts() -> None:
    for value in ("0", "7", "-7", "1e-9"):
        assert series_chart([point(value, 1946), point(value, 1947)]) is not None


_NUMBERS = st.decimals(min_value=Decimal("-1e18"), max_value=Decimal("1e18"), allow_nan=False, places=3)


@given(st.lists(st.tuples(_NUMBERS, st.integers(1, 9999), st.sampled_from(["actual", "target"])), max_size=12))
def test_everything_stays_in_the_picture(values: list[tuple[Decimal, int, str]]) -> None:
    chart = series_chart([point(str(value), year, role=role) for value, year, role in values])
    if chart is None:
        assert len({year for _, year, _ in values}) < 2
        return
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= chart.bottom for dot in chart.dots)
    assert 2 <= len(chart.values) <= 7
    assert [x for x, _ in chart.periods] == sorted(x for x, _ in chart.periods)


@given(st.dictionaries(st.integers(-3000, 9999), st.integers(1, 10**6), max_size=60))
def test_bars_of_years_stay_in_the_picture(years: dict[int, int]) -> None:
    bars = year_bars(sorted(years.items()))
    assert all(0 <= bar.x <= 100 and 0 < bar.share <= 1 and bar.number == years[bar.year] for bar in bars)
    assert not bars or bars[-1].year - bars[0].year < 120


@given(st.lists(st.tuples(st.dates(), st.dates()), min_size=1, max_size=8))
def test_terms_stay_in_the_picture(terms: list[tuple[date, date]]) -> None:
    strip = offices_strip([office(first=first.isoformat(), last=last.isoformat()) for first, last in terms])
    assert strip is not None
    for row in strip.rows:
        assert all(0 <= line.x <= line.x2 <= 100 for line in row.lines)
    assert all(0 <= x <= 100 for x, _ in strip.years)

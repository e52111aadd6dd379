"""The day on which words attest an office, and the terms that they state."""

from __future__ import annotations

import pytest
import regex

from corpus.document import Document
from extractors.facts import Date, Event, Fact
from outputs.people_table import people
from tests.pipeline.persons import (
    A,
    B,
    at,
    attested,
    base_of,
    listed,
    number,
    official,
    told,
)


def test_one_person_with_the_offices_that_each_document_attests() -> None:
    office = {"title": "Bộ trưởng", "org": "Bộ Tư pháp"}
    first, second = "Bộ trưởng Vũ Đình Hòe dự họp.", "Ông Vũ Đình Hoè, Bộ trưởng, phát biểu."
    with listed(
        (Document(id="a", path="a", text=first, date="1946-03-02"), [official(first, "Vũ Đình Hòe", **office)]),
        (Document(id="b", path="b", text=second, date="1950-05-22"), [official(second, "Vũ Đình Hoè", **office)]),
    ) as base:
        assert attested(base) == [("Vũ Đình Hoè", "Bộ trưởng", "1946-03-02", "1950-05-22")]


def test_an_office_is_attested_on_the_day_of_the_event_told() -> None:
    text = "Ngày 9/5/2014, Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    facts = [
        official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự"),
        Event(**at(text, text[:-1]), date="2014-05-09", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2021-07-15"), facts)) as base:
        assert attested(base)[0][2:] == ("2014-05-09", "2014-05-09")


@pytest.mark.parametrize(
    ("published", "day"),
    [("2018-07-04", "2018-07-02"), ("2018-09-20", "2018-09-20"), ("2018-06-30", "2018-06-30"), (None, None)],
)
def test_a_report_attests_offices_on_the_day_of_its_meeting(published: str | None, day: str | None) -> None:
    text = "Chiều 2/7, hai bên họp tại Hải Phòng. Cục trưởng Trần Hồng Quang báo cáo kết quả."
    facts = [
        official(text, "Trần Hồng Quang", title="Cục trưởng", org="Cục Thi hành án dân sự thành phố Hải Phòng"),
        Event(**at(text, "Chiều 2/7, hai bên họp tại Hải Phòng"), date="2018-07-02", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date=published), facts)) as base:
        assert attested(base)[0][2:] == (day, day)


STATED = [   # the mark of a row, words before and behind the name, the dates as a fact; start and end that they tell
    ("- ", "1955-1957: ", "", "1955/1957", "1955", "1957"),
    ("1. ", "Từ 1955 đến 1957: ", " (1922-2016)", "1955/1957", "1955", "1957"),
    ("| 4 | ", "", " | 5/4/2016 - 18/2/2017 | x |", "2016-04-05/2017-02-18", "2016-04-05", "2017-02-18"),
    ("", "", " (2010–2015), nay", "2010/2015", "2010", "2015"),
    ("", "", " (từ 2.2010-nay)", "2010-02/2018-07-02", "2010-02", None),
    ("", "", ", Bộ trưởng Bộ Nội vụ (2010-2015), kể", "2010/2015", "2010", "2015"),
    ("", "", ", Bộ trưởng từ năm 2010 đến năm 2015, kể", "2010/2015", "2010", "2015"),
    ("", "", " (1922-2016)", "1922/2016", None, None),                      # a life
    ("", "", " (1957-)", "1957/..", None, None),                            # a birth
    ("", "", ", Tư lệnh Quân khu 9 (1979-1983)", "1979/1983", None, None),  # of another office
    ("", "Từ 2010 đến 2015, ", "", "2010/2015", None, None),                # prose: the office may come later
]
_DATES = regex.compile(r"(?:[Tt]ừ )?(?:năm )?[\d./]+ ?(?:-|–|đến) ?(?:năm )?(?:[\d/]+|nay)?")


@pytest.mark.parametrize(("mark", "before", "behind", "dates", "start", "end"), STATED)
def test_a_term_beside_the_name_bounds_the_office(
    mark: str, before: str, behind: str, dates: str, start: str | None, end: str | None
) -> None:
    text = f"Danh sách\n{mark}{before}{A}{behind}\n"
    found = max(_DATES.finditer(text), key=lambda one: len(one[0]) if dates[:4] in one[0] else 0)
    facts: list[Fact] = [
        Date(start=found.start(), end=found.end(), text=found[0], rule="x", type="interval", edtf=dates),
        official(text, A, title="Bộ trưởng", org="Bộ Nội vụ"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2018-07-02"), facts)) as base:
        known = {
            one.side: (one.date, one.quote.start) for office in people(base) for one in office.bounds
            if one.kind == "known"
        }
        told = {side: (day, found.start()) for side, day in (("start", start), ("end", end)) if day}
        assert known == told


def test_a_long_life_of_history_is_one_and_a_rank_holds_to_the_end() -> None:
    with base_of(
        told("Võ Nguyên Giáp", "Bộ trưởng", "Bộ Nội vụ", "1946-03-02"),
        told("Võ Nguyên Giáp", "Đại tướng", None, "2012-05-09"),
        told("Võ Nguyên Giáp", "Phó Thủ tướng", "Chính phủ", "2008-05-09"),
    ) as base:
        assert number(base) == 1


def test_what_attests_an_office_are_the_words_that_tell_the_day_or_the_day_of_the_document() -> None:
    text = "Ngày 9/5/2014, Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    office = official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự")
    event = Event(**at(text, text[:-1]), date="2014-05-09", event_type="meeting")
    for facts, rules, start in (([office, event], {"first attested", "last attested"}, 0),
                                ([office], {"first document", "last document"}, office.start)):
        with listed((Document(id="a", path="a", text=text, date="2014-05-12"), facts)) as base:
            bounds = people(base)[0].bounds
            assert {one.rule for one in bounds} == rules
            assert {one.quote.start for one in bounds} == {start}


def test_a_day_told_in_the_sentence_before_is_shown_with_its_words() -> None:
    text = "Ngày 9/5/2014 có cuộc họp ở Hải Phòng. Tại đây Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    facts = [
        Date(**at(text, "Ngày 9/5/2014"), type="date", edtf="2014-05-09"),
        official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự"),
        Event(**at(text, "Tổng cục trưởng Hoàng Sỹ Thành chủ trì"), date="2014-05-09", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2021-07-15"), facts)) as base:
        assert {one.quote.start for one in people(base)[0].bounds} == {0}


@pytest.mark.parametrize(("first", "second", "offices"), [
    ("2012-07-17", "2021-04-05", 2), ("2019-07-17", "2021-04-05", 1), (None, "2021-04-05", 1),
])
def test_an_office_without_its_body_is_that_of_about_the_same_time(
    first: str | None, second: str, offices: int
) -> None:
    with base_of(told(B, "Chủ tịch", None, first), told(B, "Chủ tịch", "Hội Luật gia Việt Nam", second)) as base:
        assert number(base) == 1
        assert len(people(base)) == offices


@pytest.mark.parametrize(("title", "org", "held"), [
    ("Đại tướng", None, []),
    ("Thượng tướng, Thứ trưởng", "Bộ Quốc phòng", [("Thứ trưởng", "Bộ Quốc phòng")]),
    ("Trung úy", "Công an tỉnh Gia Lai", [(None, "Công an tỉnh Gia Lai")]),
    ("Người ký", "Chính phủ", [(None, "Chính phủ")]),
])
def test_a_rank_is_no_office(title: str, org: str | None, held: list[tuple[str | None, str]]) -> None:
    with base_of(told(A, title, org, "2014-05-09")) as base:
        assert number(base) == 1
        assert [(one.title, one.org) for one in people(base)] == held

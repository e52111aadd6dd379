"""The timeline: what it holds, in which order, and its forms."""

from __future__ import annotations

import csv
import io
import json

import pytest

from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.timeline import Timeline, ics, most, timeline, timeline_csv, timeline_html, timeline_json, timelinejs
from outputs.topic import Topic
from outputs.words import event_labels
from tests.outputs.dated_base import assembled_base, dated_base
from tests.outputs.school_base import COURSE, DAM, KEPT, ORIGIN, RETOLD, SCHOOLS, TOPIC, school_base


def dates(found: Timeline) -> list[str]:
    return [entry.date for entry in found.entries]


def test_events_stand_in_order_of_time() -> None:
    found = timeline(school_base())
    assert [entry.quote for entry in found.entries] == [ORIGIN, COURSE, SCHOOLS, DAM, KEPT]
    assert [entry.words for entry in found.entries][:3] == [
        "ngày 8 tháng 9 năm 1945", "năm 1946", "ngày 2 tháng 10 năm 1956",
    ]
    assert found.entries[0].label == event_labels()["issuance"]


def test_an_event_has_all_its_tellings_with_their_places() -> None:
    course = timeline(school_base()).entries[1]
    assert [telling.quote for telling in course.tellings] == [COURSE, RETOLD]
    assert [telling.title for telling in course.tellings] == ["Chuyện Bình dân học vụ", "Nhớ lớp bình dân học vụ"]
    assert course.tellings[1].before == "Theo tài liệu lưu trữ, "
    assert course.tellings[1].after == "."
    assert course.tellings[1].place == "moi.txt"
    assert course.sources == 2


def test_decrees_and_officials_inside_the_clause_are_named() -> None:
    origin = timeline(school_base()).entries[0]
    assert [decree.quote for decree in origin.decrees] == ["Sắc lệnh số 17/SL"]
    assert [(person.name, person.title) for person in origin.officials] == [("Hồ Chí Minh", "Chủ tịch")]


@pytest.mark.parametrize("topic", [TOPIC, "BÌNH DÂN HỌC VỤ", "binh dan hoc vu", " bình  dân\thọc vụ"])
def test_a_topic_is_found_with_or_without_marks(topic: str) -> None:
    assert DAM not in [entry.quote for entry in timeline(school_base(), topic=topic).entries]
    assert len(timeline(school_base(), topic=topic).entries) == 4


def test_a_topic_nobody_speaks_of_gives_an_empty_timeline() -> None:
    found = timeline(school_base(), topic="đường sắt")
    assert found.entries == ()
    assert "Không tìm thấy sự kiện nào" in timeline_html(found)
    assert "No dated event on “đường sắt” was found" in timeline_html(found, "en")
    assert timeline_csv(found).count("\r\n") == 1


def test_a_topic_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="topic holds no word"):
        timeline(school_base(), topic=" – ")


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("1946", None, ["1946", "1956-10-02", "1960-05-01", "1985-03-05"]),
        ("1946-06", "1956", ["1946", "1956-10-02"]),  # an event of the year 1946 may fall after June
        (None, "1945-09-08", ["1945-09-08"]),
        ("1990", "2000", []),
    ],
)
def test_bounds_are_included(since: str | None, until: str | None, expected: list[str]) -> None:
    assert dates(timeline(school_base(), since=since, until=until)) == expected


def test_a_bound_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        timeline(school_base(), since="năm ngoái")


def test_events_without_a_year_come_last_and_fall_outside_any_bounds() -> None:
    base = school_base(hostile=True)
    assert dates(timeline(base))[-1] == "XXXX-03"
    assert "XXXX-03" not in dates(timeline(base, since="1900"))


def test_years_before_our_era_come_first() -> None:
    found = timeline(dated_base("1010", "-0256", "XXXX-05", "-0110", "XXXX-02-03"))
    assert dates(found) == ["-0256", "-0110", "1010", "XXXX-02-03", "XXXX-05"]
    assert [year for year, _ in found.years()] == ["-0256", "-0110", "1010", None]


def test_a_timeline_of_types_bodies_and_people() -> None:
    base = assembled_base()
    assert dates(timeline(base, types=["issuance"])) == ["1946-07-19", "1958-03-12"]
    for name in ("Bộ Tư pháp", "bo tu phap", "BTP"):
        assert dates(timeline(base, body=name)) == ["1946-09-05"], name
    assert dates(timeline(base, person="vu dinh hoe")) == ["1946-09-05"]
    assert dates(timeline(base, person="Vũ Đình")) == []
    assert timeline(base, types=["issuance"], person="Vũ Đình Hòe").asked == ("issuance", "Vũ Đình Hòe")


@pytest.mark.parametrize("asked", [{"body": " – "}, {"person": "?"}])
def test_a_name_without_words_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(QuestionError, match="holds no word"):
        timeline(assembled_base(), **asked)


def test_bodies_people_and_conflicts_stand_with_their_events() -> None:
    event = timeline(assembled_base(), body="Bộ Tư pháp").entries[0]
    assert [body.name for body in event.bodies] == ["Bộ Tư pháp", "Tòa án thành phố"]
    assert [name for _, name in event.people] == ["Vũ Đình Hòe"]
    (dissent,) = event.dissent
    assert (dissent.rule, [side.value for side in dissent.sides]) == ("weekday", ["thứ năm", "thứ hai"])


def test_the_heaviest_stay_in_order_of_time() -> None:
    found = timeline(school_base())
    kept = most(found, 2)
    assert ([entry.quote for entry in kept.entries], kept.left_out) == ([ORIGIN, SCHOOLS], 3)
    assert most(kept, 2) is kept
    assert most(kept, 1).left_out == 4


def test_json_holds_every_telling() -> None:
    value = json.loads(timeline_json(timeline(school_base())))
    course = value["events"][1]
    assert (course["date"], course["event_type"]) == ("1946", "founding")
    assert [telling["quote"] for telling in course["tellings"]] == [COURSE, RETOLD]
    assert course["tellings"][0]["start"] < course["tellings"][0]["end"]


def test_csv_cells_are_text_and_never_formulas() -> None:
    text = timeline_csv(timeline(school_base(hostile=True)))
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [line["date"] for line in lines][:2] == ["1945-09-08", "1946"]
    hostile = next(line for line in lines if "HYPERLINK" in line["quote"])
    assert hostile["quote"].startswith("'=")


def test_timelinejs_gives_no_more_precision_than_the_source() -> None:
    slides = json.loads(timelinejs(timeline(school_base(), topic=TOPIC)))
    assert slides["title"]["text"]["headline"] == "Bình dân học vụ"
    assert [slide["start_date"] for slide in slides["events"]][:2] == [
        {"year": 1945, "month": 9, "day": 8}, {"year": 1946},
    ]


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("1946-07-19", {"year": 1946, "month": 7, "day": 19}, None),
        ("1946-07", {"year": 1946, "month": 7}, None),
        ("1946", {"year": 1946}, None),
        ("1946~", {"year": 1946}, None),
        ("2014-33", {"year": 2014}, None),
        ("194X", {"year": 1940}, {"year": 1949}),
        ("1946/1954-07", {"year": 1946}, {"year": 1954, "month": 7}),
        ("1993/..", {"year": 1993}, None),
        ("0968", {"year": 968}, None),
        ("-0256", {"year": -257}, None),
    ],
)
def test_timelinejs_dates(date: str, start: dict[str, int], end: dict[str, int] | None) -> None:
    (slide,) = json.loads(timelinejs(timeline(dated_base(date))))["events"]
    assert (slide["start_date"], slide.get("end_date")) == (start, end)


def test_timelinejs_leaves_out_what_has_no_year() -> None:
    assert json.loads(timelinejs(timeline(dated_base("XXXX-05"))))["events"] == []


def test_timelinejs_texts_are_escaped() -> None:
    shown = timelinejs(timeline(school_base(hostile=True)))
    assert "<script" not in shown
    assert "<img" not in shown


def test_ics_has_all_day_events_for_full_dates_only() -> None:
    calendar = ics(timeline(school_base()))
    assert calendar.count("BEGIN:VEVENT") == 4
    assert "DTSTART;VALUE=DATE:19450908\r\nDTEND;VALUE=DATE:19450909\r\n" in calendar
    assert "SUMMARY:" + ORIGIN.replace(",", "\\,") in calendar.replace("\r\n ", "")


def test_two_runs_give_the_same_bytes() -> None:
    first, second = (timeline(school_base(hostile=True)) for _ in range(2))
    for form in (timeline_html, timeline_json, timeline_csv, timelinejs, ics):
        assert form(first) == form(second)


@pytest.mark.parametrize(
    ("topic", "text", "found"),
    [
        ("quân khu", "Bộ Tư lệnh Quân  khu 5", True),
        ("quân khu", "cơ quan khu vực", False),
        ("quan khu", "cơ quan khu vực", True),
        ("quân khu", "BO TU LENH QUAN KHU 5", True),
        ("thi hành án dân sự", "Cục THADS thành phố", True),
        ("thi hành án dân sự", "Cục Thi hành\nán dân sự", True),
        ("THADS", "công tác thi hành án dân sự", True),
        ("hội đồng nhân dân", "HĐND tỉnh", True),
        ("thuỷ lợi", "công trình thủy lợi", True),
        ("án", "cái án thư", True),
        ("án", "an toàn", False),
        ("án", "thi hanh an dan su", True),
        ("án", "ăn cơm, bán án phí", True),
        ("án", "ăn cơm, bán hàng", False),
        ("thi hành án", "thi hành ánh sáng", False),
    ],
)
def test_where_a_topic_stands(topic: str, text: str, found: bool) -> None:
    assert (text in Topic(topic)) is found


def test_a_span_that_ends_before_it_begins_is_told() -> None:
    with FactBase.create(":memory:") as made, pytest.raises(QuestionError, match="ends before it begins"):
        timeline(made, since="2020", until="1999")

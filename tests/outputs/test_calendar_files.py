"""Calendar files as RFC 5545 asks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.calendar_files import Entry, built, calendar
from outputs.factbase import FactBase

STAMP = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
DAY = date(1946, 7, 19)


def written(*entries: Entry) -> str:
    return calendar(entries, "Niên biểu, năm 1946", STAMP)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_lasts_its_whole_day() -> None:
    lines = unfolded(written(Entry(DAY, "Ký sắc lệnh", "", "a@sulieu")))
    assert {"DTSTART;VALUE=DATE:19460719", "DTEND;VALUE=DATE:19460720", "TRANSP:TRANSPARENT"} < set(lines)
    assert {"UID:a@sulieu", "DTSTAMP:20260102T030405Z", "SUMMARY:Ký sắc lệnh"} < set(lines)
    assert not any(line.startswith(("RRULE", "STATUS", "DESCRIPTION", "URL")) for line in lines)


def test_it_may_come_again_each_year_and_be_announced_only() -> None:
    lines = unfolded(written(Entry(DAY, "a", "b", "c", yearly=True, tentative=True, categories=("Hội họp, dự kiến",))))
    assert {"RRULE:FREQ=YEARLY", "STATUS:TENTATIVE", "CATEGORIES:Hội họp\\, dự kiến", "DESCRIPTION:b"} < set(lines)


def test_marks_are_escaped_and_control_characters_left_out() -> None:
    lines = unfolded(written(Entry(DAY, "a;b,c\\d\nBEGIN:VEVENT", "một\r\nhai\x00\x1b\x85", "u\nX:1")))
    assert "SUMMARY:a\\;b\\,c\\\\d BEGIN:VEVENT" in lines
    assert "DESCRIPTION:một\\nhai" in lines
    assert lines.count("BEGIN:VEVENT") == 1
    assert "X:1" not in lines


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", None])
def test_only_web_addresses_are_given(url: str | None) -> None:
    assert "URL" not in written(Entry(DAY, "a", "", "u", url=url))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_every_line_is_folded_and_every_text_is_read_back(summary: str, description: str) -> None:
    text = written(Entry(DAY, summary + "ữ" * 100, description, "u"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event["UID"] == "u"


def test_the_first_and_the_last_day_of_all() -> None:
    text = written(Entry(date.min, "a", "", "u"), Entry(date.max, "b", "", "v"))
    assert "DTSTART;VALUE=DATE:00010101" in text
    assert "DTSTART;VALUE=DATE:99991231" in text


def test_the_stamp_is_the_day_of_the_build() -> None:
    base = FactBase.create(":memory:")
    assert built(base) == datetime(1970, 1, 1, tzinfo=UTC)
    with base.transaction() as db:
        db.execute(
            "INSERT INTO run (began, ended, inputs, options, program, versions)"
            " VALUES ('2026-11-22T02:00:00+00:00', '2026-11-22T02:00:07+00:00', '[]', '{}', '1', '{}')"
        )
    assert built(base) == datetime(2026, 11, 22, 2, 0, 7, tzinfo=UTC)

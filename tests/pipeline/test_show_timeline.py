"""`sulieu timeline`: its options reach the timeline, and its files are what they are called."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest

from outputs.factbase import FactBase
from tests.outputs.dated_base import assembled_base
from tests.pipeline.test_cli import sulieu


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "facts.db"
    with assembled_base() as base:
        base.db.execute("VACUUM INTO ?", (str(path),))
    with FactBase.open(path):
        return path


@pytest.mark.parametrize(
    ("options", "dates"),
    [
        ((), ["1946-07-19", "1946-09-05", "1958-03-12"]),
        (("--type", "ban hành"), ["1946-07-19", "1958-03-12"]),
        (("--type", "meeting", "--type", "Ban hành", "--to", "1946"), ["1946-07-19", "1946-09-05"]),
        (("--body", "bo tu phap"), ["1946-09-05"]),
        (("--person", "Vũ Đình Hoè"), ["1946-09-05"]),
        (("--most", "2"), ["1946-07-19", "1958-03-12"]),
        (("--person", "Phạm Văn Đồng"), []),
    ],
)
def test_what_is_asked_for(facts: Path, options: tuple[str, ...], dates: list[str]) -> None:
    done = sulieu("timeline", facts, "--format", "json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert [event["date"] for event in json.loads(done.stdout)["events"]] == dates


def test_the_page_in_english(facts: Path, tmp_path: Path) -> None:
    done = sulieu("timeline", facts, "--lang", "en", "-o", tmp_path / "page.html")
    assert done.returncode == 0
    assert '<html lang="en">' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_calendar_is_a_calendar(facts: Path, tmp_path: Path) -> None:
    sulieu("timeline", facts, "--format", "ics", "-o", tmp_path / "days.ics")
    data = (tmp_path / "days.ics").read_bytes()
    assert b"\r\r\n" not in data
    assert len(icalendar.Calendar.from_ical(data).walk("VEVENT")) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--type", "chiến tranh"), "'chiến tranh' không phải là một trong: Tổ chức"),
        (("--body", "–"), "bộ lọc body '–' không có từ nào"),
        (("--most", "0"), "--most"),
    ],
)
def test_what_cannot_be_asked_for(facts: Path, options: tuple[str, ...], said: str) -> None:
    done = sulieu("timeline", facts, *options)
    assert done.returncode == 2
    assert said in done.stderr

"""What sources only announce is told apart from what they report, from the fact to the page."""

from __future__ import annotations

import csv
import io
import json

import pytest

from corpus.document import Document
from extractors.facts import Event
from outputs.exports import export_csv, export_jsonl
from outputs.factbase import FactBase
from outputs.history import history, history_md
from outputs.search import search
from outputs.timeline import ics, timeline, timeline_csv, timeline_html, timeline_json, timelinejs
from pipeline.assemble import assemble

FOUNDED = "Ngày 5/9/1946, Toà án thành phố được thành lập theo sắc lệnh của Chủ tịch Chính phủ"
ANNOUNCED = "Ngày 19/5/1947, Toà án thành phố sẽ được thành lập thêm một ban thi hành án"
BEFORE = "Ngày 2/10/1956, trường Bình dân học vụ sẽ khai giảng lớp học đầu tiên tại Hải Phòng"
AFTER = "Trường Bình dân học vụ đã khai giảng lớp học đầu tiên tại Hải Phòng ngày 2/10/1956"


def told(quote: str, date: str, *, planned: bool) -> tuple[Document, list[Event]]:
    event = Event(start=0, end=len(quote), text=quote, date=date, event_type="founding", planned=planned)
    return Document(id=quote[:12] + date, text=f"{quote}.", path=f"{date}.txt", date="1956"), [event]


@pytest.fixture
def base() -> FactBase:
    base = FactBase.create(":memory:")
    for quote, date, planned in (
        (FOUNDED, "1946-09-05", False), (ANNOUNCED, "1947-05-19", True), (BEFORE, "1956-10-02", True),
        (AFTER, "1956-10-02", False),
    ):
        base.add(*told(quote, date, planned=planned))
    assemble(base)
    return base


def test_every_export_says_it(base: FactBase) -> None:
    lines = [json.loads(line) for line in export_jsonl(base)]
    assert {line["text"]: line["planned"] for line in lines} == {
        FOUNDED: False, ANNOUNCED: True, BEFORE: True, AFTER: False,
    }
    rows = csv.DictReader(io.StringIO("".join(export_csv(base)).removeprefix("\ufeff")))
    assert sorted(row["planned"] for row in rows) == ["False", "False", "True", "True"]


def test_an_event_is_planned_until_one_source_reports_it(base: FactBase) -> None:
    entries = timeline(base).entries
    assert [(entry.quote, entry.planned) for entry in entries] == [(FOUNDED, False), (ANNOUNCED, True), (AFTER, False)]
    assert [len(entry.tellings) for entry in entries] == [1, 1, 2]


def test_every_form_of_the_timeline_marks_it(base: FactBase) -> None:
    found = timeline(base)
    assert [entry.label.endswith(" · dự kiến") for entry in found.entries] == [False, True, False]
    assert [event["planned"] for event in json.loads(timeline_json(found))["events"]] == [False, True, False]
    assert [row["planned"] for row in csv.DictReader(io.StringIO(timeline_csv(found)))] == ["", "dự kiến", ""]
    slides = json.loads(timelinejs(found))["events"]
    assert [slide["text"]["headline"].endswith("(dự kiến)") for slide in slides] == [False, True, False]
    assert ics(found).count("STATUS:TENTATIVE") == ics(found).count("SUMMARY:(dự kiến)") == 1
    assert timeline_html(found).count("dự kiến</u>") == 1


def test_a_history_marks_it_in_the_sentence(base: FactBase) -> None:
    text = history_md(history(base))
    assert text.count("(dự kiến).") == 1
    assert "ban thi hành án” (dự kiến)." in text


def test_search_asks_for_one_or_the_other(base: FactBase) -> None:
    assert {hit.quote for hit in search(base, planned=True)} == {ANNOUNCED, BEFORE}
    assert {hit.quote for hit in search(base, "Toà án", planned=False)} == {FOUNDED}
    assert all(hit.fields["planned"] is True for hit in search(base, "thành lập", planned=True))

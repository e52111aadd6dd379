"""An event as it is shown: its independent sources, the clause that tells it best, the table of all."""

from __future__ import annotations

import json

import pytest

from outputs import events_table
from outputs.factbase import FactBase
from pipeline.show_events import show_events
from tests.pipeline.telling import LAW, base_of, document, event, events, shown, told

# -- sources -----------------------------------------------------------------------------------------------------------


def test_a_copy_is_no_second_source():
    with told(("2008-11-14", LAW), ("2008-11-14", LAW)) as base:
        assert events(base) == [("2008-11-14", 1, 2)]


def test_a_near_copy_is_no_second_source():
    text = f"{LAW}. " + "Luật gồm chín chương, quy định " * 9
    facts = [event(text, "2008-11-14", words=LAW)]
    with base_of(
        (document("a", text, "2008-11-15"), facts), (document("b", f"{text}Theo báo.", "2008-11-16"), facts)
    ) as base:
        assert events(base) == [("2008-11-14", 1, 2)]


def test_a_clause_quoted_word_for_word_is_no_second_source():
    clause = "Ngày 19/5/1959, Đoàn 559 được giao nhiệm vụ mở đường Trường Sơn chi viện cho chiến trường miền Nam"
    one = f"{clause}. " + "Con đường dài hàng nghìn cây số qua núi rừng. " * 5
    two = "Bảo tàng mở cửa đón khách tham quan từ hôm qua với nhiều hiện vật mới. " * 5 + clause
    with base_of(
        (document("a", one), [event(one, "1959-05-19", "other", words=clause)]),
        (document("b", two), [event(two, "1959-05-19", "other", words=clause)]),
    ) as base:
        assert [row["copy_of"] for row in base.db.execute("SELECT copy_of FROM document")] == [None, None]
        assert events(base) == [("1959-05-19", 1, 2)]


def test_copies_with_other_days_of_publication_stay_apart():
    """`hôm nay` is another day in each; which one is right nobody can say."""
    text = "Hôm nay, Quốc hội khai mạc kỳ họp thứ tư tại Hà Nội với nhiều nội dung quan trọng. " + "Kỳ họp dài. " * 20
    clause = "Hôm nay, Quốc hội khai mạc kỳ họp thứ tư tại Hà Nội với nhiều nội dung quan trọng"
    with base_of(
        (document("a", text, "2008-10-16"), [event(text, "2008-10-16", "meeting", words=clause)]),
        (document("b", text, "2008-10-20"), [event(text, "2008-10-20", "meeting", words=clause)]),
    ) as base:
        assert events(base) == [("2008-10-16", 1, 1), ("2008-10-20", 1, 1)]


# -- what is shown -----------------------------------------------------------------------------------------------------


SHOWN = "Ngày 2/7/1946, hội nghị tư pháp toàn quốc khai mạc tại Hà Nội với đại biểu các tỉnh"


@pytest.mark.parametrize(("other", "date", "planned", "published", "why"), [
    (f"{SHOWN} và nhiều khách mời trong và ngoài nước", "1946-07-02", True, None, "a report before an announcement"),
    ("Tháng 7/1946, hội nghị tư pháp toàn quốc khai mạc tại Hà Nội với đại biểu các tỉnh", "1946-07", False, None,
     "a day before a month"),
    (f"{SHOWN} " + "và đại biểu của nhiều ngành khác nữa " * 8, "1946-07-02", False, None, "not endless"),
    (f"ở đó {SHOWN} và khách", "1946-07-02", False, None, "where a sentence begins"),
    (SHOWN.removesuffix(" các tỉnh"), "1946-07-02", False, None, "the fullest"),
    (SHOWN.replace("tư pháp", "Tư pháp"), "1946-07-02", False, "1946-07-05", "the earliest"),
], ids=lambda value: value if isinstance(value, str) and value.islower() else "")
def test_the_clause_that_tells_it_best(other: str, date: str, planned: bool, published: str | None, why: str) -> None:
    with base_of(
        (document("b", SHOWN, "1946-07-03", title="Hội nghị tư pháp"), [event(SHOWN, "1946-07-02", "meeting")]),
        (document("a", other, published, title="Hội nghị tư pháp"), [event(other, date, "meeting", planned=planned)]),
    ) as base:
        assert base.count("event") == 1, why
        assert shown(base) == SHOWN
        assert base.db.execute("SELECT date, planned FROM event").fetchone()[:] == ("1946-07-02", 0)


def test_an_event_is_planned_where_every_source_only_announces_it():
    one, two = f"{SHOWN} sẽ bàn về luật", f"{SHOWN} sẽ bàn về luật mới"
    with base_of(
        (document("a", one), [event(one, "1946-07-02", "meeting", planned=True)]),
        (document("b", two), [event(two, "1946-07-02", "meeting", planned=True)]),
    ) as base:
        assert [tuple(row) for row in base.db.execute("SELECT planned FROM event")] == [(1,)]


# -- as a table --------------------------------------------------------------------------------------------------------


def small() -> FactBase:
    two = "Luật Thi hành án dân sự được Quốc hội thông qua ngày 14/11/2008 tại kỳ họp thứ 4"
    return told(("2008-11-14", LAW), ("2008-11-14", two), ("1946-07-19", "Ngày 19/7/1946, Chủ tịch nước ký sắc lệnh"))


def test_the_table_has_each_event_once_with_all_tellings():
    with small() as base:
        first, second = events_table.events(base)
        assert (first.date, first.sources, [one.rule for one in first.tellings]) == ("1946-07-19", 1, ["alone"])
        assert (second.sources, len(second.tellings), second.quote) == (2, 2, second.tellings[0].quote)
        assert {one.rule for one in second.tellings} == {"centre", "likeness"}
        for one in (*first.tellings, *second.tellings):
            text = base.db.execute("SELECT text FROM document WHERE id = ?", (one.document,)).fetchone()[0]
            assert text[one.start : one.end] == one.quote


@pytest.mark.parametrize(("asked", "dates"), [
    ({"since": "2000"}, ["2008-11-14"]),
    ({"until": "1946-07-19"}, ["1946-07-19"]),
    ({"topic": "thi hành án"}, ["2008-11-14"]),
    ({"types": ["meeting"]}, []),
    ({"types": ["issuance"]}, ["1946-07-19", "2008-11-14"]),
    ({"sources": 2}, ["2008-11-14"]),
])
def test_events_asked_for(asked: dict[str, object], dates: list[str]) -> None:
    with small() as base:
        assert [one.date for one in events_table.events(base, **asked)] == dates


def test_events_are_shown_as_table_as_list_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    with small() as base:
        found = events_table.events(base)
    show_events(found, every=False, as_json=False)
    table = capsys.readouterr().out
    assert "19/7/1946" in table and "--all" in table
    show_events(found, every=True, as_json=False)
    listed = capsys.readouterr().out
    assert "2 nguồn · 2 lời kể" in listed and "giống nhau (share" in listed and "chỉ câu này kể" in listed
    show_events(found, every=False, as_json=True)
    assert [one["sources"] for one in json.loads(capsys.readouterr().out)] == [1, 2]
    show_events([], every=False, as_json=False)
    assert capsys.readouterr().out == "không có sự kiện nào\n"

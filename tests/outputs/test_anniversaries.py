"""Anniversaries: round ages of what sources date, no more precise than they do."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.facts import Date, Decree, Event, Official
from outputs.anniversaries import Anniversary, _anniversary, _cue, _Dated, anniversaries, words
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.words import rows
from pipeline.assemble import assemble
from pipeline.cli import app
from pipeline.show_anniversaries import anniversaries_csv, anniversaries_ics, show_anniversaries
from tests.outputs.small_base import add, fact

TEXT = (
    "Ngày 19/7/1946, Sắc lệnh số 130/SL được ban hành. Tháng 7/1951, xưởng in mở cửa. Năm 1976, trường dời về phố. "
    "Ngày 29/2/1996, cầu thông xe. Ngày 1/1/2016, trạm sẽ mở. Ngày 3/3/2021, chợ mở lại. "
    "Ông Vũ Trọng Khánh sinh ngày 13/3/1916. Lấy ngày 19/7 hàng năm là Ngày truyền thống ngành ấy. Ngày 8/1, họp."
)


def event(clause: str, date: str, kind: str = "other", planned: bool = False) -> Event:
    """A clause of TEXT that tells an event."""
    return fact(Event, TEXT, clause, date=date, event_type=kind, planned=planned)


def base() -> FactBase:
    """Events of a day, a month, a year, a 29 February; one announced, one behind the archive's last day; a birth."""
    made = FactBase.create(":memory:")
    facts = [
        event("Ngày 19/7/1946, Sắc lệnh số 130/SL được ban hành", "1946-07-19", "issuance"),
        event("Tháng 7/1951, xưởng in mở cửa", "1951-07", "founding"), event("Năm 1976, trường dời về phố", "1976"),
        event("Ngày 29/2/1996, cầu thông xe", "1996-02-29"),
        event("Ngày 1/1/2016, trạm sẽ mở", "2016-01-01", planned=True),
        event("Ngày 3/3/2021, chợ mở lại", "2021-03-03"), event("Ngày 8/1, họp", "XXXX-01-08", "meeting"),
        fact(Decree, TEXT, "Sắc lệnh số 130/SL", doc_type="sắc lệnh", number="130/SL", year=1946, date="1946-07-19"),
        fact(Official, TEXT, "Vũ Trọng Khánh", name="Vũ Trọng Khánh"),
        fact(Date, TEXT, "ngày 13/3/1916", type="date", edtf="1916-03-13"),
        fact(Date, TEXT, "ngày 19/7 hàng năm", type="set", edtf="XXXX-07-19"),
    ]
    add(made, "one", TEXT, facts, title="Lịch sử", date="2019-12-31")
    with made.db:
        assemble(made)
    return made


def found(year: int = 2026, **asked: object) -> list[Anniversary]:
    """The anniversaries of the base."""
    with base() as made:
        return anniversaries(made, year, **asked)  # type: ignore[arg-type]


def test_what_turns_a_multiple_of_five_in_order_of_the_year() -> None:
    assert [(one.month, one.day, one.years, one.type) for one in found()] == [
        (2, None, 30, "other"), (3, 13, 110, "birth"), (7, 19, 80, "issuance"), (7, 19, None, "day"),
        (7, None, 75, "founding"), (None, None, 50, "other"),
    ]


def test_a_29_february_has_no_day_in_a_year_without_one() -> None:
    (common,), (leap,) = found(2026, month=2), found(2016, month=2)
    assert (common.leap, common.day) == (True, None)
    assert (leap.leap, leap.day, leap.years) == (False, 29, 20)


def test_what_was_only_announced_or_lies_behind_the_archive_is_left_out() -> None:
    quotes = " ".join(one.quote for one in found(2026, every=1))
    assert "trạm sẽ mở" not in quotes
    assert "chợ mở lại" not in quotes


def test_a_day_without_a_year_turns_nothing() -> None:
    assert not [one for one in found(every=1) if one.month == 1]


def test_an_act_and_the_event_of_its_issue_are_one() -> None:
    assert len([one for one in found() if one.date == "1946-07-19"]) == 1


def test_types_months_and_rounds_can_be_asked_for() -> None:
    assert {one.type for one in found(types=["birth"])} == {"birth"}
    assert {one.month for one in found(month=7)} == {7}
    assert {one.years for one in found(every=25)} == {None, 50, 75}
    assert found(topic="lúa gạo") == []


@pytest.mark.parametrize("asked", [{"every": 0}, {"month": 13}, {"year": 0}, {"year": 10_000}])
def test_what_cannot_be_asked_for(asked: dict[str, int]) -> None:
    with pytest.raises(QuestionError):
        found(**{"year": 2026} | asked)


def dated(date: str, kind: str = "event", sources: int = 1) -> _Dated:
    """Something with a date."""
    return _Dated("x", kind, "other", "khác", date, "q", "d", "t", "p", 0, sources)


UNCERTAIN = ["1946-07-19/1946-07-20", "1946~", "194X", "[1946,1947]", "2026-07-19", "2031", "XXXX-07-19", "19XX"]


@pytest.mark.parametrize("date", UNCERTAIN)
def test_what_has_no_certain_year_or_lies_ahead_turns_nothing(date: str) -> None:
    assert _anniversary(dated(date), 2026, 5) is None


def test_rounder_ages_and_more_sources_weigh_more() -> None:
    def weight(date: str, sources: int = 1) -> int:
        made = _anniversary(dated(date, sources=sources), 2026, 1)
        assert made
        return made.weight

    assert weight("1926") > weight("1976") > weight("1951") > weight("2016") > weight("2021") > weight("2019")
    assert weight("2016", 2) > weight("2016")
    assert weight("2016", 40) == weight("2016", 9)


def test_every_cue_finds_its_example() -> None:
    for row in rows("anniversary_cues"):
        text = row["examples"].lower()
        said = text[: text.index(" ngày")] if row["use"] == "birth" else text
        assert _cue(row["use"]).search(said), row


def test_the_calendar_has_full_days_only_and_repeats_named_days() -> None:
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    text = anniversaries_ics(found(), 2026, stamp)
    assert text.count("BEGIN:VEVENT") == 3
    assert text.count("RRULE:FREQ=YEARLY") == 1
    assert "DTSTART;VALUE=DATE:20260719" in text
    assert text == anniversaries_ics(found(), 2026, stamp)
    assert "80 years" in anniversaries_ics(found(), 2026, stamp, language="en")


def test_csv_runs_nothing() -> None:
    nasty = _anniversary(_Dated("x", "event", "other", "khác", "1976", "=1+1", "d", "@t", "p", 0, 1), 2026, 5)
    assert nasty
    (row,) = csv.DictReader(io.StringIO(anniversaries_csv([nasty]).removeprefix("\ufeff"), newline=""))
    assert (row["quote"], row["title"]) == ("'=1+1", "'@t")


def test_the_table_says_what_has_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    show_anniversaries(found(), 2026, language="vi")
    printed = capsys.readouterr().out
    for key, values in (("title", {"year": 2026}), ("months", {"month": 7}), ("in_year", {}), ("no_day", {})):
        assert words()[key].format(**values) in printed
    show_anniversaries([], 2026, language="en")
    assert words("en")["nothing"] in capsys.readouterr().out


def test_the_command_writes_files(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with FactBase.create(path) as made:
        add(made, "one", TEXT, [event("Năm 1976, trường dời về phố", "1976")], date="2019")
        with made.db:
            assemble(made)
    run = CliRunner().invoke(app, ["anniversaries", str(path), "--year", "2026", "--json"])
    assert run.exit_code == 0
    assert '"years": 50' in run.output
    target = tmp_path / "a.ics"
    assert CliRunner().invoke(
        app, ["anniversaries", str(path), "--year", "2026", "--format", "ics", "-o", str(target)]
    ).exit_code == 0
    assert target.read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_the_weightiest_alone_stand_in_the_same_order() -> None:
    kept = found(most=2)
    assert len(kept) == 2 and kept == [one for one in found() if one in kept]
    assert min(one.weight for one in kept) >= max(one.weight for one in found() if one not in kept)


@pytest.mark.parametrize(("quote", "less"), [
    ("Công ty cổ phần thành lập năm 1976 với vốn điều lệ lớn", "Trường thành lập năm 1976 ở phố"),
    ("Năm 1976, được phong quân hàm", "Năm 1976, Trường được tặng cờ"),
    ("Ngày thành lập | 2/7/1976", "Trường được thành lập ngày 2/7/1976"),
])
def test_firms_lives_and_cells_of_tables_weigh_less(quote: str, less: str) -> None:
    light, heavy = (_Dated("x", "event", "founding", "", "1976", words, "d", "d", "d", 0, 1) for words in (quote, less))
    one, other = _anniversary(light, 2026, 5), _anniversary(heavy, 2026, 5)
    assert one is not None and other is not None and one.weight < other.weight


def test_a_body_is_told_with_the_act_that_began_it_not_with_that_of_its_end() -> None:
    text = "Hội đồng Bộ trưởng họp."
    with FactBase.create(":memory:") as made:
        add(made, "one", text, [fact(Official, text, "Hội đồng Bộ trưởng", name="Nguyễn Văn Linh",
                                     title="Chủ tịch", org="Hội đồng Bộ trưởng")], title="Lịch sử", date="1985-12-31")
        with made.db:
            assemble(made)
        told = [one.quote for one in anniversaries(made, 2026) if one.kind == "body"]
    assert told == ["Hội đồng Bộ trưởng, theo Hiến pháp 1980"]

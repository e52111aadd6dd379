"""One event across documents: which clauses are joined and why, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import tables
from corpus.tables import many
from extractors.facts import Decree, Facts, Participant
from pipeline.assemble.events import model, rule
from pipeline.assemble.events.rarity import Rarity
from pipeline.assemble.events.said import said
from tests.pipeline.telling import LAW, at, base_of, decree, document, event, events, rules, shown, told

PHRASES = Path(__file__).parent / "phrases" / "events.tsv"


def phrases() -> list[dict[str, str]]:
    lines = [line for line in PHRASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


@pytest.mark.parametrize("case", phrases(), ids=lambda case: case["why"])
def test_one_event_or_two(case: dict[str, str]) -> None:
    clauses = [(case["one_date"], case["one"]), (case["other_date"], case["other"])]
    for order in (clauses, clauses[::-1]):
        with told(*order, kind=case["type"], title=case["story"] or None) as base:
            assert base.count("event") == (1 if case["says"] == "same" else 2)


def test_one_event_with_all_its_sources():
    two = "Luật Thi hành án dân sự được Quốc hội thông qua ngày 14/11/2008 tại kỳ họp thứ 4"
    with told(("2008-11-14", LAW), ("2008-11-14", two)) as base:
        assert events(base) == [("2008-11-14", 2, 2)]
        assert shown(base) == two
        assert rules(base) == {"centre": 1, "likeness": 1}


@pytest.mark.parametrize("other, date, kind", [
    ("Ngày 14/11/2008, Quốc hội thông qua ngân sách", "2008-11-14", "issuance"),
    ("Ngày 14/11/2008, mưa lớn gây ngập nhiều tuyến phố ở thủ đô", "2008-11-14", "issuance"),
    ("Ngày 15/11/2008, Quốc hội thông qua Luật Thi hành án dân sự", "2008-11-15", "issuance"),
    (LAW, "2008-11-14", "meeting"),
])
def test_different_events_stay_apart(other: str, date: str, kind: str) -> None:
    with base_of(
        (document("a", LAW), [event(LAW, "2008-11-14")]), (document("b", other), [event(other, date, kind)])
    ) as base:
        assert base.count("event") == 2
        assert rules(base) == {"alone": 2}


def test_a_year_joins_the_day_when_the_act_is_the_same():
    one = "Sắc lệnh số 130/SL được ký ngày 19/7/1946"
    two = "năm 1946, Chủ tịch Chính phủ ban hành Sắc lệnh số 130/SL"
    with base_of(
        (document("a", one), [decree(one, "Sắc lệnh số 130/SL", "130/SL", 1946), event(one, "1946-07-19")]),
        (document("b", two), [decree(two, "Sắc lệnh số 130/SL", "130/SL", 1946), event(two, "1946")]),
    ) as base:
        assert events(base) == [("1946-07-19", 2, 2)]
        assert rules(base) == {"centre": 1, "act": 1}


def test_other_acts_of_one_day_stay_apart():
    one = "Ngày 24/1/1946, Chủ tịch Chính phủ ký Sắc lệnh số 13/SL về tổ chức Tòa án và các ngạch Thẩm phán"
    two = one.replace("13/SL", "14/SL")
    with base_of(
        (document("a", one), [decree(one, "Sắc lệnh số 13/SL", "13/SL", 1946), event(one, "1946-01-24")]),
        (document("b", two), [decree(two, "Sắc lệnh số 14/SL", "14/SL", 1946), event(two, "1946-01-24")]),
    ) as base:
        assert base.count("event") == 2


@pytest.mark.parametrize("words", [
    "Sắc lệnh này có hiệu lực từ ngày 1/1/1999",
    "Sắc lệnh này có hiệu lực từ ngày 1/1/1999, các quy định trước đây trái với Sắc lệnh này đều bãi bỏ",
])
@pytest.mark.parametrize("kind", ["notice", "news"])
def test_two_acts_that_speak_of_themselves_in_the_same_words_are_two(words: str, kind: str) -> None:
    made = []
    for number in (169, 172):
        text = f"SẮC LỆNH\nSố {number}/SL\nVề thể thức thi hành án. {words}."
        own = decree(text, f"{number}/SL", f"{number}/SL", 1998) if kind == "notice" else None
        page = replace(document(str(number), text, title="Sắc lệnh về thể thức thi hành án"), kind=kind)
        made.append((page, [*filter(None, [own]), event(text, "1999-01-01", "effect", words=words)]))
    with base_of(*made) as base:
        assert base.count("event") == 2


@pytest.mark.parametrize(("other", "count"), [("Sơn La", 2), ("Thái Bình", 1)])
def test_committees_of_two_provinces_have_acts_of_one_number(other: str, count: int) -> None:
    made = []
    for name, issuer in (("a", "Ủy ban nhân dân tỉnh Thái Bình"), ("b", f"Ủy ban nhân dân tỉnh {other}")):
        text = "Ngày 2/1/2019, Quyết định số 01/2019/QĐ-UBND về giá đất được ban hành"
        words = at(text, "Quyết định số 01/2019/QĐ-UBND")
        act = Decree(**words, doc_type="quyết định", number="01/2019/QĐ-UBND", year=2019, issuer=issuer)
        made.append((document(name, text), [act, event(text, "2019-01-02")]))
    with base_of(*made) as base:
        assert base.count("event") == count


def test_a_list_of_acts_is_not_one_of_them():
    one = "Ngày 24/1/1946, Sắc lệnh số 13/SL, Sắc lệnh số 14/SL và Sắc lệnh số 15/SL được ký"
    two = "Ngày 24/1/1946, Sắc lệnh số 13/SL được ký"
    acts = [decree(one, f"Sắc lệnh số {number}/SL", f"{number}/SL", 1946) for number in (13, 14, 15)]
    with base_of(
        (document("a", one), [*acts, event(one, "1946-01-24")]),
        (document("b", two), [decree(two, "Sắc lệnh số 13/SL", "13/SL", 1946), event(two, "1946-01-24")]),
    ) as base:
        assert base.count("event") == 2


def test_a_day_apart_only_for_a_meeting_of_the_same_two():
    words = "Tổng cục Thi hành án dân sự làm việc với Cục Thi hành án dân sự thành phố Hải Phòng về án tồn đọng"
    for kind, count in (("meeting", 1), ("other", 2)):
        made = []
        for name, day in (("a", "2018-07-02"), ("b", "2018-07-03")):
            text = f"Ngày {day[-1]}/7/2018, {words} tại trụ sở {name}"
            bodies = ("Tổng cục Thi hành án dân sự", "Cục Thi hành án dân sự thành phố Hải Phòng")
            happening = event(text, day, kind)
            with_whom = tuple(
                Participant("body", place["start"], place["end"], body, body, event=happening)
                for body in bodies if (place := at(text, body))
            )
            made.append((document(name, text, title=words), Facts(events=(happening,), participants=with_whom)))
        with base_of(*made) as base:
            assert base.count("event") == count


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", tables.table("pipeline", "happenings"), ids=lambda row: row["kind"])
def test_every_kind_of_happening_holds_for_its_examples(row: dict[str, str]) -> None:
    assert row["examples"] and row["counter_examples"]
    for example in many(row["examples"]):
        assert row["kind"] in said(example).happenings
    for example in many(row["counter_examples"]):
        assert row["kind"] not in said(example).happenings


@pytest.mark.parametrize("row", tables.table("pipeline", "opposites"), ids=lambda row: row["kind"])
def test_each_example_of_opposites_tells_one_side(row: dict[str, str]) -> None:
    for column, side in (("examples", "one"), ("counter_examples", "other")):
        assert row[column]
        for example in many(row[column]):
            assert {name for kind, name in said(example).places if kind == row["kind"]} == {many(row[side])[0]}


def test_every_row_of_the_rule_is_used():
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(rule.__file__).parent.glob("*.py"))
    for row in tables.table("pipeline", "event_rule"):
        assert float(row["points"]) or row["group"] == "limits"
        assert f'"{row["name"]}"' in texts, row["name"]
    assert model.limit("needed") > 0 > model.points("other names")


@pytest.mark.parametrize(("clause", "people", "places", "counts", "clock"), [
    ("10h15 ngày 1/11/1998, ông Bùi Tiến Dũng ở huyện Lý Nhân mất 12 con trâu",
     ("bùi tiến dũng",), (("huyện", "lý nhân"),), (("12", "con"),), 615),
    ("3 giờ chiều 5/6/1960, P. Hiệp Bình, Q. 9", (), (("phường", "hiệp bình"), ("quận", "9")), (), 900),
    ("thiệt hại 1.500 tỷ đồng, tăng 2,5 %", (), (), (("1500", "tỷ đồng"), ("2.5", "%")), None),
    ("cấp giấy chứng nhận số 07332/GP, 7333 và 7334, trong số 12 hộ", (),
     (("nhận số", "7332"), ("nhận số", "7333"), ("nhận số", "7334")), (("7333", "và"), ("7334", "")), None),
    ("20h02 tối nay (giờ địa phương)", (), (), (), None),
    ("xã Nguyễn Văn Thảnh, trường Trần Hưng Đạo", (), (("xã", "nguyễn văn thảnh"),), (), None),
])
def test_what_a_clause_says(clause, people, places, counts, clock):
    found = said(clause)
    assert (found.people, found.places, found.counts, found.clock) == (people, places, counts, clock)


def test_frequent_words_weigh_little_and_counts_take_no_more_memory():
    rarity = Rarity()
    rarity.count({"ngày": 400, **{f"từ{number}": 1 for number in range(400)}}, clauses=400)
    rarity.count({"ngày": 600, **{f"từ{number}": 1 for number in range(400, 1000)}}, clauses=600)
    assert rarity.weight("ngày") == 0 < rarity.weight("từ1")
    assert rarity.rarest(["ngày", "từ1"], 5) == ["ngày"]   # only what another clause has too

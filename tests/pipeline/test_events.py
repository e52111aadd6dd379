"""One event across documents: which clauses are joined and why, what keeps them apart, which one is shown."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from corpus import tables
from corpus.document import Document
from corpus.tables import many
from extractors.facts import Decree, Event, Fact, Facts, Participant
from outputs import events_table
from outputs.factbase import FactBase
from pipeline.assemble import assemble, settle
from pipeline.assemble.events import groups, model, reading, rule
from pipeline.assemble.events.rarity import Rarity
from pipeline.assemble.events.reading import Reading
from pipeline.assemble.events.said import said
from pipeline.show_events import show_events

PHRASES = Path(__file__).parent / "phrases" / "events.tsv"
LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự"


def at(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": "by-hand"}


def base_of(*documents: tuple[Document, list[Fact]]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in documents:
        base.add(document, facts)
    assemble(base)
    return base


def document(name: str, text: str, date: str | None = None, title: str | None = None) -> Document:
    return Document(id=name, text=text, date=date, path=name, title=title)


def event(text: str, date: str, kind: str = "issuance", *, words: str | None = None, planned: bool = False) -> Event:
    return Event(**at(text, words or text), date=date, event_type=kind, planned=planned)


def told(*clauses: tuple[str, str], kind: str = "issuance", title: str | None = None) -> FactBase:
    """A document for each clause with its date."""
    return base_of(*(
        (document(f"d{number}", text, title=title), [event(text, date, kind)])
        for number, (date, text) in enumerate(clauses)
    ))


def events(base: FactBase) -> list[tuple[str, int, int]]:
    """Date, number of sources, number of clauses."""
    return [tuple(row) for row in base.db.execute(
        "SELECT e.date, e.sources, count(*) FROM event e JOIN event_mention m ON m.event = e.key "
        "GROUP BY e.key ORDER BY e.date, e.id"
    )]


def shown(base: FactBase) -> str:
    return str(base.db.execute("SELECT quote FROM mention m JOIN event e ON e.told_by = m.key").fetchone()["quote"])


def rules(base: FactBase) -> Counter[str]:
    return Counter(row["rule"] for row in base.db.execute("SELECT rule FROM event_mention"))


def phrases() -> list[dict[str, str]]:
    lines = [line for line in PHRASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


# -- which clauses are one ---------------------------------------------------------------------------------------------


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


def decree(text: str, words: str, number: str, year: int | None = None) -> Decree:
    return Decree(**at(text, words), doc_type="sắc lệnh", number=number, year=year, issuer="Chủ tịch Chính phủ")


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


# -- groups ------------------------------------------------------------------------------------------------------------


def test_a_vague_clause_does_not_chain_two_events():
    """Either accident is one event with the vague report; the two are not one, and so only one of them keeps it."""
    vague = "Vụ tai nạn giao thông nghiêm trọng trên quốc lộ 5 ngày 1/11/1998 làm ùn tắc nhiều giờ"
    with told(
        *(("1998-11-01", vague + where) for where in ("", " ở huyện Kim Thành", " ở huyện An Dương")),
        kind="other", title="Tai nạn trên quốc lộ 5",
    ) as base:
        assert sorted(count for _, _, count in events(base)) == [1, 2]


def test_two_clauses_of_one_document_are_told_apart_by_it():
    one = "Sáng 2/7/2018, hội nghị bàn về án tồn đọng tại Hải Phòng"
    two = "Chiều 2/7/2018, hội nghị nghe báo cáo về án tồn đọng tại Hải Phòng"
    text = f"{one}. {two}."
    facts = [event(text, "2018-07-02", "meeting", words=one), event(text, "2018-07-02", "meeting", words=two)]
    with base_of((document("a", text), facts)) as base:
        assert base.count("event") == 2


def test_every_group_has_one_centre_and_all_clauses_are_kept():
    with told(*((("2008-11-14", f"{LAW} với {number} phiếu thuận")) for number in range(400, 420))) as base:
        assert rules(base)["centre"] == 1
        assert base.count("event_mention") == base.count("event_fact") == 20
        rows = base.db.execute("SELECT rule, basis FROM event_mention").fetchall()
        assert all(bool(row["basis"]) == (row["rule"] == "likeness") for row in rows)


_SENTENCE = (
    "chính phủ ban hành thể thức thi hành án tòa án các cấp nhân dân hội nghị tư pháp toàn quốc khai mạc tại chiến khu"
    " đại biểu thảo luận báo cáo tổng kết công tác năm qua về tổ chức bộ máy cán bộ"
)
WORDS = _SENTENCE.split()


def archive(seed: int, number: int, days: tuple[str, ...] = ("1946-07-19", "1946-07", "1946", "1957-03-12")) -> list:
    chosen = random.Random(seed)
    made = []
    for place in range(number):
        text = " ".join(chosen.sample(WORDS, chosen.choice((6, 12, len(WORDS)))))
        text = chosen.choice((f"{text} do Vũ Đình Hòe chủ trì", f"{text} ở huyện Kiến An", text))
        happening = event(text, chosen.choice(days), chosen.choice(("issuance", "meeting")))
        made.append((document(f"d{place:05}", text), [happening]))
    return made


def groups_of(base: FactBase) -> set[frozenset[str]]:
    rows = base.db.execute(
        "SELECT group_concat(m.id) AS of FROM event_mention x JOIN mention m ON m.key = x.mention GROUP BY x.event"
    )
    return {frozenset(row["of"].split(",")) for row in rows}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_missed_by_not_comparing_everything(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of clauses that share a key. All their words are keys here, since made-up sentences have none that is rarer."""
    monkeypatch.setattr(reading, "_KEYS", 1000)
    with base_of(*archive(seed, 40)) as base:
        every = Reading(base.db)
        groups.mark_groups(base.db, every)
        rows = base.db.execute("SELECT place, first FROM temp.told").fetchall()
        first = {row["place"]: row["first"] for row in rows}
        for one, other in combinations(first, 2):
            if rule.same_event(every.clause_at(one), every.clause_at(other), every.page):
                assert first[one] == first[other]
        every.close()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_documents_makes_no_difference(seed: int) -> None:
    made = archive(seed, 40)
    shuffled = random.Random(seed).sample(made, len(made))
    with base_of(*made) as one, base_of(*shuffled) as other:
        assert groups_of(one) == groups_of(other)
        query = "SELECT e.id, e.date, e.sources, t.id FROM event e JOIN mention t ON t.key = e.told_by ORDER BY e.id"
        assert list(map(tuple, one.db.execute(query))) == list(map(tuple, other.db.execute(query)))
        query = "SELECT m.id, x.rule, x.basis FROM event_mention x JOIN mention m ON m.key = x.mention ORDER BY m.id"
        assert list(map(tuple, one.db.execute(query))) == list(map(tuple, other.db.execute(query)))


def test_assembling_twice_changes_nothing():
    with base_of(*archive(1, 30)) as base:
        before = groups_of(base)
        assemble(base)
        assert groups_of(base) == before


def compared(number: int) -> int:
    """How many pairs are compared of so many clauses of one day and type."""
    with base_of() as base:
        for one, facts in archive(7, number, days=("1946-07-19",)):
            base.add(one, facts)
        settle(base)
        every = Reading(base.db)
        found = sum(1 for _ in groups.pairs(base.db))
        every.close()
    return found


def test_a_block_of_one_day_is_compared_in_linear_time():
    """Clauses of few words, all of one day and half of one type: pairs grow with their number, not with its square."""
    small, large = compared(600), compared(2400)
    assert large <= 2400 * 10 * groups._NEIGHBOURS
    assert large < 5 * small


def test_many_clauses_in_the_same_words_are_one_event():
    text = " ".join(WORDS)
    made = [
        (document(f"d{number:04}", f"{text} {number}"), [event(f"{text} {number}", "1946-07-19", words=text)])
        for number in range(300)
    ]
    with base_of(*made) as base:
        assert events(base) == [("1946-07-19", 1, 300)]
        assert rules(base) == {"centre": 1, "word for word": 299}


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

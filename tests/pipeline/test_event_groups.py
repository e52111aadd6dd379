"""Groups of clauses that tell one event: around a centre, in any order of documents, in linear time."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from outputs.factbase import FactBase
from pipeline.assemble import assemble, settle
from pipeline.assemble.events import groups, reading, rule
from pipeline.assemble.events.reading import Reading
from tests.pipeline.telling import LAW, base_of, document, event, events, rules, told


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

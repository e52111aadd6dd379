"""From mentions to decrees. Documents and facts are written by hand."""

from __future__ import annotations

from extractors.facts import Decree, Fact
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from tests.pipeline.telling import at, base_of, document


def decree_facts(text: str, *mentions: tuple[str, str | None, int | None, str | None]) -> list[Fact]:
    return [
        Decree(**at(text, words), doc_type=words.split(" số ")[0].lower() if " số " in words else "sắc lệnh",
               number=number, year=year, date=date, issuer="Chủ tịch Chính phủ")
        for words, number, year, date in mentions
    ]


def ids(base: FactBase) -> list[tuple[str, int]]:
    return [tuple(row) for row in base.db.execute(
        "SELECT d.id, count(*) FROM decree d JOIN decree_mention m ON m.decree = d.key GROUP BY d.id ORDER BY d.id"
    )]


def test_one_decree_from_two_spellings():
    text = "Sắc lệnh số 130/SL ngày 19/7/1946. Theo Sắc lệnh 130/SL, thừa phát lại thi hành."
    facts = decree_facts(
        text, ("Sắc lệnh số 130/SL", "130/SL", 1946, "1946-07-19"), ("Sắc lệnh 130/SL", "130/SL", None, None)
    )
    with base_of((document("a", text), facts)) as base:
        assert [count for _, count in ids(base)] == [2]


def test_a_number_without_year_stays_alone_where_several_years_fit():
    one, two = "Sắc lệnh số 13/SL năm 1945.", "Sắc lệnh số 13/SL năm 1946."
    third = "Sắc lệnh 13/SL đã nêu."
    with base_of(
        (document("a", one), decree_facts(one, ("Sắc lệnh số 13/SL", "13/SL", 1945, "1945-11-01"))),
        (document("b", two), decree_facts(two, ("Sắc lệnh số 13/SL", "13/SL", 1946, "1946-01-24"))),
        (document("c", third), decree_facts(third, ("Sắc lệnh 13/SL", "13/SL", None, None))),
    ) as base:
        assert len(ids(base)) == 3


def test_a_bare_number_joins_nothing_in_another_document():
    one, two = "Nghị quyết số 15/2008/QH12.", "Trung ương Đảng ra Nghị quyết 15."
    facts = [
        Decree(**at(one, one[:-1]), doc_type="nghị quyết", number="15/2008/QH12", year=2008, issuer="Quốc hội"),
        Decree(**at(two, "Nghị quyết 15"), doc_type="nghị quyết", number="15", issuer="Trung ương Đảng"),
    ]
    with base_of((document("a", one), [facts[0]]), (document("b", two), [facts[1]])) as base:
        assert len(ids(base)) == 2


def law(text: str, words: str, number: str | None = None, year: int | None = None, date: str | None = None) -> Decree:
    fields = {"doc_type": "luật", "issuer": "Quốc hội", "title": "Thi hành án dân sự"}
    return Decree(**at(text, words), **fields, number=number, year=year, date=date)


def test_a_law_by_number_by_day_and_by_year_is_one():
    texts = ["Luật Thi hành án dân sự số 26/2008/QH12.", "Luật Thi hành án dân sự ngày 14/11/2008.",
             "Luật Thi hành án dân sự năm 2008."]
    facts = [law(texts[0], texts[0][:-1], "26/2008/QH12", 2008), law(texts[1], "Luật Thi hành án dân sự", None, 2008,
             "2008-11-14"), law(texts[2], texts[2][:-1], None, 2008)]
    with base_of(*((document(text, text), [fact]) for text, fact in zip(texts, facts, strict=True))) as base:
        assert ids(base) == [("vn:L:QH12:term:26", 3)]


def test_a_law_without_year_joins_neither_of_two():
    texts = ["Luật Thi hành án dân sự năm 2008.", "Luật Thi hành án dân sự số 106/2025/QH15.",
             "Luật Thi hành án dân sự."]
    facts = [law(texts[0], texts[0][:-1], None, 2008), law(texts[1], texts[1][:-1], "106/2025/QH15", 2025),
             law(texts[2], texts[2][:-1])]
    with base_of(*((document(text, text), [fact]) for text, fact in zip(texts, facts, strict=True))) as base:
        assert len(ids(base)) == 3


def test_assembling_twice_changes_nothing():
    text = "Sắc lệnh số 130/SL ngày 19/7/1946."
    facts = decree_facts(text, ("Sắc lệnh số 130/SL", "130/SL", 1946, "1946-07-19"))
    with base_of((document("a", text), facts)) as base:
        before = ids(base)
        assemble(base)
        assert ids(base) == before

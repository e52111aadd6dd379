"""Answers: counts that are right for every choice, pages, order, abbreviations, and what changes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.facts import Directive
from outputs.asking import Question, SearchError, answer, warm
from outputs.asking.columns import columns_of
from outputs.asking.question import FIELDS
from outputs.factbase import FactBase
from tests.outputs.small_base import ORDER, add, fact, order_facts, small_base

ASKED = [
    ("", {}), ("án", {}), ("thi hành án", {"kind": ["event", "directive"]}), ("", {"kind": "directive"}),
    ("", {"place": "Hải Phòng"}), ("luat", {"since": "2008", "until": "2015"}), ("", {"force": ["order", "task"]}),
    ("thi hành án", {"document_kind": "notice"}), ("Hải Phòng", {"kind": "document"}), ("", {"event_type": "issuance"}),
    ("", {"decree": "130/SL"}), ("", {"topic": "thi hành án"}), ("án -toà", {}), ("", {"published_since": "2010"}),
]


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with small_base() as made:
        yield made


@pytest.mark.parametrize(("words", "filters"), ASKED)
def test_a_count_is_what_choosing_gives(samples: FactBase, words: str, filters: dict[str, object]) -> None:
    question = Question.read(words, **filters)
    found = answer(samples, question, limit=1)
    assert found.facets
    for facet in found.facets:
        assert sum(choice.chosen for choice in facet.choices) == len(
            [1 for name, _ in question.values() if name == facet.name]
        ) or facet.name in ("year", "published")
        for choice in facet.choices[:4]:
            alone = question.without(facet.name).toggled(facet.name, choice.value)
            assert answer(samples, alone, limit=1, facets=False).total == choice.count, (facet.name, choice)


def test_counts_make_one_hit_of_a_directive_said_again() -> None:
    text = "Bộ yêu cầu rà soát đê điều. Bộ yêu cầu rà soát đê điều ngay."
    facts = [
        fact(Directive, text, "rà soát đê điều", 0, force="order", issuer="Bộ"),
        fact(Directive, text, "rà soát đê điều ngay", 0, force="order", issuer="Bộ", addressee="tỉnh"),
    ]
    with FactBase.create(":memory:") as base:
        add(base, "a", text, facts, date="1971-08-20")
        with base.transaction() as db:
            keys = [row[0] for row in db.execute("SELECT key FROM mention ORDER BY start")]
            db.execute("INSERT INTO directive_repeat VALUES (?, ?)", keys)
        found = answer(base, Question.read("rà soát", kind="directive"))
    assert found.total == len(found.hits) == 1
    counts = {facet.name: facet.choices[0].count for facet in found.facets}
    assert (counts["kind"], counts["force"], counts["year"]) == (1, 1, 1)


def test_pages_follow_each_other(samples: FactBase) -> None:
    for question in (Question("thi hành án"), Question(kind=("date",)), Question("luật", order="newest")):
        whole = [hit.id for hit in answer(samples, question, limit=60).hits]
        paged = [hit.id for at in range(0, 60, 7) for hit in answer(samples, question, limit=7, offset=at).hits]
        assert paged[: len(whole)] == whole and len(set(whole)) == len(whole)
        assert answer(samples, question, limit=5, offset=100_000).hits == ()


def test_the_order_of_time(samples: FactBase) -> None:
    for order, turned in (("oldest", False), ("newest", True)):
        days = [hit.day for hit in answer(samples, Question("luật", order=order), limit=30).hits if hit.day]
        assert days == sorted(days, reverse=turned)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("(họp OR hát) AND án", {"letter", "poem"}), ("(họp hát) OR phân", {"order"}),
        ("án NOT (thư OR bàn)", {"letter"}),
        ("án -(thư bàn)", {"letter"}), ("(thi (hành)) án", {"letter"}), ("án (", {"letter", "poem"}),
        ("((phân OR họp) AND (loại OR mở))", {"order", "letter"}), ("() án", {"letter", "poem"}),
    ],
)
def test_parentheses(base: FactBase, query: str, found: set[str]) -> None:
    assert {hit.document for hit in answer(base, Question(query), limit=100).hits} == found


def test_both_spellings_of_i_and_y() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "y", "Tỷ lệ quỹ đất và kỹ thuật.")
        add(base, "i", "Tỉ lệ quĩ đất và kĩ thuật.")
        for asked in ("tỉ lệ", "tỷ lệ", "ti le", "ty le", "quĩ đất", "kĩ thuật", '"kỹ thuật"', "QUY ĐẤT"):
            assert {hit.document for hit in answer(base, Question(asked)).hits} == {"y", "i"}, asked
        assert not answer(base, Question("tị lệ")).hits


def test_abbreviations_both_ways() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "short", "Hội nghị ngành THADS.")
        add(base, "full", "Hội nghị ngành thi hành án dân sự.")
        add(base, "stated", "Quỹ phòng chống lũ (QPCL) đã lập.")
        add(base, "later", "Ngân sách của QPCL còn ít.")
        for asked in ("THADS", "thads", "thi hành án dân sự", "thi hanh an dan su", "ngành THADS"):
            found = answer(base, Question(asked))
            assert {hit.document for hit in found.hits} == {"short", "full"}, asked
            assert found.also
        for asked in ("QPCL", "quỹ phòng chống lũ", "quy phong chong lu"):
            found = answer(base, Question(asked))
            assert {hit.document for hit in found.hits} == {"stated", "later"}, asked
            assert found.also
        assert answer(base, Question("QPCL")).also == ("QPCL = quỹ phòng chống lũ",)
        for asked, alone in (('"THADS"', "short"), ('"thi hành án dân sự"', "full"), ('"QPCL" lũ', "stated")):
            found = answer(base, Question(asked))
            assert ({hit.document for hit in found.hits}, found.also) == ({alone}, ())


def test_days_in_any_writing() -> None:
    with FactBase.create(":memory:") as base:
        written = {"a": "5/9/1946", "b": "05/09/1946", "c": "ngày 5 tháng 9 năm 1946", "d": "9/5/1946"}
        for name, words in written.items():
            add(base, name, f"Họp {words}.")
        for asked in ("5/9/1946", "05/9/1946", "05-09-1946"):
            assert {hit.document for hit in answer(base, Question(asked)).hits} == {"a", "b", "c"}, asked


def test_words_with_which_one_asks_are_passed_over_where_nothing_holds_them() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "order", ORDER, order_facts(), title="Phân loại hồ sơ", date="1958-03-13")
        add(base, "egypt", "Thăm Ai Cập.")
        found = answer(base, Question("ai yêu cầu Hải Phòng phân loại hồ sơ"))
        assert (found.hits[0].kind, found.passed) == ("directive", ("ai",))
        assert [hit.document for hit in answer(base, Question("thăm ai cập")).hits] == ["egypt"]
        assert not answer(base, Question("thăm ai cập")).passed
        assert answer(base, Question('"ai" yêu cầu gì')).passed == ("gì",)
        assert answer(base, Question("bao giờ phân loại xong hồ sơ gì đó của Hải Phòng")).most


def test_a_question_that_a_source_holds_as_typed_keeps_its_words() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "song", "Ai xuôi vạn lý, nào ai xuôi.")
        add(base, "other", "Xuôi dòng vạn lý.")
        found = answer(base, Question("ai xuôi vạn lý"))
        assert ([hit.document for hit in found.hits], found.passed) == (["song"], ())
        found = answer(base, Question("vạn lý ai xuôi ở đâu"))
        assert ({hit.document for hit in found.hits}, found.passed) == ({"song", "other"}, ("ai", "ở đâu"))


def test_a_clause_comes_before_texts_that_hold_the_words_anywhere() -> None:
    scattered = "Hồ nước cạn. Thành phố họp. Phân công rồi. Các loại xe. Hải đảo xa. Phòng khám mở. Ai nói gì? Bảo sao."
    with FactBase.create(":memory:") as base:
        for number in range(30):
            add(base, f"a{number:02}", scattered)
        add(base, "order", ORDER, order_facts(), title="Phân loại hồ sơ", date="1958-03-13")
        found = answer(base, Question("thành phố Hải Phòng phân loại hồ gì"), limit=100)
        assert {(hit.kind, hit.document) for hit in found.hits[:2]} == {("event", "order"), ("directive", "order")}
        assert found.hits[-1].document == "a29" and "text" in found.hits[-1].reason
        assert found.total == len(found.hits) == len({(hit.kind, hit.id) for hit in found.hits})


@pytest.mark.parametrize("asked", [
    "ai giao cho Cục THADS Hải Phòng phân loại án", "thoi han ra quyet dinh thi hanh an bao nhieu ngay",
    "van ban nao huong dan luat thi hanh an dan su moi", "ai yêu cầu Hải Phòng -Vinashin phân loại án",
])
def test_total_counts_what_the_pages_show(samples: FactBase, asked: str) -> None:
    for filters in ({}, {"kind": ["directive", "document"]}, {"place": "Hải Phòng"}):
        question = Question.read(asked, **filters)  # type: ignore[arg-type]
        paged = [(hit.kind, hit.id) for at in range(0, 400, 50)
                 for hit in answer(samples, question, limit=50, offset=at).hits]
        assert len(set(paged)) == len(paged) == answer(samples, question, limit=1).total


def test_a_fact_base_that_grows_is_read_anew(tmp_path: Path) -> None:
    target = tmp_path / "facts.db"
    with FactBase.create(target) as base:
        add(base, "a", "Họp về án.")
    with FactBase.open(target) as reader, FactBase.open(target) as other:
        assert answer(reader, Question("án")).total == 1
        assert columns_of(reader) is columns_of(other)   # one copy in memory for all handles
        with FactBase.create(target) as base:
            add(base, "b", "Xử án.")
            assert answer(base, Question("án")).total == 2
        assert answer(reader, Question("án")).total == 2
        assert {choice.count for facet in answer(reader, Question("án")).facets for choice in facet.choices} == {2}


def test_an_empty_fact_base_answers() -> None:
    with FactBase.create(":memory:") as base:
        warm(base)
        assert answer(base, Question("án")).total == answer(base, Question()).total == 0


HOSTILE = [
    "'; DROP TABLE document; --", '" OR 1=1 --', "NEAR(án thư, 2)", "<script>alert(1)</script>", "{quote} : án", "án^2",
    "%", "\x00", "\ud800", "((((((((", "))))", '"', "NOT", "-", "*", "án*", "người:", 'loại:"', "a:b:c", "İ",
    "2014-01-01", "vn:NĐ:CP:2015:62", "người:(án)", "THADS THADS", "5/9/1946 9/1946 99/99/9999", "ai là ai",
    "tỷ ty ti tỉ " * 6,
]


@pytest.mark.parametrize("nasty", HOSTILE)
def test_nasty_values_in_every_field_are_only_words(base: FactBase, nasty: str) -> None:
    before = base.count("document")
    for asked in [{"q": nasty}, {"q": f"án {nasty} hồ"}, *({"q": "án", name: nasty} for name in FIELDS)]:
        try:
            found = answer(base, Question.from_params(asked), limit=3)
        except SearchError as error:
            assert str(error) and error.vietnamese
        else:
            assert found.total >= len(found.hits)
    assert base.count("document") == before


def test_the_widest_question_is_answered(samples: FactBase) -> None:
    wide = " ".join(f"{word}{number % 7}" for number, word in enumerate(["án", "tỷ", "THADS", "lý"] * 16))
    assert answer(samples, Question(wide)).total == 0
    assert answer(samples, Question("((((((án OR luật) tòa) OR kỹ) lý) OR mỹ) tỷ)")).total >= 0


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 10_000}, {"offset": -1}, {"offset": 10**9}])
def test_pages_have_bounds(base: FactBase, asked: dict[str, int]) -> None:
    with pytest.raises(SearchError):
        answer(base, Question("án"), **asked)  # type: ignore[arg-type]


def test_an_answer_as_json_holds_it(base: FactBase) -> None:
    found = answer(base, Question.read("hồ sơ", kind=["directive", "figure"]), limit=1, language="en").as_dict()
    assert found["question"] == {"q": "hồ sơ", "kind": ["directive", "figure"]}
    assert found["total"] == 2 and len(found["hits"]) == 1
    assert found["facets"][0]["label"] == "Kind"


def test_a_name_alone_finds_what_its_bearer_ordered_or_was_told(samples: FactBase) -> None:
    issuers = {hit.fields["issuer"] for hit in answer(samples, Question.read("", kind="directive"), limit=100).hits}
    name = next(one for one in sorted(filter(None, issuers)) if len(one.split()) > 2)
    found = answer(samples, Question.read(f'"{name}"', kind="directive"), limit=100)
    assert any(name not in hit.quote and hit.fields["issuer"] == name for hit in found.hits)

"""Dates: the phrase table, the tables of words, properties, bad input and the documented examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import regex
from edtf_validate import valid_edtf
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.dates import find_dates
from extractors.facts import Date, Decree
from extractors.lexicon import many, table

is_valid = cache(valid_edtf.is_valid)   # it is slow
HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "dates.md"
TABLES = ("date_heads", "date_relative", "date_days", "date_eras")
KNOWN_DAY = "2018-07-04"


def read(text: str, date: str | None = None, **fields: object) -> list[Date]:
    return find_dates(Document(id="case", text=text, date=date, **fields), [])  # type: ignore[arg-type]


def written(facts: list[Date]) -> list[str]:
    return [f"{fact.text}={fact.duration or fact.edtf}" for fact in facts]


def phrases() -> list[tuple[str, str | None, list[str]]]:
    lines = (HERE / "phrases" / "dates.tsv").read_text(encoding="utf-8").splitlines()
    rows = [(line.replace("\\n", "\n") + "\t\t").split("\t")[:3] for line in lines if line and line[0] != "#"][1:]
    return [(text, date or None, many(expected)) for text, date, expected in rows]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "date", "expected"), phrases())
def test_phrase(text: str, date: str | None, expected: tuple[str, ...]) -> None:
    assert written(read(text, date)) == list(expected)


def test_the_phrase_table_is_large_enough() -> None:
    cases = phrases()
    assert len(cases) >= 430
    assert sum(1 for _, _, expected in cases if not expected) >= 90


def examples(column: str) -> list[tuple[str, str, str]]:
    return [(name, row["words"], example) for name in TABLES for row in table(name) for example in many(row[column])]


@pytest.mark.parametrize(("name", "words", "example"), examples("examples"))
def test_a_table_line_finds_its_examples(name: str, words: str, example: str) -> None:
    story = "Ngày 3/7/2018 và quý 1/2018 " if name == "date_relative" and words.startswith("cùng") else ""
    before = "Ngày 3/7/2018. " if words.endswith(("hôm sau", "hôm trước", "cùng ngày")) else ""
    facts = read(f"{story}{before}dịp {example}.", KNOWN_DAY)
    assert any(words.casefold() in fact.text.casefold() for fact in facts), written(facts)


@pytest.mark.parametrize(("name", "words", "example"), examples("counter_examples"))
def test_a_table_line_leaves_its_counter_examples(name: str, words: str, example: str) -> None:
    facts = read(f"dịp {example}.", KNOWN_DAY)
    assert all(fact.text.casefold() != words.casefold() for fact in facts), written(facts)


MODS = [
    ("Phê duyệt trước ngày 23/5/2014.", "before", "2014-05-23"),
    ("Sau ngày 30/4/2022 sẽ thu.", "after", "2022-04-30"),
    ("Vào đầu tháng 2/2017.", "start", "2017-02"),
    ("Giữa năm 2014 khởi công.", "mid", "2014"),
    ("Cuối năm 2014 hoàn thành.", "end", "2014"),
    ("Lập khoảng năm 1990.", "approx", "1990"),
    ("Có hiệu lực từ ngày 1/9/2015.", None, "2015-09-01"),
]


@pytest.mark.parametrize(("text", "mod", "value"), MODS)
def test_mod_names_the_side_and_not_the_value(text: str, mod: str | None, value: str) -> None:
    (fact,) = read(text)
    assert (fact.mod, fact.edtf) == (mod, value)


TYPES = [
    ("năm 1980", "date"), ("giai đoạn 2015-2020", "interval"), ("quý I/2026", "interval"), ("75 năm", "duration"),
    ("6 tháng đầu năm 2019", "interval"), ("ngày 19/7 hàng năm", "set"), ("thế kỷ XX", "date"),
    ("từ năm 1993 đến nay", "interval"), ("Tuần qua", "interval"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_type(text: str, kind: str) -> None:
    (fact,) = read(text, KNOWN_DAY)
    assert fact.type == kind
    assert (fact.edtf is None) == (kind == "duration")


def test_a_relative_date_says_what_it_was_resolved_against() -> None:
    (fact,) = read("Trời mưa hôm qua.", KNOWN_DAY)
    assert (fact.anchor, fact.basis) == (KNOWN_DAY, "document")


ANCHORS = [
    ("Trời mưa hôm qua.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Tuần qua mưa.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Gặp nhau chiều 2/7.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Học từ ngày 10 đến 15/6.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Năm Đinh Dậu làng dựng đình.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Mùng 1 Tết Mậu Tuất có hội.", KNOWN_DAY, [("document", KNOWN_DAY)]),
    ("Bắt ngày 28/2/2019, hôm sau thì thả.", None, [(None, None), ("text", "2019-02-28")]),
    ("Quý 3/2013 tăng so với cùng kỳ.", None, [(None, None), ("text", "2013-07/2013-09")]),
    ("Năm 2016 lãi hơn so với năm trước.", None, [(None, None), ("text", "2016")]),
    ("Cưới năm Kỷ Hợi, tức năm 1959.", None, [("text", "1959"), (None, None)]),
    ("Ký ngày 19/7/1946.", KNOWN_DAY, [(None, None)]),
]


@pytest.mark.parametrize(("text", "date", "expected"), ANCHORS)
def test_a_resolved_value_says_why_and_what_it_counts_from(
    text: str, date: str | None, expected: list[tuple[str | None, str | None]]
) -> None:
    facts = read(text, date)
    assert [(fact.basis, fact.anchor) for fact in facts] == expected
    assert all(fact.rule for fact in facts)


def test_the_work_year_is_named_as_the_reason() -> None:
    text = "Thi hành án dân sự: các cơ quan THADS, thi hành án, 8 tháng đầu năm 2018."
    assert [(fact.edtf, fact.basis) for fact in read(text, KNOWN_DAY)] == [("2017-10/2018-05", "work-year")]
    assert [fact.edtf for fact in read("Xuất khẩu 8 tháng đầu năm 2018.", KNOWN_DAY)] == ["2018-01/2018-08"]


def test_today_in_a_notice_is_the_day_of_the_event() -> None:
    text = "Ngày 09/5/2014, Tổng cục làm việc.\nHôm nay, hai bên thống nhất."
    assert [fact.edtf for fact in read(text, "2014-05-15", kind="notice")] == ["2014-05-09", "2014-05-09"]
    assert [fact.edtf for fact in read(text, "2014-05-15")] == ["2014-05-09", "2014-05-15"]


def test_numbers_that_decrees_have_claimed_are_no_dates() -> None:
    text = "Theo Quyết định 12/5/2014 của tỉnh và Luật Đất đai năm 2013."
    claimed = [
        Decree(start=5, end=25, text=text[5:25], doc_type="quyết định"),
        Decree(start=38, end=59, text=text[38:59], doc_type="luật"),
    ]
    facts = find_dates(Document(id="case", text=text), claimed)
    assert written(facts) == ["năm 2013=2013"]


BAD = ["", " ", "\n\n", "ngày", "tháng năm", "quý", "từ đến nay", "/////", "1/", "ngày 1/", "năm -", "ngày " * 50,
       "1/1/" * 500, "2018-" * 500, "năm " * 500, "9" * 5000, "từ 1/1 đến " * 200, "\x00\ufeff", "ngày 1, " * 300,
       "một năm tháng " * 200, "tháng 5, 6, " * 200, "²/³ ngày ١/٢", "İngày 1/1/2019"]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize(
    "date", [None, KNOWN_DAY, "2018", "2018-07", "XXXX-07-04", "0001-01-01", "9999-12-31", "rubbish"]
)
def test_bad_input_gives_valid_dates_or_none(text: str, date: str | None) -> None:
    check(Document(id="bad", text=text, date=date))


def check(document: Document) -> list[Date]:
    """Every date quotes its words, none overlap, every value is EDTF."""
    facts = find_dates(document, [])
    end = 0
    for fact in facts:
        assert end <= fact.start < fact.end
        assert fact.text == document.text[fact.start : fact.end]
        assert fact.edtf is None or is_valid(fact.edtf), fact
        assert (fact.duration is not None) == (fact.type == "duration")
        end = fact.end
    return facts


TEXTS = [text for text, _, _ in phrases()]
PIECES = st.sampled_from(
    [*TEXTS, "ngày", "tháng", "năm", "quý", "từ", "đến", "và", ",", "-", "/", "(", ")", "\n", "hôm qua", "Tết", "29/2",
     "30/2", "31", "12", "2018", "1900", "II", "hai", "mươi", "trước đó", "đầu", "cuối", "nay", "nửa", "thế kỷ"]
)  # fmt: skip
DATES = st.sampled_from([None, KNOWN_DAY, "2020-02-29", "2018", "2018-07", "0001-01-01", "9999-12-31"])


@given(st.lists(PIECES, max_size=14), DATES)
def test_any_text_gives_valid_dates(pieces: list[str], date: str | None) -> None:
    check(Document(id="made", text=" ".join(pieces), date=date))


@given(st.lists(PIECES, min_size=1, max_size=6), DATES)
def test_look_alike_characters_change_nothing(pieces: list[str], date: str | None) -> None:
    text = " ".join(pieces)
    plain = read(text, date)
    alike = read(text.replace(" ", "\u00a0").replace("Đ", "Ð").replace("-", "–"), date)
    assert [(f.start, f.end, f.edtf, f.duration, f.mod, f.type) for f in plain] == [
        (f.start, f.end, f.edtf, f.duration, f.mod, f.type) for f in alike
    ]


@given(st.lists(PIECES, min_size=1, max_size=6), DATES, st.integers(1, 5))
def test_a_paragraph_before_shifts_spans_only(pieces: list[str], date: str | None, lines: int) -> None:
    text, before = " ".join(pieces), "Một đoạn văn không có gì.\n" * lines
    assert [(f.start + len(before), f.end + len(before), f.edtf, f.duration) for f in read(text, date)] == [
        (f.start, f.end, f.edtf, f.duration) for f in read(before + text, date)
    ]


def documented() -> list[tuple[str, str, list[str]]]:
    """Rows `| text | document date | dates |` of the tables of docs/dates.md."""
    rows = regex.findall(r"^\| `(.+?)` \| (?:`([^`]*)`|–) \|(.*)\|$", DOCS.read_text(encoding="utf-8"), regex.M)
    return [(text, date, regex.findall(r"`([^`]+)`", found)) for text, date, found in rows]


@pytest.mark.parametrize(("text", "date", "expected"), documented())
def test_documented_example(text: str, date: str, expected: list[str]) -> None:
    assert written(read(text, date or None)) == expected

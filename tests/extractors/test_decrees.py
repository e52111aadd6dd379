"""Decrees: the phrase table, the tables of rules, coreference, bad input and the documented examples."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Notice, Quoted
from extractors.citations.names import abbreviations
from extractors.citations.phrases import ROLES
from extractors.citations.pinpoints import format_pinpoint
from extractors.citations.symbols import symbol_at
from extractors.citations.types import doc_types, organs
from extractors.decrees import find_decrees
from extractors.facts import Decree
from extractors.lexicon import many, table

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "decrees.md"
FIELDS = ("doc_type", "year", "date", "issuer", "title", "pinpoint")


def read(text: str, **fields: object) -> list[Decree]:
    return find_decrees(Document(id="case", text=text, **fields))  # type: ignore[arg-type]


def phrase_cases() -> list[dict[str, str]]:
    lines = (HERE / "phrases" / "decrees.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in rows]


def shown(value: object) -> str:
    return "-" if value is None else str(value)


@pytest.mark.parametrize("case", phrase_cases(), ids=lambda case: case["text"][:60])
def test_phrase(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    found = read(text)
    assert [fact.text for fact in found] == list(many(case["spans"].replace("\\n", "\n")))
    assert all(text[fact.start : fact.end] == fact.text for fact in found)
    if case["numbers"]:
        assert "|".join(shown(fact.number) for fact in found) == case["numbers"]
    for name in FIELDS:
        if case[name]:
            assert shown(getattr(found[0], name)) == case[name], name


def test_the_table_is_large_enough_to_specify() -> None:
    cases = phrase_cases()
    assert len(cases) >= 400
    assert sum(not case["spans"] for case in cases) >= 80


@pytest.mark.parametrize("row", table("decree_types"), ids=lambda row: row["type"])
def test_each_type_matches_its_examples_and_no_counter_example(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        found = read(f"Căn cứ {example}.")
        assert [(fact.text, fact.doc_type) for fact in found] == [(example, row["type"])]
    for counter in many(row["counter_examples"]):
        assert read(f"Về {counter} nói chung.") == []


def test_every_law_of_the_table_is_found_whole() -> None:
    for row in table("law_names"):
        if row["name"]:
            citation = f"{row['type'].capitalize()} {row['name']}"
            assert read(f"Căn cứ {citation}.")[0].text == citation


def test_numbers_and_days_of_the_laws_are_well_formed() -> None:
    for row in table("law_names"):
        for act in many(row["acts"]):
            number, _, day = act.partition(" ")
            assert not day or regex.fullmatch(r"\d{4}-\d\d-\d\d", day), act
            symbol = symbol_at(number, 0)
            assert number == "-" or (symbol and symbol.number == number), act
            assert not (symbol and symbol.year and day) or str(symbol.year) == day[:4], act


def test_phrases_have_known_roles_and_are_lower_case() -> None:
    rows = table("citation_phrases")
    assert {row["role"] for row in rows} == ROLES
    assert all(row["phrase"] == row["phrase"].lower() for row in rows)
    assert len({(row["role"], row["phrase"]) for row in rows}) == len(rows)


def test_organs_change_with_their_time() -> None:
    assert organs()["hdbt"].name == "Hội đồng Bộ trưởng"
    assert (organs()["hdbt"].since, organs()["hdbt"].until) == (1981, 1992)
    assert all(organ.since is None or organ.until is None or organ.since < organ.until for organ in organs().values())


def test_abbreviations_stand_for_laws_of_the_table() -> None:
    assert abbreviations()["BLHS"] == ("bộ luật", "Hình sự")
    assert all(type_name in doc_types() for type_name, _ in abbreviations().values())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("điểm c khoản 1 Điều 4", "điều 4 khoản 1 điểm c"),
        ("khoản 3, Điều 3", "điều 3 khoản 3"),
        ("Điều 3 khoản 3", "điều 3 khoản 3"),
        ("điểm a, b khoản 1 Điều 9", "điều 9 khoản 1 điểm a, điều 9 khoản 1 điểm b"),
        ("Điều 6, khoản 2 Điều 10 và Điều 14", "điều 6, điều 10 khoản 2, điều 14"),
        ("mẫu số 01 Phụ lục ii", "phụ lục II mẫu số 01"),
        ("Mục 5 Chương xii Phần i", "phần I chương XII mục 5"),
        ("không có gì", None),
    ],
)
def test_pinpoints_name_the_largest_unit_first(written: str, canonical: str | None) -> None:
    assert format_pinpoint(written) == canonical


def test_a_short_citation_takes_number_year_and_date_of_its_antecedent() -> None:
    text = "Nghị định số 62/2015/NĐ-CP ngày 18/7/2015 sửa mức phí. Nghị định 62 không nói tới việc ấy."
    full, short = read(text)
    assert (short.number, short.year, short.date) == (full.number, full.year, full.date) == (
        "62/2015/NĐ-CP", 2015, "2015-07-18",
    )


def test_a_short_citation_with_another_year_stays_apart() -> None:
    text = "Nghị định số 152/2024/NĐ-CP đã hết hiệu lực. Nghị định 152/2026 thay thế."
    assert [fact.number for fact in read(text)] == ["152/2024/NĐ-CP", "152/2026"]


def test_a_name_borne_by_several_acts_stays_open() -> None:
    text = "Luật Đất đai năm 2003 rồi Luật Đất đai năm 2013. Theo Luật Đất đai, đất thuộc sở hữu toàn dân."
    assert read(text)[2].year is None


def test_a_day_without_its_year_lies_before_the_document() -> None:
    text = "Ngày 13/6, Quốc hội đã thông qua Luật Kiến trúc."
    assert read(text)[0].date == "XXXX-06-13"
    assert read(text)[0].year is None
    assert read(text, date="2019-06-14")[0].date == "2019-06-13"
    assert read(text, date="2020-01-02")[0].date == "2019-06-13"


def test_a_date_with_another_year_than_the_number_is_not_its_date() -> None:
    text = "Ngày 13/6/2019, Chính phủ đã có Nghị định số 62/2015/NĐ-CP trong tay."
    assert read(text)[0].date is None


def test_the_head_of_a_notice_dates_its_own_number() -> None:
    text = "Số: 12/2026/TT-BNV\n\nHà Nội, tháng giêng"
    number = Quoted("12/2026/TT-BNV", 4, 18)
    notice = Notice(number=number, date=Quoted("2026-01-05", 20, 27))
    (own,) = read(text, kind="notice", notice=notice)
    assert (own.text, own.doc_type, own.date) == ("12/2026/TT-BNV", "thông tư", "2026-01-05")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nghị định số /NĐ-CP",
        "Nghị định số:      /2016/",
        "Số:      /TTr-VPCP",
        "Nghị định số " + "1" * 100_000,
        "Luật " * 20_000,
        "Luật sửa đổi, bổ sung một số điều của " * 5_000,
        "Nghị định số 1" + "/1" * 50_000,
        "Quyết định số 12/QĐ-" + "A&" * 50_000,
        "điều 1, " * 50_000 + "Luật Đất đai",
        "Nghị định 62 về \"" * 2_000,
        "\x00\ud7ff\uffff Nghị định",
    ],
    ids=lambda text: text[:30],
)
def test_bad_input_invents_nothing(text: str) -> None:
    for fact in read(text):
        assert text[fact.start : fact.end] == fact.text
        assert fact.number is None or symbol_at(fact.number, 0)


def test_an_open_number_stays_open() -> None:
    (draft,) = read("Căn cứ Nghị quyết số .../2020/QH14 của Quốc hội.")
    assert (draft.number, draft.year) == (None, 2020)


PIECES = ["Nghị định", "số", "62", "62/2015/NĐ-CP", "QĐ-TTg", "Luật", "Đất đai", "năm 2013", "ngày 1/1/2015", "của",
          "Chính phủ", "về việc", "và", ",", ".", "\n", "khoản 2 Điều 5", "Quốc hội", "ban hành", "(sửa đổi)", "/", "-"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30))
def test_any_text_is_quoted_as_it_stands(pieces: list[str]) -> None:
    document = Document(id="case", text=" ".join(pieces))
    found = find_decrees(document)
    assert found == sorted(found, key=lambda fact: (fact.start, -fact.end))
    for fact in found:
        assert document.text[fact.start : fact.end] == fact.text
        assert fact.text.strip() == fact.text
        assert fact.year is None or str(fact.year) in document.text


@given(st.integers(1, 9999), st.integers(1990, 2029), st.sampled_from(["NĐ-CP", "TT-BTC", "QĐ-TTg", "QH14"]))
def test_every_number_is_read_back(n: int, year: int, tail: str) -> None:
    number = f"{n:02}/{year}/{tail}"
    (fact,) = read(f"Theo văn bản số {number}, việc này đã xong.")
    assert (fact.number, fact.year) == (number, year)


def documented() -> list[tuple[str, str]]:
    """The lines `- text → spans` of docs/decrees.md."""
    pattern = regex.compile(r"^- `(?P<text>[^`]+)` → (?P<spans>.+)$", regex.MULTILINE)
    return [(match["text"], match["spans"]) for match in pattern.finditer(DOCS.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("text", "spans"), documented(), ids=lambda value: str(value)[:50])
def test_documented_example(text: str, spans: str) -> None:
    expected = [] if spans == "nothing" else regex.findall(r"`([^`]+)`", spans)
    assert [" · ".join(filter(None, (fact.text, fact.number, fact.pinpoint))) for fact in read(text)] == expected

"""Who takes part in an event: the table of docs/events.md, then what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.extract import extract
from extractors.participants import Participant, participants

DOCS = Path(__file__).parents[2] / "docs" / "events.md"


def taking_part(text: str, title: str | None = None) -> list[Participant]:
    """The participants of the last event of a text."""
    document = Document(id="case", text=text, title=title)
    facts = extract(document)
    return list(participants(facts.events[-1], facts, document)) if facts.events else []


def documented() -> list[list[str]]:
    rows = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if len(row) == 4 and row[0] != "text before"]


@pytest.mark.parametrize("row", documented(), ids=lambda row: row[1])
def test_documented_example(row: list[str]) -> None:
    before, clause, words, meant = row
    pointed = [(one.text, one.name) for one in taking_part(f"{before}\n\n{clause}") if one.pointed_at]
    assert pointed == ([(words, meant)] if words else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ngày 19/7/1946, Chủ tịch Hồ Chí Minh ký Sắc lệnh số 130/SL tại Hà Nội.",
            [("official", "Hồ Chí Minh"), ("decree", "130/SL"), ("place", "Hà Nội")],
        ),
        (
            "Chiều 2/7/2018, Tổng cục Thi hành án dân sự làm việc với UBND quận Ngô Quyền.",
            [("body", "Tổng cục Thi hành án dân sự"), ("body", "UBND quận Ngô Quyền")],
        ),
        ("Ngày 4/4/2019, đoàn đến xã Sơn Ba, huyện Sơn Hà.", [("place", "xã Sơn Ba"), ("place", "huyện Sơn Hà")]),
        ("Ngày 7/5/1954, quân dân ta chống Pháp thắng lớn tại Điện Biên Phủ.", [("place", "Điện Biên Phủ")]),
        ("Ngày 7/5/2019, người Bỉ bị thu giữ hộ chiếu ở sân bay.", []),
        ("Ngày 7/5/2019, cầu vượt Bình Phước thông xe.", []),
        ("Ngày 7/5/2019, khánh thành thủy điện Hòa Bình tại thành phố Hòa Bình.", [("place", "thành phố Hòa Bình")]),
        ("Ngày 7/5/2019, sở giao dịch cho cổ phiếu HCM niêm yết bổ sung.", []),
        ("Ngày 7/5/2019, đoàn đến đảo Phú Quốc và TP HCM.", [("place", "TP HCM")]),
    ],
)
def test_what_the_clause_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.name) for one in taking_part(text)] == expected


def test_he_is_the_person_whom_the_page_is_about() -> None:
    text = (
        "Vũ Đình Hòe\n\nVũ Đình Hòe là Bộ trưởng Bộ Tư pháp.\n\n"
        "Ông làm việc cùng Bộ trưởng Bộ Quốc phòng Phan Anh. Năm 1946, ông được bầu vào Quốc hội."
    )
    assert "Vũ Đình Hòe" in {one.name for one in taking_part(text, "Vũ Đình Hòe") if one.pointed_at}


def test_an_act_that_speaks_of_itself_is_not_the_act_it_amends() -> None:
    text = (
        "Sửa đổi Nghị định số 62/2015/NĐ-CP.\n\nĐiều 1. Bãi bỏ khoản 2.\n\n"
        "Điều 2. Nghị định này có hiệu lực thi hành từ ngày 15/5/2020."
    )
    assert not [one for one in taking_part(text) if one.pointed_at]


def test_a_vice_is_not_the_holder_of_the_office() -> None:
    text = "Thủ tướng Phạm Văn Đồng phát biểu.\n\nNgày 3/5/1970, phó thủ tướng tiếp đoàn đại biểu."
    assert not [one for one in taking_part(text) if one.pointed_at]


@given(
    st.lists(
        st.sampled_from(
            [
                "Ngày 3/5/2019, ", "ông ", "bà ", "Thủ tướng ", "Phạm Văn Đồng ", "ký ", "Nghị định số 62/2015/NĐ-CP ",
                "Nghị định này ", "sở này ", "Sở Xây dựng ", "tại ", "Hà Nội", ". ", "\n", "thành lập ", ", ", "quận 3",
            ]
        ),
        max_size=25,
    )
)
def test_words_quote_the_clause_whatever_the_text(words: list[str]) -> None:
    document = Document(id="case", text="".join(words))
    facts = extract(document)
    for event in facts.events:
        found = participants(event, facts, document)
        assert all(document.text[one.start : one.end] == one.text for one in found)
        assert all(event.start <= one.start < event.end for one in found)
        assert len({(one.kind, one.name.lower()) for one in found}) == len(found)

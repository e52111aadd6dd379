"""Officials: the phrase table is the specification; properties and bad input below it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Notice, Quoted
from extractors.facts import Official
from extractors.lexicon import many, table
from extractors.offices.kinds import fits
from extractors.officials import find_officials
from extractors.organisations import Reader
from extractors.titles import entries, find_posts

PHRASES = Path(__file__).parent / "phrases" / "officials.tsv"


def cases() -> list[tuple[str, str]]:
    lines = PHRASES.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if "\t" in line]   # a heading of a page begins with `#` as well
    return [(cells[0].replace("⏎", "\n"), cells[1] if len(cells) > 1 else "") for cells in rows[1:]]


def officials(text: str) -> list[Official]:
    return find_officials(Document(id="phrase", text=text))


def written(found: list[Official]) -> str:
    return " | ".join(f"{o.text} ; {o.name} ; {o.title or ''} ; {o.org or ''}" for o in found)


@pytest.mark.parametrize(("text", "expected"), cases())
def test_phrase(text: str, expected: str) -> None:
    assert written(officials(text)) == expected


def test_the_table_holds_enough_of_both_kinds() -> None:
    negative = [text for text, expected in cases() if not expected]
    assert len(cases()) >= 320
    assert len(negative) >= 80


# -- through a document --------------------------------------------------------------------------------------


def test_a_later_mention_takes_name_role_and_body() -> None:
    text = (
        "Bộ trưởng Bộ Y tế Phạm Ngọc Thạch mở lớp học.\n"
        "Theo ông Thạch, việc này cần làm ngay. Bộ trưởng Thạch cảm ơn. Phạm Ngọc Thạch ra về."
    )
    found = officials(text)
    assert [o.text for o in found] == ["Phạm Ngọc Thạch", "Thạch", "Thạch", "Phạm Ngọc Thạch"]
    assert {(o.name, o.title, o.org) for o in found} == {("Phạm Ngọc Thạch", "Bộ trưởng", "Bộ Y tế")}


def test_a_given_name_is_the_bearer_named_last() -> None:
    text = "Bộ trưởng Bộ Tài chính Lê Văn Hiến đến. Anh nông dân Trần Văn Hiến kể. Ông Hiến cười."
    assert [o.text for o in officials(text)] == ["Lê Văn Hiến"]


def test_the_fullest_role_holds_where_none_is_said() -> None:
    text = (
        "Thứ trưởng kiêm Chánh văn phòng Bộ Tư pháp Trần Tiến Dũng họp báo. Thứ trưởng Trần Tiến Dũng nói. "
        "Ông Dũng thông báo."
    )
    assert [o.title for o in officials(text)] == [
        "Thứ trưởng kiêm Chánh văn phòng", "Thứ trưởng", "Thứ trưởng kiêm Chánh văn phòng",
    ]


def test_a_heading_gives_the_body_of_its_list() -> None:
    text = (
        "Về phía Tổng cục Thi hành án dân sự, có các đồng chí: Nguyễn Quang Thái, Vụ trưởng Vụ Tổ chức cán bộ; "
        "Nguyễn Văn Tuấn, Chánh Văn phòng.\nBuổi làm việc kết thúc."
    )
    assert [o.org for o in officials(text)] == [
        "Vụ Tổ chức cán bộ, Tổng cục Thi hành án dân sự", "Tổng cục Thi hành án dân sự",
    ]


def test_a_bare_level_takes_the_place_named_before() -> None:
    text = "Tại thành phố Hải Phòng, ông Trần Hồng Quang - Cục trưởng Cục THADS TP - báo cáo."
    assert officials(text)[0].org == "Cục THADS TP Hải Phòng"


def test_the_body_is_not_guessed() -> None:
    assert officials("Bộ trưởng Lê Thành Long chỉ đạo.")[0].org is None


def test_the_signer_of_a_notice() -> None:
    text = "BỘ TƯ PHÁP\nTHÔNG BÁO\n...\nBỘ TRƯỞNG\n\nVũ Đình Hòe"
    at = text.index("Vũ")
    title = text.index("BỘ TRƯỞNG")
    notice = Notice(
        organ=Quoted("Bộ Tư pháp", 0, 10),
        signer_title=Quoted("Bộ trưởng", title, title + 9),
        signer=Quoted("Vũ Đình Hòe", at, len(text)),
    )
    found = find_officials(Document(id="notice", text=text, kind="notice", notice=notice))
    assert written(found) == "Vũ Đình Hòe ; Vũ Đình Hòe ; Bộ trưởng ; Bộ Tư pháp"


def test_the_subject_of_a_page() -> None:
    text = (
        "# Đào Đình Bình\n\n**Đào Đình Bình** (sinh 1945) là một chính trị gia. Ông từng là Bộ trưởng Bộ Giao thông "
        "Vận tải.\n\n| Tiền nhiệm | Lê Ngọc Hoàn |\n| Kế nhiệm | Hồ Nghĩa Dũng |\n"
    )
    found = officials(text)
    assert [o.name for o in found] == ["Đào Đình Bình", "Đào Đình Bình", "Lê Ngọc Hoàn", "Hồ Nghĩa Dũng"]
    assert {(o.title, o.org) for o in found} == {("Bộ trưởng", "Bộ Giao thông Vận tải")}


# -- tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", [title for title, row in entries().items() if row.kind not in ("head", "leading")])
def test_every_title_is_found(title: str) -> None:
    text = f"Đó là {title}."
    posts = find_posts(Reader(Document(id="title", text=text)))
    assert any(title.endswith(part.entry.title) or part.entry.title == title for post in posts for part in post.parts)


@pytest.mark.parametrize("row", [row for row in table("titles") if row["examples"] or row["counter_examples"]])
def test_titles_keep_their_examples(row: dict[str, str]) -> None:
    def of_public_office(text: str) -> bool:
        return bool(officials(text))

    assert all(of_public_office(example) for example in many(row["examples"]))
    assert not any(of_public_office(example) for example in many(row["counter_examples"]))


@pytest.mark.parametrize("row", [row for row in table("named_after") if row["of"] != "places"])
def test_names_inside_names_are_left_out(row: dict[str, str]) -> None:
    text = f"Tổng Bí thư Lê Duẩn đến {row['word']} Lê Duẩn."
    assert [o.start for o in officials(text)] == [12]


@pytest.mark.parametrize("row", [row for row in table("title_modifiers") if row["place"] == "before"])
def test_modifiers_belong_to_the_title(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        assert officials(f"{example} Vũ Đình Hòe đến.")[0].title == example
    for example in many(row["counter_examples"]):
        assert officials(f"{example} Vũ Đình Hòe.")[0].title != example


# -- bad input -----------------------------------------------------------------------------------------------

WORDS = st.sampled_from([
    "Bộ trưởng", "Cục trưởng", "Phó", "nguyên", "Bộ", "Bộ Tư pháp", "UBND tỉnh", "Hải Phòng", "Nguyễn", "Văn",
    "Vũ Đình Hòe", "ông",
    "Q.", "TM.", "(đã ký)", ",", ";", ":", "-", "\n", "(", ")", "và", "thuộc", "Obama", "TP", "THADS", "  ",
    "\u00a0", "1", "|", "Ông Hòe",
])


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_spans_quote_the_text(text: str) -> None:
    found = officials(text)
    assert all(text[o.start:o.end] == o.text and o.text.strip() for o in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == officials(text)


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    document = Document(id="any", text=text)
    assert all(text[o.start:o.end] == o.text for o in find_officials(document))


@pytest.mark.parametrize("text", [
    "",
    "BỘ TRƯỞNG",
    "Bộ trưởng, Thứ trưởng, Cục trưởng và Vụ trưởng.",
    "Nguyễn Văn Trỗi, Lý Tự Trọng, Võ Thị Sáu.",
    "THỦ TƯỚNG NGUYỄN XUÂN PHÚC THĂM HỮU NGHỊ CHÍNH THỨC NƯỚC CỘNG HÒA PHÁP",
    "Bộ trưởng V ũ  Đ ì n h  H ò e",
    "Bộ trưởng " * 200,
    "(" * 500 + "Cục Hải quan (" * 50,
])
def test_nothing_is_guessed(text: str) -> None:
    assert officials(text) == []


@pytest.mark.parametrize(
    ("title", "org", "agree"),
    [
        ("Tổng Cục trưởng", "Cục Thuế Hà Nội", False),
        ("Q. Tổng cục trưởng", "Tổng cục Thống kê", True),
        ("Phó Cục trưởng", "Chi cục Thuế", False),
        ("Cục trưởng", "Tổng cục Thuế", False),
        ("Phó Chánh án", "TAND tỉnh", True),
        ("Bộ trưởng", "Bộ Chính trị", False),
        ("Bộ trưởng, Chủ nhiệm", "Văn phòng Chính phủ", True),
        ("Thủ tướng", "Campuchia", True),
        ("Chủ tịch", "Hội đồng Bộ trưởng", True),
    ],
)
def test_an_office_heads_one_kind_of_body(title: str, org: str, agree: bool) -> None:
    assert fits(title, org) is agree

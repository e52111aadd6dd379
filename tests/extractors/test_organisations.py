"""Names of public bodies: where they begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.body_words import heads
from extractors.organisations import find_organisations, organisation_at
from extractors.places import known_place
from extractors.spelling import canonical


def named(text: str) -> list[str]:
    return [body.text for body in find_organisations(Document(id="text", text=text))]


@pytest.mark.parametrize(("text", "expected"), [
    ("Bộ Tư pháp và Bộ Tài chính trình Chính phủ.", ["Bộ Tư pháp", "Bộ Tài chính", "Chính phủ"]),
    ("Bộ Văn hóa, Thể thao và Du lịch báo cáo.", ["Bộ Văn hóa, Thể thao và Du lịch"]),
    ("Bộ Lao động - Thương binh và Xã hội đề nghị.", ["Bộ Lao động - Thương binh và Xã hội"]),
    ("Uỷ ban Văn hoá, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng họp.",
     ["Uỷ ban Văn hoá, Giáo dục, Thanh niên, Thiếu niên và Nhi đồng"]),
    ("Sở KH & ĐT, Sở GTVT và UBND TP. HCM thống nhất.", ["Sở KH & ĐT", "Sở GTVT", "UBND TP. HCM"]),
    ("Cục Thi hành án dân sự thành phố Hải Phòng báo cáo.", ["Cục Thi hành án dân sự thành phố Hải Phòng"]),
    ("Chi cục Thi hành án dân sự quận Hoàng Mai kê biên.", ["Chi cục Thi hành án dân sự quận Hoàng Mai"]),
    ("Vụ Tổ chức cán bộ thuộc Tổng cục Thi hành án dân sự.", ["Vụ Tổ chức cán bộ thuộc Tổng cục Thi hành án dân sự"]),
    ("Phòng Cảnh sát hình sự (PC45) Công an TP Hà Nội điều tra.", ["Phòng Cảnh sát hình sự (PC45) Công an TP Hà Nội"]),
    ("Cục Cảnh sát giao thông (Bộ Công an) cho biết.", ["Cục Cảnh sát giao thông (Bộ Công an)"]),
    ("Công an huyện Chương Mỹ, Hà Nội vào cuộc.", ["Công an huyện Chương Mỹ, Hà Nội"]),
    ("UBND tỉnh Thanh Hoá giao Sở Tài chính.", ["UBND tỉnh Thanh Hoá", "Sở Tài chính"]),
    ("TAND TP Hà Nội xét xử.", ["TAND TP Hà Nội"]),
    ("Trường THPT Lê Quý Đôn và Bệnh viện Bạch Mai.", ["Trường THPT Lê Quý Đôn", "Bệnh viện Bạch Mai"]),
    ("Ban Tổ chức Trung ương, Uỷ ban Thường vụ Quốc hội.", ["Ban Tổ chức Trung ương", "Uỷ ban Thường vụ Quốc hội"]),
    ("Cục trưởng Cục Hàng không Việt Nam Lại Xuân Thanh.", ["Cục Hàng không Việt Nam"]),
    ("Người dân ở phòng trọ, đi bộ ra sở thú.", []),
    ("Anh bộ đội đi công an chào.", []),
    ("Công ty Hòa Phát và Tập đoàn FPT.", []),
])
def test_borders(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_a_personal_name_ends_the_name_of_a_body() -> None:
    assert named("Trưởng THADS thành phố Nguyễn Xuân Tùng") == ["THADS thành phố"]
    assert named("Bí thư Huyện ủy Bình Sơn Hà Thị Anh Thư") == ["Huyện ủy Bình Sơn"]


def test_a_body_is_read_at_its_place() -> None:
    document = Document(id="text", text="Theo Bộ  Tư pháp, việc thi hành án.")
    body = organisation_at(document, 5)
    assert body is not None
    assert (body.text, body.name, body.head, body.tier) == ("Bộ  Tư pháp", "Bộ Tư pháp", "bộ", 2)
    assert organisation_at(document, 0) is None


def test_tone_marks_are_placed_in_one_way() -> None:
    assert canonical("uỷ ban, toà án, quý i, thuỷ, hoàn toàn") == "ủy ban, tòa án, quý i, thủy, hoàn toàn"


def test_heads_have_known_shapes() -> None:
    assert {head.shape for head in heads().values()} == {"whole", "seat", "field"}
    assert {head.tier for head in heads().values()} <= set(range(1, 7))
    assert all(words == canonical(words.lower()) for words in heads())


@pytest.mark.parametrize(("text", "expected"), [
    ("Hải Phòng", "Hải Phòng"), ("Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"), ("Thanh Hoá Nguyễn", "Thanh Hoá"),
    ("Hàn Quốc", "Hàn Quốc"), ("Hồ Tây", None), ("hải phòng", None),
])
def test_known_places(text: str, expected: str | None) -> None:
    known = known_place(text, canonical(text.lower()), 0)
    assert (text[:known[0]] if known else None) == expected


WORDS = st.sampled_from([
    "Bộ", "Cục", "UBND", "tỉnh", "TP", "Hải", "Phòng", "Nguyễn", "Văn", "và", ",", "(", ")", "thuộc", "-",
    "Tư pháp", "Công an", "1", "\n",
])


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    found = find_organisations(Document(id="text", text=text))
    assert all(text[body.start:body.end] == body.text for body in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    find_organisations(Document(id="any", text=text))

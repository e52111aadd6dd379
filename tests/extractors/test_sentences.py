"""Sentences, blocks and the words of clauses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import many, table
from extractors.sentences import sentences
from extractors.structure import blocks, joined


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Trời mưa. Đường ướt.", 2),
        ("Ông ở TP. HCM từ nhỏ.", 1),
        ("Nhà ở Q. Hà Đông, P. Văn Quán.", 1),
        ("Cô giáo N. nhận lớp. Học sinh vui.", 2),
        ("Vụ việc do ông Nguyễn Văn T. Sau đó trình báo.", 1),
        ("Nghị định 62/2015/NĐ-CP có hiệu lực. Mọi người biết.", 2),
        ("Diện tích 1.561,8 km2. Dân số 1,963 triệu người.", 2),
        ("Các đơn vị biết, thực hiện./.", 1),
        ("Được không? Được chứ! Tốt…", 3),
        ('Ông nói: "Tôi đi." Bà gật đầu.', 2),
        ("1. Mục đích của buổi làm việc. 2. Kết quả.", 2),
        ("3.2. Về chuyên môn", 1),
        ("Q. Tổng cục trưởng chủ trì.", 1),
        ("GS. Tạ Quang Bửu và TS. Nguyễn Văn Huyên.", 1),
        ("Văn bản được công bố.[3] Sau đó bị bãi bỏ.", 2),
        ("chuyện cũ... và chuyện mới", 1),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_shortened_words_do_not_end_a_sentence() -> None:
    for row in table("abbreviations_with_stop"):
        for example in many(row["examples"]):
            assert len(split(f"Ông {example} rồi về.")) == 1, example


@given(st.text(alphabet='aÔ .!?…\n"();:-1TPQ', max_size=200))
def test_sentences_cover_everything_but_space(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("line", "marker", "label", "body"),
    [
        ("- Rà soát biên chế", "bullet", "-", "Rà soát"),
        ("**- Rà soát biên chế**", "bullet", "-", "Rà soát"),
        ("1. Bộ Tài chính", "number", "1.", "Bộ"),
        ("(4) Ủy ban nhân dân", "number", "(4)", "Ủy"),
        ("3.2. Về chuyên môn", "number", "3.2.", "Về"),
        ("a) Nhà đầu tư", "letter", "a)", "Nhà"),
        ("Điều 12. Trách nhiệm", "article", "Điều 12.", "Trách"),
        ("Một là, Tiếp tục đổi mới", "ordinal", "Một là,", "Tiếp"),
        ("II. TỔ CHỨC THỰC HIỆN", "roman", "II.", "TỔ"),
        ("2.158,5 tỷ đồng đã giải ngân", None, "", "2.158,5"),
        ("19/7/1946 là ngày truyền thống", None, "", "19/7/1946"),
        ("Thủ tướng kết luận", None, "", "Thủ"),
    ],
)
def test_markers(line: str, marker: str | None, label: str, body: str) -> None:
    (block,) = blocks(line)
    assert (block.marker, block.label) == (marker, label)
    assert line[block.body :].startswith(body)


def test_a_line_broken_in_the_middle_of_a_sentence_is_joined() -> None:
    text = "Bộ Tài chính giao Tổng cục Thuế chủ\ntrì, phối hợp với các đơn vị.\n- Kiểm tra hồ sơ."
    every = blocks(text)
    assert [text[block.start : block.end] for block in every] == [
        "Bộ Tài chính giao Tổng cục Thuế chủ\ntrì, phối hợp với các đơn vị.",
        "- Kiểm tra hồ sơ.",
    ]
    assert "chủ trì" in joined(text, every)
    assert len(joined(text, every)) == len(text)


def test_lead_ins_headings_and_rows() -> None:
    lead, heading, row = blocks("Thủ tướng yêu cầu:\n\n## Tổ chức thực hiện\n\n| Số hiệu | 96/2026/NĐ-CP |")
    assert lead.opens and not lead.heading
    assert heading.heading and not heading.opens
    assert row.row


@given(st.text(alphabet="abÔ -.;:\n|#*1)", max_size=200))
def test_blocks_stay_inside_the_text(text: str) -> None:
    every = blocks(text)
    assert all(0 <= block.start <= block.body <= block.end <= len(text) for block in every)
    assert len(joined(text, every)) == len(text)

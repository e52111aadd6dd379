"""Nothing without its source: what the checker lets pass, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.checker import UnsupportedClaims, check, supports


@dataclass(frozen=True)
class Quoted:
    """A note with the words it quotes."""

    number: int
    words: str
    dates: tuple[str, ...] = ()


NOTES = [
    Quoted(1, "Ngày 08/9/1945, Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL lập Nha Bình dân học vụ.", ("1945-09-08",)),
    Quoted(2, "Cuối năm 1947 xã có trên 2.000 người, tức 85,5%, đứng thứ 8/63; theo 397/QÐ-TTg.", ("1947",)),
    Quoted(3, "Chiều 2/7 hội nghị họp xong.", ("2018-07-02", "2018-07-04")),
]

SUPPORTED = [
    "Ngày 8 tháng 9 năm 1945, “Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL”.[^1]",
    "Ngày 8/9/1945, có Sắc lệnh 17/SL.[^1]",
    "Năm 1945, Hồ Chí Minh ký sắc lệnh.[^1]",
    "Tháng 9/1945, Nha Bình dân học vụ được lập.[^1]",
    "Tháng 9 năm 1945 có Nha Bình dân học vụ.[^1]",
    "Xã có trên 2.000 người, 85,5%, thứ 8/63.[^2]",
    "Quyết định 397/QĐ-TTg được nhắc đến.[^2]",
    "Ngày 2 tháng 7 năm 2018, “hội nghị họp xong”.[^3]",
    "Năm 1945 và năm 1947.[^1][^2]",
    "## Thập niên 1940\n\nHồ Chí Minh ký sắc lệnh.[^1]",
    "Không có gì để chứng minh ở đây.",
    "| 8/9/1945 | Sắc lệnh số 17/SL | [^1] |",
    "| --- | --- | --- |",
    "## Từ năm 1945\n\nHồ Chí Minh ký sắc lệnh.[^1]",
]

UNSUPPORTED = [
    ("date", "Ngày 9 tháng 9 năm 1945", "Ngày 9 tháng 9 năm 1945, Hồ Chí Minh ký.[^1]"),
    ("date", "9/9/1945", "Việc ấy diễn ra 9/9/1945.[^1]"),
    ("date", "Tháng 8/1945", "Tháng 8/1945, Nha được lập.[^1]"),
    ("number", "1946", "Năm 1946, Nha được lập.[^1]"),
    ("number", "2.001", "Xã có 2.001 người.[^2]"),
    ("number", "2.000", "Xã có 2.000 người.[^1]"),
    ("number", "9", "Có 9 lớp.[^1]"),
    ("number", "8/64", "Xã đứng thứ 8/64.[^2]"),
    ("number", "85", "Đạt 85%.[^2]"),
    ("symbol", "18/SL", "Sắc lệnh 18/SL được ban hành.[^1]"),
    ("symbol", "397/QĐ-BTP", "Quyết định 397/QĐ-BTP được ban hành.[^2]"),
    ("name", "Hồ Chí Dân", "Chủ tịch Hồ Chí Dân ký.[^1]"),
    ("name", "Nguyễn Văn Tố", "Nguyễn Văn Tố ký.[^1]"),
    ("amount in words", "hai trăm", "Xã có hai trăm người.[^2]"),
    ("date", "thế kỷ XIX", "Chuyện từ thế kỷ XIX.[^1]"),
    ("number", "12", "Hồ Chí Minh ký.[^1] Có 12 lớp."),
    ("number", "12", "Có 12 lớp."),
    ("decade", "Thập niên 1950", "## Thập niên 1950\n\nHồ Chí Minh ký sắc lệnh.[^1]"),
    ("number", "1950", "# Năm 1950\n\nHồ Chí Minh ký.[^1]"),
    ("number", "1947", "## Năm 1947\n\nHồ Chí Minh ký.[^1]\n\n## Sau đó\n\nXã có 85,5%.[^2]"),
    ("number", "7", "| 7 lớp | [^1] |"),
    ("number", "85,5", "Đạt 85,5%.[^9]"),
]


@pytest.mark.parametrize("text", SUPPORTED)
def test_what_the_quotes_state_passes(text: str) -> None:
    assert check(text, NOTES) == []


@pytest.mark.parametrize(("kind", "claim", "text"), UNSUPPORTED)
def test_what_no_cited_quote_states_is_found(kind: str, claim: str, text: str) -> None:
    found = check(text, NOTES)
    assert [(one.kind, one.claim) for one in found] == [(kind, claim)]


def test_each_statement_answers_to_its_own_notes() -> None:
    text = "Hồ Chí Minh ký sắc lệnh.[^1] Xã có 2.000 người.[^1] Xã có 2.000 người.[^2]"
    assert [(one.claim, one.notes) for one in check(text, NOTES)] == [("2.000", (1,))]


def test_what_the_user_asked_for_may_stand_in_headings_and_plain_lines() -> None:
    text = "# 80 năm (1945–2025)\n\nKhông tìm thấy gì vào ngày 1 tháng 2 năm 1945.\n\nĐã 80 năm.[^1]"
    given = ["80 năm", "1945–2025", "ngày 1 tháng 2 năm 1945"]
    assert [one.claim for one in check(text, NOTES, given)] == ["80"]


def test_markdown_marks_do_not_hide_a_claim() -> None:
    assert [one.claim for one in check("Có **1**2 lớp và \\*31\\*.[^1]", NOTES)] == ["12", "31"]


def test_the_refusal_says_what_is_wrong_and_what_to_do() -> None:
    error = UnsupportedClaims(check("Có 12 lớp.[^1]", NOTES))
    assert error.unsupported[0].claim == "12"
    assert "take the sentence out or cite" in str(error)


def test_one_statement_can_be_asked_about() -> None:
    assert supports("Sắc lệnh số 17/SL", NOTES[:1])
    assert not supports("Sắc lệnh số 18/SL", NOTES[:1])


@given(st.text(max_size=200))
def test_words_always_support_themselves(words: str) -> None:
    assert supports(words, [Quoted(1, words)])


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    check(text, NOTES)

"""Conflicts with both sides, and the ledger of the archive."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.web.things.conftest import Read


def test_both_sides_with_their_words(reader: TestClient, words_of: Read) -> None:
    page = words_of("/conflicts")
    assert "24/1/1946" in page and "25/1/1946" in page
    assert page.count("Hai ngày ban hành") >= 1
    assert "không phân xử" in page
    text = reader.get("/conflicts").text
    assert 'href="/document/cu?at=' in text and 'href="/document/sau?at=' in text


def test_what_the_data_of_a_document_say(words_of: Read) -> None:
    assert "Dữ liệu đi kèm tài liệu, không phải lời trong bài: 1946-04-05" in words_of("/conflicts?rule=own_days")


def test_by_grade(words_of: Read) -> None:
    assert "24/1/1946" not in words_of("/conflicts?grade=likely+misprint")
    assert "Không tìm thấy chỗ nào" in words_of("/conflicts?grade=rounding")
    words_of("/conflicts?grade=wrong", 400)


def test_rules_in_english(words_of: Read) -> None:
    assert "two days of issue of one act" in words_of("/conflicts?lang=en")


def test_the_ledger(words_of: Read) -> None:
    page = words_of("/status")
    assert "1 đầu vào: 0 xong, 0 trùng, 0 bỏ qua, 1 lỗi." in page
    assert "hỏng hai lần" in page
    assert "hong.pdf" in page
    assert "hong.pdf" in words_of("/status?type=pdf&reason=crashed")
    assert "hong.pdf" not in words_of("/status?type=docx")
    assert "The process that worked on it crashed twice" in words_of("/status?lang=en")

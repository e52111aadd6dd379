"""Acts: the list and its filters, and one act with values, dissent, relations, citations, candidates."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.things.conftest import Read

ACT = "/decree/vn:SL:CTCP:1946:13"


@pytest.mark.parametrize("asked", ["13/SL", "sắc lệnh 13/SL", "sac lenh so 13/sl", "vn:SL:CTCP:1946:13"])
def test_acts_are_found_by_number_type_and_key(words_of: Read, asked: str) -> None:
    assert "Sắc lệnh 13/SL" in words_of(f"/decrees?words={asked}")


@pytest.mark.parametrize("asked", ["words=14/SL", "type=luật", "year=1947", "year=x'"])
def test_acts_that_there_are_none_of(words_of: Read, asked: str) -> None:
    assert "Không có gì khớp" in words_of(f"/decrees?{asked}")


def test_dissent_is_shown_beside_the_value(words_of: Read) -> None:
    page = words_of(ACT)
    assert "ngày 24 tháng 1 năm 1946 theo nguồn" in page
    assert "Nơi khác nêu: ngày 25 tháng 1 năm 1946" in page
    assert "1 cách nêu khác, khớp" in page


def test_what_changed_it_with_the_cue(reader: TestClient, words_of: Read) -> None:
    assert "Được sửa đổi, bổ sung bởi 1 Sắc lệnh 85/SL" in words_of(ACT)
    assert "<mark>sửa đổi</mark>" in reader.get(ACT).text
    assert "Sửa đổi, bổ sung 1 Sắc lệnh 13/SL" in words_of("/decree/vn:SL:CTCP:1946:85")


def test_citations_by_purpose(words_of: Read) -> None:
    assert "làm căn cứ (“Căn cứ”)" in words_of(ACT)
    assert "làm căn cứ (“Căn cứ”)" not in words_of(f"{ACT}?purpose=changed")
    assert "Không có chỗ nào." in words_of(f"{ACT}?purpose=no-such")


def test_directives_that_rest_on_it(reader: TestClient, words_of: Read) -> None:
    assert "Chỉ đạo dựa vào văn bản này" in words_of(ACT)


def test_conflicts_on_it(words_of: Read) -> None:
    assert "mâu thuẫn · Hai ngày ban hành" in words_of(ACT)


def test_candidates_of_an_act_that_is_not_identified(reader: TestClient, words_of: Read) -> None:
    page = words_of("/decree/vn:SL:CTCP:%3F:13%23abc")
    assert "Không nguồn nào nêu năm ban hành" in page
    assert 'href="/decree/vn:SL:CTCP:1946:13"' in reader.get("/decree/vn:SL:CTCP:%3F:13%23abc").text
    assert "có thể là văn bản này" in words_of(ACT)

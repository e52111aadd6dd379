"""People: the list and its filters, and one person with offices, mentions, joins and what to look at."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.things.conftest import Read


@pytest.mark.parametrize("asked", ["Vũ Đình Hòe", "vu dinh hoe", "Vũ Đình Hoè", "vũ đình", "hoe", "dinh ho"])
def test_people_are_found_with_and_without_marks(words_of: Read, asked: str) -> None:
    assert "Vũ Đình Hòe Bộ trưởng, Bộ Tư pháp" in words_of(f"/people?name={asked}")


@pytest.mark.parametrize("asked", ["Vụ Đình", "oe", "zz", "-", "%"])
def test_other_names_are_not_found(words_of: Read, asked: str) -> None:
    assert "Không có gì khớp" in words_of(f"/people?name={asked}")


def test_people_of_a_body(words_of: Read) -> None:
    assert "Vũ Đình Hòe" in words_of("/people?body=bo+tu+phap")
    assert "Không có gì khớp" in words_of("/people?body=Bộ+Ngoại+giao")


def test_a_page_that_the_list_does_not_have_shows_the_way_back(words_of: Read) -> None:
    assert "Bỏ lọc" in words_of("/people?page=99")


def test_offices_say_what_is_told_and_what_follows(words_of: Read) -> None:
    page = words_of("/person/person-hoe")
    assert "Bắt đầu ngày 4 tháng 4 năm 1946: nguồn nói rõ (bổ nhiệm, bầu)" in page
    assert "Muộn nhất nguồn gọi như thế: ngày 1 tháng 1 năm 1949" in page
    assert "Kết thúc trước ngày 1 tháng 7 năm 1960: suy ra (người khác đã giữ chức)" in page


def test_every_mention_leads_to_its_words(reader: TestClient) -> None:
    page = reader.get("/person/person-hoe").text
    assert page.count('href="/document/cu?at=19-30#at"') >= 1
    assert 'href="/document/sau?at=10-21#at"' in page
    assert 'href="/body/body-btp"' in page


def test_why_documents_are_one_person(words_of: Read) -> None:
    assert "Là cùng người vì cùng chức vụ (Bộ trưởng), so với" in words_of("/person/person-hoe")


def test_flags_lead_to_the_other_both_ways(reader: TestClient) -> None:
    assert 'href="/person/person-other"' in reader.get("/person/person-hoe").text
    assert 'href="/person/person-hoe"' in reader.get("/person/person-other").text
    assert "trùng tên với người khác" in reader.get("/person/person-other").text


def test_events_and_directives(words_of: Read) -> None:
    page = words_of("/person/person-hoe")
    assert "Sự kiện có mặt" in page
    assert "Chỉ đạo đã đưa ra hạn 30/6/1946" in page


def test_in_english(words_of: Read) -> None:
    page = words_of("/person/person-hoe?lang=en")
    assert "Began 4 April 1946: a source says so (appointed or elected)" in page
    assert "One person because of the same office" in page

"""Bodies: the list and its filters, and one body with names, successions, people, directives, figures."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.things.conftest import Read


@pytest.mark.parametrize("asked", ["Bộ Tư pháp", "bo tu phap", "tu phap", "BTP"])
def test_bodies_are_found_with_and_without_marks_or_abbreviated(words_of: Read, asked: str) -> None:
    assert "28/8/1945 – 1960" in words_of(f"/bodies?name={asked}")


def test_bodies_of_a_kind(words_of: Read) -> None:
    assert "Bộ Tư pháp" in words_of("/bodies?kind=ministry")
    assert "Bộ Tư pháp" not in words_of("/bodies?kind=sources").partition("1–")[2]


def test_who_came_after_by_which_act(reader: TestClient, words_of: Read) -> None:
    page = words_of("/body/body-btp")
    assert "Tòa án nhân dân tối cao (1960 – nay) : chuyển giao, năm 1960; theo Luật Tổ chức" in page
    assert 'href="/body/body-tat"' in reader.get("/body/body-btp").text


def test_names_over_time_are_drawn_with_a_title_and_a_description(reader: TestClient) -> None:
    page = reader.get("/body/body-btp").text
    assert 'role="img" aria-labelledby="names-strip-t names-strip-d"' in page
    assert "<title id=\"names-strip-t\">Các tên gọi trước và sau Bộ Tư pháp</title>" in page


def test_people_directives_events_figures_and_documents(words_of: Read) -> None:
    page = words_of("/body/body-btp")
    for part in ("Ai đã giữ chức ở đây", "Chỉ đạo đã đưa ra", "Sự kiện có mặt", "Tài liệu nêu tên"):
        assert part in page
    assert "số vụ đã xử · các tòa án" in words_of("/body/body-bad")


def test_a_body_of_sources_only_says_so(words_of: Read) -> None:
    assert "Chỉ các nguồn nêu tên" in words_of("/body/body-bad")


def test_a_body_that_no_document_names(words_of: Read) -> None:
    assert "Không tài liệu nào" in words_of("/body/body-tat")

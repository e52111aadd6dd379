"""Series: the list and its filters, and one series as chart and table, with breaks and targets."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.things.conftest import Read


@pytest.mark.parametrize("asked", ["metric=so vu", "metric=số vụ", "subject=toa an", "metric=vụ&subject=tòa"])
def test_series_are_found_by_metric_and_subject(words_of: Read, asked: str) -> None:
    assert "số vụ đã xử" in words_of(f"/figures?{asked}")


def test_every_point_has_its_words(reader: TestClient, words_of: Read) -> None:
    page = words_of("/series/series-1")
    assert "1947 52 vụ" in page
    assert "khoảng 60 vụ" in page
    assert "<mark>52 vụ</mark>" in reader.get("/series/series-1").text


def test_breaks_and_targets(words_of: Read) -> None:
    page = words_of("/series/series-1")
    assert "Từ đây là số liệu của Tòa án nhân dân" in page
    assert "Chỉ tiêu bên kết quả" in page
    assert "đạt" in page.partition("Chỉ tiêu bên kết quả")[2]


def test_the_chart_tells_exact_from_about_and_hides_no_break(reader: TestClient) -> None:
    page = reader.get("/series/series-1").text
    chart = page.partition("<figure")[2].partition("</figure>")[0]
    assert chart.count('class="about"') == 1 and chart.count('class="target"') == 1
    assert chart.count('class="trend"') == 1 and chart.count('class="break"') == 1
    assert "<desc" in chart and "style=" not in chart


def test_a_series_without_points_or_numbers_is_no_error(words_of: Read) -> None:
    words_of("/series/series-bad", 404)

"""Events: one with all its tellings, and the timeline with its filters."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.things.base import APPOINTED
from tests.web.things.conftest import Read


def test_all_tellings_side_by_side_with_why(words_of: Read) -> None:
    page = words_of("/event/event-hoe")
    assert "2 nguồn độc lập · 2 lời kể trong 2 tài liệu" in page
    assert "Lời tiêu biểu" in page and "Ghép vì giống nhau. Cùng nêu: vũ đình, hòe" in page
    assert "tên chung +0.9" in page


def test_participants_lead_to_their_pages(reader: TestClient) -> None:
    page = reader.get("/event/event-hoe").text
    assert 'href="/person/person-hoe"' in page and 'href="/body/body-btp"' in page


@pytest.mark.parametrize("asked", [
    "", "year=1946", "type=appointment", "since=1946-04&until=1946", "person=person-hoe", "person=vu dinh hoe",
    "body=body-btp", "body=Bộ Tư pháp", "source=Công báo", "topic=bộ trưởng bộ tư pháp",
])
def test_the_timeline_by_what_is_asked(words_of: Read, asked: str) -> None:
    assert APPOINTED in words_of(f"/timeline?{asked}")


@pytest.mark.parametrize("asked", [
    "year=1947", "year=none", "year=-0256", "type=award", "type=planned", "since=1947", "person=nobody",
    "body=Bộ Ngoại giao", "source=Báo khác", "topic=đê điều", "page=9",
])
def test_others_are_not(words_of: Read, asked: str) -> None:
    assert APPOINTED not in words_of(f"/timeline?{asked}")


@pytest.mark.parametrize("asked", ["year=abc", "since=hôm+nay", "topic=---", "page=0", "page=x"])
def test_what_cannot_be_read_is_said(words_of: Read, asked: str) -> None:
    assert "Hãy viết" in words_of(f"/timeline?{asked}", 400)
    assert "Write" in words_of(f"/timeline?{asked}&lang=en", 400)

"""Directives: the list by deadline, and one directive with who, whom, by when, and where it is said again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from outputs.factbase import FactBase
from outputs.review import Reviews, review_path
from outputs.web import make_app
from tests.web.things.base import APPOINTED, CLAUSE
from tests.web.things.conftest import Read


@pytest.fixture(scope="module")
def directive(things: Path) -> str:
    with FactBase.open(things) as base:
        return str(base.db.execute(
            "SELECT m.id FROM mention m JOIN document d ON d.key = m.document WHERE m.kind = 'directive'"
            " AND m.quote = ? AND d.id = 'cu'", (CLAUSE,)).fetchone()[0])


@pytest.mark.parametrize("asked", [
    "", "deadline=any", "issuer=bo tu phap", "addressee=toa an", "since=1946&until=1946-06-30", "body=body-btp",
    "person=person-hoe", "decree=vn:SL:CTCP:1946:13", "force=order", "body=body-btp&side=issuer",
])
def test_directives_are_listed_by_what_is_asked(words_of: Read, asked: str) -> None:
    assert CLAUSE in words_of(f"/directives?{asked}")


@pytest.mark.parametrize(
    "asked", ["since=1947", "force=promise", "issuer=Bộ Ngoại giao", "body=body-btp&side=addressee"]
)
def test_others_are_not(words_of: Read, asked: str) -> None:
    assert "Không có gì khớp" in words_of(f"/directives?{asked}")


def test_what_a_document_says_again_is_listed_once(words_of: Read) -> None:
    assert "phải báo cáo đúng hạn" not in words_of("/directives")


@pytest.mark.parametrize("asked", ["since=hôm+qua", "issuer=---"])
def test_what_cannot_be_read_is_said(words_of: Read, asked: str) -> None:
    assert "Hãy viết" in words_of(f"/directives?{asked}", 400)


def test_a_directive_with_all_that_is_known(reader: TestClient, words_of: Read, directive: str) -> None:
    page = words_of(f"/directive/{directive}")
    assert "Bên chỉ đạo Bộ Tư pháp" in page
    assert "ngày 30 tháng 6 năm 1946 nêu rõ trong lời" in page
    assert "Nói lại trong cùng văn bản" in page and "Các tòa án phải báo cáo đúng hạn" in page
    assert "Nguyên văn như thế ở tài liệu khác" in page
    assert 'href="/decree/vn:SL:CTCP:1946:13"' in reader.get(f"/directive/{directive}").text


def test_what_readers_said_stands_beside_the_lines_of_every_list(things: Path, tmp_path: Path) -> None:
    facts = Path(shutil.copy(things, tmp_path))
    quotes = {"directive": CLAUSE, "event": APPOINTED, "figure": "52 vụ", "decree": "Sắc lệnh số 13/SL"}
    with FactBase.open(facts) as base:
        reviews = Reviews.open(review_path(facts))
        for kind, quote in quotes.items():
            for (mention,) in base.db.execute("SELECT id FROM mention WHERE kind = ? AND quote = ?", (kind, quote)):
                reviews.decide(base, "reject", mention, by="Lan", at="2026-11-22T08:00:00+00:00")
    with TestClient(make_app(facts), base_url="http://127.0.0.1") as reader:
        for page in ("/directives", "/timeline", "/event/event-hoe", "/series/series-1", "/body/body-btp",
                     "/person/person-hoe", "/decree/vn:SL:CTCP:1946:13", "/conflicts"):
            assert "đã bác" in reader.get(page).text, page
        for taken in ("/list/directives?as=json", "/list/figures?as=json", "/list/timeline?as=json"):
            assert "reject" in {row["review"] for row in reader.get(taken).json()}, taken
        asked = reader.get("/", params={"q": "báo cáo", "kind": "directive", "as": "json"})
        assert "reject" in {row["review"] for row in asked.json()}

"""The fact base under the room: built, replaced, removed or old while readers read."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.routing import Route

from outputs.factbase import FactBase, FactBaseError
from outputs.factbase.store import SCHEMA_VERSION
from outputs.web import make_app
from outputs.web.page import Refused
from outputs.web.room import Room
from tests.outputs.small_base import LETTER, ORDER, add, letter_facts, order_facts
from tests.web.conftest import Entered, said

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def small(path: Path, *names: str) -> Path:
    with FactBase.create(path) as base:
        for name in names:
            text, facts = (ORDER, order_facts()) if name == "order" else (LETTER, letter_facts())
            add(base, name, text, facts, title=name)
    return path


def test_a_file_that_is_being_built_is_read_as_it_was(tmp_path: Path, entered: Entered) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path)
    with FactBase.create(path) as writer:
        with writer.transaction():
            add(writer, "letter", LETTER, letter_facts(), title="letter")
            assert reader.get("/document/order").status_code == 200
            assert reader.get("/document/letter").status_code == 404
            assert reader.get("/?q=an").status_code == 200
        assert reader.get("/document/letter").status_code == 200
    assert reader.get("/document/letter").status_code == 200


def test_a_replaced_file_is_opened_anew(tmp_path: Path, entered: Entered) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path)
    assert reader.get("/document/order").status_code == 200
    small(tmp_path / "new.db", "letter").replace(path)
    assert reader.get("/document/order").status_code == 404
    assert reader.get("/document/letter").status_code == 200


def test_a_file_that_is_gone_is_told_and_found_again(tmp_path: Path, entered: Entered) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path)
    assert reader.get("/document/order").status_code == 200
    path.rename(tmp_path / "away.db")
    answer = reader.get("/document/order")
    assert answer.status_code == 503
    assert "sulieu build" in said(answer.text)
    assert "sulieu build" in reader.get("/api/status").json()["error"]
    (tmp_path / "away.db").rename(path)
    assert reader.get("/document/order").status_code == 200


def test_a_file_that_is_replaced_by_something_else(tmp_path: Path, entered: Entered) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path)
    (tmp_path / "text").write_text("không phải cơ sở dữ liệu, " * 200)
    (tmp_path / "text").replace(path)
    answer = reader.get("/document/order?lang=en")
    assert answer.status_code == 503
    assert "is not a fact base" in said(answer.text)


def test_a_file_that_is_locked(tmp_path: Path, entered: Entered, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path, threads=1)
    monkeypatch.setattr("outputs.web.room.WAIT", 0.0)
    assert reader.get("/document/order").status_code == 200
    other = sqlite3.connect(path)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    answer = reader.get("/document/order")
    assert answer.status_code == 503
    assert "đang được ghi" in said(answer.text)
    other.close()
    assert reader.get("/document/order").status_code == 200


@pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1])
def test_a_fact_base_of_another_version_is_not_opened(tmp_path: Path, version: int, entered: Entered) -> None:
    path = small(tmp_path / "facts.db", "order")
    reader = entered(path)
    old = tmp_path / "old.db"
    shutil.copy(path, old)
    db = sqlite3.connect(old)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    with pytest.raises(FactBaseError, match="another version"):
        make_app(old)
    old.replace(path)
    answer = reader.get("/?lang=en")
    assert answer.status_code == 503
    assert "was made by another version" in said(answer.text)


def test_a_question_that_takes_too_long_is_interrupted(facts: Path, entered: Entered) -> None:
    reader = entered(seconds=0.0)

    async def endless(request: Request) -> None:
        await request.app.state.room.read(lambda base: base.db.execute(ENDLESS).fetchone())

    reader.app.router.routes.append(Route("/endless", endless))  # type: ignore[attr-defined]
    answer = reader.get("/endless")
    assert answer.status_code == 503
    assert "Hãy hỏi hẹp hơn" in said(answer.text)
    assert reader.get("/document/none").status_code == 404     # the same handle goes on


def test_what_is_left_by_an_interrupted_question_is_a_usable_handle(facts: Path) -> None:
    room = Room(facts, seconds=0.0, threads=1)
    with pytest.raises(Refused):
        room.answer(lambda base: base.db.execute(ENDLESS).fetchone())
    assert room.answer(lambda base: base.db.execute("SELECT 1").fetchone()[0]) == 1
    assert not room.answer(lambda base: base.db).in_transaction
    room.close()


def test_the_handle_writes_nothing(facts: Path) -> None:
    room = Room(facts, seconds=5.0, threads=1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        room.answer(lambda base: base.db.execute("DELETE FROM mention"))
    room.close()


def test_what_the_first_question_needs_may_be_read_at_once(facts: Path, entered: Entered) -> None:
    assert entered(warm=True).get("/", params={"q": "an"}).status_code == 200


def test_closing_interrupts_what_is_being_warmed(facts: Path) -> None:
    room = Room(facts, seconds=5.0, threads=1)
    room.warm(lambda base: base.db.execute(ENDLESS).fetchone(), 3600.0)
    room.close()
    warming = [thread for thread in threading.enumerate() if thread.name == "room-warm"]
    for thread in warming:
        thread.join(60)
    assert not any(thread.is_alive() for thread in warming)

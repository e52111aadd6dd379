"""What a person reads in any SQLite browser: every view opens, holds what it says, and quotes the text."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from outputs.factbase import FactBase
from pipeline.run import Options, build

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"
PAGE = (ROOT / "docs" / "factbase.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^([^\n]*\?) \*[^\n]*\*\n\n```sql\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
# What the samples do not hold: targets, offices that follow each other, a directive with a day of its own.
MORE = {
    "target": "Năm 2025, Cục Thi hành án dân sự thành phố Hải Phòng đạt tỷ lệ thi hành án về việc 84,5%, chỉ tiêu "
              "năm 2025 là 83,5%. Năm 2024, Cục Thi hành án dân sự thành phố Hải Phòng đạt tỷ lệ thi hành án về việc "
              "82,1%.",
    "order": "Ngày 12/3/1958, Thủ tướng Phạm Văn Đồng yêu cầu Bộ Thủy lợi kiểm tra các tuyến đê trước ngày 30/4/1958. "
             "Thủ tướng Phạm Văn Đồng yêu cầu Bộ Thủy lợi kiểm tra các tuyến đê trước ngày 30/4/1958.",
    "law": "Ngày 18/7/2015, Chính phủ ban hành Nghị định số 62/2015/NĐ-CP. Nghị định số 33/2020/NĐ-CP sửa đổi, bổ sung "
           "một số điều của Nghị định số 62/2015/NĐ-CP.",
    "retold": "Sáng 19/7/1946, Chủ tịch Chính phủ Việt Nam dân chủ cộng hòa ký Sắc lệnh số 130/SL quy định thể thức "
              "thi hành mệnh lệnh hoặc bản án của tòa án.",
}
DATED = {"order": "1958-03-13"}   # an order of long ago is told only as history in a text of today
NOT_IN_SAMPLES = {"read_person_flags", "read_series", "read_targets"}   # held by tests of their own


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactBase]:
    folder = tmp_path_factory.mktemp("views")
    (folder / "more").mkdir()
    records = [
        {"id": name, "title": f"Bài {name}", "date": DATED.get(name, "2026-01-05"), "text": text}
        for name, text in MORE.items()
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "more" / "more.jsonl").write_text(lines, encoding="utf-8")
    target = folder / "facts.db"
    build([SAMPLES / "news", SAMPLES / "notices", folder / "more"], target, options=Options(jobs=0))
    with FactBase.open(target) as opened:
        yield opened


def views(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")]


NAMES = views(FactBase.create(":memory:").db)
READ = [name for name in NAMES if name.startswith("read_")]


@pytest.mark.parametrize("view", READ)
def test_every_view_has_lines(base: FactBase, view: str) -> None:
    found = base.db.execute(f"SELECT * FROM {view}").fetchall()
    assert found or view in NOT_IN_SAMPLES


@pytest.mark.parametrize("view", READ)
def test_every_quote_is_in_its_place(base: FactBase, view: str) -> None:
    """Where a line points into a text, the words there are its quote; a clause around it holds them."""
    texts = {row["id"]: row["text"] for row in base.db.execute("SELECT id, text FROM document")}
    for row in map(dict, base.db.execute(f"SELECT * FROM {view}")):
        if "start" in row and row["start"] is not None:
            assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]
        for name in ("clause", "cue"):
            assert not row.get(name) or row[name] in texts[row["document"]]
        for name in ("other_quote", "target_quote"):
            if row.get(name):
                assert row[name] in texts[row[name.replace("quote", "document")]]


@pytest.mark.parametrize("view", READ)
def test_every_line_names_its_document_for_a_reader(base: FactBase, view: str) -> None:
    documents = {row["id"]: row["title"] for row in base.db.execute("SELECT id, title FROM document")}
    for row in map(dict, base.db.execute(f"SELECT * FROM {view}")):
        assert not {"key", "mention"} & row.keys()
        if row.get("document") and "document_title" in row:
            assert documents[row["document"]] == row["document_title"]
            assert "path" not in row or row["path"]


@pytest.mark.parametrize("view", READ)
def test_a_filter_reads_no_whole_text_table_twice(base: FactBase, view: str) -> None:
    """What one document says is found through indexes: no view reads all mentions for it."""
    columns = [row["name"] for row in base.db.execute(f"PRAGMA table_info({view})")]
    if "document" not in columns or view == "read_outcomes":
        return
    plan = base.db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE document = 'order'")
    assert not [row["detail"] for row in plan if re.match(r"SCAN (m|mention|document|d|p)\b", row["detail"])]


def test_there_are_ten_questions() -> None:
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_every_question_has_an_answer(base: FactBase, question: str, sql: str) -> None:
    found = base.db.execute(sql).fetchall()
    assert found, question
    if "as_quoted" in found[0].keys():  # noqa: SIM118 - of sqlite3.Row
        assert all(row["as_quoted"] for row in found)


def one(base: FactBase, sql: str) -> tuple[object, ...]:
    return tuple(base.db.execute(sql).fetchone())


def test_who_told_whom_to_do_what_by_when(base: FactBase) -> None:
    assert one(base, """
        SELECT issuer, addressee, action, deadline, first_day, said_again, repeats FROM read_directives
        WHERE document = 'order' AND said_again
    """) == ("Thủ tướng Phạm Văn Đồng", "Bộ Thủy lợi", "kiểm tra các tuyến đê trước ngày 30/4/1958", "1958-04-30",
          "1958-04-30", 1, None)


def test_which_act_changes_which(base: FactBase) -> None:
    assert one(base, "SELECT subject, relation, object FROM read_decree_relations WHERE document = 'law'") == (
        "vn:NĐ:CP:2020:33", "amends", "vn:NĐ:CP:2015:62"
    )


def test_numbers_are_numbers(base: FactBase) -> None:
    found = one(base, "SELECT value, value_exact FROM read_figures WHERE document = 'target' AND value > 84")
    assert found == (84.5, "84.5")


def test_an_event_has_one_line_and_its_tellings_have_theirs(base: FactBase) -> None:
    events, tellings, shown = one(base, """
        SELECT (SELECT count(*) FROM read_events), (SELECT count(*) FROM read_event_tellings),
               (SELECT count(*) FROM read_event_tellings WHERE shown)
    """)
    assert events == base.count("event") == shown
    assert tellings == base.count("event_fact")


@pytest.mark.parametrize(("view", "table"), [
    ("read_citations", "decree_fact"), ("read_officials", "official_fact"), ("read_dates", "date_fact"),
    ("read_figures", "figure_fact"), ("read_directives", "directive_fact"), ("read_participants", "event_participant"),
    ("read_conflicts", "conflict_side"), ("read_offices", "occupancy"), ("read_people", "person"),
    ("read_decrees", "decree"), ("read_bodies", "body"), ("read_body_names", "body_mention"),
    ("read_links", "fact_link"), ("read_documents", "document"), ("read_outcomes", "outcome"),
])
def test_a_view_leaves_nothing_out(base: FactBase, view: str, table: str) -> None:
    assert base.count(view) == base.count(table)

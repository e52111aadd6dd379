"""`sulieu status`: what became of every input, and what the builds were."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import pipeline.assemble
from outputs.factbase import FactBase
from outputs.status import Status, status
from pipeline import work
from pipeline.lock import at_work
from pipeline.run import Options
from pipeline.run import build as run_build
from pipeline.show_status import show_status

LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự."


@pytest.fixture
def kho(tmp_path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "a.txt").write_text(LAW, encoding="utf-8")
    (folder / "b.txt").write_text(LAW + " Luật có hiệu lực từ ngày 1/7/2009.", encoding="utf-8")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def build(target: Path, *inputs: Path, **options: object) -> None:
    run_build(inputs, target, options=replace(Options(jobs=0), **options))  # type: ignore[arg-type]


def of(target: Path, **wanted: int) -> Status:
    with FactBase.open(target) as base:
        return status(base, **wanted)


def shown(capsys: pytest.CaptureFixture[str], found: Status, **more: object) -> str:
    given = {"facts": "f.db", "whole": False, "as_json": False, "runs": 3, **more}
    show_status(found, **given)  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_runs_are_told_the_last_one_first(kho, tmp_path, capsys):
    build(tmp_path / "f.db", kho)
    (kho / "a.txt").unlink()
    build(tmp_path / "f.db", kho)
    found = of(tmp_path / "f.db")
    last, first = found.runs
    assert (first.found, first.unchanged, first.retired) == (4, 0, 0)
    assert (last.found, last.unchanged, last.retired) == (3, 3, 1)
    assert last.outcomes == {"done": 1, "failed": 1, "skipped": 1} and last.inputs == [str(kho)]
    assert first.rate and first.memory and first.versions["python"] and first.seconds
    table = shown(capsys, found)
    assert "những lần lập gần nhất" in table and last.program[:7] in table
    assert first.program[:7] not in shown(capsys, found, runs=0)


def test_what_failed_is_grouped_by_stage_and_tells_what_it_took(kho, tmp_path, capsys, monkeypatch):
    find = work.extract

    def broken(document, *rest):
        return 1 / 0 if document.id == "b.txt" else find(document, *rest)

    monkeypatch.setattr(work, "extract", broken)
    build(tmp_path / "f.db", kho)
    found = of(tmp_path / "f.db")
    failed = {(one.input, one.stage, one.reason) for one in found.listed}
    assert failed == {("rong.txt", "read", "empty"), ("b.txt", "extract", "extraction-failed")}
    assert {(one.stage, one.reason, one.inputs) for one in found.reasons if one.reason} == {
        ("read", "empty", 1), ("extract", "extraction-failed", 1), ("scan", "system-file", 1),
    }
    assert all(one.seconds is not None for one in found.listed)
    text = shown(capsys, found)
    assert "lỗi khi đọc · text · empty: 1" in text and "lỗi khi trích xuất · text · extraction-failed: 1" in text
    assert "bỏ qua · không rõ · system-file: 1" in text
    (line,) = (line for line in text.splitlines() if "- rong.txt" in line)
    assert "(0 byte) · " in line and " giây" in line


def test_the_slowest_and_the_longest_are_told_when_asked_for(kho, tmp_path, capsys):
    build(tmp_path / "f.db", kho)
    with FactBase.create(tmp_path / "f.db") as base:
        base.db.execute("UPDATE outcome SET seconds = 7.5, memory = 52428800 WHERE input = 'a.txt'")
        base.db.commit()
    found = of(tmp_path / "f.db", slowest=1, largest=2)
    assert [one.input for one in found.slowest] == ["a.txt"]
    assert [one.input for one in found.largest] == ["b.txt", "a.txt"]
    text = shown(capsys, found)
    assert f"lâu nhất:\n  - a.txt · {len(LAW)} chữ · 7,5 giây · 50 MiB" in text
    assert "dài nhất:\n  - b.txt" in text
    assert "lâu nhất" not in shown(capsys, of(tmp_path / "f.db"))


def test_a_build_that_was_stopped_is_told(kho, tmp_path, capsys, monkeypatch):
    def stopped(*given: object, **how: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.assemble, "assemble", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path / "f.db", kho)
    found = of(tmp_path / "f.db")
    assert found.runs[0].ended is None and not found.assembled
    text = shown(capsys, found)
    assert "bị dừng trước khi xong: chạy lại đúng lệnh ấy để làm tiếp" in text and "chưa được tổng hợp" in text
    assert "một lần lập đang chạy" in shown(capsys, found, going_on=True)
    build(tmp_path / "f.db", kho)
    found = of(tmp_path / "f.db")
    assert found.assembled and [bool(one.ended) for one in found.runs] == [True, False]
    assert "để làm tiếp" not in shown(capsys, found)


def test_a_build_at_work_is_known_by_its_lock(tmp_path):
    lock = tmp_path / ".f.db.lock"
    assert not at_work(tmp_path / "f.db")
    with FileLock(lock):
        assert at_work(tmp_path / "f.db")
    lock.touch()   # left by a build that was killed
    assert not at_work(tmp_path / "f.db")


def test_json_has_all(kho, tmp_path, capsys):
    for _ in range(4):
        build(tmp_path / "f.db", kho)
    told = json.loads(shown(capsys, of(tmp_path / "f.db", slowest=1), as_json=True, runs=1))
    assert len(told["runs"]) == 4 and told["runs"][0]["options"]["jobs"] == 0
    assert told["at_work"] is False and told["assembled"] is True and len(told["slowest"]) == 1
    assert {"stage", "seconds", "memory"} <= told["listed"][0].keys()

"""A build: every input accounted for, nothing redone, nothing lost."""

import json
import os
import shutil
import zipfile

import pytest

import pipeline.assemble
from outputs.factbase import FactBase
from pipeline import batches, work
from pipeline.run import build as run_build
from tests.pipeline.running import DECREE, HERE, LAW, build, documents, outcomes


def test_every_input_is_accounted_for(archive, tmp_path):
    report = build([archive], tmp_path / "f.db")
    kept = outcomes(tmp_path / "f.db")
    assert report.found == len(kept) == 7
    assert sum(status == "done" for status, _ in kept.values()) == report.outcomes["done"] == 4
    assert kept["rong.txt"] == ("failed", "empty")
    assert kept["may.bin"][0] == "failed"
    assert documents(tmp_path / "f.db") == ["1946/sac-lenh.txt", "a", "b", "luat.txt"]


def test_the_second_run_redoes_nothing(archive, tmp_path, monkeypatch):
    first = build([archive], tmp_path / "f.db")
    monkeypatch.setattr(work, "extract", lambda *arguments: pytest.fail("extracted again"))
    monkeypatch.setattr(pipeline.assemble, "assemble", lambda base, **how: pytest.fail("assembled again"))
    second = build([archive], tmp_path / "f.db")
    assert second.outcomes == first.outcomes
    assert second.unchanged == second.found


def test_a_changed_file_replaces_what_it_stated(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    (archive / "luat.txt").write_text("Ngày 23/5/2014, hội nghị khai mạc.", encoding="utf-8")
    report = build([archive], tmp_path / "f.db")
    assert report.unchanged == report.found - 1
    with FactBase.open(tmp_path / "f.db") as base:
        rows = base.db.execute(
            "SELECT quote FROM mention m JOIN document d ON d.key = m.document "
            "WHERE d.id = 'luat.txt' AND m.kind = 'date'"
        )
        assert [row["quote"] for row in rows] == ["Ngày 23/5/2014"]


def test_a_file_that_became_unreadable_takes_its_facts_with_it(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    (archive / "luat.txt").write_bytes(b"")
    build([archive], tmp_path / "f.db")
    assert "luat.txt" not in documents(tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["luat.txt"] == ("failed", "empty")


def test_a_removed_file_takes_its_facts_with_it(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    (archive / "luat.txt").unlink()
    assert build([archive], tmp_path / "f.db").retired == 1
    assert "luat.txt" not in documents(tmp_path / "f.db")
    assert "luat.txt" not in outcomes(tmp_path / "f.db")


def test_a_folder_that_is_suddenly_empty_is_a_disk_that_is_not_there(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    before = documents(tmp_path / "f.db")
    shutil.rmtree(archive)
    archive.mkdir()
    assert build([archive], tmp_path / "f.db").retired == 0
    assert documents(tmp_path / "f.db") == before
    assert build([archive], tmp_path / "f.db", prune=True).retired == 7
    assert documents(tmp_path / "f.db") == []


def test_archives_are_added_one_after_another_and_pruned_when_asked(archive, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "luat.txt").write_text(DECREE + " Một bản khác.", encoding="utf-8")
    build([archive], tmp_path / "f.db")
    build([other], tmp_path / "f.db")
    assert {"luat.txt", "other/luat.txt"} <= outcomes(tmp_path / "f.db").keys()
    assert {"luat.txt", "other/luat.txt"} <= set(documents(tmp_path / "f.db"))
    build([other], tmp_path / "f.db", prune=True)
    assert outcomes(tmp_path / "f.db").keys() == {"other/luat.txt"}


def test_an_archive_that_was_moved_is_the_same_archive(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    (tmp_path / "usb").mkdir()
    archive.rename(tmp_path / "usb" / "archive")
    report = build([tmp_path / "usb" / "archive"], tmp_path / "f.db")
    assert report.unchanged == report.found == 7


def test_the_document_of_a_removed_file_lives_on_in_its_repetition(tmp_path):
    folder = tmp_path / "kho"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_text(json.dumps({"id": "x", "text": LAW}) + "\n", encoding="utf-8")
    build([folder], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["b.jsonl#1"] == ("duplicate", "same-document")
    (folder / "a.jsonl").unlink()
    build([folder], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db") == {"b.jsonl#1": ("done", None)}
    assert documents(tmp_path / "f.db") == ["x"]


def test_when_the_first_of_two_copies_goes_the_other_is_the_source(archive, tmp_path):
    (archive / "z-ban-sao.txt").write_text(LAW, encoding="utf-8")
    build([archive], tmp_path / "f.db")
    (archive / "luat.txt").unlink()
    build([archive], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["z-ban-sao.txt"] == ("done", None)


def test_a_touched_file_is_not_read_again(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    os.utime(archive / "luat.txt", (0, 0))
    monkeypatch.setattr(work, "walk", lambda *arguments: pytest.fail("read again"))
    assert build([archive], tmp_path / "f.db").unchanged == 7


def test_an_edit_that_keeps_size_and_date_is_seen(archive, tmp_path):
    file = archive / "luat.txt"
    before = file.stat()
    build([archive], tmp_path / "f.db")
    file.write_text(LAW.replace("2008", "2009"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build([archive], tmp_path / "f.db").unchanged == 6


def test_only_what_failed_is_read_again(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    read: list[str] = []
    walk = work.walk
    monkeypatch.setattr(work, "walk", lambda item, *rest: (read.append(item.name), walk(item, *rest))[1])
    report = build([], tmp_path / "f.db", retry=True, reasons=("empty",))
    assert read == ["rong.txt"] and report.found == 7
    (archive / "rong.txt").write_text("Có chữ rồi.", encoding="utf-8")
    report = build([archive], tmp_path / "f.db", retry=True)
    assert set(read) == {"rong.txt", "tin.jsonl", "may.bin"}
    assert outcomes(tmp_path / "f.db")["rong.txt"] == ("done", None) and report.outcomes["failed"] == 2


def test_progress_is_told_in_bytes_also_inside_a_file_of_many(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "STREAMED", 0)
    monkeypatch.setattr(batches, "MOST_TASKS", 1)
    lines = [json.dumps({"id": str(number), "text": LAW * 40}, ensure_ascii=False) for number in range(40)]
    (tmp_path / "tin.jsonl").write_text("\n".join(lines), encoding="utf-8")
    seen = []
    run_build([tmp_path / "tin.jsonl"], tmp_path / "f.db", options=HERE, progress=lambda one: seen.append(one.done))
    assert seen == sorted(seen) and len(set(seen)) > 2
    assert seen[-1] == (tmp_path / "tin.jsonl").stat().st_size


def test_members_of_one_name_are_two_inputs(tmp_path):
    with zipfile.ZipFile(tmp_path / "bo.zip", "w") as container, pytest.warns(UserWarning, match="Duplicate name"):
        container.writestr("a.txt", "Một tin.")
        container.writestr("a.txt", "Hai tin.")
    report = build([tmp_path / "bo.zip"], tmp_path / "f.db")
    assert report.found == len(outcomes(tmp_path / "f.db")) == 2


def test_a_fact_base_is_one_file(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        base.count("mention")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["f.db"]


def test_a_copy_is_kept_and_marked(archive, tmp_path):
    (archive / "z-ban-sao.txt").write_text(LAW, encoding="utf-8")
    build([archive], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["z-ban-sao.txt"] == ("duplicate", "same-text")
    assert "z-ban-sao.txt" in documents(tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        assert {row[0] for row in base.db.execute("SELECT sources FROM event")} <= {1}


def test_one_identifier_and_two_texts_lose_neither(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"id": "a", "text": "Một."}\n{"id": "a", "text": "Hai."}\n{"id": "a", "text": "Một."}\n')
    build([path], tmp_path / "f.db")
    assert [status for status, _ in outcomes(tmp_path / "f.db").values()] == ["done", "done", "duplicate"]
    with FactBase.open(tmp_path / "f.db") as base:
        texts = {row["text"] for row in base.db.execute("SELECT text FROM document")}
    assert texts == {"Một.", "Hai."}


def test_an_outcome_keeps_the_type_of_the_innermost_file(archive, tmp_path):
    with zipfile.ZipFile(archive / "bo.zip", "w") as container:
        container.writestr("tin.html", "<html><body><p>Một trang tin.</p></body></html>")
    build([archive], tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        types = {name: outcome.file_type for name, outcome in base.outcomes().items()}
    assert types["bo.zip#tin.html"] == "html" and types["tin.jsonl#2"] == "jsonl" and types["rong.txt"] == "text"

"""A build: every input accounted for, nothing redone, nothing lost."""

import gzip
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline.assemble
from corpus import metadata
from corpus.errors import InputNotFound
from corpus.read import read
from corpus.readers import records
from corpus.readers import text as text_reader
from corpus.scan import Item
from extractors.lexicon import LexiconError
from outputs.factbase import FactBase, FactBaseError
from outputs.factbase.store import SCHEMA_VERSION
from pipeline import batches, commit, run, stale, work
from pipeline.run import Options, Report
from pipeline.run import build as run_build

DECREE = "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án."
LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự."


HERE = Options(jobs=0)   # in this process, so that parts of it can be replaced


def build(inputs: list[Path], target: Path, **options: object) -> Report:
    return run_build(inputs, target, options=replace(HERE, **options))


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "archive"
    (folder / "1946").mkdir(parents=True)
    (folder / "1946" / "sac-lenh.txt").write_text(DECREE, encoding="utf-8")
    (folder / "luat.txt").write_text(LAW, encoding="utf-8")
    records = [{"id": "a", "text": "Một tin ngắn."}, {"id": "b", "text": "Một tin khác.", "date": "2020-01-02"}]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "tin.jsonl").write_text("\n".join([lines[0], "{not json", lines[1]]), encoding="utf-8")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "may.bin").write_bytes(b"\x7fELF\x00\x01\x02\x03" * 50)
    return folder


def outcomes(path: Path) -> dict[str, tuple[str, str | None]]:
    with FactBase.open(path) as base:
        return {name: (outcome.status, outcome.reason) for name, outcome in base.outcomes().items()}


def documents(path: Path) -> list[str]:
    with FactBase.open(path) as base:
        return [row["id"] for row in base.db.execute("SELECT id FROM document ORDER BY id")]


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


def test_other_readers_read_everything_anew(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    monkeypatch.setattr(run, "reading_version", lambda: "other")
    assert build([archive], tmp_path / "f.db").unchanged == 0


def another_program(monkeypatch, kind: str, version: str = "other") -> None:
    """As if the extractor of one kind had changed since."""
    changed = {**commit.current(), kind: version}
    for module in (commit, stale):
        monkeypatch.setattr(module, "current", lambda: changed)
    for module in (run, commit, stale):
        monkeypatch.setattr(module, "program", lambda: f"with {kind} {version}")


def test_a_changed_extractor_is_run_again_and_no_other(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    before = _export(tmp_path / "f.db")
    asked = []
    find = work.extract
    monkeypatch.setattr(work, "walk", lambda *arguments: pytest.fail("read again"))
    monkeypatch.setattr(work, "extract", lambda *given: (asked.append(given[2]), find(*given))[1])
    another_program(monkeypatch, "figure")
    report = build([archive], tmp_path / "f.db")
    assert asked == [("figure",)] * 4 and (report.unchanged, report.again) == (7, 4)
    assert _export(tmp_path / "f.db") == before
    asked.clear()
    assert build([archive], tmp_path / "f.db").again == 0 and asked == []


@pytest.mark.parametrize("kind", ["date", "decree", "event"])
def test_what_a_changed_extractor_finds_takes_the_place_of_what_it_found(archive, tmp_path, monkeypatch, kind):
    build([archive], tmp_path / "f.db")
    find = work.extract
    names = {
        "date": ("dates",), "decree": ("decrees", "relations", "participants"), "event": ("events", "participants"),
    }[kind]
    monkeypatch.setattr(work, "extract", lambda *given: replace(find(*given), **dict.fromkeys(names, ())))
    another_program(monkeypatch, kind)
    assert build([archive], tmp_path / "f.db").again == 4
    kinds = {json.loads(line)["kind"] for line in _export(tmp_path / "f.db")}
    assert kind not in kinds and {"date", "decree", "event"} - {kind} <= kinds
    monkeypatch.setattr(work, "extract", find)
    another_program(monkeypatch, kind, "mended")
    build([archive], tmp_path / "f.db")
    build([archive], tmp_path / "whole.db")
    assert _export(tmp_path / "f.db") == _export(tmp_path / "whole.db")


def test_a_document_on_which_an_older_extractor_failed_is_tried_again(archive, tmp_path, monkeypatch):
    find = work.extract
    monkeypatch.setattr(work, "extract", lambda *given: 1 / 0)
    assert build([archive], tmp_path / "f.db").outcomes["failed"] == 7
    monkeypatch.setattr(work, "extract", find)
    another_program(monkeypatch, "event")
    assert build([archive], tmp_path / "f.db").outcomes["done"] == 4


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


RECORDS = [{"id": f"t{n}", "text": f"Tin {n}.{' HỎNG' if n == 2 else ''}"} for n in (1, 2, 3)]
LINES = "\n".join(json.dumps(record) for record in RECORDS)


def zipped(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return data.getvalue()


def tarred(members: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as container:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            container.addfile(info, io.BytesIO(content.encode()))
    return data.getvalue()


def captured(pages: list[str]) -> bytes:
    head = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: "
    return "".join(f"{head}{len(page.encode())}\r\n\r\n{page}\r\n\r\n" for page in pages).encode()


MEMBERS = {f"{n}.txt": record["text"] for n, record in enumerate(RECORDS, 1)}
CONTAINERS = {   # what of them fails where a reader of ours does on the record in the middle
    "tin.jsonl": (LINES.encode(), "tin.jsonl#2"),
    "tin.jsonl.gz": (gzip.compress(LINES.encode()), "tin.jsonl.gz#2"),
    "tin.json": (json.dumps(RECORDS).encode(), "tin.json#2"),
    "tin.csv": ("\n".join(["id,text", *(f"{r['id']},{r['text']}" for r in RECORDS)]).encode(), "tin.csv#2"),
    "bo.zip": (zipped(MEMBERS), "bo.zip#2.txt"),
    "bo.tar": (tarred(MEMBERS), "bo.tar#2.txt"),
    "trang.warc": (captured([record["text"] for record in RECORDS]), "trang.warc#2"),
    "lop.zip": (zipped({"a.txt": "Tin a.", "b.jsonl": LINES, "c.txt": "Tin c."}), "lop.zip#b.jsonl#2"),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_record_that_breaks_a_reader_fails_alone(tmp_path, monkeypatch, name):
    def broken(text, *rest, **how):
        if "HỎNG" in text:
            raise ZeroDivisionError("a bug of ours")
        return metadata.describe(text, *rest, **how)

    for module in (records, text_reader):
        monkeypatch.setattr(module, "describe", broken)
    data, at_fault = CONTAINERS[name]
    (tmp_path / name).write_bytes(data)
    report = build([tmp_path / name], tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        failed = {one.input: one for one in base.outcomes().values() if one.status == "failed"}
    assert failed.keys() == {at_fault} and report.outcomes["done"] == (4 if name == "lop.zip" else 2)
    assert (failed[at_fault].stage, failed[at_fault].reason) == ("read", "reading-failed")
    assert re.fullmatch(r"ZeroDivisionError: a bug of ours \(test_run\.py:\d+\)", failed[at_fault].detail)


def test_an_error_of_ours_is_seen_by_whoever_reads_one_file(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "describe", lambda *given, **how: 1 / 0)
    (tmp_path / "tin.jsonl").write_text(LINES, encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        list(read(Item(tmp_path / "tin.jsonl", "tin.jsonl")))


def test_a_broken_table_of_the_readers_stops_the_build(tmp_path, monkeypatch):
    def broken(*given, **how):
        raise LexiconError("surnames.tsv line 3")

    monkeypatch.setattr(records, "describe", broken)
    (tmp_path / "tin.jsonl").write_text(LINES, encoding="utf-8")
    with pytest.raises(LexiconError):
        build([tmp_path / "tin.jsonl"], tmp_path / "f.db")


def test_a_document_that_breaks_an_extractor_is_kept_as_failed(archive, tmp_path, monkeypatch):
    find = work.extract

    def broken(document, *rest):
        if document.id == "a":
            raise TimeoutError("a pattern ran too long")
        return find(document, *rest)

    monkeypatch.setattr(work, "extract", broken)
    report = build([archive], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["tin.jsonl#1"] == ("failed", "extraction-failed")
    assert report.outcomes["done"] == 3


@pytest.mark.parametrize("fault", ["misquote", "twice"])
def test_facts_that_cannot_be_kept_cost_their_document_alone(archive, tmp_path, monkeypatch, fault):
    find = work.extract

    def broken(document, *rest):
        facts = find(document, *rest)
        if document.id != "luat.txt":
            return facts
        first = facts.dates[0]
        return replace(facts, dates=(replace(first, text="?"),) if fault == "misquote" else (first, first))

    monkeypatch.setattr(work, "extract", broken)
    report = build([archive], tmp_path / "f.db")
    assert outcomes(tmp_path / "f.db")["luat.txt"] == ("failed", "extraction-failed")
    assert "luat.txt" not in documents(tmp_path / "f.db") and report.outcomes["done"] == 3


def test_a_broken_table_of_ours_stops_the_build(archive, tmp_path, monkeypatch):
    def broken(document, *rest):
        raise LexiconError("titles.tsv line 3")

    monkeypatch.setattr(work, "extract", broken)
    with pytest.raises(LexiconError):
        build([archive], tmp_path / "f.db")


def test_an_interrupted_build_resumes(archive, tmp_path, monkeypatch):
    find, done = work.extract, []
    monkeypatch.setattr(batches, "MOST_TASKS", 1)

    def interrupted(document, *rest):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(document.id)
        return find(document, *rest)

    monkeypatch.setattr(work, "extract", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build([archive], tmp_path / "f.db")
    monkeypatch.setattr(work, "extract", find)
    resumed = build([archive], tmp_path / "f.db")
    build([archive], tmp_path / "whole.db")
    assert resumed.unchanged == 4   # two documents, and two files that are none
    assert _export(tmp_path / "f.db") == _export(tmp_path / "whole.db")


def _export(path: Path) -> list[str]:
    from outputs.exports import export_jsonl

    with FactBase.open(path) as base:
        return list(export_jsonl(base))


def test_an_interrupted_build_is_assembled_when_it_resumes(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.assemble, "assemble", lambda base, **how: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        build([archive], tmp_path / "f.db")
    monkeypatch.undo()
    build([archive], tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        assert base.count("event") >= 1


def test_an_input_that_is_not_there(tmp_path):
    with pytest.raises(InputNotFound, match="nowhere"):
        build([tmp_path / "nowhere"], tmp_path / "f.db")


def test_a_target_that_is_no_fact_base(archive, tmp_path):
    (tmp_path / "notes.txt").write_text("không phải cơ sở dữ kiện " * 50, encoding="utf-8")
    with pytest.raises(FactBaseError, match="not a fact base"):
        build([archive], tmp_path / "notes.txt")


def test_a_fact_base_of_another_version_is_told_and_left_alone(archive, tmp_path):
    build([archive], tmp_path / "f.db")
    with sqlite3.connect(tmp_path / "f.db") as db:
        db.execute("PRAGMA user_version = 1")
    before = (tmp_path / "f.db").read_bytes()
    told = rf"another version \(schema 1, this one reads {SCHEMA_VERSION}\); build it anew"
    for use in (lambda: build([archive], tmp_path / "f.db"), lambda: FactBase.open(tmp_path / "f.db")):
        with pytest.raises(FactBaseError, match=told):
            use()
    assert (tmp_path / "f.db").read_bytes() == before


def test_an_outcome_keeps_the_type_of_the_innermost_file(archive, tmp_path):
    with zipfile.ZipFile(archive / "bo.zip", "w") as container:
        container.writestr("tin.html", "<html><body><p>Một trang tin.</p></body></html>")
    build([archive], tmp_path / "f.db")
    with FactBase.open(tmp_path / "f.db") as base:
        types = {name: outcome.file_type for name, outcome in base.outcomes().items()}
    assert types["bo.zip#tin.html"] == "html" and types["tin.jsonl#2"] == "jsonl" and types["rong.txt"] == "text"

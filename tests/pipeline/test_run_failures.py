"""A build in which something breaks: a record, a reader, an extractor, the build itself, its target."""

import gzip
import io
import json
import re
import sqlite3
import tarfile
import zipfile
from dataclasses import replace

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
from pipeline import batches, work
from tests.pipeline.running import build, documents, export, outcomes

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
    assert re.fullmatch(r"ZeroDivisionError: a bug of ours \(test_run_failures\.py:\d+\)", failed[at_fault].detail)


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
    assert export(tmp_path / "f.db") == export(tmp_path / "whole.db")


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

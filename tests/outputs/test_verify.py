"""Verifying a fact base: what was changed behind its back is found."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import InputNotFound
from corpus.read import read
from corpus.scan import scan
from outputs.factbase import FactBase
from outputs.verify import Problem, verify
from tests.corpus.making import lines, zipped
from tests.outputs.small_base import ORDER, order_facts, small_base


def kinds(problems: list[Problem]) -> list[str]:
    return [problem.kind for problem in problems]


def test_a_sound_fact_base_has_no_problems() -> None:
    with small_base() as base:
        assert verify(base, []) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE document SET text = replace(text, 'Hải Phòng', 'Hải Dương') WHERE id = 'order'", "text"),
        ("UPDATE mention SET start = start + 1, \"end\" = \"end\" + 1 WHERE kind = 'official'", "quote"),
        ("UPDATE mention SET \"end\" = 100000 WHERE kind = 'figure'", "quote"),
        ("UPDATE mention SET start = -5 WHERE kind = 'figure'", "quote"),
        ("UPDATE mention SET quote = 'bịa đặt' WHERE kind = 'directive'", "quote"),
        ("UPDATE mention SET prefix = 'không' WHERE kind = 'decree'", "quote"),
        ("DELETE FROM decree_fact", "fact"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM document WHERE id = 'order'", "file"),
    ],
)
def test_what_was_changed_is_found(change: str, kind: str) -> None:
    with small_base() as base:
        base.db.executescript(change)
        assert kind in kinds(verify(base, []))


def test_a_damaged_file_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with FactBase.create(path) as base:
        for number in range(200):
            text = f"{number}. {ORDER}"
            base.add(Document(id=str(number), text=text, path="a", sha256=""), [])
        base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(data)
    with FactBase.open(path) as base:
        problems = verify(base, [])
    assert "file" in kinds(problems)
    assert str(problems[0]).startswith("file: fact base: ")


@pytest.fixture()
def archive(tmp_path: Path) -> Path:
    """A folder with a text, a records file and a compressed records file."""
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "order.txt").write_text(ORDER, encoding="utf-8")
    record = json.dumps({"id": "r", "text": ORDER}, ensure_ascii=False) + "\n"
    (folder / "records.jsonl").write_text(record * 2, encoding="utf-8")
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(record.encode()))
    return folder


def from_archive(folder: Path) -> FactBase:
    """A fact base with the documents of the archive, and the hashes of their bytes as they are now."""
    base = FactBase.create(":memory:")
    whole = hashlib.sha256((folder / "sub" / "order.txt").read_bytes()).hexdigest()
    line = hashlib.sha256((folder / "records.jsonl").read_bytes().splitlines(keepends=True)[0]).hexdigest()
    for identifier, path, member, sha256 in (
        ("sub/order.txt", "sub/order.txt", None, whole), ("r1", "records.jsonl", "1", line),
        ("r2", "records.jsonl", "2", line), ("r3", "packed.jsonl.gz", "1", line),
    ):
        base.add(Document(id=identifier, text=ORDER, path=path, member=member, sha256=sha256), order_facts())
    return base


def test_sources_that_are_as_they_were_have_no_problems(archive: Path) -> None:
    with from_archive(archive) as base:
        assert verify(base, [archive]) == []


def test_a_changed_source_is_named(archive: Path) -> None:
    with from_archive(archive) as base:
        (archive / "sub" / "order.txt").write_text(ORDER + "!", encoding="utf-8")
        lines = (archive / "records.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        (archive / "records.jsonl").write_text(lines[0] + lines[1].replace("Hải", "Hái"), encoding="utf-8")
        problems = verify(base, [archive])
    assert [(problem.kind, problem.document) for problem in problems] == [
            ("source", "records.jsonl#2"), ("source", "sub/order.txt"),
        ]


def test_sources_that_are_not_there_are_not_called_sound(archive: Path) -> None:
    with from_archive(archive) as base:
        problems = verify(base, [archive / "sub"])
        with pytest.raises(InputNotFound):
            verify(base, [archive / "nowhere"])
    assert kinds(problems) == ["missing"]
    assert problems[0].number == 3
    assert "3 source files" in problems[0].detail
    assert "records.jsonl" in problems[0].vietnamese


MAPPING = "field\tcolumn\ntext\tthân\ntitle\ttên\n"
OTHER = MAPPING.replace("title\ttên", "title\tthân")
ROW = {"thân": ORDER, "tên": "Một bài"}
MAPPED: dict[str, bytes] = {
    "a.jsonl": lines(ROW), "b.json": json.dumps(ROW).encode(), "c.json": json.dumps([ROW]).encode(),
    "sub/d.csv": "tên;thân\nMột bài;Một bài viết.\n".encode(), "e.zip": zipped({"in/a.jsonl": lines(ROW)}),
    "f.jsonl.gz": gzip.compress(lines(ROW)), "g.json.gz": gzip.compress(json.dumps(ROW).encode()),
    "h.txt": ORDER.encode(),
}


@pytest.fixture()
def mapped(tmp_path: Path) -> Path:
    """Files of every kind that a mapping of columns is for, and a text that it is not for."""
    for name, data in {"sulieu-columns.tsv": MAPPING.encode(), **MAPPED}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def read_all(folder: Path) -> FactBase:
    base = FactBase.create(":memory:")
    for item in scan([folder]):
        for result in read(item):
            assert isinstance(result, Document)
            base.add(result, [])
    return base


def test_sources_read_with_a_mapping_are_as_they_were(mapped: Path) -> None:
    with read_all(mapped) as base:
        assert base.count("document") == len(MAPPED)
        assert verify(base, [mapped]) == []


def test_another_mapping_is_told_apart_from_changed_bytes(mapped: Path) -> None:
    with read_all(mapped) as base:
        (mapped / "sulieu-columns.tsv").write_text(OTHER, encoding="utf-8")
        (mapped / "a.jsonl").write_bytes(lines(ROW | {"thân": "Chữ khác."}))
        problems = verify(base, [mapped])
    assert {(one.kind, one.document) for one in problems} == {("mapping", None), ("source", "a.jsonl#1")}
    assert sum(one.number for one in problems if one.kind == "mapping") == len(MAPPED) - 2  # h.txt has no columns


def test_without_its_mapping_a_file_is_not_called_changed(mapped: Path) -> None:
    with read_all(mapped) as base:
        (mapped / "sulieu-columns.tsv").unlink()
        assert set(kinds(verify(base, [mapped]))) == {"mapping"}

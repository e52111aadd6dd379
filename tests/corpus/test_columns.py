"""Columns under names of one's own: `sulieu-columns.tsv` beside the data."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import Rejected
from corpus.read import read
from corpus.scan import scan
from tests.corpus.making import lines, outcomes, zipped

MAPPING = "field\tcolumn\ntext\tnoi_dung_bai\ntitle\tTên bài\ndate\tthong_tin.ngay\n"
ROW = {"ma": 7, "Tên bài": "Một bài", "noi_dung_bai": "Một bài viết.", "thong_tin": {"ngay": "04/07/2018"}}


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def results(folder: Path) -> list[Document | Rejected]:
    return [result for item in scan([folder]) for result in read(item)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", lines(ROW)),
        ("a.json", json.dumps([ROW]).encode()),
        ("a.csv", "Tên bài;noi_dung_bai;thong_tin.ngay\nMột bài;Một bài viết.;04/07/2018\n".encode()),
        ("a.zip", zipped({"trong/a.jsonl": lines(ROW)})),
    ],
)
def test_a_mapping_names_the_columns_of_its_folder(tmp_path: Path, name: str, data: bytes) -> None:
    put(tmp_path, {"sulieu-columns.tsv": MAPPING, f"nam/{name}": data})
    (result,) = results(tmp_path)
    assert isinstance(result, Document)
    assert (result.text, result.title, result.date) == ("Một bài viết.", "Một bài", "2018-07-04")


def test_a_mapping_counts_for_a_file_that_is_given_directly(tmp_path: Path) -> None:
    put(tmp_path, {"sulieu-columns.tsv": MAPPING, "a.jsonl": lines(ROW)})
    (item,) = scan([tmp_path / "a.jsonl"])
    assert [type(result) for result in read(item)] == [Document]


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.Table.from_pylist([ROW]), tmp_path / "a.parquet")
    put(tmp_path, {"sulieu-columns.tsv": MAPPING})
    (result,) = results(tmp_path)
    assert isinstance(result, Document) and (result.text, result.title) == ("Một bài viết.", "Một bài")


def test_the_nearest_mapping_counts_and_only_for_the_files_it_names(tmp_path: Path) -> None:
    put(tmp_path, {
        "sulieu-columns.tsv": "field\tcolumn\ntext\ta\n",
        "x/sulieu-columns.tsv": "field\tcolumn\tfiles\n# lưu ý\ntext\tb\tbao*\ntext\tc\tbao*\n",
        "x/bao.jsonl": lines({"id": 1, "a": "sai", "c": "đúng"}),
        "x/khac.jsonl": lines({"id": 2, "b": "sai", "text": "đúng"}),
        "y/bao.jsonl": lines({"id": 3, "a": "đúng", "text": "sai"}),
    })
    assert [result.text for result in results(tmp_path) if isinstance(result, Document)] == ["đúng"] * 3


@pytest.mark.parametrize(
    ("mapping", "detail"),
    [
        ("text=a\n", "the first line"),
        ("field\tcolumn\nnoi_dung\ta\n", "line 2: field must be one of id, text"),
        ("field\tcolumn\ntext\n", "line 2"),
        (b"field\tcolumn\ntext\t\xff\n", "not utf-8"),
        ("", "the first line"),
    ],
)
def test_a_broken_mapping_is_told_and_does_not_count(tmp_path: Path, mapping: str | bytes, detail: str) -> None:
    put(tmp_path, {"sulieu-columns.tsv": mapping, "a.jsonl": lines({"id": "x", "text": "Một bài."})})
    read_, broken = results(tmp_path)
    assert isinstance(read_, Document)
    assert isinstance(broken, Rejected) and broken.reason == "bad-record" and detail in broken.detail


def test_a_mapping_that_is_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sulieu-columns.tsv")
    put(tmp_path, {"a.jsonl": lines({"id": "x", "text": "Một bài."})})
    assert outcomes(results(tmp_path)) == {"x": "read", "sulieu-columns.tsv": "unsupported-type"}


def test_a_mapping_inside_a_container_is_told(tmp_path: Path) -> None:
    put(tmp_path, {"a.zip": zipped({"sulieu-columns.tsv": MAPPING.encode(), "b.txt": "Một bài.".encode()})})
    assert set(outcomes(results(tmp_path)).values()) == {"read", "unsupported-type"}


def test_a_record_without_text_is_told_with_its_columns_and_what_to_do(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": lines(ROW), "b.csv": "x,y\n1,2\n"})
    for result, names in zip(results(tmp_path), ("ma, Tên bài, noi_dung_bai, thong_tin", "x, y"), strict=True):
        assert isinstance(result, Rejected) and result.reason == "bad-record"
        assert f"among {names};" in result.detail and "sulieu-columns.tsv" in result.detail


def test_another_mapping_makes_another_hash_so_that_a_build_reads_anew(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": lines(ROW)})
    (before,) = results(tmp_path)
    put(tmp_path, {"sulieu-columns.tsv": MAPPING})
    (after,) = results(tmp_path)
    assert isinstance(before, Rejected) and isinstance(after, Document) and before.sha256 != after.sha256

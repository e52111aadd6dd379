"""Tables of documents: CSV, Parquet and JSON lists, a document a row."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.document import Document
from tests.corpus.making import outcomes, read_bytes

HEADER = "id,Tiêu đề,Ngày đăng,Nội dung,likes\n"
ROW = 'n1,Một bài,04/07/2018,"Dòng một, có dấu phẩy\nDòng hai ""trích""",7\n'


def test_a_row_is_a_document(tmp_path: Path) -> None:
    (result,) = read_bytes(tmp_path, "a.csv", (HEADER + ROW).encode())
    assert isinstance(result, Document)
    assert (result.id, result.member, result.title, result.date) == ("n1", "1", "Một bài", "2018-07-04")
    assert result.text == 'Dòng một, có dấu phẩy\nDòng hai "trích"'
    assert result.metadata == {"likes": "7"} and len(result.sha256) == 64


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    data = f"id{delimiter}title{delimiter}text\nx{delimiter}Tên{delimiter}Một bài viết.\n".encode(encoding)
    (result,) = read_bytes(tmp_path, "a.csv", data)
    assert isinstance(result, Document) and (result.id, result.text) == ("x", "Một bài viết.")


def test_a_table_is_told_by_its_header_and_not_by_its_name(tmp_path: Path) -> None:
    assert outcomes(read_bytes(tmp_path, "a.dat", b"id,title,text\nx,T,abc\n")) == {"x": "read"}
    (result,) = read_bytes(tmp_path, "b.txt", b"Text, title and all that\nhave no header.")
    assert isinstance(result, Document) and result.id == "b.txt"


def test_broken_rows_are_rejected_one_by_one(tmp_path: Path) -> None:
    rows = b'id,text\na,one\nb,"t"wo\nc,three,four\n\nd,\xff\xfe\ne,\nf,six\ng,"open\n'
    assert outcomes(read_bytes(tmp_path, "a.csv", rows)) == {
        "a": "read", "a.csv#2": "bad-record", "a.csv#3": "bad-record", "a.csv#5": "encoding-unknown",
        "a.csv#6": "empty", "f": "read", "a.csv#8": "truncated",
    }


def test_a_table_without_text_is_turned_away_with_its_columns(tmp_path: Path) -> None:
    (result,) = read_bytes(tmp_path, "a.csv", b"province,cases\nHN,3\n")
    assert not isinstance(result, Document) and "province, cases" in result.detail
    assert outcomes(read_bytes(tmp_path, "b.csv", b"\n\n")) == {"b.csv": "empty"}


def test_a_cut_table_gives_its_whole_rows(tmp_path: Path) -> None:
    rows = "".join(f"r{n},Bài số {n * 7919 % 100003}\n" for n in range(3000))
    results = read_bytes(tmp_path, "a.csv.gz", gzip.compress(f"id,text\n{rows}".encode())[:-3000])
    *whole, last = list(outcomes(results).values())
    assert set(whole) == {"read"} and last == "truncated"


def test_a_row_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.tabular.MAX_DOCUMENT", 1000)
    long = b'id,text\na,one\nb,"' + b"x\n" * 5000
    assert list(outcomes(read_bytes(tmp_path, "a.csv", long)).values()) == ["read", "too-large"]
    assert outcomes(read_bytes(tmp_path, "b.csv", b"id,text\na,one\n" + b"x" * 5000)) == {
        "a": "read", "b.csv#2": "too-large"
    }


# JSON


def test_a_list_of_records(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "một"}, {"text": "hai"}, 3, {"id": "d"}, {"id": "e", "text": " "}]
    expected = {"a": "read", "X#2": "read", "X#3": "bad-record", "X#4": "bad-record", "X#5": "empty"}
    wrapped = {"count": 5, "next": None, "articles": rows}
    for name, value in (("a.json", rows), ("b.txt", rows), ("c.json", wrapped)):
        found = outcomes(read_bytes(tmp_path, name, json.dumps(value, indent=1).encode()))
        assert found == {key.replace("X", name): outcome for key, outcome in expected.items()}
    assert len(read_bytes(tmp_path, "d.json", json.dumps(wrapped).encode())) == 5, "on one line too"


def test_one_record_over_several_lines(tmp_path: Path) -> None:
    (result,) = read_bytes(tmp_path, "a.json", json.dumps({"title": "Tên", "text": "một"}, indent=2).encode())
    assert isinstance(result, Document) and (result.id, result.member, result.title) == ("a.json", None, "Tên")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'[{"id": "a", "text": "x"}, {"id": "b", "te', {"a": "read", "a.json": "truncated"}),
        (b'[{"id": "a", "text": "x"},', {"a": "read", "a.json": "truncated"}),
        (b'[{"id": "a", "text": "x"}, {bad}]', {"a": "read", "a.json": "bad-record"}),
        (b"[]", {"a.json": "empty"}),
        (b"[" * 100_000, {"a.json": "bad-record"}),
        (b'{"a": 1}', {"a.json#1": "bad-record"}),
        (b'{"a": ', {"a.json": "bad-record"}),
        (b'[{"text": "ab \\ud800"}]', {"a.json#1": "not-text"}),
    ],
)
def test_broken_lists(tmp_path: Path, data: bytes, found: dict[str, str]) -> None:
    assert outcomes(read_bytes(tmp_path, "a.json", data)) == found


# Parquet


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    import datetime

    import pyarrow.parquet as parquet

    table = arrow.table({
        "id": ["a", None, "c"], "noi_dung": ["Một bài.", "Hai bài.", None], "ngay": [datetime.date(2018, 7, 4)] * 3,
        "likes": [1, 2, 3],
    })
    parquet.write_table(table, tmp_path / "made")
    data = (tmp_path / "made").read_bytes()
    first, second, third = read_bytes(tmp_path, "a.parquet", data)
    assert isinstance(first, Document) and (first.id, first.date, first.text) == ("a", "2018-07-04", "Một bài.")
    assert outcomes([second, third]) == {"a.parquet#2": "read", "a.parquet#3": "bad-record"}
    assert outcomes(read_bytes(tmp_path, "b.parquet", data[:-20])) == {"b.parquet": "damaged"}
    assert outcomes(read_bytes(tmp_path, "c.parquet", b"PAR1")) == {"c.parquet": "damaged"}


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert outcomes(read_bytes(tmp_path, "a.parquet", b"PAR1")) == {"a.parquet": "missing-program"}

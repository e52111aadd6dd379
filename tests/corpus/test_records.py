"""Records as programs write them: numbers for days, markup in the text, fields inside fields, broken letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.document import Document
from tests.corpus.making import lines, outcomes, read_bytes


@pytest.mark.parametrize(
    ("row", "day", "rule"),
    [
        ({"date": 1531353600}, "2018-07-12", "epoch"),
        ({"date": "1531353600000"}, "2018-07-12", "epoch"),
        ({"date": 1531350000}, "2018-07-12", "epoch"),      # 23:00 UTC on the 11th, the 12th in Viet Nam
        ({"date": 20180704}, "2018-07-04", "json"),
        ({"date": "20181304"}, None, None),
        ({"date": "2018-07-03T20:00:00Z"}, "2018-07-04", "json"),
        ({"date": float("nan")}, None, None),
        ({"date": None, "published": "04/07/2018"}, "2018-07-04", "json"),
        ({"date": "0000-00-00"}, None, None),
        ({"date": "2 giờ trước"}, None, None),
    ],
)
def test_days(tmp_path: Path, row: dict[str, object], day: str | None, rule: str | None) -> None:
    (result,) = read_bytes(tmp_path, "a.jsonl", lines({"id": "x", "text": "Một bài viết.", **row}))
    assert isinstance(result, Document) and (result.date, result.date_rule) == (day, rule)


@pytest.mark.parametrize(
    ("said", "text", "markup"),
    [
        ("<p>Một.</p><p>Hai &amp; ba.</p>", "Một.\nHai & ba.", "html"),
        ("Một.<br/>Hai.<br />Ba.<BR>Bốn.", "Một.\nHai.\nBa.\nBốn.", "html"),
        ("<div>Một.<script>x()</script><div class='tin-lien-quan'>Khác</div></div>", "Một.", "html"),
        ("Ng&agrave;y&nbsp;mai,&nbsp;\nH&#7897;i ngh&#7883;", "Ngày mai, \nHội nghị", "entities"),
        ("Nếu a < b thì <br> giữ nguyên &amp; vậy.", "Nếu a < b thì <br> giữ nguyên &amp; vậy.", None),
        ("# Bài\n\nMột dòng.", "# Bài\n\nMột dòng.", None),
    ],
)
def test_markup_in_the_text(tmp_path: Path, said: str, text: str, markup: str | None) -> None:
    (result,) = read_bytes(tmp_path, "a.jsonl", lines({"id": "x", "text": said}))
    assert isinstance(result, Document) and (result.text, result.metadata.get("markup")) == (text, markup)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"id": 12, "text": "a b"}', {"12": "read"}),
        (b'{"id": 0, "text": "a b"}', {"0": "read"}),
        (b'{"id": NaN, "text": "a b"}', {"a.jsonl#1": "read"}),
        (b'{"id": true, "text": "a b"}', {"a.jsonl#1": "read"}),
        (b'{"id": "x", "text": ["a", "b"]}', {"x": "read"}),
        (b'{"id": "x", "text": {"body": "a"}}', {"a.jsonl#1": "bad-record"}),
        (b'{"id": "x", "text": 5}', {"a.jsonl#1": "bad-record"}),
        (b'{"id": "x", "text": "a \\ud83d b"}', {"a.jsonl#1": "not-text"}),
        (b'{"id": "x", "text": "<p></p>"}', {"a.jsonl#1": "empty"}),
        (b'{"id": "x", "text": "a", "text": "b"}', {"x": "read"}),
        (b'{"id": "x", "text": Infinity}', {"a.jsonl#1": "bad-record"}),
    ],
)
def test_odd_records(tmp_path: Path, line: bytes, found: dict[str, str]) -> None:
    assert outcomes(read_bytes(tmp_path, "a.jsonl", line + b"\n")) == found


def test_a_long_line_with_what_may_be_markup(tmp_path: Path) -> None:
    (result,) = read_bytes(tmp_path, "a.jsonl", json.dumps({"id": "x", "text": "chữ < & " * 500_000}).encode())
    assert isinstance(result, Document) and len(result.text) == 4_000_000


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("\ufeffid;text\nx;Một bài\n".encode(), {"x": "read"}),
        ('id;text\nx;"Một\nbài; hai"\n'.encode(), {"x": "read"}),
        ("id,text\r\nx,Một\r\n\r\ny,Hai\r\n".encode(), {"x": "read", "y": "read"}),
        (b"id,text\nx,Thi h\xe0nh \xe1n d\xe2n s\xf1\xf2 c\xf3 hi\xea\xf2u l\xf1\xf2c.\n", {"x": "read"}),
        ("x,Một bài viết\ny,Hai bài\n".encode(), {"a.csv": "bad-record"}),
    ],
)
def test_odd_tables(tmp_path: Path, data: bytes, found: dict[str, str]) -> None:
    """A byte-order mark, line ends in quotes, DOS line ends, windows-1258, no header."""
    assert outcomes(read_bytes(tmp_path, "a.csv", data)) == found

"""Web archives: each page with its address; cut and damaged files give what is whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.document import Document
from tests.corpus.making import captured, members_gzip, outcomes, page, read_bytes, warc_record

NEWS = page("Ngày truyền thống của ngành", "Ngày 19/7 hằng năm là Ngày truyền thống của ngành thi hành án dân sự. " * 5)
INFO = warc_record("warcinfo", b"software: none\r\n")
REQUEST = warc_record("request", b"GET / HTTP/1.1\r\n\r\n")
FIRST = captured("https://bao.example/1", NEWS)
SECOND = captured("https://bao.example/2", NEWS.replace(b"19/7", b"2/9"))


def test_pages_are_read_with_their_address(tmp_path: Path) -> None:
    first, second = read_bytes(tmp_path, "a.warc", INFO + REQUEST + FIRST + SECOND)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.path, first.member) == ("a.warc#3", "a.warc", "3")
    assert (first.url, second.url) == ("https://bao.example/1", "https://bao.example/2")
    assert first.metadata["captured"] == "2014-03-05" and first.date is None, "the day of capture dates no article"
    assert first.title == "Ngày truyền thống của ngành" and "Ngày 2/9" in second.text


def test_compressed_record_by_record_or_whole(tmp_path: Path) -> None:
    for data in (members_gzip(INFO, FIRST, SECOND), gzip.compress(INFO + FIRST + SECOND)):
        assert outcomes(read_bytes(tmp_path, "a.warc.gz", data)) == {"a.warc.gz#2": "read", "a.warc.gz#3": "read"}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/html\r\nContent-Encoding: gzip", gzip.compress(NEWS)),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", b"%x\r\n" % len(NEWS) + NEWS + b"\r\n0\r\n\r\n"),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", NEWS),  # undone by the crawler
        ("Content-Type: text/html\r\nContent-Encoding: gzip", NEWS),
        ("Content-Type: text/html\r\nContent-Encoding: x-unknown", NEWS),
        ('Content-Type: text/html; charset="UTF-8"', NEWS),
        ("Content-Type: text/html; charset=undefined", NEWS),
        ("X: y", NEWS),
    ],
)
def test_encodings_of_the_web(tmp_path: Path, head: str, body: bytes) -> None:
    (result,) = read_bytes(tmp_path, "a.warc", captured("https://bao.example/1", body, head=head))
    assert isinstance(result, Document) and "Ngày 19/7 hằng năm" in result.text


def test_what_is_no_page_is_turned_away(tmp_path: Path) -> None:
    data = (
        captured("https://x.example/a.css", b"p {}", head="Content-Type: text/css")
        + captured("https://x.example/a.png", b"\x89PNG", head="Content-Type: image/png")
        + captured("https://x.example/gone", NEWS, status="404 Not Found")
        + warc_record("revisit", b"", "https://x.example/1")
        + warc_record("resource", NEWS)
        + captured("https://x.example/empty", b"")
    )
    assert outcomes(read_bytes(tmp_path, "a.warc", data)) == {
        "a.warc#1": "unsupported-type", "a.warc#2": "unsupported-type", "a.warc#3": "empty", "a.warc#4": "empty",
        "a.warc#5": "read", "a.warc#6": "empty",
    }


@pytest.mark.parametrize("cut", [10, 50, 150])
def test_a_cut_file_gives_its_whole_records_and_says_so(tmp_path: Path, cut: int) -> None:
    data = INFO + FIRST + SECOND
    for name, part in (("a.warc", data[:-cut]), ("a.warc.gz", gzip.compress(data)[:-cut])):
        found = outcomes(read_bytes(tmp_path, name, part))
        assert found[name] == "truncated"
        assert found.get(f"{name}#2", "read") == "read"
    assert outcomes(read_bytes(tmp_path, "a.warc", (INFO + FIRST + SECOND)[: len(INFO + FIRST) + 60])) == {
        "a.warc#2": "read", "a.warc": "truncated"
    }


def test_a_damaged_record_does_not_end_the_file(tmp_path: Path) -> None:
    broken = FIRST.replace(b"Content-Length: ", b"Content-Length: x", 1)
    found = outcomes(read_bytes(tmp_path, "a.warc", broken + SECOND + b"rubbish\r\nmore\r\n" + FIRST))
    assert found == {"a.warc#1": "damaged", "a.warc#2": "read", "a.warc#3": "damaged", "a.warc#4": "read"}
    assert outcomes(read_bytes(tmp_path, "b.warc", (broken * 3000) + FIRST))["b.warc#3001"] == "read"


def test_an_archive_of_the_archives_own_records_is_empty(tmp_path: Path) -> None:
    assert outcomes(read_bytes(tmp_path, "a.warc", INFO + REQUEST)) == {"a.warc": "empty"}


def test_arc(tmp_path: Path) -> None:
    def record(line: str, block: bytes) -> bytes:
        return f"{line} {len(block)}\n".encode() + block + b"\n"

    head = record("filedesc://x.arc 0.0.0.0 20020601000000 text/plain", b"1 0 None\nURL IP-address ...\n\n")
    body = b"HTTP/1.0 200 OK\nContent-type: text/html\n\n" + NEWS
    one = record("http://bao.example/1 192.0.2.1 20020601010203 text/html", body)
    first, second = read_bytes(tmp_path, "a.arc", head + one + one)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.url, first.metadata["captured"]) == ("a.arc#2", "http://bao.example/1", "2002-06-01")
    assert "Ngày 19/7" in first.text
    assert outcomes(read_bytes(tmp_path, "b.arc.gz", gzip.compress(head + one + one[:-50]))) == {
        "b.arc.gz#2": "read", "b.arc.gz": "truncated"
    }


def test_a_page_that_was_cut_when_it_was_captured_is_read_and_the_cut_told(tmp_path: Path) -> None:
    cut = FIRST.replace(b"WARC-Type: response\r\n", b"WARC-Type: response\r\nWARC-Truncated: length\r\n")
    assert cut != FIRST
    assert outcomes(read_bytes(tmp_path, "a.warc", cut)) == {"a.warc#1": "read", "a.warc#1#end": "truncated"}

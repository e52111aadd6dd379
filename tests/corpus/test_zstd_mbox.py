"""Zstandard streams and mail folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.document import Document
from tests.corpus.making import captured, lines, outcomes, page, read_bytes, tarred

zstandard = pytest.importorskip("zstandard")
WORDS = "Quốc hội khóa XII đã thông qua Luật Thi hành án dân sự vào sáng ngày 14/11/2008 với đa số phiếu. " * 3


def zst(*frames: bytes) -> bytes:
    """Frames of zstd one after the other."""
    return b"".join(zstandard.ZstdCompressor().compress(frame) for frame in frames)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt.zst", zst(WORDS.encode()), {"a.txt.zst": "read"}),
        ("a.jsonl.zst", zst(*(lines({"id": one, "text": one}) for one in "ab")), {"a": "read", "b": "read"}),
        ("a.tar.zst", zst(tarred({"x.txt": b"abc"})), {"a.tar.zst#x.txt": "read"}),
        ("a.warc.zst", zst(captured("https://bao.example/1", page("Tên bài", WORDS))), {"a.warc.zst#1": "read"}),
        ("b.warc", captured("https://bao.example/1", zst(page("Tên bài", WORDS))), {"b.warc#1": "read"}),
        ("cut.jsonl.zst", zst(lines({"id": "a", "text": "một"})) + zst(lines({"id": "b", "text": WORDS}))[:-20],
         {"a": "read", "cut.jsonl.zst#2": "truncated"}),
        ("bomb.txt.zst", zst(b"\0" * 300 * 1024**2), {"bomb.txt.zst": "over-limit"}),
    ],
)
def test_zstd(tmp_path: Path, name: str, data: bytes, found: dict[str, str]) -> None:
    assert outcomes(read_bytes(tmp_path, name, data)) == found


def test_damaged_zstd(tmp_path: Path) -> None:
    data = bytearray(zst(WORDS.encode()))
    data[5] ^= 0xFF
    assert set(outcomes(read_bytes(tmp_path, "a.zst", bytes(data))).values()) <= {"damaged", "truncated"}


def test_zstd_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert outcomes(read_bytes(tmp_path, "a.zst", zst(b"abc"))) == {"a.zst": "missing-program"}


def message(subject: str, words: str) -> bytes:
    """A message in a mail folder."""
    return (
        f"From ban@bao.example Tue Jul 14 08:30:00 2015\nFrom: ban@bao.example\nSubject: {subject}\n"
        f"Date: Tue, 14 Jul 2015 08:30:00 +0700\nContent-Type: text/plain; charset=utf-8\n\n{words}\n\n"
    ).encode()


def test_a_mail_folder_gives_its_messages(tmp_path: Path) -> None:
    data = message("Một", "Bài thứ nhất.\n>From Hanoi with love") + message("Hai", "From đây bài thứ hai.")
    first, second = read_bytes(tmp_path, "thu.mbox", data)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.title, first.date) == ("thu.mbox#1", "Một", "2015-07-14")
    assert "\nFrom Hanoi" in first.text and second.text.strip() == "From đây bài thứ hai."
    assert outcomes(read_bytes(tmp_path, "t.mbox.zst", zst(data))) == {"t.mbox.zst#1": "read", "t.mbox.zst#2": "read"}


def test_a_letter_that_begins_with_from_is_no_mail_folder(tmp_path: Path) -> None:
    (result,) = read_bytes(tmp_path, "a.txt", b"From Hanoi, 1946\nDear friend, this is a letter.\n")
    assert isinstance(result, Document) and result.id == "a.txt"

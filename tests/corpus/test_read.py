"""Types told from content, and every kind of bad input as a typed reason."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import Passage, read, walk
from corpus.readers.records import document_from_record
from corpus.scan import Item

ARTICLE = "Quốc hội thông qua Luật\n\n14/11/2008\nSáng 14/11/2008, Quốc hội khóa XII đã thông qua Luật.\nPV"


def put(folder: Path, name: str, data: bytes | str) -> Item:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Item(path, name)


def one(folder: Path, name: str, data: bytes | str) -> Document | Rejected:
    (result,) = read(put(folder, name, data))
    return result


def document(folder: Path, name: str, data: bytes | str) -> Document:
    result = one(folder, name, data)
    assert isinstance(result, Document), result
    return result


def records(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_decoded_and_otherwise_unchanged(tmp_path: Path, encoding: str) -> None:
    text = "  THÔNG BÁO\r\n\r\nNgày\u00a019/7 ,  hết  "
    read_back = document(tmp_path, "a.txt", text.encode(encoding))
    assert read_back.text == "  THÔNG BÁO\n\nNgày\u00a019/7 ,  hết  "
    assert (read_back.id, read_back.path, read_back.member) == ("a.txt", "a.txt", None)
    assert len(read_back.sha256) == 64


def test_utf16_without_its_mark_is_not_guessed(tmp_path: Path) -> None:
    result = one(tmp_path, "a.txt", "Nghị định".encode("utf-16-be"))
    assert isinstance(result, Rejected) and result.reason is Reason.NOT_TEXT


def test_decomposed_letters_become_nfc(tmp_path: Path) -> None:
    assert document(tmp_path, "a.txt", "Nghi\u0323 ddi\u0323nh cu\u0309a".encode()).text == "Nghị ddịnh của"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", Reason.EMPTY),
        ("blank.txt", b" \n\t\n --- \n", Reason.EMPTY),
        ("nul.txt", b"abc\x00def", Reason.NOT_TEXT),
        ("control.txt", b"\x01\x02\x03\x04abc\x05\x06", Reason.NOT_TEXT),
        ("legacy.txt", "Nghị định".encode("cp1258", "replace"), Reason.ENCODING_UNKNOWN),
        ("bad.txt", b"Quy\xe1 t \xff\xfe d\xc3nh", Reason.ENCODING_UNKNOWN),
        ("cut.txt", "Nghị định về".encode()[:-1], Reason.TRUNCATED),
        ("heap.txt", ("a" + "\u0301\u0327" * 500).encode(), Reason.NOT_TEXT),
        ("a.pdf", b"%PDF-1.7\n...", Reason.TRUNCATED),
        ("pdf.txt", b"\n%PDF-1.4 ...", Reason.TRUNCATED),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), Reason.TRUNCATED),
        ("a.docx", b"PK\x03\x04....word/document.xml", Reason.TRUNCATED),
        ("a.png", b"\x89PNG\r\n\x1a\n....", Reason.DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xe0...", Reason.TRUNCATED),
        ("a.db", b"SQLite format 3\x00....", Reason.UNSUPPORTED_TYPE),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), Reason.UNSUPPORTED_TYPE),
    ],
)
def test_what_is_not_text_is_turned_away_with_its_reason(
    tmp_path: Path, name: str, data: bytes, reason: Reason
) -> None:
    result = one(tmp_path, name, data)
    assert isinstance(result, Rejected)
    assert (result.id, result.path, result.reason) == (name, name, reason)
    assert result.sha256 is not None and len(result.sha256) == 64


def test_the_detected_type_is_named(tmp_path: Path) -> None:
    result = one(tmp_path, "a.txt", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml....xl/workbook.xml")
    assert isinstance(result, Rejected) and result.detail == "xlsx"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    (result,) = read(Item(tmp_path / "gone.txt", "gone.txt"))
    assert isinstance(result, Rejected) and (result.reason, result.sha256) == (Reason.UNREADABLE, None)


def test_every_reason_is_explained_in_both_languages() -> None:
    assert all(reason.english and reason.vietnamese for reason in Reason)


# Records


def test_a_record_is_its_text_field_and_nothing_else(tmp_path: Path) -> None:
    row = {"id": 7, "title": "Tiêu đề", "date": "2018-07-04T10:00:00", "url": "https://x.example", "likes": 3}
    row["text"] = " một\r\nhai "
    result = document(tmp_path, "a.jsonl", records(row))
    assert (result.id, result.text, result.title) == ("7", " một\nhai ", "Tiêu đề")
    assert (result.date, result.date_rule) == ("2018-07-04", "json")
    assert (result.url, result.member) == ("https://x.example", "1")
    assert result.metadata == {"likes": "3"}


@pytest.mark.parametrize("key", ["text", "content", "body", "Content", "noi_dung"])
def test_other_names_of_the_text_field_are_understood(tmp_path: Path, key: str) -> None:
    assert document(tmp_path, "a.jsonl", records({"id": "x", key: "Một bài viết."})).text == "Một bài viết."


@pytest.mark.parametrize("key", ["date", "published", "publish_date", "pubDate", "ngay_ban_hanh"])
def test_other_names_of_the_date_field_are_understood(tmp_path: Path, key: str) -> None:
    assert document(tmp_path, "a.jsonl", records({"text": "Một bài viết.", key: "04/07/2018"})).date == "2018-07-04"


def test_a_record_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    results = list(read(put(tmp_path, "a.jsonl", records({"text": "một"}) + "\n" + records({"text": "hai"}))))
    assert [result.id for result in results] == ["a.jsonl#1", "a.jsonl#3"]


def test_an_odd_date_breaks_nothing_and_is_kept(tmp_path: Path) -> None:
    result = document(tmp_path, "a.jsonl", records({"text": "Một bài viết.", "date": "hôm qua"}))
    assert (result.date, result.date_rule, result.metadata) == (None, None, {"date": "hôm qua"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 1, "text": "ab', Reason.BAD_RECORD),
        (b"not json", Reason.BAD_RECORD),
        (b"[1, 2]", Reason.BAD_RECORD),
        (b'{"id": 1}', Reason.BAD_RECORD),
        (b'{"text": {"a": 1}}', Reason.BAD_RECORD),
        (b'{"text": "  "}', Reason.EMPTY),
        (b'{"text": "a\\u0000b"}', Reason.NOT_TEXT),
        (b'{"text": "ab \\ud800"}', Reason.NOT_TEXT),
        (b'{"text": "a\xff"}', Reason.ENCODING_UNKNOWN),
        (b'{"a":' * 100_000, Reason.BAD_RECORD),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", Reason.BAD_RECORD),
    ],
)
def test_a_broken_line_is_one_rejection_and_the_others_go_on(tmp_path: Path, line: bytes, reason: Reason) -> None:
    good = records({"id": "a", "text": "Một bài viết."}).encode()
    first, bad, last = read(put(tmp_path, "a.jsonl", good + line + b"\n" + good.replace(b'"a"', b'"b"')))
    assert isinstance(first, Document) and isinstance(last, Document) and (first.id, last.id) == ("a", "b")
    assert isinstance(bad, Rejected)
    assert (bad.id, bad.path, bad.member, bad.reason) == ("a.jsonl#2", "a.jsonl", "2", reason)


def test_gzip_records_are_read(tmp_path: Path) -> None:
    data = gzip.compress(records({"id": "a", "text": "một"}, {"id": "b", "text": "hai"}).encode())
    assert [result.id for result in read(put(tmp_path, "a.jsonl.gz", data))] == ["a", "b"]


def test_a_truncated_gzip_gives_its_whole_lines_and_says_so(tmp_path: Path) -> None:
    rows = [{"id": str(n), "text": f"Bài số {n * 7919 % 10007} và {n * n * 104729 % 1000003}"} for n in range(2000)]
    data = gzip.compress(records(*rows).encode())
    *whole, last = read(put(tmp_path, "a.jsonl.gz", data[: len(data) // 2]))
    assert whole and all(isinstance(result, Document) for result in whole)
    assert [result.id for result in whole] == [str(n) for n in range(len(whole))]
    assert isinstance(last, Rejected) and last.reason is Reason.TRUNCATED and last.member == str(len(whole) + 1)


def test_a_damaged_gzip_is_read_up_to_there(tmp_path: Path) -> None:
    data = gzip.compress(records({"id": "a", "text": "một"}).encode()) + b"rubbish after the end"
    first, last = read(put(tmp_path, "a.jsonl.gz", data))
    assert isinstance(first, Document)
    assert isinstance(last, Rejected) and last.reason is Reason.DAMAGED


def test_a_line_over_the_limit_is_too_large_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.records.MAX_DOCUMENT", 100)
    long, short = read(put(tmp_path, "a.jsonl", records({"id": "a", "text": "x" * 1000}, {"id": "b", "text": "hai"})))
    assert isinstance(long, Rejected) and (long.reason, long.member) == (Reason.TOO_LARGE, "1")
    assert isinstance(short, Document) and (short.id, short.member) == ("b", "2")


def test_a_file_over_the_limit_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.source.MAX_DOCUMENT", 100)
    result = one(tmp_path, "a.txt", "x" * 101)
    assert isinstance(result, Rejected) and result.reason is Reason.TOO_LARGE


def test_a_long_first_line_is_still_a_record(tmp_path: Path) -> None:
    assert len(document(tmp_path, "a.dat", records({"id": "a", "text": "dài " * 50_000})).text) == 200_000


def test_document_from_record_takes_the_text_as_it_is() -> None:
    made = document_from_record({"id": "a", "text": "một\r\nhai"}, path="p", member="3")
    assert (made.id, made.text, made.path, made.member) == ("a", "một\nhai", "p", "3")


# Anything

BEGINNINGS = [b"<html><body>", b"<p>", b"{", b'{"text":', b'{"text": "', b"\x1f\x8b", b"\xff\xfe", b"---\n", b"PK",
              b"PK\x03\x04", b"BZh", b"WARC/1.0\r\n", b"filedesc://", b"id,text\n", b"[{", b"From: a\n"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
        st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=120)),
    ),
    name=st.sampled_from(
        ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.json", "a", "a.pdf", "a.csv", "a.eml", "a.tar"]
    ),
)
def test_any_bytes_end_as_documents_or_typed_rejections(tmp_path: Path, data: bytes, name: str) -> None:
    for result in read(put(tmp_path, name, data)):
        if isinstance(result, Document):
            result.text.encode()
            assert result.id and result.text == result.text.replace("\r\n", "\n")
        else:
            assert isinstance(result.reason, Reason) and result.path == name


# The type of the innermost file


def _in_zip(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr(name, data)
    return out.getvalue()


def _in_tar(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as container:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        container.addfile(member, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("name, data, type_name", [
    ("a.txt", ARTICLE.encode(), "text"),
    ("a.doc", ARTICLE.encode(), "text"),                                      # content decides, not the name
    ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n'), "jsonl"),
    ("a.jsonl", b'{"text": ""}\n', "jsonl"),                                  # a rejected line
    ("a.zip", _in_zip("b.html", b"<html><body><p>Tin</p></body></html>"), "html"),
    ("a.zip", _in_zip("b.rtf", b"{\\rtf1 Tin}"), "rtf"),
    ("a.zip", _in_zip("b.jsonl.gz", gzip.compress(b'{"text": "x"}\n')), "jsonl"),
    ("a.zip", _in_zip("b.pdf", b"%PDF-1.7 nothing"), "pdf"),                  # its first bytes are in the zip's
    ("a.tar", _in_tar("b.pdf", b"%PDF-1.7 nothing"), "pdf"),
    ("a.zip", b"PK\x05\x06" + b"\x00" * 18, "zip"),                           # a rejected container
    ("a.gz", b"\x1f\x8b" + b"\x00" * 40, "gzip"),
    ("a.xlsx", _in_zip("xl/workbook.xml", b""), "xlsx"),                      # a type without a reader
])
def test_the_type_told_is_that_of_the_innermost_file(tmp_path: Path, name: str, data: bytes, type_name: str) -> None:
    assert one(tmp_path, name, data).file_type == type_name


def test_what_was_not_opened_has_no_type(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (result,) = read(Item(tmp_path / "a.txt", "a.txt"))
    assert isinstance(result, Rejected) and result.file_type is None


def test_whoever_waits_knows_where_the_reader_is_and_can_go_on_behind_a_member(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as container:
        container.writestr("a.txt", "Một tin.")
        container.writestr("b.txt", "Hai tin.")
    with zipfile.ZipFile(tmp_path / "bo.zip", "w") as container:
        container.writestr("trong.zip", inner.getvalue())
        container.writestr("c.txt", "Ba tin.")
    item = Item(tmp_path / "bo.zip", "bo.zip")
    steps = [
        (step.name, step.step) if isinstance(step, Passage) else step.member for step in walk(item)
    ]
    assert steps == [
        ("bo.zip", "entered"),
        ("bo.zip#trong.zip", "entered"),
        ("bo.zip#trong.zip#a.txt", "entered"), "trong.zip#a.txt", ("bo.zip#trong.zip#a.txt", "left"),
        ("bo.zip#trong.zip#b.txt", "entered"), "trong.zip#b.txt", ("bo.zip#trong.zip#b.txt", "left"),
        ("bo.zip#trong.zip", "left"),
        ("bo.zip#c.txt", "entered"), "c.txt", ("bo.zip#c.txt", "left"),
        ("bo.zip", "left"),
    ]
    rest = [step.member for step in walk(item, {"bo.zip#trong.zip#a.txt"}) if not isinstance(step, Passage)]
    assert rest == ["trong.zip#b.txt", "c.txt"]

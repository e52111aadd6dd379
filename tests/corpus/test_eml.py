"""Messages: the words as a document, attachments as members."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.document import Document
from tests.corpus.making import ARTICLE, outcomes, page, read_bytes, zipped


def message(**fields: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ban biên tập <toasoan@bao.example>"
    made["To"] = "banddoc@bao.example"
    made["Subject"] = "Thông báo về Ngày truyền thống"
    made["Date"] = "Thu, 19 Jul 2018 23:30:00 +0700"
    for name, value in fields.items():
        made[name] = value
    return made


def test_a_message_is_a_document(tmp_path: Path) -> None:
    made = message()
    made.set_content("Kính gửi bạn đọc,\nngày mai là Ngày truyền thống.\n")
    (result,) = read_bytes(tmp_path, "a.eml", made.as_bytes())
    assert isinstance(result, Document)
    assert (result.id, result.member) == ("a.eml", None)
    assert result.text == "Kính gửi bạn đọc,\nngày mai là Ngày truyền thống.\n"
    assert (result.title, result.author) == ("Thông báo về Ngày truyền thống", "Ban biên tập")
    assert (result.date, result.date_rule) == ("2018-07-19", "mail-date"), "the day where it was sent"
    assert result.metadata["To"] == "banddoc@bao.example"


def test_plain_text_comes_before_html(tmp_path: Path) -> None:
    made = message()
    made.set_content("Bản chữ thường của thư.")
    made.add_alternative("<p>Bản trang của thư.</p>", subtype="html")
    (result,) = read_bytes(tmp_path, "a.eml", made.as_bytes())
    assert isinstance(result, Document) and result.text.strip() == "Bản chữ thường của thư."


def test_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    made = message()
    made.set_content(page("Tên", ARTICLE * 3).decode(), subtype="html")
    (result,) = read_bytes(tmp_path, "a.eml", made.as_bytes())
    assert isinstance(result, Document) and "Quốc hội khóa XII" in result.text and "<p>" not in result.text


def test_attachments_are_members(tmp_path: Path) -> None:
    made = message()
    made.set_content("Xin gửi kèm ba tệp.")
    made.add_attachment(ARTICLE.encode(), maintype="text", subtype="plain", filename="Nghị quyết.txt")
    made.add_attachment(zipped({"a.txt": ARTICLE.encode()}), maintype="application", subtype="zip", filename="../x.zip")
    made.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="rác")
    results = read_bytes(tmp_path, "a.eml", made.as_bytes())
    assert outcomes(results) == {
        "a.eml": "read", "a.eml#Nghị quyết.txt": "read", "a.eml#x.zip#a.txt": "read", "a.eml#rác": "not-text",
    }
    assert {result.path for result in results} == {"a.eml"}


def test_a_message_is_told_by_its_fields(tmp_path: Path) -> None:
    made = message(**{"Message-ID": "<1@bao.example>"})
    made.set_content("Một bức thư.")
    (result,) = read_bytes(tmp_path, "letter", made.as_bytes())
    assert isinstance(result, Document) and result.title == "Thông báo về Ngày truyền thống"
    (result,) = read_bytes(tmp_path, "b.txt", "Date: 19/7\nFrom: đâu đó\n\nMột bài viết.".encode())
    assert isinstance(result, Document) and result.text.startswith("Date:"), "an article that only looks like one"


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b\nSubject: =?utf-8?B?////?= =?x-none?Q?=ZZ?=\nDate: never\n\nabc",
        b"From: a@b\nContent-Type: text/plain; charset=undefined\n\nabc",
        b"From: a@b\nContent-Type: text/plain; charset*0*=x''%ff\n\nabc",
        b"From: a@b\nContent-Transfer-Encoding: base64\n\nYWJj=Zg===",
        b"From: a@b\nDate: Thu, 99 Jul 99999999 23:30:00 +9999\n\nabc",
    ],
)
def test_broken_fields_break_nothing(tmp_path: Path, data: bytes) -> None:
    (result,) = read_bytes(tmp_path, "a.eml", data)
    assert isinstance(result, Document) and "abc" in result.text


def test_a_message_without_words(tmp_path: Path) -> None:
    assert outcomes(read_bytes(tmp_path, "a.eml", b"From: a@b\nSubject: x\n\n\n")) == {"a.eml": "empty"}


def test_parts_in_parts_in_parts(tmp_path: Path) -> None:
    data = b"From: a@b\n"
    for depth in range(2000):
        data += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth)
    results = read_bytes(tmp_path, "a.eml", data + b"\nabc")
    assert len(results) == 1

"""Messages: the words as a document, attachments as members."""

from __future__ import annotations

import base64
import quopri
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


SAID = "Cộng hoà xã hội chủ nghĩa Việt Nam, tư pháp nước ta đã được thành lập như trước."
IN_TCVN3 = (
    b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, t\xad ph\xb8p n\xad\xedc ta \xae\xb7 "
    b"\xae\xad\xeec th\xb5nh l\xcbp nh\xad tr\xad\xedc."
)
IN_1258 = (
    b'C\xf4\xf2ng ho\xe0 xa\xde h\xf4\xf2i chu\xd2 nghi\xdea Vi\xea\xf2t Nam'
    b', t\xfd ph\xe1p n\xfd\xf5\xecc ta \xf0a\xde \xf0\xfd\xf5\xf2c th\xe0nh l\xe2\xf2p nh\xfd tr\xfd\xf5\xecc.'
)


@pytest.mark.parametrize(
    ("fields", "body", "encoding"),
    [
        ("", IN_TCVN3, "tcvn3"),
        ("Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 8bit\n", IN_TCVN3, "tcvn3"),
        ("Content-Type: text/plain; charset=iso-8859-1\n", IN_TCVN3, "tcvn3"),
        ("Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n",
         quopri.encodestring(IN_TCVN3), "tcvn3"),
        ("Content-Transfer-Encoding: quoted-printable\n", quopri.encodestring(IN_TCVN3), "tcvn3"),
        ("Content-Transfer-Encoding: quoted-printable\n", quopri.encodestring(SAID.encode()), "utf-8"),
        ("Content-Transfer-Encoding: base64\n", base64.encodebytes(IN_TCVN3), "tcvn3"),
        ("Content-Type: text/plain; charset=utf-8\n", IN_TCVN3.decode("cp1252").encode(), "tcvn3"),
        ("Content-Type: text/plain; charset=windows-1258\n", IN_1258, "cp1258"),
        ("Content-Type: text/html; charset=iso-8859-1\n", b"<html><p>" + IN_TCVN3 + b"</p></html>", "tcvn3"),
    ],
)
def test_old_tables_and_missing_charsets(tmp_path: Path, fields: str, body: bytes, encoding: str) -> None:
    head = f"From: a@bao.example\nSubject: x\nDate: Thu, 19 Jul 2001 23:30:00 +0700\n{fields}\n".encode()
    (result,) = read_bytes(tmp_path, "a.eml", head + body)
    assert isinstance(result, Document) and result.text.strip() == SAID
    assert result.encoding == encoding


def test_a_subject_in_tcvn3(tmp_path: Path) -> None:
    subject = b"=?iso-8859-1?Q?" + quopri.encodestring(IN_TCVN3[:40], header=True).replace(b"=\n", b"") + b"?="
    (result,) = read_bytes(tmp_path, "a.eml", b"From: a@bao.example\nSubject: " + subject + b"\n\nabc")
    assert isinstance(result, Document) and result.title == SAID[:40]


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

"""Files of every kind, made for the tests."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

from corpus.document import Document
from corpus.errors import Rejected
from corpus.read import read
from corpus.scan import Item

ARTICLE = "Quốc hội thông qua Luật\n\nSáng 14/11/2008, Quốc hội khóa XII đã thông qua Luật Thi hành án dân sự."


def read_bytes(folder: Path, name: str, data: bytes) -> list[Document | Rejected]:
    """What a file of these bytes and this name gives."""
    path = folder / name
    path.write_bytes(data)
    return list(read(Item(path, name)))


def outcomes(results: list[Document | Rejected]) -> dict[str, str]:
    """The identifier of each result, with `read` or the reason why not."""
    found = {r.id: "read" if isinstance(r, Document) else str(r.reason) for r in results}
    assert len(found) == len(results), "identifiers are unique"
    return found


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar file."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def lines(*rows: object) -> bytes:
    """JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def captured(
    address: str, body: bytes, *, head: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    """A WARC response record."""
    block = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body
    return warc_record("response", block, address)


def warc_record(kind: str, block: bytes, address: str = "https://bao.example/1") -> bytes:
    """A WARC record of any kind."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2014-03-05T01:02:03Z\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(title: str, words: str) -> bytes:
    """A web page with an article."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{words}</p></article></body></html>"
    ).encode()


def members_gzip(*parts: bytes) -> bytes:
    """Parts as one gzip file, each a gzip member of its own, as in `.warc.gz`."""
    return b"".join(gzip.compress(part) for part in parts)

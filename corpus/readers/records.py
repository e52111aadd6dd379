"""Records: one JSON object a line (`.jsonl`), read line by line with bounded memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.document import Document
from corpus.encodings.runs import decode_text
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.source import MAX_DOCUMENT, Source, stored_text

FIELDS: dict[str, tuple[str, ...]] = {  # our name -> names met in the wild, the best first
    "id": ("id", "_id", "doc_id", "docid", "article_id", "uuid", "guid", "uid"),
    "text": (
        "text", "content", "body", "full_text", "fulltext", "article", "maintext", "main_text", "document",
        "noi_dung", "nội dung", "noidung", "van_ban", "toan_van",
    ),
    "title": ("title", "headline", "name", "tieu_de", "tiêu đề", "tieude", "ten", "trich_yeu"),
    "date": (
        "date", "published", "publish_date", "published_date", "date_published", "datepublished", "published_at",
        "pubdate", "pub_date", "publication_date", "publishdate", "issue_date", "ngay_ban_hanh", "ngay_dang",
        "ngày đăng", "ngay", "time", "datetime",
    ),
    "author": ("author", "authors", "byline", "creator", "tac_gia", "tác giả"),
    "source": ("source", "site", "publisher", "newspaper", "domain", "sitename", "nguon", "nguồn"),
    "url": ("url", "link", "href", "canonical", "permalink"),
}
_LONGEST_METADATA = 2000  # characters of a field that is only kept


def read(source: Source) -> Iterator[Document | Rejected]:
    """A document for each line of the file. Raises ReadError where there is none."""
    found = False
    with source.open() as stream:
        for result in _documents(stream, source.name):
            found = True
            yield result
    if not found:
        raise ReadError(Reason.EMPTY, "no records")


def _documents(stream: BinaryIO, name: str) -> Iterator[Document | Rejected]:
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(MAX_DOCUMENT)
        except ReadError as error:  # a compressed file is cut or damaged here
            yield _rejected(name, number, ReadError(error.reason, f"at line {number}: {error.detail}"))
            return
        except OSError as error:
            yield _rejected(name, number, ReadError(Reason.UNREADABLE, f"at line {number}: {error}"))
            return
        if not line:
            return
        if len(line) == MAX_DOCUMENT and not line.endswith(b"\n"):
            yield _rejected(name, number, ReadError(Reason.TOO_LARGE, f"a line of over {MAX_DOCUMENT} bytes"))
            if cut := _skip_line(stream):
                yield _rejected(name, number + 1, cut)
                return
            continue
        if line.strip():
            yield _document(line, name, number)


def _skip_line(stream: BinaryIO) -> ReadError | None:
    """Read to the end of the line; the error if the file is cut or damaged before it."""
    try:
        while (part := stream.readline(MAX_DOCUMENT)) and not part.endswith(b"\n"):
            pass
    except ReadError as error:
        return error
    except OSError as error:
        return ReadError(Reason.UNREADABLE, str(error))
    return None


def _document(line: bytes, name: str, number: int) -> Document | Rejected:
    digest = hashlib.sha256(line).hexdigest()
    try:
        return document_from_record(_record(line), path=name, member=str(number), sha256=digest)
    except ReadError as error:
        return _rejected(name, number, error, digest)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(Reason.ENCODING_UNKNOWN, f"not utf-8 at byte {error.start} of the line") from error
    except RecursionError as error:
        raise ReadError(Reason.BAD_RECORD, "nested too deeply") from error
    except ValueError as error:
        raise ReadError(Reason.BAD_RECORD, str(error)[:200]) from error
    if not isinstance(record, dict):
        raise ReadError(Reason.BAD_RECORD, f"a JSON {type(record).__name__}, not an object")
    return record


def _rejected(name: str, number: int, error: ReadError, digest: str | None = None) -> Rejected:
    return Rejected(
        id=f"{name}#{number}", path=name, member=str(number), reason=error.reason, detail=error.detail, sha256=digest
    )


def document_from_record(
    record: dict[str, Any], *, path: str = "", member: str | None = None, sha256: str = ""
) -> Document:
    """A document from the fields of a record; `FIELDS` lists the names that are understood.

    The text is exactly the text field (NFC, `\\n`). Without an `id` it is `<path>#<line>`. Fields that are not
    understood stay in `metadata`. Raises ReadError: bad-record (no text field), empty, not-text.
    """
    fields = {str(key).strip().casefold(): value for key, value in record.items()}
    taken = {ours: _first(fields, names, as_text=ours == "text") for ours, names in FIELDS.items()}
    if taken["text"] is None:
        if any(name in fields and isinstance(fields[name], str) for name in FIELDS["text"]):
            raise ReadError(Reason.EMPTY, "the text field is empty")
        raise ReadError(Reason.BAD_RECORD, "no text field")
    used = {name for name, _ in filter(None, taken.values())}
    stated = {ours: _clean(value) for ours, (_, value) in _present(taken).items() if ours not in ("id", "text")}
    rest = {
        _clean(name): _clean(value)[:_LONGEST_METADATA]
        for name, value in fields.items()
        if name not in used and isinstance(value, str | int | float) and value != ""
    }
    decoded = decode_text(taken["text"][1])
    text = stored_text(decoded.text)
    own = taken["id"] and _clean(taken["id"][1])
    described = describe(text, stated, date_rule="json")
    described["metadata"] = rest | described["metadata"]
    return Document(
        id=own or (f"{path}#{member}" if member else path), text=text, url=stated.get("url"),
        path=path, member=member, sha256=sha256, encoding=decoded.encoding, **described,
    )


def _first(fields: dict[str, Any], names: tuple[str, ...], *, as_text: bool) -> tuple[str, Any] | None:
    """The best-named field that says something: a string or number; a list only of strings, such as authors."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, list) and not as_text and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        said = isinstance(value, str if as_text else str | int | float) and not isinstance(value, bool)
        if said and str(value).strip():
            return name, value
    return None


def _present(taken: dict[str, tuple[str, Any] | None]) -> dict[str, tuple[str, Any]]:
    return {ours: found for ours, found in taken.items() if found is not None}


def _clean(value: Any) -> str:
    """A metadata value as text that can be stored: trimmed, half surrogates replaced, no NUL."""
    return str(value).encode("utf-8", "replace").decode().replace("\x00", "").strip()

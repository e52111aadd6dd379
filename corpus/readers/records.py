"""Records: one JSON object a line (`.jsonl`), read line by line with bounded memory."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.columns import FIELDS, Columns, key, value_at
from corpus.document import Document
from corpus.encodings.runs import decode_text
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.readers.article import words_of_markup
from corpus.source import MAX_DOCUMENT, Source, stored_text

_LONGEST_METADATA = 2000  # characters of a field that is only kept
_KNOWN_NAMES = Columns()
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")           # seconds or milliseconds since 1970
_BASIC_DAY = re.compile(r"((?:1[89]|20)\d\d)(\d\d)(\d\d)")
_TAG = re.compile(r"<(?:p|div|br|span|table|ul|ol|h[1-6]|strong|b|em|i|a|img|article|section)\b[^<>]{0,500}>", re.I)
_BLOCK_END = re.compile(r"</(?:p|div|li|tr|table|h[1-6])\s*>|<br\s*/?>", re.I)
_ENTITY = re.compile(r"&(?:nbsp|amp|quot|lt|gt|[aeiouyAEIOUYdD](?:acute|grave|circ|tilde)|#\d{2,5}|#x[\da-fA-F]{2,5});")
_FEWEST_TAGS = 3   # of a text that does not begin with one: Markdown may hold one or two
_FEWEST_ENTITIES = 3


def read(source: Source) -> Iterator[Document | Rejected]:
    """A document for each line of the file. Raises ReadError where there is none."""
    found = False
    with source.open() as stream:
        for result in _documents(stream, source):
            found = True
            yield result
    if not found:
        raise ReadError(Reason.EMPTY, "no records")


def _documents(stream: BinaryIO, source: Source) -> Iterator[Document | Rejected]:
    name, number = source.name, 0
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
            yield _document(line, source, number)


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


def _document(line: bytes, source: Source, number: int) -> Document | Rejected:
    digest = source.columns.digest(line)
    try:
        with source.budget.kept_apart(source.name):
            return document_from_record(
                _record(line), path=source.name, member=str(number), sha256=digest, columns=source.columns
            )
    except ReadError as error:
        return _rejected(source.name, number, error, digest)


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
    record: dict[str, Any], *, path: str = "", member: str | None = None, sha256: str = "",
    columns: Columns = _KNOWN_NAMES,
) -> Document:
    """A document from the fields of a record; `corpus.columns.FIELDS` lists the names that are understood.

    The text is exactly the text field (NFC, `\n`); markup in it is taken out. Without an `id` it is `<path>#<line>`.
    Fields that are not understood stay in `metadata`. Raises ReadError: bad-record (no text field), empty, not-text.
    """
    fields = {key(str(name)): value for name, value in record.items()}
    taken = {ours: _first(fields, columns.names(ours), as_text=ours == "text") for ours in FIELDS}
    if taken["text"] is None:
        if any(isinstance(value_at(fields, name), str) for name in columns.names("text")):
            raise ReadError(Reason.EMPTY, "the text field is empty")
        raise ReadError(Reason.BAD_RECORD, columns.missing(map(str, record)))
    used = {name for name, _ in filter(None, taken.values())}
    stated = {ours: _clean(value) for ours, (_, value) in _present(taken).items() if ours not in ("id", "text")}
    rest = {
        _clean(name): _clean(value)[:_LONGEST_METADATA]
        for name, value in fields.items()
        if name not in used and isinstance(value, str | int | float) and value != ""
    }
    plain, markup = _without_markup(taken["text"][1])
    decoded = decode_text(plain)
    text = stored_text(decoded.text)
    own = taken["id"] and _clean(taken["id"][1])
    rule = "epoch" if _EPOCH.fullmatch(stated.get("date", "")) else "json"
    described = describe(text, _dated(stated), date_rule=rule)
    described["metadata"] = rest | described["metadata"] | ({"markup": markup} if markup else {})
    return Document(
        id=own or (f"{path}#{member}" if member else path), text=text, url=stated.get("url"),
        path=path, member=member, sha256=sha256, encoding=decoded.encoding, **described,
    )


def _without_markup(text: str) -> tuple[str, str | None]:
    """A text field without HTML, and what was taken out of it: `html`, `entities`, None."""
    if _TAG.match(text.lstrip()) or len(_BLOCK_END.findall(text)) >= _FEWEST_TAGS:
        return words_of_markup(text), "html"
    if len(_ENTITY.findall(text)) >= _FEWEST_ENTITIES:
        return html.unescape(text).replace("\xa0", " "), "entities"
    return text, None


def _dated(stated: dict[str, str]) -> dict[str, str]:
    """With a date in ISO 8601's basic form (`20180704`) in its extended one."""
    if basic := _BASIC_DAY.fullmatch(stated.get("date", "")):
        return stated | {"date": "-".join(basic.groups())}
    return stated


def _first(fields: dict[str, Any], names: tuple[str, ...], *, as_text: bool) -> tuple[str, Any] | None:
    """The best-named field that says something: a string or number; a list only of strings, such as authors."""
    for name in names:
        value = value_at(fields, name)
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = ("\n" if as_text else ", ").join(value)
        said = isinstance(value, str if as_text else str | int | float) and not isinstance(value, bool)
        if said and str(value).strip() and not (isinstance(value, float) and not math.isfinite(value)):
            return name, value
    return None


def _present(taken: dict[str, tuple[str, Any] | None]) -> dict[str, tuple[str, Any]]:
    return {ours: found for ours, found in taken.items() if found is not None}


def _clean(value: Any) -> str:
    """A metadata value as text that can be stored: trimmed, half surrogates replaced, no NUL."""
    return str(value).encode("utf-8", "replace").decode().replace("\x00", "").strip()

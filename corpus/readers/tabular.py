"""Tables of documents: CSV and Parquet, a document a row. Columns are named as fields of records are (`FIELDS`)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.readers.records import FIELDS, document_from_record
from corpus.readers.text import decode, marked_encoding
from corpus.source import MAX_DOCUMENT, Source

_DELIMITERS = "\t;,|"
_NOT_UTF8 = re.compile("[\udc80-\udcff]")   # as `surrogateescape` keeps such bytes
_FEW_ROWS = 64               # of a Parquet file in memory together
_LONGEST_GROUP = 4 * 1024**3  # bytes that a row group states
_KNOWN = {name for names in FIELDS.values() for name in names}


def is_csv(source: Source) -> bool:
    """Whether the first line is a header with a column of text and another that is known."""
    first = source.head[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
    try:
        names = _names(next(csv.reader([first.strip()], delimiter=_delimiter(first)), []))
    except csv.Error:
        return False
    known = [name for name in names if name in _KNOWN]
    return len(known) > 1 and any(name in FIELDS["text"] for name in known)


def read_csv(source: Source) -> Iterator[Document | Rejected]:
    """A document a row; members are numbered from the first row below the header. Raises ReadError.

    A row that is broken is rejected and the next is read; the header says which column is the text.
    """
    before = csv.field_size_limit(MAX_DOCUMENT)  # one limit for the whole process, so it is put back
    try:
        yield from _documents(source)
    finally:
        csv.field_size_limit(before)


def _documents(source: Source) -> Iterator[Document | Rejected]:
    lines = _Lines(source)
    first = next(lines, "")
    rows = csv.reader(_chain(first, lines), delimiter=_delimiter(first), strict=True)
    header = _header(rows)
    for number in _count():
        lines.next_row()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            cut = "unexpected end" in str(error)
            yield _rejected(source, number, ReadError(Reason.TRUNCATED if cut else Reason.BAD_RECORD, str(error)))
            continue
        except ReadError as error:
            yield _rejected(source, number, error)
            return
        if any(cell.strip() for cell in row):
            yield _row(source, number, header, row, "".join(lines.taken))


def _count() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise ReadError(Reason.BAD_RECORD, f"the header: {error}") from error
    names = _names(header)
    if not any(names):
        raise ReadError(Reason.EMPTY, "no header line")
    if not any(name in FIELDS["text"] for name in names):
        raise ReadError(Reason.BAD_RECORD, f"no column of text among {', '.join(names)[:200]}")
    return header


def _names(header: list[str]) -> list[str]:
    return [name.strip().casefold() for name in header]


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=outside.count) if any(char in outside for char in _DELIMITERS) else ","


def _row(source: Source, number: int, header: list[str], row: list[str], raw: str) -> Document | Rejected:
    digest = hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()
    try:
        if len(row) > len(header):
            raise ReadError(Reason.BAD_RECORD, f"{len(row)} cells under {len(header)} columns")
        if _NOT_UTF8.search(raw):
            raise ReadError(Reason.ENCODING_UNKNOWN, "not utf-8")
        record = dict(zip(header, row, strict=False))
        return document_from_record(record, path=source.name, member=str(number), sha256=digest)
    except ReadError as error:
        return _rejected(source, number, error, digest)


def _rejected(source: Source, number: int, error: ReadError, digest: str | None = None) -> Rejected:
    return Rejected(
        id=f"{source.name}#{number}", path=source.name, member=str(number), reason=error.reason, detail=error.detail,
        sha256=digest,
    )


class _Lines(Iterator[str]):
    """Lines with their ends, decoded; `taken` holds those of the row.

    UTF-8 is read as it comes, anything else is decoded whole.
    """

    def __init__(self, source: Source) -> None:
        self.taken: list[str] = []
        self._length = 0
        self._stream: io.TextIOBase = _decoded(source) or io.TextIOWrapper(
            source.open(), "utf-8-sig", errors="surrogateescape", newline=""
        )

    def next_row(self) -> None:
        """Forget the lines of the last row."""
        self.taken.clear()
        self._length = 0

    def __next__(self) -> str:
        try:
            line = self._stream.readline(MAX_DOCUMENT)
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, str(error)) from error
        if not line:
            raise StopIteration
        if len(line) >= MAX_DOCUMENT:
            raise ReadError(Reason.TOO_LARGE, f"a line of over {MAX_DOCUMENT} characters")
        self.taken.append(line)
        self._length += len(line)
        if self._length > MAX_DOCUMENT:
            raise ReadError(Reason.TOO_LARGE, "a row without end")
        return line


def _decoded(source: Source) -> io.StringIO | None:
    """The whole table where it is not UTF-8 but another encoding that is known."""
    if marked_encoding(source.head) in (None, "utf-8") and _is_utf8(source.head):
        return None
    try:
        return io.StringIO(decode(source.load())[0].removeprefix("\ufeff"), newline="")
    except ReadError as error:
        if error.reason is not Reason.ENCODING_UNKNOWN:
            raise
        return None  # a few broken rows in UTF-8


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 4
    return True


def read_parquet(source: Source) -> Iterator[Document | Rejected]:
    """A document a row. Raises ReadError: missing-program (pyarrow), damaged, over-limit, bad-record."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ReadError(Reason.MISSING_PROGRAM, "pyarrow (pip install 'sulieu[parquet]')") from error
    try:
        names = [field.name for field in parquet.read_schema(source.path)]
        strings = [name for name in names if "." not in name]
        # a dictionary keeps a value that is repeated a million times in memory once
        file = parquet.ParquetFile(source.path, read_dictionary=strings)
        _check(file)
        number = 0
        for batch in file.iter_batches(batch_size=_FEW_ROWS):
            for place in range(batch.num_rows):
                number += 1
                row = {name: batch.column(name)[place].as_py() for name in batch.schema.names}
                yield _parquet_row(source, number, row)
    except (arrow.ArrowException, OSError, ValueError, MemoryError) as error:
        raise ReadError(Reason.DAMAGED, str(error)[:200]) from error
    if not number:
        raise ReadError(Reason.EMPTY, "no rows")


def _check(file: Any) -> None:
    names = _names(file.schema_arrow.names)
    if not any(name in FIELDS["text"] for name in names):
        raise ReadError(Reason.BAD_RECORD, f"no column of text among {', '.join(names)[:200]}")
    for group in range(file.num_row_groups):
        if (size := file.metadata.row_group(group).total_byte_size) > _LONGEST_GROUP:
            raise ReadError(Reason.OVER_LIMIT, f"a row group of {size} bytes; the limit is {_LONGEST_GROUP}")


def _parquet_row(source: Source, number: int, row: dict[str, Any]) -> Document | Rejected:
    row = {name: value if isinstance(value, str | int | float | list) else _plain(value) for name, value in row.items()}
    digest = hashlib.sha256(json.dumps(row, ensure_ascii=True, default=str).encode()).hexdigest()
    try:
        return document_from_record(row, path=source.name, member=str(number), sha256=digest)
    except ReadError as error:
        return _rejected(source, number, error, digest)


def _plain(value: Any) -> str | None:
    """Dates as ISO 8601; bytes if they are UTF-8."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

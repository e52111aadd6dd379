"""Tables of documents: CSV and Parquet, a document a row, columns named as in `corpus.columns`."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.columns import Columns
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.readers.records import document_from_record
from corpus.readers.text import decode, marked_encoding
from corpus.source import MAX_DOCUMENT, Source

_DELIMITERS = "\t;,|"
_NOT_UTF8 = re.compile("[\udc80-\udcff]")   # as `surrogateescape` keeps such bytes
_FEW_ROWS = 64               # of a Parquet file in memory together
_LONGEST_GROUP = 4 * 1024**3  # bytes that a row group states


def is_csv(source: Source) -> bool:
    """Whether the first line is a header with a column of text and another that is known."""
    first = source.head[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
    try:
        names = next(csv.reader([first.strip()], delimiter=_delimiter(first)), [])
    except csv.Error:
        return False
    known = source.columns.known(names)
    return len(known) > 1 and "text" in known


def read_csv(source: Source) -> Iterator[Document | Rejected]:
    """A document a row; members are numbered from the first row below the header. Raises ReadError.

    A row that is broken is rejected and the next is read; the header says which column is the text.
    """
    before = csv.field_size_limit(MAX_DOCUMENT)  # one limit for the whole process, so it is put back
    found = False
    try:
        for result in _documents(source):
            found = True
            yield result
    finally:
        csv.field_size_limit(before)
    if not found:
        raise ReadError(Reason.EMPTY, "no rows")


def _documents(source: Source) -> Iterator[Document | Rejected]:
    lines = _Lines(source)
    first = next(lines, "")
    rows = csv.reader(_chain(first, lines), delimiter=_delimiter(first), strict=True)
    header = _header(rows, source.columns)
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


def _header(rows: Iterator[list[str]], columns: Columns) -> list[str]:
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise ReadError(Reason.BAD_RECORD, f"the header: {error}") from error
    if not any(name.strip() for name in header):
        raise ReadError(Reason.EMPTY, "no header line")
    if "text" not in columns.known(header):
        raise ReadError(Reason.BAD_RECORD, columns.missing(header))
    return header


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=outside.count) if any(char in outside for char in _DELIMITERS) else ","


def _row(source: Source, number: int, header: list[str], row: list[str], raw: str) -> Document | Rejected:
    digest = source.columns.digest(raw.encode("utf-8", "surrogateescape"))
    try:
        if len(row) > len(header):
            raise ReadError(Reason.BAD_RECORD, f"{len(row)} cells under {len(header)} columns")
        if _NOT_UTF8.search(raw):
            raise ReadError(Reason.ENCODING_UNKNOWN, "not utf-8")
        return _from(source, dict(zip(header, row, strict=False)), number, digest)
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
        schema = parquet.read_schema(source.path)
        strings = [field.name for field in schema if "." not in field.name and str(field.type).endswith("string")]
        # a dictionary keeps a value that is repeated a million times in memory once
        file = parquet.ParquetFile(source.path, read_dictionary=strings)
        _check(file, source.columns)
        number = given = 0
        for batch in file.iter_batches(batch_size=_FEW_ROWS):
            for place in range(batch.num_rows):
                number += 1
                row = {name: batch.column(name)[place].as_py() for name in batch.schema.names}
                letters = sum(len(value) for value in row.values() if isinstance(value, str))
                given += letters
                source.budget.spend(letters, of=given, stored=source.size)
                yield _parquet_row(source, number, row)
    except (arrow.ArrowException, OSError, ValueError, MemoryError, LookupError, OverflowError) as error:
        raise ReadError(Reason.DAMAGED, str(error)[:200]) from error
    if not number:
        raise ReadError(Reason.EMPTY, "no rows")


def _check(file: Any, columns: Columns) -> None:
    names = file.schema_arrow.names
    if "text" not in columns.known(names):
        raise ReadError(Reason.BAD_RECORD, columns.missing(names))
    for group in range(file.num_row_groups):
        if (size := file.metadata.row_group(group).total_byte_size) > _LONGEST_GROUP:
            raise ReadError(Reason.OVER_LIMIT, f"a row group of {size} bytes; the limit is {_LONGEST_GROUP}")


def _parquet_row(source: Source, number: int, row: dict[str, Any]) -> Document | Rejected:
    kept = (str, int, float, list, dict)
    row = {name: value if isinstance(value, kept) else _plain(value) for name, value in row.items()}
    digest = source.columns.digest(json.dumps(row, ensure_ascii=True, default=str).encode())
    try:
        return _from(source, row, number, digest)
    except ReadError as error:
        return _rejected(source, number, error, digest)


def _from(source: Source, record: dict[str, Any], number: int, digest: str) -> Document:
    with source.budget.kept_apart(source.name):
        return document_from_record(
            record, path=source.name, member=str(number), sha256=digest, columns=source.columns
        )


def _plain(value: Any) -> str | None:
    """Dates as ISO 8601; bytes if they are UTF-8."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

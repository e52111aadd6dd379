"""Which columns of a table, or fields of a record, mean what: known names, and a mapping beside the data.

A file `sulieu-columns.tsv` names the columns of CSV, JSON and Parquet files of its folder and of those below it. It
is part of the archive, so the same build can be run again anywhere:

    field	column	files
    text	noi_dung_bai
    date	thong_tin.ngay	*.jsonl

A column of a record inside a record is named with dots. Where a field has several rows the first that says something
counts. A field that is mapped takes nothing else; other fields keep their known names (`FIELDS`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

SIDECAR = "sulieu-columns.tsv"

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
_LONGEST = 100_000  # characters of a mapping
_MARK = 16           # hexadecimal digits of a mapping in the hash of a record


class ColumnsError(ValueError):
    """A mapping is broken: its line and what to mend."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping for one file: pairs of our field and the column that it is in. Empty: known names only."""

    pairs: tuple[tuple[str, str], ...] = ()

    def names(self, field: str) -> tuple[str, ...]:
        """The columns that the field may be in, the best first, as they are compared (`key`)."""
        mapped = tuple(column for ours, column in self.pairs if ours == field)
        return mapped or FIELDS[field]

    def known(self, columns: Iterable[str]) -> set[str]:
        """Our fields that are among these columns."""
        keys = {key(column) for column in columns}
        tops = keys | {column for _, column in self.pairs if column.partition(".")[0] in keys}
        return {field for field in FIELDS if any(name in tops for name in self.names(field))}

    @property
    def mark(self) -> str:
        """What a record's hash ends with under this mapping; nothing where there is none."""
        return f"+{hashlib.sha256(repr(self.pairs).encode()).hexdigest()[:_MARK]}" if self.pairs else ""

    def digest(self, data: bytes) -> str:
        """The hash of a record's bytes, then the mark of the mapping: with another mapping it is read anew."""
        return hashlib.sha256(data).hexdigest() + self.mark

    @staticmethod
    def parts(digest: str) -> tuple[str, str]:
        """What a digest says of the bytes, and the mark of the mapping, which may be empty."""
        of_bytes, plus, mapping = digest.partition("+")
        return of_bytes, plus + mapping

    def missing(self, columns: Iterable[str]) -> str:
        """What to say of a table without text: its columns, and how to name the one."""
        found = ", ".join(columns)[:200] or "nothing"
        wanted = ", ".join(self.names("text")[:4])
        return f"no column of text among {found}; it may be called {wanted}, or be named in {SIDECAR}"


def key(column: str) -> str:
    """A name as it is compared: trimmed, without regard to capitals."""
    return column.strip().casefold()


def value_at(fields: Mapping[str, Any], column: str) -> Any:
    """The value of a field, also of one inside others (`thong_tin.ngay`); None where there is none."""
    if column in fields:
        return fields[column]
    found: Any = fields
    for part in column.split("."):
        inside = {key(str(name)): value for name, value in found.items()} if isinstance(found, Mapping) else {}
        found = inside.get(part)
    return found


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A `sulieu-columns.tsv`: rows of field, column and the names of files that they are for."""

    rows: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, path: Path) -> Sidecar:
        """Read a mapping. Raises ColumnsError, OSError."""
        try:
            if not path.is_file() or path.is_symlink():
                raise FileNotFoundError(path)
            with path.open(encoding="utf-8-sig") as stream:
                return cls.parsed(stream.read(_LONGEST))
        except UnicodeDecodeError as error:
            raise ColumnsError(f"not utf-8 at byte {error.start}") from error

    @classmethod
    def parsed(cls, text: str) -> Sidecar:
        """A mapping from its words. Raises ColumnsError."""
        lines = text[:_LONGEST].splitlines()
        said = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        if not said or [cell.strip() for cell in said[0][1]] not in (["field", "column"], ["field", "column", "files"]):
            raise ColumnsError("the first line must be field, column and, if wanted, files, with tabs between them")
        return cls(tuple(_row(number, cells) for number, cells in said[1:]))

    def columns(self, name: str) -> Columns:
        """The mapping for the file of this name."""
        return Columns(tuple((field, column) for field, column, files in self.rows if fnmatchcase(name, files)))


def broken_mapping(folder: Path) -> str | None:
    """What is wrong with the mapping in a folder, so that it does not count; None if nothing is, or there is none."""
    try:
        Sidecar.of(folder / SIDECAR)
    except ColumnsError as error:
        return str(error)
    except OSError:
        return None
    return None


def _row(number: int, cells: list[str]) -> tuple[str, str, str]:
    field, column, files, *more = [*(cell.strip() for cell in cells), "", ""]
    if field not in FIELDS or not column or any(more[:-2]):
        raise ColumnsError(f"line {number}: field must be one of {', '.join(FIELDS)}, and its column be named")
    return field, key(column), files or "*"

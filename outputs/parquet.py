"""Facts and documents as a partitioned Parquet dataset, which DuckDB, Spark, Dask and pandas read (docs/scale.md).

    DIR/facts/kind=event/year=2018/part-00000.parquet
    DIR/documents/year=2018/part-00000.parquet
    DIR/_SUCCESS                          written last

All files of facts have the same columns, whatever the kind: what a kind does not have is null. Dates stand as they
were said (EDTF, strings), and as the first and last day for which the fact counts; numbers as doubles, and exactly, as
strings. Rows are in order of document and place, files have fixed names: two exports of one fact base are the same
bytes. One file is open at a time, and rows come sorted from SQLite, so memory does not grow with the fact base.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from corpus.scan import is_address
from outputs.errors import QuestionError
from outputs.exports import RELATION_COLUMNS, RELATION_JOINS, wanted_kinds
from outputs.factbase import FactBase
from outputs.factbase.rows import FIELDS, table_of

if TYPE_CHECKING:
    import pyarrow as pa

NO_YEAR = "__HIVE_DEFAULT_PARTITION__"   # what Hive calls a partition of nulls
_GROUP = 10_000                # rows of a row group, so many of which are in memory
_GROUP_TEXT = 4_000_000        # characters of the texts of a row group
_FILE = 1_000_000              # rows of a file
_SUCCESS = "_SUCCESS"
_OURS = ("facts/kind=*/year=*/part-*.parquet", "documents/year=*/part-*.parquet")

_WHOLE = frozenset({"part_of", "repeats", "subject_start", "subject_end", "object_start", "object_end", "act_year"})
_EXACT = {"value": "value", "high": "value_high", "of": "of", "also": "also"}   # of a figure: as stored, as called here
_RENAMED = {"year": "act_year"}   # `year` is the partition

_FACTS = """
    SELECT substr(coalesce(k.first_day, k.last_day), 1, 4) AS partition,
           d.id AS doc, d.title AS doc_title, d.date AS doc_date, m.id AS fact, m.start AS at, m."end" AS until,
           m.quote AS words, m.rule AS by_rule, k.first_day AS day, k.last_day AS to_day, k.basis AS day_basis, f.*
    FROM mention m JOIN {table} f ON f.mention = m.key JOIN document d ON d.key = m.document
    LEFT JOIN fact_day k ON k.mention = m.key
    WHERE m.kind = '{kind}' ORDER BY partition, doc, at, until, fact
"""
_RELATIONS = f"""
    SELECT substr(coalesce(d.first_day, d.last_day), 1, 4) AS partition,
           d.id AS doc, d.title AS doc_title, d.date AS doc_date, r.id AS fact, r.start AS at, r."end" AS until,
           r.quote AS words, r.rule AS by_rule, d.first_day AS day, d.last_day AS to_day,
           CASE WHEN coalesce(d.first_day, d.last_day) IS NOT NULL THEN 'document' END AS day_basis, {RELATION_COLUMNS}
    FROM relation r JOIN document d ON d.key = r.document {RELATION_JOINS}
    ORDER BY partition, doc, at, until, fact
"""
_DOCUMENTS = """
    SELECT substr(coalesce(first_day, last_day), 1, 4) AS partition, d.*, length(text) AS size
    FROM document d ORDER BY partition, id
"""
_DOCUMENT = (
    "id", "title", "date", "author", "source", "url", "kind", "path", "member", "sha256", "copy_of", "encoding",
    "notice", "metadata", "text",
)


def export_parquet(base: FactBase, folder: str | Path, kinds: Iterable[str] | None = None) -> int:
    """Write the dataset into a folder, or below an address; how many facts it holds.

    Files of an earlier export that this one does not have are taken away; nothing else there is touched. Raises
    QuestionError where the package pyarrow is missing or the folder cannot be written, InputUnreachable for an address.
    """
    try:
        import pyarrow  # noqa: F401 - it is used below
    except ImportError as error:
        raise QuestionError("Parquet needs the package pyarrow: pip install 'sulieu[parquet]'") from error
    wanted = wanted_kinds(kinds)
    folder = str(folder)
    target = _Address(folder) if is_address(folder) else _Folder(folder)
    with target.told():
        return _write(base, target, wanted)


def _write(base: FactBase, target: _Folder | _Address, kinds: Iterable[str]) -> int:
    target.remove(_SUCCESS)
    written: set[str] = set()
    facts = 0
    for kind in kinds:
        query = _RELATIONS if kind == "relation" else _FACTS.format(table=table_of(kind), kind=kind)
        rows = base.db.execute(query)
        facts += _partitions(target, f"facts/kind={kind}", rows, _fact_schema(), partial(_fact, kind), written)
    _partitions(target, "documents", base.db.execute(_DOCUMENTS), _document_schema(), _document, written)
    for name in sorted(target.there() - written):
        target.remove(name)
    with target.open(_SUCCESS):
        pass
    return facts


def _partitions(
    target: _Folder | _Address, below: str, rows: Iterable[sqlite3.Row], schema: pa.Schema,
    record: Callable[[sqlite3.Row], dict[str, Any]], written: set[str],
) -> int:
    """Rows, sorted by their year, as files of each year; how many rows."""
    count = 0
    for year, of_year in groupby(rows, key=lambda row: row["partition"]):
        groups = _groups(of_year)
        waiting = next(groups, None)
        number = 0
        while waiting:
            name = f"{below}/year={year or NO_YEAR}/part-{number:05}.parquet"
            rows_written, waiting = _file(target, name, waiting, groups, schema, record)
            written.add(name)
            count += rows_written
            number += 1
    return count


def _file(
    target: _Folder | _Address, name: str, group: list[sqlite3.Row], groups: Iterator[list[sqlite3.Row]],
    schema: pa.Schema, record: Callable[[sqlite3.Row], dict[str, Any]],
) -> tuple[int, list[sqlite3.Row] | None]:
    """One file: this row group and those that follow, until it is full; its rows, and the group that is left."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = 0
    with target.open(name) as sink, pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        following: list[sqlite3.Row] | None = group
        while following and rows < _FILE:
            writer.write_table(pa.Table.from_pylist([record(row) for row in following], schema=schema))
            rows += len(following)
            following = next(groups, None)
    return rows, following


def _groups(rows: Iterable[sqlite3.Row]) -> Iterator[list[sqlite3.Row]]:
    group: list[sqlite3.Row] = []
    size = 0
    for row in rows:
        group.append(row)
        size += row["size"] if "size" in row.keys() else 0  # noqa: SIM118 - of sqlite3.Row
        if len(group) >= _GROUP or size >= _GROUP_TEXT:
            yield group
            group, size = [], 0
    if group:
        yield group


# Columns


def _fact_schema() -> pa.Schema:
    import pyarrow as pa

    head = [
        ("doc", pa.string()), ("doc_title", pa.string()), ("doc_date", pa.string()), ("id", pa.string()),
        ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("rule", pa.string()),
        ("first_day", pa.date32()), ("last_day", pa.date32()), ("day_basis", pa.string()),
    ]
    fields: dict[str, pa.DataType] = {}
    for kind in FIELDS:
        for name in (_RENAMED.get(name, name) for name in FIELDS[kind]):
            if name in _EXACT.values():
                for number in ("value", "value_high") if name == "value" else (name,):
                    fields[number], fields[f"{number}_exact"] = pa.float64(), pa.string()
            elif name == "planned":
                fields[name] = pa.bool_()
            else:
                fields.setdefault(name, pa.int64() if name in _WHOLE else pa.string())
    return pa.schema([*head, *fields.items()])


def _fact(kind: str, row: sqlite3.Row) -> dict[str, Any]:
    record = {
        "doc": row["doc"], "doc_title": row["doc_title"], "doc_date": row["doc_date"], "id": row["fact"],
        "start": row["at"], "end": row["until"], "text": row["words"], "rule": row["by_rule"],
        "first_day": _day(row["day"]), "last_day": _day(row["to_day"]), "day_basis": row["day_basis"],
    }
    exact = _EXACT if kind == "figure" else {}
    for name in FIELDS[kind]:
        if name not in exact:
            record[_RENAMED.get(name, name)] = _said(name, row[name])
    for stored, name in exact.items():
        record[name] = None if row[stored] is None else float(row[stored])
        record[f"{name}_exact"] = row[stored]
    return record


def _said(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "planned":
        return bool(value)
    return int(value) if _RENAMED.get(name, name) in _WHOLE else str(value)


def _document_schema() -> pa.Schema:
    import pyarrow as pa

    strings = [(name, pa.string()) for name in _DOCUMENT]
    return pa.schema([*strings[:3], ("first_day", pa.date32()), ("last_day", pa.date32()), *strings[3:]])


def _document(row: sqlite3.Row) -> dict[str, Any]:
    return {name: row[name] for name in _DOCUMENT} | {
        "first_day": _day(row["first_day"]), "last_day": _day(row["last_day"]),
    }


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


# Where it is written


class _Folder:
    """A folder of this machine."""

    def __init__(self, folder: str) -> None:
        self._top = Path(folder)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A new file."""
        path = self._top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")

    def there(self) -> set[str]:
        """Files of an export."""
        return {path.relative_to(self._top).as_posix() for pattern in _OURS for path in self._top.glob(pattern)}

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that it leaves empty."""
        path = self._top / name
        path.unlink(missing_ok=True)
        with suppress(OSError):
            for parent in path.relative_to(self._top).parents[:-1]:
                (self._top / parent).rmdir()

    def told(self) -> AbstractContextManager[None]:
        """Errors as one that says what to do."""
        return _Told(str(self._top))


class _Address:
    """A folder behind an address, on a file system of fsspec."""

    def __init__(self, address: str) -> None:
        from corpus.remote import file_system

        self._address = address
        self._files, self._top = file_system(address)
        self._top = self._top.rstrip("/")

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        path = f"{self._top}/{name}"
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        return self._files.open(path, "wb")  # type: ignore[no-any-return]

    def there(self) -> set[str]:
        self._files.invalidate_cache()
        found = (path for pattern in _OURS for path in self._files.glob(f"{self._top}/{pattern}"))
        return {path[path.index(self._top) + len(self._top) + 1 :] for path in found}

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._files.rm_file(f"{self._top}/{name}")

    def told(self) -> AbstractContextManager[None]:
        return _Told(self._address)


class _Told:
    """Turns what a file system raises into a QuestionError."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and (isinstance(error, OSError) or is_address(self._where)):
            from corpus.remote import told

            said = error.strerror if isinstance(error, OSError) and error.strerror else told(error)
            raise QuestionError(f"{self._where}: cannot be written ({said}); choose another place with -o") from error

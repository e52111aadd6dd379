"""The fact base on disk: one SQLite file, one writer, one transaction for each document."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.document import Document
from corpus.duplicates import sketch
from extractors.facts import Fact, Facts
from outputs.factbase import index
from outputs.factbase.errors import FactBaseError, told
from outputs.factbase.making import document_row, fact_rows, participant_rows, relation_row
from outputs.factbase.outcomes import Outcome

SCHEMA_VERSION = 10
_APPLICATION_ID = 0x53554C55  # "SULU": marks the file as ours
_CACHE = 64 * 1024            # KiB of pages in memory while it is written: identifiers are hashes and hit any of them
_LOG = 8 * 1024               # pages of the log (32 MB) at which it goes into the file, so that a page which many
                              # batches change is written once
_PARTICIPANT = ("mention", "kind", "start", "end", "quote", "name", "fact", "pointed_at")
_CHANGED = "INSERT OR IGNORE INTO document_changed VALUES (?)"
_NO_PARTICIPANTS = "DELETE FROM event_participant WHERE mention IN (SELECT key FROM mention WHERE document = ?)"


class FactBase:
    """A fact base, open for reading or for writing. Use as a context manager.

    >>> with FactBase.create(":memory:") as base:
    ...     base.count("document")
    0
    """

    def __init__(self, db: sqlite3.Connection, *, reading: bool = False) -> None:
        db.row_factory = sqlite3.Row
        self.db = db
        self.reading = reading
        self._inside = False
        self._unindexed = index.Waiting()

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """A read-only handle. Raises FactBaseError if there is no usable fact base at `path`."""
        path = Path(path)
        if not path.is_file():
            raise FactBaseError(f"{path}: no such fact base; make one with `sulieu build INPUT -o {path}`")
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        _check(db, path)
        return cls(db, reading=True)

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """A handle for writing; the file is made if it is not there. Raises FactBaseError if it is not ours."""
        try:
            db = sqlite3.connect(path)
            db.execute("PRAGMA foreign_keys = ON")
            if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                _check(db, path)
            else:
                _install(db)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute(f"PRAGMA cache_size = -{_CACHE}")
            db.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
        except sqlite3.OperationalError as error:
            raise FactBaseError(f"{path}: cannot be written ({error}); choose another place with -o") from error
        except sqlite3.DatabaseError as error:
            raise FactBaseError(f"{path}: is not a fact base; choose another name with -o") from error
        return cls(db)

    @property
    def path(self) -> str:
        """Where the file lies; nothing for a fact base in memory."""
        return str(self.db.execute("PRAGMA database_list").fetchone()["file"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        place = self._place()
        self.close()
        if known := told(error, place):
            raise known from error

    def close(self) -> None:
        """Close the handle; what was committed stays, in one file that any reader may open."""
        if not self.reading:
            with suppress(sqlite3.OperationalError):   # a full disk, another reader: it stays in two files
                self.db.execute("PRAGMA journal_mode = DELETE")
        self.db.close()

    def _place(self) -> str:
        return self.db.execute("PRAGMA database_list").fetchone()["file"]

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing of it; one inside another is part of that.

        Raises FactBaseError where the disk is full or another program is writing.
        """
        if self._inside:
            yield self.db
            return
        self._inside = True
        try:
            with self.db:
                yield self.db
                self._write_index()
        except sqlite3.OperationalError as error:
            known = told(error, self._place())
            if known is None:
                raise
            raise known from error
        finally:
            self._inside = False
            self._unindexed.clear()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction of which nothing is left if it raises; the rest goes on."""
        self.db.execute("SAVEPOINT attempt")
        before = self._unindexed.copy()   # what is written meanwhile is taken back too
        try:
            yield
        except BaseException:
            if self.db.in_transaction:   # a full disk has ended all of it
                self.db.execute("ROLLBACK TO attempt")
                self.db.execute("RELEASE attempt")
            self._unindexed = before
            raise
        self.db.execute("RELEASE attempt")

    def count(self, table: str) -> int:
        """The number of rows of one of our tables."""
        return int(self.db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])

    def add(
        self,
        document: Document,
        facts: Facts | Iterable[Fact],
        outcome: Outcome | None = None,
        extraction: int | None = None,
    ) -> int:
        """Store a document with its facts and their relations, in place of one of the same id; one transaction.

        `extraction` is the key of the versions that found the facts. Raises ValueError if a fact does not quote the
        text it points at.
        """
        with self.transaction() as db:
            self._remove(document.id)
            row = document_row(document)
            key = _insert(db, "document", {**row, "extraction": extraction})
            db.execute("INSERT INTO document_sketch VALUES (?, ?)", (key, sketch(document.text)))
            db.execute(_CHANGED, (key,))
            self._unindexed.add_document(key, document.title or "", *index.index_forms(document.text))
            every = list(facts)
            rows = fact_rows(document, key, every, _free_key(db))
            _insert_facts(db, rows)
            mentions = {fact: row["key"] for fact, row in zip(every, rows, strict=True)}
            for relation in facts.relations if isinstance(facts, Facts) else ():
                _insert(db, "relation", relation_row(document, key, relation, mentions))
            if isinstance(facts, Facts):
                db.executemany(_ADD_PARTICIPANT, participant_rows(document, facts, mentions))
            self._unindexed.add_facts(db, rows, (row["first_day"], row["last_day"]))
            if outcome:
                self._record(outcome)
        return key

    def update(self, key: int, document: Document, facts: Facts, kinds: Collection[str], extraction: int) -> None:
        """Put these facts of some kinds in the place of those that the document with this key had; one transaction."""
        anew = {*kinds, "relation"} if "decree" in kinds else set(kinds)
        with self.transaction() as db:
            self._write_index()
            index.remove_facts(db, key)
            db.executemany(
                "DELETE FROM mention WHERE document = ? AND kind = ?", [(key, kind) for kind in sorted(anew)]
            )
            found = (fact for fact in facts if fact.kind in anew)
            _insert_facts(db, fact_rows(document, key, found, _free_key(db)))
            mentions = _mentions(db, key, facts)
            if "relation" in anew:
                db.execute("DELETE FROM relation WHERE document = ?", (key,))
                for relation in facts.relations:
                    _insert(db, "relation", relation_row(document, key, relation, mentions))
            db.execute(_NO_PARTICIPANTS, (key,))
            db.executemany(_ADD_PARTICIPANT, participant_rows(document, facts, mentions))
            self._unindexed.add_facts(db, *index.stored_facts(db, key))
            if kinds:
                db.execute(_CHANGED, (key,))
            db.execute("UPDATE document SET extraction = ? WHERE key = ?", (extraction, key))

    def record(self, outcome: Outcome) -> None:
        """Keep what became of an input that gave no document."""
        with self.transaction():
            self._record(outcome)

    def remove(self, document_id: str) -> None:
        """Take a document and everything it states out of the fact base."""
        with self.transaction():
            self._remove(document_id)

    def forget(self, name: str) -> None:
        """Take an input, the document it gave and everything it states out of the fact base."""
        with self.transaction() as db:
            row = db.execute("SELECT document_id FROM outcome WHERE input = ?", (name,)).fetchone()
            if row and row["document_id"]:
                self._remove(row["document_id"])
            db.execute("DELETE FROM outcome WHERE input = ?", (name,))

    def outcomes(self) -> dict[str, Outcome]:
        """Every outcome kept so far, by input."""
        rows = self.db.execute("SELECT * FROM outcome")
        return {row["input"]: Outcome(**dict(row)) for row in rows}

    def meta(self, name: str) -> str | None:
        """A value kept about the fact base itself."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row["value"] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value about the fact base itself."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _write_index(self) -> None:
        self._unindexed.write(self.db)

    def _record(self, outcome: Outcome) -> None:
        _insert(self.db, "outcome", asdict(outcome), replace=True)

    def _remove(self, document_id: str) -> None:
        row = self.db.execute("SELECT key, title, text FROM document WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            return
        self._write_index()
        index.remove_facts(self.db, row["key"])
        index.remove_document(self.db, row["key"], row["title"] or "", row["text"])
        self.db.execute("DELETE FROM document WHERE key = ?", (row["key"],))


def _install(db: sqlite3.Connection) -> None:
    statements = "\n".join(
        (files("outputs.factbase") / name).read_text(encoding="utf-8") for name in ("schema.sql", "views.sql")
    )
    db.executescript(f"BEGIN; {statements} PRAGMA application_id = {_APPLICATION_ID}; COMMIT;")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check(db: sqlite3.Connection, path: str | Path) -> None:
    try:
        ours = db.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise FactBaseError(f"{path}: is not a fact base ({error})") from error
    if not ours:
        raise FactBaseError(f"{path}: is a database, but not a fact base of sulieu")
    if version != SCHEMA_VERSION:
        raise FactBaseError(
            f"{path}: was made by another version (schema {version}, this one reads {SCHEMA_VERSION}); build it anew"
        )


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any], *, replace: bool = False) -> int:
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" * len(row))
    cursor = db.execute(f'{verb} INTO "{table}" ({columns}) VALUES ({marks})', tuple(row.values()))
    return int(cursor.lastrowid or 0)


_MENTION = ("key", "id", "document", "kind", "start", "end", "quote", "prefix", "suffix", "rule")
_FIELDS = {
    "date": ("type", "edtf", "duration", "mod", "anchor", "basis", "first_day", "last_day"),
    "decree": ("doc_type", "number", "year", "date", "issuer", "title", "pinpoint"),
    "official": ("name", "title", "org"),
    "figure": (
        "value", "high", "of", "unit", "approx", "role", "metric", "subject", "period", "first_day", "last_day",
        "part_of", "sum_check", "also",
    ),
    "directive": ("force", "issuer", "addressee", "action", "deadline", "first_day", "last_day"),
    "event": ("date", "event_type", "planned", "first_day", "last_day"),
}


def _sql(table: str, values: dict[str, str]) -> str:
    """An INSERT of rows that are dictionaries: column, and what it is called in them."""
    columns = ", ".join(f'"{column}"' for column in values)
    return f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(f":{value}" for value in values.values())})'


_ADD_MENTION = _sql("mention", {name: name for name in _MENTION})
_ADD_PARTICIPANT = _sql("event_participant", {name: name for name in _PARTICIPANT})
_ADD_FACT = {
    kind: _sql(f"{kind}_fact", {"mention": "key", **{name: name for name in names}}) for kind, names in _FIELDS.items()
}


def _insert_facts(db: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    db.executemany(_ADD_MENTION, rows)
    for kind, sql in _ADD_FACT.items():
        db.executemany(sql, [row for row in rows if row["kind"] == kind])


def _mentions(db: sqlite3.Connection, document_key: int, facts: Facts) -> dict[Fact, int]:
    """Facts of a document that are stored, with the keys of their mentions."""
    found: dict[Fact, int] = {}
    for kind in _FIELDS:
        rows = db.execute(
            'SELECT key FROM mention WHERE document = ? AND kind = ? ORDER BY start, "end", key', (document_key, kind)
        )
        of_kind = (fact for fact in facts if fact.kind == kind)
        found |= {fact: row["key"] for fact, row in zip(of_kind, rows, strict=True)}
    return found


def _free_key(db: sqlite3.Connection) -> int:
    """The key that the next mention would get."""
    return int(db.execute("SELECT coalesce(max(key), 0) + 1 FROM mention").fetchone()[0])

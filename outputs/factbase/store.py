"""The fact base on disk: one SQLite file, one writer, one transaction for each document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.document import Document
from extractors.calendar import bounds
from extractors.facts import Date, Decree, Directive, Event, Fact, Facts, Figure, Official, Relation
from outputs.factbase import index
from outputs.factbase.errors import FactBaseError
from outputs.factbase.names import content_id, text_sha256
from outputs.factbase.outcomes import Outcome

SCHEMA_VERSION = 6
_APPLICATION_ID = 0x53554C55  # "SULU": marks the file as ours
_CONTEXT = 32                 # characters of prefix and suffix kept with a quote
_DECREES = "SELECT key FROM mention WHERE document = ? AND kind = 'decree' ORDER BY start, \"end\", key"


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
        except sqlite3.OperationalError as error:
            raise FactBaseError(f"{path}: cannot be written ({error}); choose another place with -o") from error
        except sqlite3.DatabaseError as error:
            raise FactBaseError(f"{path}: is not a fact base; choose another name with -o") from error
        return cls(db)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the handle; what was committed stays, in one file that any reader may open."""
        if not self.reading:
            self.db.execute("PRAGMA journal_mode = DELETE")
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing of it; one inside another is part of that."""
        if self._inside:
            yield self.db
            return
        self._inside = True
        try:
            with self.db:
                yield self.db
        finally:
            self._inside = False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction of which nothing is left if it raises; the rest goes on."""
        self.db.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO attempt")
            raise
        finally:
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
            key = _insert(db, "document", {**_document_row(document), "extraction": extraction})
            index.add_document(db, key, document.title or "", document.text)
            mentions = {fact: _add_fact(db, key, document, fact) for fact in facts}
            for relation in facts.relations if isinstance(facts, Facts) else ():
                _add_relation(db, key, document, relation, mentions)
            index.add_facts(db, key)
            if outcome:
                self._record(outcome)
        return key

    def update(self, key: int, document: Document, facts: Facts, kinds: Collection[str], extraction: int) -> None:
        """Put these facts of some kinds in the place of those that the document with this key had; one transaction."""
        anew = {*kinds, "relation"} if "decree" in kinds else set(kinds)
        with self.transaction() as db:
            index.remove_facts(db, key)
            db.executemany(
                "DELETE FROM mention WHERE document = ? AND kind = ?", [(key, kind) for kind in sorted(anew)]
            )
            for fact in facts:
                if fact.kind in anew:
                    _add_fact(db, key, document, fact)
            if "relation" in anew:
                db.execute("DELETE FROM relation WHERE document = ?", (key,))
                rows = db.execute(_DECREES, (key,))
                mentions: dict[Fact, int] = {fact: row["key"] for fact, row in zip(facts.decrees, rows, strict=True)}
                for relation in facts.relations:
                    _add_relation(db, key, document, relation, mentions)
            index.add_facts(db, key)
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

    def _record(self, outcome: Outcome) -> None:
        _insert(self.db, "outcome", asdict(outcome), replace=True)

    def _remove(self, document_id: str) -> None:
        row = self.db.execute("SELECT key, title, text FROM document WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            return
        index.remove_facts(self.db, row["key"])
        index.remove_document(self.db, row["key"], row["title"] or "", row["text"])
        self.db.execute("DELETE FROM document WHERE key = ?", (row["key"],))


def _install(db: sqlite3.Connection) -> None:
    schema = (files("outputs.factbase") / "schema.sql").read_text(encoding="utf-8")
    db.executescript(f"BEGIN; {schema} PRAGMA application_id = {_APPLICATION_ID}; COMMIT;")
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


def _days(edtf: str | None) -> tuple[str | None, str | None]:
    first, last = (edtf and bounds(edtf)) or (None, None)
    return (first.isoformat() if first else None, last.isoformat() if last else None)


_DOCUMENT_COLUMNS = (
    "id", "title", "date", "date_rule", "author", "source", "url", "kind", "path", "member", "sha256", "encoding",
)


def _document_row(document: Document) -> dict[str, Any]:
    first, last = _days(document.date)
    return {
        **{name: getattr(document, name) for name in _DOCUMENT_COLUMNS},
        "first_day": first,
        "last_day": last,
        "text_sha256": text_sha256(document.text),
        "pages": json.dumps([asdict(page) for page in document.pages]) if document.pages else None,
        "doubtful": json.dumps([asdict(doubt) for doubt in document.doubtful]) if document.doubtful else None,
        "notice": json.dumps(asdict(document.notice), ensure_ascii=False) if document.notice else None,
        "metadata": json.dumps(document.metadata, ensure_ascii=False) if document.metadata else None,
        "text": document.text,
    }


def _add_fact(db: sqlite3.Connection, document_key: int, document: Document, fact: Fact) -> int:
    words = _quoted(document, fact)
    mention = _insert(db, "mention", {
        "id": content_id("mention", document.id, fact.kind, fact.start, fact.end, fact.text, fact.as_dict()),
        "document": document_key,
        "kind": fact.kind,
        **words,
    })
    _insert(db, f"{fact.kind}_fact", {"mention": mention, **_FIELDS[type(fact)](fact)})
    return mention


def _quoted(document: Document, fact: Fact | Relation) -> dict[str, Any]:
    """The words of a fact in their place and context. Raises ValueError if it does not quote the text."""
    if document.text[fact.start : fact.end] != fact.text:
        raise ValueError(f"{document.id}: a {fact.kind} at {fact.start}:{fact.end} does not quote the text")
    return {
        "start": fact.start,
        "end": fact.end,
        "quote": fact.text,
        "prefix": document.text[max(0, fact.start - _CONTEXT) : fact.start],
        "suffix": document.text[fact.end : fact.end + _CONTEXT],
        "rule": fact.rule,
    }


def _add_relation(
    db: sqlite3.Connection, document_key: int, document: Document, relation: Relation, mentions: dict[Fact, int]
) -> None:
    _insert(db, "relation", {
        "id": content_id("relation", document.id, relation.as_dict()),
        "document": document_key,
        "relation": relation.relation,
        "subject": mentions[relation.subject] if relation.subject else None,
        "object": mentions[relation.object],
        "planned": int(relation.planned),
        **_quoted(document, relation),
    })


def _date_row(fact: Date) -> dict[str, Any]:
    first, last = _days(fact.edtf)
    return {
        "type": fact.type, "edtf": fact.edtf, "duration": fact.duration, "mod": fact.mod,
        "anchor": fact.anchor, "basis": fact.basis, "first_day": first, "last_day": last,
    }


def _decree_row(fact: Decree) -> dict[str, Any]:
    names = ("doc_type", "number", "year", "date", "issuer", "title", "pinpoint")
    return {name: getattr(fact, name) for name in names}


def _official_row(fact: Official) -> dict[str, Any]:
    return {"name": fact.name, "title": fact.title, "org": fact.org}


def _figure_row(fact: Figure) -> dict[str, Any]:
    low, high = fact.value if isinstance(fact.value, tuple) else (fact.value, None)
    first, last = _days(fact.period)
    return {
        "value": f"{low:f}", "high": None if high is None else f"{high:f}",
        "of": None if fact.of is None else f"{fact.of:f}", "unit": fact.unit, "approx": fact.approx,
        "role": fact.role, "metric": fact.metric, "subject": fact.subject, "period": fact.period,
        "first_day": first, "last_day": last, "part_of": fact.part_of, "sum_check": fact.sum_check,
        "also": None if fact.also is None else f"{fact.also:f}",
    }


def _directive_row(fact: Directive) -> dict[str, Any]:
    first, last = _days(fact.deadline)
    return {
        "force": fact.force, "issuer": fact.issuer, "addressee": fact.addressee, "action": fact.action,
        "deadline": fact.deadline, "first_day": first, "last_day": last,
    }


def _event_row(fact: Event) -> dict[str, Any]:
    first, last = _days(fact.date)
    return {
        "date": fact.date, "event_type": fact.event_type, "planned": int(fact.planned),
        "first_day": first, "last_day": last,
    }


_FIELDS: dict[type[Fact], Any] = {
    Date: _date_row, Decree: _decree_row, Official: _official_row,
    Figure: _figure_row, Directive: _directive_row, Event: _event_row,
}

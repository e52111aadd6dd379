"""The file of decisions: one SQLite file beside the fact base, to which decisions are only added.

A connection lasts as long as one question: the file may come, go and be replaced while pages are served, and any
thread may ask.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from outputs.review.errors import ReviewError, of_sqlite
from outputs.review.model import Decision, Words

SCHEMA_VERSION = 1
_APPLICATION_ID = 0x53554C52   # "SULR": marks the file as ours
_PLACE = ("side", "document", "text_sha256", "kind", "start", "end", "quote", "prefix", "suffix", "mention")
_MANY = 500                    # values in one question


class Store:
    """Decisions in a file that may not be there yet; the first decision makes it. Raises ReviewError throughout."""

    def __init__(self, path: Path | None, wait: float) -> None:
        self.path = path
        self._wait = wait
        with self.reading():
            pass   # a file that is not ours is told at once

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection for reading; None while there is no file."""
        if self.path is None or not self.path.is_file():
            yield None
            return
        with self._known_errors(), closing(self._connect("ro")) as db:
            if _is_empty(db):
                yield None   # somebody is making it
                return
            _check(db, self.path)
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction that no other writer is in; nothing is kept if it raises."""
        if self.path is None:
            raise ReviewError("memory")
        if not self.path.parent.is_dir():
            raise ReviewError("read_only", place=self.path)
        with self._known_errors(), closing(self._connect("rwc")) as db:
            db.execute("BEGIN IMMEDIATE")
            if _is_empty(db):
                _install(db)
            _check(db, self.path)
            yield db
            db.execute("COMMIT")

    def _connect(self, mode: str) -> sqlite3.Connection:
        assert self.path is not None
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        db = sqlite3.connect(address, uri=True, timeout=self._wait, isolation_level=None)
        db.row_factory = sqlite3.Row
        return db

    @contextmanager
    def _known_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            known = of_sqlite(error, self.path)
            if known is None:
                raise
            raise known from error


def _is_empty(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _install(db: sqlite3.Connection) -> None:
    """The tables, inside the transaction that is open: `executescript` would end it."""
    statement = ""
    for line in (files("outputs.review") / "schema.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
        raise ReviewError("not_ours", place=path)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise ReviewError("newer", place=path, version=version, known=SCHEMA_VERSION)


def add(db: sqlite3.Connection, decision: Decision) -> bool:
    """Add a decision inside a transaction; False where it is there already."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO decision (id, at, by, verb, fields, were, note, target, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (decision.id, decision.at, decision.by, decision.verb, _json(decision.fields), _json(decision.were),
         decision.note, decision.target, decision.after),
    )
    if not cursor.rowcount:
        return False
    key = cursor.lastrowid
    columns = ", ".join(f'"{name}"' for name in _PLACE)
    db.executemany(
        f"INSERT INTO words (decision, place, {columns}) VALUES (?, ?, {', '.join('?' * len(_PLACE))})",
        ((key, place, *(getattr(one, name) for name in _PLACE)) for place, one in enumerate(decision.words, 1)),
    )
    return True


def latest(db: sqlite3.Connection) -> str | None:
    """The id of the decision that came last."""
    row = db.execute("SELECT id FROM decision ORDER BY key DESC LIMIT 1").fetchone()
    return row["id"] if row else None


def every(db: sqlite3.Connection) -> list[Decision]:
    """All decisions in the order in which they came."""
    return _decisions(db, db.execute("SELECT * FROM decision ORDER BY key").fetchall())


def by_id(db: sqlite3.Connection, identifier: str) -> Decision | None:
    """The decision of that id."""
    found = _decisions(db, db.execute("SELECT * FROM decision WHERE id = ?", (identifier,)).fetchall())
    return found[0] if found else None


def about(
    db: sqlite3.Connection, documents: Iterable[str], texts: Iterable[str], said: Collection[tuple[str, str]]
) -> list[Decision]:
    """Decisions about words of these documents, or of documents with these texts, in the order in which they came.

    `said` are kinds and quotes: only those that are about one of them can be about a fact that says so.
    """
    keys: set[int] = set()
    for column, values in (("document", documents), ("text_sha256", texts)):
        wanted = sorted(set(values))
        for some in (wanted[at : at + _MANY] for at in range(0, len(wanted), _MANY)):
            marks = ", ".join("?" * len(some))
            rows = db.execute(f"SELECT decision, kind, quote FROM words WHERE {column} IN ({marks})", some)
            keys.update(key for key, *words in rows if tuple(words) in said)
    return _decisions(db, [
        db.execute("SELECT * FROM decision WHERE key = ?", (key,)).fetchone() for key in sorted(keys)
    ])


def named(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of the facts that decisions in effect were made on."""
    gone = taken_back(db)
    rows = db.execute(
        "SELECT w.mention, d.id FROM words w JOIN decision d ON d.key = w.decision"
        " WHERE d.verb IN ('accept', 'reject', 'edit')"
    )
    return frozenset(mention for mention, decision in rows if decision not in gone)


def taken_back(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of the decisions that are not in effect: taken back by an undo that was not taken back itself."""
    undos: dict[str, list[str]] = {}
    for row in db.execute("SELECT id, target FROM decision WHERE verb = 'undo' AND target IS NOT NULL ORDER BY key"):
        undos.setdefault(row["target"], []).append(row["id"])
    known: dict[str, bool] = {}
    met: set[str] = set()
    for first in undos:
        waiting = [first]
        while waiting:   # no recursion: undo of undo of undo may go on for long
            one = waiting[-1]
            met.add(one)
            if further := [by for by in undos.get(one, ()) if by not in met]:
                waiting += further
                continue
            known[waiting.pop()] = any(not known.get(by) for by in undos.get(one, ()))
    return frozenset(one for one, gone in known.items() if gone)


def _decisions(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[Decision]:
    return [
        Decision(
            at=row["at"], by=row["by"], verb=row["verb"], fields=_read(row["fields"]), were=_read(row["were"]),
            note=row["note"], target=row["target"], after=row["after"], words=tuple(
                Words(**{name: one[name] for name in _PLACE})
                for one in db.execute("SELECT * FROM words WHERE decision = ? ORDER BY place", (row["key"],))
            ),
        )
        for row in rows
    ]


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(dict(value), ensure_ascii=False, sort_keys=True)


def _read(value: str | None) -> Any:
    return None if value is None else json.loads(value)

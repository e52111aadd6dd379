"""What filters and counts ask of a fact base, as arrays in memory: read once, shared by every handle of a process.

Arrays are indexed by the keys of mentions or of documents. Each is read when it is first asked for, as one string that
SQLite joins and numpy parses, which takes a tenth of the time of reading rows. A fact base that changed is read anew.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from extractors.facts import KINDS
from outputs.asking.arrays import LAST_DAY, NO_DAY, Keys, Mask, Pairs, Rows, Years, day_number, ints
from outputs.asking.fields import fields
from outputs.factbase import FactBase

T = TypeVar("T")

_KEPT = 2             # fact bases in memory
_CACHED = 192 << 20   # bytes of what questions left behind: keys of words and names
_REMEMBERED = 256     # answers of which counts are kept


def _day(column: str, default: int) -> str:
    return f"coalesce(replace({column}, '-', ''), {default})"


class Columns:
    """The arrays of a fact base, as it was when they were read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._lock = RLock()
        self._made: dict[str, Any] = {}
        self._cache: OrderedDict[Any, Any] = OrderedDict()
        self._cached = 0
        self._remembered: OrderedDict[Any, Any] = OrderedDict()
        one = db.execute(
            "SELECT (SELECT coalesce(max(key), 0) FROM mention), (SELECT coalesce(max(key), 0) FROM document)"
        ).fetchone()
        self.mentions, self.documents = one[0] + 1, one[1] + 1   # lengths of the arrays

    def made(self, name: str, make: Callable[[], T]) -> T:
        """What was made under this name, made once."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]  # type: ignore[no-any-return]

    def cached(self, key: Any, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """What a question asked before; the least used goes when there is too much."""
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]  # type: ignore[no-any-return]
        found = make()
        found.flags.writeable = False
        with self._lock:
            if key not in self._cache:
                self._cache[key] = found
                self._cached += found.nbytes
            while self._cached > _CACHED and len(self._cache) > 1:
                self._cached -= self._cache.popitem(last=False)[1].nbytes
        return found

    def remembered(self, key: Any, make: Callable[[], T]) -> T:
        """What was made of one of the last questions."""
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return self._remembered[key]  # type: ignore[no-any-return]
        found = make()
        with self._lock:
            self._remembered[key] = found
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def forget(self, *, words: bool = False) -> None:
        """Forget the counts of the last questions; with `words` also which rows hold which words and names."""
        with self._lock:
            self._remembered.clear()
            if words:
                self._cache.clear()
                self._cached = 0

    def _array(self, size: int, keys: Rows, values: Rows, kind: Any, default: int = 0) -> Any:
        found = np.full(size, default, kind)
        inside = keys < size
        found[keys[inside]] = values[inside]
        return found

    # -- mentions

    def mention(self, db: sqlite3.Connection) -> dict[str, NDArray[Any]]:
        """`document`, `kind` (place in KINDS and 1; 0: no mention), `start` and `end` of each mention."""
        def make() -> dict[str, NDArray[Any]]:
            kinds = " ".join(f"WHEN '{kind}' THEN {code}" for code, kind in enumerate(KINDS, 1))
            rows = ints(db, ("key", "document", f"CASE kind {kinds} END", "start", '"end"'), "FROM mention")
            keys = rows[:, 0]
            return {
                name: self._array(self.mentions, keys, rows[:, place], kind)
                for place, (name, kind) in enumerate(
                    (("document", np.int32), ("kind", np.uint8), ("start", np.int32), ("end", np.int32)), 1
                )
            }
        return self.made("mention", make)

    def days(self, db: sqlite3.Connection) -> tuple[Keys, Keys]:
        """The first and last day of each mention, as 19460719; the last before the first where it has no day."""
        def make() -> tuple[Keys, Keys]:
            rows = ints(db, ("mention", _day("first_day", NO_DAY), _day("last_day", LAST_DAY)), "FROM fact_day")
            return (
                self._array(self.mentions, rows[:, 0], rows[:, 1], np.int32, LAST_DAY + 1),
                self._array(self.mentions, rows[:, 0], rows[:, 2], np.int32, -1),
            )
        return self.made("days", make)

    def cells(self, db: sqlite3.Connection) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Kind, force, type and planned of each mention as one number; and the four of each number."""
        def make() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
            four = (self.mention(db)["kind"], *(self.code(db, field) for field in _CODED))
            whole = np.zeros(self.mentions, np.int32)
            for codes in four:
                whole = whole * 16 + codes
            known, cells = np.unique(whole, return_inverse=True)
            table = np.stack([(known >> shift) & 15 for shift in (12, 8, 4, 0)], axis=1)
            return cells.astype(np.uint8), table.astype(np.uint8)
        return self.made("cells", make)

    def years(self, db: sqlite3.Connection) -> Years:
        """The years of mentions, and of documents: for which they count, and in which they were published."""
        def make() -> Years:
            document = self.document(db)
            spans = {
                "mention": self.days(db), "document": (document["day_first"], document["day_last"]),
                "published": (document["first"], document["last"]),
            }
            return Years.of(spans)
        return self.made("years", make)

    def code(self, db: sqlite3.Connection, field: str) -> NDArray[np.uint8]:
        """Of each mention its value of `force`, `event_type` or `planned`: place among the choices and 1."""
        def make() -> NDArray[np.uint8]:
            table, column = _CODED[field]
            rows = ints(db, ("mention", _case(column, field)), f"FROM {table}")
            return self._array(self.mentions, rows[:, 0], rows[:, 1], np.uint8)  # type: ignore[no-any-return]
        return self.made(field, make)

    def shown(self, db: sqlite3.Connection) -> tuple[Keys, Mask]:
        """The mention under which each is shown: a directive said again is shown once; and which are so grouped."""
        def make() -> tuple[Keys, Mask]:
            rows = ints(db, ("mention", "directive"), "FROM directive_repeat")
            found = np.arange(self.mentions, dtype=np.int32)
            rows = rows[(rows < self.mentions).all(axis=1)]
            found[rows[:, 0]] = rows[:, 1]
            grouped = np.zeros(self.mentions, np.bool_)
            grouped[rows.ravel()] = True
            return found, grouped
        return self.made("shown", make)

    def pairs(self, db: sqlite3.Connection, field: str) -> Pairs:
        """What mentions hold of `person`, `body`, `issuer`, `addressee` or `decree`, by the keys of those."""
        def make() -> Pairs:
            rows = ints(db, ("a", "b"), f"FROM ({_PAIRS[field]})")
            if field == "decree":
                rows = self._with_clauses(db, rows)
            return self.sorted_pairs(rows)
        return self.made(f"pairs {field}", make)

    def sorted_pairs(self, rows: Rows) -> Pairs:
        """Rows of mention and id as pairs, each once."""
        rows = rows[rows[:, 0] < self.mentions]
        size = int(rows[:, 1].max()) + 1 if len(rows) else 1
        both = np.unique(rows[:, 0] * size + rows[:, 1])
        return Pairs.of(both // size, both % size, size, self.mentions)

    def _with_clauses(self, db: sqlite3.Connection, rows: Rows) -> Rows:
        """Pairs of mention and id, and the same ids for the mentions whose words hold those mentions."""
        inner, outer = self.holding(db, rows[:, 0])
        order = np.argsort(rows[:, 0], kind="stable")
        ids = rows[order, 1][np.searchsorted(rows[order, 0], inner)]
        return np.vstack((rows, np.column_stack((outer, ids))))

    def holding(self, db: sqlite3.Connection, keys: NDArray[Any]) -> tuple[Rows, Rows]:
        """Pairs of a mention of `keys` and another of its document whose words hold it."""
        order, places = self._by_place(db)
        mention = self.mention(db)
        keys = np.asarray(keys, np.int64)
        keys = keys[keys < self.mentions]
        start, end, document = (mention[name][keys].astype(np.int64) for name in ("start", "end", "document"))
        behind = np.searchsorted(places, (document << 32) + start, side="right")
        inner, outer = [], []
        for back in range(1, _BACK + 1):
            at = behind - back
            other = order[np.maximum(at, 0)]
            same = (at >= 0) & (mention["document"][other] == document)
            if not same.any():
                break
            holds = same & (mention["end"][other] >= end) & (other != keys)
            inner.append(keys[holds])
            outer.append(other[holds].astype(np.int64))
        none = np.empty(0, np.int64)
        return np.concatenate((none, *inner)), np.concatenate((none, *outer))

    def of_documents(self, db: sqlite3.Connection, documents: Keys) -> Keys:
        """The mentions of these documents, in order of their keys."""
        order, places = self._by_place(db)
        documents = documents.astype(np.int64)
        first, last = np.searchsorted(places, documents << 32), np.searchsorted(places, (documents + 1) << 32)
        counts = last - first
        ends = np.cumsum(counts)
        if not len(ends):
            return order[:0]
        return np.sort(order[np.arange(ends[-1]) + np.repeat(first - (ends - counts), counts)])

    def _by_place(self, db: sqlite3.Connection) -> tuple[Keys, Rows]:
        def make() -> tuple[Keys, Rows]:
            mention = self.mention(db)
            keys = np.flatnonzero(mention["kind"]).astype(np.int32)
            places = (mention["document"][keys].astype(np.int64) << 32) + mention["start"][keys]
            order = np.argsort(places, kind="stable")
            return keys[order], places[order]
        return self.made("by place", make)

    # -- documents

    def document(self, db: sqlite3.Connection) -> dict[str, NDArray[Any]]:
        """`kind` (place among the choices and 1; 0: no document), `rank` (place by id), `first`, `last` (its own date),
        `day_first`, `day_last` (for which it counts), `length` (as far as its facts reach),
        `copy` (1: nearly the same text as an earlier one)."""
        def make() -> dict[str, NDArray[Any]]:
            days = _day("first_day", NO_DAY), _day("last_day", LAST_DAY)
            rows = ints(
                db, ("key", _case("kind", "document_kind"), "rank", *days, "dated", "copy"),
                "FROM (SELECT key, kind, first_day, last_day, copy_of IS NOT NULL AS copy,"
                " first_day IS NOT NULL OR last_day IS NOT NULL AS dated,"
                " row_number() OVER (ORDER BY id) AS rank FROM document)",
            )
            keys, dated = rows[:, 0], rows[:, 5] > 0
            rows[~dated, 3], rows[~dated, 4] = LAST_DAY + 1, -1
            found = {
                name: self._array(self.documents, keys, rows[:, place], np.int32, default)
                for name, place, default in (
                    ("kind", 1, 0), ("rank", 2, 0), ("first", 3, LAST_DAY + 1), ("last", 4, -1), ("copy", 6, 0)
                )
            }
            mention = self.mention(db)
            found["length"] = np.zeros(self.documents, np.int32)
            np.maximum.at(found["length"], mention["document"], mention["end"])
            found["day_first"], found["day_last"] = self._by_events(db, found["first"].copy(), found["last"].copy())
            return found
        return self.made("document", make)

    def _by_events(self, db: sqlite3.Connection, first: Keys, last: Keys) -> tuple[Keys, Keys]:
        """Days of documents, where they have none those of their latest dated event."""
        for row in db.execute(_LATEST):
            if row[0] < self.documents:
                first[row[0]], last[row[0]] = day_number(row[2], NO_DAY), day_number(row[1], LAST_DAY)
        return first, last

    def sources(self, db: sqlite3.Connection) -> tuple[tuple[str, ...], Keys]:
        """The newspapers and bodies that documents come from, and of each document its place among them and 1."""
        def make() -> tuple[tuple[str, ...], Keys]:
            names = [row[0] for row in db.execute(
                "SELECT DISTINCT source FROM document WHERE source IS NOT NULL ORDER BY source"
            )]
            places = {name: place for place, name in enumerate(names, 1)}
            found = np.zeros(self.documents, np.int32)
            for key, source in db.execute("SELECT key, source FROM document WHERE source IS NOT NULL"):
                if key < self.documents:
                    found[key] = places[source]
            return tuple(names), found
        return self.made("sources", make)

    def topic_documents(self, db: sqlite3.Connection) -> Pairs:
        """Pairs of document and topic."""
        def make() -> Pairs:
            rows = ints(db, ("document", "topic"), "FROM topic_document")
            rows = rows[rows[:, 0] < self.documents]
            order = np.argsort(rows[:, 0], kind="stable")
            size = int(rows[:, 1].max()) + 1 if len(rows) else 1
            return Pairs.of(rows[order, 0], rows[order, 1], size, self.documents)
        return self.made("topic documents", make)

    def topic_mentions(self, db: sqlite3.Connection) -> Pairs:
        """Pairs of mention and topic."""
        return self.made(
            "topic mentions", lambda: self.sorted_pairs(ints(db, ("mention", "topic"), "FROM topic_mention"))
        )


def _case(column: str, field: str) -> str:
    choices = fields()[field].choices
    values = {"yes": 1, "no": 0} if field == "planned" else {value: f"'{value}'" for value in choices}
    return f"CASE {column} " + " ".join(f"WHEN {values[value]} THEN {n}" for n, value in enumerate(choices, 1)) + " END"


_BACK = 12    # mentions that begin before one and may hold it
_CODED = {
    "force": ("directive_fact", "force"), "event_type": ("event_fact", "event_type"),
    "planned": ("event_fact", "planned"),
}
_PAIRS = {
    "person": """
        SELECT mention AS a, person AS b FROM person_mention
        UNION ALL SELECT l.source, p.person FROM fact_link l JOIN person_mention p ON p.mention = l.target
        UNION ALL SELECT e.mention, p.person FROM event_participant e JOIN person_mention p ON p.mention = e.fact
    """,
    "body": "SELECT mention AS a, body AS b FROM body_mention WHERE body IS NOT NULL",
    "issuer": "SELECT mention AS a, body AS b FROM body_mention WHERE body IS NOT NULL AND role = 'issuer'",
    "addressee": "SELECT mention AS a, body AS b FROM body_mention WHERE body IS NOT NULL AND role = 'addressee'",
    "decree": "SELECT mention AS a, decree AS b FROM decree_mention",
}
_LATEST = """
    SELECT m.document, max(x.last_day), x.first_day FROM event_fact x JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document
    WHERE d.first_day IS NULL AND d.last_day IS NULL AND x.last_day IS NOT NULL GROUP BY m.document
"""

_lock = Lock()
_shared: OrderedDict[tuple[Any, ...], Columns] = OrderedDict()
_of: WeakKeyDictionary[FactBase, tuple[Any, Columns]] = WeakKeyDictionary()


def columns_of(base: FactBase) -> Columns:
    """The columns of a fact base as it is now."""
    stamp = (base.db.execute("PRAGMA data_version").fetchone()[0], base.db.total_changes)
    with _lock:
        known = _of.get(base)
    if known is not None and known[0] == stamp:
        return known[1]
    found = _shared_columns(base) if base.reading else Columns(base.db)
    with _lock:
        _of[base] = (stamp, found)
    return found


def _shared_columns(base: FactBase) -> Columns:
    mark = (
        base.path, *base.db.execute(_MARK).fetchone(),
        *(base.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")),
    )
    with _lock:
        if mark not in _shared:
            _shared[mark] = Columns(base.db)
        _shared.move_to_end(mark)
        while len(_shared) > _KEPT:
            _shared.popitem(last=False)
        return _shared[mark]


_MARK = """
    SELECT (SELECT max(key) FROM mention), (SELECT max(key) FROM document), (SELECT max(key) FROM run),
           (SELECT began || coalesce(ended, '') FROM run ORDER BY key DESC LIMIT 1),
           (SELECT group_concat(substr(value, 1, 100)) FROM meta)
"""

"""Which complete keys there are: in one document, or in all; by type and number, by issuer, by title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from corpus.shadow import fold
from extractors.decree_key import UNKNOWN, key_by_name, known_act
from extractors.facts import Decree

SERIES = 3      # place of year or date among the five parts of a key
ANYWHERE = -1   # stands for the document of what all documents know

FIELDS = ("doc_type", "number", "year", "date", "issuer", "title")
Row = sqlite3.Row | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an act under the key that is known of it so far."""

    place: int
    document: int
    id: str
    published: str | None
    fact: Decree

    @property
    def parts(self) -> list[str]:
        """The five parts of the key."""
        return self.id.split(":", 4)


def fact_of(row: Row) -> Decree:
    """The fact of a row that has its fields."""
    return Decree(
        start=0, end=0, text="", doc_type=row["doc_type"], number=row["number"], year=row["year"], date=row["date"],
        issuer=row["issuer"], title=row["title"],
    )


def is_named(key: str) -> bool:
    """Whether a key is that of a name: `vn:L:QH:2014:@hon-nhan-gia-dinh`."""
    return key.split(":", 4)[4].startswith("@")


def is_open(key: str) -> bool:
    """Too little is said: no year, or no issuer of a number."""
    return key.split(":", 4)[SERIES] == UNKNOWN or (UNKNOWN in key and not is_named(key))


class Known:
    """Complete keys by type and number, in one document or in all."""

    TABLES: ClassVar = {
        "known": "type TEXT, number TEXT, document INTEGER, name TEXT, id TEXT,"
                 " PRIMARY KEY (type, number, document, name, id)",
        "issued": "id TEXT, issuer TEXT, PRIMARY KEY (id, issuer)",
        "titled": "id TEXT, title TEXT, PRIMARY KEY (id, title)",
        "changed": "id TEXT PRIMARY KEY",
    }

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for name, stated in self.TABLES.items():
            db.execute(f"DROP TABLE IF EXISTS temp.{name}")
            db.execute(f"CREATE TEMP TABLE {name} ({stated}) WITHOUT ROWID")
        self._anywhere = lru_cache(maxsize=4096)(self._agreeing)   # what is said of acts anywhere is asked again
        self._take("1")

    def _take(self, condition: str) -> None:
        """Take in what mentions say whose keys are such."""
        rows = self._db.execute(
            "SELECT DISTINCT id, document, doc_type, number, year, date, issuer, title FROM temp.cited"
            f" WHERE {condition}"
        )
        self._db.executemany("INSERT OR IGNORE INTO temp.known VALUES (?, ?, ?, ?, ?)", (
            known for row in rows for known in _known(row)
        ))
        for table, column in (("issued", "issuer"), ("titled", "title")):
            said = self._db.execute(
                f"SELECT DISTINCT id, {column} FROM temp.cited WHERE {condition} AND {column} IS NOT NULL"
            )
            self._db.executemany(
                f"INSERT OR IGNORE INTO temp.{table} VALUES (?, ?)", ((row[0], fold(row[1])) for row in said if row[1])
            )

    def change(self, query: str) -> None:
        """These keys will be those of other mentions: `renew` when they are."""
        self._db.execute(f"INSERT OR IGNORE INTO temp.changed {query}")

    def renew(self) -> None:
        """Forget what was said of keys that changed, and take in what is said now."""
        for table in ("known", "issued", "titled"):
            self._db.execute(f"DELETE FROM temp.{table} WHERE id IN (SELECT id FROM temp.changed)")
        self._take("id IN (SELECT id FROM temp.changed)")
        self._db.execute("DELETE FROM temp.changed")
        self._anywhere.cache_clear()

    def only(self, mention: Mention, document: int | None = None) -> str | None:
        """The one key that agrees with that of a mention; None where there is none, or several."""
        agreeing = self.agreeing(mention, document)
        return agreeing[0] if len(agreeing) == 1 else None

    def agreeing(self, mention: Mention, document: int | None = None) -> tuple[str, ...]:
        """The keys that agree with that of a mention and may be of its issuer, in order."""
        anywhere = self._anywhere(mention.id, mention.fact.issuer, ANYWHERE)
        if document is None or not anywhere:
            return anywhere
        return self._agreeing(mention.id, mention.fact.issuer, document)

    def _agreeing(self, key: str, issuer: str | None, document: int) -> tuple[str, ...]:
        parts = key.split(":", 4)
        rows = self._db.execute(
            "SELECT name, id FROM temp.known WHERE type = ? AND number = ? AND document = ?",
            (parts[1], parts[4], document),
        )
        found = {other for name, other in rows if other != key and _agree(parts, name)}
        mine = fold(issuer or "")
        return tuple(sorted(other for other in found if self._may_issue(mine, other)))

    def unlisted(self, name: str, until: str | None) -> bool:
        """Whether there is an act of this name that the lexicon does not have, made by a day."""
        parts = name.split(":", 4)
        rows = self._db.execute(
            "SELECT DISTINCT k.name, k.id FROM temp.known k WHERE k.type = ? AND k.number = ? AND k.document = ?",
            (parts[1], parts[4], ANYWHERE),
        ).fetchall()
        return any(
            (until is None or row["name"].split(":", 4)[SERIES][:4] <= until[:4]) and not self._listed(row["id"])
            for row in rows
        )

    def _listed(self, key: str) -> bool:
        return known_act(key) is not None or self._db.execute(
            "SELECT 1 FROM temp.cited WHERE id = ? AND rule IN ('lexicon', 'published') LIMIT 1", (key,)
        ).fetchone() is not None

    def is_titled(self, key: str, title: str) -> bool:
        """Whether a mention of this key gives the title, folded."""
        row = self._db.execute("SELECT 1 FROM temp.titled WHERE id = ? AND title = ?", (key, title)).fetchone()
        return row is not None

    def _may_issue(self, mine: str, key: str) -> bool:
        """Whether the body that a mention names as issuer, folded, may be the one that others name for this key."""
        if not mine:
            return True
        others = [row["issuer"] for row in self._db.execute("SELECT issuer FROM temp.issued WHERE id = ?", (key,))]
        return not others or any(mine in other or other in mine for other in others)


def _known(row: sqlite3.Row) -> Iterator[tuple[str, str, int, str, str]]:
    key = row["id"]
    for name in () if is_open(key) else _names(key, row):
        parts = name.split(":", 4)
        for place in (row["document"], ANYWHERE):
            yield parts[1], parts[4], place, name, key


def _names(key: str, row: sqlite3.Row) -> Iterable[str]:
    """The key of a mention, and where it gives a name too, the key that its name alone would have."""
    yield key
    if row["title"] and not is_named(key):
        by_name = key_by_name(replace(fact_of(row), number=None))
        if by_name:
            yield by_name


def _agree(one: list[str], other: str) -> bool:
    """Equal in every part that both know; a year agrees with the days in it."""
    return all(
        _may_be(mine, yours) or (place == SERIES and (yours.startswith(f"{mine}-") or mine.startswith(f"{yours}-")))
        for place, (mine, yours) in enumerate(zip(one, other.split(":", 4), strict=True))
    )


def _may_be(mine: str, yours: str) -> bool:
    """Equal, or not told on one side: the whole part, or the place behind `UBND@`."""
    if mine == yours or UNKNOWN in (mine, yours):
        return True
    (organ, _, place), (other, _, there) = mine.partition("@"), yours.partition("@")
    return organ == other and UNKNOWN in (place, there)

"""Which complete keys there are: in one document, or in all; by type and number, by issuer, by title."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.shadow import fold
from extractors.decree_key import UNKNOWN, key_by_name, known_act
from extractors.facts import Decree

SERIES = 3      # place of year or date among the five parts of a key
ANYWHERE = -1   # stands for the document of what all documents know

FIELDS = ("doc_type", "number", "year", "date", "issuer", "title")


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


def fact_of(row: sqlite3.Row) -> Decree:
    """The fact of a row that has its fields."""
    return Decree(start=0, end=0, text="", **{name: row[name] for name in FIELDS})


def is_named(key: str) -> bool:
    """Whether a key is that of a name: `vn:L:QH:2014:@hon-nhan-gia-dinh`."""
    return key.split(":", 4)[4].startswith("@")


def is_open(key: str) -> bool:
    """Too little is said: no year, or no issuer of a number."""
    return key.split(":", 4)[SERIES] == UNKNOWN or (UNKNOWN in key and not is_named(key))


class Known:
    """Complete keys by type and number, in one document (or, for document None, in all)."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for table in ("known", "issued", "titled"):
            db.execute(f"DELETE FROM temp.{table}")
        rows = db.execute("SELECT DISTINCT id, document, doc_type, number, year, date, issuer, title FROM temp.cited")
        db.executemany("INSERT OR IGNORE INTO temp.known VALUES (?, ?, ?, ?, ?)", (
            known for row in rows for known in _known(row["id"], row["document"], fact_of(row))
        ))
        for table, column in (("issued", "issuer"), ("titled", "title")):
            said = db.execute(f"SELECT DISTINCT id, {column} FROM temp.cited WHERE {column} IS NOT NULL")
            db.executemany(
                f"INSERT OR IGNORE INTO temp.{table} VALUES (?, ?)", ((row[0], fold(row[1])) for row in said if row[1])
            )

    def only(self, mention: Mention, document: int | None) -> str | None:
        """The one key that agrees with that of a mention; None where there is none, or several."""
        agreeing = self.agreeing(mention, document)
        return agreeing[0] if len(agreeing) == 1 else None

    def agreeing(self, mention: Mention, document: int | None) -> list[str]:
        """The keys that agree with that of a mention and may be of its issuer, in order."""
        parts = mention.parts
        rows = self._db.execute(
            "SELECT name, id FROM temp.known WHERE type = ? AND number = ? AND document = ?",
            (parts[1], parts[4], ANYWHERE if document is None else document),
        )
        found = {row["id"] for row in rows if _agree(mention.id, row["name"]) and row["id"] != mention.id}
        return sorted(key for key in found if self._may_issue(mention, key))

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

    def _may_issue(self, mention: Mention, key: str) -> bool:
        """Whether the body that a mention names as issuer may be the one that others name for this key."""
        mine = fold(mention.fact.issuer or "")
        if not mine:
            return True
        others = [row["issuer"] for row in self._db.execute("SELECT issuer FROM temp.issued WHERE id = ?", (key,))]
        return not others or any(mine in other or other in mine for other in others)


def _known(key: str, document: int, fact: Decree) -> Iterator[tuple[str, str, int, str, str]]:
    for name in () if is_open(key) else _names(key, fact):
        parts = name.split(":", 4)
        for place in (document, ANYWHERE):
            yield parts[1], parts[4], place, name, key


def _names(key: str, fact: Decree) -> Iterable[str]:
    """The key of a mention, and where it gives a name too, the key that its name alone would have."""
    yield key
    if fact.title and not is_named(key):
        by_name = key_by_name(replace(fact, number=None))
        if by_name:
            yield by_name


def _agree(one: str, other: str) -> bool:
    """Equal in every part that both know; a year agrees with the days in it."""
    return all(
        _may_be(mine, yours) or (place == SERIES and (yours.startswith(f"{mine}-") or mine.startswith(f"{yours}-")))
        for place, (mine, yours) in enumerate(zip(one.split(":", 4), other.split(":", 4), strict=True))
    )


def _may_be(mine: str, yours: str) -> bool:
    """Equal, or not told on one side: the whole part, or the place behind `UBND@`."""
    if mine == yours or UNKNOWN in (mine, yours):
        return True
    (organ, _, place), (other, _, there) = mine.partition("@"), yours.partition("@")
    return organ == other and UNKNOWN in (place, there)

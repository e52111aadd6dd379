"""Which Constitution may be meant where its year is not said: one that was in force when the words were said."""

from __future__ import annotations

import sqlite3
from itertools import takewhile

import regex

from corpus import shadow, tables
from pipeline.assemble.decrees.known import SERIES, Mention

_TYPE = "hiến pháp"
_BASIS = regex.compile(r"(?<!\p{L})căn cứ(?: vào)?[\s\"“”*_]*\Z")
_DAY = len("1946-11-09")
_REACH = 600    # characters in which the act stands whose legal bases these are
_ACTS = """
    SELECT f.doc_type, f.year, f.date FROM temp.cited c JOIN mention m ON m.key = c.key
    JOIN decree_fact f ON f.mention = c.key
    WHERE c.place < ? AND c.document = ? AND m.start >= ? AND (f.doc_type = 'hiến pháp' OR f.year IS NOT NULL)
    ORDER BY c.place DESC LIMIT 20
"""
_LATEST = """
    SELECT max(f.year) FROM mention m JOIN decree_fact f ON f.mention = m.key
    WHERE m.document = ? AND m.kind = 'decree' AND f.doc_type <> 'hiến pháp'
"""


class Constitutions:
    """When the words of a mention were said, and which Constitution was in force then."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._latest: tuple[int, str | None] = (-1, None)   # of the document asked for last
        self._in_force = {row["year"]: (row["from"], row["until"]) for row in tables.table("pipeline", "constitutions")}

    def may_be(self, mention: Mention, key: str) -> bool:
        """Whether a mention may be of the act of a key; a Constitution was in force at every time of the words.

        That is when the act was made whose legal basis it is (`Luật số 64/2014/QH13 có căn cứ như sau: Căn cứ Hiến
        pháp …`), else the day of the document, else the year of the latest act that it cites.
        """
        if mention.fact.doc_type != _TYPE or mention.fact.title:   # a title is that of another state
            return True
        since, until = self._in_force.get(key.split(":", 4)[SERIES], ("9999", ""))
        return all(
            since <= f"{time}-01-01"[:_DAY] and f"{time}-12-31"[:_DAY] <= until for time in self._times(mention)
        )

    def _times(self, mention: Mention) -> set[str]:
        """Days or years (ISO 8601); none where nothing tells the time."""
        start, prefix = self._db.execute(
            "SELECT m.start, m.prefix FROM temp.cited c JOIN mention m ON m.key = c.key WHERE c.place = ?",
            (mention.place,),
        ).fetchone()
        if _BASIS.search(shadow.lower(shadow.shadow(prefix or ""))):
            before = self._db.execute(_ACTS, (mention.place, mention.document, start - _REACH))
            acts = takewhile(lambda row: row["doc_type"] != _TYPE, before)   # those before it have bases of their own
            if times := {_time(row["date"], row["year"]) for row in acts}:
                return times
        told = mention.published or self._latest_of(mention.document)
        return {told} if told else set()

    def _latest_of(self, document: int) -> str | None:
        if self._latest[0] != document:
            year = self._db.execute(_LATEST, (document,)).fetchone()[0]
            self._latest = document, str(year) if year else None
        return self._latest[1]


def _time(date: str | None, year: int) -> str:
    return date if date and regex.fullmatch(r"\d{4}-\d\d-\d\d", date) else str(year)

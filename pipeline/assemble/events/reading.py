"""The clauses of the archive, each read once and kept in temporary tables: what they say, and where to look for others.

`told` has one row a clause, in order of documents. `told_key` has the keys under which clauses are compared (`groups`):
their rarest words that another clause has too, and the acts they name. Clauses told word for word in other documents
are compared as one (`twin`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import sqrt

from outputs.factbase.names import content_id
from pipeline.assemble.events.model import Clause, Page, limit
from pipeline.assemble.events.rarity import Rarity
from pipeline.assemble.events.said import Said, said, words

_OPENING = 400      # characters of a document that tell, with its title, what it is about
_KEYS = 10          # rarest words of a clause under which it is looked for
_PAGES = 4096       # documents whose words are kept at hand
_CLAUSES = 8192     # the same of clauses
_BATCH = 1000
_BETWEEN = "\x1e"   # no word has it

_TABLES = ("told", "told_said", "told_decree", "told_key")
_MAKE = (
    *(f"DROP TABLE IF EXISTS temp.{table}" for table in _TABLES),
    """
    CREATE TEMP TABLE told (
        place INTEGER PRIMARY KEY, first INTEGER, twin INTEGER, mention INTEGER UNIQUE, id TEXT, document INTEGER,
        source TEXT, published TEXT, notice INTEGER, quote TEXT, date TEXT, first_day TEXT, last_day TEXT,
        event_type TEXT, planned INTEGER, decrees TEXT DEFAULT '', participants INTEGER DEFAULT 0,
        bodies TEXT DEFAULT ''
    )
    """,
    """
    INSERT INTO temp.told (
        mention, id, document, source, published, notice, quote, date, first_day, last_day, event_type, planned
    )
    SELECT m.key, m.id, d.key, coalesce(d.copy_of, d.id), d.date, d.kind = 'notice', m.quote, f.date,
           coalesce(f.first_day, ''), coalesce(f.last_day, ''), f.event_type, f.planned
    FROM event_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    ORDER BY d.id, m.start, m.end
    """,
    "CREATE TEMP TABLE told_decree (place INTEGER, decree TEXT, PRIMARY KEY (place, decree)) WITHOUT ROWID",
    """
    INSERT OR IGNORE INTO temp.told_decree
    SELECT t.place, coalesce(a.number, a.id) FROM temp.told t JOIN mention e ON e.key = t.mention JOIN mention c
    ON c.document = e.document AND c.kind = 'decree' AND c.start >= e.start AND c.start < e."end"
    JOIN decree_mention x ON x.mention = c.key JOIN decree a ON a.key = x.decree
    """,
    """
    UPDATE temp.told SET decrees = c.found FROM (
        SELECT place, group_concat(decree, char(10)) AS found FROM temp.told_decree GROUP BY place
    ) c WHERE c.place = told.place
    """,
    """
    UPDATE temp.told SET participants = c.many, bodies = c.bodies FROM (
        SELECT mention, sum(kind <> 'place' AND NOT pointed_at) AS many,
               coalesce(group_concat(CASE WHEN kind IN ('official', 'body') THEN name END, char(10)), '') AS bodies
        FROM event_participant GROUP BY mention
    ) c WHERE c.mention = told.mention
    """,
    "CREATE TEMP TABLE told_said (place INTEGER PRIMARY KEY, same_words TEXT, said TEXT)",
    "CREATE TEMP TABLE told_key (event_type TEXT, key TEXT, first_day TEXT, place INTEGER)",
)
_TWINS = (
    "CREATE INDEX temp.told_said_same ON told_said (same_words) WHERE same_words IS NOT NULL",
    """
    UPDATE temp.told SET twin = s.first FROM (
        SELECT place, min(place) OVER (PARTITION BY same_words) AS first FROM temp.told_said
        WHERE same_words IS NOT NULL
    ) s WHERE s.place = told.place
    """,
    "UPDATE temp.told SET twin = place WHERE twin IS NULL",
    """
    INSERT INTO temp.told_key SELECT event_type, 'act ' || decree, first_day, place
    FROM temp.told_decree JOIN temp.told USING (place) WHERE twin = place
    """,
)
CLAUSE = "SELECT * FROM temp.told JOIN temp.told_said USING (place)"   # a row of what is compared


def _pairs(found: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in found)


def _heard(kept: str) -> Said:
    words, names, rest = kept.split(_BETWEEN)
    return Said(frozenset(words.split()), frozenset(filter(None, names.split("\n"))), *json.loads(rest))


def _act(label: str) -> str:
    """The number of an act; of one without a number what it is called: `@hinh-su`."""
    return label.rpartition(":")[2].partition("#")[0] if label.startswith("vn:") else label


class Reading:
    """What all clauses say, in temporary tables of a fact base. In memory are counts of words and some documents."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rarity = Rarity()
        self.page = lru_cache(maxsize=_PAGES)(self._page)
        self._kept = lru_cache(maxsize=_CLAUSES)(self._load)
        for sql in _MAKE:
            db.execute(sql)
        for rows in self._thousands("SELECT place, quote, event_type, date, first_day, decrees FROM temp.told"):
            db.executemany("INSERT INTO temp.told_said VALUES (?, ?, ?)", list(map(self._said, rows)))
        for sql in _TWINS:
            db.execute(sql)
        for rows in self._thousands(CLAUSE):
            keys = [key for row in rows if row["twin"] == row["place"] for key in self._keys(row)]
            db.executemany("INSERT INTO temp.told_key VALUES (?, ?, ?, ?)", keys)

    def close(self) -> None:
        """Drop the tables."""
        for table in _TABLES:
            self._db.execute(f"DROP TABLE temp.{table}")

    def clause_at(self, place: int) -> Clause:
        """The clause of this place."""
        return self._kept(place)

    def _load(self, place: int) -> Clause:
        return self.clause(self._db.execute(f"{CLAUSE} WHERE place = ?", (place,)).fetchone())

    def clause(self, row: sqlite3.Row) -> Clause:
        """A row of `CLAUSE`, to be compared."""
        heard = _heard(row["said"])
        weight = self._rarity.weight
        names = {name: weight(name) for name in heard.names}
        weighed = {word: weight(word) for word in heard.words} | {name: names[name] for name in names if " " in name}
        return Clause(
            row["place"], row["document"], row["source"], row["date"], row["first_day"], row["last_day"],
            row["event_type"], bool(row["planned"]), frozenset(map(_act, row["decrees"].split("\n"))) - {""},
            frozenset(row["bodies"].split("\n")) - {""}, weighed, names,
            tuple(heard.people), _pairs(heard.places), _pairs(heard.counts), heard.clock,
            frozenset(heard.happenings), sum(weighed.values()),
        )

    def _thousands(self, sql: str) -> Iterator[list[sqlite3.Row]]:
        """The rows of a query in order, so many at a time that the tables may be written to between."""
        last = 0
        while rows := self._db.execute(f"{sql} WHERE place > ? ORDER BY place LIMIT {_BATCH}", (last,)).fetchall():
            yield rows
            last = rows[-1]["place"]

    def _said(self, row: sqlite3.Row) -> tuple[int, str | None, str]:
        heard = said(row["quote"])
        self._rarity.count({*heard.words, *heard.names})
        same = None
        if len(heard.words) >= limit("word for word") and row["first_day"]:
            numbers = (" ".join(count) for count in sorted(set(heard.counts)))
            acts = sorted(map(_act, row["decrees"].split("\n")))
            same = content_id("words", row["event_type"], row["date"], *sorted(heard.words), *numbers, *acts)
        rest = (heard.people, heard.places, heard.counts, heard.clock, tuple(heard.happenings))
        return row["place"], same, _BETWEEN.join((" ".join(heard.words), "\n".join(heard.names), json.dumps(rest)))

    def _keys(self, row: sqlite3.Row) -> Iterator[tuple[str, str, str, int]]:
        heard = _heard(row["said"])
        for word in self._rarity.rarest({*heard.words, *heard.names}, _KEYS):
            yield row["event_type"], word, row["first_day"], row["place"]

    def _page(self, document: int) -> Page:
        row = self._db.execute(
            f"SELECT title, date, substr(text, 1, {_OPENING}) AS opening FROM document WHERE key = ?", (document,)
        ).fetchone()
        weight = self._rarity.weight
        weighed = {word: weight(word) for word in words(f"{row['title'] or ''} {row['opening']}")}
        return Page(weighed, sqrt(sum(value * value for value in weighed.values())), row["date"])

"""The clauses of the archive in temporary tables: which there are, and where to look for others that tell the same.

`told` has one row a clause, in order of documents; what it says is in `event_said`. `told_key` has the keys under which
clauses are compared (`groups`): their rarest words that another clause has too, and the acts they name. Clauses told
word for word in other documents are compared as one (`twin`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import fsum, sqrt

import regex

from corpus import tables
from pipeline.assemble.events.hearing import pairs, parts
from pipeline.assemble.events.model import Clause, Page
from pipeline.assemble.events.rarity import Rarity
from pipeline.assemble.events.said import words

_OPENING = 400      # characters of a document that tell, with its title, what it is about
_KEYS = 10          # rarest words of a clause under which it is looked for
_PAGES = 4096       # documents whose words are kept at hand
_CLAUSES = 8192     # the same of clauses
_BATCH = 1000

_TYPES = "|".join(row["type"] for row in tables.table("extractors", "decree_types"))
_ACT = rf"(?<!\p{{L}})(?:{_TYPES})(?:\s+liên tịch)?"
_AN_ACT = regex.compile(rf"{_ACT}(?!\p{{L}})", regex.I)
_THIS_ACT = regex.compile(rf"{_ACT}\s+này(?!\p{{L}})", regex.I)
_SEAT = regex.compile(r"vn:[^:]*:[^:@]*@([^:?]+):")     # `vn:QĐ:UBND@hai-phong:2019:1`

_TABLES = ("told", "told_decree", "told_itself", "told_key")
_MAKE = (
    *(f"DROP TABLE IF EXISTS temp.{table}" for table in _TABLES),
    """
    CREATE TEMP TABLE told (
        place INTEGER PRIMARY KEY, first INTEGER, twin INTEGER, mention INTEGER UNIQUE, id TEXT, document INTEGER,
        source TEXT, published TEXT, notice INTEGER, quote TEXT, date TEXT, first_day TEXT, last_day TEXT,
        event_type TEXT, planned INTEGER, acts TEXT DEFAULT '', seats TEXT DEFAULT '', participants INTEGER DEFAULT 0,
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
    "CREATE TEMP TABLE told_decree (place INTEGER, decree TEXT, seat TEXT, PRIMARY KEY (place, decree)) WITHOUT ROWID",
    """
    INSERT OR IGNORE INTO temp.told_decree
    SELECT t.place, coalesce(a.number, a.id), seat(a.id)
    FROM temp.told t JOIN mention e ON e.key = t.mention JOIN mention c
    ON c.document = e.document AND c.kind = 'decree' AND c.start >= e.start AND c.start < e."end"
    JOIN decree_mention x ON x.mention = c.key JOIN decree a ON a.key = x.decree
    """,
    # `Thông tư này có hiệu lực …`: in a notice its own act; elsewhere the act named before, or one of this text alone.
    """
    CREATE TEMP TABLE told_itself AS SELECT t.place, t.source, CASE WHEN t.notice THEN (
        SELECT min(a.id) FROM mention c JOIN decree_citation h ON h.mention = c.key
        JOIN decree_mention x ON x.mention = c.key JOIN decree a ON a.key = x.decree
        WHERE c.document = t.document AND c.kind = 'decree' AND h.purpose = 'own head'
    ) ELSE (
        SELECT min(a.id) FROM event_participant p
        JOIN decree_mention x ON x.mention = p.fact JOIN decree a ON a.key = x.decree
        WHERE p.mention = t.mention AND p.kind = 'decree' AND p.pointed_at
    ) END AS act FROM temp.told t
    WHERE t.event_type IN ('issuance', 'effect') AND speaks_of_itself(t.quote, t.notice AND t.event_type = 'effect')
    AND NOT EXISTS (SELECT 1 FROM temp.told_decree n WHERE n.place = t.place)
    """,
    """
    INSERT INTO temp.told_decree
    SELECT t.place, coalesce(a.number, a.id, 'act of ' || t.source), seat(a.id)
    FROM temp.told_itself t LEFT JOIN decree a ON a.id = t.act
    """,
    """
    UPDATE temp.told SET acts = c.found, seats = coalesce(c.seats, '') FROM (
        SELECT place, group_concat(act, char(10)) AS found, group_concat(seat, char(10)) AS seats FROM (
            SELECT place, act_label(decree) AS act, seat FROM temp.told_decree ORDER BY 1, 2, 3
        ) GROUP BY place
    ) c WHERE c.place = told.place
    """,
    """
    UPDATE temp.told SET participants = c.many, bodies = c.bodies FROM (
        SELECT mention, sum(kind <> 'place' AND NOT pointed_at) AS many,
               coalesce(group_concat(CASE WHEN kind IN ('official', 'body') THEN name END, char(10)), '') AS bodies
        FROM event_participant GROUP BY mention
    ) c WHERE c.mention = told.mention
    """,
    """
    UPDATE temp.told SET twin = s.first FROM (
        SELECT place, min(place) OVER (PARTITION BY wording, event_type, date, acts, seats) AS first
        FROM temp.told JOIN event_said USING (mention) WHERE wording IS NOT NULL AND first_day <> ''
    ) s WHERE s.place = told.place
    """,
    "UPDATE temp.told SET twin = place WHERE twin IS NULL",
    "CREATE TEMP TABLE told_key (event_type TEXT, key TEXT, first_day TEXT, place INTEGER, date TEXT, last_day TEXT)",
    """
    INSERT INTO temp.told_key SELECT event_type, 'act ' || decree, first_day, place, date, last_day
    FROM temp.told_decree JOIN temp.told USING (place) WHERE twin = place
    """,
)
# Of clauses told word for word the first.
_UNLIKE = """
    SELECT mention, place, event_type, first_day, date, last_day, words, names
    FROM temp.told JOIN event_said USING (mention) WHERE twin = place AND
"""
CLAUSE = "SELECT * FROM temp.told JOIN event_said USING (mention)"   # a row of what is compared


def _act(label: str) -> str:
    """The number of an act; of one without a number what it is called: `@hinh-su`."""
    return label.rpartition(":")[2].partition("#")[0] if label.startswith("vn:") else label


def _seat(label: str | None) -> str | None:
    """The place of the committee whose act it is: each province has its `01/2019/QĐ-UBND`; None where nobody says."""
    found = _SEAT.match(label or "")
    return found[1] if found else None


def _speaks_of_itself(quote: str, notice: bool) -> bool:
    """Whether a clause tells of an act only as `Thông tư này`; the effect that a notice tells, also as `Thông tư`."""
    return (_AN_ACT if notice else _THIS_ACT).search(quote) is not None


def _words(row: sqlite3.Row) -> set[str]:
    """What is counted, and what a clause is looked for under."""
    return {*row["words"].split(), *parts(row["names"])}


class Reading:
    """All clauses, in temporary tables of a fact base. In memory are counts of words and some documents."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rarity = Rarity()
        self.page = lru_cache(maxsize=_PAGES)(self._page)
        self._kept = lru_cache(maxsize=_CLAUSES)(self._load)
        db.create_function("speaks_of_itself", 2, _speaks_of_itself, deterministic=True)
        db.create_function("seat", 1, _seat, deterministic=True)
        db.create_function("act_label", 1, _act, deterministic=True)
        for sql in _MAKE:
            db.execute(sql)
        for rows in self._thousands("SELECT place, words, names FROM temp.told JOIN event_said USING (mention) WHERE"):
            many: Counter[str] = Counter()
            for row in rows:
                many.update(_words(row))
            self._rarity.count(many, len(rows))
        for rows in self._thousands(_UNLIKE):
            db.executemany(
                "INSERT INTO temp.told_key VALUES (?, ?, ?, ?, ?, ?)", [key for row in rows for key in self._keys(row)]
            )

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
        weight = self._rarity.weight
        names = {name: weight(name) for name in parts(row["names"])}
        weighed = {word: weight(word) for word in row["words"].split()}
        weighed |= {name: value for name, value in names.items() if " " in name}
        return Clause(
            row["place"], row["document"], row["source"], row["date"], row["first_day"], row["last_day"],
            row["event_type"], bool(row["planned"]), frozenset(parts(row["acts"])),
            frozenset(parts(row["bodies"])) - {""}, weighed, names, parts(row["people"]),
            (*pairs(row["places"]), *(("act", seat) for seat in parts(row["seats"]))),
            pairs(row["counts"]), row["clock"], frozenset(parts(row["happenings"])), fsum(weighed.values()),
        )

    def _thousands(self, sql: str) -> Iterator[list[sqlite3.Row]]:
        """The rows of a query that ends with `WHERE` or `AND`, some at a time: tables may be written to between."""
        last = 0
        while rows := self._db.execute(f"{sql} place > ? ORDER BY place LIMIT {_BATCH}", (last,)).fetchall():
            yield rows
            last = rows[-1]["place"]

    def _keys(self, row: sqlite3.Row) -> list[tuple[str, str, str, int, str, str]]:
        _, place, event_type, first_day, date, last_day = row[:6]
        rarest = self._rarity.rarest(_words(row), _KEYS)
        return [(event_type, word, first_day, place, date, last_day) for word in rarest]

    def _page(self, document: int) -> Page:
        row = self._db.execute(
            f"SELECT title, date, substr(text, 1, {_OPENING}) AS opening FROM document WHERE key = ?", (document,)
        ).fetchone()
        weight = self._rarity.weight
        weighed = {word: weight(word) for word in words(f"{row['title'] or ''} {row['opening']}")}
        return Page(weighed, sqrt(fsum(value * value for value in weighed.values())), row["date"])

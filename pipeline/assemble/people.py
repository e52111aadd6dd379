"""One person under one name, and the offices that sources attest.

First level: people are joined by their full name. A name of one word joins only where title and body agree as well,
else the person stays within one document: nobody is merged on a given name alone.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from corpus.shadow import fold
from outputs.factbase.index import index_forms
from outputs.factbase.names import content_id

_REPORTED_WITHIN = 7   # days in which the press reports a meeting


@dataclass(frozen=True, slots=True)
class _Held:
    mention: int
    document: str
    name: str
    title: str | None
    org: str | None
    attested: str | None


def assemble_people(db: sqlite3.Connection) -> None:
    """Fill `person`, `person_mention`, `occupancy` and `occupancy_mention`, in memory one person at a time."""
    db.execute("DROP TABLE IF EXISTS temp.held")
    db.execute(
        "CREATE TEMP TABLE held (place INTEGER PRIMARY KEY, person TEXT, mention INTEGER, document TEXT, name TEXT,"
        " title TEXT, org TEXT, attested TEXT)"
    )
    db.executemany(
        "INSERT INTO temp.held (person, mention, document, name, title, org, attested) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (_person_id(one), one.mention, one.document, one.name, one.title, one.org, one.attested)
            for one in _held(db)
        ),
    )
    rows = db.execute("SELECT * FROM temp.held ORDER BY person, place")
    for identifier, of_person in groupby(rows, key=itemgetter("person")):
        group = [_Held(*tuple(row)[2:]) for row in of_person]
        name = _most_common([held.name for held in group])
        person = db.execute("INSERT INTO person (id, name) VALUES (?, ?)", (identifier, name)).lastrowid
        db.executemany(
            "INSERT INTO person_mention (person, mention) VALUES (?, ?)", [(person, held.mention) for held in group]
        )
        _store_offices(db, int(person or 0), identifier, group)
    db.execute("DROP TABLE temp.held")


def _held(db: sqlite3.Connection) -> Iterator[_Held]:
    rows = db.execute(_HELD, {"reported": f"-{_REPORTED_WITHIN} days"})
    for row in rows:
        yield _Held(row["key"], row["document"], row["name"], row["title"], row["org"], _attested(row))


_HELD = """
    SELECT m.key, d.id AS document, f.name, f.title, f.org, d.date AS published,
           (SELECT e.date FROM event_fact e JOIN mention t ON t.key = e.mention
             WHERE t.document = m.document AND t.kind = 'event' AND t.start <= m.start AND t.end >= m.end
               AND e.event_type <> 'effect'
             ORDER BY t.end - t.start LIMIT 1) AS told,
           (SELECT max(e.last_day) FROM event_fact e JOIN mention t ON t.key = e.mention
             WHERE t.document = m.document AND t.kind = 'event' AND e.event_type = 'meeting'
               AND e.first_day = e.last_day AND ((d.date IS NULL AND d.kind = 'notice')
                    OR e.last_day BETWEEN date(d.date, :reported) AND d.date)) AS met,
           (SELECT max(p.last_day) FROM date_fact p JOIN mention t ON t.key = p.mention
             WHERE t.document = m.document AND t.kind = 'date' AND t.start BETWEEN m.start - 200 AND m.start) AS near
      FROM official_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
     ORDER BY d.id, m.start, m.end
"""


def _attested(row: sqlite3.Row) -> str | None:
    """The day at which a mention attests its office: that of the event told in the same clause, else that of the
    meeting that the document reports, else the document's own; none where an earlier time stands close before."""
    if row["told"]:
        return str(row["told"])
    if row["published"] and row["near"] and row["near"][:4] < row["published"][:4]:
        return None
    day = row["met"] or row["published"]
    return day and str(day)


@lru_cache(maxsize=8192)
def _exact(words: str) -> str:
    return index_forms(words)[0]


def _person_id(held: _Held) -> str:
    name = _exact(held.name).replace("y", "i")  # Sỹ and Sĩ are one name; tones stay apart
    if " " in name:
        return content_id("person", name)
    if held.title and held.org:
        return content_id("person", name, fold(held.title), fold(held.org))
    return content_id("person", name, held.document)


def _office(held: _Held) -> tuple[str, str]:
    return _exact(held.title or ""), _exact(held.org or "")


def _store_offices(db: sqlite3.Connection, person: int, identifier: str, group: list[_Held]) -> None:
    offices: dict[tuple[str, str], list[_Held]] = defaultdict(list)
    for held in group:
        if held.title or held.org:
            offices[_office(held)].append(held)
    for office, mentions in sorted(offices.items()):
        days = sorted(held.attested for held in mentions if held.attested)
        cursor = db.execute(
            "INSERT INTO occupancy (id, person, title, org, first_attested, last_attested) VALUES (?, ?, ?, ?, ?, ?)",
            (
                content_id("occupancy", identifier, *office), person,
                _most_common([held.title for held in mentions if held.title]),
                _most_common([held.org for held in mentions if held.org]),
                days[0] if days else None, days[-1] if days else None,
            ),
        )
        db.executemany(
            "INSERT INTO occupancy_mention (occupancy, mention, attested) VALUES (?, ?, ?)",
            [(cursor.lastrowid, held.mention, held.attested) for held in mentions],
        )


def _most_common(values: list[str]) -> str | None:
    """Of spellings equally common, one that is not all capitals, as signature blocks print them."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value.isupper(), value)) if counts else None

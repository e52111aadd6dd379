"""Victims of one event, as several documents count them.

Documents tell one event where the assembled events say so. A toll grows from day to day, so a difference is of scope
where the documents are of different days.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import regex

from pipeline.assemble.conflicts.model import Conflict, Grade, Side

_OUTCOMES = {
    "chết": "chết|thiệt mạng|tử vong|tử nạn|bị giết", "bị thương": "bị thương", "mất tích": "mất tích",
}
_HARM = {
    name: regex.compile(rf"\A[^.,;:()\d]{{0,12}}(?<!\p{{L}})(?:{words})(?!\p{{L}})")
    for name, words in _OUTCOMES.items()
}
_OF_ALL = regex.compile(r"(?:làm|khiến|là|có|ít nhất|gồm)[^.,;\d]{0,12}\Z")
_REACH = 250    # characters around the clause of the event

_ROWS = """
    SELECT x.event, e.date AS event_date, f.value, f.approx, m.key, m.start, m."end" AS "end", m.quote, m.prefix,
           m.suffix, d.key AS document, d.id AS document_id, d.date
    FROM event e JOIN event_mention x ON x.event = e.key JOIN mention t ON t.key = x.mention
    JOIN document d ON d.key = t.document
    JOIN mention m ON m.document = t.document AND m.kind = 'figure'
         AND m.start BETWEEN t.start - :reach AND t."end" + :reach
    JOIN figure_fact f ON f.mention = m.key
    WHERE e.sources > 1 AND length(e.date) = 10 AND d.copy_of IS NULL AND f.unit = 'người' AND f.role = 'actual'
      AND f.high IS NULL AND f.approx = 'exact'
    ORDER BY x.event, d.id, m.start
"""


def tolls(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Two counts of the dead, hurt or missing of one event in two documents."""
    for _, rows in groupby(db.execute(_ROWS, {"reach": _REACH}), key=lambda row: row["event"]):
        told: dict[str, dict[int, sqlite3.Row]] = defaultdict(dict)
        for row in rows:
            for name, words in _HARM.items():
                if words.search(row["suffix"].lower()) and _OF_ALL.search(row["prefix"].lower()):
                    told[name].setdefault(row["document"], row)
        for name, counts in told.items():
            first = next(iter(counts.values()))
            other = next((row for row in counts.values() if Decimal(row["value"]) != Decimal(first["value"])), None)
            if other:
                yield Conflict(_grade(first, other), f"{name}, {first['event_date']}", (_side(first), _side(other)))


def _grade(one: sqlite3.Row, other: sqlite3.Row) -> Grade:
    return "contradiction" if one["date"] and one["date"] == other["date"] else "different scope"


def _side(row: sqlite3.Row) -> Side:
    return Side(
        row["document"], row["document_id"], row["start"], row["end"], row["quote"], row["value"], row["key"]
    )

"""Days of acts across the archive: two days of issue, in force before its issue, dates of copies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby

import regex

from pipeline.assemble.conflicts.model import Conflict, Grade, Side

# Numbers of the Party run through a term, so the day is part of the key; within a year one number is one act.
_DATED = """
    SELECT CASE WHEN e.id GLOB 'vn:*:TW:????-??-??:*' THEN replace(e.id, ':' || e.date || ':', substr(e.date, 1, 4))
           ELSE e.id END AS act_id, f.date, m.key, m.start, m."end" AS "end", m.quote, d.key AS document,
           d.id AS document_id,
           CASE WHEN t.start > m.start THEN 1 ELSE 0 END AS follows,
           CASE WHEN t.start > m.start THEN substr(d.text, m."end" + 1, t.start - m."end")
                ELSE substr(d.text, t."end" + 1, m.start - t."end") END AS gap
    FROM decree e JOIN decree_mention x ON x.decree = e.key JOIN mention m ON m.key = x.mention
    JOIN decree_fact f ON f.mention = m.key JOIN document d ON d.key = m.document
    JOIN mention t ON t.document = m.document AND t.kind = 'date' AND t.start BETWEEN m.start - 120 AND m."end" + 40
    JOIN date_fact a ON a.mention = t.key AND a.edtf = f.date
    WHERE length(f.date) = 10 AND f.date NOT LIKE '%X%' AND e.number IS NOT NULL AND e.id NOT LIKE '%?%'
      AND e.id NOT LIKE '%@thanh-pho:%' AND e.id NOT LIKE '%@tinh:%' AND d.copy_of IS NULL
    ORDER BY act_id, f.date, d.id, m.start
"""
# A day directly behind the number, or before it in the same clause without another number between.
_BEHIND = regex.compile(r",? ?\(?(?:được )?(?:ban hành |ký )?(?:vào )?", regex.I)
_BEFORE = regex.compile(r"[^\d.;:\n]*")


def _side(row: sqlite3.Row, value: str) -> Side:
    return Side(row["document"], row["document_id"], row["start"], row["end"], row["quote"], value, row["key"])


def two_days(db: sqlite3.Connection) -> Iterator[Conflict]:
    """One act with two days of issue, each stated beside its number; one side for each day."""
    for _, rows in groupby(db.execute(_DATED), key=lambda row: row["act_id"]):
        days: dict[str, sqlite3.Row] = {}
        for row in rows:
            if (_BEHIND if row["follows"] else _BEFORE).fullmatch(row["gap"]):
                days.setdefault(row["date"], row)
        if len(days) > 1:
            sides = tuple(_side(row, day) for day, row in sorted(days.items()))
            yield Conflict(_grade(list(days)), sides[0].quote, sides)


def _grade(days: list[str]) -> Grade:
    """A digit that differs, or day and month that change places, is a misprint."""
    one, other = days[:2]
    swapped = one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return "likely misprint" if swapped or apart == 1 else "contradiction"


_IN_FORCE = """
    SELECT f.date AS issued, m.key, m.start, m."end" AS "end", m.quote, e.key AS event, e.start AS event_start,
           e."end" AS event_end, e.quote AS event_quote, v.date AS effect, d.key AS document, d.id AS document_id
    FROM event_fact v JOIN mention e ON e.key = v.mention JOIN document d ON d.key = e.document
    JOIN mention m ON m.document = e.document AND m.kind = 'decree' AND m.start >= e.start AND m."end" <= e."end"
    JOIN decree_fact f ON f.mention = m.key
    WHERE v.event_type = 'effect' AND length(v.date) = 10 AND length(f.date) = 10 AND v.date < f.date
      AND d.copy_of IS NULL AND f.doc_type IN ('luật', 'bộ luật', 'pháp lệnh', 'nghị định', 'thông tư')
    ORDER BY d.id, e.start, m.start
"""


# Over all documents: the last stated day in force, and the first stated day of issue; values and their words.
_FORCE_STATED = """
    SELECT e.key AS decree, v.value, v.field, m.key, m.start, m."end" AS "end", m.quote, d.key AS document,
           d.id AS document_id
    FROM decree e JOIN decree_value v ON v.decree = e.key AND v.field IN ('effect', 'date') AND v.mention IS NOT NULL
    JOIN mention m ON m.key = v.mention JOIN document d ON d.key = m.document
    WHERE e.effect IS NOT NULL AND length(v.value) = 10 AND v.value NOT LIKE '%X%'
      AND e.doc_type IN ('luật', 'bộ luật', 'pháp lệnh', 'nghị định', 'thông tư')
    ORDER BY e.id, v.value, v.field
"""


def in_force(db: sqlite3.Connection) -> Iterator[Conflict]:
    """A rule of law in force on a day before its issue: in one sentence, or by what all documents say of the act."""
    told: set[int | None] = set()
    for conflict in _in_one_sentence(db):
        told.update(side.mention for side in conflict.sides)
        yield conflict
    acts_told = {row[0] for row in db.execute(
        "SELECT decree FROM decree_mention WHERE mention IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(one for one in told if one is not None)),),
    )}
    for decree, rows in groupby(db.execute(_FORCE_STATED), key=lambda row: row["decree"]):
        stated = list(rows)
        issued = next((row for row in stated if row["field"] == "date"), None)
        effect = next((row for row in reversed(stated) if row["field"] == "effect"), None)
        if issued and effect and effect["value"] < issued["value"] and decree not in acts_told:
            sides = _side(issued, issued["value"]), _side(effect, effect["value"])
            yield Conflict("contradiction", issued["quote"], sides)


def _in_one_sentence(db: sqlite3.Connection) -> Iterator[Conflict]:
    told = set()
    for row in db.execute(_IN_FORCE):
        if row["event"] not in told:
            told.add(row["event"])
            yield Conflict("likely misprint", row["quote"], (
                _side(row, row["issued"]),
                Side(row["document"], row["document_id"], row["event_start"], row["event_end"], row["event_quote"],
                     row["effect"], row["event"]),
            ))


_COPIES = """
    SELECT text_sha256, kind, key, id, date FROM document
    WHERE length(date) = 10 AND text_sha256 IN (
        SELECT text_sha256 FROM document WHERE length(date) = 10 GROUP BY text_sha256 HAVING count(DISTINCT date) > 1)
    ORDER BY text_sha256, date, id
"""


def dates_of_copies(db: sqlite3.Connection) -> Iterator[Conflict]:
    """One text under two days of publication or issue, as its sources' own data say."""
    for _, rows in groupby(db.execute(_COPIES), key=lambda row: row["text_sha256"]):
        days: dict[str, sqlite3.Row] = {}
        for row in rows:
            days.setdefault(row["date"], row)
        first = next(iter(days.values()))
        grade: Grade = "contradiction" if first["kind"] == "notice" else "different scope"
        yield Conflict(grade, first["id"], tuple(
            Side(row["key"], row["id"], None, None, day, day) for day, row in days.items()
        ))


_NO_YEAR = """
    SELECT r.key, m.key AS mention, m.start, m."end" AS "end", m.quote, d.key AS document, d.id AS document_id, d.date,
           m.suffix
    FROM decree r JOIN decree_mention x ON x.decree = r.key JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document
    WHERE r.missing LIKE '%year%' AND r.number IS NOT NULL AND d.copy_of IS NULL
      AND (SELECT count(*) FROM decree_candidate c WHERE c.decree = r.key) > 1
    ORDER BY r.id, d.id, m.start
"""
# The first mention of each candidate. An act that is younger than the document is none of them.
_CANDIDATES = """
    SELECT r.id, r.issuer, m.key AS mention, m.start, m."end" AS "end", m.quote, d.key AS document, d.id AS document_id,
           min(d.id || printf(' %012d', m.start)) AS first
    FROM decree_candidate c JOIN decree r ON r.key = c.candidate JOIN decree_mention x ON x.decree = r.key
    JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document
    WHERE c.decree = :decree AND r.year IS NOT NULL
      AND (:date IS NULL OR r.year <= CAST(substr(:date, 1, 4) AS INTEGER))
    GROUP BY r.id ORDER BY r.id
"""
_MOST = 4   # acts of one number that are shown


def which_act(db: sqlite3.Connection) -> Iterator[Conflict]:
    """A number without a year, and acts of that number in several years, by one issuer: none of them for certain."""
    for _, rows in groupby(db.execute(_NO_YEAR), key=lambda row: row["key"]):
        row = next(rows)
        candidates = db.execute(_CANDIDATES, {"decree": row["key"], "date": row["date"]})
        of_issuers = [list(group) for _, group in groupby(candidates, key=lambda one: _issuer(one["id"]))]
        found = of_issuers[0] if len(of_issuers) == 1 else []
        if len(found) > 1 and not _of_another(row["suffix"], found[0]["issuer"] or ""):
            yield Conflict("different scope", row["quote"], tuple(
                Side(one["document"], one["document_id"], one["start"], one["end"], one["quote"], value, one["mention"])
                for one, value in [(row, "?"), *((one, one["id"]) for one in found[:_MOST])]
            ))


_BY = regex.compile(r" ?,? của (?P<who>\p{L}+ \p{L}+)")


def _of_another(after: str, issuer: str) -> bool:
    """Whether the words behind a number name an issuer that is not this one."""
    named = _BY.match(after)
    return named is not None and not issuer.lower().startswith(named["who"].lower())


def _issuer(key: str) -> str:
    """Type and issuer of a canonical key: keys in order keep them together."""
    return ":".join(key.split(":")[:3])


_TOLD = """
    SELECT e.event_type, e.date, x.decree, m.key AS mention, m.start, m."end" AS "end", m.quote, d.key AS document,
           d.id AS document_id
    FROM event_fact e JOIN mention m ON m.key = e.mention JOIN document d ON d.key = m.document
    JOIN fact_link l ON l.source = m.key AND l.role IN ('names', 'participant')
    JOIN decree_mention x ON x.mention = l.target
    WHERE d.copy_of IS NULL AND e.planned = 0 AND e.first_day IS NOT NULL AND e.event_type IN ('issuance', 'effect')
      AND 1 = (SELECT count(DISTINCT y.decree) FROM fact_link o JOIN decree_mention y ON y.mention = o.target
               WHERE o.source = m.key AND o.role IN ('names', 'participant'))
    ORDER BY x.decree, e.event_type, length(e.date) DESC, e.date, d.id, m.start
"""


def event_days(db: sqlite3.Connection) -> Iterator[Conflict]:
    """What became of one act, told to the month or year here, and to a day outside of it there.

    Told to the year alone, with two days in that year told elsewhere, it is neither of them for certain.
    """
    for _, rows in groupby(db.execute(_TOLD), key=lambda row: (row["decree"], row["event_type"])):
        days: dict[str, sqlite3.Row] = {}
        for row in rows:
            if len(row["date"]) == _DAY:
                days.setdefault(row["date"], row)
            elif regex.fullmatch(r"\d{4}(?:-\d\d)?", row["date"]) and days:
                within = [one for day, one in sorted(days.items()) if day.startswith(row["date"])]
                if not within or len(within) > 1:
                    shown = within or list(days.values())[:1]
                    grade: Grade = "different scope" if within else "contradiction"
                    yield Conflict(grade, _short(shown[0]["quote"]), tuple(_event(one) for one in (row, *shown)))
                    break


_DAY = len("2013-10-22")


def _event(row: sqlite3.Row) -> Side:
    return Side(
        row["document"], row["document_id"], row["start"], row["end"], row["quote"], row["date"], row["mention"]
    )


def _short(words: str) -> str:
    return words if len(words) <= 120 else words[:120].rpartition(" ")[0] + "…"

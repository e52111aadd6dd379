"""What acts did to one another, and since and until when sources say that they are in force."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from outputs.history.model import Row, Table
from outputs.history.notebook import Place
from outputs.history.rows import one_line, place, same
from outputs.history.work import Work
from outputs.passages import REACH, around, clipped

# The statements of each relation, the earliest document first: from the first word of subject, cue and object on.
_CHANGES = """
    SELECT h.key, h.relation, h.part, h.planned, h.sources, r.document, s.quote AS subject, o.quote AS object,
           min(r.start, o.start, coalesce(s.start, r.start)) AS start,
           max(r."end", o."end", coalesce(s."end", 0)) AS "end", d.title AS own, d.id AS document_id,
           coalesce(c.date, c.year, d.date) AS done, c.id AS subject_id
    FROM decree_relation h JOIN decree_relation_source x ON x.held = h.key JOIN relation r ON r.key = x.relation
    JOIN document d ON d.key = r.document JOIN mention o ON o.key = r.object JOIN decree b ON b.key = h.object
    JOIN mention m ON m.key IN (r.object, r.subject)
    LEFT JOIN mention s ON s.key = r.subject LEFT JOIN decree c ON c.key = h.subject
    WHERE h.relation <> 'based_on' AND {asked}
      AND (h.subject IN (SELECT value FROM json_each(:acts)) OR h.object IN (SELECT value FROM json_each(:acts)))
    ORDER BY done IS NULL, done, coalesce(c.id, ''), b.id, h.relation, h.key, coalesce(d.first_day, '9999'), d.id,
             r.start
"""
_LONGEST = 320   # characters; a longer statement says too much besides


def changes_table(work: Work, acts: frozenset[int]) -> Table | None:
    """Which act amends, replaces, repeals or guides which, one row a relation."""
    rows: list[Row] = []
    seen: set[int] = set()
    shown: set[tuple[str, ...]] = set()
    for row in work.select(_CHANGES, acts=json.dumps(sorted(acts))):
        if row["key"] in seen or len(rows) >= work.limit("changes") or row["end"] - row["start"] > _LONGEST:
            continue
        subject = row["subject"] or row["own"] or row["document_id"]
        change = work.words(f"relation_{row['relation']}")
        if row["part"]:
            change = work.words("relation_part", relation=change)
        if row["planned"]:
            change = work.words("relation_planned", relation=change)
        cells = (one_line(subject), change, one_line(row["object"]))
        if tuple(map(same, cells)) in shown:
            continue
        if made := work.cited(cells, [Place(row["document"], row["start"], row["end"])]):
            seen.add(row["key"])
            shown.add(tuple(map(same, cells)))
            rows.append(made)
    header = work.header("decree", "change", "object")
    return Table(work.words("changes"), header, tuple(rows)) if rows else None


_CITATIONS = """
    SELECT m.document, m.start, m."end", m.quote, d.date,
           substr(d.text, max(1, m.start + 1 - :reach), min(m.start, :reach)) AS before,
           substr(d.text, m."end" + 1, :reach) AS after
    FROM decree_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document
    LEFT JOIN decree_citation c ON c.mention = m.key
    WHERE x.decree IN (SELECT value FROM json_each(:acts)) AND d.copy_of IS NULL AND {asked}
    ORDER BY coalesce(d.first_day, '9999'), d.id, coalesce(c.purpose, 'named') = 'named', m.start
"""


def citations_table(work: Work) -> Table | None:
    """Of an act that is asked for, the sentences that cite it: one a document, one that says what for if there is."""
    rows: dict[int, Row] = {}
    asked = json.dumps(sorted(work.subject.decrees))
    for row in work.select(_CITATIONS, acts=asked, reach=REACH) if work.subject.decrees else ():
        if row["document"] in rows or len(rows) >= work.limit("citations"):
            continue
        before, after = around(row["before"], row["quote"], row["after"])
        words = one_line(f"{before}{row['quote']}{after}").lstrip("#-–+•*… ")
        if words.endswith((":", "?")):   # what it says comes in the next lines, or is only asked
            continue
        words = clipped(words, work.limit("quote"))
        if made := work.cited((row["date"] and work.words.short(row["date"]), words), [place(row)]):
            rows[row["document"]] = made
    header = work.header("said", "words")
    return Table(work.words("citations"), header, tuple(rows.values())) if rows else None


_FORCE = """
    SELECT r.key, v.field, v.value, m.document, m.start, m."end" FROM decree r
    JOIN decree_value v ON v.decree = r.key AND v.field IN ('effect', 'expiry') AND v.standing = 'shown'
    JOIN mention m ON m.key = v.mention WHERE r.key IN (SELECT value FROM json_each(:acts))
    ORDER BY coalesce(r.date, r.year, '9999'), r.id, v.field
"""
_NAMED = """
    SELECT m.document, m.start, m."end", m.quote FROM decree_mention x JOIN mention m ON m.key = x.mention
    WHERE x.decree = ? AND m.document = ? ORDER BY abs(m.start - ?), m.start LIMIT 1
"""


def force_table(work: Work, acts: frozenset[int]) -> Table | None:
    """First day in force and the day up to which, where a source states one."""
    found: dict[int, list[sqlite3.Row]] = {}
    for row in work.db.execute(_FORCE, {"acts": json.dumps(sorted(acts))}):
        found.setdefault(row["key"], []).append(row)
    rows = tuple(row for values in found.values() for row in _force_rows(work, values))
    header = work.header("decree", "effect", "expiry")
    return Table(work.words("force"), header, rows) if rows else None


def _force_rows(work: Work, values: list[sqlite3.Row]) -> Iterator[Row]:
    days = {row["field"]: work.words.short(row["value"]) for row in values}
    named = work.db.execute(_NAMED, (values[0]["key"], values[0]["document"], values[0]["start"])).fetchone()
    if named is None:
        return
    cells = (one_line(named["quote"]), days.get("effect"), days.get("expiry"))
    if made := work.cited(cells, [place(row) for row in (named, *values)]):
        yield made

"""The bodies of a subject under each of their names: since when, under whom, and what came after.

All of it is the lexicon's (docs/bodies.md), which is no source of the archive: each row leads to its entry first, and
then to words of a source that uses the name, if there are any.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Place
from outputs.history.rows import one_line
from outputs.history.work import Work

_LEXICON = "organisation_history.tsv"
_BODIES = """
    SELECT b.*, p.name AS above,
           EXISTS (SELECT 1 FROM body_mention x WHERE x.body = b.key) AS named,
           EXISTS (SELECT 1 FROM body_succession s JOIN body_mention x ON x.body IN (s.earlier, s.later)
                   WHERE b.key IN (s.earlier, s.later)) AS beside
    FROM body b LEFT JOIN body p ON p.key = b.parent
    WHERE b.key IN (SELECT value FROM json_each(?)) AND b.basis = 'lexicon'
    ORDER BY coalesce(b.began, b.ended, '9999'), coalesce(b.ended, '9999'), b.name, b.id
"""
_NEXT = """
    SELECT s.how, s.date, l.name FROM body_succession s JOIN body l ON l.key = s.later WHERE s.earlier = ?
    ORDER BY s.date, l.name
"""
_FIRST = """
    SELECT m.document, m.start, m."end" FROM body_mention x JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document WHERE x.body = ? AND x.number = 1 AND x.how NOT LIKE 'office%'
    ORDER BY x.how <> 'name', d.first_day IS NULL, d.first_day, d.id, m.start LIMIT 5
"""


def organisation_section(work: Work) -> Section | None:
    """The names of the subject's bodies in order of time, where the archive speaks of one of them."""
    found = work.db.execute(_BODIES, (json.dumps(sorted(work.subject.lineage)),))
    bodies = [row for row in found if (row["named"] or row["beside"]) and (row["began"] or row["ended"])]
    kept = sorted(bodies, key=lambda row: not row["named"])[: work.limit("bodies")]
    rows = tuple(_row(work, row) for row in bodies if row in kept and _in_span(work, row))
    header = work.header("body", "time", "parent", "after", "act")
    return work.section("organisation", "to-chuc", [Table(None, header, rows)])


def _in_span(work: Work, row: sqlite3.Row) -> bool:
    return (work.first is None or (row["ended"] or "9999") >= work.first) and (
        work.last is None or (row["began"] or "0000") <= work.last)


def _row(work: Work, row: sqlite3.Row) -> Row:
    time = " ".join(_time(work, row["began"], row["ended"]))
    steps = list(work.db.execute(_NEXT, (row["key"],)))
    after = "; ".join(work.words(f"how_{step['how']}", name=step["name"]) for step in steps)
    shown = (row["name"], time, row["above"], after, row["source"])
    cells = tuple(one_line(cell) if cell else work.words("none") for cell in shown)
    entry = "; ".join(part for part in shown if part)
    dates = [day for day in (row["began"], row["ended"]) if day]
    note = work.notebook.lexicon(work.words("lexicon_title"), one_line(entry), dates, _LEXICON)
    return Row(cells, (note, *_used(work, row)))


def _time(work: Work, began: str | None, ended: str | None) -> Iterator[str]:
    if began:
        yield work.words("since_year", date=work.words.short(began))
    if ended:
        yield work.words("until_year", date=work.words.short(ended))
    elif began:
        yield work.words("to_now")


def _used(work: Work, row: sqlite3.Row) -> tuple[int, ...]:
    """The note of a source that uses the name in full."""
    for spot in work.db.execute(_FIRST, (row["key"],)):
        if notes := work.notebook.cite(row["name"], [Place(spot["document"], spot["start"], spot["end"])]):
            return notes
    return ()

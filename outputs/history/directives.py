"""Who told whom to do what by when."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from corpus.shadow import lower, shadow
from outputs.history.model import Row, Section, Table
from outputs.history.openers import found_in
from outputs.history.rows import one_line, place, retold, same
from outputs.history.work import Work
from outputs.passages import clipped

_DIRECTIVES = """
    SELECT m.document, m.start, m."end", m.quote, f.issuer, f.addressee, f.action, f.deadline, f.first_day,
           f.last_day, d.date, d.first_day AS said_first, d.last_day AS said_last, d.kind, d.source, d.url
      FROM directive_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
     WHERE f.force IN ('order', 'request') AND f.addressee IS NOT NULL AND d.copy_of IS NULL AND {asked}
       AND m.key NOT IN (SELECT mention FROM directive_repeat)
     ORDER BY f.first_day DESC, d.first_day DESC, d.id, m.start
"""
_DATED = 5.0        # points of a directive whose document has a date
_RETOLD = 0.8       # share of words from which two tasks are one
_FEWEST_WORDS = 4   # a shorter task points at what the text says elsewhere


def directives_section(work: Work) -> Section | None:
    """Directives with a deadline, the latest first, then those without by authority and day; one of each wording."""
    found = [row for row in work.select(_DIRECTIVES) if _in_span(work, row) and _of_person(work, row)]
    dated = [row for row in found if row["deadline"]]
    others = sorted((row for row in found if not row["deadline"]), key=lambda row: -_weight(work, row))
    seen: list[str] = []
    most = work.limit("directives")
    first = _table(work, dated, seen, most, deadline=True)
    second = _table(work, others, seen, most - len(first.rows), deadline=False)
    if first.rows and second.rows and not work.weights.short:
        first = Table(work.words("with_deadline"), first.header, first.rows)
        second = Table(work.words("without_deadline"), second.header, second.rows)
    return work.section("directives", "chi-dao", [first, second])


def _of_person(work: Work, row: sqlite3.Row) -> bool:
    """Of a person: what they order or are told themselves."""
    if work.subject.kind != "person":
        return True
    return any(same(work.subject.words) in same(row[end]) for end in ("issuer", "addressee"))


def _in_span(work: Work, row: sqlite3.Row) -> bool:
    said = row["said_first"] or row["said_last"]
    return work.within(row["said_first"], row["said_last"]) if said else work.within(row["first_day"], row["last_day"])


def _weight(work: Work, row: sqlite3.Row) -> float:
    points = work.weights.authority(row["kind"], row["source"], row["url"])
    points += _DATED * (row["date"] is not None)
    points += work.weights.weight("own", "day") * (row["issuer"] is not None)
    return points + work.weights.weight("own", "topic") * work.subject.about(row["quote"])


def _table(work: Work, found: Iterable[sqlite3.Row], seen: list[str], most: int, *, deadline: bool) -> Table:
    rows: list[Row] = []
    undated, shown = 0, Counter[int]()
    for row in found:
        task = one_line(row["action"] or row["quote"])
        if len(rows) >= most:
            break
        if row["date"] is None and not deadline and undated >= work.limit("undated"):
            continue
        if shown[row["document"]] >= work.limit("one document"):
            continue
        unfinished = found_in("unfinished", lower(shadow(task))) is not None
        if unfinished or len(task.split()) < _FEWEST_WORDS or retold(task, seen, _RETOLD):
            continue
        said = row["date"] and work.words.short(row["date"])
        day = [work.words.short(row["deadline"])] if deadline else []
        cells = (*day, said, work.named(row["issuer"]), work.named(row["addressee"]), clipped(task, work.limit("task")))
        if made := work.cited(cells, [place(row)], (row["deadline"], row["issuer"], row["addressee"], row["action"])):
            seen.append(task)
            rows.append(made)
            undated += row["date"] is None
            shown[row["document"]] += 1
    header = work.header(*(["deadline"] if deadline else []), "said", "by", "to", "task")
    return Table(None, header, tuple(rows))

"""Where sources disagree: the conflicts of the fact base whose words all stand in the topic's documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from sqlite3 import Row as Found

from outputs.conflicts import GRADES, rule_labels
from outputs.history.figures import value_as_written
from outputs.history.model import Row, Section, Table
from outputs.history.rows import one_line, place
from outputs.history.work import Work
from outputs.passages import clipped

_SIDES = """
    SELECT c.id, c.rule, c.grade, c.about, s.document, s.start, s."end" AS "end", s.quote, s.value, f.metric, f.subject,
           f.period, d.date
    FROM conflict c JOIN conflict_side s ON s.conflict = c.key JOIN document d ON d.key = s.document
    LEFT JOIN figure_fact f ON f.mention = s.mention
    WHERE c.grade <> 'rounding' AND c.key IN (
        SELECT o.conflict FROM conflict_side o LEFT JOIN mention m ON m.key = o.mention WHERE {asked})
    ORDER BY c.id, s.place
"""
_DOCUMENTS = "SELECT DISTINCT m.document FROM mention m WHERE {asked}"


def conflicts_section(work: Work) -> Section | None:
    """What does not go together, side by side: contradictions first. What is only rounded stays out."""
    found = [list(sides) for _, sides in groupby(work.select(_SIDES), key=lambda row: row["id"])]
    if found and work.subject.mentions is not None:
        on = {row["document"] for row in work.select(_DOCUMENTS)}
        found = [sides for sides in found if all(side["document"] in on for side in sides)]
    order = list(GRADES)
    found = sorted(found, key=lambda sides: (
        order.index(sides[0]["grade"]), sides[0]["rule"], sides[0]["about"], sides[0]["id"]))
    rows = tuple(islice(_rows(work, found), work.limit("conflicts")))   # a row that is not shown cites nothing
    return work.section("conflicts", "khac-biet", [Table(None, work.header("metric", "why", "one", "other"), rows)])


def _rows(work: Work, found: Sequence[Sequence[Found]]) -> Iterator[Row]:
    for sides in found:
        first, *others = sides
        places = [place(side) for side in sides if side["start"] is not None]
        if not others or not {side["document"] for side in sides} <= {spot.document for spot in places}:
            continue   # one side is only what a document's own data say, and no words of that document are quoted
        label = rule_labels(work.words.language)[first["rule"]]
        why = f"{label} ({work.words('grade_' + first['grade'])})"
        cells = (_about(work, first), why, _said(work, first), " / ".join(_said(work, side) for side in others))
        wanted = [side[name] for side in sides for name in ("metric", "subject", "period")]
        if made := work.cited(cells, places, wanted):
            yield made


def _about(work: Work, side: Found) -> str:
    if side["metric"] and side["period"]:
        parts = (side["metric"], side["subject"], work.words.short(side["period"]))
        return ", ".join(part for part in parts if part)
    return clipped(one_line(side["about"]), work.limit("quote"))


def _said(work: Work, side: Found) -> str:
    """The words of a side; the day of the document where they are its own data."""
    if side["start"] is None:
        return work.words("document_day", day=work.words.short(side["date"]))
    if side["metric"]:
        return value_as_written(work.notebook, side)
    return clipped(one_line(side["quote"]), work.limit("quote"))

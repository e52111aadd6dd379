"""Where sources disagree: the conflicts of the fact base whose words all stand in the topic's documents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby

from outputs.conflicts import GRADES, rule_labels
from outputs.history.choose import limit
from outputs.history.figures import value_as_written
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook
from outputs.history.phrases import phrase
from outputs.history.rows import cited, one_line, place
from outputs.passages import clipped
from outputs.vietnamese import short_date

_ROWS = """
    SELECT c.id, c.rule, c.grade, c.about, s.document, s.start, s."end" AS "end", s.quote, s.value, f.metric, f.subject,
           f.period, d.date
    FROM conflict c JOIN conflict_side s ON s.conflict = c.key JOIN document d ON d.key = s.document
    LEFT JOIN figure_fact f ON f.mention = s.mention
    WHERE :documents IS NULL OR NOT EXISTS (
        SELECT 1 FROM conflict_side o WHERE o.conflict = c.key
           AND o.document NOT IN (SELECT value FROM json_each(:documents)))
    ORDER BY c.id, s.place
"""


def conflicts_section(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Section | None:
    """What does not go together, side by side: contradictions first. What is only rounded stays out."""
    within = None if documents is None else json.dumps(sorted(documents))
    found = [list(sides) for _, sides in groupby(db.execute(_ROWS, {"documents": within}), key=lambda row: row["id"])]
    order = list(GRADES)
    found = sorted(
        (sides for sides in found if sides[0]["grade"] != "rounding"),
        key=lambda sides: (order.index(sides[0]["grade"]), sides[0]["rule"], sides[0]["about"], sides[0]["id"]),
    )
    rows = [row for row, _ in zip(_rows(notebook, found), range(limit("conflicts")), strict=False)]
    if not rows:
        return None
    header = tuple(phrase(f"col_{name}") for name in ("metric", "why", "one", "other"))
    table = Table(None, header, tuple(rows))
    return Section(phrase("conflicts"), "khac-biet", remark=phrase("conflicts_opening"), tables=(table,))


def _rows(notebook: Notebook, found: Sequence[Sequence[sqlite3.Row]]) -> Iterator[Row]:
    for sides in found:
        first, *others = sides
        places = [place(side) for side in sides if side["start"] is not None]
        if not others or not {side["document"] for side in sides} <= {spot.document for spot in places}:
            continue   # one side is only what a document's own data say, and no words of that document are quoted
        why = f"{rule_labels()[first['rule']]} ({GRADES[first['grade']]})"
        cells = (_about(first), why, _said(notebook, first), " / ".join(_said(notebook, side) for side in others))
        wanted = [side[name] for side in sides for name in ("metric", "subject", "period")]
        if made := cited(notebook, cells, places, wanted):
            yield made


def _about(side: sqlite3.Row) -> str:
    if side["metric"] and side["period"]:
        return ", ".join(part for part in (side["metric"], side["subject"], short_date(side["period"])) if part)
    return clipped(one_line(side["about"]), limit("quote"))


def _said(notebook: Notebook, side: sqlite3.Row) -> str:
    """The words of a side; the day of the document where they are its own data."""
    if side["start"] is None:
        return phrase("document_day", day=short_date(side["date"]))
    if side["metric"]:
        return value_as_written(notebook, side)
    return clipped(one_line(side["quote"]), limit("quote"))

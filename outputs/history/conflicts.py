"""Where sources disagree: values of one metric, subject and period, and dates of one decree, side by side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from outputs.history.choose import limit
from outputs.history.figures import FIGURES, series_key, usable, value_as_written
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook
from outputs.history.phrases import phrase
from outputs.history.rows import cited, place, selected
from outputs.vietnamese import short_date

_ONE_STATEMENT = 600     # characters: figures nearer to each other are parts of one account, not rival ones
_ABOUT = Decimal("0.1")  # how far apart two approximate values may be and still agree


def conflicts_section(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Section | None:
    """Values of the same metric, subject and period that do not agree, and decrees with two dates, side by side."""
    rows = [*_figure_conflicts(db, notebook, documents), *_decree_conflicts(db, notebook, documents)]
    if not rows:
        return None
    header = tuple(phrase(f"col_{name}") for name in ("metric", "subject", "period", "one", "other"))
    table = Table(None, header, tuple(rows[: limit("conflicts")]))
    return Section(phrase("conflicts"), "khac-biet", remark=phrase("conflicts_opening"), tables=(table,))


def _figure_conflicts(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Iterator[Row]:
    groups: dict[tuple[str | None, ...], list[sqlite3.Row]] = defaultdict(list)
    for row in selected(db, FIGURES, documents):
        if usable(row) and row["subject"]:
            groups[*series_key(row), row["period"], row["role"]].append(row)
    for group in groups.values():
        pair = next(((a, b) for a, b in combinations(group, 2) if _apart(a, b) and not agree(a, b)), None)
        if pair:
            one, other = pair
            cells = (one["metric"], one["subject"], short_date(one["period"]),
                     value_as_written(notebook, one), value_as_written(notebook, other))
            places = [place(one), place(other)]
            if made := cited(notebook, cells, places, (one["metric"], one["subject"], one["period"])):
                yield made


def _apart(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Whether two figures are two statements: in different documents, or far from each other in one."""
    return bool(one["document"] != other["document"] or abs(one["start"] - other["start"]) > _ONE_STATEMENT)


def agree(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Whether two values may both be true, each within what its approximator allows."""
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return low <= other_high and other_low <= high


def _range(row: sqlite3.Row) -> tuple[Decimal, Decimal]:
    """The values that a figure admits: `trên 8.000` those from 8.000 to a tenth more."""
    low, high = Decimal(row["value"]), Decimal(row["high"] or row["value"])
    margin = abs(high) * _ABOUT
    return {
        "exact": (low, high),
        "about": (low - margin, high + margin),
        "over": (low, high + margin),
        "at_least": (low, Decimal("Infinity")),
        "under": (low - margin, high),
        "at_most": (Decimal("-Infinity"), high),
    }[row["approx"]]


_DATES = """
    SELECT r.key, f.date, m.document, m.start, m."end", m.quote, d.id AS document_id
      FROM decree r JOIN decree_mention x ON x.decree = r.key JOIN mention m ON m.key = x.mention
      JOIN decree_fact f ON f.mention = m.key JOIN document d ON d.key = m.document
     WHERE length(f.date) = 10 AND {on_topic} ORDER BY r.id, f.date, d.id, m.start
"""


def _decree_conflicts(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Iterator[Row]:
    groups: dict[int, dict[str, sqlite3.Row]] = defaultdict(dict)
    for row in selected(db, _DATES, documents):
        groups[row["key"]].setdefault(row["date"], row)
    for dates in groups.values():
        if len(dates) > 1:
            (day, one), (other_day, other) = list(dates.items())[:2]
            cells = (phrase("issue_date"), one["quote"], None, short_date(day), short_date(other_day))
            if made := cited(notebook, cells, [place(one), place(other)], (day, other_day)):
                yield made

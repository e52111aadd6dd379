"""Figures of a history: series over periods, single figures, and values that do not agree."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from corpus.shadow import lower, shadow
from outputs.factbase.name_forms import full_form, short_form
from outputs.history.choose import limit, metric_weight
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook
from outputs.history.openers import opening
from outputs.history.phrases import phrase
from outputs.history.rows import cited, place, same, selected
from outputs.vietnamese import capitalised, short_date

_EMPTY_WORDS = frozenset(("so", "tong", "con", "da", "duoc", "cac", "nhung", "luong"))
_SERIES_ROLES = ("actual", "target", "rank", "gap")
_LONGEST_METRIC = 110  # a longer metric is a clause that was misread
_ONE_STATEMENT = 600     # characters: figures nearer to each other are parts of one account, not rival ones
_ABOUT = Decimal("0.1")  # how far apart two approximate values may be and still agree (docs: DOMAIN 4.2)

_FIGURES = """
    SELECT m.document, m.start, m."end", m.quote, f.value, f.high, f.of, f.unit, f.approx, f.role, f.metric, f.subject,
           f.period, f.first_day, d.id AS document_id, d.sha256
      FROM figure_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
     WHERE f.metric IS NOT NULL AND f.period IS NOT NULL AND f.first_day IS NOT NULL AND {on_topic}
     ORDER BY f.first_day, f.last_day, d.id, m.start
"""


@dataclass(frozen=True, slots=True)
class _Series:
    metric: str
    subject: str | None
    rows: tuple[sqlite3.Row, ...]


def figures_section(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Section | None:
    """Series of one metric and subject over periods, each a table, and a table of single figures; values as written."""
    found = [row for row in selected(db, _FIGURES, documents) if _usable(row)]
    series, single = _split(found)
    tables = [table for one in series[: limit("series")] if (table := _series_table(notebook, one))]
    rest = [row for one in series[limit("series") :] for row in one.rows] + single
    heaviest = sorted(rest, key=lambda row: -metric_weight(row["metric"]))[: limit("figures")]
    others = _single_table(
        notebook, sorted(heaviest, key=lambda row: (row["first_day"], row["document_id"], row["start"])),
        phrase("other_figures") if tables else None,
    )
    if others:
        tables.append(others)
    if not tables:
        return None
    return Section(phrase("figures"), "ket-qua", remark=phrase("figures_opening"), tables=tuple(tables))


def _usable(row: sqlite3.Row) -> bool:
    return row["role"] in _SERIES_ROLES and len(row["metric"]) <= _LONGEST_METRIC


def _split(found: Sequence[sqlite3.Row]) -> tuple[list[_Series], list[sqlite3.Row]]:
    """Series of at least two periods, the longest first, and all other figures."""
    groups: dict[tuple[str, str, str | None], list[sqlite3.Row]] = defaultdict(list)
    for row in found:
        groups[_key(row)].append(row)
    series, single = [], []
    for group in groups.values():
        if len({row["period"] for row in group}) > 1:
            series.append(_Series(group[0]["metric"], group[0]["subject"], tuple(group)))
        else:
            single += group
    series.sort(key=lambda one: (-len({row["period"] for row in one.rows}), one.rows[0]["first_day"], same(one.metric)))
    return series, single


def _key(row: sqlite3.Row) -> tuple[str, str, str | None]:
    """What two figures of one series share: the metric without words that add nothing, the body, the unit."""
    metric = " ".join(word for word in same(row["metric"]).split() if word not in _EMPTY_WORDS)
    return metric or same(row["metric"]), short_form(full_form(row["subject"] or "")), row["unit"]


def _series_table(notebook: Notebook, series: _Series) -> Table | None:
    roles = len({row["role"] for row in series.rows}) > 1
    caption = capitalised(" – ".join(part for part in (series.metric, series.subject) if part))
    rows = list(
        _rows(notebook, series.rows, lambda row: (phrase(f"role_{row['role']}"),) if roles else (), caption)
    )
    if len({row.cells[0] for row in rows}) < 2:
        return None
    header = [phrase("col_period"), phrase("col_value"), *([phrase("col_role")] if roles else [])]
    return Table(caption, tuple(header), tuple(rows))


def _rows(
    notebook: Notebook, rows: Sequence[sqlite3.Row], more: Callable[[sqlite3.Row], tuple[str | None, ...]],
    caption: str = "",
) -> Iterator[Row]:
    seen: set[tuple[str | None, ...]] = set()
    for row in rows:
        cells = (short_date(row["period"]), value_as_written(notebook, row), *more(row))
        if cells in seen:
            continue
        if made := cited(notebook, cells, [place(row)], (row["metric"], row["subject"], row["period"]), caption):
            seen.add(cells)
            yield made


def _single_table(notebook: Notebook, rows: Sequence[sqlite3.Row], caption: str | None) -> Table | None:
    made = list(_rows(notebook, rows, lambda row: (row["metric"], row["subject"])))
    header = tuple(phrase(f"col_{name}") for name in ("period", "value", "metric", "subject"))
    return Table(caption, header, tuple(made)) if made else None


def value_as_written(notebook: Notebook, row: sqlite3.Row) -> str:
    """The source's own words for a value, with the approximator that stands before it."""
    text = notebook.document(row["document"])["text"]
    before = text[max(0, row["start"] - 20) : row["start"]].split()
    for count in (2, 1):
        words = " ".join(before[-count:])
        if len(before) >= count and opening("approx", lower(shadow(words))) == len(words):
            return f"{words} {row['quote']}"
    return str(row["quote"])


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
    for row in selected(db, _FIGURES, documents):
        if _usable(row) and row["subject"]:
            groups[*_key(row), row["period"], row["role"]].append(row)
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

"""Figures of a history: series over periods, and single figures in the clauses that state them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.shadow import lower, shadow
from outputs.factbase.name_forms import full_form, short_form
from outputs.history.choose import limit, metric_weight
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook, Place
from outputs.history.openers import opening
from outputs.history.phrases import phrase
from outputs.history.rows import cited, one_line, place, same, selected
from outputs.passages import REACH, around, clipped
from outputs.vietnamese import capitalised, short_date

_EMPTY_WORDS = frozenset(("so", "tong", "con", "da", "duoc", "cac", "nhung", "luong"))
_SERIES_ROLES = ("actual", "target", "rank", "gap")
_LONG_SIDE = 200       # characters of a clause before a figure; half as many after it
_EDGE = " \t\n,;:.–-+•*\x02\ufffd"
_LONGEST_METRIC = 110  # a longer metric is a clause that was misread

FIGURES = """
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
    found = [row for row in selected(db, FIGURES, documents) if usable(row)]
    series, single = _split(found)
    tables = [table for one in series[: limit("series")] if (table := _series_table(notebook, one))]
    rest = [row for one in series[limit("series") :] for row in one.rows] + single
    others = _single_table(notebook, rest, phrase("other_figures") if tables else None)
    if others:
        tables.append(others)
    if not tables:
        return None
    return Section(phrase("figures"), "ket-qua", remark=phrase("figures_opening"), tables=tuple(tables))


def usable(row: sqlite3.Row) -> bool:
    """Whether a figure says what it measures in a way that can head a table."""
    return row["role"] in _SERIES_ROLES and len(row["metric"]) <= _LONGEST_METRIC


def _split(found: Sequence[sqlite3.Row]) -> tuple[list[_Series], list[sqlite3.Row]]:
    """Series of at least two periods, the longest first, and all other figures."""
    groups: dict[tuple[str, str, str | None], list[sqlite3.Row]] = defaultdict(list)
    for row in found:
        groups[series_key(row)].append(row)
    series, single = [], []
    for group in groups.values():
        if len({row["period"] for row in group}) > 1:
            series.append(_Series(group[0]["metric"], group[0]["subject"], tuple(group)))
        else:
            single += group
    series.sort(key=lambda one: (-len({row["period"] for row in one.rows}), one.rows[0]["first_day"], same(one.metric)))
    return series, single


def series_key(row: sqlite3.Row) -> tuple[str, str, str | None]:
    """What two figures of one series share: the metric without words that add nothing, the body, the unit."""
    metric = " ".join(word for word in same(row["metric"]).split() if word not in _EMPTY_WORDS)
    return metric or same(row["metric"]), short_form(full_form(row["subject"] or "")), row["unit"]


def _series_table(notebook: Notebook, series: _Series) -> Table | None:
    """One row for each period, or none where fewer than two are borne out."""
    caption = capitalised(" – ".join(part for part in (series.metric, series.subject) if part))
    roles = len({row["role"] for row in series.rows}) > 1
    made: dict[tuple[str, ...], Row] = {}
    for row in series.rows:
        role = (phrase(f"role_{row['role']}"),) if roles else ()
        cells = (short_date(row["period"]), value_as_written(notebook, row), *role)
        values = (row["metric"], row["subject"], row["period"])
        if cells not in made and (one := cited(notebook, cells, [place(row)], values, caption)):
            made[cells] = one
    if len({cells[0] for cells in made}) < 2:
        return None
    header = [phrase("col_period"), phrase("col_value"), *([phrase("col_role")] if roles else [])]
    return Table(caption, tuple(header), tuple(made.values()))


def _single_table(notebook: Notebook, rows: Sequence[sqlite3.Row], caption: str | None) -> Table | None:
    """Figures in the clauses that state them: what a value measures is left to its source's words."""
    weighed = [(metric_weight(_words(notebook, told)), told) for told in _clauses(notebook, rows)]
    heaviest = sorted(weighed, key=lambda item: -item[0])[: limit("figures")]
    worth = [told for points, told in heaviest if points > 0] or [told for _, told in heaviest]
    made: list[Row] = []
    for told in sorted(worth, key=lambda told: (told.first_day, told.place.document, told.place.start)):
        cells = (short_date(told.period), clipped(_words(notebook, told), limit("quote")))
        if one := cited(notebook, cells, [told.place], (told.period,)):
            made.append(one)
    return Table(caption, (phrase("col_period"), phrase("col_words")), tuple(made)) if made else None


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause with figures of one period."""

    place: Place
    period: str
    first_day: str


def _clauses(notebook: Notebook, rows: Sequence[sqlite3.Row]) -> Iterator[_Told]:
    """The clauses around figures, in order of place; those of one period that overlap are one."""
    last: _Told | None = None
    for row in sorted(rows, key=lambda row: (row["document"], row["start"])):
        start, end = clause_of(notebook.document(row["document"])["text"], row["start"], row["end"])
        same_period = last is not None and (last.place.document, last.period) == (row["document"], row["period"])
        if last is not None and same_period and start <= last.place.end and end - last.place.start <= limit("quote"):
            place = Place(row["document"], min(start, last.place.start), max(end, last.place.end))
            last = replace(last, place=place)
            continue
        if last is not None:
            yield last
        last = _Told(Place(row["document"], start, end), row["period"], row["first_day"])
    if last is not None:
        yield last


def _words(notebook: Notebook, told: _Told) -> str:
    return one_line(notebook.document(told.place.document)["text"][told.place.start : told.place.end])


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a figure: its sentence, cut at semicolons, and at commas where it is long."""
    before, after = around(text[max(0, start - REACH) : start], text[start:end], text[end : end + REACH])
    left, right = before.lstrip("…"), after.rstrip("…")
    left = left[left.rfind(";") + 1 :]
    right = right[: right.find(";")] if ";" in right else right
    if len(left) > _LONG_SIDE:
        left = left[left.find(", ", len(left) - _LONG_SIDE) + 1 :]
    if len(right) > _LONG_SIDE // 2:
        cut = right.rfind(", ", 0, _LONG_SIDE // 2)
        right = right[:cut] if cut >= 0 else right
    first, last = start - len(left), end + len(right)
    while first < start and text[first] in _EDGE:
        first += 1
    while last > end and text[last - 1] in _EDGE:
        last -= 1
    bracketed = text[first] == "(" and text[last - 1] == ")" and first < start and last > end
    return (first + 1, last - 1) if bracketed else (first, last)


def value_as_written(notebook: Notebook, row: sqlite3.Row) -> str:
    """The source's own words for a value, with the approximator that stands before it."""
    text = notebook.document(row["document"])["text"]
    before = text[max(0, row["start"] - 20) : row["start"]].split()
    for count in (2, 1):
        words = " ".join(before[-count:])
        if len(before) >= count and opening("approx", lower(shadow(words))) == len(words):
            return f"{words} {row['quote']}"
    return str(row["quote"])

"""The figures of an archive: each as its source writes it, series over time, and targets beside their results."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import regex

from extractors.quantities.approximators import approximator_before
from outputs.factbase import FactBase
from outputs.factbase.name_forms import name_forms
from outputs.quotes import PLACE, Quote
from outputs.vietnamese import number_in_figures, short_date

_CURRENCIES = {"VND": " đồng", "USD": " USD", "EUR": " euro"}
_APPROX = {"about": "khoảng", "under": "dưới", "over": "hơn", "at_least": "ít nhất", "at_most": "nhiều nhất"}
_COMPARISONS = {   # what else says so, by exactness
    approx: regex.compile(rf"(?<![<>=\p{{L}}-])({words}) ?\Z") for approx, words in (
        ("under", "<|(?:thấp|ít) hơn"), ("over", ">|(?:cao|nhiều|lớn) hơn"), ("at_least", ">=|≥"),
        ("at_most", "<=|≤|đến|tới"),
    )
}
_ONWARD = regex.compile(r"[^,;.:()\n\d]{0,32}? (?:trở|đổ) (lên|xuống)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class FigureGiven:
    """A figure as a reader writes it, and where it stands."""

    subject: str | None
    metric: str | None
    value: str
    period: str | None
    role: str
    document: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A figure of a series. `broken` says which body it regards where that is another than at the point before."""

    period: str
    value: str
    role: str
    broken: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """Figures of one metric, subject and unit over time (docs/figures.md); values that differ stand side by side.

    `measure` is `level`, `change`, `gap` or `rank`; `span` how long each period is, `any` for a state; `sources` counts
    independent documents.
    """

    id: str
    metric: str
    subject: str
    unit: str | None
    measure: str
    span: str
    sources: int
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A target beside the result that answers it. Values and `difference` (result less target) are exact decimals.

    `target_words` and `result_words` are the values as their sources write them, how exact they are included.
    `target_quote` is None where no source states the target: it is the result and what `gap_quote` says is missing.
    `reached` is `yes`, `no` or `unknown`.
    """

    metric: str
    subject: str
    unit: str | None
    period: str
    target: str
    target_words: str | None
    result: str
    result_words: str
    difference: str
    reached: str
    rule: str
    target_quote: Quote | None
    gap_quote: Quote | None
    result_quote: Quote


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """What an archive says of a metric or subject: series, targets, and every figure."""

    series: tuple[FigureSeries, ...]
    targets: tuple[TargetResult, ...]
    figures: tuple[FigureGiven, ...]


def figures_asked(base: FactBase, metric: str | None = None, subject: str | None = None) -> FiguresAsked:
    """Everything where metric and subject hold the words asked for, in any spelling of `name_forms`; None: all."""
    asked = _Asked(metric, subject)
    return FiguresAsked(
        tuple(one for one in series(base) if asked.holds(one.metric, one.subject)),
        tuple(one for one in target_results(base) if asked.holds(one.metric, one.subject)),
        tuple(one for one in figures(base) if asked.holds(one.metric, one.subject)),
    )


class _Asked:
    def __init__(self, metric: str | None, subject: str | None) -> None:
        self._metric, self._subject = _form(metric), _form(subject)

    def holds(self, metric: str | None, subject: str | None) -> bool:
        return self._metric in _form(metric) and self._subject in _form(subject)


def _form(name: str | None) -> str:
    forms = name_forms(name) if name else ()
    return f" {forms[-1]} " if forms else ""


def figures(base: FactBase) -> list[FigureGiven]:
    """Every figure, by whose it is, what it measures and when."""
    rows = base.db.execute(
        f'SELECT f.*, m.start, m."end", m.prefix, m.quote, m.suffix, d.id AS document, {PLACE} FROM figure_fact f'
        " JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document"
        " ORDER BY f.subject IS NULL, f.subject, f.metric IS NULL, f.metric, f.first_day, f.period, d.id, m.start, m.id"
    )
    return [
        FigureGiven(
            row["subject"], row["metric"], value_in_words(row), row["period"] and short_date(row["period"]),
            row["role"], row["document"], _quote(row),
        )
        for row in rows
    ]


def series(base: FactBase) -> Iterator[FigureSeries]:
    """Every series, by metric and subject, its points in order of time."""
    rows = base.db.execute(
        "SELECT s.id AS series, s.metric AS measured, s.subject AS whose, s.measure, s.span, s.sources,"
        " s.unit AS counted, p.period AS at, p.break AS broken, f.*,"
        f' m.start, m."end", m.prefix, m.quote, m.suffix, d.id AS document, {PLACE}'
        " FROM series s JOIN series_point p ON p.series = s.key JOIN figure_fact f ON f.mention = p.mention"
        " JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document"
        " ORDER BY s.metric, s.subject, s.id, p.first_day, p.last_day, f.role, d.id, m.start, m.id"
    )
    for name, group in groupby(rows, key=lambda row: row["series"]):
        points = list(group)
        first = points[0]
        yield FigureSeries(
            name, first["measured"], first["whose"], first["counted"], first["measure"], first["span"],
            first["sources"],
            tuple(
                SeriesPoint(short_date(row["at"]), value_in_words(row), row["role"], row["broken"], _quote(row))
                for row in points
            ),
        )


def target_results(base: FactBase) -> Iterator[TargetResult]:
    """Every target beside its result, by metric, subject and time."""
    rows = base.db.execute("SELECT * FROM target_result ORDER BY subject, metric, period, id").fetchall()
    for row in rows:
        target, result, gap = (_figure(base.db, row[end]) for end in ("target", "result", "gap"))
        counted = row["target"] == row["result"]   # `03/4 chỉ tiêu` is both
        yield TargetResult(
            row["metric"], row["subject"], row["unit"], short_date(row["period"]), row["target_value"],
            value_in_words(target) if target and not counted else None, row["result_value"],
            value_in_words(result), row["difference"], row["reached"], row["rule"],
            _quote(target) if target else None, _quote(gap) if gap else None, _quote(result),
        )


def _figure(db: sqlite3.Connection, mention: int | None) -> Any:
    return db.execute(
        f'SELECT f.*, m.start, m."end", m.prefix, m.quote, m.suffix, d.id AS document, {PLACE} FROM figure_fact f'
        " JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document WHERE f.mention = ?", (mention,)
    ).fetchone()


def _quote(row: sqlite3.Row) -> Quote:
    return Quote(row["document"], row["place"], row["start"], row["end"], row["quote"])


def value_in_words(row: sqlite3.Row) -> str:
    """The value of a row of `figure_fact` with its mention, as Vietnamese readers write it.

    `hơn 80,71%`, `thứ 8/63`, `10–12 triệu`. How exact it is stays in the source's own words, since `under` covers both
    `gần` and `dưới`.
    """
    value = number_in_figures(Decimal(row["value"]))
    exactness = _exactness(row)
    if row["high"] is not None:
        inside = _word_within(row)
        high = number_in_figures(Decimal(row["high"]))
        value, exactness = (f"{value}–{inside} {high}", ("", "")) if inside else (f"{value}–{high}", exactness)
    if row["of"] is not None:
        value += f"/{number_in_figures(Decimal(row['of']))}"
    if row["role"] == "rank":
        value = f"thứ {value}"
    unit = row["unit"] or ""
    shown = _CURRENCIES.get(unit, unit if unit in ("", "%", "‰") else f" {unit}")
    return f"{exactness[0]} {value}{shown} {exactness[1]}".strip()


def _exactness(row: sqlite3.Row) -> tuple[str, str]:
    """The words before and after the value, the source's own where they stand beside the quote."""
    approx = row["approx"]
    if approx not in _APPROX:
        return "", ""
    onward = _ONWARD.match(row["suffix"].lower()) if approx in ("at_least", "at_most") else None
    if onward:
        return ("từ" if onward[1] == "lên" else ""), f"trở {onward[1]}"
    before = row["prefix"].lower()
    if (found := approximator_before(before, len(before))) and found[1] == approx:
        return " ".join(before[found[0]:].split()), ""
    if approx in _COMPARISONS and (compared := _COMPARISONS[approx].search(before)):
        return compared[1], ""
    return _APPROX[approx], ""


def _word_within(row: sqlite3.Row) -> str | None:
    """`từ 2 đến dưới 10 ha`: only the upper end is not exact."""
    quote = row["quote"].lower()
    for digit in regex.finditer(r"(?<=\p{L} )\d", quote):
        if (found := approximator_before(quote, digit.start())) and found[0] and found[1] == row["approx"]:
            return " ".join(quote[found[0] : digit.start()].split())
    return None

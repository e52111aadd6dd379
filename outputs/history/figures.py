"""Figures of a history: series over periods with their charts, targets beside results, and single figures.

Series and targets are those of the fact base (docs/figures.md); values stay as their sources write them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from corpus.shadow import lower, shadow
from outputs.history.model import Chart, ChartKind, Point, Row, Section, Table
from outputs.history.notebook import Notebook, Place
from outputs.history.openers import opening
from outputs.history.rows import one_line, place, same
from outputs.history.work import Work
from outputs.passages import REACH, around, clipped
from outputs.vietnamese import capitalised

_ROLES = ("actual", "target", "rank", "gap")   # of single figures
_LONG_SIDE = 200       # characters of a clause before a figure; half as many after it
_BRACKET = 90          # characters in which the other bracket must lie
# As the fact base writes a break: `Thanh tra Chính phủ from 2004 (Luật 22/2004/QH11)`.
_BROKEN = regex.compile(r"(?P<name>.+?)(?: from (?P<since>[\d-]+))?(?: \([^()]*\))?")
_EDGE = " \t\n,;:.–-+•*\x02\ufffd"
_LONGEST_METRIC = 110  # a longer metric is a clause that was misread
_FEWEST_POINTS = 3     # periods from which a chart shows more than the table
_UNDRAWN = ("rank", "ratio")
_OF_A_WHOLE = regex.compile(r"\d\s?/\s?\d")
_WEIGHED = 4           # clauses read for each row of single figures

Lines = list[tuple[sqlite3.Row, Row]]   # what the fact base has, and the row of a table

_SERIES = """
    SELECT s.key AS series, s.id AS series_id, s.metric AS measured, s.subject AS whose, s.unit AS counted, s.measure,
           s.sources, p.period AS at, p.first_day AS begins, p.last_day AS ends, p.break AS broken, f.value, f.role,
           f.metric, f.subject, f.period, m.key AS mention, m.document, m.start, m."end", m.quote
    FROM series s JOIN series_point p ON p.series = s.key JOIN figure_fact f ON f.mention = p.mention
    JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document
    WHERE s.key IN (SELECT p.series FROM series_point p JOIN mention m ON m.key = p.mention WHERE {asked})
    ORDER BY s.id, p.first_day, p.last_day, f.role, d.id, m.start
"""
_TARGETS = """
    SELECT x.*, r.first_day AS begins, r.last_day AS ends FROM target_result x JOIN mention m ON m.key = x.result
    JOIN figure_fact r ON r.mention = x.result
    WHERE {asked} ORDER BY begins, x.metric, x.subject, x.period, x.id
"""
_FIGURE = """
    SELECT m.document, m.start, m."end", m.quote, f.value, f.role, f.period FROM figure_fact f
    JOIN mention m ON m.key = f.mention WHERE m.key = ?
"""
_FIGURES = """
    SELECT m.key, m.document, m.start, m."end", m.quote, f.role, f.metric, f.subject, f.period, f.first_day, f.last_day
    FROM figure_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.metric IS NOT NULL AND f.period IS NOT NULL AND f.first_day IS NOT NULL AND {asked}
    ORDER BY f.first_day, f.last_day, d.id, m.start
"""


def figures_section(work: Work) -> Section | None:
    """Series, each a table with a chart where it is long enough; targets and results; the heaviest other figures."""
    shown: set[int] = set()
    tables: list[Table] = []
    charts: list[Chart] = []
    brief: list[tuple[str, Lines]] = []
    for rows in _series(work)[: work.limit("series")]:
        caption, lines = _series_lines(work, rows, shown)
        if chart := _chart(work, caption, rows[0], lines):
            tables.append(_series_table(work, caption, lines))
            charts.append(chart)
        elif lines:
            brief.append((caption, lines))
    tables += _brief_tables(work, brief)
    if targets := _targets_table(work, shown):
        tables.append(targets)
    if others := _single_table(work, shown, work.words("other_figures") if tables else None):
        tables.append(others)
    made = work.section("figures", "ket-qua", tables)
    return made and replace(made, charts=() if work.weights.short else tuple(charts))


def _series(work: Work) -> list[list[sqlite3.Row]]:
    """The series on the subject, those of many periods, sources and telling metrics first."""
    found = []
    for _, group in groupby(work.select(_SERIES), key=lambda row: row["series"]):
        rows = [row for row in group if work.within(row["begins"], row["ends"])]
        if len({row["at"] for row in rows}) > 1 and len(rows[0]["measured"]) <= _LONGEST_METRIC:
            points = len({row["at"] for row in rows}) + rows[0]["sources"]
            found.append((-points - work.weights.worded("metric", rows[0]["measured"]), rows[0]["series_id"], rows))
    return [rows for _, _, rows in sorted(found, key=lambda one: one[:2])]


def _series_lines(work: Work, rows: Sequence[sqlite3.Row], shown: set[int]) -> tuple[str, Lines]:
    """What the series is called, and one row for each value of a period; none where fewer than two are borne out."""
    caption = capitalised(one_line(" – ".join(part for part in (rows[0]["measured"], rows[0]["whose"]) if part)))
    roles = len({row["role"] for row in rows}) > 1
    made: dict[tuple[str, ...], tuple[sqlite3.Row, Row]] = {}
    for row in rows:
        role = work.words(f"role_{row['role']}") if roles else ""
        cells = (work.words.short(row["at"]), value_as_written(work.notebook, row), *([role] if role else []))
        values = (row["metric"], row["subject"], row["whose"], row["period"])
        if cells not in made and (one := work.cited(cells, [place(row)], values, caption)):
            made[cells] = row, one
    if len({row["at"] for row, _ in made.values()}) < 2:
        return caption, []
    shown.update(row["mention"] for row in rows)
    return caption, list(made.values())


def _series_table(work: Work, caption: str, lines: Lines) -> Table:
    """A series by itself, under its chart."""
    breaks = any(row["broken"] for row, _ in lines)
    roles = len(lines[0][1].cells) > len(("period", "value"))
    header = ("period", "value", *(["role"] if roles else []), *(["break"] if breaks else []))
    rows = tuple(_with_break(work, row, one) if breaks else one for row, one in lines)
    return Table(caption, work.header(*header), rows)


def _brief_tables(work: Work, found: Sequence[tuple[str, Lines]]) -> list[Table]:
    """Series that have no chart: those of plain values in one table; what has roles or breaks by itself."""
    plain = [
        (caption, lines) for caption, lines in found
        if all(len(one.cells) == len(("period", "value")) and not row["broken"] for row, one in lines)
    ]
    if len(plain) < 2:
        plain = []
    rows = tuple(
        Row((caption if at == 0 else "", *one.cells), one.notes)
        for caption, lines in plain for at, (_, one) in enumerate(lines)
    )
    joint = [Table(work.words("by_period"), work.header("metric", "period", "value"), rows)] if rows else []
    return [*joint, *(_series_table(work, caption, lines) for caption, lines in found if (caption, lines) not in plain)]


def _with_break(work: Work, row: sqlite3.Row, line: Row) -> Row:
    """The line with a mark where it does not go on from the one before: what it regards by then is a lexicon's word."""
    if not row["broken"]:
        return Row((*line.cells, ""), line.notes)
    body = _body_by_then(work, row["broken"])
    note = work.notebook.lexicon(work.words("lexicon_title"), body, (), "organisation_history.tsv")
    return Row((*line.cells, work.words("break", body=body)), (*line.notes, note))


def _body_by_then(work: Work, broken: str) -> str:
    """The body that a series regards from a break on. The act that the lexicon names beside it is of its end."""
    found = _BROKEN.fullmatch(broken)
    if found is None or not found["since"]:
        return found["name"] if found else broken
    return f"{found['name']} ({work.words('term_from', date=work.words.short(found['since']))})"


def _chart(work: Work, title: str, first: sqlite3.Row, made: Lines) -> Chart | None:
    """The same values as a picture: a line for what goes on, bars for what each period has for itself.

    Ranks and shares of a whole (`3/4 chỉ tiêu`, then `2/2`) cannot be measured against one another: tables have them.
    """
    if len({row["at"] for row, _ in made}) < _FEWEST_POINTS or first["measure"] == "rank":
        return None
    if any(row["role"] in _UNDRAWN or _OF_A_WHOLE.search(row["quote"]) for row, _ in made):
        return None
    roles = len(made[0][1].cells) > len(("period", "value"))
    unit = made[0][0]["counted"] or ""
    points = tuple(
        Point(
            work.words(f"role_{row['role']}") if roles else "", row["value"], line.cells[0], unit, line.notes,
            written=line.cells[1], first_day=row["begins"], last_day=row["ends"],
            broken=work.words("break", body=_body_by_then(work, row["broken"])) if row["broken"] else "",
        )
        for row, line in made
    )
    kind: ChartKind = "line" if all(point.first_day == point.last_day for point in points) else "bar"
    return Chart(title, kind, points, id=f"bieu-do-{made[0][0]['series_id'][:8]}", unit=unit)


def _targets_table(work: Work, shown: set[int]) -> Table | None:
    """Targets beside the results that answer them. A target that no source states is told by what was missing."""
    rows: list[Row] = []
    for found in work.select(_TARGETS):
        if found["result"] in shown:
            continue   # counted targets (`03/4 chỉ tiêu`) of a series above
        if not work.within(found["begins"], found["ends"]) or len(rows) >= work.limit("targets"):
            continue
        target, result, gap = (
            work.db.execute(_FIGURE, (found[end],)).fetchone() for end in ("target", "result", "gap")
        )
        said = value_as_written(work.notebook, target) if target and found["target"] != found["result"] else None
        if target is None and gap is not None:
            said = f"{work.words('role_gap')} {value_as_written(work.notebook, gap)}"
        reached = work.words(f"reached_{found['reached']}")
        period = work.words.short(found["period"])
        result_said = value_as_written(work.notebook, result)
        cells = (period, found["metric"], found["subject"], said, result_said, reached)
        places = [place(row) for row in (result, target, gap) if row is not None]
        if made := work.cited(cells, places, (found["metric"], found["subject"], found["period"])):
            rows.append(made)
            shown.update(found[end] for end in ("target", "result", "gap") if found[end])
    header = work.header("period", "metric", "subject", "target", "result", "reached")
    return Table(work.words("targets"), header, tuple(rows)) if rows else None


def _single_table(work: Work, shown: set[int], caption: str | None) -> Table | None:
    """Figures in the clauses that state them: what a value measures is left to its source's words."""
    rows = [
        row for row in work.select(_FIGURES)
        if row["key"] not in shown and row["role"] in _ROLES and len(row["metric"]) <= _LONGEST_METRIC
        and work.within(row["first_day"], row["last_day"])
    ]
    weighed = sorted(((-_points(work, row), at) for at, row in enumerate(rows)))
    first = [rows[at] for points, at in weighed[: work.limit("figures") * _WEIGHED] if points < 0]
    told = list(_clauses(work.notebook, first, work.limit("quote")))
    heaviest = sorted(told, key=lambda one: -work.weights.worded("metric", _words(work.notebook, one)))
    worth = [one for one in heaviest if _whole(_words(work.notebook, one))][: work.limit("figures")]
    made: dict[str, Row] = {}
    for one in sorted(worth, key=lambda one: (one.first_day, one.place.document, one.place.start)):
        cells = (work.words.short(one.period), clipped(_words(work.notebook, one), work.limit("quote")))
        if same(cells[1]) not in made and (row := work.cited(cells, [one.place], (one.period,))):
            made[same(cells[1])] = row
    return Table(caption, work.header("period", "words"), tuple(made.values())) if made else None


def _points(work: Work, row: sqlite3.Row) -> float:
    """How much a figure matters: nothing unless by what it measures; more where that or its body is the subject."""
    points = work.weights.worded("metric", row["metric"])
    own = work.weights.weight("own", "topic") * work.subject.about(f"{row['metric']} {row['subject'] or ''}")
    return points + own if points > 0 else 0.0


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause with figures of one period."""

    place: Place
    period: str
    first_day: str


def _clauses(notebook: Notebook, rows: Sequence[sqlite3.Row], longest: int) -> Iterator[_Told]:
    """The clauses around figures, in order of place; those of one period that overlap are one."""
    last: _Told | None = None
    for row in sorted(rows, key=lambda row: (row["document"], row["start"])):
        start, end = clause_of(notebook.document(row["document"])["text"], row["start"], row["end"])
        same_period = last is not None and (last.place.document, last.period) == (row["document"], row["period"])
        if last is not None and same_period and start <= last.place.end and end - last.place.start <= longest:
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
    first, last = _balanced(text, first, last)
    bracketed = text[first] == "(" and text[last - 1] == ")" and first < start and last > end
    return (first + 1, last - 1) if bracketed else (first, last)


def _balanced(text: str, first: int, last: int) -> tuple[int, int]:
    """The span with the bracket that opens before it or closes behind it, where that is near."""
    said = text[first:last]
    if said.count("(") > said.count(")") and (at := text.find(")", last, last + _BRACKET)) >= 0:
        return first, at + 1
    if said.count(")") > said.count("(") and (at := text.rfind("(", max(0, first - _BRACKET), first)) >= 0:
        return text.rfind(" ", 0, max(0, at - 1)) + 1, last
    return first, last


def _whole(words: str) -> bool:
    """Whether words can stand by themselves: brackets in pairs, and none at the beginning."""
    return words.count("(") == words.count(")") and not words.startswith(("(", ")"))


def value_as_written(notebook: Notebook, row: sqlite3.Row) -> str:
    """The source's own words for a value, with the approximator that stands before it."""
    text = notebook.document(row["document"])["text"]
    before = text[max(0, row["start"] - 20) : row["start"]].split()
    for count in (2, 1):
        words = " ".join(before[-count:])
        if len(before) >= count and opening("approx", lower(shadow(words))) == len(words):
            return f"{words} {row['quote']}"
    return str(row["quote"])

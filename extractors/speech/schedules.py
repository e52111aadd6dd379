"""Schedules annexed to a decision: rows of act, time limit and the body that must act.

Such a table is the operative part of its decision, so a row whose act begins with a verb is an order of the
body that issues the decision (`Kèm theo Quyết định số … của Bộ trưởng …`). It counts only where a column of acts and
a column of bodies are both named in its head. Tables come as Markdown rows, or cell by cell, a line each, as scanners
leave them.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import act_begins, actor_at
from extractors.speech.context import Act, Context

Cell = tuple[int, int]

_ANNEXED = regex.compile(
    rf"\bkèm theo\s{any_of('legal type')}\b[^)]{{0,120}}?\scủa\s(?P<who>[^)\n]{{4,60}}(?:\n[^)\n]{{1,60}})?)\)"
)
_HEAD = regex.compile(r"(?:stt|tt|số tt)")
_ACTS = regex.compile(rf"{any_of('column of acts')}\b")
_BODIES = regex.compile(rf"{any_of('column of bodies')}\b[^|]{{0,30}}?\b(?:thực hiện|chủ trì|chịu trách nhiệm)\b")
_NUMBER = regex.compile(r"\d{1,2}\.?")
_TIME = regex.compile(rf"{any_of('time cell')}\b")
_SECTION = regex.compile(r"(?:[ivx]{1,5}|phần\s\S+|phụ lục\s?\S*)[.:]\s")
_PAGE = regex.compile(r"\W*PAGE\s")  # where a scan turns the page
_LONGEST_HEAD = 8  # lines
_LONGEST_ROW = 16


def scheduled(context: Context) -> list[Act]:
    """The orders of the schedules of a document, in order; none where the document is no annex of a decision."""
    annexed = _ANNEXED.search(context.document.lower, 0, min(len(context.text), 4000))
    if annexed is None:
        return []
    issuer = " ".join(context.text[annexed.start("who") : annexed.end("who")].split())
    lines = [(found.start(), found.end()) for found in regex.finditer(r"[^\n]+", context.document.shadow)]
    lines = [line for line in lines if not _PAGE.match(context.document.shadow, *line)]
    rows = [(row, (row[0][0], row[-1][1])) for row in _flat_rows(context, lines)]
    rows += _piped_rows(context, lines)
    return [act for row, whole in rows if (act := _order(context, row, whole, issuer))]


def _text(context: Context, cell: Cell) -> str:
    return context.document.lower[cell[0] : cell[1]].strip(" *_|-")


def _flat_rows(context: Context, lines: list[Cell]) -> Iterator[list[Cell]]:
    """Rows whose cells are lines: a number by itself opens each."""
    row: list[Cell] | None = None
    index = 0
    while index < len(lines):
        words = _text(context, lines[index])
        if _HEAD.fullmatch(words):
            if row:
                yield row
            row = None
            body = _after_head(context, lines, index)
            index = body or index + 1
            row = [] if body else None
            continue
        if row is not None and (_NUMBER.fullmatch(words) or _SECTION.match(words)):
            if row:
                yield row
            row = [] if _NUMBER.fullmatch(words) else None
        elif row is not None:
            row = [*row, lines[index]] if len(row) < _LONGEST_ROW else None
        index += 1
    if row:
        yield row


def _after_head(context: Context, lines: list[Cell], index: int) -> int | None:
    """The line of the first row's number, where the head names acts and bodies."""
    for place in range(index + 1, min(index + 1 + _LONGEST_HEAD, len(lines))):
        if _NUMBER.fullmatch(_text(context, lines[place])):
            head = " ".join(_text(context, line) for line in lines[index + 1 : place])
            return place if _ACTS.search(head) and _BODIES.search(head) else None
    return None


def _piped_rows(context: Context, lines: list[Cell]) -> Iterator[tuple[list[Cell], Cell]]:
    """The act and the body of each Markdown row, and the whole row."""
    acts = bodies = None
    for line in lines:
        if context.document.shadow.count("|", *line) < 3:
            acts = None
            continue
        found = regex.finditer(r"[^|\n]+", context.document.shadow, pos=line[0], endpos=line[1])
        cells = [cell.span() for cell in found]
        names = [_text(context, cell) for cell in cells]
        if acts is None or bodies is None:
            acts = next((place for place, name in enumerate(names) if _ACTS.match(name)), None)
            bodies = next((place for place, name in enumerate(names) if _BODIES.match(name)), None)
        elif max(acts, bodies) < len(cells):
            yield [cells[acts], cells[bodies]], line


def _order(context: Context, row: list[Cell], whole: Cell, issuer: str) -> Act | None:
    shadow, lower = context.document.shadow, context.document.lower
    start = row[0][0] + len(shadow[row[0][0] : row[0][1]]) - len(shadow[row[0][0] : row[0][1]].lstrip(" *_-"))
    if not act_begins(shadow, lower, start, row[0][1]):
        return None
    body = _body(context, row)
    last = 0
    for place in range(1, len(row)):
        if place == body or _TIME.match(_text(context, row[place])) or shadow.startswith("\n\n", row[place - 1][1]):
            break
        last = place
    end = start + len(shadow[start : row[last][1]].rstrip(" *_|.;,"))
    who = " ".join(context.text[row[body][0] : row[-1][1]].split()).strip(" *_|-") if body is not None else None
    due = context.deadlines.within(*whole)
    return Act(start, end, start, "order", issuer, who, "schedule", due)


def _body(context: Context, row: list[Cell]) -> int | None:
    """Which cell, counted from the first, begins the name of the body: the last that opens with an actor.

    A list of bodies that runs over several lines begins where the line above no longer ends in the middle of it.
    """
    found = None
    for place in range(len(row) - 1, 0, -1):
        cell = context.text[row[place][0] : row[place][1]]
        start = row[place][0] + len(cell) - len(cell.lstrip(" *_|-"))
        named = context.text[start : start + 1].isupper() and actor_at(
            context.document.shadow, context.document.lower, start, row[place][1]
        )
        if found is None:
            found = place if named else None
            continue
        so_far = context.text[row[found][0] : row[-1][1]]
        if not (
            so_far.count(")") > so_far.count("(") or so_far.startswith("(") or cell.rstrip().endswith((",", " và"))
        ):
            break
        found = place
    return found

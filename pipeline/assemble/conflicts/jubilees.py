"""Anniversaries, `cách đây 75 năm`, and days that have a name (`pipeline/data/conflict_named_days.tsv`)."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from corpus import tables
from corpus.tables import many
from extractors.calendar import parse_day
from pipeline.assemble.conflicts.concerns import facts, holds, saying
from pipeline.assemble.conflicts.lengths import between, lengths, phrase, year_of
from pipeline.assemble.conflicts.model import Conflict, Grade
from pipeline.assemble.conflicts.pages import Page

_KEPT = regex.compile(r"kỷ niệm (?:lần thứ |tròn |trọng thể )?\Z")
_ORIGIN = regex.compile(r"[^.;()\n]{0,90}\((?:ngày )?\Z")
_PAIR = regex.compile(r" ?(?:-|đến|–|và) ?(?:ngày )?\Z")
_AGO = regex.compile(r"cách (?:đây|nay) (?:đúng |tròn )?\Z")
_SEEN = 20      # characters of the name of a day that surely stand in a suffix
_ORIGIN_WITHIN = 260   # characters behind a length in which its year in brackets stands
_HEAD = 300    # a text no longer than this has no title of its own


@cache
def _named() -> dict[str, datetime.date]:
    rows = tables.table("pipeline", "conflict_named_days")
    return {words: datetime.date.fromisoformat(row["day"]) for row in rows for words in many(row["words"])}


@cache
def _names() -> regex.Pattern[str]:
    return regex.compile(r" (?:ngày |năm )?(?P<name>\L<names>)(?!\p{L})", names=list(_named()))


def anniversary(page: Page) -> Iterator[Conflict]:
    """A jubilee, and the years that stand beside it: those in brackets, those of its sentence, that of a named day."""
    for row, years, before in lengths(page):
        if _KEPT.search(before):
            yield from _pairs(page, row, years) or _years_apart(page, row, years)


def _pairs(page: Page, row: sqlite3.Row, years: int) -> list[Conflict] | None:
    """`kỷ niệm 75 năm … (19/7/1946 - 19/7/2021)`; None where there is no such pair."""
    dates = [date for date in page.within("date", row["end"], row["end"] + 160) if year_of(date)]
    for first, last in pairwise(dates):
        if _ORIGIN.fullmatch(between(page, row, first)) and _PAIR.fullmatch(between(page, first, last)):
            apart = (year_of(last) or 0) - (year_of(first) or 0)
            if apart == years or apart <= 0:
                return []
            return [Conflict("contradiction", phrase(page, row, last), (
                page.side(row, years), page.words(first["start"], last["end"], str(apart)),
            ))]
    return None


def _years_apart(page: Page, row: sqlite3.Row, years: int) -> Iterator[Conflict]:
    """`Ngày 19/7/2018, … kỷ niệm 75 năm … (19/7/1946)`: by no year of the sentence; a year early or late is usual."""
    named = _names().match(page.lower, row["end"], row["end"] + 90)
    if named is None and "(" not in page.text[row["end"] : row["end"] + 110]:
        return
    begin, end = page.sentence(row["start"])
    dates = [date for date in page.within("date", max(begin, row["start"] - 300), min(end, row["end"] + 300))
             if year_of(date)]
    origin = next((date for date in dates if date["start"] > row["end"]
                   and _ORIGIN.fullmatch(between(page, row, date)) and page.text[date["end"] : date["end"] + 1] == ")"),
                  None)
    if origin is not None:
        first, last, source = year_of(origin) or 0, origin["end"], page.side(origin, origin["edtf"])
    elif named:
        day = _named()[named["name"]]
        first, last, source = day.year, named.end(), page.words(named.start("name"), named.end(), day.isoformat())
    else:
        return
    told = [date for date in dates if date is not origin and (year_of(date) or 0) > first]
    years_told = [year_of(date) or 0 for date in told]
    if page.day and "\n" not in page.text[: row["start"]].lstrip() and len(page.text) > _HEAD:
        years_told.append(page.day.year)
    off = min((abs(year - first - years) for year in years_told), default=0)
    if 1 < off <= years / 2:    # further off, the year in brackets is that of the jubilee
        now = page.side(told[0], year_of(told[0])) if told else page.dated()
        yield Conflict("contradiction", " ".join(page.text[row["start"] : last].split()), (
            page.side(row, f"{years}: {first + years}"), source, now,
        ))


def since_named(page: Page) -> Iterator[Conflict]:
    """`Ngày 24/01/1946, năm tháng sau ngày khai sinh nước …`: so long after a named day it was not yet, or no more."""
    for row in page.facts("date"):
        found = _LENGTH.fullmatch(row["duration"] or "")
        after = regex.match(r" (?:kể từ|sau)", page.lower[row["end"] : row["end"] + 10])
        if found is None or after is None:
            continue
        named = _names().match(page.lower, row["end"] + after.end(), row["end"] + 90)
        begin, _ = page.sentence(row["start"])
        dates = page.within("date", max(begin, row["start"] - 40), row["start"])
        day = parse_day(dates[-1]["edtf"]) if dates else None
        if named is None or day is None or not _JOINED.fullmatch(between(page, dates[-1], row)):
            continue
        origin = _named()[named["name"]]
        months = (day.year - origin.year) * 12 + day.month - origin.month - (day.day < origin.day)
        count, whole = int(found[1]), months if found[2] == "M" else months // 12
        if count != whole:
            near: Grade = "rounding" if abs(count - whole) == 1 else "contradiction"
            yield Conflict(near, " ".join(page.text[row["start"] : named.end()].split()), (
                page.side(dates[-1], day), page.side(row, count),
                page.words(named.start("name"), named.end(), f"{origin}: {months} tháng, {(day - origin).days} ngày"),
            ))


# A year in brackets, or a day that has a name, stands behind the length.
ANNIVERSARY = facts(
    "date", "f.duration GLOB 'P[0-9]*Y'",
    holds("m.prefix", "kỷ niệm ", "kỷ niệm lần thứ ", "kỷ niệm tròn ", "kỷ niệm trọng thể ", last=True),
    "(" + holds("m.suffix", *sorted({name[:_SEEN].replace("đ", " ") for name in _named()})) +
    " OR EXISTS (SELECT 1 FROM document d WHERE d.key = m.document"
    f" AND instr(substr(d.text, m.\"end\" + 1, {_ORIGIN_WITHIN}), '(')))",
)
SINCE_NAMED = facts("date", "f.duration GLOB 'P[0-9]*[MY]'", holds("m.suffix", " sau ", " kể từ ")) & saying(
    [words for row in tables.table("pipeline", "conflict_named_days") for words in many(row["words"])]
)
_JOINED = regex.compile(r"[ ,(]*(?:chỉ |tức |tròn )?")
_LENGTH = regex.compile(r"P(\d{1,3})([MY])")


def ago(page: Page) -> Iterator[Conflict]:
    """`Cách đây 75 năm, … ngày 19/7/1946`: the document is of another year than that plus so many."""
    if page.day is None:
        return
    for row, years, before in lengths(page):
        if years < 5 or not _AGO.search(before):
            continue
        _, end = page.sentence(row["start"])
        dates = [date for date in page.within("date", row["end"], min(end, row["end"] + 40)) if year_of(date)]
        if not dates:
            continue
        gap = between(page, row, dates[0])
        apart = page.day.year - (year_of(dates[0]) or 0)
        if regex.fullmatch(r",? ?\(?(?:vào |đúng |hồi )?", gap) and abs(apart - years) >= _slack(years):
            yield Conflict("contradiction", phrase(page, row, dates[0]), (
                page.side(row, f"{page.day.year - years}"), page.side(dates[0], year_of(dates[0])), page.dated(),
            ))


def _slack(years: int) -> int:
    """Tens of years are round numbers."""
    return 2 if years % 10 else max(2, years // 5)

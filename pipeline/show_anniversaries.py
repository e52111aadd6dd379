"""Anniversaries as a table, CSV, JSON or calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from itertools import groupby

from rich import box
from rich.table import Table

from outputs.anniversaries import Anniversary, words
from outputs.calendar_files import Entry, calendar
from outputs.exports import harmless
from outputs.passages import clipped
from outputs.vietnamese import short_date
from pipeline.labels import figure
from pipeline.show import terminal

LANGUAGES = ("vi", "en")
_SUMMARY = 120     # characters of an entry of a calendar
_COLUMNS = tuple(field.name for field in fields(Anniversary))


def show_anniversaries(found: Sequence[Anniversary], year: int, *, language: str) -> None:
    """A table: days in their order, after each month what has no day, then what has only a year."""
    ours = words(language)
    console = terminal()
    if not found:
        print(ours["nothing"])
        return
    console.print(ours["title"].format(year=year))
    for heading, group in groupby(found, key=lambda one: _heading(one, ours)):
        table = Table(title=heading or None, box=box.SIMPLE_HEAD, expand=True, title_justify="left")
        for key, ratio in (("date", 2), ("age", 2), ("type", 2), ("what", 9)):
            table.add_column(ours[key], ratio=ratio)
        table.add_column(ours["sources"], justify="right", no_wrap=True)
        for one in group:
            table.add_row(short_date(one.date), _age(one, ours), _label(one, ours, language),
                          f"{clipped(one.quote, 400)}\n— {_where(one)}", figure(one.sources))
        console.print(table)


def _heading(one: Anniversary, ours: dict[str, str]) -> str:
    if one.leap:
        return ours["no_day"]
    if one.month is None:
        return ours["in_year"]
    return "" if one.day else ours["months"].format(month=one.month)


def _where(one: Anniversary) -> str:
    """The document, which a clause such as `Ngày thành lập | 2/7/1976` needs to be understood, and the place in it."""
    if one.kind == "body":
        return one.title
    place = f"{one.place}:{one.start}"
    return place if one.title == one.document else f"{clipped(one.title, 90)} [{place}]"


def _age(one: Anniversary, ours: dict[str, str]) -> str:
    return ours["yearly"] if one.years is None else ours["years"].format(years=one.years)


def _label(one: Anniversary, ours: dict[str, str], language: str) -> str:
    if language == "vi":
        return one.label
    return ours.get(one.type, one.type)


def anniversaries_csv(found: Sequence[Anniversary]) -> str:
    """One a line (RFC 4180), nothing in it that a spreadsheet would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([harmless(value) for value in asdict(one).values()] for one in found)
    return "\ufeff" + out.getvalue()


def anniversaries_ics(found: Sequence[Anniversary], year: int, stamp: datetime, *, language: str = "vi") -> str:
    """A calendar of those that have a day; a day that sources name recurs each year."""
    title = words(language)["title"].format(year=year)
    return calendar(_entries(found, year, language), title, stamp)


def _entries(found: Sequence[Anniversary], year: int, language: str) -> Iterator[Entry]:
    ours = words(language)
    for one in found:
        if one.day is None or one.month is None:
            continue
        source = one.title if one.kind == "body" else f"{one.title} · {_where(one)}"
        yield Entry(
            date(year, one.month, one.day), f"{_age(one, ours)}: {clipped(one.quote, _SUMMARY)}",
            f"{short_date(one.date)}. {one.quote}\n{source}", f"{one.id}-{year}@sulieu", yearly=one.years is None,
            categories=(_label(one, ours, language),),
        )

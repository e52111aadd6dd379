"""Numbers of years that do not fit the years beside them: spans, `4 năm sau …`, years in the numbers of acts."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator

import regex

from extractors.calendar import parse_day
from pipeline.assemble.conflicts.model import Conflict, Grade
from pipeline.assemble.conflicts.pages import Page

_YEARS = regex.compile(r"P(\d{1,4})Y")
_ABOUT = regex.compile(r"(?:gần|hơn|trên|khoảng|ngót|chừng|xấp xỉ|suốt|ít nhất|tối đa|dưới|chưa đầy|tới|đến) \Z")
_SINCE_THEN = regex.compile(r"(?:(?:trải qua|sau|qua)(?: chặng đường)? )\Z")
_LATER = regex.compile(r" sau(?: đó)?,? \Z")
_SPANNED = regex.compile(r"(?P<bracket> ?\()?(?:giai đoạn |từ )?\Z")
_MOST_YEARS_BACK = 4   # a year further back than this from the paragraph's own is no beginning of a length


def years_of(row: sqlite3.Row) -> int | None:
    found = _YEARS.fullmatch(row["duration"]) if row["duration"] else None
    return int(found[1]) if found else None


def year_of(row: sqlite3.Row) -> int | None:
    """The one year in which a date lies."""
    first, last = row["first_day"], row["last_day"]
    return int(first[:4]) if first and last and first[:4] == last[:4] else None


def lengths(page: Page) -> Iterator[tuple[sqlite3.Row, int, str]]:
    """Lengths of whole years that are stated exactly, with what stands before them."""
    for row in page.facts("date"):
        if years := years_of(row):
            before = page.lower[max(0, row["start"] - 60) : row["start"]]
            if not _ABOUT.search(before):
                yield row, years, before


def between(page: Page, one: sqlite3.Row, other: sqlite3.Row) -> str:
    """What stands between two facts."""
    return page.lower[one["end"] : other["start"]]


def phrase(page: Page, first: sqlite3.Row, last: sqlite3.Row) -> str:
    """The words from one fact to another."""
    return " ".join(page.text[first["start"] : last["end"]].split())


_MADE = regex.compile(r", [^.;,]{0,60}?(?:thông qua|ban hành|ký)(?: ban hành)? \Z")


def offset(page: Page) -> Iterator[Conflict]:
    """`4 năm sau ngày 14/01/2004, … Pháp lệnh … năm 2004`: what is told then is dated, and not so much later."""
    for row, years, _ in lengths(page):
        if not page.lower.startswith(" sau", row["end"]):
            continue
        _, end = page.sentence(row["start"])
        dates = [date for date in page.within("date", row["end"], min(end, row["end"] + 200)) if year_of(date)]
        if not dates or not regex.fullmatch(r" sau(?: ngày| năm)? ?", between(page, row, dates[0])):
            continue
        clause = page.lower[dates[0]["end"] : min(end, dates[0]["end"] + 200)]
        decrees = page.within("decree", dates[0]["end"], min(end, dates[0]["end"] + 120))
        made = _MADE.match(clause[: _to(decrees, dates[0])])
        year = year_of(dates[0]) or 0
        if decrees and made and decrees[0]["year"] and abs(decrees[0]["year"] - year - years) > 1:
            yield Conflict("likely misprint", phrase(page, row, decrees[0]), (
                page.words(row["start"], dates[0]["end"], str(year + years)), page.side(decrees[0], decrees[0]["year"]),
            ))


def _to(decrees: list[sqlite3.Row], date: sqlite3.Row) -> int:
    return decrees[0]["start"] - date["end"] if decrees else 0


def length(page: Page) -> Iterator[Conflict]:
    """`Năm 1993, … Sau 29 năm` in a document of 2021: first and last year are both counted."""
    if page.day is None:
        return
    dates = page.facts("date")
    for row, years, before in lengths(page):
        if years < 5 or not _SINCE_THEN.search(before) or not _opens_sentence(page, row):
            continue
        stated = [date for date in dates if date["start"] < row["start"] and year_of(date) and date["basis"] is None]
        origins = [date for date in stated if year_of(date) == page.day.year - years + 1]
        nearest = [date for date in stated[-_MOST_YEARS_BACK:] if date in origins]
        if nearest and not any(year_of(date) == page.day.year - years for date in stated):
            yield Conflict("rounding", row["quote"], (
                page.side(row, years), page.side(nearest[-1], year_of(nearest[-1])), page.dated(),
            ))


def _opens_sentence(page: Page, row: sqlite3.Row) -> bool:
    begin, _ = page.sentence(row["start"])
    return int(row["start"]) - begin < 25


def span(page: Page) -> Iterator[Conflict]:
    """`5 năm (2015-2020)`, or in the title with the span in the first sentence: more years are named than counted."""
    dates = page.facts("date")
    for at, row in enumerate(dates):
        years = years_of(row)
        following = next((date for date in dates[at + 1 : at + 4] if date["type"] == "interval"), None)
        if not years or following is None:
            continue
        found = regex.fullmatch(r"((?:19|20)\d\d)/((?:19|20)\d\d)", following["edtf"] or "")
        gap = between(page, row, following)
        beside = regex.fullmatch(r" ?\((?:giai đoạn )?", gap)
        if found is None or years < 3 or not (beside or _headed(page, row, following)):
            continue
        apart = int(found[2]) - int(found[1])
        if years not in (apart, apart + 1):
            grade: Grade | None = "contradiction" if beside else None
        else:
            grade = "rounding" if years == apart and "giai đoạn" in following["quote"].lower() else None
        if grade:
            yield Conflict(grade, _short(page, row, following), (
                page.side(row, years), page.side(following, f"{found[1]}–{found[2]}: {apart + 1}"),
            ))


def _short(page: Page, row: sqlite3.Row, following: sqlite3.Row) -> str:
    return phrase(page, row, following) if following["end"] - row["start"] < 100 else row["quote"]


def _headed(page: Page, row: sqlite3.Row, following: sqlite3.Row) -> bool:
    """A title that counts the years, and a first sentence that opens with the span."""
    head = page.lower.find("\n")
    opens = "\n" in page.lower[max(0, following["start"] - 3) : following["start"]]
    return row["end"] <= head and opens and following["start"] < head + 60


def before_its_act(page: Page) -> Iterator[Conflict]:
    """`Theo Sắc lệnh 130/SL, từ năm 1945 …`: an act is the ground of what began before it."""
    for row in page.facts("decree"):
        if row["doc_type"] not in _RULES or not row["year"]:
            continue
        if not regex.search(r"theo \Z", page.lower[max(0, row["start"] - 5) : row["start"]]):
            continue
        for date in page.within("date", row["end"], row["end"] + 60)[:1]:
            opening = regex.fullmatch(r", (?:kể )?", between(page, row, date))
            year = int((date["first_day"] or "9999")[:4])
            if opening and date["type"] == "interval" and year < row["year"]:
                yield Conflict("different scope", phrase(page, row, date), (
                    page.side(row, row["year"]), page.side(date, date["edtf"]),
                ))


_RULES = frozenset({"sắc lệnh", "luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "quyết định"})


def number_year(page: Page) -> Iterator[Conflict]:
    """An act whose number holds one year and whose day of issue lies in another, or which is younger than its text."""
    for row in page.facts("decree"):
        found = regex.search(r"/((?:19|20)\d\d)/", row["number"] or "")
        first = found is not None and found.start() == (row["number"] or "").find("/")
        if found and first and page.day and int(found[1]) > page.day.year + 1:
            yield Conflict("likely misprint", row["quote"], (page.side(row, found[1]), page.dated()))
            continue
        following = page.within("date", row["end"], row["end"] + 40)[:1] if found else []
        for date in following:
            day = parse_day(date["edtf"])
            if found is None or day is None or date["basis"] or not _tied(page, row, date):
                continue
            if abs(day - datetime.date(int(found[1]), 7, 1)).days > _YEAR_AND_SOME:
                sides = page.side(row, found[1]), page.side(date, date["edtf"])
                yield Conflict("likely misprint", row["quote"], sides)


_YEAR_AND_SOME = 200   # days from the middle of a year: an act of 30 December may be numbered in January


def _tied(page: Page, decree: sqlite3.Row, date: sqlite3.Row) -> bool:
    gap = between(page, decree, date)
    return regex.fullmatch(r",? ?(?:được )?(?:ban hành |ký )?(?:vào )?", gap) is not None

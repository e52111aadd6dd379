"""Days that do not fit the calendar, or the document they stand in.

Weekdays and lengths of months are those of the Gregorian calendar; the work year of civil judgment enforcement runs
from 1 October to 30 September (docs/dates.md).
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator

import regex

from corpus import shadow
from extractors.calendar import is_day, parse_day
from pipeline.assemble.conflicts.model import Conflict, Grade, Side
from pipeline.assemble.conflicts.pages import Page

_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5, "bẩy": 5,
}
_WEEKDAY = regex.compile(
    r"(?<!\p{L})(?:thứ (?P<day>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ nhật|cn))(?![\p{L}\d])"
)
_NAMES = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_WRITTEN_YEAR = regex.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_NEAR = datetime.timedelta(days=20)   # a day without a year this near to the document's is of its year

_LAST_DAYS = regex.compile(
    r"(?<!\p{L})ngày (?P<day>29|30|31)(?: ?[/.-] ?| tháng )(?P<month>0?2|0?4|0?6|0?9|11)"
    r"(?:(?: ?[/.-] ?| năm )(?P<year>(?:19|20)\d\d))?(?![\d%.,/-]\d|\d|%)"
)
_LUNAR = regex.compile(r"âm lịch|\(âl\)|\bâl\b|\btết\b|tháng nhuận")
_AROUND = 60

_AS_OF = regex.compile(r"\((?:số liệu )?tính đến (?:hết |cuối )?(?:ngày |thời điểm )?\Z")
_STALE = datetime.timedelta(days=2 * 365)
_ANCIENT = datetime.timedelta(days=15 * 365)
_MONTHS = regex.compile(r"(?P<count>\d{1,2}) tháng (?:đầu )?(?:của )?(?:năm )?(?P<year>(?:19|20)\d\d)\Z")
_AHEAD = regex.compile(r"(?:đến hết|hết|tính đến|kết quả) \Z")


def weekday(page: Page) -> Iterator[Conflict]:
    """A weekday beside a day that is another one. A day without a year counts only near the document's own day."""
    for row in page.facts("date"):
        day = parse_day(row["edtf"])
        words = page.lower[row["start"] : row["end"]]
        found = _WEEKDAY.search(words)
        if day is None or found is None or not regex.search(r"\d{1,2} ?[/.-] ?\d|ngày \d{1,2}\b", words):
            continue
        stated = 6 if found["sunday"] else _WEEKDAYS[found["day"]]
        near = page.day is not None and abs(day - page.day) <= _NEAR
        if stated != day.weekday() and (near or _WRITTEN_YEAR.search(words)):
            start = row["start"] + found.start()
            number = page.words(start, row["start"] + found.end(), _NAMES[stated])
            yield Conflict("likely misprint", row["quote"], (
                page.side(row, f"{day.isoformat()}, {_NAMES[day.weekday()]}"), number,
            ))


def no_such_day(page: Page) -> Iterator[Conflict]:
    """A day that its month does not have: 31 April, 29 February of a common year."""
    for found in _LAST_DAYS.finditer(page.lower):
        year = int(found["year"]) if found["year"] else None
        around = page.lower[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        if not is_day(year, int(found["month"]), int(found["day"])) and not _LUNAR.search(around):
            side = page.words(found.start(), found.end(), f"{int(found['day'])}/{int(found['month'])}")
            yield Conflict("likely misprint", side.quote, (side,))


def period_ahead(page: Page) -> Iterator[Conflict]:
    """Months of a year reported as past that end, by the calendar, after the document: the work year is meant."""
    if page.day is None:
        return
    for row in page.facts("date"):
        found = _MONTHS.search(page.lower, row["start"], row["end"])
        if row["basis"] != "work-year" or found is None or not 1 <= int(found["count"]) <= 12:
            continue
        last = (int(found["year"]), int(found["count"]))
        told = page.lower[max(0, row["start"] - 20) : row["start"]]
        if last >= (page.day.year, page.day.month) and _AHEAD.search(told):
            yield Conflict("different scope", row["quote"], (
                page.side(row, f"{row['edtf']} (năm công tác), không phải {last[0]}-01/{last[0]}-{last[1]:02}"),
                page.dated(),
            ))


def stale(page: Page) -> Iterator[Conflict]:
    """A figure given `(tính đến tháng 12/2016)` as of a day years before the document."""
    if page.day is None:
        return
    for row in page.facts("date"):
        if row["last_day"] is None or not _AS_OF.search(page.lower[max(0, row["start"] - 40) : row["start"]]):
            continue
        age = page.day - datetime.date.fromisoformat(row["last_day"])
        begin, _ = page.sentence(row["start"])
        figures = page.within("figure", max(begin, row["start"] - 60), row["start"])
        if _STALE < age < _ANCIENT and figures:
            figure = figures[-1]
            yield Conflict("different scope", _about(figure), (
                page.side(figure, f"{figure['value']} ({row['edtf']})"), page.side(row, row["edtf"]), page.dated(),
            ))


def _about(figure: sqlite3.Row) -> str:
    return ", ".join(part for part in (figure["metric"], figure["subject"]) if part) or figure["quote"]


def before_issue(page: Page) -> Iterator[Conflict]:
    """A deadline that a notice sets on a day before it was issued."""
    if page.kind != "notice" or page.day is None:
        return
    for row in page.facts("directive"):
        deadline = parse_day(row["deadline"])
        if row["force"] not in ("order", "request") or deadline is None or deadline >= page.day:
            continue
        for date in page.within("date", row["start"], row["end"]):
            if date["edtf"] == row["deadline"] and _WRITTEN_YEAR.search(date["quote"]):
                if _BY.search(page.lower[max(0, date["start"] - 25) : date["start"]]):
                    yield Conflict("likely misprint", row["quote"][:120], (page.side(date, deadline), page.dated()))
                break


_BY = regex.compile(r"(?:trước|chậm nhất|hạn cuối|xong)(?: là)?(?: vào)? \Z")


_PLACE_LINE = regex.compile(
    r"^[\t |*_]*\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,4}, (?P<words>ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm"
    r" (?P<year>(?:19|20)\d\d))[\t |*_]*$", regex.M
)
_TITLE_DAY = regex.compile(
    r"\A[^\n]{0,120}?(?<!\p{L})số:? ?[^ \n]{1,30} (?P<words>ngày (?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})"
    r"(?:[/.-]| năm )(?P<year>(?:19|20)\d\d))(?!\d)", regex.I
)
_OWN = regex.compile(
    r"\A(?:thông báo|quyết định|chỉ thị|công văn|nghị định|thông tư|kế hoạch|báo cáo|công điện|nghị quyết)\b"
)
_PUBLISHED = regex.compile(
    r"^[\t ]*(?P<words>(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d))(?:[ ,|-]+\d{1,2}[:h]\d\d)?[\t ]*$",
    regex.M,
)
_OWN_HEAD = 1500   # characters in which a notice or a page states its own day


def own_days(page: Page) -> Iterator[Conflict]:
    """The day of a document by its own data, its title, its line of place and day: they are not one day."""
    title, head = shadow.shadow(page.title), shadow.shadow(page.text[:_OWN_HEAD])
    line = (_PLACE_LINE if page.kind == "notice" else _PUBLISHED).search(head)
    named = _TITLE_DAY.match(title) if _OWN.match(title.lower()) else None
    told: dict[datetime.date, Side] = {}
    if line and (day := _day_of(line)):
        told[day] = page.words(line.start("words"), line.end("words"), day.isoformat())
    if named and (day := _day_of(named)) and line:
        at = page.text.find(page.title[named.start("words") : named.end("words")], 0, _OWN_HEAD)
        words = page.title[named.start("words") : named.end("words")]
        side = page.words(at, at + len(words), day.isoformat()) if at >= 0 else Side(
            page.key, page.id, None, None, words, day.isoformat())
        told.setdefault(day, side)
    if page.day and told:
        told.setdefault(page.day, Side(page.key, page.id, None, None, str(page.date), str(page.date)))
    if len(told) > 1:
        grade: Grade = "likely misprint" if page.kind == "notice" else "different scope"
        yield Conflict(grade, page.title[:120] or page.id, tuple(told.values()))


def _day_of(found: regex.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None

"""Expressions that count from somewhere: `hôm qua`, `tuần trước`, `cùng kỳ`, `hai ngày sau đó`.

Each function takes the context and the atom and gives the EDTF value (None where nothing anchors it) and why.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import regex

from extractors import calendar
from extractors.calendar import edtf
from extractors.dating.atoms import Atom
from extractors.dating.context import Context

Value = tuple[str | None, str | None]
_GATHERING = regex.compile(
    r"(?:buổi (?:làm việc|lễ|họp|gặp)|hội nghị|cuộc họp|phiên họp|đại hội|niềm vui|kỷ niệm|lễ)"
    r"(?: (?:của )?(?:ngày|sáng|chiều))? ?$"
)
_NEXT_SENTENCES = 300   # characters within which a step counts from the date before
_ENDED_YEAR = regex.compile(r"kết thúc năm (?:công tác )?(\d{4})")


def by_day(context: Context, atom: Atom) -> Value:
    """`hôm nay` at a gathering is the day of the gathering, `hôm qua` counts from the publication."""
    if atom.shift == 0 and context.full_day and _at_gathering(context, atom):
        return context.full_day[0].isoformat(), context.text(context.full_day[0].isoformat())
    if context.exact and context.anchor:
        return (context.anchor + datetime.timedelta(days=atom.shift)).isoformat(), "document"
    if context.today:
        return edtf(*calendar.shift_day(context.today, atom.shift)), context.text(edtf(*context.today))
    return None, None


def _at_gathering(context: Context, atom: Atom) -> bool:
    if context.document.kind == "notice":
        return True
    before = context.document.lower[max(0, atom.start - 40) : atom.start]
    return not context.exact and bool(_GATHERING.search(before))


def by_weekday(context: Context, atom: Atom) -> Value:
    """`hôm thứ Hai`: the last one up to the document's day; `thứ Hai tuần trước`: of that week."""
    if not (context.exact and context.anchor):
        return None, None
    if atom.count:
        monday, _ = calendar.week_of(context.anchor, atom.count - 2)
        return (monday + datetime.timedelta(days=atom.shift)).isoformat(), "document"
    back = (context.anchor.weekday() - atom.shift) % 7
    if context.lean(atom) > 0 and back:
        back -= 7
    return (context.anchor - datetime.timedelta(days=back)).isoformat(), "document"


def by_week(context: Context, atom: Atom) -> Value:
    if not (context.exact and context.anchor):
        return None, None
    monday, sunday = calendar.week_of(context.anchor, atom.shift)
    return f"{monday}/{sunday}", "document"


def by_month(context: Context, atom: Atom) -> Value:
    if not context.anchor or (context.document.date and len(context.document.date) == 4):
        return None, None
    return edtf(*calendar.add_months(context.anchor.year, context.anchor.month, atom.shift)), "document"


def by_quarter(context: Context, atom: Atom) -> Value:
    if not context.anchor:
        return None, None
    first = (context.anchor.month - 1) // 3 * 3 + 1
    start = calendar.add_months(context.anchor.year, first, 3 * atom.shift)
    return f"{edtf(*start)}/{edtf(*calendar.add_months(*start, 2))}", "document"


def by_year(context: Context, atom: Atom) -> Value:
    return (edtf(context.anchor.year + atom.shift), "document") if context.anchor else (None, None)


def by_story_year(context: Context, atom: Atom) -> Value:
    """`so với năm trước`: the year before the one told of, else before the document's."""
    if context.last_year and context.in_story(context.last_year[1], atom.start):
        return edtf(context.last_year[0] + atom.shift), context.text(edtf(context.last_year[0]))
    return by_year(context, atom)


def by_base_year(context: Context, atom: Atom) -> Value:
    year, basis = context.spoken_year(atom)
    return (edtf(year), basis) if year else (None, None)


def by_work_year(context: Context, atom: Atom) -> Value:
    if context.anchor and context.exact:
        year = context.anchor.year + (context.anchor.month >= 9)
    elif ended := _ENDED_YEAR.search(context.document.lower):
        year = int(ended[1]) + 1
    else:
        return None, None
    return f"{edtf(year - 1, 10)}/{edtf(year, 9)}", "work-year"


def by_day_of_month(context: Context, atom: Atom) -> Value:
    if not context.anchor or not atom.day:
        return edtf(None, None, atom.day), None
    year, month = calendar.add_months(context.anchor.year, context.anchor.month, atom.shift)
    return (edtf(year, month, atom.day), "document") if calendar.is_day(year, month, atom.day) else (None, None)


def by_day_of_year(context: Context, atom: Atom) -> Value:
    """`ngày này năm 1975`: the document's day, of that year."""
    year, basis = (atom.year, None) if atom.year is not None else context.shifted_year(atom, atom.year_shift or 0)
    if year is None:
        return None, None
    if context.exact and context.anchor:
        month, day, basis = context.anchor.month, context.anchor.day, "document"
    elif context.last_day:
        (_, month, day), basis = context.last_day, context.text(edtf(*context.last_day))
    else:
        return f"{edtf(year)}-XX-XX", basis
    return (edtf(year, month, day), basis) if calendar.is_day(year, month, day) else (None, None)


def by_can_chi(context: Context, atom: Atom) -> Value:
    year = context.sexagenary(atom.count)
    first, after = (calendar.lunar_day(year, 1, 1), calendar.lunar_day(year + 1, 1, 1)) if year else (None, None)
    if first is None or after is None:
        return None, None
    return f"{first}/{after - datetime.timedelta(days=1)}", context.basis_of_cycle()


def by_then_day(context: Context, atom: Atom) -> Value:
    if context.last_day is None:
        return None, None
    return edtf(*calendar.shift_day(context.last_day, atom.shift)), context.text(edtf(*context.last_day))


def by_then_month(context: Context, atom: Atom) -> Value:
    if not context.last_day or context.last_day[0] is None:
        return None, None
    moved = calendar.add_months(context.last_day[0], context.last_day[1], atom.shift)
    return edtf(*moved), context.text(edtf(*context.last_day))


def by_then_year(context: Context, atom: Atom) -> Value:
    if context.last_year is None:
        return None, None
    return edtf(context.last_year[0] + atom.shift), context.text(edtf(context.last_year[0]))


def steps_on(context: Context, atom: Atom) -> Value | None:
    """`Hai năm sau, …` behind a date of the story counts from it; None where the last date is far or too coarse."""
    if context.last_year is None or atom.start - context.last_year[1] > _NEXT_SENTENCES:
        return None
    if atom.unit == "then year":
        return by_then_year(context, atom)
    if context.full_day is None or context.full_day[1] != context.last_year[1]:
        return None
    day = context.full_day[0]
    if atom.unit == "then month":
        return edtf(*calendar.add_months(day.year, day.month, atom.shift)), context.text(day.isoformat())
    return (day + datetime.timedelta(days=atom.shift)).isoformat(), context.text(day.isoformat())


def by_same_period(context: Context, atom: Atom) -> Value:
    """The period last named, a year (or more) earlier."""
    if context.last_period is None:
        return (edtf(atom.year) if atom.year else None), None
    base, _ = context.last_period
    if not base[:4].isdigit():
        return (edtf(atom.year) if atom.year else None), None
    shift = atom.year - int(base[:4]) if atom.year is not None else -1
    moved = "/".join(edtf(int(end[:4]) + shift) + end[4:] for end in base.split("/"))
    return moved, context.text(base)


RELATIVE: dict[str, Callable[[Context, Atom], Value]] = {
    "day": by_day,
    "weekday": by_weekday,
    "week": by_week,
    "month": by_month,
    "quarter": by_quarter,
    "year": by_year,
    "story year": by_story_year,
    "base year": by_base_year,
    "work year": by_work_year,
    "day of month": by_day_of_month,
    "can chi": by_can_chi,
    "day of year": by_day_of_year,
    "then day": by_then_day,
    "then month": by_then_month,
    "then year": by_then_year,
    "same period": by_same_period,
}

"""From atoms to facts: which year `2/7` is of, when a period began and ended.

Each value function takes the context and an atom and gives the EDTF value and why: `document`, `text`,
`work-year`, or None where the words say all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import regex

from corpus.document import Document
from extractors import calendar
from extractors.calendar import edtf
from extractors.dating.atoms import Atom
from extractors.dating.context import Context
from extractors.dating.relative import RELATIVE, Value, steps_on
from extractors.facts import Date, DateMod, DateType

_IMPOSSIBLE: Value = (None, "impossible")
_BEFORE = regex.compile(r"(?<!\p{L})trước(?: (?:thời điểm|mốc|hạn|khi kết thúc))? ?$")
_AFTER = regex.compile(r"(?<!\p{L})sau(?: (?:thời điểm|mốc|khi kết thúc|khi hết|khi qua))? ?$")
_ABOUT = regex.compile(r"(?<!\p{L})(?:khoảng|chừng|độ|vào khoảng|tầm)(?: (?:thời gian|vào))? ?$")
_MODS: tuple[tuple[DateMod, regex.Pattern[str]], ...] = (("before", _BEFORE), ("after", _AFTER), ("approx", _ABOUT))
_LAST_OF_MODS = tuple(
    f"{word} " for word in (
        "trước", "sau", "điểm", "mốc", "hạn", "thúc", "hết", "qua", "khoảng", "chừng", "độ", "tầm", "gian", "vào",
    )
)
_THAT_IS = regex.compile(r"(?:tức|nhằm|là)(?: (?:ngày|vào))* ?$")
_YEAR_BEHIND = regex.compile(r"\)? năm (?P<year>(?:19|20)\d\d)(?!\d)")
_INTERVALS = frozenset({"quarter", "half", "months", "span", "era"})


def resolve(document: Document, atoms: list[Atom]) -> list[Date]:
    """The facts of a document's atoms, in order; an atom that names no possible day gives none."""
    context = Context.of(document, atoms)
    facts = (_fact(context, atom) for atom in atoms)
    return [fact for fact in facts if fact is not None]


def _fact(context: Context, atom: Atom) -> Date | None:
    if atom.grain == "duration":
        value = steps_on(context, atom) if atom.rule == "step-or-length" else None
        if value is None:
            return _date(context, atom, "duration", (None, None))
        atom.grain, atom.duration = "relative", None
        return _keep(context, atom, value)
    value = value_of(context, atom)
    if value == _IMPOSSIBLE or (value[0] is None and atom.unit.startswith("then")):
        return None
    if (atom.rule == "same-period" or atom.unit == "story year") and context.is_habit(atom):
        return None
    return _keep(context, atom, value)


def _keep(context: Context, atom: Atom, value: Value) -> Date:
    kind = _type(atom, value[0])
    fact = _date(context, atom, kind, value)
    context.remember(atom, value[0], kind)
    return fact


def _type(atom: Atom, value: str | None) -> DateType:
    if atom.recurs:
        return "set"
    if value is not None and "/" in value:
        return "interval"
    return "interval" if atom.grain in _INTERVALS else "date"


def _date(context: Context, atom: Atom, kind: DateType, value: Value) -> Date:
    mod = atom.mod or (None if kind == "duration" else _mod(context, atom))
    anchor = None
    if value[1] in ("document", "work-year"):
        anchor = context.document.date
    elif value[1] == "text":
        anchor = context.counted_from
    return Date(
        start=atom.start,
        end=atom.end,
        text=context.document.text[atom.start : atom.end],
        rule=atom.rule,
        type=kind,
        edtf=value[0],
        duration=atom.duration,
        mod=cast("DateMod | None", mod),
        anchor=anchor,
        basis=value[1],
    )


def _mod(context: Context, atom: Atom) -> DateMod | None:
    before = context.document.lower[max(0, atom.start - 28) : atom.start]
    if not before.endswith(_LAST_OF_MODS):
        return None
    return next((mod for mod, pattern in _MODS if before.endswith(" ") and pattern.search(before)), None)


def value_of(context: Context, atom: Atom) -> Value:
    """EDTF of an atom and why; None where nothing says it."""
    return VALUES[atom.grain](context, atom)


def _basis_of_ends(first: str | None, second: str | None) -> str | None:
    """An interval is resolved where one of its ends is."""
    return next((basis for basis in ("work-year", "document", "text") if basis in (first, second)), None)


def _year(context: Context, atom: Atom) -> Value:
    if atom.year is not None:
        return edtf(atom.year) + ("?" if atom.unit == "unsure" else ""), None
    year, basis = context.spoken_year(atom)
    return (edtf(year), basis) if year is not None else (None, None)


def _day(context: Context, atom: Atom) -> Value:
    if atom.recurs:
        return edtf(None, atom.month, atom.day), None
    year, basis = _said_year(context, atom), None
    if year is None and atom.month and atom.day:
        year, basis = context.nearest(atom, atom.month, atom.day)
    if calendar.is_day(year, atom.month, atom.day or 0):
        return edtf(year, atom.month, atom.day), basis
    return _IMPOSSIBLE if atom.year is not None else (edtf(None, atom.month, atom.day), None)


def _said_year(context: Context, atom: Atom) -> int | None:
    return context.full_year(atom.year) if atom.short_year and atom.year is not None else atom.year


def _month(context: Context, atom: Atom) -> Value:
    if atom.recurs:
        return edtf(None, atom.month), None
    year, basis = _said_year(context, atom), None
    if year is None and atom.month:
        year, basis = context.nearest(atom, atom.month, 15)
    return edtf(year, atom.month), basis


def _quarter(context: Context, atom: Atom) -> Value:
    last = (atom.month or 1) * 3
    year, basis = (atom.year, None) if atom.year is not None else context.nearest(atom, last - 1, 15)
    return f"{edtf(year, last - 2)}/{edtf(year, last)}", basis


def _half(context: Context, atom: Atom) -> Value:
    year, basis = (atom.year, None) if atom.year is not None else context.spoken_year(atom)
    first = 1 if atom.month == 1 else 7
    return f"{edtf(year, first)}/{edtf(year, first + 5)}", basis


def _months(context: Context, atom: Atom) -> Value:
    """n months of a year. Results of civil judgment enforcement are counted in the work year from 1 October
    (Thông tư 06/2019/TT-BTP, art. 4)."""
    year, basis = (atom.year, None) if atom.year is not None else context.spoken_year(atom)
    first = 1 if atom.unit == "đầu" else 13 - atom.count
    if year is None:
        return f"{edtf(None, first)}/{edtf(None, first + atom.count - 1)}", None
    anchor = context.anchor
    if basis == "document" and anchor and atom.unit == "đầu" and anchor.month < 3 and atom.count > 3:
        year -= 1   # told in January of the year before
    start = calendar.add_months(year, first, -3) if context.enforcement else (year, first)
    end = calendar.add_months(*start, atom.count - 1)
    return f"{edtf(*start)}/{edtf(*end)}", "work-year" if context.enforcement else basis


def _span(context: Context, atom: Atom) -> Value:
    """Both ends of `giai đoạn 2015-2020`, `từ ngày 4 đến 6-3`, `từ năm 1993 đến nay`."""
    if atom.left is None and atom.right is None:
        first, _, last = atom.unit.partition("-")   # signs of doubt
        return f"{edtf(atom.year)}{first}/{edtf(atom.to_year) + last if atom.to_year is not None else '..'}", None
    today = context.document.date if context.exact else None
    left, begun = value_of(context, atom.left) if atom.left else (today, "document" if today else None)
    if atom.left:
        context.remember(atom.left, left, "date")
    right, ended = value_of(context, atom.right) if atom.right else (today or "..", "document" if today else None)
    if right is None and left and left.startswith("XXXX-") and atom.right and _is_this_year(atom.right):
        right = "XXXX-12-31"   # từ ngày 20-5 đến hết năm nay
    if left is None or right is None:
        return None, None
    if atom.right and atom.right.year is None:
        right = _after(left, right)
    first, last = calendar.bounds(left), calendar.bounds(right)
    if first and last and first[0] and last[1] and first[0] > last[1]:
        return _IMPOSSIBLE
    if first and last and first[0] and last[0] and last[1] and last[0] <= first[0] and len(right) < len(left):
        right = last[1].isoformat()[: len(left)]   # from a day to the end of its year
    return f"{left.split('/')[0]}/{right.split('/')[-1]}", _basis_of_ends(begun, ended)


def _after(left: str, right: str) -> str:
    """A day or month whose year nobody says follows the beginning of its interval."""
    if not (left[:4].isdigit() and right[:4].isdigit() and right[4:5] == "-" and right < left) or "/" in right:
        return right
    year = int(left[:4]) + (right[4:] < left[4:])
    return edtf(year) + right[4:]


def _is_this_year(atom: Atom) -> bool:
    return atom.unit == "year" and atom.shift == 0 and atom.mod is None


def _named(context: Context, atom: Atom) -> Value:
    month, day = atom.month or 1, atom.day or 1
    year, basis = atom.year, None
    if atom.year_shift is not None:
        year, basis = context.shifted_year(atom, atom.year_shift)
    elif atom.count and year is None:
        year = context.sexagenary(atom.count)
        basis = context.basis_of_cycle() if year else None
    elif year is None and context.anchor is None:
        year = context.year_of_sentence(atom)
        basis = context.text(edtf(year)) if year else None
    if atom.unit == "lunar":
        if year is not None and month == 12 and "tháng" not in context.document.lower[atom.start : atom.end]:
            year -= 1   # giao thừa Tết 2025 is the last day of the year before
        value = _lunar(context, Atom(atom.start, atom.end, "lunar", atom.rule, year, month, day))
        return value if value[1] else (value[0], basis if value[0] else None)
    if year is None:
        year, basis = context.nearest(atom, month, day)
    return edtf(year, month, day), basis


def _lunar(context: Context, atom: Atom) -> Value:
    month, day, leap = atom.month or 1, atom.day or 1, atom.unit == "leap"
    before = context.document.lower[max(0, atom.start - 12) : atom.start]
    if context.last_day and _THAT_IS.search(before):
        return edtf(*context.last_day), context.text(edtf(*context.last_day))
    year, basis = _lunar_year(context, atom)
    if year is None and (behind := _YEAR_BEHIND.match(context.document.lower, atom.end, atom.end + 12)):
        year = int(behind["year"])   # Giỗ Tổ Hùng Vương (10/3 âm lịch) năm 2024
    if year is None and not atom.count and context.anchor is None:
        year = context.year_of_sentence(atom)
        basis = context.text(edtf(year)) if year else None
    if year is not None:
        solar = calendar.lunar_day(year, month, day, leap=leap)
        return (solar.isoformat(), basis) if solar else (None, None)
    if context.anchor is None:
        return None, None
    near = context.anchor
    days = [calendar.lunar_day(year, month, day, leap=leap) for year in (near.year - 1, near.year, near.year + 1)]
    known = [solar for solar in days if solar]
    return (min(known, key=lambda solar: abs(solar - near)).isoformat(), "document") if known else (None, None)


def _lunar_year(context: Context, atom: Atom) -> tuple[int | None, str | None]:
    """The year said in digits, else by its Can Chi name."""
    if atom.year is not None or not atom.count:
        return atom.year, None
    year = context.sexagenary(atom.count)
    return year, context.basis_of_cycle() if year else None


def _season(context: Context, atom: Atom) -> Value:
    year, basis = (atom.year, None) if atom.year is not None else context.spoken_year(atom)
    return (f"{edtf(year)}-{atom.month}", basis) if year is not None else (None, None)


VALUES: dict[str, Callable[[Context, Atom], Value]] = {
    "year": _year,
    "month": _month,
    "day": _day,
    "quarter": _quarter,
    "half": _half,
    "months": _months,
    "span": _span,
    "decade": lambda _, atom: (f"{atom.count}X", None),
    "century": lambda _, atom: (f"{atom.count:02}XX", None),
    "season": _season,
    "era": lambda _, atom: (atom.unit, None),
    "lost": lambda _, atom: (edtf(atom.year, atom.month) + ("-XX" if atom.month else "-XX-XX"), None),
    "named": _named,
    "lunar": _lunar,
    "relative": lambda context, atom: RELATIVE[atom.unit](context, atom),
}

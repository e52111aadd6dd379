"""From atoms to values: which year `2/7` is of, which day `hôm qua` was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import regex

from corpus.document import Document
from extractors import calendar
from extractors.calendar import Day, edtf
from extractors.dating.atoms import Atom
from extractors.facts import Date

_AHEAD = regex.compile(r"(?<!\p{L})(?:sẽ|sắp|dự kiến|chậm nhất|hạn|trước ngày|tới đây|sắp tới|đến hết|đặt hàng|từ ngày)(?!\p{L})")
_BEHIND = regex.compile(r"(?<!\p{L})(?:đã|vừa|từng|xảy ra|bị)(?!\p{L})")
_BEFORE = regex.compile(r"(?<!\p{L})trước(?: (?:thời điểm|mốc|hạn|khi kết thúc))? ?$")
_AFTER = regex.compile(r"(?<!\p{L})sau(?: (?:thời điểm|mốc|khi kết thúc|khi hết|khi qua))? ?$")
_ABOUT = regex.compile(r"(?<!\p{L})(?:khoảng|chừng|độ|vào khoảng|tầm)(?: (?:thời gian|vào))? ?$")
_CITED = regex.compile(r"\d[/-][\p{L}\d][\p{L}\d/&\- ]{0,28},? ?(?:ký |ban hành |được ban hành )?$")
_GATHERING = regex.compile(
    r"(?:buổi (?:làm việc|lễ|họp|gặp)|hội nghị|cuộc họp|phiên họp|đại hội|niềm vui|kỷ niệm|lễ)(?: (?:của )?(?:ngày|sáng|chiều))? ?$"
)
_THAT_IS = regex.compile(r"(?:tức|nhằm|là)(?: (?:ngày|vào))* ?$")
_EVERY_YEAR = regex.compile(r"(?:mỗi|hàng|hằng) năm")
_ENFORCEMENT = regex.compile(r"thi hành án|thads")
_ENDED_YEAR = regex.compile(r"kết thúc năm (?:công tác )?(\d{4})")
_SENTENCE_END = regex.compile(r"[.!?…] |\n")
_TYPES = {"quarter": "interval", "half": "interval", "months": "interval", "span": "interval"}


@dataclass(slots=True)
class Resolver:
    """Walks the atoms of one document in order and remembers what was said."""

    document: Document
    atoms: list[Atom]
    anchor: Day | None = None             # the document's day; of a month or year, the middle
    exact: bool = False                   # whether the anchor is a known day
    enforcement: bool = False             # about civil judgment enforcement (work year 1 October – 30 September)
    today: tuple[int | None, int, int] | None = None   # `hôm nay (14/6)`
    last_day: tuple[int | None, int, int] | None = None
    full_day: tuple[Day, int] | None = None            # a day told in full outside citations, and where
    last_period: tuple[str, str] | None = None         # EDTF and type of the period last named
    last_year: tuple[int, int] | None = None           # a year named, and where
    facts: list[Date] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document, atoms: list[Atom]) -> Resolver:
        self = cls(document, atoms)
        if known := calendar.bounds(document.date):
            first, last = known
            if first and last:
                self.anchor, self.exact = first + (last - first) / 2, first == last
        self.enforcement = len(_ENFORCEMENT.findall(document.lower)) >= 3
        for atom in atoms:
            if atom.rule == "today-with-date" and atom.month and atom.day:
                self.today = _shifted((atom.year, atom.month, atom.day), -atom.shift)
                break
        return self

    def run(self) -> list[Date]:
        for atom in self.atoms:
            fact = self._fact(atom)
            if fact is not None:
                self.facts.append(fact)
        return self.facts

    # -- facts ------------------------------------------------------------------------------------------------

    def _fact(self, atom: Atom) -> Date | None:
        basis: str | None = None
        anchor: str | None = None
        if atom.grain == "duration":
            return self._date(atom, "duration", None)
        value, basis = self.value(atom)
        if value is None and (basis == "impossible" or atom.unit.startswith("then")):
            return None
        if atom.rule == "same-period" and self._is_habit(atom):
            return None
        kind = "set" if atom.recurs else "interval" if value and "/" in value else _TYPES.get(atom.grain, "date")
        if value is None and atom.rule == "same-period" and self.last_period is None:
            kind = "date"
        if basis in ("document", "work-year"):
            anchor = self.document.date
        elif basis == "text" and self.full_day:
            anchor = self.full_day[0].isoformat()
        fact = self._date(atom, kind, value, basis, anchor)
        self._remember(atom, value, kind)
        return fact

    def _date(
        self, atom: Atom, kind: str, value: str | None, basis: str | None = None, anchor: str | None = None
    ) -> Date:
        return Date(
            start=atom.start,
            end=atom.end,
            text=self.document.text[atom.start : atom.end],
            rule=atom.rule,
            type=kind,  # type: ignore[arg-type]
            edtf=value,
            duration=atom.duration,
            mod=atom.mod or (None if kind == "duration" else self._mod(atom)),  # type: ignore[arg-type]
            anchor=anchor,
            basis=basis,
        )

    def _mod(self, atom: Atom) -> str | None:
        before = self.document.lower[max(0, atom.start - 28) : atom.start]
        if before.endswith(" "):
            for mod, pattern in (("before", _BEFORE), ("after", _AFTER), ("approx", _ABOUT)):
                if pattern.search(before):
                    return mod
        return None

    def _remember(self, atom: Atom, value: str | None, kind: str) -> None:
        if value is None or kind == "set":
            return
        text = self.document.lower
        compared = text[max(0, atom.start - 8) : atom.start].rstrip(" (").endswith(("so với", "so"))
        if atom.grain == "day" and atom.month and atom.day:
            day = calendar.parse_day(value)
            self.last_day = (day.year, day.month, day.day) if day else (None, atom.month, atom.day)
            if day and atom.year is not None and not _CITED.search(text, max(0, atom.start - 44), atom.start):
                self.full_day = (day, atom.start)
        elif not compared and atom.grain in ("month", "quarter", "months", "half", "year"):
            self.last_period = (value, kind)
        if value[:4].isdigit() and not compared and atom.rule != "same-period":
            self.last_year = (int(value[:4]), atom.start)

    # -- values -----------------------------------------------------------------------------------------------

    def value(self, atom: Atom) -> tuple[str | None, str | None]:
        """EDTF of an atom and why: `document`, `text`, `work-year`; None where the words say all."""
        return getattr(self, f"_{atom.grain}")(atom)

    def _year(self, atom: Atom) -> tuple[str | None, str | None]:
        if atom.year is not None:
            return edtf(atom.year), None
        year, basis = self._spoken_year(atom)
        return (edtf(year) if year else None), basis

    def _spoken_year(self, atom: Atom) -> tuple[int | None, str | None]:
        """The year of a part of a year: said with it, that of the sentence, of the document, of the text."""
        if atom.year_shift is not None:
            return self._shifted_year(atom, atom.year_shift)
        if self.last_year and not _SENTENCE_END.search(self.document.lower, self.last_year[1], atom.start):
            return self.last_year[0], "text"
        if self.anchor:
            return self.anchor.year, "document"
        return (self.last_year[0], "text") if self.last_year else (None, None)

    def _nearest(self, atom: Atom, month: int, day: int) -> tuple[int | None, str | None]:
        """The year of a day or month that names none."""
        if atom.year_shift is not None:
            return self._shifted_year(atom, atom.year_shift)
        if self.anchor:
            if self.document.date and len(self.document.date) == 4:
                return self.anchor.year, "document"
            return calendar.nearest_year(month, day, self.anchor, atom.lean or self._lean(atom)), "document"
        if self.full_day and "\n" not in self.document.text[self.full_day[1] : atom.start]:
            return calendar.nearest_year(month, day, self.full_day[0], atom.lean), "text"
        return None, None

    def _shifted_year(self, atom: Atom, shift: int) -> tuple[int | None, str | None]:
        if atom.narrated and self.last_year and atom.start - self.last_year[1] < 600:
            return self.last_year[0] + shift, "text"
        return (self.anchor.year + shift, "document") if self.anchor else (None, None)

    def _lean(self, atom: Atom) -> int:
        """Whether the clause looks ahead (+1) or back (-1)."""
        text = self.document.lower
        clause = text[max(0, atom.start - 70) : min(len(text), atom.end + 40)]
        cut = _SENTENCE_END.split(clause[: atom.start - max(0, atom.start - 70)])[-1]
        clause = cut + _SENTENCE_END.split(text[atom.start : atom.end + 40])[0]
        ahead, behind = bool(_AHEAD.search(clause)), bool(_BEHIND.search(clause))
        return (ahead and not behind) - (behind and not ahead)

    def _day(self, atom: Atom) -> tuple[str | None, str | None]:
        year, basis = atom.year, None
        if atom.recurs:
            return edtf(None, atom.month, atom.day), None
        if atom.short_year and year is not None:
            year = self._full_year(year)
        if year is None and atom.month and atom.day:
            year, basis = self._nearest(atom, atom.month, atom.day)
        if not calendar.is_day(year, atom.month, atom.day or 0):
            return (None, "impossible") if atom.year is not None else (edtf(None, atom.month, atom.day), None)
        return edtf(year, atom.month, atom.day), basis

    def _full_year(self, short: int) -> int:
        """A two-digit year is the latest that the document's date allows; without one, up to 30 is 20xx."""
        latest = self.anchor.year if self.anchor else 2030
        return 2000 + short if 2000 + short <= latest else 1900 + short

    def _month(self, atom: Atom) -> tuple[str | None, str | None]:
        year, basis = atom.year, None
        if atom.recurs:
            return edtf(None, atom.month), None
        if atom.short_year and year is not None:
            year = self._full_year(year)
        if year is None and atom.month:
            year, basis = self._nearest(atom, atom.month, 15)
        return edtf(year, atom.month), basis

    def _quarter(self, atom: Atom) -> tuple[str | None, str | None]:
        number = atom.month or 1
        year, basis = atom.year, None
        if year is None:
            year, basis = self._nearest(atom, number * 3 - 1, 15)
        return f"{edtf(year, number * 3 - 2)}/{edtf(year, number * 3)}", basis

    def _half(self, atom: Atom) -> tuple[str | None, str | None]:
        year, basis = (atom.year, None) if atom.year is not None else self._spoken_year(atom)
        first = 1 if atom.month == 1 else 7
        return f"{edtf(year, first)}/{edtf(year, first + 5)}", basis

    def _months(self, atom: Atom) -> tuple[str | None, str | None]:
        """n months of a year; of results of civil judgment enforcement, of the work year from October on."""
        year, basis = (atom.year, None) if atom.year is not None else self._spoken_year(atom)
        first = 1 if atom.unit == "đầu" else 13 - atom.count
        if year is None:
            return f"{edtf(None, first)}/{edtf(None, first + atom.count - 1)}", None
        if basis == "document" and self.anchor and atom.unit == "đầu" and self.anchor.month < 3 and atom.count > 3:
            year -= 1
        if self.enforcement:
            start = calendar.add_months(year, first, -3)
            basis = "work-year"
        else:
            start = (year, first)
        end = calendar.add_months(*start, atom.count - 1)
        return f"{edtf(*start)}/{edtf(*end)}", basis

    def _span(self, atom: Atom) -> tuple[str | None, str | None]:
        if atom.left is None and atom.right is None:
            return f"{edtf(atom.year)}/{edtf(atom.to_year)}", None
        left = self.value(atom.left)[0] if atom.left else (self.document.date if self.exact else None)
        if atom.since and atom.left:
            closing = self._now(atom)
            if left is None:
                return None, None
            return f"{_first(left)}/{closing or '..'}", "document" if closing else None
        if atom.left and left:
            self._remember(atom.left, left, "date")
        right = self._right(atom.right) if atom.right else None
        if left is None or right is None or left.startswith("-"):
            return None, None
        ends = calendar.bounds(left), calendar.bounds(right)
        if ends[0] and ends[1] and ends[0][0] and ends[1][1] and ends[0][0] > ends[1][1]:
            return None, "impossible"
        return f"{_first(left)}/{_last(right)}", None

    def _now(self, atom: Atom) -> str | None:
        if self.exact:
            return self.document.date
        return None

    def _right(self, atom: Atom) -> str | None:
        return self.value(atom)[0]

    def _decade(self, atom: Atom) -> tuple[str | None, str | None]:
        return f"{atom.count}X", None

    def _century(self, atom: Atom) -> tuple[str | None, str | None]:
        return f"{atom.count:02}XX", None

    def _season(self, atom: Atom) -> tuple[str | None, str | None]:
        return f"{edtf(atom.year)}-{atom.month}", None

    def _named(self, atom: Atom) -> tuple[str | None, str | None]:
        month, day = atom.month or 1, atom.day or 1
        year, basis = atom.year, None
        if year is None and self.anchor is None:
            year = self._year_of_sentence(atom)
            basis = "text" if year else None
        if atom.year_shift is not None:
            year, basis = self._shifted_year(atom, atom.year_shift)
        if atom.count:
            year = self._sexagenary(atom.count)
        if atom.unit == "solar":
            if year is None:
                year, basis = self._nearest(atom, month, day)
            return edtf(year, month, day), basis
        return self._lunar(Atom(atom.start, atom.end, "lunar", atom.rule, year, month, day))

    def _sexagenary(self, first: int) -> int | None:
        """Of the years of one Can Chi name, the one near the document's date, else near a year that it names."""
        if self.anchor:
            near = self.anchor.year
            return min(range(first, 2100, 60), key=lambda year: abs(year - near))
        named = {other.year for other in self.atoms if other.year is not None and not other.short_year}
        return next((year for year in range(first, 2100, 60) if named & {year - 1, year, year + 1}), None)

    def _year_of_sentence(self, atom: Atom) -> int | None:
        for other in self.atoms:
            if other.year is not None and not other.short_year and 0 < other.start - atom.start < 120:
                low, high = sorted((other.start, atom.start))
                if not _SENTENCE_END.search(self.document.lower, low, high):
                    return other.year
        return None

    def _lunar(self, atom: Atom) -> tuple[str | None, str | None]:
        month, day = atom.month or 1, atom.day or 1
        before = self.document.lower[max(0, atom.start - 12) : atom.start]
        if self.last_day and _THAT_IS.search(before):
            return edtf(*self.last_day), "text"
        if atom.year is not None:
            solar = calendar.lunar_day(atom.year, month, day)
            return (solar.isoformat() if solar else None), None
        if self.anchor is None:
            return None, None
        near = self.anchor
        days = [calendar.lunar_day(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
        known = [solar for solar in days if solar]
        if not known:
            return None, None
        return min(known, key=lambda solar: abs((solar - near).days)).isoformat(), "document"

    # -- expressions that count from somewhere -----------------------------------------------------------------

    def _relative(self, atom: Atom) -> tuple[str | None, str | None]:
        return getattr(self, f"_by_{atom.unit.replace(' ', '_')}")(atom)

    def _by_day(self, atom: Atom) -> tuple[str | None, str | None]:
        event = self.full_day[0] if self.full_day else None
        before = self.document.lower[max(0, atom.start - 40) : atom.start]
        if atom.shift == 0 and event and (self.document.kind == "notice" or not self.exact):
            if self.document.kind == "notice" or _GATHERING.search(before):
                return event.isoformat(), "text"
        if self.exact and self.anchor:
            return (self.anchor + datetime.timedelta(days=atom.shift)).isoformat(), "document"
        if self.today:
            return edtf(*_shifted(self.today, atom.shift)), "text"
        return None, None

    def _is_habit(self, atom: Atom) -> bool:
        """`mỗi năm … tăng 10% so với cùng kỳ năm trước` compares no period in particular."""
        sentence = _SENTENCE_END.split(self.document.lower[max(0, atom.start - 160) : atom.start])[-1]
        return bool(_EVERY_YEAR.search(sentence))

    def _by_weekday(self, atom: Atom) -> tuple[str | None, str | None]:
        """`hôm thứ Hai`: the last one up to the document's day; `thứ Hai tuần trước`: of that week."""
        if not (self.exact and self.anchor):
            return None, None
        if atom.count:
            monday, _ = calendar.week_of(self.anchor, atom.count - 2)
            return (monday + datetime.timedelta(days=atom.shift)).isoformat(), "document"
        back = (self.anchor.weekday() - atom.shift) % 7
        if self._lean(atom) > 0 and back:
            back -= 7
        return (self.anchor - datetime.timedelta(days=back)).isoformat(), "document"

    def _by_week(self, atom: Atom) -> tuple[str | None, str | None]:
        if not (self.exact and self.anchor):
            return None, None
        monday, sunday = calendar.week_of(self.anchor, atom.shift)
        return f"{monday}/{sunday}", "document"

    def _by_month(self, atom: Atom) -> tuple[str | None, str | None]:
        if not self.anchor or (self.document.date and len(self.document.date) == 4):
            return None, None
        return edtf(*calendar.add_months(self.anchor.year, self.anchor.month, atom.shift)), "document"

    def _by_quarter(self, atom: Atom) -> tuple[str | None, str | None]:
        if not self.anchor:
            return None, None
        first = (self.anchor.month - 1) // 3 * 3 + 1
        start = calendar.add_months(self.anchor.year, first, 3 * atom.shift)
        return f"{edtf(*start)}/{edtf(*calendar.add_months(*start, 2))}", "document"

    def _by_year(self, atom: Atom) -> tuple[str | None, str | None]:
        return (edtf(self.anchor.year + atom.shift), "document") if self.anchor else (None, None)

    def _by_base_year(self, atom: Atom) -> tuple[str | None, str | None]:
        year, basis = self._spoken_year(atom)
        return (edtf(year), basis) if year else (None, None)

    def _by_work_year(self, atom: Atom) -> tuple[str | None, str | None]:
        if self.anchor and self.exact:
            year = self.anchor.year + (self.anchor.month >= 9)
        elif ended := _ENDED_YEAR.search(self.document.lower):
            year = int(ended[1]) + 1
        else:
            return None, None
        return f"{edtf(year - 1, 10)}/{edtf(year, 9)}", "work-year"

    def _by_day_of_month(self, atom: Atom) -> tuple[str | None, str | None]:
        if not self.anchor or not atom.day:
            return edtf(None, None, atom.day), None
        year, month = calendar.add_months(self.anchor.year, self.anchor.month, atom.shift)
        return (edtf(year, month, atom.day), "document") if calendar.is_day(year, month, atom.day) else (None, None)

    def _by_can_chi(self, atom: Atom) -> tuple[str | None, str | None]:
        year = self._sexagenary(atom.count)
        first, after = (calendar.lunar_day(year, 1, 1), calendar.lunar_day(year + 1, 1, 1)) if year else (None, None)
        if first is None or after is None:
            return None, None
        return f"{first}/{after - datetime.timedelta(days=1)}", "document" if self.anchor else "text"

    def _by_then_day(self, atom: Atom) -> tuple[str | None, str | None]:
        return (edtf(*_shifted(self.last_day, atom.shift)), "text") if self.last_day else (None, None)

    def _by_then_month(self, atom: Atom) -> tuple[str | None, str | None]:
        if not self.last_day or self.last_day[0] is None:
            return None, None
        return edtf(*calendar.add_months(self.last_day[0], self.last_day[1], atom.shift)), "text"

    def _by_then_year(self, atom: Atom) -> tuple[str | None, str | None]:
        return (edtf(self.last_year[0] + atom.shift), "text") if self.last_year else (None, None)

    def _by_same_period(self, atom: Atom) -> tuple[str | None, str | None]:
        """The period last named, a year (or more) earlier."""
        if self.last_period is None:
            return (edtf(atom.year) if atom.year else None), None
        base, _ = self.last_period
        if not base[:4].isdigit():
            return (edtf(atom.year) if atom.year else None), None
        shift = atom.year - int(base[:4]) if atom.year is not None else -1
        moved = "/".join(edtf(int(end[:4]) + shift) + end[4:] for end in base.split("/"))
        return moved, "text"


def _shifted(day: tuple[int | None, int, int], days: int) -> tuple[int | None, int, int]:
    """A day so many days later; of an unknown year, in a year of 365 days."""
    year, month, number = day
    moved = Day(year or 2001, month, min(number, calendar.month_length(year or 2001, month))) + datetime.timedelta(days=days)
    return (moved.year if year else None), moved.month, moved.day


def _first(value: str) -> str:
    return value.split("/")[0]


def _last(value: str) -> str:
    return value.split("/")[-1]

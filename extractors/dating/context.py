"""What a document has said so far: the dates that relative and partial expressions are resolved against."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import regex

from corpus.document import Document
from extractors import calendar
from extractors.calendar import Day, edtf
from extractors.dating.atoms import Atom

# None or a number for the year, month, day
PartialDay = tuple[int | None, int, int]
_AHEAD = regex.compile(
    r"(?<!\p{L})(?:sẽ|sắp|dự kiến|chậm nhất|hạn|trước ngày|tới đây|sắp tới|đến hết|đặt hàng|từ ngày)(?!\p{L})"
)
_BEHIND = regex.compile(r"(?<!\p{L})(?:đã|vừa|từng|xảy ra|bị)(?!\p{L})")
_CITED = regex.compile(r"\d[/-][\p{L}\d][\p{L}\d/&\- ]{0,28},? ?(?:ký |ban hành |được ban hành )?$")
_COMPARED = regex.compile(r"\bso(?: với)?(?:[^.,;()\n]|[.,]\d){0,40}$")
_EVERY_YEAR = regex.compile(r"(?:mỗi|hàng|hằng|qua các|từng) năm|năm sau")
_ENFORCEMENT = ("thi hành án", "thads")
SENTENCE_END = regex.compile(r"[.!?…] |\n")
_PLAUSIBLE = (1000, 2999)   # years of a document; another is a mistake that nothing counts from
_ONE_SENTENCE = 400    # characters: what is further away is told of in another
_ONE_PARAGRAPH = 2000
_SAME_STORY = 600
_SAME_ARTICLE = 4000
_HEADING = 140
_LEAD = 900   # characters in which an undated article says when: `Sáng 12-6, tòa …`
_PART_OF_DAY = regex.compile(r"(?:rạng )?(?:sáng|trưa|chiều|tối)\b")


def _day_of_lead(document: Document, atoms: list[Atom]) -> PartialDay | None:
    """The day that opens an undated article with a part of the day is its `hôm nay`."""
    for atom in atoms:
        if atom.start > _LEAD:
            break
        opens = atom.rule == "day-month" and document.shadow[atom.start].isupper() and atom.grain == "day"
        first = atom.start == 0 or document.text[atom.start - 1] == "\n"
        if opens and first and _PART_OF_DAY.match(document.lower, atom.start):
            return (None, atom.month, atom.day) if atom.month and atom.day else None
    return None


def _months_of(atom: Atom) -> range:
    """The months of a month, a quarter or the first n months."""
    if atom.grain == "month" and atom.month:
        return range(atom.month, atom.month + 1)
    if atom.grain == "quarter" and atom.month:
        return range(3 * atom.month - 2, 3 * atom.month + 1)
    return range(1, atom.count + 1) if atom.grain == "months" and atom.unit == "đầu" else range(0)


@dataclass(slots=True)
class Context:
    """The document's date and what was named before the atom in hand."""

    document: Document
    atoms: list[Atom]
    anchor: Day | None = None             # the document's day; of a month or year, its middle
    exact: bool = False                   # whether the anchor is a known day
    enforcement: bool = False             # about civil judgment enforcement (work year 1 October – 30 September)
    today: PartialDay | None = None       # of `hôm nay (14/6)`
    last_day: PartialDay | None = None
    counted_from: str | None = None               # EDTF of what the text's last resolved expression counts from
    full_day: tuple[Day, int] | None = None       # a day told in full outside citations, and where
    last_period: tuple[str, str] | None = None    # EDTF and type of the period last named
    last_year: tuple[int, int] | None = None      # a year named, and where
    months_named: dict[int, tuple[int | None, int]] = field(default_factory=dict)   # its year (None: several), where
    days_named: dict[tuple[int, int], tuple[int | None, int]] = field(default_factory=dict)   # the same of days
    cycle_from: str = ""                          # the year that placed a Can Chi name
    _dated: list[Atom] = field(default_factory=list)   # atoms that name their year

    @classmethod
    def of(cls, document: Document, atoms: list[Atom]) -> Context:
        self = cls(document, atoms)
        if known := calendar.bounds(document.date):
            first, last = known
            if first and last and _PLAUSIBLE[0] <= first.year and last.year <= _PLAUSIBLE[1]:
                self.anchor, self.exact = first + (last - first) / 2, first == last
        self.enforcement = sum(map(document.lower.count, _ENFORCEMENT)) >= 3
        self._dated = [atom for atom in atoms if atom.year is not None and not atom.short_year]
        for atom in atoms:
            if atom.rule == "today-with-date" and atom.month and atom.day:
                self.today = calendar.shift_day((atom.year, atom.month, atom.day), -atom.shift)
                break
        if self.today is None and self.anchor is None:
            self.today = _day_of_lead(document, atoms)
        return self

    def remember(self, atom: Atom, value: str | None, kind: str) -> None:
        """Keeps what a resolved atom says, for those that follow."""
        if value is None or kind == "set":
            return
        text = self.document.lower
        before = max(0, atom.start - 60)
        compared = text.find("so", before, atom.start) >= 0 and bool(_COMPARED.search(text, before, atom.start))
        if atom.grain == "day" and atom.month and atom.day:
            day = calendar.parse_day(value)
            self.last_day = (day.year, day.month, day.day) if day else (None, atom.month, atom.day)
            if day and atom.year is not None and not _CITED.search(text, max(0, atom.start - 44), atom.start):
                self.full_day = (day, atom.start)
                same = self.days_named.get((day.month, day.day), (day.year, 0))[0] == day.year
                self.days_named[day.month, day.day] = (day.year if same else None, atom.start)
        if atom.year is not None and not compared:
            for month in _months_of(atom):
                same = self.months_named.get(month, (atom.year, 0))[0] == atom.year
                self.months_named[month] = (atom.year if same else None, atom.start)
        if atom.grain != "day" and not compared and atom.grain in ("month", "quarter", "months", "half", "year"):
            self.last_period = (value, kind)
        if value[:4].isdigit() and not compared and atom.rule != "same-period":
            self.last_year = (int(value[:4]), atom.start)

    def text(self, counted_from: str) -> str:
        """The basis `text`; keeps what in the text it was."""
        self.counted_from = counted_from
        return "text"

    def basis_of_cycle(self) -> str:
        """Why a Can Chi name is of this cycle and no other."""
        return "document" if self.anchor else self.text(self.cycle_from)

    def spoken_year(self, atom: Atom) -> tuple[int | None, str | None]:
        """The year of a part of a year: said with it, that of the sentence, of the document, of the text."""
        if atom.year_shift is not None:
            return self.shifted_year(atom, atom.year_shift)
        if self.last_year and self._in_one_sentence(self.last_year[1], atom.start):
            return self.last_year[0], self.text(edtf(self.last_year[0]))
        if self.anchor:
            return self.anchor.year, "document"
        return (self.last_year[0], self.text(edtf(self.last_year[0]))) if self.last_year else (None, None)

    def nearest(self, atom: Atom, month: int, day: int) -> tuple[int | None, str | None]:
        """The year of a day or month that names none."""
        if atom.year_shift is not None:
            return self.shifted_year(atom, atom.year_shift)
        if self.anchor:
            if self.document.date and len(self.document.date) == 4:
                return self.anchor.year, "document"
            return calendar.nearest_year(month, day, self.anchor, atom.lean or self.lean(atom)), "document"
        told, where = self.days_named.get((month, day), (None, 0))
        if told and atom.grain == "day" and atom.start - where < _SAME_ARTICLE:
            return told, self.text(edtf(told, month, day))   # ngày 7/9/1945 …; chiều 7/9 …
        if self.full_day and self._in_one_paragraph(self.full_day[1], atom.start):
            full = self.full_day[0]
            return calendar.nearest_year(month, day, full, atom.lean), self.text(full.isoformat())
        year = self._year_named_with(atom, month)
        return (year, self.text(edtf(year, month))) if year else (None, None)

    def _year_named_with(self, atom: Atom, month: int) -> int | None:
        """The one year that the article has named this month, or its quarter, with.

        That dates a month or a quarter again; a day only below a heading or in the paragraph that names it.
        """
        year, at = self.months_named.get(month, (None, 0))
        near = atom.start - at < _SAME_ARTICLE
        if atom.grain == "day":
            near = near and (self._in_one_paragraph(at, atom.start) or self._in_heading(at))
        return year if near else None

    def _in_heading(self, at: int) -> bool:
        """Whether a line is short and no sentence."""
        text = self.document.text
        start, end = text.rfind("\n", max(0, at - _HEADING), at) + 1, text.find("\n", at, at + _HEADING)
        return start > at - _HEADING and 0 < end - start < _HEADING and text[end - 1] not in ".;,"

    def shifted_year(self, atom: Atom, shift: int) -> tuple[int | None, str | None]:
        if atom.narrated and self.last_year and atom.start - self.last_year[1] < _SAME_STORY:
            return self.last_year[0] + shift, self.text(edtf(self.last_year[0]))
        return (self.anchor.year + shift, "document") if self.anchor else (None, None)

    def lean(self, atom: Atom) -> int:
        """Whether the clause looks ahead (+1) or back (-1)."""
        text = self.document.lower
        clause = text[max(0, atom.start - 70) : min(len(text), atom.end + 40)]
        cut = SENTENCE_END.split(clause[: atom.start - max(0, atom.start - 70)])[-1]
        clause = cut + SENTENCE_END.split(text[atom.start : atom.end + 40])[0]
        ahead, behind = bool(_AHEAD.search(clause)), bool(_BEHIND.search(clause))
        return (ahead and not behind) - (behind and not ahead)

    def full_year(self, short: int) -> int:
        """A two-digit year is the latest that the document's date allows; without one, up to 30 is 20xx."""
        latest = self.anchor.year if self.anchor else 2030
        return 2000 + short if 2000 + short <= latest else 1900 + short

    def sexagenary(self, first: int) -> int | None:
        """Of the years of one Can Chi name, the one near the document's date, else near a year that it names."""
        if self.anchor:
            near = self.anchor.year
            return min(range(first, 2100, 60), key=lambda year: abs(year - near))
        named = {other.year for other in self._dated[:_ONE_SENTENCE]}
        found = next((year for year in range(first, 2100, 60) if named & {year - 1, year, year + 1}), None)
        if found:
            self.cycle_from = edtf(next(year for year in (found, found - 1, found + 1) if year in named))
        return found

    def year_of_sentence(self, atom: Atom) -> int | None:
        """The year that the same sentence names after the atom."""
        at = bisect_right(self._dated, atom.start, key=lambda other: other.start)
        if at == len(self._dated) or not self._in_one_sentence(atom.start, self._dated[at].start):
            return None
        return self._dated[at].year

    def _in_one_sentence(self, first: int, second: int) -> bool:
        return second - first < _ONE_SENTENCE and not SENTENCE_END.search(self.document.lower, first, second)

    def _in_one_paragraph(self, first: int, second: int) -> bool:
        return second - first < _ONE_PARAGRAPH and self.document.text.find("\n", first, second) < 0

    def in_story(self, first: int, second: int) -> bool:
        """Whether the second place goes on telling of what the first named."""
        return second - first < _SAME_STORY

    def is_habit(self, atom: Atom) -> bool:
        """`mỗi năm … tăng 10% so với cùng kỳ năm trước` compares no period in particular."""
        sentence = SENTENCE_END.split(self.document.lower[max(0, atom.start - 160) : atom.start])[-1]
        return bool(_EVERY_YEAR.search(sentence))

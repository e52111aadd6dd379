"""The time that a figure holds for: a date in its clause, its sentence, its frame, or the document's own."""

from __future__ import annotations

from functools import cached_property

import regex

from extractors.facts import Date, FigureRole
from extractors.quantities.context import Context
from extractors.quantities.quantity import Quantity
from extractors.quantities.words import one_of, word_set
from extractors.structure import Block

_BASE = regex.compile(rf"(?<!\p{{L}}){one_of('base')}(?: {one_of('base_link')})* \Z")
_NAMED = regex.compile(rf"(?<!\p{{L}}){one_of('named')}(?: [\p{{L}}\d,./-]+){{0,9}} \Z")
_NOW = regex.compile(rf"(?<!\p{{L}}){one_of('now')}(?!\p{{L}})|(?<=(?:^|[.;:,\n]) ?)hiện(?: tại)? (?!đại)", regex.M)
_PLAN = regex.compile(r"(?:%|so với) (?:\p{L}+ ){0,2}kế hoạch \Z")
_COMPARED = regex.compile(r"(?<!\p{L})(?:so với|thay vì|hơn mức|hơn con số)(?!\p{L})[^,.;]{0,40}\Z")
_OLD = regex.compile(rf"(?<!\p{{L}}){one_of('old_value')}(?!\p{{L}})")
_ATTRIBUTE = regex.compile(
    rf"(?<!\p{{L}}){one_of('attribute')}(?: (?:là|lên tới|lên đến|khoảng|gần|hơn|trên|đạt|tới))?+ \Z"
)
_RESULT = regex.compile(
    r"\d[\d.,]*+ ?(?:%|tỷ|tỉ|triệu|nghìn|người|vụ|tấn)|kết quả|báo cáo|tổng kết"
    r"|(?<!\p{L})(?:tăng|giảm|đạt|vượt|lãi|lỗ)(?!\p{L})"
)
_AS_OF = regex.compile(r"(?<!\p{L})(?:đến|tới|hết|tính đến)(?: hết)? \Z")
_HABIT = regex.compile(rf"(?<!\p{{L}}){one_of('habit')}(?!\p{{L}})")
_JUST_AFTER = regex.compile(rf"(?: ?\[\d+\])?(?: \(| ){one_of('as_of')}? ?(?:hết |cuối |đầu )?\Z")
_FROM = regex.compile(rf"(?<!\p{{L}}){one_of('since')} \Z")
_DESCRIBES = regex.compile(rf"(?<!\p{{L}}){one_of('describes')}(?!\p{{L}})")
_LIST = regex.compile(r",? (?:và )?\Z|, ?\Z")

_AT_EVENT = regex.compile(r"(?<!\p{L})(?:tại|ở|vào) thời điểm ((?!hiện|này|đó|cuối|đầu|tháng|năm|ngày)\p{L}++ \p{L}++)")
_VAGUE = regex.compile(rf"(?<!\p{{L}}){one_of('vague_time')}(?!\p{{L}})")
_ASKED = regex.compile(r"(?<!\p{L})(?:đề nghị|kiến nghị|đề xuất|yêu cầu|đòi|xin)(?!\p{L})")
_SUPERLATIVE = regex.compile(
    r"(?<!\p{L})(?:nhất|kỷ lục|lần đầu(?: tiên)?)(?: \p{L}++){0,3}? (?:kể )?từ (?:đầu |giữa |cuối )?\Z"
)

_FAR_BACK = 6000   # characters in which an event that dates a figure is looked for
_NEAR = 400        # characters in which a paragraph's earlier date still holds
_MOST_ITEMS = 24   # items of a list, rows of a table above a figure
_HEAD = 250        # characters of a heading or opener, from its end


class Periods:
    """Reads periods one figure after the other, since a frame set by one sentence holds for the next ones."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._frame: str | None = None    # of the last figure or date that sets one
        self._frame_end = 0
        self._day: tuple[str, str | None] = ("", None)   # the day that a figure was given for, and its unit

    @cached_property
    def _title(self) -> list[Date]:
        """The dates of the first line."""
        shadow = self._context.shadow
        line = len(shadow) - len(shadow.lstrip(" #*\n|"))
        end = shadow.find("\n", line)
        end = min(end if end >= 0 else len(shadow), line + 250)
        return [date for date in self._context.dates_between(line, end) if self._dates_a_figure(date)]

    @cached_property
    def _in_force(self) -> str | None:
        """From when the rules hold that the title or the lead announces: `Từ ngày 20/8, tăng giá …`."""
        lower = self._context.lower
        for date in (*self._title, *self._context.dates_between(0, 600)):
            if date.type == "date" and date.edtf and _FROM.search(lower, max(0, date.start - 24), date.start):
                return f"{date.edtf}/.." if len(date.edtf) != 7 else f"{date.edtf}-01/.."
        return None

    def of(self, q: Quantity, last: Quantity | None, role: FigureRole) -> str | None:
        """EDTF of the time that `q` holds for. `last` is the quantity before it in the same sentence."""
        period, sets_frame = self._read(q, last, role)
        if period is not None and sets_frame:
            self._frame = period
        if period is not None:
            self._frame_end = q.end
            self._day = (period, q.unit) if len(period) == 10 else ("", None)
        return period

    def _read(self, q: Quantity, last: Quantity | None, role: FigureRole) -> tuple[str | None, bool]:
        context, lower = self._context, self._context.lower
        start, end = context.sentence_at(q.start)
        every = context.dates_between(start, end)
        dates = [date for date in every if self._dates_a_figure(date)]
        after = [date for date in dates if date.start >= q.end]
        if after and _JUST_AFTER.match(lower, q.end, after[0].start) and after[0].start - q.end < 28:
            fits = _JUST_AFTER.fullmatch(lower[q.end : after[0].start])
            if fits:
                compared = _COMPARED.search(lower, max(start, q.start - 48), q.start) is not None
                return after[0].edtf, "(" not in lower[q.end : after[0].start] and not compared
        if role == "norm" and _OLD.search(lower, max(start, q.start - 40), q.start):
            return None, False
        now = _last(_NOW, lower, start, q.start)
        habit = _last(_HABIT, lower, start, q.start)
        before = [date for date in dates if date.end <= q.start and not _bracketed(lower, date, q.start)]
        if habit > max(now, before[-1].start if before else -1):
            return None, False
        if (anchor := _AT_EVENT.search(lower, start, q.start)) and (own := self._event(anchor[1], start)):
            return own, True
        if role == "target" and before and len(before[-1].edtf or "") == 10 and _ASKED.search(
            lower, before[-1].end, q.start
        ):
            return None, False   # ngày 10/7 bộ đề nghị chi 5 tỷ đồng: the day is that of the proposal
        if _VAGUE.search(lower, before[-1].end if before else start, q.start):
            return None, False
        if before:
            if _ATTRIBUTE.search(lower, max(start, q.cue - 40), q.cue):
                return None, False
            return self._from_before(before, role), self._sets_frame(before[-1])
        if now >= 0:
            return context.document.date, True
        if after and not _closed(lower, q.end, after[0].start):
            return after[0].edtf, False
        if _ATTRIBUTE.search(lower, max(start, q.cue - 40), q.cue):
            return None, False
        if self._frame is not None and self._holds(q, start):
            return self._opened(self._frame, role), False
        prices = role == "norm" and self._day[0] and self._day[1] == q.unit and not self._in_force
        if prices and self._holds(q, start):
            return self._day[0], False   # prices of one day
        if opened := self._opener(q, start):
            return opened, False
        if context.document.date and q.unit in word_set("territory") and _DESCRIBES.search(lower, start, q.start):
            return context.document.date, True
        if self._headline and role in ("actual", "change", "ratio"):
            return self._headline, False
        if role == "norm" and self._in_force and context.document.kind != "notice":
            return self._in_force, False
        return None, False

    def _event(self, words: str, sentence: int) -> str | None:
        """When that happened which dates a figure: `tại thời điểm chuyển giao`, above `năm 1993 … chuyển giao`."""
        context, at = self._context, sentence
        floor = max(0, sentence - _FAR_BACK)
        for _ in range(8):
            at = context.lower.rfind(words, floor, at)
            if at < 0:
                return None
            dates = context.dates_between(max(context.sentence_at(at)[0], at - 120), at)
            told = [date for date in dates if self._dates_a_figure(date)]
            if told:
                return told[-1].edtf
        return None

    def _opener(self, q: Quantity, sentence: int) -> str | None:
        """The period that the paragraph has named, or the heading, list opener or table head above it."""
        context = self._context
        if not context.blocks:
            return None
        number = context.block_at(q.start)
        block = context.blocks[number]
        earlier = context.dates_between(max(block.start, sentence - _NEAR), sentence)
        named = [date for date in earlier if _is_period(date)]
        if named and self._dates_a_figure(named[-1]):
            return named[-1].edtf
        for above in reversed(context.blocks[max(0, number - _MOST_ITEMS) : number]):
            if above.opens or (above.heading and above.marker is None and not above.row):
                head = context.dates_between(max(above.start, above.end - _HEAD), above.end)
                edtfs = {date.edtf for date in head if _is_period(date) and self._dates_a_figure(date)}
                return edtfs.pop() if len(edtfs) == 1 else None
            if above.row and (dates := context.dates_between(above.start, above.end)):
                only = len(dates) == 1 and not any(map(str.isdigit, _without(context.lower, above, dates[0])))
                return dates[0].edtf if only and self._dates_a_figure(dates[0]) else None   # Dân số (31/12/2023)
            if above.marker is None and not above.row:
                return None
        return None

    @cached_property
    def _headline(self) -> str | None:
        """The period whose results the title tells: `Doanh thu đạt 162 tỷ đồng quý I/2019`."""
        dates = [date.edtf for date in self._title if date.edtf and len(date.edtf) != 10 and ".." not in date.edtf]
        if len(dates) != 1 or dates[0].startswith("XXXX"):
            return None
        line = self._title[0]
        shadow = self._context.shadow
        begin = shadow.rfind("\n", 0, line.start) + 1
        return dates[0] if _RESULT.search(self._context.lower, begin, min(len(shadow), line.end + 120)) else None

    def _opened(self, frame: str, role: FigureRole) -> str:
        """A norm of a frame that says from when it holds: open at its end."""
        return self._in_force if role == "norm" and self._in_force and self._in_force.startswith(frame + "/") else frame

    def _sets_frame(self, date: Date) -> bool:
        """A single day is that of its sentence only, unless figures are given as of it."""
        if len(date.edtf or "") != 10:
            return True
        return _AS_OF.search(self._context.lower, max(0, date.start - 16), date.start) is not None

    def _from_before(self, dates: list[Date], role: FigureRole) -> str | None:
        """The nearest date; the whole span of a list of years; open where a norm begins to hold."""
        lower, first = self._context.lower, len(dates) - 1
        while first and _LIST.fullmatch(lower[dates[first - 1].end : dates[first].start]):
            first -= 1
        earliest, nearest = dates[first].edtf, dates[-1].edtf
        if first < len(dates) - 1 and earliest and nearest and "/" not in earliest + nearest:
            return f"{earliest}/{nearest}"
        opens = role == "norm" and dates[-1].type == "date" and nearest and "/" not in nearest
        if opens and _FROM.search(lower, max(0, dates[-1].start - 16), dates[-1].start):
            return f"{nearest}/.."
        return nearest

    def _holds(self, q: Quantity, sentence: int) -> bool:
        """A frame holds on in the sentences that follow it closely."""
        near = sentence - self._frame_end <= 400
        return near and self._context.lower.count("\n", self._frame_end, max(self._frame_end, sentence)) <= 1

    def _dates_a_figure(self, date: Date) -> bool:
        if date.edtf is None or date.type not in ("date", "interval"):
            return False
        before = self._context.lower[max(0, date.start - 60) : date.start]
        if _SUPERLATIVE.search(before) or date.text.lower().startswith(("sinh ", "sn ")) or before.endswith("sinh "):
            return False
        return _BASE.search(before) is None and _NAMED.search(before) is None and _PLAN.search(before) is None


def _without(text: str, block: Block, date: Date) -> str:
    """The text of a block but for one date."""
    return text[block.start : date.start] + text[date.end : block.end]


def _is_period(date: Date) -> bool:
    """Longer than a day, and of a known year: what figures are given for."""
    edtf = date.edtf or "XXXX"
    return date.type in ("date", "interval") and len(edtf) != 10 and not edtf.startswith("XXXX")


def _last(pattern: regex.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the last match begins, -1 where there is none."""
    found = -1
    for match in pattern.finditer(text, start, end):
        found = match.start()
    return found


def _bracketed(lower: str, date: Date, pos: int) -> bool:
    """A date in brackets that close before `pos` belongs to what stands before them."""
    return lower.find(")", date.end, pos) >= 0 and lower.rfind("(", max(0, date.start - 60), date.start) > lower.rfind(
        ")", max(0, date.start - 60), date.start
    )


def _closed(lower: str, start: int, end: int) -> bool:
    """Whether another clause begins between a figure and a date after it."""
    return end - start > 80 or any(mark in lower[start:end] for mark in ",;(\n")

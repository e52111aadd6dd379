"""The time that a figure holds for: a date in its clause, its sentence, its frame, or the document's own."""

from __future__ import annotations

import regex

from extractors.facts import Date, FigureRole
from extractors.quantities.context import Context
from extractors.quantities.quantity import Quantity
from extractors.quantities.words import one_of, word_set

_BASE = regex.compile(rf"(?<!\p{{L}}){one_of('base')}(?: {one_of('base_link')})* \Z")
_NAMED = regex.compile(rf"(?<!\p{{L}}){one_of('named')}(?: [\p{{L}}\d,./-]+){{0,9}} \Z")
_NOW = regex.compile(rf"(?<!\p{{L}}){one_of('now')}(?!\p{{L}})")
_HABIT = regex.compile(rf"(?<!\p{{L}}){one_of('habit')}(?!\p{{L}})")
_JUST_AFTER = regex.compile(rf"(?: ?\[\d+\])?(?: \(| ){one_of('as_of')}? ?(?:hết |cuối |đầu )?\Z")
_FROM = regex.compile(rf"(?<!\p{{L}}){one_of('since')} \Z")
_DESCRIBES = regex.compile(rf"(?<!\p{{L}}){one_of('describes')}(?!\p{{L}})")
_LIST = regex.compile(r",? (?:và )?\Z|, ?\Z")


class Periods:
    """Reads periods one figure after the other, since a frame set by one sentence holds for the next ones."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._frame: str | None = None    # of the last figure or date that sets one
        self._frame_end = 0

    def of(self, q: Quantity, last: Quantity | None, role: FigureRole) -> str | None:
        """EDTF of the time that `q` holds for. `last` is the quantity before it in the same sentence."""
        period, sets_frame = self._read(q, last, role)
        if period is not None and sets_frame:
            self._frame = period
        if period is not None:
            self._frame_end = q.end
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
                return after[0].edtf, "(" not in lower[q.end : after[0].start]
        before = [date for date in dates if date.end <= q.start]
        if before:
            return self._from_before(before, role), True
        if _NOW.search(lower, start, q.start):
            return context.document.date, True
        if after and not _closed(lower, q.end, after[0].start):
            return after[0].edtf, False
        if _HABIT.search(lower, start, q.start):
            return None, False
        if self._frame is not None and self._holds(q, start):
            return self._frame, False
        if context.document.date and q.unit in word_set("territory") and _DESCRIBES.search(lower, start, q.start):
            return context.document.date, True
        return None, False

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
        gap = self._context.lower[self._frame_end : sentence]
        return len(gap) <= 400 and gap.count("\n") <= 1

    def _dates_a_figure(self, date: Date) -> bool:
        if date.edtf is None or date.type not in ("date", "interval"):
            return False
        before = self._context.lower[max(0, date.start - 60) : date.start]
        return _BASE.search(before) is None and _NAMED.search(before) is None


def _closed(lower: str, start: int, end: int) -> bool:
    """Whether another clause begins between a figure and a date after it."""
    return end - start > 80 or any(mark in lower[start:end] for mark in ",;(\n")

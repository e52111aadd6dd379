"""The time that a figure holds for: a date in its clause, its sentence, its list, or the document's own."""

from __future__ import annotations

import regex

from extractors.facts import Date
from extractors.quantities.candidates import Quantity
from extractors.quantities.context import Context

_BASE = regex.compile(
    r"(?:so với|so|cùng kỳ|cùng kì|hơn|thay vì|thay cho|kể từ|bằng|trước|của|với)(?: (?:cùng kỳ|cùng kì|mức|thời điểm|hồi|trong|của|vào|quý|các))* \Z"
)
_NAMED = regex.compile(r"(?:luật|nghị định|thông tư|quyết định|nghị quyết|pháp lệnh|hiến pháp|bộ luật|đợt \d)(?: [\p{L},]+){0,8} \Z")
_NOW = regex.compile(r"(?<!\p{L})(?:hiện có|hiện nay|hiện tại|hiện đang|hiện|đến nay|tới nay|tính đến nay)(?!\p{L})")
_PAREN_AFTER = regex.compile(r"[ ,]*\(?(?:tính đến|tính tới|vào|trong|đến hết|hồi|tại thời điểm|năm|thời điểm|đến|cho|của|giai đoạn)? ?(?:hết |cuối |đầu )?\Z")


def period_of(context: Context, q: Quantity, last: Quantity | None, last_period: str | None) -> str | None:
    """EDTF of the time a quantity holds for. `last` is the quantity before it in the same sentence."""
    start, end = context.sentence_at(q.start)
    dates = [date for date in context.dates_between(start, end) if _dates_a_figure(context, date)]
    after = [date for date in dates if date.start >= q.end]
    if after and _PAREN_AFTER.fullmatch(context.lower, q.end, after[0].start):
        return after[0].edtf
    before = [date for date in dates if date.end <= q.start]
    if before:
        return before[-1].edtf
    if _NOW.search(context.lower, start, q.start):
        return context.document.date
    if after and not _closed(context.lower, q.end, after[0].start):
        return after[0].edtf
    return last_period if last is not None else None


def _dates_a_figure(context: Context, date: Date) -> bool:
    if date.edtf is None or date.type not in ("date", "interval"):
        return False
    before = context.lower[max(0, date.start - 40) : date.start]
    return _BASE.search(before) is None and _NAMED.search(before) is None


def _closed(lower: str, start: int, end: int) -> bool:
    """Whether another clause begins between a figure and a date after it."""
    return any(mark in lower[start:end] for mark in (",", ";", "(", "\n")) or end - start > 80

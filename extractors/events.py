"""Events: dated happenings for the timeline, each told once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from corpus.document import Document
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.facts import Date, Decree, Directive, Event, Official
from extractors.happenings.clauses import IN_FORCE
from extractors.happenings.eligible import left_of
from extractors.happenings.merge import merged
from extractors.happenings.teller import Teller
from extractors.layout import Layout
from extractors.set_aside import SetAside
from extractors.structure import Block

# The notes of an encyclopaedia page.
_REFERENCES = regex.compile(r"\*\*\^|\^\*\*|\^\s*Jump up")
_CONSULTED = regex.compile(
    r"(?i:\btruy cập (?:lần cuối )?(?:vào )?(?:ngày|lúc|\d)|\b(?:bản gốc )?lưu trữ (?:từ )?(?:bản gốc|ngày))"
)
_NO_TELLING = regex.compile(r"(?:\?|\((?i:hình từ internet|ảnh minh hoạ|ảnh minh họa)\))[\"”*_\s]*\Z")
_YEAR_MONTH = regex.compile(r"\d{4}-\d{2}")
_NO_YEAR = regex.compile(r"XXXX-\d{2}(?:-\d{2})?")


def find_events(
    document: Document,
    decrees: Sequence[Decree] | None = None,
    dates: Sequence[Date] | None = None,
    officials: Sequence[Official] | None = None,
    directives: Sequence[Directive] | None = None,
    *,
    layout: Layout | None = None,
) -> list[Event]:
    """The events of a document in order, one for each happening; see docs/events.md.

    `decrees`, `dates` and the `layout` are found here where they are not given; `officials` and `directives` are not
    needed.
    """
    if decrees is None:
        decrees = find_decrees(document)
    if dates is None:
        dates = find_dates(document, decrees)
    usable = sorted((d for d in dates if d.edtf and d.type in ("date", "interval")), key=lambda date: date.start)
    if not usable and not document.date and "– " not in document.text:
        return []
    usable = _with_year(usable, document.lower)
    layout = layout or Layout(document)
    teller = Teller(document, layout, sorted((decree.start, decree.end) for decree in decrees))
    return merged(list(_events(layout, usable, teller)), document.lower)


def _with_year(dates: list[Date], lower: str) -> list[Date]:
    """`quy định có hiệu lực từ tháng 12/2016` tells the year of every `ngày 1/12`, if no other year has that month."""
    years: dict[str, set[str]] = {}
    told: dict[str, str] = {}
    for date in dates:
        edtf = date.edtf or ""
        if _YEAR_MONTH.match(edtf):
            years.setdefault(edtf[5:7], set()).add(edtf[:4])
            if len(edtf) == 7 and IN_FORCE.search(left_of(lower, date, 0)):
                told[edtf[5:7]] = edtf[:4]

    def completed(date: Date) -> Date:
        edtf = date.edtf or ""
        if _NO_YEAR.fullmatch(edtf) and edtf[5:7] in told and len(years[edtf[5:7]]) == 1:
            return replace(date, edtf=told[edtf[5:7]] + edtf[4:])
        return date

    return [completed(date) for date in dates] if told else dates


def _events(layout: Layout, dates: list[Date], teller: Teller) -> Iterator[Event]:
    starts = [date.start for date in dates]

    def within(start: int, end: int) -> list[Date]:
        return dates[bisect_left(starts, start) : bisect_left(starts, end)]

    head: Block | None = None  # the first row of the table that is being read
    before: Block | None = None
    aside = SetAside(teller.shadow, teller.lower)
    notes, cites = "^" in teller.shadow, "truy cập" in teller.lower or "lưu trữ" in teller.lower
    for block in layout.blocks:
        if notes and _REFERENCES.search(teller.shadow, block.start, block.end):
            continue
        previous, before = before, block
        if aside.skips(block):
            continue
        here = within(block.start, block.end)
        if block.row:
            head = head or block
            yield from _row(head, block, here, teller)
            continue
        head = None
        if block.heading:
            teller.chronicle.heading(block)
        line = teller.chronicle_line(block)
        if line and teller.chronicle.of_day:
            yield line
            continue
        if _NO_TELLING.search(teller.shadow, block.body, block.end):
            continue
        spans = layout.sentences(block)
        found = [
            event
            for start, end in (_told(teller.shadow, spans) if cites else spans)
            for event in teller.sentence(start, end, within(start, end))
        ]
        if not found and (event := line or teller.promulgation(block, previous)):
            found = [event]
        yield from found


def _told(shadow: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences without references: `Báo Nhân Dân. ngày 11 tháng 6 năm 2021. Truy cập ngày 18 tháng 7 năm 2024.`"""
    consulted = [_CONSULTED.search(shadow, start, end) is not None for start, end in spans]
    return [
        span
        for index, span in enumerate(spans)
        if not consulted[index] and not (index + 1 < len(spans) and consulted[index + 1] and span[1] - span[0] < 200)
    ]


def _row(head: Block, block: Block, dates: list[Date], teller: Teller) -> Iterator[Event]:
    """A row of a table of properties (`Ngày hiệu lực | 01/05/2026`), or one below a head that names the date."""
    for date in dates:
        if event := teller.property_row(block, date) or teller.column_cell(head, block, date):
            yield event

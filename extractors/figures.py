"""Figures: numbers that measure or count something, with unit, exactness, role and what they are bound to.

Spans and fields follow docs/figures.md. Dates and citations claim their words first: no number inside one is a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from corpus.document import Document
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.facts import Approx, Date, Decree, Fact, Figure
from extractors.layout import Layout
from extractors.organisations import Reader
from extractors.quantities.binding import bind
from extractors.quantities.candidates import quantities
from extractors.quantities.parts import with_parts
from extractors.quantities.tables import table_figures

_UP_TO = regex.compile(r"(?<!\p{L})(?<!lên )(?<!xuống )(?<!dẫn )(?<!chi )(?<!trả )(?:đến|tới) \Z")
_COMPARISONS: dict[str, Approx] = {
    ">": "over", "<": "under", "≥": "at_least", "≤": "at_most", ">=": "at_least", "<=": "at_most",
}
_COMPARED = regex.compile(r"(?<![<>=-])([<>]=?|[≥≤]) ?\Z")
_FROM = regex.compile(r"(?<!\p{L})từ \Z")
_ONWARD = regex.compile(r"[^,;.:()\n\d]{0,50}? trở (lên|xuống)(?!\p{L})")
_THAN = regex.compile(r"(?<!\p{L})(thấp|ít|cao|nhiều|lớn) hơn \Z")


def find_figures(
    document: Document,
    decrees: Sequence[Decree] | None = None,
    dates: Sequence[Date] | None = None,
    *,
    reader: Reader | None = None,
    layout: Layout | None = None,
) -> list[Figure]:
    """The figures of a document, in order of their place in the text, none overlapping another.

    `decrees` and `dates` are those of the same document; where they are None their own finders are asked.
    `reader` is one of the same document, which may know its bodies already; so may `layout` its sentences.
    Values are in base units: đồng and not tỷ, persons and not triệu, per cent as written.
    """
    if decrees is None:
        decrees = find_decrees(document)
    if dates is None:
        dates = find_dates(document, decrees)
    reader = reader or Reader(document)
    shadow, lower = _with_cells(document.text, document.shadow), _with_cells(document.text, document.lower)
    cells, tables = table_figures(document, dates, reader)
    facts = [(fact.start, fact.end) for fact in (*decrees, *dates) if not _counts_wages(lower, fact)]
    claimed = _merged([*facts, *tables])
    found = list(quantities(shadow, lower, claimed))
    prose = [
        _settled(figure, lower, document.date)
        for figure in bind(document, found, dates, decrees, reader, layout)
    ]
    prose = with_parts(prose, lower)
    return sorted((*prose, *cells), key=lambda figure: figure.start) if cells else prose


def _settled(figure: Figure, lower: str, today: str | None) -> Figure:
    """What shows only once a figure is bound: a limit of a rule, and what is yet to come.

    `chở người đến 8 chỗ` in a rule is an upper bound; what is to hold after the document's date is an aim.
    """
    if figure.approx == "exact" and (bound := _bound(figure, lower)):
        figure = replace(figure, approx=bound)
    limit = figure.role == "norm" and figure.approx == "exact"
    if limit and _UP_TO.search(lower, max(0, figure.start - 9), figure.start):
        return replace(figure, approx="at_most")
    if figure.role == "actual" and today and figure.period and today[:4] < figure.period[:4] < "X":
        return replace(figure, role="target")
    return figure


def _bound(figure: Figure, lower: str) -> Approx | None:
    """One end alone: `từ 500 dự án đầu tư trở lên`, `chiều dài > 40 m`, in a rule `thấp hơn 3.800.000 đồng`."""
    if mark := _COMPARED.search(lower, max(0, figure.start - 6), figure.start):
        return _COMPARISONS[mark[1]]
    if _FROM.search(lower, max(0, figure.start - 4), figure.start):
        onward = _ONWARD.match(lower, figure.end, figure.end + 60)
        return ("at_least" if onward[1] == "lên" else "at_most") if onward else None
    compared = _THAN.search(lower, max(0, figure.start - 10), figure.start) if figure.role == "norm" else None
    return ("under" if compared[1] in ("thấp", "ít") else "over") if compared else None


def _counts_wages(lower: str, fact: Fact) -> bool:
    """`02 tháng tiền lương` counts wages, and is no time."""
    return lower.startswith((" tiền lương", " lương"), fact.end)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _with_cells(text: str, copy: str) -> str:
    """A copy in which tabs are cell borders: a number in one cell has no unit in the next."""
    if "\t" not in text:
        return copy
    at, parts = 0, []
    for cell in text.split("\t"):
        parts.append(copy[at : at + len(cell)])
        at += len(cell) + 1
    return "|".join(parts)

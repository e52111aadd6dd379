"""Dates: every calendar expression of a document, with its EDTF value.

What counts as a date and how it is written down: docs/dates.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.calendar import parse_day
from extractors.dating.compose import compose
from extractors.dating.resolve import resolve
from extractors.dating.scan import atoms
from extractors.decrees import find_decrees
from extractors.facts import Date, Decree


def find_dates(document: Document, decrees: Sequence[Decree] | None = None) -> list[Date]:
    """The dates of a document in order of their place; they do not overlap.

    `decrees` are the document's decrees where they are known, so that their numbers are not read as dates;
    None finds them here. Relative expressions resolve against `document.date`, else against a full date of the
    text that clearly anchors them, else their unknown parts stay `XXXX`.
    """
    if decrees is None:
        decrees = find_decrees(document)
    found = atoms(document.lower, document.shadow, decrees)
    dated = parse_day(document.date) is not None
    return resolve(document, compose(document.lower, found, dated=dated))

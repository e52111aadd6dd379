"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree


def find_dates(document: Document, decrees: Sequence[Decree] | None = None) -> list[Date]:
    return []

"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree, Figure


def find_figures(document: Document, decrees: Sequence[Decree] | None = None, dates: Sequence[Date] | None = None) -> list[Figure]:
    return []

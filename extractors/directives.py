"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree, Directive, Official


def find_directives(document: Document, decrees: Sequence[Decree] | None = None, dates: Sequence[Date] | None = None, officials: Sequence[Official] | None = None) -> list[Directive]:
    return []

"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree, Directive, Event, Official


def find_events(document: Document, decrees: Sequence[Decree] | None = None, dates: Sequence[Date] | None = None, officials: Sequence[Official] | None = None, directives: Sequence[Directive] | None = None) -> list[Event]:
    return []

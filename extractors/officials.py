"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Official


def find_officials(document: Document) -> list[Official]:
    return []

"""Placeholder."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Decree


def find_decrees(document: Document) -> list[Decree]:
    return []

"""Rules as data: tables in `extractors/data/`, entries with examples and counter-examples (see corpus.tables)."""

from __future__ import annotations

from corpus import tables
from corpus.tables import TableError as LexiconError
from corpus.tables import many

__all__ = ["LexiconError", "many", "table"]


def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `extractors/data/<name>.tsv` as dictionaries of column to cell."""
    return tables.table("extractors", name)

"""Words, weights and limits of the outputs: tables in `outputs/data/` that a user may change (see corpus.tables)."""

from __future__ import annotations

from functools import cache

from corpus import tables

PLANNED = "dự kiến"  # marks an event that sources only announce


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `outputs/data/<name>.tsv` as dictionaries of column to cell. Raises TableError."""
    return tables.table("outputs", name)


@cache
def event_labels(language: str = "vi") -> dict[str, str]:
    """Event type to the label readers see, in the order of the filters; in Vietnamese (`vi`) or English (`en`)."""
    column = {"vi": "label", "en": "english"}[language]
    return {row["type"]: row[column] for row in rows("event_types")}

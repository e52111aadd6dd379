"""Our own phrases (`outputs/data/history_phrases.tsv`)."""

from __future__ import annotations

from functools import cache

from outputs.words import rows


@cache
def _phrases() -> dict[str, str]:
    return {row["key"]: row["text"] for row in rows("history_phrases")}


def phrase(key: str, **values: object) -> str:
    """One of our phrases with its blanks filled. A phrase that leads into a quote ends in a space."""
    text = _phrases()[key].format(**values)
    return f"{text} " if text.endswith((",", ":")) else text

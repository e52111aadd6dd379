"""Sentences about corrections, in Vietnamese and English, from outputs/data/review_words.tsv."""

from __future__ import annotations

from functools import cache

from corpus.tables import TableError
from outputs.words import rows


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("review_words")}


def say(key: str, language: str = "vi", **values: object) -> str:
    """A sentence in `vi` or `en` with these values. Raises TableError if there is none of that name."""
    row = _sentences().get(key)
    if row is None:
        raise TableError(f"review_words.tsv: no row {key!r}")
    return row["english" if language == "en" else "vietnamese"].format(**values)

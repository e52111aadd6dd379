"""What a page says about itself (`outputs/data/format_words.tsv`), in the language of the history."""

from __future__ import annotations

from functools import cache

from corpus.tables import many
from outputs.history.model import Language
from outputs.words import rows


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("format_words")}


def say(key: str, language: Language, **values: object) -> str:
    """One of the words of the formats, with its blanks filled."""
    return _words()[key][language].format(**values)


@cache
def target_labels() -> frozenset[str]:
    """Labels of lines that are targets, in any language."""
    labels = _words()["target_labels"]
    return frozenset(label.casefold() for language in ("vi", "en") for label in many(labels[language]))

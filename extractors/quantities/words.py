"""Closed lists of words (`figure_words.tsv`, `figure_binding_words.tsv`) as parts of patterns."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import LexiconError, many, table


@cache
def word_set(group: str) -> frozenset[str]:
    """The words of a group, from all its rows."""
    rows = (row for name in ("figure_words", "figure_binding_words") for row in table(name) if row["group"] == group)
    words = frozenset(word for row in rows for word in many(row["words"]))
    if not words:
        raise LexiconError(f"figure_words.tsv, figure_binding_words.tsv: no group {group}")
    return words


@cache
def one_of(group: str) -> str:
    """A pattern that matches any of the words of a group, the longest first."""
    words = sorted(word_set(group), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(regex.escape, words))})"

"""Closed lists of words (`figure_words.tsv`) as parts of patterns."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import LexiconError, many, table


@cache
def word_set(group: str) -> frozenset[str]:
    """The words of a group."""
    for row in table("figure_words"):
        if row["group"] == group:
            return frozenset(many(row["words"]))
    raise LexiconError(f"figure_words.tsv: no group {group}")


@cache
def one_of(group: str) -> str:
    """A pattern that matches any of the words of a group, the longest first."""
    words = sorted(word_set(group), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(regex.escape, words))})"

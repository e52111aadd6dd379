"""Words that hold Vietnamese clauses together, by what they do there, from `data/clause_words.tsv`."""

from __future__ import annotations

from functools import cache

from extractors.lexicon import LexiconError, many, table


@cache
def words_of(role: str) -> tuple[str, ...]:
    """The words of a role, the longest first."""
    words = {word for row in table("clause_words") if row["role"] == role for word in many(row["words"])}
    if not words:
        raise LexiconError(f"clause_words.tsv: no words with the role {role}")
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def any_of(*roles: str) -> str:
    """A pattern for any one word of these roles, also inside a verbose pattern.

    >>> import regex
    >>> bool(regex.search(any_of("negation"), "chưa có kế hoạch"))
    True
    """
    words = sorted({word for role in roles for word in words_of(role)}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(word.replace(" ", r"\ ").replace(".", r"\.") for word in words) + ")"

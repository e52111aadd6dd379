"""What the tables of a history have in common: where a mention stands, and words as a cell shows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import regex

from corpus.shadow import fold, shadow
from outputs.factbase.name_forms import full_form
from outputs.history.notebook import Place

# Typography of encyclopaedias, not words of the source.
_MARKUP = regex.compile(
    r"\*\*|(?<![\w*])\*(?=[\w“\"])|(?<=[\w”\".,])\*(?![\w*])"
    r"|\[sửa[^\]]{0,40}\]|\[\d{1,3}\]|\[\s?cần dẫn nguồn\s?\]"
)


def place(row: sqlite3.Row) -> Place:
    """The place of a mention."""
    return Place(row["document"], row["start"], row["end"])


def one_line(text: str) -> str:
    """The text with single spaces, and without the bold and reference marks of encyclopaedias."""
    return " ".join(str(_MARKUP.sub("", text)).split())


def same(text: str | None) -> str:
    """A form in which two writings of one phrase are equal."""
    return " ".join(fold(shadow(text or "")).split())


def retold(words: str, others: Iterable[str], share: float) -> bool:
    """Whether at least that share of the words, written out, stands in one of the others, or of its words here."""
    said = frozenset(full_form(words).split())
    for other in others:
        known = frozenset(full_form(other).split())
        if len(said & known) >= share * min(len(said), len(known)):
            return True
    return False

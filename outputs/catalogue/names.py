"""Names as readers type them: which facts name somebody, and whether marks that were typed stand in a name."""

from __future__ import annotations

import sqlite3

from corpus.shadow import fold, lower, shadow
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import full_form, name_forms

_BETWEEN = "\x1e"   # a character of control, and no part of a name


def facts_naming(db: sqlite3.Connection, *, person: str = "", place: str = "") -> list[int]:
    """Keys of the facts whose person or place (bodies among them) has these words, the last one perhaps begun only."""
    column, words = ("person", person) if person else ("place", place)
    forms = name_forms(words)
    if not forms:
        return []
    match = f"{column} : (" + " OR ".join(f'"{form}" *' for form in forms) + ")"
    return [row[0] for row in db.execute("SELECT rowid FROM name_search WHERE name_search MATCH ?", (match,))]


def is_marked(words: str) -> bool:
    """Whether something was typed with a mark or đ, so that marks count."""
    unified = lower(shadow(words))
    return fold(unified) != unified


def named_exactly(words: str, name: str) -> bool:
    """Whether a name has each of these words that bears a mark, wherever the mark of a tone stands (`Hòa`, `Hoà`)."""
    has = f" {_exact(name)}"
    return all(f" {_exact(word)}" in has for word in words.split() if is_marked(word))


def _exact(words: str) -> str:
    return " ".join(index_forms(words)[0].split())


def keys_named(db: sqlite3.Connection, names: str, words: str, *, written_out: bool = True) -> list[int]:
    """Keys of the things in whose name every one of these words begins a word; marks count where they were typed.

    `names` is a query for key and name. With `written_out` abbreviations in the words stand for what they shorten.
    """
    asked = full_form(words) if written_out else fold(shadow(words))
    wanted = [f" {word}" for word in asked.split()]
    rows = [(row[0], row[1]) for row in db.execute(names)]
    folded = fold(shadow(_BETWEEN.join(f" {name}" for _, name in rows))).split(_BETWEEN)   # all at once is much faster
    if not wanted or len(folded) != len(rows):
        return []
    found = [row for row, form in zip(rows, folded, strict=True) if all(word in form for word in wanted)]
    return [key for key, name in found if named_exactly(words, name)]

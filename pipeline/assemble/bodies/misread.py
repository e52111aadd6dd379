"""Names of bodies that a scan may have misread: `Ủy ban nhàn dân tỉnh …`, `Cục Thỉ hành án dân sự …`.

They stay bodies of their own, never joined; what names them says which other body it may be.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.shadow import fold
from extractors.spelling import canonical
from pipeline.assemble.people.names import one_letter_apart

_FEWEST_SYLLABLES = 4    # of a name of which one letter may be misread: shorter ones have too many neighbours
_MOST = 50               # bodies that share all syllables but one; of more nothing is said

_BODIES = """
    SELECT b.key, b.name, b.place, b.basis, (SELECT count(*) FROM body_mention x WHERE x.body = b.key) AS said
    FROM body b ORDER BY b.id
"""
_SAY = """
    UPDATE body_mention SET how = how || ', perhaps ' || (SELECT name FROM body WHERE key = ?2)
    WHERE body = ?1 AND how NOT LIKE '%perhaps%'
"""


@dataclass(frozen=True, slots=True)
class _Named:
    key: int
    words: str        # without the place, with its marks
    place: str
    known: bool       # of the lexicon
    said: int

    @property
    def weight(self) -> tuple[bool, int, int]:
        return self.known, self.said, -self.key


def misread(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """Bodies of the sources whose name is, but for marks or one letter, that of a body better known in the same place;
    each with that one. Names must be those given when the bodies were made: words, then the place."""
    bodies = [_named(row) for row in db.execute(_BODIES)]
    found: dict[int, int] = {}
    for group in _alike(bodies):
        best = max(group, key=lambda one: one.weight)
        for one in group:
            told = best.known or (best.said > one.said and len(one.words.split()) > 2)    # no `Nha Trang`, `Nhà Trắng`
            if one.words != best.words and not one.known and told:
                found.setdefault(one.key, best.key)
    for one, best in _one_letter_off(bodies):
        found.setdefault(one.key, best.key)
    return sorted(found.items())


def flag(db: sqlite3.Connection, pairs: list[tuple[int, int]]) -> None:
    """Say with each mention of the first of a pair that it is perhaps the second."""
    db.executemany(_SAY, pairs)


def _named(row: sqlite3.Row) -> _Named:
    name, place = canonical(row["name"].lower()), canonical((row["place"] or "").lower())
    return _Named(row["key"], name.removesuffix(place).strip(), place, row["basis"] == "lexicon", row["said"])


def _alike(bodies: list[_Named]) -> Iterator[list[_Named]]:
    """Bodies of one place whose names have the same letters."""
    groups: dict[tuple[str, str], list[_Named]] = defaultdict(list)
    for one in bodies:
        if " " in one.words:
            groups[fold(one.words), one.place].append(one)
    return (group for group in groups.values() if len({one.words for one in group}) > 1)


def _one_letter_off(bodies: list[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """A body of the sources and one of the lexicon whose names differ in one letter."""
    without: dict[tuple[int, str], list[tuple[str, _Named]]] = defaultdict(list)
    for one in bodies:
        syllables = fold(one.words).split()
        if len(syllables) >= _FEWEST_SYLLABLES:
            for at, syllable in enumerate(syllables):
                without[at, " ".join((*syllables[:at], *syllables[at + 1:]))].append((syllable, one))
    for group in without.values():
        known = [pair for pair in group if pair[1].known]
        if not known or len(group) > _MOST:
            continue
        for syllable, one in group:
            for other, best in known:
                same_place = not best.place or best.place == one.place
                if not one.known and same_place and len(syllable) > 1 and one_letter_apart(syllable, other):
                    yield one, best

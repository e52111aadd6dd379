"""Clauses that answer a question together with what stands around them.

A directive seldom names in its clause all that a reader asks with: whom it binds may stand in the sentence before,
what it is about in the title. So a fact also answers where every word of the question stands in its clause, its names
(issuer, addressee, person, place) or the title of its document, and the clause itself holds the weightier half. Where
no fact answers so, the facts of the documents that hold all words answer by the same half; and where no document holds
all words, whatever holds most of them: the answer then says so.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus import shadow
from outputs.asking.columns import Columns, Keys
from outputs.asking.matching import QUOTE, TEXT, TITLE, matches, names
from outputs.asking.query import Columns as Names
from outputs.asking.query import Either, Known, Query, Term
from outputs.factbase.index import index_forms
from outputs.words import rows

_NAMES = Names("issuer addressee person place", "issuer addressee person place")
_OWN = 0.5        # of the weight of all words that the clause itself holds
_MOST = 0.6       # that clause, names and title hold where no source holds all words
_MOST_OF_TEXT = 0.75
_KEPT = 2_000     # hits that hold only most of the words
_FEWEST, _WIDEST = 2, 16   # units of a question to which this applies

Unit = Term | Known | Either


@dataclass(frozen=True, slots=True)
class Near:
    """Facts and documents that answer so, best first. `most`: they hold only most of the words."""

    mentions: Keys
    documents: Keys
    most: bool = False


NOTHING = Near(np.empty(0, np.int32), np.empty(0, np.int32))


def near(db: sqlite3.Connection, columns: Columns, query: Query, mentions: Keys, documents: Keys) -> Near:
    """What answers besides `mentions` and `documents`, which hold all words themselves."""
    units = [part for part in query.parts if not isinstance(part, Query)]
    if len(units) < len(query.parts) or not _FEWEST <= len(units) <= _WIDEST:
        return NOTHING
    weighing = _Weighing(db, columns, units)
    found = weighing.together(mentions)
    if not len(mentions) and not len(found) and len(documents):
        found = weighing.within(documents)
    if len(mentions) or len(documents) or len(found):
        return Near(found, NOTHING.documents)
    asking = _without_question_words(units)
    if asking and len(asking) < len(units):
        weighing = _Weighing(db, columns, asking)
    return Near(*weighing.most(), most=True)


class _Weighing:
    """How much of the weight of a question mentions hold; rare words weigh more."""

    def __init__(self, db: sqlite3.Connection, columns: Columns, units: list[Unit]) -> None:
        self.db, self.columns = db, columns
        self.document = columns.mention(db)["document"]
        some = np.isin(columns.mention(db)["kind"], (2, 3, 4, 5, 6))   # a date holds no clause
        self.own = np.zeros(columns.mentions, np.float32)
        self.all = np.zeros(columns.mentions, np.float32)
        self.texts = np.zeros(columns.documents, np.float32)
        weights = [self._weight(unit) for unit in units]
        for unit, weight in zip(units, weights, strict=True):
            self._add(unit, np.float32(weight / (sum(weights) or 1.0)))
        self.own[~some] = self.all[~some] = 0

    def _keys(self, unit: Unit, table: str, where: Names) -> Keys:
        return matches(self.db, self.columns, table, _said(unit, where))

    def _weight(self, unit: Unit) -> float:
        count = len(self._keys(unit, "document", TEXT))
        return float(np.log((self.columns.documents + 1) / (count + 1)) + 0.1)

    def _add(self, unit: Unit, weight: np.float32) -> None:
        present = np.zeros(self.columns.mentions, np.bool_)
        texts = np.zeros(self.columns.documents, np.bool_)
        texts[self._keys(unit, "document", TEXT)] = True
        self.texts += texts * weight
        spoken = names(self.db, self.columns, _said(unit, _NAMES, exact=False))
        present[spoken[texts[self.document[spoken]]]] = True   # names are folded: the text must have them as asked
        titled = np.zeros(self.columns.documents, np.bool_)
        titled[self._keys(unit, "document", TITLE)] = True
        present |= titled[self.document]
        own = self._keys(unit, "mention", QUOTE)
        self.own[own] += weight
        present[own] = True
        self.all += present * weight

    def together(self, known: Keys) -> Keys:
        """Facts that hold all words with their names and title, and half of them in their own clause."""
        fit = (self.all > 0.999) & (self.own >= _OWN)
        fit[known] = False
        return self._best(np.flatnonzero(fit))

    def within(self, documents: Keys) -> Keys:
        """Facts of these documents whose own clause holds half of the words."""
        inside = np.zeros(self.columns.documents, np.bool_)
        inside[documents] = True
        return self._best(np.flatnonzero((self.own >= _OWN) & inside[self.document]))[:_KEPT]

    def most(self) -> tuple[Keys, Keys]:
        """Facts and documents that hold most of the words."""
        facts = self._best(np.flatnonzero((self.all >= _MOST) & (self.own >= _OWN * _MOST)))[:_KEPT]
        texts = np.flatnonzero(self.texts >= _MOST_OF_TEXT)
        return facts, texts[np.argsort(-self.texts[texts], kind="stable")][:_KEPT].astype(np.int32)

    def _best(self, keys: NDArray[np.intp]) -> Keys:
        """By the weight of the words, then directives and events, short clauses before long ones."""
        mention = self.columns.mention(self.db)
        clause = np.isin(mention["kind"][keys], (5, 6))
        score = np.round(self.own[keys] + self.all[keys] + 0.1 * clause, 3)
        length = mention["end"][keys] - mention["start"][keys]
        return keys[np.lexsort((keys, length, -score))].astype(np.int32)


def _said(unit: Unit, where: Names, *, exact: bool | None = None) -> str:
    if isinstance(unit, Either):
        return " OR ".join(f"({_said(part, where, exact=exact)})" for part in unit.parts if not isinstance(part, Query))
    if isinstance(unit, Known):
        return unit.match(where, exact=bool(exact)) if exact is not None else unit.match(where, exact=False)
    return unit.match(where, exact=unit.marked if exact is None else exact)


@cache
def _question_words() -> frozenset[tuple[str, ...]]:
    found = {tuple(index_forms(row["words"])[0].split()) for row in rows("search_question_words")}
    return frozenset(found | {tuple(map(shadow.fold, words)) for words in found})


def _without_question_words(units: list[Unit]) -> list[Unit]:
    """The units without the words with which one asks."""
    said = [unit.syllables if isinstance(unit, Term) and not unit.quoted else ("?",) for unit in units]
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        for size in (3, 2, 1):
            words = tuple(syllable for one in said[at : at + size] for syllable in one)
            if words in _question_words():
                at += size
                break
        else:
            kept.append(units[at])
            at += 1
    return kept

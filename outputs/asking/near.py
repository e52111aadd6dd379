"""Clauses that answer a question together with what stands around them.

A directive seldom names in its clause all that a reader asks with: whom it binds may stand in the sentence before,
what it is about in the title. So a fact also answers where every word of the question stands in its clause, its names
(issuer, addressee, person, place) or the title of its document, and the clause itself holds a good part. Where
no fact answers so, the words with which one asks (`ai`, `khi nào`) are passed over, and each document that holds the
others answers with its best clause; where no document does, whatever holds most of them: the answer then says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

from corpus import shadow
from outputs.asking.arrays import Keys, Mask
from outputs.asking.columns import Columns
from outputs.asking.matching import QUOTE, TEXT, TITLE, matches, names
from outputs.asking.query import Columns as Names
from outputs.asking.query import Either, Known, Query, Term, Way
from outputs.factbase.index import index_forms
from outputs.words import rows

_NAMES = Names("issuer addressee person place", "issuer addressee person place")
_ENOUGH = 100     # facts that hold all words themselves: then these suffice
_OWN = 0.33       # of the weight of all words that the clause itself holds, when names and title hold the others
_HALF = 0.5       # that it holds, when only the text holds the others
_MOST = 0.6       # that clause, names and title hold where no source holds all words
_WHOLE = 0.999
_MOST_OF_TEXT = 0.75
_CLAUSES = (5, 6)  # directive and event among the kinds
_CLAUSE = 0.3     # what a clause is worth more than a name or number
_KEPT = 2_000     # hits that hold only most of the words
_FEWEST, _WIDEST = 2, 16   # units of a question to which this applies

_YEAR = regex.compile(r"1[0-9]{3}|20[0-9]{2}")

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
    if len(mentions) >= _ENOUGH:
        return NOTHING
    found = _Weighing(db, columns, units, documents).together(mentions)
    if len(mentions) or len(found):
        return Near(found, NOTHING.documents)
    asking = _without_question_words(units) or units
    if len(asking) < len(units):
        documents = _Texts(db, columns, asking).holding(_WHOLE)
    if not len(documents):
        return Near(*_Weighing(db, columns, asking, None).most(), most=True)
    weighing = _Weighing(db, columns, asking, documents)
    found = weighing.together(mentions)
    return Near(found if len(found) else weighing.one_of_each(), documents)


class _Texts:
    """How much of the weight of a question documents hold; rare words weigh more."""

    def __init__(self, db: sqlite3.Connection, columns: Columns, units: list[Unit]) -> None:
        self.db, self.columns, self.units = db, columns, units
        weights = [
            float(np.log((columns.documents + 1) / (len(self.keys(unit, "document", TEXT)) + 1)) + 0.1)
            for unit in units
        ]
        self.weights = [np.float32(weight / sum(weights)) for weight in weights]

    def keys(self, unit: Unit, table: str, where: Names) -> Keys:
        """The keys that hold a unit."""
        return matches(self.db, self.columns, table, _said(unit, where))

    def masks(self, where: Names) -> Iterator[Mask]:
        """For each unit the documents that hold it."""
        for unit in self.units:
            found = np.zeros(self.columns.documents, np.bool_)
            found[self.keys(unit, "document", where)] = True
            yield found

    def holding(self, least: float) -> Keys:
        """Documents whose text holds so much of the words, most first."""
        texts = np.zeros(self.columns.documents, np.float32)
        for weight, holds in zip(self.weights, self.masks(TEXT), strict=True):
            texts += holds * weight
        keys = np.flatnonzero(texts >= least)
        return keys[np.argsort(-np.round(texts[keys], 3), kind="stable")][:_KEPT].astype(np.int32)


class _Weighing:
    """How much of the weight of a question the facts of some documents hold, or all facts (None)."""

    def __init__(self, db: sqlite3.Connection, columns: Columns, units: list[Unit], documents: Keys | None) -> None:
        self.texts = _Texts(db, columns, units)
        self.db, self.columns = db, columns
        mention = columns.mention(db)
        keys = columns.of_documents(db, documents) if documents is not None else np.flatnonzero(mention["kind"])
        self.keys = keys[mention["kind"][keys] > 1].astype(np.int32)   # a date holds no clause
        self.document, self.kind = mention["document"][self.keys], mention["kind"][self.keys]
        self.length = mention["end"][self.keys] - mention["start"][self.keys]
        self.own = np.zeros(len(self.keys), np.float32)
        self.all = np.zeros(len(self.keys), np.float32)
        for unit, weight, holds, titled in zip(
            units, self.texts.weights, self.texts.masks(TEXT), self.texts.masks(TITLE), strict=True
        ):
            own = self._among(self.texts.keys(unit, "mention", QUOTE))
            named = self._among(names(db, columns, _said(unit, _NAMES, exact=False)))
            present = own | titled[self.document] | (named & holds[self.document])   # names are folded, texts are not
            if isinstance(unit, Term) and len(unit.syllables) == 1 and _YEAR.fullmatch(unit.syllables[0]):
                present |= self._of_year(int(unit.syllables[0]))
            self.own += own * weight
            self.all += present * weight

    def _among(self, keys: Keys) -> Mask:
        """Which of the facts are among these keys, both in order."""
        if not len(keys):
            return np.zeros(len(self.keys), np.bool_)
        if len(self.keys) * 8 > len(keys):
            known = np.zeros(self.columns.mentions, np.bool_)
            known[keys] = True
            found: Mask = known[self.keys]
            return found
        places = np.minimum(np.searchsorted(keys, self.keys), len(keys) - 1)
        among: Mask = keys[places] == self.keys
        return among

    def _of_year(self, year: int) -> Mask:
        first, last = (side[self.keys] for side in self.columns.days(self.db))
        within: Mask = (first > year * 10_000) & (last < (year + 1) * 10_000)
        return within

    def together(self, known: Keys) -> Keys:
        """Facts that hold all words with their names and title, and a good part of them in their own clause."""
        fit = (self.all > _WHOLE) & (self.own >= _OWN) & ~self._among(known)
        return self.keys[self._best(np.flatnonzero(fit))]

    def one_of_each(self) -> Keys:
        """Of each document the fact that holds most, if that is half of the words."""
        best = self._best(np.flatnonzero(self.own >= _HALF))
        _, first = np.unique(self.document[best], return_index=True)
        return self.keys[best[np.sort(first)]][:_KEPT]

    def most(self) -> tuple[Keys, Keys]:
        """Facts and documents that hold most of the words."""
        best = self._best(np.flatnonzero((self.all >= _MOST) & (self.own >= _OWN * _MOST)))
        return self.keys[best][:_KEPT], self.texts.holding(_MOST_OF_TEXT)

    def _best(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """By the weight of the words, directives and events first, then short clauses before long ones."""
        clause = np.isin(self.kind[places], _CLAUSES)
        score = np.round(self.own[places] + self.all[places] + _CLAUSE * clause, 3)
        return places[np.lexsort((self.keys[places], self.length[places], -score))]


def _said(unit: Unit, where: Names, *, exact: bool | None = None) -> str:
    """A unit in the full-text language: as it is marked, or all folded (`exact` False)."""
    if isinstance(unit, Either):
        return " OR ".join(f"({_said(part, where, exact=exact)})" for part in unit.parts if not isinstance(part, Query))
    if isinstance(unit, Known):
        return unit.match(where, exact=False)
    return unit.match(where, exact=unit.marked if exact is None else exact)


@cache
def _question_words() -> dict[Way, frozenset[Way]]:
    """Words with which one asks, with the words before which they are none; with and without marks."""
    found: dict[Way, frozenset[Way]] = {}
    for row in rows("search_question_words"):
        words, before = (tuple(index_forms(row[column])[0].split()) for column in ("words", "not_before"))
        for way, other in ((words, before), (tuple(map(shadow.fold, words)), tuple(map(shadow.fold, before)))):
            found[way] = found.get(way, frozenset()) | ({other} if other else set())
    return found


def _without_question_words(units: list[Unit]) -> list[Unit]:
    """The units without the words with which one asks."""
    said = [unit.syllables if isinstance(unit, Term) and not unit.quoted else ("?",) for unit in units]
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        for size in (3, 2, 1):
            words = tuple(syllable for one in said[at : at + size] for syllable in one)
            behind = said[at + size] if at + size < len(said) else ()
            if words in _question_words() and behind not in _question_words()[words]:
                at += size
                break
        else:
            kept.append(units[at])
            at += 1
    return kept

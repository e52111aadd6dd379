"""Clauses that answer a question together with what stands around them.

A directive seldom names in its clause all that a reader asks with: whom it binds may stand in the sentence before,
what it is about in the title. So a fact also answers where every word of the question stands in its clause, its names
(issuer, addressee, person, place) or the title of its document, and the clause itself holds a good part; or where the
document holds all words, and its best clause half of them. Where few facts answer so, those answer too whose
clause, names and title hold nearly all by weight. Where no source holds all words, the answer is what holds most
of them, and says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import regex
from numpy.typing import NDArray

from corpus import shadow
from extractors.facts import KINDS
from outputs.asking.arrays import Keys, Mask
from outputs.asking.columns import Columns
from outputs.asking.matching import QUOTE, TEXT, TITLE, matches, names
from outputs.asking.query import Columns as Names
from outputs.asking.query import Either, Query, Term
from outputs.asking.side_by_side import NAMES, Unit, among, as_one, paired, ways_of
from outputs.factbase.index import index_forms

_SIDES = Names("issuer addressee", "issuer addressee")
_ENOUGH = 100     # facts that hold all words themselves: then these suffice
_FEW = 20         # facts that hold all words with what stands around them: then those that hold nearly all answer too
_OWN = 0.33       # of the weight of all words that the clause itself holds, when names and title hold the others
_NEARLY = 0.7     # that clause, names and title hold where one of the words is missing, and
_TOGETHER = 1.05  # what they hold and what the clause itself holds together
_MOST = 0.6       # that clause, names and title hold where no source holds all words
_WHOLE = 0.999
_MOST_OF_TEXT = 0.75
_KINDS = np.array([0.0, 0.0, 0.1, 0.0, 0.1, 0.3, 0.3], np.float32)   # what a clause is worth more than a name or number
_COPY = 0.3       # less for what stands in a copy of another text
_KEPT = 2_000     # hits that hold only most of the words
_FEWEST, _WIDEST = 2, 16   # units of a question to which this applies
_UNITS = 4        # of which a part may be missing
_READ = 48        # of the best clauses are read, with so many characters around them:
_AROUND = 160
_BESIDE, _SIDE_BY_SIDE = 0.5, 1.0   # worth of words around the clause, and of those that stand in it side by side
_LONG, _READABLE = 0.1, 160

_YEAR = regex.compile(r"1[0-9]{3}|20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Near:
    """Facts and documents that answer so, best first; `partly` are those of the facts that hold only most of the words.
    `most`: no source holds all. `close` says of each document what part of the words its best clause holds."""

    mentions: Keys
    documents: Keys
    partly: Keys
    most: bool = False
    close: NDArray[np.float32] | None = None


_NO_KEYS: Keys = np.empty(0, np.int32)
NOTHING = Near(_NO_KEYS, _NO_KEYS, _NO_KEYS)


def near(db: sqlite3.Connection, columns: Columns, query: Query, mentions: Keys, documents: Keys) -> Near:
    """What answers besides `mentions` and `documents`, which hold all words themselves."""
    units = [as_one(part) for part in query.parts if not isinstance(part, Query)]
    if len(units) < len(query.parts) or not 0 < len(units) <= _WIDEST:
        return NOTHING
    told = np.setdiff1d(_told(db, columns, units, documents), mentions, assume_unique=True)
    if len(units) < _FEWEST or len(mentions) >= _ENOUGH:
        return replace(NOTHING, mentions=told)
    found = _Weighing(db, columns, units).found(mentions, documents)
    return replace(found, mentions=np.concatenate((found.mentions, np.setdiff1d(told, found.mentions))))


def _told(db: sqlite3.Connection, columns: Columns, units: list[Unit], documents: Keys) -> Keys:
    """Directives whose issuer and addressee hold every word: who asks with a name alone asks for these too."""
    keys: Keys | None = None
    for unit in units:
        held = names(db, columns, _said(unit, _SIDES, exact=False))
        keys = held if keys is None else np.intersect1d(keys, held, assume_unique=True)
    if keys is None or not len(keys):
        return _NO_KEYS
    mention = columns.mention(db)
    holding = np.zeros(columns.documents, np.bool_)     # names are folded, these are not
    holding[documents] = True
    told: Keys = keys[(mention["kind"][keys] == KINDS.index("directive") + 1) & holding[mention["document"][keys]]]
    return told


class _Weighing:
    """How much of the weight of a question facts hold; rare words weigh more."""

    def __init__(self, db: sqlite3.Connection, columns: Columns, units: list[Unit]) -> None:
        self.db, self.columns, self.units = db, columns, units
        weights = [
            float(np.log((columns.documents + 1) / (len(self._keys(unit, "document", TEXT)) + 1)) + 0.1)
            for unit in units
        ]
        self.weights = [np.float32(weight / sum(weights)) for weight in weights]
        self.said = [[f" {shadow.fold(' '.join(way))} " for way in ways_of(unit)] for unit in units]
        mention = columns.mention(db)
        every = np.zeros(columns.mentions, np.float32)
        held = [self._keys(unit, "mention", QUOTE) for unit in units]
        for keys, weight in zip(held, self.weights, strict=True):
            every[keys] += weight
        some = np.flatnonzero(every >= _OWN * _MOST)
        self.keys: Keys = some[mention["kind"][some] > 1].astype(np.int32)   # a date holds no clause
        self.own = every[self.keys]
        self.document, self.kind = mention["document"][self.keys], mention["kind"][self.keys]
        self.length = mention["end"][self.keys] - mention["start"][self.keys]
        self.all = np.zeros(len(self.keys), np.float32)
        for unit, weight, own, holds, titled in zip(
            units, self.weights, held, self._masks(TEXT), self._masks(TITLE), strict=True
        ):
            named = among(columns, names(db, columns, _said(unit, NAMES, exact=False)), self.keys)
            present = among(columns, own, self.keys) | titled[self.document]
            present |= named & holds[self.document]   # names are folded, texts are not
            if isinstance(unit, Term) and len(unit.syllables) == 1 and _YEAR.fullmatch(unit.syllables[0]):
                present |= self._of_year(int(unit.syllables[0]))
            self.all += present * weight
        self.nearly: Mask = (self.all >= _NEARLY) & (self.own + self.all >= _TOGETHER)
        self.paired = paired(db, columns, units, self.keys, named=True)

    def _keys(self, unit: Unit, table: str, where: Names) -> Keys:
        return matches(self.db, self.columns, table, _said(unit, where))

    def _masks(self, where: Names) -> Iterator[Mask]:
        """For each unit the documents that hold it."""
        for unit in self.units:
            found = np.zeros(self.columns.documents, np.bool_)
            found[self._keys(unit, "document", where)] = True
            yield found

    def _of_year(self, year: int) -> Mask:
        first, last = (side[self.keys] for side in self.columns.days(self.db))
        within: Mask = (first > year * 10_000) & (last < (year + 1) * 10_000)
        return within

    def found(self, mentions: Keys, documents: Keys) -> Near:
        """Facts beside `mentions`, and documents if none holds all words."""
        known = among(self.columns, mentions, self.keys)
        score = self._score()
        whole = (self.all > _WHOLE) & (self.own >= _OWN) & ~known
        if len(documents):
            whole |= self._one_of_each(documents, score) & ~known
        many = np.count_nonzero(whole) + len(mentions)
        partly = np.zeros(len(self.keys), np.bool_)
        if not many and not len(documents):
            partly = (self.all >= _MOST) & (self.own >= _OWN * _MOST)
        elif many < _FEW and len(self.units) >= _UNITS:
            partly = self.nearly & ~known & ~whole
        places = self._best(np.flatnonzero(whole), score)
        if partly.any():
            others = self._best(np.flatnonzero(partly), score)[:_KEPT]
            places = self._best(np.concatenate((places, others)), score)
        places = self._read(places, score)
        most = not many and not len(documents)
        return Near(
            self.keys[places], self._holding_most() if most else NOTHING.documents,
            np.sort(self.keys[places[partly[places]]]), most, self._close(),
        )

    def _score(self) -> NDArray[np.float32]:
        """The weight of the words, more for directives and events, less for long clauses and for copies."""
        copies = self.columns.document(self.db)["copy"][self.document]
        long = np.maximum(0.0, np.log(np.maximum(1, self.length) / _READABLE))
        score = self.own + self.all + _SIDE_BY_SIDE * self.paired + _KINDS[self.kind] - _COPY * copies - _LONG * long
        rounded: NDArray[np.float32] = np.round(score, 3).astype(np.float32)
        return rounded

    def _one_of_each(self, documents: Keys, score: NDArray[np.float32]) -> Mask:
        """Of each of these documents the fact that holds most, if that is half of the words."""
        asked = np.zeros(self.columns.documents, np.bool_)
        asked[documents] = True
        best = self._best(np.flatnonzero(self.nearly & asked[self.document]), score)
        _, first = np.unique(self.document[best], return_index=True)
        found = np.zeros(len(self.keys), np.bool_)
        found[best[np.sort(first)][:_KEPT]] = True
        return found

    def _best(self, places: NDArray[np.intp], score: NDArray[np.float32]) -> NDArray[np.intp]:
        return places[np.lexsort((self.keys[places], self.length[places], -score[places]))]

    def _read(self, places: NDArray[np.intp], score: NDArray[np.float32]) -> NDArray[np.intp]:
        """The first of these places in the order of what their words and those around them say."""
        first = places[:_READ]
        if len(first) < 2:
            return places
        marks = ",".join(map(str, self.keys[first].tolist()))
        said = {row[0]: row[1:] for row in self.db.execute(_WORDS.format(around=_AROUND, marks=marks))}
        texts = [said.get(key, ("", "")) for key in self.keys[first].tolist()]
        quotes, arounds = (_folded([pair[side] for pair in texts]) for side in (0, 1))
        more = np.array([self._beside(quote, around) for quote, around in zip(quotes, arounds, strict=True)])
        whole = np.round(score[first] + more, 3)
        order = np.lexsort((self.keys[first], self.length[first], -whole))
        return np.concatenate((first[order], places[_READ:]))

    def _beside(self, quote: str, around: str) -> float:
        """What the words around a clause add that it does not hold itself."""
        return _BESIDE * sum(
            float(weight) for ways, weight in zip(self.said, self.weights, strict=True)
            if not any(way in quote for way in ways) and any(way in around for way in ways)
        )

    def _holding_most(self) -> Keys:
        """Documents whose text holds most of the words, most first."""
        texts = np.zeros(self.columns.documents, np.float32)
        for weight, holds in zip(self.weights, self._masks(TEXT), strict=True):
            texts += holds * weight
        keys = np.flatnonzero(texts >= _MOST_OF_TEXT)
        return keys[np.argsort(-np.round(texts[keys], 3), kind="stable")][:_KEPT].astype(np.int32)

    def _close(self) -> NDArray[np.float32]:
        close = np.zeros(self.columns.documents, np.float32)
        np.maximum.at(close, self.document, self.own)
        return close


_BETWEEN = "\x1e"
_SYLLABLE = regex.compile(r"[\p{L}\p{M}\p{N}\p{Co}]++")
_WORDS = """
    SELECT m.key, m.quote, substr(d.text, max(1, m.start + 1 - {around}), min(m.start, {around})) || ' ' ||
           substr(d.text, m."end" + 1, {around})
    FROM mention m JOIN document d ON d.key = m.document WHERE m.key IN ({marks})
"""


def _folded(texts: list[str]) -> list[str]:
    """Texts as syllables without marks, a space before and behind each."""
    folded = index_forms(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts))[1]
    return [f" {' '.join(_SYLLABLE.findall(text))} " for text in folded.split(_BETWEEN)]


def _said(unit: Unit, where: Names, *, exact: bool | None = None) -> str:
    """A unit in the full-text language: as it is marked, or all folded (`exact` False)."""
    if isinstance(unit, Either):
        parts = [as_one(part) for part in unit.parts if not isinstance(part, Query)]
        return " OR ".join(f"({_said(part, where, exact=exact)})" for part in parts)
    return unit.match(where, exact=unit.marked if exact is None else exact)

"""Which hits come first: the levels of a query from the best down, and within each the places where it is met.

Within a level and place a clause comes before a mere name or number, what is mostly the words asked for before what
only holds them, and what stands in a document with the words in its title first. A full-text rank is not asked for: it
would have to be computed for every row that answers, which takes a second where a word is common.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.facts import KINDS
from outputs.asking.arrays import Keys
from outputs.asking.columns import Columns
from outputs.asking.facets import Hits
from outputs.asking.matching import QUOTE, TEXT, TITLE, levels, matches
from outputs.asking.near import Near
from outputs.asking.query import Level, Query
from outputs.asking.side_by_side import as_one, paired

_WEIGHTS = {"directive": 1.0, "event": 0.9, "decree": 0.8, "official": 0.6, "figure": 0.6, "date": 0.2}
_READABLE = 120      # characters of a clause that says enough and no more
_LENGTH = 2_500      # characters of an article
_DENSE, _LONG, _TITLED, _COPY = 1.5, 0.25, 1.0, 1.5
_SIDE_BY_SIDE = 1.5  # worth of a fact in which all words stand two and two as they were typed
_PAIRED = 1_000      # facts of one level of which this is looked at
_CLOSE = 3.0         # worth of a text of which one clause holds all the words
# Characters that a fact is found by besides its quote: see `outputs.factbase.index`. In the order of the kinds.
_MORE = {"date": 0, "decree": 30, "official": 30, "figure": 60, "directive": 0, "event": 0}


_BESIDE = {"clause": "every word, with names, title or text", "most": "most of the words"}


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers: of `mention`, or of `document`. `level` is None where only filters were given."""

    key: int
    table: str
    level: Level | None
    where: str

    @property
    def reason(self) -> str:
        """Why the row stands where it stands."""
        if self.level is None:
            return "filters, by day" if self.where != "day" else "by day"
        if self.where in _BESIDE:
            return _BESIDE[self.where]
        words = "side by side" if self.level.phrase else "every word"
        return f"{words}, {'exact' if self.level.exact else 'folded'}, in {self.where}"


def best(
    db: sqlite3.Connection, columns: Columns, query: Query, hits: Hits, beside: Near, *, offset: int, limit: int
) -> list[Found]:
    """The hits from `offset` on, best first; those `beside` come in their own order."""
    ranking = _Ranking(db, columns, query, hits, beside)
    found: list[Found] = []
    passed = 0
    for level, where, table, keys in ranking.every_place():
        if passed + len(keys) > offset:
            ordered = ranking.ordered(level, table, where, keys)
            page = ordered[max(0, offset - passed) : offset + limit - passed].tolist()
            found += [Found(key, table, level, ranking.called(where, key)) for key in page]
        passed += len(keys)
        if passed >= offset + limit:
            return found
    return found


class _Ranking:
    def __init__(self, db: sqlite3.Connection, columns: Columns, query: Query, hits: Hits, beside: Near) -> None:
        self.db, self.columns, self.query, self.hits, self.beside = db, columns, query, hits, beside
        self.levels = levels(query)
        self.last = self.levels[-1]
        self.partly = frozenset(beside.partly.tolist())
        self.shown, self.grouped = columns.shown(db)
        self.mentions = np.zeros(columns.mentions, np.bool_)     # that answer
        self.mentions[hits.mentions] = True
        self.mentions[beside.mentions] = False
        self.left = np.zeros(columns.mentions, np.bool_)         # shown, and not yet in order
        self.left[self.shown[hits.mentions]] = True
        self.documents = np.zeros(columns.documents, np.bool_)
        self.documents[hits.documents] = True
        self.titled: NDArray[np.float32] | None = None
        self.characters = max(1, sum(len(syllable) + 1 for term in query.terms() for syllable in term.syllables))

    def every_place(self) -> Iterator[tuple[Level, str, str, Keys]]:
        """Level by level the places where the query is met. What answers beside comes before running text in which
        the words are scattered."""
        scattered = [level for level in self.levels if not level.phrase]
        weighed = self.beside.close is not None and len(self.beside.mentions) > 0
        for level in self.levels:
            if level.phrase or not weighed:
                yield from self._facts(level)
                if level == self.last:
                    yield from self._clauses()
                yield from self._texts(level)
        if weighed:
            for level in scattered:
                yield from self._facts(level)
            yield from self._clauses()
            for level in scattered:
                yield from self._texts(level)
        if len(self.beside.documents):
            yield self.last, "most", "document", self._new_documents(self.beside.documents)

    def _facts(self, level: Level) -> Iterator[tuple[Level, str, str, Keys]]:
        """Titles and facts that meet a level."""
        if len(self.hits.documents):
            keys = matches(self.db, self.columns, "document", self.query.match(TITLE, level))
            yield level, "title", "document", self._new_documents(keys)
        if len(self.hits.mentions):
            keys = matches(self.db, self.columns, "mention", self.query.match(QUOTE, level))
            yield level, "quote", "mention", self._new_mentions(keys)

    def _clauses(self) -> Iterator[tuple[Level, str, str, Keys]]:
        if len(self.beside.mentions):
            self.mentions[self.hits.mentions] = True
            yield self.last, "clause", "mention", self._beside_mentions()

    def _texts(self, level: Level) -> Iterator[tuple[Level, str, str, Keys]]:
        if len(self.hits.documents):
            keys = matches(self.db, self.columns, "document", self.query.match(TEXT, level))
            yield level, "text", "document", self._new_documents(keys)

    def called(self, where: str, key: int) -> str:
        """The place of a hit, as its reason says it."""
        return "most" if where == "clause" and key in self.partly else where

    def _new_documents(self, keys: Keys) -> Keys:
        keys = keys[self.documents[keys]]
        self.documents[keys] = False
        return keys

    def _new_mentions(self, keys: Keys) -> Keys:
        keys = keys[self.mentions[keys]]
        if self.grouped[keys].any():
            keys = np.unique(self.shown[keys])
        keys = keys[self.left[keys]]
        self.left[keys] = False
        return keys

    def _beside_mentions(self) -> Keys:
        keys = self.beside.mentions
        keys = self.shown[keys[self.mentions[keys]]]
        keys = keys[self.left[keys]]
        keys = keys[np.sort(np.unique(keys, return_index=True)[1])]
        self.left[keys] = False
        return keys

    def ordered(self, level: Level, table: str, where: str, keys: Keys) -> Keys:
        """Keys of one level and place, best first; equally good ones by document and place."""
        if len(keys) < 2 or where in _BESIDE:
            return keys
        rank = self.columns.document(self.db)["rank"]
        if table == "document":
            return keys[np.lexsort((rank[keys], -self._documents(keys, where)))]
        mention = self.columns.mention(self.db)
        score = self._mentions(level, keys)
        order = mention["kind"][keys], mention["start"][keys], rank[mention["document"][keys]], -score
        return keys[np.lexsort(order)]

    def _mentions(self, level: Level, keys: Keys) -> NDArray[np.float64]:
        mention = self.columns.mention(self.db)
        kinds = mention["kind"][keys]
        length = np.maximum(1, mention["end"][keys] - mention["start"][keys]) + np.array([0, *_MORE.values()])[kinds]
        weights = np.array([0.0, *(_WEIGHTS[kind] for kind in KINDS)])
        dense = np.minimum(1.0, self.characters / length)
        long = np.maximum(0.0, np.log(length / _READABLE))
        documents = mention["document"][keys]
        score = weights[kinds] + _DENSE * dense - _LONG * long + _TITLED * self._titles()[documents]
        if not level.phrase and len(keys) <= _PAIRED:
            units = [as_one(part) for part in self.query.parts if not isinstance(part, Query)]
            score += _SIDE_BY_SIDE * paired(self.db, self.columns, units, keys, named=False)
        return self._rounded(score, documents)

    def _rounded(self, score: NDArray[np.float64], documents: Keys) -> NDArray[np.float64]:
        """The score, less where the document is a copy of another: the same words once more tell nothing new."""
        found: NDArray[np.float64] = np.round(score - _COPY * self.columns.document(self.db)["copy"][documents], 4)
        return found

    def _documents(self, keys: Keys, where: str) -> NDArray[np.float64]:
        """By how many of the facts of a document hold the words, for its length, and the words in its title."""
        length = np.maximum(1, self.columns.document(self.db)["length"][keys])
        facts = np.bincount(
            self.columns.mention(self.db)["document"][self.hits.mentions], minlength=self.columns.documents
        )[keys]
        dense = np.log1p(facts / np.sqrt(length / _LENGTH))
        if where == "text" and self.beside.close is not None:
            dense += _CLOSE * self.beside.close[keys]
        return self._rounded(dense + 2 * _TITLED * self._titles()[keys], keys)

    def _titles(self) -> NDArray[np.float32]:
        """What part of the words asked for stands in the title of each document, rare words weighing more."""
        if self.titled is None:
            self.titled = np.zeros(self.columns.documents, np.float32)
            terms = list(dict.fromkeys(term for term in self.query.terms() if not term.prefix))[:12]
            weighed = []
            for term in terms:
                keys = matches(self.db, self.columns, "document", term.match(TITLE, exact=term.marked))
                weighed.append((keys, np.log((self.columns.documents + 1) / (len(keys) + 1))))
            whole = sum(weight for _, weight in weighed) or 1.0
            for keys, weight in weighed:
                self.titled[keys] += weight / whole
        return self.titled


def by_day(
    db: sqlite3.Connection, columns: Columns, hits: Hits, *, newest: bool, offset: int, limit: int, asked: bool
) -> list[Found]:
    """The hits in order of time, those without a day last."""
    mention, document = columns.mention(db), columns.document(db)
    shown, grouped = columns.shown(db)
    keys = hits.mentions
    again = grouped[keys]
    if again.any():
        keys = np.concatenate((keys[~again], np.unique(shown[keys[again]])))
    first = np.concatenate((columns.days(db)[0][keys], document["day_first"][hits.documents])).astype(np.int64)
    first[first == 0] = -1   # began at any time
    undated = first > 99_999_999
    days = np.where(undated, np.iinfo(np.int64).max, -first if newest else first)
    need = offset + limit
    chosen = np.arange(len(days))
    if need < len(days):
        chosen = np.flatnonzero(days <= np.partition(days, need)[need])
    every = np.concatenate((keys, hits.documents))
    facts = chosen < len(keys)
    of_document = np.where(facts, mention["document"][np.where(facts, every[chosen], 0)], every[chosen])
    inside = np.where(facts, every[chosen], 0)
    order = np.lexsort((
        mention["kind"][inside], mention["end"][inside], np.where(facts, mention["start"][inside], -1),
        document["rank"][of_document], days[chosen],
    ))[offset:need]
    return [
        Found(int(every[place]), "mention" if place < len(keys) else "document", None, "day" if asked else "")
        for place in chosen[order].tolist()
    ]

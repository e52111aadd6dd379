"""The answer to a question: hits, how many in all, and counts for each filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from outputs.asking.abbreviations import expanded
from outputs.asking.arrays import Keys, Mask
from outputs.asking.columns import Columns, columns_of
from outputs.asking.errors import SearchError
from outputs.asking.facets import FACETS, Counting, Facet, Hits, provinces, within
from outputs.asking.filtering import DOCUMENT, Part, parts
from outputs.asking.hits import Hit, shown
from outputs.asking.matching import answering, without
from outputs.asking.near import NOTHING, Near, near
from outputs.asking.query import Query, parse
from outputs.asking.question import Question
from outputs.asking.question_words import without_question_words
from outputs.asking.ranking import best, by_day
from outputs.factbase import FactBase

MOST_HITS = 1_000        # of one page
MOST_OFFSET = 1_000_000

_WARM = ("person", "body", "issuer", "addressee", "decree")


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits from `offset` on, best first; `total` counts all. `also` are words that were looked for as well:
    `THADS = thi hành án dân sự`. Where `most`, no source holds all the words, and the hits hold most of them.
    `passed` are words with which one asks, and which were passed over: `khi nào`."""

    question: Question
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    offset: int = 0
    also: tuple[str, ...] = ()
    most: bool = False
    passed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON holds it."""
        return {
            "question": dict(_gathered(self.question.as_params())), "total": self.total, "offset": self.offset,
            "also": list(self.also), "most": self.most, "passed": list(self.passed),
            "hits": [hit.as_dict() for hit in self.hits],
            "facets": [asdict(facet) for facet in self.facets],
        }


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, value in pairs:
        before = found.get(name)
        found[name] = value if before is None else [*([before] if isinstance(before, str) else before), value]
    return found


def answer(
    base: FactBase, question: Question, *, limit: int = 20, offset: int = 0, facets: bool = True, language: str = "vi"
) -> Answer:
    """Hits, best first; without words facts in order of time. `language` (`vi`, `en`) is that of labels.

    Raises SearchError for what cannot be asked.
    """
    if limit < 1:
        raise SearchError("limit")
    if limit > MOST_HITS:
        raise SearchError("most", most=MOST_HITS)
    if not 0 <= offset <= MOST_OFFSET:
        raise SearchError("offset", most=MOST_OFFSET)
    with _at_one_time(base):
        columns = columns_of(base)
        asked = (question, limit, offset, facets, language)
        return columns.remembered(asked, lambda: _answer(base.db, columns, *asked))


def _answer(
    db: sqlite3.Connection, columns: Columns, question: Question, limit: int, offset: int, facets: bool, language: str
) -> Answer:
    asked, passed = without_question_words(db, columns, parse(question.words))
    query, also = expanded(db, columns, asked)
    filters = parts(db, columns, question)
    every, beside = _asked(db, columns, query, question.words)
    documents = bool(query.parts) or DOCUMENT in question.kind   # without words only where they are asked for
    hits = _under(every, filters, documents=documents)
    counting = Counting(db, columns, question, language)
    if query.parts and question.order is None:
        found = best(db, columns, query, hits, beside, offset=offset, limit=limit)
    else:
        newest = question.order == "newest"
        found = by_day(db, columns, hits, newest=newest, offset=offset, limit=limit, asked=bool(query.parts))
    counted: tuple[Facet, ...] = ()
    if facets:   # the pages of one answer have the same
        counted = columns.remembered(
            (question, language), lambda: tuple(_facets(every, filters, hits, counting, documents=documents))
        )
    return Answer(question, shown(db, query, found), counting.total(hits), counted, offset, also, beside.most, passed)


def warm(base: FactBase) -> None:
    """Read at once what questions need, so that the first is as quick as the others."""
    with _at_one_time(base):
        columns, db = columns_of(base), base.db
        columns.mention(db), columns.document(db), columns.days(db), columns.shown(db), columns.sources(db)
        columns.topic_documents(db), provinces(db, columns)
        for field in _WARM:
            columns.pairs(db, field)
        columns.cells(db), columns.years(db)
        answer(base, Question(), limit=1)


def _asked(db: sqlite3.Connection, columns: Columns, query: Query, words: str) -> tuple[Hits, Near]:
    """What the words let through: everything where there are none, without what they leave out; and what of it
    answers only with its surroundings."""
    if query.parts:
        mentions, documents = answering(db, columns, query)
        beside = columns.remembered(("near", words), lambda: near(db, columns, query, mentions, documents))
        if query.excluded and (len(beside.mentions) or len(beside.documents)):
            out = without(db, columns, query)
            beside = replace(
                beside, mentions=beside.mentions[~np.isin(beside.mentions, out[0])],
                documents=beside.documents[~np.isin(beside.documents, out[1])],
            )
        return Hits(_with(mentions, beside.mentions), _with(documents, beside.documents)), beside
    mentions = columns.made("every mention", lambda: np.flatnonzero(columns.mention(db)["kind"]).astype(np.int32))
    documents = columns.made("every document", lambda: np.flatnonzero(columns.document(db)["kind"]).astype(np.int32))
    if query.excluded:
        unwanted = without(db, columns, query)
        mentions = np.setdiff1d(mentions, unwanted[0], assume_unique=True)
        documents = np.setdiff1d(documents, unwanted[1], assume_unique=True)
    return Hits(mentions, documents, whole=not query.excluded), NOTHING


def _with(keys: Keys, others: Keys) -> Keys:
    return np.union1d(keys, others) if len(others) else keys


def _under(every: Hits, filters: list[Part], *, documents: bool) -> Hits:
    """What the filters let through of what the words let through; without `documents` only facts."""
    masks = Part("", _all([one.mentions for one in filters]), _all([one.documents for one in filters]))
    return within(every if documents else replace(every, documents=every.documents[:0]), masks)


def _all(masks: list[Mask | None]) -> Mask | None:
    known = [mask for mask in masks if mask is not None]
    return np.logical_and.reduce(known) if len(known) > 1 else known[0] if known else None


def _facets(
    every: Hits, filters: list[Part], hits: Hits, counting: Counting, *, documents: bool
) -> Iterator[Facet]:
    """The counts of each filter; one that is in use is left out of its own."""
    used = {one.field for one in filters}
    for name in FACETS:
        counted = hits
        others = [one for one in filters if one.field != name]
        if name in used:
            counted = _under(every, others, documents=documents or name == "kind")
        elif name == "kind" and not documents:
            texts = _under(Hits(every.mentions[:0], every.documents), others, documents=True).documents
            counted = Hits(hits.mentions, texts)
        if facet := counting.facet(name, counted):
            yield facet


@contextmanager
def _at_one_time(base: FactBase) -> Iterator[None]:
    """Everything that is read inside is of one moment, even while a build writes."""
    if not base.reading or base.db.in_transaction:
        yield
        return
    base.db.execute("BEGIN")
    try:
        yield
    finally:
        if base.db.in_transaction:   # a question that took too long may have ended it
            base.db.execute("ROLLBACK")

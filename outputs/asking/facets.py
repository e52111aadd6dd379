"""Counts beside the choices of each filter, right for the question as it stands.

The count of a choice is the number of hits there would be with this choice as the only one of its filter. Everything is
counted; only the choices shown are the most frequent (`Facet.more` says how many others there are).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import tables
from extractors.facts import KINDS
from outputs.asking import named
from outputs.asking.arrays import Keys, Pairs, Years
from outputs.asking.columns import Columns
from outputs.asking.fields import fields
from outputs.asking.filtering import DOCUMENT, Part, part
from outputs.asking.question import Question

MOST = 10        # choices of a filter that are shown
_MOST_SPANS = 40 # years or decades
_YEARS = 30      # from so many years on decades are counted
_CELLS = ("kind", "force", "event_type", "planned")
_PEOPLE = ("person", "body", "issuer", "addressee", "decree")
FACETS = (
    "kind", "force", "event_type", "planned", "issuer", "addressee", "person", "body", "decree", "place", "topic",
    "source", "document_kind", "year", "published",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter could have, or has: `count` is how many hits there would be with it alone in the filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its choices, most hits first (years in order). `more` is how many further values it has.

    `name` is the field of Question (`year` and `published` set its spans of time; see `Question.toggled`); `label` what
    readers call it. Choices of a person, body, issuer, addressee or decree are ids.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Hits:
    """The mentions and documents that answer: `mentions` before those said again are made one."""

    mentions: Keys
    documents: Keys
    whole: bool = False   # every mention there is


class Counting:
    """Counts of the hits of one question."""

    def __init__(self, db: sqlite3.Connection, columns: Columns, question: Question, language: str) -> None:
        self.db, self.columns, self.question, self.language = db, columns, question, language
        self.shown, self.grouped = columns.shown(db)
        self._counted: tuple[Hits, NDArray[np.int64]] | None = None
        self._cells: tuple[Hits, NDArray[np.int64]] | None = None
        self._asked = question.values()

    def total(self, hits: Hits) -> int:
        """How many hits there are."""
        if not self._any_again(hits.mentions):
            return len(hits.mentions) + len(hits.documents)
        again = hits.mentions[self.grouped[hits.mentions]]
        return len(hits.mentions) - len(again) + len(np.unique(self.shown[again])) + len(hits.documents)

    def facet(self, name: str, hits: Hits) -> Facet | None:
        """The choices of a filter; None where there is nothing to choose."""
        counts, values = _COUNT[name](self, name, hits)
        if name in ("year", "published"):
            return self._spans(name, hits, counts, values)
        best = _most(counts, MOST)
        choices = [
            Choice(value, label, int(counts[place]), self.question.chosen(name, value))
            for place, (value, label) in zip(best.tolist(), values(best.tolist()), strict=True)
        ]
        more = int(np.count_nonzero(counts)) - len(choices)
        return self._with_chosen(name, choices, hits, more)

    def _with_chosen(self, name: str, choices: list[Choice], hits: Hits, more: int) -> Facet | None:
        """The facet, with what is chosen but is not among the most frequent."""
        listed = {choice.value for choice in choices}
        for field, value in self._asked:
            if field == name and value not in listed:
                alone = part(self.db, self.columns, name, (value,))
                choices.append(Choice(value, self._label(name, value), self.total(within(hits, alone)), True))
        label = fields()[name].label(self.language)
        return Facet(name, label, tuple(choices), max(0, more)) if choices else None

    def _label(self, name: str, value: str) -> str:
        table = {"issuer": "body", "addressee": "body"}.get(name, name)
        if table in ("person", "body"):
            row = self.db.execute(f"SELECT name FROM {table} WHERE id = ?", (value,)).fetchone()
            return value if row is None else str(row[0])
        if table == "decree":
            row = self.db.execute(f"{_DECREE} WHERE id = ?", (value,)).fetchone()
            return value if row is None else str(row[2])
        return fields()[name].value_label(value, self.language)

    def _spans(self, name: str, hits: Hits, counts: NDArray[np.int64], values: Values) -> Facet | None:
        best = np.sort(_most(counts, _MOST_SPANS))
        choices = [
            Choice(value, label, int(counts[place]), self.question.chosen(name, value))
            for place, (value, label) in zip(best.tolist(), values(best.tolist()), strict=True)
        ]
        label = fields()["since" if name == "year" else "published_since"].label(self.language)
        more = int(np.count_nonzero(counts)) - len(choices)
        return Facet(name, _SPAN_LABELS.get((name, self.language), label), tuple(choices), more) if choices else None

    # -- tallies

    def tally(self, mentions: Keys, ids: NDArray[np.integer], size: int) -> NDArray[np.int64]:
        """How many hits have each id; what is said again counts once."""
        if not self._any_again(mentions):
            return np.bincount(ids, minlength=size)
        again = self.grouped[mentions]
        both = np.unique(self.shown[mentions[again]].astype(np.int64) * size + ids[again])
        return np.bincount(ids[~again], minlength=size) + np.bincount(both % size, minlength=size)

    def _any_again(self, mentions: Keys) -> bool:
        """Whether some of these mentions, which are in order, are said several times."""
        repeated = self.columns.made("repeated", lambda: np.flatnonzero(self.grouped).astype(np.int32))
        if not len(mentions) or not len(repeated):
            return False
        places = np.minimum(np.searchsorted(mentions, repeated), len(mentions) - 1)
        return bool((mentions[places] == repeated).any())

    def per_document(self, hits: Hits) -> NDArray[np.int64]:
        """How many hits each document has."""
        if self._counted is None or self._counted[0] is not hits:
            self._counted = hits, self._per_document(hits)
        return self._counted[1]

    def _per_document(self, hits: Hits) -> NDArray[np.int64]:
        mentions = hits.mentions
        if self._any_again(mentions):
            again = self.grouped[mentions]
            mentions = np.concatenate((mentions[~again], np.unique(self.shown[mentions[again]])))
        found = np.bincount(self.columns.mention(self.db)["document"][mentions], minlength=self.columns.documents)
        found[hits.documents] += 1
        return found

    def kinds(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        counts = self._by_cell(hits, 0, len(KINDS))
        return np.append(counts, len(hits.documents)), self._listed(name, (*KINDS, DOCUMENT))

    def codes(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        choices = tuple(fields()[name].choices)
        return self._by_cell(hits, _CELLS.index(name), len(choices)), self._listed(name, choices)

    def _by_cell(self, hits: Hits, place: int, size: int) -> NDArray[np.int64]:
        cells, table = self.columns.cells(self.db)
        if self._cells is None or self._cells[0] is not hits:
            def count() -> NDArray[np.int64]:
                return self.tally(hits.mentions, cells[hits.mentions], len(table))

            self._cells = hits, self.columns.made("cells of all", count) if hits.whole else count()
        return np.bincount(table[:, place], weights=self._cells[1], minlength=size + 1).astype(np.int64)[1:]

    def pairs(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        pairs = self.columns.pairs(self.db, name)
        counts = self._of_pairs(pairs, hits, None if name in ("issuer", "addressee") else name)
        table = {"issuer": "body", "addressee": "body"}.get(name, name)
        return counts, lambda keys: self._rows(table, keys)

    def places(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        names = province_names()
        counts = self._of_pairs(provinces(self.db, self.columns), hits, "place")
        return counts, lambda places: [(names[place], names[place]) for place in places]

    def _of_pairs(self, pairs: Pairs, hits: Hits, documents: str | None) -> NDArray[np.int64]:
        counts = self.tally(*pairs.ids_of(hits.mentions), pairs.size)
        if documents is not None and len(hits.documents):
            of_documents = self.columns.made(f"documents of {documents}", lambda: self._by_document(pairs))
            counts = counts + np.bincount(of_documents.ids_of(hits.documents)[1], minlength=pairs.size)
        return counts

    def _by_document(self, pairs: Pairs) -> Pairs:
        documents = self.columns.mention(self.db)["document"][pairs.mentions].astype(np.int64)
        both = np.unique(documents * pairs.size + pairs.ids)
        return Pairs.of(both // pairs.size, both % pairs.size, pairs.size, self.columns.documents)

    def topics(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        """A fact is on the topics of its document, and on those of its own words."""
        of_documents = self.columns.topic_documents(self.db)
        own = self.columns.made("own topics", lambda: self._own_topics(of_documents))
        size = max(of_documents.size, own.size)
        often = self.per_document(hits)
        documents, topics = of_documents.ids_of(np.flatnonzero(often).astype(np.int32))
        counts = np.bincount(topics, weights=often[documents], minlength=size).astype(np.int64)
        counts += self.tally(*own.ids_of(hits.mentions), size)
        return counts, lambda keys: self._rows("topic", keys)

    def _own_topics(self, of_documents: Pairs) -> Pairs:
        """Topics of mentions whose documents are not on them."""
        own = self.columns.topic_mentions(self.db)
        size = max(own.size, of_documents.size)
        known = np.unique(of_documents.mentions.astype(np.int64) * size + of_documents.ids)
        said = self.columns.mention(self.db)["document"][own.mentions].astype(np.int64) * size + own.ids
        new = ~np.isin(said, known)
        return Pairs.of(own.mentions[new], own.ids[new], size, self.columns.mentions)

    def sources(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        names, places = self.columns.sources(self.db)
        counts = np.bincount(places, weights=self.per_document(hits), minlength=len(names) + 1)
        return counts.astype(np.int64)[1:], lambda chosen: [(names[place], names[place]) for place in chosen]

    def document_kinds(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        choices = tuple(fields()[name].choices)
        kinds = self.columns.document(self.db)["kind"]
        counts = np.bincount(kinds, weights=self.per_document(hits), minlength=len(choices) + 1)
        return counts.astype(np.int64)[1:], self._listed(name, choices)

    def years(self, name: str, hits: Hits) -> tuple[NDArray[np.int64], Values]:
        """How many hits touch each year, or each decade where they reach far."""
        years = self.columns.years(self.db)
        size = years.size + 3
        if name == "published":
            weights = self.per_document(hits)
            begins, ends = (np.bincount(side, weights, size).astype(np.int64) for side in years.spans["published"])
            return _touched(years, begins, ends)
        keys, again = hits.mentions, hits.mentions[:0]
        if self._any_again(keys):
            grouped = self.grouped[keys]
            keys, again = keys[~grouped], keys[grouped]
        begins, ends = (
            np.bincount(mention[keys], minlength=size) + np.bincount(document[hits.documents], minlength=size)
            for mention, document in zip(years.spans["mention"], years.spans["document"], strict=True)
        )
        begin, end = (side[again] for side in years.spans["mention"])
        return _touched(years, begins, ends, (self.shown[again], begin, end))

    def _listed(self, name: str, choices: Iterable[str]) -> Values:
        values = tuple(choices)
        field = fields()[name]
        return lambda places: [(values[place], field.value_label(values[place], self.language)) for place in places]

    def _rows(self, table: str, keys: list[int]) -> list[tuple[str, str]]:
        marks = ", ".join("?" * len(keys))
        sql = {"topic": "SELECT key, name, name FROM topic", "decree": _DECREE}.get(
            table, f"SELECT key, id, name FROM {table}"
        )
        found = {row[0]: (row[1], row[2]) for row in self.db.execute(f"{sql} WHERE key IN ({marks})", keys)}
        return [found.get(key, (str(key), str(key))) for key in keys]


Values = Callable[[list[int]], list[tuple[str, str]]]
_Count = Callable[[Counting, str, Hits], tuple[NDArray[np.int64], Values]]
_COUNT: dict[str, _Count] = {
    "kind": Counting.kinds, "force": Counting.codes, "event_type": Counting.codes, "planned": Counting.codes,
    **dict.fromkeys(_PEOPLE, Counting.pairs), "place": Counting.places, "topic": Counting.topics,
    "source": Counting.sources, "document_kind": Counting.document_kinds, "year": Counting.years,
    "published": Counting.years,
}
_SPAN_LABELS = {
    ("year", "vi"): "Thời gian", ("year", "en"): "Time", ("published", "vi"): "Ngày đăng, ban hành",
    ("published", "en"): "Date of publication",
}
_DECREE = """
    SELECT key, id, coalesce(CASE WHEN number IS NULL THEN upper(substr(doc_type, 1, 1)) || substr(doc_type, 2)
           || coalesce(' ' || title, '') || coalesce(' ' || year, '') END, number, id) FROM decree
"""


def _most(counts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The places of the highest counts, none of them 0; equal ones in order of place."""
    some = np.flatnonzero(counts)
    if len(some) > most:
        least = np.partition(counts[some], len(some) - most)[len(some) - most]
        some = some[counts[some] >= least]
    return some[np.lexsort((some, -counts[some]))][:most]


def within(hits: Hits, part: Part) -> Hits:
    """The hits that a filter lets through."""
    if part.mentions is None:
        mentions = hits.mentions
    elif hits.whole:
        mentions = np.flatnonzero(part.mentions).astype(np.int32)
    else:
        mentions = hits.mentions[part.mentions[hits.mentions]]
    documents = hits.documents if part.documents is None else hits.documents[part.documents[hits.documents]]
    return Hits(mentions, documents, hits.whole and part.mentions is None)


def province_names() -> tuple[str, ...]:
    """The provinces of today and before, as choices of a place."""
    return tuple(row["name"] for row in tables.table("corpus", "provinces"))


def provinces(db: sqlite3.Connection, columns: Columns) -> Pairs:
    """Which mentions are at which province, just as the filter `place` says."""
    def make() -> Pairs:
        found = []
        for place, name in enumerate(province_names()):
            keys = columns.cached(("at place", name), lambda name=name: np.fromiter(  # type: ignore[misc]
                sorted(named.at_place(db, name)), np.int32
            ))
            found.append(np.column_stack((keys, np.full(len(keys), place, np.int64))).astype(np.int64))
        pairs = columns.sorted_pairs(np.concatenate(found))
        return Pairs(pairs.mentions, pairs.ids, len(province_names()), pairs.starts)
    return columns.made("pairs place", make)


def _touched(
    years: Years, begins: NDArray[np.int64], ends: NDArray[np.int64], again: tuple[NDArray[Any], ...] = ()
) -> tuple[NDArray[np.int64], Values]:
    """How many spans touch each year or decade, of how many begin and end in each year; `again` are hits said several
    times: under which they are shown, first and last year."""
    some = np.flatnonzero(begins[1 : years.size + 1] + ends[1 : years.size + 1])
    if again and len(again[0]):
        inside = [year - 1 for side in again[1:] for year in side.tolist() if 1 <= year <= years.size]
        some = np.concatenate((some, np.array(inside, np.int64)))
    if not len(some):
        return np.empty(0, np.int64), lambda places: []
    lowest, highest = int(some.min()) + years.lowest, int(some.max()) + years.lowest
    width = 1 if highest - lowest < _YEARS else 10
    firsts = np.arange(lowest // width * width, highest + 1, width)
    low = np.clip(firsts - years.lowest + 1, 1, years.size)
    high = np.clip(firsts + width - years.lowest, 1, years.size)
    counts = np.cumsum(begins)[high] - np.cumsum(ends)[low - 1]
    if again and len(again[0]):
        for place, (a, b) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            counts[place] += len(np.unique(again[0][(again[1] <= b) & (again[2] >= a) & (again[1] <= years.size + 1)]))
    return counts, lambda places: [_years(int(firsts[place]), width) for place in places]


def _years(first: int, width: int) -> tuple[str, str]:
    last = first + width - 1
    return (f"{first:04}", f"{first:04}") if width == 1 else (f"{first:04}/{last:04}", f"{first:04}–{last:04}")

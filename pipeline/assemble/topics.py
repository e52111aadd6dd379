"""Topics: what documents, directives and events are about.

From the lexicon: a field of work (`fields_of_work.tsv`) that stands in a document's title, or often enough in its text
(`history_weights.tsv`, group `topic`). From the archive: its key phrases (pipeline/assemble/key_phrases.py), of which a
document carries the five heaviest that it uses three times, or twice and in its title; a phrase is a topic where
three independent documents carry it. Weight is tf-idf: uses × ln(N / documents that hold the phrase), N documents in
all, copies aside (Salton and Buckley 1988, "Term-weighting approaches in automatic text retrieval", weighting `nt`).
A directive or an event carries each topic that its own words hold.

Of phrases one inside the other only the longest is counted in its place. Documents are read one by one; in memory are
24 bytes for each name that a document may carry.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import log

import ahocorasick

from corpus.shadow import fold
from extractors.body_words import fields as fields_of_work
from outputs.factbase.index import one_spelling
from outputs.words import rows
from pipeline.assemble.key_phrases import empty_phrases, kept, key_phrases_once, plain

_FEWEST_USES = 3     # of a phrase in a document that carries it; in one whose title holds it, one less
_MOST = 5            # phrases that a document carries
_FEWEST_DOCUMENTS = 3
_JOINERS = (" và ", ", ", " - ", " & ")  # a name in the lexicon is without them: `giáo dục và đào tạo`


class _Finder:
    """Finds phrases as whole words; of several in one place the longest."""

    def __init__(self, written: dict[str, str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, name in written.items():
            self._automaton.add_word(form, (len(form), name))
        self._automaton.make_automaton()

    def count(self, text: str) -> Counter[str]:
        """How often each phrase stands in a plain text (see key_phrases.plain)."""
        if not len(self._automaton):
            return Counter()
        within = f" {text} "   # so that each place has one before and one after it
        return Counter([
            name for end, (length, name) in self._automaton.iter_long(within)
            if not within[end - length].isalnum() and not within[end + 1].isalnum()
        ])


@dataclass(slots=True)
class Found:
    """What the texts of an archive say: its key phrases, and which document uses which name how often."""

    phrases: tuple[str, ...]
    sources: int = 0                                          # documents, copies aside
    holding: dict[str, int] = field(default_factory=dict)     # how many of them hold each name
    carried: array[int] = field(default_factory=lambda: array("q"))   # number of the name, key of the document, uses

    def names(self) -> list[str]:
        """Fields of work and key phrases, in order: the places of the numbers."""
        return sorted(_fields().union(self.phrases))

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Number of the name from 1, key of the document, uses."""
        values = iter(self.carried)
        return zip(values, values, values, strict=True)


def assemble_topics(db: sqlite3.Connection) -> str:
    """Fill `topic` and what carries topics, after copies are known; gives what `meta` is to keep of key phrases."""
    sample, phrases = key_phrases_once(db)
    found = find_topics(db, phrases)
    fields, names = _fields(), found.names()
    keys = {name: key for key, name in enumerate(names, 1)}
    db.executemany(
        "INSERT INTO topic (key, name, folded, basis, documents) VALUES (?, ?, ?, ?, ?)",
        [
            (keys[name], name, fold(name), "lexicon" if name in fields else "phrase", found.holding.get(name, 0))
            for name in names
        ],
    )
    weight = [0.0, *(log(found.sources / found.holding[name]) if name in found.holding else 0.0 for name in names)]
    db.executemany(
        "INSERT INTO topic_document (topic, document, uses, weight) VALUES (?, ?, ?, ?)",
        ((topic, document, uses, round(uses * weight[topic], 3)) for topic, document, uses in found.rows()),
    )
    _keep_heaviest(db)
    carried = {row["name"] for row in db.execute("SELECT name FROM topic")}
    finder = _Finder({form: name for form, name in _written(names, fields).items() if name in carried})
    told = db.execute("SELECT key, quote FROM mention WHERE kind IN ('directive', 'event') ORDER BY key")
    db.executemany(
        "INSERT INTO topic_mention (topic, mention) VALUES (?, ?)",
        ((keys[name], row["key"]) for row in told for name in finder.count(plain(row["quote"]))),
    )
    return kept(sample, phrases)


@cache
def _fields() -> frozenset[str]:
    return frozenset(one_spelling(field) for field in fields_of_work() if " " in field) - empty_phrases()


def _written(names: Iterable[str], fields: frozenset[str]) -> dict[str, str]:
    """Each name as texts may write it: with joiners between two fields."""
    written: dict[str, str] = {}
    for name in names:
        for form in (name, *_joined(name, fields)) if name in fields else (name,):
            written[form] = name
    return written


def _joined(name: str, fields: frozenset[str]) -> Iterator[str]:
    syllables = name.split(" ")
    for cut in range(1, len(syllables)):
        left, right = " ".join(syllables[:cut]), " ".join(syllables[cut:])
        if left in fields and right in fields:
            yield from (left + joiner + right for joiner in _JOINERS)


def find_topics(db: sqlite3.Connection, phrases: tuple[str, ...]) -> Found:
    """Read all texts."""
    found = Found(phrases)
    rule = {row["name"]: float(row["value"]) for row in rows("history_weights") if row["group"] == "topic"}
    fields, names = _fields(), found.names()
    keys = {name: key for key, name in enumerate(names, 1)}
    finder = _Finder(_written(names, fields))
    holding: Counter[str] = Counter()
    for row in db.execute("SELECT key, title, text, copy_of FROM document ORDER BY key"):
        text, title = plain(row["text"]), finder.count(plain(row["title"] or ""))
        uses = finder.count(text)
        if row["copy_of"] is None:
            holding.update(uses.keys())
            found.sources += 1
        for name, number in uses.items():
            if number == 1 and name not in title:
                continue   # as most are
            enough = (
                name in title or (number >= rule["mentions"] and len(text) <= number * rule["characters_per_mention"])
                if name in fields else number >= _FEWEST_USES - (name in title)
            )
            if enough:
                found.carried.extend((keys[name], row["key"], number))
    found.holding = dict(holding)
    return found


_LIGHTER = """
    DELETE FROM topic_document WHERE (topic, document) IN (
        SELECT topic, document FROM (
            SELECT x.topic, x.document,
                   row_number() OVER (PARTITION BY x.document ORDER BY x.weight DESC, t.name) AS rank
            FROM topic_document x JOIN topic t ON t.key = x.topic WHERE t.basis = 'phrase'
        ) WHERE rank > ?
    )
"""


def _keep_heaviest(db: sqlite3.Connection) -> None:
    """Of phrases the five heaviest of each document, where three independent documents carry them."""
    db.execute(_LIGHTER, (_MOST,))
    db.execute(
        "DELETE FROM topic WHERE key NOT IN ("
        " SELECT x.topic FROM topic_document x JOIN document d ON d.key = x.document JOIN topic t ON t.key = x.topic"
        " GROUP BY x.topic HAVING count(CASE WHEN d.copy_of IS NULL THEN 1 END) >="
        " CASE WHEN t.basis = 'phrase' THEN ? ELSE 1 END)", (_FEWEST_DOCUMENTS,)
    )
    db.execute("DELETE FROM topic_document WHERE topic NOT IN (SELECT key FROM topic)")

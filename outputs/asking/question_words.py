"""Words with which one asks (`ai`, `khi nào`, `bao nhiêu`): no source needs to hold them.

They are passed over as soon as other words stay that say enough; the words on both sides of one are then no longer
looked for side by side. A question that a source holds as it was typed keeps them: it was a quotation.
"""

from __future__ import annotations

import sqlite3
from functools import cache

from corpus import shadow
from outputs.asking.columns import Columns
from outputs.asking.matching import QUOTE, TEXT, matches
from outputs.asking.query import Level, Node, Query, Term, Way, with_parts
from outputs.factbase.index import index_forms
from outputs.words import rows

_ENOUGH = 2     # words that stay
_LONGEST = 3    # typed words of one entry of the table
_AS_TYPED = Level(phrase=True, exact=False)


def without_question_words(db: sqlite3.Connection, columns: Columns, query: Query) -> tuple[Query, tuple[str, ...]]:
    """The query without the words with which one asks, and those words as they were typed."""
    kept, runs, passed = _split(query)
    if not passed or len(kept) < _ENOUGH or _is_held(db, columns, query):
        return query, ()
    return with_parts(query, tuple(kept), tuple(runs)), tuple(passed)


def _split(query: Query) -> tuple[list[Node], list[tuple[int, int]], list[str]]:
    """The parts that stay, the runs that they stand in, and what is passed over."""
    inside = {number: (run, last) for run, (first, last) in enumerate(query.runs) for number in range(first, last)}
    kept: list[Node] = []
    passed: list[str] = []
    run_of: list[tuple[int, int]] = []   # of each that stays: its run, and after how many words passed over
    at = 0
    while at < len(query.parts):
        run, last = inside.get(at, (-1 - at, at + 1))
        if size := _asking(query.parts[at:last]):
            passed.append(" ".join(part.written for part in query.parts[at : at + size] if isinstance(part, Term)))
            at += size
            continue
        kept.append(query.parts[at])
        run_of.append((run, len(passed)))
        at += 1
    runs: list[tuple[int, int]] = []
    for number, one in enumerate(run_of):
        if number and one == run_of[number - 1]:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return kept, [(first, last) for first, last in runs if last - first > 1], passed


def _asking(parts: tuple[Node, ...]) -> int:
    """How many of the first parts are words with which one asks."""
    said = [part.syllables if isinstance(part, Term) and not (part.quoted or part.prefix) else ("?",)
            for part in parts[: _LONGEST + 1]]
    for size in range(min(_LONGEST, len(said)), 0, -1):
        words = tuple(syllable for one in said[:size] for syllable in one)
        behind = said[size] if size < len(said) else ()
        if words in _known() and behind not in _known()[words]:
            return size
    return 0


def _is_held(db: sqlite3.Connection, columns: Columns, query: Query) -> bool:
    """Some source holds the question as it was typed, its words side by side."""
    if not query.runs:
        return False
    return any(
        len(matches(db, columns, table, query.match(where, _AS_TYPED)))
        for table, where in (("mention", QUOTE), ("document", TEXT))
    )


@cache
def _known() -> dict[Way, frozenset[Way]]:
    """Words with which one asks, with the words before which they are none; with and without marks."""
    found: dict[Way, frozenset[Way]] = {}
    for row in rows("search_question_words"):
        words, before = (tuple(index_forms(row[column])[0].split()) for column in ("words", "not_before"))
        for way, other in ((words, before), (tuple(map(shadow.fold, words)), tuple(map(shadow.fold, before)))):
            found[way] = found.get(way, frozenset()) | ({other} if other else set())
    return found

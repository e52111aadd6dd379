"""What each clause of an event says (`said`), kept in `event_said`: made once, when its document comes or changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from outputs.factbase.names import content_id
from pipeline.assemble.events.model import limit
from pipeline.assemble.events.said import Said, said

_CLAUSES = """
    SELECT m.key, m.quote FROM document_changed c
    CROSS JOIN mention m ON m.document = c.document AND m.kind = 'event' ORDER BY m.key
"""
_OLD = "DELETE FROM event_said WHERE mention IN (SELECT key FROM document_changed c JOIN mention m USING (document))"


def assemble_said(db: sqlite3.Connection) -> None:
    """Fill `event_said` for the documents that changed."""
    db.execute(_OLD)
    db.executemany("INSERT INTO event_said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(db))


def _rows(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    for mention, quote in db.execute(_CLAUSES).fetchall():
        one = said(quote)
        yield (
            mention, " ".join(sorted(one.words)), "\n".join(sorted(one.names)), "\n".join(one.people),
            _lines(one.places), _lines(one.counts), one.clock, "\n".join(sorted(one.happenings)), _wording(one),
        )


def _wording(one: Said) -> str | None:
    if len(one.words) < limit("word for word"):
        return None
    numbers = sorted({" ".join(pair) for pair in (*one.counts, *one.places)})   # `words` have no figures
    return content_id("words", *sorted(one.words), *numbers)


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(map("\t".join, pairs))


def parts(kept: str) -> tuple[str, ...]:
    """What a column holds, a line each."""
    return tuple(kept.split("\n")) if kept else ()


def pairs(kept: str) -> tuple[tuple[str, str], ...]:
    """The same of pairs."""
    found = (line.partition("\t") for line in parts(kept))
    return tuple((first, second) for first, _, second in found)

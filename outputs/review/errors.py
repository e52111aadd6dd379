"""What can be wrong with corrections, and what to do about it; the sentences stand in outputs/data/review_words.tsv."""

from __future__ import annotations

import sqlite3

from outputs.factbase import FactBaseError
from outputs.review.words import say

_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_OURS = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)

_GIVEN = frozenset({"id", "value", "given", "field", "kind", "verb", "person"})    # values from outside,
_MOST = 80       # of which so many characters are told


class ReviewError(FactBaseError):
    """A correction cannot be read or kept; the message says why and what to do, `told` says it in either language.

    `key` names the sentence: `failure.review.unknown`, …
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = f"failure.review.{key}"
        self.values = {
            name: value[:_MOST] + "…" if name in _GIVEN and isinstance(value, str) and len(value) > _MOST else value
            for name, value in values.items()
        }
        super().__init__(self.told("en"))

    @property
    def vietnamese(self) -> str:
        """The message for the command line."""
        return self.told("vi")

    def told(self, language: str) -> str:
        """The message in `vi` or `en`."""
        return say(self.key, language, **self.values)


class StaleReview(ReviewError):
    """The fact, or what is said of it, changed since the reviewer looked at it."""

    def __init__(self) -> None:
        super().__init__("stale")


class FieldError(ReviewError):
    """A field cannot hold that value; `field` is its name."""

    def __init__(self, key: str, field: str, **values: object) -> None:
        self.field = field
        super().__init__(key, field=field, **values)


def of_sqlite(error: sqlite3.Error, place: object) -> ReviewError | None:
    """What to do about an error that the disk or another program causes; None for one that is our own."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF   # the rest says how it was met
    for codes, key in ((_NO_ROOM, "full"), (_NOT_WRITABLE, "read_only"), (_IN_USE, "locked"), (_NOT_OURS, "not_ours")):
        if code in codes:
            return ReviewError(key, place=place)
    return None

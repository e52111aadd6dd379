"""What can be wrong with a fact base, and what to do about it."""

from __future__ import annotations

import sqlite3

_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class FactBaseError(Exception):
    """The file cannot be used as a fact base; the message says why and what to do."""


def told(error: BaseException | None, place: str) -> FactBaseError | None:
    """What to do about an error that the disk or another program causes; None for one that is our own."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF   # the rest says how it was met
    if code in _NO_ROOM:
        return FactBaseError(
            f"{place}: nothing more can be stored ({error}); make room there and run the same command again: "
            "it goes on from here"
        )
    if code in _IN_USE:
        return FactBaseError(f"{place}: another program is writing to it; close it and run the same command again")
    return None

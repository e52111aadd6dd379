"""How assembly writes: tables that are made anew from rows that are there, many rows at once."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_CACHE = 48 * 1024        # KiB of pages in memory of each database
_COLLECTED = 100_000      # new objects among which Python looks for cycles; of its own accord it does at 700


@contextmanager
def in_bulk(db: sqlite3.Connection, *databases: str) -> Iterator[None]:
    """No row that is written is checked for those that it points at, and none that goes takes others with it; `sulieu
    verify` checks them all, and so do the tests of assembly. To be called outside a transaction.

    Pages of these databases, and of temporary tables, stay in memory.
    """
    keys = db.execute("PRAGMA foreign_keys").fetchone()[0]
    often = gc.get_threshold()
    db.execute("PRAGMA foreign_keys = OFF")
    for name in ("temp", *databases):
        db.execute(f"PRAGMA {name}.cache_size = -{_CACHE}")
    gc.set_threshold(_COLLECTED, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        db.execute(f"PRAGMA foreign_keys = {keys}")

"""Which decisions of researchers an assembly has honoured: a build tells by it that there are others now."""

from __future__ import annotations

import sqlite3

from outputs.factbase import FactBase
from outputs.review import Corrections, Reviews, corrections

_KEPT = "reviews"     # in `meta`: the corrections that were honoured


def changed_reviews(base: FactBase) -> bool:
    """Whether what researchers say comes to something else than what was honoured last. Raises ReviewError."""
    return (base.meta(_KEPT) or "") != corrections(base, Reviews.beside(base)).as_json()


def keep_reviews(base: FactBase) -> None:
    """Keep what the assembly at hand is to honour, for both of its halves. Raises ReviewError."""
    said = corrections(base, Reviews.beside(base)).as_json()
    if said != (base.meta(_KEPT) or ""):
        base.set_meta(_KEPT, said)


def kept_reviews(db: sqlite3.Connection) -> Corrections:
    """What was kept so; `db` may have the fact base attached."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_KEPT,)).fetchone()
    return Corrections.read(row[0] if row else None)

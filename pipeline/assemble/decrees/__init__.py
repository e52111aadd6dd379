"""Acts across documents: one node for each, what is said of it, what it does to others, and what it is cited for.

Joining is `joining`, values beside each other `values`, relations over all documents `linking`. One pass over the texts
(`pages`) finds what each citation is for (`purposes`) and the days in force (`force`). Rules: docs/decrees.md.
"""

from __future__ import annotations

import sqlite3

from pipeline.assemble.decrees.joining import cite, drop, join
from pipeline.assemble.decrees.linking import assemble_decree_relations
from pipeline.assemble.decrees.pages import read_pages
from pipeline.assemble.decrees.values import store


def assemble_decrees(db: sqlite3.Connection) -> None:
    """Fill `decree` and the tables beside it (docs/decrees.md). In memory is one act or one document at a time."""
    db.execute("DELETE FROM decree_citation")
    cite(db)
    join(db)
    partial = read_pages(db)
    store(db)
    assemble_decree_relations(db, partial)
    drop(db)

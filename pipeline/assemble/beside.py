"""Steps of assembly in another process beside the others, of which they need nothing: acts and events, then topics.

The other process reads the facts and writes what it assembles to a file of its own, since a fact base has one writer.
The same functions fill the same tables there; only names of tables that the file has not are looked up in the facts.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.errors import ReadError, Reason
from corpus.isolated import Isolated
from pipeline.assemble.bulk import in_bulk
from pipeline.assemble.reviewed import honoured

_LONGEST = 6 * 3600.0   # seconds
# The tables that a step fills; rows come after those that they point at.
TABLES = {
    "acts": (
        "decree", "decree_mention", "decree_value", "decree_candidate", "decree_citation", "decree_relation",
        "decree_relation_source", "event", "event_mention",
    ),
    "topics": ("topic", "topic_document", "topic_mention"),
}


def made_beside(step: str, facts: str, target: str) -> Any:
    """Make a step of a fact base in a new file; what `made` gives, None where the other process ends without it."""
    try:
        return Isolated("pipeline.assemble.beside:made", seconds=_LONGEST)(step, facts, target)
    except ReadError:
        return None


def made(step: str, facts: str, target: str) -> str:
    """What the other process does. Raises ReadError where the disk is full or the facts cannot be read."""
    try:
        with closing(sqlite3.connect(Path(target).as_uri(), uri=True)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("ATTACH ? AS facts", (f"{Path(facts).as_uri()}?mode=ro",))
            tables = TABLES[step]
            for row in db.execute(
                f"SELECT sql FROM facts.sqlite_master WHERE tbl_name IN ({', '.join('?' * len(tables))})"
                " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY rowid", tables,
            ).fetchall():
                db.execute(row["sql"])
            with in_bulk(db, "main", "facts"), honoured(db, "facts"), db:
                return run(step, db)
    except sqlite3.OperationalError as error:
        raise ReadError(Reason.UNREADABLE, str(error)) from error


def run(step: str, db: sqlite3.Connection) -> str:
    """Do a step here; what `meta` is to keep of it."""
    from pipeline import assemble

    if step == "topics":
        return assemble.assemble_topics(db)
    assemble.assemble_decrees(db)
    assemble.assemble_events(db)
    return ""


def take_over(step: str, db: sqlite3.Connection, target: str) -> None:
    """Put the rows of that file in the place of those that the fact base has."""
    db.execute(f"ATTACH ? AS beside_{step}", (target,))
    for table in reversed(TABLES[step]):
        db.execute(f"DELETE FROM main.{table}")
    for table in TABLES[step]:
        db.execute(f"INSERT INTO main.{table} SELECT * FROM beside_{step}.{table}")


def let_go(db: sqlite3.Connection) -> None:
    """After the transaction: the files are needed no longer."""
    for row in db.execute("PRAGMA database_list").fetchall():
        if row["name"].startswith("beside_"):
            db.execute(f"DETACH {row['name']}")

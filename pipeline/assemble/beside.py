"""Acts and events in another process, beside bodies, people and series: neither needs anything of the other's.

The other process reads the facts and writes what it assembles to a file of its own, since a fact base has one writer.
The same functions fill the same tables there; only names of tables that the file has not are looked up in the facts.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.errors import ReadError, Reason
from corpus.isolated import Isolated

_LONGEST = 6 * 3600.0   # seconds
# Rows come after those that they point at.
_TABLES = (
    "decree", "decree_mention", "decree_value", "decree_candidate", "decree_citation", "decree_relation",
    "decree_relation_source", "event", "event_mention",
)


def acts_and_events_beside(facts: str, target: str) -> bool:
    """Assemble acts and events of a fact base into a new file; False where the other process ends without it."""
    try:
        Isolated("pipeline.assemble.beside:acts_and_events", seconds=_LONGEST)(facts, target)
    except ReadError:
        return False
    return True


def acts_and_events(facts: str, target: str) -> None:
    """What the other process does. Raises ReadError where the disk is full or the facts cannot be read."""
    from pipeline.assemble.decrees import assemble_decrees
    from pipeline.assemble.events import assemble_events

    try:
        with closing(sqlite3.connect(Path(target).as_uri(), uri=True)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("ATTACH ? AS facts", (f"{Path(facts).as_uri()}?mode=ro",))
            for row in db.execute(
                f"SELECT sql FROM facts.sqlite_master WHERE tbl_name IN ({', '.join('?' * len(_TABLES))})"
                " AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY rowid", _TABLES,
            ).fetchall():
                db.execute(row["sql"])
            with db:
                assemble_decrees(db)
                assemble_events(db)
    except sqlite3.OperationalError as error:
        raise ReadError(Reason.UNREADABLE, str(error)) from error


def take_over(db: sqlite3.Connection, target: str) -> None:
    """Put the rows of that file in the place of those that the fact base has."""
    db.execute("ATTACH ? AS beside", (target,))
    for table in reversed(_TABLES):
        db.execute(f"DELETE FROM main.{table}")
    for table in _TABLES:
        db.execute(f"INSERT INTO main.{table} SELECT * FROM beside.{table}")


def let_go(db: sqlite3.Connection) -> None:
    """After the transaction: the file is needed no longer."""
    if any(row["name"] == "beside" for row in db.execute("PRAGMA database_list")):
        db.execute("DETACH beside")

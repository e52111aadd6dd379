"""From mentions to things: people, decrees and events across documents.

The assembled tables are made anew from the facts in one transaction, so they never lag behind them and the order
in which documents came makes no difference. Nothing is changed in the facts themselves.
"""

from __future__ import annotations

from outputs.factbase import FactBase
from pipeline.assemble.copies import assemble_copies
from pipeline.assemble.decrees import assemble_decrees
from pipeline.assemble.events import assemble_events
from pipeline.assemble.people import assemble_people

_TABLES = ("event", "decree", "occupancy", "person")  # rows that point at them go with them


def assemble(base: FactBase) -> None:
    """Make people, offices, decrees and events of the fact base anew from its facts."""
    with base.transaction() as db:
        for table in _TABLES:
            db.execute(f"DELETE FROM {table}")
        assemble_copies(db)
        assemble_decrees(db)
        assemble_people(db)
        assemble_events(db)

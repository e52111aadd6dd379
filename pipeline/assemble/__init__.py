"""From mentions to things: people, decrees and events across documents.

The assembled tables are made anew from the facts in one transaction, so they never lag behind them and the order
in which documents came makes no difference. Nothing is changed in the facts themselves.
"""

from __future__ import annotations

from outputs.factbase import FactBase
from pipeline.assemble.conflicts import assemble_conflicts
from pipeline.assemble.copies import assemble_copies
from pipeline.assemble.decrees import assemble_decrees
from pipeline.assemble.directives import assemble_directives
from pipeline.assemble.events import assemble_events
from pipeline.assemble.links import assemble_links
from pipeline.assemble.participants import assemble_participants
from pipeline.assemble.people import assemble_people
from pipeline.assemble.series import assemble_series
from pipeline.assemble.topics import assemble_topics

# Rows that point at theirs go with them.
_TABLES = ("event", "decree", "occupancy", "person", "directive_repeat", "fact_link", "topic", "series", "conflict")


def assemble(base: FactBase) -> None:
    """Make people, offices, decrees, events, what repeats and what is linked anew from the facts."""
    with base.transaction() as db:
        for table in _TABLES:
            db.execute(f"DELETE FROM {table}")
        assemble_copies(db)
        assemble_decrees(db)
        assemble_people(db)
        assemble_events(db)
        assemble_directives(db)
        assemble_links(db)
        assemble_participants(db)
        assemble_topics(db)
        assemble_series(db)
        assemble_conflicts(db)

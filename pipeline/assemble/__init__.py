"""From mentions to things: people, decrees and events across documents.

The assembled tables are made anew from the facts in one transaction, so that a reader never sees half of them, and the
order in which documents came makes no difference. Nothing is changed in the facts themselves. Where no document
changed nothing is assembled.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory

from outputs.factbase import FactBase
from pipeline.assemble.beside import acts_and_events_beside, let_go, take_over
from pipeline.assemble.bodies import assemble_bodies
from pipeline.assemble.conflicts import assemble_conflicts
from pipeline.assemble.copies import assemble_copies
from pipeline.assemble.decrees import assemble_decrees
from pipeline.assemble.directives import assemble_directives
from pipeline.assemble.events import assemble_events
from pipeline.assemble.links import assemble_links
from pipeline.assemble.participants import assemble_participants
from pipeline.assemble.people import assemble_people
from pipeline.assemble.series import assemble_series
from pipeline.assemble.targets import assemble_targets
from pipeline.assemble.topics import assemble_topics, find_topics, find_topics_beside
from pipeline.versions import assembly_version

# Rows that point at theirs go with them.
_TABLES = (
    "event", "decree", "occupancy", "person", "topic", "series", "conflict", "body_mention", "body",
)


def assemble(base: FactBase, *, beside: bool = False) -> None:
    """Make people, offices, decrees, events, what repeats and what is linked anew from the facts.

    What one document decides alone is made for those documents that changed, or for all where another program assembled
    them. `beside` lets another process assemble acts and events and read the texts for topics meanwhile, where there is
    a second core for it.
    """
    with base.transaction() as db:
        assemble_copies(db)
    with TemporaryDirectory(prefix="sulieu-") as folder, ThreadPoolExecutor(1) as pool:
        apart = f"{folder}/acts.db"
        elsewhere = (
            (pool.submit(acts_and_events_beside, base.path, apart), pool.submit(find_topics_beside, base.path))
            if beside and base.path else None
        )
        with base.transaction() as db:
            _mark_changed(base)
            for table in _TABLES:
                db.execute(f"DELETE FROM {table}")
            assemble_bodies(db)
            assemble_people(db)
            assemble_directives(db)
            assemble_links(db)
            assemble_participants(db)
            assemble_series(db)
            assemble_targets(db)
            if elsewhere and elsewhere[0].result():
                take_over(db, apart)
            else:
                assemble_decrees(db)
                assemble_events(db)
            assemble_conflicts(db)
            found = elsewhere[1].result() if elsewhere else None
            assemble_topics(db, found or find_topics(db))
            db.execute("DELETE FROM document_changed")
            base.set_meta("assembly", assembly_version())
        let_go(base.db)


def _mark_changed(base: FactBase) -> None:
    if base.meta("assembly") != assembly_version():
        base.db.execute("INSERT OR IGNORE INTO document_changed SELECT key FROM document")

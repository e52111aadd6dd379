"""From mentions to things: people, decrees and events across documents.

The assembled tables are made anew from the facts in one transaction, so that a reader never sees half of them, and the
order in which documents came makes no difference. Nothing is changed in the facts themselves. Where no document
changed nothing is assembled.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory

from outputs.factbase import FactBase
from pipeline.assemble.beside import let_go, made_beside, run, take_over
from pipeline.assemble.bodies import assemble_bodies
from pipeline.assemble.bulk import in_bulk
from pipeline.assemble.conflicts import assemble_conflicts
from pipeline.assemble.copies import assemble_copies
from pipeline.assemble.decrees import assemble_decrees
from pipeline.assemble.directives import assemble_directives
from pipeline.assemble.events import assemble_events
from pipeline.assemble.events.hearing import assemble_said
from pipeline.assemble.links import assemble_links
from pipeline.assemble.participants import assemble_participants
from pipeline.assemble.people import assemble_people
from pipeline.assemble.reviewed import honoured
from pipeline.assemble.series import assemble_series
from pipeline.assemble.targets import assemble_targets
from pipeline.assemble.topics import assemble_topics
from pipeline.reviews import keep_reviews
from pipeline.versions import assembly_version

# All that is made anew.
TABLES = (
    "body", "body_mention", "body_succession", "conflict", "conflict_side", "decree", "decree_candidate",
    "decree_citation", "decree_mention", "decree_relation", "decree_relation_source", "decree_value", "event",
    "event_mention", "occupancy", "occupancy_bound", "occupancy_evidence", "occupancy_mention", "person", "person_flag",
    "person_join", "person_mention", "series", "series_point", "target_result", "topic", "topic_document",
    "topic_mention",
)


# The steps that another process may do meanwhile are called by their name (pipeline/assemble/beside.py).
__all__ = ["assemble", "assemble_decrees", "assemble_events", "assemble_topics", "settle"]


def assemble(base: FactBase, *, beside: bool = False) -> None:
    """Make people, offices, decrees, events, what repeats and what is linked anew from the facts.

    `beside` lets another process assemble acts, events and topics meanwhile, where there is a second core for it.
    """
    with base.transaction() as db:
        assemble_copies(db)
        settle(base)
        keep_reviews(base)
    with TemporaryDirectory(prefix="sulieu-") as folder, ThreadPoolExecutor(1) as pool, in_bulk(base.db):
        path = base.path if beside else ""
        elsewhere = {
            step: pool.submit(made_beside, step, path, f"{folder}/{step}.db") for step in ("acts", "topics") if path
        }

        def done(step: str) -> str:
            """Of the other process, or else of this one."""
            answer = elsewhere[step].result() if step in elsewhere else None
            if answer is None:
                return run(step, db)
            take_over(step, db, f"{folder}/{step}.db")
            return str(answer)

        with base.transaction() as db, honoured(db):
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")
            assemble_bodies(db)
            assemble_people(db)
            assemble_series(db)
            assemble_targets(db)
            done("acts")
            assemble_conflicts(db)
            base.set_meta("key_phrases", done("topics"))
            base.set_meta("assembly", assembly_version())
        let_go(base.db)


def settle(base: FactBase) -> None:
    """Make what one document decides alone, for those that changed, or for all where another program made it."""
    with base.transaction() as db:
        if base.meta("settled") != assembly_version():
            db.execute("INSERT OR IGNORE INTO document_changed SELECT key FROM document")
            base.set_meta("settled", assembly_version())
        assemble_directives(db)
        assemble_links(db)
        assemble_participants(db)
        assemble_said(db)
        db.execute("DELETE FROM document_changed")

"""From mentions to things: people, decrees and events across documents.

The assembled tables are made anew from the facts in one transaction, so that a reader never sees half of them, and the
order in which documents came makes no difference. Nothing is changed in the facts themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from corpus.errors import ReadError
from corpus.isolated import Isolated
from outputs.factbase import FactBase
from pipeline.assemble.bodies import assemble_bodies
from pipeline.assemble.conflicts import assemble_conflicts
from pipeline.assemble.copies import assemble_copies
from pipeline.assemble.decrees import assemble_decrees
from pipeline.assemble.directives import assemble_directives
from pipeline.assemble.events import assemble_events
from pipeline.assemble.key_phrases import key_phrases
from pipeline.assemble.links import assemble_links
from pipeline.assemble.participants import assemble_participants
from pipeline.assemble.people import assemble_people
from pipeline.assemble.series import assemble_series
from pipeline.assemble.topics import assemble_topics

_LONGEST = 3600.0   # seconds for key phrases, whose sample is bounded
# Rows that point at theirs go with them.
_TABLES = (
    "event", "decree", "occupancy", "person", "directive_repeat", "fact_link", "topic", "series", "conflict",
    "body_mention", "body",
)


def assemble(base: FactBase, *, beside: bool = False) -> None:
    """Make people, offices, decrees, events, what repeats and what is linked anew from the facts.

    `beside` lets another process look for key phrases meanwhile, where there is a second core for it.
    """
    with base.transaction() as db:
        assemble_copies(db)
    with ThreadPoolExecutor(1) as pool:
        phrases = pool.submit(_phrases_beside, base.path) if beside and base.path else None
        with base.transaction() as db:
            for table in _TABLES:
                db.execute(f"DELETE FROM {table}")
            assemble_bodies(db)
            assemble_decrees(db)
            assemble_people(db)
            assemble_events(db)
            assemble_directives(db)
            assemble_links(db)
            assemble_participants(db)
            assemble_series(db)
            assemble_conflicts(db)
            found = phrases.result() if phrases else None
            assemble_topics(db, key_phrases(db) if found is None else found)


def _phrases_beside(path: str) -> Collection[str] | None:
    """The key phrases, found by another process; None where it ends without an answer."""
    try:
        found: Collection[str] = Isolated("pipeline.assemble.key_phrases:key_phrases_of", seconds=_LONGEST)(path)
    except ReadError:
        return None
    return found

"""People across documents, and the offices that sources attest, in order and with their bounds (docs/people.md).

A person is joined by the full name and something shared beside it (an office, a body, a province, …), kept apart by
what cannot be one life, and never joined on a given name alone. Every join keeps the mention that it was made by.
"""

from __future__ import annotations

import sqlite3

from pipeline.assemble.people.appointments import gather_told, told_of
from pipeline.assemble.people.evidence import assemble_evidence
from pipeline.assemble.people.holders import assemble_holders
from pipeline.assemble.people.lives import lives
from pipeline.assemble.people.mentions import attach_short_names, gather, people_named
from pipeline.assemble.people.model import documents
from pipeline.assemble.people.reviewed import Said
from pipeline.assemble.people.slips import assemble_slips
from pipeline.assemble.people.storing import Store


def assemble_people(db: sqlite3.Connection) -> None:
    """Fill the tables of people and their offices, in memory one name at a time. Bodies must have been assembled."""
    for name, columns in _TEMPORARY.items():
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP TABLE {name} ({columns})")
    gather(db)
    attach_short_names(db)
    events = gather_told(db)
    store, said = Store(db), Said(db)
    for key, mentions in people_named(db):
        told = told_of(db, key) if key in events else []
        found = lives(said.told(documents(mentions)))
        if not said.wait(key, found, told):
            store.namesakes(key, found, told)
    for joined in said.joined():
        store.namesakes(*joined)
    store.write()
    assemble_evidence(db)
    assemble_holders(db)
    assemble_slips(db)
    for table in ("held", "told", *_TEMPORARY):
        db.execute(f"DROP TABLE temp.{table}")


_TEMPORARY = {
    "holder": "office TEXT, occupancy INTEGER",   # offices with one holder at a time
    "post": "post TEXT, occupancy INTEGER",       # every office of a body that is no other
}

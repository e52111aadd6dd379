"""Documents whose extractors have changed since, as tasks for the extractors that changed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from outputs.factbase import FactBase
from outputs.factbase.restore import document_of, facts_of
from pipeline.batches import Batch, Update
from pipeline.tasks import Task
from pipeline.versions import current, program

_MANY = 200   # documents looked up at a time


def stale_batches(base: FactBase) -> Iterator[Batch]:
    """Every document that an older extractor worked on, with the facts that it has."""
    rows = base.db.execute("SELECT * FROM extraction WHERE program <> ? ORDER BY key", (program(),)).fetchall()
    for row in rows:
        versions = json.loads(row["versions"])
        changed = (kind for kind, version in current().items() if versions.get(kind) != version)
        stale = tuple(kind for kind in changed if kind != "reading")
        if stale:
            yield from _batches(base, row["key"], stale, versions["reading"])
        else:
            with base.transaction() as db:
                db.execute("UPDATE extraction SET program = ? WHERE key = ?", (program(), row["key"]))


def _batches(base: FactBase, extraction: int, stale: tuple[str, ...], reading: str) -> Iterator[Batch]:
    batch, last = Batch(), -1
    while rows := base.db.execute(
        f"SELECT * FROM document WHERE extraction = ? AND key > ? ORDER BY key LIMIT {_MANY}", (extraction, last)
    ).fetchall():
        for row in rows:
            task = Task(0, document=document_of(row), known=facts_of(base.db, row["key"]), stale=stale)
            batch.add(None, task, ends=False)
            batch.entries[-1].update = Update(row["key"], reading)
            if batch.full:
                yield batch
                batch = Batch()
        last = rows[-1]["key"]
    if batch.tasks:
        yield batch

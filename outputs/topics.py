"""The topics of a fact base, with how much is told about each (docs/topics.md)."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.factbase import FactBase


@dataclass(frozen=True, slots=True)
class ListedTopic:
    """A topic. `basis` is `lexicon` (a field of work) or `phrase` (a key phrase of the archive).

    `documents` carry it, copies counted once; `directives` and `events` hold it in their own words, and a directive
    said again counts once.
    """

    name: str
    basis: str
    documents: int
    directives: int
    events: int


_LISTED = """
    WITH told AS (
        SELECT x.topic, sum(m.kind = 'directive') AS directives, sum(m.kind = 'event') AS events
        FROM topic_mention x JOIN mention m ON m.key = x.mention
        WHERE m.key NOT IN (SELECT mention FROM directive_repeat) GROUP BY x.topic
    )
    SELECT t.name, t.basis, count(CASE WHEN d.copy_of IS NULL THEN 1 END) AS documents,
           coalesce(told.directives, 0) AS directives, coalesce(told.events, 0) AS events
    FROM topic t JOIN topic_document x ON x.topic = t.key JOIN document d ON d.key = x.document
    LEFT JOIN told ON told.topic = t.key
    GROUP BY t.key ORDER BY documents DESC, directives + events DESC, t.name
"""


def topics(base: FactBase) -> list[ListedTopic]:
    """Every topic, that of the most documents first."""
    return [ListedTopic(*row) for row in base.db.execute(_LISTED)]

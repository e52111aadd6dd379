"""What acts do to one another, over all documents: each relation once, with the number of independent sources."""

from __future__ import annotations

import sqlite3
from itertools import groupby

from outputs.factbase.names import content_id

# A copy of a document states nothing of its own. A document without a number stands for itself.
_STATED = """
    SELECT r.key, r.relation, r.planned, r.object, o.decree AS object_key, oe.id AS object_id, f.pinpoint,
           s.decree AS subject_key, coalesce(se.id, d.id) AS subject_id,
           CASE WHEN s.decree IS NULL THEN d.key END AS document, coalesce(d.copy_of, d.id) AS source,
           r.relation IN ('replaces', 'repeals') AND (p.key IS NOT NULL OR f.pinpoint IS NOT NULL) AS part
    FROM relation r JOIN document d ON d.key = r.document
    JOIN decree_fact f ON f.mention = r.object
    JOIN decree_mention o ON o.mention = r.object JOIN decree oe ON oe.key = o.decree
    LEFT JOIN decree_mention s ON s.mention = r.subject LEFT JOIN decree se ON se.key = s.decree
    LEFT JOIN temp.partial p ON p.key = r.key
    WHERE s.decree IS NULL OR s.decree <> o.decree
    ORDER BY subject_id, r.relation, object_id, part, r.planned, d.id, r.start, r.id
"""


def assemble_decree_relations(db: sqlite3.Connection, partial: set[int]) -> None:
    """Fill `decree_relation` and `decree_relation_source`; `partial` mean a part of their object."""
    db.execute("DROP TABLE IF EXISTS temp.partial")
    db.execute("CREATE TEMP TABLE partial (key INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO temp.partial VALUES (?)", ((key,) for key in sorted(partial)))
    same = ("subject_id", "relation", "object_id", "part", "planned")
    for key, group in groupby(db.execute(_STATED), key=lambda row: tuple(row[name] for name in same)):
        rows = list(group)
        first = rows[0]
        cursor = db.execute(
            "INSERT INTO decree_relation (id, subject, document, relation, object, part, planned, sources)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (content_id("relation", *key), first["subject_key"], first["document"], first["relation"],
             first["object_key"], first["part"], first["planned"], len({row["source"] for row in rows})),
        )
        db.executemany(
            "INSERT INTO decree_relation_source VALUES (?, ?)", [(row["key"], cursor.lastrowid) for row in rows]
        )
    db.execute("DROP TABLE temp.partial")

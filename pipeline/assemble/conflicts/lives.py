"""Lives: an office held after a stated death."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import regex

from pipeline.assemble.conflicts.model import Conflict, Side

_DAY = r"(?:(?:ngày )?\d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm ))?"
_LIVED = regex.compile(
    rf" ?\((?:sinh )?{_DAY}(?P<born>1[789]\d\d|20[0-2]\d) ?[-–—,;] ?(?:mất )?{_DAY}(?P<died>1[89]\d\d|20[0-2]\d)\)",
    regex.I,
)
_DEAD = """
    SELECT p.person, m.start, m."end" AS "end", m.quote, d.key AS document, d.id AS document_id,
           substr(d.text, m."end" + 1, 90) AS after
    FROM person_mention p JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document
    WHERE d.copy_of IS NULL AND (m.suffix GLOB '?([sS0-9nN]*[0-9][0-9]*' OR m.suffix GLOB '([sS0-9nN]*[0-9][0-9]*')
    ORDER BY p.person, d.id, m.start
"""
# The day stands before the office in one sentence.
_AFTER = """
    SELECT f.name, f.title, a.edtf, m.key, m.start, m."end" AS "end", m.quote, d.key AS document, d.id AS document_id,
           substr(d.text, max(1, t.start - 30), m."end" + 60 - max(1, t.start - 30)) AS told,
           substr(d.text, t."end" + 1, m.start - t."end") AS gap
    FROM person_mention p JOIN mention m ON m.key = p.mention JOIN official_fact f ON f.mention = m.key
    JOIN document d ON d.key = m.document
    JOIN mention t ON t.document = m.document AND t.kind = 'date' AND t.start BETWEEN m.start - 120 AND m.start
    JOIN date_fact a ON a.mention = t.key
    WHERE p.person = :person AND d.copy_of IS NULL AND f.title IS NOT NULL AND a.basis IS NULL
      AND a.edtf GLOB '[12]???-??-??' AND substr(a.edtf, 1, 4) > :died
    ORDER BY a.edtf, d.id, m.start
"""
_NEW_SENTENCE = regex.compile(r"[.;!?:]\s|\n")
_REMEMBERED = regex.compile(
    r"(?:cố|nguyên|cựu|tưởng|mang tên|tượng|kỷ niệm|sinh|đường|giải|quê|mộ|lăng|di|nhớ|con|cháu|phu nhân|thời|truy)"
    r"(?!\p{L})"
)


def after_death(db: sqlite3.Connection) -> Iterator[Conflict]:
    """An office held on a stated day after the year in which another place lets the person die (`(1890–1969)`)."""
    asked = set()
    for row in db.execute(_DEAD):
        lived = _LIVED.match(row["after"])
        if lived is None or int(lived["born"]) >= int(lived["died"]) or (row["person"], lived["died"]) in asked:
            continue
        asked.add((row["person"], lived["died"]))
        rows = db.execute(_AFTER, {"person": row["person"], "died": lived["died"]})
        held = next((one for one in rows if not _remembered(one)), None)
        if held is not None:
            yield Conflict("contradiction", held["name"], (
                Side(row["document"], row["document_id"], row["start"], row["end"] + lived.end(),
                     row["quote"] + lived[0], lived["died"]),
                Side(held["document"], held["document_id"], held["start"], held["end"], held["quote"],
                     f"{held['title']}, {held['edtf']}", held["key"]),
            ))


def _remembered(row: sqlite3.Row) -> bool:
    """Whether the day belongs to another sentence, or the person is only remembered on it."""
    return bool(_NEW_SENTENCE.search(row["gap"]) or _REMEMBERED.search(row["told"].lower()))

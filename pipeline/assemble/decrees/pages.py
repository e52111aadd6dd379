"""One pass over the texts that cite acts: what citations are for, days in force, relations that mean a part only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import regex

from corpus import shadow
from pipeline.assemble.decrees.force import ITSELF, Day, days_in_force
from pipeline.assemble.decrees.purposes import purpose_of, same_list

_PART = regex.compile(
    r"(?<![\p{L}\d])(?:điều|khoản|điểm|chương|mục|nội dung|quy định|cụm từ|phụ lục|mẫu|biểu|đoạn|từ ngữ|thủ tục)"
    r"(?!\p{L})"
)
_LONGEST_GAP = 400
_CITED = """
    SELECT c.document, m.start, m."end", m.key, c.id, c.place, c.source
    FROM temp.cited c CROSS JOIN mention m ON m.key = c.key ORDER BY c.document, m.start, m."end" DESC, m.key
"""
_PAGE = """
    SELECT text, notice, EXISTS (SELECT 1 FROM relation r WHERE r.document = d.key) FROM document d WHERE d.key = ?
"""
# What a mention is, seen from the relation that it stands in: (of the subject, of the object).
_ROLES = {
    "based_on": (None, "basis"), "guides": ("guides", "guided"), "promulgated_with": (None, None),
    "amends": ("changes", "changed"), "replaces": ("changes", "changed"), "repeals": ("changes", "changed"),
    "consolidates": ("changes", "changed"), "corrects": ("changes", "changed"),
}


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    mention: int
    id: str
    place: int
    source: str


def read_pages(db: sqlite3.Connection) -> set[int]:
    """Fill `decree_citation` and the days in force in `temp.said`; the relations of which only a part is meant."""
    partial: set[int] = set()
    for key, cited in groupby(db.execute(_CITED), key=itemgetter(0)):
        text, notice, related = db.execute(_PAGE, (key,)).fetchone()
        acts = [_Act(*row) for _, *row in cited]
        relations = db.execute("SELECT * FROM relation WHERE document = ?", (key,)).fetchall() if related else []
        own = _own_number(notice)
        at = next((act for act in acts if own is not None and act.start <= own < act.end), None)
        _store_citations(db, text, acts, relations, at)
        partial.update(_partial(text, acts, relations))
        _store_force(db, key, text, acts, at, notice, {relation["object"] for relation in relations})
    return partial


def _own_number(notice: str | None) -> int | None:
    found = (json.loads(notice).get("number") or {}) if notice else {}
    start: int | None = found.get("start")
    return start


def _store_citations(
    db: sqlite3.Connection, text: str, acts: list[_Act], relations: list[sqlite3.Row], own: _Act | None
) -> None:
    does: dict[int, tuple[str, sqlite3.Row]] = {}
    undergoes: dict[int, tuple[str, sqlite3.Row]] = {}
    for relation in relations:
        active, passive = _ROLES[relation["relation"]]
        if active is not None and relation["subject"] is not None:
            does.setdefault(relation["subject"], (active, relation))
        if passive is not None:
            undergoes.setdefault(relation["object"], (passive, relation))
    db.executemany(
        "INSERT INTO decree_citation VALUES (?, ?, ?, ?, ?)",
        ((act.mention, *row) for act, row in zip(acts, _citations(text, acts, undergoes, does, own), strict=True)),
    )


_Row = tuple[str, int | None, int | None, str | None]
_Roles = dict[int, tuple[str, sqlite3.Row]]


def _citations(text: str, acts: list[_Act], undergoes: _Roles, does: _Roles, own: _Act | None) -> Iterator[_Row]:
    """Purpose and place of its cue, for each act in order: what is done to it before what is said of it."""
    before: tuple[_Act, _Row] | None = None
    for act in acts:
        row: _Row
        if before is not None and act.start < before[0].end:
            row = ("part of a name", None, None, None)
        elif act is own:
            row = ("own head", None, None, None)
        elif act.mention in undergoes:
            row = _of_relation(*undergoes[act.mention])
        elif (cue := purpose_of(text, act.start, act.end)) and cue.purpose != "named":
            row = (cue.purpose, cue.start, cue.end, text[cue.start : cue.end])
        elif act.mention in does:
            row = _of_relation(*does[act.mention])
        elif before is not None and before[1][0] in _SHARED and same_list(text, before[0].end, act.start):
            row = before[1]
        else:
            row = ("named", None, None, None)
        if row[0] != "part of a name":
            before = act, row
        yield row


def _of_relation(role: str, relation: sqlite3.Row) -> _Row:
    return role, relation["start"], relation["end"], relation["quote"]


_SHARED = frozenset({"basis", "under", "place", "implements", "breach", "issues"})


def _partial(text: str, acts: list[_Act], relations: list[sqlite3.Row]) -> Iterator[int]:
    """Relations whose words mean a part of the act: `bãi bỏ một số điều của …`, `bãi bỏ Điều 5 của …`."""
    places = {act.mention: act for act in acts}
    for relation in relations:
        act = places.get(relation["object"])
        if act is not None and relation["end"] <= act.start <= relation["end"] + _LONGEST_GAP:
            gap = shadow.lower(shadow.shadow(text[relation["end"] : act.start]))
            if _PART.search(gap):
                yield relation["key"]


def _store_force(
    db: sqlite3.Connection, document: int, text: str, acts: list[_Act], own: _Act | None, notice: str | None,
    undergone: set[int],
) -> None:
    if "hiệu lực" not in text:
        return
    days = [Day(*row) for row in db.execute(
        'SELECT m.start, m."end", m.key, f.edtf FROM mention m JOIN date_fact f ON f.mention = m.key'
        " WHERE m.document = ? AND m.kind = 'date' AND f.edtf IS NOT NULL ORDER BY m.start", (document,),
    )]
    own_type = (json.loads(notice).get("doc_type") or {}).get("value") if own and notice else None
    outer: list[_Act] = []
    for act in acts:
        if not outer or act.start >= outer[-1].end:
            outer.append(act)
    objects = {index for index, act in enumerate(outer) if act.mention in undergone}
    for found in days_in_force(text, [(act.start, act.end) for act in outer], days, own_type, objects):
        meant = own if found.act == ITSELF else outer[found.act]
        if meant is not None and "X" not in found.day.edtf:
            db.execute(
                "INSERT INTO temp.said (id, field, value, mention, place, source, own) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (meant.id, found.field, found.day.edtf, found.day.mention, meant.place, meant.source, meant is own),
            )

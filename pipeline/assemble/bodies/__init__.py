"""Public bodies across documents: who a name stood for on the day that a fact speaks of (docs/bodies.md).

A body is one of the lexicon of bodies and their history, or one that only documents name, under its full form and
place. A mention is resolved by its name and its day: that of the fact, else that of its document. A name that says too
little (`Cục`, `Sở này`, `UBND tỉnh`) is the nearest body before it that it fits, in its document. What cannot be
decided stays without a body, and says why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from operator import attrgetter

from pipeline.assemble.bodies.days import OPEN, Days
from pipeline.assemble.bodies.discourse import Discourse, Naming
from pipeline.assemble.bodies.storing import Store

_DOCUMENTS = """
    SELECT key, id, first_day, last_day, json_extract(notice, '$.organ.value') AS organ,
           json_extract(notice, '$.parent.value') AS parent
    FROM document ORDER BY id
"""
_FACTS = """
    SELECT m.key, m.kind, m.start, m."end", o.name AS person, o.org, c.issuer AS decree_issuer, x.issuer, x.addressee,
           f.subject,
           k.first_day, k.last_day, k.basis, e.first_day AS told_first, e.last_day AS told_last, e.event_type, e.planned
    FROM mention m
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN decree_fact c ON c.mention = m.key
    LEFT JOIN directive_fact x ON x.mention = m.key
    LEFT JOIN figure_fact f ON f.mention = m.key
    LEFT JOIN event_fact e ON e.mention = m.key
    LEFT JOIN fact_day k ON k.mention = m.key
    WHERE m.document = ? AND m.kind <> 'date' ORDER BY m.start, m."end" DESC, m.id
"""
_PARTICIPANTS = """
    SELECT p.mention, p.start, p.name, k.first_day, k.last_day
    FROM mention m JOIN event_participant p ON p.mention = m.key LEFT JOIN fact_day k ON k.mention = m.key
    WHERE m.document = ? AND m.kind = 'event' AND p.kind = 'body' ORDER BY p.start, m.id
"""
_NAMED_DAYS = """
    SELECT min(f.last_day), max(f.last_day) FROM mention m JOIN date_fact f ON f.mention = m.key
    WHERE m.document = ? AND m.kind = 'date' AND f.last_day BETWEEN '1000' AND '9998'
"""
_AHEAD = 20                # years: no document names a day further ahead
_PRESENT_ORDER = "1992"   # the state of the Constitution of 1992: a document whose latest event is older looks back


def assemble_bodies(db: sqlite3.Connection) -> None:
    """Fill `body`, `body_succession` and `body_mention`; in memory are the names of one document at a time."""
    store = Store(db)
    for document in db.execute(_DOCUMENTS):
        published = _days(document["first_day"], document["last_day"])
        rows = db.execute(_FACTS, (document["key"],)).fetchall()
        spoken = published or _not_before(db, document["key"], rows)
        discourse = Discourse(document["id"], spoken, {row["person"] for row in rows if row["person"]})
        discourse.open_with(document["organ"], document["parent"])
        waiting: list[Naming] = []
        for naming in sorted(_namings(db, document["key"], rows, spoken), key=attrgetter("start")):
            found = discourse.resolve(naming)
            if any(body is None for body, _ in found):
                waiting.append(naming)
            else:
                store.mention(naming, found)
        discourse.read()
        for naming in waiting:
            store.mention(naming, discourse.resolve(naming))
    store.finish()


def _not_before(db: sqlite3.Connection, document: int, rows: list[sqlite3.Row]) -> Days:
    """For a document without a date: it is no older than the acts that it cites, the events that it reports and the
    earliest day that it names, nor much older than the latest."""
    told = [row["last_day"] for row in rows if row["basis"] == "fact" and row["kind"] in {"decree", "event"}
            and not row["planned"] and _days(row["last_day"], None)]
    earliest, latest = db.execute(_NAMED_DAYS, (document,)).fetchone()
    if latest:
        told += [earliest, f"{int(latest[:4]) - _AHEAD:04}{latest[4:]}"]
    return (max(told), OPEN) if told and _days(max(told), None) else None


def _namings(
    db: sqlite3.Connection, document: int, rows: list[sqlite3.Row], published: Days
) -> Iterator[Naming]:
    """Every name of a body that the facts of a document give, with the days that it is meant for."""
    told: list[sqlite3.Row] = []
    for row in rows:
        told = [event for event in told if event["end"] > row["start"]]
        own = _days(row["first_day"], row["last_day"])
        latest = own if row["basis"] == "event" and own and own[0] >= _PRESENT_ORDER else None
        if row["basis"] != "fact":
            own = None
        match row["kind"]:
            case "event":
                told.append(row)
            case "official" if row["org"]:
                yield Naming(row["key"], "org", row["start"], row["org"], _told(told, row) or published, latest)
            case "decree" if row["decree_issuer"]:
                yield Naming(row["key"], "issuer", row["start"], row["decree_issuer"], own or published, latest)
            case "directive":
                for role in ("issuer", "addressee"):
                    if row[role]:
                        yield Naming(row["key"], role, row["start"], row[role], published, latest)
            case "figure" if row["subject"]:
                yield Naming(row["key"], "subject", row["start"], row["subject"], own or published, latest)
            case _:
                pass
    for row in db.execute(_PARTICIPANTS, (document,)):
        days = _days(row["first_day"], row["last_day"]) or published
        yield Naming(row["mention"], "participant", row["start"], row["name"], days)


def _told(told: list[sqlite3.Row], row: sqlite3.Row) -> Days:
    """The days of the innermost event in whose clause a fact stands."""
    around = [event for event in told if event["end"] >= row["end"] and event["event_type"] != "effect"]
    if not around:
        return None
    inner = min(around, key=lambda event: event["end"] - event["start"])
    return _days(inner["told_first"], inner["told_last"])


def _days(first: str | None, last: str | None) -> Days:
    """Days as they can be compared; None for those that are not known, or lie outside our era."""
    first, last = first or last, last or first
    if not (first and last and len(first) == len(last) == len("2007-01-01") and first[0].isdigit()):
        return None
    return first, last

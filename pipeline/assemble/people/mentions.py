"""Mentions of officials with the day on which each attests its office, person by person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import regex

from corpus.shadow import fold
from extractors.calendar import bounds
from outputs.factbase.names import content_id
from pipeline.assemble.people.bodies import Body, body_of
from pipeline.assemble.people.model import Held
from pipeline.assemble.people.names import aliases, is_foreign, known_people, name_key
from pipeline.assemble.people.offices import offices_of
from pipeline.assemble.people.stated import Stated, stated_terms
from pipeline.assemble.people.years import first_year, years_behind

_BEARERS = 8           # full names that end in one family name; of more nobody can tell
_REPORTED_WITHIN = 7   # days in which the press reports a meeting
_BORN = regex.compile(
    r"\s?[,(–-]?\s?\(?(?:SN|[Ss]inh năm|[Ss]inh ngày|[Ss]inh)\b[: ]*"
    r"(?:(?:ngày )?\d{1,2}(?:[/.-]| tháng )\d{1,2}(?:[/.-]| năm ))?"
    r"(1[89]\d\d|20[01]\d)(?!\d)"
)
_THEN = regex.compile(r"(?:khi đó|lúc đó|lúc ấy|lúc bấy giờ|bấy giờ|đương thời|trước đây|ngày ấy|thời đó|hồi đó)\b")

class _Said(NamedTuple):
    """A mention of an official, with what tells its day."""

    mention: int
    start: int
    document: str
    source: str
    name: str
    title: str | None
    org: str | None
    published: str | None
    prefix: str
    suffix: str
    rule: str
    body: int | None
    told: str | None      # of the innermost event in whose clause it stands, and its mention: `2014-05-09#12`
    met: str | None       # of the meeting that the document reports, likewise
    near: str | None      # the latest day named close before


_HELD = """
    SELECT m.key, m.start, d.id AS document, coalesce(d.copy_of, d.id) AS source, f.name, f.title, f.org,
           d.date AS published, m.prefix, m.suffix, m.rule,
           (SELECT b.body FROM body_mention b
             WHERE b.mention = m.key AND b.role = 'org' AND b.name = f.org LIMIT 1) AS body,
           (SELECT e.date || '#' || t.key FROM event_fact e JOIN mention t ON t.key = e.mention
             WHERE t.document = m.document AND t.kind = 'event' AND t.start <= m.start AND t.end >= m.end
               AND (e.event_type IN ('issuance', 'appointment', 'meeting', 'award', 'ruling')
                    OR (e.event_type <> 'effect' AND e.first_day BETWEEN date(d.date, '-1 year') AND d.date))
             ORDER BY t.end - t.start LIMIT 1) AS told,
           (SELECT max(e.last_day || '#' || t.key) FROM event_fact e JOIN mention t ON t.key = e.mention
             WHERE t.document = m.document AND t.kind = 'event' AND e.event_type = 'meeting'
               AND e.first_day = e.last_day AND ((d.date IS NULL AND d.kind = 'notice')
                    OR e.last_day BETWEEN date(d.date, :reported) AND d.date)) AS met,
           (SELECT max(p.last_day) FROM date_fact p JOIN mention t ON t.key = p.mention
             WHERE t.document = m.document AND t.kind = 'date' AND t.start BETWEEN m.start - 200 AND m.start) AS near
      FROM official_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
     ORDER BY d.id, m.start, m.end
"""
class HeldRow(NamedTuple):
    """A row of `held` with its body."""

    person: str
    mention: int
    start: int
    document: str
    source: str
    name: str
    title: str | None
    org: str | None
    attested: str | None
    told: int
    spoken: str | None
    born: int | None
    evidence: int
    until: str | None
    until_evidence: int | None
    body: int | None
    body_name: str | None
    body_place: str | None
    body_parent: int | None
    body_began: str | None
    body_id: str | None


_READ = """
    SELECT h.person, h.mention, h.start, h.document, h.source, h.name, h.title, h.org, h.attested, h.told, h.spoken,
           h.born, h.evidence, h.until, h.until_evidence, h.body, b.name, b.place, b.parent, b.began, b.id
      FROM temp.held h LEFT JOIN body b ON b.key = h.body
     ORDER BY h.person, h.place
"""


def gather(db: sqlite3.Connection) -> None:
    """Put the mentions into the temporary table `held`, each under the key of its name."""
    db.execute("DROP TABLE IF EXISTS temp.held")
    db.execute(
        "CREATE TEMP TABLE held (place INTEGER PRIMARY KEY, person TEXT, short INTEGER, mention INTEGER, start INTEGER,"
        " document TEXT,"
        " source TEXT, name TEXT, title TEXT, org TEXT, body INTEGER, attested TEXT, told INTEGER, spoken TEXT,"
        " born INTEGER, evidence INTEGER, until TEXT, until_evidence INTEGER)"
    )
    stated = stated_terms(db)
    said = db.cursor()
    said.row_factory = None
    db.executemany(
        "INSERT INTO temp.held (person, short, mention, start, document, source, name, title, org, body, attested,"
        " told, spoken, born, evidence, until, until_evidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_row(_Said._make(row), stated) for row in said.execute(_HELD, {"reported": f"-{_REPORTED_WITHIN} days"})),
    )
    db.execute("CREATE INDEX temp.held_person ON held (short, person, place)")
    db.execute("CREATE INDEX temp.held_mention ON held (mention)")


def _row(row: _Said, stated: Mapping[int, Stated]) -> tuple[object, ...]:
    term = stated.get(row.mention)
    day, evidence = (term.start, term.evidence) if term else _attested(row)
    name = name_key(row.name)
    short = " " not in name
    key = _short_key(row, name) if short else aliases().get(name, name)
    born = _BORN.match(row.suffix)
    return (
        key, int(short), row.mention, row.start, row.document, row.source, row.name, row.title, row.org, row.body,
        day, int(bool(_told(row))), row.published, born and int(born[1]), evidence,
        (term.end or "..") if term else None, term and term.end_evidence,
    )


def _short_key(row: _Said, name: str) -> str:
    """A name of one word is one person within a document, and with the same office of the same body beyond it."""
    if row.title and row.org:
        return f"{name}\t{fold(row.title)}\t{fold(row.org)}"
    return f"{name}\t{row.document}"


def _attested(row: _Said) -> tuple[str | None, int]:
    """The day at which a mention attests its office, and the mention whose words tell it (0: the document's day): that
    of the event told in the same clause, else that of the meeting that the document reports, else the document's own;
    none where an earlier time stands close before. Years stated behind the name go before all of these."""
    if years := years_behind(row.suffix):
        return first_year(*years, row.published), row.mention
    if told := _told(row):
        return told
    if row.told:
        return None, 0
    if row.published and row.near and row.near[:4] < row.published[:4]:
        return None, 0
    if _THEN.search(row.prefix.lower()) or _THEN.match(row.suffix.lower().lstrip(" ,(")):
        return None, 0
    if row.met:
        day, _, key = row.met.partition("#")
        return day, int(key)
    return row.published and str(row.published), 0


_CARRIED = frozenset({"full-name", "given-name", "family-name"})   # rules by which a role is that of other words


def _told(row: _Said) -> tuple[str, int] | None:
    """The day of the event told in the same clause, where its words tell the office too, and its mention: what a page
    calls its subject elsewhere may have come later. A document without a date must tell the day."""
    told, _, key = (row.told or "").partition("#")
    if not told or "X" in told or "/" in told:
        return None
    if row.published:
        near = str(row.published)[:4] <= str(int(told[:4]) + 1).zfill(4)
        return (told, int(key)) if near or row.rule not in _CARRIED else None
    return (told, int(key)) if row.rule not in _CARRIED and len(told) > len("2007") else None


def attach_short_names(db: sqlite3.Connection) -> None:
    """A foreigner's family name is put under the only full name that ends in it and holds the same office of the same
    country; whether it is that person is then for the rules to say."""
    db.execute("DROP TABLE IF EXISTS temp.family")
    db.execute("CREATE TEMP TABLE family (name TEXT, person TEXT)")
    full = (row[0] for row in db.execute("SELECT DISTINCT person FROM temp.held WHERE short = 0").fetchall())
    db.executemany("INSERT INTO temp.family VALUES (?, ?)", (
        (last, key) for key in full if is_foreign(last := key.rpartition(" ")[2])
    ))
    db.execute("CREATE INDEX temp.family_name ON family (name)")
    for row in db.execute("SELECT DISTINCT person, name, title, org FROM temp.held WHERE short = 1").fetchall():
        posts = _foreign_posts([row])
        named = [one[0] for one in db.execute(
            "SELECT person FROM temp.family WHERE name = ? ORDER BY person LIMIT ?", (name_key(row["name"]), _BEARERS)
        )] if posts else []
        same = [key for key in named if posts & _foreign_posts(db.execute(
            "SELECT DISTINCT title, org FROM temp.held WHERE short = 0 AND person = ?", (key,)
        ).fetchall())]
        if len(same) == 1:
            db.execute("UPDATE temp.held SET person = ? WHERE short = 1 AND person = ?", (same[0], row["person"]))
    db.execute("DROP TABLE temp.family")


def _foreign_posts(rows: Sequence[sqlite3.Row]) -> set[tuple[str, str]]:
    offices = (
        office for row in rows for office in offices_of(row["title"], body_of(row["org"]) if row["org"] else None)
    )
    return {(office.office, office.body.country) for office in offices if office.body and office.body.country}


def people_named(db: sqlite3.Connection) -> Iterator[tuple[str, list[Held]]]:
    """The mentions of one name after another."""
    held = db.cursor()
    held.row_factory = None
    for key, rows in groupby(map(HeldRow._make, held.execute(_READ)), key=attrgetter("person")):
        yield key, [held_of(row) for row in rows]


def held_of(row: HeldRow) -> Held:
    """A row of `held` with its body."""
    body = _body(row)
    attested = row.attested
    if attested and (died := known_people().get(name_key(row.name))) and attested[:4] > died:
        attested = None
    days, stated = days_of(attested), None
    if attested and row.until is not None:
        stated = Stated(attested, row.until if row.until != ".." else None, row.evidence, row.until_evidence or 0)
        ended = days_of(stated.end or row.spoken)
        days = (days[0], max(days[1], ended[1])) if days and ended else days
    return Held(
        row.mention, row.document, row.source, row.name, row.title, row.org, attested,
        days, offices_of(row.title, body), row.born, row.spoken, bool(row.told), row.start, row.evidence, stated,
    )


def _body(row: HeldRow) -> Body | None:
    if row.body_name:
        return body_of(
            row.body_name, row.body, row.body_place, row.body_parent, row.body_began, row.body_id or ""
        )
    return body_of(row.org) if row.org else None


@lru_cache(maxsize=16384)
def days_of(edtf: str | None) -> tuple[str, str] | None:
    """The first and last day of an EDTF value, None where one is open."""
    found = bounds(edtf) if edtf else None
    if not found or not found[0] or not found[1]:
        return None
    return found[0].isoformat(), found[1].isoformat()


def person_id(key: str, anchor: str | None = None) -> str:
    """The identifier of a person: of the name, and for a namesake also of the first mention."""
    return content_id("person", key, anchor) if anchor else content_id("person", key)

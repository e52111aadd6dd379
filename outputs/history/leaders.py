"""Who held which office: a table with what sources tell of each term, and the same as a strip over time."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors.calendar import bounds
from outputs.factbase.name_forms import full_form, short_form
from outputs.history.model import Chart, Point, Row, Section, Table
from outputs.history.notebook import Place
from outputs.history.rows import one_line, same
from outputs.history.work import Work

_MOST_SOURCES = 5
_FEWEST_DOCUMENTS, _MANY_DOCUMENTS = 2, 10   # that name an office outside; on the topic, from which that counts
_MOST_MARKS = 18    # a strip of more fills a page
_FEWEST_MARKS = 3   # offices with days, below which a strip says less than the table
_RANGE = regex.compile(r"\[(?P<low>[^.\]]*)\.\.(?P<high>[^\]]*)\]")

_OFFICES = """
    SELECT o.key, o.id, o.person, p.name, o.title, o.org, o.office, o.modifier, o.body, o.start, o."end" AS ended,
           o.first_attested, o.last_attested, o.place, b.parent
    FROM occupancy o JOIN person p ON p.key = o.person LEFT JOIN body b ON b.key = o.body
    WHERE o.title IS NOT NULL AND (
        o.person IN (SELECT value FROM json_each(:people)) OR o.body IN (SELECT value FROM json_each(:bodies))
        OR o.key IN (SELECT x.occupancy FROM occupancy_mention x JOIN mention m ON m.key = x.mention WHERE {asked}))
    ORDER BY o.id
"""
_MENTIONS = """
    SELECT x.occupancy, x.attested, m.document, m.start, m."end", f.org AS stated, f.title AS said
    FROM json_each(?) j JOIN occupancy_mention x ON x.occupancy = j.value JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document JOIN official_fact f ON f.mention = m.key
    ORDER BY x.attested IS NULL, x.attested, d.id, m.start
"""
_BOUNDS = """
    SELECT b.occupancy, b.side, b.kind, b.date, m.document, m.start, m."end" FROM json_each(?) j
    JOIN occupancy_bound b ON b.occupancy = j.value JOIN mention m ON m.key = b.mention
    ORDER BY b.occupancy, b.side DESC, b.kind, b.date, b.rule
"""


@dataclass(frozen=True, slots=True)
class _Office:
    row: sqlite3.Row
    mentions: tuple[sqlite3.Row, ...]
    bounds: tuple[sqlite3.Row, ...]
    head: bool      # the first office of a body that is asked for
    weight: float


def leaders_section(work: Work) -> Section | None:
    """Office-holders: the heads of the bodies asked for first, then others, each in order of time."""
    offices = [one for one in _offices(work) if _in_span(work, one)]
    kept = sorted(offices, key=lambda one: -one.weight)[: work.limit("leaders")]
    rows: dict[bool, list[Row]] = {True: [], False: []}
    marks: list[tuple[bool, Point]] = []
    order = _in_life if work.subject.kind == "person" else _order
    for office in sorted(kept, key=lambda one: (not one.head, *order(one))):
        if row := _row(work, office):
            rows[office.head].append(row)
            marks += [(office.head, point) for point in _point(office, row)]
    header, both = work.header("when", "name", "title", "org"), all(rows.values()) and not work.weights.short
    points = _drawn(work, marks)
    if work.weights.short:
        rows = {True: rows[True] + rows[False], False: []}
    tables = [
        Table(work.words("heads" if head else "other_leaders") if both else None, header, tuple(rows[head]))
        for head in (True, False)
    ]
    made = work.section("leaders", "nguoi-giu-trong-trach", tables)
    if made is None or not points:
        return made
    chart = Chart(work.words("leaders_chart"), "strip", tuple(points), id="bieu-do-chuc-vu")
    return Section(made.heading, made.id, made.remark, tables=made.tables, charts=(chart,))


def _drawn(work: Work, marks: Sequence[tuple[bool, Point]]) -> list[Point]:
    """The marks of the strip: the heads, and others of whom more than one day is told; none where they say nothing."""
    found = [point for head, point in marks if head or point.first_day != point.last_day]
    found = found if len(found) >= _FEWEST_MARKS else [point for _, point in marks]
    alike = len({(point.first_day, point.last_day) for point in found}) < _FEWEST_MARKS
    return [] if alike or work.weights.short else found[:_MOST_MARKS]


def _offices(work: Work) -> list[_Office]:
    bodies = work.subject.bodies | work.subject.local
    rows = work.select(_OFFICES, people=json.dumps(sorted(work.subject.people)), bodies=json.dumps(sorted(bodies)))
    if work.subject.people:
        rows = [row for row in rows if row["person"] in work.subject.people]
    keys = json.dumps([row["key"] for row in rows])
    mentions, limits = defaultdict(list), defaultdict(list)
    for row in work.db.execute(_MENTIONS, (keys,)):
        mentions[row["occupancy"]].append(row)
    for row in work.db.execute(_BOUNDS, (keys,)):
        limits[row["occupancy"]].append(row)
    made = [_office(work, row, mentions[row["key"]], limits[row["key"]]) for row in rows]
    least = work.limit("holder")
    return [one for one in _distinct(made) if one.weight >= least or work.subject.kind == "person"]


def _office(work: Work, row: sqlite3.Row, mentions: Sequence[sqlite3.Row], limits: Sequence[sqlite3.Row]) -> _Office:
    weights, subject = work.weights, work.subject
    named = subject.topic is not None and (row["org"] or "") in subject.topic
    own = row["body"] in subject.bodies or row["body"] in subject.local or named
    points = rank = weights.beginning("office", row["office"] or row["title"])
    points += weights.weight("holder", "body") * own
    points += weights.weight("holder", "below") * (not own and row["parent"] in subject.bodies)
    points += weights.weight("holder", "person") * (row["person"] in subject.people)
    documents = {one["document"] for one in mentions}
    if subject.documents and len(subject.documents) >= _MANY_DOCUMENTS and not own:
        documents &= subject.documents
        points += weights.weight("holder", "outside")
        points += weights.weight("holder", "beside") * (len(documents) < _FEWEST_DOCUMENTS)
    points += weights.weight("holder", "source") * min(len(documents), _MOST_SOURCES)
    points += weights.weight("holder", "dated") * bool(limits or row["first_attested"])
    head = own and rank >= weights.weight("holder", "head")
    return _Office(row, tuple(mentions), tuple(limits), head, points)


def _distinct(offices: Sequence[_Office]) -> list[_Office]:
    """One of each office: one name, one title, and one body however it is written, or none stated."""
    groups: dict[tuple[int, str, str], list[_Office]] = defaultdict(list)
    for one in offices:
        title, org = same(one.row["office"] or one.row["title"]), short_form(full_form(one.row["org"] or ""))
        groups[one.row["person"], f"{title}|{one.row['modifier'] or ''}", org].append(one)
    bodies: dict[tuple[int, str], list[str]] = defaultdict(list)
    for person, title, org in groups:
        bodies[person, title].append(org)
    for (person, title), orgs in bodies.items():
        if len(orgs) == 2 and "" in orgs:   # the body is stated in one place only
            groups[person, title, max(orgs)] += groups.pop((person, title, ""))
    return [max(group, key=_fullest) for group in groups.values()]


def _fullest(one: _Office) -> tuple[int, bool, bool, int, str]:
    row = one.row
    return len(one.bounds), bool(row["first_attested"]), bool(row["org"]), len(one.mentions), row["id"]


def _in_span(work: Work, one: _Office) -> bool:
    if work.first is None and work.last is None:
        return True
    days = sorted(day for day in _days(one) if day)
    return bool(days) and work.within(days[0], days[-1])


def _days(one: _Office) -> Iterator[str | None]:
    """The days that its sources give, ISO 8601."""
    dates = [row["date"] for row in one.bounds if row["kind"] != "limit"]
    for date in dates or [one.row["first_attested"], one.row["last_attested"]]:
        days = bounds(date) if date and "XXXX" not in date else None
        yield days[0].isoformat() if days and days[0] else None


def _order(one: _Office) -> tuple[str, str, str]:
    return min((day for day in _days(one) if day), default="9999"), one.row["org"] or "", one.row["name"]


def _in_life(one: _Office) -> tuple[int, str]:
    return one.row["place"] or 0, one.row["id"]


def _row(work: Work, office: _Office) -> Row | None:
    """The row with as much of its term and body as its sources bear out."""
    row = office.row
    title = row["title"]
    stated = [one["stated"] for one in office.mentions]
    for term, dates in (*_terms(work, office), (None, ())):
        places = _places(office, dates)
        for org in dict.fromkeys((row["org"], *stated[:3], None)):
            cells = (term, row["name"], title, org)
            if made := work.cited(cells, places, (row["name"], title, org, *dates)):
                return made
    return None


def _places(office: _Office, dates: Sequence[str]) -> list[Place]:
    """The words that give the dates of a term; those that name the office where there are none."""
    given = [row for date in dates for row in office.bounds if row["date"] == date][:3]
    given += [row for date in dates for row in office.mentions if row["attested"] == date and not office.bounds][:2]
    given = given or list(office.mentions[:1]) or list(office.bounds[:1])
    if office.mentions and not any(one["document"] in {row["document"] for row in given} for one in office.mentions):
        given.append(office.mentions[0])
    return list(dict.fromkeys(Place(row["document"], row["start"], row["end"]) for row in given))


def _terms(work: Work, office: _Office) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The term in words with the EDTF dates named there: all that is known, else the days of sources only."""
    row, words = office.row, work.words
    attested = [date for date in (row["first_attested"], row["last_attested"]) if date and "XXXX" not in date]
    if row["start"] or row["ended"]:
        yield _term(work, row["start"], row["ended"])
    if len(set(attested)) == 2:
        first, last = attested
        yield words("term_span", date=words.short(first), last=words.short(last)), (first, last)
    if attested:
        yield words("term_on", date=words.short(attested[0])), (attested[0],)


def _term(work: Work, start: str | None, end: str | None) -> tuple[str, tuple[str, ...]]:
    words = work.words
    began, ended = _RANGE.fullmatch(start or ""), _RANGE.fullmatch(end or "")
    by: str = (began["high"] if began else start) or ""
    if began and ended and not began["low"] and not ended["high"]:   # only days on which sources attest it
        if by == ended["low"]:
            return words("term_on", date=words.short(by)), (by,)
        return words("term_span", date=words.short(by), last=words.short(ended["low"])), (by, ended["low"])
    left, first = _side(work, start, began, "term_from", None)
    right, last = _side(work, end, ended, "term_to", by or None)
    plain = not (began and began["low"]) and (ended is None or last == (ended["high"],))
    return (" " if plain else ", ").join(part for part in (left, right) if part), tuple(dict.fromkeys((*first, *last)))


def _side(
    work: Work, edtf: str | None, found: regex.Match[str] | None, key: str, since: str | None
) -> tuple[str, tuple[str, ...]]:
    """One end of a term; `since` is the day by which it began, which its end need not say again."""
    short = work.words.short
    if found is None:
        return (work.words(key, date=short(edtf)), (edtf,)) if edtf else ("", ())
    low, high = found["low"], found["high"]
    if low and high and low != since:
        return work.words(f"{key}_between", date=short(low), last=short(high)), (low, high)
    if high:
        return work.words(f"{key}_before", date=short(high)), (high,)
    if not low or low == since:
        return "", ()
    return work.words("term_still" if key == "term_to" else f"{key}_after", date=short(low)), (low,)


def _point(office: _Office, row: Row) -> Iterator[Point]:
    """The mark of an office: from the first to the last day that its sources give."""
    days = sorted(day for day in _days(office) if day)
    if not days:
        return
    known = {one["side"] for one in office.bounds if one["kind"] == "known"}
    group = ", ".join(part for part in (office.row["title"], office.row["org"]) if part)
    yield Point(
        office.row["name"], "", row.cells[0], "", row.notes, group=one_line(group), first_day=days[0],
        last_day=days[-1], first_known="start" in known, last_known="end" in known,
    )

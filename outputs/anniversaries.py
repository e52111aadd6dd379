"""What turns a round number of years in a year: events, acts, births, days that sources name (docs/anniversaries.md).

Only what a source dates: a day it gives is a day, a month stays a month, a year stays a year. What was only announced,
and what lies behind the last day of the archive itself, is left out.
"""

from __future__ import annotations

import calendar as months
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from corpus.shadow import lower, shadow
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history.clauses import pronoun_subject
from outputs.history.rows import one_line
from outputs.passages import WINDOW, around
from outputs.timeline import timeline
from outputs.topic import Topic, topic_documents
from outputs.words import event_labels, rows

_POINT = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARLY = regex.compile(r"XXXX-(\d\d)-(\d\d)")
_LEXICON = "organisation_history.tsv"
_SENTENCE = 4      # words; less before a border is a cell of a table
_REACH = 90        # characters between a recurring day and the words that name it; a person and `sinh`


@dataclass(frozen=True, slots=True)
class Anniversary:
    """Something that turns `years` old in the year asked for; `years` is None for a day that recurs each year.

    Of `kind` `body` the date is of the lexicon of bodies, `sources` is 0 and there is no document.

    `month` and `day` are those that sources give, None where they give none; `day` is None too for a 29 February in a
    year without one, and `leap` says so. `sources` counts independent documents.
    """

    id: str
    kind: str
    type: str
    label: str
    date: str
    years: int | None
    month: int | None
    day: int | None
    leap: bool
    weight: int
    quote: str
    document: str
    title: str
    place: str
    start: int
    sources: int


@dataclass(frozen=True, slots=True)
class _Dated:
    """Something with a date, as it is found."""

    id: str
    kind: str
    type: str
    label: str
    date: str
    quote: str
    document: str
    title: str
    place: str
    start: int
    sources: int


def anniversaries(
    base: FactBase, year: int, *, every: int = 5, topic: str | None = None, types: Collection[str] = (),
    month: int | None = None, most: int | None = None,
) -> list[Anniversary]:
    """What turns a multiple of `every` years in `year`, by month and day, the weightiest of a day first.

    What has only a month follows the days of its month; what has only a year comes last. `types`: of events
    (outputs/data/event_types.tsv), and `birth`, `day`. `most`: so many of the weightiest, in the same order.
    Raises QuestionError for numbers that cannot be asked for.
    """
    if not 1 <= year <= 9999 or every < 1 or (month is not None and not 1 <= month <= 12) or (most or 1) < 1:
        raise QuestionError(f"no anniversaries of every {every} years in month {month} of {year}")
    documents = None if topic is None else topic_documents(base.db, Topic(topic))
    told = list(_events(base, topic))
    found = [
        *told, *_acts(base, documents), *_births(base, documents), *_days(base, documents),
        *_bodies(base, None if topic is None else Topic(topic), told),
    ]
    made = (_anniversary(one, year, every) for one in found if not types or one.type in types)
    wanted = [one for one in made if one and (month is None or one.month == month)]
    if most is not None:
        wanted = sorted(wanted, key=lambda one: (-one.weight, *_order(one)))[:most]
    return sorted(wanted, key=_order)


def _order(one: Anniversary) -> tuple[int, int, int, str, str]:
    return one.month or 13, one.day or 32, -one.weight, one.date, one.id


def _anniversary(one: _Dated, year: int, every: int) -> Anniversary | None:
    if one.kind == "day" and (yearly := _YEARLY.fullmatch(one.date)):
        years, (month, day) = None, (int(yearly[1]), int(yearly[2]))
    else:
        point = _POINT.fullmatch(one.date)
        if point is None:
            return None
        years = year - int(point[1])
        if years <= 0 or years % every:
            return None
        month, day = int(point[2] or 0), int(point[3] or 0)
    if month > 12:
        month = 0      # a season, a quarter: EDTF counts them as months
    leap = (month, day) == (2, 29) and not months.isleap(year)
    weight = _weight(one, years)
    return Anniversary(
        one.id, one.kind, one.type, one.label, one.date, years, month or None, None if leap else day or None, leap,
        weight, one.quote, one.document, one.title, one.place, one.start, one.sources,
    )


@cache
def _weights(group: str) -> dict[str, int]:
    return {row["name"]: int(row["value"]) for row in rows("anniversary_weights") if row["group"] == group}


def _weight(one: _Dated, years: int | None) -> int:
    roundness = max((value for name, value in _weights("round").items() if years and years % int(name) == 0), default=0)
    points = _weights("source")
    further = min(points["most"], points["one"] * max(0, one.sources - 1))
    said = lower(shadow(one.quote))
    words_found = sum(value for name, value in _weights("words").items() if name in said)
    nobody = one.kind == "event" and pronoun_subject(one.quote, 0, len(one.quote))
    cell, border, _ = one.quote.partition("|")
    fragment = bool(border) and len(cell.split()) < _SENTENCE
    words_found += _weights("clause")["pronoun"] * nobody + _weights("clause")["cell"] * fragment
    return roundness + _weights("type").get(one.type, 0) + further + words_found


@cache
def words(language: str = "vi") -> dict[str, str]:
    """Our own words in Vietnamese (`vi`) or English (`en`)."""
    column = "english" if language == "en" else "vietnamese"
    return {row["key"]: row[column] for row in rows("anniversary_words")}


def _last_day(base: FactBase) -> str:
    """The last day of which the archive can report: that of its latest document."""
    return str(base.db.execute("SELECT coalesce(max(last_day), '9999') FROM document").fetchone()[0])


def _events(base: FactBase, topic: str | None) -> Iterator[_Dated]:
    end = _last_day(base)
    for entry in timeline(base, topic=topic).entries:
        if entry.planned or (entry.first_day or "") > end:
            continue
        told = entry.tellings[0]
        yield _Dated(entry.id, "event", entry.type, event_labels()[entry.type], entry.date, one_line(told.quote),
                     told.document_id, told.title, told.place, told.start, entry.sources)


# Identified acts whose day of issue a document states, unless an event of that day tells their issue.
_ACTS = f"""
    SELECT a.id, v.value AS date, v.sources, m.quote, m.start, {WINDOW}, d.id AS document, d.title, d.path, d.member
    FROM decree_value v JOIN decree a ON a.key = v.decree JOIN mention m ON m.key = v.mention
    JOIN document d ON d.key = m.document
    WHERE v.field = 'date' AND v.standing = 'shown' AND v.basis <> 'lexicon' AND a.missing IS NULL {{on_topic}}
      AND NOT EXISTS (
        SELECT 1 FROM decree_mention x JOIN mention c ON c.key = x.mention
        JOIN mention t ON t.document = c.document AND t.kind = 'event' AND t.start <= c.start AND t."end" >= c."end"
        JOIN event_mention y ON y.mention = t.key JOIN event e ON e.key = y.event
        WHERE x.decree = v.decree AND e.event_type = 'issuance' AND e.planned = 0 AND e.date = v.value)
    ORDER BY a.id
"""
# Dates right behind `sinh`, with the person who is named before them.
_BIRTHS = f"""
    SELECT m.id, f.edtf AS date, m.prefix, m.quote, m.start, {WINDOW}, d.id AS document, d.title, d.path, d.member,
           (SELECT p.key FROM mention o JOIN person_mention x ON x.mention = o.key JOIN person p ON p.key = x.person
            WHERE o.document = m.document AND o.kind = 'official'
              AND o."end" BETWEEN m.start - {_REACH} AND m.start
            ORDER BY o."end" DESC LIMIT 1) AS person
    FROM date_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.type = 'date' AND f.mod IS NULL AND f.edtf IS NOT NULL AND m.prefix LIKE '%sinh%' {{on_topic}}
    ORDER BY d.id, m.start
"""
_DAYS = f"""
    SELECT m.id, f.edtf AS date, m.quote, m.start, {WINDOW}, d.id AS document, coalesce(d.copy_of, d.id) AS source,
           d.title, d.path, d.member
    FROM date_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.type = 'set' AND f.edtf LIKE 'XXXX-__-__' {{on_topic}} ORDER BY d.id, m.start
"""


def _selected(base: FactBase, query: str, documents: set[int] | None) -> Iterable[sqlite3.Row]:
    if documents is None:
        return base.db.execute(query.format(on_topic=""))
    condition = "AND m.document IN (SELECT value FROM json_each(?))"
    return base.db.execute(query.format(on_topic=condition), (json.dumps(sorted(documents)),))


def _acts(base: FactBase, documents: set[int] | None) -> Iterator[_Dated]:
    for row in _selected(base, _ACTS, documents):
        yield _dated(row, row["id"], "act", "issuance", words()["issuance"], row["sources"])


def _births(base: FactBase, documents: set[int] | None) -> Iterator[_Dated]:
    seen: set[tuple[int, str]] = set()
    for row in _selected(base, _BIRTHS, documents):
        before = lower(shadow(row["prefix"])).rstrip()
        if row["person"] is None or not _cue("birth").search(before) or (row["person"], row["date"]) in seen:
            continue
        seen.add((row["person"], row["date"]))
        yield _dated(row, f"birth-{row['id']}", "birth", "birth", words()["birth"], 1)


_BODIES = """
    SELECT b.id, b.name, b.began AS date, coalesce(
             (SELECT min(s.source) FROM body_succession s WHERE s.later = b.key AND s.date = b.began),
             CASE WHEN b.ended IS NULL THEN b.source END) AS source
    FROM body b WHERE b.basis = 'lexicon' AND b.began IS NOT NULL
      AND EXISTS (SELECT 1 FROM body_mention x WHERE x.body = b.key) ORDER BY b.id
"""


def _bodies(base: FactBase, topic: Topic | None, told: Iterable[_Dated]) -> Iterator[_Dated]:
    """Since when the bodies that the archive names bear their names, by the lexicon.

    The act that the lexicon names beside a body that is no more ended it; what began it is the act of the one before.
    """
    events = [(one.date, lower(shadow(one.quote))) for one in told]
    for row in base.db.execute(_BODIES):
        if topic is not None and row["name"] not in topic:
            continue
        if any(date == row["date"] and lower(shadow(row["name"])) in said for date, said in events):
            continue
        quote = words()["body_act"].format(name=row["name"], act=row["source"]) if row["source"] else row["name"]
        yield _Dated(f"body-{row['id']}", "body", "founding", words()["body"], row["date"], quote, "",
                     words()["lexicon"], _LEXICON, 0, 0)


def _days(base: FactBase, documents: set[int] | None) -> Iterator[_Dated]:
    """Each recurring day once, with the first words that name it."""
    first: dict[tuple[str, str], _Dated] = {}
    sources: dict[tuple[str, str], set[str]] = {}
    for row in _selected(base, _DAYS, documents):
        said = lower(shadow(row["before_text"][-_REACH:] + row["quote"] + row["after_text"][:_REACH]))
        named = _cue("day").search(said)
        if named is None:
            continue
        key = (row["date"], named.group())
        sources.setdefault(key, set()).add(row["source"])
        first.setdefault(key, _dated(row, f"day-{row['id']}", "day", "day", words()["day"], 1))
    for key, one in first.items():
        yield _Dated(one.id, one.kind, one.type, one.label, one.date, one.quote, one.document, one.title, one.place,
                     one.start, len(sources[key]))


@cache
def _cue(use: str) -> regex.Pattern[str]:
    patterns = "|".join(row["pattern"] for row in rows("anniversary_cues") if row["use"] == use)
    after = "$" if use == "birth" else r"(?!\w)[^.;,)\n]{0,60}"
    return regex.compile(rf"(?<!\w)(?:{patterns}){after}")


def _dated(row: sqlite3.Row, identifier: str, kind: str, kind_of: str, label: str, sources: int) -> _Dated:
    before, after = around(row["before_text"], row["quote"], row["after_text"])
    place = f"{row['path']}#{row['member']}" if row["member"] else row["path"]
    return _Dated(identifier, kind, kind_of, label, row["date"], one_line(f"{before}{row['quote']}{after}"),
                  row["document"], row["title"] or row["document"], place or row["document"], row["start"], sources)

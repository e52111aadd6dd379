"""Events that tell when somebody took or left an office: the one kind of source that states a beginning or an end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

import regex

from corpus.shadow import shadow
from corpus.tables import TableError, table
from extractors.spelling import canonical
from pipeline.assemble.people.offices import Office, offices_told

_WITHIN = 160          # characters between a verb and the office that it regards
_INTO = regex.compile(
    r"(?:(?:làm|là|giữ|vào|đảm nhiệm|đảm nhận|nắm giữ|phụ trách|trở thành|quyền|nhận) )?"
    r"(?:(?:chức vụ|chức danh|chức|cương vị|vị trí|nhiệm vụ|trọng trách)(?: là)? )?"
)
_TO = regex.compile(
    r"(?<!\p{L})(?:giữ chức|làm|giữ cương vị|giữ vị trí|đảm nhiệm|đảm nhận|giữ nhiệm vụ|vào chức|vào vị trí) ?"
)
_PASSIVE = regex.compile(r"(?<!\p{L})(?:được|bị)(?!\p{L})[^.;:]{0,90}\Z")
_SHIFTED = regex.compile(
    r"(?<!\p{L})(?:không|chưa|đề nghị|đề xuất|đề cử|ứng cử|dự kiến|hồ sơ|quy trình|việc|nếu|sẽ|trình)(?!\p{L})"
    r"[^,.;]{0,24}\Z"
)


_CLAUSE = regex.compile(r"[,;.:]|(?<!\p{L})(?:và|rồi|sau đó)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Told:
    """An event that begins (`start`) or ends (`end`) an office of one of those it names."""

    mention: int        # of the event
    date: str
    side: str
    office: Office


@dataclass(frozen=True, slots=True)
class _Verb:
    words: str
    side: str
    active: bool
    task: bool      # an office before the name is the one held: `phân công Thứ trưởng A điều hành …`


@cache
def _verbs() -> tuple[_Verb, ...]:
    """The longest first, so that `thôi giữ chức` is no `giữ chức`."""
    found = []
    for row in table("pipeline", "term_verbs"):
        if row["side"] not in ("start", "end") or row["voice"] not in ("active", "own", "task"):
            raise TableError(f"term_verbs.tsv: {row['words']!r} needs a side and a voice")
        found.append(_Verb(row["words"], row["side"], row["voice"] != "own", row["voice"] == "task"))
    return tuple(sorted(found, key=lambda verb: -len(verb.words)))


@cache
def _verb_words() -> regex.Pattern[str]:
    words = "|".join(regex.escape(verb.words) for verb in _verbs())
    return regex.compile(rf"(?<!\p{{L}})(?<!(?:bầu|ứng|đề|trúng|đắc|tranh) )(?:{words})(?!\p{{L}})(?! cử(?!\p{{L}}))")


_EVENTS = """
    SELECT m.key, m.start, m."end", m.quote, e.date, p.key AS person, p.start AS at
      FROM event_fact e JOIN mention m ON m.key = e.mention
      JOIN mention p ON p.document = m.document AND p.kind = 'official' AND p.start >= m.start AND p."end" <= m."end"
     WHERE e.event_type = 'appointment' AND e.planned = 0 AND e.date NOT LIKE '%X%' AND e.date NOT LIKE '%/%'
    UNION
    SELECT m.key, m.start, m."end", m.quote, e.date, x.fact AS person, x.start AS at
      FROM event_fact e JOIN mention m ON m.key = e.mention JOIN event_participant x ON x.mention = m.key
     WHERE e.event_type = 'appointment' AND e.planned = 0 AND e.date NOT LIKE '%X%' AND e.date NOT LIKE '%/%'
       AND x.kind = 'official' AND x.fact IS NOT NULL AND x.pointed_at = 1
     ORDER BY 1, 7, 6
"""


def gather_told(db: sqlite3.Connection) -> set[str]:
    """Put into the temporary table `told` which mention of an official which event gives or takes an office.

    Returns the keys of the names of those whom events tell of.
    """
    db.execute("DROP TABLE IF EXISTS temp.told")
    db.execute("CREATE TEMP TABLE told (person TEXT, mention INTEGER, event INTEGER, date TEXT, side TEXT, words TEXT)")
    db.executemany(
        "INSERT INTO temp.told SELECT h.person, h.mention, ?2, ?3, ?4, ?5 FROM temp.held h WHERE h.mention = ?1",
        _told(db),
    )
    db.execute("CREATE INDEX temp.told_person ON told (person)")
    return {row[0] for row in db.execute("SELECT DISTINCT person FROM temp.told")}


def _told(db: sqlite3.Connection) -> Iterator[tuple[int, int, str, str, str]]:
    for event, rows in groupby(db.execute(_EVENTS), key=itemgetter("key")):
        named = list(rows)
        people = [(row["at"] - row["start"], row["person"]) for row in named]
        for person, side, words in terms_told(named[0]["quote"], people):
            yield person, event, named[0]["date"], side, words


def told_of(db: sqlite3.Connection, person: str) -> list[tuple[int, Told]]:
    """What events tell of those who bear one name, with the mention of the official that each names."""
    found: list[tuple[int, Told]] = []
    for row in db.execute(
        "SELECT DISTINCT mention, event, date, side, words FROM temp.told WHERE person = ? ORDER BY event, side, words",
        (person,),
    ):
        found += [
            (row["mention"], Told(row["event"], row["date"], row["side"], one)) for one in offices_told(row["words"])
        ]
    return found


def terms_told(quote: str, people: list[tuple[int, int]]) -> list[tuple[int, str, str]]:
    """Who takes (`start`) or leaves (`end`) which office by a clause: (person, side, words from the office on).

    `people` are the places of their names, or of a word that points at them, with their keys.
    """
    lower = canonical(shadow(quote).lower())
    found: list[tuple[int, str, str]] = []
    reached = -1
    for match in _verb_words().finditer(lower):
        verb = next(verb for verb in _verbs() if verb.words == match[0])
        if not verb.active and reached >= 0 and not _CLAUSE.search(lower, reached, match.start()):
            continue      # `được … bổ nhiệm giữ chức`: the second verb is part of the first
        reached = match.end()
        if _SHIFTED.search(lower, max(0, match.start() - 40), match.start()):
            continue
        whose = _whose(lower, verb, match.span(), people)
        words = _office_words(quote, lower, match.end(), whose, verb)
        if whose and words and not any(person == whose[1] and side == verb.side for person, side, _ in found):
            found.append((whose[1], verb.side, words))
    return found


def _whose(
    lower: str, verb: _Verb, at: tuple[int, int], people: list[tuple[int, int]]
) -> tuple[int, int] | None:
    before = [one for one in people if one[0] < at[0]]
    after = [one for one in people if one[0] >= at[1]]
    if not verb.active:
        return before[-1] if before else None
    passive = _PASSIVE.search(lower, 0, at[0])
    if passive:
        subjects = [one for one in before if one[0] < passive.start()]
        return subjects[-1] if subjects else None
    return after[0] if after else None


def _office_words(quote: str, lower: str, at: int, whose: tuple[int, int] | None, verb: _Verb) -> str | None:
    """The words from the office on: behind the verb, else behind `giữ chức`, `làm` further on."""
    if whose is None:
        return None
    stop = min(len(quote), at + _WITHIN)
    into = _INTO.match(lower, at + 1 if lower[at : at + 1] == " " else at, stop)
    starts = [into.end()] if into and not (verb.task and at < whose[0]) else []
    starts += [mark.end() for mark in _TO.finditer(lower, max(at, min(whose[0], stop)), stop)]
    for start in starts:
        words = quote[start : start + _WITHIN]
        if offices_told(words):
            return words
    return None

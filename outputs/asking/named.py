"""The filters of a search: who, to whom, which decree, where, when, about what.

Names are compared as whole syllables in the form of `outputs.factbase.name_forms`: written out or abbreviated,
with or without marks, with or without `tỉnh` and `thành phố`.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

import regex

from corpus import shadow
from extractors.calendar import bounds
from extractors.facts import KINDS
from outputs.asking.errors import SearchError, quoted
from outputs.asking.fields import fields
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import abbreviations, full_form, name_forms, short_form, spellings
from outputs.topic import Topic, topic_documents, topic_mentions

_NUMBER = regex.compile(
    r"(?<![\p{L}\p{N}/])(?P<number>\d{1,6}\p{L}?)(?:/(?P<year>[12]\d{3}))?+(?:[/-](?P<symbol>\p{L}[\p{L}\p{N}&/-]*+))?+"
)
_YEAR = regex.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_OF_YEAR = regex.compile(r"(?:\bnam )?" + _YEAR.pattern)


@dataclass(frozen=True, slots=True)
class Filters:
    """What facts and documents must meet. Keys are None where no name and no decree was asked for."""

    since: str | None = None   # ISO days, both included
    until: str | None = None
    mentions: frozenset[int] | None = None
    facts_only: bool = False
    on_topic: frozenset[int] | None = None   # documents
    topic_only: bool = False                 # no name and no decree is asked for besides

    def documents(self, db: sqlite3.Connection) -> frozenset[int] | None:
        """The documents that have one of the mentions and are on the topic; None where any may answer."""
        if self.mentions is None or self.topic_only:
            return self.on_topic
        sql = "SELECT DISTINCT document FROM mention WHERE key IN (SELECT value FROM json_each(?))"
        found = frozenset(row[0] for row in db.execute(sql, (self.keys_as_json(),)))
        return found if self.on_topic is None else found & self.on_topic

    def keys_as_json(self) -> str:
        """The mentions as a list that SQLite reads."""
        return json.dumps(list(self.mentions or ()))


def resolve(
    db: sqlite3.Connection, *, issuer: str | None = None, addressee: str | None = None, person: str | None = None,
    place: str | None = None, decree: str | None = None, topic: str | None = None, planned: bool | None = None,
    since: str | None = None, until: str | None = None,
) -> Filters:
    """The filters with names, decrees and topics looked up. Raises SearchError for one that cannot be read."""
    first, last = _day(since, 0, "from"), _day(until, 1, "to")
    if first and last and first > last:
        raise SearchError("ends before", since=since, until=until)
    named = {"issuer": issuer, "addressee": addressee, "person": person}
    found = [_named(db, {name: value for name, value in named.items() if value is not None})]
    found += [at_place(db, place) if place is not None else None, _citing(db, decree) if decree is not None else None]
    found += [None if planned is None else _planned(db, planned)]
    sets = [keys for keys in found if keys is not None]
    facts_only = any(asked is not None for asked in (issuer, addressee, planned))
    topic_only, on_topic = topic is not None and not sets, None
    if topic is not None:
        subject = Topic(topic)
        on_topic = frozenset(topic_documents(db, subject))
        sets.append(_of_topic(db, subject, on_topic))
    mentions = frozenset(set.intersection(*sets)) if sets else None
    return Filters(first, last, mentions, facts_only, on_topic, topic_only)


def _of_topic(db: sqlite3.Connection, topic: Topic, documents: frozenset[int]) -> set[int]:
    """Every fact of the documents on a topic, and the facts of others whose own words hold it."""
    rows = db.execute(
        "SELECT key FROM mention WHERE document IN (SELECT value FROM json_each(?))", (json.dumps(sorted(documents)),)
    )
    return {row["key"] for row in rows}.union(*(topic_mentions(db, topic, kind) for kind in KINDS))


def _planned(db: sqlite3.Connection, planned: bool) -> set[int]:
    """Events that are only announced, or that are reported."""
    return {row["mention"] for row in db.execute("SELECT mention FROM event_fact WHERE planned = ?", (planned,))}


def _day(value: str | None, side: int, name: str) -> str | None:
    if value is None:
        return None
    covered = bounds(value.strip()) if regex.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", value.strip()) else None
    if covered is None or covered[side] is None:
        raise SearchError("no date", field=name, label=name, value=quoted(value))
    return str(covered[side])


def _forms(name: str, value: str) -> tuple[str, ...]:
    forms = name_forms(value)
    if not forms:
        raise SearchError("no word in filter", field=name, label=fields()[name].label(), value=quoted(value))
    return forms


def phrases(forms: tuple[str, ...]) -> str:
    """Any of these forms, in the full-text language."""
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"


def _named(db: sqlite3.Connection, names: dict[str, str]) -> set[int] | None:
    if not names:
        return None
    match = " AND ".join(f"{column} : {phrases(_forms(column, value))}" for column, value in names.items())
    return {row[0] for row in db.execute("SELECT rowid FROM name_search WHERE name_search MATCH ?", (match,))}


_WORDS_OF = """
    SELECT m.key, m.quote || coalesce(' · ' || f.metric, '') || coalesce(' · ' || f.subject, '')
           || coalesce(' · ' || d.title, '') AS words
    FROM mention_search s JOIN mention m ON m.key = s.rowid
    LEFT JOIN figure_fact f ON f.mention = m.key LEFT JOIN decree_fact d ON d.mention = m.key
    WHERE mention_search MATCH ?
"""


_AT = """
    SELECT m.key FROM mention_search s JOIN mention m ON m.key = s.rowid
    WHERE mention_search MATCH ? AND m.kind <> 'figure'
"""


def at_place(db: sqlite3.Connection, place: str) -> set[int]:
    """Facts whose fields name the place, or whose words do; not the words before a figure, which also index it.

    Without marks the index is folded, so that `DN` answers for `ĐN`: the words themselves decide.
    """
    fields = f"place : {phrases(_forms('place', place))}"
    full = full_form(place)
    found = {row[0] for row in db.execute("SELECT rowid FROM name_search WHERE name_search MATCH ?", (fields,))}
    marked = shadow.fold(place) != shadow.lower(place)
    if marked:
        found.update(row[0] for row in db.execute(_AT, (f"quote : {phrases(_marked_spellings(place))}",)))
    match = f"quote_folded : {phrases(spellings((full, short_form(full))))}"
    place = f" {short_form(full)} "
    for row in db.execute(_WORDS_OF + (" AND m.kind = 'figure'" if marked else ""), (match,)):
        if row["key"] not in found and place in f" {short_form(full_form(row['words']))} ":
            found.add(row["key"])
    return found


_LEVEL = regex.compile(r"^(?:tỉnh|thành phố|tp) (?=\w)")


def _marked_spellings(place: str) -> tuple[str, ...]:
    """A place as texts write it: without `tỉnh` and `thành phố`, abbreviated, with its marks."""
    words = " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", index_forms(place)[0]))
    found = dict.fromkeys((words if words == "thành phố hồ chí minh" else _LEVEL.sub("", words), words))
    for row in abbreviations():
        full = " ".join(regex.findall(r"[\p{L}\p{M}\p{N}]+", index_forms(row["expansion"])[0]))
        short = index_forms(row["abbreviation"])[0]
        for form in list(found):
            found[f" {form} ".replace(f" {full} ", f" {short} ").strip()] = None
            found[f" {form} ".replace(f" {short} ", f" {full} ").strip()] = None
    return tuple(found)


def _citing(db: sqlite3.Connection, decree: str) -> set[int]:
    """Mentions of a decree, and facts whose words hold such a mention.

    `62/2015/NĐ-CP`, `Nghị định 62/2015`, `Nghị định 62`, `Luật Thi hành án dân sự 2008`, `Hiến pháp 1980`.
    """
    keys = decree_mentions(db, decree)
    rows = db.execute(
        "SELECT o.key FROM mention c JOIN mention o ON o.document = c.document AND o.start <= c.start"
        ' AND o."end" >= c."end" WHERE c.key IN (SELECT value FROM json_each(?))',
        (json.dumps(sorted(keys)),),
    )
    return {row[0] for row in rows}


def decree_mentions(db: sqlite3.Connection, asked: str) -> set[int]:
    """The mentions of the acts that a question means, by number or name, and of what assembly holds for the same."""
    return _same_decree(db, _decree_mentions(db, asked))


def decree_ids(db: sqlite3.Connection, asked: str) -> set[str]:
    """The ids of the acts that a question means, read as the filter `decree` reads it: `Luật Đất đai 2024`, `NĐ 123`.

    Raises SearchError for a question without a word.
    """
    rows = db.execute(
        "SELECT DISTINCT d.id FROM decree d JOIN decree_mention m ON m.decree = d.key"
        " WHERE m.mention IN (SELECT value FROM json_each(?))", (json.dumps(sorted(_decree_mentions(db, asked))),)
    )
    return {row["id"] for row in rows}


def _same_decree(db: sqlite3.Connection, mentions: set[int]) -> set[int]:
    """These mentions, and every other that assembly put under one key with them: by number here, by name there."""
    rows = db.execute(
        "SELECT mention FROM decree_mention WHERE decree IN (SELECT decree FROM decree_mention"
        " WHERE mention IN (SELECT value FROM json_each(?)))", (json.dumps(sorted(mentions)),)
    )
    return mentions.union(row[0] for row in rows)


def _decree_mentions(db: sqlite3.Connection, value: str) -> set[int]:
    text = shadow.shadow(value)
    found = _NUMBER.search(text)
    if found and not (_YEAR.fullmatch(found["number"]) and not found["symbol"] and not found["year"]):
        return _by_number(db, text[: found.start()], found)
    return _by_name(db, text)


def _by_number(db: sqlite3.Connection, before: str, found: regex.Match[str]) -> set[int]:
    stem = found["number"].lstrip("0").upper() or "0"
    symbol = found["symbol"] and shadow.fold(found["symbol"])
    doc_type = [word for word in shadow.fold(before).split() if word != "so"]
    forms = [stem, f"0{stem}", f"00{stem}"]
    rows = db.execute(
        f"SELECT mention, doc_type, number, year FROM decree_fact WHERE {' OR '.join(['number = ?'] * 3)} OR "
        + " OR ".join(["(number >= ? AND number < ?)"] * 6),
        forms + [edge for form in forms for edge in (f"{form}/", f"{form}0", f"{form}-", f"{form}.")],
    )
    return {
        row["mention"]
        for row in rows
        if (found["year"] is None or found["year"] in (str(row["year"]), *row["number"].split("/")))
        and (not symbol or shadow.fold(_symbol(row["number"])) == symbol)
        and (not doc_type or _is_type(shadow.fold(row["doc_type"]).split(), doc_type))
    }


def _is_type(words: list[str], asked: list[str]) -> bool:
    """`nghi dinh` for nghị định, and `nd` for short."""
    return words[: len(asked)] == asked or asked == ["".join(word[0] for word in words)]


def _symbol(number: str) -> str:
    """What follows the number and the year: `NĐ-CP` of `62/2015/NĐ-CP`, `NQ/TW` of `49-NQ/TW`."""
    return str(regex.sub(r"^\d+\p{L}?(?:/[12]\d{3})?[/-]?", "", number))


def _by_name(db: sqlite3.Connection, text: str) -> set[int]:
    folded = index_forms(text)[1]
    year = _YEAR.search(folded)
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", _OF_YEAR.sub(" ", folded))
    if not words:
        raise SearchError("no decree", field="decree", label=fields()["decree"].label(), value=quoted(text))
    rows = db.execute(
        "SELECT x.mention, x.year FROM mention_search s JOIN decree_fact x ON x.mention = s.rowid"
        " WHERE mention_search MATCH ?",
        ('quote_folded : "' + " ".join(words) + '"',),
    )
    return {row["mention"] for row in rows if not year or row["year"] == int(year[0])}

"""The filters of a search, each a condition on the keys of mentions: who, to whom, which decree, where, when."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import regex

from corpus import shadow
from extractors.calendar import bounds
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import full_form, short_form
from outputs.query import SearchError

NAME_FILTERS = ("issuer", "addressee", "person", "place")

_NUMBER = regex.compile(
    r"(?<![\p{L}\p{N}/])(?P<number>\d{1,6}\p{L}?)(?:/(?P<year>[12]\d{3}))?+(?:[/-](?P<symbol>\p{L}[\p{L}\p{N}&/-]*+))?+"
)
_YEAR = regex.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_OF_YEAR = regex.compile(r"(?:\bnam )?" + _YEAR.pattern)


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL on `m.key`, or on the days `f` of a fact or document, with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()
    of_day: bool = False


def name_match(column: str, value: str) -> str:
    """A name as a phrase of whole syllables in one column of `name_search`, however it is written."""
    full = full_form(value)
    if not full:
        raise SearchError(f"the filter --{column} {value!r} holds no word")
    forms = dict.fromkeys((full, short_form(full)))
    return f"{column} : (" + " OR ".join(f'"{form}"' for form in forms) + ")"


def names(filters: dict[str, str | None]) -> list[Condition]:
    """Conditions for issuer, addressee, person and place."""
    matches = [name_match(column, value) for column, value in filters.items() if value is not None]
    if not matches:
        return []
    sql = "+m.key IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)"
    return [Condition(sql, (" AND ".join(matches),))]


def days(since: str | None, until: str | None) -> list[Condition]:
    """Conditions for facts of whose days at least one lies between `since` and `until`, both included."""
    first, last = _edge(since, 0, "since"), _edge(until, 1, "until")
    if first and last and first > last:
        raise SearchError(f"the span of time ends before it begins: {since} – {until}")
    tests = (("coalesce(f.last_day, '9999') >= ?", first), ("coalesce(f.first_day, '0000') <= ?", last))
    return [Condition(f"f.mention IS NOT NULL AND {sql}", (day,), of_day=True) for sql, day in tests if day]


def _edge(value: str | None, side: int, name: str) -> str | None:
    if value is None:
        return None
    covered = bounds(value.strip()) if regex.fullmatch(r"\d{4}(?:-\d\d){0,2}", value.strip()) else None
    if covered is None or covered[side] is None:
        raise SearchError(f"{name}: {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return str(covered[side])


def decree(db: sqlite3.Connection, value: str) -> list[Condition]:
    """Conditions for mentions of a decree and for facts whose words hold such a mention.

    `62/2015/NĐ-CP`, `Nghị định 62/2015`, `Nghị định 62`, `Luật Thi hành án dân sự 2008`, `Hiến pháp 1980`.
    """
    keys = sorted(_decree_mentions(db, value))
    within = (
        "SELECT o.key FROM mention c JOIN mention o ON o.document = c.document"
        ' AND o.start <= c.start AND o."end" >= c."end" WHERE c.key IN (SELECT value FROM json_each(?))'
    )
    return [Condition(f"+m.key IN ({within})", (json.dumps(keys),))]


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
        and (not doc_type or shadow.fold(row["doc_type"]).split()[: len(doc_type)] == doc_type)
    }


def _symbol(number: str) -> str:
    """What follows the number and the year: `NĐ-CP` of `62/2015/NĐ-CP`, `NQ/TW` of `49-NQ/TW`."""
    return regex.sub(r"^\d+\p{L}?(?:/[12]\d{3})?[/-]?", "", number)


def _by_name(db: sqlite3.Connection, text: str) -> set[int]:
    folded = index_forms(text)[1]
    year = _YEAR.search(folded)
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", _OF_YEAR.sub(" ", folded))
    if not words:
        raise SearchError(f"the filter --decree {text!r} names no decree; write 62/2015/NĐ-CP or Luật Đất đai 2013")
    rows = db.execute(
        "SELECT x.mention, x.year FROM mention_search s JOIN decree_fact x ON x.mention = s.rowid"
        " WHERE mention_search MATCH ?",
        ('quote_folded : "' + " ".join(words) + '"',),
    )
    return {row["mention"] for row in rows if not year or row["year"] == int(year[0])}

"""What is said of an act: every value with the words that state it, and the one that is shown.

Shown is, by these in turn: the most exact date, from the lexicon where sources say only its months or year; what the
act's own head says; what agrees with the lexicon of acts; what most independent documents say, counting those that
agree with it; what most say word for word; the longer; the first in order. Values agree where one only says less: a
year and a day in it, a title and its beginning, a ministry and its minister.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from extractors.acts import Act
from extractors.decree_key import identify, known_act, words
from extractors.decree_urn import urn_lex
from extractors.facts import Decree
from pipeline.assemble.decrees.joining import missing

_COMPARED = 60   # of more values of one field, those of most sources are compared with each other
_SAID = ("number", "date", "issuer", "title")
_SHOWN = ("doc_type", "year", *_SAID, "effect", "expiry")
_AT_ONCE = 1000  # acts that are in memory
_ADD_DECREE = (
    f"INSERT INTO decree (key, id, missing, lexicon, urn, {', '.join(_SHOWN)})"
    f" VALUES (?, ?, ?, ?, ?{', ?' * len(_SHOWN)})"
)
_ADD_VALUE = "INSERT INTO decree_value VALUES (?, ?, ?, ?, ?, ?, ?)"
_Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    value: str
    mention: int | None
    sources: int
    own: bool
    place: int

    @property
    def basis(self) -> str:
        return "lexicon" if self.mention is None else "own head" if self.own else "stated"


def store(db: sqlite3.Connection) -> None:
    """Fill `decree`, `decree_mention`, `decree_value` and `decree_candidate` from the tables of `joining`."""
    for field in _SAID:
        db.execute(
            "INSERT INTO temp.said (id, field, value, mention, place, source, own)"
            f" SELECT id, '{field}', {field}, key, place, source, own FROM temp.cited WHERE {field} IS NOT NULL"
        )
    # `mention` is that of the smallest `place`: SQLite takes bare columns from the row of the minimum.
    said = _by_act(db.execute(
        "SELECT id, field, value, mention, count(DISTINCT source) AS sources, min(place - own * ?) AS place"
        " FROM temp.said GROUP BY id, field, value ORDER BY id, field, value", (_FIRST,)
    ))
    named = _by_act(db.execute(
        "SELECT id, doc_type, year, count(*) AS mentions FROM temp.cited GROUP BY id, doc_type, year ORDER BY id"
    ))
    acts = enumerate(_acts(named, said), 1)
    while several := list(islice(acts, _AT_ONCE)):
        db.executemany(_ADD_DECREE, ((decree, *act) for decree, (act, _) in several))
        db.executemany(_ADD_VALUE, ((decree, *value) for decree, (_, values) in several for value in values))
    db.execute(
        "INSERT INTO decree_mention (decree, mention, rule)"
        " SELECT e.key, c.key, c.rule FROM temp.cited c JOIN decree e ON e.id = c.id ORDER BY c.place"
    )
    db.execute(
        "INSERT INTO decree_candidate (decree, candidate) SELECT e.key, o.key FROM temp.candidate c"
        " JOIN decree e ON e.id = c.id JOIN decree o ON o.id = c.candidate"
    )


def _by_act(rows: sqlite3.Cursor) -> Iterator[tuple[str, list[sqlite3.Row]]]:
    for key, group in groupby(rows, key=lambda row: str(row["id"])):
        yield key, list(group)


def _acts(
    named: Iterator[tuple[str, list[sqlite3.Row]]], said: Iterator[tuple[str, list[sqlite3.Row]]]
) -> Iterator[tuple[_Row, list[_Row]]]:
    """For each act its row in `decree`, and its rows in `decree_value`, without its key."""
    waiting = next(said, None)
    for key, rows in named:
        values: list[sqlite3.Row] = []
        if waiting is not None and waiting[0] == key:
            values, waiting = waiting[1], next(said, None)
        yield _act(key, rows, values)


def _act(key: str, named: list[sqlite3.Row], said: list[sqlite3.Row]) -> tuple[_Row, list[_Row]]:
    stated: dict[str, list[_Value]] = {}
    for row in said:
        own = row["place"] < 0
        stated.setdefault(row["field"], []).append(
            _Value(row["value"], row["mention"], row["sources"], own, row["place"] + _FIRST if own else row["place"])
        )
    doc_type = _most(named, "doc_type")
    act = _act_of(key, str(doc_type), stated, _most(named, "year"))
    known = {} if act is None else {
        name: value for name, value in (
            ("number", act.number), ("date", act.date), ("issuer", act.issuer), ("title", act.title)
        ) if value is not None
    }
    listed = {field: _Value(value, None, 0, False, 0) for field, value in known.items()}
    shown = {field: _chosen(field, values, known.get(field)) for field, values in stated.items()}
    shown |= {field: value for field, value in listed.items() if _says_more(field, value, shown.get(field))}
    added = {field for field, value in shown.items() if value is listed.get(field)}
    year = (_year(shown["date"].value) if "date" in shown else None) or _most(named, "year") or _year(known.get("date"))
    if year and _most(named, "year") is None and ("date" not in shown or "date" in added):
        added.add("year")
    all_values: dict[str, str | int | None] = {
        "doc_type": doc_type, "year": year,
        **{field: shown[field].value if field in shown else None for field in _SHOWN[2:]},
    }
    rows: list[_Row] = [
        (field, value.value, _standing(field, value, shown[field]), value.basis, value.mention, value.sources)
        for field, group in stated.items() for value in group
    ]
    for field, value in listed.items():
        rows.append((field, value.value, _standing(field, value, shown[field]), "lexicon", None, 0))
    lexicon = " ".join(name for name in _ORDER if name in added) or None
    return (key, missing(key), lexicon, _urn(all_values), *(all_values[name] for name in _SHOWN)), rows


def _says_more(field: str, listed: _Value, shown: _Value | None) -> bool:
    """Whether the lexicon is shown: nobody states it, or only the months or the year in which its day lies."""
    if shown is None:
        return True
    return field == "date" and _exactness(listed.value) > _exactness(shown.value) and _agree_dates(
        shown.value, listed.value
    )


def _most(rows: list[sqlite3.Row], name: str) -> str | int | None:
    """What most mentions give; of equals the first in order."""
    counts: dict[str | int, int] = {}
    for row in rows:
        if row[name] is not None:
            counts[row[name]] = counts.get(row[name], 0) + row["mentions"]
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdigit() else None


def _urn(values: dict[str, str | int | None]) -> str | None:
    fields = ("doc_type", "number", "year", "date", "issuer", "title")
    return urn_lex(Decree(start=0, end=0, text="", **{name: values[name] for name in fields}))  # type: ignore[arg-type]


def _act_of(key: str, doc_type: str, stated: dict[str, list[_Value]], year: str | int | None) -> Act | None:
    """The act of the lexicon; None where it has none, or a stated day or year contradicts it."""
    act = known_act(key)
    dates = [value.value for value in stated.get("date", [])]
    if act is None and "number" not in stated:
        titles = sorted(stated.get("title", []), key=lambda value: (-value.sources, value.value))
        days = sorted(date for date in dates if _exactness(date) == _DAY)
        found = identify(Decree(
            start=0, end=0, text="", doc_type=doc_type, title=titles[0].value if titles else None,
            date=days[0] if days else None, year=int(year) if year else None,
        ))
        act = found.act if found and found.key == key else None
    if act is None or (year and str(year) != act.date[:4]):
        return None
    return act if not dates or any(_agree_dates(date, act.date) for date in dates) else None


def _chosen(field: str, values: list[_Value], known: str | None) -> _Value:
    if len(values) == 1:
        return values[0]
    agree = _AGREE.get(field, str.__eq__)
    most = sorted(values, key=lambda value: (not value.own, -value.sources, value.value))[:_COMPARED]
    support = {
        value.value: sum(other.sources for other in most if agree(value.value, other.value)) for value in most
    }
    return min(most, key=lambda value: (
        -_exactness(value.value) if field in _DATES else 0, not value.own,
        known is not None and not agree(value.value, known), -support[value.value],
        field == "number" and value.value.replace("/", "").isdigit(), -value.sources,
        value.value.isupper(), -len(value.value), value.value,
    ))


def _standing(field: str, value: _Value, shown: _Value) -> str:
    if value is shown:
        return "shown"
    return "agrees" if _AGREE.get(field, str.__eq__)(value.value, shown.value) else "differs"


def _exactness(date: str) -> int:
    """Characters of a day, month or year; of months from one to another less than of a month."""
    if "X" in date:
        return 0
    return _MONTHS if "/" in date else len(date)


def _agree_dates(one: str, other: str) -> bool:
    """One says no more than the other: a year or months and a day in them, a day without its year."""
    if "/" in one or "/" in other:
        (first, last), (since, until) = ((part[0], part[-1]) for part in (one.split("/"), other.split("/")))
        return first[: len(until)] <= until[: len(first)] and since[: len(last)] <= last[: len(since)]
    if one.startswith("XXXX") or other.startswith("XXXX"):
        return one[4:] == other[4:] or len(one) == 4 or len(other) == 4
    return one.startswith(other) or other.startswith(one)


def _agree_titles(one: str, other: str) -> bool:
    """The same words, or one breaks off earlier or leaves out a few; both folded, without linking words."""
    short, long = sorted((_title_words(one), _title_words(other)), key=len)
    if len(short) < _FEWEST:
        return short == long
    return short == long[: len(short)] or (len(short) >= _MOST * len(long) and _in_order(short, long))


def _in_order(short: list[str], long: list[str]) -> bool:
    """Whether all words of one stand in the other, in their order, the first as the first."""
    rest = iter(long)
    return short[0] == long[0] and all(word in rest for word in short)


def _title_words(title: str) -> list[str]:
    found = [word for word in words(title) if word not in _LINKING]
    while found[:2] in _OPENINGS:
        found = found[2:]
    return found


def _agree_issuers(one: str, other: str) -> bool:
    """The same body, or its head for it: `Bộ trưởng Bộ Công an` and `Bộ Công an`."""
    mine, yours = (" ".join(words(name)).replace("uy ban nhan dan", "ubnd") for name in (one, other))
    return mine == yours or mine.endswith(f" {yours}") or yours.endswith(f" {mine}")


def _agree_numbers(one: str, other: str) -> bool:
    """The same symbol, or one without its letters: `45/2014` and `45/2014/NĐ-CP`."""
    mine, yours = ([part.lstrip("0") for part in words(number)] for number in (one, other))
    least = min(len(mine), len(yours))
    return mine[:least] == yours[:least]


_FIRST = 1 << 40   # more than any place: what an act's own head says stands before the rest
_DAY = len("1946-07-19")
_MONTHS = len("2025-02") - 1
_FEWEST = 3        # words that a title must share with the beginning of a longer one
_MOST = 0.7        # of the words of a title that one with words left out must have
_DATES = ("date", "effect", "expiry")
_ORDER = ("number", "year", "date", "issuer", "title")
_LINKING = frozenset({"va", "ve", "viec"})
_OPENINGS = (["quy", "dinh"], ["ban", "hanh"])   # `quy định về …`, `ban hành …`: left out by many
_AGREE: dict[str, Callable[[str, str], bool]] = {
    "date": _agree_dates, "effect": _agree_dates, "expiry": _agree_dates, "title": _agree_titles,
    "issuer": _agree_issuers, "number": _agree_numbers,
}

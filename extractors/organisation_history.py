"""Public bodies and provinces through their renamings and mergers: who bore a name on a day, and who came after.

Two bodies with one name are two (`Cục Thi hành án dân sự` of the Ministry until 2009, that of a province until 2025;
Hải Phòng before and after 1 July 2025): records of both sides of such a day must not be joined by their name alone.
Sources: the acts in organisation_history.tsv; for the provinces of 2025 Resolution 202/2025/QH15.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

import regex

from corpus import tables
from extractors.lexicon import many, table
from extractors.spelling import canonical

_MERGER_SOURCE = "Nghị quyết 202/2025/QH15"
_LAST_DAY_OF_63, _FIRST_DAY_OF_34 = "2025-06-30", "2025-07-01"
_OF_A_PLACE = frozenset({"local", "district"})
_PLACE = regex.compile(r"(?:tỉnh|thành phố|tp\.?|t\.p\.?) ?", regex.I)
_SPACES = regex.compile(r"[\s,–-]+")
_LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body under one of its names. `start` and `end` are EDTF days, months or years, the last one included.

    None stands for a beginning that no source of the table tells and for a body that still has the name.
    `place` is that of a local body; `parent` is the body above it and `successors` who took over, by name.
    """

    name: str
    kind: str
    start: str | None
    end: str | None
    parent: str | None
    successors: tuple[str, ...]
    source: str
    place: str | None = None


def organisation_at(name: str, on: str) -> NamedBody | None:
    """The body that bore a name on a day, month or year (EDTF `2014-05-09`, `2014`); None where the table has none.

    A name may have its place behind it. Where a period holds a renaming, the later bearer of the name.

    >>> organisation_at("Bộ Giao thông vận tải", "2024").successors
    ('Bộ Xây dựng',)
    >>> organisation_at("Bộ Giao thông vận tải", "2025-06") is None
    True
    """
    borne = [body for body in _bearers(name) if _holds(body, on)]
    return max(borne, key=lambda body: body.start or "") if borne else None


def successors_at(name: str, since: str, on: str) -> tuple[str, ...]:
    """The names that what was called `name` at `since` has on a later day; empty where the table does not know it.

    >>> successors_at("Bắc Thái", "1990", "2026")
    ('Thái Nguyên',)
    """
    body = organisation_at(name, since)
    return tuple(dict.fromkeys(_follow(body, on, _LONGEST_CHAIN))) if body else ()


def _follow(body: NamedBody, on: str, steps: int) -> list[str]:
    if body.end is None or _latest(body.end) >= on or steps == 0:
        return [_with_place(body)]
    found: list[str] = []
    for name in body.successors:
        following = [other for other in _bearers(name) if other.start is None or other.start >= body.end[:4]]
        later = [other for other in following if other != body and (other.end is None or other.end > body.end)]
        found += _follow(min(later, key=lambda other: other.start or ""), on, steps - 1) if later else [name]
    return found


def _with_place(body: NamedBody) -> str:
    return f"{body.name} {body.place}" if body.place else body.name


def _holds(body: NamedBody, on: str) -> bool:
    return (body.start is None or body.start <= _latest(on)) and (body.end is None or _latest(body.end) >= on)


def _latest(edtf: str) -> str:
    """What sorts behind every day of a year or month and before what follows: `2007` → `2007~`."""
    return edtf if len(edtf) == len("2007-01-01") else f"{edtf}~"


def _bearers(name: str) -> list[NamedBody]:
    """Everybody who bore a name, a local body with its place."""
    whole = _bodies().get(_key(name), [])
    found = [body for body in whole if body.kind not in _OF_A_PLACE]
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        local = [body for body in _bodies().get(_key(" ".join(words[:count])), []) if body.kind in _OF_A_PLACE]
        if local:
            return found + [_placed(body, " ".join(words[count:])) for body in local]
    return found or whole


def _placed(body: NamedBody, place: str) -> NamedBody:
    """A local body of one place; one that outlives its province goes on as that of the province it was merged into."""
    level = _PLACE.match(place)
    name = _key(place[level.end():] if level else place)
    into = _provinces().get(name)
    gone = into is not None and _key(into[1]) != name
    after = f"{into[0]} {into[1]}" if into and gone and (body.end is None or body.end >= _LAST_DAY_OF_63) else place
    parent = body.parent
    if parent == "Ủy ban nhân dân" or any(above.kind in _OF_A_PLACE for above in _bodies().get(_key(parent or ""), [])):
        parent = f"{parent} {place}"
    successors, end = body.successors, body.end
    if end is None and gone and (body.start or "") < _FIRST_DAY_OF_34:
        successors, end = (body.name,), _LAST_DAY_OF_63
    return replace(
        body, place=place, parent=parent, end=end, successors=tuple(f"{successor} {after}" for successor in successors)
    )


def _key(name: str) -> str:
    return str(_SPACES.sub(" ", canonical(name.lower()))).strip()


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    """Every spelling of the 63 provinces of 2024 → level and name of the province of today."""
    rows = [row for row in tables.table("corpus", "provinces") if row["into"]]
    levels = {row["name"]: row["level"] for row in rows}
    return {
        _key(spelling): (levels[row["into"]], row["into"])
        for row in rows
        for spelling in (row["name"], *many(row["variants"]))
    }


@cache
def _bodies() -> dict[str, list[NamedBody]]:
    """Every name and alias → the bodies that bore it."""
    bodies: dict[str, list[NamedBody]] = defaultdict(list)
    began: dict[str, tuple[str, str]] = {}
    for row in table("organisation_history"):
        if row["kind"] == "province" and not row["to"]:
            began[row["name"]] = row["from"], row["source"]
            continue
        body = NamedBody(
            row["name"], row["kind"], row["from"] or None, row["to"] or None, row["parent"] or None,
            many(row["successor"]), row["source"],
        )
        for name in (row["name"], *many(row["aliases"])):
            bodies[_key(name)].append(body)
    for row in tables.table("corpus", "provinces"):
        if not row["into"]:   # a province of before 1997: in the table of this module
            continue
        for body in _versions(row["name"], row["into"], began.get(row["name"])):
            for name in (row["name"], *many(row["variants"])):
                bodies[_key(name)].append(body)
    return dict(bodies)


def _versions(name: str, into: str, began: tuple[str, str] | None) -> list[NamedBody]:
    """A province of 2024, and where it grew in 2025 the one of that name since."""
    start, source = began or (None, _MERGER_SOURCE)
    if into == name and name not in _grown():
        return [NamedBody(name, "province", start, None, None, (), source)]
    old = NamedBody(name, "province", start, _LAST_DAY_OF_63, None, (into,), _MERGER_SOURCE)
    new = NamedBody(name, "province", _FIRST_DAY_OF_34, None, None, (), _MERGER_SOURCE)
    return [old, new] if into == name else [old]


@cache
def _grown() -> frozenset[str]:
    return frozenset(row["into"] for row in tables.table("corpus", "provinces") if row["into"] != row["name"])

"""Public bodies and provinces through their renamings and mergers: who bore a name on a day, and who came after.

Two bodies with one name are two (`Cục Thi hành án dân sự` of the Ministry until 2009, that of a province until 2025;
Hải Phòng before and after 1 July 2025): records of both sides of such a day must not be joined by their name alone.
Sources: the acts in organisation_history.tsv; for the provinces of 2025 Resolution 202/2025/QH15.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from corpus import tables
from extractors.lexicon import many, table
from extractors.spelling import canonical

_MERGER_SOURCE = "Nghị quyết 202/2025/QH15"
_LAST_DAY_OF_63, FIRST_DAY_OF_34 = "2025-06-30", "2025-07-01"
OF_A_PLACE = frozenset({"local", "district", "commune", "regional"})
_DISTRICT = regex.compile(r"(?:huyện|quận|thị xã|tx\.?|q\.?|h\.?) ?(?=\p{Lu}|\d)", regex.I)
_COMMUNE = regex.compile(r"(?:xã|phường|thị trấn|đặc khu) ?(?=\p{Lu}|\d)", regex.I)
_PLACE = regex.compile(r"(?:tỉnh|thành phố|tp\.?|t\.p\.?) ?", regex.I)
_SPACES = regex.compile(r"[\s,–-]+")
_LONGEST_CHAIN = 10
_CITIES_SINCE = {"Đồng Nai": "2026-04-30"}   # Resolution 30/2026/QH16: a province until then
LEVELS_CHANGED = tuple(_CITIES_SINCE.values())


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
    aliases: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash((self.name, self.kind, self.start, self.place))   # all fields would be slow, and tell no more


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under its name, with what it was merged into in 2025 (itself, if it still is)."""

    name: str
    level: str
    into: str
    spellings: tuple[str, ...]

    def level_at(self, on: str) -> str:
        """`tỉnh` or `thành phố` on a day."""
        return "tỉnh" if on < _CITIES_SINCE.get(self.name, "") else self.level


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
    found = [body for body in whole if body.kind not in OF_A_PLACE]
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        local = [body for body in _bodies().get(_key(" ".join(words[:count])), []) if body.kind in OF_A_PLACE]
        if local:
            place = " ".join(words[count:])
            placed = (of_place(body, place) for body in local if body.kind in (kind_of(place), "regional"))
            return found + [version for versions in placed for version in versions]
    return found or whole


def kind_of(place: str) -> str:
    """The kind of the bodies of a place, by the level before its name: a province where none stands."""
    if _DISTRICT.match(place):
        return "district"
    return "commune" if _COMMUNE.match(place) else "local"


@lru_cache(maxsize=32768)
def of_place(body: NamedBody, place: str) -> tuple[NamedBody, ...]:
    """A local body in one place: once, or before and after the mergers of 2025 where its province took part in them.

    One that outlives its province goes on as that of the province it was merged into.
    """
    level = _PLACE.match(place)
    name = _key(place[level.end():] if level else place)
    province = _by_spelling().get(name) if body.kind == "local" else None
    touched = province is not None and province.into in grown()
    here = replace(body, place=place, parent=_parent_in(body, place))
    if body.kind != "local" or province is None or not touched or (body.start or "") >= FIRST_DAY_OF_34:
        return (replace(here, successors=_names_in(body, place)),)
    after = f"{_levels()[province.into]} {province.into}"
    if body.end is not None:
        into = after if _latest(body.end) >= _LAST_DAY_OF_63 else place
        return (replace(here, successors=_names_in(body, into)),)
    followed = _names_in(replace(body, successors=(body.name,)), after)
    before = replace(here, end=_LAST_DAY_OF_63, successors=followed, source=_MERGER_SOURCE)
    if province.into != province.name:
        return (before,)
    return before, replace(here, start=FIRST_DAY_OF_34, source=_MERGER_SOURCE)


def _parent_in(body: NamedBody, place: str) -> str | None:
    """The parent with the place, where it is one of that place: that of a district is of a province, not told by it."""
    return f"{body.parent} {place}" if _parent_is_local(body) else body.parent


@cache
def _parent_is_local(body: NamedBody) -> bool:
    same = (other for other in lexicon() if other.kind == body.kind and other.name == body.parent != body.name)
    return any(_overlap(body, other) for other in same)


def _overlap(one: NamedBody, other: NamedBody) -> bool:
    return (one.start or "") < (other.end or "~") and (other.start or "") < (one.end or "~")


def _names_in(body: NamedBody, place: str) -> tuple[str, ...]:
    return tuple(f"{name} {place}" if name in _names_of(body.kind) else name for name in body.successors)


@cache
def _names_of(kind: str) -> frozenset[str]:
    return frozenset(body.name for body in lexicon() if body.kind == kind)


def _key(name: str) -> str:
    return str(_SPACES.sub(" ", canonical(name.lower()))).strip()


@cache
def provinces() -> tuple[Province, ...]:
    """Those of 2024, and those before that the table of this module has; each spelling belongs to one."""
    names = {row["name"] for row in table("organisation_history") if row["kind"] == "province"}
    own = tuple(
        Province(
            row["name"], row["level"], row["into"],
            (row["name"], *(spelling for spelling in many(row["variants"]) if spelling not in names)),
        )
        for row in tables.table("corpus", "provinces") if row["into"]
    )
    known = {province.name for province in own}
    return own + tuple(
        Province(row["name"], "tỉnh", row["name"], (row["name"], *many(row["aliases"])))
        for row in table("organisation_history") if row["kind"] == "province" and row["name"] not in known
    )


@cache
def _by_spelling() -> dict[str, Province]:
    return {_key(spelling): province for province in provinces() for spelling in province.spellings}


@cache
def _levels() -> dict[str, str]:
    return {province.name: province.level for province in provinces()}


@cache
def lexicon() -> tuple[NamedBody, ...]:
    """Every body of the table and every version of a province."""
    found: list[NamedBody] = []
    began: dict[str, tuple[str, str]] = {}
    for row in table("organisation_history"):
        if row["kind"] == "province" and not row["to"]:
            began[row["name"]] = row["from"], row["source"]
            continue
        found.append(NamedBody(
            row["name"], row["kind"], row["from"] or None, row["to"] or None, row["parent"] or None,
            many(row["successor"]), row["source"], aliases=many(row["aliases"]),
        ))
    of_today = {row["name"] for row in tables.table("corpus", "provinces") if row["into"]}
    for province in provinces():
        if province.name in of_today:
            found += _versions(province, began.get(province.name))
    return tuple(found)


@cache
def _bodies() -> dict[str, list[NamedBody]]:
    """Every name and alias → the bodies that bore it."""
    bodies: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        for name in (body.name, *body.aliases):
            bodies[_key(name)].append(body)
    return dict(bodies)


def _versions(province: Province, began: tuple[str, str] | None) -> list[NamedBody]:
    """A province of 2024, and where it grew in 2025 the one of that name since."""
    start, source = began or (None, _MERGER_SOURCE)
    aliases = province.spellings[1:]
    if province.into == province.name and province.name not in grown():
        return [NamedBody(province.name, "province", start, None, None, (), source, aliases=aliases)]
    old = NamedBody(
        province.name, "province", start, _LAST_DAY_OF_63, None, (province.into,), _MERGER_SOURCE, aliases=aliases
    )
    new = NamedBody(
        province.name, "province", FIRST_DAY_OF_34, None, None, (), _MERGER_SOURCE, aliases=aliases
    )
    return [old, new] if province.into == province.name else [old]


@cache
def grown() -> frozenset[str]:
    """The provinces of today that took in others on 1 July 2025."""
    return frozenset(row["into"] for row in tables.table("corpus", "provinces") if row["into"] != row["name"])

"""Where a body is: the province, district or commune of a name, one key for its spellings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import tables
from extractors.organisation_history import LEVELS_CHANGED, Province, provinces
from pipeline.assemble.bodies.days import Days
from pipeline.assemble.bodies.names import Place

_BELOW = {
    "huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}
_HUE_SINCE = "2025-01-01"       # Resolution 175/2024/QH15: until then a city of the province Thừa Thiên Huế
_CHANGES = tuple(sorted({"", _HUE_SINCE, *LEVELS_CHANGED}))     # days since which a place has another level


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a body is: `kind` as of local bodies, `country`, or `place` for others."""

    kind: str
    shown: str
    key: str
    level: str
    province: Province | None = None
    scoped: bool = False       # the name does not tell which of several places

    def __hash__(self) -> int:
        return hash((self.kind, self.shown, self.key))


@cache
def provinces_by_name() -> dict[str, Province]:
    """Every province that the lexicon knows."""
    return {province.name: province for province in provinces()}


def spot_of(place: Place, days: Days) -> Spot | None:
    """Where a place is; None for a level without a name."""
    return _spot_since(place, _CHANGES[bisect_right(_CHANGES, days[1]) - 1] if days else _CHANGES[-1])


@lru_cache(maxsize=32768)
def _spot_since(place: Place, on: str) -> Spot | None:
    if not place.name:
        return None
    if place.known == "country":
        return Spot("country", place.name, place.name.lower(), "nước")
    if place.known == "province":
        province = provinces_by_name()[place.name]
        level = province.level_at(on)
        city = place.level == "thành phố" and (level == "tỉnh" or (place.name == "Huế" and on < _HUE_SINCE))
        if place.level in {"", "tỉnh", "thủ đô"} or (place.level == "thành phố" and not city):
            return Spot("local", f"{level} {province.name}", province.name.lower(), level, province)
    kind = _BELOW.get(place.level)
    if kind is None:
        return Spot("place", f"{place.level} {place.written}", f"{place.level} {place.name}", place.level)
    return _below(place, kind, on)


def _below(place: Place, kind: str, on: str) -> Spot:
    above = spot_of(place.above, (on, on)) if place.above else None
    name = place.written if place.written else place.name.title()
    shown, key = f"{place.level} {name}", f"{place.level} {name.lower()}"
    scoped = kind == "commune" or name.isdigit() or name in _shared_names()
    if above is None:
        return Spot(kind, shown, key, place.level, None, scoped)
    return Spot(
        kind, f"{shown}, {above.shown}", f"{key}, {above.key}", place.level, above.province,
        scoped and above.province is None,
    )


@cache
def _shared_names() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.table("pipeline", "shared_district_names"))


def spot_of_province(province: Province) -> Spot | None:
    """Where the bodies of a province are."""
    return spot_of(Place("", province.name, province.name, "province"), None)


def province_in(place: str) -> Province | None:
    """The province that a place with or without its level names: `tỉnh Hải Dương`."""
    return provinces_by_name().get(place.removeprefix("tỉnh ").removeprefix("thành phố "))

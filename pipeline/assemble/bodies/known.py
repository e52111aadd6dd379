"""Who a name stood for on a day: the bodies of the lexicon, and those that only documents name.

Of the bodies that bore a name the one on that day is meant; where a span of days holds two, the one on the day of the
document; outside all of them, as in a text that looks back, the nearest. Two that fit remain undecided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from corpus import tables
from extractors.organisation_history import (
    FIRST_DAY_OF_34,
    OF_A_PLACE,
    NamedBody,
    Province,
    grown,
    lexicon,
    of_place,
    provinces,
)
from outputs.factbase.names import content_id
from pipeline.assemble.bodies.names import Part, Place, form_of, parts_of

Days = tuple[str, str] | None   # first and last, ISO 8601

OPEN = "9999-12-31"             # the last day of a span of which only the beginning is known
_BRANCHED = frozenset({"department", "agency", "party"})   # may have a branch in every place
_BELOW = {"huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "district",
          "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune"}
_TODAY = ("9999-01-01", "9999-01-01")
_WITH_LEVEL = frozenset({"Tỉnh", "Thành"})   # `Tỉnh ủy Hà Tĩnh`
_HUE_SINCE = "2025-01-01"       # Resolution 175/2024/QH15: until then a city of the province Thừa Thiên Huế


@dataclass(frozen=True, slots=True)
class Body:
    """A body to be stored. `words` and `level` are what a short form of it is recognised by."""

    id: str
    name: str
    kind: str | None
    place: str | None = None
    began: str | None = None
    ended: str | None = None
    source: str | None = None
    parent: Body | None = None
    words: str = ""
    head: str = ""
    level: str = ""
    foreign: bool = False
    named: NamedBody | None = None

    @property
    def basis(self) -> str:
        return "lexicon" if self.named or self.kind in {"country"} else "sources"


Found = tuple[Body | None, str]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a body is: `kind` as of local bodies, or `country`."""

    kind: str
    shown: str
    key: str
    level: str
    province: Province | None = None
    scoped: bool = False       # the name does not tell which of several places


@lru_cache(maxsize=131072)
def body_of(part: Part, above: Body | None, days: Days, published: Days, document: str) -> Found:
    """The body that a part of a name stands for, and the rule; no body, and the reason.

    `document` bounds a body whose place alone does not tell it from others; it is empty where that cannot be needed.
    """
    spot = _spot(part.place, days or published) if part.place else None
    if part.place and spot is None:
        return None, "place not named"
    if not part.words:
        return _place_body(spot, days, published, document) if spot else (None, "place not named")
    if spot and spot.kind == "country":
        return _foreign(part, above, spot), "name"
    bearers = _by_form().get(part.words, ())
    if spot is None:
        national = [body for body in bearers if body.kind not in OF_A_PLACE]
        if national and not _short_then(part, national, bearers, days):
            return _chosen([(body, part) for body in national], None, days, published)
        if national:
            return None, "short form"
        if bearers:
            return None, "place not named"
        needed = _units().get(part.head)
        if part.words == part.head and part.shape == "field":
            return None, "short form"
        if needed and above is None:
            return None, f"{'body above' if needed == 'above' else 'place'} not named"
        return _of_sources(part, above, None, document), "name"
    local = [body for body in bearers if body.kind in (spot.kind, "regional")]
    if local:
        placed = [(version, part) for body in local for version in of_place(body, spot.shown)]
        return _chosen(placed, spot, days, published, document)
    head_office = next((body for body in bearers if body.kind in _BRANCHED), None)
    if head_office and above is None:
        above = _chosen([(head_office, part)], None, days, published)[0]
    return _of_sources(part, above, spot, document), "name of this document" if spot.scoped else "name"


def _short_then(part: Part, national: list[NamedBody], bearers: tuple[NamedBody, ...], days: Days) -> bool:
    """Whether nobody bore a name as it stands on a day when it was the usual short form of another: `Cục Thuế` of a
    province before 2025, `Bộ Nông nghiệp` of the Bộ Nông nghiệp và Phát triển nông thôn."""
    if days is None or any(_holds(body, days) for body in national):
        return False
    if any(body.kind in OF_A_PLACE and _holds(body, days) for body in bearers):
        return True
    return any(_holds(body, days) for body in _longer(part.words))


@cache
def _longer(words: str) -> tuple[NamedBody, ...]:
    """Bodies of the whole country whose name goes on where these words end."""
    return tuple(
        body for form, bodies in _by_form().items() if form.startswith(f"{words} ")
        for body in bodies if body.kind not in OF_A_PLACE
    )


@cache
def of_state(words: str) -> bool:
    """Whether a name is one that every state has a body of: `chính phủ`, `quốc hội`."""
    return any(body.kind == "state" for body in _by_form().get(words, ()))


# -- bodies of the lexicon ---------------------------------------------------------------------------------------

@cache
def _by_form() -> dict[str, tuple[NamedBody, ...]]:
    found: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        if body.kind != "province":
            for form in dict.fromkeys(form_of(name) for name in (body.name, *body.aliases)):
                found[form].append(body)
    return {form: tuple(bodies) for form, bodies in found.items()}


def _chosen(
    bearers: list[tuple[NamedBody, Part]], spot: _Spot | None, days: Days, published: Days, document: str = ""
) -> Found:
    named, how = choose([body for body, _ in bearers], days, published)
    if named is None:
        return None, how
    return _known(named, bearers[0][1].head, spot, document), how


def choose(bearers: list[NamedBody], days: Days, published: Days) -> tuple[NamedBody | None, str]:
    """The bearer of a name on some days, and the rule that chose it; nobody who began after the document."""
    if published and published[1] != OPEN:
        bearers = [body for body in bearers if not body.start or _first(body.start) <= published[1]]
        if not bearers:
            return None, "nobody yet"
    if len(bearers) == 1:
        return bearers[0], "name" if days is None or _holds(bearers[0], days) else "name, nearest in time"
    if days is None:
        return None, "no day"
    if days[1] == OPEN:
        open_ended = [body for body in bearers if _holds(body, days)]
        return (open_ended[0], "name, not before") if len(open_ended) == 1 else (None, "no day")
    holding = [body for body in bearers if _holds(body, days)]
    if len(holding) > 1 and published and _within(published, days):
        holding = [body for body in holding if _holds(body, published)] or holding
    if len(holding) == 1:
        return holding[0], "name"
    if holding:
        return None, "two bodies"
    nearest = sorted(bearers, key=lambda body: _distance(body, days))
    if _distance(nearest[0], days) == _distance(nearest[1], days):
        return None, "two bodies"
    return nearest[0], "name, nearest in time"


def _holds(body: NamedBody, days: tuple[str, str]) -> bool:
    return (body.start or "") <= days[1] and (_last(body.end) if body.end else "~") >= days[0]


def _within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _last(edtf: str) -> str:
    """`2007` and `2007-06` as their last day; 31 sorts behind every day."""
    return f"{edtf}-12-31"[:10] if len(edtf) == 4 else f"{edtf}-31" if len(edtf) == 7 else edtf


def _first(edtf: str) -> str:
    return f"{edtf}-01-01" if len(edtf) == 4 else f"{edtf}-01" if len(edtf) == 7 else edtf


def _distance(body: NamedBody, days: tuple[str, str]) -> int:
    if body.start and _first(body.start) > days[1]:
        return _number(_first(body.start)) - _number(days[1])
    return _number(days[0]) - _number(_last(body.end)) if body.end and _last(body.end) < days[0] else 0


def _number(day: str) -> int:
    year, month, date = (int(piece) for piece in day.split("-"))
    return (year * 12 + month) * 31 + date


@lru_cache(maxsize=32768)
def _known(named: NamedBody, head: str, spot: _Spot | None, document: str) -> Body:
    place = _where(spot, named) if spot else named.place
    scope = document if spot and spot.scoped else ""
    return Body(
        content_id("body", form_of(named.name), spot.key if spot else "", named.start, scope),
        _shown(named.name, spot, place), named.kind, place, named.start, named.end, named.source,
        _parent(named, spot, document), form_of(named.name), head, spot.level if spot else "", named=named,
    )


def _where(spot: _Spot, named: NamedBody) -> str:
    """A province has the level of the day on which the body ended, or of today."""
    if spot.kind != "local" or spot.province is None:
        return spot.shown
    return f"{spot.province.level_at(named.end or OPEN)} {spot.province.name}"


def _shown(name: str, spot: _Spot | None, place: str | None) -> str:
    if spot and spot.province and spot.kind == "local" and name.split()[0] in _WITH_LEVEL :
        return f"{name} {spot.province.name if spot.province.name != 'Hồ Chí Minh' else place}"
    return f"{name} {place}" if spot else name


def _parent(named: NamedBody, spot: _Spot | None, document: str) -> Body | None:
    """The body above, as it was when this one ended, or is today."""
    if named.parent is None:
        return None
    if spot is None:
        bearers = [body for body in _by_form().get(form_of(named.parent), ()) if body.kind not in OF_A_PLACE]
        above = None
    else:
        above = spot if spot.kind == "local" else _of_province(spot)
        name = named.parent.removesuffix(f" {spot.shown}")
        rows = _by_form().get(form_of(name), ())
        local = [body for body in rows if above and body.kind == "local"]
        bearers = [version for body in local for version in of_place(body, above.shown)] if above else []
        if not any(_overlap(body, named) for body in bearers):
            bearers, above = [body for body in rows if body.kind not in OF_A_PLACE], None
    on = named.end or named.start
    day = (_first(on), _last(on)) if on and named.end else _TODAY
    found, _ = choose(bearers, day, None) if bearers else (None, "")
    if found is None and bearers and named.end:
        found = max((body for body in bearers if _holds(body, day)), key=lambda body: body.start or "", default=None)
    return _known(found, "", above, document) if found else None


def _of_province(spot: _Spot) -> _Spot | None:
    return _spot(Place("", spot.province.name, known="province"), None) if spot.province else None


def _overlap(one: NamedBody, other: NamedBody) -> bool:
    return (one.start or "") < (other.end or "~") and (other.start or "") < (one.end or "~")


# -- places ------------------------------------------------------------------------------------------------------

@cache
def _provinces() -> dict[str, Province]:
    return {province.name: province for province in provinces()}


@lru_cache(maxsize=32768)
def _spot(place: Place, days: Days) -> _Spot | None:
    """Where a place is; None for a level without a name."""
    if not place.name:
        return None
    if place.known == "country":
        return _Spot("country", place.name, place.name.lower(), "nước")
    on = days[1] if days else "9999"
    if place.known == "province":
        province = _provinces()[place.name]
        level = province.level_at(on)
        city = place.level == "thành phố" and (level == "tỉnh" or (place.name == "Huế" and on < _HUE_SINCE))
        if place.level in {"", "tỉnh", "thủ đô"} or (place.level == "thành phố" and not city):
            return _Spot("local", f"{level} {province.name}", province.name.lower(), level, province)
    kind = _BELOW.get(place.level)
    if kind is None:
        return _Spot("place", f"{place.level} {place.written}", f"{place.level} {place.name}", place.level)
    return _below(place, kind, on)


def _below(place: Place, kind: str, on: str) -> _Spot:
    above = _spot(place.above, (on, on)) if place.above else None
    name = place.written if place.written else place.name.title()
    shown, key = f"{place.level} {name}", f"{place.level} {name.lower()}"
    scoped = kind == "commune" or name.isdigit() or name in _shared_names()
    if above is None:
        return _Spot(kind, shown, key, place.level, None, scoped)
    return _Spot(
        kind, f"{shown}, {above.shown}", f"{key}, {above.key}", place.level, above.province,
        scoped and above.province is None,
    )


@cache
def _shared_names() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.table("pipeline", "shared_district_names"))


def _place_body(spot: _Spot, days: Days, published: Days, document: str) -> Found:
    if spot.kind == "country":
        return Body(content_id("body", "country", spot.key), spot.shown, "country", spot.shown, foreign=True), "name"
    if spot.province is None or spot.kind != "local":
        scope = document if spot.scoped else ""
        how = "name of this document" if spot.scoped else "name"
        identifier = content_id("body", "place", spot.key, scope)
        return Body(identifier, spot.shown, spot.kind, spot.shown, level=spot.level), how
    named, how = choose(list(_versions()[spot.province.name]), days, published)
    if named is None:
        return None, how
    return province_body(named), how


def province_body(named: NamedBody) -> Body:
    """A province under its name, with its level when it ended, or of today."""
    level = _provinces()[named.name].level_at(named.end or OPEN)
    return Body(
        content_id("body", "province", named.name, named.start), f"{level} {named.name}", "province", None,
        named.start, named.end, named.source, level=level, named=named,
    )


@cache
def _versions() -> dict[str, tuple[NamedBody, ...]]:
    found: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        if body.kind == "province":
            found[body.name].append(body)
    return {name: tuple(bodies) for name, bodies in found.items()}


# -- bodies that only documents name -----------------------------------------------------------------------------

@cache
def _units() -> dict[str, str]:
    return {row["head"]: row["needs"] for row in tables.table("pipeline", "body_units")}


def _foreign(part: Part, above: Body | None, spot: _Spot) -> Body:
    return Body(
        content_id("body", part.words, spot.key, above and above.id), f"{part.words} {spot.shown}", None, spot.shown,
        parent=above, words=part.words, head=part.head, level="nước", foreign=True,
    )


def _of_sources(part: Part, above: Body | None, spot: _Spot | None, document: str) -> Body:
    scope = document if spot and spot.scoped else ""
    return Body(
        content_id("body", part.words, spot.key if spot else "", above and above.id, scope),
        f"{part.words} {spot.shown if spot else ''}".strip(), None, spot.shown if spot else None, parent=above,
        words=part.words, head=part.head, level=spot.level if spot else "", foreign=bool(above and above.foreign),
    )


def unread(name: str) -> Body:
    """A body under a name that has no known first word."""
    words = form_of(name)
    return Body(content_id("body", words), name, None, words=words, head=words)


# -- who came before and after -----------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Step:
    """A succession: how and when one body became another, and the act that says so."""

    later: Body
    how: str
    date: str
    source: str


def steps_after(body: Body) -> list[Step]:
    """Who took over from a body of the lexicon."""
    named = body.named
    if named is None or named.end is None:
        return []
    found = [later for name in named.successors if (later := _successor(named, name))]
    return [_step(body, named, later, len(found)) for later in found]


def _step(body: Body, named: NamedBody, later: Body, number: int) -> Step:
    assert named.end is not None
    began = later.began if later.began and _first(later.began) >= _first(named.end) else None
    return Step(later, _how(body, named, later, began, number), began or _day_after(named.end), named.source)


def _how(body: Body, named: NamedBody, later: Body, began: str | None, number: int) -> str:
    if number > 1:
        return "split into"
    if body.parent == later or (later.kind == "court") != (named.kind in {"court", "regional"}):
        return "handed over to"
    several = _predecessors().get((later.words or (later.named or named).name, later.kind or "", began), 0) > 1
    return "merged into" if began is None or several or _grows(named, later) else "renamed"


def _grows(named: NamedBody, later: Body) -> bool:
    """Whether a local body became that of a larger province in 2025."""
    if named.kind != "local" or named.place is None or (later.began or "") != FIRST_DAY_OF_34:
        return False
    place = _place_named(named.place)
    return place is not None and _provinces()[place.name].into in grown()


def _day_after(end: str) -> str:
    """The first day behind a last one; a month or year stays itself."""
    return (date.fromisoformat(end) + timedelta(days=1)).isoformat() if len(end) == len("2007-01-01") else end


@cache
def _predecessors() -> dict[tuple[str, str, str | None], int]:
    """How many bodies of the lexicon a body of some kind began from."""
    number: dict[tuple[str, str, str | None], int] = defaultdict(int)
    for body in lexicon():
        for name in body.successors:
            key = name if body.kind == "province" else form_of(name)
            rows = _versions().get(name, ()) if body.kind == "province" else _by_form().get(key, ())
            for later in rows:
                same = later.kind == body.kind or not {later.kind, body.kind} & OF_A_PLACE
                if same and body.end and (later.start or "")[:4] == _day_after(body.end)[:4]:
                    number[key, later.kind, later.start] += 1
    return number


def _successor(named: NamedBody, name: str) -> Body | None:
    assert named.end is not None
    if named.kind == "province":
        found = _following(named, _versions().get(name, ()))
        return province_body(found) if found else None
    found = _following(named, [row for row in _by_form().get(form_of(name), ()) if row.kind not in OF_A_PLACE])
    return _known(found, "", None, "") if found else _local_successor(named, name)


def _following(named: NamedBody, rows: Iterable[NamedBody]) -> NamedBody | None:
    """Of those that bore the successor's name the one that did when this body ended, else the first one later."""
    assert named.end is not None
    day = _day_after(named.end)
    later = [row for row in rows if row != named and (row.end is None or row.end > named.end)]
    return min(later, key=lambda row: (_first(row.start or "0000") > _last(day), row.start or ""), default=None)


def _local_successor(named: NamedBody, name: str) -> Body | None:
    read = parts_of(name)
    spot = _spot(read[0][0].place, _TODAY) if read and read[0][0].place else None
    if spot is None:
        return None
    words = read[0][0].words
    if words in {"tỉnh ủy", "thành ủy"}:
        words = "thành ủy" if spot.level == "thành phố" else "tỉnh ủy"
    rows = [row for row in _by_form().get(words, ()) if row.kind == spot.kind == named.kind]
    found = _following(named, [version for row in rows for version in of_place(row, spot.shown)])
    return _known(found, "", spot, "") if found else None


def at_place(body: Body) -> list[Body]:
    """The bodies that came before and after a local one in its place, its own name before and after 2025 with them."""
    named = body.named
    if named is None or named.kind != "local" or named.place is None:
        return []
    read = _place_named(named.place)
    if read is None:
        return []
    spot = _spot(read, _TODAY if body.ended is None else (_first(body.ended), _last(body.ended)))
    if spot is None:
        return []
    rows = [row for row in _local_rows() if named.name in row.successors or row.name == named.name]
    return [_known(version, "", spot, "") for row in rows for version in of_place(row, spot.shown)]


@cache
def _local_rows() -> tuple[NamedBody, ...]:
    return tuple(body for body in lexicon() if body.kind == "local")


def _place_named(place: str) -> Place | None:
    name = place.removeprefix("tỉnh ").removeprefix("thành phố ")
    return Place("", name, name, "province") if name in _provinces() else None


def country_wide() -> list[Body]:
    """Every body of the lexicon that is one for the whole country, and every version of a province."""
    return [
        province_body(body) if body.kind == "province" else _known(body, "", None, "")
        for body in lexicon() if body.kind not in OF_A_PLACE
    ]


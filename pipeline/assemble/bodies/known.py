"""Who a name stood for on a day: the bodies of the lexicon, and those that only documents name.

Of the bodies that bore a name the one on that day is meant; where a span of days holds two, the one on the day of the
document; outside all of them, as in a text that looks back, the nearest. Two that fit remain undecided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import tables
from extractors.organisation_history import OF_A_PLACE, NamedBody, lexicon, of_place
from outputs.factbase.names import content_id
from pipeline.assemble.bodies.days import OPEN, TODAY, Days, choose, first_day, holds, last_day, overlap
from pipeline.assemble.bodies.names import Part, form_of
from pipeline.assemble.bodies.spots import Spot, provinces_by_name, spot_of, spot_of_province

_BRANCHED = frozenset({"department", "agency", "party"})   # may have a branch in every place
_WITH_LEVEL = frozenset({"Tỉnh", "Thành"})   # `Tỉnh ủy Hà Tĩnh`


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

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def basis(self) -> str:
        return "lexicon" if self.named or self.kind in {"country"} else "sources"


Found = tuple[Body | None, str]


def body_of(part: Part, above: Body | None, days: Days, published: Days, document: str) -> Found:
    """The body that a part of a name stands for, and the rule; no body, and the reason.

    `document` bounds a body whose place alone does not tell it from others; it is empty where that cannot be needed.
    """
    spot = spot_of(part.place, days or published) if part.place else None
    if found := _on_every_day(part, above, spot, document):
        return found
    if not part.words:
        return _province_of(spot, days, published) if spot else (None, "place not named")
    if spot is None:
        national = _national(part.words)
        if _short_then(part, national, by_form()[part.words], days):
            return None, "short form"
        return _chosen(national, part, None, days, published)
    if placed := _placed(part.words, spot):
        return _chosen(placed, part, spot, days, published, document)
    above = _chosen(_head_offices(part.words)[:1], part, None, days, published)[0]
    return _of_sources(part, above, spot, document), _how(spot)


@lru_cache(maxsize=32768)
def _on_every_day(part: Part, above: Body | None, spot: Spot | None, document: str) -> Found | None:
    """What a part of a name stands for whatever the day; None where the day decides."""
    if part.place and spot is None:
        return None, "place not named"
    if not part.words:
        return _place_body(spot, document) if spot and not _is_province(spot) else None
    if spot and spot.kind == "country":
        return _foreign(part, above, spot), "name"
    if spot:
        if _placed(part.words, spot) or (above is None and _head_offices(part.words)):
            return None
        return _of_sources(part, above, spot, document), _how(spot)
    if _national(part.words):
        return None
    if by_form().get(part.words):
        return None, "place not named"
    needed = _units().get(part.words) or _units().get(part.head)
    if part.words == part.head and part.shape == "field" and above is None:
        return None, "short form"
    if needed and above is None:
        return None, f"{'body above' if needed == 'above' else 'place'} not named"
    return _of_sources(part, above, None, document), "name"


def _how(spot: Spot) -> str:
    return "name of this document" if spot.scoped else "name"


@lru_cache(maxsize=32768)
def _placed(words: str, spot: Spot) -> list[NamedBody]:
    """The bodies that bore a name in a place."""
    local = [body for body in by_form().get(words, ()) if body.kind in (spot.kind, "regional")]
    return [version for body in local for version in of_place(body, spot.shown)]


@cache
def _head_offices(words: str) -> list[NamedBody]:
    """The bodies of that name which may have a branch in every place."""
    return [body for body in by_form().get(words, ()) if body.kind in _BRANCHED]


@cache
def _national(words: str) -> list[NamedBody]:
    """The bodies of the whole country that bore a name."""
    return [body for body in by_form().get(words, ()) if body.kind not in OF_A_PLACE]


def _short_then(part: Part, national: list[NamedBody], bearers: tuple[NamedBody, ...], days: Days) -> bool:
    """Whether nobody bore a name as it stands on a day when it was the usual short form of another: `Cục Thuế` of a
    province before 2025, `Bộ Nông nghiệp` of the Bộ Nông nghiệp và Phát triển nông thôn."""
    local = [body for body in bearers if body.kind in OF_A_PLACE]
    if days is None or days[1] == OPEN:
        return bool(local)
    if any(holds(body, days) for body in national):
        return False
    if any(holds(body, days) for body in local):
        return True
    return any(holds(body, days) for body in _longer(part.words))


@cache
def _longer(words: str) -> tuple[NamedBody, ...]:
    """Bodies of the whole country whose name goes on where these words end."""
    return tuple(
        body for form, bodies in by_form().items() if form.startswith(f"{words} ")
        for body in bodies if body.kind not in OF_A_PLACE
    )


@cache
def of_state(words: str) -> bool:
    """Whether a name is one that every state has a body of: `chính phủ`, `quốc hội`."""
    return any(body.kind == "state" for body in by_form().get(words, ()))


# -- bodies of the lexicon ---------------------------------------------------------------------------------------

@cache
def by_form() -> dict[str, tuple[NamedBody, ...]]:
    """Each name and alias in one spelling → the bodies of the lexicon that ever bore it."""
    found: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        if body.kind != "province":
            for form in dict.fromkeys(form_of(name) for name in (body.name, *body.aliases)):
                found[form].append(body)
    return {form: tuple(bodies) for form, bodies in found.items()}


def _chosen(
    bearers: list[NamedBody], part: Part, spot: Spot | None, days: Days, published: Days, document: str = ""
) -> Found:
    named, how = choose(bearers, days, published)
    return (known_body(named, part.head, spot, document) if named else None), how


@lru_cache(maxsize=32768)
def known_body(named: NamedBody, head: str, spot: Spot | None, document: str) -> Body:
    """A body of the lexicon, in its place."""
    place = _where(spot, named) if spot else named.place
    scope = document if spot and spot.scoped else ""
    return Body(
        content_id("body", form_of(named.name), spot.key if spot else "", named.start, scope),
        _shown(named.name, spot, place, named.kind == "regional"), named.kind, place, named.start, named.end,
        named.source, _parent(named, spot, document), form_of(named.name), head, spot.level if spot else "",
        named=named,
    )


def _where(spot: Spot, named: NamedBody) -> str:
    """A province has the level of the day on which the body ended, or of today."""
    if spot.kind != "local" or spot.province is None:
        return spot.shown
    return f"{spot.province.level_at(named.end or OPEN)} {spot.province.name}"


def _shown(name: str, spot: Spot | None, place: str | None, regional: bool) -> str:
    if spot and spot.province and spot.kind == "local" and name.split()[0] in _WITH_LEVEL :
        return f"{name} {spot.province.name if spot.province.name != 'Hồ Chí Minh' else place}"
    return f"{name} {'tại ' if regional else ''}{place}" if spot else name


def _parent(named: NamedBody, spot: Spot | None, document: str) -> Body | None:
    """The body above, as it was when this one ended, or is today."""
    if named.parent is None:
        return None
    if spot is None:
        bearers = [body for body in by_form().get(form_of(named.parent), ()) if body.kind not in OF_A_PLACE]
        above = None
    else:
        above = spot if spot.kind == "local" else (spot_of_province(spot.province) if spot.province else None)
        name = named.parent.removesuffix(f" {spot.shown}")
        rows = by_form().get(form_of(name), ())
        local = [body for body in rows if above and body.kind == "local"]
        bearers = [version for body in local for version in of_place(body, above.shown)] if above else []
        if not any(overlap(body, named) for body in bearers):
            if above is None and any(body.kind == "local" and overlap(body, named) for body in rows):
                return None     # of a province that the name does not tell
            bearers, above = [body for body in rows if body.kind not in OF_A_PLACE], None
    on = named.end or named.start
    day = (first_day(on), last_day(on)) if on and named.end else TODAY
    found, _ = choose(bearers, day, None) if bearers else (None, "")
    if found is None and bearers and named.end:
        found = max((body for body in bearers if holds(body, day)), key=lambda body: body.start or "", default=None)
    return known_body(found, "", above, document) if found else None


# -- places and provinces -----------------------------------------------------------------------------------------

def _is_province(spot: Spot) -> bool:
    return spot.kind == "local" and spot.province is not None


def _place_body(spot: Spot, document: str) -> Found:
    """A place that is no province."""
    if spot.kind == "country":
        return Body(content_id("body", "country", spot.key), spot.shown, "country", spot.shown, foreign=True), "name"
    identifier = content_id("body", "place", spot.key, document if spot.scoped else "")
    return Body(identifier, spot.shown, spot.kind, spot.shown, level=spot.level), _how(spot)


def _province_of(spot: Spot, days: Days, published: Days) -> Found:
    assert spot.province is not None
    named, how = choose(list(versions()[spot.province.name]), days, published)
    return (province_body(named) if named else None), how


@cache
def province_body(named: NamedBody) -> Body:
    """A province under its name, with its level when it ended, or of today."""
    level = provinces_by_name()[named.name].level_at(named.end or OPEN)
    return Body(
        content_id("body", "province", named.name, named.start), f"{level} {named.name}", "province", None,
        named.start, named.end, named.source, level=level, named=named,
    )


@cache
def versions() -> dict[str, tuple[NamedBody, ...]]:
    """Each province → those that had its name, one after the other."""
    found: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        if body.kind == "province":
            found[body.name].append(body)
    return {name: tuple(bodies) for name, bodies in found.items()}


# -- bodies that only documents name -----------------------------------------------------------------------------

@cache
def _units() -> dict[str, str]:
    return {row["head"]: row["needs"] for row in tables.table("pipeline", "body_units")}


def _foreign(part: Part, above: Body | None, spot: Spot) -> Body:
    return Body(
        content_id("body", part.words, spot.key, above and above.id), f"{part.words} {spot.shown}", None, spot.shown,
        parent=above, words=part.words, head=part.head, level="nước", foreign=True,
    )


@lru_cache(maxsize=32768)
def _of_sources(part: Part, above: Body | None, spot: Spot | None, document: str) -> Body:
    scope = document if spot and spot.scoped else ""
    return Body(
        content_id("body", part.words, spot.key if spot else "", above and above.id, scope),
        f"{part.words} {spot.shown if spot else ''}".strip(), None, spot.shown if spot else None, parent=above,
        words=part.words, head=part.head, level=spot.level if spot else "", foreign=bool(above and above.foreign),
    )


@lru_cache(maxsize=32768)
def unread(name: str) -> Body:
    """A body under a name that has no known first word."""
    words = form_of(name)
    return Body(content_id("body", words), name, None, words=words, head=words)


def country_wide() -> list[Body]:
    """Every body of the lexicon that is one for the whole country, and every version of a province."""
    return [
        province_body(body) if body.kind == "province" else known_body(body, "", None, "")
        for body in lexicon() if body.kind not in OF_A_PLACE
    ]


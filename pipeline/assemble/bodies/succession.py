"""Who came before and after a body, by the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.organisation_history import FIRST_DAY_OF_34, OF_A_PLACE, NamedBody, grown, lexicon, of_place
from pipeline.assemble.bodies.days import TODAY, day_after, first_day, last_day
from pipeline.assemble.bodies.known import Body, by_form, known_body, province_body, versions
from pipeline.assemble.bodies.names import form_of, parts_of
from pipeline.assemble.bodies.spots import province_in, spot_of, spot_of_province


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
    began = later.began if later.began and first_day(later.began) >= first_day(named.end) else None
    return Step(later, _how(body, named, later, began, number), began or day_after(named.end), named.source)


def _how(body: Body, named: NamedBody, later: Body, began: str | None, number: int) -> str:
    if number > 1:
        return "split into"
    if body.parent == later or (later.kind == "court") != (named.kind in {"court", "regional"}):
        return "handed over to"
    several = _predecessors().get((later.words or (later.named or named).name, later.kind or "", began), 0) > 1
    return "merged into" if began is None or several or _grows(named, later) else "renamed"


def _grows(named: NamedBody, later: Body) -> bool:
    """Whether a local body became that of a larger province in 2025."""
    if named.kind != "local" or named.place is None or later.began != FIRST_DAY_OF_34:
        return False
    province = province_in(named.place)
    return province is not None and province.into in grown()


@cache
def _predecessors() -> dict[tuple[str, str, str | None], int]:
    """How many bodies of the lexicon a body of some kind began from."""
    number: dict[tuple[str, str, str | None], int] = defaultdict(int)
    for body in lexicon():
        for name in body.successors:
            key = name if body.kind == "province" else form_of(name)
            rows = versions().get(name, ()) if body.kind == "province" else by_form().get(key, ())
            for later in rows:
                same = later.kind == body.kind or not {later.kind, body.kind} & OF_A_PLACE
                if same and body.end and (later.start or "")[:4] == day_after(body.end)[:4]:
                    number[key, later.kind, later.start] += 1
    return number


def _successor(named: NamedBody, name: str) -> Body | None:
    assert named.end is not None
    if named.kind == "province":
        found = _following(named, versions().get(name, ()))
        return province_body(found) if found else None
    found = _following(named, [row for row in by_form().get(form_of(name), ()) if row.kind not in OF_A_PLACE])
    return known_body(found, "", None, "") if found else _local_successor(named, name)


def _following(named: NamedBody, rows: Iterable[NamedBody]) -> NamedBody | None:
    """Of those that bore the successor's name the one that did when this body ended, else the first one later."""
    assert named.end is not None
    day = day_after(named.end)
    later = [row for row in rows if row != named and (row.end is None or row.end > named.end)]
    return min(later, key=lambda row: (first_day(row.start or "0000") > last_day(day), row.start or ""), default=None)


def _local_successor(named: NamedBody, name: str) -> Body | None:
    read = parts_of(name)
    spot = spot_of(read[0][0].place, TODAY) if read and read[0][0].place else None
    if spot is None:
        return None
    words = read[0][0].words
    if words in {"tỉnh ủy", "thành ủy"}:
        words = "thành ủy" if spot.level == "thành phố" else "tỉnh ủy"
    rows = [row for row in by_form().get(words, ()) if row.kind == spot.kind == named.kind]
    found = _following(named, [version for row in rows for version in of_place(row, spot.shown)])
    return known_body(found, "", spot, "") if found else None


def at_place(body: Body) -> list[Body]:
    """The bodies that came before and after a local one in its place, its own name before and after 2025 with them."""
    named = body.named
    province = province_in(named.place) if named and named.kind == "local" and named.place else None
    spot = spot_of_province(province) if province else None
    if named is None or spot is None:
        return []
    rows = _local_rows().get(named.name, ())
    return [known_body(version, "", spot, "") for row in rows for version in of_place(row, spot.shown)]


@cache
def _local_rows() -> dict[str, list[NamedBody]]:
    """Name → the bodies of provinces that have it, or that one of that name came after."""
    found: dict[str, list[NamedBody]] = defaultdict(list)
    for body in lexicon():
        if body.kind == "local":
            for name in {body.name, *body.successors}:
                found[name].append(body)
    return dict(found)

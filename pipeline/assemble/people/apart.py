"""What cannot be one life: two birth years, sixty years between posts, posts of two countries or places at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from pipeline.assemble.people.bodies import heads_of
from pipeline.assemble.people.model import Held, Life
from pipeline.assemble.people.names import known_people
from pipeline.assemble.people.offices import Office

_CAREER = 60          # years between the first and the last post of one life
_YOUNGEST, _OLDEST = 16, 100
_PROVINCE, _DISTRICT = 3, 4   # levels of bodies


def parted(one: Life, other: Life) -> str | None:
    """The rule by which two lives cannot be one, None where nothing speaks against it."""
    if not one.said.isdisjoint(other.not_with):
        return "reviewer"
    if one.born and other.born and one.born.isdisjoint(other.born):
        return "birth"
    first, last = _span(one, other)
    if first and last and last - first > _CAREER and not (_same_post(one, other) or _is_known(one, other)):
        return "lifetime"
    for born, life in ((one.born, other), (other.born, one)):
        years = [int(day[:4]) for days in life.posts.values() if days for day in days]
        if born and years and not (min(years) - min(born) >= _YOUNGEST and max(years) - max(born) <= _OLDEST):
            return "birth"
    for (mine, my_days), (yours, your_days) in product(one.posts.items(), other.posts.items()):
        if reason := _incompatible(mine, yours):
            return reason
        if my_days and your_days and my_days[0] <= your_days[1] and your_days[0] <= my_days[1] and (
            reason := _at_one_time(mine, yours)
        ):
            return reason
    return None


def _same_post(one: Life, other: Life) -> bool:
    """Whether both name one office of the highest: of a `Chủ tịch` of 1946 papers still speak after seventy years."""
    mine = {office.office for office in one.posts if _is_highest(office)}
    return any(office.office in mine and _is_highest(office) for office in other.posts)


def _is_known(one: Life, other: Life) -> bool:
    """Whether the name is one of history whose years are known: what lies outside them attests nothing anyhow."""
    return all(local.key in known_people() for life in (one, other) for local in life.locals)


def _is_highest(office: Office) -> bool:
    return office.body is None or ({"first", "single"} <= office.kinds and not office.office.startswith("bộ trưởng"))


def _span(*both: Life) -> tuple[int | None, int | None]:
    years = [
        int(day[:4]) for life in both for office, days in life.posts.items()
        if days and not office.is_rank for day in days     # a general is called so all his life
    ]
    return (min(years), max(years)) if years else (None, None)


def _incompatible(mine: Office, yours: Office) -> str | None:
    """What one life cannot hold, whenever it was."""
    here, there = mine.body, yours.body
    if here and there and not _ENVOYS & {mine.office, yours.office}:
        if here.country != there.country and all(one.country and heads_of(one.country) for one in (here, there)):
            return "country of office"
        for foreign, ours in ((here, there), (there, here)):
            if foreign.country and heads_of(foreign.country) and (ours.place or ours.level >= _DISTRICT):
                return "country of office"
    for crown, other in ((mine, there), (yours, here)):
        if "crown" in crown.kinds and other and not other.country and (
            other.level >= _PROVINCE or other.place or other.field
        ):
            return "crown"
    return None


_ENVOYS = frozenset({
    "đại sứ", "tổng lãnh sự", "lãnh sự", "đại sứ đặc mệnh toàn quyền", "đặc phái viên", "trưởng đoàn", "",
})
_FULL_TIME = frozenset({
    "chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư", "giám đốc", "phó giám đốc", "chánh án", "viện trưởng",
    "cục trưởng", "phó cục trưởng", "chi cục trưởng", "phó chi cục trưởng", "trưởng phòng", "chánh văn phòng",
    "chánh thanh tra", "bộ trưởng", "thứ trưởng", "thủ tướng", "vụ trưởng", "phó vụ trưởng", "tổng cục trưởng",
})


def _at_one_time(mine: Office, yours: Office) -> str | None:
    """What one life cannot hold on one day."""
    here, there = mine.body, yours.body
    if not (here and there) or here.key == there.key or not {mine.office, yours.office} <= _FULL_TIME:
        return None
    if here.place and there.place and here.place != there.place:
        return "two places"
    if here.level and there.level and abs(here.level - there.level) > 1 and not (here.country or there.country):
        same = here.place and here.place == there.place
        return None if same else "two levels"
    return None


def kept_apart(one: Life, other: Life) -> str:
    """Why two people with one name are two: what cannot be one life, else that nothing joins them."""
    return parted(one, other) or "nothing shared"


def posts_at_odds(mentions: Sequence[Held]) -> Iterator[tuple[str, int, int]]:
    """Posts of one person on one day that nobody holds together: the reason and both mentions, each reason once."""
    dated: dict[Office, Held] = {}
    for held in mentions:
        for office in held.offices:
            if held.days and not (office.former or office.elect):
                dated.setdefault(office, held)
    told: set[str] = set()
    for (mine, one), (yours, other) in combinations(dated.items(), 2):
        if one.days and other.days and one.days[0] <= other.days[1] and other.days[0] <= one.days[1]:
            reason = _incompatible(mine, yours) or _at_one_time(mine, yours)
            if reason and reason not in told:
                told.add(reason)
                yield reason, one.mention, other.mention

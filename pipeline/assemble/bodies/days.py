"""Who bore a name on a day: the rule that chooses among the bodies of the lexicon that ever bore it."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.organisation_history import NamedBody

Days = tuple[str, str] | None   # first and last, ISO 8601

OPEN = "9999-12-31"             # the last day of a span of which only the beginning is known
TODAY = ("9999-01-01", "9999-01-01")


def choose(bearers: list[NamedBody], days: Days, published: Days) -> tuple[NamedBody | None, str]:
    """The bearer of a name on some days, and the rule that chose it; nobody who began after the document."""
    if published and published[1] != OPEN:
        bearers = [body for body in bearers if not body.start or first_day(body.start) <= published[1]]
        if not bearers:
            return None, "nobody yet"
    if days and days[1] != OPEN and all(_long_before(days, body) for body in bearers):
        return None, "nobody yet"
    if len(bearers) == 1:
        return bearers[0], "name" if days is None or holds(bearers[0], days) else "name, nearest in time"
    if days is None:
        return None, "no day"
    if days[1] == OPEN:
        open_ended = [body for body in bearers if holds(body, days)]
        return (open_ended[0], "name, not before") if len(open_ended) == 1 else (None, "no day")
    holding = [body for body in bearers if holds(body, days)]
    if len(holding) > 1 and published:
        holding = [body for body in holding if holds(body, published)] or holding
    if len(holding) == 1:
        return holding[0], "name"
    if holding:
        return None, "two bodies"
    nearest = sorted(bearers, key=lambda body: _distance(body, days))
    if _distance(nearest[0], days) == _distance(nearest[1], days):
        return None, "two bodies"
    return nearest[0], "name, nearest in time"


_SOON = 10   # years: whoever is called so before the body began may have the title of later


def _long_before(days: tuple[str, str], body: NamedBody) -> bool:
    return bool(body.start) and int(days[1][:4]) + _SOON < int(str(body.start)[:4])


def holds(body: NamedBody, days: tuple[str, str]) -> bool:
    """Whether a body had its name on one of some days."""
    return (body.start or "") <= days[1] and (last_day(body.end) if body.end else "~") >= days[0]


def last_day(edtf: str) -> str:
    """`2007` and `2007-06` as their last day; 31 sorts behind every day."""
    return f"{edtf}-12-31"[:10] if len(edtf) == 4 else f"{edtf}-31" if len(edtf) == 7 else edtf


def first_day(edtf: str) -> str:
    """`2007` and `2007-06` as their first day."""
    return f"{edtf}-01-01" if len(edtf) == 4 else f"{edtf}-01" if len(edtf) == 7 else edtf


def _distance(body: NamedBody, days: tuple[str, str]) -> int:
    if body.start and first_day(body.start) > days[1]:
        return _number(first_day(body.start)) - _number(days[1])
    return _number(days[0]) - _number(last_day(body.end)) if body.end and last_day(body.end) < days[0] else 0


def _number(day: str) -> int:
    year, month, date = (int(piece) for piece in day.split("-"))
    return (year * 12 + month) * 31 + date


def overlap(one: NamedBody, other: NamedBody) -> bool:
    """Whether two bodies had their names at one time; not where one began in the year in which the other ended."""
    return (one.start or "") < (other.end or "~") and (other.start or "") < (one.end or "~")


def day_after(end: str) -> str:
    """The first day behind a last one; a month or year stays itself."""
    return (date.fromisoformat(end) + timedelta(days=1)).isoformat() if len(end) == len("2007-01-01") else end

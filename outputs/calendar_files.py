"""Calendar files (iCalendar, RFC 5545): all-day events for every calendar program. No clock: same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    import icalendar

    from outputs.factbase import FactBase

_PRODUCT = "-//sulieu//sulieu//VI"
_CONTROL = regex.compile(r"[\p{Cc}\p{Cs}&&[^\n]]", regex.VERSION1)    # TEXT may hold no other (RFC 5545, 3.1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day event. `day` must be known in full: a calendar has no place for a month or a year.

    `uid` names the event for good: a calendar that takes the file in again changes the event and makes no second one.
    `yearly` repeats it on that day each year (29 February in leap years only, RFC 5545, 3.3.10). `tentative`: it is
    announced only. `url` is left out unless it is of http or https.
    """

    day: date
    summary: str
    description: str
    uid: str
    yearly: bool = False
    tentative: bool = False
    categories: tuple[str, ...] = ()
    url: str | None = None


def calendar(entries: Iterable[Entry], name: str, stamp: datetime) -> str:
    """The calendar as text, lines ended by CR LF and folded at 75 octets. `stamp` (UTC): when its data were made."""
    import icalendar

    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", _PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _text(name))
    for entry in entries:
        made.add_component(_event(entry, stamp.astimezone(UTC).replace(microsecond=0)))
    return made.to_ical().decode()


def _event(entry: Entry, stamp: datetime) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", _text(entry.uid))
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _text(entry.summary).replace("\n", " "))
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.yearly:
        event.add("rrule", {"freq": "yearly"})
    if entry.categories:
        event.add("categories", [_text(category) for category in entry.categories])
    if entry.tentative:
        event.add("status", "TENTATIVE")
    if entry.url and entry.url.startswith(("http://", "https://")):
        event.add("url", _text(entry.url).replace("\n", ""))
    event.add("transp", "TRANSPARENT")
    return event


def _text(words: str) -> str:
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def built(base: FactBase) -> datetime:
    """When the fact base was last built: the stamp of calendars made from it. 1970 for one that no build made."""
    row = base.db.execute("SELECT coalesce(ended, began) AS day FROM run ORDER BY key DESC LIMIT 1").fetchone()
    return _NEVER if row is None else datetime.fromisoformat(row["day"]).astimezone(UTC)

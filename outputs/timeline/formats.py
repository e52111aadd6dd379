"""The forms of a timeline: JSON, CSV, TimelineJS, iCalendar, web page. No clock: the same input, the same bytes."""

from __future__ import annotations

import csv
import html
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import regex

from outputs.templating import environment
from outputs.timeline.build import Entry, Telling, Timeline
from outputs.vietnamese import capitalised, short_date
from outputs.words import PLANNED, event_labels

_COLUMNS = ("id", "date", "date_words", "type", "planned", "label", "quote", "decrees", "officials",
            "sources", "document", "title", "document_date", "path", "start", "end")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FULL_DATE = regex.compile(r"\d{4}-\d\d-\d\d")
_ICS_LINE = 75  # octets, RFC 5545 3.1
PAGE_EVENTS = 4000
_FEWEST_BARS, _LONGEST_STRIP = 4, 400  # years: fewer say nothing, more cannot be told apart
_ICS_STAMP = "19700101T000000Z"  # DTSTAMP is required; a constant keeps two runs alike


def timeline_json(timeline: Timeline) -> str:
    """The whole timeline as JSON, every telling with its place."""
    value = {
        "topic": timeline.topic,
        "since": timeline.since,
        "until": timeline.until,
        "events": [_entry_dict(entry) for entry in timeline.entries],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _entry_dict(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id, "date": entry.date, "date_words": entry.words,
        "first_day": entry.first_day, "last_day": entry.last_day,
        "event_type": entry.type, "planned": entry.planned, "label": entry.label,
        "quote": entry.quote, "sources": entry.sources,
        "decrees": [{"id": d.id, "quote": d.quote, "number": d.number, "title": d.title, "urn": d.urn}
                    for d in entry.decrees],
        "officials": [{"id": o.id, "name": o.name, "title": o.title, "org": o.org} for o in entry.officials],
        "tellings": [_telling_dict(telling) for telling in entry.tellings],
    }


def _telling_dict(telling: Telling) -> dict[str, Any]:
    return {
        "mention": telling.id, "document": telling.document_id, "title": telling.title, "date": telling.date,
        "source": telling.source, "url": telling.url, "path": telling.path, "member": telling.member,
        "start": telling.start, "end": telling.end,
        "before": telling.before, "quote": telling.quote, "after": telling.after,
    }


def timeline_csv(timeline: Timeline) -> str:
    """One event a line (RFC 4180). A cell that a spreadsheet would run as a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in timeline.entries:
        writer.writerow([_inert(cell) for cell in _csv_cells(entry)])
    return out.getvalue()


def _csv_cells(entry: Entry) -> tuple[object, ...]:
    told = entry.tellings[0]
    return (
        entry.id, entry.date, entry.words, entry.type, PLANNED if entry.planned else "", entry.label, entry.quote,
        "; ".join(decree.quote for decree in entry.decrees), "; ".join(person.name for person in entry.officials),
        entry.sources, told.document_id, told.title, told.date, told.place, told.start, told.end,
    )


def _inert(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def timelinejs(timeline: Timeline) -> str:
    """JSON for TimelineJS 3 (timeline.knightlab.com). Its texts are HTML, so source words are escaped.

    Events without a year are left out: TimelineJS cannot place them.
    """
    value: dict[str, Any] = {"events": [_slide(entry) for entry in timeline.entries if entry.first_day]}
    if timeline.topic:
        value["title"] = {"text": {"headline": html.escape(capitalised(timeline.topic))}}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _slide(entry: Entry) -> dict[str, Any]:
    first, last = entry.first_day or "", entry.last_day
    fine = first if last == first else entry.date.split("/")[0].strip("{[")  # as precise as the source, no more
    told = entry.tellings[0]
    source = " · ".join(part for part in (told.title, told.date and short_date(told.date), told.place) if part)
    slide: dict[str, Any] = {
        "unique_id": entry.id,
        "start_date": _date_parts(fine if regex.match(r"\d{4}(?:-\d\d){0,2}$", fine) else first[:4]),
        "display_date": html.escape(capitalised(entry.words)),
        "group": html.escape(event_labels()[entry.type]),
        "text": {"headline": html.escape(_headline(entry)),
                 "text": f"<p>{html.escape(entry.quote)}</p><p><small>{html.escape(source)}</small></p>"},
    }
    if "/" in entry.date and last:
        slide["end_date"] = _date_parts(last)
    return slide


def _date_parts(day: str) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), map(int, day.split("-")), strict=False))


def ics(timeline: Timeline) -> str:
    """iCalendar (RFC 5545): an all-day event for every event whose date is a full day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sulieu//timeline//VI", "CALSCALE:GREGORIAN"]
    for entry in timeline.entries:
        if _FULL_DATE.fullmatch(entry.date):
            lines += _ics_event(entry)
    lines.append("END:VCALENDAR")
    return "".join(part for line in lines for part in _folded(line))


def _ics_event(entry: Entry) -> list[str]:
    day = date.fromisoformat(entry.date)
    told = entry.tellings[0]
    source = " · ".join(part for part in (told.title, told.date, told.place) if part)
    return [
        "BEGIN:VEVENT", f"UID:{entry.id}@sulieu", f"DTSTAMP:{_ICS_STAMP}",
        f"DTSTART;VALUE=DATE:{_compact(day)}", f"DTEND;VALUE=DATE:{_compact(day + timedelta(days=1))}",
        *(["STATUS:TENTATIVE"] if entry.planned else []), f"SUMMARY:{_ics_text(_summary(entry))}",
        f"DESCRIPTION:{_ics_text(source)}",
        f"CATEGORIES:{_ics_text(entry.label)}", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]


def _headline(entry: Entry) -> str:
    words = capitalised(entry.words)
    return f"{words} ({PLANNED})" if entry.planned else words


def _summary(entry: Entry) -> str:
    return f"({PLANNED}) {entry.quote}" if entry.planned else entry.quote


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _ics_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join("".join(c for c in line if c >= " ") for line in escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The content line in pieces of at most 75 octets, never inside a character."""
    piece, octets = "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > _ICS_LINE:
            yield piece + "\r\n"
            piece, octets = " ", 1
        piece, octets = piece + char, octets + size
    yield piece + "\r\n"


def timeline_html(timeline: Timeline) -> str:
    """One self-contained page: no network, no script.

    A page of more than PAGE_EVENTS events would not open, so it keeps those that most sources tell, and says so.
    """
    total = len(timeline.entries)
    timeline = _most_told(timeline)
    years = list(timeline.years())
    count = Counter(entry.type for entry in timeline.entries)
    return environment().get_template("timeline.html.j2").render(
        timeline=timeline,
        total=total,
        years=years,
        types=[(kind, label, count[kind]) for kind, label in event_labels().items() if count[kind]],
        bars=_bars(timeline),
        documents=len({telling.document_id for entry in timeline.entries for telling in entry.tellings}),
    )


def _most_told(timeline: Timeline) -> Timeline:
    if len(timeline.entries) <= PAGE_EVENTS:
        return timeline
    places = sorted(range(len(timeline.entries)), key=lambda at: (-timeline.entries[at].sources, at))[:PAGE_EVENTS]
    return replace(timeline, entries=tuple(timeline.entries[at] for at in sorted(places)))


def _bars(timeline: Timeline) -> list[tuple[int, int, float]]:
    """For the strip above the page: place from the first year, year, and height as a share of the fullest year."""
    count = Counter(int(entry.year) for entry in timeline.entries if entry.year)
    if len(count) < _FEWEST_BARS or max(count) - min(count) > _LONGEST_STRIP:
        return []
    first, fullest = min(count), max(count.values())
    return [(year - first, year, round(count[year] / fullest, 3)) for year in sorted(count)]

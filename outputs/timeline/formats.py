"""The forms of a timeline for other programs: JSON, CSV, TimelineJS, iCalendar. The same input, the same bytes."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import asdict
from datetime import date
from typing import Any

import regex

from outputs import calendar_files
from outputs.calendar_files import calendar
from outputs.exports import harmless
from outputs.passages import clipped
from outputs.tellings import Telling
from outputs.timeline.build import Entry, Timeline
from outputs.vietnamese import capitalised, short_date
from outputs.words import PLANNED, event_labels

_COLUMNS = ("id", "date", "date_words", "type", "planned", "label", "quote", "decrees", "officials", "bodies",
            "sources", "document", "title", "document_date", "path", "start", "end", "dissent")
_FULL_DATE = regex.compile(r"\d{4}-\d\d-\d\d")
_POINT = regex.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")   # no season, quarter, or unknown part
_HEADLINE = 140


def timeline_json(timeline: Timeline) -> str:
    """The whole timeline as JSON, every telling with its place."""
    value = {
        "topic": timeline.topic,
        "since": timeline.since,
        "until": timeline.until,
        "asked": timeline.asked,
        "left_out": timeline.left_out,
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
        "bodies": [{"id": body.id, "name": body.name} for body in entry.bodies],
        "people": [{"id": key, "name": name} for key, name in entry.people],
        "tellings": [_telling_dict(telling) for telling in entry.tellings],
        "dissent": [asdict(one) for one in entry.dissent],
    }


def _telling_dict(telling: Telling) -> dict[str, Any]:
    return {
        "mention": telling.id, "document": telling.document_id, "title": telling.title, "date": telling.date,
        "source": telling.source, "url": telling.url, "path": telling.path, "member": telling.member,
        "start": telling.start, "end": telling.end,
        "before": telling.before, "quote": telling.quote, "after": telling.after,
    }


def timeline_csv(timeline: Timeline) -> str:
    """One event a line (RFC 4180), in UTF-8 with a byte-order mark so that Excel shows Vietnamese.

    Words that a spreadsheet would run as a formula get a leading `'`, as in outputs.exports.
    """
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in timeline.entries:
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in _csv_cells(entry)])
    return out.getvalue()


def _csv_cells(entry: Entry) -> tuple[object, ...]:
    told = entry.tellings[0]
    return (
        entry.id, entry.date, entry.words, entry.type, PLANNED if entry.planned else "", entry.label, entry.quote,
        "; ".join(decree.quote for decree in entry.decrees), "; ".join(person.name for person in entry.officials),
        "; ".join(body.name for body in entry.bodies), entry.sources, told.document_id, told.title, told.date,
        told.place, told.start, told.end, "; ".join(f"{one.grade}: {one.about}" for one in entry.dissent),
    )


def timelinejs(timeline: Timeline) -> str:
    """JSON for TimelineJS 3 (timeline.knightlab.com/docs/json-format.html). Its texts are HTML, so words are escaped.

    Dates have the parts that the source gives, no day is invented; years before our era are negative, without a year 0.
    Events without a year are left out: TimelineJS cannot place them.
    """
    value: dict[str, Any] = {"events": [_slide(entry) for entry in timeline.entries if entry.year]}
    if timeline.topic:
        value["title"] = {"text": {"headline": html.escape(capitalised(timeline.topic))}}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _slide(entry: Entry) -> dict[str, Any]:
    told = entry.tellings[0]
    source = " · ".join(part for part in (told.title, told.date and short_date(told.date), told.place) if part)
    sentence = f"{html.escape(told.before)}<b>{html.escape(told.quote)}</b>{html.escape(told.after)}"
    slide: dict[str, Any] = {
        "unique_id": entry.id,
        "start_date": _start(entry),
        "display_date": html.escape(capitalised(entry.words)),
        "group": html.escape(event_labels()[entry.type]),
        "text": {"headline": html.escape(_headline(entry)),
                 "text": f"<p>{sentence}</p><p><small>{html.escape(source)}</small></p>"},
        "autolink": False,
    }
    if end := _end(entry):
        slide["end_date"] = end
    return slide


def _start(entry: Entry) -> dict[str, int]:
    """The first year, month or day of a date, as exact as the source; of a decade, season or choice its first year."""
    first, _, _ = entry.date.partition("/")
    if point := _POINT.fullmatch(first.rstrip("?~%")):
        return _date_parts(point[0])
    return _date_parts((entry.first_day or entry.date)[:4])


def _end(entry: Entry) -> dict[str, int] | None:
    """The last one of a span, as exact as the source; of a decade, a season or a choice its last year, if another."""
    _, _, last = entry.date.partition("/")
    if point := _POINT.fullmatch(last.rstrip("?~%")):
        return _date_parts(point[0])
    loose = not _POINT.fullmatch(entry.date.rstrip("?~%")) and "/" not in entry.date
    if loose and entry.first_day and entry.last_day and entry.last_day[:4] != entry.first_day[:4]:
        return _date_parts(entry.last_day[:4])
    return None


def _date_parts(day: str) -> dict[str, int]:
    """`1946-07` as year and month. EDTF counts a year 0, TimelineJS and historians do not: -0256 is 257 BC."""
    year, *rest = day.removeprefix("-").split("-")
    number = -int(year) - 1 if day.startswith("-") or year == "0000" else int(year)
    return {"year": number, **dict(zip(("month", "day"), map(int, rest), strict=False))}


def ics(timeline: Timeline) -> str:
    """iCalendar (RFC 5545): an all-day event for every event whose date is a full day.

    Months, years and spans are left out: a calendar has no place for them, and no day is invented.
    """
    name = capitalised(timeline.topic) if timeline.topic else "Niên biểu"
    days = (entry for entry in timeline.entries if _FULL_DATE.fullmatch(entry.date))
    return calendar((_calendar_entry(entry) for entry in days), name, timeline.built)


def _calendar_entry(entry: Entry) -> calendar_files.Entry:
    told = entry.tellings[0]
    source = " · ".join(part for part in (told.title, told.date and short_date(told.date), told.place) if part)
    return calendar_files.Entry(
        day=date.fromisoformat(entry.date), summary=_summary(entry), description=f"{entry.quote}\n\n{source}",
        uid=f"{entry.id}@sulieu", tentative=entry.planned, categories=(entry.label,), url=told.url,
    )


def _headline(entry: Entry) -> str:
    """The quote, cut where it is long: TimelineJS shows it large."""
    words = clipped(entry.quote, _HEADLINE)
    return f"{words} ({PLANNED})" if entry.planned else words


def _summary(entry: Entry) -> str:
    return f"({PLANNED}) {entry.quote}" if entry.planned else entry.quote

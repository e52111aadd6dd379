"""The timeline of a fact base, and the forms in which it is given out."""

from outputs.timeline.build import Entry, NamedDecree, NamedOfficial, Telling, Timeline, timeline
from outputs.timeline.formats import ics, timeline_csv, timeline_html, timeline_json, timelinejs

__all__ = [
    "Entry", "NamedDecree", "NamedOfficial", "Telling", "Timeline",
    "ics", "timeline", "timeline_csv", "timeline_html", "timeline_json", "timelinejs",
]

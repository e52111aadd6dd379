"""The timeline of a fact base, and the forms in which it is given out."""

from outputs.tellings import NamedDecree, Telling
from outputs.timeline.build import Entry, NamedOfficial, Timeline, most, timeline
from outputs.timeline.formats import ics, timeline_csv, timeline_json, timelinejs
from outputs.timeline.named import Dissent, NamedBody, Side
from outputs.timeline.page import timeline_html

__all__ = [
    "Dissent", "Entry", "NamedBody", "NamedDecree", "NamedOfficial", "Side", "Telling", "Timeline",
    "ics", "most", "timeline", "timeline_csv", "timeline_html", "timeline_json", "timelinejs",
]

"""The history in sentences: its origin, then period by period."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from outputs.history.choose import Period, limit, milestones, periods
from outputs.history.clauses import Clause, closed, dates_in, pronoun_subject, sequel, trim, with_meaning
from outputs.history.model import Section, Sentence
from outputs.history.notebook import Notebook, Place
from outputs.history.phrases import phrase
from outputs.history.rows import one_line, same
from outputs.passages import clipped
from outputs.timeline import Entry, Telling
from outputs.topic import Topic
from outputs.vietnamese import capitalised, date_in_words, date_within_year
from outputs.words import PLANNED

_PARAGRAPH = 6        # events told in one paragraph, at most
_ALIKE, _RETOLD = 0.9, 0.75  # share of words from which a second telling, by another or the same source, adds nothing
_RELATED = 0.4              # share of words below which it may tell of something else
_ORIGIN_TELLINGS = 2  # places that tell the origin, at most
_YEAR_ONLY, _DAY = len("1993"), len("1946-07-19")

_SOURCE_LEADS = (phrase("source_other"), phrase("source_also"))

Group = tuple[Sentence, ...]  # an event, and what a source says of it


@dataclass(frozen=True, slots=True)
class Narrative:
    """The sections in prose: the origin, None where nothing is told of it, and the others in order of time."""

    origin: Section | None
    sections: tuple[Section, ...]


class Narrator:
    """Writes sentences about events; each is cited in the notebook or not written."""

    def __init__(self, db: sqlite3.Connection, notebook: Notebook, topic: Topic | None) -> None:
        self._db = db
        self._notebook = notebook
        self._topic = topic
        self._said: set[str] = set()

    def narrative(self, entries: Sequence[Entry], anniversary: str | None) -> Narrative:
        """Prose on the events; those of the anniversary's day, and what keeps its memory, come first."""
        origin = [entry for entry in entries if anniversary and entry.date == anniversary]
        memory = [entry for entry in entries if origin and anniversary and self._recalls(entry, anniversary)]
        first = self._origin(origin, memory) if origin else None
        told = {entry.id for entry in (*origin, *memory)} if first else set()
        chosen = [entry for entry in milestones(entries, self._topic) if entry.id not in told]
        early = [entry for entry in chosen if first and (entry.last_day or entry.first_day or "") < (anniversary or "")]
        later = [entry for entry in chosen if entry not in early]
        sections = [self._section(phrase("before"), early)] if early else []
        sections += [self._section(_heading(period), period.entries) for period in periods(later, self._topic)]
        return Narrative(first, tuple(section for section in sections if section.paragraphs))

    def _recalls(self, entry: Entry, anniversary: str) -> bool:
        """Whether an event set up the yearly day: its clause holds a recurring date of that month and day."""
        telling = entry.tellings[0]
        key = self._notebook.key_of(telling.document_id)
        recurring = f"XXXX{anniversary[4:]}"
        return entry.date != anniversary and any(
            at.type == "set" and at.edtf == recurring for at in dates_in(self._db, key, telling.start, telling.end)
        )

    def _origin(self, entries: Sequence[Entry], memory: Sequence[Entry]) -> Section | None:
        """The founding event in whole sentences, what sources say it meant, and how its day came to be kept."""
        groups: list[Group] = []
        tellings = [(entry, telling) for entry in entries for telling in entry.tellings][:_ORIGIN_TELLINGS]
        for entry, telling in tellings:
            lead = phrase("source_says") if groups else phrase("lead_origin", date=date_in_words(entry.date))
            groups.append(self._event(entry, telling, lead, whole=True))
        for entry in memory:
            lead = capitalised(phrase("commemorated", date=date_in_words(entry.date)))
            groups.append(self._event(entry, entry.tellings[0], lead))
        paragraphs = _paragraphs([group for group in groups if group])
        return Section(phrase("origin"), "khoi-dau", paragraphs=paragraphs) if paragraphs else None

    def _section(self, heading: str, entries: Sequence[Entry]) -> Section:
        groups: list[Group] = []
        previous: Entry | None = None
        for entry in entries:
            best = self._best(entry)
            group = self._event(entry, best, self._lead(entry, previous))
            if group:
                groups.append(group + self._also(entry, best))
                previous = entry
        notes = [number for group in groups for sentence in group for number in sentence.notes]
        if not self._notebook.bears(heading, notes):
            heading = phrase("later_years")
        return Section(heading, f"tu-{entries[0].year}", paragraphs=_paragraphs(groups))

    def _best(self, entry: Entry) -> Telling:
        """The telling whose own words hold the topic, else the first in the order of the timeline."""
        return min(entry.tellings, key=lambda telling: self._topic is not None and telling.quote not in self._topic)

    def _also(self, entry: Entry, best: Telling) -> Group:
        """What another place adds: one that another document tells, or that shares few words with the first."""
        said = _words_of(best.quote)
        for other in entry.tellings:
            shared = len(said & _words_of(other.quote)) / (min(len(said), len(_words_of(other.quote))) or 1)
            elsewhere = other.document_id != best.document_id
            if other is not best and _RELATED <= shared < (_ALIKE if elsewhere else _RETOLD):
                return self._event(entry, other, phrase("source_other" if elsewhere else "source_also"))[:1]
        return ()

    def _lead(self, entry: Entry, previous: Entry | None) -> str:
        plain = entry.date.replace("-", "").isdigit()
        known = previous is not None and previous.date.replace("-", "").isdigit()
        if previous is None or not known or previous.year != entry.year or not plain:
            return capitalised(phrase("lead", date=date_in_words(entry.date)))
        if len(entry.date) == _DAY and entry.date == previous.date:
            return phrase("lead_same_day")
        if len(entry.date) == _YEAR_ONLY:
            return phrase("lead_same_year")
        return phrase("lead_same_year_day", date=_day_of_year(entry.date))

    def _event(self, entry: Entry, telling: Telling, lead: str, *, whole: bool = False) -> Group:
        key = self._notebook.key_of(telling.document_id)
        text = self._notebook.document(key)["text"]
        end = with_meaning(text, closed(text, telling.start, telling.end), telling.after)
        if whole and text.startswith(telling.after.rstrip("…. "), telling.end):
            end = telling.end + len(telling.after.rstrip("…. "))
        clause = trim(text, telling.start, end, entry.date, dates_in(self._db, key, telling.start, end))
        lead = lead if whole else self._fitting(lead, clause, text, telling, entry)
        said = same(text[clause.start : clause.end])
        if said in self._said:
            return ()
        tail = f" ({PLANNED})." if entry.planned else "."
        told = self._quoted(Place(key, telling.start, telling.end), text, clause, lead, tail)
        if told is None:
            return ()
        self._said.add(said)
        meaning = sequel(text, end)
        if meaning is None or self._event_between(key, end, meaning[0]):
            return (told,)
        first, last, use = meaning
        judged = self._quoted(Place(key, first, last), text, Clause(first, last, True), phrase(f"source_{use}"))
        return (told, judged) if judged else (told,)

    def _event_between(self, document: int, start: int, end: int) -> bool:
        """Whether another event is told there: then what follows speaks of that one."""
        return self._db.execute(
            "SELECT 1 FROM mention WHERE document = ? AND kind = 'event' AND start >= ? AND start < ?",
            (document, start, end),
        ).fetchone() is not None

    def _fitting(self, lead: str, clause: Clause, text: str, telling: Telling, entry: Entry) -> str:
        """The lead that a clause needs: none where it says its date and can open a sentence itself."""
        if pronoun_subject(text, clause.start, clause.end):
            title = one_line(telling.title)
            own_date = clause.dated or lead in _SOURCE_LEADS
            return phrase("source_named", title=title) if own_date else lead + phrase("lead_according", title=title)
        if not clause.dated:
            return lead
        if telling.quote in telling.title:  # a headline is no sentence
            return capitalised(phrase("lead_title", date=date_in_words(entry.date)))
        return phrase("source_says") if text[clause.start].islower() else ""

    def _quoted(self, place: Place, text: str, clause: Clause, lead: str, tail: str = ".") -> Sentence | None:
        quote = clipped(one_line(text[clause.start : clause.end]), limit("quote")).rstrip(".;,")
        sentence = Sentence(lead, quote, tail, ())
        notes = self._notebook.cite(sentence.words, [place])
        return Sentence(lead, quote, tail, notes) if notes else None


def _words_of(quote: str) -> frozenset[str]:
    return frozenset(same(quote).replace(",", " ").split())


def _day_of_year(edtf: str) -> str:
    words = date_within_year(edtf)
    return f"ngày {words}" if words[:1].isdigit() else words


def _heading(period: Period) -> str:
    if period.opening is None:
        return phrase("decade", year=period.year) if period.decade else phrase("first_years")
    decree = next((decree.quote for decree in period.opening.decrees), None)
    if decree is None:
        return phrase("from_year", year=f"năm {period.year}")
    named = one_line(decree)
    if str(period.year) in named:
        return phrase("from_year", year=named)
    return phrase("from_decree", decree=named, year=period.year)


def _paragraphs(groups: Sequence[Group]) -> tuple[tuple[Sentence, ...], ...]:
    """Groups in paragraphs of about equal length."""
    if not groups:
        return ()
    size = ceil(len(groups) / ceil(len(groups) / _PARAGRAPH))
    return tuple(
        tuple(sentence for group in groups[at : at + size] for sentence in group) for at in range(0, len(groups), size)
    )

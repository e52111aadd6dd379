"""The history in sentences: its origin, then period by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from outputs.history.choose import Period, milestones, periods
from outputs.history.clauses import Clause, closed, dates_in, pronoun_subject, sequel, trim, with_meaning
from outputs.history.happenings import Happening, told
from outputs.history.leads import shortened
from outputs.history.model import Section, Sentence
from outputs.history.notebook import Place
from outputs.history.rows import one_line, same
from outputs.history.work import Work
from outputs.passages import clipped
from outputs.tellings import Telling

_PARAGRAPH = 6        # events told in one paragraph, at most
_ALIKE, _RETOLD = 0.9, 0.75  # share of words from which a second telling, by another or the same source, adds nothing
_RELATED = 0.4              # share of words below which it may tell of something else
_ORIGIN_TELLINGS = 2  # places that tell the origin, at most

Group = tuple[Sentence, ...]  # an event, and what a source says of it


@dataclass(frozen=True, slots=True)
class Narrative:
    """The sections in prose: the origin, None where nothing is told of it, and the others in order of time."""

    origin: Section | None
    sections: tuple[Section, ...]


class Narrator:
    """Writes sentences about events; each is cited in the notebook or not written."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._words = work.words
        self._said: set[str] = set()
        self._dates: dict[Sentence, str] = {}   # of sentences that our own words open with a date

    def narrative(self, events: Sequence[Happening], anniversary: str | None) -> Narrative:
        """Prose on the events; those of the anniversary's day, and what keeps its memory, come first."""
        origin = told(self._work, (event for event in events if anniversary and event.date == anniversary))
        chosen = told(self._work, milestones(self._work, events))
        memory = [event for event in chosen if origin and anniversary and self._recalls(event, anniversary)]
        first = self._origin(origin, memory) if origin else None
        done = {event.id for event in (*origin, *memory)} if first else set()
        chosen = [event for event in chosen if event.id not in done]
        early = [event for event in chosen if first and (event.last_day or event.first_day or "") < (anniversary or "")]
        later = [event for event in chosen if event not in early]
        sections = [self._section(self._words("before"), early, "boi-canh")] if early else []
        for period in periods(self._work, later):
            sections.append(self._section(self._heading(period), period.events, f"tu-{period.events[0].year}"))
        return Narrative(first, tuple(section for section in sections if section.paragraphs))

    def _recalls(self, entry: Happening, anniversary: str) -> bool:
        """Whether an event set up the yearly day: its clause holds a recurring date of that month and day."""
        telling = entry.tellings[0]
        recurring = f"XXXX{anniversary[4:]}"
        return entry.date != anniversary and any(
            at.type == "set" and at.edtf == recurring
            for at in dates_in(self._work.db, telling.document, telling.start, telling.end)
        )

    def _origin(self, entries: Sequence[Happening], memory: Sequence[Happening]) -> Section | None:
        """The founding event in whole sentences, what sources say it meant, and how its day came to be kept."""
        groups: list[Group] = []
        tellings = [(entry, telling) for entry in entries for telling in entry.tellings][:_ORIGIN_TELLINGS]
        for entry, telling in tellings:
            date = self._words.date(entry.date)
            lead = self._words("source_says") if groups else self._words("lead_origin", date=date)
            groups.append(self._event(entry, telling, lead, whole=True))
        for entry in memory:
            lead = self._words.lead(entry.date, "commemorated")
            groups.append(self._event(entry, entry.tellings[0], lead))
        paragraphs = self._paragraphs([group for group in groups if group])
        return Section(self._words("origin"), "khoi-dau", paragraphs=paragraphs) if paragraphs else None

    def _section(self, heading: str, entries: Sequence[Happening], anchor: str) -> Section:
        groups: list[Group] = []
        for entry in entries:
            best = self._best(entry)
            if group := self._event(entry, best, self._words.lead(entry.date)):
                if group[0].lead.startswith(self._words.lead(entry.date)):
                    self._dates[group[0]] = entry.date
                groups.append(group + self._also(entry, best))
        notes = [number for group in groups for sentence in group for number in sentence.notes]
        if not self._work.notebook.bears(heading, notes):
            heading = self._words("later_years")
        return Section(heading, anchor, paragraphs=self._paragraphs(groups))

    def _best(self, entry: Happening) -> Telling:
        """The telling whose own words speak of the subject, else the first: the one that the fact base shows."""
        subject = self._work.subject
        return min(entry.tellings, key=lambda one: (not subject.about(one.quote), one.id not in entry.asked))

    def _also(self, entry: Happening, best: Telling) -> Group:
        """What another place adds: one that another document tells, or that shares few words with the first."""
        said = _words_of(best.quote)
        for other in entry.tellings:
            shared = len(said & _words_of(other.quote)) / (min(len(said), len(_words_of(other.quote))) or 1)
            elsewhere = other.document_id != best.document_id
            if other is not best and _RELATED <= shared < (_ALIKE if elsewhere else _RETOLD):
                return self._event(entry, other, self._words("source_other" if elsewhere else "source_also"))[:1]
        return ()

    def _paragraphs(self, groups: Sequence[Group]) -> tuple[tuple[Sentence, ...], ...]:
        """Groups in paragraphs of about equal length."""
        if not groups:
            return ()
        size = ceil(len(groups) / ceil(len(groups) / _PARAGRAPH))
        cut = (groups[at : at + size] for at in range(0, len(groups), size))
        return tuple(
            shortened([(one, self._dates.get(one)) for group in groups for one in group], self._words)
            for groups in cut
        )

    def _event(self, entry: Happening, telling: Telling, lead: str, *, whole: bool = False) -> Group:
        key = telling.document
        text = self._work.notebook.document(key)["text"]
        end = with_meaning(text, closed(text, telling.start, telling.end), telling.after)
        if whole and text.startswith(telling.after.rstrip("…. "), telling.end):
            end = telling.end + len(telling.after.rstrip("…. "))
        clause = trim(text, telling.start, end, entry.date, dates_in(self._work.db, key, telling.start, end))
        lead = lead if whole else self._fitting(lead, clause, text, telling, entry)
        said = same(text[clause.start : clause.end])
        if said in self._said:
            return ()
        in_future = entry.planned and entry.type != "effect"   # an act says itself from when it is in force
        tail = f" ({self._words('planned')})." if in_future else "."
        sentence = self._quoted(Place(key, telling.start, telling.end), text, clause, lead, tail)
        if sentence is None:
            return ()
        self._said.add(said)
        meaning = sequel(text, end)
        if meaning is None or self._event_between(key, end, meaning[0]):
            return (sentence,)
        first, last, use = meaning
        judged = self._quoted(Place(key, first, last), text, Clause(first, last, True), self._words(f"source_{use}"))
        return (sentence, judged) if judged else (sentence,)

    def _event_between(self, document: int, start: int, end: int) -> bool:
        """Whether another event is told there: then what follows speaks of that one."""
        return self._work.db.execute(
            "SELECT 1 FROM mention WHERE document = ? AND kind = 'event' AND start >= ? AND start < ?",
            (document, start, end),
        ).fetchone() is not None

    def _fitting(self, lead: str, clause: Clause, text: str, telling: Telling, entry: Happening) -> str:
        """The lead that a clause needs: none where it says its date and can open a sentence itself."""
        if pronoun_subject(text, clause.start, clause.end):
            title = one_line(telling.title)
            own_date = clause.dated or lead in (self._words("source_other"), self._words("source_also"))
            named = self._words("source_named" if own_date else "lead_according", title=title)
            return named if own_date else lead + named
        if not clause.dated:
            return lead
        if telling.quote in telling.title:  # a headline is no sentence
            return self._words.lead(entry.date, "lead_title")
        return self._words("source_says") if text[clause.start].islower() else ""

    def _quoted(self, place: Place, text: str, clause: Clause, lead: str, tail: str = ".") -> Sentence | None:
        quote = clipped(one_line(text[clause.start : clause.end]), self._work.limit("quote")).rstrip(".;,")
        sentence = Sentence(lead, quote, tail, ())
        notes = self._work.notebook.cite(sentence.words, [place])
        return Sentence(lead, quote, tail, notes) if notes else None

    def _heading(self, period: Period) -> str:
        words = self._words
        if period.opening is None and period.decade:
            first, last = period.events[0].year, period.events[-1].year
            return words("decade", year=period.year, first=first, last=last)
        if period.opening is None:
            return words("first_years")
        decree = next((decree.quote for decree in period.opening.decrees), None)
        if decree is None:
            return words("from_year", year=words("year", year=period.year))
        named = one_line(decree).partition(" (")[0]
        if str(period.year) in named:
            return words("from_year", year=named)
        return words("from_decree", decree=named, year=period.year)


def _words_of(quote: str) -> frozenset[str]:
    return frozenset(same(quote).replace(",", " ").split())

"""From a fact base to a history, checked before it is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import regex

from extractors.calendar import bounds
from outputs.checker import UnsupportedClaims, check
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history.conflicts import conflicts_section
from outputs.history.decrees import deed_events, deeds, legal_section
from outputs.history.directives import directives_section
from outputs.history.figures import figures_section
from outputs.history.happenings import happenings
from outputs.history.honours import honours_section
from outputs.history.leaders import leaders_section
from outputs.history.model import History, Language, Link, Section
from outputs.history.narrative import Narrator
from outputs.history.notebook import Notebook
from outputs.history.organisation import organisation_section
from outputs.history.phrases import wording
from outputs.history.render import history_md
from outputs.history.sources import sources_section
from outputs.history.subject import Subject, subject
from outputs.history.work import Work
from outputs.vietnamese import capitalised
from outputs.weights import Length
from outputs.weights import weights as read_weights

_DAY = regex.compile(r"\d{4}-\d\d-\d\d")
_LINKED = {"nguoi-giu-trong-trach": "to-chuc", "to-chuc": "nguoi-giu-trong-trach", "ket-qua": "khac-biet"}
_SEE = {"to-chuc": "see_organisation", "nguoi-giu-trong-trach": "see_leaders", "khac-biet": "see_conflicts"}


def history(
    base: FactBase, *, topic: str | None = None, body: str | None = None, person: str | None = None,
    place: str | None = None, decree: str | None = None, anniversary: str | None = None, year: int | None = None,
    since: str | None = None, until: str | None = None, length: Length = "full", language: Language = "vi",
    weights: Path | None = None,
) -> History:
    """A draft history of a topic, body, person, place or act, or of what several of these have in common.

    `anniversary` is the day that is remembered (`1946-07-19`), `year` the year in which it is, up to whose end the
    history reaches; `since` and `until` (EDTF years, months or days, both included) bound it further. `weights` is a
    user's table of weights. Every statement carries the numbers of the notes that quote its sources; what its sources
    do not bear out is left out, and where nothing is found the history says so. Raises QuestionError for a question
    that cannot be read, AmbiguousSubject for a name that means several, WeightsError for a table that cannot be
    used, UnsupportedClaims if the finished text were to claim something that no note supports.
    """
    if length not in get_args(Length) or language not in get_args(Language):
        raise QuestionError(f"{length!r}, {language!r}: a history is short or full, in vi or en")
    if anniversary is not None and not (_DAY.fullmatch(anniversary) and bounds(anniversary)):
        raise QuestionError(f"{anniversary!r} is not a day; write the anniversary as 1946-07-19")
    first, last = _day(since, 0), _day(until, 1)
    if year is not None:
        last = min(last or "9999", f"{year:04}-12-31")
    if first and last and first > last:
        raise QuestionError(f"the span of time ends before it begins: {since} – {until or year}")
    about = subject(base, topic=topic, body=body, person=person, place=place, decree=decree)
    work = Work(
        base.db, Notebook(base.db), about, read_weights(weights, length), wording(language), first, last, year,
            anniversary,
    )
    sections = _sections(work, anniversary)
    span = _span(anniversary, year, first, last if until or year else None)
    made = replace(_history(work, anniversary, span, sections), language=language, length=length)
    if unsupported := check(history_md(made), made.notes, made.given):
        raise UnsupportedClaims(unsupported)
    return made


def _day(edtf: str | None, side: int) -> str | None:
    if edtf is None:
        return None
    days = bounds(edtf.strip())
    day = days[side] if days else None
    if day is None:
        raise QuestionError(f"{edtf!r} is not a date; write a year, month or day such as 1946, 1946-07 or 1946-07-19")
    return day.isoformat()


def _sections(work: Work, anniversary: str | None) -> list[Section]:
    events = happenings(work)
    laws = deeds(work)
    narrative = Narrator(work).narrative(deed_events(work, laws, events), anniversary)
    acts_aside = work.weights.short and work.subject.kind != "decree"   # the milestones tell the heaviest
    legal = None if acts_aside else legal_section(work, laws)
    found = [
        narrative.origin, *narrative.sections, legal, organisation_section(work),
        leaders_section(work), figures_section(work), honours_section(work, events), directives_section(work),
        conflicts_section(work),
    ]
    sections = [section for section in found if section]
    if sections and (sources := sources_section(work)):
        sections.append(sources)
    return _with_links(work, sections)


def _with_links(work: Work, sections: Sequence[Section]) -> list[Section]:
    """Ways between sections that speak of the same things, where both are there."""
    present = {section.id for section in sections}
    linked = []
    for section in sections:
        target = _LINKED.get(section.id)
        links = (Link(work.words(_SEE[target]), target),) if target in present and target else ()
        linked.append(replace(section, links=links))
    return linked


def _span(anniversary: str | None, year: int | None, first: str | None, last: str | None) -> str | None:
    begins = first or anniversary
    ends = str(year) if year is not None and not (last and last < str(year)) else last
    if begins and ends and begins[:4] < ends[:4]:
        return f"{begins[:4]}–{ends[:4]}"
    return None


def _history(work: Work, anniversary: str | None, span: str | None, sections: list[Section]) -> History:
    words, about = work.words, work.subject
    title = _title(work, about, anniversary)
    bounded = work.first is not None or (work.last is not None and work.year is None)
    missing = []
    if not sections:
        nothing = "nothing" if about.words else "nothing_all"
        missing.append(words(f"{nothing}_span" if bounded else nothing, topic=about.words))
    elif anniversary is not None and sections[0].id != "khoi-dau":
        missing.append(words("no_origin", date=words.date(anniversary)))
    notes = work.notebook.notes
    documents = len({note.document_id for note in notes if note.basis == "source"})
    basis = words("basis", documents=documents) if sections else ""
    given = tuple(part for part in (title, span, about.words, basis, *missing) if part)
    return History(
        title=title, span=span, topic=about.words, basis=basis, missing=tuple(missing), sections=tuple(sections),
        notes=notes, given=given,
    )


def _title(work: Work, about: Subject, anniversary: str | None) -> str:
    if about.words is None:
        return work.words("title_all")
    years = work.year - int(anniversary[:4]) if work.year is not None and anniversary is not None else 0
    key = "title" if years > 0 else f"title_{about.kind}"
    return capitalised(work.words(key, years=years, topic=about.words))

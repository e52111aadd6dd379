"""From a fact base to a history, checked before it is handed out."""

from __future__ import annotations

import regex

from outputs.checker import UnsupportedClaims, check
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history.conflicts import conflicts_section
from outputs.history.decrees import deed_entries, deeds, legal_section
from outputs.history.figures import figures_section
from outputs.history.model import History, Section
from outputs.history.narrative import Narrator
from outputs.history.notebook import Notebook
from outputs.history.phrases import phrase
from outputs.history.records import directives_section, leaders_section
from outputs.history.render import history_md
from outputs.timeline import timeline
from outputs.topic import Topic, topic_documents
from outputs.vietnamese import capitalised, date_in_words

_DAY = regex.compile(r"\d{4}-\d\d-\d\d")


def history(
    base: FactBase, *, topic: str | None = None, anniversary: str | None = None, year: int | None = None
) -> History:
    """A draft history of a topic, for the years since an anniversary's day (`1946-07-19`) up to `year`.

    Every statement carries the numbers of the notes that quote its sources; what its sources do not bear out is left
    out. Where nothing is found, the history says so. Raises QuestionError for an unreadable topic or
    day, UnsupportedClaims if the finished text were to claim something that no note supports.
    """
    if anniversary is not None and not _DAY.fullmatch(anniversary):
        raise QuestionError(f"{anniversary!r} is not a day; write the anniversary as 1946-07-19")
    subject = None if topic is None else Topic(topic)
    documents = None if subject is None else topic_documents(base.db, subject)
    entries = timeline(base, topic=topic, until=None if year is None else f"{year:04}").entries
    notebook = Notebook(base.db)
    laws = deeds(base.db, notebook, documents)
    told = deed_entries(notebook, laws, entries)
    narrative = Narrator(base.db, notebook, subject).narrative(told, anniversary)
    sections: list[Section | None] = [
        narrative.origin,
        *narrative.sections,
        legal_section(notebook, laws),
        leaders_section(base.db, notebook, documents),
        figures_section(base.db, notebook, documents),
        directives_section(base.db, notebook, documents),
        conflicts_section(base.db, notebook, documents),
    ]
    made = _history(topic, anniversary, year, [s for s in sections if s], notebook)
    if unsupported := check(history_md(made), made.notes, made.given):
        raise UnsupportedClaims(unsupported)
    return made


def _history(
    topic: str | None, anniversary: str | None, year: int | None, sections: list[Section], notebook: Notebook
) -> History:
    years = year - int(anniversary[:4]) if year is not None and anniversary is not None else None
    if topic and years is not None and years > 0:
        title = phrase("title", years=years, topic=topic)
    else:
        title = phrase("title_topic", topic=topic) if topic else phrase("title_all")
    span = f"{anniversary[:4]}–{year}" if anniversary is not None and years is not None and years > 0 else None
    missing = []
    if not sections:
        missing.append(phrase("nothing", topic=topic) if topic else phrase("nothing_all"))
    elif anniversary is not None and sections[0].id != "khoi-dau":
        missing.append(phrase("no_origin", date=date_in_words(anniversary)))
    basis = phrase("basis", documents=len({note.document_id for note in notebook.notes})) if sections else ""
    given = tuple(part for part in (title, span, topic, basis, *missing) if part)
    return History(
        title=capitalised(title), span=span, topic=topic, basis=basis, missing=tuple(missing),
        sections=tuple(sections), notes=notebook.notes, given=given,
    )

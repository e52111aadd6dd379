"""The documents that a history quotes, with the notes that do so."""

from __future__ import annotations

from collections import defaultdict

from outputs.history.model import Note, Row, Section, Table
from outputs.history.rows import one_line
from outputs.history.work import Work
from outputs.passages import clipped

_LONGEST_TITLE = 160   # characters
_MOST_NOTES = 12       # numbers in one row: the first ones lead far enough


def sources_section(work: Work) -> Section | None:
    """Documents by date, those without one last; of more than the limit those with most notes."""
    quoted: dict[str, list[Note]] = defaultdict(list)
    for note in work.notebook.notes:
        if note.basis == "source":
            quoted[note.document_id].append(note)
    most = sorted(quoted.values(), key=lambda notes: (-len(notes), notes[0].number))[: work.limit("sources")]
    ordered = sorted(most, key=lambda notes: (notes[0].date or "9999", notes[0].title, notes[0].document_id))
    rows = tuple(_row(work, notes) for notes in ordered)
    return work.section("sources", "tai-lieu", [Table(None, work.header("document", "date", "source", "kind"), rows)])


def _row(work: Work, notes: list[Note]) -> Row:
    note = notes[0]
    cells = (
        clipped(one_line(note.title), _LONGEST_TITLE), note.date and work.words.short(note.date),
        note.source and one_line(note.source), work.words(f"kind_{note.kind}"),
    )
    shown = tuple(cell or work.words("none") for cell in cells)
    return Row(shown, tuple(note.number for note in notes[:_MOST_NOTES]))

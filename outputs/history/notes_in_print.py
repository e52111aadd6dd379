"""Notes as paper needs them: no sentence is printed twice, and a run of notes on one document is one line.

On a page a reader has the words of the text and of the other notes before the eyes; a screen opens each note alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from outputs.history.format_words import say
from outputs.history.model import Evidence, History, Note, Section
from outputs.history.phrases import wording
from outputs.passages import clipped

_TITLE, _SHORT_TITLE, _SOURCE = 150, 52, 60  # characters of a foot of the page
_LONG_QUOTE = 140      # characters from which a quote that the text has whole is told by its ends
_HEAD, _TAIL = 8, 6    # words of those ends
_TYPE = 4              # words in which the type of an act and `số` stand: `quyết định số`
_LONGEST_WORD = 40     # of a note that is set in one line with others
_LONGEST = 2000        # characters of a quote that stands nowhere else


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of the page for a run of notes: `first` of its document."""

    numbers: str
    words: str
    first: bool


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """Pieces of a note, each words before the quote, quote, words after it; `see`: notes that have their sentences.

    `brief`: all of it stands in earlier notes.
    """

    pieces: tuple[tuple[str, str, str], ...]
    see: tuple[int, ...]
    brief: bool = False


def citations(section: Section) -> Iterator[int]:
    """Note numbers in the order in which a section cites them."""
    for paragraph in section.paragraphs:
        for sentence in paragraph:
            yield from sentence.notes
    for table in section.tables:
        for row in table.rows:
            yield from row.notes


def feet(history: History) -> dict[int, Foot]:
    """For the first note of each run its foot: the document in full where it comes first, then in short.

    A run are notes that follow one another in one section and quote one document.
    """
    by_number = {note.number: note for note in history.notes}
    made: dict[int, Foot] = {}
    cited, named = set[int](), set[str]()
    for section in history.sections:
        runs: list[list[Note]] = []
        for number in citations(section):
            if number in cited:
                continue
            cited.add(number)
            note = by_number[number]
            follows = runs and runs[-1][-1].number == number - 1 and _document(runs[-1][-1]) == _document(note)
            runs[-1].append(note) if follows else runs.append([note])
        for run in runs:
            first = _document(run[0]) not in named
            named.add(_document(run[0]))
            numbers = f"{run[0].number}–{run[-1].number}" if len(run) > 1 else str(run[0].number)
            made[run[0].number] = Foot(numbers, _stopped(_named(run[0], history, first)), first)
    return made


def feet_one_by_one(history: History) -> dict[int, str]:
    """What stands at the foot of the page where each note has its own: the document, `Như trên` where it goes on."""
    made: dict[int, str] = {}
    before, named = "", set[str]()
    for note in history.notes:
        document = _document(note)
        named_in_full = _named(note, history, document not in named)
        made[note.number] = say("same_document", history.language) if document == before else named_in_full
        named.add(document)
        before = document
    return made


def _stopped(words: str) -> str:
    """The words with a mark at their end, so that no foot runs into the next; `Đông Á.` would look like an initial."""
    if words.endswith((".", "…")):
        return words
    return f"{words};" if len(words.split()[-1]) == 1 else f"{words}."


def _document(note: Note) -> str:
    return note.document_id or f"{note.basis} {note.title}"


def _named(note: Note, history: History, first: bool) -> str:
    title = clipped(note.title, _TITLE if first else _SHORT_TITLE)
    source = clipped(note.source, _SOURCE) if note.source and first else ""
    date = wording(history.language).short(note.date) if note.date else ""
    return ", ".join(part for part in (title, source, date) if part)


def printed_notes(history: History) -> dict[int, PrintedNote]:
    """Each note without what the text or an earlier note prints in full."""
    quoted = {
        number for section in history.sections for paragraph in section.paragraphs for sentence in paragraph
        if len(sentence.quote) > _LONG_QUOTE for number in sentence.notes
    }
    shown: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)   # spans of documents, and their notes
    return {
        note.number: _printed(note, note.number in quoted, shown[_document(note)]) for note in history.notes
    }


def _printed(note: Note, quoted: bool, shown: list[tuple[int, int, int]]) -> PrintedNote:
    pieces: list[tuple[str, str, str]] = []
    see: list[int] = []
    for at, piece in enumerate(note.evidence):
        known = next((number for first, last, number in shown if first <= piece.start and piece.end <= last), None)
        if known is None or note.basis == "lexicon":
            quote = _ends(piece.quote) if quoted and at == 0 else clipped(piece.quote, _LONGEST)
            pieces.append((piece.before, quote, piece.after))
            shown.append((*_span(piece), note.number))
            continue
        if at == 0:
            pieces.append(("", _ends(piece.quote), ""))
        see += [known] if known != note.number else []
    short = all(len(word) <= _LONGEST_WORD for _, quote, _ in pieces for word in quote.split())
    brief = short and bool(see) and not any(before or after for before, _, after in pieces)
    return PrintedNote(tuple(pieces), tuple(dict.fromkeys(see)), brief)


def _span(piece: Evidence) -> tuple[int, int]:
    return piece.start - len(piece.before.lstrip("…")), piece.end + len(piece.after.rstrip("…"))


def _ends(quote: str) -> str:
    """The quote, or the words at its ends where it is long."""
    words = quote.split()
    if len(quote) <= _LONG_QUOTE:
        return clipped(quote, _LONGEST)
    cuts = [at for at in range(1, len(words)) if _plain(words[at - 1]) and _plain(words[at])]   # in no name or number
    head = next((at for at in cuts if at >= _HEAD), len(words))
    kept = [at for at in cuts if "số" not in words[at : at + _TYPE]]   # `Nghị quyết số 02/NQ-CP` keeps its type
    tail = next((at for at in reversed(kept) if at <= len(words) - _TAIL), 0)
    if tail - head < _HEAD:
        return clipped(quote, _LONGEST)
    return f"{' '.join(words[:head])} … {' '.join(words[tail:])}"


def _plain(word: str) -> bool:
    return word.islower() and word.isalpha()

"""The notes of a history while it is written: every statement is checked against them before it is let in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from corpus.shadow import lower, shadow
from outputs.checker import supports
from outputs.checker.support import missing_quotes, source
from outputs.history.model import Evidence, Note
from outputs.passages import REACH, around
from outputs.vietnamese import short_date

_EDTF = regex.compile(r"[\[{]?[\dX.][\dX./~?%,-]*[\]}]?")
_DOCUMENT = "SELECT id, title, date, source, url, kind, path, member, text FROM document WHERE key = ?"
_SHORT_REACH = 90  # context of words that only complete a note
_MOST_PARTS = 4    # a name in more parts than this is not one the document states


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document."""

    document: int
    start: int
    end: int


class Notebook:
    """Hands out note numbers, one for each place cited, in the order of citation."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._drafts: dict[Place, Note] = {}
        self._numbered: list[Note] = []
        self._known: dict[Note, int] = {}   # a note without its number, and the number
        self._texts: dict[int, sqlite3.Row] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes cited so far, by number."""
        return tuple(self._numbered)

    def cite(self, statement: str, places: Iterable[Place], phrases: Iterable[str | None] = ()) -> tuple[int, ...]:
        """Note numbers for a statement that rests on `places`; none where they do not bear it out.

        `phrases` are values of the statement (a body, a metric) that may stand elsewhere in the same
        document; where the places alone are not enough, their own words are added to the note.
        """
        spots, values = list(dict.fromkeys(places)), list(phrases)
        drafts = [self._draft(spot) for spot in spots]
        if not _bear(statement, drafts):
            drafts = self._widened(drafts, spots, values)
            if not _bear(statement, drafts):
                return ()
        return tuple(self._number(draft, spot) for draft, spot in zip(drafts, spots, strict=True))

    def bears(self, statement: str, numbers: Iterable[int]) -> bool:
        """Whether notes already cited bear a statement out."""
        return supports(statement, [self._numbered[number - 1] for number in numbers])

    def lexicon(self, title: str, entry: str, dates: Sequence[str], place: str) -> int:
        """The number of a note that quotes an entry of our lexicon; `dates` are those that it states, in EDTF."""
        note = Note(0, "", title, None, place, (Evidence(entry, "", "", 0, 0),), tuple(dates), basis="lexicon")
        return self._number(note, Place(0, 0, 0))

    def document(self, key: int) -> sqlite3.Row:
        """A document's row, with its text."""
        if key not in self._texts:
            self._texts[key] = self._db.execute(_DOCUMENT, (key,)).fetchone()
        return self._texts[key]

    def _draft(self, place: Place) -> Note:
        if place not in self._drafts:
            row = self.document(place.document)
            evidence = _evidence(row["text"], place.start, place.end)
            self._drafts[place] = Note(
                number=0,
                document_id=row["id"],
                title=row["title"] or row["id"],
                date=row["date"],
                place=f"{row['path']}#{row['member']}" if row["member"] else row["path"],
                evidence=(evidence,),
                dates=self._dates(place.document, evidence, row["date"]),
                source=row["source"],
                url=row["url"],
                kind=row["kind"],
            )
        return self._drafts[place]

    def _dates(self, document: int, evidence: Evidence, published: str | None) -> tuple[str, ...]:
        first, last = evidence.start - len(evidence.before), evidence.end + len(evidence.after)
        found = self._db.execute(
            "SELECT f.edtf FROM date_fact f JOIN mention m ON m.key = f.mention "
            "WHERE m.document = ? AND m.start >= ? AND m.start < ? AND f.edtf IS NOT NULL ORDER BY m.start",
            (document, first, last),
        )
        return tuple(dict.fromkeys([*(row["edtf"] for row in found), *([published] if published else [])]))

    def _widened(self, drafts: list[Note], spots: list[Place], phrases: Iterable[str | None]) -> list[Note]:
        """The drafts with the words of every phrase that they do not hold yet, where the documents have them."""
        for phrase in dict.fromkeys(phrase for phrase in phrases if phrase):
            if supports(short_date(phrase) if _EDTF.fullmatch(phrase) else phrase, drafts):
                continue
            drafts = [self._with(draft, spot, phrase) for draft, spot in zip(drafts, spots, strict=True)]
        return drafts

    def _with(self, draft: Note, spot: Place, phrase: str) -> Note:
        text = self.document(spot.document)["text"]
        spans = self._date_like(spot, phrase) if _EDTF.fullmatch(phrase) else _find(spot, text, phrase)
        held = [(piece.start - len(piece.before), piece.end + len(piece.after)) for piece in draft.evidence]
        more = [
            _evidence(text, start, end, _SHORT_REACH) for start, end in spans
            if not any(first <= start and end <= last for first, last in held)
        ]
        dates = [date for piece in more for date in self._dates(spot.document, piece, None)]
        return replace(
            draft, number=0, evidence=(*draft.evidence, *more), dates=tuple(dict.fromkeys([*draft.dates, *dates]))
        )

    def _date_like(self, spot: Place, edtf: str) -> list[tuple[int, int]]:
        """The date expression of this value that stands nearest before the place, else after it."""
        row = self._db.execute(
            "SELECT m.start, m.\"end\" FROM date_fact f JOIN mention m ON m.key = f.mention "
            "WHERE m.document = ? AND f.edtf = ? ORDER BY m.start > ?, abs(m.start - ?) LIMIT 1",
            (spot.document, edtf, spot.start, spot.start),
        ).fetchone()
        return [(row["start"], row["end"])] if row else []

    def _number(self, draft: Note, place: Place) -> int:
        if draft.number:
            return draft.number
        if draft in self._known:
            return self._known[draft]
        numbered = replace(draft, number=len(self._numbered) + 1)
        self._known[draft] = numbered.number
        self._numbered.append(numbered)
        if len(draft.evidence) == 1 and draft.basis == "source":
            self._drafts[place] = numbered
        return numbered.number


def _bear(statement: str, notes: Sequence[Note]) -> bool:
    """Whether notes bear a statement out, the words in quotation marks word for word."""
    sources = [source(note.words, note.dates) for note in notes]
    return supports(statement, notes) and next(missing_quotes(statement, sources), None) is None


def _evidence(text: str, start: int, end: int, reach: int = REACH) -> Evidence:
    quote = text[start:end]
    before, after = around(text[max(0, start - reach) : start], quote, text[end : end + reach], reach)
    return Evidence(quote, before, after, start, end)


def _find(spot: Place, text: str, phrase: str) -> list[tuple[int, int]]:
    """Where a value stands, nearest before the place, else after it; a name put together from parts, part by part."""
    said, words = lower(shadow(text)), lower(shadow(phrase)).replace(",", " ").split()
    spans: list[tuple[int, int]] = []
    while words and len(spans) < _MOST_PARTS:
        for count in range(len(words), 0, -1):
            if span := _nearest(said, " ".join(words[:count]), spot):
                spans.append(span)
                words = words[count:]
                break
        else:
            return []
    return spans if not words else []


def _nearest(said: str, wanted: str, spot: Place) -> tuple[int, int] | None:
    at = said.rfind(wanted, 0, spot.end)
    at = said.find(wanted, spot.end) if at < 0 else at
    return None if at < 0 else (at, at + len(wanted))

"""A history as data: sections of sentences and tables, each with its notes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document in their place, with the rest of their sentence."""

    quote: str
    before: str
    after: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The quote in its sentence."""
        return f"{self.before}{self.quote}{self.after}"


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered footnote: the quote, and whatever else of the same document the statement rests on.

    `dates` are the EDTF values of the date expressions quoted and of the document's own date.
    """

    number: int
    document_id: str
    title: str
    date: str | None
    place: str
    evidence: tuple[Evidence, ...]
    dates: tuple[str, ...]

    @property
    def quote(self) -> str:
        """The words the statement quotes."""
        return self.evidence[0].quote

    @property
    def words(self) -> str:
        """Everything the note quotes, and the document it names."""
        return "\n".join([*(piece.words for piece in self.evidence), self.title])


@dataclass(frozen=True, slots=True)
class Sentence:
    """`lead` and `tail` are ours or rendered from facts; `quote` is a source's clause, trimmed only at its ends."""

    lead: str
    quote: str
    tail: str
    notes: tuple[int, ...]

    @property
    def words(self) -> str:
        """The sentence as read, without note numbers."""
        quoted = f"“{self.quote}”" if self.quote else ""
        return f"{self.lead}{quoted}{self.tail}"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a table row and its notes."""

    cells: tuple[str, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the last column of notes is added when it is rendered."""

    caption: str | None
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs of sentences, then tables. `remark` is ours and claims nothing."""

    heading: str
    id: str
    remark: str | None = None
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A draft history. `given` holds what the user asked for and what we say of the draft itself."""

    title: str
    span: str | None
    topic: str | None
    basis: str
    missing: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    given: tuple[str, ...]

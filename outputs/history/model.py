"""A history as data: sections of sentences, tables and charts, each with its notes.

Every format is rendered from this model alone. Fields with a default may be empty, and say nothing then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outputs.weights import Length

Language = Literal["vi", "en"]
ChartKind = Literal["line", "bar", "strip"]


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

    `dates` are the EDTF values of the date expressions quoted and of the document's own date. `source`, `url` and
    `kind` (`news`, `notice`) are the document's own. `basis` is `lexicon` where an entry of the program's lexicon is
    quoted, which is no source of the archive: such a note has no document, and its evidence no place in a text.
    """

    number: int
    document_id: str
    title: str
    date: str | None
    place: str
    evidence: tuple[Evidence, ...]
    dates: tuple[str, ...]
    source: str | None = None
    url: str | None = None
    kind: str = "news"
    basis: Literal["source", "lexicon"] = "source"

    @property
    def quote(self) -> str:
        """The words the statement quotes."""
        return self.evidence[0].quote

    @property
    def words(self) -> str:
        """Everything the note quotes, and the document it names."""
        return "\n".join([*(piece.words for piece in self.evidence), self.title, self.source or ""])


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
class Point:
    """A mark of a chart.

    Of a line or bar: `value` is an exact decimal (`80.71`), `written` the source's own words, `period` the words of
    the axis, `label` the line it belongs to where a chart has several (`chỉ tiêu`, `thực hiện`), else empty. `broken`
    says why the line does not go on from the point before.
    Of a strip: `label` is who, `group` in what office; from `first_day` to `last_day` sources attest it, and
    `first_known` and `last_known` say that a source tells that beginning or end, else the term may reach further.
    Days are ISO 8601; in a line or bar they are those of the period.
    """

    label: str
    value: str
    period: str
    unit: str
    notes: tuple[int, ...]
    written: str = ""
    group: str = ""
    first_day: str = ""
    last_day: str = ""
    first_known: bool = False
    last_known: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows, as data; the same values stand in a table of the section. `id` is an anchor."""

    title: str
    kind: ChartKind
    points: tuple[Point, ...]
    id: str = ""
    unit: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another section: `target` is its id, `words` are ours."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs of sentences, then charts and tables. `remark` and `links` are ours, claiming nothing.

    A chart stands before the table whose caption is its title, else before the first table.
    """

    heading: str
    id: str
    remark: str | None = None
    paragraphs: tuple[tuple[Sentence, ...], ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A draft history. `given` holds what the user asked for and what we say of the draft itself.

    `topic` is what was asked for, in words: a topic, body, person, place, decree or several of them. `language` is
    that of our words; quotes stay as their sources have them.
    """

    title: str
    span: str | None
    topic: str | None
    basis: str
    missing: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    given: tuple[str, ...]
    language: Language = "vi"
    length: Length = "full"

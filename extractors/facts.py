"""The six kinds of fact. Spans and fields follow the annotation guidelines (docs/facts.md).

Every fact is frozen, quotes its words (`text == document.text[start:end]`) and names the rule that made it.
A field is None where the document does not state it; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal, cast

KINDS = ("date", "decree", "official", "figure", "directive", "event")

DateType = Literal["date", "interval", "set", "duration"]
DateMod = Literal["before", "after", "start", "mid", "end", "approx"]
Approx = Literal["exact", "about", "under", "over", "at_least", "at_most"]
FigureRole = Literal["actual", "target", "change", "rank", "ratio", "gap", "norm"]
SumCheck = Literal["agrees", "differs", "unknown"]
Force = Literal["order", "request", "task", "promise"]
RelationType = Literal[
    "based_on", "amends", "replaces", "repeals", "guides", "promulgated_with", "consolidates", "corrects"
]
ParticipantKind = Literal["official", "body", "decree", "place"]
EventType = Literal["issuance", "effect", "founding", "appointment", "meeting", "award", "ruling", "result", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A span of a document and the rule that found it. Offsets are code points."""

    kind: ClassVar[str]
    start: int
    end: int
    text: str
    rule: str = ""

    def as_dict(self) -> dict[str, Any]:
        """`kind`, `start`, `end`, `text`, the fields of the kind and `rule`, ready for JSON."""
        values = {name: _plain(getattr(self, name)) for name in _names(cast(Any, type(self)))}
        rule = values.pop("rule")
        return {"kind": self.kind, **values, "rule": rule}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _plain(value: Any) -> Any:
    """Decimal as int or float, tuples as lists: what JSON can hold."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Fact):
    """A calendar expression. `edtf` is EDTF level 2; `duration` ISO 8601 (`P75Y`) for lengths of time."""

    kind: ClassVar[str] = "date"
    type: DateType
    edtf: str | None = None
    duration: str | None = None
    mod: DateMod | None = None
    anchor: str | None = None  # the date that a relative expression was resolved against
    basis: str | None = None   # why: document, text, work-year


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree(Fact):
    """A mention of an identified legal or administrative document."""

    kind: ClassVar[str] = "decree"
    doc_type: str
    number: str | None = None    # canonical symbol: 397/QĐ-TTg
    year: int | None = None
    date: str | None = None      # EDTF of issue
    issuer: str | None = None
    title: str | None = None
    pinpoint: str | None = None  # điều 3 khoản 3: largest unit first


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Fact):
    """A named person holding a public role; the span is the name alone."""

    kind: ClassVar[str] = "official"
    name: str                 # in full, as the document gives it anywhere
    title: str | None = None  # the role without the organisation
    org: str | None = None    # in the fullest form the document supports


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Fact):
    """A number that measures or counts; money in đồng, people in persons, percent as written."""

    kind: ClassVar[str] = "figure"
    value: Decimal | tuple[Decimal, Decimal]
    of: Decimal | None = None
    unit: str | None = None
    approx: Approx = "exact"
    role: FigureRole = "actual"
    metric: str | None = None
    subject: str | None = None
    period: str | None = None  # EDTF
    part_of: int | None = None           # where the total starts that this figure is a part of
    sum_check: SumCheck | None = None    # of a total: whether its parts add up; unknown where they need not
    also: Decimal | None = None          # the other reading of an ambiguous number: 1,963 and 1.963


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Fact):
    """A clause in which someone is told, asked or bound to do something later."""

    kind: ClassVar[str] = "directive"
    force: Force
    issuer: str | None = None
    addressee: str | None = None
    action: str | None = None
    deadline: str | None = None  # EDTF


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """A clause that reports a dated happening. `date` is EDTF, the event's own and not the publication's.

    `planned` where the clause only announces it (`sẽ`, `dự kiến`) or its day is later than the document's.
    """

    kind: ClassVar[str] = "event"
    date: str
    event_type: EventType
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one act does to another, stated by a cue (`text`, at `start:end`) between two mentions.

    `subject` acts upon `object` (the later act amends the earlier one, the notice is based on the law), whatever the
    voice of the sentence; None is the document itself where its head gives it no number. `planned` where the words
    speak of a draft, a proposal or the future. What part of the object is meant stands in its `pinpoint`.
    """

    kind: ClassVar[str] = "relation"
    start: int
    end: int
    text: str
    relation: RelationType
    subject: Decree | None
    object: Decree
    planned: bool = False
    rule: str = ""

    def as_dict(self) -> dict[str, Any]:
        """`kind`, the cue, and both mentions by words, place and number, ready for JSON."""
        return {
            "kind": self.kind, "start": self.start, "end": self.end, "text": self.text, "relation": self.relation,
            "planned": self.planned, **_end_of("subject", self.subject), **_end_of("object", self.object),
            "pinpoint": self.object.pinpoint, "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Participant:
    """One who or what takes part in an event. `text == document.text[start:end]`: the words of its clause that name it.

    `name`: an official's full name, the fullest form of a body, the number (else the title) of an act, a place as
    written. `fact` is the official or act that is meant; where `pointed_at`, it stands before the clause.
    """

    kind: ParticipantKind
    start: int
    end: int
    text: str
    name: str
    fact: Official | Decree | None = None
    pointed_at: bool = False
    event: Event | None = None   # in which it takes part, where those of a whole document are listed


def _end_of(role: str, act: Decree | None) -> dict[str, Any]:
    values = (act.text, act.start, act.end, act.number) if act else (None,) * 4
    return dict(zip((role, f"{role}_start", f"{role}_end", f"{role}_number"), values, strict=True))


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one document, each kind in order of its place in the text; relations join two decrees, and
    participants belong to events."""

    dates: tuple[Date, ...] = ()
    decrees: tuple[Decree, ...] = ()
    officials: tuple[Official, ...] = ()
    figures: tuple[Figure, ...] = ()
    directives: tuple[Directive, ...] = ()
    events: tuple[Event, ...] = field(default=())
    relations: tuple[Relation, ...] = ()
    participants: tuple[Participant, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        """Every fact of the six kinds, by place in the text and then by kind."""
        every: Iterable[Fact] = (
            *self.dates, *self.decrees, *self.officials, *self.figures, *self.directives, *self.events,
        )
        return iter(sorted(every, key=lambda fact: (fact.start, fact.end, KINDS.index(fact.kind))))

"""What the readers of sentences, list items and legal clauses share: the document, its speakers, the act in hand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.shadow import lower
from extractors.facts import Date, Force, Official
from extractors.speech.clauses import Deadlines
from extractors.speech.speakers import Speakers
from extractors.speech.words import Cue, cues
from extractors.structure import blocks, joined


@dataclass(frozen=True, slots=True)
class Act:
    """A directive found, before it becomes a fact. `act` is where its main verb begins."""

    start: int
    end: int
    act: int
    force: Force
    issuer: str | None
    addressee: str | None
    rule: str


@dataclass(slots=True)
class Run:
    """Who spoke last to whom: sentences that follow at once may go on without naming them."""

    issuer: str | None
    addressee: str | None
    force: Force
    sentence: int  # the number of the last sentence that belonged to it
    spoken: bool = False  # only attributed words so far, no directive


class Context:
    """One document while it is read."""

    def __init__(self, document: Document, dates: Sequence[Date], officials: Sequence[Official]) -> None:
        self.document, self.text = document, document.text
        self.blocks = blocks(document.shadow)
        self.shadow = joined(document.shadow, self.blocks)
        self.lower = lower(self.shadow)
        self.speakers = Speakers(self.text, self.shadow, self.lower, officials)
        self.deadlines = Deadlines(self.lower, dates)
        self.cues: list[Cue] = cues(self.lower)
        self._starts = [cue.start for cue in self.cues]
        self.run: Run | None = None
        self.sentence = 0  # counts sentences as they are read
        self.heading = False  # the block in hand is a heading

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """The directive words of a span."""
        return self.cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def live_run(self, within: int = 1) -> Run | None:
        """The run, if one of the last `within` sentences belonged to it."""
        return self.run if self.run and self.sentence - self.run.sentence <= within else None

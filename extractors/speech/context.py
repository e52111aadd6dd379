"""What the readers of sentences, list items and legal clauses share: the document, its speakers, the act in hand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import regex

from corpus.document import Document
from extractors.anchors import Anchors
from extractors.facts import Date, Decree, Force, Official
from extractors.layout import Layout
from extractors.presence import Presence, anchors_of
from extractors.speech.actors import actor_at
from extractors.speech.clauses import Deadlines
from extractors.speech.floor import Floor, Turn, turns
from extractors.speech.speakers import Speakers
from extractors.speech.words import Cue, cues

_TO = regex.compile(r"(?:\A|\n)[\s*_]*kinh gui\b")
# The parts of a judgment, and of a precedent (án lệ) drawn from one: Resolutions 01/2017 and 04/2019/NQ-HĐTP.
_OF_A_COURT = ("nội dung vụ án", "nội dung án lệ", "nhận định của", "nguồn án lệ", "xét thấy")
_PART_OF_JUDGMENT = regex.compile(
    r"(?:\A|\n)[\s*#_]*(?:[ivx\d]{1,4}[.)]?\s*)?(?:nội dung (?:vụ án|án lệ)|nguồn án lệ|xét thấy"
    r"|nhận định của (?:hội đồng xét xử|tòa án|toà án|hội đồng thẩm phán[^\n]{0,40}))[\s*:]*(?:\n|\Z)"
)
_LONG_AGO = 5  # years
_SENDER = regex.compile(
    r"(?:\A|[\n.,;:]\s*)(?P<who>\p{Lu}[\p{L} ]{3,60}?)\s"
    r"(?:(?:xin )?có ý kiến|trả lời|thông báo|hướng dẫn)\s(?:như|để|về|trả lời|với)\b"
)


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
    due: str | None = None  # EDTF of a last day that stands outside the span


@dataclass(slots=True)
class Run:
    """Who spoke last to whom: sentences that follow at once may go on without naming them."""

    issuer: str | None
    addressee: str | None
    force: Force
    sentence: int  # the number of the last sentence that belonged to it
    spoken: bool = False  # only attributed words so far, no directive


_ARTICLE = regex.compile(r"(?:các|những|tất cả các|toàn bộ các)\s")


def plain(addressee: str) -> str:
    """An addressee in lower case without its article."""
    return _ARTICLE.sub("", " ".join(addressee.lower().split()), count=1)


@cache
def _needed() -> Anchors[str]:
    """Words without which a text is not searched for appeals, opinions, who is quoted and who asks."""
    return anchors_of("anyone", "opinion said", "said", "reporter")


class Context:
    """One document while it is read."""

    def __init__(
        self,
        document: Document,
        decrees: Sequence[Decree],
        dates: Sequence[Date],
        officials: Sequence[Official],
        layout: Layout,
    ) -> None:
        self.decrees = decrees
        self._decrees_in_order = sorted(decrees, key=lambda decree: decree.start)
        self._decree_starts = [decree.start for decree in self._decrees_in_order]
        self.document, self.text = document, document.text
        self.layout = layout
        self.blocks, self.shadow, self.lower = layout.blocks, layout.shadow, layout.lower
        self.words = Presence(_needed(), self.lower)
        self.speakers = Speakers(self.text, self.shadow, self.lower, officials, self.words)
        self.deadlines = Deadlines(self.lower, dates)
        self.cues: list[Cue] = cues(self.lower)
        self._starts = [cue.start for cue in self.cues]
        self.run: Run | None = None
        self.floor: Floor | None = None
        self.ordered: dict[str, tuple[str, int]] = {}  # addressee of an order: who gave it, and where
        self.sentence = 0  # counts sentences as they are read
        self.heading = False  # the block in hand is a heading

    @cached_property
    def letter(self) -> bool:
        """An official letter (`Kính gửi: …`): what it asks without a subject, its sender asks."""
        return _TO.search(self.document.folded, 0, min(len(self.lower), 6000)) is not None

    @cached_property
    def judgment(self) -> bool:
        """A judgment or a precedent: what parties asked and courts ordered is the history of a case, or a sentence."""
        lower = self.document.lower
        return any(words in lower for words in _OF_A_COURT) and _PART_OF_JUDGMENT.search(lower) is not None

    @cached_property
    def sender(self) -> str | None:
        """The body that writes the letter: `Tổng cục Thuế có ý kiến như sau`, else the organ of its head."""
        for found in _SENDER.finditer(self.shadow):
            actor = actor_at(self.shadow, self.lower, found.start("who"), found.end("who"))
            if actor and actor.kind == "state":
                return " ".join(self.text[found.start("who") : found.end("who")].split())
        notice = self.document.notice
        return notice.organ.value if notice and notice.organ else None

    @cached_property
    def explains(self) -> bool:
        """A page with headings explains law to its readers: what it says of duties is general."""
        return any(self.shadow[block.start] == "#" for block in self.blocks)

    def text_before(self, position: int) -> Decree | None:
        """The last legal text named within 3,000 characters before a position."""
        index = bisect_left(self._decree_starts, position) - 1
        if index < 0 or position - self._decree_starts[index] > 3000:
            return None
        return self._decrees_in_order[index]

    @cached_property
    def _turns(self) -> tuple[list[Turn], list[int]]:
        found = turns(self.shadow, self.lower, self.speakers)
        return found, [turn.start for turn in found]

    def speech(self, position: int) -> str | None:
        """Whose speech a clause stands in that names no speaker itself."""
        found, starts = self._turns
        index = bisect_right(starts, position) - 1
        if index >= 0 and position < found[index].end:
            return found[index].who
        return self.floor.who if self.floor and self.floor.held(self.sentence) else None

    def long_ago(self, start: int, end: int) -> bool:
        """A sentence of history: it opens with a date years before the text, so what was told then is done."""
        year = self.deadlines.opening(start, end)
        known = (self.document.date or "")[:4]
        now = int(known) if known.isdigit() else self.deadlines.now
        return year is not None and now is not None and now - year >= _LONG_AGO

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """The directive words of a span."""
        return self.cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def live_run(self, within: int = 1) -> Run | None:
        """The run, if one of the last `within` sentences belonged to it."""
        return self.run if self.run and self.sentence - self.run.sentence <= within else None

"""Who has the floor: an office-holder's or body's speech goes on over sentences that do not name the speaker again.

Two kinds: news that report a speech (`Theo Bộ trưởng, … Do đó các tỉnh phải …`) and interviews, whose answers are
opened by the name of the one who answers (`Ông Đồng: …`) after the question of a reporter.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

from extractors.clause_words import any_of
from extractors.facts import Official
from extractors.speech.actors import Actor, actor_at
from extractors.speech.speakers import Speakers
from extractors.speech.subjects import teller

_WITHIN = 2  # sentences that a speaker keeps the floor without being named again
_TURN = regex.compile(
    rf"(?:[?!.…/][\"'”*_]*+\s|\n)[\s*_\"-]*+(?P<who>(?i:{any_of('answers question')}|\p{{Lu}}[\p{{L}}.]{{0,11}})\s"
    rf"[^:\n?.]{{2,70}}?)[*_]*+:[*_]*+\s"
)
_REPORTER = regex.compile(rf"(?:\A|[\s*_\"])(?i:{any_of('reporter')})[*_]*+:")
_LONGEST_TURN = 12_000
_FORMER = regex.compile(r"\b(?:nguyên|cựu|chuyên gia|luật sư|nhà nghiên cứu|tiến sĩ|ts|giáo sư|gs)\b")
_ENDS = frozenset('.!?…:"”')
_SINCE_NAMED = 8  # sentences after which a bare `ông` may be someone else
_SAID_OF = regex.compile(r"\s(?:được|bị)(?:\s\p{L}+){0,2}\Z")  # `quận 1 được đặc biệt lưu ý`
_STATES = regex.compile(rf"\s(?:rằng|{any_of('opinion said')})\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer at `start:end` of an interview, and who gives it."""

    start: int
    end: int
    who: str


@dataclass(slots=True)
class Floor:
    """Who spoke last, and the number of the last sentence that was certainly his."""

    who: str
    sentence: int

    def held(self, sentence: int) -> bool:
        """Whether the speech can still be going on."""
        return 0 <= sentence - self.sentence <= _WITHIN

    def known(self, sentence: int) -> bool:
        """Whether a bare `ông` can still be this speaker."""
        return 0 <= sentence - self.sentence <= _SINCE_NAMED


def turns(shadow: str, lower: str, speakers: Speakers) -> list[Turn]:
    """The answers of office-holders in an interview; empty where no question of a reporter is marked."""
    if speakers.words.count("reporter") < 2:
        return []
    asked = [found.start() for found in _REPORTER.finditer(shadow)]
    if len(asked) < 2:
        return []
    found: list[Turn] = []
    for mark in _TURN.finditer(shadow):
        start, stop = mark.span("who")
        index = bisect_right(asked, mark.end())
        end = min(asked[index] if index < len(asked) else len(shadow), mark.end() + _LONGEST_TURN)
        who = actor_at(shadow, lower, start, stop)
        if who is None or who.kind not in ("person", "pronoun", "state"):
            continue
        actor = Actor(start, stop, who.kind, who.head)
        holder = speakers.holder(actor)
        if (holder and in_office(holder)) or (holder is None and who.kind == "state"):
            found.append(Turn(mark.end(), end, speakers.full(holder) if holder else speakers.label(actor)))
    return found


def in_office(official: Official) -> bool:
    """The title is one of the State or the Party, not of a firm or a profession."""
    title = official.title or ""
    actor = actor_at(title, title.lower(), 0, len(title)) if title else None
    return actor is not None and actor.kind == "state" and not title.lower().startswith(("nguyên ", "cựu "))


def takes_floor(shadow: str, lower: str, speakers: Speakers, start: int, end: int, before: str | None) -> str | None:
    """Who certainly speaks in a sentence: quoted there, named after `Theo`, or subject of a verb of saying.

    A bare `ông` of whom nothing better is known is the one who spoke `before`.
    """
    if shadow[start:end].rstrip()[-1:] not in _ENDS:
        return None  # a headline
    said = speakers.quoted(start) or speakers.quoted(end - 1) or speakers.according_to(start, min(end, start + 120))
    if said is None and (verb := _stated(lower, speakers, start, min(end, start + 160))):
        said = teller(shadow, lower, start, verb.start())
        if said is None or said.start > start + 60 or said.end < verb.start() - 12:
            return None
    if said is None or said.head in _NO_SPEECH or said.end - said.start > 110:
        return None
    if _FORMER.search(lower, max(start, said.start - 60), said.end):
        return None
    if said.kind == "state":
        return speakers.label(said)
    holder = speakers.holder(said)
    if holder is None:
        return before if lower[said.start : said.end] in ("ông", "bà", "vị này") else None
    return speakers.full(holder) if in_office(holder) else None


def _stated(lower: str, speakers: Speakers, start: int, end: int) -> regex.Match[str] | None:
    opinion = speakers.words.begins("opinion said", start, end) or lower.find("rằng", start, end) >= 0
    found = _STATES.search(lower, start, end) if opinion else None
    return None if found and _SAID_OF.search(lower, start, found.start()) else found


# Courts speak law; those who only ask bind nobody.
_NO_SPEECH = frozenset({
    "toà", "tòa", "toà án", "tòa án", "hđxx", "hội đồng xét xử", "cơ quan điều tra", "luật sư", "đoàn luật sư",
})  # fmt: skip

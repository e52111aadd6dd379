"""Who speaks: names completed from the document, and quoted words with the one who said them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.clause_words import any_of
from extractors.facts import Official
from extractors.presence import Presence
from extractors.speech.actors import Actor, actor_at
from extractors.speech.holders import Holders
from extractors.speech.subjects import phrase_end

_SAID = any_of("said")
_AFTER_QUOTE = regex.compile(
    rf"\s*[,.;]?\s*(?:-\s*)?(?P<who>[^\".\n]{{2,110}}?)\s(?:đã |cũng |vừa )?(?P<said>{_SAID})\b", regex.IGNORECASE
)
_SAID_LAST = regex.compile(
    rf"\s(?:đã |cũng |vừa )?(?P<said>{_SAID})(?:\s(?:rằng|rõ|thêm))?"
    rf"(?:\stại\s{any_of('letter')}\s[^,;:.\"]{{2,60}})?\s*:?\s*\Z",
    regex.IGNORECASE,
)
_CLAUSE_GOES_ON = regex.compile(r"[ ,]*+(?:[-–] ?)?[^\s.;,]")
_VERB_ENDS = regex.compile(r"(?:\s(?:như vậy|thêm|tại|với|trong))?\s*(?:[.,;\n]|\Z|(?<=tại|với|trong)\s)")
_QUOTE_MARK = regex.compile('"')
_PIECE = regex.compile(r"[^,]+")
_SENTENCE_MARK = regex.compile(r"[\".;\n]")
_ACCORDING = regex.compile(
    rf"\btheo\s(?:(?:nguồn\s)?(?:tin|thông tin)\s(?:từ|của)\s(?=\p{{L}})|(?={any_of('according')}\b))"
)
_BY_ORDER = regex.compile(rf"\btheo\s(?:đúng\s)?{any_of('order of')}\s(?:\p{{L}}+\s){{0,3}}?(?:của|từ)\s")
_PERSON_WORD = regex.compile(r"(?:ông|bà|đồng chí|đ/c|ngài)\s", regex.IGNORECASE)
_BARE = regex.compile(rf"(?:\p{{Lu}}\p{{Ll}}*|{any_of('bare body')})\Z", regex.IGNORECASE)
_BARE_PERSONS = ("ông", "bà", "ông này", "bà này", "vị này")
_ONLY_AUXILIARIES = regex.compile(rf"(?:\s+{any_of('auxiliary')})*+\s+")
_WHEN_BEHIND = regex.compile(r",\s(?:trong|từ|đến|trước)\s(?:quý|tháng|năm|ngày|thời gian)\s[^,]*+\Z")
_LONG_NAME = 60  # characters of office and name; more is a clause
_HEADS_OF_BODIES = (
    "trưởng",
    "cục trưởng",
    "chi cục trưởng",
    "giám đốc",
    "hiệu trưởng",
    "viện trưởng",
    "tổng cục trưởng",
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their marks at `start:end`, who said them, and the verb of saying.

    `named` where that verb names what the words are, and nothing else: `"…", ông Thanh đề nghị.`
    """

    start: int
    end: int
    who: Actor
    said: str
    named: bool


class Speakers:
    """Completes the names of issuers from the officials and bodies that the document names in full."""

    def __init__(
        self, text: str, shadow: str, lower: str, officials: Sequence[Official], words: Presence
    ) -> None:
        self.words = words
        self._text, self._shadow, self._lower = text, shadow, lower
        self._officials = sorted(officials, key=lambda official: official.start)
        self._starts = [official.start for official in self._officials]
        self._quotes: list[Quote] | None = None
        self._quote_starts: list[int] = []
        self._holders = Holders(self._officials)

    def label(self, actor: Actor) -> str:
        """Office and name as the text gives them; a bare office takes the name that the document gives it."""
        words = _clean(self._text[actor.start : actor.end])
        named = self._named(actor.start, actor.end)
        if named:
            return _full(named, words)
        if holder := self._holder(words, actor.start):
            return _full(holder, words)
        return self.body(actor)

    def body(self, actor: Actor) -> str:
        """A body as named; one named by its first word only (`Cục`, `Bộ này`) in the fuller form before it."""
        words = _clean(self._text[actor.start : actor.end])
        if len(words) > 14 or actor.kind == "country" or not _BARE.match(words):
            return words
        head = words.lower().removesuffix(" này").strip()
        fuller = regex.compile(rf"\b(?i:{regex.escape(head)})\s(?=\p{{Lu}})")
        last = None
        for found in fuller.finditer(self._shadow, max(0, actor.start - 2500), actor.start):
            last = found
        if last is None:
            return words
        head_actor = Actor(last.start(), last.end() - 1, "state", head)
        stop = min(self._shadow.find("\n", last.end()) % (len(self._shadow) + 1), last.end() + 70)
        end = phrase_end(self._shadow, self._lower, head_actor, stop)
        return _clean(self._text[last.start() : end])

    def own_body(self, actor: Actor | None) -> str | None:
        """The body that a head of one leads: whom `Trưởng …` tells when he tells no one by name."""
        if actor is None or not actor.head.startswith(_HEADS_OF_BODIES):
            return None
        words = _clean(self._text[actor.start : actor.end])
        official = self._named(actor.start, actor.end) or self._holder(words, actor.start)
        return official.org if official else None

    def holder_before(self, start: int, cue: int, who: Actor | None) -> str | None:
        """The office-holder named right before a verb, or the one that a bare `Ông` means: the last named before it."""
        index = bisect_right(self._starts, cue) - 1
        if index < 0:
            return None
        last = self._officials[index]
        if who is None:
            if last.start < start or not _ONLY_AUXILIARIES.fullmatch(self._lower, last.end, cue):
                return None
            return _full(last, last.name)
        if self._lower[who.start : who.end] not in _BARE_PERSONS or who.start - last.end > 500 or last.end > who.start:
            return None
        woman = self._is_woman(last, who.start)
        if woman != self._lower.startswith("bà", who.start) and not self._lower.startswith("vị", who.start):
            return None
        return _full(last, last.name) if last.title else None

    def _is_woman(self, official: Official, position: int) -> bool:
        """The text around calls the person `bà` with a part of the name."""
        parts = official.name.lower().split()
        around = self._lower[max(0, position - 4000) : position + 2000]
        return any(f"bà {part}" in around for part in (parts[0], parts[-1]))

    def holder(self, actor: Actor) -> Official | None:
        """The person whom these words name, by name, office or `ông` with a given name."""
        words = _clean(self._text[actor.start : actor.end])
        return self._named(actor.start, actor.end) or self._holder(words, actor.start) or self._bare(actor)

    @staticmethod
    def full(official: Official) -> str:
        """Office, body and name of a person."""
        return _full(official, official.name)

    def _bare(self, actor: Actor) -> Official | None:
        """`ông`, `bà` alone: the last office-holder named within 500 characters before."""
        index = bisect_right(self._starts, actor.start) - 1
        if index < 0 or self._lower[actor.start : actor.end] not in _BARE_PERSONS:
            return None
        last = self._officials[index]
        return last if actor.start - last.end <= 500 else None

    def is_official(self, actor: Actor) -> bool:
        """A person the document names with a public role, or a title word for one."""
        return actor.kind == "state" or self._named(actor.start, actor.end) is not None

    def quoted(self, position: int) -> Actor | None:
        """Who said the quoted words at `position`."""
        quote = self.quote(position)
        return quote.who if quote else None

    def quote(self, position: int) -> Quote | None:
        """The quoted words that stand at `position`, where the text says whose they are."""
        if self._quotes is None:
            self._quotes = self._find_quotes()
            self._quote_starts = [quote.start for quote in self._quotes]
        index = bisect_right(self._quote_starts, position) - 1
        if index >= 0 and position < self._quotes[index].end:
            return self._quotes[index]
        return None

    def according_to(self, start: int, end: int) -> Actor | None:
        """`theo ông Khôi, …` inside a sentence."""
        if self._lower.find("theo", start, end) < 0:
            return None
        if found := _ACCORDING.search(self._lower, start, end) or _BY_ORDER.search(self._lower, start, end):
            actor = actor_at(self._shadow, self._lower, found.end(), end)
            if actor:
                return Actor(actor.start, phrase_end(self._shadow, self._lower, actor, end), actor.kind, actor.head)
        return None

    def _find_quotes(self) -> list[Quote]:
        shadow = self._shadow
        marks = [found.start() for found in _QUOTE_MARK.finditer(shadow)]
        out: list[Quote] = []
        for opening, closing in pairwise(marks):
            if not 12 <= closing - opening <= 1500 or (out and opening < out[-1].end):
                continue
            said = None
            if self.words.begins("said", closing, closing + 180):
                said = _AFTER_QUOTE.match(shadow, closing + 1, min(len(shadow), closing + 180))
            same = _CLAUSE_GOES_ON.match(shadow, closing + 1, closing + 12) is not None
            ends = said is not None and _VERB_ENDS.match(shadow, said.end(), said.end() + 12) is not None
            if not (same or ends):
                said = None  # the next sentence begins
            span = said.span("who") if said else None
            if said is None and self.words.begins("said", opening - 90, opening):
                said = _SAID_LAST.search(shadow, max(0, opening - 90), opening)
                span = self._said_before(opening, said.start()) if said else None
            if said and span and (actor := self._who(*span)):
                named = span[1] <= opening or (same and ends)
                out.append(Quote(opening, closing + 1, actor, said["said"].lower(), named))
        return out

    def _said_before(self, opening: int, said: int) -> tuple[int, int]:
        """The words before `… nhấn mạnh: "`."""
        start = max(0, opening - 160)
        for mark in _SENTENCE_MARK.finditer(self._shadow, start, said):
            start = mark.end()
        return start, said

    def _who(self, start: int, end: int) -> Actor | None:
        for piece in reversed(list(_PIECE.finditer(self._shadow[start:end]))):
            begin = start + piece.start()
            begin += len(piece.group()) - len(piece.group().lstrip(' -"'))
            if actor := actor_at(self._shadow, self._lower, begin, start + piece.end()):
                stop = begin + len(self._shadow[begin : start + piece.end()].rstrip())
                if stop - begin > _LONG_NAME:
                    stop = phrase_end(self._shadow, self._lower, actor, stop)
                return Actor(begin, stop, actor.kind, actor.head)
        return None

    def _named(self, start: int, end: int) -> Official | None:
        index = bisect_right(self._starts, end) - 1
        while index >= 0 and self._officials[index].start >= start:
            if self._officials[index].end <= end + 1:
                return self._officials[index]
            index -= 1
        return None

    def _holder(self, words: str, position: int) -> Official | None:
        """The last person named before with this office: `Thủ tướng` for `Thủ tướng Phạm Văn Đồng`."""
        return self._holders.of(words, position)


def _full(official: Official, words: str) -> str:
    title = official.title or ""
    org = official.org or ""
    if org and org.lower() in title.lower():
        org = ""
    if title.lower() in words.lower() and org and org.lower() not in words.lower() and official.name in words:
        head = words.replace(official.name, "").strip(" ,-")
        return _clean(f"{head} {official.name}" if len(head) > len(title) + 3 else f"{title} {org} {official.name}")
    return _clean(f"{title} {org} {official.name}") if title else words


def _clean(words: str) -> str:
    plain = _PERSON_WORD.sub("", words, count=1) if _PERSON_WORD.match(words) and " - " in words else words
    words = " ".join(plain.replace("*", "").split()).strip(" ,;:-\"'(")
    words = _WHEN_BEHIND.sub("", words)
    for ending in (" như sau", " sau đây", " có", " dự kiến", " vẫn", " đang", " cũng", " còn", " đều", " luôn"):
        words = words.removesuffix(ending)
    return words if "(" in words else words.rstrip(")")

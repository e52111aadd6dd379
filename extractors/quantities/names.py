"""Names in the clauses of figures: bodies, places, brands and people, told from capitals that are none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache

import regex

from extractors.lexicon import table
from extractors.names import is_foreign_syllable
from extractors.organisations import Organisation, Reader, may_name_bodies
from extractors.places import known_place
from extractors.quantities.clauses import OWNER_VERB
from extractors.quantities.context import Context
from extractors.quantities.units import noun_at
from extractors.quantities.words import one_of, word_set

NAME = regex.compile(
    r"(?<![\p{L}\d/-])\p{Lu}[\p{L}\d&.]*+(?:-\p{Lu}[\p{L}\d]*+)?+(?:(?: - | )\p{Lu}[\p{L}\d&]*+){0,7}+"
    r"(?:(?<=Trung) ương(?: \p{Lu}\p{L}*+){0,4}+)?+"
)
_HEAD = regex.compile(rf"(?<!\p{{L}})(?<!chủ tịch )(?:các |những |toàn )?{one_of('head')} \Z", regex.I)
_HEADED = regex.compile(   # `nghi phạm An đã …`, `đạo Tin Lành có …`
    rf"(?:(?:các|những|hai|cả) )?(?!{one_of('no_name')} )\p{{L}}\p{{Ll}}*+ (?:\p{{Ll}}++ )?(?=\p{{Lu}})"
)
_SAYS = regex.compile(rf" ?\)?,? ?(?:cũng |đã |vừa )?{one_of('says')}(?!\p{{L}})")
_ACCORDING = regex.compile(rf"(?<!\p{{L}}){one_of('according')} [^,;.:\n]{{0,60}}\Z")
_FOLLOWS = regex.compile(r"(?: \([^()\n]{1,60}\))?+ \p{Ll}")
_INSIDE = regex.compile(r"[\p{L}\d,%)] \Z")   # a capital that does not open a sentence
_ACTS = regex.compile(r" (?:đã|sẽ|đang|bị|được|có|là|cũng|vẫn|từng|không|phải|chỉ|mới|vừa)(?!\p{L})")
_ROMAN = regex.compile(r"[IVXLC]+")
_WORD = regex.compile(r"\p{L}++ ?")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table("metric_abbreviations"))


class Names:
    """The names of one document, asked for by place."""

    def __init__(self, context: Context, reader: Reader) -> None:
        self._context = context
        self._reader = reader
        self._cited = [(fact.start, fact.end) for fact in (*context.dates, *context.decrees)]
        self._cited.sort()

    def counts(self, title: str) -> Counter[str]:
        """How often the text names each body that its title names."""
        if not may_name_bodies(title):
            return Counter()   # and the bodies of the whole text need not be read
        return Counter(body.name for body in self._reader.organisations if body.name in title)

    def body_at(self, at: int) -> str | None:
        """The body whose name begins at `at`."""
        body = self._reader.organisation_from(at)
        return body.name if body else None

    def _body_before(self, floor: int, end: int) -> Organisation | None:
        """The last body that begins before `end`, where all of it stands between `floor` and `end`."""
        reader = self._reader
        for line in range(reader.line_of(end), reader.line_of(floor) - 1, -1):
            bodies = reader.organisations_in(line)
            if place := bisect_left(bodies, end, key=lambda body: body.start):
                last = bodies[place - 1]
                return last if last.start >= floor and last.end <= end else None
        return None

    def opening(self, at: int, end: int) -> tuple[int, int] | None:
        """The body or name that opens a clause and is followed by its verb."""
        context = self._context
        body = self._reader.organisation_from(at)
        stop = body.end if body else None
        if stop is None:
            head = _HEADED.match(context.shadow, at, end)
            name = NAME.match(context.shadow, head.end() if head else at, end)
            if name is None or (head is None and not self._is_topic(name.start(), name.end())):
                return None
            stop = name.end()
            if head and (OWNER_VERB.match(context.lower, at) or not OWNER_VERB.match(context.lower, stop + 1, end)):
                return None
        if stop >= end or _SAYS.match(context.lower, stop):
            return None
        return (at, stop) if _FOLLOWS.match(context.lower, stop, end) else None

    def _is_topic(self, start: int, end: int) -> bool:
        """A name that may open a clause: a single capital counts only where it cannot be the start of a sentence."""
        name = self._context.shadow[start:end]
        if name in _abbreviations() or self.is_cited(start) or self._is_title(start, end):
            return False
        if " " in name or "-" in name or (name.isupper() and len(name) > 1) or is_foreign_syllable(name):
            return True
        inside = len(name) > 1 and _INSIDE.search(self._context.shadow, max(0, start - 2), start)
        if inside and _ACTS.match(self._context.lower, end):
            return True
        return known_place(self._context.shadow, self._context.lower, start) is not None

    def before(self, floor: int, end: int) -> tuple[int, int, str] | None:
        """The last body or name that stands before `end`."""
        body = self._body_before(floor, end)
        if body and self._is_source(body.start, body.end, floor):
            body = None
        found = None
        for name in NAME.finditer(self._context.shadow, body.end if body else floor, end):
            start = self._without_opening(name.start(), name.end())
            if self._in_brackets(name.start(), name.end(), floor, end):
                continue
            if start < name.end() and self._is_name(start, name.end(), self._context.shadow[start : name.end()], floor):
                found = start, name.end()
        if found is None:
            return (body.start, body.end, body.name) if body else None
        start, stop = found
        head = _HEAD.search(self._context.shadow, max(floor, start - 20), start)
        begin = head.start() if head else start
        return begin, stop, self._context.shadow[begin:stop]

    def _in_brackets(self, start: int, end: int, floor: int, number: int) -> bool:
        """`Công ty A (Ba Đình, Hà Nội) góp 34%`: what brackets add is not the subject."""
        shadow = self._context.shadow
        return shadow.rfind("(", floor, start) > shadow.rfind(")", floor, start) and shadow.find(")", end, number) > 0

    def _without_opening(self, start: int, end: int) -> int:
        """Where a name begins after the capitalised particle that opens a sentence: `Theo Bộ …`."""
        while start < end:
            word = _WORD.match(self._context.lower, start)
            if word is None or word[0].rstrip() not in word_set("no_name"):
                break
            start = word.end()
        return start

    def _is_name(self, start: int, end: int, name: str, floor: int) -> bool:
        if len(name) < 2 or name in _abbreviations() or self.is_cited(start) or self._is_source(start, end, floor):
            return False
        if self._is_title(start, end):
            return False
        if " " in name or (name.isupper() and len(name) <= 6):
            return True
        headed = _HEAD.search(self._context.shadow, max(floor, start - 16), start) is not None
        if headed or (name.isascii() and len(name) > 3 and not self._opens(start, floor)):
            return True
        before = self._context.shadow[max(0, start - 2) : start]   # Uber vẫn chưa nộp …
        return is_foreign_syllable(name) and (not before or before[-1] == "\n" or before[0] in ".!?")

    def _is_title(self, start: int, end: int) -> bool:
        """`Phó Chủ tịch`: capitals of an office, no name."""
        shadow, lower = self._context.shadow, self._context.lower
        if _ROMAN.fullmatch(shadow, start, end) or lower.startswith("luật ", start):
            return True
        for at in {start, shadow.rfind(" ", start, end) + 1 or start}:
            noun = noun_at(lower, at)
            if noun and noun.kind == "person" and noun.end > end and shadow[noun.end - 1].islower():
                return True
        return False

    def _opens(self, start: int, floor: int) -> bool:
        """A capital that only begins a sentence or a line."""
        before = self._context.shadow[max(0, start - 2) : start].strip(' "(*-')
        return start <= floor + 3 or before[-1:] in (".", ":", ";", "")

    def is_cited(self, start: int) -> bool:
        """Inside a date or a citation."""
        at = bisect_left(self._cited, (start + 1, 0)) - 1
        return at >= 0 and start < self._cited[at][1]

    def _is_source(self, start: int, end: int, floor: int) -> bool:
        """Who only says it: `theo Tổng cục Thống kê, …`, `ông Quang cho biết`."""
        lower = self._context.lower
        if _SAYS.match(lower, end):
            return True
        return _ACCORDING.search(lower, max(floor, start - 70), start) is not None

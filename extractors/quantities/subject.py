"""Whose figure it is: the body, place or thing that the clause is about, in the words of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache, cached_property
from unicodedata import normalize

import regex

from extractors.lexicon import table
from extractors.names import is_foreign_syllable
from extractors.organisations import find_organisations
from extractors.quantities.context import Context
from extractors.quantities.quantity import Quantity
from extractors.quantities.words import one_of, word_set

_NAME = regex.compile(r"(?<![\p{L}\d/-])\p{Lu}[\p{L}\d&.]*+(?:(?: - | )\p{Lu}[\p{L}\d&]*+){0,7}+(?:(?<=Trung) ương)?+")
_HEAD = regex.compile(rf"(?<!\p{{L}})(?:các |những |toàn )?{one_of('head')} \Z", regex.I)
_FRAME = regex.compile(rf"(?<!\p{{L}}){one_of('frame')}(?!\p{{L}})")
_CLAUSE = regex.compile(rf"; |: | - |\n|(?<!\p{{L}}){one_of('clause')} ")
_SAYS = regex.compile(rf" ?\)?,? ?(?:cũng |đã |vừa )?{one_of('says')}(?!\p{{L}})")
_ACCORDING = regex.compile(rf"(?<!\p{{L}}){one_of('according')} [^,;.:\n]{{0,60}}\Z")
_OPENING = regex.compile(rf"(?:[*_ ),;-]|\d{{1,2}}[.)] |\p{{Ll}}[).] |{one_of('opening')} ?,? ?)*+", regex.I)
_KIND = regex.compile(rf"(?i:{one_of('owner_kind')})(?!\p{{L}})|(?i:{one_of('ministry')}) (?=\p{{Lu}})")
_VERB = regex.compile(rf"(?<!\p{{L}}){one_of('owner_verb')}(?!\p{{L}})|[,;:(]|\d")
_REGARDING = regex.compile(
    rf"(?<!\p{{L}}){one_of('regarding')} (?:trường hợp )?((?:(?! {one_of('regarding_stop')} )[^,;.:()\n]){{3,160}})"
)
_OF = regex.compile(
    rf"(?<!\p{{L}})của ((?:(?! {one_of('of_stop')} )[^,;.:()\n]){{2,60}}?) {one_of('of_verb')}(?!\p{{L}})"
)
_DIRECT = regex.compile(rf" ?(?::|{one_of('direct')})? ?\Z")


_WORD = regex.compile(r"\p{L}++ ?")
_LONGEST_OWNER = 14   # words


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table("metric_abbreviations"))


class Subjects:
    """Reads subjects one figure after the other; what a sentence does not name is carried on."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._bodies = [(o.start, o.end, o.name) for o in find_organisations(context.document)]
        self._starts = [start for start, _, _ in self._bodies]
        self._cited = [(fact.start, fact.end) for fact in (*context.dates, *context.decrees)]
        self._cited.sort()
        self._last: str | None = None
        self._last_end = 0

    def of(self, q: Quantity, last: Quantity | None, role: str) -> str | None:
        """The subject of `q`; `last` is the quantity before it in the same sentence."""
        subject = self._read(q, last, role)
        if subject:
            self._last, self._last_end = subject, q.end
        return subject

    def _read(self, q: Quantity, last: Quantity | None, role: str) -> str | None:
        context, lower = self._context, self._context.lower
        start, _ = context.sentence_at(q.start)
        if role == "norm":
            regarding = _REGARDING.match(lower, q.end + 1) or _last_match(_REGARDING, lower, start, q.start)
            if regarding:
                return context.shadow[regarding.start(1) : regarding.end(1)].strip()
        floor = max(start, last.end) if last else start
        direct = self._name_before(floor, q.cue)
        if direct and _DIRECT.fullmatch(lower[direct[1] : q.cue]):
            return direct[2]
        frame = _last_match(_FRAME, lower, floor, q.cue)
        if frame:
            return context.shadow[frame.start() : frame.end()]
        owner = _last_match(_OF, lower, floor, q.end)
        if owner and owner.end() <= q.end:
            return context.shadow[owner.start(1) : owner.end(1)].strip()
        doer = self._doer(floor, q.cue)
        if doer:
            return doer
        if direct:
            return direct[2]
        if last is not None and self._last:
            return self._last
        if self._last and q.start - self._last_end < 600:
            return self._last
        return self._main

    def _doer(self, floor: int, end: int) -> str | None:
        """The noun phrase that opens the clause of the number, before its verb."""
        context = self._context
        clause = floor
        for found in _CLAUSE.finditer(context.lower, floor, end):
            if end - found.end() > 12:
                clause = found.end()
        opening = _OPENING.match(context.lower, clause, end)
        begin = opening.end() if opening else clause
        if _KIND.match(context.shadow, begin, end) is None:
            return None
        verb = _VERB.search(context.lower, begin + 2, min(end, begin + 120))
        if verb is None:
            return None
        phrase = context.shadow[begin : verb.start()].strip(" ,:;-*")
        known = phrase.lower() not in word_set("no_owner") and len(phrase.split()) <= _LONGEST_OWNER
        return phrase if phrase and known else None

    def _name_before(self, floor: int, end: int) -> tuple[int, int, str] | None:
        """The last body or name that stands before `end`."""
        at = bisect_left(self._starts, end) - 1
        body = self._bodies[at] if at >= 0 and self._bodies[at][0] >= floor and self._bodies[at][1] <= end else None
        if body and self._is_source(body[0], body[1], floor):
            body = None
        found = None
        for name in _NAME.finditer(self._context.shadow, body[1] if body else floor, end):
            start = self._without_opening(name.start(), name.end())
            if self._in_brackets(name.start(), name.end(), floor, end):
                continue
            if start < name.end() and self._is_name(start, name.end(), self._context.shadow[start : name.end()], floor):
                found = start, name.end()
        if found is None:
            return body
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
        if len(name) < 2 or name in _abbreviations() or self._is_cited(start) or self._is_source(start, end, floor):
            return False
        if " " in name or (name.isupper() and len(name) <= 6):
            return True
        headed = _HEAD.search(self._context.shadow, max(floor, start - 16), start) is not None
        if headed or (name.isascii() and len(name) > 3 and not self._opens(start, floor)):
            return True
        before = self._context.shadow[max(0, start - 2) : start]   # Uber vẫn chưa nộp …
        return is_foreign_syllable(name) and (not before or before[-1] == "\n" or before[0] in ".!?")

    def _opens(self, start: int, floor: int) -> bool:
        """A capital that only begins a sentence or a line."""
        before = self._context.shadow[max(0, start - 2) : start].strip(' "(*-')
        return start <= floor + 3 or before[-1:] in (".", ":", ";", "")

    def _is_cited(self, start: int) -> bool:
        at = bisect_left(self._cited, (start + 1, 0)) - 1
        return at >= 0 and start < self._cited[at][1]

    def _is_source(self, start: int, end: int, floor: int) -> bool:
        """Who only says it: `theo Tổng cục Thống kê, …`, `ông Quang cho biết`."""
        lower = self._context.lower
        if _SAYS.match(lower, end):
            return True
        return _ACCORDING.search(lower, max(floor, start - 70), start) is not None

    @cached_property
    def _main(self) -> str | None:
        """What the document is about: the body or name of its title, else the body that it names most."""
        counts = Counter(name for _, _, name in self._bodies)
        head = self._context.shadow[:400].strip().split("\n")[0]
        title = normalize("NFC", self._context.document.title or head)
        named = [(count, name) for name, count in counts.items() if name in title]
        if named:
            return max(named)[1]
        names = [name[0] for name in _NAME.finditer(title) if " " in name[0] and not name[0].isupper()]
        if names:
            return names[0]
        return counts.most_common(1)[0][0] if counts else None


def _last_match(pattern: regex.Pattern[str], text: str, start: int, end: int) -> regex.Match[str] | None:
    last = None
    for found in pattern.finditer(text, start, end):
        last = found
    return last

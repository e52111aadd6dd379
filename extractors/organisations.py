"""Names of public bodies in text: ministries, departments, committees, courts, units, with the place they serve.

A name is a first word (`Cục`, `UBND`: organisations.tsv), then fields of work (fields_of_work.tsv), proper names,
numbers, a level of administration with its place, and the body above (`thuộc Bộ …`). Reading stops at the first
word that is none of these, or where a personal name begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import regex

from corpus.document import Document
from corpus.shadow import lower, shadow
from extractors.anchors import Anchors
from extractors.body_parts import ABBREVIATION, AROUND, COMMA, GAP, PLACED, SAYS, Part, Parts
from extractors.body_words import Head, heads
from extractors.names import capital_run_at
from extractors.places import known_place, level_at, may_stand_bare, place_after_level
from extractors.spelling import canonical


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body named in the text. `name` is its fullest form in the document; `head` its first word."""

    start: int
    end: int
    text: str
    name: str
    head: str
    tier: int


_TERM = regex.compile(r" (?:khó[aá]|khoá|nhiệm kỳ|lần thứ) (?:\d{1,2}|[IVXL]{1,6})(?![\w/])", regex.I)
_PARENTHESIS = regex.compile(r" ?\((?!\d{4})(?:viết tắt là |gọi tắt là )?([\p{Lu}\d][\p{Lu}\d&/ -]{1,12})\)")
_ABOVE = regex.compile(r",? ?(?:trực thuộc|thuộc|của|nước) | ?(?:tại|ở) | - (?=\p{Lu})")
_OPEN = regex.compile(r" \(")
_UNKNOWN_FIELD = regex.compile(r"(?: \p{L}++){2,6}+(?= ?[,.;)\n]| - )")   # `Vụ trưởng Vụ cơ sở Đảng, …`
_NAMED_AFTER_PEOPLE = frozenset({
    "trường", "thpt", "thcs", "trường thpt", "trường thcs", "trường tiểu học", "trường mầm non", "bệnh viện", "bv",
    "đại học", "trường đại học", "học viện", "nhà hát", "bảo tàng", "cao đẳng", "trường cao đẳng",
})
_PROPER_NAMED = frozenset({"bệnh viện", "bv", "trường", "báo", "tạp chí", "nhà hát", "trung tâm y tế"})
_HEAD_OF = (" trưởng", " phó ")   # `phụ trách Cục trưởng Cục …`: an office, no body
_NEW_LINE = regex.compile(r"\n")


@cache
def _anchors() -> Anchors[Head]:
    return Anchors((words, head) for words, head in heads().items())


def may_name_bodies(words: str) -> bool:
    """Whether a text holds the first word of any name of a body: a quick no."""
    return next(_anchors().find(canonical(lower(shadow(words))), words=False), None) is not None


class Reader(Parts):
    """Reads names of bodies in one document. Offsets are those of the text."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._by_line: dict[int, list[Organisation]] = {}

    # -- the bodies of the document --------------------------------------------------------------------------

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Names of bodies in order of place; of names inside names only the longest."""
        return self.organisations_between(0, len(self.lower))

    def organisations_between(self, start: int, end: int) -> list[Organisation]:
        """Those of the lines that `start:end` touches."""
        first, last = self.line_of(start), self.line_of(end)
        return [body for line in range(first, last + 1) for body in self.organisations_in(line)]

    def organisations_in(self, line: int) -> list[Organisation]:
        """Those of one line: no name runs over its end, so a line is read only when somebody asks for it."""
        if line not in self._by_line:
            start, end = self._lines[line], self.line_end(line)
            self._by_line[line] = list(_iterate(self, start, end)) if end - start > 1 else []
        return self._by_line[line]

    def organisation_from(self, start: int) -> Organisation | None:
        """The one that begins at `start`."""
        bodies = self.organisations_in(self.line_of(start))
        place = bisect_left(bodies, start, key=lambda body: body.start)
        return bodies[place] if place < len(bodies) and bodies[place].start == start else None

    def line_of(self, at: int) -> int:
        """The number of the line that holds a place."""
        return min(bisect_right(self._lines, at), len(self._lines) - 1) - 1

    def line_end(self, line: int) -> int:
        """Where a line ends."""
        return self._lines[line + 1] - 1

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins, and at last the place behind the text."""
        return [0, *(mark.end() for mark in _NEW_LINE.finditer(self.lower)), len(self.lower) + 1]

    def name_after_level(self, start: int, level: str) -> str | None:
        """The name of the place of a level of administration that begins at `start`."""
        end = place_after_level(self.shadow, self.lower, start, level)
        return " ".join(self.text[start:end].split()) if end else None

    def place_at(self, start: int) -> int | None:
        """End of the place, with its level or known by itself, that begins at `start`."""
        place = self._place(start, False)
        return place[0] if place else None

    # -- a name ----------------------------------------------------------------------------------------------

    def read(self, start: int, *, after_title: bool = False) -> tuple[int, Head] | None:
        """End and first word of the name of a body that begins at `start`, None where none does."""
        found = self.head_at(start)
        if found is None:
            return None
        end, head = found
        if self.lower.startswith(_HEAD_OF, end):
            return None
        body = self.read_body(end, head)
        if body == end and head.shape == "field":
            unknown = _UNKNOWN_FIELD.match(self.lower, end) if after_title and self.shadow[start].isupper() else None
            return (unknown.end(), head) if unknown and not SAYS.search(unknown[0]) else None
        if not after_title and head.shape == "field" and not self._capital_inside(start, body, end):
            return None
        if not after_title and head.words == "trường" and self._is_one_name(start):
            return None
        return body, head

    def _is_one_name(self, start: int) -> bool:
        """`Trường Sơn`, `Trường Sa`: one name of two syllables, no school."""
        run = capital_run_at(self.shadow, start)
        return run is not None and len(run.tokens) == 2

    def _capital_inside(self, start: int, body: int, end: int) -> bool:
        """Whether capitals tell a name from a common noun: `Sở thú` and `ty Hòa Phát` are none, `bộ Quốc phòng` is."""
        if self.shadow[start].isupper():
            return True
        gap = GAP.match(self.shadow, end)
        first = gap.end() if gap else end
        if first >= body or not self.shadow[first].isupper():
            return False
        named = self.head_at(start)
        of_people = named is not None and named[1].words in _NAMED_AFTER_PEOPLE
        return of_people or self.field_at(first) is not None or ABBREVIATION.match(self.shadow, first) is not None

    def read_body(self, end: int, head: Head, *, country: bool = True) -> int:
        """End of fields, names and places that follow a first word which ends at `end`."""
        tier, seat = PLACED if head.shape == "whole" else head.tier, head.shape != "field"
        if head.shape == "seat" or head.words in _PROPER_NAMED:
            gap = GAP.match(self.shadow, end)
            if gap and self.shadow[gap.end():gap.end() + 1].islower() and self._only_a_field(gap.end()):
                return end
        if head.words in _NAMED_AFTER_PEOPLE:
            end = self._persons_name(end) or end
        for _ in range(14):
            step = self._step(end, tier, seat)
            if step is None:
                break
            end, tier, seat = step
        return end

    def _only_a_field(self, at: int) -> bool:
        """A lower-case field behind `công an`, `bệnh viện` is a verb: `bệnh viện thông tin`, `công an điều tra`."""
        return self.field_at(at) is not None and self.head_at(at) is None and level_at(self.lower, at) is None

    def _step(self, end: int, tier: int, seat: bool) -> Part | None:
        """The next part of a name that has been read up to `end`: its end, its tier, and whether a place may follow."""
        gap = GAP.match(self.shadow, end)
        if gap is None:
            return self._above(end, tier)
        at = gap.end()
        if at >= len(self.shadow):
            return None
        return (
            self._place(at, seat)
            or self._nested(at, tier)
            or self._field(at, tier, seat)
            or (self._code(at, tier) or self._proper(at, seat, tier) if tier != PLACED else None)
            or self._above(end, tier)
        )

    def _place(self, at: int, seat: bool) -> Part | None:
        level = level_at(self.lower, at)
        if level and (self.head_at(at) or level)[0] <= level[0]:
            named = place_after_level(self.shadow, self.lower, level[0], level[1])
            if named:
                return named, PLACED, True
            if may_stand_bare(level[1]) and seat:
                return level[0], PLACED, True
        if known := known_place(self.shadow, self.lower, at):
            return known[0], PLACED, True
        return None

    def _nested(self, at: int, tier: int) -> Part | None:
        found = self.head_at(at)
        if found is None or found[1].tier > max(tier, 5) or self._is_foreigner(at):
            return None
        end, head = found
        if (self.field_at(at) or 0) > end:
            return None
        body = self.read_body(end, head)
        if head.shape == "field" and body == end:
            if self.shadow[at].isupper() and head.tier <= 4 and not self._lower_follows_as_compound(end):
                return end, head.tier, False
            return None
        return body, PLACED if head.shape == "seat" and body > end else head.tier, True

    def _is_foreigner(self, at: int) -> bool:
        """`Ban Ki-moon`: a first word of names of bodies that is a family name elsewhere."""
        run = capital_run_at(self.shadow, at)
        return run is not None and len(run.tokens) == 2 and "-" in self.shadow[run.tokens[1][0]:run.end]

    def _lower_follows_as_compound(self, end: int) -> bool:
        """`Cục bộ`, `Sở hữu`: a lower-case word that is no verb binds to the word before."""
        return self.lower.startswith((" hữu", " lượng"), end)

    def _above(self, end: int, tier: int) -> Part | None:
        """The abbreviation in brackets, the body above, or the larger place."""
        if brackets := _PARENTHESIS.match(self.shadow, end):
            return brackets.end(), tier, True
        if term := _TERM.match(self.shadow, end):
            return term.end(), tier, True
        if opened := _OPEN.match(self.shadow, end):
            inner = self.read(opened.end()) or self._placed_in(opened.end(), tier)
            if inner and self.shadow[inner[0]:inner[0] + 1] == ")":
                return inner[0] + 1, inner[1].tier, True
            return None
        if linked := _ABOVE.match(self.shadow, end):
            above = self.read(linked.end())
            if above and (above[1].tier < max(tier, 5) or "thuộc" in linked[0]):
                return above[0], above[1].tier, True
            return self._place(linked.end(), True) if "của" not in linked[0] and "-" not in linked[0] else None
        if comma := COMMA.match(self.shadow, end):
            above = self.read(comma.end())
            if above and above[1].tier < tier and tier == 6:
                return above[0], above[1].tier, True
            level = level_at(self.lower, comma.end())
            if level or known_place(self.shadow, self.lower, comma.end()):
                return self._place(comma.end(), False)
        return None

    def _placed_in(self, start: int, tier: int) -> tuple[int, Head] | None:
        """The larger place in brackets: `UBND xã Giao An (huyện Lang Chánh, Thanh Hóa)`."""
        place = self._place(start, False)
        if place is None:
            return None
        end = self.read_body(place[0], Head("", "seat", PLACED))
        return end, Head("", "seat", tier)


def organisation_at(document: Document, start: int, reader: Reader | None = None) -> Organisation | None:
    """The name of a body that begins at `start`, None where none does."""
    reader = reader or Reader(document)
    found = reader.read(start)
    return _organisation(reader, start, *found) if found else None


def find_organisations(document: Document, reader: Reader | None = None) -> list[Organisation]:
    """Names of bodies in order of place; of names inside names only the longest."""
    return (reader or Reader(document)).organisations


def _iterate(reader: Reader, floor: int, stop: int) -> Iterator[Organisation]:
    """The bodies of one line."""
    reached = 0
    hits = _anchors().longest(reader.lower, start=floor, end=stop)
    starts = {start: head for start, end, head in hits if not reader.lower.startswith(" trưởng", end)}   # `BỘ TRƯỞNG`
    for start, head in starts.items():
        if start < reached or not _may_begin(reader, start, head):
            continue
        found = reader.read(start)
        if found is None or (found[1].shape == "seat" and not _stands_alone(reader, start, found[0])):
            continue
        reached = found[0]
        yield _organisation(reader, start, *found)


def _may_begin(reader: Reader, start: int, head: Head) -> bool:
    """Whether a first word is one: `vụ` with a small letter is an affair, `sở` in `trụ sở` a seat."""
    if head.capital and not reader.shadow[start].isupper():
        return False
    before = reader.lower[max(0, start - AROUND):start]
    return not head.not_after or not f" {before}".endswith(tuple(f" {word} " for word in head.not_after))


def _stands_alone(reader: Reader, start: int, end: int) -> bool:
    """A lower-case seat with nothing after it (`công an`, `mặt trận`) is a common noun."""
    words = reader.lower[start:end].replace("công an", "x")
    return " " in words or any(char.isupper() for char in reader.shadow[start:end])


def _organisation(reader: Reader, start: int, end: int, head: Head) -> Organisation:
    text = reader.text[start:end]
    return Organisation(start, end, text, " ".join(text.split()), head.words, head.tier)

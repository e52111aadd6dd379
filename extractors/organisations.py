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
from extractors.anchors import Anchors
from extractors.body_words import Head, field_at, head_at, heads, verbs
from extractors.names import capital_run_at, is_foreign_syllable, name_split, pseudonyms
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


_ABBREVIATION = regex.compile(
    r"(?!(?:ÔNG|BÀ|GS|TS|PGS|ĐBQH)\b)\p{Lu}{2,}\d{0,3}(?: ?[&-] ?\p{Lu}{2,})*+(?:T[Ww]|Ư)?(?![\p{L}])"
)
_CODE = regex.compile(r"(?:số )?(?:\p{Lu}{1,3}\d{1,3}|\d{1,3}[A-Z]?|[IVXL]{1,6})(?![\w/%])(?![.,]\d)")
_TERM = regex.compile(r" (?:khó[aá]|khoá|nhiệm kỳ|lần thứ) (?:\d{1,2}|[IVXL]{1,6})(?![\w/])", regex.I)
_PARENTHESIS = regex.compile(r" ?\((?!\d{4})(?:viết tắt là |gọi tắt là )?([\p{Lu}\d][\p{Lu}\d&/ -]{1,12})\)")
_ABOVE = regex.compile(r",? ?(?:trực thuộc|thuộc|của|nước|tại|ở) | - (?=\p{Lu})")
_OPEN = regex.compile(r" \(")
_COMMA = regex.compile(r", ")
_LONGEST_FIELD = 40   # characters
_LOWER_WORD = regex.compile(r" \p{Ll}++(?=[ ,.;:)\n-]|\Z)")
_UNKNOWN_FIELD = regex.compile(r"(?: \p{L}++){2,6}+(?= ?[,.;)\n]| - )")   # `Vụ trưởng Vụ cơ sở Đảng, …`
_SAYS = regex.compile(
    r" (?:cho|đã|là|nói|và|của|tại|với|khi|về|sẽ|đang|không|được|bị|vừa|có|đến|trong|theo|để|ở|rằng|này|phải|cần|yêu|đề"
    r"|khẳng|thông|trả|phát|nhấn|trình(?<!chương trình)|tổ|chỉ|kiểm|ban|ra|cùng|mới|các|những|một)(?!\p{L})"
)
_AND = regex.compile(r" và \p{L}")
_AND_FIELD = regex.compile(r" (?:và|&) |,? - |-| & ")
_NAMED_AFTER_PEOPLE = frozenset({
    "trường", "thpt", "thcs", "trường thpt", "trường thcs", "trường tiểu học", "trường mầm non", "bệnh viện", "bv",
    "đại học", "trường đại học", "học viện", "nhà hát", "bảo tàng", "cao đẳng", "trường cao đẳng",
})
_PROPER_NAMED = frozenset({"bệnh viện", "bv", "trường", "báo", "tạp chí", "nhà hát", "trung tâm y tế"})
_PRIVATE = regex.compile(r"công ty|tập đoàn|tổng công ty|ngân hàng|doanh nghiệp|câu lạc bộ|xí nghiệp|hợp tác xã")
_HEAD_OF = (" trưởng", " phó ")   # `phụ trách Cục trưởng Cục …`: an office, no body
_NEW_LINE = regex.compile(r"\n")
_GAP = regex.compile(r" {1,3}")
_QUOTED = regex.compile(r"[\"'](?=\p{Lu})")
_AROUND = 40  # characters that tell whether a line is in capitals
_PLACED = 7  # what tier counts as once the place has been read: only bodies and larger places above can follow


@cache
def _first_of_pseudonyms() -> frozenset[str]:
    return frozenset(name.split()[0] for name in pseudonyms())


@cache
def _anchors() -> Anchors[Head]:
    return Anchors((words, head) for words, head in heads().items())


class Reader:
    """Reads names of bodies in one document. Offsets are those of the text."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.shadow = document.shadow
        self.lower = canonical(document.lower)
        self._heads: dict[int, tuple[int, Head] | None] = {}   # asked for by every part of a name in turn
        self._fields: dict[int, int | None] = {}
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

    # -- words -----------------------------------------------------------------------------------------------

    def head_at(self, start: int) -> tuple[int, Head] | None:
        """End and entry of the longest first word at `start`."""
        if start not in self._heads:
            found = head_at(self.lower, start)
            named = found is not None and found[1].words in _first_of_pseudonyms() and self._is_pseudonym(start)
            self._heads[start] = None if named else found
        return self._heads[start]

    def field_at(self, start: int) -> int | None:
        """End of the longest field of work at `start`, joined by `và`, `&`, commas or hyphens or not."""
        if start not in self._fields:
            self._fields[start] = field_at(self.lower, start)
        return self._fields[start]

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
            return (unknown.end(), head) if unknown and not _SAYS.search(unknown[0]) else None
        if not after_title and head.shape == "field" and not self._capital_inside(start, body, end):
            return None
        if not after_title and head.words == "trường" and self._is_one_name(start):
            return None
        return body, head

    def _is_pseudonym(self, start: int) -> bool:
        """`Trường Chinh`: somebody's name for all that `Trường` says."""
        run = capital_run_at(self.shadow, start)
        return run is not None and self.lower[start:run.end] in pseudonyms()

    def _is_one_name(self, start: int) -> bool:
        """`Trường Sơn`, `Trường Sa`: one name of two syllables, no school."""
        run = capital_run_at(self.shadow, start)
        return run is not None and len(run.tokens) == 2

    def _capital_inside(self, start: int, body: int, end: int) -> bool:
        """Whether capitals tell a name from a common noun: `Sở thú` and `ty Hòa Phát` are none, `bộ Quốc phòng` is."""
        if self.shadow[start].isupper():
            return True
        gap = _GAP.match(self.shadow, end)
        first = gap.end() if gap else end
        if first >= body or not self.shadow[first].isupper():
            return False
        named = self.head_at(start)
        of_people = named is not None and named[1].words in _NAMED_AFTER_PEOPLE
        return of_people or self.field_at(first) is not None or _ABBREVIATION.match(self.shadow, first) is not None

    def read_body(self, end: int, head: Head, *, country: bool = True) -> int:
        """End of fields, names and places that follow a first word which ends at `end`."""
        tier, seat = _PLACED if head.shape == "whole" else head.tier, head.shape != "field"
        if head.shape == "seat" or head.words in _PROPER_NAMED:
            gap = _GAP.match(self.shadow, end)
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

    def _persons_name(self, end: int) -> int | None:
        """The end of the person's name that a school or hospital bears: `Trường THPT Lê Quý Đôn`."""
        gap = _GAP.match(self.shadow, end)
        run = capital_run_at(self.shadow, gap.end()) if gap else None
        if run is None or self.field_at(run.start) or self.head_at(run.start) or level_at(self.lower, run.start):
            return None
        syllables = [self.shadow[a:b] for a, b in run.tokens]
        if len(syllables) < 2 or name_split(syllables[:4]) != 0:
            return None
        split = name_split(syllables, first=2) if len(syllables) > 4 else None
        return run.tokens[(split or min(len(syllables), 4)) - 1][1]

    def _only_a_field(self, at: int) -> bool:
        """A lower-case field behind `công an`, `bệnh viện` is a verb: `bệnh viện thông tin`, `công an điều tra`."""
        return self.field_at(at) is not None and self.head_at(at) is None and level_at(self.lower, at) is None

    def _step(self, end: int, tier: int, seat: bool) -> tuple[int, int, bool] | None:
        """The next part of a name that has been read up to `end`: its end, its tier, and whether a place may follow."""
        gap = _GAP.match(self.shadow, end)
        if gap is None:
            return self._above(end, tier)
        at = gap.end()
        if at >= len(self.shadow):
            return None
        return (
            self._place(at, seat)
            or self._nested(at, tier)
            or self._field(at, tier, seat)
            or (self._code(at, tier) or self._proper(at, seat, tier) if tier != _PLACED else None)
            or self._above(end, tier)
        )

    def _place(self, at: int, seat: bool) -> tuple[int, int, bool] | None:
        level = level_at(self.lower, at)
        if level and (self.head_at(at) or level)[0] <= level[0]:
            named = place_after_level(self.shadow, self.lower, level[0], level[1])
            if named:
                return named, _PLACED, True
            if may_stand_bare(level[1]) and seat:
                return level[0], _PLACED, True
        if known := known_place(self.shadow, self.lower, at):
            return known[0], _PLACED, True
        return None

    def _nested(self, at: int, tier: int) -> tuple[int, int, bool] | None:
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
        return body, _PLACED if head.shape == "seat" and body > end else head.tier, True

    def _is_foreigner(self, at: int) -> bool:
        """`Ban Ki-moon`: a first word of names of bodies that is a family name elsewhere."""
        run = capital_run_at(self.shadow, at)
        return run is not None and len(run.tokens) == 2 and "-" in self.shadow[run.tokens[1][0]:run.end]

    def _lower_follows_as_compound(self, end: int) -> bool:
        """`Cục bộ`, `Sở hữu`: a lower-case word that is no verb binds to the word before."""
        return self.lower.startswith((" hữu", " lượng"), end)

    def _field(self, at: int, tier: int, complete: bool) -> tuple[int, int, bool] | None:
        end = self.field_at(at)
        if end is None:
            return None
        if self.shadow[at].islower() and (tier == _PLACED or (complete and self.lower[at:end] in verbs())):
            return None
        end = self._field_list(end) or end
        while joined := _AND_FIELD.match(self.shadow, end):
            follows = self.field_at(joined.end())
            head = self.head_at(joined.end())
            if follows is None or (head and head[0] >= follows):
                break
            if not self.shadow[joined.end()].isupper() and self.shadow[at].isupper() and "," not in self.shadow[at:end]:
                break
            end = follows
        return end, tier, True

    def _field_list(self, end: int) -> int | None:
        """The end of `…, giáo dục, thanh niên và nhi đồng`: fields with commas, closed by `và`."""
        while comma := _COMMA.match(self.shadow, end):
            follows = self.field_at(comma.end())
            if follows is None or (self.head_at(comma.end()) or (0,))[0] >= follows:
                return None
            if _AND.match(self.lower, follows):
                return follows
            end = follows
        return None

    def _code(self, at: int, tier: int) -> tuple[int, int, bool] | None:
        match = _ABBREVIATION.match(self.shadow, at) or _CODE.match(self.shadow, at)
        if match is None:
            return None
        if match[0].isalpha() and capital_run_at(self.shadow, at) and self._in_capitals(at):
            return None
        return match.end(), tier, True

    def _in_capitals(self, at: int) -> bool:
        """Whether the words here are all in capitals, where no abbreviation can be told."""
        return not any(char.islower() for char in self.shadow[max(0, at - _AROUND):at + _AROUND])

    def _proper(self, at: int, seat: bool, tier: int) -> tuple[int, int, bool] | None:
        if quoted := _QUOTED.match(self.shadow, at):
            at = quoted.end()
        run = capital_run_at(self.shadow, at)
        if run is None or self._in_capitals(at) or _PRIVATE.match(self.lower, at):
            return None
        syllables = [self.shadow[a:b] for a, b in run.tokens]
        if seat and len(syllables) > 1 and all(is_foreign_syllable(syllable) for syllable in syllables):
            return None   # `Bộ trưởng Y tế Agnes Buzyn`
        split = name_split(syllables, before=0 if seat else 2)
        if split == 0 and (seat or len(syllables) > 2):
            return None
        stop = split or len(syllables)
        for index in range(1, stop):
            if self.head_at(run.tokens[index][0]) or self.field_at(run.tokens[index][0]):
                stop = index
                break
        end = run.tokens[min(stop, 4) - 1][1]
        if stop == 1 == len(syllables) and not seat and not is_foreign_syllable(syllables[0]):
            end = self._compound(end)
        return end, tier, True

    def _compound(self, end: int) -> int:
        """The end of a field of work that no table has, from its first syllable: `Trung tâm Điều hành chống ngập`."""
        for word in _LOWER_WORD.finditer(self.shadow, end, end + _LONGEST_FIELD):
            if word.start() != end or _SAYS.match(self.lower, word.start()):
                break
            end = word.end()
        return end

    def _above(self, end: int, tier: int) -> tuple[int, int, bool] | None:
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
        if comma := _COMMA.match(self.shadow, end):
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
        end = self.read_body(place[0], Head("", "seat", _PLACED))
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
    before = reader.lower[max(0, start - _AROUND):start]
    return not head.not_after or not f" {before}".endswith(tuple(f" {word} " for word in head.not_after))


def _stands_alone(reader: Reader, start: int, end: int) -> bool:
    """A lower-case seat with nothing after it (`công an`, `mặt trận`) is a common noun."""
    words = reader.lower[start:end].replace("công an", "x")
    return " " in words or any(char.isupper() for char in reader.shadow[start:end])


def _organisation(reader: Reader, start: int, end: int, head: Head) -> Organisation:
    text = reader.text[start:end]
    return Organisation(start, end, text, " ".join(text.split()), head.words, head.tier)

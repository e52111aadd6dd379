"""The parts that the name of a body is made of: first words, fields of work, numbers, proper names.

Each method takes the place where the part may begin and gives its end with the tier of the name so far, and whether a
place may follow; None where the part does not stand there. `extractors.organisations` puts them together.
"""

from __future__ import annotations

from functools import cache

import regex

from corpus.document import Document
from extractors.body_words import Head, field_at, head_at, verbs
from extractors.names import capital_run_at, is_foreign_syllable, name_split, pseudonyms
from extractors.places import level_at
from extractors.spelling import canonical

Part = tuple[int, int, bool]   # end, tier, whether a place may follow

ABBREVIATION = regex.compile(
    r"(?!(?:ÔNG|BÀ|GS|TS|PGS|ĐBQH)\b)\p{Lu}{2,}\d{0,3}(?: ?[&-] ?\p{Lu}{2,})*+(?:T[Ww]|Ư)?(?![\p{L}])"
)
_CODE = regex.compile(r"(?:số )?(?:\p{Lu}{1,3}\d{1,3}|\d{1,3}[A-Z]?|[IVXL]{1,6})(?![\w/%])(?![.,]\d)")
COMMA = regex.compile(r", ")
_LONGEST_FIELD = 40   # characters
_LOWER_WORD = regex.compile(r" \p{Ll}++(?=[ ,.;:)\n-]|\Z)")
SAYS = regex.compile(
    r" (?:cho|đã|là|nói|và|của|tại|với|khi|về|sẽ|đang|không|được|bị|vừa|có|đến|trong|theo|để|ở|rằng|này|phải|cần|yêu|đề"
    r"|khẳng|thông|trả|phát|nhấn|trình(?<!chương trình)|tổ|chỉ|kiểm|ban|ra|cùng|mới|các|những|một|vào|giữ|làm)(?!\p{L})"
)
_AND = regex.compile(r" và \p{L}")
_AND_FIELD = regex.compile(r" (?:và|&) |,? - |-| & ")
_PRIVATE = regex.compile(r"công ty|tập đoàn|tổng công ty|ngân hàng|doanh nghiệp|câu lạc bộ|xí nghiệp|hợp tác xã")
GAP = regex.compile(r" {1,3}")
_QUOTED = regex.compile(r"[\"'](?=\p{Lu})")
AROUND = 40  # characters that tell whether a line is in capitals
PLACED = 7  # what tier counts as once the place has been read: only bodies and larger places above can follow


@cache
def _first_of_pseudonyms() -> frozenset[str]:
    return frozenset(name.split()[0] for name in pseudonyms())


class Parts:
    """Reads the parts of names of bodies in one document. Offsets are those of the text."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.shadow = document.shadow
        self.lower = canonical(document.lower)
        self._heads: dict[int, tuple[int, Head] | None] = {}   # asked for by every part of a name in turn
        self._fields: dict[int, int | None] = {}

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

    def _is_pseudonym(self, start: int) -> bool:
        """`Trường Chinh`: somebody's name for all that `Trường` says."""
        run = capital_run_at(self.shadow, start)
        return run is not None and self.lower[start:run.end] in pseudonyms()

    def _persons_name(self, end: int) -> int | None:
        """The end of the person's name that a school or hospital bears: `Trường THPT Lê Quý Đôn`."""
        gap = GAP.match(self.shadow, end)
        run = capital_run_at(self.shadow, gap.end()) if gap else None
        if run is None or self.field_at(run.start) or self.head_at(run.start) or level_at(self.lower, run.start):
            return None
        syllables = [self.shadow[a:b] for a, b in run.tokens]
        if len(syllables) < 2 or name_split(syllables[:4]) != 0:
            return None
        split = name_split(syllables, first=2) if len(syllables) > 4 else None
        return run.tokens[(split or min(len(syllables), 4)) - 1][1]

    def _field(self, at: int, tier: int, complete: bool) -> Part | None:
        end = self.field_at(at)
        if end is None:
            return None
        if self.shadow[at].islower() and (tier == PLACED or (complete and self.lower[at:end] in verbs())):
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
        while comma := COMMA.match(self.shadow, end):
            follows = self.field_at(comma.end())
            if follows is None or (self.head_at(comma.end()) or (0,))[0] >= follows:
                return None
            if _AND.match(self.lower, follows):
                return follows
            end = follows
        return None

    def _code(self, at: int, tier: int) -> Part | None:
        match = ABBREVIATION.match(self.shadow, at) or _CODE.match(self.shadow, at)
        if match is None:
            return None
        if match[0].isalpha() and capital_run_at(self.shadow, at) and self._in_capitals(at):
            return None
        return match.end(), tier, True

    def _in_capitals(self, at: int) -> bool:
        """Whether the words here are all in capitals, where no abbreviation can be told."""
        return not any(char.islower() for char in self.shadow[max(0, at - AROUND):at + AROUND])

    def _proper(self, at: int, seat: bool, tier: int) -> Part | None:
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
            if word.start() != end or SAYS.match(self.lower, word.start()):
                break
            end = word.end()
        return end

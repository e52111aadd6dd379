"""What an act is cited for, by the words before and behind the citation (`pipeline/data/citation_purposes.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from corpus import shadow, tables

LEFT, RIGHT = 160, 80   # characters beside a citation in which its cue stands
_GROUNDS = frozenset({"basis", "under", "implements", "breach"})   # `theo quy định tại`: under it, not only said in it
PURPOSES = frozenset({
    "basis", "under", "place", "implements", "breach", "issues", "says", "force", "draft", "changed", "named",
})

_ENDS = regex.compile(r"[;\n?!]|\.(?=[\s\"])|:(?=\s)")
_UNIT = (
    r"điểm|khoản|điều|chương|mục|tiểu mục|phần|phụ lục|mẫu|biểu|tiết|đoạn|điều khoản|của|tại|trong|số|các|những|một số|"
    r"và|hoặc|hay|đến|từ|về|việc|nội dung|quy định|tinh thần|yêu cầu|nguyên tắc|văn bản|bản|bộ|ngày|tháng|năm|nhiệm vụ|"
    r"nghiêm|tốt|hiệu quả|toàn bộ|đầy đủ|chi tiết|hướng dẫn|cả|cũ|mới|nêu trên|đ|[a-z]|[ivxlc]{1,6}|\d{1,4}[a-zđ]?"
)
_GLUE = regex.compile(rf"(?:[\s,()\"'*_]++|(?:{_UNIT})(?![\p{{L}}\d]))*+")
_DETAILS = (   # what else is said of an act directly behind it: its day, a note in brackets
    r"(?:[\s,]*+(?:(?:được )?(?:ban hành |ký )?(?:vào )?(?:ngày|tháng|năm)? ?\d[\d/.-]*+(?: tháng \d+)?(?: năm \d{4})?"
    r"|\([^()\n]{1,60}\)))*+[\s)]*+"
)
_OF = r"(?:của [^,.;:()\n]{2,50}?"   # and whose it is
_SAME = regex.compile(rf"{_DETAILS}{_OF})?(?:[,;]|\s?(?:và|hoặc|hay|cùng|cùng với|với)\s|\s)\s*+{_GLUE.pattern}")
_ADVERBS = r"(?:cũng|đã|sẽ|còn|đều|chính thức|mới|vừa|hiện|chỉ|được)"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what an act is cited for, in their place in the text."""

    purpose: str
    start: int
    end: int


def purpose_of(text: str, start: int, end: int) -> Cue | None:
    """What the citation at `start`:`end` of a text is for; None where no cue stands beside it."""
    return _before(text, start) or _behind(text, end)


def same_list(text: str, start: int, end: int) -> bool:
    """Whether what stands between two citations only joins them."""
    if end - start > LEFT:
        return False
    return _SAME.fullmatch(shadow.lower(shadow.shadow(text[start:end]))) is not None


def _before(text: str, start: int) -> Cue | None:
    begin = max(0, start - LEFT)
    words = shadow.lower(shadow.shadow(text[begin:start]))
    cut = max((found.end() for found in _ENDS.finditer(words)), default=0)
    known, pattern = _cues("before")
    end, nearest = len(words), None
    for found in reversed(list(pattern.finditer(words, cut))):
        if not _GLUE.fullmatch(words, found.end(), end):
            break
        cue = Cue(known[found[1]], begin + found.start(1), begin + found.end(1))
        if nearest is None or cue.purpose in _GROUNDS:
            nearest = cue
        if cue.purpose != "place":
            break
        end = found.start()
    return nearest


def _behind(text: str, end: int) -> Cue | None:
    words = shadow.lower(shadow.shadow(text[end : end + RIGHT]))
    known, pattern = _cues("after")
    found = pattern.match(words)
    return Cue(known[found[1]], end + found.start(1), end + found.end(1)) if found else None


@cache
def _cues(side: str) -> tuple[dict[str, str], regex.Pattern[str]]:
    """The cues of one side with their purposes, and a pattern whose first group is one of them."""
    known: dict[str, str] = {}
    for row in tables.table("pipeline", "citation_purposes"):
        if row["side"] not in ("before", "after") or row["purpose"] not in PURPOSES:
            raise tables.TableError(f"citation_purposes.tsv: {row['cue']!r} needs a side and a purpose of the head")
        if row["side"] == side:
            known[row["cue"]] = row["purpose"]
    longest = "|".join(regex.escape(cue) for cue in sorted(known, key=lambda cue: (-len(cue), cue)))
    if side == "before":
        return known, regex.compile(rf"(?<![\p{{L}}\d])({longest})(?![\p{{L}}\d])")
    return known, regex.compile(rf"{_DETAILS}{_OF}\s)?(?:{_ADVERBS} )*?({longest})(?![\p{{L}}\d])")

"""Days from which an act is in force or no longer is, as a text states them beside the act."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass

import regex

from corpus import shadow

_WORD = "hiệu lực"
_REACH = 200    # characters before the cue in which the act stands
_CUE = regex.compile(
    r"(?P<over>hết |không còn |chấm dứt )?(?:(?:chính thức|bắt đầu|vẫn) )?(?:có )?hiệu lực"
    r"(?: thi hành| thực hiện| áp dụng| pháp luật| toàn bộ)?"
    r"(?P<since> đến (?:hết )?(?:ngày )?"
    r"| ?:? ?(?:thi hành |thực hiện )?(?:kể )?(?:từ|vào|trong|là)? ?(?:cuối |hết )?(?:ngày )?)?"
)
_SELF = regex.compile(r"(?P<type>[\p{L} ]{4,20}?)\s+(?:này|nầy)(?:\s*,)?(?: (?:sẽ|chính thức|bắt đầu))*\s*\Z")
_DETAILS = regex.compile(   # what else is said of an act behind it: its day, notes, whose it is, what it is about
    r"(?:ngày|tháng|năm)? ?\d[\d/.-]*+(?: tháng \d+)?(?: năm \d{4})?|\([^()\n]{1,60}\)|\b(?:của|về)\b[^,]*+"
)
_FILLERS = frozenset({   # syllables of `được Quốc hội khóa XIV thông qua`, `ban hành vào ngày`, `sẽ chính thức`
    "được", "ban", "hành", "ký", "thông", "qua", "vào", "ngày", "sẽ", "đã", "và", "cũng", "chính", "thức", "bắt", "đầu",
    "thì", "quốc", "hội", "khóa", "kỳ", "họp", "thứ", "này", "trên",
})
ITSELF = -1   # the act that a text is, not one that it cites
_ENDS = regex.compile(r"[;\n?!]|\.(?=[\s\"])")
_PART = regex.compile(r"(?<!\p{L})(?:điều|khoản|điểm|chương|mục|quy định tại)(?!\p{L})[^.;:\n]{0,60}\Z")
_BEHIND = regex.compile(r"\s*,\s*(?:thì )?")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar in its place, with the row number of its mention."""

    start: int
    end: int
    mention: int
    edtf: str


@dataclass(frozen=True, slots=True)
class InForce:
    """`field` (effect or expiry) of an act: `act` is its place in the list, or `ITSELF`."""

    field: str
    act: int
    day: Day


def days_in_force(
    text: str, acts: list[tuple[int, int]], days: list[Day], own_type: str | None, objects: Container[int] = (),
) -> Iterator[InForce]:
    """Every day that a text states beside an act, or of itself (`Nghị định này có hiệu lực …`).

    `acts` and `days` are in order of place; `own_type` is the type of a notice with a number of its own; `objects`
    are the acts that another acts upon (`… hướng dẫn Luật X có hiệu lực`). Where two acts stand before the cue nothing
    is taken unless the nearer one touches it and is no object, nor for a part of an act (`Điều 5 Luật …`).
    """
    starts = [day.start for day in days]
    ends = [act[1] for act in acts]
    place = text.find(_WORD)
    while days and place >= 0:
        begin = max(0, place - _REACH)
        window = shadow.lower(shadow.shadow(text[begin : place + 80]))
        inside = place - begin
        cue = _cue_at(window, inside)
        if cue is not None:
            found = _day_behind(cue, begin, starts, days)
            if found is not None:
                act = _act_before(window, cue.start(), begin, acts, ends, own_type, objects)
                if act is None:
                    act = _act_behind(text, found.end, acts)
                if act is not None:
                    over = cue["over"] or (cue["since"] or "").startswith(" đến")
                    yield InForce("expiry" if over else "effect", act, found)
        place = text.find(_WORD, place + len(_WORD))


def _cue_at(window: str, inside: int) -> regex.Match[str] | None:
    """The cue around the word that stands at `inside`."""
    for start in range(max(0, inside - 32), inside + 1):
        if start and window[start - 1].isalnum():
            continue
        found = _CUE.match(window, start)
        if found and found.start() <= inside < found.end():
            return found
    return None


def _day_behind(cue: regex.Match[str], begin: int, starts: list[int], days: list[Day]) -> Day | None:
    at = begin + cue.end()
    index = bisect_left(starts, at - 6)   # a date may begin with its own `ngày`
    if index < len(days) and days[index].start <= at + 1 and len(days[index].edtf) == len("2015-09-01"):
        return days[index] if cue["since"] and cue["since"].strip(" :") else None
    return None


def _act_before(
    window: str, cue: int, begin: int, acts: list[tuple[int, int]], ends: list[int], own_type: str | None,
    objects: Container[int],
) -> int | None:
    """The place of the act before the cue, or `ITSELF`; None where it is not clear which is meant."""
    cut = max((found.end() for found in _ENDS.finditer(window, 0, cue)), default=0)
    itself = _SELF.search(window, cut, cue)
    if itself:
        whole = own_type and itself["type"].strip().endswith(own_type) and not _PART.search(window, cut, itself.start())
        return ITSELF if whole else None
    index = bisect_right(ends, begin + cue) - 1
    if index < 0 or acts[index][0] < begin + cut:
        return None
    if _PART.search(window, cut, max(cut, acts[index][0] - begin)):
        return None
    gap = window[acts[index][1] - begin : cue]
    if not _FILLERS.issuperset(regex.findall(r"[\p{L}\d]+", _DETAILS.sub(" ", gap))):
        return None
    alone = index == 0 or acts[index - 1][1] <= begin + cut or acts[index - 1][0] < begin
    return index if alone or (not gap.strip(" ,(") and index not in objects) else None


def _act_behind(text: str, at: int, acts: list[tuple[int, int]]) -> int | None:
    """`Có hiệu lực từ ngày 20/6/2014, Nghị định số 40/2014/NĐ-CP …`."""
    found = _BEHIND.match(text, at, at + 12)
    index = bisect_left(acts, (found.end(), 0)) if found else len(acts)
    return index if found and index < len(acts) and acts[index][0] == found.end() else None

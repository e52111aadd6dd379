"""The clause that tells a happening, cut out of its sentence around the date it carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.anchors import Anchors
from extractors.clause_words import any_of
from extractors.facts import Date, EventType
from extractors.lexicon import table


@dataclass(frozen=True, slots=True)
class Trigger:
    text: str
    type: EventType
    strong: bool


@cache
def trigger_anchors() -> Anchors[Trigger]:
    return Anchors(
        (row["trigger"], Trigger(row["trigger"], row["type"], row["strong"] == "yes"))  # type: ignore[arg-type]
        for row in table("event_triggers")
    )


# Words before a date that make it no date of a happening of this clause: comparisons, horizons, names, births.
NOT_ITS_DATE = regex.compile(
    rf"(?:^|\b)(?:{any_of('never its date')}|(?<!\d (?:năm|tháng|ngày) )sau"
    r"|sau (?:khi|cuộc|sự kiện|trận|vụ|ngày)\b[^,;]{0,50}"
    rf"|ngày {any_of('kept day')}[^,;-]{{0,60}})\s*(?:của\s|cho\s|là\s|ngày\s|vào\s)*\Z"
)
NOT_COARSE = regex.compile(rf"\b{any_of('no coarse date')}\s*(?:của\s|cho\s|là\s|năm\s|tháng\s)*\Z")
IN_FORCE = regex.compile(r"\b(?:hiệu lực|áp dụng|thực hiện)\b[^.;]{0,40}\Z")
# A month, quarter or year dates a happening only as an adverbial of the clause.
ADVERBIAL = regex.compile(rf"(?:^|[,;:(\"]|\)\s?-|\b(?:{any_of('in time')}|cho biết|cho hay|xác nhận|rằng))\s*\Z")
_LIST_SEPARATOR = regex.compile(r";")
# Where a happening ends and its comment begins.
_COMMENT = regex.compile(rf"(?:,\s*|\s){any_of('comment')}\b")
_LEADING = regex.compile(
    rf"""[\s"'*\-–+(]*+(?:\[sửa\ \|\ sửa\ mã\ nguồn\][\s\-*]*+)?
      (?:\([\p{{L}}\s.]{{2,20}}\)\s?-\s)?(?:(?:{any_of("telling lead")}
      | theo\ (?!quyết\ định)[^,;]{{2,90}}(?=,)
      | như\ [^,;]{{2,60}}\ (?:đã\ )?(?:đưa\ tin|phản\ ánh|thông\ tin)[^,]{{0,20}}(?=,)
      | thông\ tin\ từ\ [^,;]{{2,60}}(?=,)
      | (?:{any_of("purpose")}|\d\ năm\ sau)\ [^;]{{2,220}}?(?=,\s*+{any_of("day word")}\b)
    )(?!\p{{L}})[\s,:]*+)*+""",
    regex.VERBOSE,
)
_BEFORE_DATE = regex.compile(
    rf"(?:\b(?:{any_of('before date')}|trong đợt[^,;]{{0,30}}|\d{{1,2}}\s?[hg]\s?\d{{0,2}}(?:\s?phút)?)\s*)+\Z"
)
_LINKED = regex.compile(r"(?:,|,?\s(?:nên|nhưng|song|thì|rồi))\s*\Z")
# The date of an act: `Quyết định số 45/QĐ-UB, ngày …`.
_NUMBERED = regex.compile(r"\bsố\s[\w./-]+(?:\s?-\s?[\w/]+)?,\s*\Z")
_IN_FORCE_FROM = regex.compile(r",\s(?:và\s)?(?=(?:chính thức |bắt đầu |sẽ )?có hiệu lực)")
_AND_THEN = regex.compile(r",\s(?:và|rồi|sau đó|còn)\s(?!ngày|năm|tháng)")
_TELLS_ON = regex.compile(r"\s(?:sẽ|đã|tiếp tục|lại|cũng|có thêm|được|bị|thêm)\b")
_EDGES = " \t\n.,;:!?…\"'*_”’/|"


def clause_around(shadow: str, lower: str, date: Date, start: int, end: int, others: list[Date]) -> tuple[int, int]:
    """The clause of the sentence `start:end` that `date` stands in, without lead words and comments."""
    for other in others:
        if other.end <= date.start:
            border = _border_between(lower, other.end, date.start) or _closed_and_told_on(lower, other, date, start)
            if joint := None if border else _closed_by_date(lower, other, date, end):
                border = joint[1]
            start = max(start, border or start)
        elif other.start >= date.end:
            border = _border_between(lower, date.end, other.start) or _closed_and_told_on(lower, date, other, start)
            if joint := None if border else _closed_by_date(lower, date, other, end):
                border = joint[0]
            end = min(end, border if border else end)
            break
    for mark in _LIST_SEPARATOR.finditer(shadow, start, end):
        if mark.start() < date.start:
            start = mark.end()
        elif mark.start() >= date.end:
            end = mark.start()
            break
    begin = _begin(lower, date, start, end)
    stop = end
    for comment in _COMMENT.finditer(lower, max(date.end, begin + 40), end):
        if comment.start() - begin > 50:
            stop = comment.start()
            break
    stop = begin + len(shadow[begin:stop].rstrip(_EDGES))
    return begin, _closed(shadow, begin, max(stop, date.end), end)


def _closed(shadow: str, start: int, stop: int, end: int) -> int:
    if stop < end and shadow[stop] == ")" and shadow.count("(", start, stop) > shadow.count(")", start, stop):
        return stop + 1
    return stop


def _begin(lower: str, date: Date, start: int, end: int) -> int:
    lead = _LEADING.match(lower, start, date.start)
    begin = lead.end() if lead else start
    if before := _BEFORE_DATE.search(lower, max(begin, date.start - 60), date.start):
        place = before.start()
    else:
        place = date.start
    if (
        _LINKED.search(lower, max(begin, place - 12), place)
        and not _NUMBERED.search(lower, max(begin, place - 40), place)
        and lower[date.end : date.end + 2].lstrip()[:1] not in (".", ";")
    ):
        after = lower[date.end : end]
        if len(after.split()) >= 6:
            return place
    return min(begin, date.start)


def _border_between(lower: str, left: int, right: int) -> int | None:
    """A clause border between two dates: `; `, or `, ` / ` và ` right before the adverbial of the second."""
    semicolon = lower.rfind(";", left, right)
    if semicolon >= 0:
        return semicolon + 1
    before = _BEFORE_DATE.search(lower, max(left, right - 60), right)
    place = before.start() if before else right
    if (effect := _IN_FORCE_FROM.search(lower, left, place)) and effect.start() - left > 20:
        return effect.end()
    tail = lower[left:place].rstrip()
    if tail.endswith(" -"):
        return place
    if tail.endswith((",", " và", " rồi", " thì", " đến", " nên")) and len(tail) > 25:
        return place
    return None


def _closed_by_date(lower: str, first: Date, second: Date, end: int) -> tuple[int, int] | None:
    """`… từ ngày 29/5, và gặp Tổng thống vào ngày 31/5`: each of two clauses ends with its own date."""
    joint = _AND_THEN.match(lower, first.end, second.start)
    if joint is None or lower[second.end : min(end, second.end + 1)].strip(".,;:)"):
        return None
    return joint.span() if len(lower[joint.end() : second.start].split()) >= 5 else None


def _closed_and_told_on(lower: str, first: Date, second: Date, start: int) -> int | None:
    """`hãng đã huỷ 7 chuyến ngày 9/11, ngày 10/11 sẽ huỷ thêm 55 chuyến`: one clause ends, another begins."""
    if lower[first.end : second.start].strip() != "," or first.start - start < 25:
        return None
    return second.start if _TELLS_ON.match(lower, second.end, second.end + 12) else None

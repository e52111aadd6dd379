"""Events: dated happenings for the timeline, each told once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from corpus.document import Document
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.facts import Date, Decree, Directive, Event, EventType, Official
from extractors.happenings.clauses import NOT_ITS_DATE, Trigger, clause_around, trigger_anchors
from extractors.happenings.merge import merged
from extractors.sentences import sentences
from extractors.structure import blocks

_SAID = regex.compile(
    r"\b(?:cho biết|cho hay|trả lời|trao đổi với|xác nhận|khẳng định|phát biểu|chia sẻ|có thông tin|thông tin về|đưa tin|cho rằng|nhấn mạnh|nhận định|dự báo|thông tin với|nói|kể|"
    r"đăng tải|viết|bày tỏ|thông tin cho|ước tính|đánh giá|bình luận|theo tin từ)\b"
)
_FINITE = regex.compile(r"\b(?:đã|sẽ|bị|được|vừa|bắt đầu|phải|có|dự kiến|xuống|đang)\b")
_STATE = regex.compile(r"\b(?:là|chiếm|gồm|tăng|giảm|đạt|ước|bằng|thấp hơn|cao hơn|dao động|trung bình|bình quân|tổng số|kim ngạch|doanh thu|lợi nhuận|tốc độ)\b")
_CAREER = regex.compile(r"\b(?:là|giữ chức|làm|công tác|học|nghiên cứu sinh|tham gia|đảm nhiệm|kiêm)\b")
_MEETING_NAME = regex.compile(r"\b(?:hội nghị|phiên họp|cuộc họp|buổi làm việc|buổi họp báo|họp báo|kỳ họp|hội thảo|toạ đàm|tọa đàm|đại hội|buổi gặp|cuộc gặp|buổi tiếp|lễ|diễn đàn|cuộc làm việc|chuyến thăm|chuyến công tác)\b[^,;:.]{0,140}\Z")
_TALK = regex.compile(r"\b(?:phát biểu|cho biết|nhấn mạnh|yêu cầu|đề nghị|nói|khẳng định|kết luận|đưa ra nhiều|chỉ đạo|cho rằng|chia sẻ|nhận định|đánh giá|bày tỏ|kiến nghị|thông tin)\b")


def find_events(
    document: Document,
    decrees: Sequence[Decree] | None = None,
    dates: Sequence[Date] | None = None,
    officials: Sequence[Official] | None = None,
    directives: Sequence[Directive] | None = None,
) -> list[Event]:
    """The events of a document in order, one for each happening; see docs/events.md.

    `decrees` and `dates` are found here where they are not given; `officials` and `directives` are not needed.
    """
    if decrees is None:
        decrees = find_decrees(document)
    if dates is None:
        dates = find_dates(document, decrees)
    usable = sorted((d for d in dates if d.edtf and d.type in ("date", "interval")), key=lambda date: date.start)
    if not usable:
        return []
    names = sorted((decree.start, decree.end) for decree in decrees)
    found = list(_events(document, usable, names))
    return merged(found, document.lower)


def _events(document: Document, dates: list[Date], names: list[tuple[int, int]]):  # type: ignore[no-untyped-def]
    starts = [date.start for date in dates]
    for block in blocks(document.shadow):
        low, high = bisect_left(starts, block.start), bisect_left(starts, block.end)
        if low == high or block.row:
            continue
        for start, end in sentences(document.shadow, block.body, block.end):
            here = dates[bisect_left(starts, start) : bisect_left(starts, end)]
            own = [date for date in here if _can_date(document.lower, date, start, end, names)]
            for index, date in enumerate(own):
                others = own[:index] + own[index + 1 :]
                if event := _event(document, date, start, end, others, names):
                    yield event


def _can_date(lower: str, date: Date, start: int, end: int, names: list[tuple[int, int]]) -> bool:
    """The date can be that of a happening: not inside a name, not a horizon or a comparison."""
    index = bisect_left(names, (date.start + 1, 0)) - 1
    if index >= 0 and names[index][0] <= date.start < names[index][1]:
        return False
    if lower[max(start, date.start - 1) : date.start] in "-/" and date.start > start:
        return False
    left = lower[max(start, date.start - 40) : date.start]
    return not NOT_ITS_DATE.search(left) or _grain(date) == "day" and not regex.search(r"(?:sinh|so với|truy cập|lưu trữ|cập nhật|bản gốc|kể từ|trước|sau|hết)\s*(?:ngày\s)?\Z", left)


def _grain(date: Date) -> str:
    edtf = date.edtf or ""
    first = edtf.split("/")[0]
    return {0: "year", 1: "month", 2: "day"}.get(first.count("-"), "day")


def _event(
    document: Document, date: Date, start: int, end: int, others: list[Date], names: list[tuple[int, int]]
) -> Event | None:
    lower = document.lower
    begin, stop = clause_around(document.shadow, lower, date, start, end, others)
    kind, rule = _kind(lower, date, begin, stop, names)
    if name := _MEETING_NAME.search(lower, begin, date.start):
        talk = _TALK.search(lower, date.end, stop)
        trigger = _trigger(lower, date.end, stop)
        if talk and (trigger is None or trigger[0] >= talk.start()):
            begin, stop, kind, rule = name.start(), date.end, "meeting", "meeting name"
        elif kind is None:
            kind, rule = "meeting", "meeting name"
    if kind is None:
        return None
    return Event(start=begin, end=stop, text=document.text[begin:stop], rule=rule, date=date.edtf or "", event_type=kind)


def _trigger(lower: str, start: int, end: int) -> tuple[int, Trigger] | None:
    """The first word of a happening; one of a type before one of the type `other`."""
    hits = trigger_anchors().longest(lower[start:end])
    typed = [hit for hit in hits if hit[2].type != "other"]
    for hit in typed or hits:
        return start + hit[0], hit[2]
    return None


def _kind(lower: str, date: Date, begin: int, stop: int, names: list[tuple[int, int]]) -> tuple[EventType | None, str]:
    """The type of the happening, None where the clause tells none."""
    grain = _grain(date)
    words = lower[begin:stop]
    if len(words.split()) < 6:
        return None, ""
    if _cited(lower, date, begin, names):
        return None, ""
    found = _trigger(lower, begin, stop)
    said = _SAID.search(lower, begin, stop)
    if said and (found is None or said.start() < found[0]) and not (said.start() < date.start):
        return None, ""
    span = date.type == "interval" or "/" in (date.edtf or "")
    if found is None:
        if grain == "day" and not span and _FINITE.search(words) and not _STATE.search(words):
            return "other", "finite"
        return None, ""
    trigger = found[1]
    if span and _CAREER.search(words) and trigger.type != "meeting":
        return None, ""
    if grain == "year" and (not trigger.strong or span):
        return None, ""
    if grain == "month" and not trigger.strong and not regex.search(r"\b(?:đã|sẽ|bị|được|bắt đầu|diễn ra|xảy ra)\b", words):
        return None, ""
    if trigger.type == "other" and _STATE.search(words) and not regex.search(r"\b(?:đã|bị|vừa|sẽ)\b", words):
        return None, ""
    return trigger.type, trigger.text


def _cited(lower: str, date: Date, begin: int, names: list[tuple[int, int]]) -> bool:
    """The date belongs to a document that is only cited: `theo Nghị định 62/2015/NĐ-CP ngày 18/7/2015`."""
    index = bisect_left(names, (date.start, 0)) - 1
    if index < 0:
        return False
    name_start, name_end = names[index]
    between = lower[name_end : date.start]
    if len(between) > 40 or regex.search(r"[;.:]|\b(?:đã|được|có hiệu lực|thì|và)\b", between):
        return False
    issued = regex.search(r"\b(?:ban hành|ký|thông qua|phê chuẩn|công bố|ra|có hiệu lực)\b", lower[begin:name_start])
    return issued is None

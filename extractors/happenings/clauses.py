"""The clause that tells a happening, cut out of its sentence around the date it carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.anchors import Anchors
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


# Words before a date that make it no date of a happening of this clause.
NOT_ITS_DATE = regex.compile(
    r"""(?:so\ với|cùng\ kỳ|giai\ đoạn|nhiệm\ kỳ|năm\ học|niên\ khoá|niên\ khóa|kế\ hoạch|chỉ\ tiêu|dự\ toán|ngân\ sách|sinh|kể\ từ|tính\ đến|tính\ từ|từ\ trước|trước\ thời\ điểm|tầm\ nhìn|định\ hướng|
        quy\ hoạch|chiến\ lược|thấp\ nhất|cao\ nhất|nhiều\ nhất|lần\ đầu|hồ\ sơ|mùa\ giải|mùa|world\ cup|sea\ games|euro|olympic|nhiệm\ vụ|đạt|mức|báo\ cáo|thông\ tư|nghị\ định|luật|quyết\ định|
        vụ|khoá|khóa|kỳ\ thi|truy\ cập|lưu\ trữ|cập\ nhật|bản\ gốc|ngày\ ký|đề\ án|chương\ trình|phong\ trào|kỷ\ niệm\ ngày|tuyển\ sinh|thế\ hệ|phiên\ bản|model|bằng\ khen|bức\ trướng|trước|sau|đến|hết)\s*(?:của\s|cho\s|là\s|ngày\s|năm\s|tháng\s)*\Z""",
    regex.VERBOSE,
)
_LIST_SEPARATOR = regex.compile(r";")
# Where a happening ends and its comment begins.
_COMMENT = regex.compile(
    r"""(?:,\s*|\s)(?:trong\ đó|trong\ khi|đánh\ dấu|đặt\ cơ\ sở|đặt\ nền\ móng|tạo\ hành\ lang|tạo\ điều\ kiện|tạo\ tiền\ đề|tạo\ cơ\ sở|góp\ phần|nhận\ thấy|qua\ đó|từ\ đó|theo\ đó|nhờ\ đó|bởi|và\ đến\ nay|nhưng\ đến\ nay|do\ đã|do\ có|
        do\ vi\ phạm|vì\ vậy|để\ kịp\ thời|nhằm\ kịp\ thời|bao\ gồm|đồng\ thời\ (?:giao|yêu)|cụ\ thể|mang\ dòng|tuy\ nhiên|nhưng|song\ (?:đến|cho)|và\ đã\ gia\ hạn|khiến|sau\ khi\ bị|trong\ bối\ cảnh)\b""",
    regex.VERBOSE,
)
_LEADING = regex.compile(
    r"""[\s"'*\-–+(]*+(?:(?:trước\ đó|tiếp\ đó|sau\ đó|theo\ đó|cụ\ thể|đồng\ thời|ngoài\ ra|bên\ cạnh\ đó|tuy\ nhiên|hiện\ nay|hiện|mới\ đây\ nhất|mới\ đây|gần\ đây|trước\ đây|đặc\ biệt|và|còn|nhưng|đến|thì|trong\ khi\ đó|cũng\ trong|
        trải\ qua\ nhiều\ giai\ đoạn|được\ biết|riêng|theo\ (?!quyết\ định)[^,;]{2,90}(?=,)|như\ [^,;]{2,60}\ (?:đã\ )?(?:đưa\ tin|phản\ ánh|thông\ tin)[^,]{0,20}(?=,)|thông\ tin\ từ\ [^,;]{2,60}(?=,)|
        (?:để|nhằm|với|ghi\ nhận|thực\ hiện|liên\ quan|trên\ cơ\ sở|căn\ cứ|4\ năm\ sau|phát\ biểu\ tại)\ [^;]{2,220}?(?=,\s*+(?:ngày|sáng|chiều|tối|hôm|tháng|năm|khoảng|vào)\b))\b?[\s,:]*+)*+""",
    regex.VERBOSE,
)
_BEFORE_DATE = regex.compile(r"(?:\b(?:vào|khoảng|lúc|từ|hồi|trong|hôm|đến|cuối|đầu|giữa|sáng|trưa|chiều|tối|đêm|rạng sáng|ngay|cách đây|tại|trong đợt[^,;]{0,30}|\d{1,2}\s?[hg]\s?\d{0,2}(?:\s?phút)?)\s*)+\Z")
_EDGES = " \t\n.,;:!?…\"'*_”’/|"


def clause_around(shadow: str, lower: str, date: Date, start: int, end: int, others: list[Date]) -> tuple[int, int]:
    """The clause of the sentence `start:end` that `date` stands in, without lead words and comments."""
    for other in others:
        if other.end <= date.start:
            start = max(start, _border_between(lower, other.end, date.start) or start)
        elif other.start >= date.end:
            border = _border_between(lower, date.end, other.start)
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
    return begin, max(stop, date.end)


def _begin(lower: str, date: Date, start: int, end: int) -> int:
    lead = _LEADING.match(lower, start, date.start)
    begin = lead.end() if lead else start
    if before := _BEFORE_DATE.search(lower, max(begin, date.start - 60), date.start):
        place = before.start()
    else:
        place = date.start
    comma = lower.rfind(",", begin, place)
    if comma >= 0 and not lower[comma + 1 : place].strip() and lower[date.end : date.end + 2].lstrip()[:1] not in (".", ";"):
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
    tail = lower[left:place].rstrip()
    if tail.endswith((",", " và", " rồi", " thì", " đến")) and len(tail) > 25:
        return place
    return None

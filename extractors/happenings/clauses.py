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


# Words before a date that make it no date of a happening of this clause: comparisons, horizons, names, births.
_NEVER = (
    r"so với|cùng kỳ|sinh|truy cập|lưu trữ|cập nhật|bản gốc|tính đến|tính từ|kỷ niệm|(?<!\d (?:năm|tháng|ngày) )sau|trước|trước thời điểm|từ trước|như|hạn chót|"
    r"dịp|mừng|nghỉ lễ|ngày lễ|lễ|thời hạn|hết hạn|ngày (?:nhà giáo|truyền thống|quốc tế|thành lập|thương binh|gia đình|phụ nữ|thầy thuốc|báo chí|doanh nhân|pháp luật|giải phóng|quốc khánh|hội)[^,;]{0,60}"
)
_NOT_COARSE = (
    r"giai đoạn|nhiệm kỳ|năm học|niên khoá|niên khóa|kế hoạch|chỉ tiêu|dự toán|ngân sách|kể từ|tầm nhìn|định hướng|quy hoạch|chiến lược|thấp nhất|cao nhất|nhiều nhất|lần đầu|hồ sơ|mùa giải|mùa|"
    r"world cup|sea games|euro|olympic|nhiệm vụ|đạt|mức|báo cáo|thông tư|nghị định|luật|quyết định|vụ|khoá|khóa|kỳ thi|đề án|chương trình|phong trào|tuyển sinh|thế hệ|phiên bản|đến|hết|cho|của|cả|"
    r"thường niên|tài chính|doanh thu|lợi nhuận|kết quả|tình hình|dự báo|đến hết"
)
NOT_ITS_DATE = regex.compile(rf"(?:^|\b)(?:{_NEVER})\s*(?:của\s|cho\s|là\s|ngày\s|vào\s)*\Z")
NOT_COARSE = regex.compile(rf"\b(?:{_NOT_COARSE})\s*(?:của\s|cho\s|là\s|năm\s|tháng\s)*\Z")
IN_FORCE = regex.compile(r"\b(?:hiệu lực|áp dụng|thực hiện)\b[^.;]{0,40}\Z")
# A month, quarter or year dates a happening only as an adverbial of the clause.
ADVERBIAL = regex.compile(r"(?:^|[,;:(\"]|\b(?:vào|trong|từ|hồi|ngay|khoảng|đầu|cuối|giữa|đến|và|khi|rồi|thì))\s*\Z")
_LIST_SEPARATOR = regex.compile(r";")
# Where a happening ends and its comment begins.
_COMMENT = regex.compile(
    r"""(?:,\s*|\s)(?:trong\ đó|trong\ khi|đánh\ dấu|đặt\ cơ\ sở|đặt\ nền\ móng|tạo\ hành\ lang|tạo\ điều\ kiện|tạo\ tiền\ đề|tạo\ cơ\ sở|góp\ phần|nhận\ thấy|qua\ đó|từ\ đó|theo\ đó|nhờ\ đó|bởi|và\ đến\ nay|nhưng\ đến\ nay|do\ đã|do\ có|
        do\ vi\ phạm|vì\ vậy|để\ kịp\ thời|nhằm\ kịp\ thời|bao\ gồm|đồng\ thời\ (?:giao|yêu)|cụ\ thể|mang\ dòng|tuy\ nhiên|nhưng|song\ (?:đến|cho)|và\ đã\ gia\ hạn|khiến|sau\ khi\ bị|trong\ bối\ cảnh)\b""",
    regex.VERBOSE,
)
_LEADING = regex.compile(
    r"""[\s"'*\-–+(]*+(?:\[sửa\ \|\ sửa\ mã\ nguồn\][\s\-*]*+)?(?:(?:trước\ đó|tiếp\ đó|sau\ đó|theo\ đó|cụ\ thể|đồng\ thời|ngoài\ ra|bên\ cạnh\ đó|tuy\ nhiên|hiện\ nay|hiện|mới\ đây\ nhất|mới\ đây|gần\ đây|trước\ đây|đặc\ biệt|và|còn|nhưng|đến|thì|trong\ khi\ đó|cũng\ trong|
        trải\ qua\ nhiều\ giai\ đoạn|được\ biết|riêng|theo\ (?!quyết\ định)[^,;]{2,90}(?=,)|như\ [^,;]{2,60}\ (?:đã\ )?(?:đưa\ tin|phản\ ánh|thông\ tin)[^,]{0,20}(?=,)|thông\ tin\ từ\ [^,;]{2,60}(?=,)|
        (?:để|nhằm|với|ghi\ nhận|thực\ hiện|liên\ quan|trên\ cơ\ sở|căn\ cứ|4\ năm\ sau|phát\ biểu\ tại)\ [^;]{2,220}?(?=,\s*+(?:ngày|sáng|chiều|tối|hôm|tháng|năm|khoảng|vào)\b))(?!\p{L})[\s,:]*+)*+""",
    regex.VERBOSE,
)
_BEFORE_DATE = regex.compile(r"(?:\b(?:vào|khoảng|lúc|từ|hồi|trong|hôm|đến|cuối|đầu|giữa|sáng|trưa|chiều|tối|đêm|rạng sáng|ngay|cách đây|tại|trong đợt[^,;]{0,30}|cũng trong|\d{1,2}\s?[hg]\s?\d{0,2}(?:\s?phút)?)\s*)+\Z")
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

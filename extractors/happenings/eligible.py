"""Which dates can be those of a happening: not in a name, no horizon, no comparison, no label, no holiday."""

from __future__ import annotations

from bisect import bisect_left

import regex

from extractors.clause_words import any_of
from extractors.facts import Date
from extractors.happenings.clauses import IN_FORCE, NOT_COARSE, NOT_ITS_DATE

_PLANNED = regex.compile(r"\bdự kiến [^,;]{0,40}\s(?:trước|trước cuối)\s\Z")
# `kéo dài thời hạn áp dụng … đến hết ngày 30/6`: when it ends, not when it happens.
_LASTS = regex.compile(r"\b(?:kéo dài|gia hạn|duy trì|tiếp tục)\b[^.;]{0,300}?\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?\Z")
_LASTS_REACH = 320
_IN_FORCE_BEFORE = regex.compile(r"\btrước\s(?:thời điểm\s)?(?:ngày\s)?\Z")
_UNTIL = ("đến", "tới", "hết", "đến ngày", "tới ngày", "hết ngày")
# `chậm nhất 31 tháng 3 năm sau`: a term of every year.
_EVERY_YEAR = ("năm sau", "năm kế tiếp", "năm tiếp theo", "năm liền kề", "hàng năm", "hằng năm")
_AT_LATEST = regex.compile(r"\b(?:chậm nhất|muộn nhất|không quá|trước)\s(?:(?:vào|là|đến|hết|ngày)\s)*\Z")
_DECADE = regex.compile(r"\d{2}[\dX]X")
_UP_TO = regex.compile(
    r"(?:[\s\"'*-]*+|.*(?:,|\svà)\s)(?:đến|tới|hết|đến hết|đến hết quý|cho đến)\s(?:cuối |giữa |đầu |hết )?\Z"
)
_DONE_BY_THEN = regex.compile(
    r"\b(?:đã|mới|chính thức|bị|thì|được (?:bầu|bổ nhiệm|đề bạt|cử|phong|thành lập|đổi tên|sáp nhập|tái lập|giải thể|"
    r"công nhận|tách|chia)|bảo vệ thành công|tốt nghiệp|ra quyết định|có quyết định|ban hành|phê duyệt|khởi tố|"
    r"khởi công|khánh thành|thông qua|đổi thành|đổi tên|sáp nhập|chuyển thành)\b"
)
_SAME_DAY_ELSEWHERE = regex.compile(r"\((?:nhằm|tức|tức là|âm lịch)\s(?:là\s|vào\s|ngày\s)*\Z")
_TABLE_OF_HOLDERS = regex.compile(r"\s?-?\s?:\s(?:\p{Lu}\p{L}*+ ?){2,5}+\s*(?:[,(;-]|\Z)")
_NO_MATTER = regex.compile(rf"\s*+{any_of('after a kept day')}")
_AGE = regex.compile(r"\s?\(\d{1,3} năm")  # the age of a body in a table: `13/01/1979 (46 năm, 65 ngày)`
_HOLIDAY_NAME = regex.compile(r"\s(?:là )?Ngày\s\p{Lu}")
_LABEL = regex.compile(rf"{any_of('label of a date')}\s*[:|]?[\s*|]*\Z")


# `Theo tờ X ngày 6/7, …`: the day of a source, not of what it tells.
_SOURCE = regex.compile(
    r"[\s\"'*-]*+theo\s(?!quyết định|nghị quyết|nghị định|kế hoạch|lịch|lệnh|sắc lệnh|thông tư|hiệp định|chỉ thị)"
    r"[^,;:]{2,60}?\s(?:số ra |ra |vào |hôm )?\Z"
)
_BORN = regex.compile(r"(?:sn|s\.n|sinh)\b")
_HOLIDAY = regex.compile(r"(?:mùa |dịp |lễ |ngày )?(?:tết|giáng sinh|noel|trung thu)\b[^\d]*+(?:\d{4})?")
_KEPT_SINCE = regex.compile(
    r"\s(?:trở thành|là|được lấy làm|được chọn là|được chọn làm) ngày (?:truyền thống|lễ|hội|kỷ niệm)\b"
)
_YEAR = regex.compile(r"\d{4}")
_ERA = regex.compile(r"[^\d]++")


def grain(edtf: str) -> str:
    """`day`, `month` or `year`: how fine the first bound of an EDTF value is."""
    return ("year", "month", "day")[min(edtf.split("/")[0].lstrip("{[").split(",")[0].count("-"), 2)]


def is_day(date: Date) -> bool:
    return grain(date.edtf or "") == "day" and "/" not in (date.edtf or "")


def left_of(lower: str, date: Date, start: int) -> str:
    """The words of the sentence before a date, as many as matter."""
    return lower[max(start, date.start - 90) : date.start]


def can_date(shadow: str, lower: str, names: list[tuple[int, int]], date: Date, start: int) -> bool:
    """The date can be that of a happening: not inside a name, not a horizon, a comparison, a holiday."""
    index = bisect_left(names, (date.start + 1, 0)) - 1
    if index >= 0 and names[index][0] <= date.start < names[index][1]:
        return False
    if date.start > start and lower[date.start - 1] in "-/":
        return False
    edtf = date.edtf or ""
    if "XX-XX" in edtf or "-XX-" in edtf or _DECADE.match(edtf):
        return False
    if "/" in edtf and edtf[:3] != edtf.split("/")[1][:3] and _ERA.fullmatch(lower, date.start, date.end):
        return False  # `trong thời kỳ chống Pháp`: years on end
    if _BORN.match(lower, date.start, date.end) or _HOLIDAY.fullmatch(lower, date.start, date.end):
        return False
    if lower.startswith(":", date.end) and 0 < len(lower[start : date.start].split()) < 8:
        return False  # `Giá vàng hôm nay 24/7: …`, `Lịch thi đấu ngày 5/6: …`
    if _KEPT_SINCE.match(lower, date.end, date.end + 60) and not _YEAR.search(lower, date.start, date.end):
        return False
    left = left_of(lower, date, start)
    if _SOURCE.match(lower, start, date.start) and lower.startswith(",", date.end):
        return False
    if _SAME_DAY_ELSEWHERE.search(left):
        return False
    if left.rstrip().endswith(_UNTIL) and _LASTS.search(lower, max(start, date.start - _LASTS_REACH), date.start):
        return False
    if lower.endswith(_EVERY_YEAR, date.start, date.end) and _AT_LATEST.search(left):
        return False
    if IN_FORCE.search(left) and not _IN_FORCE_BEFORE.search(left):
        return True
    if _LABEL.search(left) or (edtf.startswith("XXXX") and _NO_MATTER.match(lower, date.end, date.end + 60)):
        return False
    if _HOLIDAY_NAME.match(shadow, date.end, date.end + 20) or _AGE.match(lower, date.end, date.end + 12):
        return False
    if NOT_ITS_DATE.search(left) and not _PLANNED.search(left):
        return False
    if grain(edtf) == "day":
        return not (date.start - start < 12 and _TABLE_OF_HOLDERS.match(shadow, date.end, date.end + 60))
    if _UP_TO.match(lower, start, date.start):
        return bool(_DONE_BY_THEN.search(lower, date.end, date.end + 160))
    return not NOT_COARSE.search(left)

"""Where a directive ends, whether it is over and done, and the day it is due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import regex

from extractors.clause_words import any_of
from extractors.facts import Date

# What follows a directive in a press report and is no part of it: who said it, which paper, whose picture.
_TAIL = regex.compile(
    rf"""["”]?\s*(?:
        ["”]\s*[,.]?\s*[-–]?\s*(?i:theo\ )?(?:\p{{Lu}}|{any_of("after quote")})[^"”]{{0,120}}
      | ,\s*(?:theo\ (?!{any_of("basis of act")})[^,;]{{2,60}}
            | báo\ [^,;]{{2,40}}\ đưa\ tin
            | \p{{Lu}}[\w.]*+(?:\ \p{{Lu}}?[\w.]*+){{0,4}}\ {any_of("said")})
      | \s-\s*(?i:ảnh|nguồn|video|đồ\ hoạ|clip)\b.*+
      | \(\s*(?i:ảnh|nguồn|video|hình)\b.*+
    )\Z""",
    regex.VERBOSE | regex.DOTALL,
)
# Where the act ends and the writer's own words begin.
_REASON = regex.compile(
    r",\s*+(?:bởi|vì vậy|do đó|trước mắt cần thực hiện|tập trung một số|dù|mặc dù|tuy nhiên|nhưng|theo đó|"
    r"chứ (?:không|cũng không|đừng|chưa))\b"
    r"|\snhưng (?:đây|đến nay|ông|bà)\b|\s-\s+(?:ông|bà|anh|chị|đại diện|[Ảả]nh|[Nn]guồn)\b"
)
_EDGES = " \t\n.,;:!?…\"'*_)]”’»/"
_DONE = regex.compile(
    r"\b(?:xong|đã xong|và đã được|nhưng (?:đều |cũng )?(?:đến nay|(?:lại )?(?:chưa|không)|bị|các|họ|ông|bà|đơn vị)"
    r"|nên (?:đã|các|ông|bà)"
    r"|, (?:kết quả|nhờ đó|từ đó đã|qua đó đã))\b"
)
_DUE = regex.compile(
    rf"(?:{any_of('due')}|(?:chậm|muộn) nhất(?: là)?(?: (?:vào|trong|đến))?|trong(?: vòng)?|"
    r"(?:hạn cuối|thời hạn)(?: là)?)\s*(?:ngay |cả |cuối |đầu |giữa )?\Z"
)
_SAME_CLAUSE = 400  # characters
_STRICT_DUE = ("trước", "chậm nhất", "muộn nhất", "đến hết", "hạn", "không quá", "không muộn", "xong")
# `trình đề án trước ngày …`: what is to be handed in by that day.
_WORK_ASKED_FOR = ("đề án", "kế hoạch", "chương trình", "quy hoạch", "chiến lược", "dự toán")
_SPANS_OF_YEARS = ("giai đoạn", "thời kỳ", "nhiệm kỳ", "niên", "năm học")
# A day named after these belongs to a reason, a past event or another clause, and not to the act that is asked for.
_ANOTHERS = regex.compile(
    rf"\b(?:{any_of('another clause')}|(?<!không )(?<!tuyệt đối không )để\s(?!{any_of('purpose act')}\b))\b[^;]*\Z"
)
_OVER_BY_THEN = regex.compile(r"\b(?:đã|từng|vốn|phát sinh|xảy ra|tồn tại)\b[^,;]{0,80}\Z")
_NOT_DUE = regex.compile(rf"{any_of('not due')}\b(?!\sđể\b)[^,;.]{{0,10}}\Z")


def act_end(shadow: str, start: int, stop: int) -> int:
    """The end of the clause that begins at `start` and lies in a sentence that ends at `stop`."""
    end = start + len(shadow[start:stop].rstrip(_EDGES))
    if tail := _TAIL.search(shadow, max(start, end - 220), end):
        end = tail.start()
    else:
        end = _tail_after_quote(shadow, start, stop, end)
    if (reason := _REASON.search(shadow, start, end)) and reason.start() - start > 30:
        end = reason.start()
    end = start + len(shadow[start:end].rstrip(_EDGES))
    return _closed(shadow, start, end, stop)


def _tail_after_quote(shadow: str, start: int, stop: int, end: int) -> int:
    """A lone closing quote ends the words of the speaker."""
    quote = shadow.find('"', start, end)
    if (
        quote > start + 20
        and shadow.count('"', start, end) == 1
        and shadow[quote - 1 : quote + 2].strip('" ,.') in ("", shadow[quote - 1])
    ):
        return quote
    return end


def _closed(shadow: str, start: int, end: int, stop: int) -> int:
    """Take a closing bracket or quote back in where its partner is inside."""
    for opening, closing in ("()", '""', "[]"):
        inside = shadow.count(opening, start, end)
        unpaired = inside > shadow.count(closing, start, end) if opening != closing else inside % 2 == 1
        if unpaired and end < stop and shadow[end : end + 1] == closing:
            end += 1
    return end


def is_done(lower: str, start: int, end: int) -> bool:
    """The act is over: `đã chỉ đạo xử lý xong`."""
    return bool(_DONE.search(lower, start, end))


_DAY = regex.compile(r"(?:1[89]|20)\d\d-\d\d-\d\d")
_OPENS = regex.compile(
    r"[\s\"'*_-]*+(?:(?:trước đó|sau đó|tiếp đó|và|đến|vào|hồi|cũng|từ|khoảng|đầu|cuối|giữa)[,\s]*+)*+"
)


class Deadlines:
    """The dates of a document, asked for the one a directive names as its last day."""

    def __init__(self, lower: str, dates: Sequence[Date]) -> None:
        self._lower = lower
        self._dates = sorted(
            (d for d in dates if d.edtf and d.type in ("date", "interval")), key=lambda date: date.start
        )
        self._starts = [date.start for date in self._dates]

    @cached_property
    def now(self) -> int | None:
        """The last year that a whole day is named of: the text is no older."""
        days = [date.edtf for date in self._dates if date.edtf and _DAY.fullmatch(date.edtf)]
        return max(int(day[:4]) for day in days) if days else None

    def opening(self, start: int, end: int) -> int | None:
        """The year of the date that a sentence opens with: `Ngày 4/10/1945, …`, `Năm 1992 …`."""
        index = bisect_left(self._starts, start)
        date = self._dates[index] if index < len(self._dates) else None
        if date is None or date.start >= end or not _OPENS.fullmatch(self._lower, start, date.start):
            return None
        return int(date.edtf[:4]) if date.edtf and date.edtf[:4].isdigit() else None

    def within(self, start: int, end: int) -> str | None:
        """EDTF of the last day named in `start:end`, None where none is."""
        best: str | None = None
        for date in self._dates[bisect_left(self._starts, start) :]:
            if date.start >= end:
                break
            if self._lower.startswith(_SPANS_OF_YEARS, date.start):
                continue
            left = self._lower[max(start, date.start - 40) : date.start]
            due = _DUE.search(left)
            if not due:
                continue
            word = due.group()
            kept = _NOT_DUE.search(left[: due.start()])
            if kept and not (word.startswith(_STRICT_DUE) and kept.group().startswith(_WORK_ASKED_FOR)):
                continue
            if word.startswith(("từ", "kể từ", "đến", "là")) and "hết" not in word:
                continue
            before = self._lower[start : date.start - len(word)]
            if word.startswith(_STRICT_DUE):
                if word.startswith("trước") and _OVER_BY_THEN.search(before[-120:]):
                    continue
                return date.edtf
            if _ANOTHERS.search(before[-_SAME_CLAUSE:]):
                continue
            best = best or date.edtf
        return best

"""Chronicles: pages of a day (`14 tháng 8`) and lists of years, whose lines begin with the year of what they tell.

`- 1848 – Quốc hội Hoa Kỳ thông qua …` under `Sự kiện` of the page `14 tháng 8` happened on 1848-08-14; in a chronicle
of years it happened in 1848. Lists of births and deaths are no events (guidelines ch. 6).
"""

from __future__ import annotations

import regex

from corpus.document import Document
from extractors.facts import EventType
from extractors.happenings.kinds import Judge
from extractors.sentences import sentences
from extractors.structure import Block

_DAY_PAGE = regex.compile(r"\s*+#? ?(?:ngày )?(\d{1,2}) tháng (\d{1,2})[ \t]*+(?:\n|\Z)", regex.I)
_LINE = regex.compile(
    r"(?:\[\d+\]\s?-\s)?[*_]*+(?P<mark>(?:năm )?(?P<year>\d{1,4})(?P<bc> (?:tcn|trước công nguyên))?[*_]*+"
    r"(?:\s?[–—:]|\s-)\s)[*_]*+(?=\S)"
)
_NO_EVENTS = regex.compile(
    r"(?:ngày |người |những )?(?:sinh|mất|qua đời|lễ|kỷ niệm|nghỉ|tham khảo|xem thêm|chú thích|liên kết|danh sách"
    r"|tiểu sử|chức vụ|khen thưởng|nhân vật|giải nobel)\b"
)
_EVENTS = regex.compile(r"(?:các |những )?sự kiện\b")
_CHRONICLE = regex.compile(
    r"(?:các |những )?(?:sự kiện|biên niên|niên biểu|dòng thời gian|mốc (?:lịch sử|thời gian|son|phát triển|quan trọng)"
    r"|cột mốc|dấu mốc|lịch sử|quá trình (?:hình thành|phát triển))\b"
)
_NOTE = regex.compile(r"(?:\s?\[\d+\])+\Z")
_FEWEST = 5   # words of a line that tells a happening


class Chronicle:
    """Follows the headings of one document and reads the lines below those that announce happenings."""

    def __init__(self, document: Document, shadow: str, lower: str, judge: Judge) -> None:
        self._shadow, self._lower = shadow, lower
        page = _DAY_PAGE.match(document.title or "") or _DAY_PAGE.match(shadow, 0, 60)
        self._judge, self.of_day = judge, page is not None
        self._day = f"-{int(page[2]):02}-{int(page[1]):02}" if page and int(page[2]) <= 12 else ""
        self._open = False

    def heading(self, block: Block) -> None:
        """A heading opens or closes a list of happenings; one of a period (`Thế kỷ 20`) leaves it as it is."""
        if _NO_EVENTS.match(self._lower, block.body, block.end):
            self._open = False
        elif (_EVENTS if self._day else _CHRONICLE).match(self._lower, block.body, block.end):
            self._open = True
        elif not self._day and self._shadow[block.start] == "#":
            self._open = False

    def line(self, block: Block) -> tuple[int, int, str, EventType] | None:
        """Start, end, EDTF date and type of the happening that a line tells, None where it tells none."""
        line = _LINE.match(self._lower, block.body, block.end) if self._open else None
        if line is None or int(line["year"]) == 0:
            return None
        first = next(iter(sentences(self._shadow, line.end(), block.end)), (line.end(), block.end))
        words = self._shadow[line.end() : first[1]].rstrip(" .;,*_\"'\n")
        stop = line.end() + len(_NOTE.sub("", words).rstrip(" .;,*_\"'"))
        if stop - line.end() < 1 or len(self._shadow[line.end() : stop].split()) < _FEWEST:
            return None
        found = self._judge.trigger(line.end(), stop)
        if not self._day and (found is None or not found[1].strong or line["bc"]):
            return None
        year = 1 - int(line["year"]) if line["bc"] else int(line["year"])
        written = f"-{-year:04}" if year < 0 else f"{year:04}"
        return line.start("mark"), stop, written + self._day, found[1].type if found else "other"

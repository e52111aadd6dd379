"""Which clauses tell a happening, and of what type."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex

from corpus.document import Document
from corpus.shadow import lower as lower_case
from extractors.clause_words import any_of, words_of
from extractors.facts import Date, Event, EventType
from extractors.happenings.clauses import (
    ADVERBIAL,
    IN_FORCE,
    NOT_COARSE,
    NOT_ITS_DATE,
    Trigger,
    clause_around,
    trigger_anchors,
)
from extractors.structure import Block

_SAID = regex.compile(rf"\b{any_of('press')}\b")
_FINITE = regex.compile(rf"\b{any_of('came to pass')}\b")
_HAPPENED = regex.compile(rf"\b{any_of('took place')}\b")
_STATE = regex.compile(rf"\b{any_of('state')}\b")
_CAREER = regex.compile(rf"\b{any_of('career')}\b")
_CONDITION = regex.compile(
    rf"(?:{any_of('condition')}|(?:nghị định|thông tư|quyết định|luật|nghị quyết) này (?:quy định|áp dụng)|điều \d|"
    r"theo (?:tiểu mục|khoản|điểm|mục|điều|quy định))\b"
)
_MEETING_NAME = regex.compile(rf"\b{any_of('occasion')}\b[^,;:.]{{0,140}}\Z")
_TALK = regex.compile(rf"\b{any_of('talk')}\b")
_ISSUED = regex.compile(rf"\b{any_of('issued')}\b")
_PROMULGATION = regex.compile(
    r"[\p{L}\s]{4,80}?\sban hành (?:Nghị định|Thông tư|Quyết định|Nghị quyết|Luật|Pháp lệnh|Chỉ thị|Quy chế)\s"
    r"(?:về|quy định|sửa đổi|hướng dẫn|này)[^;]{10,400}[.:;,*_ ]*\Z"
)
_ONLY_TODAY = regex.compile(r"(?:ngày )?(?:hôm nay|nay)\Z")


_PLACE_AND_DAY = regex.compile(r"\p{Lu}[\p{L}\s.]{2,25},\s*ngày\s.{0,40}\Z")
_ANNIVERSARY = regex.compile(r"kỷ niệm \d+ năm[^()]{5,110}(?P<dates>\([^()]{10,40}\))")
_LEADING = regex.compile(r"[\s\"'*-]*+(?:(?:cụ thể|sau đó|tiếp đó|theo đó|cũng trong ngày),?\s*+)?")
_PART_OF_DAY = regex.compile(r"(?:vào\s)?buổi (?:sáng|chiều|tối)(?: cùng ngày)?,?\s")
_IN_FORCE_ROW = regex.compile(
    r"[\s|*_]*+(?:ngày\s(?:có\s)?hiệu lực|(?:có\s)?hiệu lực(?: thi hành| từ)?)\b[^\d]{0,30}\Z"
)
_SAID_ON = regex.compile(rf"\b{any_of('said on')}\s(?:(?:vào|hôm|ngày|sáng|chiều|tối|trong|đêm)\s)*\Z")
_BACKGROUND = regex.compile(rf"\b{any_of('background')}\s(?:\p{{L}}+\s){{0,1}}\Z")
_OFFICE = regex.compile(r"\b(?:là|giữ chức|làm|giữ chức vụ)\b")
_PAST = regex.compile(rf"\b{any_of('past')}\b")
_OF_ANOTHER = regex.compile(rf"\b{any_of('of another')}\b")
_MANY_DATES = 30  # more dates than that in one sentence are a table
_OCCASIONS = frozenset(words_of("occasion"))


def _rank(trigger: Trigger) -> int:
    """What happened comes before where it happened, and either before a verb that fits no type."""
    if trigger.type == "other":
        return 2
    return 1 if trigger.text in _OCCASIONS else 0


def grain(edtf: str) -> str:
    """`day`, `month` or `year`: how fine the first bound of an EDTF value is."""
    return ("year", "month", "day")[min(edtf.split("/")[0].lstrip("{[").split(",")[0].count("-"), 2)]


class Teller:
    """Reads the sentences of one document for the happenings they tell. `names` are the spans of decrees."""

    def __init__(self, document: Document, shadow: str, names: list[tuple[int, int]]) -> None:
        self._document, self._names = document, names
        self.shadow = self._shadow = shadow
        self._lower = lower_case(shadow)
        self._day: str | None = None  # the day that the last sentence with a day named

    def sentence(self, start: int, end: int, dates: list[Date]) -> Iterator[Event]:
        """The events of a sentence, at most one for each of its dates."""
        if len(dates) > _MANY_DATES:
            return
        if anniversary := self._anniversary(start, end, dates):
            yield anniversary
            return
        own = [date for date in dates if self._can_date(date, start)]
        days = [date for date in own if grain(date.edtf or "") == "day" and "/" not in (date.edtf or "")]
        if not days and (event := self._later_that_day(start, end)):
            yield event
            return
        if days:
            self._day = days[-1].edtf
        for date in own:
            if event := self._event(date, start, end, [other for other in own if other is not date]):
                yield event

    def _anniversary(self, start: int, end: int, dates: list[Date]) -> Event | None:
        """`Kỷ niệm 70 năm Ngày truyền thống (19/7/1946 - 19/7/2016)`: the second date is the day that is kept."""
        found = _ANNIVERSARY.match(self._lower, start, end)
        if found is None:
            return None
        inside = [date for date in dates if found.start("dates") <= date.start < found.end()]
        last = (inside[-1].edtf or "").split("/")[-1] if inside else ""
        return self._made(start, found.end(), last, "other", "anniversary") if last.count("-") == 2 else None

    def _later_that_day(self, start: int, end: int) -> Event | None:
        """`Buổi chiều, Quốc hội thông qua …` after a sentence that names the day."""
        lead = _LEADING.match(self._lower, start, end)
        begin = lead.end() if lead else start
        if self._day is None or not _PART_OF_DAY.match(self._lower, begin, end):
            return None
        found = self._trigger(begin, end)
        if found is None or found[1].type == "other" or len(self._lower[begin:end].split()) < 8:
            return None
        stop = begin + len(self._shadow[begin:end].rstrip(" .;,*_\"'"))
        return self._made(begin, stop, self._day, found[1].type, "same day")

    def property_row(self, block: Block, date: Date) -> Event | None:
        """`Ngày hiệu lực | 01/05/2026`, the row of a table of properties."""
        if grain(date.edtf or "") != "day" or not _IN_FORCE_ROW.match(self._lower, block.body, date.start):
            return None
        return self._made(block.body, date.end, date.edtf or "", "effect", "row")

    def promulgation(self, block: Block) -> Event | None:
        """`Chính phủ ban hành Nghị định quy định …` in the head of a notice that is dated elsewhere."""
        date = self._document.date
        if (
            not date
            or block.marker
            or block.end - block.body > 500
            or not _PROMULGATION.match(self._shadow, block.body, block.end)
        ):
            return None
        end = block.body + len(self._shadow[block.body : block.end].rstrip(" .:;,*_"))
        return self._made(block.body, end, date, "issuance", "promulgation")

    def _can_date(self, date: Date, start: int) -> bool:
        """The date can be that of a happening: not inside a name, not a horizon, a comparison, a holiday."""
        index = bisect_left(self._names, (date.start + 1, 0)) - 1
        if index >= 0 and self._names[index][0] <= date.start < self._names[index][1]:
            return False
        if date.start > start and self._lower[date.start - 1] in "-/":
            return False
        edtf = date.edtf or ""
        if "XX-XX" in edtf or "-XX-" in edtf:
            return False
        left = self._lower[max(start, date.start - 90) : date.start]
        if IN_FORCE.search(left):
            return True
        if NOT_ITS_DATE.search(left) or regex.match(
            r"\s(?:của năm|hàng năm|hằng năm|năm sau)", self._lower[date.end : date.end + 12]
        ):
            return False
        if grain(edtf) == "day":
            return True
        return not NOT_COARSE.search(left)

    def _event(self, date: Date, start: int, end: int, others: list[Date]) -> Event | None:
        lower = self._lower
        begin, stop = clause_around(self._shadow, lower, date, start, end, others)
        clause, begin = begin, self._after_saying(begin, date)
        if _SAID_ON.search(lower, max(begin, date.start - 40), date.start):
            return None
        kind, rule = self._kind(date, begin, stop, clause)
        if (name := _MEETING_NAME.search(lower, begin, date.start)) and (
            grain(date.edtf or "") == "day" or (grain(date.edtf or "") == "month" and "/" not in (date.edtf or ""))
        ):
            talk = _TALK.search(lower, date.end, stop)
            trigger = self._trigger(date.end, stop)
            if talk and (trigger is None or trigger[0] >= talk.start()):
                begin, stop, kind, rule = name.start(), date.end, "meeting", "meeting name"
            elif kind is None and _HAPPENED.search(lower, begin, stop):
                kind, rule = "meeting", "meeting name"
        if kind is None:
            return None
        return self._made(begin, stop, date.edtf or "", kind, rule)

    def _after_saying(self, begin: int, date: Date) -> int:
        """`Ông X cho biết 2 người bỏ trốn vào đêm 10-9`: the happening begins after the verb of saying."""
        last = None
        for said in _SAID.finditer(self._lower, begin, date.start):
            last = said
        if last is None or date.start - last.end() < 20:
            return begin
        after = regex.compile(r"[\s,:\"]*+(?:rằng\b\s*+)?").match(self._lower, last.end())
        return after.end() if after else begin

    def _trigger(self, start: int, end: int) -> tuple[int, Trigger] | None:
        """The first word of a happening; one of a type before one of the type `other`. Names do not count."""
        words = self._lower[start:end]
        hits = [
            hit
            for hit in trigger_anchors().longest(words)
            if hit[2].type != "none"
            and (hit[0] == 0 or self._shadow[start + hit[0]].islower())
            and not _BACKGROUND.search(words, max(0, hit[0] - 16), hit[0])
        ]
        if not hits:
            return None
        first = min(hits, key=lambda hit: (_rank(hit[2]), hit[0]))
        return start + first[0], first[2]

    def _kind(self, date: Date, begin: int, stop: int, clause: int) -> tuple[EventType | None, str]:
        """The type of the happening, None where the clause tells none."""
        lower, edtf = self._lower, date.edtf or ""
        words = lower[begin:stop]
        initial = date.start - begin < 30
        told = len(words.split()) - len(lower[date.start : date.end].split())
        if (
            told < (4 if begin == clause else 8)
            or _PLACE_AND_DAY.match(self._shadow, begin, stop)
            or _CONDITION.match(words)
            or self._cited(date, begin)
        ):
            return None, ""
        found = self._trigger(begin, stop)
        said = _SAID.search(lower, date.end, stop) if initial else None
        if said and (found is None or said.start() < found[0]):
            return None, ""
        if _ONLY_TODAY.fullmatch(lower, date.start, date.end) and not _FINITE.search(words):
            return None, ""
        since = lower[max(begin, date.start - 4) : date.start].strip() == "từ"
        if since and _OFFICE.search(lower, begin, date.start):
            return None, ""
        fine, span = grain(edtf), "/" in edtf
        if fine != "day":
            return self._coarse(date, begin, words, found, fine, span)
        if since and initial and not span and (found is None or found[1].type == "other") and not _PAST.search(words):
            return "effect", "from"
        if found is None:
            plain = not _STATE.search(words) and not span
            return ("other", "finite") if plain and (initial or _FINITE.search(words)) else (None, "")
        trigger = found[1]
        if span and _CAREER.search(words) and trigger.type != "meeting":
            return None, ""
        if trigger.type == "other" and _STATE.search(words) and not _HAPPENED.search(words):
            return None, ""
        if (
            trigger.type in ("meeting", "other")
            and not initial
            and not _HAPPENED.search(words)
            and len(words.split()) < 13
        ):
            return None, ""  # the caption of a picture
        return trigger.type, trigger.text

    def _coarse(
        self, date: Date, begin: int, words: str, found: tuple[int, Trigger] | None, fine: str, span: bool
    ) -> tuple[EventType | None, str]:
        """A month or a year dates a happening only where the clause says plainly what came to pass."""
        if found is None:
            return None, ""
        trigger = found[1]
        left = self._lower[begin : date.start]
        named = self._lower[date.start : date.end].startswith(("năm", "tháng", "đầu", "cuối", "giữa"))
        if not (named and trigger.strong and date.start > found[0]) and not ADVERBIAL.search(left):
            return None, ""
        if span and (fine == "year" or trigger.type == "other" or not trigger.strong or _CAREER.search(words)):
            return None, ""
        initial = date.start - begin < 30
        gap = max(date.start - found[0] - len(trigger.text), found[0] - date.end)
        if fine == "year" and not initial and gap > (90 if ADVERBIAL.search(left) else 45):
            return None, ""
        if trigger.type == "result" and not initial and "đã" not in words:
            return None, ""
        if fine == "year" and not trigger.strong:
            return None, ""
        if fine == "month" and not trigger.strong and not _HAPPENED.search(words):
            return None, ""
        if trigger.type == "other" and _STATE.search(words) and not trigger.strong:
            return None, ""
        return trigger.type, trigger.text

    def _cited(self, date: Date, begin: int) -> bool:
        """The date belongs to a document that is only cited: `theo Nghị định 62/2015/NĐ-CP ngày 18/7/2015`."""
        index = bisect_left(self._names, (date.start, 0)) - 1
        if index < 0:
            return False
        name_start, name_end = self._names[index]
        between = self._lower[name_end : date.start]
        if len(between) > 40 or regex.search(r"[;.:]|\b(?:đã|được|hiệu lực|thì|và)\b", between):
            return False
        issued = [found.end() for found in _ISSUED.finditer(self._lower, begin, name_start)]
        return not issued or bool(_OF_ANOTHER.search(self._lower, issued[-1], name_start))

    def _made(self, start: int, end: int, date: str, kind: EventType, rule: str) -> Event:
        return Event(start=start, end=end, text=self._document.text[start:end], rule=rule, date=date, event_type=kind)

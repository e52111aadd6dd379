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
from extractors.happenings.predicates import hidden, is_figure, is_finite, is_state
from extractors.structure import Block

_SAID = regex.compile(rf"\b{any_of('press')}\b")
_HAPPENED = regex.compile(rf"\b{any_of('took place')}\b")
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
_ISSUED_ROW = regex.compile(r"[\s|*_]*+ngày\s(?:ban hành|ký|thông qua|ký ban hành)\b[^\d]{0,30}\Z")
_PLANNED = regex.compile(r"\bdự kiến [^,;]{0,40}\s(?:trước|trước cuối)\s\Z")
_OF_DOCUMENT = regex.compile(
    r"\b(?:ban hành|thông qua|ký|có hiệu lực(?: thi hành)?)\s(?:(?:kể từ|từ|vào|ngày)\s)*\Z"
)
_BY_PAPER = regex.compile(rf"\bđược\s[^,;.]{{0,60}}{any_of('granted')}\s(?:tại|theo|bằng)\s\Z")
_FROM_THEN_ON = regex.compile(r"\bhiệu lực(?: thi hành| áp dụng| pháp luật)?\s(?:(?:kể|bắt đầu|từ|vào|ngày)\s)*\Z")
_PASSES = regex.compile(
    rf"\s(?:\p{{L}}+\s){{0,3}}?{any_of('passed')}|\s*(?:ngày|vào|tại|hôm|sáng|chiều|tháng|[,.;\"(])"
)
_SAID_ON = regex.compile(rf"\b{any_of('said on')}\s(?:(?:vào|hôm|ngày|sáng|chiều|tối|trong|đêm)\s)*\Z")
_BACKGROUND = regex.compile(rf"\b{any_of('background')}\s(?:\p{{L}}+\s){{0,1}}\Z")
_OFFICE = regex.compile(r"\b(?:là|giữ chức|làm|giữ chức vụ)\b(?! việc)[^,;(]*\Z")
_PAST = regex.compile(rf"\b{any_of('past')}\b")
_OF_ANOTHER = regex.compile(rf"\b{any_of('of another')}\b")
_REACH = 1500  # characters on either side of a date that its clause may reach
_NEIGHBOURS = 4  # dates on either side that can end the clause of a date
_DECADE = regex.compile(r"\d{2}[\dX]X")
_YEARS = regex.compile(r"\s?(?:,|và)\s(?:năm\s)?\d{4}\b")
_IN_TIME = rf"(?:{any_of('in time', 'before date')}\s)*+\Z"
_OPENING = regex.compile(rf"[\s\"'*(-]*+{_IN_TIME}|.*,\s*{_IN_TIME}")
_DIED = regex.compile(r"(?:ông|bà|cụ|người)\s(?:\p{L}+\s){0,3}?mất\s")
_NAMED = regex.compile(r"(?:(?:đầu|cuối|giữa)\s)?(?:năm\s\d{3,4}|tháng\s(?:\d|giêng|chạp))")
_DEED = regex.compile(rf",?\s(?:[\p{{L}}\d.-]+,?\s){{0,9}}?{any_of('deed')}\s")
_RESULTS = regex.compile(r"\b(?:được|còn|đều|luôn)\b")
_HORIZON = regex.compile(rf"\b{any_of('horizon')}\b")
_UP_TO = regex.compile(
    r"(?:[\s\"'*-]*+|.*(?:,|\svà)\s)(?:đến|tới|hết|đến hết|đến hết quý|cho đến)\s(?:cuối |giữa |đầu |hết )?\Z"
)
_DONE_BY_THEN = regex.compile(r"\b(?:đã|mới|chính thức|bị)\b")
_SAME_DAY = regex.compile(r"(?:cũng )?(?:trong )?cùng ngày|(?:trong )?cùng hôm|cùng ngày hôm đó")
_TABLE_OF_HOLDERS = regex.compile(r"\s?-?\s?:\s(?:\p{Lu}\p{L}*+ ?){2,5}+\s*(?:[,(;-]|\Z)")
_NO_MATTER = regex.compile(rf"\s*+{any_of('after a kept day')}")
_HOLIDAY_NAME = regex.compile(r"\s(?:là )?Ngày\s\p{Lu}")
_LABEL = regex.compile(rf"{any_of('label of a date')}\s*[:|]?[\s*|]*\Z")
_LETTER = regex.compile(rf"\b{any_of('letter')}\s(?:số\s)?[^,;:]{{0,60}}\Z")
_THEN_UNTIL = regex.compile(
    r"\s*+(?:đến|tới|-)\s(?:hết |cuối |chậm nhất )*(?:là )?(?:\d{1,2}\s?[gh]\s?\d{0,2}(?:\sphút)?,?\s)?(?:ngày )?\Z"
)
_OCCASIONS = frozenset(words_of("occasion"))


def _rank(trigger: Trigger) -> int:
    """What happened comes before where it happened, and either before a verb that fits no type."""
    if trigger.type == "other":
        return 2
    return 1 if trigger.text in _OCCASIONS else 0


def _is_day(date: Date) -> bool:
    return grain(date.edtf or "") == "day" and "/" not in (date.edtf or "")


def _until(lower: str, first: Date, second: Date) -> bool:
    """`từ 15/5/2025 đến chậm nhất 17g00 ngày 19/5/2025` that no date of two ends holds."""
    return lower[max(0, first.start - 4) : first.start].strip() == "từ" and bool(
        _THEN_UNTIL.match(lower, first.end, second.start)
    )


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
        if anniversary := self._anniversary(start, end, dates):
            yield anniversary
            return
        own = [date for date in dates if self._can_date(date, start)]
        days = [date for date in own if _is_day(date) and not _SAME_DAY.fullmatch(self._lower, date.start, date.end)]
        if not days and (event := self._later_that_day(start, end)):
            yield event
            return
        told: str | None = None
        for index, date in enumerate(own):
            near = own[max(0, index - _NEIGHBOURS) : index] + own[index + 1 : index + 1 + _NEIGHBOURS]
            if index and _THEN_UNTIL.match(self._lower, own[index - 1].end, date.start):
                continue  # the end of `từ 15/5 đến 19/5`
            event = self._event(date, max(start, date.start - _REACH), min(end, date.end + _REACH), near)
            if event is None:
                continue
            yield event
            if _is_day(date) and event.event_type != "effect":
                told = told or event.date
        self._day = told or (days[0].edtf if days and not IN_FORCE.search(self._left(days[0], start)) else self._day)

    def _left(self, date: Date, start: int) -> str:
        return self._lower[max(start, date.start - 90) : date.start]

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
        if grain(date.edtf or "") != "day":
            return None
        for row, kind in ((_IN_FORCE_ROW, "effect"), (_ISSUED_ROW, "issuance")):
            if row.match(self._lower, block.body, date.start):
                return self._made(block.body, date.end, date.edtf or "", kind, "row")  # type: ignore[arg-type]
        return None

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
        if "XX-XX" in edtf or "-XX-" in edtf or _DECADE.match(edtf):
            return False
        left = self._left(date, start)
        if IN_FORCE.search(left):
            return True
        if _LABEL.search(left) or (edtf.startswith("XXXX") and _NO_MATTER.match(self._lower, date.end, date.end + 60)):
            return False
        if _HOLIDAY_NAME.match(self._shadow, date.end, date.end + 20):
            return False
        if NOT_ITS_DATE.search(left) and not _PLANNED.search(left):
            return False
        if grain(edtf) == "day":
            return not (date.start - start < 12 and _TABLE_OF_HOLDERS.match(self._shadow, date.end, date.end + 60))
        if _UP_TO.match(self._lower, start, date.start):
            return bool(_DONE_BY_THEN.search(self._lower, date.end, date.end + 160))
        return not NOT_COARSE.search(left)

    def _event(self, date: Date, start: int, end: int, others: list[Date]) -> Event | None:
        lower = self._lower
        begin, stop = clause_around(self._shadow, lower, date, start, end, others)
        clause, begin = begin, self._after_saying(begin, date)
        if _SAID_ON.search(lower, max(begin, date.start - 40), date.start):
            return None
        kind, rule = self._kind(date, begin, stop, clause, start)
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
            return self._of_document(date, start)
        edtf = date.edtf or ""
        if _is_day(date) and self._day and _SAME_DAY.fullmatch(lower, date.start, date.end):
            edtf = self._day
        for other in others:
            if other.start >= date.end and _is_day(date) and _is_day(other) and _until(lower, date, other):
                edtf, kind = f"{edtf}/{other.edtf}", "other" if kind == "effect" and rule == "from" else kind
                stop = max(stop, other.end)
        return self._made(begin, stop, edtf, kind, rule)

    def _of_document(self, date: Date, start: int) -> Event | None:
        """`Luật 76/2015/QH13 … ban hành ngày 19/06/2015` inside a sentence about something else."""
        verb = _OF_DOCUMENT.search(self._lower, max(start, date.start - 60), date.start)
        index = bisect_left(self._names, (date.start, 0)) - 1
        if verb is None or index < 0 or not _is_day(date):
            return None
        begin, name_end = self._names[index]
        if begin < start or not name_end - 1 <= verb.start() <= name_end + 260:
            return None
        if regex.search(r"[;:]|\.\s", self._lower[name_end : verb.start()]):
            return None
        kind: EventType = "effect" if "hiệu lực" in verb.group() else "issuance"
        return self._made(begin, date.end, date.edtf or "", kind, "document")

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
            and (not hit[2].text.endswith("thông qua") or self._passes(words, hit[1]))
        ]
        if not hits:
            return None
        place, _, first = min(hits, key=lambda hit: (_rank(hit[2]), hit[0]))
        if not first.strong and any(hit[2].strong for hit in hits):
            first = Trigger(first.text, first.type, True)
        return start + place, first

    @staticmethod
    def _passes(words: str, end: int) -> bool:
        """`thông qua luật`, not `thông qua một công ty`: by way of."""
        return end == len(words) or _PASSES.match(words, end, end + 40) is not None

    def _kind(self, date: Date, begin: int, stop: int, clause: int, start: int) -> tuple[EventType | None, str]:
        """The type of the happening, None where the clause tells none."""
        lower, edtf = self._lower, date.edtf or ""
        words = lower[begin:stop]
        initial = date.start - begin < 30
        told = len(words.split()) - len(lower[date.start : date.end].split())
        if (
            told < (4 if begin == clause else 8)
            or _PLACE_AND_DAY.match(self._shadow, begin, stop)
            or _CONDITION.match(words)
            or _DIED.match(words)
            or self._cited(date, begin)
        ):
            return None, ""
        found = self._trigger(begin, stop)
        place = found[0] - begin if found else None
        at, past = date.start - begin, date.end - begin
        fine, span = grain(edtf), "/" in edtf
        said = _SAID.search(lower, date.end, stop) if initial and (fine == "day" or found is None) else None
        if said and (found is None or said.start() < found[0] or found[0] < date.start):
            return None, ""
        finite = is_finite(words, at, past)
        if (
            _ONLY_TODAY.fullmatch(lower, date.start, date.end)
            and not finite
            and (found is None or not 0 <= found[0] - date.end < 60)
        ):
            return None, ""
        since = lower[max(begin, date.start - 4) : date.start].strip() == "từ"
        if since and _OFFICE.search(lower, begin, date.start):
            return None, ""
        if fine != "day":
            return self._coarse(date, begin, words, found, fine, span)
        if since and initial and not span and (found is None or found[1].type == "other") and not _PAST.search(words):
            return "effect", "from"
        if _FROM_THEN_ON.search(lower, max(begin, date.start - 50), date.start):
            return "effect", "in force"
        state = is_state(words, at, past, place)
        if found is None:
            opens = initial and not (span and _CAREER.search(words)) and _OPENING.match(lower, begin, date.start)
            return ("other", "finite") if not state and (finite or opens) else (None, "")
        trigger = found[1]
        if span and _CAREER.search(words) and trigger.type != "meeting":
            return None, ""
        if trigger.type == "other" and state and not _HAPPENED.search(words):
            return None, ""
        if (
            trigger.type in ("meeting", "other")
            and not initial
            and begin <= start + 3
            and not _HAPPENED.search(words)
            and len(words.split()) < 13
        ):
            return None, ""  # the caption of a picture
        return trigger.type, trigger.text

    def _coarse(
        self, date: Date, begin: int, words: str, found: tuple[int, Trigger] | None, fine: str, span: bool
    ) -> tuple[EventType | None, str]:
        """A month or a year dates a happening only where the clause says plainly what came to pass."""
        at, past = date.start - begin, date.end - begin
        place = found[0] - begin if found else None
        finite = is_finite(words, at, past)
        strong = found is not None and found[1].strong
        left = words[:at]
        since = left.endswith("từ ")
        bare = not span and not since and _NAMED.match(words, at) and at < 12 and _DEED.match(hidden(words), past)
        if not finite and not bare and not (found and (strong or _HAPPENED.search(words))):
            return None, ""
        if since and not strong and _RESULTS.search(words, past):
            return None, ""
        if left.endswith("(") or _YEARS.match(words, past):
            return None, ""
        adverbial = ADVERBIAL.search(left)
        named = words[at:past].startswith(("năm", "tháng", "đầu", "cuối", "giữa"))
        if not adverbial and not (named and strong and place is not None and at > place):
            return None, ""
        if span and (fine == "year" or _CAREER.search(words)):
            return None, ""
        if _HORIZON.search(words) or is_state(words, at, past, place if strong else None):
            return None, ""
        if not strong and is_figure(words, at, past, place):
            return None, ""
        initial = at < 30
        if found is not None:
            gap = max(at - place - len(found[1].text), place - past)  # type: ignore[operator]
            if fine == "year" and not initial and gap > (90 if adverbial else 45):
                return None, ""
            if found[1].type == "result" and not initial and "đã" not in words:
                return None, ""
        if fine == "year" and not strong and not bare and not (finite and adverbial):
            return None, ""
        return (found[1].type, found[1].text) if found else ("other", "finite")

    def _cited(self, date: Date, begin: int) -> bool:
        """The date belongs to a document that is only cited: `theo Nghị định 62/2015/NĐ-CP ngày 18/7/2015`."""
        index = bisect_left(self._names, (date.start, 0)) - 1
        if index < 0:
            return False
        name_start, name_end = self._names[index]
        between = self._lower[name_end : date.start]
        if len(between) > 40 or regex.search(r"[;.:]|\b(?:đã|được|hiệu lực|thì|và)\b", between):
            return False
        if _BY_PAPER.search(self._lower, max(begin, name_start - 90), name_start):
            return False
        issued = [found.end() for found in _ISSUED.finditer(self._lower, begin, name_start)]
        return not issued or bool(_OF_ANOTHER.search(self._lower, issued[-1], name_start))

    def _made(self, start: int, end: int, date: str, kind: EventType, rule: str) -> Event:
        return Event(start=start, end=end, text=self._document.text[start:end], rule=rule, date=date, event_type=kind)

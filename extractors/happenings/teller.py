"""The sentences of a document read for the happenings they tell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex

from corpus.document import Document
from extractors.clause_words import any_of
from extractors.facts import Date, Event, EventType
from extractors.happenings.chronicle import Chronicle
from extractors.happenings.clauses import IN_FORCE, clause_around
from extractors.happenings.eligible import can_date, grain, is_day, left_of
from extractors.happenings.kinds import Judge
from extractors.layout import Layout
from extractors.structure import Block

_SAID = regex.compile(rf"\b{any_of('press')}\b")
_HAPPENED = regex.compile(rf"\b{any_of('took place')}\b")
_MEETING_NAME = regex.compile(rf"\b{any_of('occasion')}\b[^,;:.]{{0,140}}\Z")
_TALK = regex.compile(rf"\b{any_of('talk')}\b")
_PROMULGATION = regex.compile(
    r"[\p{L}\s]{4,80}?\sban hành (?:Nghị định|Thông tư|Quyết định|Nghị quyết|Luật|Pháp lệnh|Chỉ thị|Quy chế)\s"
    r"(?:về|quy định|sửa đổi|hướng dẫn|này)[^;]{10,400}[.:;,*_ ]*\Z"
)
# A rule of the act, not its own head: `… ban hành Quyết định về Bảng giá … trước ngày 25 của tháng cuối quý`.
_DUE = regex.compile(r"\b(?:trước ngày|chậm nhất|muộn nhất|không quá|trong thời hạn|định kỳ)\b")
_ARTICLE = regex.compile(r"^\W{0,6}Điều \d", regex.MULTILINE)
_GROUND = regex.compile(r"(?:căn cứ|theo đề nghị|xét đề nghị)\b")
_ANNIVERSARY = regex.compile(r"kỷ niệm \d+ năm[^()]{5,110}(?P<dates>\([^()]{10,40}\))")
_KEPT_DAYS = regex.compile(r"kỷ niệm (?:lần thứ )?\d+[^()]{0,140}(?P<dates>\([^()]{8,40}\))")
_LEADING = regex.compile(r"[\s\"'*-]*+(?:(?:cụ thể|sau đó|tiếp đó|theo đó|cũng trong ngày),?\s*+)?")
_PART_OF_DAY = regex.compile(r"(?:vào\s)?buổi (?:sáng|chiều|tối)(?: cùng ngày)?,?\s")
# What goes on from the happening told before: at the same meeting, and after it on that day.
_GOES_ON = regex.compile(
    r"[\s\"'*-]*+(?P<lead>cũng tại|tại (?:buổi|cuộc|phiên|lễ|đại hội|hội nghị|kỳ họp)\b[^,;.]{0,70}+,|trong ngày,?"
    r"|bên cạnh đó,?|cũng trong dịp này,?|dịp này,?|nhân dịp này,?|tại đây,?"
    r"|(?P<then>sau đó,?|tiếp đó,?|tiếp theo,?|ngay sau đó,?|ngay sau khi [^,;.]{5,60}+,))\s"
)
# `Vụ việc xảy ra khi một chiếc xe lao lên vỉa hè …`: what was told before, told in full.
_IN_FULL = regex.compile(
    r"[\s\"'*-]*+(?:(?:vụ việc|sự việc|vụ tai nạn|vụ nổ|vụ cháy|vụ hoả hoạn|vụ hỏa hoạn|vụ xả súng|vụ đâm xe"
    r"|tai nạn|sự cố|vụ án|vụ cướp|vụ ẩu đả)(?: này| trên| nói trên)? (?:đã )?(?:xảy ra|diễn ra|bắt đầu))"
    r" (?:khi|lúc|sau khi|vào lúc|tại)\s"
)
_APPOINTED = regex.compile(r"[\s\"'*-]*+(?:ông|bà|đồng chí)(?: \p{L}+){0,4}? (?:cũng )?(?:được|bị) ")
_HAS = regex.compile(r"\b(?:đã|vừa|được|bị|cũng đã)\s(?:\p{L}+\s){0,2}\Z")
_GAP = 240  # characters from the happening told before to what goes on from it
_IN_FORCE_ROW = regex.compile(
    r"[\s|*_]*+(?:ngày\s(?:có\s)?hiệu lực|(?:có\s)?hiệu lực(?: thi hành| từ)?)\b[^\d]{0,30}\Z"
)
_ISSUED_ROW = regex.compile(r"[\s|*_]*+ngày\s(?:ban hành|ký|thông qua|ký ban hành)\b[^\d]{0,30}\Z")
_FOUNDED_ROW = regex.compile(
    r"[\s|*_]*+(?:ngày |năm )?(?:thành lập|giải thể|bãi bỏ)\b[\s|*_:]{1,30}(?:năm |tháng |ngày )?\Z"
)
_ROWS: tuple[tuple[regex.Pattern[str], EventType], ...] = (
    (_IN_FORCE_ROW, "effect"),
    (_ISSUED_ROW, "issuance"),
    (_FOUNDED_ROW, "founding"),
)
_NAMED_HAPPENING = regex.compile(
    r"\b(?P<head>vụ|trận|phiên toà|phiên tòa|chuyến thăm|cuộc gặp|phiên họp|buổi làm việc)"
    r"(?P<what>(?!\s(?:án|việc)\b)(?:\s[\p{L}\d.'()-]+){1,22}?|(?<=phiên t(?:oà|òa)))"
    r"(?:,?\s(?:xảy ra|diễn ra|tổ chức|mở))?"
    r"\s(?:(?:vào|hồi|hôm|ngày|lúc|rạng sáng|sáng|chiều|tối|đêm|trong)\s)*\Z"
)
_DEICTIC = regex.compile(r"(?:ngày )?(?:hôm )?nay")
_OF_NAME: dict[str, EventType] = {
    "phiên toà": "ruling", "phiên tòa": "ruling", "chuyến thăm": "meeting", "cuộc gặp": "meeting",
    "phiên họp": "meeting", "buổi làm việc": "meeting",
}
_OF_DOCUMENT = regex.compile(
    r"\b(?:ban hành|thông qua|ký|có hiệu lực(?: thi hành)?)\s(?:(?:kể từ|từ|vào|ngày)\s)*\Z"
)
_SAID_ON = regex.compile(
    rf"\b(?:{any_of('said on')}|(?:bình luận|phát biểu|tuyên bố|nhận định|lời kêu gọi) của [^,;.]{{2,40}})"
    r"\s(?:(?:vào|hôm|ngày|sáng|chiều|tối|trong|đêm)\s)*\Z"
)
_ANNOUNCED = regex.compile(
    r"\b(?:(?P<sure>đã(?: kịp)?|vừa(?: kịp)?)|sẽ|kịp(?! thời)|dự kiến"
    r"|sắp(?! xếp)|dự định|lên kế hoạch|theo kế hoạch|theo dự kiến|theo lịch)\b"
)
_AS_PLANNED = regex.compile(r"\btheo (?:kế hoạch|dự kiến|lịch)[^,;.]{0,20},\s*\Z")
_STATES_FROM = regex.compile(r"\bquy định(?: rõ)?,? (?=(?:kể )?từ (?:ngày )?\Z)")
_CLOSES = regex.compile(r"[;:]|\.\s")
_THAT = regex.compile(r"[\s,:\"]*+(?:rằng\b\s*+)?")
_CALENDAR = regex.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?")
_ARTICLE_REACH = 3000  # characters before a promulgation in which an article makes it a rule of the act
_REACH = 1500  # characters on either side of a date that its clause may reach
_NEIGHBOURS = 4  # dates on either side that can end the clause of a date
_SAME_DAY = regex.compile(r"(?:cũng )?(?:trong )?cùng ngày|(?:trong )?cùng hôm|cùng ngày hôm đó")
_THEN_UNTIL = regex.compile(
    r"\s*+(?:đến|tới|-)\s(?:hết |cuối |chậm nhất )*(?:là )?(?:\d{1,2}\s?[gh]\s?\d{0,2}(?:\sphút)?,?\s)?(?:ngày )?\Z"
)


def _until(lower: str, first: Date, second: Date) -> bool:
    """`từ 15/5/2025 đến chậm nhất 17g00 ngày 19/5/2025` that no date of two ends holds."""
    return lower[max(0, first.start - 4) : first.start].strip() == "từ" and bool(
        _THEN_UNTIL.match(lower, first.end, second.start)
    )


class Teller:
    """Reads the sentences of one document for the happenings they tell. `names` are the spans of decrees."""

    def __init__(self, document: Document, layout: Layout, names: list[tuple[int, int]]) -> None:
        self._document, self._names = document, names
        self.shadow = self._shadow = layout.shadow
        self.lower = self._lower = layout.lower
        self._judge = Judge(self._shadow, self._lower, names)
        self.chronicle = Chronicle(document, self._shadow, self._lower, self._judge)
        self._keeps_days = "kỷ niệm" in self._lower
        self._day: str | None = None  # the day that the last sentence with a day named

        self._last: Event | None = None  # the last happening that was told with its own day

    def sentence(self, start: int, end: int, dates: list[Date]) -> Iterator[Event]:
        """The events of a sentence, at most one for each of its dates."""
        if not dates:
            if event := self._later_that_day(start, end) or self._going_on(start, end):
                yield event
            return
        own = dates
        if self._keeps_days:
            if anniversary := self._anniversary(start, end, dates):
                yield anniversary
                return
            kept = [found.span("dates") for found in _KEPT_DAYS.finditer(self._lower, start, end)]
            own = [date for date in dates if not any(first < date.start < last for first, last in kept)]
        own = [date for date in own if can_date(self._shadow, self._lower, self._names, date, start)]
        days = [date for date in own if is_day(date) and not _SAME_DAY.fullmatch(self._lower, date.start, date.end)]
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
            if is_day(date) and event.event_type != "effect":
                told = told or event.date
                self._last = event
        if told is None and days and not IN_FORCE.search(left_of(self._lower, days[0], start)):
            told = days[0].edtf
        self._day = told or self._day

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
        if self._day is None:
            return None
        lead = _LEADING.match(self._lower, start, end)
        begin = lead.end() if lead else start
        if not _PART_OF_DAY.match(self._lower, begin, end):
            return None
        found = self._judge.trigger(begin, end)
        if found is None or found[1].type == "other" or len(self._lower[begin:end].split()) < 8:
            return None
        stop = begin + len(self._shadow[begin:end].rstrip(" .;,*_\"'"))
        return self._made(begin, stop, self._day, found[1].type, "same day")

    def _going_on(self, start: int, end: int) -> Event | None:
        """`Tại hội nghị, Bộ đã trao bằng khen …`, `Ông được bổ nhiệm …` right after a happening with its day."""
        last = self._last
        if last is None or last.planned or not 0 <= start - last.end <= _GAP:
            return None
        if start - last.end < 4 and _IN_FULL.match(self._lower, start, end) and last.event_type in ("other", "ruling"):
            stop = start + len(self._shadow[start:end].rstrip(" .;,*_\"'"))
            return self._made(start, stop, last.date, last.event_type, "in full")
        lead = _GOES_ON.match(self._lower, start, end)
        named = lead or (start - last.end < 4 and _APPOINTED.match(self._lower, start, end))
        begin = lead.end() if lead else start
        found = self._judge.trigger(begin, end) if named else None
        if found is None or len(self._lower[begin:end].split()) < 8 or _SAID.search(self._lower, begin, found[0]):
            return None
        kind = found[1].type
        if not _HAS.search(self._lower, max(begin, found[0] - 24), found[0]):
            return None
        if kind in ("other", "effect", "result") or (not lead and kind not in ("appointment", "award")):
            return None
        if lead and lead["then"] and kind != "meeting":
            return None
        stop = begin + len(self._shadow[begin:end].rstrip(" .;,*_\"'"))
        return self._made(begin, stop, last.date, kind, "goes on")

    def property_row(self, block: Block, date: Date) -> Event | None:
        """`Ngày hiệu lực | 01/05/2026`, the row of a table of properties."""
        for row, kind in _ROWS:
            if (kind == "founding" or grain(date.edtf or "") == "day") and row.match(
                self._lower, block.body, date.start
            ):
                return self._made(block.body, date.end, date.edtf or "", kind, "row")
        return None

    def column_cell(self, head: Block, block: Block, date: Date) -> Event | None:
        """`| Luật … | 01/01/2024 |` below `| Văn bản | Ngày hiệu lực |`: the column names what the date dates."""
        cells = self._lower[block.start : block.end].split("|")
        names = self._lower[head.start : head.end].split("|")
        column = self._lower.count("|", block.start, date.start)
        if block.start == head.start or len(cells) != len(names) or not 1 <= column < len(names):
            return None
        bare = cells[column].strip(" *_\t")
        kind = next((kind for row, kind in _ROWS[:2] if row.match(names[column].strip() + " ")), None)
        if kind is None or bare != self._lower[date.start : date.end].strip():
            return None
        index = bisect_left(self._names, (block.start, 0))
        begin = self._names[index][0] if index < len(self._names) else date.end
        if begin >= date.start:
            return None
        return self._made(begin, date.end, date.edtf or "", kind, "column")

    def chronicle_line(self, block: Block) -> Event | None:
        """`1848 – Quốc hội Hoa Kỳ thông qua …` in a list of years, or of one day in many years."""
        found = self.chronicle.line(block)
        return self._made(*found, "chronicle") if found else None

    def promulgation(self, block: Block, before: Block | None = None) -> Event | None:
        """`Chính phủ ban hành Nghị định quy định …` in the head of a notice that is dated elsewhere."""
        date = self._document.date
        if (
            not date
            or (block.marker and not (before and _GROUND.match(self._lower, before.body, before.end)))
            or block.end - block.body > 500
            or not _PROMULGATION.match(self._shadow, block.body, block.end)
            or _DUE.search(self._lower, block.body, block.end)
            or _ARTICLE.search(self._shadow, max(0, block.start - _ARTICLE_REACH), block.start)
        ):
            return None
        end = block.body + len(self._shadow[block.body : block.end].rstrip(" .:;,*_"))
        return self._made(block.body, end, date, "issuance", "promulgation")

    def _event(self, date: Date, start: int, end: int, others: list[Date]) -> Event | None:
        lower = self._lower
        begin, stop = clause_around(self._shadow, lower, date, start, end, others)
        clause, begin = begin, self._after_saying(begin, date)
        told_then = grain(date.edtf or "") != "day" or lower.startswith(", ", date.end)
        if not told_then and _SAID_ON.search(lower, max(begin, date.start - 80), date.start):
            return None
        kind, rule = self._judge.kind(date, begin, stop, clause, start)
        if (name := _MEETING_NAME.search(lower, begin, date.start)) and (
            grain(date.edtf or "") == "day" or (grain(date.edtf or "") == "month" and "/" not in (date.edtf or ""))
        ):
            talk = _TALK.search(lower, date.end, stop)
            trigger = self._judge.trigger(date.end, stop)
            if talk and (trigger is None or trigger[0] >= talk.start()):
                begin, stop, kind, rule = name.start(), date.end, "meeting", "meeting name"
            elif kind is None and _HAPPENED.search(lower, begin, stop):
                kind, rule = "meeting", "meeting name"
        if kind is None and (named := self._named(begin, date, start)):
            return named
        if kind is None:
            return self._of_document(date, start)
        edtf = date.edtf or ""
        if is_day(date) and self._day and _SAME_DAY.fullmatch(lower, date.start, date.end):
            edtf = self._day
        for other in others:
            if other.start >= date.end and is_day(date) and is_day(other) and _until(lower, date, other):
                edtf, kind = f"{edtf}/{other.edtf}", "other" if kind == "effect" and rule == "from" else kind
                stop = max(stop, other.end)
        return self._made(begin, stop, edtf, kind, rule, (date.start, date.end))

    def _named(self, begin: int, date: Date, start: int) -> Event | None:
        """`… trong vụ máy bay bị rơi ở Pakse hồi tuần trước …`: a noun phrase that names a happening and its day."""
        name = _NAMED_HAPPENING.search(self._lower, max(start, date.start - 160), date.start)
        if name is None or grain(date.edtf or "") != "day" or _DEICTIC.fullmatch(self._lower, date.start, date.end):
            return None
        found = self._judge.trigger(name.start(), date.start)
        kind: EventType = _OF_NAME.get(name["head"], found[1].type if found else "other")
        return self._made(name.start(), date.end, date.edtf or "", kind, "named")

    def _of_document(self, date: Date, start: int) -> Event | None:
        """`Luật 76/2015/QH13 … ban hành ngày 19/06/2015` inside a sentence about something else."""
        verb = _OF_DOCUMENT.search(self._lower, max(start, date.start - 60), date.start)
        index = bisect_left(self._names, (date.start, 0)) - 1
        if verb is None or index < 0 or not is_day(date):
            return None
        begin, name_end = self._names[index]
        if begin < start or not name_end - 1 <= verb.start() <= name_end + 260:
            return None
        if _CLOSES.search(self._lower[name_end : verb.start()]):
            return None
        kind: EventType = "effect" if "hiệu lực" in verb.group() else "issuance"
        return self._made(begin, date.end, date.edtf or "", kind, "document")

    def _after_saying(self, begin: int, date: Date) -> int:
        """`Ông X cho biết 2 người bỏ trốn vào đêm 10-9`: the happening begins after the verb of saying."""
        if stated := _STATES_FROM.search(self._lower, begin, date.start):
            return stated.end()
        last = None
        for said in _SAID.finditer(self._lower, begin, date.start):
            if not self._lower.startswith("kể từ", said.end() - 2):
                last = said
        if last is None or (date.start - last.end() < 20 and not self._lower.startswith(", ", date.end)):
            return begin
        after = _THAT.match(self._lower, last.end())
        return after.end() if after else begin

    def _made(
        self, start: int, end: int, date: str, kind: EventType, rule: str, day: tuple[int, int] | None = None
    ) -> Event:
        """`day`: where the date stands, for what the clause says of it."""
        return Event(
            start=start,
            end=end,
            text=self._document.text[start:end],
            rule=rule,
            date=date,
            event_type=kind,
            planned=self._planned(start, end, date, day),
        )

    def _planned(self, start: int, end: int, date: str, day: tuple[int, int] | None) -> bool:
        """Later than the document, or announced by the word that its date belongs to: `đã công bố sẽ mở ngày 5/6`."""
        now = self._document.date
        first, last = date.split("/")[0], date.split("/")[-1]
        if now and len(now) == 10 and _CALENDAR.fullmatch(first) and _CALENDAR.fullmatch(last):
            if first > now[: len(first)]:
                return True
            if last < now[: len(last)]:
                return False
        if _AS_PLANNED.search(self._lower, max(0, start - 45), start):
            return True
        place = day[0] if day else start
        word: regex.Match[str] | None = None
        for found in _ANNOUNCED.finditer(self._lower, start, end):
            if word is not None and found.start() > place:
                break
            word = found  # the last one before the date, else the first one after it
        return word is not None and word["sure"] is None

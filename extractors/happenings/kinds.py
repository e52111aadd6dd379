"""Of what type a happening is, None where the clause tells none."""

from __future__ import annotations

from bisect import bisect_left

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Date, EventType
from extractors.happenings.clauses import ADVERBIAL, Trigger, trigger_anchors
from extractors.happenings.eligible import grain
from extractors.happenings.predicates import hidden, is_figure, is_finite, is_state

_SAID = regex.compile(
    rf"\b(?:{any_of('press')}\b|thông tin(?=[,:])|tuyên bố(?=\s(?:rằng|ông|bà|họ|nước này|không|sẽ không)\b))"
)
_HAPPENED = regex.compile(rf"\b{any_of('took place')}\b")
_SAID_THEN = regex.compile(
    rf"(?:\s(?:đã|cũng|vừa))?\s(?:{any_of('press')}|(?:tuyên bố|cảnh báo)(?!\s{any_of('declared')}))\b"
)
_SEEMS = regex.compile(r"\s(?:có vẻ|dường như|hình như|trông có vẻ)\b")   # a scene, not a happening
# `Báo X ngày 19-3 đã có bài phản ánh …`: what the press printed.
_PRINTED = regex.compile(r"\s(?:đã |từng |cũng |vừa )*(?:có (?:loạt )?bài|đăng (?:tải|bài|tin)|phản ánh|đưa tin)\b")
# `tháng 5/2013, ông A đến một trung tâm …` in a story of a crime: month after month what a person did.
_CRIME = regex.compile(r"cáo trạng|hồ sơ vụ án|cơ quan điều tra|bản án|bị cáo|bị can|kết luận điều tra|công an")
_SOMEBODY = regex.compile(
    r",\s(?:(?i:ông|bà|anh|chị|em|cháu|vợ chồng|bị cáo|bị can|đối tượng|nghi phạm)\s(?:\p{Lu}|này)"
    r"|\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*)*+\s(?!\p{Lu}))"
)
_REPORTER = regex.compile(r",\s(?:nhóm\s|các\s|nhiều\s)?(?:phóng viên|pv)\b")
_LUNAR_TOO = regex.compile(r"\s?\([^()]{0,60}\)")  # `chiều 8/1 (tức 3/12 âm lịch)`
_CAREER = regex.compile(rf"\b{any_of('career')}\b")
_CONDITION = regex.compile(
    rf"(?:{any_of('condition')}|(?:nghị định|thông tư|quyết định|luật|nghị quyết) này (?:quy định|áp dụng)|điều \d|"
    r"theo (?:tiểu mục|khoản|điểm|mục|điều|quy định))\b"
)
_ISSUED = regex.compile(rf"\b{any_of('issued')}\b")
_ONLY_TODAY = regex.compile(r"(?:ngày )?(?:hôm nay|nay)\Z")
_DAY_NUMBER = regex.compile(r"\s\(?\d")
_ONLY_DATES = regex.compile(r"(?:(?:ngày|tháng|năm|và|đến)\b|[\d\s,./-])++\Z")
_LETTER_CAME = regex.compile(
    rf"\bnhận được\s(?:\p{{L}}+\s)?{any_of('sent paper', 'named paper')}(?:\s(?!vào|hôm|ngày)\p{{L}}+){{0,4}}\s\Z"
)
_PAPER_OF = regex.compile(
    r"\b(?:huỷ|hủy|bỏ|thay thế|theo|căn cứ|sửa đổi|thực hiện|tại)\s(?:các\s)?"
    r"(?:quyết định|văn bản|công văn|thông báo)"
    r"(?:\s\p{L}+){0,10}\s\Z"
)
# `tại đơn khởi kiện ngày 2-11-2010, ông A trình bày …`: the day of a paper of the case.
_PAPER_OF_CASE = regex.compile(
    r"\b(?:tại|theo|trong|căn cứ|qua|viện dẫn)\s(?:các\s|nội dung\s)?"
    r"(?:đơn|bản tự khai|bản khai|lời khai|biên bản|giấy)(?:\s\p{L}+){0,8}\s\Z"
)
# `Kháng nghị … đối với Bản án số 45/2013/DS-PT ngày 17-6-2013`: the day of the judgment appealed against.
_APPEALED = regex.compile(
    r"\b(?:đối với|kháng nghị|kháng cáo|huỷ|hủy|sửa|giữ nguyên)\s(?:một phần\s|toàn bộ\s)?(?:các\s)?bản án"
    r"(?:\s[\p{L}\d./-]+){0,14}\s\Z"
)
_ONLY_IF = regex.compile(r"\b(?:trường hợp|nếu|giả sử)\s(?:(?:đến|tới|tính|từ|kể|sau|trước|hết|mà|vào)\s)*\Z")
_TO_BE_IN_TIME = regex.compile(r"\b(?:để|nhằm|bảo đảm|đảm bảo)\skịp\s(?!thời)[^,;.:]{0,120}\Z")
_UNDONE = regex.compile(r",?\s(?:không|chưa)\s")
_ARREST_TOLD = regex.compile(
    r"\s(?:cho biết|cho hay|xác nhận|thông tin)[,:]?\s(?:(?:đơn vị|cơ quan) (?:này|đã)\s|vừa\s|đã\s)+\Z"
)
_BY_DECREE = regex.compile(
    r",\s[^,;:]{3,90}?\s(?:được|bị)\s(?:\p{L}+\s){0,2}?"
    r"(?:bổ nhiệm|phong|thăng|thành lập|đổi tên|sáp nhập|tách|chia|giải thể|cử|điều động|tổ chức lại|nâng cấp|"
    r"công nhận|hợp nhất)\b"
)
# `ông X hôm 25/3 trồng cây`: a word right after the day of a subject that opens no phrase is its predicate.
_ACTS = regex.compile(
    rf"(?:\s\([^()]{{1,30}}\))?\s(?!(?:{any_of('state', 'press', 'in time', 'before date', 'adverbial')}"
    rf"|{any_of('subordinate', 'comment')}|của|ở|bởi|mà|này|đó|nhân|cùng|còn|nói|hay|hoặc|giữa|gần|cách|tức|sắp|tại"
    r"|tuyên bố|thông báo|cảnh báo|kêu gọi|vừa qua|qua|tới|nay|gây)\b)\p{Ll}"
)
_PLACE_AND_DAY = regex.compile(r"\p{Lu}[\p{L}\s.]{2,25},\s*ngày\s.{0,40}\Z")
_BY_PAPER = regex.compile(rf"\bđược\s[^,;.]{{0,60}}{any_of('granted')}\s(?:tại|theo|bằng)\s\Z")
_FROM_THEN_ON = regex.compile(r"\bhiệu lực(?: thi hành| áp dụng| pháp luật)?\s(?:(?:kể|bắt đầu|từ|vào|ngày)\s)*\Z")
# `trước ngày Thông tư này có hiệu lực`: by that the clause only tells when; `thì được áp dụng`: a rule.
_ONLY_WHEN = regex.compile(
    r"(?:\b(?:trước|sau|từ|đến|tại|trong|kể từ)\s(?:khi|ngày|thời điểm|lúc)\s(?!\d|này\b|đó\b)[^,;.:]{3,80}|\bthì)\s\Z"
)
_CUT_OFF = regex.compile(r"[\s(](?:TP|TX|Q|P|H)\Z")   # a line that breaks off behind `TP.`
_ONCE = regex.compile(r"\btừng\s(?:được\s|bị\s)?\Z")   # `ông X, từng bị kỷ luật, được điều động …`: what came before
_LIFE = 15   # years
_PASSES = regex.compile(
    rf"\s(?:\p{{L}}+\s){{0,3}}?{any_of('passed')}|\s*(?:ngày|vào|tại|hôm|sáng|chiều|tháng|[,.;\"(])"
)
_BACKGROUND = regex.compile(rf"\b{any_of('background')}\s(?:\p{{L}}+\s){{0,1}}\Z")
_OFFICE = regex.compile(r"\b(?:là|giữ chức|làm|giữ chức vụ)\b(?! việc)[^,;(]*\Z")
_PAST = regex.compile(rf"\b{any_of('past')}\b")
_OF_ANOTHER = regex.compile(rf"\b{any_of('of another')}\b")
# When a page was published: `Cập nhật lúc 10:58, Thứ Sáu, 14/11/2008 (GMT+7)`.
_DATELINE = regex.compile(r"(?:cập nhật|đăng (?:lúc|ngày)|(?:thứ \p{L}+|chủ nhật),\s)[^.]{0,60}\Z")
_AFTER_YEARS = regex.compile(r"\d{4}\s?(?:,|và)\s(?:năm\s)?\Z")
_YEARS = regex.compile(r"\s?(?:,|và)\s(?:năm\s)?\d{4}\b")
_IN_TIME = rf"(?:(?:{any_of('in time', 'before date')}|\d{{1,2}}\s?[hg]\s?\d{{0,2}}(?:\s?phút)?)\s)*+\Z"
_OPENING = regex.compile(rf"[\s\"'*(-]*+{_IN_TIME}|.*,\s*{_IN_TIME}")
_DIED = regex.compile(r"(?:ông|bà|cụ)\s(?:\p{L}+\s){0,3}?mất\s(?:vào|ngày|năm|tại|ở|hồi|lúc|vì|do|sáng|đêm)\b")
_NAMED = regex.compile(r"(?:(?:đầu|cuối|giữa)\s)?(?:năm\s\d{3,4}|tháng\s(?:\d|giêng|chạp)|[\p{L}\d]+\snăm\ssau)")
_DEED = regex.compile(rf",?\s(?:[\p{{L}}\d.-]+,?\s){{0,9}}?{any_of('deed')}\s")
_RESULTS = regex.compile(r"\b(?:được|còn|đều|luôn)\b")
_HORIZON = regex.compile(rf"\b{any_of('horizon')}\b")
# Only a plan, a wish or a ground after the date: `Năm 2025, mặc dù gặp khó khăn …`.
_CONCEDED = regex.compile(r",?\s(?:mặc dù|mặc dầu|dù|tuy)\b")
_SINCE_THEN = regex.compile(r"[\s\"'*-]*+(?:kể )?(?:từ khi|sau khi|trước khi|từ sau khi)\s[^,;]*+")
_RULE_FOLLOWS = regex.compile(r"\b(?:thì (?:được|bị|phải|không|thực hiện|áp dụng)|mà có)\b")
_ASKING = frozenset(words_of("asks another"))
_OCCASIONS = frozenset(words_of("occasion"))


def _rank(trigger: Trigger) -> int:
    """What happened comes before where it happened, and either before a verb that fits no type."""
    if trigger.type == "other":
        return 2
    return 1 if trigger.text in _OCCASIONS else 0


_NOT_ITS_NAME = regex.compile(r"[;.:]|\b(?:đã|được|hiệu lực|thì|và)\b")


def _is_life(edtf: str) -> bool:
    """`(4 tháng 10 năm 1920 – 9 tháng 12 năm 2002)`: when somebody lived."""
    first, _, last = edtf.partition("/")
    return last[:4].isdigit() and first[:4].isdigit() and int(last[:4]) - int(first[:4]) >= _LIFE


class Judge:
    """Decides about the clauses of one document. `names` are the spans of its decrees."""

    def __init__(self, shadow: str, lower: str, names: list[tuple[int, int]]) -> None:
        self._shadow, self._lower, self._names = shadow, lower, names
        self._of_crime: bool | None = None

    def trigger(self, start: int, end: int) -> tuple[int, Trigger] | None:
        """The first word of a happening; one of a type before one of the type `other`. Names do not count."""
        words = self._lower[start:end]
        hits = [
            hit
            for hit in trigger_anchors().longest(words)
            if hit[2].type != "none"
            and (hit[0] == 0 or self._shadow[start + hit[0]].islower() or words[hit[0] - 1] in '(*"|')
            and not (words[max(0, hit[0] - 1)] == '"' and words.startswith('"', hit[1]))  # `"bầu" Kiên`: a nickname
            and not _BACKGROUND.search(words, max(0, hit[0] - 16), hit[0])
            and not (hit[2].type == "effect" and _ONLY_WHEN.search(words, max(0, hit[0] - 100), hit[0]))
            and (not hit[2].text.endswith("thông qua") or self._passes(words, hit[1]))
        ]
        if not hits:
            return None
        hits = self._without_asked(words, hits)
        hits = [hit for hit in hits if not _ONCE.search(words, max(0, hit[0] - 12), hit[0])] or hits
        place, _, first = min(hits, key=lambda hit: (_rank(hit[2]), hit[0]))
        if not first.strong and any(hit[2].strong for hit in hits):
            first = Trigger(first.text, first.type, True)
        return start + place, first

    @staticmethod
    def _without_asked(words: str, hits: list[tuple[int, int, Trigger]]) -> list[tuple[int, int, Trigger]]:
        """`Thủ tướng đề nghị Quốc hội miễn nhiệm …`: what is asked for is not what happened."""
        asked = next((hit for hit in hits if hit[2].text in _ASKING), None)
        return [hit for hit in hits if asked is None or hit[0] <= asked[0]]

    @staticmethod
    def _passes(words: str, end: int) -> bool:
        """`thông qua luật`, not `thông qua một công ty`: by way of."""
        return end == len(words) or _PASSES.match(words, end, end + 40) is not None

    def kind(self, date: Date, begin: int, stop: int, clause: int, start: int) -> tuple[EventType | None, str]:
        """The type of the happening, None where the clause tells none."""
        lower, edtf = self._lower, date.edtf or ""
        words = lower[begin:stop]
        initial = date.start - begin < 30
        note = _LUNAR_TOO.match(lower, date.end, stop)
        told = len(words.split()) - len(lower[date.start : note.end() if note else date.end].split())
        if (
            told < (4 if begin == clause else 8)
            or _PLACE_AND_DAY.match(self._shadow, begin, stop)
            or _CONDITION.match(words)
            or _DIED.match(words)
            or _DATELINE.match(words)
            or _ONLY_DATES.match(words)
            or " = " in words
            or _CUT_OFF.search(self._shadow, begin, stop)
            or (lower[date.start - 1 : date.start] == "(" and _is_life(edtf))
            or _REPORTER.match(lower, date.end, stop)
            or _SEEMS.match(lower, date.end, stop)
            or _PRINTED.match(lower, date.end, stop)
            or _SINCE_THEN.fullmatch(lower, begin, date.start)
            or _CONCEDED.match(lower, date.end, stop)
            or _ONLY_IF.search(lower, max(start, date.start - 40), date.start)
            or _TO_BE_IN_TIME.search(lower, max(begin, date.start - 140), date.start)
            or self._of_a_paper(date, begin)
            or self._cited(date, begin)
        ):
            return None, ""
        found = self.trigger(begin, stop)
        place = found[0] - begin if found else None
        at, past = date.start - begin, date.end - begin
        fine, span = grain(edtf), "/" in edtf
        said = _SAID.search(lower, date.end, stop) if initial and (fine == "day" or found is None) else None
        if found and found[1].type == "ruling" and date.end <= found[0] and _ARREST_TOLD.search(
            lower, found[0] - 40, found[0]
        ):
            return "ruling", "told"
        if said and (found is None or said.start() < found[0] or found[0] < date.start):
            return None, ""
        if (place is None or place >= past) and _SAID_THEN.match(lower, date.end, min(stop, date.end + 40)):
            return None, ""
        finite = is_finite(words, at, past)
        if (
            _ONLY_TODAY.fullmatch(lower, date.start, date.end)
            and not _DAY_NUMBER.match(lower, date.end, date.end + 4)
            and not finite
            and (found is None or not 0 <= found[0] - date.end < 60)
        ):
            return None, ""
        since = lower[max(begin, date.start - 4) : date.start].strip() == "từ"
        if since and _OFFICE.search(lower, begin, date.start):
            return None, ""
        if fine != "day":
            if fine == "month" and not span and initial and self._story(date, begin, stop):
                return (found[1].type if found else "other"), "story"
            near = self.trigger(begin, date.start)
            if near and near[1].strong and near[0] + len(near[1].text) + 1 == date.start:
                found = near  # `qua đời năm 2011`: the verb that the year closes
            return self._coarse(date, begin, words, found, fine, span)
        if since and initial and (_RULE_FOLLOWS.search(words) or ":" in words[:at]):
            return None, ""
        if since and initial and not span and (found is None or found[1].type == "other") and not _PAST.search(words):
            return "effect", "from"
        if _FROM_THEN_ON.search(lower, max(begin, date.start - 50), date.start):
            return "effect", "in force"
        state = is_state(words, at, past, place)
        if found is None:
            if not state and not initial and _ACTS.match(self._shadow, date.end, date.end + 60):
                return "other", "acts"
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
            and not span
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
        if _UNDONE.match(words, past, past + 30):
            return None, ""
        finite = is_finite(words, at, past)
        strong = found is not None and found[1].strong
        left = words[:at]
        since = left.endswith("từ ")
        bare = not span and not since and _NAMED.match(words, at) and at < 12 and _DEED.match(hidden(words), past)
        if not finite and not bare and not (found and (strong or _HAPPENED.search(words))):
            return None, ""
        if since and not strong and _RESULTS.search(words, past):
            return None, ""
        if left.endswith("(") or _YEARS.match(words, past) or _AFTER_YEARS.search(left):
            return None, ""
        adverbial = ADVERBIAL.search(left) or place == past + 1
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

    def _story(self, date: Date, begin: int, stop: int) -> bool:
        """A month that opens a clause about what somebody did, where the text tells of a crime."""
        if not _SOMEBODY.match(self._shadow, date.end, stop) or len(self._lower[date.end:stop].split()) < 8:
            return False
        if self._of_crime is None:
            self._of_crime = _CRIME.search(self._lower) is not None
        words = self._lower[begin:stop]
        return self._of_crime and not is_state(words, date.start - begin, date.end - begin, None)

    def _of_a_paper(self, date: Date, begin: int) -> bool:
        """The date of a paper that is acted on: `nhận được đơn ngày 3/5 của …`, `huỷ quyết định ngày 3/5 của …`."""
        lower, reach = self._lower, max(begin, date.start - 150)
        if _LETTER_CAME.search(lower, max(begin, date.start - 60), date.start):
            return True
        if _PAPER_OF_CASE.search(self._before_day(lower, reach, date)) or _APPEALED.search(
            self._before_day(lower, reach, date)
        ):
            return True
        cited = _PAPER_OF.search(self._lower, max(begin, date.start - 90), date.start)
        return cited is not None and self._lower.startswith(" của ", date.end)

    @staticmethod
    def _before_day(lower: str, start: int, date: Date) -> str:
        """The words before a date, without an `ngày` of its own, closed by a space."""
        return lower[start : date.start].removesuffix("ngày ").removesuffix(", ").removesuffix(" ") + " "

    def _cited(self, date: Date, begin: int) -> bool:
        """The date belongs to a document that is only cited: `theo Nghị định 62/2015/NĐ-CP ngày 18/7/2015`."""
        index = bisect_left(self._names, (date.start, 0)) - 1
        if index < 0:
            return False
        name_start, name_end = self._names[index]
        between = self._lower[name_end : date.start]
        if len(between) > 40 or _NOT_ITS_NAME.search(between) or between.rstrip().endswith((" từ", " kể từ")):
            return False
        if _BY_PAPER.search(self._lower, max(begin, name_start - 90), name_start):
            return False
        if self._lower[max(begin, name_start - 5) : name_start].strip() == "theo" and _BY_DECREE.match(
            self._lower, date.end, date.end + 160
        ):
            return False
        issued = [found.end() for found in _ISSUED.finditer(self._lower, begin, name_start)]
        return not issued or bool(_OF_ANOTHER.search(self._lower, issued[-1], name_start))

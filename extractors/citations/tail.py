"""What stands beside a citation: date and issuer, right or left of it, and the subject on its right."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.citations.phrases import phrases
from extractors.citations.reach import REACH
from extractors.citations.types import organ_of
from extractors.citations.when import Issued, coarse_at, date_at
from extractors.names import surnames

_YEAR = regex.compile(r"[ ]năm[ ](?P<year>(?:19|20)\d\d)(?![\d/])")
_NOTE = regex.compile(r"(?:[ ]?\[[\da-z]{1,3}\])+|[*_]{1,3}(?=[ ,(])")   # a note's number, the end of emphasis
_EMPHASIS = regex.compile(r"[*_]{1,3}(?=[ ,(])")
_BEFORE_DATE = regex.compile(
    r"(?:[ ]?[,(]?[ ]{0,2}\n?[ ]{0,2}|\n[,(][ ]?)"
    r"(?:(?:được )?(?:ban hành|ký|thông qua|ký ban hành|công bố)[ ](?:vào )?)?(?=ng[àa]y|\d|tháng)"
)
_BEFORE_ISSUER = regex.compile(r"[ \n]?,?(?:[ \n]{1,2}|\()(?:của|do|cua)[ \n]{1,2}[*_]{0,3}")
_BEFORE_TITLE = regex.compile(r"[ ]?[:,(]?[ \n]{0,2}")
_QUOTED = regex.compile(r"[ ]?:?[ ]\"(?P<title>[^\"\n]{8,300})\"")
_TITLE_END = regex.compile(r"[.;\n\"|^]|:(?=[\s\"*]|$)|[,)( ]|\[(?=\w{1,2}\])")
_PREDICATE = regex.compile(r"sửa đổi(?:,? bổ sung)?[ ](?:\d|(?:(?:các[ ])?(?:điều|khoản|điểm)|tên|tiêu đề)[ ](?!lệ\b))")
_SAYS = regex.compile(
    r"(?:có[ ])?(?:quy định|qui định|hướng dẫn)[ :](?!(?:chi|chỉ)[ ]tiết|thi hành|thực hiện|về thi hành|luật[ ])"
)
_AMENDED = regex.compile(r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính)[^.;\n]{0,150}$")   # it is this that follows
_AS_FOLLOWS = regex.compile(r"[^.;:\n]{0,50}?(?:như sau|cụ thể)|[ ]?:")
_AS_FOLLOWS_CITED = regex.compile(r"[ ,]{0,2}(?:cụ thể )?như sau")
_FIELD = regex.compile(r"[a-z_]+:[ ]")   # of a record above the text: permalink: …
_BY_ISSUER = regex.compile(r"do[ ][^.,;\n]{3,60}?[ ](?:ban hành|thông qua)\b")
_TELLS = regex.compile(
    r",?[ ](?:vừa[ ]|cũng[ ])?(?:yêu cầu|đề nghị|đồng ý|thông báo|có ý kiến|trả lời|cho biết|khẳng định)\b"
)
_ISSUED = regex.compile(
    r"(?<![ ](?:từ|đến|trước|sau|vào|hết|trong))[ ](?:(?:được )?(?:ban hành|ký|thông qua)[ ])?(?=ngày)"
)
_ISSUING = regex.compile(r"[ ](?:[^.;,\n]{0,40}?[ ])?(?:ban hành|ký|thông qua|công bố|ra)\b")
_DEFINES = regex.compile(r"(?:sau|dưới|từ) đây|(?:gọi|viết) (?:tắt |chung )?là|gọi tắt")
_LOOSE_END = regex.compile(r" (?:kể từ|từ|tính đến|đến|trước|sau|vào|(?:có )?quy định|nêu)$|,? cụ thể(?: là)?$")
_SHORT = regex.compile(r"(?<!\p{L})(?:tp|tx|tt|q|p|h|pgs|gs|ts|ths|đ/c|st|tr)\Z")
_WORD = regex.compile(r"[\w&.-]*[\w&]")
_GAP = regex.compile(r"[ ](?:[-–][ ])?|,[ ]|\n(?=\p{L})")
_TITLE_MIN, _TITLE_MAX = 4, 400
_SYLLABLES = 18

# left side, read backwards from the citation
_VERB = regex.compile(
    r"(?r)(?:[ ](?:(?:đã|vừa|sẽ|cũng|mới|vừa mới|chính thức|có|biểu quyết|tiếp tục|đồng thời|tiến hành|mới đây đã"
    r"|ngay|lại|cùng|chưa)[ ]){0,4}(?:ký ban hành|ban hành|ký|thông qua|ra|công bố|có))"
    r"(?:[ ](?:các|hai|bản|toàn văn|dự án|dự thảo|\"|')){0,3}[ \n][\"*_]{0,3}"
)
_CLAUSE = regex.compile(r"[;\n|]|[.:][ ](?=\W{0,3}[\p{Lu}\d])|\A")
_CLAUSE_GAP = regex.compile(r",?[ ]")
_PASSED_BY = regex.compile(
    r"(?:[ ](?:năm[ ])?\d{4})?(?:\n(?=\p{Ll}))?[^.;:\n]{0,60}?(?<=[ \n])(?:(?:đã|vừa|mới|sẽ)[ ])?"
    r"được[ ](?P<agent>[^.;:\n]{0,120}?)"
    r"(?P<verb>ký ban hành|ban hành|thông qua|ký)\b"
)
_WHEN = regex.compile(r"[ ](?:vào[ ])?(?=ngày)")
_STATE = regex.compile(r"(?i) nước (?:cộng h(?:òa|oà) xã hội chủ nghĩa |chxhcn )?việt nam(?: kh(?:óa|oá) \w+)?\Z")
_NO_ORGAN = frozenset((
    "bộ", "ban", "sở", "cục", "phòng", "hội", "trường", "ủy ban", "uỷ ban", "chi cục", "văn phòng", "hội đồng",
    "ban hành", "tổ chức", "tỉnh", "trung ương", "giám đốc", "chủ tịch", "bộ ban", "tập đoàn", "tổng công ty",
))
_CENTRAL = frozenset(("bộ", "tòa", "toà", "viện", "ban", "ủy", "uỷ", "ngân", "thanh", "tổng", "hội", "kiểm", "chính"))
_OFFICE_AND_NAME = regex.compile(
    r"(?P<office>(?:Phó )?Thủ tướng Chính phủ|Chủ tịch nước|Chủ tịch Quốc hội)(?: \p{Lu}\p{Ll}+){2,4}"
)
_AND = regex.compile(r"[ ]và[ ]|,[ ]")
_LAST_DAY = regex.compile(r"ngày[ ][\d/. thángnăm-]{6,24},?[ ]\Z")
_PASSIVE = regex.compile(r"[^.;\n]{0,120}?[ ](?:được|đã)[ ](?:được[ ])?(?:ban hành|thông qua|ký|công bố)")
# a bill before the Assembly: `Quốc hội thảo luận về dự án Luật …`
_DEBATED = regex.compile(
    r"quốc hội[ ](?!cho rằng)[^.;\n]{0,60}?(?:thảo luận|cho ý kiến|xem xét|biểu quyết|thông qua)[^.;\n]{0,60}?"
    r"(?:dự án|dự thảo)[ ]\Z"
)
_DAY_WORD = regex.compile(r"ngày|tháng|năm|hôm nay")
_PAREN = regex.compile(r"\([^()]{0,60}\)")
_TO_ISSUE = regex.compile(r"[ ](?:để|nhằm)[ ]")   # UBND căn cứ Văn bản X của Thủ tướng để ban hành …
_PERSON = regex.compile(r"(?:[ ]\p{Lu}\p{Ll}*+){3,4}\Z")
_PLACES = frozenset(("tỉnh", "phố", "tp", "huyện", "quận", "xã", "phường", "thị", "trấn", "trường", "viện", "học"))
_MIDDLE = frozenset(("Văn", "Thị"))
_HOLDERS = (
    "bộ trưởng", "thứ trưởng", "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "tổng giám đốc", "cục trưởng",
    "phó cục trưởng", "tổng cục trưởng", "viện trưởng", "chánh án", "thống đốc", "tổng thanh tra", "chủ nhiệm",
    "trưởng ban", "bí thư", "hiệu trưởng", "thủ trưởng", "chánh văn phòng", "tư lệnh", "tổng kiểm toán",
)
_WINDOW = 260


@dataclass(slots=True)
class Context:
    """What one side of a citation states; every part is None where it does not."""

    date: Issued | None = None
    issuer: str | None = None
    title: str | None = None
    year: int | None = None
    end: int = 0


def right_of(text: str, lowered: str, end: int) -> Context:
    """Date, issuer and subject that follow a citation which ends at `end`."""
    if emphasis := _EMPHASIS.match(lowered, end, end + 4):
        end = emphasis.end()
    found = Context(end=end)
    if stated := _YEAR.match(lowered, end, end + REACH):
        found.year, found.end = int(stated["year"]), stated.end()
    for _ in range(3):
        note = _NOTE.match(lowered, found.end, found.end + REACH)
        pos = note.end() if note else found.end
        lead = _BEFORE_DATE.match(lowered, pos, pos + REACH) if found.date is None else None
        day = date_at(lowered, lead.end()) if lead else None
        if lead and day and not _opens_clause(text, lowered, lead.group(), day.end) and not (
            "\n" in lead.group() and _is_line(lowered, lead.end(), day.end)
        ):
            found.date, found.end = day, day.end
            if lowered[day.end : day.end + 1] == ")":
                found.end += 1
        elif found.issuer is None and (lead := _BEFORE_ISSUER.match(lowered, pos, pos + REACH)):
            stop = organ_end(text, lowered, lead.end())
            if stop is None or ("do" in lead.group() and not _ISSUING.match(lowered, stop, stop + REACH)):
                break
            found.issuer, found.end = proper_organ(clean(text[lead.end() : stop])), stop
        else:
            break
    found.title, behind = title_after(text, lowered, found.end, bool(found.date or found.issuer))
    if found.issuer is None and (agent := _agent_at(text, lowered, behind + 1)):
        found.issuer, behind = agent
        lead = _WHEN.match(lowered, behind, behind + REACH)
        found.date = found.date or (date_at(lowered, lead.end()) if lead else None)
    if found.date is None and (issued := _ISSUED.match(lowered, behind, behind + REACH)):
        found.date = date_at(lowered, issued.end())
    if found.date is None or found.issuer is None:
        _passed(text, lowered, end, found)
    return found


def _opens_clause(text: str, lowered: str, lead: str, end: int) -> bool:
    """`Để thi hành Luật X, ngày 1/2/2019, Thủ tướng …`: the day of what comes, not of the law."""
    after = _CLAUSE_GAP.match(lowered, end, end + REACH)
    if "," not in lead or after is None:
        return False
    return text[after.end() : after.end() + 1].isupper() and phrases("organ_head", lowered, after.end()) > 0


def _is_line(lowered: str, start: int, end: int) -> bool:
    """A bare `19/07/1996` on a line of its own is the day of the article."""
    return lowered[start].isdigit() and lowered[end : end + 1] in ("", "\n")


def passed_after(lowered: str, end: int) -> bool:
    """Whether the document that ends at `end` is the subject of `được ban hành` or the like."""
    return _PASSED_BY.match(lowered, end, end + REACH) is not None


def _passed(text: str, lowered: str, end: int, found: Context) -> None:
    """`… được Quốc hội thông qua ngày 11/12/2025`: issuer and date behind a passive verb."""
    passed = _PASSED_BY.match(lowered, end, end + REACH)
    if passed is None:
        return
    agent = passed.start("agent")
    stop = organ_end(text, lowered, agent) if found.issuer is None else None
    if stop and stop <= passed.start("verb"):
        found.issuer = proper_organ(clean(text[agent:stop]))
    if found.date is None and (lead := _WHEN.match(lowered, passed.end(), passed.end() + REACH)):
        found.date = date_at(lowered, lead.end())


def title_after(text: str, lowered: str, end: int, cited: bool) -> tuple[str | None, int]:
    """The subject that follows, without `về` or `quy định về` (in quotes as it stands), and where it ends.

    `cited`: day or issuer stand before it, as in a full citation.
    """
    if quoted := _QUOTED.match(lowered, end, end + REACH):
        return clean(text[quoted.start("title") : quoted.end("title")]), quoted.end()
    gap = _BEFORE_TITLE.match(lowered, end, end + REACH)
    start = gap.end() if gap else end
    dropped = phrases("title_drop", lowered, start)
    named = start > end and not phrases("title_stop", lowered, start)
    if not named or not (dropped or phrases("title_keep", lowered, start)):
        return None, end
    if _PREDICATE.match(lowered, start, start + REACH):
        return None, end   # (sửa đổi 11/2025/NĐ-CP), Nghị định A sửa đổi Điều 2: not what the act is called
    opener = start
    start += dropped
    stop = title_end(text, lowered, start)
    if _says_what_follows(lowered, opener, stop, cited) and not _AMENDED.search(lowered, max(0, end - 200), end):
        return None, end   # `Điều 5 Nghị định A quy định về mức phạt như sau: …`
    title = _LOOSE_END.sub("", clean(text[start:stop]))
    empty = not dropped and phrases("title_keep", title.lower(), 0) == len(title)  # a mere `quy định`
    return (None, end) if empty or len(title) < _TITLE_MIN else (title, stop)


def _says_what_follows(lowered: str, opener: int, stop: int, cited: bool) -> bool:
    if not _SAYS.match(lowered, opener, opener + REACH):
        return False
    follows = _AS_FOLLOWS_CITED if cited else _AS_FOLLOWS
    return follows.match(lowered, stop, min(len(lowered), stop + 60)) is not None


def title_end(text: str, lowered: str, start: int) -> int:
    """Where a subject ends: at the end of its sentence, or before a word that goes on about the document."""
    depth, opened = 0, start
    limit = min(len(lowered), start + _TITLE_MAX)
    stop = limit
    for match in _TITLE_END.finditer(lowered, start, limit):
        mark: str = match.group()
        at: int = match.start()
        if mark == "(":
            if _DEFINES.match(lowered, at + 1, at + 1 + REACH):
                return at
            depth, opened = depth + 1, at
        elif mark == ")":
            depth -= 1
            if depth < 0:
                return at
        elif mark == "\"":
            if at > start and lowered[at - 1] not in " (":  # closes what was opened before the subject
                return at
            closing = lowered.find("\"", at + 1, limit + 200)
            return min(closing + 1, limit + 200) if closing > 0 else at
        elif mark in ";:|[^" or (mark == "\n" and not _goes_on(text, lowered, start, at)):
            return at
        elif mark == ".":
            ends = lowered[at + 1 : at + 2] in ("", " ", "\n", "[", "*") and at > start
            if ends and not _SHORT.search(lowered, start, at):
                return at
        elif _stops_title(lowered, at, mark) or _new_clause(text, lowered, at + 1 + (mark == ",")) or (
            mark == " " and (_agent_at(text, lowered, at + 1) or _by_issuer(lowered, at + 1))
        ):
            return opened if depth > 0 else at
    return stop


def _goes_on(text: str, lowered: str, start: int, at: int) -> bool:
    """Whether a subject goes on behind the line that ends at `at`: small letters, or what a mere verb is about."""
    if text[at + 1 : at + 2].islower():
        return not _FIELD.match(text, at + 1, at + 20)
    words = lowered[start : min(at, start + 30)].lstrip()   # a mere `thành lập`
    return text.startswith("**", at + 1) and 0 < phrases("title_keep", words, 0) == len(words)


def _by_issuer(lowered: str, at: int) -> bool:
    return lowered.startswith("do ", at) and _BY_ISSUER.match(lowered, at, at + 80) is not None


def _new_clause(text: str, lowered: str, at: int) -> bool:
    """An organ that says something begins a clause: `về tăng cường quản lý, UBND Thành phố yêu cầu …`."""
    if not text[at : at + 1].isupper():
        return False
    stop = organ_end(text, lowered, at)
    return stop is not None and _TELLS.match(lowered, stop, stop + REACH) is not None


def _agent_at(text: str, lowered: str, pos: int) -> tuple[str | None, int] | None:
    """The issuer in `do Quốc hội ban hành` at `pos`, and where that ends."""
    stop = organ_end(text, lowered, pos + 3) if lowered.startswith("do ", pos) else None
    verb = _ISSUING.match(lowered, stop, stop + REACH) if stop else None
    return (proper_organ(clean(text[pos + 3 : stop])), verb.end()) if verb else None


def _stops_title(lowered: str, at: int, mark: str) -> bool:
    """A word after the space or comma at `at` that goes on about the document, or the day of its issue."""
    after = at + 1 + (mark == ",")
    if phrases("title_stop", lowered, after) or (mark == "," and phrases("title_comma", lowered, after)):
        return True
    day = date_at(lowered, after) if lowered.startswith("ngày", after) else None
    return day is not None and day.year is not None


def organ_end(text: str, lowered: str, start: int) -> int | None:
    """Where the organ or office that begins at `start` ends; None where none begins."""
    if not phrases("organ_head", lowered, start) or phrases("not_organ", lowered, start):
        return None
    pos, end = start, start
    printed = text[start : start + 7].isupper()   # a heading: capitals say nothing
    for count in range(_SYLLABLES):
        word = _WORD.match(lowered, pos, pos + REACH)
        if word is None or word.group()[0].isdigit():
            break
        if count and (printed or not text[pos].isupper()) and phrases("organ_stop", lowered, pos):
            break
        end = word.end()
        gap = _GAP.match(text, end, end + REACH)
        if gap is None:
            break
        joined = gap.group().strip(" \n")
        following = text[gap.end() : gap.end() + 1]
        if joined == "," and not (following.isupper() and _of_one_rank(lowered, start, gap.end())):
            break
        if "\n" in gap.group() and not following.islower() and lowered[start:end] not in _NO_ORGAN:
            break
        pos = gap.end()
    stop = lowered.rfind(" và", start, end + 1)
    return stop if stop > start and stop + 3 >= end else end


def _of_one_rank(lowered: str, first: int, second: int) -> bool:
    """Two organs that issue a document together: `Bộ Tài chính, Bộ Công an`; not `Bộ Tài chính, Cục Thuế …`."""
    heads = [word.group() if (word := _WORD.match(lowered, at, at + REACH)) else "" for at in (first, second)]
    return phrases("organ_head", lowered, second) > 0 and (heads[0] == heads[1] or set(heads) <= _CENTRAL)


def left_of(text: str, lowered: str, start: int, end: int, joint: bool = False) -> Context:
    """Date and issuer that stand before a citation: `ngày 24/01/1946, Chủ tịch … đã ban hành …`.

    Without such a verb a day right before it counts where the citation is the subject of `được ban hành`.
    """
    found = Context()
    low = max(0, start - _WINDOW)
    verb = _VERB.match(lowered, low, start)
    if verb is None:
        if _DEBATED.search(lowered, low, start):
            found.issuer = "Quốc hội"
        if (day := _LAST_DAY.search(lowered, max(0, start - 40), start)) and _PASSIVE.match(lowered, end, end + REACH):
            found.date = date_at(lowered, day.start())
        return found
    clause = low
    for border in _CLAUSE.finditer(text, low, verb.start()):
        clause = border.end()
    found.issuer = _left_issuer(text, lowered, clause, verb.start(), joint)
    if "công bố" not in verb.group():   # made known, which is not issued
        found.date = _left_date(lowered, clause, verb.start())
    return found


def _left_date(lowered: str, clause: int, stop: int) -> Issued | None:
    """The last date of the clause before the verb."""
    found = None
    for word in _DAY_WORD.finditer(lowered, clause, stop):
        day = coarse_at(lowered, word.start())
        if day and day.end <= stop and (found is None or day.end > found.end):
            found = day
    return found


def _left_issuer(text: str, lowered: str, clause: int, stop: int, joint: bool) -> str | None:
    """The organ that the verb has as its subject: the last one of the clause that reaches up to the verb."""
    best: tuple[int, int] | None = None
    for word in _WORD.finditer(lowered, clause, stop):
        at = word.start()
        if best and at < best[1]:
            continue
        if text[at].isupper() or lowered.startswith(("ubnd", "hđnd")) or phrases("organ_head", lowered, at) > 3:
            end = organ_end(text, lowered, at)
            if end and end <= stop + 1 and not _TO_ISSUE.match(lowered, end, end + 8):
                best = at, min(end, stop)
    if best is None:
        return None
    start = best[0]
    if not joint:  # of two bodies in a row the last one is the subject
        for also in _AND.finditer(lowered, best[0], best[1]):
            if phrases("organ_head", lowered, also.end()) > 3 and text[also.end()].isupper():
                start = also.end()
    return proper_organ(clean(text[start : best[1]]))


def _without_person(words: str) -> str:
    """The office alone, where it names its organ: `Bộ trưởng Bộ Tư pháp Vũ Đình Hòe`; of others the name is kept."""
    if not words.lower().startswith(_HOLDERS):
        return words
    parts = words.split(" ")
    for length in (3, 4):
        before, name = parts[:-length], parts[-length:]
        if len(before) < 4 or name[0] not in surnames() or " ".join(name) == "Hồ Chí Minh":
            continue
        if _PERSON.search(words) and (before[-1].lower() not in _PLACES or name[1] in _MIDDLE):
            return " ".join(before)
    return words


def proper_organ(words: str) -> str | None:
    """An organ in words: an abbreviation of the table is spelled out, a bare `Bộ` names none."""
    state = _STATE.search(words)
    words = _STATE.sub("", words)
    if state and words.lower() in ("chủ tịch", "phó chủ tịch"):
        words += " nước"
    if holder := _OFFICE_AND_NAME.fullmatch(words):
        words = holder["office"]
    words = _without_person(words)
    if words.lower() in _NO_ORGAN or (words.islower() and not phrases("organ_small", words, 0)):
        return None
    known = organ_of(words) if words.isupper() and " " not in words else None
    return known.name if known and known.name else words


def clean(words: str) -> str:
    """One line, without marks of print around it."""
    return " ".join(words.replace("*", "").split()).strip(" ,;:.\"'“”-–")

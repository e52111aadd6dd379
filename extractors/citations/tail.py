"""What stands beside a citation: date and issuer, right or left of it; its subject: `titles`."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.citations.organs import WORD, clean, organ_end, proper_organ
from extractors.citations.phrases import phrases
from extractors.citations.reach import REACH
from extractors.citations.titles import ISSUING, agent_at, title_after
from extractors.citations.when import Issued, coarse_at, date_at

_YEAR = regex.compile(r"[ ]năm[ ](?P<year>(?:19|20)\d\d)(?![\d/])")
_NOTE = regex.compile(r"(?:[ ]?\[[\da-z]{1,3}\])+|[*_]{1,3}(?=[ ,(])")   # a note's number, the end of emphasis
_EMPHASIS = regex.compile(r"[*_]{1,3}(?=[ ,(])")
_BEFORE_DATE = regex.compile(
    r"(?:[ ]?[,(]?[ ]{0,2}\n?[ ]{0,2}|\n[,(][ ]?)"
    r"(?:(?:được )?(?:ban hành|ký|thông qua|ký ban hành|công bố)[ ](?:vào )?)?(?=ng[àa]y|\d|tháng)"
)
_BEFORE_ISSUER = regex.compile(r"[ \n]?,?(?:[ \n]{1,2}|\()(?:của|do|cua)[ \n]{1,2}[*_]{0,3}")
_ISSUED = regex.compile(
    r"(?<![ ](?:từ|đến|trước|sau|vào|hết|trong))[ ](?:(?:được )?(?:ban hành|ký|thông qua)[ ])?(?=ngày)"
)
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
_OF_CITED = regex.compile(r"\d[\w/.-]*[ ]của[ ]$")   # Quyết định 367/1996 của Thủ tướng …: not the subject
_TO_ISSUE = regex.compile(r"[ ](?:để|nhằm)[ ]")   # UBND căn cứ Văn bản X của Thủ tướng để ban hành …
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
            if stop is None or ("do" in lead.group() and not ISSUING.match(lowered, stop, stop + REACH)):
                break
            found.issuer, found.end = proper_organ(clean(text[lead.end() : stop])), stop
        else:
            break
    found.title, behind = title_after(text, lowered, found.end, bool(found.date or found.issuer))
    if found.issuer is None and (agent := agent_at(text, lowered, behind + 1)):
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
    other = clause   # the end of an organ that issued what the clause cites
    for word in WORD.finditer(lowered, clause, stop):
        at = word.start()
        if (best and at < best[1]) or at < other:
            continue
        if text[at].isupper() or lowered.startswith(("ubnd", "hđnd")) or phrases("organ_head", lowered, at) > 3:
            end = organ_end(text, lowered, at)
            if end and (_TO_ISSUE.match(lowered, end, end + 8) or _OF_CITED.search(lowered, max(0, at - 40), at)):
                other = end
            elif end and end <= stop + 1:
                best = at, min(end, stop)
    if best is None:
        return None
    start = best[0]
    if not joint:  # of two bodies in a row the last one is the subject
        for also in _AND.finditer(lowered, best[0], best[1]):
            if phrases("organ_head", lowered, also.end()) > 3 and text[also.end()].isupper():
                start = also.end()
    return proper_organ(clean(text[start : best[1]]))

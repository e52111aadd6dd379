"""What stands beside a citation: date and issuer, right or left of it, and the subject on its right."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.citations.phrases import phrases
from extractors.citations.when import Issued, coarse_at, date_at

_YEAR = regex.compile(r"[ ]năm[ ](?P<year>(?:19|20)\d\d)(?![\d/])")
_NOTE = regex.compile(r"(?:[ ]?\[[\da-z]{1,3}\])+")
_BEFORE_DATE = regex.compile(
    r"[ \n]?[,(]?[ \n]?(?:(?:được )?(?:ban hành|ký|thông qua|ký ban hành|công bố)[ ](?:vào )?)?(?=ng[àa]y|\d|tháng)"
)
_BEFORE_ISSUER = regex.compile(r"[ \n]?,?(?:[ \n]{1,2}|\()(?:của|do|cua)[ \n]{1,2}(?P<quoted>)")
_BEFORE_TITLE = regex.compile(r"[ ]?[:,(-]?[ \n]{0,2}")
_QUOTED = regex.compile(r"[ ]?:?[ ]\"(?P<title>[^\"\n]{8,300})\"")
_TITLE_END = regex.compile(r"[.;\n\"|]|[,)( ]")
_SHORT = regex.compile(r"(?<!\p{L})(?:tp|tx|tt|q|p|h|pgs|gs|ts|ths|đ/c|st|tr)\Z")
_WORD = regex.compile(r"[\w&.-]*[\w&]")
_GAP = regex.compile(r"[ ](?:[-–][ ])?|,[ ]|\n(?=\p{L})")
_TITLE_MAX = 400
_SYLLABLES = 18

# left side, read backwards from the citation
_VERB = regex.compile(
    r"(?r)(?:[ ](?:(?:đã|vừa|sẽ|cũng|mới|vừa mới|chính thức|có|biểu quyết|tiếp tục|đồng thời|tiến hành|mới đây đã|ngay|lại|cùng|chưa)[ ]){0,4}"
    r"(?:ký ban hành|ban hành|ký|thông qua|ra|công bố|có))"
    r"(?:[ ](?:các|hai|bản|toàn văn|dự án|dự thảo|kèm theo|\"|')){0,3}[ \n]\"?"
)
_CLAUSE = regex.compile(r"[;\n|]|[.:][ ](?=\W{0,3}[\p{Lu}\d])|\A")
_AND = regex.compile(r"[ ]và[ ]|,[ ]")
_LAST_DAY = regex.compile(r"ngày[ ][\d/. thángnăm-]{6,24},?[ ]\Z")
_PASSIVE = regex.compile(r"[^.;\n]{0,120}?[ ](?:được|đã)[ ](?:được[ ])?(?:ban hành|thông qua|ký|công bố)")
_DAY_WORD = regex.compile(r"ngày|tháng|năm|hôm nay")
_PAREN = regex.compile(r"\([^()]{0,60}\)")
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
    found = Context(end=end)
    if stated := _YEAR.match(lowered, end):
        found.year, found.end = int(stated["year"]), stated.end()
    for _ in range(3):
        note = _NOTE.match(lowered, found.end)
        pos = note.end() if note else found.end
        if found.date is None and (lead := _BEFORE_DATE.match(lowered, pos)) and (day := date_at(lowered, lead.end())):
            found.date, found.end = day, day.end
            if lowered[day.end : day.end + 1] == ")":
                found.end += 1
        elif found.issuer is None and (lead := _BEFORE_ISSUER.match(lowered, pos)):
            stop = organ_end(text, lowered, lead.end())
            if stop is None:
                break
            found.issuer, found.end = clean(text[lead.end() : stop]), stop
        else:
            break
    found.title = title_after(text, lowered, found.end)
    return found


def title_after(text: str, lowered: str, end: int) -> str | None:
    """The subject that follows, without `về` or `quy định về`; a subject in quotes as it stands."""
    if quoted := _QUOTED.match(lowered, end):
        return clean(text[quoted.start("title") : quoted.end("title")])
    gap = _BEFORE_TITLE.match(lowered, end)
    start = gap.end() if gap else end
    if start == end:
        return None
    dropped = phrases("title_drop", lowered, start)
    if not dropped and not phrases("title_keep", lowered, start):
        return None
    start += dropped
    stop = title_end(lowered, start)
    title = clean(text[start:stop])
    return title if len(title) >= 4 else None


def title_end(lowered: str, start: int) -> int:
    """Where a subject ends: at the end of its sentence, or before a word that goes on about the document."""
    depth = 0
    limit = min(len(lowered), start + _TITLE_MAX)
    stop = limit
    for match in _TITLE_END.finditer(lowered, start, limit):
        mark, at = match.group(), match.start()
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
            if depth < 0:
                return at
        elif mark == "\"":
            if at > start and lowered[at - 1] not in " (":  # closes what was opened before the subject
                return at
            closing = lowered.find("\"", at + 1, limit + 200)
            return min(closing + 1, limit + 200) if closing > 0 else at
        elif mark in ";\n|":
            return at
        elif mark == ".":
            if lowered[at + 1 : at + 2] in ("", " ", "\n", "[", "*") and at > start and not _SHORT.search(lowered, start, at):
                return at
        elif phrases("title_stop", lowered, at + 1 + (mark == ",")):
            return at
    return stop


def organ_end(text: str, lowered: str, start: int) -> int | None:
    """Where the organ or office that begins at `start` ends; None where none begins."""
    if not phrases("organ_head", lowered, start):
        return None
    pos, end = start, start
    for count in range(_SYLLABLES):
        word = _WORD.match(lowered, pos)
        if word is None or word.group()[0].isdigit() or (count and phrases("organ_stop", lowered, pos)):
            break
        end = word.end()
        gap = _GAP.match(text, end)
        if gap is None:
            break
        joined = gap.group().strip(" \n")
        following = text[gap.end() : gap.end() + 1]
        if joined == "," and not (following.isupper() and phrases("organ_head", lowered, gap.end())):
            break
        if "\n" in gap.group() and not following.islower():
            break
        pos = gap.end()
    stop = lowered.rfind(" và", start, end + 1)
    return stop if stop > start and stop + 3 >= end else end


def left_of(text: str, lowered: str, start: int, end: int, joint: bool = False) -> Context:
    """Date and issuer that stand before a citation: `ngày 24/01/1946, Chủ tịch … đã ban hành …`.

    Without such a verb a day right before it counts where the citation is the subject of `được ban hành`.
    """
    found = Context()
    low = max(0, start - _WINDOW)
    verb = _VERB.match(lowered, low, start)
    if verb is None:
        if (day := _LAST_DAY.search(lowered, max(0, start - 40), start)) and _PASSIVE.match(lowered, end):
            found.date = date_at(lowered, day.start())
        return found
    clause = low
    for border in _CLAUSE.finditer(text, low, verb.start()):
        clause = border.end()
    found.issuer = _left_issuer(text, lowered, clause, verb.start(), joint)
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
            if end and end <= stop + 1:
                best = at, min(end, stop)
    if best is None:
        return None
    start = best[0]
    if not joint:  # of two bodies in a row the last one is the subject
        for also in _AND.finditer(lowered, best[0], best[1]):
            if phrases("organ_head", lowered, also.end()) > 3 and text[also.end()].isupper():
                start = also.end()
    return clean(text[start : best[1]])


def clean(words: str) -> str:
    """One line, without marks of print around it."""
    return " ".join(words.replace("*", "").split()).strip(" ,;:.\"'“”-–")

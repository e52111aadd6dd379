"""The subject behind a citation: what it is called, where that ends, and what is no title at all."""

from __future__ import annotations

import regex

from extractors.citations.organs import clean, organ_end, proper_organ
from extractors.citations.phrases import phrases
from extractors.citations.reach import REACH
from extractors.citations.when import date_at

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
_SECOND_VERB = regex.compile(
    r",?(?<!theo|các|những|đúng|của|một số|có|và)[ ]quy định[ ](?!của|tại|trên|này|về|pháp|hiện|chi|chỉ)"
)
_FIELD = regex.compile(r"[a-z_]+:[ ]")   # of a record above the text: permalink: …
_BY_ISSUER = regex.compile(r"do[ ][^.,;\n]{3,60}?[ ](?:ban hành|thông qua)\b")
_TELLS = regex.compile(
    r",?[ ](?:vừa[ ]|cũng[ ])?(?:yêu cầu|đề nghị|đồng ý|thông báo|có ý kiến|trả lời|cho biết|khẳng định)\b"
)
ISSUING = regex.compile(r"[ ](?:[^.;,\n]{0,40}?[ ])?(?:ban hành|ký|thông qua|công bố|ra)\b")
_DEFINES = regex.compile(r"(?:sau|dưới|từ) đây|(?:gọi|viết) (?:tắt |chung )?là|gọi tắt")
_LOOSE_END = regex.compile(r" (?:kể từ|từ|tính đến|đến|trước|sau|vào|(?:có )?quy định|nêu)$|,? cụ thể(?: là)?$")
_SHORT = regex.compile(r"(?<!\p{L})(?:tp|tx|tt|q|p|h|pgs|gs|ts|ths|đ/c|st|tr)\Z")
_MEMBER = regex.compile(
    r",?[ ]và[ ](?:nghị định|nghị quyết|thông tư(?: liên tịch)?|quyết định|chỉ thị|luật|công văn)[ ](?:số[ ]?:?[ ]?)?\d"
)
_ACT_WORD = regex.compile(r"\b(?:luật|pháp lệnh|nghị định|nghị quyết|thông tư|quyết định|chỉ thị|công văn|hiến pháp)\b")
_HALF_NUMBER = regex.compile(r"(?<=[ ])số[ ]?:?\n(?=\d)|\d\n(?=[/-]\w)")   # a line ends within the number of an act
_TITLE_MIN, _TITLE_MAX = 4, 400


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
    if lowered[stop : stop + 1] == ":" and (second := _SECOND_VERB.search(lowered, start + 12, stop)):
        stop = second.start()   # hướng dẫn về thuế GTGT quy định các trường hợp …: “…”
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
        elif _stops_title(lowered, start, at, mark) or _new_clause(text, lowered, at + 1 + (mark == ",")) or (
            mark == " " and (agent_at(text, lowered, at + 1) or _by_issuer(lowered, at + 1))
        ):
            return opened if depth > 0 else at
    return stop


def _goes_on(text: str, lowered: str, start: int, at: int) -> bool:
    """Whether a subject goes on behind the line that ends at `at`: small letters, or what a mere verb is about."""
    if _HALF_NUMBER.search(lowered, max(start, at - 8), at + 2):
        return True
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


def agent_at(text: str, lowered: str, pos: int) -> tuple[str | None, int] | None:
    """The issuer in `do Quốc hội ban hành` at `pos`, and where that ends."""
    stop = organ_end(text, lowered, pos + 3) if lowered.startswith("do ", pos) else None
    verb = ISSUING.match(lowered, stop, stop + REACH) if stop else None
    return (proper_organ(clean(text[pos + 3 : stop])), verb.end()) if verb else None


def _next_member(lowered: str, start: int, at: int) -> bool:
    """` và Thông tư số 42/2025/TT-BYT` behind a subject that speaks of no act: the next act of the sentence."""
    return _MEMBER.match(lowered, at, at + REACH) is not None and not _ACT_WORD.search(lowered, start, at)


def _stops_title(lowered: str, start: int, at: int, mark: str) -> bool:
    """A word after the space or comma at `at` that goes on about the document, or the day of its issue."""
    after = at + 1 + (mark == ",")
    if phrases("title_goes_on", lowered, after):
        return False
    if _next_member(lowered, start, at):
        return True
    if phrases("title_stop", lowered, after) or (mark == "," and phrases("title_comma", lowered, after)):
        return True
    day = date_at(lowered, after) if lowered.startswith("ngày", after) else None
    return day is not None and day.year is not None

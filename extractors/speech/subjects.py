"""The subject to the left of a directive word: who tells, or who is bound."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of, words_of
from extractors.speech.actors import WINDOW, Actor, actor_at, first_act

# What may stand between a subject and its verb.
_BETWEEN = regex.compile(
    rf"""(?:[\s,:"]*+\b(?:{any_of("auxiliary")}|(?:hôm|ngày|sáng|chiều|tối)\ (?:nay|qua|\d++[/-]\d++)
      | (?:vừa\ )?{any_of("issues")}\ (?:ngay\ )?(?:các\ |một\ )?{any_of("paper")}
        (?:\ (?:số|khẩn|hoả\ tốc|hỏa\ tốc|chỉ\ đạo)\ ?[^\s,;]{{0,20}})?
    )){{1,8}}\s*+\Z""",
    regex.VERBOSE,
)
# What may stand between the one who is bound and `phải`, `cần`, `sẽ`: adverbs only.
_ADVERBS = regex.compile(rf"(?:[\s,]*+\b{any_of('adverb')}){{1,5}}\s*+\Z")
_ABOUT = regex.compile(rf"\s{any_of('after recipient')}\s")
_SENT_TO = regex.compile(
    rf"""\b(?:{any_of("sent paper")}[^,;.]{{0,60}}?)?
        \b{any_of("sends")}\ (?:{any_of("sent paper")}\ (?:[^,;:"]{{0,20}}?\ )?(?=tới|đến|lên|cho))?
        (?:tới\ |đến\ |lên\ |cho\ )?(?P<to>[^;,:"]{{2,130}})\Z""",
    regex.VERBOSE,
)
# `Sở NN - PTNT`: between two abbreviations a dash is part of the name; this is matched in lower case.
_DASH = rf"(?<!/[^\s,;]{{1,12}})(?<!\b(?:nn|lđ|tn|gd|gtvt|vh|tb|kh))\s-\s(?!{any_of('dash in name')})"
_SPLIT = regex.compile(rf"""[,;:()"]|{_DASH}""")
CONNECTIVE = regex.compile(rf"""[\s"'*-]*+(?:{any_of("connective")}\b[\s,]*+)*+""")
ADVERBIAL = regex.compile(rf"{any_of('adverbial')}\b")
# `năm nay Bộ …`, `Đến đêm 28-10 cảnh sát …`: a time before the subject, without a comma.
_TIME_LEAD = regex.compile(
    r"(?:(?:hôm|sáng|trưa|chiều|tối|đêm|năm|tháng|tuần|ngày) (?:nay|qua|này|trước|sau|\d++(?:[/.-]\d++){0,2}))"
    r"(?: tới)?\s++"
)
# `trong nhiệm kỳ này phải …`: a time and no subject.
_TIME_ONLY = regex.compile(
    r"(?:trong|từ|ở)\s(?:nhiệm kỳ|thời gian|giai đoạn|năm|tháng|tuần|quý|đợt|thời điểm|những (?:ngày|tháng|năm))"
    r"(?:\s[\p{L}\d]+){0,3}\s(?:này|tới|nay|mới)(?:\snày)?"
)
_STOP = regex.compile(
    rf"(?<!hàng|phòng)\s++(?:{any_of('after subject')}|có (?!liên quan)|được (?!luân chuyển|giao))\b"
    rf"|[,;:(\"]|{_DASH}|\Z"
)
# A piece after a comma that goes on with the same list of actors.
_GOES_ON = regex.compile(rf"\s*+{any_of('goes on')}\b")
_FINITE = regex.compile(rf"\s(?:{any_of('finite')}|là(?! người)|(?<!được )(?<!ngoại )giao(?! thông| dịch))\b")


# `Sở cho biết thành phố sẽ …`: who is bound is named after the verb of saying.
_TOLD_THAT = regex.compile(
    r"\s(?:cho biết|cho hay|thông tin|khẳng định|nhấn mạnh|tuyên bố|xác nhận)(?: thêm| rằng)?,?:?\s(?=\p{L})"
)


def recipient(shadow: str, lower: str, start: int, cue: int) -> Actor | None:
    """The addressee before the verb: `có văn bản gửi Thủ tướng đề nghị …`."""
    found = _SENT_TO.search(lower, max(start, cue - 300), _rstrip(shadow, start, cue))
    if not found:
        return None
    actor = actor_at(shadow, lower, found.start("to"), found.end("to"))
    if actor is None:
        return None
    about = _ABOUT.search(lower, actor.end, found.end("to"))
    return Actor(actor.start, about.start() if about else found.end("to"), actor.kind, actor.head)


# `UBND quận 9, TP.HCM`: a place behind the comma goes on with the name of the body before it.
_OF_A_PLACE = regex.compile(
    r"[^,;:]*?\s(?i:quận|huyện|xã|phường|thị xã|thị trấn|thành phố|tp\.?|phố|thôn)\s?(?:\d|\p{Lu})[^,;:]*\Z"
)
_WHERE = regex.compile(
    r"\s*+(?:(?i:quận|huyện|thị xã|tỉnh|thành phố|tp\.?)\s?(?=[\p{Lu}\d])|(?=\p{Lu}))"
    r"[\p{Lu}\d][\p{L}\d.-]*+(?:\s(?:\p{Lu}|[-–])[\p{L}.-]*+){0,4}"
)
WHERE_GOES_ON = regex.compile(rf",(?=\s(?i:quận|huyện|thị xã|tỉnh|thành phố|tp)\b){_WHERE.pattern}")


# `các bộ, ngành`, `tổ chức, cá nhân`: the noun behind the comma has no article of its own and goes on with a list.
_LISTED = regex.compile(
    r"\s*+(?:ngành|cá nhân|tổ chức|địa phương|đơn vị|cơ quan|công chức|viên chức|ban|đoàn thể|chiến sĩ"
    r"|chiến sỹ|nhân viên|giáo viên|công nhân)\b"
)
_OF_OTHERS = regex.compile(r"\s(?:của|cho|với|về|đối với|đến)\s[^,]{0,20}\Z")
_LISTED_BEFORE = regex.compile(
    r"(?:bộ|sở|ban|ngành|cơ quan|tổ chức|đơn vị|cấp|hộ gia đình|cá nhân|doanh nghiệp|tỉnh|cán bộ|công chức)\s*\Z"
)


def _begins(shadow: str, lower: str, pieces: list[tuple[int, int]], index: int, end: int) -> int:
    """The piece with which the noun phrase begins that the piece at `index` goes on with, else `index`."""
    while index and shadow[pieces[index - 1][1] : pieces[index][0]] == ",":
        begin, stop = pieces[index - 1]
        place = _WHERE.fullmatch(shadow, pieces[index][0], end) and _OF_A_PLACE.match(shadow, begin, stop)
        if not place and not _continues(lower, pieces, index):
            return index
        index, end = index - 1, stop
    return index


def _continues(lower: str, pieces: list[tuple[int, int]], index: int) -> bool:
    """The piece is a further noun of a list that began in the one before it."""
    begin, stop = pieces[index - 1]
    return bool(
        _LISTED.match(lower, pieces[index][0]) and _LISTED_BEFORE.search(lower, max(begin, stop - 14), stop)
    )


def teller(shadow: str, lower: str, start: int, cue: int) -> Actor | None:
    """Who tells: the nearest actor that can be the subject of the verb at `cue`.

    An earlier subject of the same sentence will do: `Sở … đã ban hành thông báo và yêu cầu …`.
    """
    start = max(start, cue - WINDOW)
    before = max(start, cue - 160)
    found = _BETWEEN.search(lower, before, cue) if _may_stand_between(lower[before:cue].rstrip()) else None
    stop = found.start() if found else cue
    pieces = _pieces(lower, start, stop)
    for index in range(len(pieces) - 1, -1, -1):
        begin, end = pieces[index]
        if index and shadow[end : end + 1] == ";":
            continue  # `… gồm Chủ tịch, Phó Chủ tịch; giao Chính phủ quy định`: the end of another clause
        here = _begins(shadow, lower, pieces, index, begin + len(shadow[begin:end].rstrip()))
        whole = pieces[here][0] if here < index else None
        begin = begin if whole is None else whole
        lead = CONNECTIVE.match(lower, begin, end)
        begin = lead.end() if lead else begin
        if timed := _TIME_LEAD.match(lower, begin, end):
            begin = timed.end()
        if begin >= end or ADVERBIAL.match(lower, begin, end):
            continue
        if lower.count("(", start, begin) > lower.count(")", start, begin):
            continue  # `ông Bình (ngụ quận 1) đề nghị …`
        if actor := actor_at(shadow, lower, begin, end):
            first = pieces[here][1]
            if whole is not None and _OF_OTHERS.search(lower, actor.end, first):
                return None  # `vi phạm của tổ chức, cá nhân đề nghị …`: who tells is not named
            stop = phrase_end(shadow, lower, actor, first)
            if whole is not None and stop >= _rstrip(shadow, begin, first):
                stop = end
            return Actor(begin, _rstrip(shadow, begin, stop), actor.kind, actor.head)
    return None


# What the last of the words between a subject and its verb can end in.
_LAST_BETWEEN = (*words_of("auxiliary"), " nay", " qua")


def _may_stand_between(words: str) -> bool:
    """Whether `_BETWEEN` can end with these words: a quick no."""
    return words[-1:].isdigit() or words.endswith(_LAST_BETWEEN) or any(paper in words for paper in words_of("paper"))


_THEN = regex.compile(r"\bthì\b")
_IF = regex.compile(r"\b(?:nếu|trường hợp|khi|nào)\b")


def bound(shadow: str, lower: str, start: int, cue: int) -> tuple[Actor | None, bool]:
    """Who is bound by a modal verb at `cue`: the noun phrase, or list of them, that reaches up to it.

    The second value tells whether something stands there: False means that the verb has no subject at all.
    """
    start = max(start, cue - WINDOW)
    found = _ADVERBS.search(lower, max(start, cue - 90), cue)
    stop = _rstrip(shadow, start, found.start() if found else cue)
    if found and _THEN.search(found.group()) and _IF.search(lower, start, stop):
        return None, False  # `Nếu cán bộ, đảng viên sai phạm thì phải …`: the condition names nobody who must
    for told in _TOLD_THAT.finditer(lower, start, stop):
        start = told.end()
    best: Actor | None = None
    listed = False  # the noun phrase found last goes on with a list that begins before it
    pieces = _pieces(lower, start, stop)
    for index in range(len(pieces) - 1, -1, -1):
        begin, end = pieces[index]
        lead = CONNECTIVE.match(lower, begin, end)
        begin = lead.end() if lead else begin
        if begin >= end:
            continue
        if ADVERBIAL.match(lower, begin, end):
            if best:
                break
            continue
        actor = actor_at(shadow, lower, begin, end)
        if listed and not actor:
            return None, True  # `số cấp phó ở các bộ, ngành sẽ giảm`
        listed = index > 0 and _continues(lower, pieces, index)
        if actor and not _FINITE.search(lower, actor.end, end):
            best = Actor(begin, stop, actor.kind, actor.head)
            if lead and lower[lead.start() : lead.end()].strip(" ,\"'*-"):
                break
            continue
        if best or not _GOES_ON.match(lower, begin, end):
            return best, True
    return best, bool(best)


def has_no_subject(lower: str, start: int, cue: int) -> bool:
    """Nothing but connectives and adverbs between the last comma and the verb."""
    start = max(start, cue - WINDOW)
    found = _ADVERBS.search(lower, max(start, cue - 90), cue)
    begin, end = _pieces(lower, start, found.start() if found else cue)[-1]
    lead = CONNECTIVE.match(lower, begin, end)
    left = lower[lead.end() if lead else begin : end].strip()
    return not left or _TIME_ONLY.fullmatch(left) is not None


def phrase_end(shadow: str, lower: str, actor: Actor, stop: int) -> int:
    """The end of a subject: the first auxiliary, comma or verb after its head."""
    found = _STOP.search(lower, actor.end, stop)
    end = found.start() if found else stop
    act = first_act(shadow, actor.end, end)
    return _rstrip(shadow, actor.start, act if act is not None else end)


def _pieces(lower: str, start: int, stop: int) -> list[tuple[int, int]]:
    out, begin = [], start
    for mark in _SPLIT.finditer(lower, start, stop):
        out.append((begin, mark.start()))
        begin = mark.end()
    out.append((begin, stop))
    return out


def _rstrip(shadow: str, start: int, stop: int) -> int:
    return start + len(shadow[start:stop].rstrip(' ,;:"-(*_'))

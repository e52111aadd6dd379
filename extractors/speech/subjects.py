"""The subject to the left of a directive word: who tells, or who is bound."""

from __future__ import annotations

import regex

from extractors.speech.actors import WINDOW, Actor, actor_at, first_act

# What may stand between a subject and its verb.
_BETWEEN = regex.compile(
    r"""(?:[\s,:"]*+\b(?:đã|đang|cũng|vừa|sẽ|mới|vẫn|còn|lại|đều|luôn|rất|chỉ|từng|nay|hiện|thì|và|để|nên|bèn|
    liên\ tục|tiếp\ tục|nhiều\ lần|một\ lần\ nữa|mới\ đây|sau\ đó|ngay|ngay\ lập\ tức|chính\ thức|thống\ nhất|nhất\ trí|
    đồng\ thời|nhấn\ mạnh|kết\ luận|phát\ biểu|khẳng\ định|nêu\ rõ|cho\ biết|cho\ rằng|nói|quyết\ định|tha\ thiết|trước\ hết|
    đặc\ biệt|cùng|hôm\ qua|hôm\ nay|hôm\ \d++[/-]\d++|ngày\ \d++[/-]\d++|(?:sáng|chiều|tối)\ (?:nay|qua|\d++[/-]\d++)|rõ|nghiêm\ túc|trực\ tiếp|
    kịp\ thời|qua\ đó|từ\ đó|thường\ xuyên|phải|cần|rằng|thấy|hết\ sức|
    (?:vừa\ )?(?:có|ra|ban\ hành|ký|gửi|gởi|phát|phát\ đi|đưa\ ra|lập|làm|trình)\ (?:ngay\ )?(?:các\ |một\ )?(?:văn\ bản|công\ văn|tờ\ trình|ý\ kiến|chỉ\ đạo|
       thông\ báo|công\ điện|quyết\ định|báo\ cáo|đơn|thư|lời|kết\ luận|chỉ\ thị|kiến\ nghị|lệnh|tối\ hậu\ thư)(?:\ (?:số|khẩn|hoả\ tốc|hỏa\ tốc|chỉ\ đạo)\ ?[^\s,;]{0,20})?
    )){1,8}\s*+\Z""",
    regex.VERBOSE,
)
_ABOUT = regex.compile(r"\s(?:về|để|nhằm|và|xin|cùng|trong|tại|báo cáo)\s")
_SENT_TO = regex.compile(
    r"""\b(?:(?:văn\ bản|công\ văn|tờ\ trình|đơn|thư|báo\ cáo|công\ điện|kiến\ nghị|ý\ kiến)[^,;.]{0,60}?)?
        \b(?:gửi|gởi|trình|gửi\ tới|đến\ gặp|gửi\ đến|gửi\ lên|tới|lên)\ (?:tới\ |đến\ |lên\ |cho\ )?(?P<to>[^;,:"]{2,130})\Z""",
    regex.VERBOSE,
)
_SPLIT = regex.compile(r"""[,;:()"]|\s-\s""")
CONNECTIVE = regex.compile(
    r"""[\s"'*\-]*+(?:(?:đồng\ thời|ngoài\ ra|bên\ cạnh\ đó|tuy\ nhiên|tuy\ vậy|song|nhưng|vì\ vậy|vì\ thế|do\ đó|do\ vậy|bởi\ vậy|theo\ đó|cụ\ thể|
    sau\ đó|ngay\ sau\ đó|hiện\ nay|hiện|mới\ đây|mới\ nhất|trước\ đó|trước\ mắt|riêng|còn|và|cùng\ với\ đó|cùng\ lúc|cùng\ ngày|từ\ đó|qua\ đó|đặc\ biệt|trong\ đó|nhân\ dịp\ này|
    dịp\ này|thời\ gian\ tới|trong\ thời\ gian\ tới|đến\ nay|mặt\ khác|thay\ vào\ đó|được\ biết|rồi|thì|mà|là|rằng|nên|để|tóm\ lại|cuối\ cùng|tiếp\ đó|sáng\ nay|chiều\ nay|hôm\ qua|hôm\ nay)\b[\s,]*+)*+""",
    regex.VERBOSE,
)
ADVERBIAL = regex.compile(
    r"""(?:theo|tại|trong|với|đối\ với|để|khi|sau|trước|về|nhằm|căn\ cứ|từ|qua|trên|dưới|do|vì|bởi|nếu|trường\ hợp|ngoài|nhân|vào|ngày|sáng|chiều|tối|lúc|
    liên\ quan|thông\ qua|bằng|dù|mặc\ dù|tuy|kể|đến|năm|tháng|xét|hồi|thay\ mặt|phát\ biểu|kết\ luận|trả\ lời|chủ\ trì|trao\ đổi|lắng\ nghe|gần)\b""",
    regex.VERBOSE,
)
_STOP = regex.compile(
    r"""\s++(?:đã|đang|vừa|sẽ|cũng|sau\ đó|có\ (?!liên\ quan)|là|cho\ biết|cho\ rằng|nói|ban\ hành|ký|gửi|khẳng\ định|nhấn\ mạnh|phát\ biểu|đồng\ ý|chấp\ thuận|không|phải|cần|bị|được\ (?!luân\ chuyển|giao)|
    mới|hôm|ngày|tại|chủ\ trì|đánh\ giá|nhận|thấy|đến|chỉ|vẫn|đều|ra|tổ\ chức|yêu\ cầu|đề\ nghị|kiến\ nghị)\b|[,;:("]|\s-\s|\Z""",
    regex.VERBOSE,
)


# What may stand between the one who is bound and `phải`, `cần`, `sẽ`: adverbs only.
_ADVERBS = regex.compile(
    r"""(?:[\s,]*+\b(?:đã|cũng|vẫn|còn|lại|đều|luôn|rất|chỉ|nay|hiện|thì|và|liên\ tục|tiếp\ tục|đồng\ thời|trước\ hết|đặc\ biệt|
    cùng|ngay|kịp\ thời|thường\ xuyên|trước\ mắt|càng|nhất\ định|chắc\ chắn|bắt\ buộc|trong\ thời\ gian\ tới|thời\ gian\ tới|sắp\ tới|hết\ sức)){1,5}\s*+\Z""",
    regex.VERBOSE,
)
# A piece after a comma that goes on with the same list of actors.
_GOES_ON = regex.compile(r"\s*+(?:nhất là|đặc biệt là|trước hết là|kể cả|cũng như|bao gồm|trong đó có|và|cùng)\b")
_FINITE = regex.compile(
    r"""\s(?:đã|đang|vừa|sẽ|cho\ biết|cho\ rằng|nói|ban\ hành|ký|gửi|khẳng\ định|nhấn\ mạnh|phát\ biểu|đồng\ ý|đánh\ giá|thấy|bị|nêu|tuyên\ bố|yêu\ cầu|đề\ xuất|đề\ nghị|kiến\ nghị|quyết\ định|là(?!\ người)|(?<!được\ )giao)\b""",
    regex.VERBOSE,
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


def teller(shadow: str, lower: str, start: int, cue: int) -> Actor | None:
    """Who tells: the nearest actor that can be the subject of the verb at `cue`.

    An earlier subject of the same sentence will do: `Sở … đã ban hành thông báo và yêu cầu …`.
    """
    start = max(start, cue - WINDOW)
    found = _BETWEEN.search(lower, max(start, cue - 160), cue)
    stop = found.start() if found else cue
    for begin, end in reversed(_pieces(lower, start, stop)):
        lead = CONNECTIVE.match(lower, begin, end)
        begin = lead.end() if lead else begin
        if begin >= end or ADVERBIAL.match(lower, begin, end):
            continue
        if actor := actor_at(shadow, lower, begin, end):
            return Actor(begin, phrase_end(shadow, lower, actor, end), actor.kind, actor.head)
    return None


def bound(shadow: str, lower: str, start: int, cue: int) -> tuple[Actor | None, bool]:
    """Who is bound by a modal verb at `cue`: the noun phrase, or list of them, that reaches up to it.

    The second value tells whether something stands there: False means that the verb has no subject at all.
    """
    start = max(start, cue - WINDOW)
    found = _ADVERBS.search(lower, max(start, cue - 90), cue)
    stop = _rstrip(shadow, start, found.start() if found else cue)
    best: Actor | None = None
    for begin, end in reversed(_pieces(lower, start, stop)):
        lead = CONNECTIVE.match(lower, begin, end)
        begin = lead.end() if lead else begin
        if begin >= end:
            continue
        if ADVERBIAL.match(lower, begin, end):
            if best:
                break
            continue
        actor = actor_at(shadow, lower, begin, end)
        if actor and not _FINITE.search(lower, actor.end, end):
            best = Actor(begin, stop, actor.kind, actor.head)
            if lead and lower[lead.start() : lead.end()].strip(" ,\"'*-"):
                break
            continue
        if best or not _GOES_ON.match(lower, begin, end):
            return best, True
    return best, bool(best)


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

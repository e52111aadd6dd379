"""Sentences that ask or bind in set forms, without a word of telling: appeals, sanctions, closing lines of letters."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import Actor, act_begins, actor_at
from extractors.speech.acts import make_act
from extractors.speech.context import Act, Context
from extractors.speech.subjects import WHERE_GOES_ON, bound, teller

# `Ai biết tung tích đối tượng, báo cho cơ quan Công an quận 9.`
_APPEAL = regex.compile(
    rf"\b(?P<who>{any_of('anyone')}\s(?:nào\s)?(?:có\s|đã\s|đang\s)?"
    rf"(?:biết|thông tin|phát hiện|thấy|nhìn thấy|nhận ra)\b[^.;:]{{0,160}}?),?\s"
    rf"(?:(?:thì|xin|hãy|vui lòng|đề nghị|cần|có thể|nhanh chóng|ngay|lập tức|kịp thời)\s)*+"
    rf"(?P<act>(?:{any_of('gets in touch')})\b)"
)
_DIRECTLY = regex.compile(r"\s(?=\p{Lu})")
_TO = regex.compile(r"\s(?:cho|với|đến|tới|về|ngay)\s(?:ngay\s|cho\s)?(?=\p{L})")
# `Doanh nghiệp sẽ phải nộp số tiền truy thu …`: what a decision on a sanction lays on the one it punishes.
_SANCTION = regex.compile(
    r"(?<=[\s,])(?:sẽ |còn |đồng thời |cũng )*+(?P<verb>(?:bị )?buộc phải|bị buộc|buộc|phải)\s(?P<act>"
    r"(?:nộp|khắc phục|tháo dỡ|khôi phục|trả lại|hoàn trả|tiêu huỷ|tiêu hủy|"
    r"chấp hành|cải chính|thu hồi|di dời|nộp lại)\b)"
)
_PUNISHED = regex.compile(r"\b(?:xử phạt|truy thu|cưỡng chế|bị phạt|mức phạt|vi phạm hành chính|khắc phục hậu quả)\b")
_WITHIN = 1500  # characters: a sanction is told near the decision
_GENERAL = regex.compile(r"\b(?:nếu|trường hợp|theo quy định|hành vi|người nào|mỗi|có thể|đã|thường)\b")
# `Trong thời hạn 10 ngày kể từ ngày nhận quyết định, Công ty Hải Đăng phải nộp phạt`: a term that a paper sets.
_TERM = regex.compile(
    r"\b(?:trong|sau|chậm nhất|muộn nhất|không quá)(?: là)?(?: thời hạn| vòng| thời gian)?(?: tối đa| không quá)?"
    r"\s(?:\d{1,3}|\p{L}{2,6}(?:\s\p{L}{2,6})?)\s(?:\([^()]{1,20}\)\s)?(?:ngày|tháng|giờ)(?: làm việc)?,?"
    r"\s(?:(?:kể|tính)\s)?(?:từ|sau)?\s?(?:khi|ngày|thời điểm)?\s?(?:được\s)?"
    r"(?:nhận|giao|có|ban hành|ký|công bố|tống đạt)\b"
    r"[^;.]{0,90}?,\s(?=[^,;.]{2,120}?\s(?P<verb>phải|có trách nhiệm|có nghĩa vụ|buộc phải)\s)"
)
_PAPER_ITSELF = regex.compile(r"\b(?:quyết định|thông báo|kết luận|văn bản|công văn|biên bản|giấy báo)(?: này)?\b")
_DECIDED = regex.compile(
    r"\s(?:đã |vừa |cũng )*(?:ra|ban hành|ký|có|gửi|phát)\s(?:ngay\s)?(?:quyết định|thông báo|kết luận)\b"
)
_BY_RULE = regex.compile(
    r"\b(?:nếu|trường hợp|theo quy định|quy định|người nào|mỗi|đã|thường|luật|nghị định|bị xử phạt|khi)\b"
)
_NAMED = regex.compile(r"\s\p{Lu}|\s(?:này|trên|nói trên|nêu trên)\Z|^\p{Lu}{2}")
# `… trả lời để Cục Thuế được biết và hướng dẫn doanh nghiệp thực hiện.`
_INFORMED = regex.compile(r"\bđể\s(?P<who>[^.;,]{3,90}?)\s(?:được\s)?biết(?:,| và|, và)\s(?P<act>(?=\p{L}))")
_ONLY_CARRIES_OUT = regex.compile(
    r"(?:(?:tổ chức|phối hợp|nghiêm túc|liên hệ|triển khai|căn cứ)\s)*+(?:thực hiện|thi hành|theo dõi|áp dụng)\b"
)


def notice(context: Context, start: int, end: int) -> Act | None:
    """The directive of a sentence in one of these forms."""
    return (
        _appeal(context, start, end)
        or _informed(context, start, end)
        or _sanction(context, start, end)
        or _termed(context, start, end)
    )


def _appeal(context: Context, start: int, end: int) -> Act | None:
    found = _APPEAL.search(context.lower, start, end) if context.words.begins("anyone", start, end) else None
    if found is None:
        return None
    to = _TO.search(context.shadow, found.end(), min(end, found.end() + 40))
    body = actor_at(context.shadow, context.lower, to.end(), end) if to else None
    if to is None and (to := _DIRECTLY.match(context.shadow, found.end(), end)):
        body = actor_at(context.shadow, context.lower, to.end(), end)
    issuer = None
    if to and body and body.kind in ("state", "group"):
        stop = _STOP.search(context.shadow, _with_places(context.shadow, body.end, end), end)
        issuer = context.speakers.body(Actor(to.end(), stop.start() if stop else end, body.kind, body.head))
    who = " ".join(context.text[found.start("who") : found.end("who")].split())
    return make_act(context, found.start("act"), found.start("act"), end, "request", issuer, who, "notice")


_STOP = regex.compile(r"[,;]|\.(?=\s|\Z)|\s(?:để|gần nhất|hoặc|theo số|qua|số điện thoại)(?=\s|\Z)|\Z")


def _with_places(shadow: str, start: int, end: int) -> int:
    """Where the last comma is that a place of the same name follows: `Công an quận 9, TP.HCM để …`."""
    while (comma := _STOP.search(shadow, start, end)) and (goes_on := WHERE_GOES_ON.match(shadow, comma.start(), end)):
        start = goes_on.end()
    return start


def _informed(context: Context, start: int, end: int) -> Act | None:
    found = _INFORMED.search(context.lower, start, min(end, start + 600)) if context.letter else None
    if found is None or _ONLY_CARRIES_OUT.match(context.lower, found.start("act"), end):
        return None
    who = actor_at(context.shadow, context.lower, found.start("who"), found.end("who"))
    if who is None or who.kind != "state" or not act_begins(context.shadow, context.lower, found.start("act"), end):
        return None
    addressee = context.speakers.body(Actor(who.start, found.end("who"), who.kind, who.head))
    act = found.start("act")
    return make_act(context, act, act, end, "order", context.sender, addressee, "notice")


def _sanction(context: Context, start: int, end: int) -> Act | None:
    stop = min(end, start + 400)
    if context.lower.find("phải", start, stop) < 0 and context.lower.find("buộc", start, stop) < 0:
        return None
    found = _SANCTION.search(context.lower, start, stop)
    if found is None or context.explains:
        return None
    text = context.text_before(found.start())
    if text is None or text.doc_type.lower() != "quyết định" or found.start() - text.start > _WITHIN:
        return None
    if not _PUNISHED.search(context.lower, max(0, start - 600), end) or _GENERAL.search(
        context.lower, start, found.start()
    ):
        return None
    who, _ = bound(context.shadow, context.lower, start, found.start())
    if who is None or who.kind != "group":
        return None
    begin = found.start("verb")
    addressee = context.speakers.body(who)
    return make_act(context, begin, found.start("act"), end, "order", text.issuer, addressee, "notice")


def _termed(context: Context, start: int, end: int) -> Act | None:
    """What a decision that is told of, or the paper itself, lays on somebody named, with a term that runs from it."""
    stop = min(end, start + 500)
    found = _TERM.search(context.lower, start, stop) if context.lower.find(" phải ", start, stop) >= 0 else None
    if found is None or context.explains or _BY_RULE.search(context.lower, start, found.start("verb")):
        return None
    if not _PAPER_ITSELF.search(context.lower, found.start(), found.end()):
        return None
    who, _ = bound(context.shadow, context.lower, found.end(), found.start("verb"))
    if who is None or not _NAMED.search(context.shadow[who.start : who.end]):
        return None
    issuer = _decided(context, found.start())
    if issuer is None and " này," not in context.lower[found.start() : found.end()]:
        return None
    act = found.end("verb") + 1
    return make_act(
        context, found.start("verb"), act, end, "order", issuer, context.speakers.body(who), "notice"
    )


def _decided(context: Context, position: int) -> str | None:
    """Who issued the paper: the issuer of one told of with its number, else who `đã ra quyết định`, else the sender."""
    text = context.text_before(position)
    if text and text.issuer and position - text.start < _WITHIN:
        return text.issuer
    if decided := list(_DECIDED.finditer(context.lower, max(0, position - _WITHIN), position)):
        last = decided[-1]
        who = teller(context.shadow, context.lower, max(0, last.start() - 300), last.start())
        if who and who.kind == "state":
            return context.speakers.label(who)
    return context.sender

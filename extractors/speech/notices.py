"""Sentences that ask or bind in set forms, without a word of telling: appeals, sanctions, closing lines of letters."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import Actor, act_begins, actor_at
from extractors.speech.acts import make_act
from extractors.speech.context import Act, Context
from extractors.speech.subjects import bound

# `Ai biết tung tích đối tượng, báo cho cơ quan Công an quận 9.`
_APPEAL = regex.compile(
    rf"\b(?P<who>{any_of('anyone')}\s(?:nào\s)?(?:có\s|đã\s|đang\s)?"
    rf"(?:biết|thông tin|phát hiện|thấy|nhìn thấy|nhận ra)\b[^.;:]{{0,160}}?),?\s"
    rf"(?:(?:thì|xin|hãy|vui lòng|đề nghị|cần|có thể|nhanh chóng|ngay|lập tức|kịp thời)\s)*+"
    rf"(?P<act>(?:{any_of('gets in touch')})\b)"
)
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
# `… trả lời để Cục Thuế được biết và hướng dẫn doanh nghiệp thực hiện.`
_INFORMED = regex.compile(r"\bđể\s(?P<who>[^.;,]{3,90}?)\s(?:được\s)?biết(?:,| và|, và)\s(?P<act>(?=\p{L}))")
_ONLY_CARRIES_OUT = regex.compile(
    r"(?:(?:tổ chức|phối hợp|nghiêm túc|liên hệ|triển khai|căn cứ)\s)*+(?:thực hiện|thi hành|theo dõi|áp dụng)\b"
)


def notice(context: Context, start: int, end: int) -> Act | None:
    """The directive of a sentence in one of these forms."""
    return _appeal(context, start, end) or _informed(context, start, end) or _sanction(context, start, end)


def _appeal(context: Context, start: int, end: int) -> Act | None:
    found = _APPEAL.search(context.lower, start, end) if context.words.begins("anyone", start, end) else None
    if found is None:
        return None
    to = _TO.search(context.shadow, found.end(), min(end, found.end() + 40))
    body = actor_at(context.shadow, context.lower, to.end(), end) if to else None
    issuer = None
    if to and body and body.kind in ("state", "group"):
        stop = _STOP.search(context.shadow, body.end, end)
        issuer = context.speakers.body(Actor(to.end(), stop.start() if stop else end, body.kind, body.head))
    who = " ".join(context.text[found.start("who") : found.end("who")].split())
    return make_act(context, found.start("act"), found.start("act"), end, "request", issuer, who, "notice")


_STOP = regex.compile(r"[,;]|\.(?=\s|\Z)|\s(?:để|gần nhất|hoặc|theo số|qua|số điện thoại)(?=\s|\Z)|\Z")


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

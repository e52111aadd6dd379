"""Quoted words that the writer calls an order or a request: `"… phải khởi công", Phó thủ tướng yêu cầu.`

The verb that stands after the quotation says what it is, so anyone may be quoted, and its last sentence needs no
modal verb.
"""

from __future__ import annotations

import regex

from extractors.clause_words import any_of
from extractors.facts import Force
from extractors.speech.actors import Actor, actor_at, first_act
from extractors.speech.acts import MODALS, imperative, make_act
from extractors.speech.context import Act, Context
from extractors.speech.speakers import Quote
from extractors.speech.subjects import ADVERBIAL, CONNECTIVE, bound, has_no_subject
from extractors.speech.telling import COURTS, PROSECUTION

_ASKS: dict[str, Force] = {"yêu cầu": "order", "chỉ đạo": "order", "đề nghị": "request", "kiến nghị": "request"}
_MODAL = regex.compile(r"(?<=[\s\",])(?:cần phải|phải|cần|nên|hãy|không được)\s")
_THEN = regex.compile(r"(?<!nếu)\sthì\s(?=(?:sớm|ngay|báo cáo|trình|chỉ đạo|xử lý|kiểm tra|giao|đề xuất)\b)")
_BOUND = frozenset({"state", "group", "place", "country"})
_NO_ONE = frozenset({"chúng tôi", "chúng ta"})
_OVER = regex.compile(rf"\s{any_of('finite')}\b")


def asked(context: Context, start: int, end: int) -> Act | None:
    """The directive of one sentence of such a quotation, where its own words hold none."""
    quote = context.speakers.quote(start)
    if quote is None or not quote.named or quote.said not in _ASKS or quote.who.head in COURTS:
        return None
    stop = min(end, quote.end - 1)
    if context.shadow[start:stop].rstrip().endswith("?"):
        return None
    official = quote.who.kind in ("state", "paper") or context.speakers.is_official(quote.who)
    force: Force = _ASKS[quote.said] if official else "request"
    for found in _MODAL.finditer(context.lower, start, stop):
        if act := _with_modal(context, quote, found, start, stop, force, official=official):
            return act
    return _bare(context, quote, start, stop, force) if stop == quote.end - 1 else None


def _with_modal(
    context: Context, quote: Quote, found: regex.Match[str], start: int, stop: int, force: Force, *, official: bool
) -> Act | None:
    word = found.group().strip()
    if word in ("phải", "cần") and not context.cues_in(found.start(), found.start() + 1):
        return None  # inside a term
    who, _ = bound(context.shadow, context.lower, start, found.start())
    if who is None and (word == "nên" or not has_no_subject(context.lower, start, found.start())):
        return None
    if who and (who.kind not in _BOUND or who.head in _NO_ONE):
        return None
    if official and word in ("phải", "không được"):
        force = "order"
    begin = found.start()
    act = begin if word == "không được" else MODALS.match(context.lower, found.end(), stop).end()  # type: ignore[union-attr]
    if PROSECUTION.match(context.lower, act, stop) or context.lower.startswith(("nói", "thừa nhận", "là "), act):
        return None
    addressee = context.speakers.body(who) if who else None
    return make_act(context, begin, act, stop, force, context.speakers.label(quote.who), addressee, "asked")


def _bare(context: Context, quote: Quote, start: int, stop: int, force: Force) -> Act | None:
    """The last sentence, without a modal verb: `Chính quyền bố trí chợ tạm …", ông Cường yêu cầu`."""
    issuer = context.speakers.label(quote.who)
    lead = CONNECTIVE.match(context.lower, start, stop)
    begin = lead.end() if lead else start
    run = context.live_run(2)
    before = run.addressee if run and run.issuer == issuer else None
    if then := _THEN.search(context.lower, begin, stop):
        return make_act(context, then.end(), then.end(), stop, force, issuer, before, "asked")
    while ADVERBIAL.match(context.lower, begin, stop):
        comma = context.lower.find(", ", begin, stop)
        if comma < 0:
            return None
        begin = comma + 2
    if imperative(context, begin, stop, single=True):
        return make_act(context, begin, begin, stop, force, issuer, before, "asked")
    actor = actor_at(context.shadow, context.lower, begin, stop)
    if actor is None or actor.kind not in _BOUND or actor.head in _NO_ONE:
        return None
    act = first_act(context.shadow, actor.end, stop, head=actor.head)
    if act is None or context.lower.startswith("không ", act) or _OVER.search(context.lower, actor.end, act):
        return None
    who = context.speakers.body(Actor(begin, act, actor.kind, actor.head))
    return make_act(context, act, act, stop, force, issuer, who, "asked")

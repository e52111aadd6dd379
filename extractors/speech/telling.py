"""Someone tells or asks someone to do something: `Thủ tướng yêu cầu Bộ X báo cáo …`."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.speech.actors import Actor, act_begins, told
from extractors.speech.acts import make_act
from extractors.speech.context import Act, Context
from extractors.speech.subjects import CONNECTIVE, recipient, teller
from extractors.speech.words import Cue

# Before a verb of telling these make its clause a condition, a reason or a noun.
_SUBORDINATE = regex.compile(
    rf"(?:^|[,;:(\"]|(?<!chính|hàng|phòng)\s){any_of('subordinate')}\s(?!phát ngôn|đứng đầu)[^,;:.\"]{{0,90}}\Z"
)
COURTS = frozenset(words_of("court"))
# `hồ sơ gồm công văn đề nghị …`: the name of a paper, unless someone issues it.
_PAPER_BEFORE = regex.compile(rf"(?:^|(?P<presented>\b{any_of('presents')})\s|\s)(?<!\d\s){any_of('named paper')}\s*\Z")
_PROSECUTION = regex.compile(
    r"(?:tuyên|tuyên phạt|phạt (?:bị|ông|bà|tù|\d)|xử phạt|xử (?:lý )?bị cáo|truy tố|áp dụng mức|"
    r"giảm nhẹ|giảm án|khoan hồng)\b"
)
# The closing line of a letter, also where its head was not read.
_IN_DOUBT = regex.compile(r"\b(?:vướng mắc|khó khăn|phát sinh|thắc mắc|chưa rõ)[^,;.]{0,20},\s*\Z")
# These words tell no one anything unless they name whom.
_NEEDS_ADDRESSEE = words_of("needs addressee")
# An appeal to nobody in particular is made by states and office-holders only: `Ngoại trưởng … kêu gọi ngừng bắn`.
_APPEALS = words_of("appeal")
# Whose demands bind no one: associations, deputies, people outside the State.
_FIRM_NAME = regex.compile(
    rf"(?:[Pp]hía\s)?(?P<who>\p{{Lu}}[\p{{L}}\d&.-]+(?:\s\p{{Lu}}[\p{{L}}\d&.-]*){{0,3}})(?:\s{any_of('auxiliary')}){{0,3}}\s\Z"
)
ASKS_ONLY = regex.compile(rf"(?:các\s|một số\s|nhiều\s|hai\s)?{any_of('asks only')}\b", regex.IGNORECASE)
_CHEERED = regex.compile(rf"{any_of('cheer')}\b")
_FORMER = regex.compile(r"(?i:nguyên|cựu)\s")
_ILLEGAL = regex.compile(rf"\b{any_of('illegal')}\b")


def tell(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Thủ tướng yêu cầu Bộ X báo cáo …`."""
    shadow, lower = context.shadow, context.lower
    if _SUBORDINATE.search(lower, max(start, cue.start - 110), cue.start) and not starts_here(context, start, cue):
        return None
    addressee, act = told(shadow, lower, cue.end, end)
    if act is None and addressee is None:
        act = _through_modal(context, cue, end)
    if act is None or (addressee is None and cue.phrase.startswith(_NEEDS_ADDRESSEE)):
        return None
    if addressee is None and cue.phrase in _APPEALS and not _appeals(context, cue, start):
        return None
    if _is_paper(lower, start, cue.start) or _PROSECUTION.match(lower, act, end):
        return None
    if cue.phrase == "động viên" and not _CHEERED.match(lower, act, end):
        return None
    issuer, known = _issuer(context, cue, start)
    if not known and cue.force == "request" and addressee and _is_body(addressee):
        issuer = _firm(context, cue, start)
        known = issuer is not None
    if not known or (
        cue.force == "order" and (_FORMER.match(issuer or "") or _ILLEGAL.search(lower, act, min(end, act + 90)))
    ):
        return None
    force = _force(context, cue, act, addressee, issuer)
    who = context.speakers.body(addressee) if addressee and addressee.kind not in ("rule", "paper") else None
    if addressee is None and shadow[cue.end : cue.end + 1] == ":":
        who = context.speakers.own_body(teller(shadow, lower, start, cue.start))
    if addressee is None and (sent := recipient(shadow, lower, start, cue.start)):
        who = context.speakers.body(sent)
    return make_act(context, cue.start, act, end, force, issuer, who, cue.kind)


def ask(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`có văn bản gửi Thủ tướng xin tạm ứng vốn`: only with a recipient before it."""
    sent = recipient(context.shadow, context.lower, start, cue.start)
    if sent is None or not act_begins(context.shadow, context.lower, cue.end + 1, end):
        return None
    who = teller(context.shadow, context.lower, start, sent.start)
    if who is None:
        return None
    act = cue.end + 1
    return make_act(
        context, cue.start, act, end, "request", context.speakers.label(who), context.speakers.body(sent), cue.kind
    )


def stress(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`lưu ý các địa phương không được chủ quan`; `nhấn mạnh …` only with a modal verb after it."""
    addressee, act = told(context.shadow, context.lower, cue.end, end)
    if act is None or context.lower[cue.end : cue.end + 1] == ",":
        return None
    modal = context.lower[(addressee.end if addressee else cue.end) : act + 12]
    if addressee is None and not regex.match(
        r"\s*(?:là\s)?(?:phải|cần|không được|tuyệt đối)", context.lower[cue.end : cue.end + 20]
    ):
        return None
    if cue.phrase == "nhấn mạnh" and not regex.search(r"\b(?:phải|cần|không được|không để)\b", modal):
        return None
    return tell(context, cue, start, end)


def ban(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    addressee, act = told(context.shadow, context.lower, cue.end, end)
    begin = act if act is not None else cue.end + 1
    if cue.phrase == "cấm" and addressee is None:
        return None
    issuer, known = _issuer(context, cue, start)
    if not known:
        return None
    who = context.speakers.body(addressee) if addressee else None
    return make_act(context, cue.start, cue.start if act is None else begin, end, "order", issuer, who, cue.kind)


def _issuer(context: Context, cue: Cue, start: int) -> tuple[str | None, bool]:
    """Who tells, and whether someone does who can: orders need an office or a public body, requests anyone."""
    who = teller(context.shadow, context.lower, start, cue.start)
    run = context.live_run(3)
    if who is None:
        said = context.speakers.quoted(cue.start)
        if said and context.speakers.is_official(said):
            return context.speakers.label(said), True
        if run and _subjectless(context, start, cue):
            return run.issuer, True
        if cue.phrase == "quyết định giao" and context.shadow[cue.start].isupper():
            return None, True
        if _IN_DOUBT.search(context.lower, max(start, cue.start - 60), cue.start):
            return context.sender, True
        if context.letter and (_subjectless(context, start, cue) or context.lower[start : cue.start].endswith("thì ")):
            return context.sender, True
        return None, False
    if who.head == "chúng tôi" and (said := context.speakers.quoted(cue.start)):
        return context.speakers.label(said), cue.force == "request" or context.speakers.is_official(said)
    if who.kind == "country":
        return context.speakers.label(who), cue.force == "request" or " " in who.head or who.head == "mỹ"
    if ASKS_ONLY.match(context.shadow, who.start, who.end):
        return context.speakers.label(who), True
    if who.kind in ("pronoun", "person") or who.head in ("chúng tôi", "chúng ta"):
        if cue.force == "request" or context.speakers.is_official(who):
            return context.speakers.label(who), True
        if run and run.issuer and who.end - who.start < 30:
            return run.issuer, True
        return None, False
    if who.kind in ("state", "place", "paper"):
        return context.speakers.label(who), cue.force == "request" or who.head not in COURTS
    return context.speakers.label(who), cue.force == "request"


def _is_body(actor: Actor) -> bool:
    return actor.kind in ("state", "place", "country") or actor.head.startswith("cơ quan")


def _firm(context: Context, cue: Cue, start: int) -> str | None:
    """`Phía Vinasun cũng kiến nghị cơ quan chức năng …`: a name of which nothing else is known heads the clause."""
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    found = _FIRM_NAME.match(context.shadow, lead.end() if lead else start, cue.start)
    return context.text[found.start("who") : found.end("who")] if found else None


def _appeals(context: Context, cue: Cue, start: int) -> bool:
    who = teller(context.shadow, context.lower, start, cue.start)
    return who is not None and (who.kind in ("state", "country") or context.speakers.is_official(who))


def _force(context: Context, cue: Cue, act: int, addressee: Actor | None, issuer: str | None) -> Force:
    """`đề nghị … phải` is an order; an association that says `yêu cầu` only asks."""
    if issuer and ASKS_ONLY.match(issuer):
        return "request"
    if cue.force == "request" and addressee:
        between = context.lower[addressee.end : act + 5]
        if "phải" in between:
            return "order"
    return cue.force


def _is_paper(lower: str, start: int, cue: int) -> bool:
    found = _PAPER_BEFORE.search(lower, max(start, cue - 40), cue)
    return found is not None and found["presented"] is None


def _through_modal(context: Context, cue: Cue, end: int) -> int | None:
    """`yêu cầu, các quy hoạch phải đảm bảo …`: the act stands after a modal verb with a thing as its subject."""
    if cue.phrase != "yêu cầu":
        return None
    for later in context.cues_in(cue.end, min(end, cue.end + 90)):
        if later.phrase in ("phải", "cần", "cần phải", "không được"):
            return later.start
    return None


def starts_here(context: Context, start: int, cue: Cue) -> bool:
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    return bool(lead) and lead.end() >= cue.start


def _subjectless(context: Context, start: int, cue: Cue) -> bool:
    """Nothing but connectives, adverbials and auxiliaries before the verb."""
    left = context.lower[start : cue.start]
    return (
        starts_here(context, start, cue)
        or len(left) < 12
        or left.rstrip().endswith((",", "và", "đồng thời", "cũng", "đã", ";", '"'))
        or cue.phrase.startswith("giao")
    )

"""An order told from the side of the one who gets it: `Các nhà mạng được yêu cầu báo cáo …`."""

from __future__ import annotations

import regex

from extractors.facts import Force
from extractors.speech.actors import act_begins
from extractors.speech.acts import MODALS, make_act
from extractors.speech.context import Act, Context
from extractors.speech.subjects import CONNECTIVE, bound
from extractors.speech.words import Cue

_BOUND = frozenset({"state", "group", "place", "country", "many"})
# Over when it is told, or told of a time that returns.
_OVER = regex.compile(r"\b(?:đã|từng|vừa|khi|nếu|trường hợp|mà|nào|không|chưa|thường|theo quy định)\b")
_BY = regex.compile(r"\s*+(?:bởi\s[^,;.]{2,60}?\s)?")
_ALSO = 10  # sentences: `Công an cũng được yêu cầu …` goes back to an order told before
# A duty that a body has for good (`Cục được giao quản lý …`) is a task of its own only while an order is being told.
_STANDING = ("được giao", "được phân công")

_CHARGE = regex.compile(
    r"(?:chủ trì|phối hợp|rà soát|kiểm tra|báo cáo|hướng dẫn|xây dựng|trình|tham mưu|nghiên cứu|đề xuất|làm rõ|xử lý)\b"
)


def passive(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """The subject must act. Who told it is the one who gave the order before, or nobody named."""
    lower = context.lower
    who, _ = bound(context.shadow, lower, start, cue.start)
    if who is None or who.kind not in _BOUND or who.head in ("chúng tôi", "chúng ta"):
        return None
    lead = CONNECTIVE.match(lower, start, who.start + 1)
    if _OVER.search(lower, lead.end() if lead else start, cue.start):
        return None
    act = MODALS.match(lower, _BY.match(lower, cue.end, end).end(), end).end()  # type: ignore[union-attr]
    if not act_begins(context.shadow, lower, act, end):
        return None
    run = context.live_run(_ALSO if lower.endswith(" cũng ", start, cue.start) else 3)
    named = run.issuer if run else None
    due = context.deadlines.within(act, end)
    if cue.phrase.startswith(_STANDING) and not ((run or due) and _CHARGE.match(lower, act, end)):
        return None
    if run is None and who.kind in ("many", "group") and not (due or cue.phrase == "được yêu cầu"):
        return None
    force: Force = "request" if cue.force == "request" else "order"
    return make_act(context, cue.start, act, end, force, named, context.speakers.body(who), cue.kind)

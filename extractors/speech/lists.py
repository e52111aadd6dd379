"""Lists of directives: the sentence that opens one, and its items.

A lead-in (`Thủ tướng yêu cầu:`, `kết luận như sau:`, `tập trung một số nhiệm vụ sau đây:`) speaks for all items
that follow, down to a heading of the same or a higher rank, a new speaker, or a paragraph of plain narrative. The
conclusion of a meeting or the text of a decision (`whole`) speaks for the rest of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.sentences import sentences
from extractors.speech.actors import Actor, act_begins, actor_at, first_act, told
from extractors.speech.acts import imperative, make_act
from extractors.speech.clauses import act_end
from extractors.speech.context import Act, Context, Run
from extractors.speech.sayings import read_sentence
from extractors.speech.subjects import CONNECTIVE, bound, recipient, teller
from extractors.structure import Block

_WHOLE = regex.compile(
    r"\b(?:kết luận(?: một số nội dung)? như sau|(?:có )?ý kiến (?:chỉ đạo|kết luận)(?: như sau)?|"
    r"kết luận(?: và chỉ đạo)?(?: các nội dung)?(?: sau)?|quyết định|chỉ thị|quyết nghị)\s*:\W*\Z"
)
_ANNOUNCES = regex.compile(
    rf"(?:,\s*|;\s*|\b){any_of('lead-in verb')}?[^,;:.]{{0,90}}\b(?:{any_of('announced')}|cụ thể(?: là)?)\s*:?\W*\Z"
)
_TASKS = regex.compile(rf"\b{any_of('task noun')}\b[^:.]{{0,90}}\b(?:{any_of('announced')}|cụ thể)\b")
_ANNOUNCED_ACT = regex.compile(
    r"\s(?:(?:khẩn trương|tập trung|nghiêm túc|chủ động|phối hợp)\s)*(?:thực hiện|triển khai)\s"
    rf"[^:]{{0,60}}{any_of('announced')}"
)
_FUTURE = regex.compile(rf"\b{any_of('future')}\b")
_LABEL = regex.compile(r"(?:Về|Công tác|Đối với|Riêng|Trong|Từ|Trước|Đến|Ngày|Chậm nhất|Thứ \p{L}+)[^:.;]{2,120}:\s*+")
_NO_ITEMS = regex.compile(rf"\b{any_of('no list of duties')}\b[^:]{{0,80}}:\W*\Z")
# `… đề nghị xếp ngạch đối với công chức trong các trường hợp sau đây:` lists cases, not acts.
_CASES = regex.compile(r"\b(?:trường hợp|điều kiện|hồ sơ|giấy tờ|tài liệu|đối tượng)\s(?:sau đây|sau|như sau)\s*:\W*\Z")
_GOES_ON_ITEM = regex.compile(rf"{any_of('item goes on')}\b")
_PAST = regex.compile(r"\b(?:đã|đang|vừa|được giao|là|có|bị|chưa|còn)\b")


_PAPER_SPEAKS = regex.compile(rf"\b{any_of('paper speaks')}\b[^:]{{0,160}}\b(?:như sau|sau đây|cụ thể)\s*:?\W*\Z")
_RULE = regex.compile(r"\b(?:điều|khoản|điểm|mục|phụ lục)\s\d|mức phạt|hồ sơ|điều kiện")
_LETTERS = frozenset(words_of("letter that orders"))


_PLAN = regex.compile(
    r"\bban hành (?:kế hoạch|chương trình hành động|chương trình công tác|chỉ thị)\b[^:;]*như sau:\W*\Z"
)


@dataclass(slots=True)
class Frame:
    """A list in progress: whose words its items are, and for whom."""

    issuer: str | None
    addressee: str | None
    force: Force
    whole: bool = False
    opener: int = 9  # rank of the block that opened it
    items: int | None = None  # rank of its items, once one is seen
    own: Act | None = None  # what the lead-in itself says besides announcing the list
    sections: bool = False  # a plan: its headings divide it, and do not end it
    told: dict[int, str] = field(default_factory=dict)  # rank → body that an item of this rank is for

    def for_rank(self, rank: int) -> str | None:
        """Who must act on an item of this rank: the body of the nearest item above it, else of the list."""
        above = [named for named in self.told if named < rank]
        return self.told[max(above)] if above else self.addressee


_FOLLOWS = ("sau đây", "như sau", "sau đây.", "như sau.")


def opens_list(context: Context, block: Block, outer: Frame | None) -> Frame | None:
    """The frame that a block opens with its last words, None where it opens no list of directives."""
    if not (block.opens or context.lower.endswith(_FOLLOWS, block.body, block.end)):
        return None
    spans = context.layout.sentences(block)
    if not spans:
        return None
    start, end = spans[-1]
    words = context.lower[start:end]
    if not (block.opens or words.endswith(_FOLLOWS)):
        return None
    if _CASES.search(words):
        return None
    frame = _told_frame(context, block, outer, start, end)
    if frame is None and _WHOLE.search(words):
        who = _any_teller(context, start, end)
        if who or outer is None or not outer.whole:
            frame = Frame(who, outer.addressee if outer else None, "order", whole=True, opener=block.rank)
            frame.addressee = frame.addressee or _host(context, start)
            if frame.issuer is None and frame.addressee is None:
                return None
    if frame is None and (issuer := _paper_speaks(context, words, start, end)):
        frame = Frame(issuer, None, "order", whole=True, opener=block.rank)
    if frame is None and (plan := _PLAN.search(words)):
        who = teller(context.shadow, context.lower, start, start + plan.start())
        if who and who.kind == "state":
            frame = Frame(context.speakers.label(who), None, "order", whole=True, opener=block.rank, sections=True)
    if frame is None and _NO_ITEMS.search(words):
        return None
    if frame is None and outer and (_TASKS.search(words) or _ANNOUNCES.search(words)):
        who = _bound_actor(context, start, end, ("state", "group", "place"))
        frame = Frame(outer.issuer, who or outer.for_rank(block.rank + 1), outer.force, opener=block.rank)
    if (
        frame is None
        and _TASKS.search(words)
        and _FUTURE.search(words)
        and (who := _bound_actor(context, start, end, ("state", "place")))
    ):
        frame = Frame(who, who, "task", opener=block.rank)
        frame.own = _own_words(context, frame, start, end)
    return frame


def _paper_speaks(context: Context, words: str, start: int, end: int) -> str | None:
    """The issuer of the letter whose words follow: `Công văn 2514/SGDĐT-KTKĐ … nêu rõ … như sau:`."""
    if _RULE.search(words) or not _PAPER_SPEAKS.search(words):
        return None
    named = [decree for decree in context.decrees if start <= decree.start < end and decree.doc_type in _LETTERS]
    return (named[-1].issuer or named[-1].text) if named else None


def _told_frame(context: Context, block: Block, outer: Frame | None, start: int, end: int) -> Frame | None:
    """`Thủ tướng yêu cầu Bộ X và các địa phương:`"""
    for cue in reversed(context.cues_in(start, end)):
        if cue.kind != "tell" or cue.phrase in ("giao", "phân công"):
            continue
        lead = regex.compile(r"\s*+:?\s*+").match(context.shadow, cue.end, end)
        begin = lead.end() if lead else cue.end
        actor, act = told(context.shadow, context.lower, begin, end)
        rest = context.lower[actor.end if actor else cue.end : end].strip(" :*_")
        if len(rest) > 120 or (rest and not _ANNOUNCES.search(rest + ":") and actor is None):
            return None
        who = teller(context.shadow, context.lower, start, cue.start)
        if outer and who and who.start <= block.body + 4 and block.marker:
            # `1. Chủ tịch tỉnh chỉ đạo các đơn vị:` in a list: the order is that of the list
            return Frame(outer.issuer, context.speakers.body(who), outer.force, opener=block.rank)
        issuer = context.speakers.label(who) if who and who.kind in ("state", "place", "paper", "group") else None
        if issuer is None and (run := context.live_run(3)):
            issuer = run.issuer
        if issuer is None and cue.force != "request":
            return None
        addressee = context.speakers.body(_until_colon(context, actor, act, end)) if actor else None
        if addressee is None and (sent := recipient(context.shadow, context.lower, start, cue.start)):
            addressee = context.speakers.body(sent)
        if issuer is None and addressee is None:
            return None
        return Frame(issuer, addressee, cue.force, opener=block.rank)
    return None


def _until_colon(context: Context, actor: Actor, act: int | None, end: int) -> Actor:
    stop = act if act is not None else end
    if announces := _ANNOUNCED_ACT.search(context.lower, actor.end, stop):
        stop = announces.start()
    return Actor(
        actor.start, actor.start + len(context.shadow[actor.start : stop].rstrip(" ,:*_")), actor.kind, actor.head
    )


def _any_teller(context: Context, start: int, end: int) -> str | None:
    """The speaker of `…, Tổng Cục trưởng … kết luận như sau:`: the last office named before the colon."""
    who = teller(context.shadow, context.lower, start, end)
    return context.speakers.label(who) if who and who.kind in ("state", "place") else None


def _bound_actor(context: Context, start: int, end: int, kinds: tuple[str, ...]) -> str | None:
    for cue in context.cues_in(start, end):
        if cue.kind in ("bind", "own"):
            who, _ = bound(context.shadow, context.lower, start, cue.start)
            if who and who.kind in kinds:
                return context.speakers.body(who)
    lead = CONNECTIVE.match(context.lower, start, end)
    who = actor_at(context.shadow, context.lower, lead.end() if lead else start, end)
    if who and who.kind in ("state", "place") and (act := first_act(context.shadow, who.end, end)):
        return context.speakers.body(Actor(who.start, act, who.kind, who.head))
    return None


def _own_words(context: Context, frame: Frame, start: int, end: int) -> Act | None:
    for cue in context.cues_in(start, end):
        if cue.kind == "bind":
            return make_act(context, cue.start, cue.end, end, frame.force, frame.issuer, frame.addressee, "lead-in")
    return None


_WITH = regex.compile(r"làm việc với\s++(?:[Ll]ãnh đạo[^,.\n]{0,30}?của\s++)?")


def _host(context: Context, before: int) -> str | None:
    """The body that a meeting was held with: what its conclusion is addressed to."""
    for found in _WITH.finditer(context.shadow, 0, min(before, 3000)):
        actor = actor_at(context.shadow, context.lower, found.end(), found.end() + 120)
        if actor:
            stop = regex.compile(r"[,.;\n(]|\s+(?:về|tại|ngày|để|nhằm|và)\s|\Z").search(
                context.shadow, actor.end, actor.end + 120
            )
            end = stop.start() if stop else actor.end
            return context.speakers.body(Actor(found.end(), end, actor.kind, actor.head))
    return None


_FOR = regex.compile(r"\W*(?:đối với|về phía|riêng)\s++")


def addresses(context: Context, block: Block, frame: Frame) -> bool:
    """`Đối với các Bộ, cơ quan ngang Bộ:` inside a list: whom the items below it are for."""
    lead = _FOR.match(context.lower, block.body, block.end)
    if lead is None or not block.opens or context.cues_in(block.body, block.end):
        return False
    actor = actor_at(context.shadow, context.lower, lead.end(), block.end)
    if actor is None or actor.kind not in ("state", "group", "place", "many") or block.end - lead.end() > 300:
        return False
    frame.told.clear()
    frame.addressee = context.speakers.body(_until_colon(context, actor, None, block.end))
    return True


def section_body(context: Context, block: Block) -> str | None:
    """The body that a section of a plan is for: `## 2. Bộ Thủy lợi`."""
    actor = actor_at(context.shadow, context.lower, block.body, block.end)
    if actor is None or actor.kind not in ("state", "group") or first_act(context.shadow, actor.end, block.end):
        return None
    return context.speakers.body(_until_colon(context, actor, None, block.end))


def read_item(context: Context, block: Block, frame: Frame) -> list[Act]:
    """The directives of one list item: one for the item, and one more wherever another body is named."""
    start = block.body
    if label := _LABEL.match(context.shadow, start, block.end):
        start = label.end()
    spans = list(sentences(context.shadow, start, block.end))
    found: list[Act] = []
    for number, (begin, end) in enumerate(spans):
        context.sentence += 1
        acts = _item_sentence(context, block, frame, begin, end, first=number == 0)
        if not acts and found and _extends(context, frame, begin, end):
            last = found.pop()
            acts = [
                Act(
                    last.start,
                    act_end(context.shadow, begin, end),
                    last.act,
                    last.force,
                    last.issuer,
                    last.addressee,
                    last.rule,
                )
            ]
        found += [one for act in acts for one in _apart(context, frame, act)]
    if not spans and label:  # a heading such as `Về tổ chức thực hiện:`
        return []
    return found


def _apart(context: Context, frame: Frame, act: Act) -> list[Act]:
    """An item that goes on with the duty of another body: `…; các đơn vị khác có trách nhiệm hỗ trợ`."""
    for cue in context.cues_in(act.act + 30, act.end):
        if cue.phrase not in ("có trách nhiệm", "chịu trách nhiệm"):
            continue
        who, _ = bound(context.shadow, context.lower, act.act, cue.start)
        if who is None or who.kind not in ("state", "group", "place") or who.start < act.act + 30:
            continue
        if context.shadow[act.act : who.start].rstrip(' "')[-1:] not in (";", "(", ","):
            continue
        end = act_end(context.shadow, act.start, who.start)
        rest = make_act(
            context, cue.start, cue.end, act.end, frame.force, act.issuer, context.speakers.body(who), act.rule
        )
        return [Act(act.start, end, act.act, act.force, act.issuer, act.addressee, act.rule), rest]
    return [act]


def _item_sentence(context: Context, block: Block, frame: Frame, start: int, end: int, *, first: bool) -> list[Act]:
    lead = CONNECTIVE.match(context.lower, start, end)
    begin = lead.end() if lead else start
    addressee = frame.for_rank(block.rank)
    hits = context.cues_in(start, end)
    tells = bool(hits) and hits[0].start == begin and hits[0].phrase.startswith(("yêu cầu", "giao", "đề nghị"))
    if tells and (acts := _as_sentence(context, frame, addressee, start, end)):
        return acts
    if first and imperative(context, begin, end, single=True):
        return [make_act(context, begin, begin, end, frame.force, frame.issuer, addressee, "item")]
    if (first or frame.whole) and (act := _named(context, block, frame, begin, end)):
        return [act]
    if not first and imperative(context, begin, end):
        return []  # goes on with the item
    return _as_sentence(context, frame, addressee, start, end)


def _as_sentence(context: Context, frame: Frame, addressee: str | None, start: int, end: int) -> list[Act]:
    """A sentence inside a list, read like prose in which the speaker of the list is speaking."""
    context.run = Run(frame.issuer, addressee, frame.force, context.sentence - 1)
    return read_sentence(context, start, end, in_list=True)


def _named(context: Context, block: Block, frame: Frame, start: int, end: int) -> Act | None:
    """`Bộ Xây dựng đôn đốc …`, `Ủy ban nhân dân các tỉnh:` — an item that begins with the body it is for."""
    actor = actor_at(context.shadow, context.lower, start, end)
    if actor is None or actor.kind not in ("state", "group", "place", "many"):
        return None
    if context.shadow[start:end].rstrip(" *_").endswith(":"):
        named = _until_colon(context, actor, None, end)
        if named.end - named.start < 260 and not context.cues_in(start, end):
            frame.told[block.rank] = context.speakers.body(named)
        return None
    hits = [cue for cue in context.cues_in(start, end) if cue.kind in ("bind", "own")]
    act = first_act(context.shadow, actor.end, end)
    if hits and (act is None or hits[0].start <= act + 2):
        return None
    if act is None or actor.kind == "many":
        return None
    basis = regex.compile(r"\s*,?\s*(?:căn cứ|theo|trên cơ sở|trong phạm vi|theo chức năng)\b").search(
        context.lower, actor.end, act
    )
    stop = basis.start() if basis else act
    if _PAST.search(context.lower, actor.end, stop):
        return None
    who = context.speakers.body(Actor(start, stop, actor.kind, actor.head))
    frame.told[block.rank] = who
    return make_act(context, act, act, end, frame.force, frame.issuer, who, "item")


def _extends(context: Context, frame: Frame, start: int, end: int) -> bool:
    """A later sentence of an item that goes on without naming another body."""
    if frame.whole and any(cue.kind == "bind" for cue in context.cues_in(start, end)):
        return True
    lead = CONNECTIVE.match(context.lower, start, end)
    begin = lead.end() if lead else start
    return (
        imperative(context, begin, end)
        or bool(_GOES_ON_ITEM.match(context.lower, begin, end))
        or act_begins(context.shadow, context.lower, begin, end)
    )


def without_lead_in(context: Context, act: Act, block: Block) -> Act | None:
    """A directive in the sentence that opens a list, without the words that only announce it."""
    if act.end < block.end - 30 and ":" not in context.shadow[act.end : act.end + 3]:
        return act
    found = _ANNOUNCES.search(context.lower, act.start, block.end)
    if found is None:
        return None
    end = act.start + len(context.shadow[act.start : found.start()].rstrip(" ,;"))
    if end - act.act < 40:
        return None
    return Act(act.start, end, act.act, act.force, act.issuer, act.addressee, act.rule)

"""Directives of running prose: one sentence, its directive words from left to right."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.speech.actors import WINDOW, Actor, act_begins, actor_at, first_act, told
from extractors.speech.clauses import act_end, is_done
from extractors.speech.context import Act, Context, Run
from extractors.speech.subjects import CONNECTIVE, bound, recipient, teller
from extractors.speech.words import Cue, verbs

# Before a verb of telling these make its clause a condition, a reason or a noun.
_SUBORDINATE = regex.compile(rf"(?:^|[,;:(\"]|\s){any_of('subordinate')}\s[^,;:.\"]{{0,90}}\Z")
_QUESTION = regex.compile(r"\?[\"”')*_\s]*\Z")
_PAST = regex.compile(r"\b(?:đã|từng|vừa|đang|hiện đang)\s*\Z")
_PASSIVE = regex.compile(r"\s*+(?:được|bị)\s++")
_MODALS = regex.compile(rf"""\s*+(?:{any_of("modal")}\b\s*+|[:,"]\s*+)*+""")
_COURTS = frozenset(words_of("court"))
_BODY: frozenset[str] = frozenset({"state", "group", "place"})
_MANY_CUES = 60      # more directive words than that in one sentence are no prose
_LONGEST_ACT = 4000  # characters; the longest items of official lists are near 1500
_TASK_AFTER = regex.compile(rf"\s*+(?:{any_of('eagerness')}\s++)*+")


def read_sentence(context: Context, start: int, end: int, *, in_list: bool = False) -> list[Act]:
    """The directives of one sentence; keeps the run of the context."""
    found: list[Act] = []
    done = start
    hits = context.cues_in(start, end)
    if hits and not _QUESTION.search(context.lower, start, end):
        for cue in hits[:_MANY_CUES]:
            if cue.start < done:
                continue
            left, right = max(start, cue.start - WINDOW), min(end, cue.start + _LONGEST_ACT)
            act = _READERS[cue.kind](context, cue, left, right)
            if act is None or act.end <= act.act + 4 or is_done(context.lower, act.act, act.end):
                continue
            found.append(act)
            done = act.end
    if not found and not in_list and (act := _goes_on(context, start, end)):
        found.append(act)
    for act in found:
        context.run = Run(act.issuer, act.addressee, act.force, context.sentence)
    if not found:
        found = _plan(context, start, end) or _note_speaker(context, start, end)
    return found


def _tell(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Thủ tướng yêu cầu Bộ X báo cáo …`."""
    shadow, lower = context.shadow, context.lower
    if _SUBORDINATE.search(lower, max(start, cue.start - 110), cue.start) and not _starts_here(context, start, cue):
        return None
    addressee, act = told(shadow, lower, cue.end, end)
    if act is None and addressee is None:
        act = _through_modal(context, cue, end)
    if act is None or (cue.phrase.startswith(("giao", "phân công", "lưu ý", "động viên", "mong", "hy vọng", "vận động", "đôn đốc", "nhắc nhở", "kêu gọi", "khuyến", "hối thúc", "thúc giục", "quán triệt")) and addressee is None):
        return None
    if _is_paper(lower, start, cue.start) or _PROSECUTION.match(lower, act, end):
        return None
    if cue.phrase == "động viên" and not _CHEERED.match(lower, act, end):
        return None
    issuer, known = _issuer(context, cue, start)
    if not known or (cue.force == "order" and (_FORMER.match(issuer or "") or _ILLEGAL.search(lower, act, min(end, act + 90)))):
        return None
    force = _force(context, cue, act, addressee)
    who = context.speakers.body(addressee) if addressee else None
    if addressee is None and shadow[cue.end : cue.end + 1] == ":":
        who = context.speakers.own_body(teller(shadow, lower, start, cue.start))
    if addressee is None and (sent := recipient(shadow, lower, start, cue.start)):
        who = context.speakers.body(sent)
    return make_act(context, cue.start, act, end, force, issuer, who, cue.kind)


# `hồ sơ gồm công văn đề nghị …`: the name of a paper, unless someone issues it.
_PAPER_BEFORE = regex.compile(rf"(?:^|(?P<presented>\b{any_of('presents')})\s|\s)(?<!\d\s){any_of('named paper')}\s*\Z")
_PROSECUTION = regex.compile(
    r"(?:tuyên|tuyên phạt|phạt (?:bị|ông|bà|tù|\d)|xử phạt|xử (?:lý )?bị cáo|truy tố|áp dụng mức|giảm nhẹ|giảm án|khoan hồng)\b"
)
_CHEERED = regex.compile(rf"{any_of('cheer')}\b")
_FORMER = regex.compile(r"(?i:nguyên|cựu)\s")
_ILLEGAL = regex.compile(rf"\b{any_of('illegal')}\b")


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


def _starts_here(context: Context, start: int, cue: Cue) -> bool:
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    return bool(lead) and lead.end() >= cue.start


def _force(context: Context, cue: Cue, act: int, addressee: Actor | None) -> Force:
    """`đề nghị … phải` is an order."""
    if cue.force == "request" and addressee:
        between = context.lower[addressee.end : act + 5]
        if "phải" in between:
            return "order"
    return cue.force


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
        return None, False
    if who.kind in ("pronoun", "person") or who.head in ("chúng tôi", "chúng ta"):
        if cue.force == "request" or context.speakers.is_official(who):
            return context.speakers.label(who), True
        if run and run.issuer and who.end - who.start < 30:
            return run.issuer, True
        return None, False
    if who.kind in ("state", "place", "paper"):
        return context.speakers.label(who), cue.force == "request" or who.head not in _COURTS
    return context.speakers.label(who), cue.force == "request"


def _subjectless(context: Context, start: int, cue: Cue) -> bool:
    """Nothing but connectives, adverbials and auxiliaries before the verb."""
    left = context.lower[start : cue.start]
    return _starts_here(context, start, cue) or len(left) < 12 or left.rstrip().endswith((",", "và", "đồng thời", "cũng", "đã", ";", '"')) or cue.phrase.startswith("giao")


def _ask(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`có văn bản gửi Thủ tướng xin tạm ứng vốn`: only with a recipient before it."""
    sent = recipient(context.shadow, context.lower, start, cue.start)
    if sent is None or not act_begins(context.shadow, context.lower, cue.end + 1, end):
        return None
    who = teller(context.shadow, context.lower, start, sent.start)
    if who is None:
        return None
    act = cue.end + 1
    return make_act(context, cue.start, act, end, "request", context.speakers.label(who), context.speakers.body(sent), cue.kind)


def _stress(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`lưu ý các địa phương không được chủ quan`; `nhấn mạnh …` only with a modal verb after it."""
    addressee, act = told(context.shadow, context.lower, cue.end, end)
    if act is None or context.lower[cue.end : cue.end + 1] == ",":
        return None
    modal = context.lower[(addressee.end if addressee else cue.end) : act + 12]
    if addressee is None and not regex.match(r"\s*(?:là\s)?(?:phải|cần|không được|tuyệt đối)", context.lower[cue.end : cue.end + 20]):
        return None
    if cue.phrase == "nhấn mạnh" and not regex.search(r"\b(?:phải|cần|không được|không để)\b", modal):
        return None
    return _tell(context, cue, start, end)


def _ban(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    addressee, act = told(context.shadow, context.lower, cue.end, end)
    begin = act if act is not None else cue.end + 1
    if cue.phrase == "cấm" and addressee is None:
        return None
    issuer, known = _issuer(context, cue, start)
    if not known:
        return None
    who = context.speakers.body(addressee) if addressee else None
    return make_act(context, cue.start, cue.start if act is None else begin, end, "order", issuer, who, cue.kind)


def _bind(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Bộ Giao thông phải rà soát …`: needs someone with authority whose words these are."""
    speaker = _speaker(context, cue, start)
    if speaker is None:
        return None
    who, has_subject = bound(context.shadow, context.lower, start, cue.start)
    passive = _PASSIVE.match(context.lower, cue.end, end)
    if _PAST.search(context.lower, max(start, cue.start - 20), cue.start):
        return None
    if who is None and (has_subject or passive):
        return None
    if who and who.kind not in _BODY:
        return None
    act = _MODALS.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    if cue.phrase in ("không được", "không để", "tuyệt đối không", "kiên quyết không"):
        act = cue.start
    elif cue.phrase in ("phải", "cần", "cần phải") and not act_begins(context.shadow, context.lower, act, end) and not regex.match(r"có (?:lộ trình|kế hoạch|biện pháp|giải pháp|phương án|cơ chế)|đặc biệt|là ", context.lower[act : act + 20]):
        return None
    run = context.live_run(2)
    addressee = context.speakers.body(who) if who else (run.addressee if run else None)
    if who is None and run is None and not context.speakers.quoted(cue.start):
        return None
    begin = cue.start
    force: Force = run.force if run and run.force == "request" and who is None else "order"
    return make_act(context, begin, act, end, force, speaker, addressee, cue.kind)


def _speaker(context: Context, cue: Cue, start: int) -> str | None:
    """Whose words a modal clause is: quoted, `theo ông …`, or of the run that is still going on."""
    said = context.speakers.quoted(cue.start) or context.speakers.according_to(start, cue.start)
    if said:
        if said.kind in ("state", "place", "paper") or context.speakers.is_official(said):
            return context.speakers.label(said)
        run = context.live_run(3)
        return run.issuer if run and not run.spoken and said.kind in ("person", "pronoun") else None
    run = context.live_run(2)
    return run.issuer if run and not run.spoken else None


def _own(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Cục sẽ tiếp tục …`: a public body about its own work."""
    if _PAST.search(context.lower, max(start, cue.start - 20), cue.start):
        return None
    who, _ = bound(context.shadow, context.lower, start, cue.start)
    if who is None and _SAYS.search(context.lower, start, cue.start):
        who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or who.kind not in ("state", "place", "group") or who.head in _COURTS:
        return None
    if who.kind == "group" and who.head not in ("chúng tôi", "tập thể", "toàn thể"):
        return None
    act = _TASK_AFTER.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    begin = _WHEN.match(context.lower, act, end).end()  # type: ignore[union-attr]
    if not act_begins(context.shadow, context.lower, begin, end):
        return None
    word = context.lower[act : act + 24]
    if cue.phrase == "sẽ" and not any(word.startswith(verb) for verb in _OWN_WORK):
        return None
    issuer = context.speakers.label(who)
    if who.head == "chúng tôi":
        said = context.speakers.quoted(cue.start)
        if said is None or not context.speakers.is_official(said):
            return None
        issuer = context.speakers.label(said)
    return make_act(context, cue.start, begin if begin > act else _own_act(cue), end, "task", issuer, issuer, cue.kind)


def _own_act(cue: Cue) -> int:
    """The act begins after `sẽ`: `tiếp tục kiểm tra`."""
    return cue.start + 3 if cue.phrase.startswith("sẽ ") else cue.end + 1


_WHEN = regex.compile(r"(?:(?:trong|đến|vào)\s(?:cuối\s|hết\s)?(?:năm|quý|tháng)\s\S+\s++)?+")
_SAYS = regex.compile(rf"\b{any_of('announces own')}(?:\s(?:rằng|thêm))?,?\s*\Z")
_OWN_WORK = words_of("own work")


def _vow(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    if _PAST.search(context.lower, max(start, cue.start - 6), cue.start) and "vừa" not in context.lower[cue.start - 6 : cue.start]:
        return None
    who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or not (who.kind in ("state", "place") or context.speakers.is_official(who)):
        return None
    act = _TASK_AFTER.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    act = _MODALS.match(context.lower, act, end).end()  # type: ignore[union-attr]
    if not act_begins(context.shadow, context.lower, act, end):
        return None
    issuer = context.speakers.label(who)
    return make_act(context, cue.start, act, end, "promise", issuer, issuer, cue.kind)


def _goes_on(context: Context, start: int, end: int) -> Act | None:
    """The sentence after a directive that goes on with a bare verb, or with a body and its act."""
    run = context.live_run(2)
    if run is None or run.spoken or context.heading or _QUESTION.search(context.lower, start, end):
        return None
    lead = CONNECTIVE.match(context.lower, start, end)
    begin = lead.end() if lead else start
    if context.live_run(1) and (adverbial := _ADVERBIAL_PIECE.match(context.lower, begin, end)):
        begin = adverbial.end()
    if run.force == "request" and run.addressee is None:
        return None
    if context.live_run(1) and imperative(context, begin, end, prose=True) and not _NARRATIVE.match(context.lower, begin, end):
        return make_act(context, begin, begin, end, run.force, run.issuer, run.addressee, "goes on")
    actor = actor_at(context.shadow, context.lower, begin, end)
    if actor is None or actor.kind not in _BODY or run.force != "order":
        return None
    act = first_act(context.shadow, actor.end, min(end, actor.end + 120))
    if act is None or not _JOINT.match(context.lower, act):
        return None
    if regex.search(r"\b(?:đã|đang|vừa|cho biết|được|bị|là)\b", context.lower[actor.end : act]):
        return None
    who = context.speakers.body(Actor(begin, act, actor.kind, actor.head))
    return make_act(context, act, act, end, "order", run.issuer, who, "goes on")


_PLAIN_ACTS = frozenset(words_of("plain act"))
_JOINT = regex.compile(any_of("joint"))
_ADVERBIAL_PIECE = regex.compile(
    r"(?:trong trường hợp|trường hợp|khi|đối với|với|trong quá trình|để|nhằm|trong)\s[^,;:]{3,90},\s*+"
)
_NARRATIVE = regex.compile(
    rf"{any_of('narrative')}\b[^.]*?(?:,|\b(?:đã|có|cho thấy|cho biết)\b)"
    r"|[^.]{4,200}?(?:,[^.,]{0,90}?\b(?:đã|đang|vừa)\b|[^,\s]\s(?:giúp|khiến|cho thấy)\s)"
)


def imperative(context: Context, start: int, end: int, *, single: bool = False, prose: bool = False) -> bool:
    """A sentence or item opens with a bare verb, and nobody has done it yet.

    Verbs of one syllable count only with `single`; in running `prose` verbs that are as often nouns do not.
    """
    head = context.lower[start : start + 40]
    words = head.split(" ")
    known = verbs()
    for count in (4, 3, 2, 1):
        word = " ".join(words[:count]).rstrip(' ,;:."')
        verb = known.get(word)
        if verb and prose and verb.inside and word not in _PLAIN_ACTS:
            return False
        if verb and (" " in word or (single and len(word) > 2)):
            rest = context.lower[start + len(word) : min(end, start + len(word) + 60)]
            return not regex.match(r"\s*(?:của|này|trên|cho thấy|đã|là|được|cho biết|:|ban đầu|bước đầu|về việc|số)\b", rest)
    return any(cue.start == start and cue.kind in ("bind", "ban") for cue in context.cues_in(start, start + 1))


def make_act(
    context: Context, start: int, act: int, stop: int, force: Force, issuer: str | None, addressee: str | None, rule: str
) -> Act:
    end = act_end(context.shadow, start, stop)
    begin = _MODALS.match(context.lower, act, end).end() if act < end else act  # type: ignore[union-attr]
    return Act(start, end, begin, force, issuer, addressee, rule)


_SOON = regex.compile(rf"(?:trong\s)?{any_of('soon')},\s*+")
_SPEAKS = regex.compile(rf"\s++(?:cũng |đã |tiếp tục |còn )?{any_of('speaks')}\b")


def _plan(context: Context, start: int, end: int) -> list[Act]:
    """`Thời gian tới, Cao Bằng tập trung xử lý …`: a public body about its own work, without `sẽ`."""
    soon = _SOON.match(context.lower, start, end)
    if soon is None:
        return []
    who = actor_at(context.shadow, context.lower, soon.end(), end)
    if who is None or who.kind not in ("state", "place"):
        return []
    act = first_act(context.shadow, who.end, min(end, who.end + 100), head=who.head)
    if act is None or not context.lower.startswith(_OWN_WORK, act):
        return []
    issuer = context.speakers.body(Actor(who.start, act, who.kind, who.head))
    found = make_act(context, act, act, end, "task", issuer, issuer, "plan")
    context.run = Run(issuer, issuer, "task", context.sentence)
    return [found]


def _note_speaker(context: Context, start: int, end: int) -> list[Act]:
    """A sentence that only names who speaks keeps an order going, and starts nothing by itself."""
    run = context.run
    if run is None or context.sentence - run.sentence > 2:
        return []
    if context.speakers.quoted(start):
        run.sentence = context.sentence
        return []
    who = actor_at(context.shadow, context.lower, start, end)
    if who and who.kind == "state" and (said := _SPEAKS.search(context.lower, who.end, min(end, who.end + 60))):
        if run.issuer and context.speakers.label(Actor(who.start, said.start(), who.kind, who.head)) == run.issuer:
            run.sentence = context.sentence
    return []


_READERS = {"tell": _tell, "wish": _tell, "ask": _ask, "stress": _stress, "ban": _ban, "bind": _bind, "own": _own, "vow": _vow}

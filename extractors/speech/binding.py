"""Someone is bound by a modal verb, plans or promises: `Bộ phải …`, `Cục sẽ …`, `Bộ trưởng hứa …`."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.speech.actors import Actor, act_begins, actor_at, first_act
from extractors.speech.acts import MODALS, make_act
from extractors.speech.context import Act, Context, Run, plain
from extractors.speech.subjects import CONNECTIVE, bound, has_no_subject, teller
from extractors.speech.telling import ASKS_ONLY, COURTS, OURSELVES
from extractors.speech.words import Cue

PAST = regex.compile(r"\b(?:đã|từng|vừa|đang|hiện đang)\s*\Z")
_PASSIVE = regex.compile(r"\s*+(?:được|bị)\s++")
CAN_BE_BOUND: frozenset[str] = frozenset({"state", "group", "place", "country"})
# Firms speak of their own work too, where the text names the firm.
_FIRM = words_of("firm")
_NAMED = regex.compile(r"\s\p{Lu}|\(\p{Lu}")
_TASK_AFTER = regex.compile(rf"\s*+(?:{any_of('eagerness')}\s++)*+")
_WHEN = regex.compile(r"(?:(?:trong|đến|vào)\s(?:cuối\s|hết\s)?(?:năm|quý|tháng)\s\S+\s++)?+")
_SAYS = regex.compile(rf"\b{any_of('announces own')}(?:\s(?:rằng|thêm))?,?\s*\Z")
# `tôi sẽ …`: the one who is quoted.
_I = regex.compile(r"(?:\A|[\s\",:(])(?:chúng\s)?tôi\s(?:cũng\s|đã\s|chắc chắn\s)?\Z")
_DEPUTIES = ("đại biểu", "đoàn đại biểu", "nghị sĩ")
_HE = ("ông", "bà", "ông này", "bà này", "mình", "họ", "nước này", "nước ông", "nước mình")
# `Theo Luật này, Chủ tịch nước sẽ …`: what a law provides is no plan of the one it names.
_LAW_PROVIDES = regex.compile(
    r"(?:theo|tại|trong)\s(?:quy định (?:của|tại|trong)\s)?(?:dự thảo |dự án )?(?:luật|bộ luật)\b"
    r"|\bluật (?:này |mới |sửa đổi )?(?:cũng )?quy định\b"
)
_PLANS = ("xây dựng kế hoạch để", "lên kế hoạch")
_THIS_BODY = ("sở này", "bộ này", "cơ quan này", "đơn vị này", "tỉnh này", "uỷ ban này", "ủy ban này")
_OFFICES = (
    "thủ tướng", "phó thủ tướng", "bộ trưởng", "thứ trưởng", "chủ tịch", "phó chủ tịch", "tổng thống", "bí thư",
    "tổng bí thư", "giám đốc", "cục trưởng", "thống đốc", "tổng cục trưởng", "viện trưởng", "chánh án",
)  # fmt: skip
_DIALOGUE = regex.compile(r":\s*[\"']?\s*(?=\p{L})")
_THEY = ("họ", "nước này", "nước ông", "nước mình")
_PLEDGES = regex.compile(r"\s(?:khẳng định|tuyên bố|cam kết|nhấn mạnh)\b")
_REPORTS = regex.compile(rf"\s{any_of('announces own')}\b")
# Groups that act for the State, though the text does not say which body they are.
_OWN_GROUPS = frozenset(words_of("own group"))
_OPINION = regex.compile(rf"\s{any_of('opinion said')}(?:\srằng)?(?:,|:|\srằng|\s(?=các\b|từng\b))")
_CHARGED = frozenset(["bộ", "bộ trưởng", "ubnd", "uỷ ban", "ủy ban", "ngân hàng nhà nước", "kiểm toán", "thanh tra"])
_CHARGES = regex.compile(
    r"\s*(?:chủ trì|phối hợp|hướng dẫn|xây dựng|tổng hợp|kiểm tra|tổ chức|bố trí|theo dõi|ban hành)\b"
)
_EXECUTES = regex.compile(
    r"(?:thi hành|thực hiện|tổ chức|triển khai|theo dõi|hướng dẫn|đôn đốc)\b[^.;]{0,120}?"
    r"\b(?:thông tư|nghị định|quyết định|nghị quyết|chỉ thị|quy chế|quy định) này\b"
)
OWN_WORK = (*words_of("own work"), "công bố", "công khai", "cung cấp", "chỉ đạo", "ưu tiên", "chấm dứt", "cùng với")
_SOON = regex.compile(rf"(?:trong\s)?{any_of('soon')},\s*+")


def bind(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Bộ Giao thông phải rà soát …`: needs someone with authority whose words these are."""
    speaker = _speaker(context, cue, start) or _opinion(context, cue, start)
    if speaker is None and (dialogue := _in_dialogue(context, cue, start)):
        speaker, start = dialogue
    if speaker is None and _may_be_said(context, cue, start):
        speaker = context.speech(cue.start) or _told_before(context, cue, start)
    if speaker is None:
        return _executes(context, cue, start, end) or _charged(context, cue, start, end)
    if cue.phrase == "có trách nhiệm" and context.lower.startswith((" lớn", " cao", " nặng nề", " hơn"), cue.end):
        return None
    if _LAW_PROVIDES.search(context.lower, start, cue.start) and not context.speakers.quoted(cue.start):
        return None
    start = _inside_quote(context, cue, start)
    who, has_subject = bound(context.shadow, context.lower, start, cue.start)
    if who is None and cue.phrase == "không cho phép" and _BUT.search(context.lower, start, cue.start):
        start = cue.start
        has_subject = False
    passive = _PASSIVE.match(context.lower, cue.end, end)
    if PAST.search(context.lower, max(start, cue.start - 20), cue.start):
        return None
    thing = who is None and has_subject and _ordered_thing(context, cue, start)
    if who is None and (has_subject or passive) and not thing:
        return None
    if who and '"' in context.shadow[who.start : who.end].strip('"'):
        return None
    ours = who is not None and who.head == "chúng ta" and cue.phrase == "phải" and _leads(speaker)
    if who and ((who.kind not in CAN_BE_BOUND and who.head not in _EACH) or (who.head in OURSELVES and not ours)):
        return None
    if who is None and cue.phrase == "phải" and _ONLY_THEN.search(
        context.lower, cue.end, min(end, cue.end + 120)
    ):
        return None
    if who is None and not thing and not has_no_subject(context.lower, start, cue.start):
        return None
    act = MODALS.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    if cue.phrase in ("không được", "không để", "tuyệt đối không", "kiên quyết không", "không cho phép"):
        act = cue.start
    elif (
        cue.phrase in ("phải", "cần", "cần phải")
        and not act_begins(context.shadow, context.lower, act, end)
        and not regex.match(
            r"có (?:lộ trình|kế hoạch|biện pháp|giải pháp|phương án|cơ chế)|đặc biệt|là |(?:biết|nghĩ) (?!rằng|ơn)",
            context.lower[act : act + 20]
        )
    ):
        return None
    run = context.live_run(2)
    addressee = context.speakers.body(who) if who else (run.addressee if run else None)
    if who is None and run is None and not (context.speakers.quoted(cue.start) or context.speech(cue.start)):
        return None
    begin = cue.start
    force: Force = run.force if run and run.force == "request" and who is None else "order"
    if ASKS_ONLY.match(speaker):
        force = "request"
    if ours:
        said = context.speakers.quoted(cue.start)
        addressee, force = context.speakers.own_body(said) if said else None, "task"
    return make_act(context, begin, act, end, force, speaker, addressee, cue.kind)


def _leads(speaker: str) -> bool:
    """An office-holder who leads a body: his `chúng ta` is that body."""
    return speaker.lower().removeprefix("tân ").startswith(_OFFICES)


# `Phải cứu sống ông mới rõ nguyên nhân`: a condition.
_ONLY_THEN = regex.compile(
    r"[^.;,]\smới (?!đây|nhất|này|và|về|trong|cho|của|tại)"
    r"|^\s(?:làm thế nào|mất|nói|thừa nhận|khẳng định)\b"
)
_BUT = regex.compile(r"\s(?:song|nhưng|và|thì)\s*\Z")
_EACH = frozenset({"từng", "mỗi"})


def _inside_quote(context: Context, cue: Cue, start: int) -> int:
    """The subject of a quoted verb stands inside the quotation, unless the quotation begins with the verb."""
    quote = context.speakers.quote(cue.start)
    if quote is None or quote.start < start:
        return start
    if quote.who.end <= quote.start or context.lower[quote.start + 1 : cue.start].strip():
        return quote.start + 1
    return start


def _told_before(context: Context, cue: Cue, start: int) -> str | None:
    """A duty of a body that was given an order before in the same news: whoever gave it."""
    if cue.phrase not in ("phải", "có trách nhiệm", "không được") or context.explains:
        return None
    who, _ = bound(context.shadow, context.lower, start, cue.start)
    if who is None or who.end - who.start < 12:
        return None
    told = context.ordered.get(plain(context.lower[who.start : who.end]))
    return told[0] if told and who.start - told[1] < _SAME_NEWS else None


# What a writer tells in words of his own, in the middle of a speech that he reports.
_TOLD = regex.compile(
    r"\b(?:đã|đang|vừa|bắt|hàng ngày|mỗi ngày|theo quy định|theo (?:nghị định|luật|điều|thông tư|khoản|bộ luật)|"
    r"nếu|trường hợp|khi)\b"
)
_SAME_NEWS = 2000  # characters
_BINDS = (
    "phải", "cần", "cần phải", "không được", "không cho phép", "kiên quyết không", "tuyệt đối không", "có trách nhiệm",
)  # fmt: skip


def _may_be_said(context: Context, cue: Cue, start: int) -> bool:
    """Without a speaker in its own sentence a duty counts only where nothing before the verb tells of what happened."""
    return cue.phrase in _BINDS and not _TOLD.search(context.lower, start, cue.start)


# `việc … phải căn cứ …`: the one who was told just before must see to it.
_THING = regex.compile(rf"{any_of('ordered thing')}\s(?!này\b|đó\b)[^:]{{2,300}}\Z")


def _ordered_thing(context: Context, cue: Cue, start: int) -> bool:
    """The sentence after an order says how the things it is about must be: `Việc bổ nhiệm phải căn cứ tiêu chuẩn`."""
    run = context.live_run(1)
    if run is None or run.force != "order" or cue.phrase not in ("phải", "không được", "cần phải"):
        return False
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    begin = lead.end() if lead else start
    return _THING.match(context.lower, begin, cue.start) is not None and not _TOLD.search(
        context.lower, begin, cue.start
    )


def _executes(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Chánh Văn phòng và Vụ trưởng các Vụ chịu trách nhiệm thi hành Thông tư này`: the last article of a text."""
    if cue.phrase not in ("chịu trách nhiệm", "có trách nhiệm"):
        return None
    act = MODALS.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    who, _ = bound(context.shadow, context.lower, start, cue.start)
    if who is None or who.kind not in ("state", "group") or not _EXECUTES.match(context.lower, act, end):
        return None
    return make_act(context, cue.start, act, end, "order", None, context.speakers.body(who), cue.kind)


def _charged(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Bộ Công an chịu trách nhiệm chủ trì …`: news tell what a text named before lays on a ministry or province."""
    if cue.phrase not in ("chịu trách nhiệm", "có trách nhiệm") or context.explains:
        return None
    who, _ = bound(context.shadow, context.lower, start, cue.start)
    if who is None or who.head not in _CHARGED or not context.shadow[who.start].isupper():
        return None
    act = MODALS.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    text = context.text_before(cue.start)
    if text is None or not _CHARGES.match(context.lower, act, end):
        return None
    return make_act(context, cue.start, act, end, "order", text.issuer, context.speakers.body(who), cue.kind)


def _speaker(context: Context, cue: Cue, start: int) -> str | None:
    """Whose words a modal clause is: quoted, `theo ông …`, or of the run that is still going on."""
    said = context.speakers.quoted(cue.start) or context.speakers.according_to(start, cue.start)
    if said:
        if (
            said.kind in ("state", "place", "paper", "country")
            or said.head in _DEPUTIES
            or context.speakers.is_official(said)
        ):
            return context.speakers.label(said)
        run = context.live_run(3)
        return run.issuer if run and not run.spoken and said.kind in ("person", "pronoun") else None
    run = context.live_run(2)
    return run.issuer if run and not run.spoken else None


def _opinion(context: Context, cue: Cue, start: int) -> str | None:
    """`Tổng Bí thư … nêu rõ, Đảng bộ … phải …`: who says so before it in the same sentence."""
    said = list(_OPINION.finditer(context.lower, start, cue.start))
    if not said:
        return None
    found = said[-1]
    who = teller(context.shadow, context.lower, start, found.start())
    if who is None or who.head in COURTS or not (who.kind == "state" or context.speakers.is_official(who)):
        return None
    subject, _ = bound(context.shadow, context.lower, found.end(), cue.start)
    return context.speakers.label(who) if subject and subject.kind in CAN_BE_BOUND else None


def _in_dialogue(context: Context, cue: Cue, start: int) -> tuple[str, int] | None:
    """`Bộ trưởng: Các địa phương phải …`: an office-holder, a colon, and where the words said begin."""
    colon = _DIALOGUE.search(context.lower, start, min(cue.start, start + 120))
    who = teller(context.shadow, context.lower, start, colon.start()) if colon else None
    if colon is None or who is None or who.start > start + 4 or not who.head.startswith(_OFFICES):
        return None
    subject, _ = bound(context.shadow, context.lower, colon.end(), cue.start)
    return (context.speakers.label(who), colon.end()) if subject and subject.kind in CAN_BE_BOUND else None


def own(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Cục sẽ tiếp tục …`: a public body about its own work."""
    past = PAST.search(context.lower, max(start, cue.start - 20), cue.start)
    if past and not (cue.phrase in _PLANS and past.group().strip() in ("đang", "hiện đang")):
        return None
    if cue.phrase.startswith("sẽ") and _LAW_PROVIDES.search(context.lower, start, cue.start):
        return None
    pledged = False
    who, _ = bound(context.shadow, context.lower, start, cue.start)
    if who is None and (cue.phrase in _PLANS or _SAYS.search(context.lower, start, cue.start)):
        who = teller(context.shadow, context.lower, start, cue.start)
    if _I.search(context.lower, max(start, cue.start - 30), cue.start):
        who = context.speakers.quoted(cue.start)
        if who is None or not context.speakers.is_official(who) or not _may_do(context, cue, end):
            return None
    elif who and context.lower[who.start : who.end] in _HE and (said := _reports(context, start, who.start)):
        if not _may_do(context, cue, end):
            return None
        pledged = context.lower.startswith(_THEY, who.start) and bool(_PLEDGES.search(context.lower, start, who.start))
        who = said
    elif who and who.kind in ("person", "pronoun") and context.speakers.is_official(who):
        if not _may_do(context, cue, end):
            return None
    elif who is None or (who.kind not in ("state", "place", "group") and who.head not in _THIS_BODY):
        return None
    if who.head in COURTS:
        return None
    firm = _is_named_firm(context, who)
    if who.kind == "group" and not firm and who.head not in _OWN_GROUPS:
        return None
    act = _TASK_AFTER.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    begin = _WHEN.match(context.lower, act, end).end()  # type: ignore[union-attr]
    if not act_begins(context.shadow, context.lower, begin, end):
        return None
    if cue.phrase == "sẽ" and not context.lower.startswith(OWN_WORK, act):
        return None
    issuer = context.speakers.label(who)
    if who.head == "chúng tôi":
        said = context.speakers.quoted(cue.start)
        if said is None or not context.speakers.is_official(said):
            return None
        issuer = context.speakers.label(said)
    force: Force = "promise" if pledged else "task"
    return make_act(context, cue.start, begin if begin > act else _own_act(cue), end, force, issuer, issuer, cue.kind)


def _reports(context: Context, start: int, stop: int) -> Actor | None:
    """`Ngoại trưởng … cho biết …, ông sẽ …`: the office-holder who says so earlier in the sentence."""
    said = list(_REPORTS.finditer(context.lower, start, stop))
    who = teller(context.shadow, context.lower, start, said[0].start()) if said else None
    if who and context.lower.startswith(_THEY, stop):
        return who if who.kind in ("state", "country") or _is_named_firm(context, who) else None
    return who if who and context.speakers.is_official(who) else None


def _is_named_firm(context: Context, who: Actor) -> bool:
    firm = who.head in _FIRM or who.head.startswith(("công ty ", "hãng "))
    return firm and bool(_NAMED.search(context.shadow, who.start, who.end))


def _may_do(context: Context, cue: Cue, end: int) -> bool:
    """A person's plan is a task only where it is the work of the office: any plan with `sẽ` and such a verb."""
    act = _TASK_AFTER.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    return cue.phrase.startswith("sẽ") and (context.lower.startswith(OWN_WORK, act) or cue.phrase == "sẽ tiếp tục")


def _own_act(cue: Cue) -> int:
    """The act begins after `sẽ`: `tiếp tục kiểm tra`."""
    return cue.start + 3 if cue.phrase.startswith("sẽ ") else cue.end + 1


def vow(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    if (
        PAST.search(context.lower, max(start, cue.start - 6), cue.start)
        and "vừa" not in context.lower[cue.start - 6 : cue.start]
    ):
        return None
    who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or not (
        who.kind in ("state", "place", "country") or who.head in _FIRM or context.speakers.is_official(who)
    ):
        return None
    act = _TASK_AFTER.match(context.lower, cue.end, end).end()  # type: ignore[union-attr]
    act = MODALS.match(context.lower, act, end).end()  # type: ignore[union-attr]
    if not act_begins(context.shadow, context.lower, act, end):
        return None
    issuer = context.speakers.label(who)
    return make_act(context, cue.start, act, end, "promise", issuer, issuer, cue.kind)


def plan(context: Context, start: int, end: int) -> list[Act]:
    """`Thời gian tới, Cao Bằng tập trung xử lý …`: a public body about its own work, without `sẽ`."""
    soon = _SOON.match(context.lower, start, end)
    if soon is None:
        return []
    who = actor_at(context.shadow, context.lower, soon.end(), end)
    if who is None or who.kind not in ("state", "place"):
        return []
    act = first_act(context.shadow, who.end, min(end, who.end + 100), head=who.head)
    if act is None or not context.lower.startswith(OWN_WORK, act):
        return []
    issuer = context.speakers.body(Actor(who.start, act, who.kind, who.head))
    found = make_act(context, act, act, end, "task", issuer, issuer, "plan")
    context.run = Run(issuer, issuer, "task", context.sentence)
    return [found]

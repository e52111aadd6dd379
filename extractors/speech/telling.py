"""Someone tells or asks someone to do something: `Thủ tướng yêu cầu Bộ X báo cáo …`."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.speech.actors import Actor, act_begins, handed, told
from extractors.speech.acts import MODALS, make_act
from extractors.speech.context import Act, Context
from extractors.speech.subjects import CONNECTIVE, bound, recipient, teller
from extractors.speech.words import Cue

# `người dân`, `bị cáo`, `điều tra`: here the first syllable opens no clause.
_WHOLE_WORDS = (
    r"(?:phát ngôn|đứng đầu|dân|thân|lao động|đại diện|hâm mộ|tiêu dùng|nhà|bệnh|biểu tình|kurd|việt|"
    r"cáo|can|hại|đơn|tra|hành)\b"
)
# Before a verb of telling these make its clause a condition, a reason or a noun.
_SUBORDINATE = regex.compile(
    rf"(?:^|[,;:(\"]|(?<!chính|hàng|phòng|làm)\s){any_of('subordinate')}\s(?!{_WHOLE_WORDS})[^,;:.\"]{{0,90}}\Z"
)
COURTS = frozenset(words_of("court"))
# `hồ sơ gồm công văn đề nghị …`: the name of a paper, unless someone issues it.
_PAPER_BEFORE = regex.compile(rf"(?:^|(?P<presented>\b{any_of('presents')})\s|\s)(?<!\d\s){any_of('named paper')}\s*\Z")
PROSECUTION = regex.compile(
    r"(?:tuyên(?! truyền| dương| bố)|tuyên phạt|phạt (?:bị|ông|bà|tù|\d)|xử phạt|xử (?:lý )?bị cáo|truy tố|áp dụng mức|"
    r"giảm nhẹ|giảm án|khoan hồng)\b"
)
# The closing line of a letter, also where its head was not read.
_IN_DOUBT = regex.compile(r"\b(?:vướng,? mắc|khó khăn|phát sinh|thắc mắc|chưa rõ)[^,;.]{0,20},\s*\Z")
# These words tell no one anything unless they name whom.
_NEEDS_ADDRESSEE = (*words_of("needs addressee"), "muốn")
# An appeal to nobody in particular is made by states and office-holders only: `Ngoại trưởng … kêu gọi ngừng bắn`.
_APPEALS = words_of("appeal")
# Whose demands bind no one: associations, deputies, people outside the State.
_FIRM_NAME = regex.compile(
    rf"(?:[Pp]hía\s)?(?P<who>\p{{Lu}}[\p{{L}}\d&.-]+(?:\s\p{{Lu}}[\p{{L}}\d&.-]*){{0,3}})(?:\s{any_of('auxiliary')}){{0,3}}\s\Z"
)
_FOREIGN_NAME = regex.compile(
    rf"(?P<who>\p{{Lu}}[bcdđghklmnpqrstvx]*[aeiou][bcdghklmnpqrstvxz]+[aeiouy][a-z]*(?:\s\p{{Lu}}[a-z]+){{0,2}})"
    rf"(?:\s(?:hôm|ngày)\s[\d/-]+)?(?:\s(?:{any_of('auxiliary')}|có văn bản|có công văn|gửi văn bản)){{0,4}}\s\Z"
)
ASKS_ONLY = regex.compile(rf"(?:các\s|một số\s|nhiều\s|hai\s)?{any_of('asks only')}\b", regex.IGNORECASE)
# What those outside the State demand: of bodies and firms anything, of nobody in particular only redress.
_DEMANDS = ("yêu cầu",)
_NO_DEMANDS = frozenset({"đối tượng", "bị cáo", "bị can", "khách hàng", "chúng tôi", "chúng ta", "trường hợp"})
_REDRESS = regex.compile(
    r"(?:được )?(?:bồi thường|đền bù|trả lại|hoàn trả|xin lỗi|khởi tố|làm rõ|xử lý|giải quyết|điều tra|"
    r"xem xét|huỷ|hủy)\b"
)
_ANSWERABLE = (
    "công ty", "tập đoàn", "tổng công ty", "ngân hàng", "hãng", "chủ đầu tư", "nhà trường", "nhà đài", "báo", "nhà máy",
    "doanh nghiệp", "cơ quan", "ban giám đốc", "ban lãnh đạo", "ban quản trị",
)  # fmt: skip
# Words that only someone in command uses: `Ông Putin chỉ thị Bộ Quốc phòng …`.
# Those who lead a body or a firm give orders in it.
_MANAGERS = frozenset({"ban giám đốc", "ban lãnh đạo", "ban giám hiệu", "hội đồng quản trị", "hđqt", "nhà trường"})
_LAWMAKERS = ("nhà lập pháp", "nghị sĩ", "hạ nghị sĩ", "thượng nghị sĩ")
OURSELVES = ("chúng tôi", "chúng ta", "tôi", "mình")
_ONCE = regex.compile(r"\btừng\s(?:nhiều lần\s|\S+ lần\s)?(?:có\s)?\Z")
_MUST = regex.compile(r"\b(?:phải|cần|không được|không nên|không để)\b")
# What somebody only seems to do, or helps another to do.
_SEEMS = regex.compile(r"\b(?:có vẻ|dường như|hình như)\b[^,;.]{0,16}\Z|(?:\A|[,;]\s)giúp\s[^,;.]{2,60}\Z")
# `đòi khoản bồi thường 15 triệu bạt`: a sum is asked for, without a verb.
_SUM = regex.compile(r"\s(?:khoản|số|mức)?\s?(?:tiền )?(?:bồi thường|đền bù)\s[^,;.]{0,20}?\d")
_ITEM = regex.compile(r"[\s*_>]*+(?:\(?\d{1,2}[.)]|\p{Ll}[.)]|[-+*•])")
_COMMANDS = ("chỉ thị", "ra lệnh", "ra lệnh cho", "lệnh cho", "chỉ đạo", "giao nhiệm vụ cho")
_BEFORE_MODALS = ("yêu cầu", "đề nghị", "chỉ đạo", "kiến nghị")
_STRESSED = regex.compile(r"\s*(?:là\s)?(?:phải|cần|không được|tuyệt đối)")
_CHEERED = regex.compile(rf"{any_of('cheer')}\b")
_FORMER = regex.compile(r"(?i:nguyên|cựu)\s")
# `đề nghị ông bồi thường là nhầm đối tượng`: the demand is only spoken of.
_JUDGED = regex.compile(
    r"[^,;.]{3,110}?(?<!cho)\slà (?:có sự nhầm|nhầm|vô lý|"
    r"(?:không|chưa) (?:đúng|phù hợp|bảo vệ|hợp lý|thoả đáng|thỏa đáng|khả thi))\b"
)
_ILLEGAL = regex.compile(rf"\b{any_of('illegal')}\b")


def tell(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    """`Thủ tướng yêu cầu Bộ X báo cáo …`."""
    shadow, lower = context.shadow, context.lower
    if _is_subordinate(context, cue, start) or _SEEMS.search(lower, max(start, cue.start - 70), cue.start):
        return None
    if lower.startswith("thì ", cue.start - 4) and not context.letter:
        return None  # `trường hợp phát hiện … thì kiến nghị …`: a general rule
    wished = cue.phrase in ("mong", "mong muốn", "hy vọng") and lower.startswith(" được ", cue.end)
    addressee, act = told(shadow, lower, cue.end + len(" được") if wished else cue.end, end)
    sum_asked = act is None and addressee is None and bool(_SUM.match(lower, cue.end, min(end, cue.end + 80)))
    if sum_asked:
        act = cue.end + 1
    if act is None and cue.phrase == "giao":
        addressee, act = handed(shadow, lower, cue.end, end)
    if act is None and addressee is None:
        addressee, act = _through_modal(context, cue, end)
    if act is None or (addressee is None and cue.phrase.startswith(_NEEDS_ADDRESSEE)):
        return None
    if addressee is None and cue.phrase in _APPEALS and not sum_asked and not _appeals(context, cue, start):
        return None
    if _JUDGED.match(lower, act, min(end, act + 160)):
        return None
    if _is_paper(lower, start, cue.start) or PROSECUTION.match(lower, act, end):
        return None
    if cue.phrase == "động viên" and not _CHEERED.match(lower, act, end):
        return None
    if cue.kind == "wish" and addressee and lower[addressee.start : addressee.end].split(" ")[0] in ("ông", "bà", "họ"):
        return None  # `hy vọng ông sẽ tìm được câu trả lời`
    if _ONCE.search(lower, max(start, cue.start - 40), cue.start):
        return None  # `từng nhiều lần đề nghị …`: over
    issuer, known = _issuer(context, cue, start)
    if not known and addressee and addressee.kind == "state" and addressee.head not in COURTS:
        issuer, known = _court(context, cue, start)
    demanded = not known and cue.phrase in _DEMANDS and _demands(context, cue, start, addressee, act)
    if demanded or (not known and _commands(context, cue, start, addressee)):
        issuer, known = _issuer(context, replace(cue, force="request"), start)
    if not known and cue.force == "request" and addressee and _is_body(addressee):
        issuer = _firm(context, cue, start)
        known = issuer is not None
    if not known and _is_bare(context, cue, start, addressee):
        issuer, known = context.sender, True
    if not known and cue.phrase in ("đề nghị", "kiến nghị", "đề xuất") and (name := _foreign(context, cue, start)):
        issuer, known = name, True
    if cue.phrase == "muốn" and not _wants(context, cue, start, addressee):
        return None
    if not known or (
        cue.force == "order" and (_FORMER.match(issuer or "") or _ILLEGAL.search(lower, act, min(end, act + 90)))
    ):
        return None
    force = "request" if demanded else _force(context, cue, act, addressee, issuer)
    who = context.speakers.body(addressee) if addressee and addressee.kind not in ("rule", "paper") else None
    if addressee is None and shadow[cue.end : cue.end + 1] == ":":
        who = context.speakers.own_body(teller(shadow, lower, start, cue.start))
    if addressee is None and (sent := recipient(shadow, lower, start, cue.start)):
        who = context.speakers.body(sent)
    return make_act(context, cue.start, act, end, force, issuer, who, cue.kind)


def _is_subordinate(context: Context, cue: Cue, start: int) -> bool:
    """The verb stands in a condition, a reason or a noun phrase.

    Not after a relative clause: `Người thân của những người bị nạn hôm qua đang yêu cầu …`.
    """
    lower = context.lower
    found = _SUBORDINATE.search(lower, max(start, cue.start - 110), cue.start)
    if found is None or starts_here(context, start, cue):
        return False
    relative = found.group().strip(' ,;:("').startswith(("bị ", "được "))
    return not (relative and lower[start : cue.start].rstrip().endswith((" đang", " vừa")))


def _is_bare(context: Context, cue: Cue, start: int, addressee: Actor | None) -> bool:
    """`Đề nghị các đơn vị giữ nguyên mẫu.`: a notice or form that asks and does not say in whose name.

    Not as an item of a list: rights are listed so (`a) Yêu cầu cơ quan có thẩm quyền …`).
    """
    if cue.phrase not in ("đề nghị", "yêu cầu") or addressee is None or context.explains:
        return False
    if addressee.kind not in ("state", "group", "many") or not context.shadow[cue.start].isupper():
        return False
    line = context.shadow.rfind("\n", 0, cue.start) + 1
    return starts_here(context, start, cue) and _ITEM.match(context.shadow, line, cue.start) is None


def _wants(context: Context, cue: Cue, start: int, addressee: Actor | None) -> bool:
    """`Mỹ muốn Nga rút quân`: what a state or office-holder wants of another body."""
    who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or addressee is None or addressee.kind not in ("state", "country"):
        return False
    return who.kind in ("country", "state") or context.speakers.is_official(who)


def _commands(context: Context, cue: Cue, start: int, addressee: Actor | None) -> bool:
    """A named person or an organisation known by its acronym gives orders to those below."""
    who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or addressee is None:
        return False
    if who.kind == "person" and cue.phrase in _COMMANDS:
        return addressee.kind == "state" and not context.lower.startswith("các ", who.start)
    short = who.kind == "group" and " " not in who.head
    acronym = short and context.shadow[who.start : who.start + len(who.head)].isupper()
    return acronym and cue.phrase == "yêu cầu" and addressee.kind in ("group", "many")


def _demands(context: Context, cue: Cue, start: int, addressee: Actor | None, act: int) -> bool:
    """A person, family or firm that demands something of a body, or redress of anyone: a request."""
    who = teller(context.shadow, context.lower, start, cue.start)
    if who is None or who.kind not in ("person", "group", "pronoun", "many") or who.head in _NO_DEMANDS:
        return False
    if addressee is None:
        return bool(_REDRESS.match(context.lower, act))
    return addressee.kind in ("state", "place", "country") or addressee.head.startswith(_ANSWERABLE)


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
    if addressee is None and not _STRESSED.match(context.lower, cue.end, cue.end + 20):
        return None
    if cue.phrase in ("nhấn mạnh", "cảnh báo") and not _MUST.search(modal):
        return None
    return tell(context, cue, start, end)


def ban(context: Context, cue: Cue, start: int, end: int) -> Act | None:
    addressee, act = told(context.shadow, context.lower, cue.end, end)
    begin = act if act is not None else cue.end + 1
    if (cue.phrase == "cấm" and addressee is None) or (addressee and addressee.head in OURSELVES):
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
    if (who is None or who.kind in ("person", "pronoun")) and (
        holder := context.speakers.holder_before(start, cue.start, who)
    ):
        return holder, True
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
        return context.speakers.label(who), True
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
    return context.speakers.label(who), cue.force == "request" or who.head in _MANAGERS


def _court(context: Context, cue: Cue, start: int) -> tuple[str | None, bool]:
    """`HĐXX yêu cầu Liên đoàn luật sư chấn chỉnh …`: what a court asks of a body is no sentence."""
    who = teller(context.shadow, context.lower, start, cue.start)
    return (context.speakers.label(who), True) if who and who.head in COURTS else (None, False)


def _is_body(actor: Actor) -> bool:
    return actor.kind in ("state", "place", "country") or actor.head.startswith("cơ quan")


def _firm(context: Context, cue: Cue, start: int) -> str | None:
    """`Phía Vinasun cũng kiến nghị cơ quan chức năng …`: a name of which nothing else is known heads the clause."""
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    found = _FIRM_NAME.match(context.shadow, lead.end() if lead else start, cue.start)
    return context.text[found.start("who") : found.end("who")] if found else None


def _foreign(context: Context, cue: Cue, start: int) -> str | None:
    """`Vinacomin đã có văn bản đề nghị …`: a word of several syllables is the name of a firm, or of a foreigner."""
    lead = CONNECTIVE.match(context.lower, start, cue.start)
    found = _FOREIGN_NAME.match(context.shadow, lead.end() if lead else start, cue.start)
    return context.text[found.start("who") : found.end("who")] if found else None


def _appeals(context: Context, cue: Cue, start: int) -> bool:
    who = teller(context.shadow, context.lower, start, cue.start)
    return who is not None and (
        who.kind in ("state", "country") or who.head in _LAWMAKERS or context.speakers.is_official(who)
    )


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
    found = _PAPER_BEFORE.search(lower[max(start, cue - 40) : cue])
    return found is not None and found["presented"] is None


def _through_modal(context: Context, cue: Cue, end: int) -> tuple[Actor | None, int | None]:
    """`yêu cầu, các quy hoạch phải đảm bảo …`: the act stands after a modal verb, whose subject may be a body."""
    if cue.phrase not in _BEFORE_MODALS:
        return None, None
    for later in context.cues_in(cue.end, min(end, cue.end + 110)):
        if later.phrase in ("phải", "cần", "cần phải", "không được"):
            who, _ = bound(context.shadow, context.lower, cue.end, later.start)
            if cue.phrase != "yêu cầu" and context.lower[cue.end] not in ",:":
                return None, None
            named = who if who and who.kind in ("state", "group", "place") else None
            return named, later.start if named is None else MODALS.match(context.lower, later.end, end).end()  # type: ignore[union-attr]
    return None, None


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

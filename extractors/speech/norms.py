"""Duties in the operative part of a decision or law: each body or group that an article binds.

The articles of a decree, circular or decision speak in the present tense (`Cơ quan đăng ký đầu tư xem xét, quyết
định …`), so a clause that begins with an actor and goes on with an act is an order of the body that issues the
text. Definitions, scope, rights (`được …`) and what the text says of itself (`Nghị định này …`) are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import Actor, actor_at, first_act, is_noun, told
from extractors.speech.acts import imperative, make_act
from extractors.speech.clauses import act_end
from extractors.speech.context import Act, Context
from extractors.speech.subjects import ADVERBIAL
from extractors.speech.words import verbs
from extractors.structure import Block

_TYPE_LINE = regex.compile(rf"{any_of('legal type')}\b[^.:;]{{0,90}}\Z")
_BASIS = regex.compile(r"[*\-\s_]*+căn cứ\b")
_ISSUES = regex.compile(
    rf"[*_\s]*+(?P<who>[\p{{L}}\s,-]{{4,90}}?)\s(?:ban hành|quyết định|ra)\s?:?\s*{any_of('legal type')}?\b"
)
_HEAD_ISSUER = regex.compile(
    r"[*_#\s]*+(?P<who>THỦ TƯỚNG CHÍNH PHỦ|CHÍNH PHỦ|QUỐC HỘI|"
    r"(?:(?:BỘ TRƯỞNG )?BỘ|ỦY BAN|UỶ BAN|CHỦ TỊCH|THỐNG ĐỐC) [\p{Lu}\s,-]{3,60})[*_\s]*\Z"
)
# Pages of a collection of texts: what the text is stands in their head, as a field or as a row of a table.
_PAGE_TYPE = regex.compile(
    r"\n(?:doc_type:\s*\"?|\|\s*\**Lo(?:ạ|a)i v(?:ă|a)n b(?:ả|a)n\**\s*\|\s*)"
    r"(?i:nghị định|quyết định|thông tư|nghị quyết|chỉ thị|luật|pháp lệnh|bộ luật|"
    r"nghi dinh|quyet dinh|thong tu|nghi quyet|chi thi|luat|phap lenh|bo luat)\b"
)
_PAGE_ISSUER = regex.compile(
    r"\n(?:issuing_body:\s*\"?|\|\s*\**(?:Cơ quan|Nơi|Noi|Co quan) (?:ban hành|ban hanh)\**\s*\|\s*)"
    r"(?P<who>[^|\"\n(]{4,80})"
)
_OF_ITSELF = regex.compile(r"\b(luật|bộ luật|nghị định|thông tư|quyết định|quy chế|pháp lệnh) này\b")
# Types of text that only one body issues (Law 64/2025/QH15 on legal documents, article 4).
_ONLY_ISSUER = {
    "luật": "Quốc hội",
    "bộ luật": "Quốc hội",
    "pháp lệnh": "Ủy ban Thường vụ Quốc hội",
    "nghị định": "Chính phủ",
}
# `đề nghị … phản ánh về Bộ Nội vụ để nghiên cứu`: whom to ask about a text is the one who issued it.
_ASK_US = regex.compile(
    r"\bphản ánh (?:kịp thời |ngay |bằng văn bản )?(?:về|đến|tới) (?P<who>[^,;.()\n]{3,90}?)\s(?:để|xem xét)\b"
)
_QUOTES_LAW = regex.compile(
    r"\[\.\.\.\]|hình từ internet|\n(?:theo đó|như vậy|căn cứ (?:theo )?(?:quy định tại )?(?:điều|khoản))\b"
)
_SKIPPED_ARTICLE = regex.compile(rf"{any_of('article without duties')}\b")
_NO_DUTY = regex.compile(
    rf"\s*+(?:(?:xem xét, )?quyết định (?!.{{0,160}}trong thời hạn)|{any_of('no duty')}\b|"
    r"không(?! được| để)|có(?! (?:trách nhiệm|nghĩa vụ|nhiệm vụ|văn bản|ý kiến|kế hoạch|biện pháp)))"
)
_SEPARATOR = regex.compile(r"(?:[;:]|,\s(?:thì|và)?|\bthì\b)\s*+")
_STRONG_SEPARATOR = regex.compile(r"(?:[;:]|\bthì\b)\s*+")
_AMENDS = regex.compile(
    r"\b(?:cụm từ|được sửa đổi|sửa đổi, bổ sung (?:điểm|khoản|điều|một)|bãi bỏ|thay thế (?:cụm|mẫu|khoản|điều))\b"
)
_EXECUTES = regex.compile(r"(?<=\s)chịu trách nhiệm (?:thi hành|tổ chức|triển khai|hướng dẫn|thực hiện|chỉ đạo)\b")
_DUTY = regex.compile(
    r"\s*+(?:(?:có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|phải|không được|cần|tự|căn cứ[^,;]{0,60}?,?|"
    r"sau khi[^,;]{0,80}?\sthì)\s*+)*+"
)
_BY_ITS_DUTIES = regex.compile(rf",?\s{any_of('by its duties')}\b")
_CHARGE = regex.compile(
    r",?\s(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|thực hiện các nhiệm vụ|phải)\b[^:.;]{0,60}:"
)
_SOMEONE = regex.compile(
    r"(?P<who>người|chủ)\s[^,;:.]{3,150}?\s(?:có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|phải|không được)\b"
)
_DUTIES_OF = regex.compile(r"(?:trách nhiệm|nhiệm vụ|nghĩa vụ)(?: và quyền hạn|, quyền hạn| và trách nhiệm)? của\s++")
_ANOTHER_CLAUSE = regex.compile(r"[;:]|\b(?:và|cho|để|thì|mà|nếu|khi|nhưng|số|tiền|thuế|khoản)\b")
_LISTED = regex.compile(r"\b(?:bao )?gồm(?: có)?:")
# `Ngành, nghề ưu đãi đầu tư bao gồm …`
_DEFINES = regex.compile(r"(?:\p{L}++\s){1,4}?(?:bao gồm|gồm)\b")
_BRACKETS = regex.compile(r"\([^()]*+\)")
_IN_A_LIST = ("cơ quan,", "đơn vị,", "tổ chức,", "cá nhân,", "bộ,", "ngành,")
_LAST_MARK = regex.compile(r"\./\.[\"”*_\s]*\Z")
_DIGITS = regex.compile(r"\d++")
_ARTICLE_NAME = regex.compile(r"(?:điều|chương|mục)\s\d")


class Norms:
    """Reads the articles of one document; idle where it is no legal text of its own."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._legal, self.issuer = _issuer(context)
        self._in_article = False
        self._skipped = False
        self._lead: tuple[str, int] | None = None  # who the items below are for, and the rank of the line that says so

    def read(self, block: Block) -> list[Act] | None:
        """The duties of a block, None where the block stands outside the articles of a legal text."""
        if not self._legal:
            return None
        lower = self._context.lower
        if block.marker == "article":
            self._in_article = True
            self._skipped = bool(_SKIPPED_ARTICLE.match(lower, block.body, block.end))
            self._lead = self._duties_of(block)
        if not self._in_article:
            return None
        if block.heading or _ARTICLE_NAME.match(lower, block.body, block.end):
            return []
        if self._skipped and "chịu trách nhiệm" not in lower[block.body : block.end]:
            return []
        if self._lead and block.rank <= self._lead[1] and block.marker != "article":
            self._lead = None
        if self._lead and imperative(self._context, block.body, block.end, single=True):
            end = act_end(self._context.shadow, block.body, block.end)
            return [Act(block.body, end, block.body, "order", self.issuer, self._lead[0], "norm")]
        if block.opens and (who := self._charged(block)):
            self._lead = (who, block.rank)
            return []
        spans = self._context.layout.sentences(block)
        found = [act for start, end in spans for act in self._duties(start, end)]
        if _LAST_MARK.search(lower, block.start, block.end):
            self._in_article = False
        return found

    def _duties_of(self, block: Block) -> tuple[str, int] | None:
        """`Điều 6. Trách nhiệm của Cục Đê điều`: the items of the article are for this body."""
        context = self._context
        named = _DUTIES_OF.match(context.lower, block.body, block.end)
        actor = actor_at(context.shadow, context.lower, named.end(), block.end) if named else None
        if actor is None or actor.kind not in ("state", "group"):
            return None
        line = context.text.find("\n", actor.end, block.end)
        stop = line if line > 0 else block.end
        return context.speakers.body(Actor(actor.start, stop, actor.kind, actor.head)), block.rank

    def _charged(self, block: Block) -> str | None:
        """`Bộ Tài chính có trách nhiệm:` before a list of its duties."""
        actor = actor_at(self._context.shadow, self._context.lower, block.body, block.end)
        actor = actor or _someone(self._context.lower, block.body, block.end)
        charge = _CHARGE.search(self._context.lower, block.body, block.end)
        if actor is None or actor.kind not in ("state", "group") or charge is None:
            return None
        return self._context.speakers.body(Actor(actor.start, charge.start(), actor.kind, actor.head))

    def close(self) -> None:
        """The text is over: signature, recipients."""
        self._in_article = False

    def _duties(self, start: int, end: int) -> Iterator[Act]:
        """A sentence may bind several bodies, one clause each."""
        if _AMENDS.search(self._context.lower, start, end):
            return
        place = start
        separator = _SEPARATOR if ADVERBIAL.match(self._context.lower, start, end) else _STRONG_SEPARATOR
        while place < end:
            act = self._duty(place, end)
            if act:
                yield act
                place = act.end
            found = separator.search(self._context.lower, place + 1, end)
            if found is None or _LISTED.search(self._context.lower, start, found.end()):
                return
            place = found.end()
            while self._context.lower[place - 12 : place].rstrip().endswith(_IN_A_LIST) and (
                later := separator.search(self._context.lower, place + 1, end)
            ):
                place = later.end()

    def _duty(self, start: int, end: int) -> Act | None:
        context = self._context
        shadow, lower = context.shadow, context.lower
        for word, force in (("giao ", "order"), ("đề nghị ", "request"), ("yêu cầu ", "order")):
            if lower.startswith(word, start):
                actor, act = told(shadow, lower, start + len(word) - 1, end)
                if actor and act is not None:
                    who = context.speakers.body(actor)
                    return make_act(context, start, act, self._stop(act, end), force, self.issuer, who, "norm")  # type: ignore[arg-type]
                return None
        actor = actor_at(shadow, lower, start, end) or _someone(lower, start, end)
        if actor is None or actor.kind not in ("state", "group"):
            return None
        if actor.head in verbs() and not is_noun(shadow, actor, opens=start == actor.start):
            return None
        if actor.head == "nhà nước":
            return None  # what the State does is its policy
        begin = self._predicate(actor, end)
        if begin is None or _NO_DUTY.match(lower, begin, end) or _DEFINES.match(lower, begin, min(end, begin + 40)):
            return None
        duty = _DUTY.match(lower, begin, end)
        if lower[begin : begin + 24].startswith(
            ("có trách nhiệm", "chịu trách nhiệm", "có nghĩa vụ", "phải", "không được")
        ):
            act = (
                duty.end() if duty and not lower.startswith(("chịu trách nhiệm trước", "không được"), begin) else begin
            )
        else:
            act = begin
        basis = _BY_ITS_DUTIES.search(lower, actor.end, begin)
        who = context.speakers.body(Actor(actor.start, basis.start() if basis else begin, actor.kind, actor.head))
        return make_act(context, begin, act, self._stop(begin, end), "order", self.issuer, who, "norm")

    def _predicate(self, actor: Actor, end: int) -> int | None:
        """Where the predicate of a duty begins: a modal verb of duty, or the first act after the noun phrase."""
        context = self._context
        if executes := _EXECUTES.search(context.lower, actor.end, end):
            return executes.start()
        stop = min(end, actor.end + 200)
        modal = regex.compile(r"(?<=\s)(?:có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|phải|không được)\s").search(
            context.lower, actor.end, stop
        )
        act = first_act(context.shadow, actor.end, stop, head="" if actor.head in _WHOLE_HEADS else actor.head)
        starts = [place for place in (modal.start() if modal else None, act) if place is not None]
        if not starts:
            return None
        begin = min(starts)
        if modal and modal.start() > begin and self._rather(modal, actor.end, begin):
            begin = modal.start()  # `Người có thẩm quyền xử phạt có trách nhiệm …`
        between = _BRACKETS.sub("", context.lower[actor.end : begin])
        if between.count("(") > between.count(")") or between.rstrip().endswith("quyết định"):
            return None
        if context.lower[begin - 5 : begin].endswith("chỉ "):
            return None
        if regex.search(r"[;:]|\b(?:được|là|bị|đã|có quyền|khi|nếu|mà|thì|gồm|quy định(?! tại)|không)\b", between):
            return None
        return begin

    def _rather(self, modal: regex.Match[str], head: int, act: int) -> bool:
        """The modal verb is the predicate, and the act before it belongs to the noun phrase.

        `Cơ sở đóng mới, sửa chữa tàu phải …`, but not `Doanh nghiệp kê khai số thuế phải nộp`.
        """
        lower = self._context.lower
        if modal.group().startswith(("có ", "chịu ")) or lower.count("(", head, act) > lower.count(")", head, act):
            return True
        binds = any(cue.kind == "bind" for cue in self._context.cues_in(modal.start(), modal.start() + 1))
        return binds and _ANOTHER_CLAUSE.search(lower, act, modal.start()) is None

    def _stop(self, start: int, end: int) -> int:
        """A clause ends where the next body is bound: `; cơ quan thuế xử lý …`, ` và doanh nghiệp phải …`."""
        context = self._context
        for found in regex.finditer(r";\s+|\svà\s", context.lower[start:end]):
            place = start + found.end()
            follow = regex.compile(r"trường hợp[^;]{10,200}?\sthì\s").match(context.lower, place, end)
            place = follow.end() if follow else place
            actor = actor_at(context.shadow, context.lower, place, end)
            modal = regex.compile(r"[^,;]{0,60}?\s(?:phải|có trách nhiệm)\s")
            if actor and actor.kind in ("state", "group") and (follow or modal.match(context.lower, actor.end, end)):
                return start + found.start()
        return end


def _someone(lower: str, start: int, end: int) -> Actor | None:
    """`Người quản lý phương tiện phải …`: anyone, but only where the clause says outright that they must."""
    found = _SOMEONE.match(lower, start, min(end, start + 200))
    return Actor(start, found.end("who"), "group", "người") if found else None


_WHOLE_HEADS = frozenset(
    [
        "doanh nghiệp",
        "nhà đầu tư",
        "người nộp thuế",
        "người sử dụng lao động",
        "tổ chức",
        "cá nhân",
        "chủ đầu tư",
        "công ty",
        "hộ kinh doanh",
    ]
)


_HEAD_BLOCKS = 120


def _issuer(context: Context) -> tuple[bool, str | None]:
    """Whether the document is a legal text (a line with its type, grounds, articles), and the body that issues it."""
    if _PAGE_TYPE.search(context.shadow, 0, min(len(context.shadow), 4000)):
        body = _PAGE_ISSUER.search(context.shadow, 0, min(len(context.shadow), 4000))
        return True, body["who"].strip() if body and not body["who"].isascii() else None
    legal, named = _head(context)
    if not legal and _is_extract(context):
        return True, named or _from_notice(context) or _of_extract(context)
    return legal, named


def _head(context: Context) -> tuple[bool, str | None]:
    """What stands before the first article: type and grounds of the text, and the body that issues it."""
    typed = based = False
    named: str | None = None
    first = context.blocks[:_HEAD_BLOCKS]
    if all(block.marker != "article" for block in first):
        return False, None
    for block in first:
        words = context.lower[block.body : block.end].strip("*_ #")
        if block.marker == "article":
            return typed and based, named or _from_notice(context)
        if words.endswith("?"):
            return False, None
        typed = typed or bool(_TYPE_LINE.match(words))
        based = based or bool(_BASIS.match(words)) or words.startswith("theo đề nghị")
        if found := _HEAD_ISSUER.match(context.shadow, block.body, block.end):
            named = named or _sentence_case(found["who"])
        elif found := _ISSUES.match(context.lower, block.body, block.end):
            who = actor_at(context.shadow, context.lower, found.start("who"), found.end("who"))
            if who and who.kind == "state" and who.head not in ("cơ quan", "đơn vị", "ngành"):
                named = " ".join(context.text[found.start("who") : found.end("who")].split())
    return False, None


def _is_extract(context: Context) -> bool:
    """A stretch of a legal text without its head: its articles follow each other, and it speaks of itself."""
    articles = [block for block in context.blocks[:400] if block.marker == "article"]
    itself = len(_OF_ITSELF.findall(context.lower, 0, 20000)) >= 2
    if len(articles) < (2 if itself else 3):
        return False
    if any(block.heading and context.lower.startswith("?", block.end - 1) for block in context.blocks[:400]):
        return False
    if itself and len(articles) >= 3 and context.blocks[0].marker in ("article", "number"):
        return True
    numbers = [int(found.group()) if (found := _DIGITS.search(block.label)) else 0 for block in articles]
    follow = all(later == number + 1 for number, later in pairwise(numbers))
    return follow and _QUOTES_LAW.search(context.lower, 0, 20000) is None


def _of_extract(context: Context) -> str | None:
    """The issuer of a text that only says what it is (`Nghị định này`), or whom to ask about it."""
    types = Counter(_OF_ITSELF.findall(context.lower, 0, 20000))
    if types and (issuer := _ONLY_ISSUER.get(types.most_common(1)[0][0])):
        return issuer
    asked = _ASK_US.search(context.lower, 0, 20000)
    return " ".join(context.text[asked.start("who") : asked.end("who")].split()) if asked else None


def _from_notice(context: Context) -> str | None:
    notice = context.document.notice
    return notice.organ.value if notice and notice.organ else None


def _sentence_case(capitals: str) -> str:
    """`BỘ TÀI CHÍNH` as `Bộ tài chính`: names of bodies are compared without regard to case."""
    words = " ".join(capitals.split())
    return words[:1] + words[1:].lower()

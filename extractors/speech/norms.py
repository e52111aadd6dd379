"""Duties in the operative part of a decision or law: each body or group that an article binds.

The articles of a decree, circular or decision speak in the present tense (`Cơ quan đăng ký đầu tư xem xét, quyết
định …`), so a clause that begins with an actor and goes on with an act is an order of the body that issues the
text. Definitions, scope, rights (`được …`) and what the text says of itself (`Nghị định này …`) are none.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.clause_words import any_of
from extractors.sentences import sentences
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
_OF_ITSELF = regex.compile(r"\b(?:luật|nghị định|thông tư|quyết định|quy chế|pháp lệnh) này\b")
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
_LAST_MARK = regex.compile(r"\./\.[\"”*_\s]*\Z")
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
        if not self._in_article:
            return None
        if block.heading or _ARTICLE_NAME.match(lower, block.body, block.end):
            return []
        if self._skipped and "chịu trách nhiệm" not in lower[block.body : block.end]:
            return []
        if self._lead and block.rank <= self._lead[1]:
            self._lead = None
        if self._lead and imperative(self._context, block.body, block.end, single=True):
            end = act_end(self._context.shadow, block.body, block.end)
            return [Act(block.body, end, block.body, "order", self.issuer, self._lead[0], "norm")]
        if block.opens and (who := self._charged(block)):
            self._lead = (who, block.rank)
            return []
        spans = sentences(self._context.shadow, block.body, block.end)
        found = [act for start, end in spans for act in self._duties(start, end)]
        if _LAST_MARK.search(lower, block.start, block.end):
            self._in_article = False
        return found

    def _charged(self, block: Block) -> str | None:
        """`Bộ Tài chính có trách nhiệm:` before a list of its duties."""
        actor = actor_at(self._context.shadow, self._context.lower, block.body, block.end)
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
            if found is None:
                return
            place = found.end()

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
        actor = actor_at(shadow, lower, start, end)
        if actor is None or actor.kind not in ("state", "group"):
            return None
        if actor.head in verbs() and not is_noun(shadow, actor):
            return None
        begin = self._predicate(actor, end)
        if begin is None or _NO_DUTY.match(lower, begin, end):
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
        if modal and modal.start() > begin and modal.group().startswith(("có ", "chịu ")):
            begin = modal.start()  # `Người có thẩm quyền xử phạt có trách nhiệm …`
        between = context.lower[actor.end : begin]
        if between.count("(") > between.count(")") or between.rstrip().endswith("quyết định"):
            return None
        if context.lower[begin - 5 : begin].endswith("chỉ "):
            return None
        if regex.search(r"[;:]|\b(?:được|là|bị|đã|có quyền|khi|nếu|mà|thì|gồm|quy định|không)\b", between):
            return None
        return begin

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


def _issuer(context: Context) -> tuple[bool, str | None]:
    """Whether the document is a legal text (a line with its type, grounds, articles), and the body that issues it."""
    typed = based = False
    named: str | None = None
    if page := _PAGE_TYPE.search(context.shadow, 0, min(len(context.shadow), 4000)):
        body = _PAGE_ISSUER.search(context.shadow, 0, min(len(context.shadow), 4000))
        return page is not None, body["who"].strip() if body and not body["who"].isascii() else None
    if _is_extract(context):
        return True, _from_notice(context)
    for block in context.blocks[:120]:
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
    """A stretch of a legal text without its head: it begins with an article or clause, and speaks of itself."""
    if not context.blocks or context.blocks[0].marker not in ("article", "number"):
        return False
    articles = sum(block.marker == "article" for block in context.blocks[:400])
    return (
        articles >= 3
        and len(_OF_ITSELF.findall(context.lower[:20000])) >= 2
        and not any(block.heading and context.lower.startswith("?", block.end - 1) for block in context.blocks[:400])
    )


def _from_notice(context: Context) -> str | None:
    notice = context.document.notice
    return notice.organ.value if notice and notice.organ else None


def _sentence_case(capitals: str) -> str:
    """`BỘ TÀI CHÍNH` as `Bộ tài chính`: names of bodies are compared without regard to case."""
    words = " ".join(capitals.split())
    return words[:1] + words[1:].lower()

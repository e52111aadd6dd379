"""Duties in the operative part of a decision or law: each body or group that an article binds.

The articles of a decree, circular or decision speak in the present tense (`Cơ quan đăng ký đầu tư xem xét, quyết
định …`), so a clause that begins with an actor and goes on with an act is an order of the body that issues the
text. Definitions, scope, rights (`được …`) and what the text says of itself (`Nghị định này …`) are none. In articles
on files, terms and amendments, and in circulars without articles, a duty must be said outright: `phải`, `có trách
nhiệm`, or with its term first (`Trong thời hạn 10 ngày …, Sở Tư pháp cấp …`).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import Actor, actor_at, first_act, is_noun, told
from extractors.speech.acts import imperative, make_act
from extractors.speech.clauses import act_end
from extractors.speech.context import Act, Context
from extractors.speech.legal_texts import circular, legal_text
from extractors.speech.subjects import ADVERBIAL
from extractors.speech.words import verbs
from extractors.structure import Block

# Articles that lay down no duties by their name, but may say some outright.
_OUTRIGHT_ARTICLE = regex.compile(rf"{any_of('article with few duties')}\b")
_OUTRIGHT = ("có trách nhiệm", "chịu trách nhiệm", "có nghĩa vụ", "phải ", "không được ")
_CONDITION = regex.compile(r"(?!phải |có trách nhiệm )(?:(?!\b(?:nếu|khi|trường hợp)\b)[^;:]){0,300}?\sthì\s")
# `"1. Văn phòng công chứng phải …`: an item of the text that an amendment puts in.
_QUOTED_ITEM = regex.compile(r'(?:"\s*+(?:\(?\d{1,2}[.)]|\p{Ll}[.)])?\s*+)?+')
_MODAL = regex.compile(
    r"(?<=\s)(?:có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|phải|không được|có văn bản|có ý kiến)\s"
)
_TERM_FIRST = regex.compile(
    r"\W*+(?:(?:chậm nhất|muộn nhất)(?: là)?\s|sau\s|trong (?:thời hạn |thời gian |vòng )?)(?:tối đa |không quá )?"
    r"(?:\d{1,3}|\p{L}{2,6}(?:\s\p{L}{2,6})?)\s(?:\([^()]{1,20}\)\s)?(?:ngày|tháng|giờ)(?: làm việc)?,?"
    r"\s(?:kể |tính )?(?:từ|trước|sau)?\b"
)
_SKIPPED_ARTICLE = regex.compile(rf"{any_of('article without duties')}\b")
_NO_DUTY = regex.compile(
    rf"\s*+(?:(?:xem xét, )?quyết định (?!.{{0,160}}trong thời hạn)|{any_of('no duty')}\b|"
    r"phải (?:nằm trong|thuộc|là|được)\b|không(?! được| để)|"
    r"có(?! (?:trách nhiệm|nghĩa vụ|nhiệm vụ|văn bản|ý kiến|kế hoạch|biện pháp)))"
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
_ARTICLE_NAME = regex.compile(r"(?:điều|chương|mục)\s\d")


class Norms:
    """Reads the articles of one document; idle where it is no legal text of its own."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._legal, self.issuer = legal_text(context)
        self._circular = None if self._legal else circular(context)
        self._in_article = False
        self._skipped = False
        self._outright = False  # only what is said outright is a duty here
        self._sections = False  # a circular without articles
        self._lead: tuple[str, int] | None = None  # who the items below are for, and the rank of the line that says so

    def read(self, block: Block) -> list[Act] | None:
        """The duties of a block, None where the block stands outside the articles of a legal text."""
        if not self._legal:
            return self._of_circular(block)
        lower = self._context.lower
        if block.marker == "article":
            self._in_article = True
            self._skipped = bool(_SKIPPED_ARTICLE.match(lower, block.body, block.end))
            self._outright = self._skipped and bool(_OUTRIGHT_ARTICLE.match(lower, block.body, block.end))
            self._lead = self._duties_of(block)
        if not self._in_article:
            return None
        if block.heading or _ARTICLE_NAME.match(lower, block.body, block.end):
            return []
        if self._skipped and not self._outright and "chịu trách nhiệm" not in lower[block.body : block.end]:
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

    def _of_circular(self, block: Block) -> list[Act] | None:
        """The duties that a circular without articles says outright, below `Bộ Tài chính hướng dẫn … như sau:`."""
        if not self._sections:
            if self._circular and block.start == self._circular[0]:
                self._sections = self._outright = True
                self.issuer = self._circular[1]
            return None
        if block.heading:
            return None
        spans = self._context.layout.sentences(block)
        return [act for start, end in spans for act in self._duties(start, end)] or None

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
        self._in_article = self._sections = False
        self._circular = None

    def _duties(self, start: int, end: int) -> Iterator[Act]:
        """A sentence may bind several bodies, one clause each."""
        if _AMENDS.search(self._context.lower, start, end):
            return
        start = _QUOTED_ITEM.match(self._context.shadow, start, end).end()  # type: ignore[union-attr]
        place = start
        term = _TERM_FIRST.match(self._context.lower, start, end) is not None
        separator = _SEPARATOR if ADVERBIAL.match(self._context.lower, start, end) else _STRONG_SEPARATOR
        while place < end:
            act = self._duty(place, end)
            if act and self._outright and not term and not self._context.lower.startswith(_OUTRIGHT, act.start):
                act = None
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
        if _CONDITION.match(lower, begin, end):
            return None  # `… giá do Ủy ban nhân dân tỉnh ban hành thì …`: a condition
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
        modal = _MODAL.search(context.lower, actor.end, stop)
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
        "cơ quan thuế",
        "cơ quan hải quan",
        "cơ quan quản lý thuế",
        "kho bạc nhà nước",
    ]
)

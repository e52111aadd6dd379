"""Finding citations: type words and bare symbols are the anchors, a rule is tried at each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from corpus import shadow
from corpus.document import Document
from extractors.anchors import Anchors
from extractors.citations import names, pinpoints, tail
from extractors.citations.phrases import ends_with, phrases
from extractors.citations.symbols import Symbol, draft_at, symbol_at
from extractors.citations.types import DocType, doc_types, fold_code, organ_of


@dataclass(slots=True)
class Citation:
    """A citation while it is being read."""

    start: int
    end: int
    rule: str
    doc_type: str
    symbol: Symbol | None = None
    number: str | None = None
    year: int | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    pinpoint: str | None = None
    named: bool = False        # cited by its name
    stated_issuer: bool = False  # the issuer stands in the text and is not only implied by the symbol


_NUMBER_SIGN = regex.compile(r"(?:[ \n]{0,3}(?:liên tịch|liên bộ))?[ \n]{1,3}(?:(?:số|so|sô)(?:[ ]?hiệu)?[ ]?:?[ \n]{0,3})?")
_SIGNED = regex.compile(r"(?:số|so|sô)[ ]?:?[ \n]{0,3}$")
_BETWEEN = regex.compile(r"[ ](?:của )?[^\n.;:()\"\d]{3,110}?[ ](?:số|so)[ ]?:?[ ]?(?=\d)")
_NEXT_MEMBER = regex.compile(r"(?:[ ]?[,;][ ]?(?:và[ ])?|[ ]và[ ]|[ ]hoặc[ ]|[ ]hay[ ])(?P<sign>số[ ]?)?(?=\d)")
_BEFORE_SYMBOL = regex.compile(r"\d{1,6}(?:[a-zA-Z]|bis)?(?:[ ]?[/-][ ]?(?:19|20)\d\d)?[ ]{0,2}$")
_HEAD_SIGN = regex.compile(r"(?:^|\n|\|)[ *#>_]{0,8}(?:số|so)(?:[ ]?(?:hiệu|ký hiệu))?[ *]{0,4}:?[| *]{0,6}$")
_NAME_NUMBER = regex.compile(r",?[ \n](?P<sign>số[ ]?:?[ ]?)?(?=\d)")
_LIST_GAP = regex.compile(r"[\s\"*)]*(?:[,;]|,?[ ]và|;[ ]và)[\s*]*(?:các )?(?:dự án |dự thảo )?")
_PLURAL = regex.compile(r"(?:các|những|hai|ba|\d) $")
_WORD = regex.compile(r"\w+")
_SELF = regex.compile(r"[ ](?:này|đó|nêu trên|nói trên|trên đây)\b")
_HEAD_REGION = 4000


@cache
def _type_anchors() -> Anchors[DocType]:
    return Anchors((shadow.fold(name), doc_type) for name, doc_type in doc_types().items())


@cache
def _word_anchors() -> Anchors[tuple[str, str]]:
    """Abbreviations in capitals: NĐ (before a number), BLHS (a code by name)."""
    words = [(word, ("type", doc_type.name)) for doc_type in doc_types().values() for word in doc_type.words]
    return Anchors([*words, *((alias, ("name", alias)) for alias in names.abbreviations())])


@cache
def _symbol_anchors() -> Anchors[str]:
    """What a bare symbol has behind its number: `/nđ-`, `-nq/`, `/qh1`."""
    literals: dict[str, str] = {}
    for doc_type in doc_types().values():
        for code in doc_type.codes:
            folded = fold_code(code)
            if len(code) > 1:
                literals[f"/{folded}-"] = literals[f"-{folded}/"] = literals[f"/{folded} -"] = code
    literals |= {"/qh1": "QH", "/ubtvqh": "UBTVQH"}
    return Anchors(literals.items())


def find_citations(document: Document) -> list[Citation]:
    """Every citation of the document, in order of place."""
    finder = _Finder(document)
    finder.by_type_word()
    finder.by_abbreviation()
    finder.by_symbol()
    return sorted(finder.found, key=lambda citation: (citation.start, -citation.end))


class _Finder:
    """One document being read."""

    def __init__(self, document: Document) -> None:
        self.text, self.lower, self.folded = document.shadow, document.lower, document.folded
        self.notice = document.notice
        self.found: list[Citation] = []
        self.taken: list[tuple[int, int]] = []  # spans of numbers, in no order

    def by_type_word(self) -> None:
        for start, end, doc_type in _type_anchors().longest(self.folded):
            spelled = self.lower[start:end] == doc_type.name
            if self.numbered(start, end, doc_type, spelled):
                continue
            if not spelled or _SELF.match(self.lower, end):
                continue
            if "named" in doc_type.flags and self.named(start, end, doc_type):
                continue
            if "titled" in doc_type.flags:
                self.titled(start, end, doc_type)

    # ---------- by number ----------

    def numbered(self, start: int, end: int, doc_type: DocType, spelled: bool) -> bool:
        sign = _NUMBER_SIGN.match(self.lower, end)
        pos = sign.end() if sign else end
        symbol = symbol_at(self.text, pos)
        signed = bool(sign and _SIGNED.search(sign.group()))
        if symbol is None and signed and (draft := draft_at(self.text, pos)):
            self.add(start, draft.end, doc_type, draft, "draft")
            return True
        if symbol is None and "named" not in doc_type.flags and (between := _BETWEEN.match(self.lower, end)):
            if _type_anchors().longest(self.folded[end : between.end()]):
                return False
            symbol, signed = symbol_at(self.text, between.end()), True
            if symbol is None or not symbol.parts or doc_type.name == "lệnh" or _has("case", self.lower, end, between.end()):
                return False
        if symbol is None or any(phrases("private", part.lower(), 0) for part in symbol.parts):
            return False
        members = self.members(symbol, start)
        if not any(member.parts or member.year for member in members):
            if not (signed or ("bare" in doc_type.flags and self.short(start, symbol, len(members)))):
                return False
            if not spelled or ("bare" not in doc_type.flags and doc_type.name not in ("luật", "công ước", "văn bản")):
                return False
        elif not spelled and not any(member.parts for member in members):
            return False
        for position, member in enumerate(members):
            self.add(start if not position else member.start, member.end, doc_type, member, "number" if member.parts else "short")
        return True

    def members(self, first: Symbol, start: int) -> list[Symbol]:
        """The members of a list (`18, 19-NQ/TW`), each completed from its right, else its left neighbour."""
        members = [first]
        while len(members) < 60 and (join := _NEXT_MEMBER.match(self.text, members[-1].end)):
            member = symbol_at(self.text, join.end())
            if member is None or not (member.parts or member.year or join["sign"] or not members[-1].parts):
                break
            members.append(member)
        while len(members) > 1 and not (members[-1].parts or members[-1].year):
            plural = _PLURAL.search(self.lower[max(0, start - 6) : start])
            signed = self.lower[: members[-1].start].endswith(("số ", "số"), max(0, members[-1].start - 4))
            if plural or signed:
                break
            members.pop()
        complete = None
        for position in range(len(members) - 1, -1, -1):
            if members[position].parts:
                complete = members[position]
            elif complete and not members[position].year:
                members[position] = members[position].with_tail_of(complete)
        return members

    def short(self, start: int, symbol: Symbol, size: int) -> bool:
        """A plain number without `số` cites a document only where no counted noun follows."""
        if symbol.year or size > 1:
            return bool(symbol.year)
        number = int(regex.match(r"\d+", symbol.n).group())
        if len(symbol.n) >= 4 and 1900 <= number <= 2099:
            return False
        capital = self.text[start].isupper()
        after = self.lower[symbol.end : symbol.end + 2].lstrip(" ")[:1]
        if after in ("", "\n", ".", ",", ";", ":", ")", '"', "?", "!", "]", "|", "*"):
            return capital or number >= 10
        if self.lower[symbol.end] != " ":
            return False
        return (capital or number >= 10) and phrases("short_follow", self.lower, symbol.end + 1) > 0

    # ---------- by name ----------

    def named(self, start: int, end: int, doc_type: DocType) -> bool:
        if doc_type.name == "luật" and ends_with("not_before", self.lower, start):
            return False  # pháp luật, Đại học Luật
        name = names.name_at(self.text, self.lower, self.folded, doc_type.name, end)
        if name is None or not self.is_named(start, end, doc_type, name):
            return False
        stop, symbol = name.end, None
        if number := _NAME_NUMBER.match(self.lower, stop):
            symbol = symbol_at(self.text, number.end())
            symbol = symbol if symbol and symbol.parts and (symbol.year or number["sign"]) else None
            stop = symbol.end if symbol else names.with_year(self.lower, stop)[0]
        citation = self.add(start, stop, doc_type, symbol, "name")
        citation.named, citation.title = True, name.title
        citation.year = citation.year or name.year
        return True

    def is_named(self, start: int, end: int, doc_type: DocType, name: names.Name) -> bool:
        """Whether the table, capitals or the words before show that a law is meant."""
        title = name.title or ""
        if self.lower[end : end + 1] == "\n" and (start == 0 or self.text[start - 1] == "\n"):
            return False  # a heading of its own: LUẬT / ĐẤT ĐAI
        type_capital, name_capital = self.text[start].isupper(), self.text[end + 1 : end + 2].isupper()
        amending = title.lower().startswith(("sửa đổi", "bổ sung"))
        cited = ends_with("citing", self.lower, start) or self.continues(start)
        if name.known:
            sure = type_capital or name_capital or not title or bool(name.year) or len(title.split()) >= 3
            return sure or (" " in title and cited)
        if doc_type.name == "luật" and phrases("not_after", self.lower, end + 1):
            return False  # luật sư, luật pháp
        if amending:
            return type_capital or cited
        return name_capital or (type_capital and cited)

    def continues(self, start: int) -> bool:
        """Whether the citation goes on a list of citations."""
        return any(
            found.end <= start <= found.end + 8 and _LIST_GAP.fullmatch(self.lower, found.end, start)
            for found in self.found[-4:]
        )

    # ---------- by subject ----------

    def titled(self, start: int, end: int, doc_type: DocType) -> None:
        """`Nghị quyết [của Quốc hội] về …`, not numbered."""
        organ = regex.compile(r"[ ]của[ ]").match(self.lower, end)
        stop = tail.organ_end(self.text, self.lower, organ.end()) if organ else None
        issuer = tail.clean(self.text[organ.end() : stop]) if organ and stop else None
        opener = stop if stop else end
        if self.lower[opener : opener + 1] != " ":
            return
        dropped = phrases("title_drop", self.lower, opener + 1)
        kept = phrases("title_keep", self.lower, opener + 1)
        capital = self.text[start].isupper()
        passed = ends_with("passed", self.lower, start) or self.continues(start)
        if not (capital or (passed and issuer)) or not (dropped or (kept and (passed or issuer))):
            return
        if not passed and not issuer and not self.lower.startswith("về việc", opener + 1):
            return
        if self.own(start):
            return
        begin = opener + 1 + dropped
        finish = tail.title_end(self.lower, begin)
        while finish > begin and self.text[finish - 1] in " ,:":
            finish -= 1
        if finish - begin < 8:
            return
        citation = self.add(start, finish, doc_type, None, "subject")
        citation.title = tail.clean(self.text[begin:finish])
        if issuer:
            citation.issuer, citation.stated_issuer = issuer, True

    def own(self, start: int) -> bool:
        """The enacting words of a notice: a line that begins `Chính phủ ban hành Nghị định …`."""
        line = self.lower.rfind("\n", 0, start) + 1
        return regex.fullmatch(
            r"[ *_#]*\p{Lu}[^,.;]{3,80}? (?:ban hành|quyết định ban hành|ra)[ *]*", self.text[line:start]
        ) is not None and not regex.search(r" (?:vừa|đã|mới|sẽ|cũng) ", self.lower[line:start])

    # ---------- without a type word ----------

    def by_abbreviation(self) -> None:
        for start, end, (role, value) in _word_anchors().longest(self.text):
            if self.covered(start, end):
                continue
            if role == "name":
                type_name, title = names.abbreviations()[value]
                stop, year = names.with_year(self.lower, end)
                citation = self.add(start, stop, doc_types()[type_name], None, "name")
                citation.named, citation.title, citation.year = True, title, year
            elif sign := regex.compile(r"[ ](?:số[ ])?(?=\d)").match(self.lower, end):
                symbol = symbol_at(self.text, sign.end())
                if symbol and (symbol.parts or symbol.year) and self.text[start - 1 : start] not in "/-":
                    self.add(start, symbol.end, doc_types()[value], symbol, "number")

    def by_symbol(self) -> None:
        """Symbols without a type word: the number in a notice's head, `Số hiệu: …`, members of loose lists."""
        for start, _end, _code in _symbol_anchors().find(self.folded, words=False):
            before = _BEFORE_SYMBOL.search(self.text[max(0, start - 16) : start])
            if before is None:
                continue
            begin = max(0, start - 16) + before.start()
            if self.text[begin - 1 : begin].isalnum() or self.text[begin - 1 : begin] in tuple("/-.,") and begin:
                continue
            symbol = symbol_at(self.text, begin)
            if symbol is None or not symbol.parts or self.covered(symbol.start, symbol.end):
                continue
            doc_type = symbol.doc_type or self._assembly(symbol)
            if doc_type and not self.not_a_document(begin):
                self.add(begin, symbol.end, doc_type, symbol, "symbol")
        self.letter_head()

    def letter_head(self) -> None:
        """The number of an official letter in its head: `Số: 439/VPCP-NC` at the beginning of a line."""
        for sign in regex.compile(r"(?:^|\n)[ *|]{0,6}(?:số|so)[ ]?:[ *]{0,4}(?=\d)").finditer(self.lower, 0, _HEAD_REGION):
            symbol = symbol_at(self.text, sign.end())
            if symbol and symbol.parts and not self.covered(symbol.start, symbol.end) and "HĐ" not in symbol.parts[0]:
                if organ_of(symbol.parts[0]) or len(symbol.parts) > 1:
                    self.add(symbol.start, symbol.end, doc_types()["công văn"], symbol, "head")
                    return

    @staticmethod
    def _assembly(symbol: Symbol) -> DocType | None:
        """`26/2008/QH12` alone is a law or a resolution: the number does not say; laws are meant far more often."""
        return doc_types()["luật"] if fold_code(symbol.parts[0]).startswith("qh") else None

    def not_a_document(self, begin: int) -> bool:
        stop = begin
        window = self.lower[max(0, begin - 30) : begin].rstrip(" :")
        window = window.removesuffix("số").rstrip()
        return ends_with("not_symbol", window, len(window)) and stop > 0

    # ---------- common ----------

    def covered(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.taken)

    def add(self, start: int, end: int, doc_type: DocType, symbol: Symbol | None, rule: str) -> Citation:
        if doc_type.name == "văn bản" and symbol and symbol.doc_type:
            doc_type = symbol.doc_type
        citation = Citation(start, end, rule, doc_type.name, symbol, symbol.number if symbol and symbol.n else None,
                            symbol.year if symbol else None)
        citation.issuer = _implied(doc_type, symbol)
        if found := pinpoints.pinpoint_before(self.lower, start):
            citation.pinpoint = found[0]
        joint = doc_type.name.endswith("liên tịch")
        left = tail.left_of(self.text, self.lower, start, end, joint)
        right = tail.right_of(self.text, self.lower, end)
        day = right.date or left.date
        if day:
            citation.date = day.edtf
        if stated := right.issuer or left.issuer:
            citation.issuer, citation.stated_issuer = stated, True
        citation.title = right.title if symbol else None
        if symbol and citation.year is None:
            citation.year = right.year
        self.found.append(citation)
        self.taken.append((start, end))
        return citation


def _has(role: str, lowered: str, start: int, end: int) -> bool:
    """Whether a phrase of the role begins at a word between `start` and `end`."""
    return any(phrases(role, lowered, word.start()) for word in _WORD.finditer(lowered, start, end))


def _implied(doc_type: DocType, symbol: Symbol | None) -> str | None:
    """The issuer that the symbol, else the type, implies."""
    codes = symbol.issuers if symbol else ()
    found = [organ.name if (organ := organ_of(code)) else None for code in codes]
    if found and all(found):
        return ", ".join(name for name in found if name)
    return doc_type.issuer if symbol and not codes else None

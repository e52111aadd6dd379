"""A document while its citations are being read: its texts, what was found so far, what stands beside a citation."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from corpus.document import Document
from extractors.citations import pinpoints, tail
from extractors.citations.symbols import Symbol
from extractors.citations.types import DocType, organ_of
from extractors.citations.when import date_at

# between two members of a list of citations: `Luật A; Luật B và dự án Luật C`
_LIST_GAP = regex.compile(r"[\s\"*)]*(?:[,;]|,?[ ]và|;[ ]và)[\s*]*(?:các )?(?:dự án |dự thảo )?")
_OF_ASSEMBLY = ("luật", "bộ luật", "pháp lệnh")   # the President makes them known (Constitution, article 88)
_OF_COMMITTEE = regex.compile(r"-\p{L}{2,3}/BTC")   # 45-QĐ/BTC: the Party's form, of a Ban Tổ chức (Guide 36-HD/VPTW)
_HEAD_SIGN = regex.compile(
    r"(?:^|\n|\|)[ *#>_|]{0,8}(?:s[ốôoóòồéèeê6]|\$6)(?:[ ]?(?:hiệu|ký hiệu))?[ *]{0,4}:?[| *]{0,6}$"
)
_PLACE_AND_DAY = regex.compile(r"\p{L},[ ]{0,3}(?=ng[àa]y[ ]{1,3}\d{1,2}[ ]{1,3}th[áa]ng)")


@dataclass(slots=True)
class Citation:
    """A citation while it is being read; the fields of a Decree, and what completes other citations."""

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
    named: bool = False          # cited by its name
    stated_issuer: bool = False  # the issuer stands in the text and is not only implied by the symbol
    left: tail.Context = field(default_factory=tail.Context)
    behind: int = 0              # where the date and issuer on the right end


class Reading:
    """One document being read. Rules add citations; spans of numbers and names are taken once."""

    def __init__(self, document: Document) -> None:
        self.text, self.lower, self.folded = document.shadow, document.lower, document.folded
        self.notice = document.notice
        self.found: list[Citation] = []
        self.short: list[tuple[int, DocType, Symbol]] = []   # `Kế hoạch số 47`: cites only what is known from elsewhere
        self.unread: list[tuple[int, int, DocType]] = []     # type words of laws that no name follows: `Luật TĐKT`
        self._taken = bytearray(len(self.text))

    def covered(self, start: int, end: int) -> bool:
        """Whether a number or a name found before holds any of these characters."""
        return self._taken.find(1, start, end) >= 0

    def skip(self, start: int, end: int) -> None:
        """Take the words of a number that cites nothing, so that no other rule reads it."""
        self._taken[start:end] = b"\1" * (end - start)

    def add(self, start: int, end: int, doc_type: DocType, symbol: Symbol | None, rule: str) -> Citation:
        """Keep a citation, with what the text says of it on both sides."""
        if doc_type.name == "văn bản" and symbol and symbol.doc_type:
            doc_type = symbol.doc_type  # văn bản số 8677/BC-BNV is a báo cáo
        citation = Citation(start, end, rule, doc_type.name, symbol)
        if symbol:
            citation.number, citation.year = symbol.number, symbol.year
        citation.issuer = implied_issuer(doc_type, symbol)
        before = pinpoints.pinpoint_before(self.lower, start)
        citation.pinpoint = before[0] if before else pinpoints.pinpoint_after(self.lower, end, doc_type.name)
        self._read_sides(citation)
        self.found.append(citation)
        if rule != "subject":
            self.skip(start, end)
        return citation

    def _read_sides(self, citation: Citation) -> None:
        start, end, symbol = citation.start, citation.end, citation.symbol
        outer = self._outer(start, end)
        left = right = tail.Context()
        if outer is None:
            joint = citation.doc_type.endswith("liên tịch")
            left = self._left_of_list(start) or tail.left_of(self.text, self.lower, start, end, joint)
        if outer is None or outer.end > end:
            right = tail.right_of(self.text, self.lower, end)
        citation.left, citation.behind = left, max(end, right.end)
        if right.date and right.date.year is None and symbol is None:
            right.date = None  # `Luật Lao động (13/12)`: a day of something else
        if day := right.date or left.date:
            citation.date = day.edtf
        stated = right.issuer or left.issuer
        if stated and not (citation.doc_type in _OF_ASSEMBLY and stated.endswith("Chủ tịch nước")):
            citation.issuer, citation.stated_issuer = stated, True
        if symbol is None:
            return
        citation.title = right.title
        citation.year = citation.year or right.year
        if not day and start == symbol.start and _HEAD_SIGN.search(self.lower[max(0, start - 40) : start]):
            citation.date = self._head_date(start, end)
            if citation.issuer is None and (organ := self._head_organ(start)):
                citation.issuer, citation.stated_issuer = organ, True

    def continues(self, start: int) -> Citation | None:
        """The citation before, where this one goes on its list: `Luật A; Luật B và Luật C`."""
        members = [
            found
            for found in self.found[:-6:-1]
            if found.end <= start <= found.end + 20 and _LIST_GAP.fullmatch(self.lower, found.end, start)
        ]
        return min(members, key=lambda found: found.start, default=None)

    def _left_of_list(self, start: int) -> tail.Context | None:
        """What stands before the whole list holds for each of its members."""
        previous = self.continues(start)
        return previous.left if previous and (previous.left.issuer or previous.left.date) else None

    def _outer(self, start: int, end: int) -> Citation | None:
        """The citation in whose name this one stands (`Luật sửa đổi … của Luật A`)."""
        return next((found for found in self.found[:-9:-1] if found.start < start and end <= found.end), None)

    def _head_organ(self, start: int) -> str | None:
        """The organ in the head of the notice whose own number this is."""
        notice = self.notice
        own = notice is not None and notice.number is not None and notice.number.start == start
        return notice.organ.value if notice and own and notice.organ else None

    def _head_date(self, start: int, end: int) -> str | None:
        """The day beside a notice's own number: of its head, else the place and day printed around it."""
        if self.notice and self.notice.number and self.notice.date and self.notice.number.start == start:
            return self.notice.date.value
        for place in _PLACE_AND_DAY.finditer(self.lower, max(0, start - 200), end + 400):
            if day := date_at(self.lower, place.end()):
                return day.edtf
        return None


def implied_issuer(doc_type: DocType, symbol: Symbol | None, year: int | None = None) -> str | None:
    """The issuer that the symbol, else the type, implies; in that year where the code has had several."""
    if symbol and doc_type.name in ("luật", "bộ luật"):
        return doc_type.issuer  # 35-L/CTN is the number of the President's order that made the law known
    codes = symbol.issuers if symbol else ()
    if symbol and _OF_COMMITTEE.fullmatch(symbol.tail):
        return None
    if doc_type.name == "pháp lệnh" and codes == ("CTN",):  # as for laws; the Constitution of 1992, article 91
        codes = ("UBTVQH",)
    organs = [organ.name if (organ := organ_of(code, year)) else None for code in codes]
    if organs and all(organs):
        return ", ".join(name for name in organs if name)
    return doc_type.issuer if symbol and not codes else None

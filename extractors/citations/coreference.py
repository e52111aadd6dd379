"""One document's mentions of the same act share what one of them says: number, year, date, issuer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from corpus import shadow
from extractors.citations.reading import Citation, implied_issuer
from extractors.citations.types import doc_types, has_changed

_Key = tuple[str, str]
_LETTER = {"văn bản": "công văn"}   # what is first cited as `Văn bản số 190/2002` may be `Công văn số 190` later
_AHEAD = 2   # years by which a text may be older than what it cites: a web page is dated anew, or not at all
_LOOK = 50  # full citations of one number that are asked whether a short one means them


def resolve(citations: list[Citation], document_date: str | None) -> None:
    """Complete short and repeated citations from their antecedents, in place."""
    for citation in citations:
        _settle(citation, document_date)
    _complete_numbers(citations)
    _share(citations)
    _complete_names(citations)
    for citation in citations:
        _date_organ(citation)


def _date_organ(citation: Citation) -> None:
    """An organ implied by the symbol has the name that it had in the year of the act (CP in 1964)."""
    symbol, year = citation.symbol, citation.year
    if citation.stated_issuer or symbol is None or year is None or not any(map(has_changed, symbol.parts)):
        return
    doc_type = doc_types()[citation.doc_type]
    if citation.issuer in (None, implied_issuer(doc_type, symbol)):
        citation.issuer = implied_issuer(doc_type, symbol, year)


def _settle(citation: Citation, document_date: str | None) -> None:
    """A day without its year lies within the year before the document; the year of the act follows from its date."""
    date = citation.date
    if document_date and citation.symbol and citation.year and citation.year > int(document_date[:4]) + _AHEAD:
        citation.year = None   # 32/2091/TT-BTC, 62/2045/NĐ-CP in a text of 2016: damage
    if date and date.startswith("XXXX-") and document_date and len(document_date) >= 10:
        year = int(document_date[:4])
        citation.date = f"{year if date[5:] <= document_date[5:10] else year - 1}{date[4:]}"
    if citation.date and citation.date[:4].isdigit():
        written = int(citation.date[:4])
        if citation.year is None:
            citation.year = written
        elif citation.year != written:
            citation.date = None  # a date of something else: the number or name has another year


def _by(citations: Iterable[Citation], key: dict[int, Hashable]) -> dict[Hashable, list[Citation]]:
    """Citations by key, in order of place; those without a key are left out."""
    groups: dict[Hashable, list[Citation]] = defaultdict(list)
    for citation in citations:
        if (found := key.get(id(citation))) is not None:
            groups[found].append(citation)
    return groups


def _complete_numbers(citations: list[Citation]) -> None:
    """`Nghị định 62` takes the number of the Nghị định of that number; the nearest before, else after."""
    keys: dict[int, Hashable] = {
        id(found): (_LETTER.get(found.doc_type, found.doc_type), found.symbol.n.lstrip("0"))
        for found in citations
        if found.symbol and found.symbol.n
    }
    for group in _by(citations, keys).values():
        full = [found for found in group if found.symbol and (found.symbol.parts or found.symbol.year)]
        if not full:
            continue
        last: Citation | None = None
        for citation in group:
            symbol = citation.symbol
            assert symbol
            if symbol.parts:
                if fuller := _fuller(citation, full[:_LOOK]):
                    _take_number(citation, fuller)
                last = citation
                continue
            candidates = [last, *full[:_LOOK]] if last else full[:_LOOK]
            for other in candidates:
                if other and other is not citation and _agree(citation, other):
                    _take_number(citation, other)
                    break
            if symbol.year and last is None:
                last = citation


def _fuller(citation: Citation, others: list[Citation]) -> Citation | None:
    """The one citation that names the organ too, of a number with a type alone: `31/VBHN` of `31/VBHN-VPQH`."""
    symbol = citation.symbol
    if symbol is None or citation.doc_type != "văn bản hợp nhất" or len(symbol.parts) != 1:
        return None
    found = [other for other in others if other.symbol and other.symbol.parts[:1] == symbol.parts
             and len(other.symbol.parts) > 1 and _agree(citation, other)]
    return found[0] if len({other.number for other in found}) == 1 else None


def _agree(citation: Citation, other: Citation) -> bool:
    """Whether a short citation may mean the other: nothing that both state differs."""
    assert citation.symbol and other.symbol
    if not other.symbol.parts and (citation.symbol.year or not other.symbol.year):
        return False
    if citation.year and other.year and citation.year != other.year:
        return False
    return not (citation.date and other.date and citation.date != other.date)


def _take_number(citation: Citation, other: Citation) -> None:
    citation.number = other.number
    citation.symbol = other.symbol
    citation.year = citation.year or other.year
    citation.date = citation.date or other.date
    if not citation.stated_issuer:
        citation.issuer = other.issuer


def name_key(citation: Citation) -> _Key | None:
    """Type and name, whatever capitals and commas; acts cited by number have a name only with their title."""
    if not citation.title:
        return None
    words = shadow.fold(citation.title).replace(",", " ").replace("&", "va")
    return citation.doc_type, " ".join(words.split())


@dataclass(slots=True)
class _Known:
    """What the mentions of one act state together: each value from the first that has it."""

    number: str | None = None
    year: int | None = None
    date: str | None = None
    issuer: str | None = None

    def learn(self, citation: Citation) -> None:
        if citation.number and self.number is None:  # the numbered mention is the surest
            self.number, self.year, self.date = citation.number, citation.year, citation.date or self.date
        self.year = self.year or citation.year
        self.date = self.date or citation.date
        self.issuer = self.issuer or citation.issuer


def _complete_names(citations: list[Citation]) -> None:
    """An act cited by name or subject alone is the one of that name that the document identifies."""
    keys: dict[int, Hashable] = {id(found): key for found in citations if (key := name_key(found)) is not None}
    for group in _by(citations, keys).values():
        known: dict[int | None, _Known] = defaultdict(_Known)
        for citation in group:
            known[None].learn(citation)
            if citation.year:
                known[citation.year].learn(citation)
        several = len(known) > 2  # several acts had this name, and the text does not say which is meant
        for citation in group:
            if citation.number or not (citation.named or citation.symbol is None):
                continue
            if citation.year is None and several:
                continue
            act = known[citation.year]
            citation.number, citation.year = act.number, citation.year or act.year
            citation.date = citation.date or act.date
            citation.issuer = citation.issuer or act.issuer


def _share(citations: list[Citation]) -> None:
    """Mentions with one full number share date, year and the issuer that the text states."""
    keys: dict[int, Hashable] = {
        id(found): (found.doc_type, found.number.lstrip("0"))
        for found in citations
        if found.number and found.symbol and found.symbol.parts
    }
    for group in _by(citations, keys).values():
        dates = {citation.date for citation in group if citation.date}
        issuer = next((citation.issuer for citation in group if citation.stated_issuer), None)
        for citation in group:
            if len(dates) == 1:
                citation.date = citation.date or next(iter(dates))
            if citation.year is None and citation.date and citation.date[:4].isdigit():
                citation.year = int(citation.date[:4])
            if issuer and not citation.stated_issuer:
                citation.issuer = issuer

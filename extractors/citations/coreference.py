"""One document's mentions of the same act share what one of them says: number, year, date, issuer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus import shadow

if TYPE_CHECKING:
    from extractors.citations.find import Citation


_REACH = 400  # how many mentions away an antecedent may be


def resolve(citations: list[Citation], document_date: str | None) -> None:
    """Complete short and repeated citations from their antecedents, in place."""
    for citation in citations:
        _settle(citation, document_date)
    for position, citation in enumerate(citations):
        if citation.symbol and citation.symbol.n and not citation.symbol.parts:
            _complete_number(citation, _near(citations, position))
    for position, citation in enumerate(citations):
        if citation.title and (citation.named or not citation.symbol):
            before = citations[max(0, position - _REACH) : position][::-1]
            _complete_name(citation, before, citations[position + 1 : position + _REACH])
    _share(citations)


def _settle(citation: Citation, document_date: str | None) -> None:
    """A day without its year lies within the year before the document; the year of the act follows from its date."""
    date = citation.date
    if date and date.startswith("XXXX-") and document_date and len(document_date) >= 10:
        year = int(document_date[:4])
        citation.date = f"{year if date[5:] <= document_date[5:10] else year - 1}{date[4:]}"
    if citation.date and citation.date[:4].isdigit():
        written = int(citation.date[:4])
        if citation.year is None:
            citation.year = written
        elif abs(citation.year - written) > 1:
            citation.date = None  # a date of something else: the number or name has another year


def _near(citations: list[Citation], position: int) -> Iterable[Citation]:
    """Mentions before, nearest first, then those after."""
    yield from reversed(citations[max(0, position - _REACH) : position])
    yield from citations[position + 1 : position + _REACH]


def _complete_number(citation: Citation, others: Iterable[Citation]) -> None:
    symbol = citation.symbol
    assert symbol
    for other in others:
        better = other.symbol and (other.symbol.parts or (other.symbol.year and not symbol.year))
        if better and other.symbol.n.lstrip("0") == symbol.n.lstrip("0") and (
            other.doc_type == citation.doc_type
        ):
            if symbol.year and other.year and symbol.year != other.year:
                continue
            if citation.date and other.date and citation.date != other.date:
                continue
            citation.number = other.number
            citation.year = citation.year or other.year
            citation.date = citation.date or other.date
            citation.symbol = other.symbol
            if not citation.stated_issuer:
                citation.issuer = other.issuer
            return


def _complete_name(citation: Citation, before: list[Citation], after: list[Citation]) -> None:
    """A law cited by name alone is the one of that name that the document identifies.

    Mentions before count from the nearest; those after only where all of them mean one act.
    """
    if citation.number:
        return
    same = [other for other in before if _may_be(citation, other)]
    if not same:
        same = [other for other in after if _may_be(citation, other)]
        if len({other.year for other in same if other.year}) > 1:
            return
    for other in same:
        citation.number = citation.number or other.number
        citation.year = citation.year or other.year
        citation.date = citation.date or other.date
        if not citation.stated_issuer:
            citation.issuer = other.issuer or citation.issuer
        if citation.number:
            return


def _may_be(citation: Citation, other: Citation) -> bool:
    if name_key(other) != name_key(citation) or not (other.number or other.year):
        return False
    if citation.year is not None:
        return other.year == citation.year
    return True


def name_key(citation: Citation) -> tuple[str, str]:
    """Type and name, whatever their capitals and commas."""
    words = shadow.fold(citation.title or "").replace(",", " ").replace("&", "va")
    return citation.doc_type, " ".join(words.split())


def _share(citations: list[Citation]) -> None:
    """Mentions with one full number share date, year and the issuer that the text states."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        if citation.number and citation.symbol and citation.symbol.parts:
            groups.setdefault((citation.doc_type, citation.number.lstrip("0")), []).append(citation)
    for group in groups.values():
        dates = {citation.date for citation in group if citation.date}
        issuers = [citation.issuer for citation in group if citation.stated_issuer]
        for citation in group:
            if len(dates) == 1:
                citation.date = citation.date or next(iter(dates))
            if citation.year is None and citation.date and citation.date[:4].isdigit():
                citation.year = int(citation.date[:4])
            if issuers and not citation.stated_issuer:
                citation.issuer = issuers[0]

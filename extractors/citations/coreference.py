"""One document's mentions of the same act share what one of them says: number, year, date, issuer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus import shadow

if TYPE_CHECKING:
    from extractors.citations.find import Citation


def resolve(citations: list[Citation], document_date: str | None) -> None:
    """Complete short and repeated citations from their antecedents, in place."""
    for citation in citations:
        _settle(citation, document_date)
    for position, citation in enumerate(citations):
        if citation.symbol and citation.symbol.n and not citation.symbol.parts:
            _complete_number(citation, _near(citations, position))
    for position, citation in enumerate(citations):
        if citation.named:
            _complete_name(citation, _near(citations, position))
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
    yield from reversed(citations[max(0, position - 400) : position])
    yield from citations[position + 1 : position + 400]


def _complete_number(citation: Citation, others: Iterable[Citation]) -> None:
    symbol = citation.symbol
    assert symbol
    for other in others:
        if other.symbol and other.symbol.parts and other.symbol.n.lstrip("0") == symbol.n.lstrip("0") and (
            other.doc_type == citation.doc_type
        ):
            if symbol.year and other.year and symbol.year != other.year:
                continue
            if citation.date and other.date and citation.date != other.date:
                continue
            citation.number = other.number
            citation.year = citation.year or other.year
            citation.date = citation.date or other.date
            if not citation.stated_issuer:
                citation.issuer = other.issuer
            return


def _complete_name(citation: Citation, others: Iterable[Citation]) -> None:
    """A law cited by name alone is the one of that name that the document identifies."""
    key = name_key(citation)
    if citation.number or (citation.date and citation.year and citation.date[:4].isdigit() and len(citation.date) < 10):
        return
    for other in others:
        if not other.named or name_key(other) != key or not (other.number or other.year):
            continue
        if citation.year and other.year and citation.year != other.year:
            continue
        if citation.year and not other.year:
            continue
        citation.number = citation.number or other.number
        citation.year = citation.year or other.year
        citation.date = citation.date or other.date
        if not citation.stated_issuer:
            citation.issuer = other.issuer or citation.issuer
        if citation.number or citation.date:
            return


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

"""Mentions of laws, decrees, decisions and other identified documents, with what the text says of them.

Conventions: docs/decrees.md. Number grammar by era: `extractors.citations.symbols`.
"""

from __future__ import annotations

from corpus.document import Document
from extractors.citations.coreference import resolve
from extractors.citations.find import find_citations
from extractors.facts import Decree


def find_decrees(document: Document) -> list[Decree]:
    """Every mention of an identified document, in order of place; fields as in docs/decrees.md."""
    citations = find_citations(document)
    resolve(citations, document.date)
    return [
        Decree(
            start=found.start,
            end=found.end,
            text=document.quote(found.start, found.end),
            rule=found.rule,
            doc_type=found.doc_type,
            number=found.number,
            year=found.year,
            date=found.date,
            issuer=found.issuer,
            title=found.title,
            pinpoint=found.pinpoint,
        )
        for found in citations
    ]

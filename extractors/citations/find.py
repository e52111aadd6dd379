"""Finding citations: type words, abbreviations and symbols are the anchors; a rule is tried at each."""

from __future__ import annotations

import regex

from corpus.document import Document
from extractors.citations.aliases import link_appositions, note_unread, read_aliases, read_initials
from extractors.citations.bare import read_abbreviations, read_letter_head, read_repeated, read_symbols
from extractors.citations.named import read_named, read_party_resolution, read_subject
from extractors.citations.numbered import read_numbered, read_short, type_anchors
from extractors.citations.reach import REACH
from extractors.citations.reading import Citation, Reading
from extractors.citations.types import doc_types
from extractors.citations.unmarked import read_unmarked

# the verb before a law is no part of its type: `công bố Luật số …`, `bãi bỏ Luật số …`
_VERB = regex.compile(r"(?:cong|tuyen|phan|bai|huy|xoa) (?=bo luat)")
_SELF = regex.compile(r"[ ](?:này|đó|nêu trên|nói trên|trên đây)\b")


def _is_behind_verb(reading: Reading, folded: str, start: int, end: int) -> bool:
    return not reading.lower.startswith("bộ", start) and _VERB.search(folded, max(0, start - 6), end) is not None


def find_citations(document: Document) -> list[Citation]:
    """Every citation of the document, in order of place."""
    reading = Reading(document)
    folded = reading.folded.replace("\n", " ")
    for start, end, doc_type in type_anchors().longest(folded):
        if doc_type.name == "bộ luật" and _is_behind_verb(reading, folded, start, end):
            start, doc_type = start + 3, doc_types()["luật"]
        spelled = reading.lower[start:end] == doc_type.name
        if read_numbered(reading, start, end, doc_type, spelled):
            continue
        if not spelled and "named" in doc_type.flags and reading.text[start:end].isascii():
            read_unmarked(reading, start, end, doc_type)
            continue
        if not spelled or _SELF.match(reading.lower, end, end + REACH):
            continue
        if "named" in doc_type.flags:
            if not read_named(reading, start, end, doc_type):
                note_unread(reading, start, end, doc_type)
            continue
        if doc_type.name == "nghị quyết" and read_party_resolution(reading, start, end):
            continue
        if "titled" in doc_type.flags:
            read_subject(reading, start, end, doc_type)
    read_abbreviations(reading)
    read_symbols(reading)
    read_letter_head(reading)
    read_repeated(reading)
    read_short(reading)
    read_initials(reading)
    read_aliases(reading)
    link_appositions(reading)
    return sorted(reading.found, key=lambda citation: (citation.start, -citation.end))

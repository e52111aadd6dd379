"""Laws cited by name where a page is typed without marks: `Luat To chuc Chinh phu 63/2025/QH15`."""

from __future__ import annotations

import regex

from extractors.citations.reach import REACH
from extractors.citations.reading import Reading
from extractors.citations.symbols import symbol_at
from extractors.citations.types import DocType, fold_code

# plain letters only: a name that has a mark anywhere is read by its words
_NAME = regex.compile(r"[ ](?P<name>[A-Za-z][A-Za-z ,-]{1,90}?)[ ](?:so[ ]?:?[ ]?)?(?=\d{1,4}/(?:19|20)\d\d/\p{Lu})")
_OTHER_SENSE = regex.compile(r"(?:phap|ky|dai hoc)[ ]$", regex.IGNORECASE)
_LAWMAKERS = ("qh", "ubtvqh", "pl")   # 63/2025/QH15, 04/2024/UBTVQH15, 15/2012/PL-UBTVQH13


def read_unmarked(reading: Reading, start: int, end: int, doc_type: DocType) -> bool:
    """Add the law whose type word, without marks, is `start:end`; False where no name and number follow."""
    name = _NAME.match(reading.text, end, end + REACH)
    if name is None or _OTHER_SENSE.search(reading.text, max(0, start - 8), start):
        return False
    symbol = symbol_at(reading.text, name.end())
    if symbol is None or not symbol.parts or not fold_code(symbol.parts[0]).startswith(_LAWMAKERS):
        return False
    citation = reading.add(start, symbol.end, doc_type, symbol, "name")
    citation.named, citation.title = True, name["name"]
    return True

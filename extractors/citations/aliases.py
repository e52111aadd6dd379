"""Second names of one act in a text: `(sau đây gọi tắt là Luật THADS)`, `Luật TĐKT`, a number in brackets beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise

import regex

from corpus import shadow
from extractors.anchors import Anchors
from extractors.citations import names
from extractors.citations.phrases import ends_with
from extractors.citations.reach import REACH
from extractors.citations.reading import Citation, Reading
from extractors.citations.types import DocType, doc_types
from extractors.lexicon import table

_DEFINING = ("gọi là", "gọi tắt là", "gọi chung là", "viết tắt là", "viết gọn là")
_ALIAS = regex.compile(
    r":?[ ][\"']?(?P<alias>(?P<type>bộ luật|luật|pháp lệnh|nghị định|nghị quyết|thông tư(?: liên tịch)?|quyết định"
    r"|chỉ thị|sắc lệnh|kết luận|đề án|quy định)[ ][^)\"';.,\n]{2,60}?)[\"']?(?=[ ]?[);,.\n])"
)
_ABBREVIATION = regex.compile(r"[ ](?P<letters>\p{Lu}{2,10}(?:&\p{Lu}{1,4})?)(?![\w&/-])")
_BEFORE_NUMBER = regex.compile(r"[ ](?:số[ ]?:?[ ]?)?(?=\d)")
_SYLLABLE = regex.compile(r"[^\W\d_]+")
_BRACKETED = regex.compile(r"[*_\"]{0,3}[ ]?(?:\(|,?[ ]tức(?: là)?[ ])[ ]?")
_NEXT_CELL = regex.compile(r"[ *_]*\|(?:[ ]?[\d/.-]{0,10}[ ]?\|)?[ *_]*")
_LAWS = ("luật", "bộ luật", "pháp lệnh")
_BACK = 600           # how far before its alias an act may be cited
_MIN_TABLE_LETTERS = 3  # shorter ones mean too much (Luật DN) where the text does not spell them out


def read_aliases(reading: Reading) -> None:
    """Add every use of a short name that the text itself defines; it has the number and name of its antecedent."""
    by_end = sorted(reading.found, key=lambda found: (found.end, -found.start))
    ends = [found.end for found in by_end]
    defined: dict[str, list[tuple[int, Citation]]] = {}
    for start, end in _definitions(reading.lower):
        match = _ALIAS.match(reading.lower, end, end + REACH)
        if match is None or not _stands_for_one(reading.text[match.end("type") + 1 : match.end("alias")]):
            continue
        window = by_end[bisect_left(ends, start - _BACK) : bisect_right(ends, start)]
        if meant := _antecedent(window, match["type"]):
            defined.setdefault(reading.text[match.start("alias") : match.end("alias")], []).append((start, meant))
    if not defined:
        return
    names_alone = (found for found in reading.found if found.named and not (found.symbol or found.year))
    bare = {(found.start, found.end): found for found in names_alone}
    for begin, stop, meanings in Anchors(defined.items()).longest(reading.text):
        last = bisect_right(meanings, begin, key=lambda meaning: meaning[0]) - 1
        if last < 0:
            continue
        if again := bare.get((begin, stop)):
            _mean(again, meanings[last][1])   # Luật Đất đai 2024 (sau đây gọi là Luật Đất đai)
        elif not reading.covered(begin, stop):
            _add_same(reading, begin, stop, meanings[last][1])


def _definitions(lowered: str) -> list[tuple[int, int]]:
    found = []
    for words in _DEFINING:
        at = lowered.find(words)
        while at >= 0:
            found.append((at, at + len(words)))
            at = lowered.find(words, at + 1)
    return sorted(found)


def _stands_for_one(words: str) -> bool:
    return words[:1].isupper() or words[:1].isdigit()


def _antecedent(before: list[Citation], type_name: str) -> Citation | None:
    """The last citation of that type; of one inside the name of another, the other."""
    last = next((found for found in reversed(before) if found.doc_type.endswith(type_name)), None)
    if last is None:
        return None
    outer = (found for found in before if found.start < last.start and last.end <= found.end)
    return next(outer, last)


def _add_same(reading: Reading, start: int, end: int, meant: Citation) -> None:
    again = reading.add(start, end, doc_types()[meant.doc_type], None, "alias")
    _mean(again, meant)


def _mean(again: Citation, meant: Citation) -> None:
    """Give a citation what is known of the act that it means."""
    again.named, again.symbol = meant.title is not None, meant.symbol
    again.title, again.number, again.year = meant.title or again.title, meant.number, meant.year
    again.date = again.date or meant.date
    if not again.stated_issuer:
        again.issuer, again.stated_issuer = meant.issuer, meant.stated_issuer


def read_initials(reading: Reading) -> None:
    """`Luật TĐKT` is the law whose initials these are: one that the text names, else the only one of the table."""
    if not reading.unread:
        return
    named: dict[tuple[str, str], set[str]] = {}
    for found in reading.found:
        if found.named and found.title:
            for letters in _initials(found.title):
                named.setdefault((found.doc_type, letters), set()).add(found.title)
    numbers = {found.start: found for found in reading.found if found.rule == "symbol"}
    joined: set[int] = set()   # numbers that stand behind initials: no citations of their own
    for start, end, doc_type in reading.unread:
        match = _ABBREVIATION.match(reading.text, end, end + REACH)
        if match is None or reading.covered(start, match.end()):
            continue
        letters = match["letters"].replace("&", "")
        title = _only(named.get((doc_type.name, shadow.fold(letters)), set()))
        if title is None and len(letters) >= _MIN_TABLE_LETTERS:
            title = _table_initials().get((doc_type.name, letters.lower()))
        if title:
            stop, year = names.with_year(reading.lower, match.end())
            gap = _BEFORE_NUMBER.match(reading.lower, stop, stop + REACH)
            number = numbers.get(gap.end()) if gap else None
            symbol = number.symbol if number else None
            if number:
                joined.add(number.start)
            citation = reading.add(start, symbol.end if symbol else stop, doc_type, symbol, "initials")
            citation.named, citation.title, citation.year = True, title, citation.year or year
    if joined:
        reading.found = [found for found in reading.found if not (found.rule == "symbol" and found.start in joined)]


def _only(titles: set[str]) -> str | None:
    keys = {shadow.fold(title).replace(",", "") for title in titles}
    return max(titles) if len(keys) == 1 else None


def _initials(name: str, *, fold: bool = True) -> set[str]:
    """The first letters of all syllables, with and without `và`."""
    syllables = _SYLLABLE.findall(shadow.fold(name) if fold else name.lower())
    shorter = [word for word in syllables if word not in ("va", "và")]
    return {"".join(word[0] for word in words) for words in (syllables, shorter) if len(words) > 1}


@cache
def _table_initials() -> dict[tuple[str, str], str]:
    """Type and initials → name, for names of the table that share their initials with none other."""
    several: dict[tuple[str, str], set[str]] = {}
    for row in table("law_names"):
        for letters in _initials(row["name"], fold=False):
            several.setdefault((row["type"], letters), set()).add(row["name"])
    return {key: next(iter(found)) for key, found in several.items() if len(found) == 1}


def link_appositions(reading: Reading) -> None:
    """A name and a number side by side are one act: `Luật Đất đai (Luật số 31/2024/QH15)`, or cells of one row."""
    ordered = sorted(reading.found, key=lambda found: (found.start, -found.end))
    for first, second in pairwise(ordered):
        gap = first.end, min(second.start, first.end + 30)
        if second.start > gap[1] or first.doc_type != second.doc_type or bool(first.number) == bool(second.number):
            continue
        bracket = _BRACKETED.fullmatch(reading.text, *gap)
        if not bracket and not (first.number and _NEXT_CELL.fullmatch(reading.text, *gap)):
            continue
        numbered, named = (first, second) if first.number else (second, first)
        if named.named and numbered.title in (None, named.title) and _same_year(numbered, named):
            numbered.title, numbered.named = named.title, True
            named.symbol, named.number = numbered.symbol, numbered.number
            named.year, named.issuer = numbered.year or named.year, named.issuer or numbered.issuer


def _same_year(numbered: Citation, named: Citation) -> bool:
    return named.year is None or numbered.year is None or named.year == numbered.year


def note_unread(reading: Reading, start: int, end: int, doc_type: DocType) -> None:
    """Keep a type word that no name follows, for `read_initials`."""
    if doc_type.name in _LAWS and not ends_with("not_before", reading.lower, start):
        reading.unread.append((start, end, doc_type))

"""Symbols without a type word: the number in a notice's head, `Số hiệu: …`, tables, `NĐ 29/2025/NĐ-CP`."""

from __future__ import annotations

from functools import cache

import regex

from extractors.anchors import Anchors
from extractors.citations import names
from extractors.citations.named import read_abbreviated
from extractors.citations.numbered import FILE_NAME, is_private
from extractors.citations.phrases import ends_with
from extractors.citations.reach import REACH
from extractors.citations.reading import Reading
from extractors.citations.symbols import Symbol, damaged_at, symbol_at
from extractors.citations.types import DocType, doc_types, fold_code, organ_of

_CELL_BEFORE = regex.compile(
    r"\|[ *_]{0,3}(?P<type>\p{L}{3,}(?:[ ]\p{L}+){0,3})[ *_]{0,3}\|(?:[ ]*\n?\|)?(?:[^|\n]{0,24}\|)?[ *_]{0,3}$"
)
_CELL_BEHIND = regex.compile(
    r"[ *_]{0,3}\|(?:[ ]*\n?\|)?(?:[^|\n]{0,24}\|)?[ *_]{0,3}(?P<type>\p{L}{3,}(?:[ ]\p{L}+){0,3})[ *_]{0,3}\|"
)
_NUMBER = regex.compile(r"[ ](?:số[ ]?:?[ ]?)?(?=\d)")
_BEFORE_CODE = regex.compile(r"\d{1,6}(?:[a-zA-Z]|bis)?(?:[ ]?[/-][ ]?(?:19|20)\d\d)?[ ]{0,2}$")
_LETTER_SIGN = regex.compile(r"(?:^|\n)[ *|]{0,6}(?:s[ốôoóòồéèeê6]|\$6)(?:[ ](?:ký )?hiệu)?[ ]?:[ *|\n]{0,8}(?=\S)")
_LETTERS = "abcdefghijklmnopqrstuvwxyzđABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GOES_ON = regex.compile(r"[ ]?[/-][ ]?\w|[.,]\d|%|[ ]?\p{L}{0,6}[ ]?%")
_RUNS_UP = regex.compile(r"(?:[\w.,][/-]|\d[.,]|tháng[ ]?|quý[ ]?)$")
_UNREAD_CODE = regex.compile(r"[/-]\p{L}")
_HEAD_REGION = 4000  # characters within which a letter's head stands


@cache
def _word_anchors() -> Anchors[tuple[str, str]]:
    """Abbreviations in capitals: NĐ (before a number), BLHS (a code by name)."""
    words = [(word, ("type", doc_type.name)) for doc_type in doc_types().values() for word in doc_type.words]
    return Anchors([*words, *((alias, ("name", alias)) for alias in names.abbreviations())])


@cache
def _code_anchors() -> Anchors[str]:
    """What a symbol has behind its number: `/nd-`, `-nq/`, `/qh1`."""
    literals = {"/qh1": "QH", "/ubtvqh": "UBTVQH"}
    for doc_type in doc_types().values():
        for code in doc_type.codes:
            folded = fold_code(code)
            if len(code) > 1:
                literals |= dict.fromkeys((f"/{folded}-", f"-{folded}/", f"/{folded} -", f"/ {folded}-"), code)
    return Anchors(literals.items())


def read_abbreviations(reading: Reading) -> None:
    """`NĐ 29/2025/NĐ-CP`, `BLHS năm 2015`."""
    for start, end, (role, value) in _word_anchors().longest(reading.text):
        if reading.covered(start, end):
            continue
        if role == "name":
            type_name, title = names.abbreviations()[value]
            read_abbreviated(reading, start, end, doc_types()[type_name], title)
            continue
        sign = _NUMBER.match(reading.lower, end, end + REACH)
        if sign and reading.text[max(0, start - 1) : start] not in ("/", "-"):
            symbol = symbol_at(reading.text, sign.end())
            if symbol and (symbol.parts or symbol.year):
                stated = symbol.doc_type
                joint = stated is not None and stated.name == f"{value} liên tịch"   # TT 14/2005/TTLT-…
                doc_type = stated if stated and joint else doc_types()[value]
                reading.add(start, symbol.end, doc_type, symbol, "number")
            elif symbol:
                reading.short.append((start, doc_types()[value], symbol))


def read_symbols(reading: Reading) -> None:
    """Symbols that show their type: `12/2026/TT-BNV` in the head of a circular, in a table, in a loose list."""
    for start, _end, _code in _code_anchors().find(reading.folded, words=False):
        low = max(0, start - 16)
        before = _BEFORE_CODE.search(reading.text[low:start])
        if before is None:
            continue
        begin = low + before.start()
        if begin and (reading.text[begin - 1].isalnum() or reading.text[begin - 1] in "/-.,"):
            continue
        symbol = symbol_at(reading.text, begin)
        if symbol is None or not symbol.parts or reading.covered(symbol.start, symbol.end):
            continue
        if FILE_NAME.match(reading.lower, symbol.end, symbol.end + REACH):
            continue
        if _UNREAD_CODE.match(reading.text, symbol.end, symbol.end + REACH) and not any(map(organ_of, symbol.parts)):
            continue   # 1422/2020/CV-VPBank
        doc_type = symbol.doc_type or _type_of_row(reading, begin, symbol.end) or _assembly(symbol)
        if doc_type and not is_private(symbol) and not _other_paper(reading, begin):
            reading.add(begin, symbol.end, doc_type, symbol, "symbol")


def read_repeated(reading: Reading) -> None:
    """`Luật Giáo dục 43/2019 (sửa 123/2025)`: a number with its year that the document writes in full elsewhere."""
    full = {f"{symbol.n}{symbol.year_mark}": found for found in reading.found
            if (symbol := found.symbol) and symbol.year and symbol.parts and len(symbol.n) > 1}
    for start, end, cited in Anchors(full.items()).find(reading.text) if full else ():
        symbol = cited.symbol
        if symbol is None or int(symbol.n.rstrip(_LETTERS) or 0) <= 12:
            continue   # 12/2025 is a month
        if _GOES_ON.match(reading.text, end, end + REACH) or _RUNS_UP.search(reading.text, max(0, start - 9), start):
            continue
        if not reading.covered(start, end):
            again = Symbol(start, end, symbol.n, symbol.year, symbol.year_mark)
            reading.add(start, end, doc_types()[cited.doc_type], again, "repeated")


def read_letter_head(reading: Reading) -> None:
    """The number of an official letter, which names no type: `Số: 439/VPCP-NC` at the beginning of a line."""
    for sign in _LETTER_SIGN.finditer(reading.lower, 0, _HEAD_REGION):
        symbol = symbol_at(reading.text, sign.end())
        if symbol is None and "\n" not in sign.group().strip("\n"):
            symbol = damaged_at(reading.text, sign.end())
        if symbol is None or not symbol.parts or reading.covered(symbol.start, symbol.end):
            continue
        if "HĐ" not in symbol.parts[0] and (organ_of(symbol.parts[0]) or len(symbol.parts) > 1):
            reading.add(symbol.start, symbol.end, symbol.doc_type or doc_types()["công văn"], symbol, "head")
            return


def _type_of_row(reading: Reading, begin: int, end: int) -> DocType | None:
    """The type that a table gives in the cell beside the number: `| Nghị quyết | 202/2025/QH15 |`."""
    if reading.lower[max(0, begin - 3) : begin].strip(" *_") != "|":
        return None
    beside = _CELL_BEFORE.search(reading.lower, max(0, begin - 70), begin)
    beside = beside or _CELL_BEHIND.match(reading.lower, end, end + 70)
    return doc_types().get(beside["type"]) if beside else None


def _assembly(symbol: Symbol) -> DocType | None:
    """`26/2008/QH12` alone may be a law or a resolution; laws are cited far more often."""
    return doc_types()["luật"] if fold_code(symbol.parts[0]).startswith("qh") else None


def _other_paper(reading: Reading, begin: int) -> bool:
    """A number of a contract, licence, judgment or form (`hợp đồng số 12/…`)."""
    window = reading.lower[max(0, begin - 30) : begin].rstrip(" :").removesuffix("số").rstrip()
    return ends_with("not_symbol", window, len(window))

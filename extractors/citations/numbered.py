"""Citations by number behind a type word: `Nghị định số 62/2015/NĐ-CP`, `Nghị quyết 18, 19-NQ/TW`, `Nghị định 62`."""

from __future__ import annotations

from functools import cache

import regex

from corpus import shadow
from extractors.anchors import Anchors
from extractors.citations.phrases import ends_with, phrases
from extractors.citations.reach import REACH
from extractors.citations.reading import Reading
from extractors.citations.symbols import Symbol, draft_at, mended_at, symbol_at, unmarked_at
from extractors.citations.types import DocType, doc_types, organ_of

_SIGN = regex.compile(
    r"(?:[ \n]{0,3}(?:liên tịch|liên bộ|liên ngành))?[ \n]{1,3}(?P<sign>(?:số|so|sô)(?:[ ]?hiệu)?[ ]?[:.,]?[ \n]{0,3})?"
)
# the subject or the issuer may stand between type and number: `Quyết định tạm đình chỉ số 222/QĐ-…`
_BETWEEN = regex.compile(r"[ ](?:của )?[^\n.;:()\"\d]{3,110}?[ ](?:số|so)[ ]?:?[ ]?(?=\d)")
_NEXT_MEMBER = regex.compile(r"(?:[ ]?[,;][ ]?(?:và[ ])?|[ ]và[ ]|[ ]hoặc[ ]|[ ]hay[ ])(?P<sign>số[ ]?)?(?=\d)")
_IN_BRACKETS = regex.compile(r"[ ]\((?:số|so)[ ]?:?[ ]?(?=\d)")   # Công văn (số 73/TTg-CN)
_PLURAL = regex.compile(r"(?:các|những|nhiều|hai|ba|\d)[ \n]$")
_SIGNED_MEMBER = regex.compile(r"số[ ]?$")
_WORD = regex.compile(r"\w+")
# the private letter of a company: `công văn số 06/CV ngày 14/02/2023 của Công ty …`
_PAPERS = frozenset(("công văn", "văn bản", "tờ trình", "báo cáo", "thông báo", "quyết định", "nghị quyết", "quy chế"))
_ITS_ISSUER = regex.compile(
    r"(?:[ \n]?[^.;:,\n]{0,12})(?:,?[ \n](?:đề[ ])?ngày[ \n](?:\d[\d/. -]{2,10}\d|\d{1,2} tháng \d{1,2} năm \d{4}))?"
    r",?[ \n](?:của|do)[ \n](?=\p{L})"
)
FILE_NAME = regex.compile(r"\.(?:docx?|pdf|xlsx?|rtf|html?|zip|rar|jpe?g|png)\b")
_UNIT_AFTER = regex.compile(r"[ ]?%|[ ](?:ngày(?! \d)|năm|tháng|người|thủ tục|cách|bước|nội dung|nhóm|điểm|vụ)\b")
_ISSUED_BY = regex.compile(
    r"[ ]ngày[ ]\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[ ]của[ ]"
    r"(?:bộ|ban|chính phủ|thủ tướng|quốc hội|ubnd|hđnd|ủy ban|uỷ ban|sở|tổng cục)\b"
)
_OF_ORGAN = regex.compile(r"[ ](?:của|do)[ ]")
_LIKE_DIGITS = frozenset("0123456789lIOoS")
_BETWEEN_MAX = 130
_CLOSING = frozenset(("", "\n", ".", ",", ";", ":", ")", '"', "?", "!", "]", "|", "*"))
_WITHOUT_SERIES = ("luật", "công ước", "văn bản")  # a plain number behind `số` is enough
_ITEM_NUMBER = regex.compile(r"[.)/][ \n]?")
_MAX_MEMBERS = 60


@cache
def type_anchors() -> Anchors[DocType]:
    """Type words without diacritics, so that damaged ones are found too."""
    return Anchors((shadow.fold(name), doc_type) for name, doc_type in doc_types().items())


def read_numbered(reading: Reading, start: int, end: int, doc_type: DocType, spelled: bool) -> bool:
    """Add the citation, or the list of them, whose type word is `start:end`; False where no number follows.

    `spelled` is False where the type word lacks its diacritics or is broken over two lines: then the symbol must
    show what it is.
    """
    if doc_type.name == "luật" and reading.lower.endswith("pháp ", 0, start):
        return False   # Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15
    sign = _SIGN.match(reading.lower, end, end + REACH)
    signed = bool(sign and sign["sign"])
    pos = sign.end() if sign else end
    symbol = symbol_at(reading.text, pos) if reading.text[pos : pos + 1].isdigit() else None
    if spelled and symbol and not symbol.parts and not symbol.year:
        symbol = unmarked_at(reading.text, pos) or symbol
    if sign and reading.text[pos : pos + 1] in _LIKE_DIGITS and (symbol is None or not (symbol.parts or symbol.year)):
        symbol = mended_at(reading.text, pos) or symbol
    if symbol is None and reading.text.startswith(" (", end):
        return _read_bracketed(reading, start, end, doc_type)
    if symbol is None and signed and (draft := draft_at(reading.text, pos)):
        reading.add(start, draft.end, doc_type, draft, "draft")
        return True
    if symbol is None and "named" not in doc_type.flags:
        symbol, signed = _symbol_behind_subject(reading, end, doc_type), True
    if symbol is None or is_private(symbol):
        return False
    members = _members(reading, symbol, start)
    if any(member.parts for member in members):
        accepted = True
    elif any(member.year for member in members):
        accepted = spelled
    elif signed:
        accepted = spelled and ("bare" in doc_type.flags or doc_type.name in _WITHOUT_SERIES)
    elif "\n" in reading.text[end:pos] and _ITEM_NUMBER.match(reading.text, symbol.end, symbol.end + 2):
        return False   # a heading and the first item below it: Nghị quyết / 1. Thông qua …
    else:
        listed = len(members) > 1  # `các Nghị quyết 18 và 19`
        accepted = spelled and "bare" in doc_type.flags and (listed or _short(reading, start, symbol, doc_type))
    if not accepted:
        if spelled and len(members) == 1 and symbol.n and not symbol.parts:
            reading.short.append((start, doc_type, symbol))
        return False
    end = members[-1].end
    if FILE_NAME.match(reading.lower, end, end + REACH) or _of_company(reading, end, doc_type):
        reading.skip(start, end)
        return True
    for position, member in enumerate(members):
        rule = "number" if member.parts else "short"
        reading.add(member.start if position else start, member.end, doc_type, member, rule)
    _read_further(reading, doc_type)
    return True


def _read_bracketed(reading: Reading, start: int, end: int, doc_type: DocType) -> bool:
    bracket = _IN_BRACKETS.match(reading.lower, end, end + REACH)
    symbol = symbol_at(reading.text, bracket.end()) if bracket else None
    if symbol is None or not symbol.parts or is_private(symbol) or reading.text[symbol.end : symbol.end + 1] != ")":
        return False
    reading.add(start, symbol.end + 1, doc_type, symbol, "number")
    return True


def _read_further(reading: Reading, doc_type: DocType) -> None:
    """Members of the list behind the day of the one before: `số 34 ngày 26.3.46 và số 35-Sl ngày 19.3.47`."""
    for _ in range(_MAX_MEMBERS):
        last = reading.found[-1]
        join = _NEXT_MEMBER.match(reading.lower, last.behind, last.behind + REACH) if last.behind > last.end else None
        symbol = symbol_at(reading.text, join.end()) if join else None
        if symbol is None or not symbol.parts or is_private(symbol) or symbol.doc_type not in (None, doc_type):
            return
        if not any(map(organ_of, symbol.parts)) and symbol.doc_type is None:
            return
        reading.add(symbol.start, symbol.end, doc_type, symbol, "number")


def read_short(reading: Reading) -> None:
    """`Kế hoạch số 47` of a document that has cited `Kế hoạch số 47-KH/BCĐ`, or `quy định 102` with day and issuer."""
    full = {(found.doc_type, found.symbol.n) for found in reading.found if found.symbol and found.symbol.parts}
    for start, doc_type, symbol in reading.short:
        if reading.covered(start, symbol.end):
            continue
        end = symbol.end
        known = (doc_type.name, symbol.n) in full and not _UNIT_AFTER.match(reading.lower, end, end + REACH)
        if known or _ISSUED_BY.match(reading.lower, end, end + REACH) or _abbreviated(reading, start, doc_type, symbol):
            reading.add(start, symbol.end, doc_type, symbol, "short")


def _abbreviated(reading: Reading, start: int, doc_type: DocType, symbol: Symbol) -> bool:
    """`theo NĐ 62`, `QĐ 397 của Thủ tướng`: what stands beside the abbreviation shows that it cites."""
    if "bare" not in doc_type.flags or reading.lower.startswith(doc_type.name[:2], start):
        return False
    issuer = _OF_ORGAN.match(reading.lower, symbol.end, symbol.end + REACH)
    if issuer and phrases("organ_head", reading.lower, issuer.end()):
        return True
    return ends_with("citing", reading.lower, start) and _short(reading, start, symbol, doc_type)


def _of_company(reading: Reading, end: int, doc_type: DocType) -> bool:
    issuer = _ITS_ISSUER.match(reading.lower, end, end + REACH) if doc_type.name in _PAPERS else None
    return issuer is not None and phrases("company", reading.lower, issuer.end()) > 0


def is_private(symbol: Symbol) -> bool:
    """A paper of a company's board (QĐ-HĐQT) is none of law."""
    return any(phrases("private", part.lower(), 0) for part in symbol.parts)


def _symbol_behind_subject(reading: Reading, end: int, doc_type: DocType) -> Symbol | None:
    far = end + _BETWEEN_MAX
    if reading.lower.find(" số", end, far) < 0 and reading.lower.find(" so", end, far) < 0:
        return None
    between = _BETWEEN.match(reading.lower, end, end + REACH)
    if between is None or doc_type.name == "lệnh":
        return None
    stop = between.end()
    if type_anchors().longest(reading.folded[end:stop]) or _has("case", reading.lower, end, stop):
        return None
    symbol = symbol_at(reading.text, stop)
    return symbol if symbol and symbol.parts else None


def _members(reading: Reading, first: Symbol, start: int) -> list[Symbol]:
    """The members of a list (`18, 19-NQ/TW`), each completed from its right neighbour."""
    members = [first]
    while len(members) < _MAX_MEMBERS:
        end = members[-1].end
        join = _NEXT_MEMBER.match(reading.text, end, end + REACH)
        if join is None:
            break
        member = symbol_at(reading.text, join.end())
        if member is None or not (member.parts or member.year or join["sign"] or not members[-1].parts):
            break
        members.append(member)
    plural = _PLURAL.search(reading.lower[max(0, start - 7) : start]) is not None
    while len(members) > 1 and not (members[-1].parts or members[-1].year or plural):
        last = members[-1].start
        if _SIGNED_MEMBER.search(reading.lower[last - 4 : last]):
            break
        members.pop()
    complete = None
    for position in range(len(members) - 1, -1, -1):
        if members[position].parts:
            complete = members[position]
        elif complete and not members[position].year:
            members[position] = members[position].with_tail_of(complete)
    return members


def _short(reading: Reading, start: int, symbol: Symbol, doc_type: DocType) -> bool:
    """A plain number without `số` cites a document only where it does not count what follows."""
    digits = symbol.n.rstrip("abcdefghijklmnopqrstuvwxyzđABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(digits) >= 4 and 1900 <= int(digits) <= 2099:
        return False  # a year
    if not reading.text[start].isupper() and int(digits) < 10:
        return False
    following = reading.lower[symbol.end : symbol.end + 2]
    if following.lstrip(" ")[:1] in _CLOSING:
        return True
    if following[:1] != " " or phrases("counted", reading.lower, symbol.end + 1):
        return False
    return "verb" not in doc_type.flags or phrases("short_follow", reading.lower, symbol.end + 1) > 0


def _has(role: str, lowered: str, start: int, end: int) -> bool:
    """Whether a phrase of the role begins at a word between `start` and `end`."""
    return any(phrases(role, lowered, word.start()) for word in _WORD.finditer(lowered, start, end))

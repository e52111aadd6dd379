"""Citations without a number: laws by name (`Luật Đất đai năm 2013`), other acts by subject (`Nghị quyết về …`)."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.citations import amending, names
from extractors.citations.amending import AMENDS, NUMBER
from extractors.citations.organs import clean, organ_end, proper_organ
from extractors.citations.phrases import ends_with, phrases
from extractors.citations.reach import REACH
from extractors.citations.reading import Citation, Reading
from extractors.citations.sessions import passed_before, session_after
from extractors.citations.symbols import Symbol, symbol_at
from extractors.citations.tail import left_of, passed_after
from extractors.citations.titles import title_end
from extractors.citations.types import DocType, doc_types

# `Nghị quyết Trung ương 4 (khóa XII)`, `Nghị quyết Hội nghị Trung ương 7 khóa X`
_PLENUM = regex.compile(
    r"[ ](?:hội nghị[ ])?(?:lần thứ[ ](?:\d{1,2}|\p{L}+(?:[ ]mười)?)[ ])?(?:của[ ])?(?:ban chấp hành[ ]|bch[ ])?"
    r"(?:trung ương|t\.?[ưw])(?:[ ]đảng)?(?:[ ](?:lần thứ[ ])?\d{1,2}(?!\d|[/-]))?"
    r"(?:,?[ ]\(?kh(?:óa|oá)[ ](?:[ivx]+|\d{1,2})\b\)?)(?!\p{L})|[ ]trung ương[ ]\d{1,2}(?![\d/-])"
)
_CONGRESS = regex.compile(
    r"[ ]đại hội(?:[ ]đại biểu)?(?:[ ]toàn quốc)?(?:[ ]của)?(?:[ ]đảng)?(?:[ ]bộ[ ][^.,;:()\n]{2,40}?)?"
    r"(?:[ ]toàn quốc)?[ ](?:(?:lần thứ[ ]|kh(?:óa|oá)[ ])?(?:[ivx]{1,5}|\d{1,2})(?![\w/-])"
    r"|lần thứ[ ](?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))"
    r"(?:[ ]của[ ]đảng(?![ ]bộ)|(?:[ ](?:của[ ])?đảng bộ[ ](?:tỉnh|thành phố|tp|huyện|quận|xã|phường)))?"
)
_OF = regex.compile(r"[ ]của[ ]")
_PLURAL = regex.compile(r"(?:các|những|nhiều|hai|ba|\d)[ \n]$")
_ENACTING = regex.compile(r"(?:^|\n)[ *_#>]*\p{Lu}[^,.;\n]{3,80}?[ ](?:ban hành|quyết định ban hành|ra)[ *]*$")
_NEWS = regex.compile(r"[ ](?:vừa|đã|mới|sẽ|cũng)[ ]")
# the issuer behind the subject: `Nghị định về cổ phần hóa doanh nghiệp nhà nước của Chính phủ`
_ISSUER_BEHIND = regex.compile(
    r"(?<!đề nghị|kiến nghị|tờ trình|trách nhiệm|thẩm quyền|nhiệm vụ|quyền hạn|hoạt động|nhiệm kỳ)[ ]của[ ]"
    r"(?P<organ>Chính phủ|Quốc hội|Thủ tướng(?: Chính phủ)?|Bộ Chính trị|Ban Bí thư|Ủy ban Thường vụ Quốc hội)(?!\w)"
)
_MOST_AMENDED = 26   # laws that one law amends
_MIN_SUBJECT = 8


def read_named(reading: Reading, start: int, end: int, doc_type: DocType) -> bool:
    """Add the law whose type word is `start:end`, by its name; False where no name follows."""
    if doc_type.name == "luật" and ends_with("not_before", reading.lower, start):
        return False  # pháp luật, Đại học Luật
    if doc_type.name == "hiến pháp" and ends_with("not_constitution", reading.lower, start):
        return False  # Tòa án Hiến pháp, Luật Hiến pháp
    texts = reading.text, reading.lower, reading.folded
    whole = amending.name_at(*texts, end) if doc_type.name in amending.TYPES else None
    name = whole or names.name_at(*texts, doc_type.name, end)
    if name is None or not _is_meant(reading, start, end, doc_type, name):
        return False
    if name.year and _is_year_of_whole(reading, start, name):
        name = replace(name, end=names.without_year(reading.lower, name.end), year=None)
    stop, symbol = name.end, None
    if number := NUMBER.match(reading.lower, stop, stop + REACH):
        symbol = symbol_at(reading.text, number.end())
        symbol = symbol if symbol and _is_number_of_law(symbol, number) else None
        if symbol and (_is_outer_number(reading, stop, symbol, name) or (name.year and symbol.year != name.year)):
            symbol = None
    if symbol and number:
        closed = number["open"] is not None and reading.text.startswith(")", symbol.end)
        stop = symbol.end + closed
    citation = reading.add(start, stop, doc_type, symbol, "name")
    citation.named, citation.title = True, name.title
    citation.year = citation.year or name.year
    if symbol:
        _take_day(reading, citation)
    elif citation.year and not citation.date and amending.several(citation.title, citation.year):
        place = reading.lower, stop, citation.year
        citation.date = session_after(*place) or passed_before(*place)
    return True


def _take_day(reading: Reading, inner: Citation) -> None:
    """The day behind `Luật sửa đổi … của Luật A số 26/2008/QH12` is A's where the table says so, else the whole's."""
    outer = next((found for found in reading.found[-2:-_MOST_AMENDED:-1] if found.end == inner.end), None)
    if outer is None or outer.symbol or not outer.date or not inner.symbol:
        return
    known = amending.day_of(inner.title, inner.number)
    if outer.date == known or (known is None and outer.date.startswith(f"{inner.symbol.year}-")):
        inner.date, outer.date = outer.date, None


def _is_year_of_whole(reading: Reading, start: int, name: names.Name) -> bool:
    """In `Luật sửa đổi … của Luật Viên chức 2019` the year has been given to the whole."""
    around = (found for found in reading.found[:-_MOST_AMENDED:-1] if found.start < start and found.end == name.end)
    outer = next(around, None)
    return outer is not None and outer.year == name.year and (outer.title or "").lower().startswith(AMENDS)


def _is_outer_number(reading: Reading, stop: int, symbol: Symbol, name: names.Name) -> bool:
    """In `Luật sửa đổi … của Luật A số 10/2018/QH14` the number is the whole's, unless the table gives it to A."""
    outer = next((found for found in reading.found[:-9:-1] if found.end == symbol.end and found.symbol), None)
    return outer is not None and symbol.number not in amending.numbers_of(name.title)


def _is_number_of_law(symbol: Symbol, lead: regex.Match[str]) -> bool:
    """Behind a name: `45/2019/QH14`, `số 35-L/CTN`, `43/2019`; `Luật Đất đai 10/2013` may be a month."""
    if symbol.doc_type and symbol.doc_type.name == "văn bản hợp nhất":
        return False   # of the consolidation, not of the law
    signed = bool(lead["sign"])
    if lead["open"] or "-" in lead.group():
        return bool(symbol.parts) and symbol.year is not None
    if symbol.parts:
        return symbol.year is not None or signed
    return symbol.year is not None and symbol.n.isdigit() and (signed or int(symbol.n) > 12)


def _is_meant(reading: Reading, start: int, end: int, doc_type: DocType, name: names.Name) -> bool:
    """Whether the table, capitals or the words before show that a law is meant."""
    title = name.title or ""
    if reading.lower[end : end + 1] == "\n" and (start == 0 or reading.text[start - 1] == "\n"):
        return False  # a heading of its own: LUẬT / ĐẤT ĐAI
    type_capital, name_capital = reading.text[start].isupper(), reading.text[end + 1 : end + 2].isupper()
    cited = ends_with("citing", reading.lower, start) or reading.continues(start) is not None
    if not name.known and title.lower().startswith(f"{doc_type.name} "):
        return False   # a word written twice: Luật Luật Cư trú
    if name.known:
        sure = type_capital or name_capital or not title or bool(name.year) or len(title.split()) >= 3
        return sure or (" " in title and cited)
    if doc_type.name == "luật" and phrases("not_after", reading.lower, end + 1):
        return False  # luật sư, luật pháp
    if title.lower().startswith(AMENDS):
        return type_capital or cited
    return name_capital or (type_capital and cited)


def read_abbreviated(reading: Reading, start: int, end: int, doc_type: DocType, title: str) -> None:
    """Add a code cited by its abbreviation: `BLHS năm 2015`."""
    stop, year = names.with_year(reading.lower, end)
    citation = reading.add(start, stop, doc_type, None, "name")
    citation.named, citation.title, citation.year = True, title, year


def read_party_resolution(reading: Reading, start: int, end: int) -> bool:
    """Add a resolution of a Party plenum or congress, which is cited by its session and not by its number."""
    session = _PLENUM.match(reading.lower, end, end + REACH) or _CONGRESS.match(reading.lower, end, end + REACH)
    if session is None:
        return False
    citation = reading.add(start, session.end(), doc_types()["nghị quyết"], None, "session")
    citation.named, citation.title = True, clean(reading.text[end : session.end()])
    return True


def read_subject(reading: Reading, start: int, end: int, doc_type: DocType) -> None:
    """Add `Nghị quyết [của Quốc hội] về …`: capitals, an issuer or a verb of issuing show that one act is meant."""
    lower = reading.lower
    organ = _OF.match(lower, end, end + REACH)
    stop = organ_end(reading.text, lower, organ.end()) if organ else None
    issuer = proper_organ(clean(reading.text[organ.end() : stop])) if organ and stop else None
    opener = stop or end
    if lower[opener : opener + 1] != " ":
        return
    dropped = phrases("title_drop", lower, opener + 1)
    kept = phrases("title_keep", lower, opener + 1)
    capital = reading.text[start].isupper()
    passed = ends_with("passed", lower, start) or reading.continues(start) is not None
    begin = opener + 1 + dropped
    finish = title_end(reading.text, lower, begin) if dropped or kept else begin
    behind = _ISSUER_BEHIND.search(reading.text, begin, finish) if issuer is None and not passed and capital else None
    if behind:
        issuer, finish = behind["organ"], behind.start()
    told = not capital and issuer is None and _is_told(reading, start, end)
    if not (capital or told or (passed and issuer)) or not (dropped or (kept and (passed or issuer))):
        return
    if not passed and not issuer and not lower.startswith("về việc", opener + 1):
        return
    if _PLURAL.search(lower[max(0, start - 7) : start]) or _enacts(reading, start):
        return
    while finish > begin and (reading.text[finish - 1].isspace() or reading.text[finish - 1] in ",:*"):
        finish -= 1
    if finish - begin < _MIN_SUBJECT or lower.endswith(" là", begin, finish) or _only_a_verb(lower, begin, finish):
        return
    if "verb" in doc_type.flags and not told and not (capital and (passed or passed_after(lower, finish))):
        return  # quyết định về việc … is mostly the verb, or no certain document
    citation = reading.add(start, finish, doc_type, None, "subject")
    citation.title = clean(reading.text[begin:finish])
    if issuer:
        citation.issuer, citation.stated_issuer = issuer, True


def _is_told(reading: Reading, start: int, end: int) -> bool:
    """`Ngày 15/8, Ban Bí thư ban hành kết luận về …`: its body and its day make it one certain act."""
    if not reading.lower.endswith(" ban hành ", 0, start):
        return False
    left = left_of(reading.text, reading.lower, start, end, False)
    return left.issuer is not None and left.date is not None


def _only_a_verb(lower: str, begin: int, finish: int) -> bool:
    """`Quyết định công nhận`, `Nghị định hướng dẫn có liên quan` name no subject."""
    kept = phrases("title_keep", lower, begin)
    if kept and lower[begin + kept : begin + kept + 1] == ",":
        return True
    return kept > 0 and lower[begin + kept : finish].strip(" ,") in ("", "có liên quan", "liên quan", "thi hành")


def _enacts(reading: Reading, start: int) -> bool:
    """The enacting words of a notice cite nothing: a line that begins `Chính phủ ban hành Nghị định …`."""
    low = max(0, start - 130)
    line = _ENACTING.search(reading.text, low, start)
    if line is None or (low and line.start() == low):
        return False
    return _NEWS.search(reading.lower, line.start(), start) is None

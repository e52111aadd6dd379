"""What a stretch of words claims: dates, ordinals, symbols of acts, numbers.

Patterns read in turn; what one has read, the next does not read again. Words come as `plain` gives them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import regex

from corpus.shadow import lower, shadow
from extractors.lexicon import table
from outputs.checker.errors import ClaimKind
from outputs.checker.numbers import Quantity, quantities

Point = tuple[int, int | None, int | None]  # year (0 where none is written, below 0 a century), month, day

_MONTHS = {name: at for at, name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december"), 1)}
_MONTH = "|".join(_MONTHS)
_DATES = (
    regex.compile(r"(?:(?:ngày|mùng|mồng)\s+)?(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?!\d)"
                  r"(?:,?\s+năm\s+(?P<y>\d{4})(?!\d))?", regex.I),
    regex.compile(r"(?<![\d/.-])(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/]|\.\d)"),
    regex.compile(r"(?<!\w)tháng\s+(?P<m>\d{1,2})(?:\s*/\s*|,?\s+năm\s+)(?P<y>\d{4})(?!\d)", regex.I),
    regex.compile(r"(?<![\d/.,-])(?P<m>0?[1-9]|1[0-2])/(?P<y>[12]\d{3})(?![\d/])"),
    regex.compile(r"(?<!\w)(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|mùng|mồng)\s+(?P<d>\d{1,2})[/-](?P<m>\d{1,2})(?![\d/-])",
                  regex.I),
    regex.compile(r"(?<!\w)tháng\s+(?P<m>1[0-2]|0?[1-9])(?![\d/]|[.,-]\d)", regex.I),
    regex.compile(rf"(?<!\w)(?P<d>\d{{1,2}})\s+(?P<n>{_MONTH})(?:\s+(?P<y>\d{{4}})(?!\d))?", regex.I),
    regex.compile(rf"(?<!\w)(?P<n>{_MONTH})\s+(?:(?P<d>\d{{1,2}}),\s+)?(?P<y>\d{{4}})(?!\d)", regex.I),
)
_CENTURY = regex.compile(r"(?<!\w)thế\s+k[ỷỉ]\s+(?:thứ\s+)?(?P<c>[IVX]+|\d{1,2})(?!\w)", regex.I)
_DECADE = regex.compile(r"(?<!\w)(?:thập\s+(?:niên|kỷ)\s+(?P<y>\d{3}0)(?!\d)|(?:the\s+)?(?P<e>\d{3}0)s(?!\w))", regex.I)
_SYMBOL = regex.compile(r"\d+[a-zđ]?(?:/\d{4})?[/-](?=\p{Lu})[\p{L}\d]+(?:[-/][\p{L}\d]+)*")
_SPACED = regex.compile(r"(?<=\d)\s?([/-])\s?(?=(?:NĐ|QĐ|TT|NQ|CT|TTLT|SL|KL|TB|KH|HD|CV|BC|VBHN)(?:\s?[-/]|(?!\w)))")
_SPACED_ORGAN = regex.compile(r"((?<=[/-])(?:NĐ|QĐ|TT|NQ|CT|TTLT|KL|TB|KH|HD|CV|BC|VBHN))\s?-\s?(?=\p{Lu})")
_ORDINALS = {"nhất": 1, "nhì": 2, "nhị": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
             "bẩy": 7, "tám": 8, "chín": 9, "mười": 10}
_HEADS = {"khoá": "khóa", "lần": "lần thứ", "thứ": "lần thứ", "đại hội": "lần thứ", "kỳ họp thứ": "kỳ họp",
          "nhiệm kỳ": "khóa"}
_ORDINAL = regex.compile(
    r"(?<!\w)(?P<h>(?:kỳ họp |lần |hạng |khóa |khoá )?thứ|khóa|khoá|lần|kỳ họp|nhiệm kỳ|quý|đại hội|hạng|chương|đợt"
    r"|tập)"
    rf"\s+(?:(?P<r>(?-i:[IVXL]+))(?!\w)|(?P<n>\d{{1,2}})(?![\w/]|[.,]\d)|(?P<w>{'|'.join(_ORDINALS)})(?!\w))", regex.I)
_ROMAN = regex.compile(r"(?<![\w.])(?=[IVXL]{2,}(?!\w))X{0,4}(?:IX|IV|V?I{0,3})(?![\w])")
_EDTF_POINT = regex.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?(?![\dX])|(\d{3})X(?!X)|(\d\d)XX")
_YEAR_IN_SYMBOL = regex.compile(r"/([12]\d{3})/")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_TYPE_REACH = 80     # characters between the type of an act and its symbol: its issuer, or others of a list
_ABOUT = regex.compile(r"(?:khoảng|chừng|độ|tầm|around|about)\s*$", regex.I)
_MASK = "\x00"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its words; `about`: said to be approximate."""

    point: Point
    words: str
    about: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A symbol, or a plain number behind the type of an act.

    `type`: the one named before it, None where none is near; `implied`: by the symbol.
    """

    kind: ClaimKind
    words: str
    symbol: str
    type: str | None
    implied: str | None


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed, or supported, by a stretch of words."""

    dates: list[Dated] = field(default_factory=list)
    decades: list[tuple[int, str]] = field(default_factory=list)
    ordinals: list[tuple[str, int, str]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    numbers: list[Quantity] = field(default_factory=list)
    masked: str = ""


def plain(words: str) -> str:
    """Look-alikes unified, letters composed with their marks, one space between words, no space inside symbols."""
    text = " ".join(unicodedata.normalize("NFC", shadow(words)).replace(_MASK, " ").split())
    return str(_SPACED_ORGAN.sub(r"\1-", _SPACED.sub(r"\1", text)))


def read(text: str) -> Claims:
    """The claims of plain words; names are read by `outputs.checker.names`, from what is left."""
    claims = Claims()
    rest = text
    for pattern in _DATES:
        for match in pattern.finditer(rest):
            about = bool(_ABOUT.search(text[max(0, match.start() - 12):match.start()]))
            claims.dates.append(Dated(_point(match.groupdict()), match.group(), about))
        rest = pattern.sub(_hide, rest)
    for match in _CENTURY.finditer(rest):
        claims.dates.append(Dated((-_number(match["c"]), None, None), match.group(), False))
    rest = _CENTURY.sub(_hide, rest)
    for match in _DECADE.finditer(rest):
        claims.decades.append((int(match["y"] or match["e"]), match.group()))
    rest = _acts(_DECADE.sub(_hide, rest), claims.acts)
    for match in _ORDINAL.finditer(rest):
        head = match["h"].lower()
        value = _number(match["r"] or match["n"]) if match["r"] or match["n"] else _ORDINALS[match["w"].lower()]
        claims.ordinals.append((_head(head), value, match.group()))
    rest = _ORDINAL.sub(_hide, rest)
    for match in _ROMAN.finditer(rest):
        claims.ordinals.append(("", _number(match.group()), match.group()))
    rest = _ROMAN.sub(_hide, rest)
    claims.numbers.extend(quantities(rest, lower(rest)))
    return Claims(claims.dates, claims.decades, claims.ordinals, claims.acts, claims.numbers, rest)


def _head(head: str) -> str:
    if head.endswith(" thứ") and head != "lần thứ":
        head = head.removesuffix(" thứ")
    return _HEADS.get(head, head)


def _hide(match: regex.Match[str]) -> str:
    return _MASK * len(match.group())


def _point(parts: Mapping[str, str | None]) -> Point:
    year, month, day = (0 if (said := parts.get(name)) is None else int(said) or -1 for name in "ymd")  # 00: no day
    if named := parts.get("n"):
        month = _MONTHS[named.lower()]
    return year, month or None, day or None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    values = [_ROMAN_VALUES[letter] for letter in written.upper()]
    return sum(-v if v < max(values[at:], default=0) else v for at, v in enumerate(values))


@cache
def _types() -> tuple[regex.Pattern[str], regex.Pattern[str], dict[str, str], dict[str, str]]:
    """Types of acts in prose; those that a plain number may follow; abbreviation to type; code in a symbol to type."""
    listed = sorted(table("decree_types"), key=lambda row: -len(row["type"]))
    abbreviations = {word: row["type"] for row in listed for word in row["words"].split("|") if word}
    codes = {code: row["type"] for row in listed for code in row["codes"].split("|") if code}
    names = "|".join(regex.escape(row["type"]) for row in listed)
    short = "|".join(sorted(map(regex.escape, abbreviations), key=len, reverse=True))
    bare = "|".join(
        regex.escape(row["type"]) for row in listed if "bare" in row["flags"] and "verb" not in row["flags"]
    )
    number = r"(?P<n>\d{1,4}[a-zđ]?)(?![\w/%]|[.,-]\d|-\p{L})"
    return (
        regex.compile(rf"(?<!\w)(?:(?i:{names})|(?:{short}))(?!\w)"),
        regex.compile(rf"(?<!\w)(?:(?i:(?:{names})\s+số\s*:?\s*)|(?i:(?:{bare})\s+)){number}"),
        abbreviations, codes,
    )


def _acts(text: str, found: list[Act]) -> str:
    types, numbered, abbreviations, codes = _types()
    named = [(m.start(), m.end(), abbreviations.get(m.group(), m.group().lower())) for m in types.finditer(text)]
    symbols: list[tuple[int, int, ClaimKind, str]] = [
        (m.start(), m.end(), "symbol", m.group()) for m in _SYMBOL.finditer(text)
    ]
    taken = {start for start, *_ in symbols}
    symbols += [
        (m.start("n"), m.end("n"), "act", m["n"]) for m in numbered.finditer(text) if m.start("n") not in taken
    ]
    last, at = "", 0
    where = -_TYPE_REACH * 2
    hidden = list(text)
    for start, end, kind, symbol in sorted(symbols):
        while at < len(named) and named[at][1] <= start:
            where, last = named[at][1], named[at][2]
            at += 1
        near = start - where <= _TYPE_REACH and "." not in text[where:start]
        code = next((codes[part] for part in regex.split(r"[/-]", symbol)[1:] if part in codes), None)
        words = symbol if kind == "symbol" else f"{last} {symbol}"
        found.append(Act(kind, words, symbol, last if near else None, code))
        hidden[start:end] = _MASK * (end - start)
    return "".join(hidden)


def edtf_points(edtf: str) -> Iterator[Point]:
    """The days, months, years, decades and centuries that an EDTF value writes."""
    for match in _EDTF_POINT.finditer(edtf):
        year, month, day, decade, century = match.groups()
        if decade:
            yield int(decade) * 10, None, None
        elif century:
            yield -(int(century) + 1), None, None
        else:
            yield 0 if year == "XXXX" else int(year), int(month or 0) or None, int(day or 0) or None


def years_in(symbol: str) -> Iterator[int]:
    """Years written inside a symbol: `62/2015/NĐ-CP`."""
    return map(int, _YEAR_IN_SYMBOL.findall(symbol))


__all__ = ["Act", "Claims", "Dated", "Point", "edtf_points", "plain", "read", "years_in"]

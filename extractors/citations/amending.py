"""Names of amending acts (`Luật sửa đổi, bổ sung một số điều của Luật A`), and the numbers of the acts they amend.

A number right behind an amended law is that law's where the table gives it to a law of that name, where another number
follows, or where the act has a day of another year; else it is the number of the whole.
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.citations import names
from extractors.citations.reach import REACH
from extractors.citations.symbols import Symbol, symbol_at
from extractors.citations.when import date_at
from extractors.lexicon import many, table

TYPES = frozenset(("luật", "bộ luật", "pháp lệnh", "đạo luật"))
AMENDS = ("sửa đổi", "bổ sung")
# a number in apposition: `số 45/2019/QH14`, `(45/2019/QH14)`, `** số 45/2019/QH14`, `- 45/2019/QH14`
NUMBER = regex.compile(
    r"[*_]{0,3}(?:,?[ \n]|[ ]-[ ]|(?<=[*_])[ ]?)(?P<open>\([ ]?)?(?P<sign>số[ ]?:?[ \n]?)?(?=\d)"
)
# on the folded text, whose marks a scan may have spoilt (bỗ sung, bd sung), over line ends
_AMENDING = regex.compile(
    r"[ \n]+(?:sua[ \n]doi|bo[ \n]sung)(?:[ ]?,?[ \n](?:va )?b\p{L}{0,2}[ \n]sung)?"
    r"[^.;\n]{0,60}?(?:\n(?!\n)[^.;\n]{0,60}?)??[ \n](?:cua[ \n])?(?:cac[ \n])?"
    r"(?=(?:bo )?luat[ \n]|phap lenh[ \n])"
)
_SPOILT = regex.compile(r"(?<=, )b\p{L}{0,2} sung")
# the amended laws as a group: `của các luật liên quan đến đầu tư xây dựng cơ bản`, `của 37 luật có liên quan đến …`
_GROUP = regex.compile(
    r"[ \n]+sửa đổi(?:[ ]?,?[ ](?:và )?bổ sung)?[^.;\n]{0,40}?[ ]của[ ](?:các|\d{1,2})[ ](?:bộ )?luật[ ]"
    r"(?:có[ ])?(?:liên quan(?:[ ]đến|[ ]tới)?|về)[ ][^.;,(\n\d]{3,80}?"
    r"(?=[ ]?[.;,(\n\d]|[ ](?:ngày|số|năm|đã|được|có|này)[ ]|$)"
)
_ACT_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NEXT_LAW = regex.compile(r"(?:,|,? và)[ ](?=(?:bộ )?luật |pháp lệnh )")
_TYPE = regex.compile(r"bộ luật|luật|pháp lệnh")
_BEFORE_DAY = regex.compile(r",?[ \n](?=ngày)")


def name_at(text: str, lowered: str, folded: str, pos: int) -> names.Name | None:
    """The name behind the type word that ends at `pos`: the amended laws, with their numbers, belong to it."""
    if group := _GROUP.match(lowered, pos, pos + REACH):
        return names.Name(group.end(), " ".join(text[pos + 1 : group.end()].split()), None, False)
    match = _AMENDING.match(folded, pos, pos + REACH)
    if match is None:
        return None
    begin = pos + len(match.group()) - len(match.group().lstrip())
    end, at, year = match.end(), match.end(), None
    words: list[str] = []   # the name without the numbers of the amended laws
    while type_word := _TYPE.match(lowered, at, at + REACH):
        inner = names.name_at(text, lowered, folded, type_word.group(), type_word.end())
        if inner is None:
            break
        end, year = inner.end, _year_of_whole(inner)
        words.append(text[begin : names.without_year(lowered, end) if year else end])
        begin = end
        if symbol := _amended_number(text, lowered, inner):
            closed = "(" in text[end : symbol.start] and text.startswith(")", symbol.end)
            begin = end = symbol.end + closed
            stop, year = names.with_year(lowered, end)
            if year == symbol.year:
                year = None
            elif year:
                end = stop
        following = _NEXT_LAW.match(lowered, end, end + REACH)
        if following is None or year:
            break   # a year of the whole closes its name
        at = following.end()
    if not words:
        return None
    title = _SPOILT.sub("bổ sung", " ".join("".join(words).split()))
    return names.Name(end, title, year, False)


def _amended_number(text: str, lowered: str, inner: names.Name) -> Symbol | None:
    """The number behind an amended law, where it is that law's own."""
    lead = NUMBER.match(lowered, inner.end, inner.end + REACH)
    symbol = symbol_at(text, lead.end()) if lead else None
    if symbol is None or symbol.year is None or not symbol.parts or (inner.year and inner.year != symbol.year):
        return None
    if symbol.number in numbers_of(inner.title):
        return symbol
    second = NUMBER.match(lowered, symbol.end, symbol.end + REACH)
    other = symbol_at(text, second.end()) if second and second["sign"] else None
    if other and other.year and other.parts:
        return symbol
    gap = _BEFORE_DAY.match(lowered, symbol.end, symbol.end + REACH)
    day = date_at(lowered, gap.end()) if gap else None
    return symbol if day and day.year and day.year > symbol.year else None


def _year_of_whole(last: names.Name) -> int | None:
    """The year behind the last of the amended laws, where the table shows that no act of that name is of that year."""
    years = _years().get((last.title or "").lower())
    return last.year if years and last.year not in years else None


def numbers_of(title: str | None) -> frozenset[str]:
    """The numbers of the acts that had this name, where the table knows them."""
    return frozenset(_acts().get((title or "").lower(), {}))


def day_of(title: str | None, number: str | None) -> str | None:
    """The day on which the act of that name and number was adopted, where the table knows it."""
    return _acts().get((title or "").lower(), {}).get(number or "") or None


def several(title: str | None, year: int) -> bool:
    """Whether the table knows several acts of that name and year."""
    days = _acts().get((title or "").lower(), {}).values()
    return sum(day.startswith(str(year)) for day in days) > 1


@cache
def _acts() -> dict[str, dict[str, str]]:
    """Name in lower case → number → day of adoption, empty where it is not known."""
    acts: dict[str, dict[str, str]] = {}
    for row in table("law_names"):
        for act in many(row["acts"]):
            number, _, day = act.partition(" ")
            acts.setdefault(row["name"].lower(), {})[number] = day
    return acts


@cache
def _years() -> dict[str, frozenset[int]]:
    """The years of the acts that had a name, by the name in lower case, for names with known acts."""
    years: dict[str, set[int]] = {}
    for row in table("law_names"):
        found = {int(year) for act in many(row["acts"]) for year in _ACT_YEAR.findall(act)}
        if found:
            years.setdefault(row["name"].lower(), set()).update(found)
    return {name: frozenset(found) for name, found in years.items()}

"""The grammar of days and months: `ngày 19/7/1946`, `các ngày 10, 11 và 15/6`, `tháng 5 và 6/2018`.

Each reader takes the lower-case shadow, the place where the expression starts (with its head word) and the place
after its head words, and returns the atoms that it reads there; none, where no calendar expression stands.
"""

from __future__ import annotations

import regex

from extractors.calendar import is_day
from extractors.dating.atoms import Atom
from extractors.dating.patterns import (
    CAN_CHI,
    GAP,
    LIST_LINK,
    MONTH_WORD,
    MONTH_WORDS,
    MOST_HEADS,
    MOST_MEMBERS,
    PART,
    YEAR_WORD,
    D,
    G,
    M,
    Y,
    first_can_chi_year,
    set_year,
)
from extractors.numbers import read_words

DAY_HEAD = regex.compile(
    rf"(?:{PART}{G})?+(?:(?:ngày|các ngày|hôm){G})?+(?:(?P<lunar>mùng|mồng){G})?+"
)
_DAY = regex.compile(rf"(?P<d>{D})")
_DAY_REST = regex.compile(
    rf" (?P<m>{M}) (?P<y>20[0-3]\d)(?!\d|[/.-]\d)"   # the separators were lost: ngày 28 5 2025
    rf"| ?(?P<s>[/.-]) ?(?P<m>{M})"
    rf"(?: ?[/.-] ?(?P<y>{Y})|[/.-](?P<yy>\d\d)(?![\d/])|,? ?\(?(?:{G})?năm{G}(?P<y>{Y})"
    rf"|,?{G}năm{G}(?P<canchi>{CAN_CHI})|,?{G}{YEAR_WORD})?"
    rf"|{G}?+th[áa]ng{G}(?:(?P<m>{M})|{MONTH_WORD})"
    rf"(?: ?[/.-] ?(?P<y>{Y})|,?{G}n[ăa]m{G}(?P<y>{Y})|,{G}(?P<y>{Y})|{G}(?P<y>{Y})(?! {{1,3}}\p{{Ll}})"
    rf"|,?{G}năm{G}(?P<canchi>{CAN_CHI})|,?{G}{YEAR_WORD})?"
)
_OF_LUNAR_YEAR = (
    rf"(?:,?{G}(?:năm{G})?(?:{CAN_CHI}(?:{G}\((?P<y>{Y})\)|{G}(?P<y>{Y}))?|(?P<y>{Y})(?![./-]\d)))?+"
)
_LUNAR = (
    rf"(?P<leap>\(nhuận\)|nhuận)(?:,?{G}âm lịch)?{_OF_LUNAR_YEAR}|(?:\(âm lịch\)|(?:âm lịch|al)\b){_OF_LUNAR_YEAR}"
    rf"|(?P<tet>tết)(?: nguyên đán| âm lịch)?(?!\p{{L}}){_OF_LUNAR_YEAR}"
)
_BEFORE_TRAILER = frozenset(" ,\nhm")
_LAST_OF_TET = 20
# `ngày 20/1 tới`; not `hôm 16/3 tới Triều Tiên`, `tới hết ngày`
_COMING = (
    r"tới(?= ?(?:[,.;:!?)(\"”\n]|$)| {1,3}(?:tại|ở|sẽ|với|và|do|để|nhằm|trong|là|cho|của|mới|này|theo|thì|các|những|tổ"
    r"|diễn|được|bởi|từ|bắt|khai|giữa|trên|chính|công|ban|bộ"
    r"|vì|tuy|nhưng|nên|cũng|sau|trước|nếu|bằng|về|cùng|dự|nhân|một|hai|toàn|thay|qua|hoặc|còn|có|không|đã|đang|mọi)(?!\p{L}))"
)
_AFTER_DAY = regex.compile(
    rf"{G}?+(?P<recurs>,? ?(?:hàng|hằng|mỗi) năm)|,?{G}(?P<lunar>{_LUNAR})"
    rf"|{G}(?P<behind>vừa qua|vừa rồi|mới đây)"
    rf"|{G}(?P<ahead>tới đây|sắp tới|{_COMING})"
)
_CHAIN = regex.compile(rf"/[\p{{L}}\d]|-(?!nay\b|\d{{1,2}}[/.]\d|{Y}(?![/-]))[\p{{L}}\d]")
_MONTHLY = regex.compile(rf"{G}(?:(?:hàng|hằng|mỗi)(?:{G})tháng)")
_OF_MONTH = regex.compile(rf"{G}(?P<which>tháng này|tháng trước|tháng tới|tháng sau|cùng tháng|trong tháng)(?!\p{{L}})")
_LINK = regex.compile(
    rf",? (?=rạng sáng)| ?[,;] ?(?:và )?| ?- ?|{G}(?:và|hoặc|hay|đến hết|tới hết|đến|tới){G}"
)
# `tháng 6 2025 có …`: what follows is no noun that could be counted
_NO_COUNT = r" (?:có|là|sẽ|đã|tại|ở|của|và|cho|như|theo|được|đến|thì|mới|trên|khi|vào|về|với|gồm|diễn)(?!\p{L})"
_MONTH = regex.compile(rf"(?P<m>{M})(?![.,]\d{{1,3}}(?!\d))|{MONTH_WORD}")
_MONTH_REST = regex.compile(
    rf" ?[/.-] ?(?P<y>{Y})|,?{G}năm{G}(?P<y>{Y})|,{G}(?P<y>{Y})(?! {{0,3}}\p{{Ll}})|{G}(?P<y>{Y})(?! {{0,3}}\p{{Ll}})"
    rf"|{G}(?P<y>20[0-3]\d)(?={_NO_COUNT})"
    rf"|,?{G}{YEAR_WORD}(?!\p{{L}})|/(?P<yy>\d\d)(?![\d/.,-])"
)
# behind a month in words the year counts nothing: tháng Tám 1945 thành công
_YEAR_OF_WORD = regex.compile(
    rf"{G}(?P<y>(?:1[89]|20)\d\d)(?![\d]|[.,/-]\d| {{0,3}}(?:người|tỷ|tỉ|triệu|đồng|nghìn|ngàn))"
)
_AFTER_MONTH = regex.compile(
    rf"{G}(?P<recurs>(?:hàng|hằng|mỗi) năm)|,?{G}(?P<lunar>âm lịch)"
    rf"|{G}(?P<ahead>tới đây|sắp tới|{_COMING})|{G}(?P<behind>vừa qua|vừa rồi)"
)
_MONTH_HEAD = regex.compile(rf"tháng{G}")


def days(text: str, start: int, pos: int, *, headed: bool) -> list[Atom]:
    """`ngày 19/7/1946`, `chiều 2/7`, `các ngày 10, 11 và 15/6`, `ngày 4 đến 6-3`, `ngày 15 hằng tháng`.

    Members of a list take month and year from the member that says them.
    """
    members: list[Atom] = []
    heads = 0
    lunar = headed and text.startswith(("mùng", "mồng"), start)
    while len(members) < MOST_MEMBERS:
        read = _day_number(text, pos)
        if read is None:
            break
        end, number = read
        full = _complete_day(text, start, end, number, lunar=lunar, headed=headed)
        if full is not None:
            members.append(full)
            return _spread(members) if full.month or len(members) == 1 else members[:1]
        members.append(Atom(start, end, "day", "day-alone", day=number))
        link = _LINK.match(text, end)
        if link is None:
            break
        start = link.end()
        head = DAY_HEAD.match(text, start)
        pos = head.end() if head else start
        heads += pos > start
        if heads > MOST_HEADS:
            break
    return members[:1] if headed else []


def _day_number(text: str, pos: int) -> tuple[int, int] | None:
    found = _DAY.match(text, pos)
    if found:
        return found.end(), int(found["d"])
    read = read_words(text, pos)
    if read and 1 <= read[1] <= 31 and read[1] == int(read[1]) and _DAY_REST.match(text, read[0]):
        return (read[0], int(read[1])) if text.startswith("tháng", read[0] + 1) else None
    return None


def _complete_day(text: str, start: int, end: int, number: int, *, lunar: bool, headed: bool) -> Atom | None:
    """The atom of a day whose month is said at `end`; one with month 0 where the calendar has no such day."""
    worded = headed and text[end : end + 1] in (" ", "\n")
    if worded and (of_month := _OF_MONTH.match(text, end)):
        shift = {"tháng trước": -1, "tháng tới": 1, "tháng sau": 1}.get(of_month["which"], 0)
        return Atom(start, of_month.end(), "relative", "day-of-month", day=number, unit="day of month", shift=shift)
    if worded and (monthly := _MONTHLY.match(text, end)):
        return Atom(start, monthly.end(), "day", "day-monthly", day=number, recurs=True)
    found = _DAY_REST.match(text, end)
    if found is None:
        return _day_of_tet(text, start, end, number) if lunar or number > _LAST_OF_TET else None
    month, after = _number(found), found.end()
    if _CHAIN.match(text, after) or (not headed and found["s"] and not _one_separator(text, end, after)):
        return None   # a longer chain of numbers, a document's number
    year = int(found["y"]) if found["y"] else None
    if not is_day(year, month, number):
        return Atom(start, after, "day", "no-such-day", day=number, month=0)
    atom = Atom(start, after, "day", "day-month-year" if year else "day-month", None, month, number)
    set_year(atom, found)
    if found["yy"]:
        atom.year, atom.short_year, atom.rule = int(found["yy"]), True, "day-month-short-year"
    if found["word"] in ("giêng", "chạp") or found["canchi"]:
        atom.grain, atom.rule = "lunar", "day-lunar"
        if found["canchi"]:
            atom.count = first_can_chi_year(found)
    if text[after : after + 1] in _BEFORE_TRAILER and (trailer := _AFTER_DAY.match(text, after)):
        _trail(atom, trailer)
    return atom


def _day_of_tet(text: str, start: int, end: int, number: int) -> Atom | None:
    """`mùng 1 Tết Giáp Ngọ`; `30 Tết` is the last day of the year before."""
    after = _AFTER_DAY.match(text, end)
    if after is None or not after["tet"]:
        return None
    eve = number > _LAST_OF_TET
    atom = Atom(start, after.end(), "lunar", "day-of-tet", month=12 if eve else 1, day=number)
    _lunar_year(atom, after)
    atom.year = atom.year - eve if atom.year else None
    atom.count -= eve if atom.count else 0
    return atom


def _lunar_year(atom: Atom, after: regex.Match[str]) -> None:
    atom.year = int(after["y"]) if after["y"] else atom.year
    atom.count = first_can_chi_year(after) if after["can"] else 0
    atom.unit = "leap" if after["leap"] else ""


def _one_separator(text: str, start: int, end: int) -> bool:
    """Whether `7/10/2018` is written with one sign; `7-10/2018` without a head word may be two months."""
    return len({char for char in text[start:end] if char in "/.-"}) == 1


def _trail(atom: Atom, trailer: regex.Match[str]) -> None:
    """What follows: hằng năm, âm lịch, tới, vừa qua."""
    if atom.year is not None and not trailer["lunar"]:
        return
    if trailer["lunar"]:
        atom.grain, atom.rule = "lunar", "day-lunar"
        _lunar_year(atom, trailer)
    atom.recurs = bool(trailer["recurs"])
    atom.lean = 1 if trailer["ahead"] else -1 if trailer["behind"] else 0
    atom.end = trailer.end()


def _spread(members: list[Atom]) -> list[Atom]:
    """Month and year of the last member, for the days before it; none where no such day is in the calendar."""
    last = members[-1]
    for member in members[:-1]:
        member.grain, member.year, member.month, member.lean = last.grain, last.year, last.month, last.lean
        member.short_year, member.rule, member.year_shift = last.short_year, "day-in-list", last.year_shift
        member.recurs, member.unit, member.shift = last.recurs, last.unit, last.shift
        member.narrated = last.narrated
    return [member for member in members if member.month != 0 and _possible(member)]


def _possible(atom: Atom) -> bool:
    return atom.grain != "day" or is_day(None if atom.short_year else atom.year, atom.month, atom.day or 0)


def _number(found: regex.Match[str]) -> int:
    return int(found["m"]) if found["m"] else MONTH_WORDS[found["word"]]


def months(text: str, start: int, pos: int) -> list[Atom]:
    """`tháng 7/1993`, `tháng Tám năm 1945`, `tháng 5, 6 và 7/2018`, `tháng 10-12/2018`."""
    members: list[Atom] = []
    heads = 0
    while len(members) < MOST_MEMBERS and heads <= MOST_HEADS:
        gap = GAP.match(text, pos) if not members else None
        found = _MONTH.match(text, gap.end() if gap else pos)
        if found is None or (not members and gap is None):
            break
        atom = Atom(start, found.end(), "month", "month", month=_number(found))
        members.append(atom)
        rest = _MONTH_REST.match(text, found.end()) or (found["word"] and _YEAR_OF_WORD.match(text, found.end()))
        if rest:
            set_year(atom, rest)
            atom.end = rest.end()
            if rest.re is _MONTH_REST and rest["yy"]:
                atom.year, atom.short_year = int(rest["yy"]), True
        if trailer := _AFTER_MONTH.match(text, atom.end):
            if trailer["lunar"]:
                return []
            _trail(atom, trailer)
        if found["word"] in ("giêng", "chạp"):
            return []   # a lunar month alone
        if rest:
            break
        link = LIST_LINK.match(text, found.end())
        if link is None:
            break
        start = link.end()
        head = _MONTH_HEAD.match(text, start)
        pos = head.end() if head else start
        heads += head is not None
    last = members[-1] if members else None
    if last is None or (last.year is None and last.year_shift is None) or len(members) == 1:
        return members[:1]
    for member in members:
        member.year, member.year_shift, member.short_year = last.year, last.year_shift, last.short_year
        member.narrated = last.narrated
    return members

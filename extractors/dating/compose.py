"""Atoms that belong together: intervals with both ends, lists that share a year, lengths that mean a period."""

from __future__ import annotations

import regex

from extractors.dating.atoms import Atom

_CLOCK = r"(?:lúc )?(?:\d{1,2} ?(?:h|g|giờ)(?: ?\d\d(?: ?phút|')?)?|\d{1,2}:\d\d)"   # 17g00, 8 giờ 30 phút
_TO = regex.compile(
    r"(?:,?(?:\[\w{1,3}\])+,?)? ?(?:(?:cho )?(?:đến|tới)"
    rf"(?: (?:hết|trước|khoảng|thời điểm|ngày|giữa|chậm nhất|muộn nhất)){{0,2}}(?: {_CLOCK})?|-)"
)
_LIST = regex.compile(r"(?:,|;|và|hoặc|hay|, và|so với|với|-)")
_FROM = regex.compile(rf"(?:(?<=\W)|^)(?:kể )?từ(?: (?:khoảng|hồi))?(?: {_CLOCK})? ?$")
_UNTIL_NOW = regex.compile(
    r" ?,?(?: (?:cho )?(?:đến|tới) (?:thời điểm (?:này|hiện tại|hiện nay)|hiện nay|hiện tại"
    r"|ngày hôm nay|ngày nay|hôm nay|bây giờ|nay)"
    r"| (?:cho )?(?:đến|tới) (?:bây )?giờ(?= ?[,.;:)\n]| (?:vẫn|chưa|đã|là|thì|cũng|mới)|$)"
    r"| (?:trở )?lại đây| trở về đây| ?- ?(?:hiện nay|hiện tại|nay))(?!\p{L})"
)
_FROM_NOW = regex.compile(r"từ (?:nay|bây giờ|giờ) (?:cho )?(?:đến|tới)(?: hết| cuối)? ?$")
_POINTS = frozenset({"day", "month", "year", "quarter", "lunar", "relative", "named", "season", "decade", "century"})
_LONGEST_GAP = 34


def compose(text: str, atoms: list[Atom], *, dated: bool) -> list[Atom]:
    """Joined atoms, in order; `dated`: whether the document has a day, from which `từ nay` counts.

    A duration that the document elsewhere uses as a period of the year becomes one.
    """
    atoms = _periods(text, atoms)
    joined: list[Atom] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        following = atoms[i + 1] if i + 1 < len(atoms) else None
        if following is not None and _is_range(text, atom, following):
            _share(atom, following)
            joined.append(_interval(text, atom, following))
            i += 2
            continue
        if following is not None and (_LIST.fullmatch(_gap(text, atom, following)) or _is_night(text, atom, following)):
            _share(atom, following)
        joined.append(_since_now(text, atom, dated))
        i += 1
    return joined


def _gap(text: str, first: Atom, second: Atom) -> str:
    if second.start - first.end > _LONGEST_GAP:
        return ""
    return text[first.end : second.start].replace("\n", " ").strip(" ")


def _is_range(text: str, first: Atom, second: Atom) -> bool:
    link = _gap(text, first, second)
    if not link or not _TO.fullmatch(link):
        return False
    if first.rule == second.rule == "period" and link != "-":   # từ năm học 2015-2016 đến năm học 2020-2021
        return (first.to_year or 0) <= (second.to_year or 0)
    if not {first.grain, second.grain} <= _POINTS:
        return False
    if {first.rule, second.rule} & {"step", "same-period", "weekday"} or "then" in first.unit + second.unit:
        return False
    if link == "-" and (not _alike(first, second) or _is_anniversary(first, second) or first.grain == "relative"):
        return False
    if first.recurs or second.recurs:
        return False
    return _ordered(first, second)


def _is_night(text: str, first: Atom, second: Atom) -> bool:
    """`đêm 31/12 rạng sáng 1/1/2000`."""
    return second.start - first.end == 1 and text.startswith("rạng sáng", second.start)


def _alike(first: Atom, second: Atom) -> bool:
    """A dash joins two dates of one grain, or two that both say their year (`1965-5.1966`)."""
    return first.grain == second.grain or (first.year is not None and second.year is not None)


def _is_anniversary(first: Atom, second: Atom) -> bool:
    """`(19/7/1946 - 19/7/2021)`: an origin and its anniversary are two days."""
    return first.grain == "day" and (first.month, first.day) == (second.month, second.day)


def _ordered(first: Atom, second: Atom) -> bool:
    """No interval runs backwards."""
    if first.year is None or second.year is None or first.short_year or second.short_year:
        return True
    left = (first.year, first.month or 0, first.day or 0)
    right = (second.year, second.month or 12, second.day or 31)
    return left <= right


def _share(first: Atom, second: Atom) -> None:
    """The year that one member says, for the other (`28/6 đến 1/7/1996`, `từ 1/1/2008 đến 31/3`)."""
    if first.grain != second.grain or first.grain not in ("day", "month", "quarter", "lunar"):
        return
    if first.recurs or second.recurs:
        return
    later = (first.month or 0, first.day or 0) > (second.month or 0, second.day or 0)
    if first.year is None and first.year_shift is None:
        first.short_year, first.year_shift = second.short_year, second.year_shift
        first.year = second.year - later if second.year is not None else None
    elif second.year is None and second.year_shift is None and first.year is not None:
        second.year, second.short_year = first.year + later, first.short_year


def _interval(text: str, first: Atom, second: Atom) -> Atom:
    return Atom(_from(text, first), second.end, "span", "from-to", left=first, right=second)


def _from(text: str, atom: Atom) -> int:
    found = _FROM.search(text, max(0, atom.start - 24), atom.start)
    return found.start() if found else atom.start


def _since_now(text: str, atom: Atom, dated: bool) -> Atom:
    """`từ năm 1993 đến nay`, `từ nay đến 30/9`."""
    if atom.rule == "years":
        atom.start = _from(text, atom)
    if atom.grain not in _POINTS or atom.recurs or atom.rule in ("step", "same-period"):
        return atom
    if until := until_now(text, atom.end):
        return Atom(_from(text, atom), until.end(), "span", "until-now", left=atom, since=True)
    near = max(0, atom.start - 24)
    if dated and text.find("từ ", near, atom.start) >= 0 and (before := _FROM_NOW.search(text, near, atom.start)):
        if text[max(0, atom.start - 5) : atom.start].strip() == "cuối":
            return atom
        return Atom(before.start(), atom.end, "span", "from-now", right=atom, since=True)
    return atom


def until_now(text: str, pos: int) -> regex.Match[str] | None:
    """`đến nay`, `trở lại đây` at the place."""
    return _UNTIL_NOW.match(text, pos, pos + 40) if text[pos : pos + 1] in (" ", ",", "-") else None


_PERIOD_BEFORE = regex.compile(
    r"(?:(?:^|[.\n] ?)sau|trong|qua|kết quả|lũy kế|luỹ kế|hết|và|:|^|\n|,|\.|so với) ?$"
)
_LENGTH_AFTER = regex.compile(r" (?:tù|kể|tuổi|đầu tiên|giam|liên|từ|qua|trước|tới|nữa|lương|sau|một)")


def _periods(text: str, atoms: list[Atom]) -> list[Atom]:
    """`9 tháng` is the first nine months where the document says `9 tháng đầu năm` as well."""
    periods = {atom.count: atom for atom in atoms if atom.grain == "months" and atom.unit == "đầu"}
    for atom in atoms:
        known = periods.get(atom.count)
        if known is None or atom.grain != "duration" or atom.duration != f"P{atom.count}M":
            continue
        before = text[max(0, atom.start - 12) : atom.start]
        if text[atom.end - 1] == "g" and _PERIOD_BEFORE.search(before) and not _LENGTH_AFTER.match(text, atom.end):
            atom.grain, atom.unit, atom.duration, atom.rule = "months", "đầu", None, "months-again"
            atom.year, atom.year_shift = known.year, known.year_shift
    return atoms

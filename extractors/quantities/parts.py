"""Parts and their total: `94 người (trong đó 3 …, 32 … và 59 …)`, `223 đơn vị gồm 70 phường, 10 thị trấn và 143 xã`.

The figure before the cue is the total, what follows on the same level are its parts: in the same brackets, the same
sentence, or the items of the list that the cue opens. Figures in brackets behind a part regard that part. Cues that
name all parts (`gồm`, `chia ra`) promise a sum; `trong đó` names some of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from extractors.facts import Figure, SumCheck
from extractors.quantities.quantity import COUNTS
from extractors.quantities.words import one_of

_ALL = one_of("parts_all")
_CUE = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<all>(?:trong đó )?{_ALL})|{one_of('parts_some')})(?: (?:có|là|cả))?(?: thể)?(?!\p{{L}})"
)
_END = regex.compile(r"[.!?](?=\s|$)(?<!\d\.(?=\d))|\n")
_ITEM = regex.compile(r"\s*+(?:[-+*•●]|\d{1,2}[.)/]|\p{Ll}[.)])[*_ ]*+")
_BRACKETS = regex.compile(r"\([^()]*+\)")
_COUNTED = COUNTS | {"label", "bare"}
_NAMED = frozenset({"person", "body", "case"})
_AFTER_TOTAL, _AFTER_CUE, _LONGEST, _MOST_ITEMS = 60, 80, 600, 40


def with_parts(figures: Sequence[Figure], lower: str) -> list[Figure]:
    """The figures of a text with each part pointing to its total, and the sums of the totals checked."""
    out = list(figures)
    for place, total in enumerate(figures):
        if not _may_be_total(total):
            continue
        following = figures[place + 1].start if place + 1 < len(figures) else len(lower)
        cue = _CUE.search(lower, total.end, min(following, total.end + _AFTER_TOTAL))
        if cue is None or ";" in lower[total.end : cue.start()]:
            continue
        if _END.search(lower, total.end, cue.start() - 2) or "\n" in lower[total.end : cue.start()]:
            continue   # `… 2 tỷ đồng. Trong đó …` goes on with the total
        found = _alike(total, figures, _parts(figures, place, lower, cue.end()))
        if not found:
            continue
        for at in found:
            planned = total.role == "target" and out[at].role == "actual"   # dự trù 2 tỷ, trong đó đi lại 1,5 tỷ
            out[at] = replace(out[at], part_of=total.start, role="target" if planned else out[at].role)
        first = lower[cue.end() : figures[found[0]].start]
        complete = bool(cue["all"]) and "," not in first and " và " not in first   # gồm thành phố X và 7 huyện
        out[place] = replace(out[place], sum_check=_checked(total, [figures[at] for at in found], complete))
    return out


def _kind(figure: Figure) -> str:
    return figure.rule.rsplit(".", 1)[-1]


def _may_be_total(figure: Figure) -> bool:
    return figure.role not in ("rank", "ratio", "change") and not isinstance(figure.value, tuple) and figure.of is None


def _alike(total: Figure, figures: Sequence[Figure], found: Sequence[int]) -> list[int]:
    """Of the figures after a cue those that can be parts: of the same unit or kind, or such as add up exactly."""
    counted = [at for at in found if figures[at].unit == total.unit or (_counts(figures[at]) and _counts(total))]
    if _added(figures, counted) == total.value and len(counted) > 1:
        return counted
    return [at for at in counted if figures[at].unit == total.unit or _same_kind(figures[at], total)]


def _counts(figure: Figure) -> bool:
    return _kind(figure) in _COUNTED


def _same_kind(figure: Figure, total: Figure) -> bool:
    of_posts = total.unit == "biên chế" and _kind(figure) == "person"
    return of_posts or (_kind(figure) == _kind(total) and _kind(total) in _NAMED)


def _added(figures: Sequence[Figure], places: Sequence[int]) -> Decimal:
    values = [figures[at].value for at in places]
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def _exceeds(figure: Figure, total: Figure) -> bool:
    """A figure that is more than the total, or of another time: the parts are over before it."""
    if not isinstance(figure.value, Decimal) or not isinstance(total.value, Decimal):
        return True
    more = figure.value > total.value and (figure.unit == total.unit or _counts(figure))
    return more or (figure.period != total.period and figure.unit == total.unit)


def _parts(figures: Sequence[Figure], place: int, lower: str, start: int) -> list[int]:
    """The places of the figures after a cue that stand on its level."""
    opened = _depth(lower, figures[place].end, start)
    if lower[start : start + 4].lstrip(" *_").startswith(":") and "\n" in lower[start : start + 6]:
        return _items(figures, place, lower, lower.index("\n", start))
    found: list[int] = []
    at, depth = start, 0
    for index in range(place + 1, len(figures)):
        figure = figures[index]
        if figure.start - start > _LONGEST or (not found and figure.start - start > _AFTER_CUE):
            break
        ended = _END.search(lower, at, figure.start)
        depth += _depth(lower, at, figure.start)
        if ended or (opened > 0 and depth < 0):
            break
        if depth <= 0:
            if not _may_be_total(figure) or _exceeds(figure, figures[place]):
                break
            between = _BRACKETS.sub("", lower[figures[found[-1]].end : figure.start]) if found else ""
            if _CUE.search(between):   # a part has parts of its own
                break
            found.append(index)
        at = figure.start
    return found


def _items(figures: Sequence[Figure], place: int, lower: str, line: int) -> list[int]:
    """The first figure of each item of a list."""
    found: list[int] = []
    index = place + 1
    for _ in range(_MOST_ITEMS):
        start = line + 1
        while start < len(lower) and lower[start] == "\n":
            start += 1
        item = _ITEM.match(lower, start, min(len(lower), start + 40))
        if item is None:
            break
        line = lower.find("\n", start)
        line = len(lower) if line < 0 else line
        while index < len(figures) and figures[index].start < item.end():
            index += 1
        if index < len(figures) and figures[index].start < line and not _exceeds(figures[index], figures[place]):
            found.append(index)
    return found


def _depth(lower: str, start: int, end: int) -> int:
    return lower.count("(", start, end) - lower.count(")", start, end)


def _checked(total: Figure, parts: Sequence[Figure], complete: bool) -> SumCheck:
    """Whether the parts add up; unknown where they are rounded, of different kinds, or said to be some only."""
    values = [part.value for part in parts if isinstance(part.value, Decimal)]
    added = sum(values, Decimal(0))
    if any(figure.approx != "exact" for figure in (total, *parts)):
        return "unknown"
    if added == total.value and len(parts) > 1:
        return "agrees"
    same = all(part.unit == total.unit for part in parts)
    alike = same or len({_kind(figure) for figure in (total, *parts)}) == 1
    if len(parts) > 1 and ((same and added > total.value) or (alike and complete)):   # type: ignore[operator]
        return "differs"
    return "unknown"

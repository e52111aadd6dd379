"""Years of chronicles and life dates: `- 1848 – …`, `74 TCN`, `(m. 1832)`, `(1136 – 1175)` behind a name."""

from __future__ import annotations

import regex

from extractors.dating.atoms import Atom

_NEAR = 40
_BEFORE_CHRIST = regex.compile(r"(?P<y>[1-9]\d{0,3}) (?:tcn|trước công nguyên)(?!\p{L})")
_CENTURY = regex.compile(r"(?:thế kỷ|thế kỉ|thiên niên kỷ)(?: thứ)? (?:[\divx]{1,5} ?(?:-|đến|và) ?)?(?:thứ )?$")
_ON_BULLET = regex.compile(r"(?:^|\n)[^\n]{0,24}(?<=^|\n|\])[-*•] {0,3}$")
_TOLD_AFTER = regex.compile(r"[1-9]\d{2,3} {0,2}[-–:] {0,2}\p{L}")
_OF_LIFE = regex.compile(r"\((?:[^()\n]{0,16}, )?(?:(?:[ms]\.|sinh|mất|sinh năm|mất năm) ?|(?:sinh|mất) khoảng )$")
_CLOSED = regex.compile(r"\d{3,4}(?=[),;])")


def before_christ(text: str, start: int) -> list[Atom]:
    """`74 TCN`: astronomical years, in which the year before 1 is 0."""
    found = _BEFORE_CHRIST.match(text, start, start + _NEAR)
    if found is None or text[start - 1 : start] in ("/", ".", ",") or _CENTURY.search(text, max(0, start - 24), start):
        return []
    return [Atom(start, found.end(), "year", "year-era", year=1 - int(found["y"]))]


def is_told(text: str, start: int) -> bool:
    """Whether the year opens a line of a chronicle: behind a bullet, before a dash or colon and words."""
    if not _TOLD_AFTER.match(text, start, start + _NEAR):
        return False
    return bool(_ON_BULLET.search(text, max(0, start - _NEAR), start))


def is_of_life(text: str, start: int) -> bool:
    """Whether the year is one of birth or death in brackets behind a name: `(m. 1832)`, `(s. 1136)`, `(sinh 1771)`."""
    if not _CLOSED.match(text, start, start + 8):
        return False
    return bool(_OF_LIFE.search(text, max(0, start - 28), start))

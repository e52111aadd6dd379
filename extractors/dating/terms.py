"""Terms of office and eras that a number or a name dates: `nhiệm kỳ Đại hội XII`, `thời kỳ bao cấp`."""

from __future__ import annotations

from functools import cache

import regex

from extractors.dating import periods
from extractors.dating.atoms import Atom
from extractors.lexicon import table

_TERM = regex.compile(
    r" (?:của )?(?P<body>quốc hội|đại hội(?: đảng| đại biểu)?(?: toàn quốc)?(?: lần thứ)?|đảng)?"
    r" ?(?:kh[óo][aá] )?(?P<n>[ivx]{1,5}|\d{1,2})(?: của đảng)?(?![\p{L}\d]|[.,/-]\d| ?\()"
)


@cache
def _terms() -> dict[tuple[str, int], tuple[int, int]]:
    return {(row["body"], int(row["number"])): (int(row["first"]), int(row["last"])) for row in table("date_terms")}


def spans(text: str, start: int, pos: int) -> list[Atom]:
    """What opens with `giai đoạn`, `nhiệm kỳ`, `năm học`."""
    return periods.spans(text, start, pos) or (terms(text, start, pos) if text.startswith("nhiệm", start) else [])


def terms(text: str, start: int, pos: int) -> list[Atom]:
    """`nhiệm kỳ Quốc hội khóa XIV`, `nhiệm kỳ Đại hội XII`: the years of the table; none where years follow."""
    found = _TERM.match(text, pos)
    if found is None or found["body"] is None:
        return []
    number = int(found["n"]) if found["n"].isdigit() else periods.roman(found["n"])
    known = _terms().get(("quốc hội" if found["body"] == "quốc hội" else "đảng", number))
    if known is None:
        return []
    return [Atom(start, found.end(), "span", "term", year=known[0], to_year=known[1])]

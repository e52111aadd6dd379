"""When a law of a known year was passed, by what its mention says beside it.

By the session, `thông qua tại Kỳ họp bất thường lần thứ 9`, or by its first day in force, `hiệu lực từ 01/3/2025`: a
law takes effect when it has been passed (Law 64/2025/QH15 and its forerunners).
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.citations.when import date_at
from extractors.lexicon import table

_SESSION = regex.compile(
    r"[^.;\n]{0,90}?[ (]kỳ họp(?P<extra>[ ]bất thường)?(?:[ ]lần)?[ ]thứ[ ]"
    r"(?P<n>\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?![\w/])"
)
_IN_FORCE = regex.compile(r"[^.;\n]{0,60}?hiệu lực(?:[ ]thi hành)?:?(?:(?:[ ]kể)?[ ]từ)?[ ](?=ngày|\d)")
_WORDS = ("", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_REACH = 140


def session_after(lowered: str, end: int, year: int) -> str | None:
    """The months of the session of that year named behind `end`, as EDTF: `2025-02`, `2025-05/2025-06`."""
    found = _SESSION.match(lowered, end, end + _REACH)
    if found is None:
        return None
    number = found["n"] if found["n"].isdigit() else str(_WORDS.index(found["n"]))
    months = _sessions().get(("extraordinary" if found["extra"] else "regular", number))
    if months is None or not months[0].startswith(str(year)):
        return None
    return months[0] if months[0] == months[1] else "/".join(months)


def passed_before(lowered: str, end: int, year: int) -> str | None:
    """The months of that year up to the first day in force named behind `end`, as EDTF: `2025-01/2025-03`."""
    found = _IN_FORCE.match(lowered, end, end + _REACH)
    day = date_at(lowered, found.end()) if found else None
    return f"{year}-01/{day.edtf[:7]}" if day and day.year == year else None


@cache
def _sessions() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["kind"], row["number"]): (row["from"], row["to"]) for row in table("assembly_sessions")}

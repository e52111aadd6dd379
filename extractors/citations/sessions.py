"""The session at which a law was passed, as its date: `được Quốc hội thông qua tại Kỳ họp bất thường lần thứ 9`."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import table

_SESSION = regex.compile(
    r"[^.;\n]{0,90}?[ (]kỳ họp(?P<extra>[ ]bất thường)?(?:[ ]lần)?[ ]thứ[ ]"
    r"(?P<n>\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?![\w/])"
)
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


@cache
def _sessions() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["kind"], row["number"]): (row["from"], row["to"]) for row in table("assembly_sessions")}

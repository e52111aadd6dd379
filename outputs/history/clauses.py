"""A telling clause made ready for running text: trimmed at its ends, its date said once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from corpus.shadow import lower, shadow
from extractors.sentences import sentences
from outputs.history.openers import found_in, opening

_SKIP = " \t\n,;:.–-\u00a0"
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))
_COMMA = regex.compile(r",\s+")
# `Năm 1973, `, `ngày 1/7/1993 `: it matches the empty string.
_OWN_DATE = regex.compile(r"(?:(?:vào )?(?:(?:ngày|tháng|năm) [\d/.-]{1,10},? ?){1,3})?")
_SUBJECT_REACH = 120  # characters in which the subject of a clause stands
_SEQUEL_REACH = 700  # characters after a clause in which its sequel must lie
_LONGEST = 420       # characters of a sequel, and of a clause with the meaning that follows it


@dataclass(frozen=True, slots=True)
class Clause:
    """A trimmed clause: `text[start:end]`, and whether it still says its date itself."""

    start: int
    end: int
    dated: bool


@dataclass(frozen=True, slots=True)
class DateAt:
    """A date expression in its place."""

    start: int
    end: int
    edtf: str | None
    type: str


def dates_in(db: sqlite3.Connection, document: int, start: int, end: int) -> list[DateAt]:
    """The date expressions of a span, in order."""
    found = db.execute(
        "SELECT m.start, m.\"end\", f.edtf, f.type FROM date_fact f JOIN mention m ON m.key = f.mention "
        "WHERE m.document = ? AND m.start >= ? AND m.\"end\" <= ? ORDER BY m.start",
        (document, start, end),
    )
    return [DateAt(row["start"], row["end"], row["edtf"], row["type"]) for row in found]


def trim(text: str, start: int, end: int, date: str, dates: Sequence[DateAt]) -> Clause:
    """The clause without openers that point elsewhere and without its own date at either end."""
    said = lower(shadow(text[start:end]))
    begin, finish = _trim_left(said, start, date, dates), _trim_right(said, start, date, dates)
    closing = text.find("”", begin, finish)
    if closing > begin and "“" not in text[begin:closing]:   # what it closes opened outside
        finish = closing
    cut = found_in("dangling", said[begin - start : finish - start])
    finish = start + len(said[: finish - start if cut is None else begin - start + cut].rstrip(_SKIP))
    if finish <= begin:
        return Clause(start, end, True)
    dated = any(begin <= at.start and at.end <= finish and date in _ends(at.edtf) for at in dates)
    return Clause(begin, finish, dated)


def _ends(edtf: str | None) -> tuple[str, ...]:
    return (edtf, *edtf.split("/")) if edtf else ()


def _trim_left(said: str, start: int, date: str, dates: Sequence[DateAt]) -> int:
    place, moved = 0, True
    while moved:
        moved = False
        while place < len(said) and said[place] in _SKIP:
            place += 1
        link = opening("link", said, place)
        starts = (place, place if link is None else link + (said[link : link + 1] == " "))
        own = next((at for at in dates if at.start - start in starts and at.edtf == date), None)
        if own:
            place, moved = own.end - start, True
        elif (opened := opening("trim", said, place)) is not None:
            place, moved = opened, True
    return start + place


def _trim_right(said: str, start: int, date: str, dates: Sequence[DateAt]) -> int:
    finish = len(said.rstrip(_SKIP))
    own = next((at for at in reversed(dates) if at.end - start == finish and at.edtf == date), None)
    if own:
        cut = _without_link(said, own.start - start)
        if all(said.count(left, 0, cut) == said.count(right, 0, cut) for left, right in _PAIRS):
            finish = len(said[:cut].rstrip(_SKIP))
    return start + finish


def _without_link(said: str, cut: int) -> int:
    """Before the preposition that stands in front of `cut`, if there is one."""
    head = said[:cut].rstrip()
    for count in (3, 2, 1):
        at = len(head) - len(" ".join(head.split(" ")[-count:]))
        if at > 0 and opening("link", said, at) == len(head):
            return at
    return cut


def pronoun_subject(text: str, start: int, end: int) -> bool:
    """Whether a clause does not name the one it speaks of: `ông được bầu`, `năm ấy, bà về hưu`, `được bổ nhiệm`."""
    said = lower(shadow(text[start:end]))
    if opening("subjectless", said, _OWN_DATE.match(said).end()) is not None:
        return True
    places = (0, *(comma.end() for comma in _COMMA.finditer(said, 0, _SUBJECT_REACH)))
    ends = (opening("pronoun", said, place) for place in places)
    return any(stop is not None and not text[start + stop : end].lstrip()[:1].isupper() for stop in ends)


def closed(text: str, start: int, end: int) -> int:
    """The end of a clause with the quotation mark or bracket that closes right after it."""
    said = text[start:end]
    for left, right in _PAIRS:
        if text.startswith(right, end) and (said.count(left) or said.count('"')) > said.count(right):
            return end + 1
    return end


def with_meaning(text: str, end: int, after: str) -> int:
    """The end of the clause with the rest of its sentence where that goes on to say what the event meant."""
    rest = after.rstrip("…. ")
    goes_on = opening("meaning", lower(shadow(rest))) is not None
    return end + len(rest) if goes_on and len(rest) <= _LONGEST and text[end : end + len(rest)] == rest else end


def sequel(text: str, end: int) -> tuple[int, int, str] | None:
    """The sentence right after the one that ends at or after `end`, if it speaks of the event: `(start, end, use)`.

    `use` is `judges` where the sentence says what the event meant, `adds` where it says more of it.
    """
    paragraph = text[end : end + _SEQUEL_REACH].partition("\n")[0]
    for first, last in list(sentences(paragraph))[1:2]:
        whole = last < len(paragraph) or end + last >= len(text) or text[end + last] == "\n"
        use = next((use for use in ("judges", "adds") if opening(use, lower(shadow(paragraph)), first)), None)
        if whole and use and last - first <= _LONGEST:
            return end + first, end + last, use
    return None

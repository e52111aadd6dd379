"""What stands between and below the boxes of a notice: legal bases, annexes, footnotes, attestation.

Decree 30/2020/NĐ-CP, Annex I: bases are the paragraphs above the enacting words, annexes follow the signature.
Ordinance 01/2012/UBTVQH13: a consolidated text closes with `XÁC THỰC VĂN BẢN HỢP NHẤT`.
"""

from __future__ import annotations

import regex

from corpus.document import Quoted
from corpus.lines import Line, lines_of, quoted
from corpus.notice_foot import name_of, title_of
from corpus.notice_head import PLACE_DATE, edtf_of
from corpus.notice_words import in_capitals
from corpus.shadow import fold, shadow

_FIRST = 9000  # characters after the head's beginning in which the bases begin
_BASIS = regex.compile(
    r"[\W_]{0,4}(?:c[ae][nm] cu(?! {1,3}(?:phap l[uy]|hieu luc|tinh|tren))|chieu|xet(?! thay| rang)|theo de nghi"
    r"|(?:de )?thuc hien) {0,3}(?=\w)"
)
_FIRST_BASIS = regex.compile(
    r"[\W_]{0,4}(?:c[ae][nm] cu(?! {1,3}(?:phap l[uy]|hieu luc|tinh|tren))|chieu|xet(?! thay| rang)) {0,3}(?=\w)"
)
_NO_BASIS = regex.compile(
    r"[\W_]{0,4}(?:dieu \d|dieu thu|chuong [ivx\d]|phan [ivx\d]|kinh g\w{1,3}i|[ivx]{1,4}\.|\d{1,2}[.)-])"
)
_MOST_BASES = 60

_ANNEX = regex.compile(
    r"^[ \t*#>_|]{0,12}(?:phu luc|bieu mau|mau so)(?: ?(?:so )?:? ?(?:[ivxlc]{1,6}|\d{1,3}[a-z]?))?[ \t*:._-]{0,6}$",
    regex.M,
)
_ISSUED_WITH = regex.compile(
    r"^[ \t*#>_|]{0,12}\(? ?(?:duoc )?(?:ban hanh )?k[ei]m theo (?=(?:cong van|quyet dinh|nghi dinh|thong tu|nghi quyet"
    r"|chi thi|ke hoach|thong bao|to trinh|luat|phap lenh|bao cao|van ban)\b)[^\n]{3,200}", regex.M
)
_ENDS = (";", ",", ":")
_TITLE_LINES = 5

_MARK = regex.compile(r"(?<=[^\s\[\]])(?<!\d ?[kcd]?m)\[(\d{1,3})\]")
_NOTE = regex.compile(r"^[ \t]{0,8}\[(\d{1,3})\] ?\S[^\n]*", regex.M)

_ATTESTED = regex.compile(r"^[ \t*#>_|]{0,12}xac thuc van ban hop nhat[ \t*:._|]{0,12}$", regex.M)


def read_bases(text: str, start: int, *, letter: bool) -> tuple[Quoted, ...]:
    """The paragraphs that a notice rests on; in a letter, whose body argues from laws too, what ends in `;`."""
    items: list[list[Line]] = []
    for line in lines_of(text, start, start + _FIRST + 12_000):
        if not line or "|" in line.shadow:  # a row of a property table
            continue
        if not items:
            if (_NO_BASIS.match(line.folded) and not letter) or line.start > start + _FIRST:
                break
            if _FIRST_BASIS.match(line.folded):
                items.append([line])
        elif _BASIS.match(line.folded) and line.shadow.lstrip("-–+*. ")[:1].isupper():
            items.append([line])
        elif len(items) < _MOST_BASES and _goes_on(line, items[-1][-1]):
            items[-1].append(line)
        else:
            break
    if letter:
        items = [item for item in items if item[-1].shadow.endswith(";") and '"' not in item[-1].shadow]
    found = (quoted(text, item) for item in items)
    return tuple(Quoted(one.value.strip(" -+*.;,"), one.start, one.end) for one in found if one)


def _goes_on(line: Line, above: Line) -> bool:
    """Whether a line carries a basis on: nothing has closed it, and it is neither heading nor article."""
    if line.start - above.end < 3 and line.folded.startswith(("luat ", "bo luat ", "phap lenh ", "nghi dinh so")):
        return True  # `Luật … năm 2008;` / `Luật sửa đổi …`, wrapped
    if _NO_BASIS.match(line.folded) or above.shadow.endswith((";", ":", "/.", ".")):
        return False
    return line.shadow[0].islower() or line.shadow[0].isdigit() or not (above.shadow.endswith(",") or in_capitals(line))


def read_annexes(text: str, start: int = 0) -> tuple[Quoted, ...]:
    """The headings of what is annexed: `PHỤ LỤC I` with its title, or the title above `(Ban hành kèm theo …)`."""
    copy = shadow(text)
    folded = fold(copy)
    marks = sorted(
        [(found.start(), found.end(), False) for found in _ANNEX.finditer(folded, start)]
        + [(found.start(), found.end(), True) for found in _ISSUED_WITH.finditer(folded, start)]
    )
    found: list[Quoted] = []
    for begin, end, issued in marks:
        if found and begin < found[-1].end:
            continue
        heading = _above(text, copy, begin, found) if issued else _below(text, copy, begin, end)
        if heading:
            found.append(heading)
    return tuple(found)


def _above(text: str, copy: str, begin: int, before: list[Quoted]) -> Quoted | None:
    """The title above `(Ban hành kèm theo …)`: lines in capitals; None where they belong to the annex above."""
    since = max(before[-1].end if before else 0, begin - 600)
    lines: list[Line] = []
    for line in reversed(lines_of(text, since, begin)):
        if line and (not in_capitals(line) or len(lines) == _TITLE_LINES):
            break
        if not line and (lines or line.shadow):
            break
        lines = [line, *lines] if line else lines
    return quoted(text, lines)


def _below(text: str, copy: str, begin: int, end: int) -> Quoted | None:
    """A heading that stands alone, with its title; None for the wrapped end of a sentence or an item of a list."""
    (mark,) = lines_of(text, begin, end)
    capitals = in_capitals(mark)
    above = copy[max(0, begin - 2) : begin]
    if not mark or not mark.shadow[0].isupper() or not (capitals or above in ("", "\n", "\n\n")):
        return None
    lines = [mark]
    for line in lines_of(text, end, end + 800)[1:]:
        if line and (not in_capitals(line) or len(lines) > _TITLE_LINES):
            break
        if line:
            lines.append(line)
        elif len(lines) > 1:
            break
    return quoted(text, lines)


def read_footnotes(text: str) -> tuple[Quoted, ...]:
    """`[1] …` lines that a mark in the text before them refers to (`năm 2024[1]`). Numbered paragraphs are none."""
    notes: dict[str, list[regex.Match[str]]] = {}
    for note in _NOTE.finditer(text):
        notes.setdefault(note[1], []).append(note)
    found: dict[int, Quoted] = {}
    at: dict[str, int] = {}
    for mark in _MARK.finditer(text) if notes else ():
        lines = notes.get(mark[1], ())
        place = at.get(mark[1], 0)
        while place < len(lines) and lines[place].start() < mark.end():
            place += 1
        at[mark[1]] = place + 1
        if place < len(lines):
            note = lines[place]
            words = note[0].strip()
            found[note.start()] = Quoted(" ".join(words.split()), note.end() - len(note[0].lstrip()), note.end())
    return tuple(found[start] for start in sorted(found))


def read_attestation(text: str) -> tuple[Quoted, ...]:
    """Who attests a consolidated text: the heading, then the day (EDTF), title and name below it, where stated."""
    heads = list(_ATTESTED.finditer(fold(shadow(text))))
    if not heads:
        return ()
    begin = heads[-1].start()
    head, *below = [line for line in lines_of(text, begin, begin + 900) if line][:10]
    parts: list[Quoted | None] = [quoted(text, [head]), None, None, None]
    for line in below:
        day = PLACE_DATE.search(line.folded)
        if parts[1] is None and day and (value := edtf_of(day)):
            parts[1] = quoted(text, [line.part(day.start(), day.end())], value)
        elif parts[2] is None and (title := title_of(line)):
            parts[2] = quoted(text, [title])
        elif name := name_of(text, line):
            parts[3] = name
            break
    return tuple(part for part in parts if part)

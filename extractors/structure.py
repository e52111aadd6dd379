"""The lines of a document as blocks: headings, numbered items, bullets, table rows and plain paragraphs.

Official texts say most of what they say in lists, and a list belongs to the sentence that opens it
(Decree 30/2020/NĐ-CP, Annex I: phần, chương, mục, điều, khoản, điểm). A block knows its marker and whether it
opens a list; lines that were broken for the width of a page are joined again. Offsets are those of the shadow.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

Marker = Literal["article", "roman", "number", "letter", "ordinal", "bullet"]

# Rank of a marker: a marker of lower rank is below one of higher rank.
RANK: dict[Marker, int] = {"article": 0, "roman": 1, "number": 2, "ordinal": 2, "letter": 3, "bullet": 4}

# Markdown, and the section mark that an encyclopaedia leaves before the first word.
_DRESS = r"[*_#>|\s]*+(?:\[sửa\ \|\ sửa\ mã\ nguồn\][*_#>|\s]*+)?"
_UNDRESSED = regex.compile(_DRESS)
_MARKER = regex.compile(
    rf"""{_DRESS}(?:
        (?P<article>Điều\s++(?:thứ\s++)?(?:\d{{1,3}}|nhất|hai|ba)[\p{{L}}]?\s*+[.:]?-?(?=\s|$))
      | (?P<roman>(?:[IVX]{{1,5}}|Phần\s++[IVX]{{1,5}}|Mục\s++\d{{1,2}}|Chương\s++[IVXLC\d]{{1,6}})[.):]?(?=\s|$))
      | (?P<number>\(?\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}(?:[.)/]|(?<=\.\d|\.\d\d)(?=\s))[-.]?\s*+(?!\d))
      | (?P<ordinal>(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s++là\s*+[,:]?
          |Thứ\s++(?:nhất|hai|ba|tư|năm|sáu|bảy|tám)\s*+[,:.]?)
      | (?P<letter>\p{{Ll}}[.)](?=[\s*_]|\p{{L}}))
      | (?P<bullet>[-+•●▪◦‣*·–](?=\s|\p{{L}}))
    )[*_\s]*+""",
    regex.VERBOSE,
)
_MARKER_WORDS = (
    "Điều", "Phần", "Mục", "Chương", "I", "V", "X",
    "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Thứ",
)  # fmt: skip
_END_MARKS = ".!?;:…"
_CLOSERS = " \t*_\"')]”’»|"
_NOTE = regex.compile(r"\s*+(?:-{3,}|={3,}|_{3,}|---\s*PAGE.*)\s*+")


class Block(NamedTuple):
    """A paragraph or list item. `body` is where its words begin, after marker and Markdown dress."""

    start: int
    end: int
    body: int
    marker: Marker | None
    label: str  # the marker as written: `3.1.`, `a)`, `Một là,`
    heading: bool  # a line of its own without a full stop
    opens: bool  # ends in a colon: announces what follows
    row: bool = False  # a row of a table

    @property
    def rank(self) -> int:
        """How deep its marker stands; plain paragraphs stand below everything."""
        return RANK[self.marker] if self.marker else 9


def blocks(shadow: str) -> list[Block]:
    """The blocks of a text in order. Blank lines and rules separate; wrapped lines are joined."""
    lines = _lines(shadow)
    wrapped = _is_wrapped(shadow, lines)
    out: list[Block] = []
    index = 0
    while index < len(lines):
        start, end = lines[index]
        index += 1
        if start == end or (shadow[start] in "-=_" and _NOTE.fullmatch(shadow, start, end)):
            continue
        while index < len(lines) and _goes_on(shadow, (start, end), lines[index], lines[index - 1], wrapped):
            end = lines[index][1]
            index += 1
        out.append(_block(shadow, start, end))
    return out


def joined(shadow: str, every: list[Block]) -> str:
    """The shadow with the line breaks inside its blocks as spaces: a phrase is found across them; same length, the same
    string where no block has any."""
    if not any(shadow.find("\n", block.start, block.end) >= 0 for block in every):
        return shadow
    out, place = [], 0
    for block in every:
        out += [shadow[place : block.start], shadow[block.start : block.end].replace("\n", " ")]
        place = block.end
    out.append(shadow[place:])
    return "".join(out)


def _lines(shadow: str) -> list[tuple[int, int]]:
    out, start = [], 0
    for line in shadow.split("\n"):
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip(" \t\r>|")) if line.lstrip().startswith(">") else len(line.rstrip())
        out.append((start + left, start + right) if right > left else (start, start))
        start += len(line) + 1
    return out


def _is_wrapped(shadow: str, lines: list[tuple[int, int]]) -> bool:
    """Scans and PDFs break lines at the width of the page, in the middle of sentences."""
    full = [(s, e) for s, e in lines if 50 <= e - s <= 130]
    broken = sum(shadow[e - 1] not in _END_MARKS for _, e in full)
    longer = sum(e - s > 130 for s, e in lines)
    return broken >= 8 and broken > 0.4 * len(full) and longer < broken / 3


def _goes_on(
    shadow: str, block: tuple[int, int], line: tuple[int, int], before: tuple[int, int], wrapped: bool
) -> bool:
    start, end = line
    if start == end or shadow[start] in "|#" or _marker(shadow, start, end):
        return False
    last = shadow[before[0] : before[1]].rstrip(_CLOSERS)[-1:]
    if not last or last in ".!?:…|":
        return False
    if shadow[start].islower():
        return before[1] - before[0] >= 25 or last == ","
    return wrapped and last != ";" and before[1] - before[0] >= 50


def _block(shadow: str, start: int, end: int) -> Block:
    found = _marker(shadow, start, end)
    marker: Marker | None = found.lastgroup if found else None  # type: ignore[assignment]
    body = found.end() if found else _undressed(shadow, start, end)
    words = shadow[body:end].rstrip(_CLOSERS)
    row = shadow[start] == "|" or shadow.count("|", start, end) >= 2
    return Block(
        start=start,
        end=end,
        body=min(body, end),
        marker=marker,
        label=found.group(marker).strip() if found and marker else "",
        heading=shadow[start] == "#" or (len(words) <= 140 and words[-1:] not in tuple(".!?;:,…") and not row),
        opens=words.endswith(":"),
        row=row,
    )


def _marker(shadow: str, start: int, end: int) -> regex.Match[str] | None:
    """The marker of a line; the first letter tells of most lines that they have none."""
    first = shadow[start]
    if first.isalpha() and not (
        shadow.startswith(_MARKER_WORDS, start) or (first.islower() and shadow.startswith((".", ")"), start + 1))
    ):
        return None
    return _MARKER.match(shadow, start, end)


def _undressed(shadow: str, start: int, end: int) -> int:
    found = None if shadow[start].isalpha() else _UNDRESSED.match(shadow, start, end)
    return found.end() if found else start

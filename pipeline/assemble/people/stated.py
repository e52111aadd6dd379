"""Terms stated beside a name: `1955–1957: NAME`, `| NAME | 5/4/2016 - 18/2/2025 |`, `NAME (2010–2015)`,
`NAME, Bí thư Tỉnh ủy … (2001–2010)`.

The dates are facts of the document; here it is decided which of them is the term of the office that a mention names, by
what stands between the two. The words of the dates are the evidence. A life (`(1912–1996)`) is no term.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import regex

_REACH = 32       # characters kept before and behind a mention
_BEHIND = 2 * _REACH
_LONGEST = 20     # years of a term behind a name; what is longer is a life, save where it is told to the day
_LONGEST_IN_DAYS = 32
_LONGEST_BEFORE = 45    # before a name no life stands
_CARRIED = ("full-name", "given-name", "family-name", "middle-name", "slip")   # their role is that of other words

_ROWS = """
    SELECT m.key, m."end", m.prefix, m.suffix, m.start, f.title, f.org, d.date AS published,
           p.key AS evidence, p.start AS at, p."end" AS until, p.prefix AS before, p.suffix AS behind, p.quote,
           k.type, k.edtf
      FROM date_fact k JOIN mention p ON p.key = k.mention
      JOIN mention m ON m.document = p.document AND m.kind = 'official'
           AND m.start BETWEEN p.start - 120 AND p."end" + 32
      JOIN official_fact f ON f.mention = m.key JOIN document d ON d.key = m.document
     WHERE k.edtf IS NOT NULL AND k.edtf NOT LIKE '%X%' AND k.edtf NOT LIKE '-%'
       AND (k.type = 'interval' OR (k.type = 'date' AND (p.prefix LIKE '%|%' OR p.prefix LIKE '%' || char(10))))
       AND m.rule NOT IN ({carried})
     ORDER BY m.key, p.start
"""
_ROW_START = regex.compile(r"(?:\[sửa \| sửa mã nguồn\])?(?P<mark>[-+*•|\d.)(\[\]\s]*)(?:từ |năm )?", regex.I)
_TO_NAME = regex.compile(
    r"\)?\s?(?:[:,;.–|-]\s?\|?\s?){1,2}"
    r"(?:(?:ông|bà|đ/c|đồng chí|gs|ts|pgs|bs|(?:đại|thượng|trung|thiếu|chuẩn) (?:tướng|tá|úy))[. ]{1,2}){0,3}", regex.I
)
_LIFE = r"(?:\s?\(\d{4}\s?[-–]\s?(?:\d{4}|nay|\?)?\))?"
_TO_TERM = regex.compile(
    rf"{_LIFE}(?:\[\d+\])?(?:\s?\(|,\s|\s?\|\s?\n?\|?\s?)(?:quyền )?(?:nhiệm kỳ )?(?:từ )?(?:năm )?", regex.I
)
_TO_POST = regex.compile(r"(?:\s?[,|]|\s[-–])\s?", regex.I)
_ENDS_A_POST = regex.compile(r"[.;:|\n)]")
_CLOSED = regex.compile(r"\s?(?:[)|,.;\n]|\Z)")
_TO_NOW = regex.compile(r"(?:nay|hiện nay|hiện tại|bây giờ)\Z", regex.I)
_NEXT_CELL = regex.compile(r"\s?\|\s?\Z")


class Stated(NamedTuple):
    """From when to when, in EDTF, the words say that somebody held the office; `end` is None where it goes on."""

    start: str
    end: str | None
    evidence: int        # mention of the date that tells the start
    end_evidence: int    # and of that which tells the end


class _Near(NamedTuple):
    """An official and a date close by."""

    mention: int
    end: int
    prefix: str
    suffix: str
    start: int
    title: str | None
    org: str | None
    published: str | None
    evidence: int
    at: int
    until: int
    before: str
    behind: str
    quote: str
    type: str
    edtf: str


def stated_terms(db: sqlite3.Connection) -> dict[int, Stated]:
    """The term stated beside each mention of an official that has one."""
    rows = db.cursor()
    rows.row_factory = None
    marks = ", ".join(f"'{rule}'" for rule in _CARRIED)
    found: dict[int, Stated] = {}
    cell: _Near | None = None      # a day in the cell behind the name, where another may follow
    for row in map(_Near._make, rows.execute(_ROWS.format(carried=marks))):
        if row.mention in found:
            continue
        if row.type == "interval":
            if term := _term(row):
                found[row.mention] = term
        elif cell and cell.mention == row.mention and _are_neighbours(cell, row):
            if term := _checked(cell.edtf, row.edtf, row.published, cell.evidence, row.evidence, _LONGEST_IN_DAYS):
                found[row.mention] = term
        else:
            cell = row if _is_behind(row) else None
    return found


def _term(row: _Near) -> Stated | None:
    start, _, end = row.edtf.partition("/")
    open_end = None if _TO_NOW.search(row.quote) or end in ("", "..") else end
    if row.until <= row.start:
        if not _opens_the_row(row) or not _TO_NAME.fullmatch(row.prefix, len(row.prefix) - (row.start - row.until)):
            return None
        return _checked(start, open_end, row.published, row.evidence, row.evidence, _LONGEST_BEFORE)
    if not _is_behind(row) or (end in ("", "..") and not _TO_NOW.search(row.quote)):
        return None     # `NAME (1957–)` is alive
    to_the_day = min(len(start), len(end)) == len("2007-01-01") and end != row.published
    longest = _LONGEST_IN_DAYS if to_the_day else _LONGEST
    return _checked(start, open_end, row.published, row.evidence, row.evidence, longest)


def _opens_the_row(row: _Near) -> bool:
    """Whether a list's row, or a cell, begins with the date."""
    if not 0 <= row.start - row.until <= len(row.prefix):
        return False
    line = row.before.rpartition("\n")[2]
    if len(row.before) < _REACH or "\n" in row.before:
        opened = _ROW_START.fullmatch(line)     # without a mark `Từ 1976 đến 1979, NAME giữ chức …` is prose
        return opened is not None and (opened["mark"].strip() != "" or ":" in row.prefix[row.until - row.start:])
    return _NEXT_CELL.search(line) is not None


def _is_behind(row: _Near) -> bool:
    """Whether a date follows a name, or the office that stands behind it, with nothing between."""
    gap = row.at - row.end
    if not 0 <= gap <= _BEHIND or not _CLOSED.match(row.behind):
        return False
    between = row.suffix[:gap] if gap <= _REACH else row.suffix + row.before[len(row.before) - (gap - _REACH):]
    return len(between) == gap and (_TO_TERM.fullmatch(between) is not None or _is_of_post(row, between))


def _is_of_post(row: _Near, between: str) -> bool:
    """`NAME, Bí thư Tỉnh ủy Thừa Thiên Huế (2001–2010)`: the office that the mention names, and its term."""
    to_post = _TO_POST.match(between)
    words = between[to_post.end():].lower() if to_post else ""
    if not row.title or not words.startswith(row.title.lower()):
        return False
    rest = words.removeprefix(row.title.lower())
    inside = rest.endswith("(") and row.behind.lstrip().startswith(")")
    follows = rest.endswith(" ") and row.quote.lower().startswith("từ")
    return (inside or follows) and _ENDS_A_POST.search(rest) is None


def _are_neighbours(one: _Near, other: _Near) -> bool:
    """Two cells side by side: the first and the last day."""
    between = one.behind[: other.at - one.until]
    return 0 < other.at - one.until <= _REACH and between.replace(" ", "") == "|"


def _checked(
    start: str, end: str | None, published: str | None, evidence: int, end_evidence: int, longest: int
) -> Stated | None:
    first, last = start[:4], (end or published or start)[:4]
    if not (first.isdigit() and last.isdigit()) or len(start) < len("1955"):
        return None
    if not 0 <= int(last) - int(first) <= longest or (end and end < start[: len(end)]):
        return None
    if published and first > published[:4]:
        return None
    later = end is None or (published is not None and end[:4] > published[:4])
    return Stated(start, None if later else end, evidence, end_evidence)

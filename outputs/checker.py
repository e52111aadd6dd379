"""Nothing without its source: finds what a finished text claims and no cited quote supports.

A text is Markdown whose statements end in note numbers (`[^3]`). A statement is a run of text up to its notes, or a row
of a table. Its numbers, dates, document symbols and names must stand in the words quoted by the notes it cites. A
heading answers to the notes below it, up to the next heading of its rank. What the user asked for (topic, anniversary,
year) is passed as `given` and may stand in headings and in statements without notes.

Rules of support
- a date is supported by the same day, month or year, however it is written, in the quotes or in a note's `dates`;
- a symbol (`130/SL`) by the same symbol, an amount in words or a name by the same words, a number by the same figures;
- the first word of a statement is no part of a name where it opens one of our own phrases (`Theo`, `Ngày`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import regex

from corpus.shadow import shadow
from outputs.words import rows

ClaimKind = Literal["date", "decade", "symbol", "number", "amount in words", "name"]
Point = tuple[int, int | None, int | None]  # year (0 where none is written), month, day


class Citation(Protocol):
    """A note as the checker needs it."""

    @property
    def number(self) -> int: ...
    @property
    def words(self) -> str: ...           # everything it quotes
    @property
    def dates(self) -> Sequence[str]: ...  # EDTF of the date expressions and of the document it quotes


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim for which the cited notes give no support."""

    kind: ClaimKind
    claim: str
    statement: str
    notes: tuple[int, ...]


class UnsupportedClaims(Exception):
    """A finished text claims what its sources do not say; `unsupported` lists the claims."""

    def __init__(self, unsupported: Sequence[Unsupported]) -> None:
        self.unsupported = tuple(unsupported)
        first = unsupported[0]
        super().__init__(
            f"{len(unsupported)} claim(s) without a source, the first: {first.kind} {first.claim!r} in "
            f"{first.statement[:120]!r}; take the sentence out or cite the quote that states it"
        )


# Order matters: what one pattern has read, the next does not read again.
_PATTERNS: tuple[tuple[ClaimKind, regex.Pattern[str]], ...] = (
    ("date", regex.compile(
        r"(?:ngày|mùng|mồng)\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:,?\s+năm\s+(?P<y>\d{4}))?", regex.I)),
    ("date", regex.compile(r"(?<![\d/.-])(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?![\d/]|\.\d)")),
    ("date", regex.compile(r"tháng\s+(?P<m>\d{1,2})(?:\s*/\s*|,?\s+năm\s+)(?P<y>\d{4})", regex.I)),
    ("date", regex.compile(r"(?<![\d/.,-])(?P<m>0?[1-9]|1[0-2])/(?P<y>[12]\d{3})(?![\d/])")),
    ("symbol", regex.compile(r"\d+[a-zđ]?(?:/\d{4})?[/-](?=\p{Lu})[\p{L}\d]+(?:[-/][\p{L}\d]+)*")),
    ("decade", regex.compile(r"thập\s+niên\s+\d{3}0(?!\d)", regex.I)),
    ("date", regex.compile(r"thế\s+kỷ\s+(?P<c>[IVX]+)\b", regex.I)),
    ("number", regex.compile(r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?")),
    ("amount in words", regex.compile(
        r"(?<!\w)(?:(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|linh|lẻ)\s+)+"
        r"(?:mươi|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)", regex.I)),
    ("name", regex.compile(r"(?<!\w)\p{Lu}[\p{L}]*+(?:\s+\p{Lu}[\p{L}]*+)+")),
)
_NOTES = regex.compile(r"(?:\[\^\d+\])+")
_NUMBER_OF_NOTE = regex.compile(r"\d+")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]<>#|~^$!])")
_RULE = regex.compile(r"^\|?[\s:|-]+\|?$")
_EDTF_POINT = regex.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?(?![\dX])|(\d{3})X(?!X)|(\d\d)XX")
_YEAR_IN_SYMBOL = regex.compile(r"/([12]\d{3})/")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class _Read:
    """What is claimed, or supported, by a stretch of words."""

    dates: list[tuple[Point, str]] = field(default_factory=list)
    others: list[tuple[ClaimKind, str]] = field(default_factory=list)


def check(text: str, notes: Iterable[Citation], given: Iterable[str] = ()) -> list[Unsupported]:
    """Every claim of a Markdown text that its notes do not support, in order; empty where all is well."""
    by_number = {note.number: note for note in notes}
    allowed = [_Quoted(value) for value in given]
    unsupported: list[Unsupported] = []
    for statement, numbers, heading in _statements(text):
        cited = [by_number[number] for number in numbers if number in by_number]
        sources = (allowed if heading or not numbers else []) + [_Quoted(note.words, note.dates) for note in cited]
        unsupported += _missing(statement, sources, tuple(numbers))
    return unsupported


def supports(statement: str, notes: Iterable[Citation]) -> bool:
    """Whether the notes support every claim of one statement, given as plain words."""
    missing = _missing(_plain(statement), [_Quoted(note.words, note.dates) for note in notes], ())
    return next(missing, None) is None


class _Quoted:
    """The support that one note gives."""

    def __init__(self, words: str, dates: Sequence[str] = ()) -> None:
        text = _plain(words)
        self.lower = text.lower()
        read = _read(text)
        self.points = {point for point, _ in read.dates} | {point for value in dates for point in _edtf_points(value)}
        self.points |= {(int(year), None, None) for _, token in read.others for year in _YEAR_IN_SYMBOL.findall(token)}
        self.tokens = {token for kind, token in read.others if kind in ("number", "symbol")}

    def has(self, kind: ClaimKind, claim: str) -> bool:
        if kind in ("name", "amount in words"):
            return claim.lower() in self.lower
        if kind == "decade":
            return claim.lower() in self.lower or any(str(year)[:-1] == claim[-4:-1] for year, _, _ in self.points)
        return claim in self.tokens or (_is_year(claim) and self.has_date((int(claim), None, None)))

    def has_date(self, claim: Point) -> bool:
        """The same day; or a month or year that holds one of the days quoted."""
        parts = [at for at, part in enumerate(claim) if part]
        return any(all(point[at] == claim[at] for at in parts) for point in self.points) or (
            claim[1:] == (None, None) and str(claim[0]) in self.tokens
        )


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and token[0] in "12"


def _missing(statement: str, sources: Sequence[_Quoted], notes: tuple[int, ...]) -> Iterator[Unsupported]:
    read = _read(statement)
    for point, words in read.dates:
        if not any(source.has_date(point) for source in sources):
            yield Unsupported("date", words, statement, notes)
    for kind, claim in read.others:
        if not any(source.has(kind, form) for form in _forms(kind, claim, statement) for source in sources):
            yield Unsupported(kind, claim, statement, notes)


def _forms(kind: ClaimKind, claim: str, statement: str) -> tuple[str, ...]:
    """The claim, and a name without the word of ours that opens the statement before it (None is left: no name)."""
    if kind != "name" or not statement.lstrip(' "*').startswith(claim):
        return (claim,)
    first, _, rest = claim.partition(" ")
    if first not in _openers():
        return (claim,)
    return (claim, rest if " " in rest else "")


def _openers() -> frozenset[str]:
    return frozenset(row["text"].split()[0].strip(",:“") for row in rows("history_phrases"))


def _plain(words: str) -> str:
    """Look-alikes unified, one space between words."""
    return " ".join(shadow(words).split())


def _read(text: str) -> _Read:
    read, rest = _Read(), text
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            if kind == "date":
                read.dates.append((_point(match.groupdict()), match.group()))
            else:
                read.others.append((kind, match.group()))
        rest = pattern.sub(lambda match: "\x00" * len(match.group()), rest)
    return read


def _point(parts: Mapping[str, str | None]) -> Point:
    if roman := parts.get("c"):
        return -_roman(roman.upper()), None, None
    year, month, day = (int(parts.get(name) or 0) for name in "ymd")
    return year, month or None, day or None


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if v < max(values[at:], default=0) else v for at, v in enumerate(values))


def _edtf_points(edtf: str) -> Iterator[Point]:
    for match in _EDTF_POINT.finditer(edtf):
        year, month, day, decade, century = match.groups()
        if decade:
            yield int(decade) * 10, None, None
        elif century:
            yield -(int(century) + 1), None, None
        else:
            yield 0 if year == "XXXX" else int(year), int(month or 0) or None, int(day or 0) or None


def _statements(text: str) -> Iterator[tuple[str, list[int], bool]]:
    """`(words, note numbers, is heading)` of each statement of a Markdown text."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("[^")]
    for at, line in enumerate(lines):
        if line.startswith("#"):
            rank = len(line) - len(line.lstrip("#"))
            yield _bare(line.lstrip("#")), _numbers(_below(lines[at + 1 :], rank)), True
        elif line.startswith("|"):
            if not _RULE.match(line):
                yield _bare(_NOTES.sub("", line).replace("|", ";")), _numbers([line]), False
        else:
            yield from _prose(line)


def _below(lines: list[str], rank: int) -> Iterator[str]:
    for line in lines:
        if line.startswith("#") and len(line) - len(line.lstrip("#")) <= rank:
            return
        yield line


def _numbers(lines: Iterable[str]) -> list[int]:
    return [int(n) for line in lines for run in _NOTES.findall(line) for n in _NUMBER_OF_NOTE.findall(run)]


def _prose(line: str) -> Iterator[tuple[str, list[int], bool]]:
    place = 0
    for run in _NOTES.finditer(line):
        yield _bare(line[place : run.start()]), [int(n) for n in _NUMBER_OF_NOTE.findall(run.group())], False
        place = run.end()
    if rest := _bare(line[place:]).strip(" .;:"):
        yield rest, [], False


def _bare(markdown: str) -> str:
    """Words without their Markdown."""
    unstarred = regex.sub(r"(?<!\\)[*_`]+|^\s*[-+]\s+|^\s*>\s*", "", markdown)
    return _plain(_ESCAPE.sub(r"\1", unstarred))

"""The number of a document: one scanner for the grammars of all eras.

1945-59 `130/SL`, `84-TP/NĐ`, `60C-1946` · 1960-92 `331/TTg`, `68-HĐBT`, `5-LCT/HĐNN7` · 1993-96 `30-CP`, `67/TT-THA`,
`35-L/CTN`, `100 TC/QLCS` · since 1997 `62/2015/NĐ-CP`, `26/2008/QH12` and, without a year, `397/QĐ-TTg`, `73/TTg-CN` ·
Party `49-NQ/TW` (Decree 30/2020/NĐ-CP, Annex I; Party guide 36-HD/VPTW).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractors.citations.reach import REACH
from extractors.citations.types import DocType, fold_code, misread, organ_of, spelling, type_of_code

_YEAR = r"(?:(?:19\d\d|20[0-4]\d)|1 9\d\d|2 0[0-4]\d)"   # a space may have come into it: 30/2 007/NĐ-CP
_HEAD = regex.compile(
    rf"(?P<n>\d{{1,6}}+(?!\d)(?:bis\b|[a-zA-Z](?=[ ]?[/-])|[a-zđ](?=[\s,.;)]))?)"
    rf"(?:(?:[ ]|\n(?=/))?(?P<ysep>[/-])[ ]?(?P<year>{_YEAR})(?!\d|[ ]?[/-][ ]?\d)"
    # a damaged year is kept as it stands and read as none
    r"|(?P<ysep>/)(?P<broken>\d{2,3}|20[5-9]\d)(?=/\p{Lu}{2}|[ ](?:QĐ|NQ|CT|TT|TB)[ ]?-[ ]?\p{Lu}))?"
)
_DRAFT = regex.compile(rf"[ ]?[.…_ ]{{0,30}}+[/-][ ]?(?P<year>{_YEAR})(?=[ ]?/[ ]?\p{{L}})")
_UNMARKED = regex.compile(r"(?P<n>\d{1,4}) (?P<year>20[0-3]\d)(?![\d/]|[.,-]\d| \d)")
_CAPITALS = regex.compile(r" (?P<code>\p{Lu}{2,}\d{0,2}|TTg)(?![\p{L}\d/-])")
_DAMAGED = regex.compile(r"(?P<n>[^\s/]{0,8}[^\s/.…_·-][^\s/]{0,8}?)[ ]?(?=/[ ]?\p{Lu}{2})")
# what may stand between two codes, and a code: capitals (BNN&PTNT, QH14, T.Ư) or, known ones only, small letters
_SEPARATOR = regex.compile(r"(?<=\S)[/-]\n(?=\p{Lu}{2})|[ \n]?[ ]?[/_-][ ]?|[ ]|")
_CODE = regex.compile(
    r"T\.[ ]?[ƯWU]\.?|[NQ][ ]Đ(?=[ ]?-)|\p{Lu}\.\p{Lu}{1,3}(?![\p{L}.])|[\p{L}§]{1,24}+(?:[ ]?&[ ]?\p{L}{1,16}+){0,3}+"
    r"(?:(?:(?<=QH|NN|P|CC)[ ])?\d{1,3}(?![\d/.]\d|\d|[ ]?%))?(?:\(\p{Lu}\d{1,2}\))?"
    r"|\d{1,3}(?![\d/])"
)
_CAPITALS_THEN_WORD = regex.compile(r"(?P<code>\p{Lu}{2,}+)\p{Ll}{2,}|(?P<code>TTg)\p{Ll}{2,}")
_TYPE_AND_ORGAN = regex.compile(r"(?P<type>\p{Lu}{2})(?P<organ>TTg)")   # CĐTTg
# digits that recognition took for letters (l5/2010, 2O15), and one number broken in two (4 7/2020/NĐ-CP)
_LOOKALIKE = regex.compile(
    r"(?P<n>[\dlIOoS]{1,5})[ ]?/[ ]?(?P<year>[12lI][90Oo][\dlIOoS]{2})(?=[ ]?/[ ]?\p{Lu}{2})"
    r"|(?P<n>[\dlIOoS]{1,5})(?=/\p{Lu}{2})"
)
_BROKEN = regex.compile(r"(?P<n>\d{1,2} \d{1,2})/(?P<year>(?:19|20)\d\d)(?=[ ]?/[ ]?\p{Lu}{2})")
_DIGITS = str.maketrans("lIOoS", "11005")
_MAX_PARTS = 12


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number as written: `number` canonical, `parts` the codes behind it, `start:end` its place."""

    start: int
    end: int
    n: str                      # 62, 60C
    year: int | None = None     # only where the number itself has it
    year_mark: str = ""         # `/2015`
    parts: tuple[str, ...] = ()  # NĐ, CP
    tail: str = ""              # `/NĐ-CP`

    @property
    def number(self) -> str | None:
        """Canonical: no spaces, `Đ` for look-alikes, `-` for dashes."""
        return f"{self.n}{self.year_mark}{self.tail}" if self.n else None

    @property
    def doc_type(self) -> DocType | None:
        """The type that the symbol names; `CT` names one only beside a known issuer."""
        types = type_of_code()
        for position, part in enumerate(self.parts[:2]):
            found = types.get(fold_code(part))
            others = self.parts[:position] + self.parts[position + 1 :]
            ambiguous = len(part) == 1 or organ_of(part) is not None  # L; CT: chỉ thị or Cục Thuế
            if found and (not ambiguous or any(map(organ_of, others))):
                return found
        return None

    @property
    def issuers(self) -> tuple[str, ...]:
        """Codes of the issuing organs in order: all of a joint circular, else the one."""
        types = type_of_code()
        if not self.parts:
            return ()
        if self.tail.endswith("/TW"):   # the Party's: its organ stands last (12-TC/TW)
            return self.parts[-1:]
        first = types.get(fold_code(self.parts[0]))
        if first is None or first is not self.doc_type:
            return self.parts[:1]
        if first.name in ("thông tư liên tịch", "nghị quyết liên tịch"):
            return self.parts[1:]
        return self.parts[1:2]

    def with_tail_of(self, other: Symbol) -> Symbol:
        """This bare number in the series of another member of its list: `18, 19-NQ/TW`."""
        return replace(self, parts=other.parts, tail=other.tail, year=self.year or other.year,
                       year_mark=self.year_mark or other.year_mark)


def symbol_at(text: str, start: int) -> Symbol | None:
    """The number that begins at `start` of a shadow text."""
    head = _HEAD.match(text, start, start + REACH)
    if head is None:
        return None
    written = (head["year"] or "").replace(" ", "")
    year = int(written) if written else None
    end, parts, tail = _parts(text, head.end(), bool(head["ysep"]))
    if not parts and " " in (head["year"] or ""):
        return None
    if not parts and text[end : end + 1] in ("/", "-", "%") and text[end + 1 : end + 2].isalnum():
        return None
    mark = f"{head['ysep']}{written or head['broken']}" if head["ysep"] else ""
    return Symbol(start, end, head["n"], year, mark, parts, tail)


def unmarked_at(text: str, start: int) -> Symbol | None:
    """A number whose separators were lost, as in headings made for search engines: `158 2025 NĐ CP`, `63 2024`."""
    head = _UNMARKED.match(text, start, start + REACH)
    if head is None:
        return None
    parts: list[str] = []
    end = head.end()
    while len(parts) < _MAX_PARTS and (word := _CAPITALS.match(text, end, end + REACH)):
        known = _known(word["code"])
        if known is None:
            break
        parts.append(known)
        end = word.end()
    tail = "/" + "-".join(parts) if parts else ""
    return Symbol(start, end, head["n"], int(head["year"]), f"/{head['year']}", tuple(parts), tail)


def mended_at(text: str, start: int) -> Symbol | None:
    """A number in which recognition spoilt digits: `l5/2010/NĐ-CP`, `62/2O15/NĐ-CP`, `4 7/2020/NĐ-CP`."""
    head = _LOOKALIKE.match(text, start, start + REACH) or _BROKEN.match(text, start, start + REACH)
    if head is None or not any(map(str.isdigit, head["n"])):
        return None
    n, written = head["n"].translate(_DIGITS).replace(" ", ""), (head["year"] or "").translate(_DIGITS)
    if written and written[:2] not in ("19", "20"):
        return None
    end, parts, tail = _parts(text, head.end(), bool(written))
    if not parts or _known(parts[0]) is None:
        return None
    return Symbol(start, end, n, int(written) if written else None, written and f"/{written}", parts, tail)


def draft_at(text: str, start: int) -> Symbol | None:
    """A number left open, with its year: `.../2020/QH14`. The open number itself is never filled in."""
    head = _DRAFT.match(text, start, start + REACH)
    if head is None:
        return None
    end, parts, tail = _parts(text, head.end(), True)
    year = head["year"].replace(" ", "")
    return Symbol(start, end, "", int(year), f"/{year}", parts, tail) if parts else None


def damaged_at(text: str, start: int) -> Symbol | None:
    """A number whose digits a scan has spoilt, before codes that it has not: `J@#8 /TCT-CS`. Kept as it stands."""
    head = _DAMAGED.match(text, start, start + REACH)
    if head is None:
        return None
    end, parts, tail = _parts(text, head.end(), False)
    known = parts and (organ_of(parts[0]) or len(parts) > 1)
    return Symbol(start, end, head["n"], None, "", parts, tail) if known else None


def _parts(text: str, pos: int, dated: bool) -> tuple[int, tuple[str, ...], str]:
    """The codes from `pos`: where they end, the codes, and the text of them with their separators."""
    parts: list[str] = []
    tail = ""
    while len(parts) < _MAX_PARTS:
        separator = _SEPARATOR.match(text, pos, pos + REACH)
        match = _CODE.match(text, separator.end(), separator.end() + REACH) if separator else None
        if separator is None or match is None:
            break
        mark = separator.group().strip().replace("_", "-")
        code, length = _code(match.group())
        if code and not parts and code.upper() in misread() and text[match.start() + length] == "-":
            code = misread()[code.upper()]
        end = match.start() + length
        if code is None or not _joins(separator.group(), code, text, end, parts, dated):
            break
        if separator.group().isspace() and match.group()[:length].islower():
            break   # `Nghị định 98/2023 đã hết hiệu lực` has no code ĐA
        if code.isdigit() and not (mark == "-" and parts and parts[-1] in ("L", "P")) and not (
            mark == "/" and parts == ["SL"] and len(code) == 2   # 01-SL/76
        ):
            break
        if not mark and dated and not parts:
            mark = "/"
        tail, pos = tail + mark + code, end
        parts.append(code)
        if length < len(match.group()):
            break
    return pos, tuple(parts), tail


def _code(raw: str) -> tuple[str | None, int]:
    """The code in its right spelling (None where the run is no code) and how much of the run it takes."""
    code = "".join(raw.split()).replace("§", "Đ")
    if code.isdigit():
        return code, len(raw)
    if known := _known(code):
        # letters with marks are as meant (HĐ is not HD); plain ones may have lost them (ND, QD, TTG)
        return (code if code.isupper() and not code.isascii() and "Ư" not in code else known), len(raw)
    if code.isupper():
        return code, len(raw)
    if (two := _TYPE_AND_ORGAN.fullmatch(code)) and _known(two["type"]) and _known(two["organ"]):
        return code, len(raw)
    glued = _CAPITALS_THEN_WORD.match(raw)
    if glued and (known := _known(glued["code"])):
        return known, glued.end("code")
    return None, 0


def _known(code: str) -> str | None:
    folded = fold_code(code)
    if folded in spelling():
        return spelling()[folded]
    stem = folded.rstrip("0123456789")
    return spelling()[stem] + folded[len(stem) :] if stem in spelling() else None


def _joins(separator: str, code: str, text: str, end: int, parts: list[str], dated: bool) -> bool:
    """Whether a code belongs to the symbol, by what stands before it."""
    if not separator.strip():
        if separator:  # a space alone: the old form `100 TC/QLCS`, and a lost slash after the year
            lost_slash = dated and _known(code) is not None
            return not parts and code.isupper() and (text[end : end + 1] in ("/", "-") or lost_slash)
        return dated and not parts and _known(code) is not None
    if separator[0] in " \n" and separator[-1] == " ":  # `QĐ - UBND`, but `12/QĐ - QUY ĐỊNH` ends before the dash
        following = text[end : end + 3].strip()[:2]
        return _known(code) is not None or (len(code) <= 6 and not (following.isupper() and following.isalpha()))
    return True

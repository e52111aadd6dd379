"""The head of a notice: organs, number, place and date, type, subject, addressees (boxes 2-5 and 9a of Decree 30).

In print the head has two columns. Converted to text, the columns may be joined row by row
(`BỘ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`), stand one under the other, or be lost; each row is
therefore cut at the national title, the motto and the place and date, and what stands left of them is the
left column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import regex

from corpus.datelines import edtf_day
from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.shadow import fold
from corpus.tables import rows

NATIONAL = regex.compile(  # fuzzy, for OCR; `Cộng hòa xã hội …`, `Việt Nam dân chủ cộng hòa`
    r"(?b)(?:(?:cong )?hoa xa hoi chu nghia viet nam){e<=4}|(?:nuoc )?viet nam dan chu cong hoa|dang cong san viet nam"
)
_NATIONAL_HINT = regex.compile(r"hoa xa|chu nghia|dan chu cong|dang cong san|xa hoi chu")
MOTTO = regex.compile(r"doc l[ae]p\W{1,4}(?:tu|ty).*")
_CODE = r"(?:TTg|TTr|QyĐ|CTr|\p{Lu}[\p{Lu}\d&]{0,15})(?!\p{Ll})"
SYMBOL = regex.compile(rf"\d{{1,5}}[a-zđ]?(?:\s?/\s?(?:19|20)\d{{2}})?\s?[/-]\s?{_CODE}(?:\s?[/-]\s?{_CODE}){{0,5}}(?!\w)")
_NUMBER = regex.compile(r"(?<!\w)s[oe06](?: ky)?(?: hieu)?\s?[:.;]?\s*(?=\d)")
PLACE_DATE = regex.compile(
    r"nga[yjiu]?(?P<day>\W{0,2}.{0,6}?)\W{0,2}[tk]hang(?P<month>.{0,6}?)\w{0,2}am\s{0,3}(?P<year>(?:19|20)\d{2})(?!\d)"
)
_CLEAN_NUMBER = regex.compile(r"[\s.,]*(\d{1,2})[\s.,]*")
_PLACE = regex.compile(
    r"(?<!\p{L})(?:(?:T\.?[Pp]\.?|Thành phố|thành phố|Tỉnh)\s?)?\p{Lu}\p{Ll}+(?:\s\p{Lu}?\p{Ll}+){0,4}(?=\s?[,.;:]?\s*$)"
    r"|^\p{Lu}+(?:\s\p{Lu}+){1,3}(?=\s?[,.;:]?\s*$)"
)
_ABOUT = regex.compile(r"(?:v\s?/\s?v|viv|vv|v/y)\W{0,2}\s*")
ADDRESS = regex.compile(r"(?<!\w)kinh g[uy]i\W{0,3}")
_TELEGRAM = regex.compile(r"(?:dien|gui)\s?:$")
BODY = regex.compile(
    r"(?:can cu|chieu|xet|theo de nghi|dieu \d|dieu thu|chuong [ivx\d]|phan [ivx\d]|ngay \d|thuc hien|tra loi|quyet nghi"
    r"|ra (?:sac lenh|quyet dinh)|[ivx]{1,3}\. |\d{1,2}\. )(?![a-z])"
)
_INLINE = regex.compile(
    r"(?:(?P<organ>(?:cua|,)\s[^\n]{3,80}?)\s)?so\s?:?\s?(?P<number>\d[^\s]{2,30})\s+(?:,\s)?ngay (?P<d>\d{1,2})"
    r"(?:/|\sthang\s)(?P<m>\d{1,2})(?:/|\snam\s)(?P<y>\d{4})\s*(?P<subject>[^\n]*)"
)
_BULLET = regex.compile(r"\s*[-~+•·*]\s*")
_ADDRESS_END = regex.compile(r"\(|d/c|dia chi|mst|ma so thue|so dien thoai")
_LEFT_ENOUGH, _LONGEST = 45, 300


@dataclass(slots=True)
class Head:
    """What was found of a head; `marks` counts how many of its boxes are there."""

    organs: list[Quoted] = field(default_factory=list)
    number: Quoted | None = None
    place: Quoted | None = None
    date: Quoted | None = None
    doc_type: Quoted | None = None
    subject: Quoted | None = None
    addressees: tuple[Quoted, ...] = ()
    national: bool = False
    motto: bool = False
    grounds: bool = False  # followed by `Căn cứ …`

    @property
    def marks(self) -> int:
        """How sure the head is one: the national title and `Kính gửi` count twice."""
        single = (self.motto, self.number, self.place or self.date, self.doc_type, self.grounds)
        return 2 * self.national + 2 * bool(self.addressees) + sum(bool(mark) for mark in single)


def read_head(text: str, lines: list[Line]) -> Head:
    """The head that begins in the first of these lines."""
    head = Head()
    left: list[Line] = []
    for place, line in enumerate(lines):
        if not line:
            continue
        if head.doc_type is None and (address := ADDRESS.search(line.folded)):
            head.addressees = _addressees(text, line, address.end(), lines[place + 1 :])
            break
        if BODY.match(line.folded) or len(line.shadow) > _LONGEST:
            head.grounds = line.folded.startswith("can cu")
            break
        rest = _cut(text, head, line, left)
        if not rest:
            continue
        if _TELEGRAM.search(rest.folded) and head.doc_type:
            head.addressees = _bullets(text, lines[place + 1 :])
            break
        if about := _ABOUT.match(rest.folded):
            head.subject = _about(text, rest.part(about.end()), lines[place + 1 :])
        elif head.doc_type is None and (found := _type(rest)):
            _read_type(text, head, rest, found, lines[place + 1 :])
        elif head.doc_type is None and head.subject is None:
            left.append(rest)
        elif not left and head.doc_type and _is_organ(rest) and rest.shadow.isupper():
            left.append(rest)  # `CHỦ TỊCH CHÍNH PHỦ …` under the subject: who issues
    head.organs = _organs(text, left)
    return head


def _cut(text: str, head: Head, line: Line, left: list[Line]) -> Line:
    """Take the right column and the number out of a row; what remains is the left column."""
    if _NATIONAL_HINT.search(line.folded) and (found := NATIONAL.search(line.folded)) and not head.national:
        head.national = True
        line = line.part(0, found.start())
        if line and _is_organ(line):
            left.clear()  # what stands above a two-column head is a stamp
    elif found := MOTTO.search(line.folded):
        head.motto = True
        line = line.part(0, found.start())
    if found := PLACE_DATE.search(line.folded):
        line = _place_and_date(text, head, line, found)
    if head.number is None:
        line = _take_number(text, head, line)
    elif head.place and len(line.shadow) < 4:
        return line.part(0, 0)
    return line


def _place_and_date(text: str, head: Head, line: Line, found: regex.Match[str]) -> Line:
    before, after = line.part(0, found.start()), line.part(found.end())
    place = _PLACE.search(before.shadow)
    if sum(char.isalpha() for char in after.folded) > 25 or (before and not place and found.start() > 3):
        return line  # a date inside a sentence
    if head.date is None:
        words = line.part(found.start(), found.end())
        head.date = quoted(text, [words], edtf_of(found)) if edtf_of(found) else None
        if place:
            head.place = quoted(text, [before.part(place.start(), place.end())])
    return before.part(0, place.start()) if place else before


def edtf_of(found: regex.Match[str]) -> str | None:
    """The day of a place-and-date match; only the month or year where the rest cannot be read."""
    month, day = (_CLEAN_NUMBER.fullmatch(found[part]) for part in ("month", "day"))
    year = found["year"]
    if not month or not 1 <= int(month[1]) <= 12:
        return year
    if not day:
        return f"{year}-{int(month[1]):02}"
    return edtf_day(int(year), int(month[1]), int(day[1]))


def _take_number(text: str, head: Head, line: Line) -> Line:
    start = _NUMBER.search(line.folded)
    found = SYMBOL.match(line.shadow, start.end()) if start else SYMBOL.fullmatch(line.shadow)
    if found:
        head.number = _symbol(text, line.part(found.start(), found.end()))
        before = line.part(0, start.start() if start else 0)
        return before if _type(before) is None else line.part(0, 0)
    if regex.match(r"s[oe06]\s?[:.]", line.folded):  # a number that cannot be read
        return line.part(0, 0)
    return line


def _symbol(text: str, line: Line) -> Quoted | None:
    return quoted(text, [line], regex.sub(r"\s+", "", line.shadow))


@cache
def _types() -> tuple[tuple[str, str], ...]:
    names = sorted((row["type"] for row in rows("notice_types").rows), key=len, reverse=True)
    return tuple((fold(name), name) for name in names)


def _type(line: Line) -> tuple[str, int] | None:
    """The type that a line states, and the length of its words: alone, before `của …`, or before `số …`."""
    for folded, name in _types():
        if line.folded.startswith(folded):
            rest = line.folded[len(folded) :].strip(" :.*-")
            if not rest or rest.startswith(("cua ", "so ", "so:")):
                return name, len(folded)
    return None


def _read_type(text: str, head: Head, line: Line, found: tuple[str, int], below: list[Line]) -> None:
    name, length = found
    head.doc_type = quoted(text, [line.part(0, length)], name)
    whole = [line.part(length), *[one for one in below[:2] if one]]
    if head.number is None and (inline := _INLINE.match("\n".join(one.folded for one in whole).replace("\n", " "))):
        _read_inline(text, head, whole, inline)
    elif head.subject is None:
        head.subject = quoted(text, _subject(below))


def _read_inline(text: str, head: Head, lines: list[Line], found: regex.Match[str]) -> None:
    """`Nghị định của Chính phủ số 114/2003/NĐ-CP ngày 10/10/2003 về …`, the head of older copies."""

    def words(group: str) -> list[Line]:
        start, end = found.span(group)
        cut, base = [], 0
        for line in lines:
            inside = line.part(min(max(0, start - base), len(line.shadow)), min(max(0, end - base), len(line.shadow)))
            cut += [inside] if inside else []
            base += len(line.shadow) + 1
        return cut

    if number := words("number"):
        head.number = _symbol(text, number[0])
    day = edtf_day(int(found["y"]), int(found["m"]), int(found["d"]))
    dated = words("d") + words("y")
    if day and dated:
        head.date = quoted(text, dated, day)
    head.subject = quoted(text, words("subject")) or head.subject


def _subject(below: list[Line]) -> list[Line]:
    found: list[Line] = []
    for line in below:
        if not line:
            if found or line.shadow:
                break
            continue
        organ = found and line.shadow.isupper() and not found[-1].shadow.isupper()
        if organ or BODY.match(line.folded) or len(line.shadow) > _LONGEST or line.shadow[0] == "(" or len(found) == 6:
            break
        if ADDRESS.search(line.folded) or (not found and _is_organ(line) and line.shadow.isupper()):
            break
        found.append(line)
    return found


def _about(text: str, first: Line, below: list[Line]) -> Quoted | None:
    """`V/v …` and the lines that carry it on; a blank line ends it unless the next begins in lower case."""
    found = [first] if first else []
    for line in below[:8]:
        if not line:
            continue
        if ADDRESS.search(line.folded) or len(line.shadow) > 90 or not line.shadow[0].islower():
            break
        found.append(line)
    return quoted(text, found)


def _addressees(text: str, line: Line, start: int, below: list[Line]) -> tuple[Quoted, ...]:
    first = line.part(start)
    if not first:
        return _bullets(text, below)
    if _BULLET.match(first.shadow):
        return _bullets(text, [first, *below])
    found = [first]
    for more in below[:4]:
        ended = found[-1].shadow.endswith((".", ";", ":")) or not more or len(more.shadow) > 120
        if ended or _ADDRESS_END.match(more.folded) or not (more.shadow[0].islower() or found[-1].shadow[-1] in ",-"):
            break
        found.append(more)
    whole = quoted(text, found)
    return (_stripped(whole),) if whole else ()


def _bullets(text: str, below: list[Line]) -> tuple[Quoted, ...]:
    """Items of a list, one for each bullet, until a line that is neither a bullet nor carries one on."""
    items: list[list[Line]] = []
    for line in below[:80]:
        if not line:
            continue
        bullet = _BULLET.match(line.shadow)
        if bullet:
            items.append([line.part(bullet.end())])
        elif items and not items[-1][-1].shadow.endswith((";", ".")) and line.shadow[0].islower():
            items[-1].append(line)
        else:
            break
    return tuple(_stripped(item) for lines in items if (item := quoted(text, lines)))


def _stripped(whole: Quoted) -> Quoted:
    return Quoted(whole.value.rstrip(" .;,:"), whole.start, whole.end)


@cache
def _organ_words() -> tuple[str, ...]:
    return tuple(sorted((f"{fold(row['word'])} " for row in rows("organ_words").rows), key=len, reverse=True))


def _is_organ(line: Line) -> bool:
    return f"{line.folded} ".startswith(_organ_words())


def _organs(text: str, left: list[Line]) -> list[Quoted]:
    """The organs of the left column, the highest first; a line that begins like no organ carries on the one above."""
    units: list[list[Line]] = []
    for line in left:
        if len(line.shadow) > 120:
            continue
        if _is_organ(line):
            units.append([line])
        elif units and len(units[-1]) < 3 and line.shadow[0].isalpha() and _like(line, units[-1][0]):
            units[-1].append(line)
    return [Quoted(found.value.strip(" -:.,|"), found.start, found.end) for unit in units if (found := quoted(text, unit))]


def _like(line: Line, first: Line) -> bool:
    """Whether both lines are in capitals, or neither."""
    return _capitals(line) == _capitals(first)


def _capitals(line: Line) -> bool:
    letters = [char for char in line.shadow if char.isalpha()]
    return sum(char.isupper() for char in letters) * 10 >= len(letters) * 7

"""The head of a notice: organs, number, place and date, type, subject, addressees (boxes 2-5 and 9a of Decree 30).

In print the head has two columns. Converted to text, the columns may be joined row by row
(`BỘ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`), stand one under the other, or be lost; each row is
therefore cut at the national title, the motto and the place and date, and what stands left of them is the
left column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

import regex

from corpus.datelines import edtf_day
from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.notice_words import in_capitals, is_organ, organs_of, type_of

_TITLE = "cong hoa xa hoi chu nghia viet nam"
_NATIONAL = regex.compile(
    r"(?:nuoc )?viet nam dan chu cong hoa\W*$|dang cong san viet nam\W*$|(?<!dan chu )\bcong h(?:oa|oi|ao)\b.*"
    r"|(?b)(?:hoa xa hoi chu nghia viet nam){e<=4}"  # scans lose letters
)
_NATIONAL_HINT = regex.compile(r"hoa xa|chu nghia|dan chu cong|dang cong san|xa hoi chu|cong h")
_DATE_CUT = regex.compile(r"\w, ?ngay(?: \d{1,2})?(?: thang)?(?: \d{1,2})?$")
_MOTTO = regex.compile(r"doc l\w{1,3}\W{0,4}t[uy].*|tu do\W{1,4}h\wnh ph.*")
_CODE = r"(?:TTg|TTr|QyĐ|CTr|\p{Lu}[\p{Lu}\d&]{0,15})(?!\p{Ll})"
_YEAR = r"(?:\s{0,4}/\s?(?:19|20)\d{2})?"
SYMBOL = regex.compile(
    rf"\d{{1,5}}[a-zđ]?(?:[.…]{{1,10}}(?=\s?/))?{_YEAR}\s{{0,4}}[/-]\s?{_CODE}(?:\s?[/-]\s?{_CODE}){{0,5}}(?!\w)"
)
_NUMBER = regex.compile(r"(?<!\w)s[oe06](?: ky)?(?: hieu)?\s?[:.;]?[\s.…]{0,20}(?=\d)")
_PAGE_MARK = regex.compile(r"\W*page( break| \d+)\W*")
PLACE_DATE = regex.compile(
    r"nga[yjiu]?(?P<day>\W{0,6}.{0,6}?)\W{0,6}[tk]hang(?P<month>.{0,10}?)\w{0,2}am[\s.…]{0,6}(?P<year>(?:19|20)\d{2})(?!\d)"
)
_CLEAN_NUMBER = regex.compile(r"[\s.,…]*(\d{1,2})[\s.,…]*")  # dots of a blank that was filled in
_PLACE = regex.compile(
    r"(?<!\p{L})(?:(?:T\.?[Pp]\.?|Thành phố|thành phố|Tỉnh)\s?)?\p{Lu}\p{Ll}+(?:\s\p{Lu}?\p{Ll}+){0,4}"
    r"(?=\s?[,.;:]?\s*$)"
    r"|^\p{Lu}+(?:\s\p{Lu}+){1,3}(?=\s?[,.;:]?\s*$)"
)
_ABOUT = regex.compile(r"\W{0,2}(?:v\s?/\s?[vyw]|vi[vw]|vv|vw)(?!\w)\W{0,2}\s*")
_MISREAD_ABOUT = regex.compile(r"\W{0,2}V[AWY4][vVyY]?\W{1,2}(?=\p{Ll}{2})")  # scans: `VA trả lời …`
ADDRESS = regex.compile(r"(?<!\w)kinh g(?:[uyt]|[uy]t)i\W{0,3}")
_TELEGRAM = regex.compile(r"(?:dien|gui)\s?:$")
BODY = regex.compile(
    r"(?:can cu|chieu|xet|theo de nghi|dieu \d|dieu thu|chuong [ivx\d]|phan [ivx\d]|ngay \d|thuc hien|tra loi"
    r"|quyet nghi|ra (?:sac lenh|quyet dinh)|[ivx]{1,3}\. |\d{1,2}\. )(?![a-z])"
)
_INLINE = regex.compile(
    r"(?:(?:(?P<joint>lien tich )?cua|,) (?P<organ>[^\n]{3,160}?)\s{1,3})?"
    r"so\s?:?\s?(?P<number>\d{1,5}\s{0,3}[/-]\S{2,30})"
    r"\s+(?:,\s)?ngay (?P<d>\d{1,2})"
    r"(?:/|\sthang\s)(?P<m>\d{1,2})(?:/|\snam\s?)(?P<y>\d{4})\s*(?P<subject>[^\n]*)"
)
_BULLET = regex.compile(r"\s*[-~+•·*]\s*")
_ADDRESS_END = regex.compile(r"\(|d/c|dia chi|mst|ma so thue|so dien thoai")
_OFFICE = regex.compile(
    r"(?:bo truong|chu tich|cuc truong|tong cuc truong|thong doc|giam doc|tong giam doc|vien truong)\b"
)
_OPEN_END = regex.compile(r"(?:\b(?:cua|va|tai|cho|do|voi|boi|theo|thuoc|ve|cac|dia)|,)$")
_ENDS_NUMBERED = regex.compile(rf"{SYMBOL.pattern}$")
_NAMED = ("hiến pháp", "luật", "bộ luật", "pháp lệnh")
_LONGEST = 300        # characters of a line of a subject
_LONGEST_ROW = 150    # of a row of a head


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
    awaited: str = ""      # words of the national title that the next line must bring

    @property
    def marks(self) -> int:
        """How sure the head is one: the national title and `Kính gửi` count twice."""
        single = (self.motto, self.number, self.place or self.date, self.doc_type, self.grounds)
        return 2 * self.national + 2 * bool(self.addressees) + sum(bool(mark) for mark in single)


def is_national(line: Line) -> regex.Match[str] | None:
    """Where the national title (or that of the Party) stands in a line, letters lost in scanning allowed for."""
    short = line.folded[:250]
    found = _NATIONAL.search(short) if _NATIONAL_HINT.search(short) else None
    if not found or len(found[0]) > 60:
        return None
    apart = found.start() == 0 or line.shadow[: found.start()].endswith("  ")  # small letters: fonts of the 1990s
    alone = apart and found.end() == len(short)
    return found if alone or in_capitals(line.part(found.start(), found.end())) else None


def read_head(text: str, lines: list[Line]) -> Head:
    """The head that begins in the first of these lines."""
    head = Head()
    left: list[Line] = []
    lines = _whole_dates(lines)
    prose = 0
    for place, line in enumerate(lines):
        prose += len(line.shadow) > _LONGEST_ROW
        if prose > 2 and not head.marks:  # an article
            break
        if not line or (head.subject and line.start < head.subject.end) or _PAGE_MARK.fullmatch(line.folded):
            continue
        if address := ADDRESS.search(line.folded):
            head.addressees = _addressees(text, line, address.end(), lines[place + 1 :])
            break
        if BODY.match(line.folded) or len(line.shadow) > _LONGEST:
            head.grounds = line.folded.startswith("can cu")
            break
        if not _read_line(text, head, line, left, lines[place + 1 :]):
            break
    head.organs = head.organs or organs_of(text, left)
    return head


def _whole_dates(lines: list[Line]) -> list[Line]:
    """The lines, with a place and date that were wrapped (`Lai Châu, ngày` / `19 tháng 11 năm 2025`) made one."""
    whole: list[Line] = []
    for line in lines:
        if line and whole and _DATE_CUT.search(whole[-1].folded):
            above = whole.pop()
            gap = " " * (line.start - above.end)
            shadow, folded = above.shadow + gap + line.shadow, above.folded + gap + line.folded
            line = Line(above.start, line.end, shadow, folded)
        whole.append(line)
    return whole


def _read_line(text: str, head: Head, line: Line, left: list[Line], below: list[Line]) -> bool:
    """Take one row into the head; False where the head has ended."""
    if head.doc_type is None and (found := type_of(line)) and _read_inline(text, head, line, found, below):
        return True
    rest = _cut(text, head, line, left)
    if not rest:
        return True
    if _TELEGRAM.search(rest.folded) and head.doc_type:
        head.addressees = _bullets(text, below)
        return False
    known = head.doc_type is None and (head.date or head.number)
    if about := _ABOUT.match(rest.folded) or (known and _MISREAD_ABOUT.match(rest.shadow)):
        head.subject = _about(text, rest.part(about.end()), below)
    elif head.doc_type is None and (found := type_of(rest)):
        head.doc_type = quoted(text, [rest.part(0, found[1])], found[0])
        head.subject = head.subject or quoted(text, _subject(below, named=found[0] in _NAMED))
    elif head.doc_type is None and head.subject is None:
        left.append(rest.part(2) if rest.shadow.startswith("- ") else rest)
        return not _is_prose(rest) or not (head.national or head.motto or head.number)
    elif not left and head.doc_type and is_organ(rest) and rest.shadow.isupper():
        left.append(rest)  # `CHỦ TỊCH CHÍNH PHỦ …` under the subject: who issues
    elif head.subject and _is_prose(rest):
        return False
    return True


def _is_prose(line: Line) -> bool:
    return len(line.shadow) > 60 and not in_capitals(line)


def _cut(text: str, head: Head, line: Line, left: list[Line]) -> Line:
    """Take the right column and the number out of a row; what remains is the left column."""
    if head.awaited and f"{head.awaited} ".startswith(f"{line.folded} "):
        head.awaited = head.awaited[len(line.folded) + 1 :]
        return line.part(0, 0)
    if not head.national and line.folded == "cong" and line.shadow.isupper():
        head.national, head.awaited = True, _TITLE[5:]
        return line.part(0, 0)
    if not head.national and (found := is_national(line)):
        head.national = True
        head.awaited = _TITLE[len(found[0]) + 1 :] if f"{_TITLE} ".startswith(f"{found[0]} ") else ""
        line = line.part(0, found.start())
        if line and is_organ(line):
            left.clear()  # what stands above a two-column head is a stamp
    elif found := _MOTTO.search(line.folded):
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
        return str(year)
    if not day:
        return f"{year}-{int(month[1]):02}"
    return edtf_day(int(year), int(month[1]), int(day[1]))


def _take_number(text: str, head: Head, line: Line) -> Line:
    start = _NUMBER.search(line.folded)
    found = SYMBOL.match(line.shadow, start.end()) if start else SYMBOL.fullmatch(line.shadow)
    before = line.part(0, start.start() if start else 0)
    named = not before or len(before.shadow) < 4 or (type_of(before) and "cua" not in before.folded)
    real = found and regex.search(r"\p{Lu}{2}|TTg", found[0])  # a lone letter is what scanning left of a code
    if found and real and named and sum(map(str.isalpha, line.shadow[found.end() :])) < 20:
        head.number = _symbol(text, line.part(found.start(), found.end()))
        return line.part(0, 0)
    if regex.match(r"s[oe06]\s?[:.]", line.folded):  # a number that cannot be read
        return line.part(0, 0)
    return line


def _symbol(text: str, line: Line) -> Quoted | None:
    return quoted(text, [line], regex.sub(r"[\s.…]+", "", line.shadow))


def _read_inline(text: str, head: Head, line: Line, kind: tuple[str, int], below: list[Line]) -> bool:
    """`Nghị định của Chính phủ số 114/2003/NĐ-CP ngày 10/10/2003 về …`, the head of older copies, if it is that."""
    name, length = kind
    rest = line.part(length)
    block = takewhile(lambda one: one and not ADDRESS.search(one.folded), below[:6])  # up to a blank line
    lines = [*([rest] if rest else []), *block]
    found = _INLINE.match(" ".join(one.folded for one in lines))
    if head.number or not found:
        return False

    def words(group: str) -> list[Line]:
        if found[group] is None:
            return []
        start, end = found.span(group)
        cut, base = [], 0
        for line in lines:
            inside = line.part(min(max(0, start - base), len(line.shadow)), min(max(0, end - base), len(line.shadow)))
            cut += [inside] if inside else []
            base += len(line.shadow) + 1
        return cut

    head.doc_type = quoted(text, [line.part(0, length)], f"{name} liên tịch" if found["joint"] else name)
    if number := words("number"):
        head.number = _symbol(text, number[0])
    if day := edtf_day(int(found["y"]), int(found["m"]), int(found["d"])):
        head.date = quoted(text, words("d") + words("y"), day)
    if organ := quoted(text, words("organ")):
        head.organs = [organ]
    head.subject = quoted(text, words("subject"))
    return True


def _subject(below: list[Line], *, named: bool = False) -> list[Line]:
    """The lines that say what it is about. What is `named` (a law) may have a name that begins like an organ's."""
    found: list[Line] = []
    for place, line in enumerate(below):
        if not line:
            if found or line.shadow:
                break
            continue
        issuer = found and _is_issuer(line, found[-1], below[place + 1 :])
        body = BODY.match(line.folded) and not (found and _carries_date(line, found[-1]))
        if issuer or body or len(line.shadow) > _LONGEST or line.shadow[0] == "(" or len(found) == 6:
            break
        if ADDRESS.search(line.folded) or (not found and not named and is_organ(line) and line.shadow.isupper()):
            break
        found.append(line)
    return found


def _carries_date(line: Line, above: Line) -> bool:
    """Whether a line that begins with a date belongs to the number that the line above ends with."""
    return line.folded.startswith("ngay") and _ENDS_NUMBERED.search(above.shadow) is not None


def _is_issuer(line: Line, above: Line, below: list[Line]) -> bool:
    """Whether a line under a subject names who issues (`BỘ TRƯỞNG BỘ TÀI CHÍNH`) and not the subject's end."""
    if not line.shadow.isupper():
        return False
    after = next((one for one in below if one), None)
    opens = is_organ(line) or bool(_OFFICE.match(line.folded))
    return not above.shadow.isupper() or (opens and not _OPEN_END.search(above.folded) and _opens_body(after))


def _opens_body(line: Line | None) -> bool:
    return line is None or bool(BODY.match(line.folded))


def _about(text: str, first: Line, below: list[Line]) -> Quoted | None:
    """`V/v …` and the lines that carry it on; a blank line ends it unless the next begins in lower case."""
    found = [first] if first else []
    for line in below[:8]:
        if not line:
            continue
        near = bool(found) and line.start - found[-1].end < 3 and not in_capitals(line) and ":" not in line.shadow
        goes_on = line.shadow[0].islower() or (near and not (PLACE_DATE.search(line.folded) or is_organ(line)))
        if ADDRESS.search(line.folded) or len(line.shadow) > 90 or not goes_on or BODY.match(line.folded):
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
        elif (line.shadow.endswith(";") and len(line.shadow) < 120) or (items and _closes(line, items[-1][-1])):
            items.append([line])
        elif items and not items[-1][-1].shadow.endswith((";", ".")) and line.shadow[0].islower():
            items[-1].append(line)
        else:
            break
    return tuple(_stripped(item) for lines in items if (item := quoted(text, lines)))


def _closes(line: Line, above: Line) -> bool:
    """Whether a line is the last item of a list without bullets: short, and all above it end in `;`."""
    return above.shadow.endswith(";") and len(line.shadow) < 80 and line.shadow[0].isupper()


def _stripped(whole: Quoted) -> Quoted:
    return Quoted(whole.value.rstrip(" .;,:"), whole.start, whole.end)

"""The foot of a notice: recipients (Nơi nhận, box 9b) and signature block (boxes 7a-7c of Decree 30)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.notice_words import in_capitals, is_organ
from corpus.shadow import fold
from corpus.tables import is_surname, surname_ending, table

RECIPIENTS = regex.compile(r"\W*(?:noi nh[aei]n|n[oe][ti] nh[aei]n(?=\s?:))\W*")
_BULLET = regex.compile(r"\s*(?:[-~+•·*]\s*)+")
_FILED = regex.compile(r"l\w{1,2}\b\s?[:.]|luu\b")
_PURPOSE = regex.compile(r"\s*\((?:để|đề|dé|đế)?\s?[\p{L}/. ]{1,30}\)\W*$")
_POWER = regex.compile(
    r"(?<![^\s_])(?<![,;] )(?:TM|KT|TL|TUQ|TUN|T/M|T\.M|K/T|T/L)"
    r"(?:\s?[.,/]\s?(?=\p{Lu}{2}|\p{Ll}{2,4}\s\p{Lu}{4}|(?:[Cc]hính phủ|Bộ|Ủy ban|Uỷ ban|Chủ tịch|Thủ tướng)\b)"
    r"|\s(?=\p{Lu}{2,}\s\p{Lu}{2}))"
)
_POWER_CUT = regex.compile(r"(?:uy ban|hoi dong)(?: nhan)?$|,$")  # its last words are on the next line
_PAGE_MARK = regex.compile(r"\W*page( break| \d+)\W*")
_SIGNED = regex.compile(r"\W*(?:da ky|ky ten|ky|ky, dong dau|ky, ghi ro ho ten|ky ten, dong dau)\W*")
_RANKS = r"(?:(?:GS|PGS|TS|ThS|BS|LS)\.?\s?|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)\s)*"
_NAME = r"\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*){1,4}|\p{Lu}{2,}(?:\s\p{Lu}+){1,3}"
NAME = regex.compile(rf"{_RANKS}(?P<name>{_NAME})")
_BEHEADED = regex.compile(r"(?P<rest>\p{Ll}{3,7})(?:\s\p{Lu}\p{Ll}+){1,4}")
_MODIFIER = r"(?:q\.\s?|quyen |pho |nguyen )?"
_PLAIN_TITLE = regex.compile(r"(?:[a-z.]+[ ,-]*){1,8}")  # a title not in capitals: few words, no figures, no marks
_COLUMN = regex.compile(rf"\s{{3,}}|;\s+(?=\p{{Lu}}{{2}}|(?:{_NAME})$)|(?<=\.)\s{{2,}}(?=(?:{_NAME})$)")
_CELL = regex.compile(r"\S(?:[^\s|]|\s(?![\s|]))*")
_MOST = 60


@dataclass(slots=True)
class Foot:
    """What was found of a foot."""

    recipients: tuple[Quoted, ...] = ()
    power: Quoted | None = None
    signer_title: Quoted | None = None
    signer: Quoted | None = None
    signers: tuple[Quoted, ...] = ()
    signer_titles: tuple[Quoted, ...] = ()

    @property
    def marks(self) -> int:
        """How many parts are there; a signer alone is no mark, a list of recipients with a signer counts twice."""
        signed = len(self.recipients) > 2 and self.signer
        return sum(map(bool, (self.recipients, self.power, self.signer_title and self.signer, signed)))


def read_foot(text: str, lines: list[Line]) -> Foot:
    """The foot among these lines. The recipients may stand before, after or beside the signature."""
    foot = Foot()
    listed = next((place for place, line in enumerate(lines) if RECIPIENTS.match(line.folded)), None)
    after = None
    if listed is not None:
        foot.recipients, after = _recipients(text, lines, listed)
    near = max(0, listed - 16) if listed is not None else max(0, len(lines) - 45)
    until = (after or listed or 0) + 20 if listed is not None else len(lines)
    _sign(text, foot, [_right_column(line) for line in lines[near:until] if line])
    if foot.signer is None and foot.signer_title is None and after is not None:
        foot.signer = _name_below(text, lines[after : after + 8])
    foot.signer_titles, foot.signers = _all_signatures(text, foot, lines[near:until])
    if foot.signer is None and foot.signers:
        foot.signer = foot.signers[0]
    return foot


def _all_signatures(
    text: str, foot: Foot, lines: list[Line]
) -> tuple[tuple[Quoted, ...], tuple[Quoted, ...]]:
    """Titles and names of a notice that several sign, one under the other or side by side (joint circulars).

    No more names count than there are titles above them; a notice that one signs has one of each at most.
    """
    one = tuple(part for part in (foot.signer_title,) if part), tuple(part for part in (foot.signer,) if part)
    titles: list[Quoted] = []
    names: list[Quoted] = []
    for cell in (cell for line in lines if line for cell in _cells(line)):
        title, name = title_of(cell), name_of(text, cell)
        if title and not _power(cell) and (named := quoted(text, [title])):
            titles.append(named)
        elif name and len(names) < len(titles) and all(name.value != other.value for other in names):
            names.append(name)
    several = len(names) > 1 and (foot.signer is None or any(name.start == foot.signer.start for name in names))
    return (tuple(titles), tuple(names)) if several else one


def _cells(line: Line) -> list[Line]:
    """The columns of a row, told by a gap, a tab or a bar."""
    return [part for cell in _CELL.finditer(line.shadow) if (part := line.part(*cell.span()))]


def title_of(line: Line) -> Line | None:
    """The title that a line consists of, or that closes it in capitals."""
    return _titled(line)


def name_of(text: str, line: Line) -> Quoted | None:
    """The person whose name a line is, without rank or degree."""
    found = NAME.fullmatch(line.shadow)
    if not found or not _is_name(line):
        return None
    return quoted(text, [line.part(found.start("name"), found.end("name"))])


def _right_column(line: Line) -> Line:
    """What stands in the last column of a row: after `Nơi nhận:`, after an item's `;`, after a gap."""
    if power := _power(line):
        return power
    if head := RECIPIENTS.match(line.folded):
        return line.part(head.end())
    cuts = list(_COLUMN.finditer(line.shadow))
    return line.part(cuts[-1].end()) if cuts else line


def _recipients(text: str, lines: list[Line], listed: int) -> tuple[tuple[Quoted, ...], int]:
    """The items under `Nơi nhận`, without the file copy (`Lưu: VT`), and the line after the last."""
    items: list[list[Line]] = []
    place = listed
    for place, line in enumerate(lines[listed + 1 : listed + _MOST], listed + 1):
        if not line or _PAGE_MARK.fullmatch(line.folded):
            continue
        bullet = _BULLET.match(line.shadow)
        if bullet:
            words = line.part(bullet.end())
            if _FILED.match(words.folded):
                place += 1
                break
            items.append([_left_column(words)])
        elif items and _continues(line, items[-1][-1]):
            items[-1].append(_left_column(line))
        elif _FILED.match(line.folded) and items:
            place += 1
            break
        elif _is_item(line):  # its bullet is lost
            items.append([_left_column(line)])
        elif not _right_only(line):
            break
    found = (quoted(text, item) for item in items)
    return tuple(_recipient(one) for one in found if one and any(map(str.isalpha, one.value))), place


def _continues(line: Line, above: Line) -> bool:
    """Whether a line carries on a recipient: it begins in lower case, or the one above ends in a comma."""
    return line.shadow[0].islower() or (above.shadow.endswith(",") and not _power(line))


def _is_item(line: Line) -> bool:
    """Whether a line without a bullet is a recipient: it ends like one, and neither power nor name is in it."""
    return line.shadow.endswith(";") and line.shadow[0].isupper() and not _power(line) and len(line.shadow) < 120


def _left_column(line: Line) -> Line:
    cut = regex.search(r"\s{3,}|;", line.shadow) or _POWER.search(line.shadow)
    return line.part(0, cut.start()) if cut else line


def _right_only(line: Line) -> bool:
    """A row in which only the right column says something: power, title, `(đã ký)`, a short scrap of OCR."""
    return bool(_power(line) or _titled(line) or _SIGNED.fullmatch(line.folded) or len(line.shadow) < 6)


def _recipient(one: Quoted) -> Quoted:
    value = _PURPOSE.sub("", one.value.strip(" .;,-"))
    return Quoted(value.strip(" .;,-"), one.start, one.end)


def _sign(text: str, foot: Foot, lines: list[Line]) -> None:
    """Power, title and name: the first power line, else the last line that is only a title with a name below."""
    powers = [place for place, line in enumerate(lines) if _power(line)]
    if powers:
        first = powers[0]
        chain = [_power(lines[first]) or lines[first]]
        while (first := first + 1) < len(lines) and (first in powers or _POWER_CUT.search(chain[-1].folded)):
            chain.append(_power(lines[first]) or lines[first])
        foot.power = quoted(text, chain)
        _title_and_name(text, foot, lines[first:])
        return
    for place in range(len(lines) - 1, -1, -1):
        if titled := _titled(lines[place]):
            name = _name_below(text, lines[place + 1 :], within=8)
            if name:
                cut = place + 1 < len(lines) and _nearly(lines[place + 1], titled)
                foot.signer_title, foot.signer = None if cut else quoted(text, [titled]), name
                return


def _power(line: Line) -> Line | None:
    """What a line says from `TM.`, `KT.`, `TL.` or `TUQ.` on, if that is in capitals."""
    found = _POWER.search(line.shadow)
    words = line.part(found.start()) if found else None
    return words if words and (in_capitals(words) or len(words.folded.split()) < 8) else None


def _title_and_name(text: str, foot: Foot, lines: list[Line]) -> None:
    for place, line in enumerate(lines[:4]):
        if titled := _titled(line):
            cut = place + 1 < len(lines) and _nearly(lines[place + 1], titled)  # a seal covers `KT.` and `PHÓ`
            more = lines[place + 1 : place + 3] if not cut else []
            wrapped = _wrapped_title(titled, more)
            foot.signer_title = None if cut or _cut_in_front(lines[place], titled) else quoted(text, [titled, *wrapped])
            lines = lines[place + 1 + cut + len(wrapped) :]
            break
        if _is_name(line):
            break
    foot.signer = _name_below(text, lines)


def _wrapped_title(title: Line, below: list[Line]) -> list[Line]:
    """The next line where it carries a title on (`TRƯỞNG PHÒNG TUYÊN TRUYỀN` / `HỖ TRỢ NGƯỜI NỘP THUẾ`)."""
    line = below[0] if below else None
    if line is None or len(below) < 2 or not title.shadow.isupper() or not line.shadow.isupper():
        return []
    long = len(title.folded.split()) > 3 and len(line.folded.split()) > 2
    plain = all(char.isalpha() or char in " ,-" for char in line.shadow)
    other = _titled(line) or _power(line) or _is_name(line)
    return [line] if long and plain and not other else []


def _cut_in_front(line: Line, title: Line) -> bool:
    """Whether a smudge stands where a title's first words belong (`PHO pes CUC TRUONG`): it may be a deputy's."""
    return regex.search(r"\S\s\p{Ll}{2,4}\s?$", line.shadow[: title.start - line.start]) is not None


def _name_below(text: str, lines: list[Line], within: int = 14) -> Quoted | None:
    """The first line that is a person's name and nothing else."""
    for line in [line for line in lines if line][:within]:
        if (found := NAME.fullmatch(line.shadow)) and _is_name(line):
            return quoted(text, [line.part(found.start("name"), found.end("name"))])
        if mended := _mended_name(text, line):
            return mended
    return None


def _mended_name(text: str, line: Line) -> Quoted | None:
    """A name whose first letter a seal covers (`guyễn Văn An`), if only one surname ends so; the span is as read."""
    found = _BEHEADED.fullmatch(line.shadow)
    surname = surname_ending(found["rest"]) if found else None
    if found is None or surname is None:
        return None
    return quoted(text, [line], f"{surname}{line.shadow[found.end('rest') :]}")


def _is_name(line: Line) -> bool:
    found = NAME.fullmatch(line.shadow)
    if not found or _titled(line) or (line.shadow.isupper() and (is_organ(line) or _nearly_title(line))):
        return False
    first = found["name"].split()[0]
    return is_surname(first) and not (line.shadow.isupper() and fold(first) == "pho")  # Phó is a surname too


@cache
def _titles() -> regex.Pattern[str]:
    words = sorted((fold(row["title"]) for row in table("corpus", "signer_titles")), key=len, reverse=True)
    return regex.compile(rf"(?<!\w){_MODIFIER}(?:{'|'.join(words)})(?!\w)")


def _nearly(line: Line, other: Line) -> bool:
    """Whether two lines differ by one letter at most."""
    pairs = zip(line.folded, other.folded, strict=False)
    return len(line.folded) == len(other.folded) and sum(one != two for one, two in pairs) <= 1


@cache
def _misread_titles() -> regex.Pattern[str]:
    return regex.compile(f"(?:{_titles().pattern}){{s<=1}}")


def _nearly_title(line: Line) -> bool:
    """Whether a line is a title with one letter misread."""
    return _misread_titles().fullmatch(line.folded) is not None


def _titled(line: Line) -> Line | None:
    """The title that a line consists of, or that closes it in capitals."""
    found = _titles().search(line.folded)
    if not found or len(line.shadow) > 120:
        return None
    title = line.part(found.start())
    if title.shadow.isupper():
        return title
    return title if found.start() == 0 and title.shadow[0].isupper() and _PLAIN_TITLE.fullmatch(title.folded) else None

"""Heads of what courts publish: precedents (án lệ; Resolution 04/2019/NQ-HĐTP) and judgments (bản án, quyết định;
Resolution 01/2017/NQ-HĐTP, forms 27-HC, 52-DS), whose number, day and subject stand on lines of their own."""

from __future__ import annotations

import regex

from corpus.datelines import edtf_day
from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.notice_head import Head

_PRECEDENT = regex.compile(
    r"an le so ?:? ?(?P<number>\d{1,3} ?/ ?(?:20)\d{2} ?/ ?al)(?:\[\d{1,2}\])? ?(?P<about>\S.*)?$"
)
_ADOPTED = regex.compile(
    r"duoc (?P<organ>hoi dong tham phan toa an nhan dan toi cao) thong qua"
    r" ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})"
)
_JUDGMENT = regex.compile(
    r"(?P<type>ban an|quyet dinh(?: giam doc tham| tai tham| phuc tham)?) so ?:? ?"
    r"(?P<number>\d{1,5} ?/ ?\d{4} ?/ ?[a-zđ]{2,6} ?- ?[a-zđ]{2,4}(?:-[a-z]{1,4})?)"
)
_DAY = regex.compile(r"ngay ?:? ?(?P<d>\d{1,2}) ?(?P<s>[/.-]|thang) ?(?P<m>\d{1,2}) ?(?:(?P=s)|nam) ?(?P<y>\d{4})$")
_COURT = regex.compile(r"(?:toa an nhan dan|toa an quan su|hoi dong tham phan)\b[^.;:]{3,90}$")
_NAMES = {"ban an": "bản án", "quyet dinh": "quyết định"}
_TOP = 12  # lines


def read_court_head(text: str, lines: list[Line]) -> Head | None:
    """The head of a precedent or judgment; None for all other texts."""
    top = [line for line in lines if line][:_TOP]
    for place, line in enumerate(top):
        if found := _PRECEDENT.match(line.folded):
            return _precedent(text, line, found, top[place + 1 :])
        if (found := _JUDGMENT.match(line.folded)) and len(line.folded) < 90 and (head := _judgment(text, top, place)):
            return head
    return None


def _precedent(text: str, line: Line, found: regex.Match[str], below: list[Line]) -> Head | None:
    head = Head(doc_type=quoted(text, [line.part(0, len("án lệ"))], "án lệ"))
    head.number = _symbol(text, line.part(*found.span("number")))
    about = [line.part(*found.span("about"))] if found["about"] else []
    for more in below:
        if adopted := _ADOPTED.match(more.folded):
            head.date = _day(text, more, adopted)
            head.organs = [one] if (one := quoted(text, [more.part(*adopted.span("organ"))])) else []
            break
        if more.shadow[0] != "[" and not found["about"]:
            about.append(more)
    head.subject = quoted(text, about)
    return head if head.date else None


def _judgment(text: str, top: list[Line], place: int) -> Head | None:
    """A judgment names its court above or its day below; a citation in prose has neither on a line of its own."""
    found = _JUDGMENT.match(top[place].folded)
    day = next(((one, hit) for one in top[place:] if (hit := _DAY.match(one.folded))), None)
    court = next((one for one in top if _COURT.match(one.folded) and one.shadow.isupper()), None)
    if not found or not (day and court):
        return None
    name = found["type"]
    head = Head(doc_type=quoted(text, [top[place].part(*found.span("type"))], _NAMES.get(name, "quyết định")))
    head.number = _symbol(text, top[place].part(*found.span("number")))
    head.date = _day(text, *day)
    head.organs = [one] if (one := quoted(text, [court])) else []
    return head


def _symbol(text: str, line: Line) -> Quoted | None:
    return quoted(text, [line], regex.sub(r"\s+", "", line.shadow))


def _day(text: str, line: Line, found: regex.Match[str]) -> Quoted | None:
    day = edtf_day(int(found["y"]), int(found["m"]), int(found["d"]))
    return quoted(text, [line.part(found.start("d"), found.end("y"))], day) if day else None

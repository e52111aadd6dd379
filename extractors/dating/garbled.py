"""Days that a scanner or a pen has spoilt: `ngày AY tháng fp năm 2023`, `ngàyä4 kháng 2 năm 2023`.

The month or year that can be read is kept, what cannot be read is `XX`.
"""

from __future__ import annotations

import regex

from extractors.calendar import is_day
from extractors.dating.atoms import Atom, Grain

_JUNK = r"(?:[^\s.,…_]{1,4}|[^\s.,…_]{1,2} [^\s.,…_]{1,2})"
_HEAD = rf"(?<!\p{{L}})(?P<head>ng[àaâảáạ]y) ?(?P<day>{_JUNK})"
_DAY = regex.compile(rf"{_HEAD} $")
_DAY_AND_MONTH = regex.compile(rf"{_HEAD} \p{{L}}?háng (?P<month>{_JUNK}) $")
_WORDS = frozenset({
    "này", "đó", "ấy", "kia", "nọ", "nào", "sau", "trước", "đầu", "cuối", "mai", "nay", "qua", "một", "hai", "ba",
    "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "tới", "nghỉ", "lễ", "hội", "thi", "rằm", "của", "và", "là",
    "thứ", "giữa", "hết", "sinh", "mất", "đi", "về", "có", "theo", "trong", "kể", "ký",
})  # fmt: skip
_DIGIT = regex.compile(r"\d")
_BACK = 28


def with_lost_day(text: str, read: list[Atom], free: int) -> list[Atom]:
    """The atom of a month or year together with the spoilt day before it; none where no such day stands there."""
    atom = read[0]
    if len(read) > 1 or atom.year is None or atom.grain not in ("month", "year"):
        return []
    before = text[max(free, atom.start - _BACK) : atom.start]
    if "háng " not in before and not (atom.grain == "month" and "ng" in before):
        return []
    found = (_DAY if atom.grain == "month" else _DAY_AND_MONTH).search(before)
    if found is None or any(word in _WORDS for word in found["day"].split()):
        return []
    if found["head"] != "ngày" and not _DIGIT.search(found["day"]):
        return []   # bàn ngay chuyện tháng 6
    month = atom.month
    if atom.grain == "year":
        if any(word in _WORDS for word in found["month"].split()):
            return []
        said = found["month"]
        month = int(said) if said.isdecimal() and 1 <= int(said) <= 12 else None
    day = int(found["day"]) if found["day"].isdecimal() else None
    if day is not None and not (month and is_day(atom.year, month, day)):
        day = None
    grain: Grain = "day" if day else "lost"
    return [Atom(atom.start - len(before) + found.start(), atom.end, grain, "day-garbled", atom.year, month, day)]

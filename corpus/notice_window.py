"""The days between which a notice without a date of its own was issued, as far as its words prove them.

It is no older than the latest numbered document or past event that it cites by day, and no younger than a deadline
that it sets. A day of entry into force, a deadline or any day to come proves nothing of the past, and nothing else:
notices of the 1990s took force before they were signed.
"""

from __future__ import annotations

import regex

from corpus.datelines import edtf_day
from corpus.document import Quoted
from corpus.shadow import fold, shadow

_DAY = (
    r"ngay ?(?P<d>\d{1,2}) ?(?:(?P<s>[/.-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<y>(?:19|20)\d{2})"
    r"|thang ?(?P<mm>\d{1,2}) ?,? ?nam ?(?P<yy>(?:19|20)\d{2}))(?!\d)"
)
_ANY = regex.compile(_DAY)
_SIGNED = regex.compile(rf"thoi gian ky ?:? ?(?P<day>{_DAY.removeprefix('ngay ?')})")
_CITED = regex.compile(
    r"(?:so ?:? ?[\w./-]{1,12}[/-] ?[a-z\d&./-]{1,24}|(?:luat|phap lenh|hien phap) [^\n.;:]{3,90}) ?,? (?:de )?$"
)
_OPENS = regex.compile(r"(?:^|[\n.;:“\"]\s?)[-+* \t]{0,6}(?:vao )?$")
_AIM = regex.compile(r"\b(?:gui|bao cao|hoan thanh|xong|trinh|nop|dang ky|tong hop|ve)\b")
_LIMIT = regex.compile(
    r"(?:truoc|(?:cham|muon) nhat(?: la)?(?: vao)?)(?: \d{1,2} (?:gio|h)(?: \d\d)?(?: phut)?,?)? $"
)
_PAST = regex.compile(r"\b(?:da|nhan duoc|tiep nhan)\b")
_FORCE = regex.compile(r"hieu luc|(?:tu|den|truoc|sau|het) $")
_NO_CITATION = regex.compile(r"hieu luc|thi hanh(?! an)|ap dung|thoi han|\bse\b|\b(?:tu|den|toi|truoc|sau|het)\W*$")
_FUTURE = regex.compile(r"hieu luc|thi hanh (?:tu|ke)|\b(?:se|phai|can|chua|du kien)\b")
_BEFORE, _AFTER = 160, 220  # characters around a day that are looked at


def read_window(text: str) -> tuple[Quoted | None, Quoted | None]:
    """The latest day cited as past and the earliest day looked ahead to, EDTF, with the words that prove them."""
    folded = fold(shadow(text))
    past: list[Quoted] = []
    ahead: list[Quoted] = []
    for found in _ANY.finditer(folded):
        day = _edtf(found)
        if day is None:
            continue
        before = folded[max(0, found.start() - _BEFORE) : found.start()]
        after = folded[found.end() : found.end() + _AFTER]
        sentence = regex.split(r"[.;\n](?=\s|$)", after, maxsplit=1)[0]
        if (proof := _past(before, sentence)) is not None:
            past.append(Quoted(day, found.start() - proof, found.end()))
        elif (limit := _LIMIT.search(before)) and _looks_ahead(before[: limit.start()], sentence, text, found.start()):
            ahead.append(Quoted(day, found.start() - len(before) + limit.start(), found.end()))
    ahead += [Quoted(day, one.start(), one.end()) for one in _SIGNED.finditer(folded) if (day := _edtf(one))]
    earliest = max(past, key=lambda one: (one.value, -one.start), default=None)
    later = [one for one in ahead if earliest is None or one.value >= earliest.value]
    return earliest, min(later, key=lambda one: (one.value, one.start), default=None)


def interval(not_before: Quoted | None, not_after: Quoted | None) -> str | None:
    """The window as an EDTF interval, `..` for an open end; None where nothing is proved.

    >>> interval(Quoted("2014-05-09", 0, 1), None)
    '2014-05-09/..'
    """
    if not (not_before or not_after):
        return None
    return f"{not_before.value if not_before else '..'}/{not_after.value if not_after else '..'}"


def _edtf(found: regex.Match[str]) -> str | None:
    year, month = found["y"] or found["yy"], found["m"] or found["mm"]
    return edtf_day(int(year), int(month), int(found["d"]))


def _past(before: str, sentence: str) -> int | None:
    """How many characters before a day help to prove it past: a numbered document, or none for `Ngày …, … đã …`."""
    if cited := _CITED.search(before.replace("\n", " ")):
        return None if _NO_CITATION.search(_after_name(cited[0])) else len(before) - int(cited.start())
    opens = _OPENS.search(before) is not None and not _FORCE.search(before[-12:])
    said = sentence[:120]
    return 0 if opens and _PAST.search(said) and not _FUTURE.search(said) else None


def _after_name(cited: str) -> str:
    """What stands right before the day: of the name of a law, which may hold any word, the last six."""
    return " ".join(cited.split()[-6:])


def _looks_ahead(before: str, sentence: str, text: str, at: int) -> bool:
    """Whether a limit is set for what is to be done: an aim before it, nothing done, no words of another's."""
    clause = regex.split(r"[.;\n](?=\s)", before)[-1]
    quoted = text.rfind("“", max(0, at - 600), at) > text.rfind("”", max(0, at - 600), at)
    told = _PAST.search(clause) or _PAST.search(sentence)
    return bool(_AIM.search(clause)) and not told and not quoted and len(sentence) < 120

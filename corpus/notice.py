"""Header and signature block of an official notice (Decree 30/2020/NĐ-CP, Annex I, and its forerunners since 1945)."""

from __future__ import annotations

import regex

from corpus.datelines import edtf_day
from corpus.document import Notice, Quoted
from corpus.lines import Line, lines_of
from corpus.notice_court import read_court_head
from corpus.notice_foot import RECIPIENTS, Foot, read_foot
from corpus.notice_head import ADDRESS, Head, is_national, read_head
from corpus.notice_parts import read_annexes, read_attestation, read_bases, read_footnotes
from corpus.notice_properties import read_properties
from corpus.notice_window import read_window
from corpus.shadow import fold, shadow

_HEAD, _TAIL = 7000, 5000  # characters
_LEAST_BODY = 300          # characters between a head and its first annex
_WHOLE_DAY = len("2014-05-09")
_ENOUGH = 3                # marks that make a text a notice
_PROSE = 220               # a longer line before the head means that the text only quotes a notice
_ADOPTED = regex.compile(  # laws and resolutions; Law on Promulgation of Legal Documents
    r"^\W?(?:hien phap|bo luat|luat|phap lenh|nghi quyet) nay (?:da )?duoc (?:uy ban thuong vu )?quoc hoi[^\n]{0,120}?"
    r"thong qua ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})", regex.M
)
_CLOSING = regex.compile(  # what a letter or decree ends with
    r"\./\.|(?:tra loi|thong bao|huong dan|chuyen)[^\n]{0,160}\bbiet\b|chiu trach nhiem thi hanh[^\n]{0,80}$", regex.M
)


def read_notice(text: str, start: int = 0) -> Notice | None:
    """The notice that a text is, None for news and other prose. `start` is where front matter ends.

    A text is a notice if at least three marks are there: the national title (counts two), the motto, a number, a
    place and date, a type that stands alone, `Căn cứ` below it, `Kính gửi` (two), `Nơi nhận`, the power to sign, a
    title with a name, a closing formula, three rows of a property table (three).
    """
    lines = lines_of(text, start, start + _HEAD)
    head = read_court_head(text, lines) or _head(text, lines, trusted=start > 0)
    properties = read_properties(text, [line for line in lines if line][:60])
    tail = fold(shadow(text[-_TAIL:]))
    if not (head.marks or len(properties) >= 3 or RECIPIENTS.search(tail)):
        return None
    annexes = read_annexes(text, start)
    foot = _foot(text, start, annexes)
    closing = bool(_CLOSING.search(tail))
    table = 3 if len(properties) >= 3 else 0
    if head.marks + foot.marks + closing + table < _ENOUGH or not (head.marks or table or foot.marks >= 2):
        return None
    stated = properties if table else {}
    attestation = read_attestation(text)
    day = head.date or stated.get("date") or _adopted(text) or _attested(attestation)
    not_before, not_after = read_window(text) if day is None or len(day.value) < _WHOLE_DAY else (None, None)
    return Notice(
        parent=head.organs[-2] if len(head.organs) > 1 else None,
        organ=head.organs[-1] if head.organs else stated.get("organ"),
        number=head.number or stated.get("number"),
        place=head.place or stated.get("place"),
        date=day,
        doc_type=head.doc_type or stated.get("doc_type"),
        subject=head.subject or stated.get("subject"),
        addressees=head.addressees,
        recipients=foot.recipients,
        power=foot.power,
        signer_title=foot.signer_title or stated.get("signer_title"),
        signer=foot.signer or stated.get("signer"),
        signers=foot.signers or tuple(part for part in (stated.get("signer"),) if part),
        signer_titles=foot.signer_titles or tuple(part for part in (stated.get("signer_title"),) if part),
        bases=read_bases(text, start, letter=bool(head.addressees)),
        annexes=annexes,
        footnotes=read_footnotes(text),
        attestation=attestation,
        not_before=not_before,
        not_after=not_after,
    )


def _foot(text: str, start: int, annexes: tuple[Quoted, ...]) -> Foot:
    """The foot; where no recipients are listed, above the first annex, if anything is signed there."""
    span = _foot_span(text, start)
    whole = read_foot(text, lines_of(text, *span))
    end = next((annex.start for annex in annexes if annex.start > start + _LEAST_BODY), None)
    if end is None or whole.recipients:
        return whole
    before = read_foot(text, lines_of(text, max(start, end - _TAIL), end))
    return before if before.power or before.signer else whole


def _attested(attestation: tuple[Quoted, ...]) -> Quoted | None:
    """The day on which a consolidated text was attested, which is the day of its own number."""
    return next((part for part in attestation if part.value[:4].isdigit()), None)


def _adopted(text: str) -> Quoted | None:
    """The day on which the National Assembly passed what has no place and date: `… thông qua ngày …` at its end."""
    start = max(0, len(text) - _TAIL)
    found = next(reversed(list(_ADOPTED.finditer(fold(shadow(text[start:]))))), None)
    day = edtf_day(*(int(found[part]) for part in "ymd")) if found else None
    return Quoted(day, start + found.start("d"), start + found.end("y")) if found and day else None


def _head(text: str, lines: list[Line], *, trusted: bool) -> Head:
    """The head at the top, or, below front matter and property tables, around the national title."""
    from_title = next((n for n, line in enumerate(lines) if is_national(line)), None)
    top = [line for line in lines if line][:3]
    if from_title is not None and from_title > 12:
        before = lines[:from_title]
        if not trusted and any(len(line.shadow) > _PROSE for line in before):
            from_title = None
        else:
            return read_head(text, _above(before) + lines[from_title:])
    if from_title is None and top and not any(ADDRESS.search(line.folded) for line in top):
        lines = lines[:40]
    return read_head(text, lines)


def _above(before: list[Line]) -> list[Line]:
    """The few lines straight above the national title: the left column where it is printed first."""
    found: list[Line] = []
    for line in reversed(before[-6:]):
        if line and len(line.shadow) > 80:
            break
        found.insert(0, line)
    return found


def _foot_span(text: str, start: int) -> tuple[int, int]:
    """Where the foot is looked for: around the first `Nơi nhận` (annexes may follow it), else at the end."""
    folded = fold(shadow(text))
    listed = regex.search(r"^\W{0,12}noi nh[aei]n\b", folded[start:], regex.M)
    if listed is None:
        return max(start, len(text) - _TAIL), len(text)
    at = start + listed.start()
    return max(start, at - 1500), min(len(text), at + _TAIL)

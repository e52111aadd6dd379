"""Title, date, author, source and kind of a document: what its container states, else what its text shows.

Nothing is guessed. A date is taken, in this order, from the record's field, the page's metadata, the text's own
front matter, a line near the title that holds nothing but a date, or a notice's place-and-date line. The date
of something that the text reports is never the document's date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from corpus.datelines import date_line, stated_date
from corpus.document import Doubt, Notice
from corpus.notice import read_notice
from corpus.notice_doubts import unveiled, veiled
from corpus.notice_window import interval
from corpus.shadow import fold, shadow
from corpus.tables import folded, is_surname
from corpus.title_lines import is_no_title, typed_title, without_mark

_HEAD = 4000   # characters that title and date line are looked for in
_TAIL = 3000   # characters that the byline is looked for in
_NOTICE_HEAD = 7000  # characters that a notice's head lies in, with what may stand above it
_LINES_ABOVE_DATE = 6
_LONGEST_STATED = 2000  # characters of what a container states

_NAME = r"\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}*\.?){1,4}"
_FRONT_MATTER = regex.compile(r"\A\s*---[ \t]*\n((?:[^\n]*+\n){1,60}?)---[ \t]*\n")
_FRONT_FIELD = regex.compile(r"^([a-z_]{2,30}):[ \t]*(.{1,300}?)[ \t]*$", regex.M)
_FRONT_DATES = ("ngay_ban_hanh", "date", "published")
_MARKDOWN = " \t#*_>|\u200b\ufeff"
_PAGE_MARK = regex.compile(r"\W*(?:page|trang)?\W*\d*\W*", regex.I)
_SENTENCE_END = (".", ";", ",", ":")

_SOURCE_LEAD = regex.compile(
    r"(?:\p{Lu}[\p{L} ]{1,20}\s)?\((?P<a>\p{Lu}[\p{L}\d.]*+(?:\s[\p{L}\d]+){0,2})\)\s*-\s*\S"    # (PLVN) - …
    r"|\((?P<b>\p{Lu}{2,8}|[\p{L}\d]+\.(?:vn|VN|com|net))\)\s+\p{Lu}"                        # (ĐTCK) Hoạt động …
    r"|(?P<c>\p{Lu}{2,6}(?:\.VN)?)\s-\s\p{Lu}"                                              # TTO - …
)
_BY = regex.compile(
    rf"(?P<name>{_NAME})\s?-\s?(?P<role>\p{{Lu}}[^:.;]{{3,70}})"    # Trần Hồng Quang - Cục trưởng …
    rf"|(?P<initial>\p{{Lu}}\.\s?(?:\p{{Lu}}\.\s?)?\p{{Lu}}\p{{Ll}}+)"      # T.Quyên
    rf"|(?P<full>{_NAME})"
    r"|(?P<desk>(?:Nhóm\s)?(?:PV|P\.V|Phóng viên|BBT|Ban biên tập|TTXVN)(?:\s\p{Lu}[\p{L} ]{1,20})?)"
    rf"|\(?(?:{_NAME}\s?[-,(]?\s?)?Theo\s"
    r"(?:(?P<agency>\p{Lu}[\p{L}\d ./&-]{1,50}?[\p{L}\d])|(?P<named>[\p{L} ]{4,40}))\)?"
)


def storable(said: str) -> str:
    """What a container states, as it can be stored: no NUL, no half of a surrogate pair, not without end."""
    return said[:_LONGEST_STATED].encode("utf-8", "replace").decode().replace("\x00", "").strip()


def describe(
    text: str, stated: Mapping[str, str] | None = None, *, date_rule: str = "stated", date_lines: bool = True,
    doubtful: Sequence[Doubt] = (),
) -> dict[str, Any]:
    """The fields of a Document that tell what it is: title, date, date_rule, author, source, kind, notice, metadata.

    `stated` is what the container says (title, date, author, source); `date_rule` names its rule. A stated date
    that cannot be understood stays in `metadata["date"]`. Without `date_lines` the text's own date line does not
    count: pages print today's date above their articles. What rests on `doubtful` figures is not stated.
    """
    stated = {name: said for name, raw in (stated or {}).items() if (said := storable(raw))}
    front, body = front_matter(text)
    sure = veiled(text, doubtful)
    notice = read_notice(sure, body)
    if notice:
        notice = unveiled(notice, text, sure)
    odd: dict[str, str] = {}
    day, rule = None, None
    if raw := stated.get("date"):
        day, rule = stated_date(raw), date_rule
        if day is None:
            odd["date"] = raw
    if day is None:
        day, rule = _date_of(sure, body, front, notice, date_lines)
    window = interval(notice.not_before, notice.not_after) if notice else None
    if window and (day is None or len(day) < len("2014-05-09")):
        odd["date_window"] = window  # never the date
    return {
        "title": stated.get("title") or front.get("title") or title_of(text, notice, body),
        "date": day,
        "date_rule": rule if day else None,
        "author": stated.get("author") or (None if notice else byline(text)),
        "source": stated.get("source") or source_lead(text, body) or (None if notice else agency(text)),
        "kind": "notice" if notice else "news",
        "notice": notice,
        "metadata": odd,
    }


def _date_of(
    text: str, body: int, front: Mapping[str, str], notice: Notice | None, date_lines: bool
) -> tuple[str | None, str | None]:
    for key in _FRONT_DATES:
        if key in front and (day := stated_date(front[key])):
            return day, "front-matter"
    lines = _lines(text[body : body + _HEAD])[:_LINES_ABOVE_DATE]
    for line in lines if date_lines else ():
        wrapped = notice is not None and fold(line).startswith("ngay")  # the end of a subject: `… công văn` / `ngày …`
        if not wrapped and (day := date_line(line)):
            return day, "date-line"
        if len(line) > 400:  # the text itself has begun
            break
    if notice and notice.date:
        return notice.date.value, "notice-head" if notice.date.start < _NOTICE_HEAD else "notice-adopted"
    return None, None


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of a Markdown file's front matter (`key: value` between `---` lines), and where the text begins."""
    block = _FRONT_MATTER.match(text[:_HEAD])
    if not block:
        return {}, 0
    fields = {key: value.strip("\"'") for key, value in _FRONT_FIELD.findall(block[1])}
    return (fields, block.end()) if fields else ({}, 0)


def title_of(text: str, notice: Notice | None = None, start: int = 0) -> str | None:
    """The title that the text itself shows: a notice's type and subject, else its first line if that is one.

    A first line is a title if it is short, does not end like a sentence and something follows it; a line said
    twice at the top is a title in any case.
    """
    if notice:
        if not notice.subject:
            return typed_title(_lines(text[start : start + _HEAD]))
        kind = f"{notice.doc_type.value.capitalize()} " if notice.doc_type else ""
        if fold(notice.subject.value).startswith(fold(kind)):
            kind = ""
        return without_mark(kind + notice.subject.value)
    lines = [line for line in _lines(text[start : start + _HEAD]) if not _PAGE_MARK.fullmatch(line)]
    if typed := typed_title(lines):
        return typed
    for place, line in enumerate(lines[:3]):
        if date_line(line) or len(line.split()) < 3 or is_no_title(line):
            continue
        if line in lines[place + 1 : place + 5]:
            return without_mark(line)
        looks = len(line) <= 250 and not line.endswith(_SENTENCE_END) and not _SOURCE_LEAD.match(shadow(line))
        return without_mark(line) if looks and len(lines) > place + 1 else None
    return None


def byline(text: str) -> str | None:
    """Who wrote it: the last short line that is a name, a name with an office, a desk, or `Theo …`."""
    found = _byline(text)
    return found[0] if found else None


def agency(text: str) -> str | None:
    """The paper or agency that the byline takes the article from (`Theo TTXVN`)."""
    found = _byline(text)
    return found[1]["agency"] if found else None


def _byline(text: str) -> tuple[str, regex.Match[str]] | None:
    lines = [line for line in text[-_TAIL:].split("\n") if line.strip()]
    if len(text) > _TAIL:
        lines = lines[1:]  # the first may be the end of a paragraph
    for back, raw in enumerate(reversed(lines[-5:])):
        line = raw.strip(_MARKDOWN)
        if len(line) > 90 or len(line.split()) > 14:
            continue
        found = _BY.fullmatch(shadow(line))
        if found and _is_person(found, last=back == 0) and len(lines) > back + 1:
            return line, found
    return None


def _is_person(found: regex.Match[str], *, last: bool) -> bool:
    """A bare name must begin with a Vietnamese surname, unless it closes the text, where pen names stand."""
    if found["named"]:
        return last
    if found["role"]:
        return is_surname(found["name"].split()[0], marks=True)
    if found["full"]:
        words = found["full"].split()
        return fold(found["full"]) not in _places() and (is_surname(words[0], marks=True) or (last and len(words) <= 3))
    return True


def _places() -> frozenset[str]:
    return folded("provinces", "name", "variants") | {"viet nam"}


def source_lead(text: str, start: int = 0) -> str | None:
    """The paper named where the text begins: `(PLVN) -`, `(Chinhphu.vn) -`, `TTO -`."""
    for line in _lines(text[start : start + _HEAD])[:6]:
        if found := _SOURCE_LEAD.match(shadow(line)):
            name = str(found["a"] or found["b"] or found["c"])
            return None if fold(name) in _places() else name
    return None


def _lines(text: str) -> list[str]:
    """Lines that say something, without Markdown marks."""
    stripped = (line.strip(_MARKDOWN) for line in text.split("\n"))
    return [line for line in stripped if any(char.isalnum() for char in line)]

"""What a page is about, where its first line says nothing else: a public body, or a post (`Bộ trưởng Bộ Tài chính`)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from corpus.document import Document
from extractors.organisations import Reader
from extractors.titles import Post

_FIRST_LINE = regex.compile(r"\s{0,5}#? ?(?=\p{L})")
_ASIDE = regex.compile(r"(?: \([^()\n]{1,40}\))?(?:,[^\n]{0,60})?\s*\Z")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Subject:
    """The post or the body, with the first word of the body in lower case; all None where a page has neither."""

    post: Post | None = None
    org: str | None = None
    head: str = ""


NO_SUBJECT = Subject()


def page_subject(reader: Reader, posts: list[Post], title: str | None = None) -> Subject:
    """The post or body that the first line of a page names and, but for brackets and the body above, nothing else.

    A page whose text lacks its heading has it as `title` alone.
    """
    subject = _of_first_line(reader, posts)
    if subject is not NO_SUBJECT or title is None or title.strip() in reader.shadow[:_LONGEST]:
        return subject
    heading = Reader(Document(id="title", text=f"{title.strip()}\n"))
    return _of_first_line(heading, [])


def _of_first_line(reader: Reader, posts: list[Post]) -> Subject:
    opened = _FIRST_LINE.match(reader.shadow)
    at = opened.end() if opened else 0
    end = reader.shadow.find("\n", at)
    if opened is None or end < 0 or end - at > _LONGEST:
        return NO_SUBJECT
    line = reader.shadow[at:end].split(" (")[0]   # the brackets tell one page from another: `(Việt Nam)`
    post = next((post for post in posts[:3] if post.start == at), None)
    if post and (post.end >= at + len(line) or reader.shadow[post.end:at + len(line)].strip() in ("", "Việt Nam")):
        org = post.main.org.split(" (")[0] if post.main.org else None
        return Subject(post, org, org.split()[0].lower() if org else "")
    body, head = reader.read(at), reader.head_at(at)
    if body is None or head is None:
        marked = "#" in reader.shadow[:at] and head is not None
        return Subject(None, line.split(",")[0], head[1].words) if marked and head else NO_SUBJECT
    stop = min(body[0], at + len(line))
    if "#" in reader.shadow[:at]:   # a heading holds nothing but the name, known to the tables or not
        stop = at + len(line.split(",")[0]) if reader.shadow[stop:stop + 1] == " " else stop
    if _ASIDE.match(reader.shadow, stop, end) is None:
        return NO_SUBJECT
    above = reader.read(stop + 2) if reader.shadow.startswith(", ", stop) else None
    if above and not above[1].words.startswith("quân đội"):   # an army only tells whose body it is, as brackets do
        stop = min(above[0], at + len(line))
    return Subject(None, " ".join(reader.text[at:stop].split()), body[1].words)


_LISTED = regex.compile(
    r"(?:^|\n)(?:\[sửa \| sửa mã nguồn\])?(#{1,6}) ?"
    r"(?:((?:danh sách|thành viên|thành phần|cơ cấu|nhân sự|lãnh đạo) (?:(?:các|thành viên|nhân sự) )?))?"
    r"([^\n]{0,120})",
    regex.I,
)
_SHORT = regex.compile(r"\p{Lu}{3,}(?:&\p{Lu}{2,})?(?: nước \p{Lu}{3,})?(?=\s*\Z)")


def section_bodies(reader: Reader) -> list[tuple[int, str | None]]:
    """Where the sections of a page begin, each with the body whose members it lists (`## Danh sách HĐQP`) or None.

    The sections under such a one (`### 1960–1964`) list members of the same body.
    """
    found: list[tuple[int, str | None]] = []
    outer: tuple[int, str | None] = (9, None)
    if "anh sách" not in reader.shadow and "hành viên" not in reader.shadow and "#" not in reader.shadow[:400]:
        return found
    for match in _LISTED.finditer(reader.shadow):
        level = len(match[1])
        if level <= outer[0]:
            outer = level, _listed_body(reader, match.start(3), match.end(3)) if match[2] else None
        found.append((match.start(3), outer[1]))
    return found if any(org for _, org in found) else []


def _listed_body(reader: Reader, start: int, end: int) -> str | None:
    short = _SHORT.match(reader.shadow, start, end)
    body = reader.read(start)
    stop = short.end() if short else body[0] if body else start
    return " ".join(reader.text[start:stop].split()) if stop > start and not reader.shadow[stop:end].strip() else None

"""What a page is about, where its first line says nothing else: a public body, or a post (`Bộ trưởng Bộ Tài chính`)."""

from __future__ import annotations

from dataclasses import dataclass

import regex

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


def page_subject(reader: Reader, posts: list[Post]) -> Subject:
    """The post or body that the first line of a page names and, but for brackets and the body above, nothing else."""
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
    return Subject(None, " ".join(reader.text[at:stop].split()), body[1].words)

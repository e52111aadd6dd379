"""The table that stands beside an encyclopaedia page about a person: offices, their terms, who came before and after.

An office is a line of its own (`Tư lệnh Quân chủng Không quân | |`) above its term (`Nhiệm kỳ`) and the rows that
belong to it (`Tiền nhiệm`, `Kế nhiệm`, `Thứ trưởng`). Pages often lose those lines: a row under a term that no office
heads says nothing, save under the first, whose office is the one that the prose knows the person for.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from extractors.offices.bodies import Bodies
from extractors.offices.mentions import Mention
from extractors.offices.reading import name_at
from extractors.organisations import Reader
from extractors.titles import Post

_NEIGHBOUR = regex.compile(r"\|?[ *]*(?:tiền nhiệm|kế nhiệm)[ *]*\|[ *]*(?:\d[^|\n]{0,20}\|)?", regex.I)


def give_role(
    reader: Reader, by_start: dict[int, Mention], start: int, title: str | None, org: str | None, rule: str
) -> None:
    """State a role of the name that begins at `start`, whether it is known as a mention or not."""
    mention = by_start.get(start)
    if mention is None:
        name = name_at(reader, start, named=False)
        if name is None:
            return
        mention = Mention(start, *name)
    mention.role = (title, org)
    mention.rule = mention.rule or rule
    by_start[start] = mention


class Infobox:
    """The offices of a page's subject, who is known for `title` and `org`; `heads` are the posts that open a term."""

    def __init__(
        self, reader: Reader, bodies: Bodies, heads: list[Post], subject: Mention, title: str, org: str | None
    ) -> None:
        self._reader, self._bodies, self._heads, self._subject = reader, bodies, heads, subject
        self._known_for = title, org
        self._terms = [term.start() for term in _TERM_WORDS.finditer(reader.lower)]

    def add(self, by_start: dict[int, Mention]) -> None:
        """Give those before and after the subject, and its deputies, the offices that the table says they had."""
        for match in _NEIGHBOUR.finditer(self._reader.lower):
            office = self._office(match.start())
            if office is not None and _FORMER.match(office[0]) is None:
                role = _aside(self._reader, match.end(), *office)
                give_role(self._reader, by_start, match.end(), *role, "table")
        for mention in by_start.values():
            post = mention.left
            if post is None or post.main.org or "|" not in self._reader.shadow[post.end:mention.start]:
                continue
            office = self._office(post.start)
            if office and _is_deputy(in_words(self._reader, post).lower(), office[0].lower()):
                mention.org = office[1]

    def _office(self, at: int) -> tuple[str, str | None] | None:
        """Title and body of the office to which a row belongs; None where no line above its term names one."""
        index = bisect_left(self._heads, at, key=lambda post: post.start)
        if index:
            head = self._heads[index - 1]
            opened = _TERM.match(self._reader.lower, head.end)
            told = opened is not None and opened[0].endswith("nhiệm kỳ")
            if bisect_left(self._terms, at) - bisect_left(self._terms, head.end) == told:
                return in_words(self._reader, head), self._bodies.complete(head, self._subject)
        return None if bisect_left(self._terms, at) > 1 else self._known_for


_TERM_WORDS = regex.compile(r"nhiệm kỳ")
_FORMER = regex.compile(r"(?:nguyên|cựu|cố) ", regex.I)


def _is_deputy(title: str, of: str) -> bool:
    """`phó bí thư` of a `bí thư`, `phó trưởng ban` of a `trưởng ban`, `thứ trưởng` of a `bộ trưởng`."""
    return (title, of) == ("thứ trưởng", "bộ trưởng") or title.startswith(f"phó {of}")


def in_words(reader: Reader, post: Post) -> str:
    """The title of a post in the words of the text."""
    return " ".join(reader.text[post.main.start:post.main.title_end].split())


_BRACKETS = regex.compile(r"[^|\n()]{4,30}\((?:(?P<acting>quyền)|(?P<body>\p{Lu}[^()\n]{3,60}))\)")


def _aside(reader: Reader, at: int, title: str, org: str | None) -> tuple[str, str | None]:
    """Title and body of a neighbour whose brackets tell them: `NAME (quyền)`, `NAME (Bộ Điện và Than)`."""
    brackets = _BRACKETS.match(reader.shadow, at)
    if brackets is None:
        return title, org
    if brackets["acting"]:
        return f"quyền {title}", org
    body = reader.read(brackets.start("body"), after_title=True)
    inner = " ".join(reader.text[brackets.start("body"):brackets.end("body")].split())
    return title, inner if body else org


def heads_a_term(reader: Reader, post: Post) -> bool:
    """A line of an infobox that is nothing but a post, with its term of office on the next."""
    before = reader.shadow[max(0, post.start - 4):post.start]
    if before[before.rfind("\n") + 1:].strip(" |*") or "\n" not in before:
        return False
    return _TERM.match(reader.lower, post.end) is not None


_TERM = regex.compile(r"[ |*]{0,12}\n[ |*]{0,6}(?:nhiệm kỳ|tiền nhiệm|kế nhiệm)")

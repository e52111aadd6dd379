"""Predecessors: `được bầu làm <post>, thay ông A`, `thay ông A giữ chức <post>` give A the office that passes on.

As with every role, what is stated is the office (guidelines ch. 3), not that it is a former one.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import regex

from extractors.lexicon import table
from extractors.offices.bodies import Bodies
from extractors.offices.infobox import in_words
from extractors.offices.mentions import Mention
from extractors.offices.reading import honorific_pattern
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post, is_public

_SUCCEEDS = regex.compile(   # between the post and the word of succession: a term, a note, a day
    r"(?:[^\n.;]|\.(?=\d)){0,70}"
)
_TAKES_ON = regex.compile(   # but not `thay ông A được điều về làm Phó Chủ tịch`, where A goes to
    r"(?: vào)?(?: [\d/.-]+)? (?:giữ chức|giữ chức vụ|làm|đảm nhiệm|đảm nhận|ở|trên) (?:vai trò |cương vị |vị trí )?\Z"
)
_NEW = regex.compile(r"\Atân | (?:mới|tiếp theo|kế tiếp)\Z", regex.I)
_TAKES = regex.compile(   # the new holder's act before the post
    r"(?<!\p{L})(?:bầu|bổ nhiệm|giữ|giữ chức|giữ chức vụ|làm|là|chức|chức vụ|chức danh|trở thành|nhậm chức|phân công"
    r"|chỉ định|phụ trách|cương vị|tân|nhận chức|vị trí|đảm nhiệm|đảm nhận) (?:\p{L}+ )?\Z"
)
_FAR = 90   # characters before a name in which its words of succession begin
_RANKS = r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá)|chuẩn tướng|phó đô đốc|đô đốc|tướng)"


@cache
def _replaced() -> regex.Pattern[str]:
    words = sorted((row["words"] for row in table("succession")), key=len, reverse=True)
    return regex.compile(
        r"(?<!\p{L})(?:" + "|".join(map(regex.escape, words)) + r")[, -]{1,3}"
        rf"(?:(?:{honorific_pattern()}|{_RANKS})[. ]{{1,2}}){{0,3}}\Z"
    )


def add_predecessors(reader: Reader, bodies: Bodies, posts: list[Post], mentions: list[Mention]) -> None:
    """Give the person replaced the office that the sentence says another takes."""
    starts = [post.start for post in posts]
    for at, mention in enumerate(mentions):
        if len(mention.syllables) < 2:
            continue
        link = _replaced().search(reader.lower, max(0, mention.start - _FAR), mention.start)
        if link is None:
            continue
        post = _taken_on(reader, posts, starts, mention)
        if post is not None and at and mentions[at - 1].end + 1 == link.start():
            _give(reader, bodies, mentions[at - 1], post, "successor")   # `B thay ông A giữ chức …`
        post = post or _passed_on(reader, posts, starts, link.start())
        if post is not None:
            _give(reader, bodies, mention, post, "predecessor")


def _give(reader: Reader, bodies: Bodies, mention: Mention, post: Post, rule: str) -> None:
    if mention.role or any(_is_office(post) for post in mention.posts) or len(mention.syllables) < 2:
        return
    mention.role = _NEW.sub("", in_words(reader, post)), bodies.complete(post, mention)
    mention.rule = mention.rule or rule


def _taken_on(reader: Reader, posts: list[Post], starts: list[int], mention: Mention) -> Post | None:
    after = bisect_left(starts, mention.end)
    if after == len(posts) or not _TAKES_ON.fullmatch(reader.lower, mention.end, posts[after].start):
        return None
    return posts[after] if _is_office(posts[after]) else None


def _passed_on(reader: Reader, posts: list[Post], starts: list[int], link: int) -> Post | None:
    index = bisect_left(starts, link)
    before = posts[index - 1] if index else None
    if before is None or not _is_office(before) or before.end > link:
        return None
    if not _SUCCEEDS.fullmatch(reader.shadow, before.end, link):
        return None
    return before if _TAKES.search(reader.lower, max(0, before.start - 30), before.start) else None


def _is_office(post: Post) -> bool:
    return post.main.entry.kind not in NOT_OFFICES and is_public(post.main) is True

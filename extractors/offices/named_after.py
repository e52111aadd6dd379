"""Names of people that ships and streets bear together with a rank: `tuần dương hạm Đô đốc Ushakov`."""

from __future__ import annotations

import regex

from extractors.offices.mentions import Mention
from extractors.offices.reading import inside_a_name
from extractors.organisations import Reader
from extractors.titles import Post

_SHIP = regex.compile(
    r"(?<!\p{L})(?:tàu|hạm|chiếc|chiến hạm|uss|amiral|soái hạm|tuần dương hạm|khu trục hạm)"
    r"(?: (?!của|do|và|với|theo|khi|mà|cùng|cho|trong|để|nói|từ|bởi|dưới|được)\p{Ll}++){0,7}+ \"?(?:là |gồm )?\Z"
)
_NEXT_SHIP = regex.compile(r"(?:,| và|, và) \Z")
_REACH = 60     # characters before a ship's name in which its type is looked for


def without_namesakes(reader: Reader, mentions: list[Mention]) -> list[Mention]:
    """The mentions without ships and streets that bear a rank as part of their name."""
    ships: set[tuple[str, ...]] = set()
    kept: list[Mention] = []
    end = -1
    for mention in mentions:
        post = mention.left
        if post is None or mention.right or post.main.org or _beyond_rank(post):
            kept.append(mention)
            continue
        at = post.start
        joined = 0 <= end < at and at - end < 8 and _NEXT_SHIP.search(reader.shadow, end, at) is not None
        if joined or inside_a_name(reader, at) or _SHIP.search(reader.lower, max(0, at - _REACH), at):
            ships.add(mention.syllables)
            end = mention.end
        kept.append(mention)
    ships -= {mention.syllables for mention in kept if any(_beyond_rank(post) for post in mention.posts)}
    return [mention for mention in kept if mention.syllables not in ships]


def _beyond_rank(post: Post) -> bool:
    return any(part.entry.kind != "rank" for part in post.parts)

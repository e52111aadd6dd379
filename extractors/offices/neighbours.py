"""What mentions take from their neighbours: a post said of several names, a body said behind the name."""

from __future__ import annotations

from bisect import bisect_left

import regex

from extractors.names import is_foreign_syllable, names_in_a_row
from extractors.offices.mentions import Mention
from extractors.offices.reading import skip_honorifics
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post


def complete_mentions(reader: Reader, posts: list[Post], mentions: list[Mention]) -> None:
    """Share posts among the names of a list, cut names that run on, and read bodies behind names."""
    _share(reader, mentions)
    _trim(reader, mentions)
    _part(reader, posts, mentions)
    _scholars(reader, mentions)


_NAME_LEFT = 14   # characters that a polite word before a name can take


# -- several names, one post ---------------------------------------------------------------------------------

_LIST = regex.compile(r"(?:, (?:cùng )?|,? và | cùng |; ?)")
_PLURAL = regex.compile(r"(?:các|hai|ba|bốn|năm|những|gồm|2|3|4|5) \Z")


def _share(reader: Reader, ordered: list[Mention]) -> None:
    """`A, B, C, Phó Cục trưởng` and `các Thứ trưởng A, B và C`: the post is everybody's."""
    for index, mention in enumerate(ordered):
        if mention.right and not mention.left:
            _share_left(reader, ordered, index)
        elif mention.left and not mention.right:
            _share_right(reader, ordered, index, mention.left)


def _share_left(reader: Reader, ordered: list[Mention], index: int) -> None:
    """Back over `A, B và ông C` to the first of them, where the list is announced or the post is said of all."""
    back, joined = index, False
    while back and not ordered[back - 1].right:
        between = reader.lower[ordered[back - 1].end:min(ordered[back].start, ordered[back - 1].end + 30)]
        link = _AND_ALSO.fullmatch(between)
        if link is None:
            break
        joined = joined or "và" in link[0] or "cùng" in link[0]
        back -= 1
    before = reader.lower[max(0, ordered[back].start - 12):ordered[back].start].rstrip()
    said = joined and (ordered[index].passing or reader.lower.startswith(_SAID_OF_ALL, ordered[index].end))
    if back < index and (before[-1:] in (";", ":") or said):
        for earlier in ordered[back:index]:
            if earlier.left is None or earlier.left.main.entry.kind in NOT_OFFICES:
                earlier.right, earlier.rule = ordered[index].right, "shared-post"
                earlier.passing = ordered[index].passing


_AND_ALSO = regex.compile(
    r"(?:, | và |, và | cùng )"
    r"(?:(?:ông|bà|các ông|các bà|đồng chí|luật sư|luật gia|đại tá|\p{Ll}+ tướng|gs|pgs|ts)[. ]){0,3}"
)
_SAID_OF_ALL = (" là ", " làm ", " được bầu ", " được bổ nhiệm ", " giữ chức ", " cùng là ", " đều là ")


def _share_right(reader: Reader, ordered: list[Mention], index: int, post: Post) -> None:
    first = ordered[index]
    plural = _PLURAL.search(reader.lower, max(0, post.start - _NAME_LEFT), post.start)
    if plural is None and ":" not in reader.shadow[post.end:first.start]:
        return
    while index + 1 < len(ordered):
        following = ordered[index + 1]
        between = reader.lower[ordered[index].end:min(following.start, ordered[index].end + 30)]
        link = _LIST.match(between)
        if following.posts or link is None:
            return
        if skip_honorifics(reader.shadow, ordered[index].end + link.end()) != following.start:
            return
        following.left, following.rule = post, "shared-post"
        index += 1


_CLOSED = regex.compile(r"[ ]?(?:[|,.;:)\"\n-]|\Z)")
_TO_CELL = regex.compile(r"(?:[ ]?\([^()|\n]{1,12}\))?[ *]*\|[ *]*(?=\p{Lu})")
_CELL = regex.compile(
    r"(?:\p{Lu}\p{Ll}*+(?:\[\d+\])?(?: (?:\([^()|\n]{1,30}\)(?:\[\d+\])? ?)?|(?= ?[|\n]))){4,60}+[ *]*(?=[|\n]|\Z)"
)


_TO_WALL, _LONGEST_CELL = 64, 8000   # characters: without an end, a pattern looks for its `|` through the whole text


def _part(reader: Reader, posts: list[Post], mentions: list[Mention]) -> None:
    """Holders of one post in one cell of a table, one after the other: `| Tổng Bí thư | Lê Duẩn Trường Chinh |`."""
    known = {mention.start: mention for mention in mentions}
    for post in posts:
        wall = None if post.main.private else _TO_CELL.match(reader.shadow, post.end, post.end + _TO_WALL)
        cell = _CELL.match(reader.shadow, wall.end(), wall.end() + _LONGEST_CELL) if wall else None
        if cell is None:
            continue
        names = [name for words in _WORDS.finditer(reader.shadow, *cell.span()) for name in _names_in(words)]
        if len(names) < 2:
            continue
        for at in range(*cell.span()):
            known.pop(at, None)
        for number, (start, end, syllables) in enumerate(names):
            rule = "shared-post" if number else "post-name"
            known[start] = Mention(start, end, syllables, left=post, rule=rule)
    mentions[:] = sorted(known.values(), key=lambda mention: mention.start)


_WORDS = regex.compile(r"\p{Lu}[\p{L} ]++")
_SYLLABLE = regex.compile(r"\p{L}++")


def _names_in(words: regex.Match[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Start, end and syllables of the full names that words are made of; none where some are left over."""
    syllables = list(_SYLLABLE.finditer(words.string, *words.span()))
    parts = names_in_a_row([syllable[0] for syllable in syllables])
    return [
        (syllables[first].start(), syllables[last - 1].end(), tuple(part[0] for part in syllables[first:last]))
        for first, last in parts
    ]


def _trim(reader: Reader, mentions: list[Mention]) -> None:
    """Takes the capital of what follows from the end of a name that the document has without it."""
    known = {mention.syllables for mention in mentions if len(mention.syllables) > 2}
    for mention in mentions:
        if _CLOSED.match(reader.shadow, mention.end):
            continue
        while len(mention.syllables) > 3 and mention.syllables[:-1] in known:
            mention.end -= len(mention.syllables[-1]) + 1
            mention.syllables = mention.syllables[:-1]
    _untie(reader, mentions)


def _untie(reader: Reader, mentions: list[Mention]) -> None:
    """Takes the name of a foreign unit from the front of a name: `đặc nhiệm Quds Qassim Suleimani`."""
    known = {mention.syllables for mention in mentions if len(mention.syllables) > 1}
    for mention in mentions:
        rest = mention.syllables[1:]
        unit = mention.left.main if mention.left else None
        if unit and unit.org and not unit.foreign and len(rest) > 1 and rest in known and is_foreign_syllable(rest[-1]):
            mention.start = reader.shadow.index(rest[0], mention.start + len(mention.syllables[0]))
            mention.syllables = rest


# -- scholars, teachers, doctors -----------------------------------------------------------------------------

_NEEDS_BODY = frozenset({"academic", "degree", "teacher", "doctor", "clerk", "staff"})
_DEPUTIES = ("nghị sĩ", "nghị sỹ", "nghị viên", "dân biểu", "thống đốc")
_CONSTITUENCY = regex.compile(
    r",? ?\(?(?:(?:đại diện|đến từ|của|thuộc|ở)(?: cho)? )?(?=bang |tiểu bang |đảng |\p{L}+\))"
)
_BODY_BEHIND = regex.compile(r",? ?\(?(?:(?:hiện )?(?:công tác|làm việc|giảng dạy) tại |thuộc |của |tại |ở |đến từ )?")


def _scholars(reader: Reader, mentions: list[Mention]) -> None:
    """`Giáo sư NAME thuộc đại học Hong Kong`: what makes them public servants is the body right behind the name."""
    schools: tuple[list[tuple[int, str]], str | None] | None = None
    for mention in mentions:
        title = mention.left.main if mention.left and not mention.right else None
        if title and title.entry.title.endswith(_DEPUTIES):
            link = _CONSTITUENCY.match(reader.lower, mention.end)
            end = (reader.place_at(link.end()) or (reader.read(link.end()) or (None,))[0]) if link else None
            mention.org = " ".join(reader.text[link.end():end].split()) if link and end else None
            continue
        if title is None or title.org is not None or title.entry.kind not in _NEEDS_BODY:
            continue
        link = _BODY_BEHIND.match(reader.lower, mention.end)
        if link and link[0].strip():
            read = reader.read(link.end(), after_title=True)
            mention.org = " ".join(reader.text[link.end():read[0]].split()) if read else None
        if mention.org is None and title.entry.kind == "teacher":
            schools = _schools(reader) if schools is None else schools
            mention.org = _school_of(*schools, mention.start)


_SCHOOL = regex.compile(
    r"(?<!\p{L})trường (?:tiểu học|th |thcs|thpt|th&|trung học|phổ thông|mầm non|mẫu giáo|mn "
    r"|đại học|đh |cao đẳng|cđ |ptdt)"
)
_NOT_STATE = regex.compile(r"quốc tế|tư thục|dân lập|ngoài công lập|song ngữ", regex.I)
_SAME_PASSAGE = 700   # characters between a school and its teacher


def _schools(reader: Reader) -> tuple[list[tuple[int, str]], str | None]:
    """Where the state's schools are named, by their kind and a name of their own; and the name of the only one."""
    found = []
    for match in _SCHOOL.finditer(reader.lower):
        read = reader.read(match.start())
        name = " ".join(reader.text[match.start():read[0]].split()) if read else ""
        if any(word[:1].isupper() for word in name.split()[2:]) and not _NOT_STATE.search(name):
            found.append((match.start(), name))
    return found, found[0][1] if len({name.lower() for _, name in found}) == 1 else None


def _school_of(schools: list[tuple[int, str]], only: str | None, at: int) -> str | None:
    """The school named last before a teacher without one, or the only one of the document."""
    index = bisect_left(schools, (at, ""))
    near = index and schools[index - 1][0] > at - _SAME_PASSAGE
    return schools[index - 1][1] if near else only

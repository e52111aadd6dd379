"""Titles of public office in text, each with the body that it belongs to: `Phó Cục trưởng phụ trách Cục …`.

A title is a word of titles.tsv with what modifies it: acting (`quyền`, `Q.`), deputy (`phó`), former (`nguyên`,
`cựu`), deceased (`cố`) before it, `thường trực`, `phụ trách` after it. Titles that follow each other
(`Bí thư Đảng ủy, Trưởng THADS thành phố`, `Thứ trưởng kiêm Chánh văn phòng Bộ Tư pháp`) make one `Post`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

import regex

from corpus.shadow import fold
from extractors.anchors import Anchors
from extractors.body_words import Head
from extractors.lexicon import many, table
from extractors.names import capital_run_at, is_full_name
from extractors.organisations import Reader
from extractors.places import known_place, level_at, may_stand_bare, place_after_level

NOT_OFFICES = frozenset({"rank", "academic", "degree", "private", "none"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of titles.tsv."""

    title: str
    kind: str
    body: str
    full: str = ""            # what an abbreviation stands for
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """One title with its body. Offsets are those of the text; `end` lies behind the body."""

    start: int
    title_end: int
    end: int
    entry: Entry
    org: str | None = None       # the body in the words of the text, completed (`Bộ trưởng Tư pháp` → `Bộ Tư pháp`)
    org_start: int | None = None
    tier: int = 9
    foreign: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """Titles in a row that one person holds. `title` is the role without the body of its last part."""

    start: int
    end: int
    parts: tuple[Title, ...] = field(default=())

    @property
    def main(self) -> Title:
        """The part that names the office: the last that is more than a rank, a degree or a seat in a body."""
        offices = [part for part in self.parts if part.entry.kind not in NOT_OFFICES]
        heads = [part for part in offices if part.entry.kind != "member"]
        return (heads or offices or list(self.parts))[-1]


_PREFIX = 30    # characters that the words before a title can take
_NEXT = regex.compile(
    r"(?: nhiệm kỳ \d{4} ?- ?\d{4})?(?:, ?(?:kiêm )?|,? kiêm (?:giữ chức )?| ?- ?| ?/ ?|\.? |[:ː] ?)(?=\p{L})"
)
_OF = regex.compile(
    r",? ?(?:phụ trách|của|thuộc|trực thuộc|tại|nước|công tác tại|về|ở) (?:các |tỉnh )?"
    r"|(?: của)? (?:tờ|nhật báo|tuần báo) \"?"
)
_PARTY = regex.compile(r" (?:(?:thuộc |của )?((?:đảng )?(?:dân chủ|cộng hòa)))(?= \p{Ll}*\b|,)")
_BESIDE_PRIVATE = frozenset({"firm", "post", "chair", "head", "member", "office", "local"})


_NO_PART = {   # where a modifier is the end of another word
    "quyền": r"(?<!(?:chính|thẩm|ủy|nhân|phân|cầm|có|đủ|tương) )",   # `chính quyền Tổng thống`
    "đồng": r"(?<!hội )",                                            # `Hội đồng Bộ trưởng`
}


@cache
def _modifiers(place: str) -> tuple[str, ...]:
    words = [row["word"] for row in table("title_modifiers") if row["place"] == place]
    return tuple(regex.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _before() -> regex.Pattern[str]:
    """The modifiers that end where a title begins."""
    words = "|".join(f"{_NO_PART.get(word, '')}{word}" for word in _modifiers("before"))
    return regex.compile(rf"(?<!\p{{L}})(?:(?:{words}) ?)++\Z")


@cache
def _after() -> regex.Pattern[str]:
    words = "|".join(_modifiers("after"))
    return regex.compile(rf"(?: (?:{words}))++(?! (?:trung ương|ban bí thư))(?!\p{{L}})")


@cache
def _private() -> regex.Pattern[str]:
    words = "|".join(sorted((regex.escape(row["word"]) for row in table("private_bodies")), key=len, reverse=True))
    between = r"(?: (?:điều hành|thường trực|kỹ thuật|tài chính|phụ trách|của))*+"
    return regex.compile(rf"{between} (?:{words})(?!\p{{L}})(?! nhà nước)")


_CLOSED = regex.compile(r" ?[,;:.()\n]|$| \p{Lu}\p{Ll}")


@cache
def entries() -> dict[str, Entry]:
    """The rows of titles.tsv by title."""
    return {
        row["title"]: Entry(row["title"], row["class"], row["body"], row["full"], many(row["not_after"]))
        for row in table("titles")
    }


@cache
def folded_titles() -> dict[str, str]:
    """Titles of offices without their marks, for scans that lost them."""
    kinds = ("chair", "post", "office")   # `thứ trưởng`, an office, before `thủ trưởng`
    rows = [(entry.kind, title) for title, entry in entries().items() if entry.kind in kinds]
    return {fold(title): title for _, title in sorted(rows, key=lambda row: kinds.index(row[0]))}


@cache
def _anchors() -> Anchors[Entry]:
    return Anchors(entries().items())


def find_posts(reader: Reader) -> list[Post]:
    """Posts in order of place; they do not overlap."""
    posts: list[Post] = []
    reached = 0
    hits = {start: (end, entry) for start, end, entry in _anchors().longest(reader.lower)}
    for start, (end, entry) in hits.items():
        if start < reached or _belongs_left(reader, start, entry):
            continue
        title = _title(reader, start, end, entry, reached)
        if title is None:
            continue
        post = _chain(reader, title, hits)
        posts.append(post)
        reached = post.end
    return posts


def _belongs_left(reader: Reader, start: int, entry: Entry) -> bool:
    """Whether the word before makes the title part of something else: `cử tri huyện`, `Bộ Tư lệnh`."""
    before = reader.lower[max(0, start - _PREFIX):start]
    before = before[:-1].replace("\n", " ") + before[-1:]   # the word on the left stands on the same line
    return bool(entry.not_after) and f" {before}".endswith(tuple(f" {word} " for word in entry.not_after))


def _chain(reader: Reader, first: Title, hits: dict[int, tuple[int, Entry]]) -> Post:
    parts = [first]
    while (follows := _NEXT.match(reader.lower, parts[-1].end)) and len(parts) < 8:
        found = _title_from(reader, follows.end(), hits)
        if found is None or (follows[0] in (" ", ". ") and not _bound(parts[-1], found)):
            break
        if follows[0][0] == "," and _is_of_many(parts[-1]) and not (
            _is_of_many(found) or _LATER.match(reader.lower, found.start)
        ):
            break   # `biên chế giáo viên, Bộ trưởng NAME cho biết`
        if found.entry is parts[-1].entry and _LATER.match(reader.lower, found.start):
            break   # `khi là Thủ tướng, cố Thủ tướng NAME …`
        if follows[0][0] == "," and found.entry.kind == "rank" and _has_holder(reader, first.start):
            break   # `Thiếu tướng A, Phó Cục trưởng, Thiếu tướng B, …`
        if follows[0][0] in ":ː" and found.entry.kind not in ("rank", "academic", "degree"):
            break
        parts.append(found)
    return Post(first.start, parts[-1].end, tuple(parts))


def _is_of_many(title: Title) -> bool:
    """A word for many people (`cán bộ`, `giáo viên`), of whom the office behind the comma is none."""
    kind = title.entry.kind
    return kind in ("clerk", "staff") or (kind in ("teacher", "doctor") and title.org is None)


def _has_holder(reader: Reader, start: int) -> bool:
    """Whether a name, a comma between, stands before a post."""
    name = _HOLDER.search(reader.shadow, max(0, start - 24), start)
    return name is not None and known_place(reader.shadow, reader.lower, name.start()) is None


_HOLDER = regex.compile(r"\p{Lu}\p{L}* \p{Lu}\p{L}*(?: \([^()\n]{1,20}\))?, \Z")
_LATER = regex.compile(r"(?:nguyên|cựu|cố|tân|quyền) ")


def _bound(left: Title, right: Title) -> bool:
    """Titles with nothing between: `Bộ trưởng Chủ nhiệm Văn phòng Chính phủ`, `Cục trưởng Đại tá`."""
    if right.entry.kind in ("rank", "academic", "degree"):
        return True
    may_precede = left.entry.kind in ("rank", "academic", "degree", "office") and left.entry.title != "trưởng"
    return may_precede and left.org is None


def _title_from(reader: Reader, at: int, hits: dict[int, tuple[int, Entry]]) -> Title | None:
    """The title that begins at `at`, with its prefixes."""
    for start in range(at, min(at + _PREFIX, len(reader.lower))):
        if start in hits:
            end, entry = hits[start]
            if start != at and _before().fullmatch(reader.lower, at, start) is None:
                return None
            return _title(reader, start, end, entry, at)
    return None


def _title(reader: Reader, start: int, end: int, entry: Entry, reached: int) -> Title | None:
    before = _before().search(reader.lower, max(reached, start - _PREFIX), start)
    first = before.start() if before else start
    if entry.kind in ("private", "none"):
        return Title(first, end, end, entry, private=True)
    after = _after().match(reader.lower, end)
    title_end = after.end() if after else end
    if entry.kind in _BESIDE_PRIVATE and _private().match(reader.lower, end):
        return Title(first, title_end, title_end, entry, private=True)
    title = Title(first, title_end, title_end, entry)
    if entry.kind == "rank":
        return _country(reader, title) or title
    if entry.kind == "degree":   # the school behind it is where it was taken
        return title
    if entry.kind == "leading":
        return _country(reader, title)
    return _with_body(reader, title)


def _with_body(reader: Reader, title: Title) -> Title | None:
    entry, end = title.entry, title.title_end
    if entry.body.startswith("="):
        cabinet = reader.lower.startswith((" chính phủ", " nước", " quốc vụ viện"), end)
        found = _body_at(reader, end + 1) if cabinet else None
        return found_in(title, found) or _country(reader, title) or title
    if entry.body and end == title.end and title.title_end <= end:
        own = _own_body(reader, title)
        if own:
            return own
    found = _body_at(reader, end + 1) if reader.shadow[end:end + 1] == " " else _body_below(reader, title)
    if found is None and (linked := _OF.match(reader.lower, end)):
        found = _body_at(reader, linked.end())
    if found:
        return found_in(title, found)
    if entry.kind == "head":
        return None
    if entry.title.endswith("nghị sĩ") and (party := _PARTY.match(reader.lower, end)):
        org = _words(reader, *party.span(1))
        return replace(title, end=party.end(), org=org, org_start=party.start(1), foreign=True)
    if superior := _superior().match(reader.lower, end):
        return replace(title, org=_words(reader, superior.start(1), superior.end(1)), org_start=superior.start(1))
    bare = reader.head_at(end + 1) if reader.shadow[end + 1:end + 2].isupper() else None
    if bare and _CLOSED.match(reader.shadow, bare[0]):
        return replace(title, end=bare[0], org=_words(reader, end + 1, bare[0]), org_start=end + 1, tier=bare[1].tier)
    return title if entry.kind == "firm" else _country(reader, title) or _level(reader, title) or title


@cache
def _superior() -> regex.Pattern[str]:
    """`phát ngôn viên của Tổng thống …`: the office that a post serves, which is a post of its own."""
    offices = "tổng thống|thủ tướng|chủ tịch nước|phó tổng thống|quốc vương|bộ trưởng|ngoại trưởng"
    return regex.compile(rf" (?:của )?({offices})(?!\p{{L}})")


def found_in(title: Title, found: tuple[int, int, str, Head] | None) -> Title | None:
    if found is None:
        return None
    start, end, words, head = found
    return replace(title, end=end, org=words, org_start=start, tier=head.tier)


def _body_at(reader: Reader, start: int) -> tuple[int, int, str, Head] | None:
    found = reader.read(start, after_title=True)
    if found is None:
        return None
    return start, found[0], _words(reader, start, found[0]), found[1]


def _body_below(reader: Reader, title: Title) -> tuple[int, int, str, Head] | None:
    """A title on a line of its own with its body alone on the next, as under a letter."""
    before, after = reader.shadow[max(0, title.start - 1):title.start], reader.shadow[title.end:title.end + 1]
    if after != "\n" or before not in ("", "\n"):
        return None
    found = _body_at(reader, title.end + 1)
    return found if found and reader.shadow[found[1]:found[1] + 1] in ("", "\n") else None


def _words(reader: Reader, start: int, end: int) -> str:
    return " ".join(reader.text[start:end].split())


def _own_body(reader: Reader, title: Title) -> Title | None:
    """`Trưởng phòng Tổ chức cán bộ` → `Phòng Tổ chức cán bộ`; `Bộ trưởng Tư pháp` → `Bộ Tư pháp`."""
    end, word = title.title_end, title.entry.body
    other = reader.head_at(end + 1)
    if other and (other[1].shape == "whole" or not reader.field_at(end + 1)):
        return None
    if word in _FIELD_ONLY and not _is_elliptic(reader, end):
        return None
    if word not in _FIELD_ONLY and _is_somebody(reader, end + 1):
        return None
    head = Head(word.lower(), "field", _TIER.get(word, 6))
    body = reader.read_body(end, head)
    if body == end:
        return None
    inner = _words(reader, end, body)
    foreign = known_place(reader.shadow, reader.lower, end + 1)
    if foreign and foreign[1] == "country" and foreign[0] == body:
        return replace(title, end=body, org=inner, org_start=end + 1, tier=2, foreign=True)
    org = inner if word == "Bộ" and _OF_MINISTRY.fullmatch(inner) else f"{word} {inner}"
    return replace(title, end=body, org=org, org_start=end + 1, tier=head.tier)


def _is_somebody(reader: Reader, at: int) -> bool:
    """`Hiệu trưởng Lê Hữu Lập`: who holds the office, not what the school is called."""
    run = capital_run_at(reader.shadow, at)
    if run is None or reader.field_at(at) or known_place(reader.shadow, reader.lower, at):
        return False
    return is_full_name([reader.shadow[a:b] for a, b in run.tokens])


def _is_elliptic(reader: Reader, end: int) -> bool:
    """Whether a field, an abbreviation or a place follows a title: what can name a body without its first word."""
    at = end + 1
    if reader.field_at(at) or _ELLIPTIC.match(reader.shadow, end) or level_at(reader.lower, at):
        return True
    return known_place(reader.shadow, reader.lower, at) is not None


_FIELD_ONLY = frozenset({"Bộ", "Tổng cục", "Cục", "Chi cục", "Vụ", "Sở", "Ban", "Phòng"})
_ELLIPTIC = regex.compile(r" (?:\p{Lu}{2,}|\p{Lu}?\d|số \d)(?!\p{Ll})")  # `Cục trưởng CSGT`, `Trưởng phòng 2`
_OF_MINISTRY = regex.compile(r"B\p{Lu}{2,6}")   # `Thứ trưởng BGTVT`: the letters of a ministry with those of Bộ
_TIER = {
    "Bộ": 2, "Tổng cục": 3, "Cục": 4, "Sở": 4, "Công an": 4, "Chi cục": 5, "Viện": 5, "Tòa": 5, "Vụ": 6, "Trường": 6,
}


_ENVOY = regex.compile(r"sứ|lãnh sự|đại biện|phái viên|đại diện")   # a president is none `tại Hà Nội`
_STATE = regex.compile(r"nước (?:chủ nhà )?")


def _country(reader: Reader, title: Title) -> Title | None:
    at = title.title_end + 1
    if reader.shadow[at - 1:at] != " ":
        return None
    if state := _STATE.match(reader.lower, at):
        at = state.end()
    known = known_place(reader.shadow, reader.lower, at)
    if known is None or reader.lower.startswith("hồ chí minh", at):
        return None
    end = known[0]
    if reader.lower.startswith(" tại ", end) and _ENVOY.search(title.entry.title):
        there = known_place(reader.shadow, reader.lower, end + len(" tại "))
        end = there[0] if there else end
    org = _words(reader, at, end)
    if title.entry.title == "đại sứ":
        org = f"Đại sứ quán {org}"
    return replace(title, end=end, org=org, org_start=at, tier=2, foreign=known[1] == "country" and org != "Việt Nam")


def _level(reader: Reader, title: Title) -> Title | None:
    """`Chủ tịch huyện Chương Mỹ`, `trưởng thôn Đạo Ngạn, xã …`, `Chủ tịch tỉnh`."""
    at = title.title_end + 1
    if reader.shadow[at - 1:at] != " ":
        return None
    level = level_at(reader.lower, at)
    if level is None:
        return None
    named = place_after_level(reader.shadow, reader.lower, level[0], level[1])
    if named is None and not may_stand_bare(level[1]):
        return None
    end = named or level[0]
    end = reader.read_body(end, Head("", "seat", 7)) if end > level[0] else end
    return replace(title, end=end, org=_words(reader, at, end), org_start=at, tier=4)


def is_public(title: Title) -> bool | None:
    """Whether a title names a public office; None where that depends on what the text says elsewhere."""
    kind = title.entry.kind
    if title.private or kind in ("private", "none"):
        return False
    if kind in ("office", "local", "member", "rank", "royal"):
        return True
    if kind in ("post", "chair", "leader", "staff", "head", "firm"):
        return True if title.org else None
    return title.org is not None

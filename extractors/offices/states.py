"""Whose office a foreign post is where no country stands beside it, and the counterparts of foreign office-holders.

Nothing is guessed: a state is taken only where the clause belongs to it (`Bộ Thương mại Trung Quốc cho biết Phó thủ
tướng …`, `Tại Đức, chính phủ của Thủ tướng …`), or where the document speaks of one foreign state alone; and only where
that state has such an office (`heads` of countries.tsv).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

import regex

from extractors.anchors import Anchors
from extractors.lexicon import many, table
from extractors.offices.mentions import Mention
from extractors.offices.reading import name_at
from extractors.organisations import Reader
from extractors.places import known_place
from extractors.spelling import canonical
from extractors.titles import Post

_HEADS = frozenset({
    "tổng thống", "thủ tướng", "chủ tịch", "quốc vương", "nữ hoàng", "nhà vua", "lãnh đạo tối cao",
    "lãnh tụ tối cao", "nhà lãnh đạo", "tổng bí thư", "quốc trưởng", "thái tử", "bí thư thứ nhất",
})
_BELOW = frozenset({
    "ngoại trưởng", "cố vấn an ninh quốc gia", "trợ lý ngoại trưởng", "ủy viên quốc vụ", "thư ký báo chí",
    "giám đốc tình báo quốc gia", "tổng chưởng lý",
})
_ORGAN = regex.compile(   # what belongs to a state and speaks for it
    r"(?<!\p{L})(?:bộ|phủ|văn phòng|phát ngôn viên|người phát ngôn|công tố viên|ủy ban|quốc hội|hạ viện|thượng viện"
    r"|chính phủ|cảnh sát|ngoại trưởng|đại sứ|bộ trưởng|thứ trưởng|đại sứ quán|hải quân|không quân|tòa án)"
    r"(?: [^\s,.;:]+){0,7} \Z"
)
_GOVERNMENT = regex.compile(r"(?<!\p{L})(?:chính phủ|chính quyền|quân đội|lực lượng vũ trang)[^.;:]{0,60} của \Z")
_SAYS = regex.compile(
    r"[^.;:\n]{0,90}?(?<!\p{L})(?:cho biết|thông báo|tuyên bố|xác nhận|tiết lộ|khẳng định|nói|cho hay|đưa tin"
    r"|theo (?:chỉ thị|lệnh|yêu cầu|đề nghị) của|thay mặt|được sự ủy quyền của)(?: rằng|,)? \Z"
)
_AND = regex.compile(r",? (?:và|cùng) \Z")
_OPENED = regex.compile(r"(?:tại|ở) \Z")
_ITS_GOVERNMENT = regex.compile(r", (?:chính phủ|chính quyền|nội các|liên minh|đảng cầm quyền) của \Z")
_SENTENCE = regex.compile(r"[.!?;:]['\"”]? |\n")
_ALSO_A_PRONOUN = frozenset({"anh", "ý", "áo"})
_MINISTERS = frozenset({"bộ trưởng", "thứ trưởng"})
_DELEGATION = regex.compile(   # `Đoàn đại biểu Bộ Giáo dục Lào do Bộ trưởng …`, `phía Trung Quốc có Bộ trưởng …`
    r"(?<!\p{L})(?:đoàn|phái đoàn|phía|đại diện|sứ bộ)(?: [^\s,.;:]+){0,9} \Z"
)
_LED_BY = regex.compile(
    r",? ?(?:do|gồm|gồm có|có|là|dẫn đầu là|đứng đầu là|bao gồm|đến thăm có)(?: (?!phía|việt|ta )[^\s.;:]+){0,8} \Z"
)
_ENDS_IN_A_WORD = frozenset({"tư", "lập", "hành", "công"})   # `Bộ Tư Pháp`
_REACH = 240   # characters before a post in which its clause can begin


@cache
def _states() -> Anchors[tuple[str, frozenset[str]]]:
    """Every spelling of a state → its name and the offices of its heads."""
    rows = [(row, (row["name"], frozenset(many(row["heads"])))) for row in table("countries") if row["heads"]]
    return Anchors(
        (canonical(spelling.lower()), state)
        for row, state in rows
        for spelling in (row["name"], *many(row["variants"]))
    )


@lru_cache(maxsize=8192)
def is_abroad(org: str) -> bool:
    """Whether the name of a body ends with a foreign country: `Bộ Công an Trung Quốc`.

    >>> is_abroad("Bộ Quốc phòng Nga"), is_abroad("Bộ Tư Pháp"), is_abroad("Đại sứ quán Việt Nam tại Lào")
    (True, False, False)
    """
    lower = canonical(org.lower())
    if "việt nam" in lower:
        return False
    name = org.split(" tại ")[0].split(" (")[0]
    words = name.split()
    for count in range(min(5, len(words)), 0, -1):
        at = len(name) - len(" ".join(words[-count:]))
        found = known_place(name, lower[: len(name)], at)
        if found and found == (len(name), "country"):
            return lower[:at].split()[-1:] == [] or lower[:at].split()[-1] not in _ENDS_IN_A_WORD
    return False


class States:
    """The states that a document names, and the one that an office without a country belongs to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, post: Post, *, foreign: bool) -> str | None:
        """The state of a post in the words of the text; `foreign`: its holder's name is not Vietnamese."""
        title = post.main.entry.title
        if (title not in _HEADS and title not in _BELOW) or not (foreign or self._is_abroad):
            return None
        found = self._of_clause(post, title)
        if found is None and foreign and len(names := {name for _, _, name, _ in self._named}) == 1 and names:
            start, end, _, heads = self._named[0]
            found = self._reader.text[start:end] if _has(heads, title) else None
        return found

    def of_delegation(self, post: Post) -> str | None:
        """The foreign state whose delegation or side the clause says that a minister leads or belongs to."""
        if post.main.entry.title not in _MINISTERS:
            return None
        found = self._last_in_clause(post)
        if found is None:
            return None
        floor, start, end, _ = found
        sent = _DELEGATION.search(self._reader.lower, floor, start) and _LED_BY.fullmatch(
            self._reader.lower, end, post.start
        )
        return self._reader.text[start:end] if sent else None

    @property
    def only_one(self) -> str | None:
        """The one foreign state of a document that has nothing of Việt Nam."""
        if not self._is_abroad or len({name for _, _, name, _ in self._named}) != 1:
            return None
        start, end, _, _ = self._named[0]
        return self._reader.text[start:end]

    def _last_in_clause(self, post: Post) -> tuple[int, int, int, frozenset[str]] | None:
        """Where the clause of a post begins, and the foreign state named last in it before the post."""
        lower, floor = self._reader.lower, max(0, post.start - _REACH)
        for mark in _SENTENCE.finditer(lower, floor, post.start):
            floor = mark.end()
        index = bisect_left(self._named, post.start, key=lambda state: state[0]) - 1
        if index < 0 or self._named[index][0] < floor:
            return None
        start, end, _, heads = self._named[index]
        return floor, start, end, heads

    def _of_clause(self, post: Post, title: str) -> str | None:
        lower, clause = self._reader.lower, self._last_in_clause(post)
        if clause is None or not _has(clause[3], title):
            return None
        floor, start, end, _ = clause
        before, between = lower[floor:start], lower[end:post.start]
        opens = _OPENED.fullmatch(before) and _ITS_GOVERNMENT.fullmatch(between)
        joined = _AND.fullmatch(between) and _GOVERNMENT.search(before)
        says = _SAYS.fullmatch(between) and _ORGAN.search(before)
        return self._reader.text[start:end] if opens or joined or says else None

    @cached_property
    def _is_abroad(self) -> bool:
        """Whether a document has nothing of Việt Nam, so that a name spelt in Vietnamese may be Chinese."""
        return not any(words in self._reader.lower for words in ("việt nam", "hà nội", "tp. hcm", "tp hcm"))

    @cached_property
    def _named(self) -> list[tuple[int, int, str, frozenset[str]]]:
        reader, found = self._reader, []
        for start, end, (name, heads) in _states().longest(reader.lower):
            if not reader.shadow[start].isupper() or (place := known_place(reader.shadow, reader.lower, start)) is None:
                continue
            pronoun = reader.lower[start:end] in _ALSO_A_PRONOUN
            opens = start == 0 or reader.shadow[start - 1] in "\n\"“(" or reader.shadow[start - 2:start - 1] in ".?!:"
            if place[0] >= end and not (pronoun and opens):
                found.append((start, end, name, heads))
        return found


def _has(heads: frozenset[str], title: str) -> bool:
    return title in heads or title in _BELOW


_COUNTERPART = regex.compile(r"(?<!\p{L})người đồng (?:cấp|nhiệm)(?: phía)? (?=\p{L})")
_HIS = regex.compile(r"(?:của (?:mình|ông|bà) )?(?:là )?")
_FIRST_WORDS = regex.compile(r"(?:nguyên|cựu|cố|tân|quyền) ", regex.I)
_OF_MINISTRY = "bộ trưởng"


def add_counterparts(reader: Reader, posts: list[Post], mentions: list[Mention]) -> None:
    """`Ngoại trưởng Pháp … nói với người đồng cấp Mỹ John Kerry`: the office is that of the post before."""
    known = {mention.start: mention for mention in mentions}
    for match in _COUNTERPART.finditer(reader.lower):
        place = known_place(reader.shadow, reader.lower, match.end())
        at = place[0] + 1 if place and reader.shadow.startswith(" ", place[0]) else match.end()
        at = _HIS.match(reader.lower, at).end()   # type: ignore[union-attr]
        post = _holder_before(reader, posts, match.start())
        name = name_at(reader, at, named=True) if post and reader.shadow[at:at + 1].isupper() else None
        if name is None or post is None or (at in known and known[at].posts):
            continue
        title = _FIRST_WORDS.sub("", " ".join(reader.text[post.main.start:post.main.title_end].split()))
        state = " ".join(reader.text[match.end():place[0]].split()) if place else None
        mention = known.setdefault(at, Mention(at, *name))
        mention.role, mention.rule = (title, _its_body(post, state)), mention.rule or "counterpart"
    mentions[:] = sorted(known.values(), key=lambda mention: mention.start)


def _holder_before(reader: Reader, posts: list[Post], at: int) -> Post | None:
    """The first office that the sentence before a place names: that of its subject."""
    floor = max(0, at - _REACH)
    for mark in _SENTENCE.finditer(reader.lower, floor, at):
        floor = mark.end()
    index = bisect_left(posts, floor, key=lambda post: post.start)
    offices: Iterator[Post] = (post for post in posts[index:] if not post.main.private)
    first = next(offices, None)
    counts = first is not None and first.start < at and first.main.entry.kind in ("office", "post", "chair", "leader")
    return first if counts else None


def _its_body(post: Post, state: str | None) -> str | None:
    """The body of a counterpart: the same ministry of the other state, or that state."""
    org = post.main.org
    if state is None or org is None or post.main.entry.title != _OF_MINISTRY:
        return state
    words = org.split()
    while len(words) > 1 and known_place(org, canonical(org.lower()), org.rfind(words[-1])):
        org = org[:org.rfind(words[-1])].rstrip()
        words.pop()
    return f"{org} {state}"

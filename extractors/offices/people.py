"""Mentions of people in a document: where a name stands, with the post beside it, if any.

Orders of name and post (DOMAIN ch. 5): post (body) name; name, post; name - post; several names, one post;
post: several names; post, line break, name (signature).
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.names import Run, capital_run_at, capital_runs, is_foreign_syllable, is_full_name, name_split
from extractors.organisations import Reader
from extractors.places import known_place
from extractors.titles import Post

HONORIFIC = (
    r"(?:ông|bà|đồng chí|đ/c|đ\.c|anh|chị|em|cô|chú|thầy|cụ|bác|ngài|cố|gs|pgs|ts|tskh|ths|th\.s|bs|bsckii?|bscki{1,2}|cki{1,2}"
    r"|nggnd|nsnd|nsưt|ngưt|gs\.? ?ts|pgs\.? ?ts|thạc sĩ|tiến sĩ|giáo sư|bác sĩ|luật sư|kỹ sư|thẩm phán)"
)
_POLITE = regex.compile(rf"(?:{HONORIFIC}[.,]{{0,2}} ?(?=\p{{Lu}}|{HONORIFIC}(?:\.| )))++", regex.I)
_BEFORE_NAME = regex.compile(rf"(?<![\p{{L}}])({HONORIFIC})\.? {{0,2}}$", regex.I)
_TO_NAME = regex.compile(
    r"(?:, | ?: ?| - |,? (?:do |là )| (?:là|cho|của) )(?=(?:ông|bà|đồng chí|đ/c) )| (?:đối với|cho) |: ?\n?[-+ ]{0,3}"
    r"|, (?=(?:gs|pgs|ts|đại tá|thượng tá|trung tá|thiếu tá|\p{Ll}+ tướng)[ .])"
)
_LIST = regex.compile(r", (?:cùng )?| và | cùng |; ?|, và ", regex.I)
_ASIDE = regex.compile(
    r"(?:[\"'])?(?: ?\([^()\n]{1,40}\))?(?:,? (?:sinh năm|sinh|sn|s\.n\.?) ?:? ?\d{4})?(?:,? (?:\d{2} tuổi))?"
    r"(?:,? (?:quê|trú|ngụ|ở) (?:tại |ở )?\p{Lu}[^,;.\n]{2,40}(?=,))?"
)
_TO_POST = regex.compile(
    r"(?:,? ?\(|, ?| - ?| ?- |: | {1,2}|\n)(?:(?:hiện|nay|khi đó|lúc đó|lúc bấy giờ|bấy giờ|hiện nay|khi ấy|vốn|từng|người từng) (?:là |đang là |giữ chức |làm )?"
    r"|(?:đã |đang |hiện )?(?:là|giữ chức|giữ chức vụ|giữ chức danh|giữ cương vị|làm|đảm nhiệm chức vụ|đảm nhiệm|đảm nhận|đảm nhận chức vụ"
    r"|với tư cách(?: là)?|trên cương vị|với cương vị|được bổ nhiệm làm|được bổ nhiệm giữ chức|được bổ nhiệm giữ chức vụ|được bầu làm|được bầu giữ chức"
    r"|tạm quyền|thay) (?:một |vị |viên |tân )?)?"
)
_PLURAL = regex.compile(r"(?:các|hai|ba|bốn|những|các đồng chí|gồm|cùng các|2|3|4) \Z", regex.I)
_LEADING = frozenset(
    "Ông Bà Anh Chị Cô Chú Thầy Em Cụ Bác Ngài Theo Tại Và Của Do Khi Nếu Nhưng Còn Trong Với Cùng Sau Trước Ngoài Ảnh Video Clip Bị "
    "Cố Cựu Tân Nguyên Cha Mẹ Con Vợ Chồng Thưa Vì Từ Để Đó Đến Như Được Cho Về Bộ Thứ Trưởng Phó Tướng Tá Giám Chủ Ngày Việc Vụ Báo "
    "TS GS PGS ThS BS LS KTS NSND NSƯT MC HLV Luật Hôm Gia Đối Bên Riêng Cũng Một Các Những Người Phóng Nhà".split()
)


@dataclass(slots=True)
class Mention:
    """A name in the text and the posts that the text puts beside it."""

    start: int
    end: int
    syllables: tuple[str, ...]
    left: Post | None = None
    right: Post | None = None
    honorific: str | None = None
    rule: str = ""
    org: str | None = None   # of a scholar, teacher or doctor: named behind the name
    role: tuple[str | None, str | None] | None = None   # title and body stated elsewhere (extractors.offices.biography)

    @property
    def posts(self) -> tuple[Post, ...]:
        """Right before left: what stands before a name is the role it acts in here."""
        return tuple(post for post in (self.right, self.left) if post)


def find_mentions(reader: Reader, posts: list[Post]) -> list[Mention]:
    """Every name that a post touches, and every other run of capitals that looks like a full name."""
    found: dict[int, Mention] = {}
    taken: set[int] = set()      # posts whose name stands directly behind
    for number, post in enumerate(posts):
        for mention in _names_after(reader, post, direct=True):
            if not _overlaps(found, mention):
                found[mention.start] = mention
                taken.add(number)
    starts = {post.start: number for number, post in enumerate(posts)}
    inside = _spans(posts)
    for run in capital_runs(reader.shadow):
        _plain_name(reader, run, found, inside)
    ordered = sorted(found.values(), key=lambda mention: mention.start)
    for mention in ordered:
        number = _post_after(reader, mention, starts)
        if number is not None and number not in taken and not posts[number].main.private:
            mention.right = posts[number]
            taken.add(number)
    for number, post in enumerate(posts):
        if number not in taken:
            _attach(reader, post, found)
    ordered = sorted(found.values(), key=lambda mention: mention.start)
    _share(reader, ordered)
    _trim(ordered)
    for mention in ordered:
        if mention.left and not mention.right and mention.left.main.entry.kind in _NEEDS_BODY and mention.left.main.org is None:
            mention.org = _body_behind(reader, mention.end)
    return ordered


def _trim(mentions: list[Mention]) -> None:
    """A capital of the next sentence at the end of a name that the document has without it."""
    known = {mention.syllables for mention in mentions if len(mention.syllables) > 2}
    for mention in mentions:
        while len(mention.syllables) > 3 and mention.syllables[:-1] in known:
            mention.end -= len(mention.syllables[-1]) + 1
            mention.syllables = mention.syllables[:-1]


_NEEDS_BODY = frozenset({"academic", "teacher", "doctor", "clerk", "staff"})
_BODY_BEHIND = regex.compile(r",? ?(?:\()?(?:thuộc|của|tại|ở|công tác tại|đến từ|làm việc tại|hiện công tác tại)? ?")


def _body_behind(reader: Reader, end: int) -> str | None:
    """`Giáo sư NAME thuộc đại học Hong Kong`: the public body named right behind a name."""
    link = _BODY_BEHIND.match(reader.lower, end)
    if link is None or not link[0].strip():
        return None
    read = reader.read(link.end(), after_title=True)
    return " ".join(reader.text[link.end():read[0]].split()) if read else None


def _overlaps(found: dict[int, Mention], mention: Mention) -> bool:
    return mention.start in found


def _spans(posts: list[Post]) -> list[tuple[int, int]]:
    return [(post.start, post.end) for post in posts]


def _names_after(reader: Reader, post: Post, *, direct: bool) -> list[Mention]:
    """The name that follows a post with nothing between but a polite word."""
    gap = regex.match(r" {1,3}", reader.shadow[post.end:post.end + 3])
    if gap is None or post.main.private:
        return []
    at = post.end + gap.end()
    polite = _POLITE.match(reader.shadow, at)
    mention = name_at(reader, polite.end() if polite else at, after_post=True, titled_only=not polite)
    if mention is None:
        return []
    mention.left, mention.rule = post, "post-name"
    return [mention]


def _attach(reader: Reader, post: Post, found: dict[int, Mention]) -> None:
    """A name behind a comma, colon or line break: `…, ông NAME`, `Thứ trưởng: A, B`, a signature."""
    if post.main.private:
        return
    sign = _SIGNATURE.match(reader.shadow, post.end)
    if sign:
        mention = name_at(reader, sign.end(), after_post=False)
        if mention and _ends_line(reader, mention.end) and mention.start not in found:
            mention.left, mention.rule = post, "signature"
            found[mention.start] = mention
        elif mention and mention.start in found and not found[mention.start].posts and _ends_line(reader, mention.end):
            found[mention.start].left = post
        return
    gap = _TO_NAME.match(reader.lower, post.end)
    if gap is None:
        return
    polite = _POLITE.match(reader.shadow, gap.end())
    mention = name_at(reader, polite.end() if polite else gap.end(), after_post=bool(polite))
    if mention is None:
        return
    mention = found.setdefault(mention.start, mention)
    if not mention.posts:
        mention.left, mention.rule = post, "post-name"


_SIGNATURE = regex.compile(
    r"[ \t]{0,4}\n[\s|*_]{0,60}(?:\((?:đã ký|Đã ký|ĐÃ KÝ|ký|đã kí|Đã kí)[^)\n]{0,30}\)[\s|*_]{0,60})?(?=\p{Lu})"
)
_LINE_END = regex.compile(r"[ \t|*_]{0,20}(?:\n|$)")


def _ends_line(reader: Reader, end: int) -> bool:
    return _LINE_END.match(reader.shadow, end) is not None


def name_at(reader: Reader, start: int, *, after_post: bool, titled_only: bool = False) -> Mention | None:
    """The name that begins at `start`, None where a body, a place or a common word stands there."""
    run = capital_run_at(reader.shadow, start)
    if run is None:
        return None
    tokens = _cut(reader, run)
    syllables = tuple(reader.shadow[a:b] for a, b in tokens)
    if not syllables or all(len(s) == 1 or s.endswith(".") for s in syllables):
        return None
    if is_full_name(syllables) and not _is_place(reader, start, tokens[-1][1]):
        if _shouted(reader, tokens):
            return None
        return Mention(start, tokens[-1][1], syllables)
    if not after_post or reader.head_at(start) or reader.field_at(start) or _is_place(reader, start, tokens[-1][1]):
        return None
    if len(syllables) > 6 or _shouted(reader, tokens) or (len(syllables) == 1 and not _single(syllables[0])):
        return None
    return Mention(start, tokens[-1][1], syllables)


def _single(syllable: str) -> bool:
    return len(syllable) > 1 and not syllable.isupper() and syllable not in _LEADING


def _is_place(reader: Reader, start: int, end: int) -> bool:
    known = known_place(reader.shadow, reader.lower, start)
    if known is None:
        return False
    if reader.lower[start:end] == "hồ chí minh":
        return False
    return known[0] >= end or known[1] == "country"


def _cut(reader: Reader, run: Run) -> tuple[tuple[int, int], ...]:
    """The syllables of a run before a title or a body that follows the name without a comma."""
    tokens = run.tokens
    for index in range(2, len(tokens)):
        at = tokens[index][0]
        if reader.lower.startswith(_FOLLOWERS, at):
            return tokens[:index]
    return tokens if len(tokens) <= 6 else ()


_FOLLOWERS = ("bí thư", "bộ trưởng", "chủ tịch", "giám đốc", "phó ", "thủ tướng", "trưởng ", "cục trưởng", "ubnd", "viện trưởng", "ảnh", "ông ", "bà ")


def _shouted(reader: Reader, tokens: tuple[tuple[int, int], ...]) -> bool:
    """In a line of capitals the end of a name cannot be told, save at the end of the line or at a comma."""
    start, end = tokens[0][0], tokens[-1][1]
    if not reader.shadow[start:end].isupper():
        return False
    after = reader.shadow[end:end + 1]
    return len(tokens) > 5 or not (after in "" or after in ",.;:\n-(|*" or (after == " " and not reader.shadow[end + 1:end + 2].isupper()))


def _plain_name(reader: Reader, run: Run, found: dict[int, Mention], inside: list[tuple[int, int]]) -> None:
    """A run of capitals that no post precedes, where it is a full name."""
    tokens = list(run.tokens)
    if any(a in found for a, _ in tokens):
        return
    while tokens and reader.shadow[tokens[0][0]:tokens[0][1]] in _LEADING:
        tokens.pop(0)
    if not tokens:
        return
    start = tokens[0][0]
    before = _BEFORE_NAME.search(reader.lower, max(0, start - 12), start)
    syllables = tuple(reader.shadow[a:b] for a, b in tokens)
    if before is None and len(tokens) == len(run.tokens):
        if not is_full_name(syllables) or _is_place(reader, start, tokens[-1][1]):
            split = name_split(syllables, first=1)
            if split is None or len(syllables) - split < 3:
                if not all(is_foreign_syllable(s) for s in syllables) or len(syllables) < 2:
                    return
            else:
                tokens = tokens[split:]
    mention = name_at(reader, tokens[0][0], after_post=before is not None or len(tokens) > 1)
    if mention is None or mention.start in found:
        return
    mention.honorific = before[1].lower() if before else None
    found[mention.start] = mention


def _post_after(reader: Reader, mention: Mention, starts: dict[int, int]) -> int | None:
    """The post in apposition to a name: `NAME, post`, `NAME (sinh năm 1960), nguyên post`, `NAME - post`."""
    aside = _ASIDE.match(reader.lower, mention.end)
    for end in {aside.end() if aside else mention.end, mention.end}:
        link = _TO_POST.match(reader.lower, end)
        while link:
            if link.end() in starts and _may_link(reader, mention, link[0]):
                return starts[link.end()]
            link = _TO_POST.match(reader.lower, end, endpos=link.end() - 1) if link.end() - 1 > end else None
    return None


def _may_link(reader: Reader, mention: Mention, link: str) -> bool:
    if link == "\n":
        line = reader.shadow.rfind("\n", 0, mention.start)
        before = reader.shadow[line + 1:mention.start].strip().lower()
        return before in ("", "ông", "bà", "đồng chí")
    return not link.strip() == "" or mention.left is None


def _share(reader: Reader, ordered: list[Mention]) -> None:
    """One post for several names: `A, B, C, Phó Cục trưởng` and `các Thứ trưởng A, B và C`."""
    for index, mention in enumerate(ordered):
        if mention.right and mention.right is not mention.left:
            back = index
            while back and not ordered[back - 1].posts and reader.shadow[ordered[back - 1].end:ordered[back].start] in (", ", ","):
                back -= 1
            opens = reader.shadow[max(0, ordered[back].start - 2):ordered[back].start]
            if back < index and opens.strip()[-1:] in (";", ":"):
                for earlier in ordered[back:index]:
                    earlier.right, earlier.rule = mention.right, "shared-post"
        if mention.left and not mention.right:
            _share_right(reader, ordered, index, mention.left)


def _share_right(reader: Reader, ordered: list[Mention], index: int, post: Post) -> None:
    first = ordered[index]
    plural = _PLURAL.search(reader.lower, max(0, post.start - 14), post.start) or ":" in reader.shadow[post.end:first.start]
    while plural and index + 1 < len(ordered):
        following = ordered[index + 1]
        between = reader.lower[ordered[index].end:following.start]
        link = _LIST.match(between)
        if following.posts or link is None or len(between) > 14 or not _polite_only(between[link.end():]):
            return
        following.left, following.rule = post, "shared-post"
        index += 1


def _polite_only(words: str) -> bool:
    return not words.strip() or regex.fullmatch(rf"(?:{HONORIFIC}[. ]{{0,2}})+", words) is not None

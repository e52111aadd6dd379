"""Mentions of people in a document: where a name stands, with the posts beside it, if any.

Orders of name and post (the guidelines' P1-P10): post (body) name; name, post; name - post; several names, one post;
post: several names; post, line break, name (a signature).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import regex

from extractors.lexicon import table
from extractors.names import (
    Run,
    capital_run,
    capital_run_at,
    capital_spans,
    is_foreign_syllable,
    is_full_name,
    name_split,
    pseudonyms,
)
from extractors.offices.reading import honorific_pattern, inside_a_name, name_at, openers, skip_honorifics
from extractors.offices.signatures import printed_title, signer_at
from extractors.organisations import Reader
from extractors.places import known_place
from extractors.titles import NOT_OFFICES, Post

SIGNED_BY = "Người ký"  # all that a legal portal may say of the person who signed


@dataclass(slots=True)
class Mention:
    """A name in the text and the posts that the text puts beside it."""

    start: int
    end: int
    syllables: tuple[str, ...]
    left: Post | None = None
    right: Post | None = None
    rule: str = ""
    org: str | None = None       # of a scholar, teacher or doctor: named behind the name
    written: str | None = None   # the title of a signature as it was before a scan spoilt it
    role: tuple[str | None, str | None] | None = None   # title and body stated elsewhere
    main: bool = False           # and holds wherever the text states no other
    passing: bool = False        # the post is said of the person here, beside another (`ông A là đồng chủ tịch …`)

    @property
    def posts(self) -> tuple[Post, ...]:
        """Right before left: what stands before a name is the role it acts in here."""
        return tuple(post for post in (self.right, self.left) if post)


def find_mentions(reader: Reader, posts: list[Post]) -> list[Mention]:
    """Every name that a post touches, and every other run of capitals that looks like a full name, in order."""
    found: dict[int, Mention] = {}
    taken: set[int] = set()      # posts that have found their holder
    doubtful: dict[int, int] = {}   # posts whose holder has one syllable, which a name on the left may replace
    for number, post in enumerate(posts):
        mention = _name_behind(reader, post)
        if mention and mention.start not in found:
            found[mention.start] = mention
            if _may_be_a_word(mention):
                doubtful[number] = mention.start
            else:
                taken.add(number)
    titles = [(part.start, part.title_end) for post in posts for part in post.parts]
    shadow = reader.shadow
    for start, end in capital_spans(shadow):
        if not shadow[start:end].isalpha() or _may_follow_polite(reader, start):
            _plain_name(reader, capital_run(shadow, start, end), found, titles)
    _appositions(reader, posts, found, taken, doubtful)
    known = {mention.syllables for mention in found.values() if mention.posts}
    for number, post in enumerate(posts):
        if number not in taken and number not in doubtful and not post.main.private:
            _attach(reader, post, found, known)
    kept = (mention for mention in found.values() if not _opens_a_title(mention, titles))
    return sorted(kept, key=lambda mention: mention.start)


def _opens_a_title(mention: Mention, titles: list[tuple[int, int]]) -> bool:
    """`Phó Tư lệnh`, `Phó Chính ủy`: a family name and a given name that are the beginning of a title."""
    index = bisect_right(titles, (mention.start, mention.end)) - 1
    for start, end in titles[index:index + 2] if index >= 0 else titles[:1]:
        if start == mention.start and end > mention.end:
            return True
    return False


# -- one name ------------------------------------------------------------------------------------------------

_GAP = regex.compile(r" {1,3}")
_THEN = regex.compile(   # `Tổng thống Mỹ lúc đó Barack Obama`, `Tổng thống Pháp đương nhiệm Emmanuel Macron`
    r" (?:lúc đó|khi đó|lúc bấy giờ|khi ấy|lúc ấy|bấy giờ|thời đó|hồi đó|đương thời|đương nhiệm|(?:vừa |mới )?đắc cử"
    r"|(?:sắp )?mãn nhiệm|tiền nhiệm|quá cố)(?: là)?(?= )"
)
_NAME_LEFT = 14   # characters that a polite word before a name can take


def _mention(reader: Reader, start: int, *, named: bool, spelt_foreign: bool = False) -> Mention | None:
    name = name_at(reader, start, named=named, spelt_foreign=spelt_foreign)
    return Mention(start, *name) if name else None


def _name_behind(reader: Reader, post: Post) -> Mention | None:
    """The name that follows a post with nothing between but polite words."""
    then = _THEN.match(reader.lower, post.end)
    gap = _GAP.match(reader.shadow, then.end() if then else post.end)
    if gap is None:
        return None
    start = _behind_a_place(reader, skip_honorifics(reader.shadow, gap.end()))
    mention = _mention(reader, start, named=True, spelt_foreign=start == gap.end() and not _says_whose(post))
    if mention:
        mention.left, mention.rule = post, "post-name"
    return mention


def _behind_a_place(reader: Reader, start: int) -> int:
    """Where a foreign name begins behind a Vietnamese name of a place that no table has: `Hi Lạp Alexis Tsipras`."""
    run = capital_run_at(reader.shadow, start)
    if run is None or not 4 <= len(run.tokens) <= 5:
        return start
    foreign = [is_foreign_syllable(reader.shadow[a:b]) for a, b in run.tokens]
    return run.tokens[2][0] if not any(foreign[:2]) and all(foreign[2:]) else start


def _may_be_a_word(mention: Mention) -> bool:
    """One Vietnamese syllable: a given name (`Bộ trưởng Thạch`), or the first of a body that no table has."""
    return len(mention.syllables) == 1 and not is_foreign_syllable(mention.syllables[0])


def _says_whose(post: Post) -> bool:
    """Whether a post needs no place behind it, so that what follows must be a name (`Tổng Bí thư Trường Chinh`)."""
    title = post.main
    return title.org is not None or (title.entry.kind == "office" and title.entry.title != "bí thư")


@cache
def _polite_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){honorific_pattern()}\.? {{0,2}}\Z")


def _plain_name(reader: Reader, run: Run, found: dict[int, Mention], titles: list[tuple[int, int]]) -> None:
    """A run of capitals that no post precedes, where it is a full name or a polite word precedes it."""
    if len(run.tokens) == 1 and (run.start in found or not _may_follow_polite(reader, run.start)):
        return
    tokens = list(run.tokens)
    inside = bisect_right(titles, (tokens[0][0], run.end)) - 1
    if any(start in found for start, _ in tokens) or (inside >= 0 and tokens[0][0] < titles[inside][1]):
        return
    while tokens and _opens(reader.shadow[tokens[0][0]:tokens[0][1]]):
        tokens.pop(0)
    if not tokens:
        return
    start = tokens[0][0]
    polite = _may_be_polite(reader.lower, start) and (
        _polite_before().search(reader.lower, max(0, start - _NAME_LEFT), start) is not None
    )
    first = 0 if polite or len(tokens) < len(run.tokens) else _first_of_name(reader, tokens)
    if first is None:
        return
    mention = _mention(reader, tokens[first][0], named=polite or len(tokens) > 1)
    if mention:
        found.setdefault(mention.start, mention)


@cache
def _polite_ends() -> frozenset[str]:
    """The last three letters of polite words and degrees, of the short ones all."""
    return frozenset(row["word"][-3:] for row in table("honorifics"))


def _may_follow_polite(reader: Reader, start: int) -> bool:
    """Whether one syllable can be a name: only behind a polite word; pseudonyms.tsv knows no name of one syllable."""
    return reader.shadow[start - 1:start] in _BEFORE_NAME and _may_be_polite(reader.lower, start)


def _may_be_polite(lower: str, start: int) -> bool:
    """Whether the letters before a place can end a polite word: a quick no, for most places."""
    before = lower[max(0, start - _NAME_LEFT):start].rstrip(" ").removesuffix(".")
    return before[-3:] in _polite_ends() or before[-2:] in _polite_ends()


_BEFORE_NAME = frozenset(" .,")   # with nothing between, what stands before is no polite word


def _opens(word: str) -> bool:
    """A word that opens a sentence, or a degree (`TSKH Đặng Hùng Võ`), and is no part of a name."""
    return word in openers() or word in _DEGREES


_DEGREES = frozenset({"GS", "PGS", "TS", "TSKH", "ThS", "BS", "KS", "KTS", "LS", "NSND", "NSƯT", "NGND", "NGƯT"})


def _first_of_name(reader: Reader, tokens: list[tuple[int, int]]) -> int | None:
    """The index at which a name begins in a run that nothing announces."""
    syllables = tuple(reader.shadow[a:b] for a, b in tokens)
    if reader.lower[tokens[0][0]:tokens[-1][1]] in pseudonyms():
        return 0
    if is_full_name(syllables) and known_place(reader.shadow, reader.lower, tokens[0][0]) is None:
        return 0
    split = name_split(syllables, first=1)
    if split is not None and len(syllables) - split >= 3:
        return split
    foreign = len(syllables) > 1 and all(is_foreign_syllable(syllable) for syllable in syllables)
    return 0 if foreign or reader.lower[tokens[0][0]:tokens[-1][1]] == "hồ chí minh" else None


# -- name, post ----------------------------------------------------------------------------------------------

_ASIDE = regex.compile(
    r"[\"']?(?: ?\([^()\n]{1,40}\))?(?:,? (?:sinh năm|sinh|sn|s\.n\.?) ?:? ?\d{4})?(?:,? \d{2} tuổi)?"
    r"(?:,? (?:quê|trú|ngụ|ở) (?:tại |ở )?\p{L}[^,;.\n]{2,40}(?=,))?"
)


@cache
def _to_post() -> regex.Pattern[str]:
    links = sorted((row["words"] for row in table("apposition")), key=len, reverse=True)
    return regex.compile(r"(,? ?\(|, ?| - ?| ?- |: | {1,2}|\n)(?:(?:" + "|".join(map(regex.escape, links)) + r") )?+")


_PASSING = regex.compile(r"(?<!\p{L})(?:là|từng giữ chức|từng làm|khi đó|lúc đó|lúc bấy giờ)(?!\p{L})")


def _appositions(
    reader: Reader, posts: list[Post], found: dict[int, Mention], taken: set[int], doubtful: dict[int, int]
) -> None:
    """`NAME, post`, `NAME - post`, `NAME (sinh năm 1960), nguyên post`."""
    starts = {post.start: number for number, post in enumerate(posts)}
    for start in sorted(found):
        mention = found.get(start)
        if mention is None:
            continue
        behind = _post_behind(reader, mention, posts, starts)
        number, link = behind if behind else (None, "")
        if number in taken and _is_what_he_was(mention, link, posts[number], found):
            taken.discard(number)
        if number is not None and number not in taken and not (mention.left is None and _is_of_a_place(reader, start)):
            in_office = mention.left is not None and mention.left.main.entry.kind not in NOT_OFFICES
            if in_office and _names_another(reader, posts[number]):
                continue
            found.pop(doubtful.get(number, -1), None)
            mention.right, mention.passing = posts[number], _PASSING.search(link) is not None
            mention.rule = mention.rule or "name-post"
            taken.add(number)


def _is_what_he_was(mention: Mention, link: str, post: Post, found: dict[int, Mention]) -> bool:
    """`Claudius là Hoàng đế La Mã`: what follows the office of a foreigner is no Vietnamese name. It is taken out."""
    if "là" not in link.split() or not all(map(is_foreign_syllable, mention.syllables)):
        return False
    behind = next((other for other in found.values() if other.left is post and not other.right), None)
    if behind is None or len(behind.syllables) > 2 or any(map(is_foreign_syllable, behind.syllables)):
        return False
    del found[behind.start]
    return True


def _is_of_a_place(reader: Reader, start: int) -> bool:
    """`sân bay Tân Sơn Nhất, Chủ tịch nước …`: a name, or the end of one, of a place or a building."""
    whole = _CAPITALS_BEFORE.search(reader.shadow, max(0, start - 24), start)
    return inside_a_name(reader, start) or (whole is not None and inside_a_name(reader, whole.start()))


_CAPITALS_BEFORE = regex.compile(r"(?<![\p{L}\d])(?:\p{Lu}\p{L}*+ ){1,3}\Z")


def _names_another(reader: Reader, post: Post) -> bool:
    """`cố Chủ tịch A, Phó Chủ tịch …, B, phát biểu`: the post after A is that of the foreign name behind it."""
    return _FOREIGN_ASIDE.match(reader.shadow, post.end) is not None


def _post_behind(
    reader: Reader, mention: Mention, posts: list[Post], starts: dict[int, int]
) -> tuple[int, str] | None:
    """The number of the post that follows a name, and what stands between."""
    aside = _ASIDE.match(reader.lower, mention.end)
    for end in dict.fromkeys((mention.end, aside.end() if aside else mention.end)):
        link = _to_post().match(reader.lower, end)
        for at in (link.end(), link.end(1)) if link else ():
            if at in starts and _may_link(reader, mention, link[0], posts[starts[at]]):
                return starts[at], link[0]
    return None


def _ends_its_line(reader: Reader, post: Post) -> bool:
    """Below a byline an office opens a sentence or a caption of its own: `NAME⏎Phó Thủ tướng Nga nhấn mạnh …`."""
    return _LINE_OF_POST.match(reader.shadow, post.end) is not None


_LINE_OF_POST = regex.compile(r"[ .,;:*|)]{0,6}(?:\n|\Z)|[ ]?[,(;|–-](?![^\n]{0,60}\p{Lu}\p{L}+ \p{Lu}\p{L}+ \p{Ll})")


def _acts(link: str, post: Post) -> bool:
    """`NAME chỉ huy Sư đoàn …` tells what somebody did; with a comma, as `NAME phụ trách Phòng …`, it is an office."""
    return link.strip() == "" and post.main.entry.title == "chỉ huy"


def _may_link(reader: Reader, mention: Mention, link: str, post: Post) -> bool:
    if _acts(link, post) or (link == "\n" and not _ends_its_line(reader, post)):
        return False
    if link == "\n":
        before = reader.lower[max(0, mention.start - 12):mention.start]
        return before[before.rfind("\n") + 1:].strip() in ("", "ông", "bà", "đồng chí", "**")
    if "là" in link.split() and _PREDICATE.search(reader.lower, max(0, mention.start - 90), mention.start):
        return False
    return link.strip() != "" or mention.left is None


_PREDICATE = regex.compile(   # `A là học trò xuất sắc của B, là vị tướng …`: both are said of A
    r"(?<!\p{L})là [^,.;:\n]{3,60} của (?:[^,.;:\n]{0,20} )?\Z"
)


# -- post, something, name -----------------------------------------------------------------------------------

_TO_NAME = regex.compile(
    r"(?:, | ?: ?| - |,? (?:do |là )| (?:là|cho|của) )(?=(?:ông|bà|đồng chí|đ/c) )| (?:đối với|cho) "
    r"|[:ː] ?\n?[-+ ]{0,3}| ?\n?\*\*(?=\p{L})| ?\n?\|[ |\n]{0,6}"
    r"|, (?=(?:gs|pgs|ts|đại tá|thượng tá|trung tá|thiếu tá|\p{Ll}+ tướng)[ .])"
)


def _attach(reader: Reader, post: Post, found: dict[int, Mention], known: set[tuple[str, ...]]) -> None:
    """A name behind a comma, a colon, the wall of a cell or a line break: `…, ông NAME`, a signature."""
    signer = signer_at(reader, post)
    if signer is not None:
        mention = found.setdefault(signer[0], Mention(*signer))
        if mention.right is None and (mention.left is None or mention.left.main.entry.kind == "rank"):
            mention.right, mention.rule, mention.written = post, "signature", printed_title(reader, post)
        return
    gap = _TO_NAME.match(reader.lower, post.end) or (_DASH.match(reader.shadow, post.end) if post.main.org else None)
    aside = None if gap else _FOREIGN_ASIDE.match(reader.shadow, post.end)
    if gap is None and aside is None:
        _chinese_before(reader, post, found)
        return
    if gap and gap[0] == " của " and _OFFICE_OF.search(reader.lower, max(0, post.start - 24), post.start) is None:
        return
    if gap and gap[0] in (" của ", " cho ") and _SERVES.search(post.main.entry.title):
        return   # `cố vấn cho ông A`
    if gap and _NEXT_ROW.fullmatch(gap[0]) and _is_not_first_cell(reader, post):
        return
    start = skip_honorifics(reader.shadow, gap.end()) if gap else post.end + 2
    named = found.get(start) or _mention(
        reader, start, named=aside is not None or start > (gap.end() if gap else start)
    )
    if named is None or (aside and not all(is_foreign_syllable(syllable) for syllable in named.syllables)):
        return
    mention = found.setdefault(named.start, named)
    if gap and gap[0] == ", " and mention.syllables in known and reader.lower.endswith(_GENITIVE, 0, post.start):
        return
    if not mention.posts or (mention.left is None and mention.right and mention.right.main.entry.kind == "member"):
        mention.left, mention.rule = post, "post-name"


_NEXT_ROW = regex.compile(r"[ |]*\n[ ]*\|[ |\n]*")
_ROW = 400     # characters of a row of a table


def _is_not_first_cell(reader: Reader, post: Post) -> bool:
    """Whether other cells stand before a post in its row: the next row is somebody else's."""
    before = reader.shadow[max(0, post.start - _ROW):post.start]
    line = before[before.rfind("\n") + 1:]
    return "|" in line and line.strip(" |*-0123456789") != ""


_SERVES = regex.compile(   # of whom `cho ông A` says whom they work for
    r"(?:cố vấn|trợ lý|thư ký|phát ngôn viên|người phát ngôn|tùy viên|tuỳ viên|vệ sĩ|bác sĩ|luật sư|phiên dịch)\b"
)
_GENITIVE = "của "   # `theo quyết định của Chủ tịch UBND tỉnh, ông A, Giám đốc …`
_DASH = regex.compile(r" - (?=\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}*+){1,3} \p{Ll})")   # `Chủ tịch UBND … - NAME cho biết`
_OFFICE_OF = regex.compile(   # `chức Chủ tịch của ông A`; the `trợ lý của ông A` is another
    r"(?<!\p{L})(?:chức|chức vụ|chức danh|vai trò|nhiệm kỳ|cương vị|vị trí|ghế|tư cách|danh nghĩa|quyền) (?:\p{L}+ )?\Z"
)
_EAST = ("Trung Quốc", "Đài Loan", "Hàn Quốc", "Triều Tiên", "Hong Kong", "Singapore")
_BEFORE_POST = regex.compile(
    r"(?:(?<=[\n\"(])|(?<=(?:lời|do|bởi|của|gặp|với) ))(?:\p{Lu}\p{Ll}+ ){1,2}\p{Lu}\p{Ll}+(?=, \Z)"
)


def _chinese_before(reader: Reader, post: Post, found: dict[int, Mention]) -> None:
    """`Cảnh Sảng, phát ngôn viên Bộ Ngoại giao Trung Quốc`: a name in Sino-Vietnamese reading."""
    if not (post.main.org or "").endswith(_EAST):
        return
    name = _BEFORE_POST.search(reader.shadow, max(0, post.start - 30), post.start)
    if name is None or name.start() in found or known_place(reader.shadow, reader.lower, name.start()):
        return
    if reader.head_at(name.start()) is None and not _opens(name[0].split()[0]):
        found[name.start()] = Mention(name.start(), name.end(), tuple(name[0].split()), right=post, rule="name-post")


_FOREIGN_ASIDE = regex.compile(   # `Bộ trưởng Quốc phòng Mỹ, Robert McNamara, nói`
    r", \p{Lu}[\p{L}'-]++(?: \p{Lu}[\p{L}'.-]*+){1,3}(?: - [a-z]{2,7})?(?=[,.)]| - )"
)

"""Lists and tables of the holders of one post: the heading gives the post, the subject of the page its body.

`## Cục trưởng qua các thời kỳ` above `- 1948-1949: Hoàng Đạo Thúy, Đại tá (1958)` states whose post it was, though a
rank stands beside the name; on a page about a body `- Chủ tịch: NAME` is the chair of that body.
"""

from __future__ import annotations

import regex

from extractors.names import capital_run_at
from extractors.offices.bodies import Bodies
from extractors.offices.columns import held_below
from extractors.offices.infobox import give_role
from extractors.offices.mentions import Mention
from extractors.offices.pages import Subject
from extractors.offices.reading import skip_honorifics
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post

_EDITING = r"(?:\[sửa \| sửa mã nguồn\])?"   # what a wiki prints before a heading
_LEAD = regex.compile(
    rf"{_EDITING}[ ]?(?P<hash>\#{{1,6}})?[ ]?(?P<bold>\*\*)?(?P<wall>\|)?[ \[\]\d*]{{0,6}}"
    r"(?:(?:danh sách|các|những) ){0,3}"
)
_REST = regex.compile(
    r"(?:[ ]?\([^()\n]{0,40}\)|[ ]?\[\d+\]|[ ]?(?:qua )?các (?:thời|nhiệm) k[ìỳ]|[ ]?các đời|[ ]?tiền nhiệm"
    r"|[ ]?hiện (?:nay|tại|thời)|[ ]?đương nhiệm|[ ]?việt nam|[ :*|]){0,12}$"
)
_ERA = regex.compile(
    r"danh sách|(?:qua )?các (?:thời|nhiệm) k[ìỳ]|các đời|đương nhiệm|nhiệm kỳ|(?:giai đoạn|thời kỳ) \d|khóa"
)
_ROW = regex.compile(   # bullet, number, term of office, rank: all that may stand before the name of a row
    rf"{_EDITING}(?:\[\d+\] ?)?[-*+|•]?[ ]?(?:[\d\s.,:;/()|?*~-]|(?:từ|đến|nay|tháng|năm|ngày|lần thứ|[ivx]+(?=[. |])"
    r"|đại tướng|thượng tướng|trung tướng|thiếu tướng|chuẩn tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy"
    r"|đồng chí|đ/c|ông|bà|phó đô đốc|chuẩn đô đốc|đô đốc)(?!\p{L})){0,60}+(?=\p{L})"
)
_ROW_BEHIND = regex.compile(   # a bold heading and its first row on one line
    r"[^*\n]{0,40}\*\*(?:\([^()\n]{1,160}\))? ?(?=- \d)"
)
_COLUMNS = regex.compile(   # the heads of a table with a column for names before one for posts
    r"\|[^\n]{0,60}?(?:họ (?:và )?tên|họ,? tên|tên|nhân vật)(?=[ *|])"
    r"[^\n]{0,80}?\|[ *]*(?:chức vụ|chức danh|cương vị)[^\n]*"
)
_CELL = regex.compile(r"\|[ *]*(?=\p{Lu})")
_TO_OFFICE = regex.compile(
    r"[ *]*\|(?:[ *]*(?:\d[\d /–-]*|(?:đại|thượng|trung|thiếu|chuẩn) (?:tướng|tá|úy)[^|\n]{0,20}"
    r"|(?:phó |chuẩn )?đô đốc)?[ *]*\|)?[ *]*(?=\p{L})"
)
_HOLDER = regex.compile(r"(?:đương nhiệm|người (?:đầu tiên|cuối cùng) (?:nhậm|giữ) chức)[ *]*\|[ *]*(?=\p{L})")
_ROW_MARK = regex.compile(rf"{_EDITING}(?:\[\d+\]|[-+|•\d]|\*(?!\*))")
_AFTER_NAME = regex.compile(r"[ *]{0,3}(?:[|,(:;\[-]|$)")
_LONGEST_LEAD = 90     # characters of a row before its name
_LONGEST_HEADING = 160


def add_listed_roles(
    reader: Reader, bodies: Bodies, subject: Subject, posts: list[Post], mentions: list[Mention]
) -> None:
    """Give the names of lists and tables the post of their heading, and the posts of a page its body."""
    starts = {post.start: post for post in posts}
    by_start = {mention.start: mention for mention in mentions}
    if subject.post:
        _holders(reader, subject.post, subject.org, by_start)
    holding: tuple[str, str | None] | None = None
    start, walled, headed = 0, False, False
    for line in reader.lower.splitlines(keepends=True):
        end = start + len(line.rstrip())
        if start < end:
            holding = _line(reader, bodies, starts, by_start, subject, holding, start, end)
            walled = reader.shadow[start] == "|"
            headed = walled and (headed or _COLUMNS.match(line) is not None)
            if headed and holding is None:
                _cells(reader, bodies, starts, by_start, subject, start, end)
        elif walled:   # a table ends with the first empty line
            holding, headed = None, False
        start += len(line)
    mentions[:] = sorted(by_start.values(), key=lambda mention: mention.start)


def _line(
    reader: Reader, bodies: Bodies, starts: dict[int, Post], by_start: dict[int, Mention],
    subject: Subject, holding: tuple[str, str | None] | None, start: int, end: int,
) -> tuple[str, str | None] | None:
    """The post that a list is under after this line; a row of the list gives it to the name it begins with."""
    lead = _LEAD.match(reader.lower, start, end) if end - start < _LONGEST_HEADING else None
    if lead:
        post = starts.get(lead.end())
        marked = lead["hash"] or lead["bold"] or lead["wall"] or reader.lower[end - 1] == ":"
        if post and _REST.match(reader.lower, post.end, end) and post.main.entry.kind not in NOT_OFFICES:
            signature = reader.shadow[post.start:post.main.title_end].isupper()
            if (marked and not signature) or _ERA.search(reader.lower, start, end):
                return held_below(reader, bodies, post, subject)
            return holding
        joined = _ROW_BEHIND.match(reader.lower, post.end, end) if post and lead["bold"] else None
        if post and joined and post.main.entry.kind not in NOT_OFFICES:
            if reader.shadow[max(0, start - 2):start] != ",\n":   # else the post ends the row above
                holding = held_below(reader, bodies, post, subject)
            start = joined.end()
        if lead["hash"] and not (holding and _ERA.search(reader.lower, start, end)):
            of_page = subject.post and _ERA.search(reader.lower, start, end)
            return held_below(reader, bodies, subject.post, subject) if of_page and subject.post else None
    if holding:
        below = starts.get(end + 3) if reader.shadow[end - 1] == "," and reader.shadow.startswith("\n**", end) else None
        _row(reader, bodies, by_start, held_below(reader, bodies, below, subject) if below else holding, start, end)
    return holding


def _cells(
    reader: Reader, bodies: Bodies, starts: dict[int, Post], by_start: dict[int, Mention],
    subject: Subject, start: int, end: int,
) -> None:
    """A row of a table with columns for name and post: `| 1 | NAME | Đại tá | Cục trưởng | 1956-1957 |`."""
    for cell in _CELL.finditer(reader.shadow, start, end):
        at = skip_honorifics(reader.shadow, cell.end())
        run = capital_run_at(reader.shadow, at)
        after = _TO_OFFICE.match(reader.lower, run.end, end) if run else None
        post = starts.get(after.end()) if after else None
        if post and post.main.entry.kind not in NOT_OFFICES and not post.main.private:
            title, org = held_below(reader, bodies, post, subject)
            give_role(reader, by_start, at, title, org, "table")


def _row(
    reader: Reader, bodies: Bodies, by_start: dict[int, Mention], holding: tuple[str, str | None], start: int, end: int
) -> None:
    lead = _ROW.match(reader.lower, start, min(end, start + _LONGEST_LEAD))
    if lead is None:
        return
    at = skip_honorifics(reader.shadow, lead.end())
    known = by_start.get(at)
    if known and known.left and known.left.main.entry.kind not in NOT_OFFICES:
        return
    if known and known.right and _is_own_post(reader, known.right, holding, end):
        if known.right.main.org is None and bodies.complete(known.right, known) is None:
            known.role = " ".join(reader.text[known.right.start:known.right.end].split()), None
        return
    run = capital_run_at(reader.shadow, at)
    stop = known.end if known else (run.end if run else end)
    is_row = end - start < _LONGEST_HEADING or _ROW_MARK.match(reader.lower, start)
    if is_row and _AFTER_NAME.match(reader.shadow, stop, end):
        give_role(reader, by_start, at, *holding, "list")


def _is_own_post(reader: Reader, post: Post, holding: tuple[str, str | None], end: int) -> bool:
    """Whether a row says which post its holder had (`NAME, Phó Tổng Tham mưu trưởng kiêm Trưởng phòng`) and no more.

    What follows a rank, or has a body of its own, is what became of the holder.
    """
    first = post.parts[0]
    if first.entry.kind in NOT_OFFICES or first.entry.kind == "member":
        return False
    if reader.lower[post.end:end].strip(" .;,*").removeprefix("phụ trách"):
        return False
    if reader.lower.startswith(_BEFORE_OR_LATER, post.start):
        return False
    if first.entry.title == "phụ trách":
        return True
    return all(part.org is None or part.org in (holding[1] or "") for part in post.parts)


_BEFORE_OR_LATER = ("nguyên ", "cựu ", "sau ")


def _holders(reader: Reader, post: Post, org: str | None, by_start: dict[int, Mention]) -> None:
    """`Đương nhiệm | NAME` in the table of a page about a post."""
    title = " ".join(reader.text[post.main.start:post.main.title_end].split())
    for match in _HOLDER.finditer(reader.lower):
        give_role(reader, by_start, match.end(), title, org, "table")

"""Tables with a column for each office, which the head of the column names: `| Nhiệm kỳ | Bí thư | Phó Bí thư |`.

A name takes the office that heads its own column, never that of the cell beside it. In a row with fewer or more cells
than the heads have (cells that span rows) nobody can tell the column, and a name takes nothing from another cell.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.offices.bodies import Bodies
from extractors.offices.infobox import give_role
from extractors.offices.mentions import Mention
from extractors.offices.pages import Subject
from extractors.offices.reading import skip_honorifics
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post

Span = tuple[int, int]

_RULED = regex.compile(r"(?m)^\|(?:[ :]*-{3,}[ :]*\|){3,}[ |]*$")   # the line below the heads, of three columns or more
_CELL = regex.compile(r"\|[ *]*([^|\n]*?)[ *]*(?=\|)")
_ROWS = 2000          # of one table
_LONGEST_ROW = 4000   # characters


def add_column_roles(
    reader: Reader, bodies: Bodies, subject: Subject, posts: list[Post], mentions: list[Mention]
) -> None:
    """Give the names below the head of a column its office, and take from them that of another cell."""
    if "|-" not in reader.shadow:
        return
    starts = {post.start: post for post in posts}
    by_start = {mention.start: mention for mention in mentions}
    for ruled in _RULED.finditer(reader.shadow):
        heads = _heads_above(reader, ruled.start())
        offices = {number: post for number, span in enumerate(heads) if (post := _office(starts, span))}
        if offices and len(heads) > 2:
            for start, end in _rows_below(reader, ruled.end()):
                _row(reader, bodies, subject, offices, len(heads), by_start, start, end)
    mentions[:] = sorted(by_start.values(), key=lambda mention: mention.start)


def _cells(reader: Reader, start: int, end: int) -> list[Span]:
    return [cell.span(1) for cell in _CELL.finditer(reader.shadow, start, end)]


def _heads_above(reader: Reader, at: int) -> list[Span]:
    floor = max(0, at - _LONGEST_ROW)
    start = reader.shadow.rfind("\n", floor, max(floor, at - 1)) + 1
    return _cells(reader, start, at)


def _rows_below(reader: Reader, at: int) -> Iterator[Span]:
    """The lines of a table, up to the first that is empty."""
    for _ in range(_ROWS):
        start = at + 1
        end = reader.shadow.find("\n", start)
        end = len(reader.shadow) if end < 0 else end
        if start >= end or end - start > _LONGEST_ROW:
            return
        yield start, end
        at = end


def _office(starts: dict[int, Post], span: Span) -> Post | None:
    """The office that the head of a column is, and nothing else."""
    post = starts.get(span[0])
    if post is None or post.end < span[1] or post.main.private or post.main.entry.kind in NOT_OFFICES:
        return None
    return post


def _row(
    reader: Reader, bodies: Bodies, subject: Subject, offices: dict[int, Post], width: int,
    by_start: dict[int, Mention], start: int, end: int,
) -> None:
    cells = _cells(reader, start, end) if reader.shadow[start] == "|" else []
    for at in range(start, end):
        mention = by_start.get(at)
        if mention and mention.left and "|" in reader.shadow[mention.left.end:at]:
            mention.left, mention.rule = None, mention.rule if mention.right else ""
    if len(cells) != width:
        return
    for number, post in offices.items():
        at = skip_honorifics(reader.shadow, cells[number][0])
        if at < cells[number][1]:
            title, org = held_below(reader, bodies, post, subject)
            give_role(reader, by_start, at, title, org, "table")


def held_below(reader: Reader, bodies: Bodies, post: Post, subject: Subject) -> tuple[str, str | None]:
    """Title and body of an office that heads a list or a column: its own body, else that of the page."""
    title = " ".join(reader.text[post.main.start:post.main.title_end].split())
    title = title.capitalize() if title.isupper() else title
    of_page = post.main.org is None or post is subject.post
    org = None if of_page else bodies.complete(post, Mention(post.start, post.end, ()))
    return title, org or subject.org

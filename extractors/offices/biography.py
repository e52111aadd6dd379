"""Roles that a document states away from the name: of the subject of an article, in a table, in the data of a notice.

An encyclopaedia page or a curriculum vitae names its subject in the first line and then says `Ông giữ chức …`;
its table names `Tiền nhiệm` and `Kế nhiệm`; a page of a legal portal has `Người ký`; a notice has its signature block.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import regex

from corpus.document import Document
from extractors.names import capital_run_at, is_full_name
from extractors.offices.bodies import Bodies
from extractors.offices.mentions import SIGNED_BY, Mention
from extractors.offices.reading import name_at
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post, entries, is_public

_SUBJECT_LINE = regex.compile(r"[#*\s]{0,6}(?=\p{Lu})")
_HELD = regex.compile(
    r"(?:(?:ông|bà|\)|,|\*\*) (?:(?:đã|đang|từng|hiện|hiện nay|nguyên|cũng) )*"
    r"|(?:là một [^.\n]{3,120}(?:,|từng|nguyên|và|giữ|làm) ))"
    r"(?:là |làm |giữ chức |giữ chức vụ |giữ cương vị |đảm nhiệm |đảm nhiệm chức vụ |đảm nhận |được bầu làm "
    r"|được bổ nhiệm làm |được bổ nhiệm giữ chức |được cử làm |trở thành |từng là |nguyên là |nguyên )\Z"
)
_NEIGHBOUR = regex.compile(r"\|?[ *]*(?:tiền nhiệm|kế nhiệm)[ *]*\|[ *]*(?:\d[^|\n]{0,20}\|)?", regex.I)
_SIGNED = regex.compile(r"(?<!\p{L})nguoi[ _-]?ky[ *]*(?:\||:)[ *|\"]*")
_ISSUED_BY = regex.compile(r"(?:noi|co quan)[ _-]ban[ _-]hanh[ *]*(?:\||:)[ *|\"]*([^|\n*\"]{3,80}?)[ *\"]*(?:\||\n|$)")


def add_stated_roles(
    document: Document, reader: Reader, bodies: Bodies, posts: list[Post], mentions: list[Mention]
) -> None:
    """Give mentions the roles that are stated away from them, and add the mentions that only a table makes."""
    by_start = {mention.start: mention for mention in mentions}
    _signer(document, reader, by_start)
    _table(document, reader, by_start)
    subject = _subject(reader, by_start)
    if subject is not None:
        _of_subject(reader, bodies, posts, by_start, subject)
    _byline(reader, by_start)
    mentions[:] = sorted(by_start.values(), key=lambda mention: mention.start)


def _put(
    reader: Reader, by_start: dict[int, Mention], start: int, title: str | None, org: str | None, rule: str
) -> None:
    mention = by_start.get(start)
    if mention is None:
        name = name_at(reader, start, named=False)
        if name is None:
            return
        mention = Mention(start, *name)
    mention.role = (title, org)
    mention.rule = mention.rule or rule
    by_start[start] = mention


def _signer(document: Document, reader: Reader, by_start: dict[int, Mention]) -> None:
    notice = document.notice
    if notice is None or notice.signer is None or notice.signer_title is None:
        return
    title = notice.signer_title.value
    org = notice.organ.value if notice.organ else None
    title = title.capitalize() if title.isupper() else title
    known = by_start.get(notice.signer.start)
    if known is None or not known.posts:
        _put(reader, by_start, notice.signer.start, title, org, "signature")


def issuer_of(document: Document) -> str | None:
    """The body that issued a document, from the notice's head or the table of a legal portal."""
    if document.notice and document.notice.organ:
        return document.notice.organ.value
    match = _ISSUED_BY.search(document.folded)
    return " ".join(document.text[match.start(1):match.end(1)].split()) if match else None


def _table(document: Document, reader: Reader, by_start: dict[int, Mention]) -> None:
    for match in _SIGNED.finditer(document.folded):
        start = match.end()
        known = by_start.get(start)
        if not (known and known.posts):
            _put(reader, by_start, start, SIGNED_BY, issuer_of(document), "table")


def _subject(reader: Reader, by_start: dict[int, Mention]) -> Mention | None:
    """The person whom a page is about: the full name alone on its first line, named again later."""
    opened = _SUBJECT_LINE.match(reader.shadow)
    run = capital_run_at(reader.shadow, opened.end()) if opened else None
    if run is None or reader.shadow[run.end:run.end + 1] != "\n":
        return None
    syllables = tuple(reader.shadow[a:b] for a, b in run.tokens)
    if not is_full_name(syllables) or reader.shadow.count(reader.shadow[run.start:run.end]) < 2:
        return None
    return by_start.setdefault(run.start, Mention(run.start, run.end, syllables))


def _of_subject(
    reader: Reader, bodies: Bodies, posts: list[Post], by_start: dict[int, Mention], subject: Mention
) -> None:
    others = [mention for mention in by_start.values() if mention.syllables != subject.syllables]
    held = {post.start for mention in others for post in mention.posts}
    heads = [post for post in posts if _heads_a_table(reader, post)]
    stated: list[Post] = []
    for post in posts:
        if post.start in held:
            continue
        joined = stated and reader.lower[stated[-1].end:post.start].strip() in ("và", "rồi", ";", ", và")
        if joined or _said_of_subject(reader, post):
            stated.append(post)
    stated += [post for post in heads if post.start not in held and post.main.org and is_public(post.main)]
    if not stated:
        return
    lead = [post for post in stated if post.start < subject.start + _LEAD] or stated
    first = min(lead, key=lambda post: (_lesser(reader, post), _hierarchy().get(post.main.entry.title, 999)))
    title = " ".join(reader.text[first.main.start:first.main.title_end].split())
    org = bodies.complete(first, subject)
    subject.role = (title, org)
    for match in _NEIGHBOUR.finditer(reader.lower):
        index = bisect_left(heads, match.start(), key=lambda post: post.start)
        head = heads[index - 1] if index and match.start() - heads[index - 1].end < _TABLE else None
        if head:
            words = " ".join(reader.text[head.main.start:head.main.title_end].split())
            _put(reader, by_start, match.end(), words, bodies.complete(head, subject), "table")
        else:
            _put(reader, by_start, match.end(), title, org, "table")


_TABLE = 400   # characters of the part of an infobox that belongs to one office


def _heads_a_table(reader: Reader, post: Post) -> bool:
    """A line of an infobox that is nothing but a post, with its term of office on the next."""
    before = reader.shadow[max(0, post.start - 4):post.start]
    if before[before.rfind("\n") + 1:].strip(" |*") or "\n" not in before:
        return False
    return _TERM.match(reader.lower, post.end) is not None


_TERM = regex.compile(r"[ |*]{0,12}\n[ |*]{0,6}nhiệm kỳ")


_LEAD = 1500  # characters of an article in which its subject is introduced


@cache
def _hierarchy() -> dict[str, int]:
    """Titles by their order in titles.tsv, where the higher office stands first."""
    return {title: order for order, title in enumerate(entries())}


def _lesser(reader: Reader, post: Post) -> int:
    """Membership of a body says less than an office, and a deputy's office less than the head's."""
    return 2 * (post.main.entry.kind == "member") + ("phó" in reader.lower[post.main.start:post.main.title_end])


def _said_of_subject(reader: Reader, post: Post) -> bool:
    """`Ông giữ chức <post>`, `là một chính trị gia, từng là <post>`."""
    if is_public(post.main) is not True or post.main.entry.kind in NOT_OFFICES:
        return False
    line = max(reader.lower.rfind("\n", 0, post.start), post.start - 160, 0)
    return _HELD.search(reader.lower, line, post.start) is not None


def _byline(reader: Reader, by_start: dict[int, Mention]) -> None:
    """The last line `NAME - body`: a servant of that body, whatever the post."""
    end = len(reader.shadow.rstrip())
    opening = reader.shadow[max(0, end - _BYLINE):end]
    start = end - len(opening) + opening.rfind("\n") + 1
    line = _NAME_AND_BODY.match(reader.shadow, start, end)
    if line is None or not is_full_name(tuple(line[1].split())):
        return
    body = reader.read(line.end())
    known = by_start.get(start)
    if body and body[0] == end and not (known and known.posts):
        org = " ".join(reader.text[line.end():end].split())
        by_start[start] = Mention(start, line.end(1), tuple(line[1].split()), rule="byline", role=(None, org))


_BYLINE = 100  # characters of a byline
_NAME_AND_BODY = regex.compile(r"(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){2,4}) ?- ?(?=\p{Lu})")

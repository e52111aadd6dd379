"""Roles that a document states away from the name: of the subject of an article, in a table, in the data of a notice.

An encyclopaedia page or a curriculum vitae names its subject in the first line and then says `Ông giữ chức …`;
its table names `Tiền nhiệm` and `Kế nhiệm`; a page of a legal portal has `Người ký`; a notice has its signature block.
"""

from __future__ import annotations

from functools import cache

import regex

from corpus.document import Document
from corpus.shadow import fold
from extractors.names import capital_run_at, is_full_name
from extractors.offices.bodies import Bodies
from extractors.offices.infobox import Infobox, give_role, heads_a_term, in_words
from extractors.offices.mentions import SIGNED_BY, Mention
from extractors.offices.signatures import unspoilt_title
from extractors.organisations import Reader
from extractors.titles import NOT_OFFICES, Post, Title, entries, is_public

_SUBJECT_LINE = regex.compile(r"[#*\s]{0,6}(?=\p{Lu})")
_NAME_ONLY = regex.compile(r"(?: \([^()\n]{1,60}\))?[ ]?\n")   # `Nguyễn Thị Thu Hà (chính trị gia, sinh 1970)`
_BOLD_LEAD = regex.compile(   # `**Nguyễn Chân** (1929–2021) là một …`
    r"(?<=\n)\*\*(?=\p{Lu}[^*\n]{3,40}\*\* (?:\([^()\n]{4,80}\) )?(?:là|nguyên là) )"
)
_HELD = regex.compile(
    r"(?:(?:ông|bà|\)|,|\*\*) (?:(?:đã|đang|từng|hiện|hiện nay|nguyên|cũng) )*"
    r"|(?:là một [^.\n]{3,120}(?:,|từng|nguyên|và|giữ|làm) ))"
    r"(?:là |làm |giữ chức |giữ chức vụ |giữ cương vị |đảm nhiệm |đảm nhiệm chức vụ |đảm nhận |được bầu làm "
    r"|được bổ nhiệm làm |được bổ nhiệm giữ chức |được cử làm |trở thành |từng là |nguyên là |nguyên )\Z"
)
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


def _signer(document: Document, reader: Reader, by_start: dict[int, Mention]) -> None:
    notice = document.notice
    if notice is None or notice.signer is None or notice.signer_title is None:
        return
    title = unspoilt_title(notice.signer_title.value)
    signer, known = notice.signer, by_start.get(notice.signer.start)
    if known is None:   # a scan may have lost the marks by which a name is known
        known = by_start[signer.start] = Mention(signer.start, signer.end, tuple(signer.value.split()))
    if not known.posts:
        give_role(reader, by_start, signer.start, title, issuer_of(document), "signature")


def issuer_of(document: Document) -> str | None:
    """The body that issued a document, from the notice's head or the table of a legal portal."""
    if document.notice and document.notice.organ:
        return _unspoilt(document, document.notice.organ.value)
    match = _ISSUED_BY.search(document.folded)
    return " ".join(document.text[match.start(1):match.end(1)].split()) if match else None


def _unspoilt(document: Document, name: str) -> str:
    """A name in capitals as the text writes it elsewhere: `TONG CỤC THUÊ` of a scan, `Tổng cục Thuế` in the prose."""
    if not name.isupper():
        return name
    folded, at = fold(name), -1
    for _ in range(_LOOKS):
        at = document.folded.find(folded, at + 1)
        if at < 0:
            break
        words = document.text[at:at + len(folded)]
        if not words.isupper() and words[:1].isupper() and words.count("\n") == 0:
            return words
    return name


_LOOKS = 40


def _table(document: Document, reader: Reader, by_start: dict[int, Mention]) -> None:
    for match in _SIGNED.finditer(document.folded):
        start = match.end()
        known = by_start.get(start)
        if not (known and known.posts):
            give_role(reader, by_start, start, SIGNED_BY, issuer_of(document), "table")


def _subject(reader: Reader, by_start: dict[int, Mention]) -> Mention | None:
    """The person whom a page is about: the full name alone on its first line, named again later.

    A page that has lost its heading names its subject in bold, where its prose begins below the table.
    """
    opened = _SUBJECT_LINE.match(reader.shadow)
    run = capital_run_at(reader.shadow, opened.end()) if opened else None
    alone = run is not None and _NAME_ONLY.match(reader.shadow, run.end) is not None
    if run is None or not alone or reader.shadow.count(reader.shadow[run.start:run.end]) < 2:
        lead = _BOLD_LEAD.search(reader.shadow, 0, _LEAD) if reader.shadow.startswith("|") else None
        run = capital_run_at(reader.shadow, lead.end()) if lead else None
    if run is None:
        return None
    syllables = tuple(reader.shadow[a:b] for a, b in run.tokens)
    return by_start.setdefault(run.start, Mention(run.start, run.end, syllables)) if is_full_name(syllables) else None


def _of_subject(
    reader: Reader, bodies: Bodies, posts: list[Post], by_start: dict[int, Mention], subject: Mention
) -> None:
    others = [mention for mention in by_start.values() if mention.syllables != subject.syllables]
    held = {post.start for mention in others for post in mention.posts}
    heads = [post for post in posts if heads_a_term(reader, post) and is_public(post.main) and post.main.org]
    free = [post for post in posts if post.start not in held]
    lead = _lead(reader, subject)
    found = (
        _highest(reader, [post for post in free if lead and lead[0] < post.start < lead[1]], lead)
        or _highest(reader, [post for post in free if _said_of_subject(reader, post)], None)
        or _highest(reader, [post for post in heads if post.start not in held], None)
    )
    if found is None:
        return
    known_for = in_words(reader, found).replace("guyên là ", "guyên ")
    org = bodies.complete(found, subject)
    subject.role, subject.main = (known_for, org), True
    Infobox(reader, bodies, heads, subject, known_for, org).add(by_start)


_LEAD = 1200  # characters of an article in which its subject is introduced
_NOW = regex.compile(
    r"(?<!\p{L})(?:hiện|hiện nay|hiện tại|đương nhiệm|đương kim|đang (?:là|giữ)|khi mất|thời điểm mất)(?!\p{L})"
)
_SENTENCE = regex.compile(r"\.(?:\[\d+\])*\s|\n")


def _lead(reader: Reader, subject: Mention) -> tuple[int, int] | None:
    """The first section: from where the subject is named again to the next heading."""
    name = reader.shadow[subject.start:subject.end]
    if reader.shadow.startswith("**", subject.start - 2):
        again = subject.start - 2
    else:
        again = reader.shadow.find(f"**{name}", subject.end)
    again = again if again >= 0 else reader.shadow.find(name, subject.end)
    if again < 0:
        return None
    heading = reader.shadow.find("\n#", again, again + _LEAD)
    return again, heading if heading >= 0 else again + _LEAD


def _highest(reader: Reader, posts: list[Post], lead: tuple[int, int] | None) -> Post | None:
    """Of offices that a text states of one person the one held now, else the highest, each without its neighbours."""
    parts = [part for post in posts for part in post.parts if _is_office(part)]
    now = [part for part in parts if lead and _is_present(reader, part, lead[0])]
    if not parts:
        return None
    seat = all(_is_seat(part) for part in now)
    best = min(parts if seat else now, key=lambda part: (_is_seat(part), _step(reader, part)))
    return Post(best.start, best.end, (best,))


def _is_seat(part: Title) -> bool:
    """Membership of a body says less than an office."""
    return part.entry.kind == "member" or (part.entry.title == "bí thư" and (part.org or "").startswith("Trung ương"))


def _step(reader: Reader, part: Title) -> float:
    """Heads of Party, State and ministries by their order in titles.tsv; all others alike, so the first counts."""
    step = _hierarchy().get(part.entry.title, _BELOW)
    return min(step + 0.5 * ("phó" in reader.lower[part.start:part.title_end]), _BELOW)


_BELOW = 4   # titles.tsv opens with the General Secretary, the President, the Prime Minister and ministers


def _is_office(part: Title) -> bool:
    return part.entry.kind not in NOT_OFFICES and is_public(part) is True


def _is_present(reader: Reader, part: Title, opening: int) -> bool:
    """Whether the sentence says before a post that it is held today."""
    ends = [opening, *(match.end() for match in _SENTENCE.finditer(reader.shadow, opening, part.start))]
    return _NOW.search(reader.lower, ends[-1], part.start) is not None


@cache
def _hierarchy() -> dict[str, int]:
    """Titles by their order in titles.tsv, where the higher office stands first."""
    return {title: order for order, title in enumerate(entries())}


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

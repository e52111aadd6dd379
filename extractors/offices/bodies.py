"""The body of a post in the fullest form that the document supports.

A post may name its body in full, in part (`Cục`, `UBND tỉnh`, `Vụ Tổ chức cán bộ`) or not at all; what it lacks comes
from the heading of its list (`Về phía Tổng cục …, có các đồng chí:`), or from the last fuller name with its first word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property

import regex

from corpus import tables
from extractors.anchors import Anchors
from extractors.body_words import heads
from extractors.lexicon import many
from extractors.offices.kinds import fits, kind_headed
from extractors.offices.mentions import Mention
from extractors.offices.pages import NO_SUBJECT, Subject, section_bodies
from extractors.offices.states import States, is_abroad
from extractors.organisations import Organisation, Reader
from extractors.spelling import canonical
from extractors.titles import Post

_OF_THE_NATION = frozenset({"tổng bí thư", "chủ tịch nước", "thủ tướng", "tổng thống", "quốc trưởng"})
_KINDS = ("bộ", "tổng cục", "cục", "chi cục", "vụ", "sở", "ban", "viện", "trường", "phòng", "tòa")
_SCHOOLS = ("trường", "đại học", "học viện", "cao đẳng", "đh")
_SPACES = regex.compile(r"[\s,-]+")
_HEADING = regex.compile(r"(?:đại diện|phía) ")
_INTERNAL = 6
_EDITING = "[sửa | sửa mã nguồn]"   # what a wiki prints before a heading or a row
_HEADING_LINE = 90
_HEADING_REACH = 3000   # characters of a list of names under one heading
_OTHER_DEPUTIES = ("hội đồng nhân dân", "hđnd", "đại hội", "hội nghị", "hội thảo", "mặt trận tổ quốc")
_BARE_LEVEL = regex.compile(
    r"(?:.* )?(tỉnh|thành phố|tp|tp\.|huyện|quận|xã|phường|thị xã|thị trấn)", regex.I
)
_PARTY_COMMITTEE = regex.compile(r"(tỉnh|thành|huyện|quận|thị) [uủ][ỷy]", regex.I)
_LEVEL_OF = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_POWER = regex.compile(   # TM., KT., TL., TUQ.: Decree 30/2020/NĐ-CP, Annex I, box 7a
    r"(?:^|\n)[ \t*]*((?:t\.?/?m|k\.?/?t|t\.?/?l|tuq)\.? ?)[^\n]{2,90}\n(?:[^\n]{0,60}\n){0,2}[ \t*]*\Z"
)
_PARENT = regex.compile(
    r" (?:(?:thuộc|[Cc]ục|[Ss]ở|UBND|[Cc]ông an|CA|[Tt]ổng cục|[Cc]hi cục|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Tt]hành phố"
    r"|TP|xã|phường|[UuỦủ][ỷyỶY] ban|[Tt]hị xã|[Nn]hà nước|[Tt]rung ương|Quốc hội|Chính phủ|Chủ tịch nước)(?!\p{L})"
    r"|[Bb]ộ \p{Lu})|\(|CSGT|PC\d\d"
)


def has_parent(org: str) -> bool:
    """Whether the name of a unit tells the body or place it belongs to."""
    return _PARENT.search(org) is not None


class Bodies:
    """Completes the bodies of posts from the rest of the document."""

    def __init__(
        self, reader: Reader, posts: list[Post], mentions: list[Mention], issuer: str | None = None,
        subject: Subject = NO_SUBJECT,
    ) -> None:
        self._reader = reader
        self._posts = posts
        self._held = {post.start for mention in mentions for post in mention.posts}
        self._issuer = issuer
        self._subject = subject
        self._alike: dict[str, list[Organisation]] = {}
        self._names: dict[tuple[str, ...], str | None] = {}
        self._levels: dict[str, list[tuple[int, str]]] = {}
        self._states = States(reader)

    def complete(self, post: Post, mention: Mention, *, foreign: bool = False) -> str | None:
        """The body of a post that a mention holds; None where the document names none that such an office can head."""
        org = self._complete(post, mention, foreign)
        title = post.main.entry.title
        if kind_headed(title) == "bộ" and (org is None or not is_abroad(org)) and (
            state := self._states.of_delegation(post) or (self._states.only_one if foreign and org else None)
        ):
            return self._of_state(org, state, post.start)
        if org is None or (post.main.org and " " in post.main.org) or fits(title, org):
            return org
        alike = self._headed(kind_headed(title) or "")
        if mention.rule == "signature" and alike:   # `TM. HỘI ĐỒNG THẨM PHÁN / CHÁNH ÁN`: the court that heads the page
            return alike[0].name
        fuller = self._fuller(kind_headed(title) or "", mention.start, foreign)
        return fuller if fuller and fits(title, fuller) else None

    def _complete(self, post: Post, mention: Mention, foreign: bool) -> str | None:
        org, at = post.main.org, mention.start
        heading = self._heading(at)
        if org is None:
            return self._with_place(
                (None if foreign else self._implied(post))
                or self._signing(post, mention)
                or self._states.of(post, foreign=foreign)
                or (heading.name if heading else self._of_the_list(post) or self._of_the_page(post, mention)
                    or self._same_title(post, mention, foreign))
                or (None if foreign else self._only_one(post)), at
            )
        if " " not in org:
            if org.lower() == self._subject.head:
                return self._subject.org
            return self._defined(org) or self._fuller(org, at, foreign) or (heading.name if heading else org)
        if self._subject.org and self._subject.org.lower().startswith(f"{org.lower()} "):
            return self._subject.org
        if committee := _PARTY_COMMITTEE.fullmatch(org):
            place = self._place(_LEVEL_OF[committee[1].lower()], at)
            return f"{org} {place}" if place else org
        org = self._with_place(org, at) or org
        if post.main.tier >= _INTERNAL and heading and heading.head not in org.lower() and not has_parent(org):
            return f"{org}, {heading.name}"
        return org

    def _with_place(self, org: str | None, at: int) -> str | None:
        """A body whose name ends with a bare level (`UBND tỉnh`), with the place of that level."""
        bare = _BARE_LEVEL.fullmatch(org) if org else None
        place = self._place(bare[1], at) if bare else None
        return f"{org} {place}" if place else org

    # -- where a missing body is found -----------------------------------------------------------------------

    def _implied(self, post: Post) -> str | None:
        """The Prime Minister's body is the Government, where the document speaks of it."""
        body = post.main.entry.body
        return body[1:] if body.startswith("=") and self._names_government else None

    @cached_property
    def _names_government(self) -> bool:
        return any(words in self._reader.shadow for words in ("Chính phủ", "CHÍNH PHỦ", "TM. chính phủ"))

    def _of_the_page(self, post: Post, mention: Mention) -> str | None:
        """On a page about a body its posts are that body's: in lists, behind a name, or where the title says so."""
        title, subject = post.main, self._subject
        if subject.org is None or title.private or title.entry.kind not in ("post", "chair", "office"):
            return None
        if title.entry.title in _OF_THE_NATION:
            return None
        own = title.entry.body.lower()
        if own:
            return subject.org if own in subject.head else None
        before = self._reader.shadow[max(0, post.start - 12):post.start]
        line = before[before.rfind("\n") + 1:]
        row = "\n" in before and line.strip() != "" and line.lower().strip(" |*[]-0123456789.") in ("", "các")
        return subject.org if row or (post is mention.right and title.entry.kind != "office") else None

    def _of_the_list(self, post: Post) -> str | None:
        """Under a heading `Danh sách …` the posts that open the rows are those of the body that the heading names."""
        if not self._sections or post.main.private or post.main.entry.title in _OF_THE_NATION:
            return None
        before = self._reader.shadow[max(0, post.start - 36):post.start]
        row = before[before.rfind("\n") + 1:].removeprefix(_EDITING)
        if "\n" not in before or row.strip(" |*[]-0123456789."):
            return None
        index = bisect_left(self._sections, post.start, key=lambda section: section[0])
        return self._sections[index - 1][1] if index else None

    @cached_property
    def _sections(self) -> list[tuple[int, str | None]]:
        return section_bodies(self._reader)

    def _signing(self, post: Post, mention: Mention) -> str | None:
        """The body in the line above a signature: `TM. ỦY BAN NHÂN DÂN TỈNH`, `KT. BỘ TRƯỞNG BỘ TÀI CHÍNH`."""
        above, at = None, max(0, post.start - 160)
        while found := _POWER.search(self._reader.lower, at, post.start):   # the line nearest to the signature
            above, at = found, found.end(1)
        if above is not None:
            start = above.end(1)
            first = bisect_left(self._posts, start, key=lambda other: other.start)
            if first < len(self._posts) and self._posts[first].start < min(start + 4, post.start):
                return self._posts[first].main.org or (self._issuer if mention.rule == "signature" else None)
            read = self._reader.read(start, after_title=True)
            if read:
                return " ".join(self._reader.text[start:read[0]].split())
        return self._issuer if mention.rule == "signature" else None

    def _only_one(self, post: Post) -> str | None:
        """The one body of its kind that the document names: `Thứ trưởng` where it speaks of one `Bộ`."""
        if post.main.entry.title == "đại biểu":
            return "Quốc hội" if self._is_of_parliament else None
        own = post.main.entry.body.lower()
        if self._issuer and own and self._issuer.lower().startswith(f"{own} "):
            return self._issuer
        if own == "trường":
            return self._sole(_SCHOOLS)
        return self._sole((own,)) if post.main.entry.kind == "office" else None

    def _sole(self, kinds: tuple[str, ...]) -> str | None:
        """The one name of the bodies of these kinds, however often the document says it."""
        if kinds not in self._names:
            alike = (body for kind in kinds for body in self._headed(kind) if not is_abroad(body.name))
            names = {_SPACES.sub("", body.name.lower().removeprefix("trường ")): body.name for body in alike}
            self._names[kinds] = next(iter(names.values())) if len(names) == 1 else None
        return self._names[kinds]

    @cached_property
    def _is_of_parliament(self) -> bool:
        """Whether a document speaks of deputies of the Quốc hội and of no other council or congress."""
        lower = self._reader.lower
        return "Quốc hội" in self._reader.shadow and not any(words in lower for words in _OTHER_DEPUTIES)

    def _same_title(self, post: Post, mention: Mention, foreign: bool) -> str | None:
        """The body of the one office of this title that the document names, where nobody else holds it."""
        title, kind = post.main.entry.title, post.main.entry.kind
        if kind not in ("office", "chair", "post") or title == "trưởng đoàn" or (foreign and title != "tổng thống"):
            return None
        if kind == "chair" and mention.syllables[-3:] == ("Hồ", "Chí", "Minh"):   # a style that needs no body
            return None
        named, held = self._by_title.get(title, (set(), False))
        of_kind = [org for org, is_foreign in named if is_foreign == foreign]
        return of_kind[0] if len(of_kind) == 1 and not held else None

    @cached_property
    def _by_title(self) -> dict[str, tuple[set[tuple[str, bool]], bool]]:
        """Title → bodies named with it, and whether one of these posts has a holder of its own."""
        named: dict[str, tuple[set[tuple[str, bool]], bool]] = {}
        for post in self._posts:
            if post.main.org:
                orgs, held = named.get(post.main.entry.title, (set(), False))
                orgs.add((post.main.org, post.main.foreign or is_abroad(post.main.org)))
                named[post.main.entry.title] = orgs, held or post.start in self._held
        return named

    @cached_property
    def _headings(self) -> list[Organisation]:
        """The bodies behind `về phía`, `đại diện`."""
        opened = _HEADING.finditer(self._reader.lower)
        return [body for mark in opened if (body := self._reader.organisation_from(mark.end()))]

    def _heading(self, at: int) -> Organisation | None:
        """The body that heads the list around a place: in the same paragraph, before it."""
        index = bisect_left(self._headings, at, key=lambda body: body.start)
        heading = self._headings[index - 1] if index else None
        if heading is None or at - heading.start > _HEADING_REACH:
            return None
        return None if "\n" in self._reader.shadow[heading.start:at] else heading

    def _headed(self, head: str) -> list[Organisation]:
        """The bodies of more than one word that begin with a first word, in order; only its lines are read."""
        if head not in heads():
            return []
        if head not in self._alike:
            self._alike[head] = [
                body for body in self._with_word(head.split()[0])
                if " " in body.name and (body.head == head or (head in _KINDS and body.head.startswith(f"{head} ")))
            ]
        return self._alike[head]

    def _with_word(self, word: str) -> Iterator[Organisation]:
        """The bodies of the lines that have a word."""
        reader, at = self._reader, self._reader.lower.find(word)
        while at >= 0:
            line = reader.line_of(at)
            yield from reader.organisations_in(line)
            at = reader.lower.find(word, reader.line_end(line))

    def _defined(self, org: str) -> str | None:
        """The name that the text abbreviates so: `Cơ quan Hàng không và Vũ trụ Mỹ (NASA)`."""
        at = self._reader.shadow.find(f"({org})") if org.isupper() else -1
        if at < 0:
            return None
        named = (body for body in self._reader.organisations_in(self._reader.line_of(at)) if body.start < at < body.end)
        return next((body.name for body in named if body.name.endswith(f"({org})")), None)

    def _of_state(self, org: str | None, state: str, at: int) -> str | None:
        """A ministry of a foreign state: the one that the clause names, else the words of the post with the state."""
        if org is None or " " not in org:
            named = self._fuller("bộ", at, True)
            return named if named and named.endswith(state) else state
        return f"{org} {state}"

    def _fuller(self, head: str, at: int, foreign: bool) -> str | None:
        """The last fuller name with a first word before a place, else the first one after it: of a foreign country for
        somebody of abroad, of none for others."""
        alike = [body for body in self._headed(head.lower()) if is_abroad(body.name) == foreign]
        index = bisect_left(alike, at, key=lambda body: body.start)
        return alike[max(index - 1, 0)].name if alike else None

    def _place(self, level: str, at: int) -> str | None:
        """The place of a level that the text names last before a place, else first after it."""
        level = "thành phố" if level.lower().startswith("tp") else level.lower()
        if level not in self._levels:
            places = list(self._places_of(level))
            is_first = level in ("tỉnh", "thành phố")
            known = [place for place in places if canonical(place[1].lower()) in _spellings()] if is_first else []
            self._levels[level] = known or places   # `thành phố Cảng` is a byname
        found = self._levels[level]
        if self._own_place and self._own_place[1] == level:
            return self._own_place[0]
        index = bisect_left(found, at, key=lambda place: place[0])
        return found[max(index - 1, 0)][1] if found else None

    @cached_property
    def _own_place(self) -> tuple[str, str] | None:
        """The province, with its level, that the page, or the body it is about, bears in its name."""
        heading = self._reader.text[:_HEADING_LINE].split("\n")[0]
        org = self._subject.org or (heading if heading.startswith("# ") else "")
        named = [(org[start:end], rank) for start, end, rank in _provinces().longest(canonical(org.lower()))]
        return named[0] if named else None

    def _places_of(self, level: str) -> list[tuple[int, str]]:
        words = r"(?:thành phố|tp\.?)" if level == "thành phố" else regex.escape(level)
        found = []
        for match in regex.finditer(rf"(?<!\p{{L}}){words} ?(?=\p{{L}})", self._reader.lower):
            name = self._reader.name_after_level(match.end(), level)
            if name and canonical(name.lower()) != "ủy":
                found.append((match.start(), name))
        return found or self._known_places(level)

    def _known_places(self, level: str) -> list[tuple[int, str]]:
        """Provinces, or cities of that rank, that the text names without their level."""
        if level not in ("tỉnh", "thành phố"):
            return []
        return [
            (start, self._reader.text[start:end])
            for start, end, rank in _provinces().longest(self._reader.lower)
            if rank == level and self._reader.shadow[start].isupper()
        ]


@cache
def _spellings() -> frozenset[str]:
    """Every spelling of a province in lower case, its abbreviations too."""
    rows = tables.table("corpus", "provinces")
    return frozenset(canonical(name.lower()) for row in rows for name in (row["name"], *many(row["variants"])))


@cache
def _provinces() -> Anchors[str]:
    return Anchors((canonical(row["name"].lower()), row["level"]) for row in tables.table("corpus", "provinces"))

"""Offices read from a title and its body: what is held, how (acting, in charge, formerly) and how high it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from corpus.document import Document
from corpus.tables import TableError, table
from extractors.offices.kinds import kind_headed, kind_of_body
from extractors.offices.mentions import SIGNED_BY
from extractors.organisations import Reader
from extractors.spelling import canonical
from extractors.titles import NOT_OFFICES, Post, entries, find_posts
from pipeline.assemble.people.bodies import Body, body_of

_HOW = ("former", "elect", "acting", "in charge", "plain")
_KINDS = frozenset({*_HOW, "crown", "first", "high", "single"})
_PARTS = regex.compile(r"[,;] (?:kiêm )?|,? kiêm | [-–] |/")
_ONE_POST = regex.compile(r"bộ trưởng, chủ nhiệm")
_DEPUTY = regex.compile(r"phó (?!tiến sĩ)")
_SPACES = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Office:
    """One office of one body. `office` is the title in one spelling; `title` its words without what modifies them."""

    office: str
    title: str
    body: Body | None
    modifier: str | None = None     # acting | in charge
    former: bool = False
    elect: bool = False
    main: bool = True               # the last of the titles that stand in a row: its body is the one named
    words: str = ""                 # as the source has them, with what modifies them

    def __hash__(self) -> int:
        return hash((self.office, self.words, self.body and self.body.key))

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What spellings of one occupancy have in common."""
        body = self.body
        return self.office, self.modifier or "", body.key if body else "", body.version if body else ""

    @property
    def kinds(self) -> frozenset[str]:
        """`first`, `high`, `single`, `crown`: see office_words.tsv; heads of central organs are of the first rank."""
        return _kinds_of(self.office, bool(self.body and self.body.central))

    @property
    def is_rank(self) -> bool:
        """Whether it is a rank of the army or police, which is no office."""
        return _is_rank(self.office)

    @property
    def held(self) -> Office | None:
        """What is held: of `Đại tá, Công an tỉnh …` the body is left, and of a rank alone nothing."""
        if not self.is_rank:
            return self
        return Office("", "", self.body, main=self.main) if self.body else None

    @property
    def base(self) -> str:
        """The office that this one deputises or stands in for, else itself."""
        return _base(self.office)

    @property
    def step(self) -> int:
        """On the ladder of one office: 1 deputy, 2 deputy in charge, 3 acting, 4 holder."""
        if self.modifier == "acting":
            return 3
        if self.base != self.office:
            return 2 if self.modifier else 1
        return 3 if self.modifier else 4


@lru_cache(maxsize=4096)
def _is_rank(office: str) -> bool:
    entry = entries().get(office)
    return entry is not None and entry.kind == "rank"


_CENTRAL = frozenset({
    "chủ tịch", "trưởng ban", "chủ nhiệm", "chánh án", "viện trưởng", "chánh văn phòng", "tổng thư ký",
})


@lru_cache(maxsize=4096)
def _base(office: str) -> str:
    return str(_DEPUTY.sub("", office, count=1))


@lru_cache(maxsize=4096)
def _kinds_of(office: str, central: bool) -> frozenset[str]:
    found = _kinds().get(office, frozenset())
    if central and office in _CENTRAL:
        return found | {"first"}
    return found | {"high"} if central and _base(office) in _CENTRAL else found


_OF_THE_NATION = frozenset({"tổng bí thư", "chủ tịch nước", "phó chủ tịch nước"})


@cache
def _words() -> dict[str, str]:
    """How-words, the longest first → kind."""
    found = {row["words"]: row["kinds"] for row in table("pipeline", "office_words") if row["kinds"] in _HOW}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found = {}
    for row in table("pipeline", "office_words"):
        kinds = frozenset(row["kinds"].replace("in charge", "in_charge").split())
        if not {kind.replace("_", " ") for kind in kinds} <= _KINDS:
            raise TableError(f"office_words.tsv: {row['words']!r} has a kind that is none of {sorted(_KINDS)}")
        if row["kinds"] not in _HOW:
            found[row["words"]] = kinds
    return found


@cache
def _implied() -> dict[str, str]:
    return {row["words"]: row["body"] for row in table("pipeline", "office_words") if row["body"]}


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    return {row["title"]: (row["office"], row["body"]) for row in table("pipeline", "office_spellings")}


@lru_cache(maxsize=16384)
def offices_of(title: str | None, body: Body | None) -> tuple[Office, ...]:
    """The offices of a title, in order; the last one is of the body, those before it of what their own words name.

    >>> [(one.office, one.modifier) for one in offices_of("Bí thư Đảng ủy, Q. Tổng cục trưởng", None)]
    [('bí thư đảng ủy', None), ('tổng cục trưởng', 'acting')]
    """
    if not title or title == SIGNED_BY:     # who signs for a body is of it, in whatever office
        return (Office("", "", body),) if body else ()
    parts = list(_parts(_SPACES.sub(" ", title).strip()))
    found: list[Office] = []
    former = False
    for number, part in enumerate(parts, 1):
        last = number == len(parts)
        office = _office(part, body if last else None, last)
        if not last and body and office.body is None and _heads(office.office, body):
            office = replace(office, body=body)     # `Thứ trưởng kiêm Chánh văn phòng` of one Bộ
        if office.office or last:
            former = office.former or (former and not office.elect)
            found.append(replace(office, former=former))
    return tuple(found)


def _heads(office: str, body: Body) -> bool:
    kind = kind_of_body(body.name)
    return kind is not None and kind_headed(office) == kind


def _parts(title: str) -> Iterator[str]:
    lower = canonical(title.lower())
    whole = _ONE_POST.search(lower)
    start = 0
    for mark in _PARTS.finditer(lower):
        if whole and whole.start() <= mark.start() < whole.end():
            continue
        yield title[start : mark.start()]
        start = mark.end()
    yield title[start:]


def _office(words: str, body: Body | None, last: bool) -> Office:
    core, kinds, first, stop = _stripped(words)
    title = words[first:stop]
    if not last and core not in _spellings() and core not in _implied() and (own := _with_own_body(title)):
        core, body = own
    core, body = _one_spelling(core, body)
    if body and (whole := f"{core} {canonical(body.name.lower())}") in _implied():
        core, body = whole, body_of(_implied()[whole])
    elif (body is None or (core in _OF_THE_NATION and not body.country)) and (implied := _implied().get(core)):
        body = body_of(implied)
    modifier = next((kind for kind in ("acting", "in charge") if kind in kinds), None)
    return Office(core, title, body, modifier, "former" in kinds, "elect" in kinds, last, words.strip())


def _stripped(words: str) -> tuple[str, set[str], int, int]:
    """The title without words that say how it was held: its form, their kinds, where it begins and ends."""
    lower = canonical(words.lower())
    first, stop = 0, len(lower.rstrip())
    kinds: set[str] = set()
    changed = True
    while changed:
        changed = False
        while first < stop and lower[first] == " ":
            first += 1
        for how, kind in _words().items():
            if _opens_a_title(lower[first:stop], how):
                continue
            if lower.startswith(how, first) and _ends(lower, first + len(how), how) and first + len(how) < stop:
                first, changed = first + len(how), True
            elif lower.endswith(f" {how}", first, stop) and stop - len(how) - 1 > first:
                stop, changed = stop - len(how) - 1, True
            else:
                continue
            kinds.add(kind)
            break
    return lower[first:stop].strip(), kinds, first, stop


@lru_cache(maxsize=4096)
def _opens_a_title(words: str, how: str) -> bool:
    """`Cố vấn`, `Nguyên soái`: a title of its own that begins with a word of how an office was held."""
    return any(words.startswith(title) for title in entries() if title.startswith(f"{how} "))


def _ends(lower: str, at: int, how: str) -> bool:
    return how.endswith(".") or not lower[at : at + 1].isalpha()


def _one_spelling(core: str, body: Body | None) -> tuple[str, Body | None]:
    office, pattern = _spellings().get(core, (core, ""))
    if not pattern or (body and body.key.startswith("bo ngoai giao")):
        return office, body
    if "{}" not in pattern:
        return office, body or body_of(pattern)
    return office, body_of(pattern.format(body.name) if body and body.country else pattern.format("").strip())


@lru_cache(maxsize=4096)
def _with_own_body(title: str) -> tuple[str, Body] | None:
    """`Bộ trưởng Bộ Ngoại giao` in the middle of a row of titles: the office, and its body."""
    post = post_in(title)
    part = post.parts[0] if post else None
    if part is None or part.start != 0 or not part.org or part.org_start is None or part.title_end >= len(title):
        return None
    body = body_of(part.org)     # `Bí thư Đảng ủy` says no more than its words
    return None if body.generic else (canonical(title[: part.title_end].lower()).strip(), body)


def post_in(words: str) -> Post | None:
    """The first post that words name."""
    posts = find_posts(Reader(Document(id="", text=words)))
    return next((post for post in posts if post.main.entry.kind not in NOT_OFFICES), None)


def offices_told(words: str) -> tuple[Office, ...]:
    """The offices of the first post that words begin with, each with the body that the words name."""
    post = post_in(words)
    if post is None or post.start > 2:
        return ()
    found: list[Office] = []
    for part in post.parts:
        if part.entry.kind in NOT_OFFICES or part.private:
            continue
        body = body_of(part.org) if part.org else None
        found += offices_of(words[part.start : part.title_end], body)[-1:]
    return tuple(found)



"""People of a document and the roles that it gives them, each from its place on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import regex

from corpus.shadow import fold
from extractors.names import is_foreign_syllable, pseudonyms, surname_weight, tidy
from extractors.offices.bodies import Bodies, has_parent
from extractors.offices.kinds import fits, is_in_full, kind_headed
from extractors.offices.mentions import SIGNED_BY, Mention
from extractors.offices.states import is_abroad
from extractors.organisations import Reader
from extractors.spelling import canonical
from extractors.titles import NOT_OFFICES, Post, Title, is_public

_IS = regex.compile(r"(?<=^nguyên) là ", regex.I)
_COMPANIES = (
    "công ty", "tập đoàn", "hđqt", "hội đồng quản trị", "câu lạc bộ", "clb", "doanh nghiệp", "tổ chức phi",
)
_UNIT = regex.compile(r"(?:phòng|ban|tổ|bộ phận|văn phòng|trung tâm|đội) (?!quản lý khu|chỉ đạo)", regex.I)
_WEAK = NOT_OFFICES | {"teacher", "doctor"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role stated at one place.

    `public` is None where the text there does not say; `office` is False for ranks, degrees and professions;
    `member` is True for seats in a collective body, which say less of a person than an office; `chair` for a
    `Chủ tịch` of whom the text does not say of what; `passing` for what is said of a person beside another role;
    `rank` for a military or police rank alone.
    """

    at: int
    title: str | None
    org: str | None
    public: bool | None
    office: bool
    member: bool = False
    chair: bool = False
    passing: bool = False
    rank: bool = False


@dataclass
class Person:
    """Everybody in the document with one full name. Roles are complete before any is asked for."""

    name: str
    syllables: tuple[str, ...]
    roles: list[Role] = field(default_factory=list)
    foreign: bool = False
    main: Role | None = None   # of the subject of a page: the office it is known for

    @cached_property
    def is_official(self) -> bool:
        """A public role is stated, or a chair of nobody says what and no private post."""
        states = [role.public for role in self.roles]
        return True in states or (any(role.chair for role in self.roles) and False not in states)

    @cached_property
    def is_spelt_foreign(self) -> bool:
        return any(is_foreign_syllable(syllable) for syllable in self.syllables)

    @cached_property
    def _offices(self) -> list[Role]:
        offices = [role for role in self.roles if role.office and role.public is not False]
        return sorted(offices or [role for role in self.roles if role.public], key=lambda role: role.at)

    @cached_property
    def _held(self) -> list[Role]:
        offices = [role for role in self._offices if not role.member] or self._offices
        return [role for role in offices if not role.passing] or offices

    @cached_property
    def _first(self) -> Role:
        """The role of the first mention that has one; of several the one before the name, which stands last."""
        return [role for role in self._held if role.at == self._held[0].at][-1]

    @cached_property
    def _stated_at(self) -> dict[int, Role]:
        stated = sorted(self._offices, key=lambda role: not role.member)   # the office wins over the seat
        return {role.at: role for role in stated}

    @cached_property
    def _distinct(self) -> list[Role]:
        return list({(role.title, role.org): role for role in reversed(self._offices)}.values())[::-1]

    def role_at(self, at: int) -> Role:
        """The role in force at a place: the one stated there, else the last stated before, in its fullest form."""
        here = self._stated_at.get(at)
        before = bisect_left(self._held, at, key=lambda role: role.at)
        if here is None and before == 0 and (early := self._rank_before(at)):
            return early
        role = here or self.main or (self._held[before - 1] if before else self._first)
        alike = [other for other in self._distinct if _contains(other.title, role.title) and _same_kind(other, role)]
        fullest = role if here or self.main else max(alike or [role], key=_fullness)
        org = self._org(role, alike)
        if not fits(fullest.title, org):    # `Chủ tịch UBND - Phó Bí thư` of the Thành ủy, not of the UBND
            org = fullest.org
        return Role(at, fullest.title, org, True, role.office)

    def _rank_before(self, at: int) -> Role | None:
        """The rank of a time before the offices: `Đại úy A … Sau này Trung tướng A là Thứ trưởng …`."""
        index = bisect_right(self._ranks, at, key=lambda role: role.at)
        if not index:
            return None
        then, last = self._ranks[index - 1], self._ranks[-1]
        return None if _contains(last.title, then.title) or _contains(then.title, last.title) else then

    @cached_property
    def _ranks(self) -> list[Role]:
        return sorted((role for role in self.roles if role.rank), key=lambda role: role.at)

    def _org(self, role: Role, alike: list[Role]) -> str | None:
        orgs = [other.org for other in [role, *alike] if other.org and is_in_full(other.org, role.org)]
        orgs = orgs or [other.org for other in self._distinct if other.org and _same_office(other, role)]
        if not orgs and self.foreign and (role.title or "").lower().endswith(_OF_A_STATE):
            alike = [other for other in self._distinct if (other.title or "").lower().endswith(_OF_A_STATE)]
            orgs = [other.org for other in alike if other.org]
        orgs = [org for org in orgs if fits(role.title, org) or (org == role.org and " " in org)]
        return max(orgs, key=lambda words: len(words.split())) if orgs else None


_OF_A_STATE = ("lãnh đạo", "tổng thống", "thủ tướng", "chủ tịch", "quốc vương")   # one state's, whatever it is called


def _fullness(role: Role) -> tuple[int, bool, int]:
    return len((role.title or "").split()), role.org is not None, -role.at


def _contains(longer: str | None, shorter: str | None) -> bool:
    return bool(longer and shorter) and canonical((shorter or "").lower()) in canonical((longer or "").lower())


def _same_office(left: Role, right: Role) -> bool:
    words = [canonical((role.title or "").lower()).split()[-1:] for role in (left, right)]
    return words[0] == words[1] and _same_kind(left, right)


def _same_kind(left: Role, right: Role) -> bool:
    """A `Tổng cục trưởng` is no `Cục trưởng`, for all that the words of one are in the other."""
    kinds = {kind_headed(left.title or ""), kind_headed(right.title or "")} - {None}
    return len(kinds) < 2


@lru_cache(maxsize=8192)
def key(syllables: tuple[str, ...]) -> str:
    """What all spellings of one name share: lower case, one way of placing tones."""
    return canonical(" ".join(syllables).lower())


class People:
    """The people of a document by the key of their full name."""

    def __init__(self, reader: Reader, bodies: Bodies, mentions: list[Mention]) -> None:
        self._reader, self._bodies = reader, bodies
        self._companies = any(words in reader.lower for words in _COMPANIES)
        self.by_key: dict[str, Person] = {}
        self._short: set[str] = set()   # keys of names without the family name
        self._abroad = {   # keys of those to whom a post gives a body of another country
            key(mention.syllables) for mention in mentions for post in mention.posts
            if post.main.foreign or (post.main.org and is_abroad(post.main.org))
        }
        for mention in mentions:
            if len(mention.syllables) > 1:
                self._add(mention)
        namesakes = self._namesakes()
        for mention in mentions:
            if len(mention.syllables) == 1:
                self._add_alone(mention, namesakes)
        self._join_variants()
        self._join_aliases(mentions)
        self._join_short_names()
        self._join_middle_names()

    def _namesakes(self) -> dict[str, list[Person]]:
        """Given name, or the first name of somebody spelt foreign → people."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.by_key.values():
            found[person.syllables[-1]].append(person)
            if person.is_spelt_foreign or person.foreign:
                found[person.syllables[0]].append(person)
        return found

    def _add_alone(self, mention: Mention, namesakes: dict[str, list[Person]]) -> None:
        """A name of one syllable: the one person in the document who bears it, else a person of its own."""
        bearers = namesakes.get(mention.syllables[0], [])
        if len(bearers) == 1:
            self._add_roles(bearers[0], mention)
        elif not bearers and _names_alone(mention):
            self._add(mention)

    def of(self, mention: Mention) -> Person | None:
        return self.by_key.get(key(mention.syllables))

    def is_short(self, mention: Mention) -> bool:
        """Whether a mention is a name without its family name, of somebody named in full elsewhere."""
        return key(mention.syllables) in self._short

    def officials(self) -> list[Person]:
        return [person for person in self.by_key.values() if person.is_official]

    def _add(self, mention: Mention) -> None:
        name = tidy(" ".join(mention.syllables))
        self._add_roles(self.by_key.setdefault(key(mention.syllables), Person(name, mention.syllables)), mention)

    def _add_roles(self, person: Person, mention: Mention) -> None:
        for post in mention.posts:
            person.roles.append(self._role(person, post, mention))
            person.foreign = person.foreign or any(part.foreign for part in post.parts)
        if mention.role:
            title, org = mention.role
            person.roles.append(Role(mention.start, title, org, True, title != SIGNED_BY))
            person.main = person.roles[-1] if mention.main else person.main

    def _role(self, person: Person, post: Post, mention: Mention) -> Role:
        main = post.main
        foreign = person.is_spelt_foreign or key(person.syllables) in self._abroad
        org = mention.org or self._bodies.complete(post, mention, foreign=foreign)
        states = [self._is_public(part, org if part is main else part.org) for part in post.parts]
        public = True if True in states or mention.org else (None if None in states else False)
        office, member = main.entry.kind not in _WEAK, main.entry.kind == "member"
        chair = public is None and main.entry.kind in ("chair", "leader")
        passing = len(mention.syllables) == 1 or (mention.passing and post is mention.right)
        rank = main.entry.kind == "rank"
        return Role(mention.start, self._title(post, mention), org, public, office, member, chair, passing, rank)

    def _title(self, post: Post, mention: Mention) -> str:
        """The words of a post from its first office to the last, without the body of the last."""
        if mention.written and post is mention.right:
            return mention.written
        if post.main.entry.full and len(post.parts) == 1:
            return post.main.entry.full
        offices = [part for part in post.parts if part.entry.kind not in NOT_OFFICES] or [post.main]
        title = " ".join(self._reader.text[offices[0].start:post.main.title_end].split())
        return str(_IS.sub(" ", title.capitalize() if title.isupper() and len(title) > 5 else title))

    def _is_public(self, part: Title, org: str | None) -> bool | None:
        """Whether a title is public in this document: where companies act, a unit must tell whose it is."""
        state, kind = is_public(part), part.entry.kind
        if state is None and kind == "chair" and (not self._companies or org):
            return True
        if state and kind == "post" and self._companies and _UNIT.match(org or "") and not has_parent(org or ""):
            return None
        return state

    def _join_variants(self) -> None:
        """One person spelt in two ways: a tone mark lost or changed, as by a slip of the pen."""
        officials = {fold(person.name): person for person in self.officials() if len(person.syllables) > 1}
        for name, person in self.by_key.items():
            twin = officials.get(fold(person.name))
            if twin and not person.roles:
                self.by_key[name] = Person(person.name, person.syllables, twin.roles, twin.foreign)


    def _join_aliases(self, mentions: list[Mention]) -> None:
        """`Trần Danh Tuyên (1911 – 1997), tức Nguyễn Văn Luận`: two names of one person."""
        if not any(word in self._reader.lower for word in _ALSO_CALLED):
            return
        for named, alias in pairwise(mention for mention in mentions if len(mention.syllables) > 1):
            person, other = self.of(named), self.of(alias)
            if person is None or other is None or other.roles or not person.is_official:
                continue
            if alias.start - named.end < 50 and _ALIAS.fullmatch(self._reader.lower, named.end, alias.start):
                self.by_key[key(alias.syllables)] = Person(other.name, other.syllables, person.roles, person.foreign)

    def _join_short_names(self) -> None:
        """A foreign name without its first names: `Bộ trưởng Osorio Chong` is Miguel Angel Osorio Chong."""
        foreign = [person for person in self.by_key.values() if person.is_spelt_foreign]
        by_end: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person in foreign:
            for first in range(1, len(person.syllables) - 1):
                by_end[person.syllables[first:]].append(person)
        for short in foreign:
            longer = by_end.get(short.syllables, [])
            if len(longer) == 1 and longer[0].is_official:
                longer[0].roles.extend(short.roles)
                self.by_key[key(short.syllables)] = longer[0]

    def _join_middle_names(self) -> None:
        """A Vietnamese name without its family name: `ông Xuân Anh` is Nguyễn Xuân Anh, if nobody else can be."""
        pairs = {name: person for name, person in self.by_key.items() if len(person.syllables) == 2}
        if not pairs:
            return
        longer: dict[str, list[Person]] = defaultdict(list)
        for person in self.by_key.values():
            if len(person.syllables) > 2 and not person.is_spelt_foreign:
                longer[key(person.syllables[-2:])].append(person)
        for name, short in pairs.items():
            bearers = longer.get(name, [])
            if surname_weight(short.syllables[0]) > (0.7 if short.roles else 2.0) or _is_another(short):
                continue   # somebody else, with a family and a given name
            if len({person.name for person in bearers}) == 1 and bearers[0].is_official:
                bearers[0].roles.extend(short.roles)
                self.by_key[name] = bearers[0]
                self._short.add(name)


def _is_another(person: Person) -> bool:
    return " ".join(person.syllables).lower() in pseudonyms() or any(role.public is False for role in person.roles)


_ALSO_CALLED = (" tức ", " bí danh", " còn gọi là", " tên thật", " tên khai sinh")
_ALIAS = regex.compile(
    r"[*]{0,2}(?: ?\([^()\n]{4,24}\))?,? ?\(?"
    r"(?:tức|bí danh(?: là)?|còn gọi là|tên thật(?: là)?|tên khai sinh(?: là)?) [*]{0,2}"
)


def _names_alone(mention: Mention) -> bool:
    """Whether one syllable can name a person: a foreign one (`Tổng thống Obama`), or behind a rank (`Đại tá Hùng`)."""
    kind = mention.posts[-1].main.entry.kind if mention.posts else "none"
    if kind in ("none", "local", "chair", "post", "firm"):
        return False
    return is_foreign_syllable(mention.syllables[0]) or kind == "rank"

"""People of a document and the roles that it gives them, each from its place on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from corpus.shadow import fold
from extractors.names import is_foreign_syllable, tidy
from extractors.offices.bodies import Bodies
from extractors.offices.people import Mention
from extractors.organisations import Reader
from extractors.spelling import canonical
from extractors.titles import NOT_OFFICES, Post, is_public

_IS = regex.compile(r"(?<=^nguyên) là ", regex.I)
_COMPANIES = regex.compile(r"công ty|tập đoàn|hđqt|hội đồng quản trị|câu lạc bộ|clb|doanh nghiệp|tổ chức phi")
_WEAK = NOT_OFFICES | {"teacher", "doctor"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role stated at one place. `public` is None where the text there does not say; `office` is False for
    ranks, degrees and professions."""

    at: int
    title: str | None
    org: str | None
    public: bool | None
    office: bool


@dataclass(slots=True)
class Person:
    """Everybody in the document with one full name."""

    name: str
    syllables: tuple[str, ...]
    roles: list[Role] = field(default_factory=list)
    foreign: bool = False

    @property
    def is_official(self) -> bool:
        return any(role.public for role in self.roles)

    def role_at(self, at: int) -> Role:
        """The role in force at a place: the one stated there, else the last stated before, in its fullest form."""
        offices = [role for role in self.roles if role.office and role.public is not False]
        offices = offices or [role for role in self.roles if role.public]
        here = [role for role in offices if role.at == at]
        before = [role for role in offices if role.at < at]
        role = (here or before or offices[:1])[-1]
        alike = [other for other in offices if other.title and role.title and _contains(other.title, role.title)]
        title = role.title if here else max(alike or [role], key=_fullness).title
        return Role(at, title, self._org(role, alike, offices), True, role.office)

    def _org(self, role: Role, alike: list[Role], offices: list[Role]) -> str | None:
        if role.org and len(role.org.split()) > 2:
            return role.org
        orgs = [other.org for other in [role, *alike] if other.org]
        orgs = orgs or [other.org for other in offices if other.org and _same_office(other.title, role.title)]
        return max(orgs, key=lambda words: len(words.split())) if orgs else None


def _fullness(role: Role) -> tuple[int, bool, int]:
    return len((role.title or "").split()), role.org is not None, -role.at


def _contains(longer: str, shorter: str) -> bool:
    return canonical(shorter.lower()) in canonical(longer.lower())


def _same_office(left: str | None, right: str | None) -> bool:
    return canonical((left or "").lower()).split()[-1:] == canonical((right or "").lower()).split()[-1:]


def key(syllables: Iterable[str]) -> str:
    """What all spellings of one name share: lower case, one way of placing tones."""
    return canonical(" ".join(syllables).lower())


def _names_alone(mention: Mention) -> bool:
    """Whether one syllable can name a person: a foreign one (`Tổng thống Obama`), or behind a rank (`Đại tá Hùng`)."""
    if not mention.posts:
        return False
    return is_foreign_syllable(mention.syllables[0]) or mention.posts[-1].main.entry.kind == "rank"


class People:
    """The people of a document by the key of their full name."""

    def __init__(self, reader: Reader, bodies: Bodies, mentions: list[Mention]) -> None:
        self._reader, self._bodies = reader, bodies
        self._companies = _COMPANIES.search(reader.lower) is not None
        self.by_key: dict[str, Person] = {}
        for mention in mentions:
            if len(mention.syllables) > 1:
                self._add(mention)
        for mention in mentions:
            if len(mention.syllables) == 1 and _names_alone(mention) and not self.namesakes(mention.syllables[0]):
                self._add(mention)
        self._join_variants()

    def of(self, mention: Mention) -> Person | None:
        return self.by_key.get(key(mention.syllables))

    def namesakes(self, syllable: str) -> bool:
        """Whether a full name begins or ends in this syllable."""
        return any(
            syllable in (person.syllables[0], person.syllables[-1])
            for person in self.by_key.values()
            if len(person.syllables) > 1
        )

    def officials(self) -> list[Person]:
        return [person for person in self.by_key.values() if person.is_official]

    def _add(self, mention: Mention) -> None:
        name = Person(tidy(" ".join(mention.syllables)), mention.syllables)
        person = self.by_key.setdefault(key(mention.syllables), name)
        for post in mention.posts:
            person.roles.append(self._role(post, mention))
            person.foreign = person.foreign or any(part.foreign for part in post.parts)
        if mention.role:
            person.roles.append(Role(mention.start, mention.role[0], mention.role[1], True, True))

    def _role(self, post: Post, mention: Mention) -> Role:
        main = post.main
        offices = [part for part in post.parts if part.entry.kind not in NOT_OFFICES] or [main]
        title = " ".join(self._reader.text[offices[0].start:main.title_end].split())
        title = _IS.sub(" ", title.capitalize() if title.isupper() else title)
        org = mention.org or self._bodies.complete(post, mention.start)
        states = [self._is_public(part) for part in post.parts] + [mention.org is not None or None]
        public = True if True in states else (None if None in states[:-1] else False)
        return Role(mention.start, title, org, public, main.entry.kind not in _WEAK)

    def _is_public(self, part) -> bool | None:  # type: ignore[no-untyped-def]
        state = is_public(part)
        if state is None and part.entry.kind == "chair" and (not self._companies or part.org):
            return True
        return state

    def _join_variants(self) -> None:
        """One person spelt in two ways: a tone mark lost or changed, as by a slip of the pen."""
        officials = {fold(person.name): person for person in self.officials() if len(person.syllables) > 1}
        for person in self.by_key.values():
            twin = officials.get(fold(person.name))
            if twin and not person.roles:
                person.roles, person.foreign = twin.roles, twin.foreign

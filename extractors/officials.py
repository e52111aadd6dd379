"""Named people in public office: `find_officials`.

Guidelines ch. 3 (docs/facts.md): the span is the name alone; a later mention (`ông Quang`) takes the full name and the
role in force there; people without public role, and names inside other names, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import regex

from corpus.document import Document
from extractors.bodies import Bodies
from extractors.facts import Official
from extractors.names import tidy
from extractors.organisations import Reader
from extractors.people import Mention, find_mentions
from extractors.spelling import canonical
from extractors.titles import Post, find_posts, is_public


@dataclass(slots=True)
class Role:
    """What a person is, from one place of the text on."""

    at: int
    title: str
    org: str | None
    public: bool | None
    strength: int   # 0 rank or degree, 1 office


@dataclass(slots=True)
class Person:
    """Everybody with one full name."""

    name: str
    syllables: tuple[str, ...]
    roles: list[Role] = field(default_factory=list)
    foreign: bool = False

    @property
    def is_official(self) -> bool:
        return any(role.public for role in self.roles)


def find_officials(document: Document) -> list[Official]:
    """Every mention of a person whose public role the document states, in order of place."""
    reader = Reader(document)
    posts = find_posts(reader)
    if not posts:
        return []
    mentions = find_mentions(reader, posts)
    bodies = Bodies(reader)
    people = _people(reader, bodies, mentions)
    if not any(person.is_official for person in people.values()):
        return []
    found = {official.start: official for official in _stated(document, people, mentions)}
    for official in _later(document, reader, people, mentions):
        found.setdefault(official.start, official)
    return sorted(found.values(), key=lambda official: official.start)


# -- who holds what ------------------------------------------------------------------------------------------


def _key(syllables: tuple[str, ...]) -> str:
    return canonical(" ".join(syllables).lower())


def _people(reader: Reader, bodies: Bodies, mentions: list[Mention]) -> dict[str, Person]:
    """People by the key of their full name; names of one syllable join the person whose name ends in it."""
    people: dict[str, Person] = {}
    for mention in mentions:
        if len(mention.syllables) > 1:
            person = people.setdefault(_key(mention.syllables), Person(tidy(" ".join(mention.syllables)), mention.syllables))
            _add_roles(reader, bodies, person, mention)
    for mention in mentions:
        if len(mention.syllables) == 1 and mention.posts and not _namesake(people, mention):
            person = people.setdefault(_key(mention.syllables), Person(mention.syllables[0], mention.syllables))
            _add_roles(reader, bodies, person, mention)
    return people


def _namesake(people: dict[str, Person], mention: Mention) -> bool:
    given = mention.syllables[0]
    return any(given in (person.syllables[-1], person.syllables[0]) for person in people.values() if len(person.syllables) > 1)


def _add_roles(reader: Reader, bodies: Bodies, person: Person, mention: Mention) -> None:
    for post in mention.posts:
        person.roles.append(_role(reader, bodies, post, mention))
        person.foreign = person.foreign or any(part.foreign for part in post.parts)


def _role(reader: Reader, bodies: Bodies, post: Post, mention: Mention) -> Role:
    main = post.main
    offices = [part for part in post.parts if part.entry.kind not in ("rank", "academic", "private", "none")] or [main]
    first = offices[0].start
    title = " ".join(reader.text[first:main.title_end].split())
    states = [is_public(part) for part in post.parts]
    public = True if True in states else (None if None in states else False)
    strength = 0 if main.entry.kind in ("rank", "academic", "teacher", "doctor") else 1
    return Role(mention.start, title, bodies.complete(post, mention.start), public, strength)


def _role_at(person: Person, mention: Mention | None, at: int) -> Role:
    """The role in force: the one stated here, else the last stated before, in its fullest form."""
    offices = [role for role in person.roles if role.strength and role.public is not False] or [
        role for role in person.roles if role.public
    ]
    here = [role for role in offices if mention and role.at == mention.start]
    earlier = [role for role in offices if role.at <= at]
    role = here[-1] if here else (earlier[-1] if earlier else offices[0])
    alike = [other for other in offices if _contains(other.title, role.title)]
    fullest = max(alike, key=lambda other: (len(other.title.split()), other.org is not None, -other.at)) if alike else role
    title = role.title if here else fullest.title
    orgs = [other.org for other in ([role] if role.org else []) + alike if other.org]
    if not orgs:
        orgs = [other.org for other in offices if other.org and _same_core(other.title, role.title)]
    org = max(orgs, key=lambda words: len(words.split())) if orgs else None
    return Role(at, title, role.org if role.org and len(role.org.split()) > 2 else org, True, role.strength)


def _contains(longer: str, shorter: str) -> bool:
    return canonical(shorter.lower()) in canonical(longer.lower())


def _same_core(left: str, right: str) -> bool:
    return canonical(left.lower()).split()[-1:] == canonical(right.lower()).split()[-1:]


# -- mentions ------------------------------------------------------------------------------------------------


def _official(document: Document, person: Person, start: int, end: int, mention: Mention | None, rule: str) -> Official:
    role = _role_at(person, mention, start)
    return Official(
        start=start, end=end, text=document.text[start:end], name=person.name, title=role.title, org=role.org, rule=rule
    )


def _stated(document: Document, people: dict[str, Person], mentions: list[Mention]) -> list[Official]:
    """Mentions in full."""
    officials = []
    for mention in mentions:
        person = people.get(_key(mention.syllables))
        if person and person.is_official and (len(mention.syllables) > 1 or mention.posts):
            officials.append(
                _official(document, person, mention.start, mention.end, mention, mention.rule or "full-name")
            )
    return officials


_POLITE_GIVEN = regex.compile(
    r"(?<!\p{L})(?:ông|bà|anh|chị|cô|cụ|đồng chí|đ/c|thầy|bác|ngài|tướng|trưởng|tịch|thư|đốc|tá|úy|thống|tướng|sứ|án|nhiệm|sĩ|sư) {1,2}$"
)
_GIVEN = regex.compile(
    r"(?<!\p{L})(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]ụ|[Đđ]ồng chí|Đ/c|đ/c|[Tt]hầy|[Bb]ác|[Nn]gài"
    r"|[Tt]ướng|\p{Ll}*(?:rưởng|tịch|thư|đốc|tá|úy|uý|thống|tướng|sứ|án|nhiệm|sĩ|sỹ|sư)) {1,2}(\p{Lu}[\p{L}'-]*+)(?! {1,2}\p{Lu}\p{Ll})"
)


def _later(document: Document, reader: Reader, people: dict[str, Person], mentions: list[Mention]) -> list[Official]:
    """Given names behind a polite word or a title, and family names of foreigners standing alone."""
    taken = [(mention.start, mention.end) for mention in mentions]
    by_given: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for mention in mentions:
        if len(mention.syllables) > 1:
            person = people[_key(mention.syllables)]
            by_given[mention.syllables[-1]].append((mention.start, person))
            if person.foreign or person.name.isascii():
                by_given[mention.syllables[0]].append((mention.start, person))
    officials = []
    starts = {start for start, _ in taken}
    for match in _GIVEN.finditer(reader.shadow):
        given, start, end = match[1], match.start(1), match.end(1)
        candidates = by_given.get(given)
        if not candidates or (start in starts and not _lone(mentions, start)):
            continue
        person = _nearest(candidates, start)
        if person.is_official:
            officials.append(_official(document, person, start, end, None, "given-name"))
    officials += _foreign_alone(document, reader, people, mentions)
    return officials


def _lone(mentions: list[Mention], start: int) -> bool:
    return any(mention.start == start and len(mention.syllables) == 1 for mention in mentions)


def _nearest(candidates: list[tuple[int, Person]], at: int) -> Person:
    """The bearer named last before this place, else the first named after it."""
    earlier = [person for start, person in candidates if start <= at]
    return earlier[-1] if earlier else candidates[0][1]


def _foreign_alone(
    document: Document, reader: Reader, people: dict[str, Person], mentions: list[Mention]
) -> list[Official]:
    officials = []
    covered = [(mention.start, mention.end) for mention in mentions if len(mention.syllables) > 1]
    for person in people.values():
        family = person.syllables[-1]
        if not (person.is_official and family.isascii() and len(family) > 3 and not _vietnamese(person)):
            continue
        for match in regex.finditer(rf"(?<![\p{{L}}-] ?)(?<!\p{{Lu}}\p{{L}}{{1,12}} ){regex.escape(family)}(?![\p{{L}}-])(?! \p{{Lu}})", reader.shadow):
            if not any(start <= match.start() < end for start, end in covered):
                officials.append(_official(document, person, match.start(), match.end(), None, "family-name"))
    return officials


def _vietnamese(person: Person) -> bool:
    from extractors.names import is_foreign_syllable

    return not any(is_foreign_syllable(syllable) for syllable in person.syllables)

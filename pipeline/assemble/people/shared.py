"""What documents that name one full name can share, by rule of person_rules.tsv, and the words that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from pipeline.assemble.people.bodies import Body
from pipeline.assemble.people.model import Life, Local
from pipeline.assemble.people.names import aliases, is_foreign, known_people
from pipeline.assemble.people.offices import Office

Shared = Iterator[tuple[str, str]]    # what is compared, and how it is told


def _reviewed(one: Local) -> Shared:
    for group, words in one.said.items():
        yield str(group), words


def _copies(one: Local) -> Shared:
    yield one.mentions[0].source, one.mentions[0].source


def _says_little(body: Body) -> bool:
    return body.generic or body.wide or body.country is not None


def _same_office(one: Local) -> Shared:
    for office in one.posts:
        if office.office and office.body and not _says_little(office.body):
            yield f"{office.base}, {office.body.key}", f"{office.title}, {office.body.name}"
        elif {"first", "single"} <= office.kinds and not (office.body and office.body.country):
            yield f"{office.office}{_of(office)}", office.title


def _of(office: Office) -> str:
    return f", {office.body.key}" if office.body else ""


def _bodies(one: Local) -> Shared:
    for office in one.posts:
        if office.body and not _says_little(office.body):
            yield office.body.key, office.body.name
            for mark in (" cua ", " thuoc "):
                if mark in office.body.key:    # `Ủy ban Tư pháp của Quốc hội`
                    yield office.body.key.partition(mark)[0], office.body.name


def _wide_bodies(one: Local) -> Shared:
    for office in one.posts:
        if office.body and office.body.wide:
            yield office.body.key, office.body.name


def _countries(one: Local) -> Shared:
    for office in one.posts:
        if office.body and office.body.country:
            yield office.body.country, office.body.country


def _is_ours(office: Office) -> bool:
    return not (office.body and office.body.country)


def _told(office: Office) -> str:
    return ", ".join(part for part in (office.title, office.body.name if office.body else "") if part)


def _first(one: Local) -> Shared:
    for office in one.posts:
        if "first" in office.kinds and _is_ours(office) and not is_foreign(one.key):
            yield "first", _told(office)


def _high(one: Local) -> Shared:
    for office in one.posts:
        body = office.body
        heads_a_province = (
            office.office in _PROVINCE_HEADS and body and body.level == _PROVINCE and not _ELECTED.match(body.key)
        )
        if _is_ours(office) and ({"first", "high"} & office.kinds or heads_a_province):
            yield "high", _told(office)


_PROVINCE = 3    # level of a body
_ELECTED = regex.compile(r"hoi dong nhan dan|uy ban bau cu")
_PROVINCE_HEADS = frozenset({"bí thư", "chủ tịch"})


def _superiors(one: Local) -> Shared:
    for office in one.posts:
        if office.body and not office.body.country and not office.body.generic:
            yield f"#{office.body.row}" if office.body.row else office.body.key, office.body.name
            if office.body.parent:
                yield f"#{office.body.parent}", office.body.name


def _places(one: Local) -> Shared:
    for office in one.posts:
        if office.body and office.body.place:
            yield office.body.place, office.body.name


def _fields(one: Local) -> Shared:
    for office in one.posts:
        if office.body and office.body.field and not office.body.country:
            yield office.body.field, office.body.field


def _known(one: Local) -> Shared:
    """People of history: nobody else is likely to bear the name."""
    if one.key in known_people():
        yield one.key, one.mentions[0].name


def _also_known(one: Local) -> Shared:
    """Documents that use another name, and those of the person who is known by it."""
    person = aliases().get(one.key, one.key)
    if person != one.key or (person in aliases().values() and (
        person in known_people() or any(office.kinds & {"first", "crown"} for office in one.posts)
    )):
        yield person, one.mentions[0].name


def _rare(one: Local) -> Shared:
    if not is_foreign(one.key) and " " in one.key:
        yield one.key, one.mentions[0].name


def _part(one: Local) -> Shared:
    last = one.key.rpartition(" ")[2]
    for office in one.posts:
        if is_foreign(last) and office.body and office.body.country:
            yield f"{office.office}, {office.body.country}", _told(office)


def is_first(life: Life) -> bool:
    """Whether an office of the first rank is among those held."""
    return any("first" in office.kinds and _is_ours(office) for office in life.posts)


def is_above(one: Life, other: Life) -> bool:
    """Whether a body of one is right above a body of the other."""
    mine, yours = ([office.body for office in life.posts if office.body] for life in (one, other))
    return any(
        (a.row and a.row == b.parent) or (b.row and b.row == a.parent) for a in mine for b in yours if a.key != b.key
    )


def says_where(life: Life) -> bool:
    """Whether any body is named, or a rank, which tells of the army or police."""
    return any(office.body is not None or office.is_rank for office in life.posts)


FOR_ONE_WORD = frozenset({"reviewer", "copy", "part of name", "one word"})


def _same_words(one: Local) -> Shared:
    """A given name or family name alone, with the same office of the same body: the key that they were put under."""
    if " " not in one.key:
        yield ", ".join(sorted(f"{office.office}{_of(office)}" for office in one.posts)), one.mentions[0].name


def _foreign(one: Local) -> Shared:
    if is_foreign(one.key) and " " in one.key:
        yield one.key, one.mentions[0].name


TOKENS: dict[str, Callable[[Local], Shared]] = {
    "reviewer": _reviewed, "copy": _copies, "office": _same_office, "body": _bodies, "country": _countries,
    "first rank": _first, "known person": _known, "pseudonym": _also_known, "wide body": _wide_bodies,
    "high rank": _high, "superior": _superiors, "place": _places, "field": _fields, "part of name": _part,
    "one word": _same_words, "rare name": _rare, "foreign name": _foreign,
}

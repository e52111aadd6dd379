"""What documents that name one full name can share, by rule of person_rules.tsv: words that are shown as the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.assemble.people.model import Local
from pipeline.assemble.people.names import aliases, is_foreign, known_people
from pipeline.assemble.people.offices import Office


def _copies(one: Local) -> Iterator[str]:
    yield one.mentions[0].source


def _same_office(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.office and office.body and not (office.body.generic or office.body.wide or office.body.country):
            yield f"{office.base}, {office.body.key}"
        elif "first" in office.kinds and "single" in office.kinds and not (office.body and office.body.country):
            yield f"{office.office}{_of(office)}"


def _of(office: Office) -> str:
    return f", {office.body.key}" if office.body else ""


def _bodies(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and not (office.body.generic or office.body.wide or office.body.country):
            yield office.body.key
            for mark in (" cua ", " thuoc "):
                if mark in office.body.key:    # `Ủy ban Tư pháp của Quốc hội`
                    yield office.body.key.partition(mark)[0]


def _wide_bodies(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and office.body.wide:
            yield office.body.key


def _countries(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and office.body.country:
            yield office.body.country


def _is_ours(office: Office) -> bool:
    return not (office.body and office.body.country)


def _first(one: Local) -> Iterator[str]:
    if not is_foreign(one.key) and any("first" in office.kinds and _is_ours(office) for office in one.posts):
        yield "Trung ương"


def _high(one: Local) -> Iterator[str]:
    if any({"first", "high"} & office.kinds and _is_ours(office) for office in one.posts) or any(
        office.office in _PROVINCE_HEADS and office.body and office.body.level == 3 for office in one.posts
    ):
        yield "Trung ương"


_PROVINCE_HEADS = frozenset({"bí thư", "chủ tịch"})


def _superiors(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and not office.body.country and not office.body.generic:
            yield f"#{office.body.row}" if office.body.row else office.body.key
            if office.body.parent:
                yield f"#{office.body.parent}"


def _places(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and office.body.place:
            yield office.body.place


def _fields(one: Local) -> Iterator[str]:
    for office in one.posts:
        if office.body and office.body.field and not office.body.country:
            yield office.body.field


def _known(one: Local) -> Iterator[str]:
    """People of history: nobody else is likely to bear the name."""
    if one.key in known_people():
        yield one.key


def _also_known(one: Local) -> Iterator[str]:
    """Documents that use another name, and those of the person who is known by it."""
    person = aliases().get(one.key, one.key)
    if person != one.key or (person in aliases().values() and (
        person in known_people() or any(office.kinds & {"first", "crown"} for office in one.posts)
    )):
        yield person


def _rare(one: Local) -> Iterator[str]:
    if not is_foreign(one.key) and " " in one.key:
        yield one.key


def _part(one: Local) -> Iterator[str]:
    last = one.key.rpartition(" ")[2]
    for office in one.posts:
        if is_foreign(last) and office.body and office.body.country:
            yield f"{office.office}, {office.body.country}"


FOR_ONE_WORD = frozenset({"copy", "part of name", "one word"})


def _same_words(one: Local) -> Iterator[str]:
    """A given name or family name alone, with the same office of the same body: the key that they were put under."""
    if " " not in one.key:
        yield ", ".join(sorted(f"{office.office}{_of(office)}" for office in one.posts))


def _foreign(one: Local) -> Iterator[str]:
    if is_foreign(one.key) and " " in one.key:
        yield one.key


TOKENS: dict[str, Callable[[Local], Iterator[str]]] = {
    "copy": _copies, "office": _same_office, "body": _bodies, "country": _countries, "first rank": _first,
    "known person": _known, "pseudonym": _also_known, "wide body": _wide_bodies,
    "high rank": _high, "superior": _superiors, "place": _places, "field": _fields,
    "part of name": _part, "one word": _same_words, "rare name": _rare, "foreign name": _foreign,
}



"""Names of bodies in one document, in order: a short form is the nearest body before it that it fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.assemble.bodies.days import Days
from pipeline.assemble.bodies.known import Body, Found, body_of, of_state, unread
from pipeline.assemble.bodies.names import Part, Place, office_parts, parts_of

_FREE = frozenset({"addressee", "subject", "issuer"})       # words of the text, not only names of bodies
_OFFICES = frozenset({"issuer", "addressee"})
_UNDER_PROVINCE = frozenset({"huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu"})
_SHORTENED = frozenset({"ministry", "department"})          # `Bộ Nông nghiệp` where it is part of a longer name
_REMEMBERED = 400       # bodies of a document that a short form may mean
_MISSING = frozenset({"short form", "place not named", "body above not named"})


class Naming(NamedTuple):
    """A name of a body that a fact gives, in one of its roles, for some days."""

    mention: int
    role: str
    start: int
    name: str
    days: Days
    latest: Days = None      # of the latest event of a document that has no date itself
    foreign: bool = False    # of an official of another country
    then: bool = False       # the days are those of an office in the past, not of the document


class Discourse:
    """What bodies a document has spoken of so far."""

    def __init__(self, document: str, published: Days, people: Collection[str] = ()) -> None:
        self._document = document
        self._people = people
        self._published = published
        self._bodies: list[Body] = []
        self._known: set[str] = set()
        self._foreign: set[str] = set()
        self._read = False

    def open_with(self, organ: str | None, parent: str | None) -> None:
        """The body that issued a notice, as its head names it, and the one above."""
        for name in (parent, organ):
            if name:
                self._resolve_all(Naming(0, "org", 0, name, self._published))

    def read(self) -> None:
        """The document has been read to its end: a short form with nothing before it is the one body that it fits."""
        self._read = True

    def resolve(self, naming: Naming) -> list[Found]:
        """The bodies that a name stands for, each with its rule; a name that names none has none."""
        found = self._resolve_all(naming)
        if naming.role not in _FREE:
            return found
        return [one for one in found if one[0] is not None or naming.name[:1].isupper()]

    def _resolve_all(self, naming: Naming) -> list[Found]:
        words = self._without_person(naming.name) if naming.role in _OFFICES else naming.name
        names = parts_of(words)
        prefix = ""
        if not names and naming.role in _OFFICES:
            office = office_parts(words)
            names, prefix = ((office,), "office, ") if office else ((), "")
        if not names and naming.role not in _FREE:
            names, read = (), unread(naming.name)
            if not read.words:
                return []
            self._remember(read)
            return [(read, "name as written")]
        found: list[Found] = []
        for number, parts in enumerate(names):
            body, how = self._chain(parts, naming)
            if body is None and how == "place not named" and (shared := _place_behind(names[number + 1:])):
                body, how = self._chain((replace(parts[0], place=shared), *parts[1:]), naming)
            if body and body.basis == "sources" and naming.role in _FREE and body.id not in self._known:
                continue     # words of the text need not be a name
            if body:
                self._remember(body)
            found.append((body, prefix + how))
        return found

    def _without_person(self, name: str) -> str:
        """`Bộ trưởng Bộ Tư pháp Lê Thành Long`: an office, and who holds it."""
        for person in self._people:
            if name.endswith(person) and len(name) > len(person):
                return name[: -len(person)].rstrip(" ,-–")
        return name

    def _chain(self, parts: tuple[Part, ...], naming: Naming) -> Found:
        """The innermost body of a name, those above it first."""
        above: Body | None = None
        how = ""
        for place, part in enumerate(reversed(parts)):
            if place and above is None:
                return None, f"above: {how}"
            above, how = self._one(part, above, naming)
            if above and place + 1 < len(parts):
                self._remember(above)
        return above, how

    def _one(self, part: Part, above: Body | None, naming: Naming) -> Found:
        if part.pointed or self._lower_case_state(part, naming):
            return self._meant(part, "pointed at", naming) or (None, "short form")
        scope = self._document if part.place and part.place.level in _UNDER_PROVINCE else ""
        body, how = body_of(part, above, naming.days, naming.days if naming.then else self._published, scope)
        if how == "no day" and naming.latest:
            body, how = body_of(part, above, naming.latest, naming.latest, scope)
            how = {"name": "name, by the latest event"}.get(how, "no day")
            body = body if how != "no day" else None
        if body is None and how in _MISSING:
            return self._meant(part, "short form", naming) or (None, how)
        if body and not body.foreign and (
            part.words in self._foreign or (naming.foreign and body.named and part.place is None)
        ):
            return None, "of this country or another"
        return body, how

    def _lower_case_state(self, part: Part, naming: Naming) -> bool:
        """`chính phủ`, `quốc hội` in small letters: of whichever country the document speaks."""
        return part.place is None and of_state(part.words) and naming.name == naming.name.lower()

    def _meant(self, part: Part, how: str, naming: Naming) -> Found | None:
        """Of an official's office only a body of his country; else, where the nearest is one of abroad and another is
        not, nobody can tell: `Bộ` after a `Bộ Công an Trung Quốc`."""
        fitting = [body for body in self._bodies if _fits(part, body)]
        if naming.role == "org":
            fitting = [body for body in fitting if body.foreign == naming.foreign]
        if not fitting:
            return None
        if self._read:
            return (fitting[0], f"{how}, named later") if len({body.id for body in fitting}) == 1 else None
        if fitting[-1].foreign and not all(body.foreign for body in fitting):
            return None, "of this country or another"
        return fitting[-1], how

    def _remember(self, body: Body) -> None:
        if self._bodies and (self._bodies[-1] is body or self._bodies[-1] == body):
            return
        self._known.add(body.id)
        if body.foreign and body.words:
            self._foreign.add(body.words)
        self._bodies.append(body)
        if len(self._bodies) > _REMEMBERED:
            del self._bodies[0]


def _place_behind(names: Sequence[tuple[Part, ...]]) -> Place | None:
    """The place that a list of bodies has at its end: `Sở Nội vụ và Công an tỉnh Quảng Ngãi`."""
    return next((name[0].place for name in names if name[0].place and name[0].place.name), None)


def _fits(part: Part, body: Body) -> bool:
    """Whether a short form may mean a body: its words begin the name, and a level is that of the place."""
    if part.place and not part.place.name and part.place.level != body.level:
        return False
    if part.place and part.place.name:
        return False
    if not part.words:
        return body.kind in {"province", "place"}
    if part.words == part.head:
        return body.head == part.head
    return body.words == part.words or (body.kind in _SHORTENED and body.words.startswith(f"{part.words} "))

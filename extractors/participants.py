"""Who and what takes part in an event: the officials, bodies, acts and places that its clause names or points at.

What the clause names is a fact, or the name of a body or place, inside its span. What it points at (`Ông`, `Thủ tướng`
without a name, `Nghị định này`, `sở này`) is resolved only where the words before leave one candidate; else it is left
out, nothing is guessed. See docs/events.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import regex

from corpus.document import Document
from extractors.clause_words import any_of
from extractors.decree_key import decree_key
from extractors.facts import Decree, Event, Facts, Official, Participant, ParticipantKind
from extractors.names import capital_run_at
from extractors.offices.reading import inside_a_name_of_a_place
from extractors.organisations import Organisation, Reader
from extractors.places import known_place, level_at, place_after_level
from extractors.spelling import canonical

_Named = TypeVar("_Named", Official, Decree, Organisation)

_REACH = 1200  # characters before the clause in which the word that `Ông` or `này` stands for is looked for
_NEAR = 300  # characters in which `này` takes the act named last, before one further off
_PRONOUN = regex.compile(
    r"(?<![\p{L}\d])(?P<he>ông|bà)(?! (?:cha|bà|chủ|nội|ngoại|lớn|trùm|con|mẹ|xã|cụ|già|lão|vua)\b)"
    r"(?= \p{Ll}|[,.;:)]|\Z)"
)
_THIS = regex.compile(r" (?:này|nói trên|nêu trên|đó)(?![\p{L}\d])")
_BEFORE_TITLE = regex.compile(
    r"(?<![\p{L}\d])(?<!(?:phó|quyền|nguyên|cựu|tân|thứ|ban|đoàn|các|một|chức|làm|là|vụ|ứng cử viên) )"
)
_GOES_ON = regex.compile(r"[\p{L}\d]")
_OTHERS = (" khác", " các", " nào", " mới", " tiếp theo", " lâm thời")
_ARTICLE = regex.compile(r"^\W{0,6}Điều \d", regex.MULTILINE)
_A_NAME = regex.compile(r"\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){1,4}")
_OF_A_PEOPLE = regex.compile(rf"(?<!\p{{L}}){any_of('of a people')} \Z")
_COMMON_SEAT = regex.compile(rf"{any_of('common seat')}\b")
_LEVEL = regex.compile(
    r"(?<![\p{L}\d])(?:tỉnh|thành phố|tp|thủ đô|nước|huyện|quận|thị xã|thị trấn|xã|phường|thôn|đặc khu|tiểu bang"
    r"|bang)\b"
)
_CAPITAL = regex.compile(r"(?<![\p{L}\d-])\p{Lu}")
_TICKER = regex.compile(r"HCM(?!\p{L})")   # alone a share; the city is `TP.HCM`
_AT = regex.compile(rf"\b(?:tại|ở) (?!{any_of('no place')}\b)")


def find_participants(document: Document, facts: Facts, *, reader: Reader | None = None) -> list[Participant]:
    """Those who take part in each event of a document, with their event; `facts` are all others of the document."""
    reader = reader or Reader(document)
    return [
        replace(one, event=event) for event in facts.events for one in participants(event, facts, document, reader)
    ]


def participants(
    event: Event, facts: Facts, document: Document, reader: Reader | None = None
) -> tuple[Participant, ...]:
    """Those who take part in an event, each once, in order of place.

    `facts` are all facts of the same document. `reader` saves reading its bodies again for every event. A body inside
    the name of an act, and a place inside the name of a body, are no participants of their own.
    """
    reader = reader or Reader(document)
    named = list(_named(event, facts, reader))
    found = [
        *named,
        *_places(event, reader, [(one.start, one.end) for one in named]),
        *_persons_pointed_at(event, facts.officials, document, reader),
        *_acts_and_bodies_pointed_at(event, facts.decrees, reader),
    ]
    once: dict[tuple[str, str], Participant] = {}
    for one in sorted(found, key=lambda one: (one.pointed_at, one.start)):
        once.setdefault((one.kind, one.name.lower()), one)
    return tuple(sorted(once.values(), key=lambda one: (one.start, one.end)))


def _between(facts: Sequence[_Named], start: int, end: int) -> Sequence[_Named]:
    """Those that begin in `start:end`, of facts in order of place."""
    first = bisect_left(facts, start, key=lambda fact: fact.start)
    return facts[first : bisect_left(facts, end, key=lambda fact: fact.start)]


def _bodies(reader: Reader, start: int, end: int) -> list[Organisation]:
    lines = range(reader.line_of(max(start, 0)), reader.line_of(end) + 1)
    return [body for line in lines for body in _between(reader.organisations_in(line), start, end)]


def _name_of(act: Decree) -> str:
    return act.number or act.title or decree_key(act) or act.text


# -- named in the clause -----------------------------------------------------------------------------------------


def _named(event: Event, facts: Facts, reader: Reader) -> Iterator[Participant]:
    acts = _between(facts.decrees, event.start, event.end)
    for act in acts:
        yield Participant("decree", act.start, act.end, act.text, _name_of(act), act)
    for official in _between(facts.officials, event.start, event.end):
        yield Participant("official", official.start, official.end, official.text, official.name, official)
    for body in _bodies(reader, event.start, event.end):
        if body.end <= event.end and not any(act.start <= body.start < act.end for act in acts):
            yield Participant("body", body.start, body.end, reader.text[body.start : body.end], body.name)


def _places(event: Event, reader: Reader, taken: list[tuple[int, int]]) -> Iterator[Participant]:
    """Units of administration (`quận Ngô Quyền`), known provinces and countries, and names after `tại`."""
    marks = {found.start() for found in _LEVEL.finditer(reader.lower, event.start, event.end)}
    marks |= {found.start() for found in _CAPITAL.finditer(reader.shadow, event.start, event.end)}
    stands = {found.end() for found in _AT.finditer(reader.lower, event.start, event.end)}
    reached = event.start
    for at in sorted(marks):
        if at < reached or any(start <= at < end for start, end in taken):
            continue
        if inside_a_name_of_a_place(reader, at) or _TICKER.match(reader.shadow, at):
            continue
        end = _place_at(reader, at, at in stands)
        if end is not None and end <= event.end and not any(at <= start < end for start, _ in taken):
            reached = end
            yield Participant("place", at, end, reader.text[at:end], " ".join(reader.text[at:end].split()))


def _place_at(reader: Reader, at: int, stands: bool) -> int | None:
    """The end of the name of a place that begins here; `stands` where `tại` or `ở` comes before it."""
    if level := level_at(reader.lower, at):
        return place_after_level(reader.shadow, reader.lower, level[0], level[1])
    run = capital_run_at(reader.shadow, at) if stands else None
    end = run.end if run and len(run.tokens) <= 4 else None
    if known := known_place(reader.shadow, reader.lower, at):
        people = _OF_A_PEOPLE.search(reader.lower, max(0, at - 12), at)
        return None if people else max(known[0], end or 0)
    return end


# -- pointed at --------------------------------------------------------------------------------------------------


def _persons_pointed_at(
    event: Event, officials: Sequence[Official], document: Document, reader: Reader
) -> Iterator[Participant]:
    """`Ông` for the person it stands for, `Thủ tướng` for the one official who was named so before."""
    he = _PRONOUN.search(reader.lower, event.start, event.end)
    if he and (person := _person_meant(he["he"], he.start(), officials, document, reader)):
        yield _pointed("official", he.span("he"), person.name, reader, person)
    before = _between(officials, event.start - _REACH, event.start)
    holders: dict[str, dict[str, Official]] = {}
    for one in before:
        if one.title and not _COMMON_SEAT.match(title := canonical(one.title.lower())):
            holders.setdefault(title, {})[one.name] = one
    for title, who in holders.items():
        if len(who) == 1 and (span := _office_alone(title, official := next(iter(who.values())), event, reader)):
            yield _pointed("official", span, official.name, reader, official)


def _person_meant(
    he: str, at: int, officials: Sequence[Official], document: Document, reader: Reader
) -> Official | None:
    """On a page about one person that person, else the one official named before in this paragraph or the last."""
    head = " ".join((document.title or reader.shadow[:80].split("\n", 1)[0]).strip("#* \t").split())
    if _A_NAME.fullmatch(head):
        subject = _between(officials, 0, at)[:1000]
        return next((one for one in subject if one.name.lower() == head.lower()), None)
    paragraph = reader.line_of(at)
    mentions = [one for one in _between(officials, at - _REACH, at) if reader.line_of(one.start) == paragraph]
    if not mentions:
        prose = reader.shadow[max(0, at - _REACH) : at].rpartition("\n")[0].rstrip()
        if not prose.endswith((".", '"')):
            return None
        end = at - len(reader.shadow[max(0, at - _REACH) : at]) + len(prose)
        paragraph = reader.line_of(end - 1)
        mentions = [one for one in _between(officials, at - _REACH, end) if reader.line_of(one.start) == paragraph]
    other = "bà " if he == "ông" else "ông "
    if len({one.name for one in mentions}) != 1 or any(reader.lower.endswith(other, 0, m.start) for m in mentions):
        return None
    return mentions[-1]


def _office_alone(title: str, official: Official, event: Event, reader: Reader) -> tuple[int, int] | None:
    """Where the clause names an office without its holder: `Thủ tướng đã ký`, not `Phó thủ tướng`, `Thủ tướng Đức`."""
    org = canonical((official.org or "").lower())
    for start in _places_of(title, reader.lower, event.start, event.end):
        end = start + len(title)
        if org and reader.lower.startswith(org, end + 1):
            end += 1 + len(org)
        if not reader.shadow[end + 1 : end + 2].isupper() and not reader.lower.startswith(_OTHERS, end):
            return start, end
    return None


def _places_of(title: str, lower: str, start: int, end: int) -> Iterator[int]:
    """Where a title stands as a word of its own, and is not the end of another."""
    at = lower.find(title, start, end)
    while at >= 0:
        if _BEFORE_TITLE.match(lower, at, end) and not _GOES_ON.match(lower, at + len(title), end):
            yield at
            at += len(title) - 1
        at = lower.find(title, at + 1, end)


def _acts_and_bodies_pointed_at(event: Event, acts: Sequence[Decree], reader: Reader) -> Iterator[Participant]:
    """`Nghị định này`, `sở này`: the one act or body of that kind that was named shortly before.

    In an act itself `Nghị định này` is the act, which its text does not name.
    """
    for this in _THIS.finditer(reader.lower, event.start, event.end):
        said = reader.lower[max(event.start, this.start() - 30) : this.start()]
        before = [act for act in _between(acts, this.start() - _REACH, this.start()) if _ends(said, act.doc_type)]
        before = [act for act in before if act.start >= this.start() - _NEAR] or before
        if before and not _ARTICLE.search(reader.shadow, max(0, this.start() - _REACH), this.start()):
            if len({_name_of(act) for act in before}) == 1:
                start = this.start() - len(before[-1].doc_type)
                yield _pointed("decree", (start, this.end()), _name_of(before[-1]), reader, before[-1])
            continue
        bodies = [body for body in _bodies(reader, this.start() - _REACH, this.start()) if _ends(said, body.head)]
        bodies = [body for body in bodies if body.end < this.start()]
        if len({body.name for body in bodies}) == 1:
            start = this.start() - len(bodies[-1].head)
            yield _pointed("body", (start, this.end()), bodies[-1].name, reader)


def _ends(said: str, head: str) -> bool:
    head = canonical(head.lower())
    return said.endswith(head) and not said[: -len(head)][-1:].isalpha()


def _pointed(
    kind: ParticipantKind, span: tuple[int, int], name: str, reader: Reader, fact: Official | Decree | None = None
) -> Participant:
    return Participant(kind, *span, reader.text[span[0] : span[1]], name, fact, pointed_at=True)

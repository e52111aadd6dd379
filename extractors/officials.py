"""Named people in public office: `find_officials`.

Guidelines ch. 3 (docs/facts.md): the span is the name alone; a later mention (`ông Quang`) takes the full name and the
role in force there; people without public role, and names inside other names, are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator

import regex

from corpus.document import Document
from extractors.anchors import Anchors
from extractors.facts import Official
from extractors.names import is_foreign_syllable, without_article
from extractors.offices.biography import add_stated_roles, issuer_of
from extractors.offices.bodies import Bodies
from extractors.offices.columns import add_column_roles
from extractors.offices.lists import add_listed_roles
from extractors.offices.mentions import Mention, find_mentions
from extractors.offices.named_after import without_namesakes
from extractors.offices.neighbours import complete_mentions
from extractors.offices.pages import page_subject
from extractors.offices.reading import inside_a_name
from extractors.offices.roles import People, Person
from extractors.offices.states import add_counterparts
from extractors.offices.succession import add_predecessors
from extractors.organisations import Reader
from extractors.places import level_at
from extractors.titles import find_posts


def find_officials(document: Document, *, reader: Reader | None = None) -> list[Official]:
    """Every mention of a person whose public role the document states, in order of place.

    `reader` is one of the same document, which may know its bodies already.
    """
    reader = reader or Reader(document)
    posts = find_posts(reader)
    mentions = without_namesakes(reader, find_mentions(reader, posts))
    add_counterparts(reader, posts, mentions)
    complete_mentions(reader, posts, mentions)
    subject = page_subject(reader, posts, document.title)
    bodies = Bodies(reader, posts, mentions, issuer_of(document), subject)
    add_stated_roles(document, reader, bodies, posts, mentions)
    add_listed_roles(reader, bodies, subject, posts, mentions)
    add_column_roles(reader, bodies, subject, posts, mentions)
    add_predecessors(reader, bodies, posts, mentions)
    people = People(reader, bodies, mentions)
    if not people.officials():
        return []
    spans = _in_full(reader, people, mentions)
    titles = {part.start for post in posts for part in post.parts}
    titles |= {part.org_start for post in posts for part in post.parts if part.org_start is not None}
    titles |= {part.title_end + 1 for post in posts for part in post.parts if part.org and part.end > part.title_end}
    for start, end, person, rule in _later(reader, people, mentions, titles):
        spans.setdefault(start, (end, person, rule))
    return [_official(document, start, *spans[start]) for start in sorted(spans)]


def _official(document: Document, start: int, end: int, person: Person, rule: str) -> Official:
    role = person.role_at(start)
    text = document.text[start:end]
    return Official(start=start, end=end, text=text, name=person.name, title=role.title, org=role.org, rule=rule)


def _in_full(reader: Reader, people: People, mentions: list[Mention]) -> dict[int, tuple[int, Person, str]]:
    found = {}
    for mention in mentions:
        person = people.of(mention)
        if person is None or not person.is_official or (len(mention.syllables) == 1 and not mention.posts):
            continue
        if mention.posts or mention.role:
            found[mention.start] = (mention.end, person, mention.rule or "full-name")
        elif people.is_short(mention):   # `ông Xuân Anh`; without a polite word it may be a place or a shop
            if _POLITE.search(reader.shadow, max(0, mention.start - _LONGEST_POLITE), mention.start):
                found[mention.start] = (mention.end, person, "middle-name")
        elif not inside_a_name(reader, mention.start):
            found[mention.start] = (mention.end, person, mention.rule or "full-name")
    return found


_POLITE = regex.compile(
    r"(?<!\p{L})(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]ụ|[Đđ]ồng chí|Đ/c|đ/c|[Tt]hầy|[Bb]ác|[Nn]gài"
    r"|[Tt]ướng|\p{Ll}{0,3}(?:rưởng|tịch|thư|đốc|tá|úy|uý|thống|tướng|sứ|án|nhiệm|sĩ|sỹ|sư)) {1,2}\Z"
)
_GIVEN = regex.compile(r"\p{Lu}[\p{L}'-]*+")
_GOES_ON = regex.compile(r"[\p{L}'-]| {1,2}\p{Lu}\p{Ll}")
_LONGEST_POLITE = 14   # characters
_COMPOUND = regex.compile(r" (?:phủ|trị|ủy|uỷ|an|hội|phòng|đảng|sát|phố|đoàn)(?!\p{L})")  # `Thủ tướng Chính phủ`


def _later(
    reader: Reader, people: People, mentions: list[Mention], titles: set[int]
) -> Iterator[tuple[int, int, Person, str]]:
    """Given names behind a polite word or a title, and family names of foreigners standing alone."""
    full = [mention for mention in mentions if len(mention.syllables) > 1]
    covered = {at for mention in full for at in range(mention.start, mention.end)}
    bearers = _bearers(people, full)
    for start, name in _occurrences(reader.shadow, [name for name in bearers if _GIVEN.fullmatch(name)]):
        end, candidates = start + len(name), bearers[name]
        if start in covered or _GOES_ON.match(reader.shadow, end) or _COMPOUND.match(reader.shadow, end):
            continue
        title = _POLITE.search(reader.shadow, max(0, start - _LONGEST_POLITE), start)
        if title is None:
            continue
        polite = title[0].strip().lower() in ("ông", "bà")   # `ông Ban` is a person, for all that `Ban` says
        if start in titles or (reader.head_at(start) and not polite) or level_at(reader.lower, start):
            continue
        person = _nearest(candidates, start)
        if person.is_official:
            yield start, end, person, "given-name"
    yield from _family_names(reader, people, covered)
    yield from _slips(reader, people, full)


def _slips(reader: Reader, people: People, full: list[Mention]) -> Iterator[tuple[int, int, Person, str]]:
    """`Phạm Quang nghị`: the name of an official whose last syllable has lost its capital."""
    known = {mention.start: mention.end for mention in full}
    slips = {
        f"{' '.join(person.syllables[:-1])} {person.syllables[-1].lower()}": person
        for name, person in people.by_key.items()
        if len(person.syllables) > 2 and person.is_official and people.by_key[name] is person
    }
    for start, slip in _occurrences(reader.shadow, [slip for slip in slips if not slip.islower()]):
        end = start + len(slip)
        if known.get(start, 0) < end and not reader.shadow[end:end + 1].isalpha():
            yield start, end, slips[slip], "slip"


def _bearers(people: People, full: list[Mention]) -> dict[str, list[tuple[int, Person]]]:
    """Given name → who bears it, where they are named; for foreigners the first name of the two or three as well."""
    bearers: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for mention in full:
        person = people.of(mention)
        if person is None:
            continue
        bearers[mention.syllables[-1]].append((mention.start, person))
        if person.foreign or person.is_spelt_foreign:
            bearers[mention.syllables[0]].append((mention.start, person))
    return bearers


def _nearest(bearers: list[tuple[int, Person]], at: int) -> Person:
    """The bearer named last before a place, else the first named after it."""
    index = bisect_right(bearers, at, key=lambda bearer: bearer[0])
    return bearers[max(index - 1, 0)][1]


def _family_names(
    reader: Reader, people: People, covered: set[int]
) -> Iterator[tuple[int, int, Person, str]]:
    names = {
        family: person
        for person in people.officials()
        if len(family := without_article(person.syllables[-1])) > 3 and is_foreign_syllable(family)
    }
    if not names:
        return
    for start, name in _occurrences(reader.shadow, names):
        alone = _ALONE.match(reader.shadow, start)
        if alone and alone[0] == name and start not in covered and not _follows_a_name(reader, start):
            yield start, start + len(name), names[name], "family-name"


_FEW = 24   # words up to which a search for each costs less than one automaton for all


def _occurrences(text: str, words: Collection[str]) -> list[tuple[int, str]]:
    """Where each of some words stands, in order of place."""
    if len(words) > _FEW:
        hits = Anchors((word, word) for word in words).find(text, words=False)
        return sorted((start, word) for start, _, word in hits)
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, word))
            at = text.find(word, at + 1)
    return sorted(found)


def _follows_a_name(reader: Reader, start: int) -> bool:
    """Whether a first name stands before a family name: `Melania Trump`, but not `Dù Trump` where a sentence opens."""
    before = _CAPITAL_BEFORE.search(reader.shadow, max(0, start - 14), start)
    return before is not None and is_foreign_syllable(before[1])


_CAPITAL_BEFORE = regex.compile(r"(?<!\p{L})(\p{Lu}[\p{L}.'-]*+) \Z")
_ALONE = regex.compile(r"(?<![\p{L}\d-])\p{Lu}[\p{L}'-]{3,}+(?! \p{Lu})")

"""Offices that one person held, each with what bounds it in time: told, attested, or following from other offices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

import regex

from pipeline.assemble.people.appointments import Told
from pipeline.assemble.people.model import Held
from pipeline.assemble.people.offices import Office
from pipeline.assemble.people.stated import Stated


@dataclass(frozen=True, slots=True)
class Bound:
    """`kind`: known, attested or limit; the words that say so are those of `mention`."""

    side: str
    kind: str
    date: str
    rule: str
    mention: int


class Attested(NamedTuple):
    """A day on which a mention attests an office. `evidence` is the mention whose words tell the day; 0: it is the day
    of the document."""

    day: str
    mention: int
    evidence: int = 0


@dataclass(slots=True)
class Term:
    """A person in one office of one body."""

    offices: list[Office] = field(default_factory=list)
    main: list[Held] = field(default_factory=list)          # mentions whose title ends with it
    beside: list[tuple[Held, Office]] = field(default_factory=list)
    former: list[Held] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)      # terms that stand beside the name
    attested: list[Attested] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    follows: Term | None = None

    @property
    def office(self) -> Office:
        """One of its spellings, with a body where any has one."""
        if (body := self.offices[0].body) and body.row:
            return self.offices[0]
        bodied = [one for one in self.offices if one.body] if self.offices[0].body is None else self.offices
        return next((one for one in bodied if one.body and one.body.row), bodied[0] if bodied else self.offices[0])

    @property
    def first(self) -> str | None:
        return min(self.attested).day if self.attested else None

    @property
    def last(self) -> str | None:
        return max(self.attested, key=lambda one: (_last(one.day), -one.mention)).day if self.attested else None

    def bound(self, side: str, kind: str) -> Bound | None:
        """The narrowest of a kind: the earliest end, the latest start; of the known ones the first told."""
        if not self.bounds:
            return None
        found = [one for one in self.bounds if one.side == side and one.kind == kind]
        if len(found) < 2:
            return found[0] if found else None
        latest = side == "start" and kind == "limit"
        return (max if latest else min)(found, key=lambda one: (one.date, -one.mention if latest else one.mention))


def _last(day: str) -> str:
    """What sorts behind every day of a year or month."""
    return day if len(day) == len("2007-01-01") else f"{day}~"


def terms_of(mentions: Sequence[Held], told: Sequence[Told]) -> list[Term]:
    """The offices that a person's mentions and the events about them name, in order of time."""
    terms: dict[tuple[str, str, str, str], Term] = defaultdict(Term)
    for held in mentions:
        for named in held.offices or ():
            if office := named.held:
                _add(terms[office.key], held, office)
    for event in told:
        term = terms[_like(terms, event.office, event.date) if event.office.body else (_TOLD, *event.office.key[:3])]
        term.offices.append(event.office)
        term.told.append(event)
    found = _folded(terms)
    early = _far_before(mentions)
    for term in found:
        term.attested = [one for one in term.attested if one.day >= early]
        _bound(term)
    _ladders(found)
    return sorted(found, key=_order)


_CAREER = 40   # years without a word of somebody: what lies before is told with a title of later


def _far_before(mentions: Sequence[Held]) -> str:
    """The first day that is no more than forty years before the next: `Năm 1950 … Tổng Bí thư A chúc mừng 70 năm`."""
    days = sorted({held.attested for held in mentions if held.attested})
    gaps = [two for one, two in pairwise(days) if int(two[:4]) - int(one[:4]) > _CAREER]
    return gaps[-1] if gaps else ""


def _add(term: Term, held: Held, office: Office) -> None:
    if held.stated and office.main and held.attested:
        _add_stated(term, held, held.stated)
    term.offices.append(office)
    if office.main:
        term.main.append(held)
    else:
        term.beside.append((held, office))
    if office.former:
        term.former.append(held)
    elif held.attested and not office.elect:
        term.attested.append(Attested(held.attested, held.mention, held.evidence))


def _add_stated(term: Term, held: Held, stated: Stated) -> None:
    term.stated.append(stated)
    term.attested.append(Attested(stated.start, held.mention, stated.evidence))
    if stated.end:
        term.attested.append(Attested(stated.end, held.mention, stated.end_evidence))


def _like(terms: dict[tuple[str, str, str, str], Term], office: Office, date: str) -> tuple[str, str, str, str]:
    """The key of an office told by an event: that of the same office of the same body under a version of the time."""
    same = (key for key in sorted(terms) if key[:3] == office.key[:3] and key[3] <= _last(date))
    return next(same, office.key)


def _folded(terms: dict[tuple[str, str, str, str], Term]) -> list[Term]:
    """An office without a body, or with one of many (`UBND`), is the only other one of that title, if there is one."""
    vague = [key for key in terms if _is_vague(terms[key].office) and not terms[key].told]
    for key in sorted(vague):
        title, modifier = key[:2]
        named = [other for other in terms if other[:2] == (title, modifier) and not _is_vague(terms[other].office)]
        if len(named) == 1 and _are_near(terms[key], terms[named[0]]):
            _merge(terms[named[0]], terms.pop(key))
    for key in sorted(key for key in terms if not key[3]):
        versions = [other for other in terms if other[:3] == key[:3] and other[3]]
        if len(versions) == 1 and all(_last(day) >= versions[0][3] for day, _, _ in terms[key].attested):
            _merge(terms[versions[0]], terms.pop(key))
    alone = {terms[key].office.key: key for key in sorted(terms) if key[0] != _TOLD}
    for key in sorted(key for key in terms if key[0] == _TOLD):
        if (plain := alone.get(terms[key].office.key)) is not None:
            _merge(terms[plain], terms.pop(key))
    return [terms[key] for key in sorted(terms)]


_NEAR = 5      # years between mentions of one office with its body and without


def _are_near(one: Term, other: Term) -> bool:
    """Whether no long time lies between what attests two terms; what no day attests may be of any time."""
    mine, yours = ([int(each.day[:4]) for each in term.attested] for term in (one, other))
    if not mine or not yours:
        return True
    return min(mine) - max(yours) <= _NEAR and min(yours) - max(mine) <= _NEAR


_TOLD = "told"   # an office that an event gives without its body: nobody knows which of that title it is


def _is_vague(office: Office) -> bool:
    return office.body is None or office.body.generic


def _merge(into: Term, other: Term) -> None:
    into.offices += other.offices
    into.main += other.main
    into.beside += other.beside
    into.former += other.former
    into.told += other.told
    into.stated += other.stated
    into.attested += other.attested


def _bound(term: Term) -> None:
    """What sources say of the term itself."""
    for told in term.told:
        rule = "appointed" if told.side == "start" else "dismissed"
        term.bounds.append(Bound(told.side, "known", told.date, rule, told.mention))
    _bound_stated(term)
    former = [(held.spoken, held.mention) for held in term.former if held.spoken and "X" not in held.spoken]
    if former:
        day, mention = min(former)
        # Whoever is called `nguyên` holds the office no longer: later words that leave it out are careless.
        term.attested = [one for one in term.attested if _last(one.day) <= _last(day)]
        term.bounds.append(Bound("end", "limit", day, "former", mention))
    ended = term.bound("end", "known")
    if ended:
        term.attested = [one for one in term.attested if one.day <= _last(ended.date)] or term.attested
    if term.attested:
        first = min(term.attested)
        last = max(term.attested, key=lambda one: (_last(one.day), -one.mention))
        for side, word, one in (("start", "first", first), ("end", "last", last)):
            rule = f"{word} attested" if one.evidence else f"{word} document"
            term.bounds.append(Bound(side, "attested", one.day, rule, one.evidence or one.mention))


def _bound_stated(term: Term) -> None:
    """The first day of the terms that stand beside the name and, where each of them has one, the last day."""
    if not term.stated:
        return
    first = min(term.stated)
    term.bounds.append(Bound("start", "known", first.start, "term begins", first.evidence))
    if all(one.end for one in term.stated):
        last = max(term.stated, key=lambda one: (_last(one.end or ""), -one.end_evidence))
        term.bounds.append(Bound("end", "known", last.end or "", "term ends", last.end_evidence))


def _ladders(terms: Sequence[Term]) -> None:
    """Deputy, deputy in charge, acting, holder: of one office of one body, the lower ended when the higher began."""
    ladders: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        office = term.office
        if office.body and not office.body.generic:
            ladders[office.base, office.body.key].append(term)
    for steps in ladders.values():
        for one, other in combinations(sorted(steps, key=lambda term: term.office.step), 2):
            if one.office.step < other.office.step:
                _limit(one, other)


def _limit(lower: Term, higher: Term) -> None:
    began = higher.bound("start", "known") or higher.bound("start", "attested")
    held = lower.bound("end", "attested") or lower.bound("start", "known")
    if began and (held is None or _last(held.date) <= began.date):
        if lower.bound("end", "known") is None:
            lower.bounds.append(Bound("end", "limit", began.date, "higher post", began.mention))
        if held:
            if higher.bound("start", "known") is None:
                higher.bounds.append(Bound("start", "limit", held.date, "lower post", held.mention))
            if higher.follows is None or higher.follows.office.step < lower.office.step:
                higher.follows = lower


def _order(term: Term) -> tuple[str, str, int, tuple[str, str, str, str]]:
    start = term.bound("start", "known") or term.bound("start", "attested")
    limit = term.bound("start", "limit") or term.bound("end", "limit")
    day = start or term.bound("end", "known") or limit
    return day.date if day else "~", term.last or "~", term.office.step, term.office.key


def span_of(bounds: Sequence[Bound]) -> tuple[str | None, str | None]:
    """Start and end in EDTF: a day, `[..2014-05-09]`, `[2014-05-09..2018-07-02]`, `[2021-07-15..]`; None: not known."""
    if not bounds:
        return None, None
    term = Term(bounds=list(bounds))
    return _edge(term, "start", "limit", "attested"), _edge(term, "end", "attested", "limit")


def _edge(term: Term, side: str, early: str, late: str) -> str | None:
    attested = term.bound(side, "attested")
    known = term.bound(side, "known")
    if known and (side == "end" or attested is None or known.date <= _last(attested.date)):
        return known.date      # who is called so before the day told was appointed again
    low, high = term.bound(side, early), term.bound(side, late)
    if low and high and _last(low.date) > _last(high.date):
        low, high = (low, None) if side == "end" else (None, high)
    if low and high and low.date == high.date:
        return low.date
    if low or high:
        return f"[{low.date if low else ''}..{high.date if high else ''}]"
    return None


def most_common(values: Sequence[str]) -> str | None:
    """The spelling that most have; one that is not all capitals, as signature blocks print them, where there is one."""
    if len(values) == 1:
        return values[0]
    counts = Counter(values)
    return min(counts, key=lambda value: (in_capitals(value), -counts[value], value)) if counts else None


def in_capitals(words: str) -> bool:
    """Whether words are printed all in capitals: `CHÍNH PHỦ`; abbreviations are not (`UBND TP HCM`, `ĐBQH`)."""
    return words.isupper() and _MARKED.search(words) is not None


_MARKED = regex.compile(r"[\p{Lu}--[A-ZĐ]]", regex.V1)

"""What a note supports, and which claims of a statement no note does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

import regex

from corpus.shadow import lower
from outputs.checker import names as naming
from outputs.checker.claims import Act, Dated, Point, edtf_points, plain, read, years_in
from outputs.checker.errors import ClaimKind, Unsupported
from outputs.checker.names import Name
from outputs.checker.numbers import Quantity, supported

_QUOTED = regex.compile(r"“((?:[^“”]++|“[^“”]*+”)*+)”")
_MARKS = regex.compile(r"[^\p{L}\p{N}]+")
_DAY_OF_YEAR = regex.compile(r"(\d{1,2})/(\d{1,2})")
_LISTED = regex.compile(r"\[[^\]]{1,40}\]|\*\*")     # marks of encyclopaedias that quotes leave out


class Source:
    """The support that one note gives: the words it quotes, and the EDTF of their dates and of its document."""

    def __init__(self, words: str, dates: Sequence[str] = ()) -> None:
        self.text = plain(words)
        self.lower = lower(self.text)
        self.claims = read(self.text)
        about = {one.point for one in self.claims.dates if one.about}
        about -= {one.point for one in self.claims.dates if not one.about}
        points = {one.point for one in self.claims.dates if not one.about}
        points |= {point for value in dates for point in edtf_points(value)} - about
        points |= {(year, None, None) for act in self.claims.acts for year in years_in(act.symbol)}
        self.points = {part for point in points for part in _parts(point)}
        self._about = {part for point in about for part in _parts(point)}
        self.ordinals = {(head, value) for head, value, _ in self.claims.ordinals}
        self._acts = _grouped(self.claims.acts, lambda act: act.symbol)
        self._numbers = _grouped(self.claims.numbers, lambda number: number.value or number.digits)
        self._bare: str | None = None

    def has_date(self, claim: Dated) -> bool:
        """The same day; or a month or year that holds one of the days quoted."""
        if claim.point in (self._about if claim.about else self.points):
            return any(claim.point)
        year, month, day = claim.point
        return month is None and day is None and not claim.about and self._has_year(year)

    def _has_year(self, year: int) -> bool:
        return (year, None, None) in self.points or any(
            said.year is not False and said.digits == str(year) and said.approx in ("exact", "over")
            for said in self._numbers[Decimal(year)]
        )

    def has_decade(self, decade: int) -> bool:
        """Whether a year of the decade, or the decade itself, is written."""
        return any(map(self._has_year, range(decade, decade + 10))) or any(
            value == decade for value, _ in self.claims.decades
        )

    def has_ordinal(self, head: str, value: int) -> bool:
        """The same ordinal of the same thing, in whatever numerals."""
        if head:
            return (head, value) in self.ordinals or ("", value) in self.ordinals
        return any(said == value for _, said in self.ordinals)

    def has_act(self, claim: Act) -> bool:
        """The same symbol, of the same type where the claim names one."""
        if any(_same_type(claim, said) for said in self._acts[claim.symbol]):
            return True
        return claim.kind == "act" and any(
            _same_type(claim, said) and regex.match(rf"{claim.symbol}(?!\w)", said.symbol) for said in self.claims.acts
        )

    def has_number(self, claim: Quantity) -> bool:
        """The same number, as exact; or the year, where it may be one."""
        if any(supported(claim, said) for said in self._numbers[claim.value or claim.digits]):
            return True
        if claim.value is None:
            day = _DAY_OF_YEAR.fullmatch(claim.digits)
            return bool(day) and (0, int(day[2]), int(day[1])) in self.points
        return claim.year is not False and claim.approx in ("exact", "over") and (
            (int(claim.value), None, None) in self.points
        )

    def has_name(self, name: Name) -> bool:
        """The whole name, or each of the two that a run consists of."""
        if naming.stands(name, self.text, self.lower):
            return True
        parts = naming.parts(name)
        return bool(parts) and all(naming.stands(part, self.text, self.lower) for part in parts)

    def has_office(self, title: str, name: str) -> bool:
        """Whether the person stands beside the title; where no title is beside the name, whether both are quoted."""
        near: set[str] = set()
        met = False
        for at in naming.places(name, self.lower):
            met = True
            near |= naming.titles_near(self.text, at, at + len(name))
        return title in near if near else met and title in self.lower

    def has_words(self, words: str) -> bool:
        """Whether a quotation stands in the note word for word, its marks aside."""
        if self._bare is None:
            self._bare = _letters(self.lower)
        return _letters(lower(words)) in self._bare


def _parts(point: Point) -> Iterator[Point]:
    """A day with its month and its year, and without the year."""
    year, month, day = point
    yield point
    yield year, None, None
    yield year, month, None
    yield 0, month, day
    yield 0, month, None


_Item = TypeVar("_Item")


def _grouped(items: Iterable[_Item], key: Callable[[_Item], object]) -> defaultdict[object, list[_Item]]:
    groups: defaultdict[object, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _letters(words: str) -> str:
    return str(_MARKS.sub(" ", _LISTED.sub(" ", words)).strip())


def _same_type(claim: Act, said: Act) -> bool:
    return claim.type in (None, said.type, said.implied)


@lru_cache(maxsize=4096)
def source(words: str, dates: tuple[str, ...] = ()) -> Source:
    """The support of a note, read once."""
    return Source(words, dates)


def merged(sources: Sequence[Source]) -> Source:
    """One source that supports what any of these does."""
    whole = Source("\n".join(one.text for one in sources))
    whole.points.update(*(one.points for one in sources))
    return whole


def missing(statement: str, sources: Sequence[Source], notes: tuple[int, ...] = ()) -> Iterator[Unsupported]:
    """The claims of a statement, given in plain words, that none of the sources supports."""
    text = plain(statement)
    claims = read(naming.without_our_words(text))

    def lacking(kind: ClaimKind, words: str) -> Unsupported:
        return Unsupported(kind, words, text, notes)

    for date in claims.dates:
        if not any(one.has_date(date) for one in sources):
            yield lacking("date", date.words)
    for decade, words in claims.decades:
        if not any(one.has_decade(decade) for one in sources):
            yield lacking("decade", words)
    for head, value, words in claims.ordinals:
        if not any(one.has_ordinal(head, value) for one in sources):
            yield lacking("ordinal", words)
    for act in claims.acts:
        if not any(one.has_act(act) for one in sources):
            yield lacking(act.kind, act.words)
    for number in claims.numbers:
        if not any(one.has_number(number) for one in sources):
            yield lacking("amount in words" if number.in_words else "number", number.words)
    yield from _missing_names(text, claims.masked, sources, lacking)


def _missing_names(
    text: str, masked: str, sources: Sequence[Source], lacking: Callable[[ClaimKind, str], Unsupported]
) -> Iterator[Unsupported]:
    for name in naming.names(text, masked):
        if not any(one.has_name(name) for one in sources):
            yield lacking("name", name.words)
        elif name.office and not any(one.has_office(name.office, name.words) for one in sources):
            yield lacking("office", f"{name.office} {name.words}")


def missing_quotes(statement: str, sources: Sequence[Source], notes: tuple[int, ...] = ()) -> Iterator[Unsupported]:
    """Words in quotation marks (`“…”`) that none of the sources has word for word; `…` stands for what is left out."""
    for match in _QUOTED.finditer(statement):
        for piece in match.group(1).split("…"):
            words = plain(piece).strip()
            if regex.search(r"\w", words) and not any(one.has_words(words) for one in sources):
                yield Unsupported("quote", words, plain(statement), notes)

"""The words around a hit, with what was matched marked, for a terminal and for a page."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, Protocol

import regex

from corpus import shadow
from outputs.asking.query import Either, Query, Term
from outputs.factbase.index import one_spelling

if TYPE_CHECKING:
    from rich.text import Text

REACH = 90      # characters shown on each side of a quote
_LONGEST = 420  # of a quote longer than this, the part around the first matched word is shown
_NEAR = 240     # words of a query this close together belong to one place
_PLACES = 400   # matches of one word looked at when choosing a place in a text

_BREAKS = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))
_SPACE, _LAST_SPACE = regex.compile(r"\s"), regex.compile(r"(?r)\s")
_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of a text from `start` on, line ends as spaces; `highlights` are offsets in `text`."""

    text: str
    start: int
    highlights: tuple[tuple[int, int], ...]


class Marked(Protocol):
    """What has a snippet with highlights: a hit of a search, or a snippet's bearer of another kind."""

    @property
    def snippet(self) -> str: ...
    @property
    def highlights(self) -> tuple[tuple[int, int], ...]: ...


class Matcher:
    """The words of a query as patterns, for finding them again in a text."""

    def __init__(self, query: Query) -> None:
        phrases, words, alone = _parts_of(query)
        self._phrases = [form for phrase in phrases for form in _forms(phrase)]
        self._words = [_forms(term)[-1] for term in words]
        self._alone = [_forms(term)[-1] for term in alone]

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """What the query matches in a text, in order, neighbours joined.

        Where its words stand side by side, they are not marked again one by one elsewhere.
        """
        forms = _Forms(text)
        side_by_side = _found(self._phrases, forms)
        others = _found(self._alone if side_by_side else self._words, forms)
        return tuple(_joined(text, sorted(side_by_side + others)))

    def best_place(self, text: str) -> tuple[int, int]:
        """Where a text answers the query: its first phrase, else where most of its words stand together."""
        forms = _Forms(text)
        for pattern, exact in self._phrases:
            if match := pattern.search(forms.of(exact)):
                start, end = match.span()
                return start, end
        found = sorted(
            (*match.span(), number)
            for number, (pattern, exact) in enumerate(self._words)
            for match in islice(pattern.finditer(forms.of(exact)), _PLACES)
        )
        return _densest(found)

    def around(self, window: str, begin: int, start: int, end: int) -> Snippet:
        """The snippet for the quote at `start:end`; `window` is the text from `begin` on, and reaches beyond it."""
        first, last = start - begin, end - begin
        if last - first > _LONGEST:
            focus = first + self.best_place(window[first:last])[0]
            first = max(first, focus - _LONGEST // 3)
            last = min(last, first + _LONGEST)
        left = _word_border(window, max(0, first - REACH), first)
        right = _word_border(window, min(len(window), last + REACH), last)
        shown = window[left:right]
        return Snippet(shown.translate(_BREAKS), begin + left, self.spans(shown))


def _parts_of(query: Query) -> tuple[list[Term], list[Term], list[Term]]:
    """The phrases of a query, all its words, and those that stand in no phrase."""
    phrases, words, alone = list(query.phrases), list(query.terms()), []
    within = {number for run in query.runs for number in range(*run)}
    for number, part in enumerate(query.parts):
        for member in part.parts if isinstance(part, Either) else (part,):
            if isinstance(member, Query):
                inner = _parts_of(member)
                phrases += inner[0]
                alone += inner[2]
            elif number not in within:
                alone += (member,) if isinstance(member, Term) else Query((member,)).terms()
    return phrases, words, alone


def _forms(term: Term) -> list[tuple[regex.Pattern[str], bool]]:
    """The patterns of a term, best first, each with whether it reads the exact form."""
    exact = [(term.pattern(exact=True), True)]
    return exact if term.marked else [*exact, (term.pattern(exact=False), False)]


def exact_form(text: str) -> str:
    """The exact form of a text that is in NFC already (`index_forms` has both)."""
    return one_spelling(shadow.lower(shadow.shadow(text)))


def folded_form(text: str) -> str:
    """The folded form of a text that is in NFC already."""
    return shadow.fold(shadow.shadow(text))


class _Forms:
    """The exact and the folded form of a text, each made when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._made: dict[bool, str] = {}

    def of(self, exact: bool) -> str:
        if exact not in self._made:
            self._made[exact] = exact_form(self._text) if exact else folded_form(self._text)
        return self._made[exact]


def _found(patterns: list[tuple[regex.Pattern[str], bool]], forms: _Forms) -> list[tuple[int, int]]:
    return [match.span() for pattern, exact in patterns for match in pattern.finditer(forms.of(exact))]


def _joined(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch, overlap or have only spaces between, as one."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current and (start <= current[1] or text[current[1] : start].isspace()):
            current = (current[0], max(current[1], end))
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def _densest(found: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The stretch that holds most of the words, those that are rare in the text and those side by side as they were
    asked weighing more; 0:0 where nothing matched."""
    often = Counter(number for _, _, number in found)
    weight = {number: 1 / (1 + log(count)) for number, count in often.items()}
    best, place = 0.0, (0, 0)
    for at, (start, end, first) in enumerate(found):
        words, last, before, score = {first}, end, (end, first), weight[first]
        for begin, stop, number in islice(found, at + 1, at + 60):
            if begin - start > _NEAR:
                break
            if begin - before[0] in (1, 2) and number == before[1] + 1:
                score += 0.5 * weight[number]
            if number not in words:
                words.add(number)
                score += weight[number]
                last = max(last, stop)
            before = (stop, number)
        if score > best + 1e-9:
            best, place = score, (start, last)
    return place


def _word_border(text: str, place: int, inner: int) -> int:
    """The space nearest to `place` on the way to `inner`; `place` itself at the ends of the text."""
    if place in (0, len(text)):
        return place
    if place < inner:
        space = _SPACE.search(text, place, inner)
        return space.end() if space else place
    space = _LAST_SPACE.search(text, inner, place)
    return space.start() if space else place


def highlight(hit: Marked, mark: Callable[[str], str], plain: Callable[[str], str] = str) -> str:
    """The snippet with each matched stretch passed through `mark` and the rest through `plain`."""
    pieces, at = [], 0
    for start, end in hit.highlights:
        pieces += [plain(hit.snippet[at:start]), mark(hit.snippet[start:end])]
        at = end
    return "".join((*pieces, plain(hit.snippet[at:])))


def highlight_html(hit: Marked) -> str:
    """The snippet for a page: everything escaped, matches in `<mark>`."""
    return highlight(hit, lambda words: f"<mark>{html.escape(words)}</mark>", html.escape)


def highlight_terminal(hit: Marked, style: str = "bold yellow") -> Text:
    """The snippet for a terminal as rich text; control characters of the source are shown as spaces."""
    from rich.text import Text

    text = Text(_CONTROL.sub(" ", hit.snippet))
    for start, end in hit.highlights:
        text.stylize(style, start, end)
    return text

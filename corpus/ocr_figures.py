"""Figures of recognised words: looked at again until looks agree, and marked as doubtful where they do not.

A word with figures is read again at half size between its neighbours: alone, a slanted `6` is an `ó`, and without
`tháng` beside it a `1` is a stroke. Where that look says something else, or the first was not sure, three more are
asked, and the figures that most looks read are kept. They are sure only where enough looks agree: what is written by
hand is read each time in another way. All words of a page share one picture a look, so that a look costs 0.3 to 1 s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import regex
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from corpus.ocr import Seen

_SURE = 75.0            # confidence of a first look that one more look is enough for
_CERTAIN = 90.0         # confidence of one whose figures only other figures replace, not more of them
_BLOCK = 6              # tesseract's mode for lines one under the other
_MOST_CHECKED = 300     # words of a page that are looked at a second time
_MOST_DISPUTED = 40     # of them that three more looks are asked for
_BETWEEN = 24           # pixels of white between the words
_TALLEST = 0.5          # inches; a taller word is a drawing
_LARGEST = 20_000_000   # pixels of one picture of words
_LIKELY = 60.0          # middle confidence of looks that agree
_LEAST = 40.0           # the same where all do
_MOST, _ALL = 3, 5      # of the five looks
_LIKE_ONE = str.maketrans(dict.fromkeys("lIL|]!", "1"))
_ONES = regex.compile(r"\W*?[\dlIL|\]!]*\d[\dlIL|\]!]*[.,;:)]*")
_ODD = regex.compile(r"\d[lI|{}_!†¡Ø]|[lI|{}_!†¡Ø\]]\d|%\p{L}|\p{So}|(?<!\[\d{1,3})\]")   # no way to write a number


@dataclass(frozen=True, slots=True)
class _Look:
    """One rendering: its scale, and how far it is blurred at 300 dots per inch."""

    scale: float
    blur: float = 0.0


_AGAIN = _Look(0.5)
_MORE = (_Look(0.75), _Look(1.0), _Look(1.0, blur=1.0))
_Tesseract = Callable[[Image.Image, float, int], "list[Seen]"]
_Reading = tuple[str, float]


def checked_figures(grey: Image.Image, dpi: float, seen: Sequence[Seen], look: _Tesseract) -> list[Seen]:
    """The words of a page, those with figures in their best reading; `doubt` is set for each that is not sure."""
    with_figures = [place for place, word in enumerate(seen) if figures(word.text)]
    asked = [place for place in with_figures if seen[place].bottom - seen[place].top < _TALLEST * dpi][:_MOST_CHECKED]
    around = _neighbours(seen)
    again = dict(zip(asked, _read(grey, dpi, seen, asked, around, _AGAIN, look), strict=True))
    disputed = [place for place in asked if not _at_once(seen[place], again[place])]
    readings: dict[int, list[_Reading]] = {place: [again[place]] for place in disputed[:_MOST_DISPUTED]}
    for more in _MORE if readings else ():
        for place, reading in zip(readings, _read(grey, dpi, seen, list(readings), around, more, look), strict=True):
            readings[place].append(reading)
    words = list(seen)
    for place in with_figures:
        word = words[place]
        if place in readings:
            words[place] = voted(word, readings[place])
        elif place in disputed or (place not in again and word.confidence < _SURE):
            words[place] = replace(word, doubt=word.confidence)
    return words


def figures(text: str) -> str:
    """The figures of a word in their order."""
    return "".join(char for char in text if char.isdecimal())


def voted(word: Seen, others: Sequence[_Reading]) -> Seen:
    """The best reading of a word by all looks; `doubt` is the confidence that looks agree on, if too few do."""
    looks = [(word.text, word.confidence), *others]
    groups: dict[str, list[_Reading]] = defaultdict(list)
    for reading in looks:
        if key := _key(reading[0]):
            groups[key].append(reading)
    key, best = max(groups.items(), key=lambda group: _weight(group[1]), default=("", []))
    first = _key(word.text)
    more = word.confidence >= _CERTAIN and first and first != key and first in key   # figures of another line, too
    text = _text(best, word.text)
    if _agree(key, best) and text and not more:
        return replace(word, text=text, confidence=max(word.confidence, *(sure for _, sure in best)))
    other = key != first and not more and len(best) > 1 and _weight(best)[2] >= _LIKELY
    doubt = round(sum(sure for _, sure in groups.get(key if other else first, ())) / len(looks), 1)
    return replace(word, text=text if other and text else word.text, doubt=doubt)


def _weight(group: Sequence[_Reading]) -> tuple[bool, float, float]:
    return len(group) > 1, sum(sure for _, sure in group), max(sure for _, sure in group)


def _agree(key: str, group: Sequence[_Reading]) -> bool:
    """Whether enough looks give the same figures: most and mostly sure, or all and several figures."""
    if len(group) < _MOST:
        return False
    middle = median(sure for _, sure in group)
    return middle >= _LIKELY or (len(group) == _ALL and len(key) > 1 and middle >= _LEAST)


def _text(group: Iterable[_Reading], first: str) -> str:
    """The form of a reading that most looks trust, of those that are a number; empty if there is none."""
    votes: dict[str, float] = defaultdict(float)
    for text, confidence in group:
        if abs(len(text) - len(first)) <= 3 and not _ODD.search(text) and figures(text) == _key(text):
            votes[text] += confidence + 1
    return max(votes, key=lambda text: (votes[text], text), default="")


def _at_once(word: Seen, again: _Reading) -> bool:
    """Whether a sure first look and a second one give the same figures, in a form that numbers have."""
    return word.confidence >= _SURE and figures(word.text) == figures(again[0]) and not _ODD.search(word.text)


def _key(text: str) -> str:
    """The figures of a reading; in one that has nothing but figures and strokes, strokes are ones."""
    if _ONES.fullmatch(text):
        return figures(text.translate(_LIKE_ONE))
    return "" if _ODD.search(text) else figures(text)


# Looks


def _neighbours(seen: Iterable[Seen]) -> dict[int, list[Seen]]:
    """The words that stand beside each word on its line, and the word itself, by the place of the word."""
    lines: dict[tuple[int, ...], list[tuple[float, int, Seen]]] = defaultdict(list)
    for place, word in enumerate(seen):
        lines[word.line].append((word.x0, place, word))
    found = {}
    for line in lines.values():
        line.sort(key=lambda entry: entry[:2])
        for at, (_, place, _) in enumerate(line):
            found[place] = [word for _, _, word in line[max(0, at - 1) : at + 2]]
    return found


def _read(
    grey: Image.Image, dpi: float, seen: Sequence[Seen], places: Sequence[int], around: dict[int, list[Seen]],
    rendering: _Look, look: _Tesseract,
) -> list[_Reading]:
    """What a look at one rendering gives for each of the words: its text and least confidence; no text if nothing."""
    if not places:
        return []
    parts: list[tuple[Image.Image, float]] = []
    room = _LARGEST
    for place in places:
        part, left = _part(grey, dpi, seen[place], around[place], rendering)
        room -= (part.width + 2 * _BETWEEN) * (part.height + _BETWEEN)
        if room < 0:
            break
        parts.append((part, left))
    if not parts:
        return [("", 0.0)] * len(places)
    width = max(part.width for part, _ in parts) + 2 * _BETWEEN
    sheet = Image.new("L", (width, sum(part.height + _BETWEEN for part, _ in parts) + _BETWEEN), 255)
    bands, y = [], _BETWEEN
    for part, _ in parts:
        sheet.paste(part, (_BETWEEN, y))
        bands.append((y - _BETWEEN / 2, y + part.height + _BETWEEN / 2))
        y += part.height + _BETWEEN
    got = look(sheet, dpi * rendering.scale, _BLOCK)
    found = [
        _said(got, band, seen[place], left, rendering.scale)
        for band, place, (_, left) in zip(bands, places, parts, strict=False)
    ]
    return found + [("", 0.0)] * (len(places) - len(found))


def _part(
    grey: Image.Image, dpi: float, word: Seen, group: Sequence[Seen], rendering: _Look
) -> tuple[Image.Image, float]:
    """The picture of a word between its neighbours, and where it begins on the page."""
    edge = max(6, int((word.bottom - word.top) / 6))
    left, right = min(one.x0 for one in group) - edge, max(one.x1 for one in group) + edge
    left, top = max(0, int(left)), max(0, int(word.top) - edge)
    part = grey.crop((left, top, min(grey.width, int(right)), min(grey.height, int(word.bottom) + edge)))
    if rendering.blur:
        part = part.filter(ImageFilter.GaussianBlur(rendering.blur * dpi / 300))
    if rendering.scale != 1:
        size = max(1, int(part.width * rendering.scale)), max(1, int(part.height * rendering.scale))
        part = part.resize(size, Image.Resampling.LANCZOS)
    return part, left


def _said(got: Iterable[Seen], band: tuple[float, float], word: Seen, left: float, scale: float) -> _Reading:
    """What stands at a word's place on the picture of words."""
    x0, x1 = (_BETWEEN + (x - left) * scale for x in (word.x0, word.x1))
    inside = [
        one for one in got
        if band[0] <= (one.top + one.bottom) / 2 <= band[1]
        and min(one.x1, x1) - max(one.x0, x0) > 0.5 * min(one.x1 - one.x0, x1 - x0)
    ]
    inside.sort(key=lambda one: one.x0)
    return "".join(one.text for one in inside), min((one.confidence for one in inside), default=0.0)

"""Words of a picture of a page, by tesseract with its Vietnamese model: boxes and confidence of each word.

The page is made straight before its words are placed. What is left unread (a signature block under a seal is taken
for a picture) is looked at a second time, in several renderings, and only sure words are kept of it. Words with
figures are looked at again and keep their best reading, marked where looks do not agree (`corpus.ocr_figures`).
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from statistics import fmean, median

from PIL import Image, ImageFilter

from corpus.document import normalise_text
from corpus.errors import ReadError, Reason
from corpus.ocr_figures import checked_figures
from corpus.readers.boxes import Word
from corpus.shadow import fold
from corpus.syllables import is_syllable

DPI = 300
PAGE_SECONDS = 60          # for one look at one page
MAX_PIXELS = 40_000_000    # of a picture; a larger one is made smaller
_PROGRAM = "tesseract"
_LANGUAGE = "vie"
AUTOMATIC, BLOCK, SPARSE = 3, 6, 11   # tesseract's page segmentation modes
_NOISE = 20.0              # confidence below which a word without figures is a smudge
_SCRAWL = 1.0              # the same for one with figures that no look agrees on
_NO_LETTERS = 60.0         # the same for marks without letters or figures
_LIKELY = 60.0             # trust in a word that makes more looks worth while
_AGREED = 110.0            # the sum of confidences that a word of the second look needs
_CELL = 12                 # pixels of the squares in which unread ink is looked for
_INK = 240                 # mean grey below which a square holds ink
_REGION = (0.10, 0.025)    # shares of the page's width and height that make unread ink worth a look
_MOST_REGIONS = 3
_ETH = "\u00d0"            # looks like Đ, and is no letter of Vietnamese; beside a Đ it is that letter seen twice


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised word in pixels, its confidence (0-100), and the line it stands in.

    `doubt` is the confidence (0-100) of figures that looks do not agree on, None where they are sure or there are none.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: tuple[int, ...]
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a page in points, and their mean confidence weighted by length; None for a page without words."""

    words: list[Word]
    confidence: float | None


def recognise(picture: Image.Image, dpi: float = DPI) -> Recognised:
    """Read a picture of one page. Raises ReadError: missing-program, timeout, damaged."""
    grey = picture if picture.mode == "L" else picture.convert("L")
    if (pixels := grey.width * grey.height) > MAX_PIXELS:
        share = (MAX_PIXELS / pixels) ** 0.5
        grey, dpi = grey.resize((int(grey.width * share), int(grey.height * share))), dpi * share
    seen = [word for word in look(grey, dpi, AUTOMATIC) if not _is_smudge(word)]
    seen += _second_look(grey, dpi, seen)
    seen = [word for word in checked_figures(grey, dpi, seen, look) if not _is_scrawl(word)]
    letters = sum(len(word.text) for word in seen)
    confidence = round(sum(w.confidence * len(w.text) for w in seen) / letters, 1) if letters else None
    return Recognised(_placed(seen, 72 / dpi), confidence)


@cache
def program() -> str:
    """The path of tesseract. Raises ReadError if it, or its Vietnamese model, is not installed."""
    path = shutil.which(_PROGRAM)
    if path is None:
        raise ReadError(Reason.MISSING_PROGRAM, _PROGRAM)
    try:
        known = subprocess.run([path, "--list-langs"], capture_output=True, timeout=PAGE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadError(Reason.MISSING_PROGRAM, f"{_PROGRAM} does not start") from error
    if _LANGUAGE not in (known.stdout + known.stderr).decode("utf-8", "replace").split():
        raise ReadError(Reason.MISSING_PROGRAM, f"{_PROGRAM}: its Vietnamese model ({_LANGUAGE})")
    return path


def look(grey: Image.Image, dpi: float, mode: int) -> list[Seen]:
    """One run of tesseract over a grey picture. Raises ReadError: missing-program, timeout, damaged."""
    stream = io.BytesIO()
    grey.save(stream, "PPM")
    command = [program(), "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(round(dpi)), "--psm", str(mode), "tsv"]
    try:
        done = subprocess.run(
            command, input=stream.getvalue(), capture_output=True, timeout=PAGE_SECONDS, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(Reason.TIMEOUT, f"{_PROGRAM} took more than {PAGE_SECONDS} s for a page") from error
    except OSError as error:
        raise ReadError(Reason.MISSING_PROGRAM, f"{_PROGRAM}: {error.strerror}") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise ReadError(Reason.DAMAGED, f"{_PROGRAM}: {said[:200]}")
    return list(_rows(done.stdout.decode("utf-8", "replace")))


def _rows(tsv: str) -> Iterator[Seen]:
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = _vietnamese(normalise_text("".join((row.get("text") or "").split())))
        if row.get("level") != "5" or not text:
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        line = tuple(int(row[name]) for name in ("block_num", "par_num", "line_num"))
        yield Seen(text, left, top, left + width, top + height, max(0.0, float(row["conf"])), line)


def _vietnamese(text: str) -> str:
    return text.replace(f"Đ{_ETH}", "Đ").replace(f"{_ETH}Đ", "Đ").replace(_ETH, "Đ") if _ETH in text else text


def _is_smudge(word: Seen) -> bool:
    if not any(map(str.isalnum, word.text)):
        return word.confidence < _NO_LETTERS
    return word.confidence < _NOISE and not any(map(str.isdigit, word.text))


def _is_scrawl(word: Seen) -> bool:
    """Whether no look could make anything of a word with figures."""
    return word.doubt is not None and max(word.doubt, word.confidence) < _SCRAWL


# What was left unread


def _second_look(grey: Image.Image, dpi: float, seen: list[Seen]) -> list[Seen]:
    """Words in the parts of a page that hold ink and were not read, where several looks agree."""
    rest = grey.copy()
    for word in seen:
        rest.paste(255, (int(word.x0) - 4, int(word.top) - 4, int(word.x1) + 4, int(word.bottom) + 4))
    found: list[Seen] = []
    for number, box in enumerate(_unread(rest), 1):
        part = rest.crop(box)
        half = part.resize((max(1, part.width // 2), max(1, part.height // 2)), Image.Resampling.LANCZOS)
        soft, softer = (part.filter(ImageFilter.GaussianBlur(radius * dpi / DPI)) for radius in (1, 3))
        looks = ((soft, 1, BLOCK), (half, 2, SPARSE), (softer, 1, SPARSE), (part, 1, BLOCK), (half, 2, BLOCK))
        words: list[Seen] = []
        for picture, scale, mode in looks:
            words += [_moved(word, box, scale) for word in look(picture, dpi / scale, mode)]
            if sum(_trust(word) > _LIKELY for word in words) < 2:  # a drawing or handwriting
                break
        found += [replace(word, line=(-number, 0, line)) for line, word in _agreed(words)]
    return found


def _unread(rest: Image.Image) -> list[tuple[int, int, int, int]]:
    """The largest parts of a page with ink, in pixels."""
    small = rest.resize((max(1, rest.width // _CELL), max(1, rest.height // _CELL)), Image.Resampling.BOX)
    ink = small.point([255 if grey < _INK else 0 for grey in range(256)]).filter(ImageFilter.MaxFilter(5))
    width, height, cells = ink.width, ink.height, bytearray(ink.tobytes())
    boxes = []
    for start, cell in enumerate(cells):
        if not cell or not cells[start]:
            continue
        cells[start] = 0
        waiting, left, top, right, bottom = [start], width, height, 0, 0
        while waiting:
            y, x = divmod(waiting.pop(), width)
            left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
            for near in _neighbours(x, y, width, height):
                if cells[near]:
                    cells[near] = 0
                    waiting.append(near)
        wide, high = (right - left + 1) / width, (bottom - top + 1) / height
        if wide >= _REGION[0] and high >= _REGION[1] and wide * high < 0.6:
            boxes.append((left * _CELL, top * _CELL, (right + 1) * _CELL, (bottom + 1) * _CELL))
    boxes.sort(key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return boxes[:_MOST_REGIONS]


def _neighbours(x: int, y: int, width: int, height: int) -> Iterator[int]:
    if x:
        yield y * width + x - 1
    if x + 1 < width:
        yield y * width + x + 1
    if y:
        yield (y - 1) * width + x
    if y + 1 < height:
        yield (y + 1) * width + x


def _moved(word: Seen, box: tuple[int, int, int, int], scale: int) -> Seen:
    left, top = box[:2]
    return replace(
        word, x0=left + scale * word.x0, x1=left + scale * word.x1,
        top=top + scale * word.top, bottom=top + scale * word.bottom,
    )


def _agreed(words: Iterable[Seen]) -> list[tuple[int, Seen]]:
    """Of the words seen at one place that which most looks trust, with the number of its line."""
    places: list[list[Seen]] = []
    for word in sorted(words, key=lambda word: -_trust(word)):
        if _trust(word) > 0:
            same = next((place for place in places if _overlap(word, place[0]) > 0.5), None)
            same.append(word) if same else places.append([word])
    kept: list[Seen] = []
    for place in places:
        votes = {word.text: sum(_trust(other) * _alike(word.text, other.text) for other in place) for word in place}
        text = max(votes, key=lambda text: (votes[text], text))
        best = next(word for word in place if word.text == text)
        if votes[text] >= _AGREED and len(place) > 1 and not any(_overlap(best, other) > 0.3 for other in kept):
            kept.append(best)
    lines: list[list[Seen]] = []
    for word in sorted(kept, key=lambda word: word.top + word.bottom):
        near = next((line for line in reversed(lines[-3:]) if _level(word, line[0])), None)
        near.append(word) if near else lines.append([word])
    return [(number, word) for number, line in enumerate(lines) for word in line]


def _alike(one: str, other: str) -> float:
    """1 for the same letters, less for letters that differ, 0 for other words."""
    share = SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()
    return (1.0 if one == other else 0.5 * share) if share > 0.6 else 0.0


def _trust(word: Seen) -> float:
    """Confidence in a word of the second look. Seals and signatures give many that are short or no syllables."""
    letters = sum(map(str.isalpha, word.text))
    if letters < 2:
        return 0.0
    known = is_syllable(word.text.strip(".,;:")) or word.text.isupper()
    return word.confidence - 40 * (not known) - 20 * (letters < 3)


def _overlap(one: Seen, other: Seen) -> float:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    areas = ((word.x1 - word.x0) * (word.bottom - word.top) for word in (one, other))
    return wide * high / max(1.0, min(areas))


def _level(one: Seen, other: Seen) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


# Places


def _placed(seen: list[Seen], scale: float) -> list[Word]:
    """Words in points, the page made straight; the words of a line get one top and one bottom."""
    lines: dict[tuple[int, ...], list[Seen]] = defaultdict(list)
    for word in seen:
        lines[word.line].append(word)
    slope = _slope(lines.values())
    words = []
    for line in lines.values():
        middle = median((w.top + w.bottom) / 2 - slope * w.x0 for w in line)
        height = fmean(sorted(w.bottom - w.top for w in line)[len(line) // 2 :])
        for word in line:
            top, bottom = middle - height / 2, middle + height / 2
            box = word.x0 * scale, top * scale, word.x1 * scale, bottom * scale
            words.append(Word(word.text, *box, doubt=word.doubt))
    return words


def _slope(lines: Iterable[list[Seen]]) -> float:
    """How much the page's lines sink for each pixel to the right; 0 where too few are long."""
    slopes = []
    for line in lines:
        if len(line) >= 5 and (wide := line[-1].x0 - line[0].x0) > 500:
            slopes.append(((line[-1].top + line[-1].bottom) - (line[0].top + line[0].bottom)) / 2 / wide)
    return median(slopes) if len(slopes) >= 5 else 0.0

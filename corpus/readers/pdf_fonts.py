"""Words of a PDF page set in fonts of the old eight-bit tables, as Unicode.

Such a font (`.VnTime`, `VNI-Times`) draws Vietnamese letters for bytes that the file calls Latin ones. Its name
decides, unless the words speak against it; words in other fonts are judged by themselves (`corpus.encodings.runs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import regex

from corpus.encodings.fonts import legacy_font, symbols
from corpus.encodings.runs import Run, decode_runs
from corpus.encodings.syllables import frequencies

UNICODE = "unicode"
_SUBSET = regex.compile(r"^[A-Z]{6}\+")
_STYLE = regex.compile(r"(?:[\s,-]*(?:Bold|Italic|Oblique|Regular|Normal|Identity-[HV]))+$")
_INSIDE = "\x1f"   # between two pieces of a word
_BETWEEN = regex.compile(rf"[ \n{_INSIDE}]")
_AROUND = ".,;:!?()[]“”\"'"
_GLYPH_NAMES = str.maketrans({"\u03bc": "µ", "\u2219": "·", "\u02c9": "¯", "\u2126": "Ω", "\u2010": "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one word in one font. `opens`: a space or line end that stands before them, nothing inside a word."""

    text: str
    font: str
    opens: str = " "


@cache
def font_name(stated: str) -> str:
    """The name of a font without the mark of a subset and its style: `ABCDEF+.VnTimeH,Bold` is `.VnTimeH`."""
    return _STYLE.sub("", _SUBSET.sub("", stated))


def is_legacy(font: str) -> bool:
    """Whether the name of a font promises an old table."""
    return legacy_font(font) is not None


def decoded_pieces(pieces: Sequence[Piece]) -> tuple[list[str], str]:
    """The pieces in Unicode, in their order, and the names of the tables that they were in (`Document.encoding`)."""
    runs: list[Run] = []
    for font, group in groupby(enumerate(pieces), key=lambda piece: piece[1].font):
        text = "".join((piece.opens or _INSIDE) + piece.text if place else piece.text for place, piece in group)
        text = text.translate(_GLYPH_NAMES) if is_legacy(font) else text
        runs.append(Run(text, None if symbols(font) is not None else font))
    decoded = decode_runs(runs, UNICODE)
    texts = _BETWEEN.split(decoded.text)
    if len(texts) != len(pieces):  # letters of the file that look like our marks
        return [piece.text for piece in pieces], UNICODE
    if "tcvn3" in decoded.encoding:
        changed = {p.font for p, text in zip(pieces, texts, strict=True) if text != p.text or is_tcvn3(p.font)}
        beside = ["", *texts, ""]
        texts = [
            _with_u_horn(text, beside[n], beside[n + 2], pieces[n].font)
            if "-" in text and pieces[n].font in changed else text for n, text in enumerate(texts)
        ]
    return texts, decoded.encoding


def is_tcvn3(font: str) -> bool:
    """Whether the name of a font promises TCVN3."""
    named = legacy_font(font)
    return named is not None and named.encoding == "tcvn3"


def _with_u_horn(word: str, before: str, after: str, font: str) -> str:
    """A word whose `ư` came out as a hyphen: TCVN3 has it at byte AD, where WinAnsiEncoding has a hyphen (ISO 32000-1,
    annex D). Taken back where only that makes the word a syllable (`n-ớc`), so that `Trung-Việt` stays.
    """
    start = len(word) - len(word.lstrip(_AROUND))
    bare = word.strip(_AROUND)
    if len(bare) < 2 or bare.replace("-", "ư").lower() not in frequencies():
        return word
    named = legacy_font(font)
    line_of_capitals = any(len(one) > 1 and one.isupper() for one in (bare.replace("-", ""), before, after))
    capital = bare.isupper() and (line_of_capitals or (named is not None and named.capitals))
    return word[:start] + bare.replace("-", "Ư" if capital else "ư") + word[start + len(bare) :]

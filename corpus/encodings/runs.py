"""From runs of text, each with its font, to Unicode: the decision of `decode_runs` is recorded on the document."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from corpus.encodings.capitals import restore_capitals
from corpus.encodings.detect import best_encoding, decoder_of, improves, is_suspect, is_unicode
from corpus.encodings.doubled import undouble
from corpus.encodings.fonts import legacy_font, symbol_text, symbols
from corpus.encodings.tables import decoder, seen_as
from corpus.encodings.utf8_seen import LETTERS_LOST, UTF8_AS_1252, letters_lost, restore
from corpus.encodings.viqr import decode_viqr

_HEAP = regex.compile(r"\p{M}{64}")   # composing takes quadratic time on such


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font, as it is stored. `capitals`: its small letters are shown as capitals."""

    text: str
    font: str | None = None
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in Unicode; `encoding` names the tables that it was in, the one of most letters first, joined by `+`.

    `letters-lost` among them: letters whose bytes are gone stand as they were found.
    """

    text: str
    encoding: str


def decode_runs(runs: Iterable[Run], stored: str = "unicode") -> Decoded:
    """The text of all runs. A font of `data/legacy_fonts.tsv` decides, unless the words speak against it.

    Runs in other fonts are judged together for each font, then line by line. `stored` names the encoding of what
    was well as it stood.
    """
    joined = _joined(runs)
    tables = _tables_of_fonts(joined)
    parts, letters = [], Counter[str]()
    for run in joined:
        text, used = _decoded(run, tables.get(run.font))
        for name, count in used.items():
            letters[name or stored] += count
        parts.append(text.upper() if run.capitals else text)
    text, restored = restore("".join(parts), proven=UTF8_AS_1252 in letters)
    text, doubled = undouble(text)
    names = [name for name, count in letters.most_common() if count] or [stored]
    if restored and UTF8_AS_1252 not in names:
        names.append(UTF8_AS_1252)
    if letters_lost(text, proven=UTF8_AS_1252 in names):
        names.append(LETTERS_LOST)
    return Decoded(text, "+".join([*names, doubled] if doubled else names))


def decode_text(text: str, stored: str = "utf-8") -> Decoded:
    """Text without fonts that may hold lines in an old table, be converted twice, or be VIQR."""
    if text.isascii() and (read := decode_viqr(text)):
        return Decoded(read, "viqr")
    return decode_runs([Run(text)], stored)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one font as one run: a word may be split where only its size or colour changes."""
    found: list[Run] = []
    for (font, capitals), group in groupby(runs, key=lambda run: (run.font, run.capitals)):
        text = _composed("".join(run.text for run in group))
        signs = symbols(font) if font else None
        found.append(Run(text if signs is None else symbol_text(text, signs), font, capitals))
    return found


def _composed(text: str) -> str:
    """Letters and their marks as one character: taken apart they look like windows-1258."""
    return text if _HEAP.search(text) else unicodedata.normalize("NFC", text)


def _tables_of_fonts(runs: Sequence[Run]) -> dict[str | None, str | None]:
    """The table of each font, from its name and from all its words together."""
    words: dict[str | None, list[str]] = {}
    for run in runs:
        words.setdefault(run.font, []).append(run.text)
    found: dict[str | None, str | None] = {}
    for font, texts in words.items():
        text = "\n".join(texts)
        named = legacy_font(font) if font else None
        if font and symbols(font) is not None:
            found[font] = None
        elif named is None:
            found[font] = best_encoding("\n".join(filter(is_suspect, text.split("\n"))))
        elif improves(text, named.encoding):
            found[font] = named.encoding
        else:
            found[font] = best_encoding(text)
    return found


def _decoded(run: Run, table: str | None) -> tuple[str, Counter[str | None]]:
    """A run in Unicode, and how many letters beyond ASCII each table (None: none) had of it."""
    named = legacy_font(run.font) if run.font else None
    if named and table == named.encoding:
        text = run.text if is_unicode(run.text) else decoder(table)(seen_as(run.text, named.code_page))
        if named.capitals:
            text = text.upper()
        elif table == "tcvn3":
            text = restore_capitals(text)
        return text, Counter({table: _letters(text)})
    if run.text.isascii() or (run.font and symbols(run.font) is not None):
        return run.text, Counter({table: 0} if table else {})
    lines, used = [], Counter[str | None]()
    for line in run.text.split("\n"):
        text, encoding = _line(line, table)
        used[encoding] += _letters(text)
        lines.append(text)
    return "\n".join(lines), used


def _line(line: str, table: str | None) -> tuple[str, str | None]:
    """A line in Unicode: under the table of its font, else under one that the line itself proves."""
    if line.isascii() or is_unicode(line) or not (table or is_suspect(line)):
        return line, None
    encoding = table if table and improves(line, table) else best_encoding(line)
    if encoding is None:
        return line, None
    text = decoder_of(encoding)(seen_as(line))
    return (restore_capitals(text) if encoding == "tcvn3" else text), encoding


def _letters(text: str) -> int:
    """How many characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))

"""The unit after a number: money, share, measure, or the noun that is counted.

Surfaces and nouns are data (`units.tsv`, `count_nouns.tsv`, `time_units.tsv`). The longest entry wins; a classifier
takes the noun that it classifies with it (`3 chiếc xe`).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from extractors.lexicon import many, table
from extractors.quantities.words import one_of

_SYLLABLE = regex.compile(r"[\p{L}\p{M}]++(?:-[\p{L}\p{M}]++)*+")
_SEPARATOR = regex.compile(r"[ \n]{1,2}+|, ?| ?/ ?| & |-")
_GAP = regex.compile(r" {1,2}\n?|\n")
_SYMBOL = regex.compile(r"%|‰|[°º][CF]|[$€£¥]")
_ATTACHED = regex.compile(r"[\p{L}µ]{1,6}+(?:[²³]|[23](?!\d))?+(?![\p{L}\d])")
_RATE = regex.compile(
    rf" ?/ ?(?:{one_of('rate_pairs')}(?!\p{{L}})|[\p{{L}}²³]{{1,12}}+[23]?+)"
    rf"(?: {one_of('rate_nouns')} \p{{L}}{{1,8}}+)?+(?:/\p{{L}}{{1,8}}+){{0,2}}"
)
_SCALED = regex.compile(r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)[ \n]\Z")
_FORMER = regex.compile(r"(?:cựu|nguyên|nữ|nam|tân) ")
_LONGEST_NOUN = 6   # syllables
_REACH = 60         # characters


class Unit(NamedTuple):
    """A unit as read: where it ends, how it is written in a fact, and its kind.

    `kind` is money, percent, measure, a kind of count noun (person, body, case, thing, object) or time.
    """

    end: int
    name: str
    kind: str

    @property
    def strong(self) -> bool:
        """Makes a figure of any number before it."""
        return self.kind in ("money", "percent", "measure")


@cache
def _surfaces() -> dict[str, tuple[str, str]]:
    """Surface → (unit, kind). Short ones keep their case: `m` is a metre, `M` is not."""
    found: dict[str, tuple[str, str]] = {}
    for row in table("units"):
        surface = row["surface"]
        found[surface] = (row["unit"], row["kind"])
        if len(surface) > 2:
            found.setdefault(surface.lower(), (row["unit"], row["kind"]))
    return found


@cache
def _nouns() -> dict[str, tuple[str, str]]:
    """Noun in lower case → (kind, what it may classify)."""
    return {row["noun"].lower(): (row["kind"], row["classifier"]) for row in table("count_nouns")}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("count_nouns") if row["noun"].isupper())


@cache
def fractional() -> frozenset[str]:
    """Nouns that may be counted in parts: `1,532 lần` is no thousand."""
    return frozenset(row["noun"] for row in table("count_nouns") if row["fraction"] == "yes")


@cache
def _times() -> frozenset[str]:
    return frozenset(row["words"].lower() for row in table("time_units"))


@cache
def _heads() -> frozenset[str]:
    """First syllables of every unit, to leave early where none can follow."""
    names = [*_surfaces(), *_nouns(), *_times()]
    return frozenset(match[0] for name in names if (match := _SYLLABLE.match(name)))


@cache
def _beginnings() -> frozenset[str]:
    """Every entry up to the end of each of its syllables: where none begins so, a longer one need not be looked for."""
    names = [*_surfaces(), *_nouns(), *_times()]
    return frozenset(name[: syllable.end()] for name in names for syllable in _SYLLABLE.finditer(name))


def read_unit(shadow: str, lower: str, pos: int) -> Unit | None:
    """The unit at `pos`, the end of a number; None where none of ours follows."""
    symbol = _SYMBOL.match(shadow, pos + 1 if shadow.startswith(" ", pos) else pos)
    if symbol:
        return _with_rate(shadow, Unit(symbol.end(), *_surfaces()[symbol[0].replace("º", "°")]))
    attached = _ATTACHED.match(shadow, pos)
    if attached:
        return _attached(shadow, attached)
    gap = _GAP.match(shadow, pos)
    return _spelled(shadow, lower, gap.end()) if gap else None


def _attached(shadow: str, found: regex.Match[str]) -> Unit | None:
    entry = _surfaces().get(found[0])
    if entry is None or entry[1] == "scaled" or found[0] in ("A", "V", "l", "g"):
        return None
    return _with_rate(shadow, Unit(found.end(), *entry))


def _spelled(shadow: str, lower: str, start: int) -> Unit | None:
    first = _SYLLABLE.match(lower, start)
    if first is None:
        return None
    short = _ATTACHED.match(shadow, start)
    if short and not shadow[short.end() : short.end() + 1].isalnum() and (entry := _surfaces().get(short[0])):
        longer = _longest(lower, start)
        if entry[1] != "scaled" and (longer is None or longer.end <= short.end()):
            return _with_rate(shadow, Unit(short.end(), *entry))
    found = _longest(lower, start) if first[0] in _heads() else None
    if found is not None and found.kind == "scaled":   # 50 triệu bảng, but 8 bảng
        scaled = _SCALED.search(lower, max(0, start - 7), start)
        found = Unit(found.end, found.name, "money") if scaled else _as_noun(lower, start, found.end)
    former = _FORMER.match(lower, start)
    if former and (found is None or found.end < former.end()):   # 2 cựu thứ trưởng
        found = _longest(lower, former.end())
        if found is None or found.kind != "person":
            return None
        return Unit(found.end, " ".join(shadow[start : found.end].split()), "person")
    if found is None or found.kind == "none":
        return None
    if found.kind in ("money", "percent", "measure"):
        return _with_rate(shadow, found)
    if found.kind == "time":
        return found
    if shadow[start].isupper() and not _title_case_is_a_noun(shadow, start, found):
        return None
    classifier = _nouns()[found.name][1]
    end = _classified(shadow, lower, found.end, classifier) if classifier else found.end
    name = " ".join(shadow[start:end].split())
    if name.isupper() and len(name) > 3 and name not in _abbreviations():   # DÂN SỐ LÀ 5.000 NGƯỜI
        name = name.lower()
    return _with_rate(shadow, Unit(end, name, found.kind))


def _as_noun(lower: str, start: int, end: int) -> Unit | None:
    noun = _nouns().get(lower[start:end])
    return Unit(end, lower[start:end], noun[0]) if noun else None


def _longest(lower: str, start: int) -> Unit | None:
    """The longest entry that begins at `start`: syllables joined by what stands between them in the text."""
    surfaces, nouns, times, beginnings = _surfaces(), _nouns(), _times(), _beginnings()
    best: Unit | None = None
    at, parts, stop = start, "", start + _REACH
    for _ in range(_LONGEST_NOUN):
        syllable = _SYLLABLE.match(lower, at)
        if syllable is None:
            break
        parts += syllable[0]
        if parts not in beginnings:
            break
        if parts in times:
            best = Unit(syllable.end(), parts, "time")
        elif parts in surfaces and len(parts) > 2:
            best = Unit(syllable.end(), *surfaces[parts])
        elif parts in nouns:
            best = Unit(syllable.end(), parts, nouns[parts][0])
        between = _SEPARATOR.match(lower, syllable.end())
        if between is None or between.end() > stop:
            break
        parts += " " if between[0].isspace() else ", " if between[0][0] == "," else between[0].strip()
        at = between.end()
    return best


def _title_case_is_a_noun(shadow: str, start: int, found: Unit) -> bool:
    """`03 Phó Cục trưởng` counts; `12 Trần Phú` and a new sentence after a number do not."""
    return found.kind in ("person", "body", "case", "thing") and "\n" not in shadow[max(0, start - 2) : start]


def _classified(shadow: str, lower: str, end: int, classifier: str) -> int:
    """Where a classifier's noun ends: the noun we know, else the next syllable if it is a plain word."""
    space = end + 1
    if not lower.startswith(" ", end) or not shadow[space : space + 1].islower():
        return end
    known = _longest(lower, space)
    if known and known.kind not in ("time", "money", "percent", "measure", "none"):
        return known.end
    if classifier == "known":
        return end
    syllable = _SYLLABLE.match(lower, space)
    return syllable.end() if syllable and syllable[0] not in _function_words() else end


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for row in table("function_words") for word in many(row["words"]))


def is_function_word(word: str) -> bool:
    """Words that cannot be the noun that a number counts: particles, prepositions, auxiliaries, frequent verbs."""
    return word in _function_words()


def noun_at(lower: str, pos: int) -> Unit | None:
    """The noun of ours that begins at `pos`, the longest one."""
    found = _longest(lower, pos)
    return found if found and found.kind in ("person", "body", "case", "thing", "object") else None


def is_noun(words: str) -> bool:
    """Whether the words are a noun of ours as they stand."""
    return _nouns().get(words, ("none",))[0] != "none"


def is_no_noun(lower: str, pos: int) -> bool:
    """Words at `pos` that begin like a noun and are none (`ban hành`)."""
    found = _longest(lower, pos)
    return found is not None and found.kind == "none"


def _with_rate(shadow: str, unit: Unit) -> Unit:
    """`đồng/lít`, `người/km²`, `tấn/năm`: the rate belongs to the unit."""
    rate = _RATE.match(shadow, unit.end) if shadow[unit.end : unit.end + 2].strip().startswith("/") else None
    if rate is None:
        return unit
    return Unit(rate.end(), unit.name + "/" + rate[0].replace("/", "", 1).strip(), unit.kind)

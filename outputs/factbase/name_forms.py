"""One form for a name of a body, an office or a place, so that filters find it however it is written.

`Cục THADS TP Hải Phòng`, `Cục Thi hành án dân sự thành phố Hải Phòng` and `cuc thads hai phong` all meet in
`cuc thi hanh an dan su hai phong`: abbreviations written out (`outputs/data/abbreviations.tsv`), `tỉnh` and
`thành phố` before a name left out, marks folded, one space between syllables.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from corpus import shadow, tables
from extractors.spelling import canonical

_SPELLINGS = 16  # more ways to write a name are not tried
BARRIER = "zzz"  # not a Vietnamese syllable: keeps phrases from running over from one name into the next

_WORD = regex.compile(r"[\p{L}\p{N}]++(?:[.&-]{1,2}[\p{L}\p{N}]++)*+")
_PARTS = regex.compile(r"[\p{L}\p{N}]++")
_MARKS = str.maketrans("", "", ".&-")
# `tỉnh ủy`, `tỉnh đoàn` are words of their own; `thành phố` at the end names no city; Hồ Chí Minh alone is a man.
_ADMINISTRATIVE = regex.compile(r"\b(?:tinh (?!uy\b|doan\b|doi\b|lo\b)|thanh pho (?!ho chi minh\b))(?=\w)")
# A branch is not its head office and a deputy not the head: chi cục ≠ cục, Phó Chủ tịch ≠ Chủ tịch.
# Sỹ and Sĩ, Lý and Lí, Mỹ and Mĩ are spellings of one name ; Thúy and Thúi are two.
_I_OR_Y = regex.compile(r"(?<=\b(?:[hklmstv]|qu))y\b")
_HEADS = "truong|thu tuong|chu tich|chu nhiem|giam doc|bi thu|chanh|tong|thong doc|tu lenh"
_RANKS = regex.compile(
    rf"\b(?:chi|tong) cuc\b|(?<!thanh )\bpho (?=(?:(?:chi |tong )?(?:cuc|vu|ban|phong|vien|doan) truong|{_HEADS})\b)"
)


@cache
def abbreviations() -> tuple[dict[str, str], ...]:
    """The rows of the table of abbreviations. Raises TableError if it is broken."""
    found = tables.table("outputs", "abbreviations")
    for row in found:
        if row["match"] not in ("any", "upper") or not row["abbreviation"] or not row["expansion"]:
            raise tables.TableError(f"abbreviations.tsv: {row['abbreviation']!r} needs a match of `any` or `upper`")
    return found


_PIECE = regex.compile(
    r"(?P<word>[\p{L}\p{N}]++(?:[.&/-]{1,2}[\p{L}\p{N}]++)*+)|(?P<mark>[,;:()]|(?<=\s)[-–—](?=\s))|[\"“”'‘’]"
)
_SPACED_LETTERS = regex.compile(r"(?<=\b\p{Lu}{2,5}) ?[-–&] ?(?=\p{Lu}{2,5}\b)")   # `Bộ GD & ĐT`, `Sở TT - TT`
_Y_WITH_MARK = regex.compile(r"(?<=\b(?:[hklmstv]|qu))[yýỳỷỹỵ]\b")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_JOINERS = frozenset({"và", "&"})


class Word(NamedTuple):
    """A word of a name in lower case with its marks, abbreviations written out. `mark`: the sign before, `&` for `và`.

    `form` has i for y (`kĩ`), so that both spellings meet; `written` has what the name has. `capital` where it begins
    with a capital or figure, or the whole name is in capitals.
    """

    form: str
    mark: str
    written: str
    capital: bool


@lru_cache(maxsize=8192)
def marked_words(name: str) -> tuple[Word, ...]:
    """The words of a name in one spelling, marks kept: what has other marks is another name.

    Abbreviations are written out, tone marks and i/y have one place and one letter, `và` and what joins is left out.

    >>> " ".join(word.form for word in marked_words("Uỷ ban Kỹ thuật, Sở GD & ĐT TP. HCM"))
    'ủy ban kĩ thuật sở giáo dục đào tạo thành phố hồ chí minh'
    """
    unified = shadow.shadow(unicodedata.normalize("NFC", name))
    if "-" in unified or "&" in unified:
        unified = _SPACED_LETTERS.sub("-", unified)
    capitals = " " in unified and unified.isupper()   # `BỘ TƯ PHÁP`: letters say nothing
    if capitals:
        unified = shadow.lower(unified)
    words: list[Word] = []
    mark = ""
    for piece in _PIECE.finditer(unified):
        said = piece[0]
        if piece.lastgroup != "word":
            mark = said if piece.lastgroup else mark
            continue
        capital = capitals or not said[0].islower()
        for form, written in marked_forms(said):
            if form in _JOINERS:
                mark = mark or "&"
                continue
            words.append(Word(form, mark, written, capital))
            mark = ""
    return tuple(words)


@lru_cache(maxsize=32768)
def marked_forms(word: str) -> tuple[tuple[str, str], ...]:
    """The words that one word or abbreviation stands for: each in one spelling, and as it is written."""
    whole = _marked_expansion(word.translate(_MARKS))
    if whole is None:
        parts = _PARTS.findall(word)
        whole = " ".join(_marked_expansion(part) or part for part in parts)
    found = _PARTS.findall(canonical(shadow.lower(shadow.shadow(whole))))
    return tuple((_Y_WITH_MARK.sub(lambda y: _I_FOR_Y[y[0]], one), one) for one in found)


def _marked_expansion(form: str) -> str | None:
    capital, either = _marked_expansions()
    return capital.get(form.upper()) if form.upper() == form else either.get(form.lower())


@cache
def _marked_expansions() -> tuple[dict[str, str], dict[str, str]]:
    """Short forms as they are written in capitals, and those that any letters write, with the words they stand for."""
    rows = abbreviations()
    capital = {row["abbreviation"].upper(): row["expansion"] for row in rows}
    return capital, {row["abbreviation"].lower(): row["expansion"] for row in rows if row["match"] == "any"}


@cache
def _expansions() -> tuple[dict[str, str], dict[str, str]]:
    """Folded and capital short forms with the folded words they stand for."""
    either: dict[str, str] = {}
    capital: dict[str, str] = {}
    for row in abbreviations():
        words = " ".join(_PARTS.findall(shadow.fold(row["expansion"])))
        if row["match"] == "any":
            either[shadow.fold(row["abbreviation"])] = words
        else:
            capital[row["abbreviation"].upper()] = words
    return either, capital


def _expansion(form: str) -> str | None:
    either, capital = _expansions()
    return capital.get(form) or either.get(shadow.fold(form))


@lru_cache(maxsize=32768)   # syllables recur
def _written_out(word: str) -> str:
    whole = _expansion(word.translate(_MARKS))  # T.Ư, GD&ĐT; else TP.HCM part by part
    return whole or " ".join(_expansion(part) or shadow.fold(part) for part in _PARTS.findall(word))


@lru_cache(maxsize=8192)
def full_form(name: str) -> str:
    """The name with abbreviations written out, folded, as syllables with one space between."""
    unified = shadow.shadow(unicodedata.normalize("NFC", name))
    return " ".join(_written_out(word) for word in _WORD.findall(unified))


def short_form(full: str) -> str:
    """A full form without `tinh` and `thanh pho` before a name; the form itself where nothing else is left."""
    return str(_ADMINISTRATIVE.sub("", full)) or full


@lru_cache(maxsize=8192)
def name_forms(name: str) -> tuple[str, ...]:
    """The forms in which two writings of one name meet, with and without `tinh` and `thanh pho`; none for no words.

    >>> name_forms("Chi cục THADS TP Hải Phòng")
    ('chicuc thi hanh an dan su thanh pho hai phong', 'chicuc thi hanh an dan su hai phong')
    """
    full = _I_OR_Y.sub("i", _RANKS.sub(_closed_up, full_form(name)))
    return tuple(dict.fromkeys((full, short_form(full)))) if full else ()


def _closed_up(found: regex.Match[str]) -> str:
    return str(found[0]).replace(" ", "", 1)


def spellings(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Full forms, and what they look like in a text that abbreviates: for texts indexed as they are written.

    >>> spellings(("thanh pho ho chi minh",))
    ('thanh pho ho chi minh', 'tphcm', 'thanh pho hcm', 'tp ho chi minh', 'tp hcm')
    """
    found = dict.fromkeys(forms)
    for short, words in sorted({**_expansions()[0], **_folded_capitals()}.items(), key=lambda pair: -len(pair[1])):
        for form in list(found):
            if f" {words} " in f" {form} " and len(found) < _SPELLINGS:
                found[f" {form} ".replace(f" {words} ", f" {short} ").strip()] = None
    return tuple(found)


def _folded_capitals() -> dict[str, str]:
    return {shadow.fold(short): words for short, words in _expansions()[1].items()}

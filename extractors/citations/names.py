"""Laws, codes and ordinances cited by name: where the name ends, with its year (`Luật Thi hành án dân sự năm 2008`).

Names in data/law_names.tsv are matched as they are, whatever their commas; other names end at the first word
that no name goes on with.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import regex

from corpus import shadow
from extractors.citations.phrases import phrases, stops_name
from extractors.citations.reach import REACH
from extractors.lexicon import many, table

_TOKEN = regex.compile(r"[^\W_]+|&")
_GAP = regex.compile(r"[ ]?[-/][ ]?|[ ]?[,;]?(?:[ ]{1,3}|[ ]?\n[ ]?)")
_SPACE = regex.compile(r"[ ]{1,3}|[ ]?\n[ ]{0,4}(?=\S)")
_YEAR = regex.compile(
    r"(?:[ ]\([ ]?(?:sửa đổi|sđ|sửa đổi,? bổ sung)[ ]?\)"
    r"|[ ]sửa đổi(?:,? bổ sung)?(?=[ \n]{1,2}(?:năm[ \n]{1,2})?(?:19|20)\d\d(?![\d/-])))?"
    r"(?:[ \n]{1,2}(?:năm[ \n]{1,2})?(?P<year>(?:19|20)\d\d)(?![\d/]|-\d|\.\d)"
    r"|[ ]\((?:năm )?(?P<year>(?:19|20)\d\d)\))?"
    r"(?:[ ]\([ ]?(?:sửa đổi|sửa đổi,? bổ sung)[ ]?\))?"
)
_REVISED = regex.compile(r"[ ](?:sửa đổi)(?=[ ]?(?:[.;:)\"\n]|,(?! ?bổ sung)|được|đã|sẽ|có|là|vừa|lần|$))")
_REVISION = regex.compile(r"[ ]\(?sửa đổi(?:,? bổ sung)?\)?")
_YEAR_BEFORE = regex.compile(r"(?r)[ \n]{1,2}(?:năm[ \n]{1,2})?\d{4}|[ ]\((?:năm )?\d{4}\)")
_ABOUT = regex.compile(r"về[ ](?!việc)")
_TREATY = regex.compile(
    r"(?P<name>[ ][^.;:,\n\d]{2,90}?(?:[ ]\([^()\n]{2,20}\))?)[ ]\(?(?:năm[ ])?(?P<year>(?:18|19|20)\d\d)(?![\d/-])\)?"
)
_CONSTITUTION = regex.compile(r"[ ](?:của )?nước [^.;,()\n\d]{5,60}?việt nam")
_AMENDED_BY = regex.compile(
    r"(?:[ ]khóa[ ]\w+)?,?[ \n]\(?(?:đã[ ])?được[ ]sửa đổi(?:,?[ ](?:và[ ])?bổ sung)?(?:[ ]một số điều)?[ \n]"
    r"(?:theo|bởi|tại|bằng)[ \n]nghị quyết[ \n](?:số[ ]?:?[ ]?)?(?P<number>\d{1,4}/\d{4}/qh\d\d)"
)
_OF_STATE = regex.compile(r"[ ](?:của[ ])?(?:nước[ ])?(?=\p{L})")
_OWN_STATE = (
    "việt nam", "việt nam dân chủ cộng hòa", "việt nam dân chủ cộng hoà", "việt nam cộng hòa", "việt nam cộng hoà",
    "cộng hòa xã hội chủ nghĩa việt nam", "cộng hoà xã hội chủ nghĩa việt nam", "chxhcn việt nam",
)
_STATE_SYLLABLES = 8
_LIST_WORD = regex.compile(r",[ ](?=\p{Ll})")
_MAX_SYLLABLES = 14
_SURE = 14  # names longer than this are right without their diacritics (OCR); short ones are not (Giá, luật gia)
_SYLLABLE = regex.compile(r"[\p{L}\p{M}\d]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Name:
    """A name behind a type word: `title` is the name without the type, `end` the end of name and year."""

    end: int
    title: str | None
    year: int | None
    known: bool  # in the table


@cache
def _trie() -> dict[str, dict[str, Any]]:
    """Type → syllable → … ; at the end of a name ``""`` leads to it and to the name that it is short for."""
    roots: dict[str, dict[str, Any]] = {}
    for row in table("law_names"):
        for name in (row["name"], *_bare_aliases(row)):
            node = roots.setdefault(row["type"], {})
            for token in _TOKEN.findall(shadow.fold(name)):
                node = node.setdefault("va" if token == "&" else token, {})
            node[""] = (name, row["name"])
    return roots


def _bare_aliases(row: dict[str, str]) -> list[str]:
    """The aliases that stand behind the same type word, without it."""
    type_word = row["type"] + " "
    return [alias[len(type_word) :] for alias in many(row["aliases"]) if alias.lower().startswith(type_word)]


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """Abbreviations that hold type and name at once: BLHS → bộ luật, Hình sự."""
    return {
        alias: (row["type"], row["name"])
        for row in table("law_names")
        for alias in many(row["aliases"])
        if " " not in alias
    }


def name_at(text: str, lowered: str, folded: str, doc_type: str, pos: int) -> Name | None:
    """The name that follows the type word ending at `pos`, in the shadow, lower and folded texts."""
    if doc_type == "hiến pháp":
        return _constitution(text, lowered, pos)
    if doc_type == "công ước":
        return _convention(text, lowered, pos)
    gap = _SPACE.match(lowered, pos, pos + REACH)
    if gap is None:
        return None
    about = _ABOUT.match(lowered, gap.end(), gap.end() + REACH)
    start = about.end() if about else gap.end()
    end, canonical = _known(lowered, folded, doc_type, start)
    guessed = _guessed(text, lowered, start)
    if canonical is None or (guessed > end and _goes_on(text, lowered, end, guessed)):
        if guessed <= start or " " not in lowered[start:guessed]:
            return None
        end, canonical = guessed, None
    full = with_year(lowered, end)
    title = _title(text[start:end], canonical, lowered[end : full[0]])
    return Name(full[0], title, full[1], canonical is not None)


def with_year(lowered: str, end: int) -> tuple[int, int | None]:
    """The end of a name with its `(sửa đổi)` and year, and the year."""
    match = _YEAR.match(lowered, end, end + REACH)
    year = int(match["year"]) if match and match["year"] else None
    stop = match.end() if match else end
    if stop == end and (revised := _REVISED.match(lowered, end, end + REACH)):
        stop = revised.end()
    return stop, year


def _title(words: str, canonical: str | None, behind: str) -> str:
    """The name as written; as in the table where it is short (THADS), in capitals or damaged; with `(sửa đổi)`."""
    if canonical and (words.isupper() or not _same(words, canonical)):
        words = canonical
    revised = _REVISION.match(behind)
    return " ".join((words + (revised.group() if revised else "")).split())


def _constitution(text: str, lowered: str, pos: int) -> Name | None:
    own = _CONSTITUTION.match(lowered, pos, pos + REACH)
    end, year = with_year(lowered, own.end() if own else pos)
    meant = _constitution_of(lowered, pos, end, year)
    if meant or own:
        return Name(end, None, meant, True)
    lead = _OF_STATE.match(lowered, pos, pos + REACH)
    stop = _state_end(lowered, lead.end()) if lead and text[lead.end() : lead.end() + 1].isupper() else 0
    if not lead or not stop:
        return None
    end, year = with_year(lowered, stop)
    foreign = "việt nam" not in lowered[lead.end() : stop]
    return Name(end, text[lead.end() : stop] if foreign else None, year, True)


def _constitution_of(lowered: str, pos: int, end: int, year: int | None) -> int | None:
    """Its year: `Hiến pháp sửa đổi năm 2001` and `Hiến pháp … theo Nghị quyết số 51/2001/QH10` are that of 1992."""
    rows = table("constitution_amendments")
    if year and "sửa đổi" not in lowered[pos:end]:
        return year
    if year:
        return next((int(row["constitution"]) for row in rows if row["year"] == str(year)), year)
    amended = _AMENDED_BY.match(lowered, end, end + 2 * REACH)
    number = amended["number"] if amended else None
    return next((int(row["constitution"]) for row in rows if row["resolution"].lower() == number), None)


def _state_end(lowered: str, start: int) -> int:
    """The end of the longest name of a state that begins at `start`; 0 if none."""
    ends = []
    pos = start
    for _ in range(_STATE_SYLLABLES):
        word = _TOKEN.match(lowered, pos, pos + REACH)
        if word is None:
            break
        ends.append(word.end())
        if lowered[word.end() : word.end() + 1] not in (" ", "-"):
            break
        pos = word.end() + 1
    return next((end for end in reversed(ends) if lowered[start:end] in _states()), 0)


@cache
def _states() -> frozenset[str]:
    listed = (name.lower() for row in table("countries") for name in (row["name"], *many(row["variants"])))
    return frozenset((*listed, *_OWN_STATE))


def _convention(text: str, lowered: str, pos: int) -> Name | None:
    """A treaty by name and year: `Công ước của Liên hợp quốc về Luật Biển năm 1982`."""
    match = _TREATY.match(lowered, pos, pos + REACH)
    if match is None:
        return None
    return Name(match.end(), " ".join(text[pos : match.end("name")].split()), int(match["year"]), True)


def without_year(lowered: str, end: int) -> int:
    """Where a name that ends with its year at `end` ends without it."""
    found = _YEAR_BEFORE.match(lowered, max(0, end - 16), end)
    return found.start() if found else end


def _known(lowered: str, folded: str, doc_type: str, start: int) -> tuple[int, str | None]:
    """The longest name of the table at `start`: its end, and its canonical form."""
    node: dict[str, Any] | None = _trie().get(doc_type)
    end, canonical, pos = start, None, start
    while node:
        token = _TOKEN.match(folded, pos, pos + REACH)
        if token is None:
            break
        node = node.get("va" if token.group() == "&" else token.group())
        if node is None:
            break
        if "" in node:
            name, full = node[""]
            if token.end() - start > _SURE or _same(lowered[start : token.end()], name):
                end, canonical = token.end(), full
        gap = _GAP.match(folded, token.end(), token.end() + REACH)
        if gap is None:
            break
        pos = gap.end()
    return end, canonical


def _same(words: str, name: str) -> bool:
    """The same letters with the same marks; a tone may sit on either vowel (hoá, hóa)."""
    return _letters(words) == _letters(name)


@lru_cache(maxsize=4096)
def _letters(words: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFD", words.lower().replace("&", "và"))
    return tuple(
        "".join(char for char in token if char not in _TONES) + "".join(char for char in token if char in _TONES)
        for token in _SYLLABLE.findall(plain)
    )


def _guessed(text: str, lowered: str, start: int) -> int:
    """Where a name that the table does not know ends: before the first word that ends names."""
    pos, end, count = start, start, 0
    capital = text[start : start + 1].isupper()
    if text[start : start + 2].isupper() and not text[start : start + 40].isupper():  # an abbreviation
        return start
    while count < _MAX_SYLLABLES:
        token = _TOKEN.match(lowered, pos, pos + REACH)
        if token is None or token.group()[0].isdigit() or (
            (count or not capital)
            and not (text[token.start()].isupper() and capital)
            and stops_name(lowered, token.start())
        ):
            break
        end = token.end()
        count += 1
        gap = _SPACE.match(text, end, end + REACH)
        if gap is None and count == 1 and (comma := _LIST_WORD.match(text, end, end + REACH)):
            word = _TOKEN.match(lowered, comma.end(), comma.end() + REACH)
            gap = comma if word and phrases("name_comma", lowered, word.start()) else None
        if gap is None or ("\n" in gap.group() and not text[gap.end() : gap.end() + 1].islower()):
            break
        pos = gap.end()
    return end


def _goes_on(text: str, lowered: str, end: int, guessed: int) -> bool:
    """A known name goes on with a capital (`Luật Thuế` is not the whole of `Luật Thuế Bảo vệ môi trường`)."""
    gap = _SPACE.match(text, end, end + REACH)
    return bool(gap and gap.end() < guessed and text[gap.end()].isupper())

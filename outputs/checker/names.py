"""Names and offices as a text claims them.

A run of words with capitals is a name, with the particles of old and foreign names between them (`thị`, `van`, `de`). A
word alone is one where it stands inside a sentence, or behind `ông`, `bà`, `đồng chí`. Words of our own phrases and of
bodies, offices and acts (`Bộ`, `Nghị định`) are no names by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from corpus.shadow import lower
from extractors.lexicon import table
from extractors.names import is_foreign_syllable, is_full_name, names_in_a_row, surname_weight
from outputs.words import rows

_WORD = r"\p{Lu}[\p{L}\p{M}']*+(?:-\p{L}+)*+"
_INITIAL = r"\p{Lu}\."
_PARTICLE = r"(?:văn|thị|hữu|de|del|di|da|la|le|van|von|der|den|bin|ibn|al|el|y)"
_NAME = regex.compile(
    rf"(?<![\w.])(?:(?:{_INITIAL}\s?)++{_WORD}|{_WORD})(?:\s(?:(?:{_PARTICLE}\s){{1,2}}(?=\p{{Lu}}))?(?:(?:{_INITIAL}\s?)++{_WORD}|{_WORD}))*+"
)
_OPENS = regex.compile(r"(?:^|[.!?:;…\"“”(\[]|- )\s*[\"“'(*]*\s*$")
_RUN = regex.compile(r"\p{Lu}\p{L}*+(?: \p{Lu}\p{L}*+){0,12}")
_FOLLOWING = regex.compile(r" (\p{Lu}\p{L}*)")
_PLACE = regex.compile(
    r"(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|phường|xã|thôn|ấp|làng|bản|đảo|sông|núi|đường|phố|nước|vùng)"
    r"\s$", regex.I,
)
_OFFICE_REACH = 90
_OUR_TABLES = ("history_phrases", "format_words", "event_types", "conflict_rules", "term_rules")
_OUR_COLUMNS = ("text", "label", "vietnamese", "english", "vi", "en", "label_en", "text_en")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its place. `person`: it has the form of a full Vietnamese name; `office`: the title right before it."""

    words: str
    start: int
    end: int
    opens: bool
    person: bool
    office: str | None = None


def names(text: str, masked: str) -> Iterator[Name]:
    """The names of plain words. `masked`: the same, without what is no name (dates, symbols, numerals)."""
    for match in _NAME.finditer(masked):
        words, start = match.group(), match.start()
        opens = bool(_OPENS.search(masked[max(0, start - 6):start]))
        first, _, rest = words.partition(" ")
        polite = first.lower() in _honorifics() and (opens or " " in rest)
        if rest and (polite or (opens and first.lower() in _openers())):
            words, start, opens = rest, start + len(first) + 1, False
        if words in _our_names():
            continue
        if " " not in words and (len(words.rstrip(".")) < 2 or _common(words, text, start, opens)):
            continue
        person = is_person(words) and not _PLACE.search(text[max(0, start - 12):start])
        yield Name(words, start, match.end(), opens, person, _office(text, start) if person else None)


def is_person(words: str) -> bool:
    """Whether the words have the form of a full Vietnamese name."""
    syllables = [word for word in words.split() if word[:1].isupper()]
    if len(syllables) < 2:
        return False
    return is_full_name(syllables) or (len(syllables) in (3, 4) and surname_weight(syllables[0]) > 0)


def _common(word: str, text: str, start: int, opens: bool) -> bool:
    """Whether a single word is of our own phrases, or the first of a body, an office or an act."""
    before = lower(text[max(0, start - 12):start]).rstrip()
    if any(before.endswith(honorific) and not before[:-len(honorific)][-1:].isalpha() for honorific in _honorifics()):
        return False
    return word.lower() in heads() or word in _our_capitals() or (opens and not is_foreign_syllable(word.lower()))


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row["word"] for row in table("honorifics") if row["kind"] == "polite")


@cache
def heads() -> frozenset[str]:
    """First words of bodies, offices and acts."""
    found = {row["head"].split()[0] for row in table("organisations")}
    found |= {row["title"].split()[0] for row in table("titles")}
    return frozenset(found | {row["type"].split()[0] for row in table("decree_types")})


def _our_words() -> Iterator[str]:
    for name in _OUR_TABLES:
        for row in rows(name):
            yield from (row[column] for column in _OUR_COLUMNS if row.get(column))


@cache
def _openers() -> frozenset[str]:
    """Words that open our own phrases, cells and labels."""
    return frozenset(word.lower() for text in _our_words() for word in regex.findall(r"(?<!\w)\p{L}+", text or ""))


@cache
def _our_capitals() -> frozenset[str]:
    """Words that our own phrases write with a capital: `Decree`."""
    return frozenset(word for text in _our_words() for word in regex.findall(r"(?<!\w)\p{Lu}\p{L}+", text))


_COUNTING = regex.compile(r"(?<!\w)(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\w)", regex.I)


@cache
def _counting_phrases() -> regex.Pattern[str] | None:
    """Our own words that hold a number word: `Một chỉ số hai giá trị`."""
    found = {text.strip() for text in _our_words() if "{" not in text and _COUNTING.search(text)}
    longest_first = sorted(map(regex.escape, found), key=len, reverse=True)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if found else None


def without_our_words(text: str) -> str:
    """The text without those of our own phrases that hold a number word; same length."""
    pattern = _counting_phrases()
    return text if pattern is None else pattern.sub(lambda match: "_" * len(match.group()), text)


@cache
def _our_names() -> frozenset[str]:
    """Runs of capitals in our own phrases: `Web Annotation`."""
    return frozenset(found for text in _our_words() for found in _NAME.findall(text or "") if " " in found)


@cache
def _titles() -> regex.Pattern[str]:
    found = sorted({row["title"] for row in table("titles") if row["class"] not in ("none", "degree", "private")},
                   key=len, reverse=True)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, found))})(?!\w)", regex.I)


def _office(text: str, start: int) -> str | None:
    """The title that stands before a name, in lower case: `bộ trưởng` of `Bộ trưởng Bộ Tư pháp Lê Thành Long`."""
    before = regex.split(r"[,;.:\"()|]", text[max(0, start - _OFFICE_REACH):start])[-1]
    return title_in(before)


def title_in(words: str) -> str | None:
    """The last title among the words, in lower case; None where there is none."""
    found = _titles().findall(words)
    return found[-1].lower() if found else None


def titles_near(text: str, start: int, end: int) -> set[str]:
    """All titles before a name, back to the sentence's beginning, and right behind it."""
    before = regex.split(r"[.;:\n]\s", text[max(0, start - 2 * _OFFICE_REACH):start])[-1]
    after = regex.split(r"[.;:\n]\s", text[end:end + _OFFICE_REACH])[0]
    return {found.lower() for found in (*_titles().findall(before), *_titles().findall(after))}


def places(words: str, lowered: str) -> Iterator[int]:
    """Where words stand in a text in small letters, as whole words."""
    wanted = lower(words)
    at = lowered.find(wanted)
    while at >= 0:
        if not lowered[at - 1:at].isalpha() and not lowered[at + len(wanted):at + len(wanted) + 1].isalpha():
            yield at
        at = lowered.find(wanted, at + 1)


def stands(name: Name, text: str, lowered: str) -> bool:
    """Whether a text has the name, whole: `Nguyễn Văn` is not in `Nguyễn Văn Tố`, `Hòa Bình` not in `hòa bình`."""
    for at in places(name.words, lowered):
        said = text[at:at + len(name.words)]
        if not name.person or said.isupper():
            return True
        ends = said.split()
        if not (ends[0][:1].isupper() and ends[-1][:1].isupper()):
            continue
        following = _FOLLOWING.match(text, at + len(said))
        if not following or following[1].lower() in heads() or regex.fullmatch(r"\p{Lu}{2,}", following[1]):
            return True
        run = _RUN.match(text, at)
        if run and len(name.words.split()) in {end for _, end in names_in_a_row(run.group().split())}:
            return True    # Hà Nội Phạm Quang Nghị
    return False


def parts(name: Name) -> list[Name]:
    """A run of a body's short form and a person, `THADS Mai Lương Khôi`, as the two that it is."""
    syllables = name.words.split()
    for at in range(1, len(syllables)):
        if syllables[at - 1].isupper() and len(syllables[at - 1]) > 1 and not syllables[at].isupper():
            words = (" ".join(syllables[:at]), " ".join(syllables[at:]))
            return [Name(part, name.start, name.end, False, is_person(part)) for part in words]
    return []

"""Reading one personal name at a place where a name can stand."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.lexicon import table
from extractors.names import Run, capital_run_at, is_foreign_syllable, is_full_name, pseudonyms
from extractors.organisations import Reader
from extractors.places import known_place
from extractors.spelling import canonical

Tokens = tuple[tuple[int, int], ...]

_BEHIND_A_NAME = (  # what follows a name without a comma
    "bí thư", "bộ trưởng", "chủ tịch", "giám đốc", "phó ", "thủ tướng", "trưởng ", "cục trưởng", "ubnd", "viện trưởng",
    "ảnh", "ông ", "bà ",
)
_TITLE_WORD = regex.compile(r"(?:trưởng|tướng|chủ tịch|giám đốc|chủ nhiệm|bí thư|thống đốc|thanh tra|viên)\b")


@cache
def openers() -> frozenset[str]:
    """Words with a capital that open a sentence and are no part of a name."""
    return frozenset(row["word"] for row in table("sentence_openers"))


@cache
def honorific_pattern() -> str:
    """Polite words and degrees before a name, as an alternation, the longest first."""
    words = sorted((row["word"] for row in table("honorifics")), key=len, reverse=True)
    return "(?:" + "|".join(regex.escape(word) for word in words) + ")"


@cache
def _polite() -> regex.Pattern[str]:
    word = honorific_pattern()
    return regex.compile(rf"(?:(?i:{word})(?:[.,]{{1,2}} ?| )(?=\p{{Lu}}|(?i:{word})[. ]))++")


def skip_honorifics(text: str, start: int) -> int:
    """Where the name begins behind polite words and degrees at `start`; `start` where there are none."""
    match = _polite().match(text, start)
    return match.end() if match else start


def name_at(
    reader: Reader, start: int, *, named: bool, spelt_foreign: bool = False
) -> tuple[int, tuple[str, ...]] | None:
    """End and syllables of the name that begins at `start`, None where a body, a place or a common word stands there.

    With `named`, a title or polite word says that a person follows, so a name need not begin with a family name;
    with `spelt_foreign`, one of two syllables that does not must have one that is not Vietnamese (it may be a place).
    """
    run = capital_run_at(reader.shadow, start)
    if run is None:
        return None
    tokens = _without_title(reader, _cut(reader, run))
    syllables = tuple(reader.shadow[a:b] for a, b in tokens)
    if not _are_name_like(syllables) or _shouted(reader, tokens) or _is_place(reader, start, tokens[-1][1]):
        return None
    if not is_full_name(syllables) and reader.lower[start:tokens[-1][1]] not in pseudonyms():
        foreign = any(is_foreign_syllable(syllable) for syllable in syllables)
        if not named or (spelt_foreign and len(syllables) == 2 and not foreign):
            return None
        taken = reader.head_at(start) or reader.field_at(start)   # `Ban Ki-moon` is none, for all that `Ban` says
        if taken and not (foreign and len(syllables) > 1):
            return None
        if len(syllables) == 1 and (
            not _stands_alone(syllables[0]) or _COMPOUND.match(reader.lower, start)
        ):
            return None
    return tokens[-1][1], syllables


def _are_name_like(syllables: tuple[str, ...]) -> bool:
    if not 1 <= len(syllables) <= 6 or all(len(s) == 1 or s.endswith(".") for s in syllables):
        return False
    if any(map(_is_of_a_business, syllables)):
        return False
    words = [syllable for syllable in syllables if len(syllable) > 2 and not _NUMERAL.fullmatch(syllable)]
    return len({word.isupper() for word in words}) < 2


_BUSINESS = regex.compile(   # `Chủ tịch ABBank`, `Chủ tịch Kien Long Bank`
    r"\p{Lu}{2,}\p{Ll}++|\p{Lu}\p{Ll}++\p{Lu}{2,}\p{L}*+|Bank|Group|Holdings?|Corp|Corporation|Company|Land|Airlines?|FC|Media|Capital|Đảng|T\.Ư"
)


@lru_cache(maxsize=8192)
def _is_of_a_business(syllable: str) -> bool:
    return _BUSINESS.fullmatch(syllable) is not None


_NUMERAL = regex.compile(r"[IVX]+")   # `Louis XVI`, `Aquino III`


_COMPOUND = regex.compile(   # `Chuẩn úy Quân nhân chuyên nghiệp`: a common noun with a capital
    r"(?:quân (?:nhân|đội|khu|chủng|đoàn|ủy|y)|công (?:an|nhân|ty|chức)|dân (?:quân|phòng|vận)|cảnh sát"
    r"|học (?:viên|sinh)|hải quân|không quân|lục quân|biên phòng|chính (?:trị|ủy|phủ)|thủ (?:trưởng|đô))(?!\p{L})"
)


def _stands_alone(syllable: str) -> bool:
    return len(syllable) > 1 and not syllable.isupper() and syllable not in openers()


def _is_place(reader: Reader, start: int, end: int) -> bool:
    known = known_place(reader.shadow, reader.lower, start)
    if known is None or reader.lower[start:end] == "hồ chí minh":
        return False
    return known[0] >= end or known[1] == "country"


def _cut(reader: Reader, run: Run) -> Tokens:
    """The syllables of a run before a title or a body that follows the name without a comma."""
    for index in range(2, len(run.tokens)):
        if reader.lower.startswith(_BEHIND_A_NAME, run.tokens[index][0]):
            return run.tokens[:index]
    return run.tokens


def _without_title(reader: Reader, tokens: Tokens) -> Tokens:
    """The syllables without a last one that begins a title or a body: `Nguyễn Văn Huyên Bộ trưởng`."""
    if len(tokens) > 1 and reader.shadow[tokens[-1][1]:tokens[-1][1] + 1] == " ":
        start, end = tokens[-1]
        head = reader.head_at(start)
        if (head and head[0] > end) or reader.lower.startswith(_BEHIND_A_NAME, start):
            return tokens[:-1]
    return tokens


def _shouted(reader: Reader, tokens: Tokens) -> bool:
    """In a line of capitals the end of a name cannot be told, save at the end of the line or at a comma."""
    start, end = tokens[0][0], tokens[-1][1]
    if not reader.shadow[start:end].isupper():
        return False
    if len(tokens) > 5 or _TITLE_WORD.search(reader.lower, start, end) or _FUNCTION.search(reader.lower, start, end):
        return True
    after = reader.shadow[end:end + 2]
    return not (after[:1] in ("", *",.;:\n-(|*") or (after[0] == " " and not after[1:].isupper()))


_FUNCTION = regex.compile(r"(?<!\p{L})(?:về|và|của|các|theo|cho|với|tại|đến|trong)(?!\p{L})")   # `QUY ĐỊNH VỀ CẤP, …`
_LONGEST_BEFORE = 26   # characters of the words of named_after.tsv and what joins them
_GAPS = regex.compile(r"[ \"'|]+")
_ADDRESS = regex.compile(r"(?<=\p{L}[ ,]{1,2})\d{1,4}[A-Z]?(?:[/-]\d{1,4})? \Z")   # `dự án 8B Lê Trực`


@cache
def _named_after(other: str) -> tuple[str, ...]:
    return tuple(f" {canonical(row['word'])} " for row in table("named_after") if row["of"] != other)


def inside_a_name(reader: Reader, start: int) -> bool:
    """Whether the words before a place make the name there part of the name of something else."""
    words = _GAPS.sub(" ", reader.lower[max(0, start - _LONGEST_BEFORE):start])
    if f" {words}".endswith(_named_after("places")):
        return True
    return _ADDRESS.search(reader.shadow, max(0, start - 14), start) is not None


def inside_a_name_of_a_place(reader: Reader, start: int) -> bool:
    """Whether a street, a bridge, a river … bears the name of the place that stands there: `cầu vượt Bình Phước`."""
    words = _GAPS.sub(" ", reader.lower[max(0, start - _LONGEST_BEFORE):start])
    return f" {words}".endswith(_named_after("people"))

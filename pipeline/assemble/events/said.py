"""What a clause of an event says, reduced to what two clauses are compared by: words, names, places, counts, the hour.

Nothing here is a fact: it only tells whether two clauses can speak of one happening (see `rule`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from corpus import tables
from corpus.shadow import lower as lowered
from corpus.shadow import shadow
from corpus.tables import many
from extractors.names import is_foreign_syllable, is_full_name
from outputs.factbase.index import one_spelling

_WORD = regex.compile(r"\p{L}[\p{L}\d]*+")
_CAPITALS = regex.compile(r"(?<![\p{L}\d])\p{Lu}[\p{L}\d]*+(?:[ -]{1,3}\p{Lu}[\p{L}\d]*+)*+")
_OPENS = ".!?:;\"'(“ "   # what stands before the first word of a sentence
_NO_NAMES = frozenset({"hai", "ba", "tư", "năm", "sáu", "bảy", "nhật", "chủ", "ngày", "hôm"})   # `thứ Hai`, `Chủ nhật`
_LONGEST_NAME = 5
PARTS_OF_DAY = frozenset({"sáng", "trưa", "chiều", "tối", "đêm"})
# Three syllables or more that could be a full name, behind these, are a place, a school or a street.
_NO_PERSON = regex.compile(
    r"(?:(?<!\p{L})(?:xã|phường|huyện|quận|tỉnh|phố|tp|thôn|ấp|bản|làng|đường|cầu|trường|thpt|thcs|học|ty|đoàn|viện|chùa|sông"
    r"|hồ|núi|đảo|bay|cảng|ga|chợ|khu|quán|máy|hàng|giải|ban|bộ|sở|cục|vụ|hội|nhóm|hiệu|tàu)\.?|[\d\"]) ?\Z"
)
_LEVELS = {
    "xã": "xã", "phường": "phường", "p.": "phường", "thị trấn": "thị trấn", "huyện": "huyện", "h.": "huyện",
    "quận": "quận", "q.": "quận", "thị xã": "thị xã", "tỉnh": "tỉnh",
}
_LEVEL_WORDS = frozenset(words.split()[0].rstrip(".") for words in _LEVELS)   # one of which every place has
_PLACE = regex.compile(
    rf"(?<!\p{{L}})(?i:({'|'.join(regex.escape(words) for words in sorted(_LEVELS, key=len, reverse=True))})) ?"
    r"(\d{1,2}(?!\d)|\p{Lu}[\p{L}\d]*+(?: \p{Lu}[\p{L}\d]*+){0,2}+)"
)
_NUMBERED = regex.compile(
    r"(?<!\p{L})(?!(?:trong|tổng|với|là|có|con|hệ) )(\p{L}++) số:? ?(\d++)"
    r"(?:[\p{L}\d/.-]*+(?:,| và| đến|-) ?(?:số )?(\d++))*+"
)
_DIGIT = regex.compile(r"\d")
_CLOCK = regex.compile(
    r"(?<![\d./,-])(\d{1,2}) ?(?:giờ|[hg:](?!\p{L})) ?(\d{2}(?!\d))?(?: phút)?"
    r"(?: ?(?:ngày |hôm )?(sáng|trưa|chiều|tối|đêm))?"
)
_OTHER_CLOCK = regex.compile(r"giờ (?:địa phương|gmt|việt nam|hà nội|quốc tế|bắc kinh|mỹ)")
_DATE = regex.compile(
    r"\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?(?!\d)|\d{1,2} ?(?:giờ|[hg:](?!\p{L})) ?\d{0,2}"
    r"|(?<!\p{L})(?:ngày|tháng|năm|quý|khóa|điều|khoản|số|lần|quận|phường|tổ|km|[pq]\.) ?\d++(?:[-/]\d++)*+"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)"
)
_COUNT = regex.compile(
    r"(?<![\p{L}\d.,/-])(\d{1,3}(?:[.,]\d{3})++|\d++(?:[.,]\d++)?+)(?![\d/]|-\d)"
    r" ?(%|(?:(?:tỷ|tỉ|triệu|nghìn|ngàn) )?\p{L}++)?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of one clause come to.

    `words`: syllables. `names`: syllables in capitals, and two of them in a row. `people`: full names. `places`: level
    and name (`huyện`, `lý nhân`), and what else two clauses on one event agree in: the number of a paper (`nhận số`,
    `7332`), and which of two opposites is told (`pipeline/data/opposites.tsv`). `counts`: a number and what it counts.
    `clock`: minutes of the day. `happenings`: kinds of `pipeline/data/happenings.tsv`. All in lower case.
    """

    words: frozenset[str]
    names: frozenset[str]
    people: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    clock: int | None
    happenings: frozenset[str]


def said(quote: str) -> Said:
    """Reads a clause."""
    plain = shadow(quote)
    lower = one_spelling(lowered(plain))
    heard = frozenset(_WORD.findall(lower))
    names, people = _names(plain, lower)
    levels = _PLACE.finditer(plain) if heard & _LEVEL_WORDS else ()
    digits = _DIGIT.search(lower) is not None
    return Said(
        heard, frozenset(names), tuple(people),
        (
            *((_LEVELS[found[1].lower()], lower[found.start(2) : found.end(2)]) for found in levels),
            *(_numbered(lower) if digits and "số" in heard else ()), *_sides(heard, lower),
        ),
        tuple(_counts(lower)) if digits else (), _clock(lower) if digits else None,
        frozenset(kind for word in heard & _happenings().keys() for one, kind in _happenings()[word] if one in lower),
    )


def words(text: str) -> frozenset[str]:
    """The syllables of a text, lower case, one spelling."""
    return frozenset(_WORD.findall(one_spelling(lowered(shadow(text)))))


@cache
def _happenings() -> dict[str, list[tuple[str, str]]]:
    """First syllable → the words that begin with it, and the kind of happening they name."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in tables.table("pipeline", "happenings"):
        for one in many(row["words"]):
            found[one.split()[0]].append((one, row["kind"]))
    return found


def _numbered(lower: str) -> Iterator[tuple[str, str]]:
    """The numbers of papers, under the word before `số`: `giấy chứng nhận số 7332`."""
    for found in _NUMBERED.finditer(lower):
        for number in (found[2], *found.captures(3)):
            yield f"{found[1]} số", number.lstrip("0")


@cache
def _opposites() -> dict[str, list[tuple[str, str, str]]]:
    """First syllable → the words that begin with it, the pair of opposites and the side of it that they tell."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in tables.table("pipeline", "opposites"):
        for side in ("one", "other"):
            for words_of_it in many(row[side]):
                found[words_of_it.split()[0]].append((words_of_it, row["kind"], many(row[side])[0]))
    return found


def _sides(heard: frozenset[str], lower: str) -> Iterator[tuple[str, str]]:
    """Which sides of opposites a clause tells: `hủy`, `khôi phục`."""
    for word in sorted(heard & _opposites().keys()):
        for words_of_it, kind, side in _opposites()[word]:
            if regex.search(rf"(?<!\p{{L}}){words_of_it}(?!\p{{L}})", lower):
                yield kind, side


def _names(plain: str, lower: str) -> tuple[set[str], list[str]]:
    names, people = set[str](), list[str]()
    for run in _CAPITALS.finditer(plain):
        start, end = run.span()
        low = _WORD.findall(lower, start, end)
        if len(low) == 1 and (low[0] in _NO_NAMES or (_opens(plain, start) and not is_foreign_syllable(low[0]))):
            continue
        names.update(low)
        names.update(map(" ".join, pairwise(low)))
        if 2 < len(low) <= _LONGEST_NAME and not _NO_PERSON.search(lower, max(0, start - 12), start):
            tokens = _WORD.findall(plain, start, end)
            if is_full_name(tokens):
                people.append(" ".join(low))
    return names, people


def _opens(plain: str, start: int) -> bool:
    """Whether a sentence begins here, where any word has a capital."""
    before = plain[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in _OPENS


def _counts(lower: str) -> Iterator[tuple[str, str]]:
    for found in _COUNT.finditer(_DATE.sub("\x00", lower)):
        yield found[1].replace(".", "").replace(",", ".").lstrip("0") or "0", found[2] or ""


def _clock(lower: str) -> int | None:
    """None where two clocks could be meant (`giờ địa phương`)."""
    found = _CLOCK.search(lower)
    if not found or int(found[1]) > 24 or int(found[2] or 0) > 59 or _OTHER_CLOCK.search(lower):
        return None
    hour = int(found[1])
    late = found[3] in ("chiều", "tối") or (found[3] == "đêm" and hour > 5)
    return (hour + 12 if late and hour < 12 else hour) * 60 + int(found[2] or 0)


# -- what two clauses say of one thing ---------------------------------------------------------------------------------


def same_person(one: str, other: str) -> bool:
    """`bùi tiến d` and `bùi tiến dũng`, `tập cận bình` and `chủ tịch tập cận bình`."""
    mine, yours = one.split(), other.split()
    return mine[-2:] == yours[-2:] or mine[:2] == yours[:2]


def by_second(pairs: Sequence[tuple[str, str]]) -> dict[str, set[str]]:
    """`(number, unit)` → the numbers of each unit."""
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        found[second].add(first)
    return found

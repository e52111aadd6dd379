"""Names of provinces, countries and numbered or named administrative units inside the names of bodies."""

from __future__ import annotations

from functools import cache

import regex

from corpus import tables
from extractors.lexicon import many, table
from extractors.names import capital_run_at, name_split
from extractors.spelling import canonical

LEVELS = {
    "tỉnh": 1, "thành phố": 1, "tp": 1, "tp.": 1, "t.p": 1, "thủ đô": 1, "khu": 1, "liên khu": 1, "bang": 1,
    "tiểu bang": 1,
    "nước": 0, "liên bang": 0, "cấp cao": 1, "khu vực": 2,
    "huyện": 2, "quận": 2, "thị xã": 2, "tx": 2, "tx.": 2, "h.": 2, "q.": 2, "đô thị": 2,
    "xã": 3, "phường": 3, "thị trấn": 3, "đặc khu": 3, "tt.": 3, "p.": 3, "x.": 3,
    "thôn": 4, "ấp": 4, "bản": 4, "buôn": 4, "làng": 4, "khóm": 4, "tổ dân phố": 4, "khu phố": 4,
}  # word → step below the nation
_BARE = frozenset({"tỉnh", "thành phố", "tp", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "thôn"})
_NUMBERED = frozenset({
    "quận", "q.", "phường", "p.", "xã", "khu", "liên khu", "khu vực", "thôn", "ấp", "khóm", "tổ dân phố", "khu phố",
    "cấp cao",
})
_LEVEL_WORDS = "|".join(
    regex.escape(word).replace(r"\ ", " +") for word in sorted(LEVELS, key=len, reverse=True)
)
_LEVELS_BEGIN = frozenset(word[:2] for word in LEVELS)
_LEVEL = regex.compile(rf"(?:{_LEVEL_WORDS})(?!\p{{L}})")
_ALSO_A_SYLLABLE = frozenset({
    "hn", "hàn", "áo", "anh", "ý", "nga", "đức", "huế", "nhật", "lào", "bỉ", "úc", "mỹ", "pháp",
})
_WORDS_THAT_BEGIN_SO = {   # `Ủy ban Pháp luật`, `Trưởng ban Pháp chế`, `Viện Hàn lâm`: no country
    "pháp": r"luật|chế|lý|lí|quy|danh|nhân|y|môn|sư|điển|trị|đình|lệnh|bảo",
    "anh": r"hùng|em|chị|thư|linh", "đức": r"tính|độ|hạnh|tin|mẹ|cha|thánh|vua|ông|chúa|phật",
    "ý": r"kiến|thức|chí|nghĩa|tưởng|định|nguyện", "mỹ": r"thuật|nghệ|phẩm|học|quan|dung",
    "nhật": r"ký|kí|báo|trình|thực", "hàn": r"lâm|gắn|the|huyên|mặc", "áo": r"dài|quần|giáp|quan|ấm", "bỉ": r"ổi",
}
_BEGINS_A_WORD = {
    word: regex.compile(rf" (?:{following})(?!\p{{L}})") for word, following in _WORDS_THAT_BEGIN_SO.items()
}
_NUMBER = regex.compile(r"(?:số )?(?:\d{1,3}|[IVXL]{1,5})(?![\w/,.%]*\d)(?!\w)")
_NAMED_AFTER_PEOPLE = frozenset({"phường", "p.", "xã", "x.", "thị trấn", "tt.", "khóm", "ấp", "tổ dân phố", "khu phố"})
_SYLLABLE = regex.compile(r"[\p{L}'’]++")


@cache
def _names() -> dict[str, str]:
    """Lower-case name of a province or country, hyphens as spaces → `province` or `country`."""
    kinds: dict[str, str] = {}
    for rows, kind in ((table("countries"), "country"), (tables.table("corpus", "provinces"), "province")):
        for row in rows:
            for spelling in (row["name"], *many(row["variants"])):
                kinds[_key(canonical(spelling.lower()))] = kind
    return kinds


@cache
def _longest_from() -> dict[str, regex.Pattern[str]]:
    """First syllable of known names → a pattern of as many words as the longest of them has."""
    most: dict[str, int] = {}
    for name in _names():
        if found := _SYLLABLE.match(name):
            most[found[0]] = max(most.get(found[0], 0), len(name.split()))
    return {syllable: _words(count) for syllable, count in most.items()}


@cache
def _words(count: int) -> regex.Pattern[str]:
    return regex.compile(rf"[\p{{L}}'’.]++(?:(?: - | ?- ?| )[\p{{L}}'’]++){{0,{count - 1}}}")


def _key(lower: str) -> str:
    return " ".join(lower.replace("-", " ").split())


def known_place(text: str, lower: str, start: int) -> tuple[int, str] | None:
    """End and kind (`province`, `country`) of a known name with a capital that begins at `start`."""
    if start >= len(text) or not (text[start].isupper() or lower.startswith("châu", start)):
        return None
    first = _SYLLABLE.match(lower, start)
    pattern = _longest_from().get(first[0]) if first else None
    match = pattern.match(lower, start) if pattern else None
    words, names = match[0] if match else "", _names()
    while words:
        if kind := names.get(_key(words)):
            end = start + len(words)
            compound = _BEGINS_A_WORD.get(words)
            if compound and compound.match(lower, end):
                return None
            return None if words in _ALSO_A_SYLLABLE and _goes_on(text, end) else (end, kind)
        cut = max(words.rfind(" "), words.rfind("-"), words.rfind("."))
        words = words[:cut].rstrip(" -.") if cut > 0 else ""
    return None


def may_stand_bare(level: str) -> bool:
    """Whether a level can close a name without its place, which the reader knows (`UBND tỉnh`)."""
    return level in _BARE


def _goes_on(text: str, end: int) -> bool:
    """Whether a capitalised Vietnamese syllable follows a short name that is also a given or family name."""
    following = capital_run_at(text, end + 1) if text[end:end + 1] == " " else None
    if following is None:
        return False
    syllables = [text[a:b] for a, b in following.tokens]
    return name_split(syllables) is None and all(not s.isascii() for s in syllables[:1]) and len(syllables) < 3


def level_at(lower: str, start: int) -> tuple[int, str] | None:
    """End and word of a level of administration (`tỉnh`, `TP.`, `quận`) at `start`."""
    match = _LEVEL.match(lower, start) if lower[start : start + 2] in _LEVELS_BEGIN else None
    return (match.end(), " ".join(match[0].split())) if match else None


def place_after_level(text: str, lower: str, start: int, level: str) -> int | None:
    """End of the name of a place that follows its level; None where no name stands there.

    A personal name that follows directly (`Trưởng THADS thành phố Nguyễn Xuân Tùng`) is not taken for a place,
    save for wards and communes, which are named after people.
    """
    while start < len(text) and text[start] == " ":
        start += 1
    known = known_place(text, lower, start)
    if known and not (known[1] == "country" and LEVELS.get(level, 0) > 1):    # `xã Mỹ Hòa` is not of Mỹ
        return known[0]
    if level in _NUMBERED:
        match = _NUMBER.match(text, start)
        if match:
            return match.end()
    run = capital_run_at(text, start)
    if run is None:
        return None
    syllables = [text[a:b] for a, b in run.tokens]
    split = name_split(syllables, before=2)
    if split == 0 and level not in _NAMED_AFTER_PEOPLE and len(syllables) > 2:
        return None
    if split and len(syllables) > 3:
        return run.tokens[split - 1][1]
    return run.tokens[min(len(syllables), 4) - 1][1]

"""What a name of a body is made of: the unit, the bodies above that it names, and the place.

`Phòng Tổ chức cán bộ, Cục THADS TP Hải Phòng` has two parts; the place belongs to the last one. Whether somebody bore
such a name, and when, is asked elsewhere (`pipeline.assemble.bodies.known`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.body_words import Head, heads
from extractors.lexicon import many, table
from extractors.organisation_history import lexicon, provinces
from outputs.factbase.name_forms import Word, marked_forms, marked_words

_LEVELS = {
    "tỉnh": 1, "thành phố": 1, "thủ đô": 1, "bang": 1, "huyện": 2, "quận": 2, "thị xã": 2, "xã": 3, "phường": 3,
    "thị trấn": 3, "đặc khu": 3,
}
_TOP = frozenset({"", "tỉnh", "thủ đô", "bang"})    # a province lies in no other place of ours
_NO_LEVEL = frozenset({"xã hội", "xã luận", "tỉnh táo"})
_NOT_BEFORE_COMMUNE = frozenset({"tác", "tấn", "làng", "nhà", "giang"})   # hợp tác xã, thông tấn xã
_LINKS = frozenset({"thuộc", "của", "tại", "ở", "nước", "trực"})
_POINTERS = (("nói", "trên"), ("này",), ("trên",), ("ấy",), ("đó",))
_POINTING = frozenset(words[-1] for words in _POINTERS)
_PLURAL = frozenset({"các", "những", "mọi", "toàn", "tất"})
_OPENERS = (("lãnh", "đạo"), ("đại", "diện"), ("phía",), ("tập", "thể"), ("toàn", "thể"))
_STAND_ALONE = frozenset({"văn phòng", "vp", "thanh tra", "đảng ủy", "ban giám đốc"})   # `Văn phòng Bộ`
_MODIFIERS = frozenset({"phó", "quyền", "nguyên", "cựu", "tân", "đồng chí", "ông", "bà"})
_STANDING = ("thường", "trực")
_CHIEFS = frozenset({("trưởng",), ("chánh",), ()})     # `Trưởng Ban …`, `Phó Chánh Văn phòng …`, `Phó Ban …`
_LISTED = frozenset({",", "-", "&"})
_ABBREVIATED = regex.compile(r" ?\(([\p{Lu}\d][\p{Lu}\p{Ll}\d&.-]{1,11})\)")
_NUMBER = regex.compile(r"\d{1,2}|[ivxl]{1,6}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_PEOPLE = frozenset({"hồ chí minh"})    # without `thành phố` a man
_FIRST = regex.compile(r"[\p{L}\p{N}]++(?:[.&/-]{1,2}[\p{L}\p{N}]++)*+")
_END = frozenset({";", ":"})
_LONGEST_PLACE = 4
_LONGEST_OFFICE = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a name. `level` is empty for a province or country without one; `name` for a level without a name."""

    level: str
    name: str
    written: str = ""
    known: str = ""                # `province`, `country`
    above: Place | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One body in a name. `words` in one spelling, without its place; empty where the name is that of a place."""

    words: str
    head: str
    shape: str
    place: Place | None = None
    pointed: bool = False          # `Sở này`, `bộ này`

    def __hash__(self) -> int:
        return hash((self.words, self.place and self.place.name))


@dataclass(frozen=True, slots=True)
class Entry:
    """A first word of names, or a whole name of the lexicon."""

    forms: tuple[str, ...]
    head: Head
    whole: bool = False


@lru_cache(maxsize=32768)
def parts_of(name: str) -> tuple[tuple[Part, ...], ...]:
    """The bodies or places that a name names, each with those above it; none where it is not the name of a body."""
    if not _may_begin(name) or name.strip().lower() in _PEOPLE:
        return ()
    words = marked_words(_ABBREVIATED.sub(_if_known, name))
    points = words and words[-1].form in _POINTING
    pointed = next((mark for mark in _POINTERS if _ends(words, mark)), ()) if points else ()
    words = _until_end(words[:len(words) - len(pointed)])
    if not words or words[0].form in _PLURAL:
        return ()
    return tuple(_names(words, bool(pointed)))


def _may_begin(name: str) -> bool:
    """Whether the first word is one that a body or place begins with: most words of a text are not."""
    first = _FIRST.search(name)
    forms = marked_forms(first[0]) if first else ()
    return bool(forms) and (name.isupper() or forms[0][0] in _beginnings())


@cache
def _beginnings() -> frozenset[str]:
    levels = {level.split()[0] for level in _LEVELS}
    return frozenset(_entries()) | frozenset(_places()) | levels


def _if_known(brackets: regex.Match[str]) -> str:
    """`(BTP)` is the body above, `(PCCC)` or `(THADS)` short for words of the name itself."""
    form = form_of(brackets[1])
    itself = form not in known_names() or form in form_of(brackets.string[:brackets.start()])
    return "" if itself else str(brackets[0])


@lru_cache(maxsize=32768)
def office_parts(name: str) -> tuple[Part, ...]:
    """The body in whose name an office speaks: `Bộ trưởng Bộ Tài chính`, `đại diện Sở Y tế Hà Nội`."""
    words = _until_end(marked_words(name))
    for start in range(1, min(_LONGEST_OFFICE, len(words))):
        if _entry_at(words, start) is None:
            continue
        if _is_office(tuple(word.form for word in words[:start])):
            return next(_names(words[start:], False), ())
    return ()


def _is_office(before: tuple[str, ...]) -> bool:
    if before in _OPENERS:
        return True
    while before and before[0] in _MODIFIERS:
        before = before[1:]
    if before[-2:] == _STANDING:
        before = before[:-2]
    return before in _CHIEFS or before in _titles()


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    rows = table("titles")
    column = next(iter(rows[0]))
    return frozenset(_forms(row[column]) for row in rows)


def _until_end(words: tuple[Word, ...]) -> tuple[Word, ...]:
    stop = next((place for place, word in enumerate(words) if word.mark in _END and place), len(words))
    return words[:stop]


def _ends(words: tuple[Word, ...], forms: tuple[str, ...]) -> bool:
    return len(words) > len(forms) and tuple(word.form for word in words[-len(forms):]) == forms


def _names(words: tuple[Word, ...], pointed: bool) -> Iterator[tuple[Part, ...]]:
    """Each name of a list, with the bodies above it."""
    at = 0
    while at < len(words):
        parts: list[Part] = []
        following: int | None = at
        while following is not None:
            read = _part_at(words, following, pointed)
            if read is None:
                return
            part, at, following = read
            parts.append(part)
        yield tuple(parts)


def _part_at(words: tuple[Word, ...], start: int, pointed: bool) -> tuple[Part, int, int | None] | None:
    """A body, where it ends, and where the body above it begins; None where no body is named."""
    entry = _entry_at(words, start)
    if entry is None:
        found = _place_at(words, start) if start == 0 else None
        if found is None or found[0] < len(words) or not found[1].name:
            return None
        return Part("", "", "place", found[1], pointed), found[0], None
    at = start + len(entry.forms)
    forms = list(entry.forms)
    place: Place | None = None
    above: int | None = None
    while at < len(words):
        linked = at
        while linked < len(words) and words[linked].form in _LINKS:
            linked += 1
        other = _entry_at(words, linked, linked > at)
        if other and _is_above(words, entry, other, forms, at, linked):
            above = linked
            break
        listed = other and (other.whole or other.head.tier <= entry.head.tier)
        if listed and words[at].mark in _LISTED and _is_whole(entry, forms):
            break
        found = _place_at(words, linked) if other is None and place is None else None
        if found and _closes(words, found[0]):
            at, place = found
            continue
        if found and not found[1].name and _is_whole(entry, forms):
            at, place = len(words), found[1]     # small letters behind a level are no name
            break
        if words[at].mark == "(" and at == len(words) - 1 and len(forms) > len(entry.forms):
            at += 1      # an abbreviation of the name itself
            continue
        if term := _term_at(words, at):
            at = term
            continue
        forms.append(words[at].form)
        at += 1
    place, forms = _of_vietnam(place, forms)
    shape = "whole" if entry.whole else entry.head.shape
    return Part(" ".join(forms), entry.head.words, shape, place, pointed), at, above


def _term_at(words: tuple[Word, ...], at: int) -> int | None:
    """Where a term of office ends that begins here: `Quốc hội khóa XIV` is the Quốc hội."""
    two = tuple(word.form for word in words[at:at + 2])
    if len(two) == 2 and two[0] == "khóa" and _NUMBER.fullmatch(two[1]):
        return at + 2
    if two == ("nhiệm", "kì") and at + 2 < len(words) and _YEAR.match(words[at + 2].form):
        end = at + 3
        return end + 1 if end < len(words) and _YEAR.match(words[end].form) else end
    return None


def _of_vietnam(place: Place | None, forms: list[str]) -> tuple[Place | None, list[str]]:
    """`Bộ Ngoại giao Việt Nam` is the ministry, `Hội Luật gia Việt Nam` has the country in its name."""
    if place is None or place.name != "Việt Nam":
        return place, forms
    return None, forms if " ".join(forms) in known_names() else [*forms, "việt", "nam"]


def _is_above(
    words: tuple[Word, ...], entry: Entry, other: Entry, forms: list[str], at: int, linked: int
) -> bool:
    """Whether the body that begins here is above the one read so far: higher, and named behind a whole name."""
    if not _is_whole(entry, forms) and entry.head.words not in _STAND_ALONE:
        return False
    if linked > at or words[at].mark == "(":
        return True
    if other.forms[:3] == ("thi", "hành", "án"):
        return False     # a field of work inside a name
    if other.head.tier == entry.head.tier and other.whole and other.head.shape == "seat":
        return words[at].mark != "&" and other.forms != entry.forms    # `Ban Tổ chức Tỉnh ủy`
    return other.head.tier < entry.head.tier and words[at].mark != "&"


def _is_whole(entry: Entry, forms: list[str]) -> bool:
    """Whether what has been read is a name: a first word that needs a field has one."""
    return entry.whole or entry.head.shape != "field" or len(forms) > len(entry.forms)


def _closes(words: tuple[Word, ...], end: int) -> bool:
    """Whether a name may end here: `Báo Hà Nội mới` goes on."""
    if end >= len(words) or bool(words[end].mark) or words[end].form in _LINKS:
        return True
    return _entry_at(words, end) is not None or _term_at(words, end) is not None


# -- first words and whole names ---------------------------------------------------------------------------------

def _entry_at(words: tuple[Word, ...], start: int, linked: bool = False) -> Entry | None:
    """The longest whole name or first word that begins here."""
    if start >= len(words):
        return None
    begun = _entries().get(words[start].form)
    if begun is None:
        return None
    forms = tuple([word.form for word in words[start:start + begun.longest]])
    for count in begun.lengths:
        entry = begun.entries.get(forms[:count])
        if entry is None or count > len(forms):
            continue
        end = start + count
        if any(word.mark == "(" for word in words[start + 1:end]):
            continue
        if end < len(words) and words[end].form in {"trưởng", "phó"}:   # `Bộ trưởng`
            continue
        before = words[start - 1].form if start and not words[start].mark and not linked else ""
        if before and (before in entry.head.not_after or (before, entry.forms[0]) == ("hành", "chính")):
            continue
        return entry
    return None


@dataclass(frozen=True, slots=True)
class _Begun:
    """The entries that begin with one form, by all their forms; their lengths, the longest first."""

    entries: dict[tuple[str, ...], Entry]
    lengths: tuple[int, ...]
    longest: int


@cache
def _entries() -> dict[str, _Begun]:
    """First form → the entries that begin with it."""
    found: dict[tuple[str, ...], Entry] = {}
    for head in heads().values():
        forms = _forms(head.words)
        if forms:
            found[forms] = Entry(forms, head)
    by_words = {forms: entry.head for forms, entry in found.items()}
    for name in _lexicon_names():
        forms = _forms(name)
        begun = (forms[:count] for count in range(len(forms), 0, -1))
        head = next((by_words[start] for start in begun if start in by_words), Head("", "whole", 3))
        found[forms] = Entry(forms, head, whole=True)
    grouped: dict[str, dict[tuple[str, ...], Entry]] = {}
    for forms, entry in found.items():
        grouped.setdefault(forms[0], {})[forms] = entry
    lengths = {first: tuple(sorted({len(forms) for forms in group}, reverse=True)) for first, group in grouped.items()}
    return {first: _Begun(group, lengths[first], lengths[first][0]) for first, group in grouped.items()}


def _lexicon_names() -> Iterable[str]:
    for body in lexicon():
        if body.kind != "province":
            yield from (body.name, *body.aliases)


@cache
def known_names() -> frozenset[str]:
    """The names of bodies in the lexicon, in one spelling."""
    return frozenset(" ".join(_forms(name)) for name in _lexicon_names())


@lru_cache(maxsize=32768)
def form_of(name: str) -> str:
    """A name in one spelling."""
    return " ".join(_forms(name))


def _forms(name: str) -> tuple[str, ...]:
    return tuple(word.form for word in marked_words(name))


# -- places ------------------------------------------------------------------------------------------------------

def _place_at(words: tuple[Word, ...], start: int) -> tuple[int, Place] | None:
    """A place and its end, with the larger places behind it."""
    if start >= len(words):
        return None
    at, level = _level_at(words, start)
    end, name, kind = _known_place(words, at)
    if level == "thành phố" and kind == "province" and _is_city_of(name, words[at:end]):
        name = kind = ""
    if not level and not kind:
        return None
    if level and not kind:
        end = end if end > at else _unknown_place(words, at)
        if end == at and at < len(words) and not words[at].mark and words[at].capital:
            return None
    written = name or " ".join(word.written for word in words[at:end]).title()
    larger = _place_at(words, end) if end > at and end < len(words) and level not in _TOP else None
    above = larger[1] if larger and _holds_place(larger[1], level) else None
    place = Place(level, name or " ".join(word.form for word in words[at:end]), written, kind, above)
    return (larger[0] if larger and above else end), place


def _is_city_of(province: str, words: tuple[Word, ...]) -> bool:
    """`thành phố Vũng Tàu`: a short name of the province is that of a city in it."""
    return province in _with_towns() and tuple(word.form for word in words) != _forms(province)


@cache
def _with_towns() -> frozenset[str]:
    return frozenset(province.name for province in provinces() if province.level == "tỉnh")


def _holds_place(larger: Place, level: str) -> bool:
    """Whether one place may lie in another: a city in a province, a ward in a city."""
    if not larger.name or larger.known == "country":
        return False
    if level == "thành phố":
        return larger.level == "tỉnh" or (larger.known == "province" and not larger.level)
    return _LEVELS.get(larger.level, 1) < _LEVELS[level]


def _level_at(words: tuple[Word, ...], start: int) -> tuple[int, str]:
    two = " ".join(word.form for word in words[start:start + 2])
    if two in _LEVELS:
        return start + 2, two
    one = words[start].form
    before = words[start - 1].form if start else ""
    if one not in _LEVELS or two in _NO_LEVEL or (one == "xã" and before in _NOT_BEFORE_COMMUNE):
        return start, ""
    return start + 1, one


def _known_place(words: tuple[Word, ...], start: int) -> tuple[int, str, str]:
    """End, name and kind of the longest known province or country that begins here."""
    if start < len(words):
        for forms, name, kind in _places().get(words[start].form, ()):
            end = start + len(forms)
            if tuple(word.form for word in words[start:end]) == forms:
                return end, name, kind
    return start, "", ""


@cache
def _places() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in table("countries"):
        for spelling in (row["name"], *many(row["variants"])):
            found[_forms(spelling)] = row["name"], "country"
    found[("việt", "nam")] = "Việt Nam", "country"
    for province in provinces():
        for spelling in province.spellings:
            found[_forms(spelling)] = province.name, "province"
    grouped: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for forms, (name, kind) in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        if forms:
            grouped.setdefault(forms[0], []).append((forms, name, kind))
    return grouped


def _unknown_place(words: tuple[Word, ...], start: int) -> int:
    end = start
    while end < len(words) and end - start < _LONGEST_PLACE:
        if end > start and (
            words[end].mark or _level_at(words, end)[1] or _known_place(words, end)[2] == "province"
            or words[end].form in _LINKS - {"nước"}
        ):
            break
        entry = _entry_at(words, end) if end == start else None
        if words[end].mark or (entry and entry.whole) or not words[end].capital:
            break      # `UBND thành phố trong chiều nay`
        end += 1
    return end

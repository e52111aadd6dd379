"""Organs and offices that issue documents: where their names end, and how they are written."""

from __future__ import annotations

import regex

from extractors.citations.phrases import phrases
from extractors.citations.reach import REACH
from extractors.citations.types import organ_names, organ_of
from extractors.names import surnames

WORD = regex.compile(r"[\w&.-]*[\w&]")
_GAP = regex.compile(r"[ ](?:[-–][ ])?|,[ ]|\n(?=\p{L})")
_GLUED = regex.compile(r"(?<=\w)\*+(?=\w)")   # **Tổng cục Cung cấp**thành
_SYLLABLES = 18
_STATE = regex.compile(r"(?i) nước (?:cộng h(?:òa|oà) xã hội chủ nghĩa |chxhcn )?việt nam(?: kh(?:óa|oá) \w+)?\Z")
_NO_ORGAN = frozenset((
    "bộ", "ban", "sở", "cục", "phòng", "hội", "trường", "ủy ban", "uỷ ban", "chi cục", "văn phòng", "hội đồng",
    "ban hành", "tổ chức", "tỉnh", "trung ương", "giám đốc", "chủ tịch", "bộ ban", "tập đoàn", "tổng công ty",
))
_CENTRAL = frozenset(("bộ", "tòa", "toà", "viện", "ban", "ủy", "uỷ", "ngân", "thanh", "tổng", "hội", "kiểm", "chính"))
_OFFICE_AND_NAME = regex.compile(
    r"(?P<office>(?:Phó )?Thủ tướng Chính phủ|Chủ tịch nước|Chủ tịch Quốc hội)(?: \p{Lu}\p{Ll}+){2,4}"
)
_PERSON = regex.compile(r"(?:[ ]\p{Lu}\p{Ll}*+){3,4}\Z")
_PLACES = frozenset(("tỉnh", "phố", "tp", "huyện", "quận", "xã", "phường", "thị", "trấn", "trường", "viện", "học"))
_MIDDLE = frozenset(("Văn", "Thị"))
_HOLDERS = (
    "bộ trưởng", "thứ trưởng", "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "tổng giám đốc", "cục trưởng",
    "phó cục trưởng", "tổng cục trưởng", "viện trưởng", "chánh án", "thống đốc", "tổng thanh tra", "chủ nhiệm",
    "trưởng ban", "bí thư", "hiệu trưởng", "thủ trưởng", "chánh văn phòng", "tư lệnh", "tổng kiểm toán",
)


def organ_end(text: str, lowered: str, start: int) -> int | None:
    """Where the organ or office that begins at `start` ends; None where none begins."""
    if not phrases("organ_head", lowered, start) or phrases("not_organ", lowered, start):
        return None
    pos, end, first = start, start, start
    printed = text[start : start + 7].isupper()   # a heading: capitals say nothing
    for count in range(_SYLLABLES):
        word = WORD.match(lowered, pos, pos + REACH)
        if word is None or word.group()[0].isdigit():
            break
        if count and (printed or not text[pos].isupper()) and phrases("organ_stop", lowered, pos):
            break
        if count and _is_whole(lowered[first:end]) and _is_beyond(text, lowered, pos, printed):
            break
        end = word.end()
        gap = _GAP.match(text, end, end + REACH)
        if gap is None:
            break
        joined = gap.group().strip(" \n")
        following = text[gap.end() : gap.end() + 1]
        if joined == ",":
            if not (following.isupper() and _of_one_rank(lowered, start, gap.end())):
                break
            first = gap.end()
        if "\n" in gap.group() and not following.islower() and not _is_part(lowered, start, end, gap.end()):
            break
        pos = gap.end()
    stop = lowered.rfind(" và", start, end + 1)
    return stop if stop > start and stop + 3 >= end else end


def _is_part(lowered: str, start: int, end: int, after: int) -> bool:
    """Whether the organ cannot end before the line break at `end`: a mere `Bộ`, or half a name (`Văn phòng Chính`)."""
    words = lowered[start:end].replace("\n", " ")
    if words in _NO_ORGAN or (words.endswith(" việt") and lowered.startswith("nam", after)):
        return True
    following = WORD.match(lowered, after, after + REACH)
    beginning = f"{words} {following.group()}" if following and words not in organ_names() else None
    head = next((head for head in _HOLDERS if beginning and beginning.startswith(f"{head} ")), None)
    beginning = beginning[len(head) + 1 :] if beginning and head else beginning
    return beginning is not None and any(name.startswith(beginning) for name in organ_names())


def _is_whole(words: str) -> bool:
    """The full name of a central organ (issuers.tsv), or of the office at its head."""
    if words in organ_names():
        return True
    return words.startswith(_HOLDERS) and any(
        words.startswith(head) and words[len(head) + 1 :] in organ_names() for head in _HOLDERS
    )


def _is_beyond(text: str, lowered: str, pos: int, printed: bool) -> bool:
    """Whether the word at `pos` is no part of the organ whose name might end before it.

    A small word is none unless such names go on with it (`Quốc hội khóa`); of capitals, a word that opens a subject.
    """
    if lowered.startswith("và ", pos):
        return text[pos + 3 : pos + 4].islower() and not phrases("organ_head", lowered, pos + 3)
    if not text[pos].isupper():
        return not phrases("organ_goes_on", lowered, pos)
    return not printed and (phrases("title_drop", lowered, pos) > 0 or phrases("title_keep", lowered, pos) > 0)


def _of_one_rank(lowered: str, first: int, second: int) -> bool:
    """Two organs that issue a document together: `Bộ Tài chính, Bộ Công an`; not `Bộ Tài chính, Cục Thuế …`."""
    heads = [word.group() if (word := WORD.match(lowered, at, at + REACH)) else "" for at in (first, second)]
    return phrases("organ_head", lowered, second) > 0 and (heads[0] == heads[1] or set(heads) <= _CENTRAL)


def _without_person(words: str) -> str:
    """The office alone, where it names its organ: `Bộ trưởng Bộ Tư pháp Vũ Đình Hòe`; of others the name is kept."""
    if not words.lower().startswith(_HOLDERS):
        return words
    parts = words.split(" ")
    for length in (3, 4):
        before, name = parts[:-length], parts[-length:]
        if len(before) < 4 or name[0] not in surnames() or " ".join(name) == "Hồ Chí Minh":
            continue
        if _PERSON.search(words) and (before[-1].lower() not in _PLACES or name[1] in _MIDDLE):
            return " ".join(before)
    return words


def proper_organ(words: str) -> str | None:
    """An organ in words: an abbreviation of the table is spelled out, a bare `Bộ` names none."""
    if words.lower() in organ_names():
        return words
    state = _STATE.search(words)
    words = _STATE.sub("", words)
    if state and words.lower() in ("chủ tịch", "phó chủ tịch"):
        words += " nước"
    if holder := _OFFICE_AND_NAME.fullmatch(words):
        words = holder["office"]
    words = _without_person(words)
    if words.lower() in _NO_ORGAN or (words.islower() and not phrases("organ_small", words, 0)):
        return None
    known = organ_of(words) if words.isupper() and " " not in words else None
    return known.name if known and known.name else words


def clean(words: str) -> str:
    """One line, without marks of print around it."""
    return " ".join(_GLUED.sub(" ", words).replace("*", "").split()).strip(" ,;:.\"'“”-–")

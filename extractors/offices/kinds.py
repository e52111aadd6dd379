"""Which kind of body an office heads: a `Cục trưởng` heads a `Cục`, no `Tổng cục`, no `Chi cục` and no `Bộ`."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extractors.spelling import canonical
from extractors.titles import entries

_HEADED = ("bộ", "tổng cục", "cục", "chi cục", "vụ", "viện", "sở", "tòa", "đoàn")   # kinds that one office heads
_COURTS = {"chánh án": "tòa", "phó chánh án": "tòa"}
_KIND_BY_WORDS = {   # first words of a body → its kind; a body that begins with none of them is of no known kind
    "bộ chính trị": "đảng", "bộ tư lệnh": "quân", "bộ chỉ huy": "quân", "bộ tổng tham mưu": "quân",
    "tổng cục": "tổng cục", "chi cục": "chi cục", "cục": "cục", "vụ": "vụ", "bộ": "bộ", "sở": "sở",
    "viện": "viện", "vks": "viện", "vksnd": "viện", "vksndtc": "viện", "tòa": "tòa", "toà": "tòa", "tand": "tòa",
    "tandtc": "tòa", "chính phủ": "chính phủ", "quốc hội": "quốc hội", "hội đồng": "hội đồng", "phòng": "phòng",
    "ban": "ban", "ủy ban": "ủy ban", "ubnd": "ủy ban", "hđnd": "hội đồng", "đoàn": "đoàn", "phái đoàn": "đoàn",
    "tỉnh ủy": "cấp ủy", "thành ủy": "cấp ủy", "huyện ủy": "cấp ủy", "quận ủy": "cấp ủy", "thị ủy": "cấp ủy",
    "đảng ủy": "cấp ủy", "chi ủy": "cấp ủy", "liên khu ủy": "cấp ủy", "xứ ủy": "cấp ủy", "khu ủy": "cấp ủy",
}
_LONGEST = max(len(words.split()) for words in _KIND_BY_WORDS)


def kind_of_body(org: str) -> str | None:
    """The kind of a body by its first words, None where they are of no known kind."""
    words = canonical(org.lower()).split()
    for count in range(min(_LONGEST, len(words)), 0, -1):
        kind = _KIND_BY_WORDS.get(" ".join(words[:count]))
        if kind:
            return kind
    return None


@cache
def _kinds() -> dict[str, str]:
    """Title → the kind of body that it heads."""
    heads = {title: entry.body.lower() for title, entry in entries().items() if entry.body.lower() in _HEADED}
    cabinets = {title: entry.body[1:].lower() for title, entry in entries().items() if entry.body.startswith("=")}
    return {**heads, **cabinets, **_COURTS}


@cache
def kind_headed(title: str) -> str | None:
    """The kind of body that the last office of a title heads: `Q. Tổng cục trưởng` → `tổng cục`."""
    words = canonical(title.lower().replace(".", ". ")).split()   # `Q.Tổng cục trưởng`
    for stop in range(len(words), 0, -1):
        for start in range(max(0, stop - 4), stop):
            office = " ".join(words[start:stop])
            if kind := _kinds().get(office):
                return kind
            if office in entries():
                return None
    return None


def fits(title: str | None, org: str | None) -> bool:
    """Whether an office can be of a body, as far as the words of both tell.

    >>> fits("Phó Cục trưởng", "Bộ Tài chính"), fits("Phó Cục trưởng", "Cục Hải quan")
    (False, True)
    """
    headed, kind = kind_headed(title or ""), kind_of_body(org or "")
    if kind == "cấp ủy" and _CHAIRS.search(canonical((title or "").lower())):
        return False
    if _SECRETARIES.search(canonical((title or "").lower())) and _PEOPLES.match(canonical((org or "").lower())):
        return False
    return headed is None or kind is None or headed == kind


_SECRETARIES = regex.compile(r"bí thư(?: thường trực)?\Z")
_PEOPLES = regex.compile(r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân)(?!\p{L})")   # have a Chủ tịch
_CHAIRS = regex.compile(r"(?:chủ tịch|chánh án|bộ trưởng|giám đốc)(?: thường trực)?\Z")   # a Party committee has none


@lru_cache(maxsize=4096)
def is_in_full(org: str, short: str | None) -> bool:
    """Whether one name of a body can be the other in full, as far as the words of both tell.

    >>> is_in_full("Bộ Tài chính", "Bộ TC"), is_in_full("Bộ Tài chính", "Bộ Y tế")
    (True, False)
    >>> is_in_full("UBND TP Đà Nẵng", "Đà Nẵng"), is_in_full("Văn phòng Quốc hội", "Quốc hội")
    (True, False)
    """
    if short in (None, "Chính phủ"):   # the government that a Thủ tướng implies may be any
        return True
    if org.lower().startswith((short or "").lower()):
        return _GOES_ON.match(org, len(short or "")) is not None
    parts, wanted = _PARTS.findall(org), _PARTS.findall(short or "")
    words = [canonical(part.lower()) for part in parts]
    initials = "".join(part if part.isupper() else part[0] for part in parts).lower()
    is_place = len(wanted) < 3 and kind_of_body(short or "") is None   # `Bí thư Hà Nội` of the `Thành ủy Hà Nội`
    if not wanted or not (is_place or wanted[0].isupper() or canonical(wanted[0].lower()) == words[0]):
        return False
    return all(
        canonical(part.lower()) in words or (part.isupper() and part.lower() in initials) for part in wanted
    )


_GOES_ON = regex.compile(r"$|,? ?\(| (?:và|thuộc|của|tại|\p{Lu})|, ")   # a `Bộ Công nghiệp nhẹ` is another one
_PARTS = regex.compile(r"[\p{L}\d]+")

"""Bodies of offices: which names are one body, where it is, how wide it is and of which country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from corpus.shadow import fold
from corpus.tables import many, table
from extractors.spelling import canonical
from outputs.factbase.name_forms import full_form, name_forms
from pipeline.assemble.measures import is_shared_name

_LEVELS = tuple((level, regex.compile(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})")) for level, words in (
    # of what a body serves, by words of its name: 5 a commune, 4 a district, 3 a province, 1 the nation
    (5, r"xã|phường|thị trấn|đặc khu|thôn|ấp"), (4, r"huyện|quận|thị xã|khu vực|thị ủy|q\.|h\."),
    (3, r"tỉnh|thành phố|tp|tphcm|thành ủy|tỉnh ủy|sở|thủ đô|tỉnh đoàn|thành đoàn|công an(?= \p{L})"),
    (1, r"chính phủ|quốc hội|bộ (?!chỉ huy|tư lệnh)\p{L}+|trung ương|tw|tối cao|nhà nước|ban bí thư|tổng cục"),
))
_LOCAL = regex.compile(
    r"sở|phòng|chi cục|công an|viện k|vks|tòa|tand|ubnd|ủy ban nhân|hđnd|hội đồng nhân|trạm|đội|hạt|tỉnh"
    r"|thành|huyện|quận|xã|phường|thị|mttq"
)
_NAMED = regex.compile(
    r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]rấn|Q\.|H\.|X\.|P\.) ?(?=[\p{Lu}\d])(?!ủy)"
    r"|(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị|[Đđ]ảng) [ủỦuU][yYỷỶ] \p{Lu}"
)
_GENERIC = frozenset({
    "uy", "ban", "nhan", "dan", "hoi", "dong", "tinh", "thanh", "pho", "huyen", "quan", "xa", "phuong", "thi", "tran",
    "cuc", "chi", "tong", "vu", "so", "phong", "bo", "vien", "trung", "tam", "truong", "cong", "an", "toa", "kiem",
    "sat", "cap", "thu", "tai", "van", "dang", "doan", "dia", "doi", "khoa", "mon", "khu", "tap",
    "bao", "benh", "hoc", "cua", "cac", "thuoc", "va", "nuoc",
})
_WIDE = regex.compile(
    r"quoc hoi|chinh phu|bo (?:cong an|quoc phong|chinh tri)|trung uong dang|dang|ban bi thu|nha nuoc"
    r"|quan doi nhan dan viet nam|ban chap hanh trung uong dang.*|lien hop quoc|lien hiep quoc|eu|nato|viet nam"
)
_CENTRAL = regex.compile(
    r"(?:uy ban|hoi dong|ban|van phong)\b.* (?:trung uong|quoc hoi)|(?:toa an nhan dan|vien kiem sat nhan dan) toi cao"
    r"|(?:ban|uy ban|van phong) .*trung uong|hoi dong (?:bo truong|nha nuoc|chinh phu|quoc phong)|quan uy trung uong"
    r"|.*mat tran to quoc viet nam|trung uong dang|quoc hoi|uy ban thuong vu quoc hoi"
)
# A cabinet by its head (`Chính phủ … lần 1`), a term of an assembly, the State's name behind its own organs.
_CABINET = regex.compile(
    r"(?<=^(?:Chính phủ|Quốc hội)) (?:.* lần .*|(?:nước )?(?:CHXHCN |Cộng hòa [Xx]ã hội [Cc]hủ nghĩa )?Việt Nam)$"
    r"|(?<=(?:Quốc hội|Trung ương|Đảng|Việt Nam)),? (?:khó[aá]|khoá) (?:[IVXL]+|\d+)$", regex.I
)
_COMMITTEE = regex.compile(r"\b((?:thanh|tinh) uy) (?:thanh pho|tinh) ")   # Thành ủy (thành phố) Hồ Chí Minh
_NUMBERED = regex.compile(r"quan \d{1,2}$")      # of Hồ Chí Minh City, nearly always
_CENTRE = regex.compile(r"(?:ban chap hanh )?trung uong(?: dang)?(?: cong san viet nam)?|bch ?t[wu]?(?: dang)?")
_NOT_A_COUNTRY = frozenset({"Việt Nam", "Việt Nam Dân chủ Cộng hòa", "Việt Nam Cộng hòa"})
_OURS = regex.compile(r"\bviet nam\b|\bvndcch\b|\bvnch\b")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as offices are compared by it. `key` is one for all spellings; `level` 0 where nothing tells it."""

    key: str
    name: str
    row: int | None
    parent: int | None
    level: int
    place: str | None      # province or city, folded
    country: str | None    # a foreign one
    generic: bool          # `UBND`, `Cục`: any of many
    wide: bool             # so many people work in it that it says little
    central: bool          # an organ of the Party, the State or the National Assembly, below none
    field: str | None
    version: str = ""      # from when it has borne the name

    def __hash__(self) -> int:
        return hash((self.key, self.row))


@lru_cache(maxsize=16384)
def body_of(
    name: str, row: int | None = None, place: str | None = None, parent: int | None = None, began: str | None = None,
    identifier: str = "",
) -> Body:
    """The body of a name; `name`, `place`, `parent`, `began` and `id` of the table of bodies where it resolves (`row`).

    Of a name that many places bear (`UBND xã Tân Lập`) each is a body of its own.
    """
    name = str(_CABINET.sub("", name))
    if _CENTRE.fullmatch(full_form(name)):
        name = "Trung ương Đảng"
    forms = name_forms(name)
    form = str(_COMMITTEE.sub(r"\1 ", forms[-1] if forms else fold(name)))
    whole, lower = full_form(name), canonical(name.lower())
    country = _country(name, lower, whole)
    level = next((level for level, words in _LEVELS if words.search(lower)), 0)
    where = (_province(fold(place)) if place else None) or _province(form)
    wide = country is None and _WIDE.fullmatch(form) is not None
    own = bool(identifier) and is_shared_name(name) and not _NUMBERED.search(form)
    return Body(
        key=f"{form} · {identifier}" if own else form, name=name, row=row, parent=parent, level=0 if country else level,
        place=None if country else where, country=country,
        generic=level != 1 and not wide and country is None and _is_generic(name, lower, form, where),
        wide=wide, central=country is None and _CENTRAL.match(form) is not None,
        field=_field(whole), version=began or "",
    )


def _is_generic(name: str, lower: str, form: str, province: str | None) -> bool:
    """`Sở Tư pháp`, `UBND huyện`: without its place, one of many."""
    if all(word in _GENERIC for word in form.split()):
        return True
    return _LOCAL.match(lower) is not None and province is None and _NAMED.search(name) is None


@cache
def _provinces() -> dict[str, str]:
    return {
        fold(spelling).replace("-", " "): fold(row["name"])
        for row in table("corpus", "provinces") for spelling in (row["name"], *many(row["variants"]))
    }


def _province(words: str) -> str | None:
    """The last name of a province in folded words."""
    syllables = words.replace("-", " ").split()
    for stop in range(len(syllables), 1, -1):
        for count in (4, 3, 2):
            found = _provinces().get(" ".join(syllables[max(0, stop - count) : stop]))
            if found:
                return found
    return _provinces().get(words)


@cache
def _countries() -> dict[str, str]:
    return {
        spelling.lower(): row["name"]
        for row in table("extractors", "countries") for spelling in (row["name"], *many(row["variants"]))
    }


@lru_cache(maxsize=1024)
def heads_of(country: str) -> bool:
    """Whether it is a state with a head, no union, region or city."""
    return any(row["name"] == country and row["heads"] for row in table("extractors", "countries"))


_AT_HOME = regex.compile(
    r"(?<!\p{L})(?:huyện|quận|xã|phường|trường|bệnh viện|tỉnh|thành phố|ubnd|ủy ban nhân dân|sở)(?!\p{L})"
)


def _country(name: str, lower: str, whole: str) -> str | None:
    """The foreign country that the words end with or are: `Bộ Ngoại giao Mỹ`, `Đại sứ quán Anh tại Hà Nội`."""
    if _OURS.search(whole) or _AT_HOME.search(lower):
        return None
    words = name.replace(",", " ").split(" tại ")[0].split(" (")[0].split()
    for count in range(min(5, len(words)), 0, -1):
        found = _countries().get(" ".join(words[-count:]).lower())
        if found and words[-count][0].isupper() and " ".join(words[-count - 1 :][:1]).lower() not in _BEFORE:
            return None if found in _NOT_A_COUNTRY else found
    return None


_BEFORE = frozenset({"tư", "lập", "hành"})   # `Bộ Tư Pháp`


@cache
def _fields() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple(
        (regex.compile(rf"\b(?:{'|'.join(map(regex.escape, map(fold, many(row['words']))))})\b"), row["field"])
        for row in table("pipeline", "person_fields")
    )


def _field(whole: str) -> str | None:
    return next((field for words, field in _fields() if words.search(whole)), None)

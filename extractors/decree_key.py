"""One key for one act, whatever its spelling in a text, and a provisional URN:LEX name (RFC 9676).

A key has five parts, `vn:TYPE:ISSUER:SERIES:NUMBER` (`vn:NĐ:CP:2015:62`). A part that the citation does not state is
`?`, so that assembly can join `Sắc lệnh 130/SL` (`vn:SL:CTCP:?:130`) with `Sắc lệnh số 130/SL ngày 19/7/1946`
(`vn:SL:CTCP:1946:130`). The series is the year; the term for acts of the National Assembly and its Standing Committee,
whose numbers run through the term; the day of issue for Party documents, whose numbers restart with each congress.
"""

from __future__ import annotations

from functools import cache

import regex

from corpus import shadow
from extractors.citations.symbols import Symbol, symbol_at
from extractors.citations.types import doc_types, fold_code, organ_of
from extractors.facts import Decree
from extractors.lexicon import table

UNKNOWN = "?"
_LOCAL = {"UBND", "HĐND", "CTUBND", "UBHC", "UB", "VPUBND", "TU", "HU", "QU", "ThU", "ĐU"}
_PARTY = {"TW", "VPTW", "BTCTW", "UBKTTW", "BTGTW", "BTGDVTW", "BNCTW", "TU", "HU", "QU", "ThU", "ĐU", "ĐUK"}
_ASSEMBLY = regex.compile(r"(?:QH|UBTVQH|HĐNN|TVQH)\d{0,2}$")
_ONE_ISSUER = {"sắc lệnh": "CTCP", "nghị định": "CP", "hiến pháp": "QH", "án lệ": "TANDTC"}
_SAME_ORGAN = {
    "BNNPTNT": "BNN", "BNN&PTNT": "BNN", "NNPTNT": "BNN", "BKH&ĐT": "BKHĐT", "BKH": "BKHĐT", "BGD&ĐT": "BGDĐT",
    "GDĐT": "BGDĐT", "BKH&CN": "BKHCN", "BTN&MT": "BTNMT", "BNN&MT": "BNNMT", "BLĐTB&XH": "BLĐTBXH",
    "LĐTBXH": "BLĐTBXH", "BVHTT&DL": "BVHTTDL", "TC": "BTC", "TP": "BTP", "GTVT": "BGTVT", "VHTT": "BVHTT",
}
_STATE_ACTS = {"hiến pháp", "luật", "bộ luật"}
_LETTERS = regex.compile(r"[a-z0-9]+")


def decree_key(decree: Decree) -> str | None:
    """The canonical key of a decree, None where it is not identified (a draft, an act named by its subject alone)."""
    if decree.number is None:
        return _key_by_name(decree)
    symbol = symbol_at(decree.number, 0)
    if symbol is None or symbol.end != len(decree.number):
        return None
    issuer = _issuer(decree, symbol)
    return ":".join(("vn", _type_code(decree), issuer, _series(decree, symbol), symbol.n.lstrip("0").upper() or "0"))


def _key_by_name(decree: Decree) -> str | None:
    """Acts known by name and year: `vn:PL:HĐNN:1989-08-28:@thi-hanh-an-dan-su`, `vn:HP:QH:1980:@`."""
    named = "named" in doc_types()[decree.doc_type].flags if decree.doc_type in doc_types() else False
    if not named or (not decree.title and decree.doc_type != "hiến pháp"):
        return None
    series = _day(decree) or (str(decree.year) if decree.year else UNKNOWN)
    if decree.doc_type == "hiến pháp":
        series = str(decree.year) if decree.year else UNKNOWN
    issuer = "QH" if decree.doc_type in _STATE_ACTS else _issuer_of_ordinance(decree.year)
    return ":".join(("vn", _type_code(decree), issuer, series, "@" + "-".join(_words(decree.title))))


def _issuer_of_ordinance(year: int | None) -> str:
    """Ordinances came from the State Council in 1981-1992, before and after from the Standing Committee."""
    if year is None:
        return UNKNOWN
    return "HĐNN" if 1981 <= year <= 1992 else "UBTVQH"


def _type_code(decree: Decree) -> str:
    """The code of the type, else its initials: NĐ, L, HP, CV."""
    if decree.doc_type in ("luật", "bộ luật"):
        return "L"  # one series of numbers
    found = doc_types().get(decree.doc_type)
    if found and found.codes:
        return found.codes[0]
    return "".join(word[0] for word in decree.doc_type.split()).upper()


def _issuer(decree: Decree, symbol: Symbol) -> str:
    codes = [_SAME_ORGAN.get(code, code) for code in symbol.issuers]
    if not codes:
        return _ONE_ISSUER.get(decree.doc_type) or _code_of_name(decree.issuer) or UNKNOWN
    if codes[0] in _LOCAL:
        return f"{codes[0]}@{_place(decree.issuer) or UNKNOWN}"
    return "+".join(sorted(codes))


def _series(decree: Decree, symbol: Symbol) -> str:
    codes = symbol.issuers
    if codes and _ASSEMBLY.fullmatch(codes[0]) and symbol.year:
        return "term"
    if codes and codes[0] in _PARTY:
        return _day(decree) or UNKNOWN
    year = symbol.year or decree.year
    return str(year) if year else UNKNOWN


def _day(decree: Decree) -> str | None:
    """The day of issue, None where the text gives less."""
    return decree.date if decree.date and regex.fullmatch(r"\d{4}-\d\d-\d\d", decree.date) else None


@cache
def _codes_by_name() -> dict[str, str]:
    """Folded organ name → its first code in issuers.tsv."""
    codes: dict[str, str] = {}
    for row in table("issuers"):
        if row["organ"]:
            codes.setdefault(shadow.fold(row["organ"]), row["code"])
    return codes


def _code_of_name(issuer: str | None) -> str | None:
    return _codes_by_name().get(shadow.fold(issuer)) if issuer else None


def _place(issuer: str | None) -> str | None:
    """The province, city, district or commune of a local organ: `UBND tỉnh Thanh Hóa` → `thanh-hoa`."""
    if not issuer:
        return None
    words = shadow.fold(issuer)
    match = regex.search(r"\b(?:tinh|thanh pho|tp\.?|quan|huyen|thi xa|xa|phuong)\s+(?P<place>.+)", words)
    if match is None:
        match = regex.search(r"\b(?:uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd)\s+(?P<place>.+)", words)
    place = "-".join(_LETTERS.findall(match["place"])) if match else ""
    return place or None


def _words(text: str | None) -> list[str]:
    return [match.group() for match in _LETTERS.finditer(shadow.fold(text or ""))]


def urn_lex(decree: Decree) -> str | None:
    """`urn:lex:vn:chinh.phu:nghi.dinh:2015-07-18;62-2015-nd-cp~dieu5`, None where authority or date is not known.

    Provisional: no registrar has been named for `vn`, so these are names of ours in the form of RFC 9676.
    Laws and constitutions have the State as their authority (RFC 9676, 6.1.6); the year stands for an unknown day.
    """
    when = _day(decree) or (str(decree.year) if decree.year else None)
    authority = _authority(decree)
    if when is None or authority is None or (decree.number is None and decree_key(decree) is None):
        return None
    number = "-".join(_words(decree.number)) if decree.number else "lex-1"
    name = f"urn:lex:vn{authority}:{'.'.join(_words(decree.doc_type))}:{when};{number}"
    return name + (f"~{_partition(decree.pinpoint)}" if decree.pinpoint and "," not in decree.pinpoint else "")


def _authority(decree: Decree) -> str | None:
    if decree.doc_type in _STATE_ACTS:
        return ":nha.nuoc"
    if decree.doc_type == "sắc lệnh":
        return ":chu.tich.chinh.phu"
    symbol = symbol_at(decree.number, 0) if decree.number else None
    organs = [organ_of(code) for code in symbol.issuers] if symbol else []
    if organs and organs[0] and organs[0].code in _LOCAL:
        place = _place(decree.issuer)
        return f";{place.replace('-', '.')}:{'.'.join(_words(organs[0].name))}" if place and organs[0].name else None
    if organs and all(organ and organ.name for organ in organs):
        return ":" + "+".join(".".join(_words(organ.name)) for organ in organs if organ)
    return ":" + ".".join(_words(decree.issuer)) if decree.issuer else None


_POINT = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


def _partition(pinpoint: str) -> str:
    """`điều 5 khoản 2 điểm đ` → `dieu5;khoan2;diemdd`: the letters of points stay apart (d, đ)."""
    steps = regex.findall(r"(phụ lục|tiểu mục|mẫu số|\p{L}+)\s+(\S+)", pinpoint)
    return ";".join(
        fold_code(unit).replace(" ", "") + "".join(_POINT.get(char, char) for char in value.lower())
        for unit, value in steps
    )

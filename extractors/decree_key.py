"""One key for one act, whatever its spelling in a text.

A key has five parts, `vn:TYPE:ISSUER:SERIES:NUMBER` (`vn:NĐ:CP:2015:62`). A part that the citation does not state is
`?`, so that assembly can join `Sắc lệnh 130/SL` (`vn:SL:CTCP:?:130`) with `Sắc lệnh số 130/SL ngày 19/7/1946`
(`vn:SL:CTCP:1946:130`). The series is the year; the term for acts of the National Assembly and its Standing Committee,
whose numbers run through the term; the day of issue for Party documents, whose numbers restart with each congress.
A law named with its year or day has the key of its number, which the lexicon knows (`extractors.acts`): `Luật Đất đai
năm 2013` is `vn:L:QH13:term:45`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import regex

from corpus import shadow
from extractors.acts import Act, act_by_name, numbered_acts
from extractors.citations.symbols import Symbol, symbol_at
from extractors.citations.types import doc_types
from extractors.facts import Decree
from extractors.lexicon import table

UNKNOWN = "?"
LOCAL = {"UBND", "HĐND", "CTUBND", "UBHC", "UB", "VPUBND", "TU", "HU", "QU", "ThU", "ĐU"}
PARTY = {"TW", "VPTW", "BTCTW", "UBKTTW", "BTGTW", "BTGDVTW", "BNCTW", "TU", "HU", "QU", "ThU", "ĐU", "ĐUK"}
_ASSEMBLY = regex.compile(r"(?:QH|UBTVQH|HĐNN|TVQH)\d{0,2}$")
_ONE_ISSUER = {"sắc lệnh": "CTCP", "nghị định": "CP", "hiến pháp": "QH", "án lệ": "TANDTC"}
_SAME_ORGAN = {
    "BNNPTNT": "BNN", "BNN&PTNT": "BNN", "NNPTNT": "BNN", "BKH&ĐT": "BKHĐT", "BKH": "BKHĐT", "BGD&ĐT": "BGDĐT",
    "GDĐT": "BGDĐT", "BKH&CN": "BKHCN", "BTN&MT": "BTNMT", "BNN&MT": "BNNMT", "BLĐTB&XH": "BLĐTBXH",
    "LĐTBXH": "BLĐTBXH", "BVHTT&DL": "BVHTTDL", "TC": "BTC", "TP": "BTP", "GTVT": "BGTVT", "VHTT": "BVHTT",
}
STATE_ACTS = {"hiến pháp", "luật", "bộ luật"}
_PLACES = tuple(
    regex.compile(rf"\b(?:{heads})\s+(?P<place>.+)")
    for heads in (
        "tinh uy|thanh uy|quan uy|huyen uy", r"tinh|thanh pho|tp\.?|quan|huyen|thi xa|xa|phuong",
        "uy ban nhan dan|hoi dong nhan dan|ubnd|hdnd",
    )
)
_LETTERS = regex.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """The key of an act, what it rests on, and for `lexicon` the act that the lexicon names."""

    key: str
    basis: Literal["text", "lexicon"]
    act: Act | None = None


def decree_key(decree: Decree, published: str | None = None) -> str | None:
    """The canonical key of a decree, None where it is not identified (a draft, an act named by its subject alone).

    `published` is the day of the document (ISO 8601), for laws named without a year; see `act_by_name`.
    """
    found = identify(decree, published)
    return found.key if found else None


def identify(decree: Decree, published: str | None = None) -> Identity | None:
    """The key of a decree with its basis: the text alone, or for a law cited by name the number in the lexicon."""
    if decree.number is not None:
        key = _key_by_number(decree)
        return Identity(key, "text") if key else None
    if (name := key_by_name(decree)) is None:
        return None
    act = None
    if decree.doc_type != "hiến pháp":
        day = day_of(decree)
        months = None if day else decree.date
        act = act_by_name(
            decree.doc_type, decree.title, year=decree.year, day=day, months=months, published=published
        )
    if act is None:
        return Identity(name, "text")
    known = replace(decree, doc_type=act.doc_type, number=act.number, date=act.date, year=int(act.date[:4]))
    key = _key_by_number(known) if act.number else key_by_name(known)
    return Identity(key, "lexicon", act) if key else Identity(name, "text")


@cache
def _known_acts() -> dict[str, Act]:
    acts: dict[str, Act] = {}
    for act in numbered_acts():
        made = Decree(
            start=0, end=0, text="", doc_type=act.doc_type, number=act.number, date=act.date,
            year=int(act.date[:4]), issuer=act.issuer,
        )
        if key := _key_by_number(made):
            acts.setdefault(key, act)
    return acts


def known_act(key: str) -> Act | None:
    """What the lexicon knows of the act with a key, None for an act that it does not have."""
    return _known_acts().get(key)


def _key_by_number(decree: Decree) -> str | None:
    symbol = symbol_at(decree.number or "", 0)
    if symbol is None or symbol.end != len(decree.number or ""):
        return None
    issuer = _issuer(decree, symbol)
    return ":".join(("vn", _type_code(decree), issuer, _series(decree, symbol), symbol.n.lstrip("0").upper() or "0"))


def key_by_name(decree: Decree) -> str | None:
    """Acts known by name and year: `vn:PL:HĐNN:1989-08-28:@thi-hanh-an-dan-su`; None for types not cited by name."""
    named = "named" in doc_types()[decree.doc_type].flags if decree.doc_type in doc_types() else False
    if not named or (not decree.title and decree.doc_type != "hiến pháp"):
        return None
    series = day_of(decree) or (str(decree.year) if decree.year else UNKNOWN)
    if decree.doc_type == "hiến pháp":
        series = str(decree.year) if decree.year else UNKNOWN
    issuer = "QH" if decree.doc_type in STATE_ACTS else _issuer_of_ordinance(decree.year)
    return ":".join(("vn", _type_code(decree), issuer, series, "@" + "-".join(words(decree.title))))


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
    if codes == ["BTC"] and (body := shadow.fold(decree.issuer or "")).startswith("ban to chuc"):
        return "BTCTW" if "trung uong" in body else f"BTC@{place_of(decree.issuer) or UNKNOWN}"   # not the ministry
    if not codes:
        return _ONE_ISSUER.get(decree.doc_type) or _code_of_name(decree.issuer) or UNKNOWN
    unit_before = symbol.parts[-1] if symbol.parts[-1] in LOCAL & PARTY else None
    local = unit_before or (codes[0] if codes[0] in LOCAL else None)
    if local:  # behind its unit in 621/NQ-NS-TU
        return f"{local}@{place_of(decree.issuer) or UNKNOWN}"
    return "+".join(sorted(codes))


def _series(decree: Decree, symbol: Symbol) -> str:
    codes = symbol.issuers
    if codes and _ASSEMBLY.fullmatch(codes[0]) and symbol.year:
        return "term"
    if any(code in PARTY for code in (*codes, *symbol.parts[-1:])):
        return day_of(decree) or UNKNOWN
    year = symbol.year or decree.year
    return str(year) if year else UNKNOWN


def day_of(decree: Decree) -> str | None:
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


def place_of(issuer: str | None) -> str | None:
    """The province, city, district or commune of a local organ: `UBND tỉnh Thanh Hóa` → `thanh-hoa`."""
    if not issuer:
        return None
    folded = shadow.fold(issuer)
    match = next((found for pattern in _PLACES if (found := pattern.search(folded))), None)
    place = "-".join(_LETTERS.findall(match["place"])) if match else ""
    return place or None


def words(text: str | None) -> list[str]:
    """The words of a text without marks."""
    return [match.group() for match in _LETTERS.finditer(shadow.fold(text or ""))]

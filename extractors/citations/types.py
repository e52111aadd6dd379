"""Types of documents and issuing organs, read from `data/decree_types.tsv` and `data/issuers.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from corpus import shadow
from extractors.lexicon import LexiconError, many, table

FLAGS = {"named", "number", "bare", "titled", "verb"}
_TERM = regex.compile(r"(?<=\p{L})\d{1,2}$")  # the term of the assembly: QH15, UBTVQH14, HĐNN8


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of document and how it may be cited (see the head of decree_types.tsv)."""

    name: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    issuer: str | None
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Organ:
    """An issuing organ behind its abbreviation; `name` is None where the code does not say which body."""

    code: str
    name: str | None
    since: int | None
    until: int | None


@cache
def doc_types() -> dict[str, DocType]:
    """Every type by its name."""
    types: dict[str, DocType] = {}
    for row in table("decree_types"):
        flags = frozenset(row["flags"].split())
        if flags - FLAGS:
            raise LexiconError(f"decree_types.tsv: {row['type']}: unknown flag {sorted(flags - FLAGS)[0]}")
        types[row["type"]] = DocType(row["type"], many(row["codes"]), many(row["words"]), row["issuer"] or None, flags)
    return types


@cache
def type_of_code() -> dict[str, DocType]:
    """The type behind a code in a symbol, by the folded code: `nd` → nghị định."""
    return {fold_code(code): doc_type for doc_type in doc_types().values() for code in doc_type.codes}


@cache
def misread() -> dict[str, str]:
    """Codes as recognition spoils them, and what they are: `NB` → NĐ."""
    return {
        wrong: code
        for row in table("decree_types")
        for code in many(row["codes"])
        for wrong in many(row["misread"])
    }


@cache
def organs() -> dict[str, Organ]:
    """Every organ by its folded code: `btc` → Bộ Tài chính."""
    return {code: found[0] for code, found in _all_organs().items()}


@cache
def _all_organs() -> dict[str, tuple[Organ, ...]]:
    """All organs that a code has stood for; the one meant where no year is known comes first."""
    found: dict[str, list[Organ]] = {}
    for row in table("issuers"):
        organ = Organ(row["code"], row["organ"] or None, _year(row["from"]), _year(row["to"]))
        found.setdefault(fold_code(row["code"]), []).append(organ)
    return {code: tuple(several) for code, several in found.items()}


@cache
def organ_names() -> frozenset[str]:
    """The names of the organs in lower case."""
    return frozenset(organ.name.lower() for several in _all_organs().values() for organ in several if organ.name)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def spelling() -> dict[str, str]:
    """The right spelling of each code by its folded form: `nd` → NĐ, `ttg` → TTg."""
    codes = [code for doc_type in doc_types().values() for code in doc_type.codes]
    return {fold_code(code): code for code in (*[organ.code for organ in organs().values()], *codes)}


@lru_cache(maxsize=4096)
def fold_code(code: str) -> str:
    """A code without case, diacritics and dots: `T.Ư` and `TW` are one."""
    folded = shadow.fold(code).replace(".", "")
    return "tw" if folded == "tu" and "Ư" in code.upper() else folded


@lru_cache(maxsize=4096)
def organ_of(code: str, year: int | None = None) -> Organ | None:
    """The organ of a code in a symbol, in that year where there have been several; the term is ignored."""
    folded = fold_code(code).partition("(")[0]  # BCA(C9): an office of the ministry
    several = _all_organs().get(folded) or _all_organs().get(_TERM.sub("", folded)) or ()
    then = (organ for organ in several[1:] if year and (organ.since or 0) <= year <= (organ.until or 9999))
    return next(then, several[0] if several else None)


def has_changed(code: str) -> bool:
    """Whether the code has stood for several organs."""
    return len(_all_organs().get(fold_code(code), ())) > 1

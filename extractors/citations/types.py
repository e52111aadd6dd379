"""Types of documents and issuing organs, read from `data/decree_types.tsv` and `data/issuers.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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
def organs() -> dict[str, Organ]:
    """Every organ by its folded code: `btc` → Bộ Tài chính."""
    return {
        fold_code(row["code"]): Organ(
            row["code"], row["organ"] or None, _year(row["from"]), _year(row["to"])
        )
        for row in table("issuers")
    }


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def spelling() -> dict[str, str]:
    """The right spelling of each code by its folded form: `nd` → NĐ, `ttg` → TTg."""
    codes = [code for doc_type in doc_types().values() for code in doc_type.codes]
    return {fold_code(code): code for code in (*[organ.code for organ in organs().values()], *codes)}


def fold_code(code: str) -> str:
    """A code without case, diacritics and dots: `T.Ư` and `TW` are one."""
    folded = shadow.fold(code).replace(".", "")
    return "tw" if folded == "tu" and "Ư" in code.upper() else folded


def organ_of(code: str) -> Organ | None:
    """The organ of a code in a symbol; the number of the term is ignored."""
    folded = fold_code(code).partition("(")[0]  # BCA(C9): an office of the ministry
    return organs().get(folded) or organs().get(_TERM.sub("", folded))

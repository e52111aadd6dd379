"""Which table the bytes of a font belong to, told from its name (`data/legacy_fonts.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.tables import table

_SCRIPTS: dict[str, str | None] = {  # Windows lists a font once for each script: `.VnTimeH Tur`
    " Tur": "cp1254", " CE": "cp1250", " Cyr": "cp1251", " Greek": "cp1253", " Baltic": "cp1257",
    " (Vietnamese)": "cp1258", "(Ds)": None,
}


@dataclass(frozen=True, slots=True)
class LegacyFont:
    """What a font of an eight-bit table draws."""

    encoding: str
    capitals: bool          # small letters are drawn as capitals
    code_page: str | None   # the Windows code page that its bytes were taken for, None for windows-1252


@cache
def legacy_font(name: str) -> LegacyFont | None:
    """The table of a font, None where its name promises none.

    >>> legacy_font(".VnTimeH")
    LegacyFont(encoding='tcvn3', capitals=True, code_page=None)
    """
    code_page = None
    for suffix, page in _SCRIPTS.items():
        if name.endswith(suffix):
            name, code_page = name.removesuffix(suffix), page
    for row in table("corpus", "legacy_fonts"):
        if name.lower().startswith(row["begins"]):
            capitals = bool(row["capitals"]) and name.endswith(row["capitals"])
            return LegacyFont(row["encoding"], capitals, code_page)
    return None


@cache
def _symbols() -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for row in table("corpus", "symbols"):
        signs = found.setdefault(row["fonts"], {})
        if row["byte"]:
            signs[int(row["byte"], 16)] = row["sign"]
    return found


@cache
def symbols(name: str) -> dict[int, str] | None:
    """The signs of a font of pictures by byte, None for a font of letters."""
    lower = name.lower()
    return next((signs for begins, signs in _symbols().items() if lower.startswith(begins)), None)


def symbol_text(text: str, signs: dict[int, str]) -> str:
    """Text of a font of pictures as Unicode signs; white space and the marks of tables stay."""
    return "".join(char if char <= " " else signs.get(ord(char) & 0xFF, "") for char in text)

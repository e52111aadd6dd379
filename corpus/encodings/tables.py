"""The eight-bit tables that Vietnamese was typed in before Unicode, each as a decoder of *seen* text.

*Seen* text is what such bytes look like where no one knew the table: windows-1252, its five holes as the control
characters of the same number. Files hand text over in that form, and fonts drew other letters in its place.
Tables: TCVN 5712:1993 (fonts `.Vn…`), VISCII 1.1 (RFC 1456), VNI-Windows (fonts `VNI-…`), windows-1258.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

import regex

from corpus.tables import table

Decoder = Callable[[str], str]

_SYMBOL = regex.compile("[\uf020-\uf0ff]")
_BEYOND = regex.compile("[^\x00-\xff]")

LEGACY = ("tcvn3", "vni", "viscii", "windows-1258")

_OTHER_WINDOWS = ("cp1254", "cp1250", "cp1257", "cp1258", "cp1251", "cp1253")  # `.VnTimeH Tur`: the same bytes


def seen(data: bytes) -> str:
    """Bytes as windows-1252, every byte as one character."""
    return data.decode("latin-1").translate(_HIGH)


def _high() -> dict[int, str]:
    found = {}
    for byte in range(0x80, 0xA0):
        char = bytes([byte]).decode("cp1252", "ignore")
        if char:
            found[byte] = char
    return found


_HIGH = _high()


def seen_as(text: str, code_page: str | None = None) -> str:
    """Text whose bytes were taken for another Windows code page, or for a symbol font (U+F0xx), as seen text."""
    if text.isascii():
        return text
    if _SYMBOL.search(text):
        text = "".join(seen(bytes([ord(char) & 0xFF])) if "\uf020" <= char <= "\uf0ff" else char for char in text)
    if code_page or _BEYOND.search(text):
        pages = (code_page, *_OTHER_WINDOWS) if code_page else _OTHER_WINDOWS
        text = "".join(_seen_char(char, pages) for char in text)
    return text


@cache
def _seen_char(char: str, pages: tuple[str, ...]) -> str:
    for page in ("cp1252", *pages) if pages[0] in _OTHER_WINDOWS and char <= "ÿ" else (*pages, "cp1252"):
        byte = char.encode(page, "ignore")
        if byte:
            return seen(byte)
    return char


@cache
def decoder(encoding: str) -> Decoder:
    """The decoder of one of `LEGACY`: seen text to Unicode (NFC). Characters that the table lacks stay."""
    if encoding == "vni":
        return _vni
    if encoding == "windows-1258":
        return _windows_1258
    return _by_character(encoding)


def _by_character(encoding: str) -> Decoder:
    rows = table("corpus", f"encoding_{encoding}")
    letters = {ord(seen(bytes([int(row["byte"], 16)]))): row["letter"] for row in rows}
    return lambda text: text.translate(letters)


@cache
def _vni_letters() -> tuple[regex.Pattern[str], dict[str, str]]:
    letters = {row["seen"]: row["letter"] for row in table("corpus", "encoding_vni")}
    return regex.compile("|".join(sorted(letters, key=len, reverse=True)), regex.I), letters


def _vni(text: str) -> str:
    pattern, letters = _vni_letters()

    def letter(found: regex.Match[str]) -> str:
        drawn = letters[found[0].lower()]
        return drawn.upper() if found[0][0].isupper() else drawn

    return pattern.sub(letter, text)


@cache
def _windows_1258_letters() -> dict[int, str]:
    pairs = ((seen(bytes([byte])), bytes([byte]).decode("cp1258", "ignore")) for byte in range(0x80, 0x100))
    return {ord(shown): letter for shown, letter in pairs if letter and shown != letter}


def _windows_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_windows_1258_letters()))

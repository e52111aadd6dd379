"""Names of people: spellings that are one name, how likely two people share one, names that differ by a slip."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from corpus.shadow import fold
from corpus.tables import TableError, table
from extractors.names import is_foreign_syllable, is_full_name, surname_weight
from outputs.factbase.index import index_forms

_POSITIONS = ("family", "middle", "given")
_UNLISTED = 0.0005       # share of a syllable that the table does not have
_TWO_SYLLABLES = 0.1     # of all names have nothing between family name and given name
# Sỹ and Sĩ, Lý and Lí, Mỹ and Mĩ are spellings of one syllable; Thúy and Thúi are two.
_Y = regex.compile(r"(?<=\b(?:[hklmstv]|qu))[yỳýỷỹỵ]\b")
_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_BETWEEN = regex.compile(r"[\s.-]+")


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """One form for the spellings of a name: case, place of the tone, i/y and hyphens do not matter; tones do.

    >>> name_key("Hoàng Sỹ Thành") == name_key("HOÀNG SĨ THÀNH"), name_key("Kim Jong - un")
    (True, 'kim jong un')
    """
    return str(_Y.sub(lambda found: _I[found[0]], " ".join(_BETWEEN.split(index_forms(name)[0].strip()))))


@cache
def aliases() -> dict[str, str]:
    """Key of another name → key of the name that a person is known by."""
    return {name_key(row["name"]): name_key(row["person"]) for row in table("pipeline", "person_aliases")}


@cache
def known_people() -> dict[str, str]:
    """Key of a name of history that nobody else is likely to bear → year of death."""
    return {name_key(row["name"]): row["died"] for row in table("pipeline", "person_lives")}


@cache
def lived() -> dict[str, tuple[str, str]]:
    """Key of a name of history → years of birth and death."""
    return {name_key(row["name"]): (row["born"], row["died"]) for row in table("pipeline", "person_lives")}


@lru_cache(maxsize=16384)
def is_foreign(key: str) -> bool:
    """Whether a name has a syllable that no Vietnamese name has."""
    return any(is_foreign_syllable(syllable) for syllable in key.split())


@lru_cache(maxsize=16384)
def has_foreign_name(name: str) -> bool:
    """Whether a name is spelt as no Vietnamese one: not `Ksor Phước`, nor words before `Nguyễn Phú Trọng`."""
    words = name.split()
    return is_foreign(name_key(name)) and surname_weight(words[0]) == 0.0 and not is_full_name(words[-3:])


@lru_cache(maxsize=16384)
def may_be_vietnamese(name: str) -> bool:
    """Whether a name has a Vietnamese family name, or one word, or is of history (`Trường Chinh`)."""
    words, key = name.split(), name_key(name)
    return len(words) < 2 or surname_weight(words[0]) > 0.0 or key in known_people() or key in aliases()


@cache
def _shares() -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = {position: {} for position in _POSITIONS}
    for row in table("pipeline", "name_shares"):
        if row["position"] not in shares:
            raise TableError(f"name_shares.tsv: {row['syllable']!r} needs a position of {_POSITIONS}")
        shares[row["position"]][row["syllable"]] = float(row["share"]) / 1000
    return shares


@lru_cache(maxsize=16384)
def share_of(key: str) -> float:
    """How many of a million people are likely to bear a Vietnamese name; 0 for a name with a foreign syllable.

    >>> share_of("nguyễn văn hùng") > 500 > 20 > share_of("mai lương khôi")
    True
    """
    syllables = key.split()
    if is_foreign(key):
        return 0.0
    if not is_full_name([syllable.capitalize() for syllable in syllables]):
        return 100.0      # `Bảo Đại`, a name of two syllables that are no family name: nothing is known of it
    share = _share("family", syllables[0]) * _share("given", syllables[-1])
    for syllable in syllables[1:-1]:
        share *= _share("middle", syllable)
    return share * (_TWO_SYLLABLES if len(syllables) == 2 else 1.0) * 1_000_000


def _share(position: str, syllable: str) -> float:
    return _shares()[position].get(syllable, _UNLISTED)


def differs_by_a_slip(one: str, other: str) -> bool:
    """Whether two keys of three syllables or more differ in one mark or letter of one of them, as scans misread them.

    >>> differs_by_a_slip("trần hồng quang", "trần hông quang"), differs_by_a_slip("trần hồng quang", "trần hồng hà")
    (True, False)
    """
    mine, yours = one.split(), other.split()
    if len(mine) != len(yours) or len(mine) < 3:
        return False
    apart = [(a, b) for a, b in zip(mine, yours, strict=True) if a != b]
    return len(apart) == 1 and (fold(apart[0][0]) == fold(apart[0][1]) or one_letter_apart(*apart[0]))


@lru_cache(maxsize=16384)
def one_letter_apart(one: str, other: str) -> bool:
    """Whether one of two syllables has a letter that the other lacks, or another letter in one place."""
    if abs(len(one) - len(other)) == 1:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1

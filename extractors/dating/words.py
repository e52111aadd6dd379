"""The tables of words that dates are made of, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.anchors import Anchors
from extractors.lexicon import LexiconError, table


@dataclass(frozen=True, slots=True)
class Head:
    """Words that open an expression: the grammar that reads on, or the value that they have themselves."""

    grammar: str        # of date_heads; `relative`, `named`, `era` for the other tables
    mod: str | None = None
    unit: str = ""      # relative: day, week, month …; named: solar, lunar; era: its EDTF
    shift: int = 0
    month: int = 0
    day: int = 0


UNITS = {"ngày": "D", "đêm": "D", "tuần": "W", "tháng": "M", "quý": "Q", "năm": "Y"}
UNITS |= {"thập kỷ": "X", "thập niên": "X", "thế kỷ": "C"}   # tens and hundreds of years: ISO 8601 has no sign


_STOPS = str.maketrans(",.);?!:", "       ")


@cache
def anchors() -> Anchors[Head]:
    """Every word of the tables, in one automaton."""
    entries = [(row["words"], Head(row["grammar"], row["mod"] or None)) for row in table("date_heads")]
    for row in table("date_relative"):
        entries.append((row["words"], Head("relative", row["mod"] or None, row["unit"], int(row["shift"]))))
    for row in table("date_days"):
        head = Head("named", None, row["calendar"], 0, int(row["month"]), int(row["day"]))
        entries.append((row["words"], head))
    entries += [(row["words"], Head("era", None, row["edtf"])) for row in table("date_eras")]
    known = {words for words, _ in entries}
    entries += [(unit, Head("unit")) for unit in UNITS if unit not in known]
    if len(known) + len([u for u in UNITS if u not in known]) != len(entries):
        twice = sorted({words for words, _ in entries if [w for w, _ in entries].count(words) > 1})
        raise LexiconError(f"date tables: each expression may stand in one line only: {', '.join(twice)}")
    return Anchors(entries)


@cache
def cues(side: str, effect: str, form: str) -> frozenset[str]:
    """The words of `date_cues` of one side, effect and form."""
    return frozenset(
        row["words"]
        for row in table("date_cues")
        if (row["side"], row["effect"], row["form"]) == (side, effect, form)
    )


def said_before(text: str, pos: int, words: frozenset[str]) -> bool:
    """Whether one of the words (of up to three syllables) stands right before `pos`."""
    near = text[max(0, pos - 24) : pos]
    if "\n" in near:
        near = near.rpartition("\n")[2]
    if "(" in near or '"' in near:
        near = near.replace("(", " ").replace('"', " ")
    last = near.split()
    if not last:
        return False
    said = last[-1]
    if said in words:
        return True
    for word in last[-2:-4:-1]:
        said = f"{word} {said}"
        if said in words:
            return True
    return False


def said_after(text: str, pos: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands right after `pos`."""
    following = text[pos : pos + 28].partition("\n")[0].lstrip(" ")
    parts = following.translate(_STOPS).split(" ")
    return any(" ".join(parts[:n]) in words for n in range(1, min(3, len(parts)) + 1))

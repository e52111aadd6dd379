"""The lexicon of acts: what is known of them outside a text. It identifies acts; it never adds to a fact.

Sources: `data/law_names.tsv` (laws, codes and ordinances by name, with all acts that had the name) and
`data/acts.tsv` (acts by number), both from the national database of legal documents (vbpl.vn).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex

from corpus import shadow
from extractors.lexicon import many, table

LAWS = ("hiến pháp", "luật", "bộ luật", "pháp lệnh")
_BILL = timedelta(days=730)   # a bill is debated under the name of the act to come
_WORD = regex.compile(r"[a-z0-9]+")
_REVISED = regex.compile(r"[ ]\(?sửa đổi(?:,? bổ sung)?\)?$")


@dataclass(frozen=True, slots=True)
class Act:
    """An act as the lexicon has it. `date` is the day of adoption or issue (ISO 8601), the year if that is all."""

    doc_type: str
    number: str | None
    date: str
    issuer: str | None = None
    title: str | None = None


def slug(text: str) -> str:
    """The words of a name without marks, joined by hyphens."""
    return "-".join(_WORD.findall(shadow.fold(text.replace("&", " và "))))


@cache
def _by_name() -> dict[tuple[str, str], tuple[Act, ...]]:
    found: dict[tuple[str, str], dict[str, Act]] = defaultdict(dict)
    for row in table("law_names"):
        for stated in many(row["acts"]):
            number, _, day = stated.partition(" ")
            day = day or number.split("/")[1]   # the day is not known yet: the year in the number
            issuer = None if row["type"] == "pháp lệnh" else "Quốc hội"
            act = Act(row["type"], None if number == "-" else number, day, issuer, row["name"] or None)
            found[_group(row["type"]), slug(row["name"])][day] = act
    for row in table("acts"):
        name = _group(row["type"]), slug(row["title"])
        if row["type"] in LAWS:
            found[name].setdefault(row["date"], _act(row))
    return {name: tuple(act for _, act in sorted(acts.items())) for name, acts in found.items()}


def _group(doc_type: str) -> str:
    return "luật" if doc_type == "bộ luật" else doc_type   # both names are in use for one act


def _act(row: dict[str, str]) -> Act:
    return Act(row["type"], row["number"], row["date"], row["issuer"] or None, row["title"] or None)


@cache
def numbered_acts() -> tuple[Act, ...]:
    """Every act with a number, those of law_names.tsv first."""
    named = (act for acts in _by_name().values() for act in acts if act.number)
    return (*named, *(_act(row) for row in table("acts")))


def act_by_name(
    doc_type: str,
    name: str | None,
    *,
    year: int | None = None,
    day: str | None = None,
    months: str | None = None,
    published: str | None = None,
) -> Act | None:
    """The one act of a name that agrees with its day or year; None where there is none, or several.

    `months` (EDTF: `2025-02`, `2025-05/2025-06`) decides between several acts of the year.

    Without day and year several acts may be meant, so the day on which the document was published decides: the act is
    taken if it is the only one of its name passed by then, and none was passed in the two years after, whose bill
    might be meant. An undated document leaves it open, and so does a name with `(sửa đổi)`.
    """
    revised = bool(name and _REVISED.search(name))
    acts = _by_name().get((_group(doc_type), slug(_REVISED.sub("", name or ""))), ())
    if day:
        acts = tuple(act for act in acts if act.date == day)
    elif year:
        acts = tuple(act for act in acts if act.date[:4] == str(year))
        if len(acts) > 1 and months:
            first, _, last = months.partition("/")
            acts = tuple(act for act in acts if first <= act.date[:7] <= (last or first))
    elif published is None or revised:
        return None
    else:
        soon = (date.fromisoformat(published) + _BILL).isoformat()
        acts = tuple(act for act in acts if act.date <= soon)
        if any(act.date > published for act in acts):
            return None
    return acts[0] if len(acts) == 1 else None

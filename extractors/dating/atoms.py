"""An atom: one calendar expression as written, before it is joined with others or resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grain = Literal[
    "day", "month", "year", "quarter", "half", "months", "years", "decade", "century", "season",
    "relative", "named", "lunar", "duration", "now", "span", "era", "lost",
]


@dataclass(slots=True)
class Atom:
    """What the words say. Parts that they do not say are None.

    `month` holds the number of a quarter, half, season; `count` the months of an n-month period or the number of
    a decade (`199`) or century (`19`). `years`: a second year of a range. `left` and `right` are the ends of a
    joined interval.
    """

    start: int
    end: int
    grain: Grain
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    count: int = 0
    to_year: int | None = None
    mod: str | None = None
    unit: str = ""          # of a relative expression
    shift: int = 0
    duration: str | None = None
    recurs: bool = False    # hằng năm, hằng tháng
    lean: int = 0           # +1 the words say it lies ahead (tới), -1 behind (vừa qua)
    short_year: bool = False   # two digits
    year_shift: int | None = None   # năm nay 0, năm ngoái -1
    narrated: bool = False          # năm trước, năm sau: of the year told of, not of the document's
    left: Atom | None = None
    right: Atom | None = None
    since: bool = False     # đến nay

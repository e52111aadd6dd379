"""Words and drawn lines with their places on a page, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box. `raised` is a small raised figure: the mark of a footnote.

    `doubt` is the confidence, 0 to 100, of figures that recognition is not sure of; None for all other words.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    raised: bool = False
    doubt: float | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on the page, upright or level."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        return self.bottom - self.top > self.x1 - self.x0

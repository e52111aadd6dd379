"""What can be wrong with a question for a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outputs.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that a name may mean: `ask` finds it alone, `told` says which it is."""

    ask: str
    told: str


class AmbiguousSubject(QuestionError):
    """A name means several people, bodies or acts; `choices` lists them."""

    def __init__(self, kind: str, asked: str, choices: Sequence[Choice]) -> None:
        self.kind = kind
        self.asked = asked
        self.choices = tuple(choices)
        names = "; ".join(choice.ask for choice in choices)
        super().__init__(f"--{kind} {asked!r} means several; ask for one of them: {names}")

"""What a list cannot be asked for."""

from __future__ import annotations

from outputs.errors import QuestionError

_SAYS = {
    "date": "{value!r} is not a date; write a year, month or day such as 1946, 1946-07 or 1946-07-19",
    "year": "{value!r} is no year; write four digits such as 1946",
    "name": "{value!r} holds no word; write a name or a phrase",
    "choice": "{value!r} is none of the choices",
    "page": "there is no page {value}; pages count from 1",
}


class Unreadable(QuestionError):
    """A filter whose value cannot be read: `what` is date, year, name, choice or page."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(_SAYS[what].format(value=value))
        self.what, self.value = what, value

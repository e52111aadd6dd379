"""A question that cannot be asked, in words: `outputs/data/search_errors.tsv`."""

from __future__ import annotations

from functools import cache

from outputs.errors import QuestionError
from outputs.words import rows

_SHOWN = 60   # characters of what was asked that are said again


class SearchError(QuestionError):
    """A question that cannot be asked; the message says what to change, `vietnamese` says it in Vietnamese."""

    def __init__(self, name: str, **values: object) -> None:
        self.name = name
        self.values = values
        super().__init__(self.say("en"))

    @property
    def vietnamese(self) -> str:
        """The message in Vietnamese."""
        return self.say("vi")

    def say(self, language: str = "vi", **other: object) -> str:
        """The message in Vietnamese (`vi`) or English (`en`); with other values, such as another name of a field."""
        said = _messages()[self.name]["english" if language == "en" else "vietnamese"]
        return said.format(**{key: _shown(value) for key, value in {**self.values, **other}.items()})


def quoted(value: str) -> str:
    """What a reader asked, shortened and in quotes, as messages show it."""
    value = " ".join(value.split())
    return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")


def _shown(value: object) -> str:
    return "".join(char if char.isprintable() else " " for char in str(value))


@cache
def _messages() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("search_errors")}

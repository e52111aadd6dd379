"""What a history or timeline chooses and how much of it: a table of weights, ours or with a user's lines over it.

Ours is `outputs/data/history_weights.tsv`. A user's file has the same columns; a line of it takes the place of ours
for the same group and name, every other line of ours stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from corpus.shadow import lower, shadow
from outputs.errors import QuestionError
from outputs.words import rows

# Groups whose names are words to look for, so that a user may add names; names of the others are fixed.
_OPEN = frozenset(("document", "words", "metric", "authority", "round", "office"))
_COLUMNS = ("group", "name", "value")
_MOST_SOURCES = 3    # further ones that count

Length = Literal["short", "full"]


class WeightsError(QuestionError):
    """A user's table of weights cannot be used: the file, the line and what to mend there."""

    def __init__(self, place: str, line: int | None, problem: str, problem_vi: str) -> None:
        self.place = place
        self.line = line
        self.problem_vi = problem_vi
        super().__init__(f"{place}{f', line {line}' if line else ''}: {problem}")


class Weights:
    """Values by group and name. A name that a group does not list weighs nothing."""

    def __init__(self, values: dict[tuple[str, str], float], length: Length = "full") -> None:
        self._length = length
        self._groups: dict[str, dict[str, float]] = {}
        for (group, name), value in values.items():
            self._groups.setdefault(group, {})[name] = value

    @property
    def short(self) -> bool:
        """Whether they are those of a short history."""
        return self._length == "short"

    def group(self, group: str) -> dict[str, float]:
        """All values of a group."""
        return self._groups.get(group, {})

    def weight(self, group: str, name: str) -> float:
        """A value of a group; 0 for a name that it does not list."""
        return self.group(group).get(name, 0.0)

    def limit(self, name: str) -> int:
        """How much of something: of group `short` in a short history where it has the name, else of `limit`."""
        short = self.group("short") if self.short else {}
        return int(short.get(name, self.weight("limit", name)))

    def worded(self, group: str, text: str) -> float:
        """The sum of a group's values whose words stand in a text."""
        said = lower(shadow(text))
        return sum(value for words, value in self.group(group).items() if words in said)

    def beginning(self, group: str, text: str) -> float:
        """The greatest of a group's values whose words begin a text, the longest words first."""
        said = f"{lower(shadow(text))} "
        found = [(len(words), value) for words, value in self.group(group).items() if said.startswith(f"{words} ")]
        return max(found, default=(0, 0.0))[1]

    def authority(self, kind: str, source: str | None, url: str | None) -> float:
        """Of a document: the value of its source or domain where the table lists it, else of its kind."""
        host = (urlsplit(url).hostname or "") if url else ""
        parts = {part.strip() for part in (source or "").lower().split("/")}
        for name, value in self.group("authority").items():
            if host == name or host.endswith(f".{name}") or name in parts:
                return value
        return self.weight("authority", kind)

    def roundness(self, age: int) -> float:
        """Of an age in years: the value of the greatest step of group `round` that it is a multiple of."""
        if age <= 0:
            return 0.0
        return max((value for step, value in self.group("round").items() if age % int(step) == 0), default=0.0)


@cache
def _ours() -> dict[tuple[str, str], float]:
    return {(row["group"], row["name"]): float(row["value"]) for row in rows("history_weights")}


def weights(file: Path | None = None, length: Length = "full") -> Weights:
    """Our weights, with those of a user's file laid over them. Raises WeightsError."""
    return Weights(_ours() if file is None else {**_ours(), **dict(_read(file))}, length)


class Named(Protocol):
    """An act that an event's clause names."""

    @property
    def quote(self) -> str: ...


class Weighed(Protocol):
    """An event as it is weighed."""

    @property
    def type(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def decrees(self) -> Sequence[Named]: ...
    @property
    def sources(self) -> int: ...
    @property
    def first_day(self) -> str | None: ...
    @property
    def last_day(self) -> str | None: ...


def event_weight(rule: Weights, event: Weighed, *, authority: float, own: bool, age: int = 0) -> float:
    """How much an event matters.

    Its type, the heaviest type of act named in it, the words found in it, `authority` of the best source that tells it,
    further sources, a full date; `own`: the subject stands in its own words; `age` in the year remembered.
    """
    points = rule.weight("type", event.type) + authority + rule.roundness(age)
    points += max((rule.beginning("document", decree.quote) for decree in event.decrees), default=0.0)
    points += rule.worded("words", event.quote)
    points += rule.weight("own", "source") * min(event.sources - 1, _MOST_SOURCES)
    points += rule.weight("own", "day") * (event.first_day is not None and event.first_day == event.last_day)
    return points + rule.weight("own", "topic") * own


def _read(file: Path) -> Iterator[tuple[tuple[str, str], float]]:
    """The lines of a user's file."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        reason = error.strerror or "?"
        told = "không có tệp này" if isinstance(error, FileNotFoundError) else f"không đọc được ({reason})"
        raise WeightsError(str(file), None, f"cannot be read ({reason})", told) from error
    except UnicodeDecodeError as error:
        english, ours = "is not UTF-8 text; save it as UTF-8", "không phải văn bản UTF-8; hãy lưu lại ở dạng UTF-8"
        raise WeightsError(str(file), None, english, ours) from error
    numbered = [(at, line) for at, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    header = numbered[0][1].split("\t") if numbered else []
    if tuple(header[:3]) != _COLUMNS:
        raise WeightsError(
            str(file), numbered[0][0] if numbered else None,
            "the first line must be: group, name, value, with tabs between",
            "dòng đầu phải là: group, name, value (cách nhau bằng phím Tab)",
        )
    for at, line in numbered[1:]:
        yield _weight(file, at, [cell.strip() for cell in line.split("\t")])


def _weight(file: Path, at: int, cells: list[str]) -> tuple[tuple[str, str], float]:
    group, name, value = (*cells, "", "", "")[:3]
    known = {ours for ours, _ in _ours()}
    if group not in known:
        raise WeightsError(str(file), at, f"there is no group {group!r}; groups: {', '.join(sorted(known))}",
                           f"không có nhóm {group!r}; các nhóm: {', '.join(sorted(known))}")
    if group not in _OPEN and (group, name) not in _ours():
        names = ", ".join(ours for of, ours in _ours() if of == group)
        raise WeightsError(str(file), at, f"group {group} has no {name!r}; it has: {names}",
                           f"nhóm {group} không có {name!r}; nhóm này có: {names}")
    number = _number(value)
    if not name or number is None or (group in ("limit", "short") and number < 0):
        raise WeightsError(str(file), at, f"needs a name and a number, not {value!r}",
                           f"cần một tên và một số, không phải {value!r}")
    if group == "round" and not (name.isdigit() and int(name)):
        raise WeightsError(str(file), at, f"{name!r} is not a number of years", f"{name!r} không phải là số năm")
    return (group, name), number


def _number(value: str) -> float | None:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None

"""What a request of the API may ask, from one table: it is read by this, and described by it in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from outputs.web.page import Refused

LONGEST = 500     # characters of a value that is a name or an id
LARGEST = 10**9   # of a number


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `type` is `string`, `integer` or `boolean`; `several` may be given more than once.

    `about` says what it asks, in Vietnamese and in English.
    """

    name: str
    about: tuple[str, str]
    type: str = "string"
    several: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None              # of an integer; of a string, its characters
    default: int | bool | None = None
    pattern: str | None = None
    example: str | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        one: dict[str, Any] = {"type": self.type}
        if self.type == "string":
            one["maxLength"] = self.most or LONGEST
        elif self.type == "integer":
            one |= {"minimum": self.least or 0, "maximum": self.most or LARGEST}
        if self.choices:
            one = {"type": "string", "enum": list(self.choices)}
        if self.pattern:
            one["pattern"] = self.pattern
        if self.default is not None:
            one["default"] = self.default
        return {"type": "array", "items": one} if self.several else one

    def read(self, values: Sequence[str]) -> Any:
        """What is asked for. Raises Refused for a value that it cannot have."""
        if len(values) > 1 and not self.several:
            raise Refused("api.once", name=self.name)
        found = [self._one(value) for value in values]
        return found if self.several else found[0]

    def _one(self, value: str) -> str | int | bool:
        if self.type == "integer":
            return self._integer(value)
        if self.type == "boolean":
            if value not in ("true", "false"):
                raise Refused("api.choice", name=self.name, choices="true, false")
            return value == "true"
        if self.choices and value not in self.choices:
            raise Refused("api.choice", name=self.name, choices=", ".join(self.choices))
        if len(value) > (self.most or LONGEST):
            raise Refused("api.long", name=self.name, most=self.most or LONGEST)
        return value

    def _integer(self, value: str) -> int:
        least, most = self.least or 0, self.most or LARGEST
        if not (value.isascii() and value.isdigit() and len(value) <= 12 and least <= int(value) <= most):
            raise Refused("api.number", name=self.name, least=least, most=most)
        return int(value)


LANGUAGE = Parameter("lang", ("ngôn ngữ của nhãn và lời báo", "language of labels and messages"), choices=("vi", "en"))


def read(request: Request, table: Sequence[Parameter]) -> Mapping[str, Any]:
    """What a request asks, by name; defaults for what it leaves out. Raises Refused, for a name of no parameter too."""
    known = {parameter.name: parameter for parameter in (*table, LANGUAGE)}
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise Refused("api.unknown", name=name[:60], names=", ".join(known) or "-")
        given.setdefault(name, []).append(value)
    found: dict[str, Any] = {
        name: one.default for name, one in known.items() if one.default is not None and name not in given
    }
    return found | {name: known[name].read(values) for name, values in given.items()}

"""What assembly made of the facts, as JSON: rows of the views of the fact base (docs/factbase.md), by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outputs.factbase import FactBase
from outputs.web.api.schemas import listed, made_of, row_of, view_columns
from outputs.web.page import NotHere

MOST_ROWS = 500      # of each part of a thing; `parts.offset` asks for the next


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a view that belong to a thing: those whose `column` is its id."""

    name: str
    view: str
    column: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, a body, an act, …: the table of its own, the columns of it that are told, and what belongs to it."""

    name: str
    table: str
    columns: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """Of what `read` gives."""
        head = {name: {"type": ["string", "number", "null"]} for name in self.columns}
        return made_of(**head, **{part.name: listed(row_of(part.view)) for part in self.parts})

    def read(self, base: FactBase, wanted: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The thing of that id, each part with at most `limit` rows from `offset` on. Raises NotHere."""
        columns = ", ".join(f'"{name}"' for name in self.columns)
        row = base.db.execute(f"SELECT {columns} FROM {self.table} WHERE id = ?", (wanted,)).fetchone()
        if row is None:
            raise NotHere(self.name)
        return dict(row) | {part.name: _rows(base, part, wanted, asked) for part in self.parts}


def _rows(base: FactBase, part: Part, wanted: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns = ", ".join(f'"{name}"' for name in view_columns(part.view))
    order = f" ORDER BY {part.order}" if part.order else ""
    rows = base.db.execute(
        f'SELECT {columns} FROM {part.view} WHERE "{part.column}" = ?{order} LIMIT ? OFFSET ?',
        (wanted, asked["limit"], asked["offset"]),
    )
    return [dict(row) for row in rows]


_PLACE = "document, start"
THINGS = (
    Thing("person", "person", ("id", "name"), (
        Part("offices", "read_offices", "person", "number"), Part("bounds", "read_office_bounds", "person"),
        Part("joins", "read_person_joins", "person"), Part("flags", "read_person_flags", "person"),
    )),
    Thing("body", "body", ("id", "name", "kind", "place", "began", "ended", "basis", "source"), (
        Part("named", "read_body_names", "body", _PLACE), Part("before", "read_body_succession", "later_body"),
        Part("after", "read_body_succession", "earlier_body"),
    )),
    Thing("decree", "decree",
          ("id", "doc_type", "number", "year", "date", "issuer", "title", "urn", "effect", "expiry", "missing"), (
        Part("values", "read_decree_values", "decree"), Part("citations", "read_citations", "decree", _PLACE),
        Part("does", "read_decree_relations", "subject"), Part("undergoes", "read_decree_relations", "object"),
    )),
    Thing("series", "series", ("id", "metric", "subject", "unit", "measure", "span", "sources"), (
        Part("points", "read_series", "series", "first_day, last_day, document, start"),
    )),
    Thing("event", "event", ("id", "date", "first_day", "last_day", "event_type", "planned", "sources"), (
        Part("tellings", "read_event_tellings", "event", "shown DESC, document, start"),
        Part("participants", "read_participants", "event", _PLACE),
    )),
)

"""Writes the generated parts of docs/factbase.md and the drawing docs/images/factbase.svg from the live schema.

    python tools/draw_factbase.py             write them
    python tools/draw_factbase.py --check     say what is out of date, and end with 1

Meanings in Vietnamese come from tools/factbase_words.tsv. A view, or a column of one, that has no comment or no
Vietnamese meaning is an error, as is a column of a table that neither has a comment nor means the same everywhere.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from factbase_picture import picture
from factbase_schema import Column, Table, tables

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "factbase.md"
PICTURE = ROOT / "docs" / "images" / "factbase.svg"
WORDS = Path(__file__).with_name("factbase_words.tsv")
HELPERS = ("place_of", "directive_with_repeat")   # views that other views and exports are made of
_PART = "<!-- {name}: made by tools/draw_factbase.py -->\n"
_END = "<!-- end -->\n"


class Undocumented(ValueError):
    """Something of the schema is said nowhere what it is."""


def main() -> int:
    """Write, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where something is out of date")
    given = parser.parse_args()
    stale = 0
    for path, text in made().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale = 1
            print(f"{path.relative_to(ROOT)}: {'out of date' if given.check else 'written'}")
            if not given.check:
                path.write_text(text, encoding="utf-8")
    return stale if given.check else 0


def made() -> dict[Path, str]:
    """The files, as they should be. Raises Undocumented."""
    found = tables()
    if missing := [*undocumented(found), *untranslated(found)]:
        raise Undocumented("; ".join(missing))
    page = PAGE.read_text(encoding="utf-8")
    parts = {
        "views": _views(found), "tables": _tables(found), "mermaid": f"```mermaid\n{mermaid(found)}```\n",
    }
    for name, text in parts.items():
        head = _PART.format(name=name)
        before, found_head, rest = page.partition(head)
        if not found_head:
            raise Undocumented(f"docs/factbase.md has no line {head.strip()}")
        page = before + head + text + _END + rest.partition(_END)[2]
    return {PAGE: page, PICTURE: picture(found)}


def undocumented(found: Iterable[Table]) -> list[str]:
    """Tables, views and columns that have no comment."""
    return [
        name for table in found if table.kind != "search"
        for name in (
            *([table.name] if table.kind == "view" and not table.meaning else []),
            *(f"{table.name}.{column.name}" for column in table.columns if not column.meaning),
        )
    ]


def words() -> dict[tuple[str, str], str]:
    """View and column → meaning in Vietnamese; the view is empty where a column means the same in all."""
    rows = (line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {(view, column): meaning for view, column, meaning in rows}


def untranslated(found: Iterable[Table]) -> list[str]:
    """Views, and columns of views, without a meaning in Vietnamese; and meanings of what there is not."""
    known, used = words(), set()
    missing = []
    for table in _read(found):
        for column in ("", *(one.name for one in table.columns)):
            key = next((key for key in ((table.name, column), ("", column)) if key in known), None)
            if key is None:
                missing.append(f"{WORDS.name}: {table.name}.{column}")
            used.add(key)
    return missing + [f"{WORDS.name}: there is no {'.'.join(key)}" for key in known.keys() - used]


def _read(found: Iterable[Table]) -> list[Table]:
    return [table for table in found if table.kind == "view" and table.name not in HELPERS]


def _views(found: Iterable[Table]) -> str:
    known = words()
    views = sorted(_read(found), key=lambda view: view.name)
    text = "| view | | |\n|---|---|---|\n"
    text += "".join(f"| [`{one.name}`](#{one.name}) | {one.meaning} | {known[one.name, '']} |\n" for one in views)
    for view in views:
        text += f"\n### {view.name}\n\n{view.meaning} · *{known[view.name, '']}*\n\n"
        text += "| column | holds | nghĩa |\n|---|---|---|\n"
        for column in view.columns:
            meaning = known.get((view.name, column.name)) or known["", column.name]
            text += f"| `{column.name}` | {_cell(column.meaning)} | {_cell(meaning)} |\n"
    return text


def _tables(found: Iterable[Table]) -> str:
    text = ""
    for table in found:
        if table.kind == "view" and table.name not in HELPERS:
            continue
        text += f"\n### {table.name}\n\n" + (f"{table.meaning}\n\n" if table.meaning else "")
        if table.kind == "search":
            text += f"Columns: {', '.join(f'`{column.name}`' for column in table.columns)}.\n"
            continue
        text += "| column | type | holds |\n|---|---|---|\n"
        text += "".join(f"| `{one.name}` | {_type(one)} | {_cell(one.meaning)} |\n" for one in table.columns)
    return text.removeprefix("\n")


def _type(column: Column) -> str:
    points = f" → [`{column.points_at}`](#{column.points_at})" if column.points_at else ""
    return f"{column.type.lower()}{points}"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def mermaid(found: Iterable[Table]) -> str:
    """The tables as an entity-relationship diagram: PK is a primary key, FK a key of another table."""
    drawn = [table for table in found if table.kind == "table"]
    lines = ["erDiagram"]
    for table in drawn:
        lines.append(f"    {table.name} {{")
        for column in table.columns:
            keys = ", ".join(key for key, is_one in (("PK", column.primary), ("FK", column.points_at)) if is_one)
            lines.append(f"        {column.type.lower() or 'any'} {column.name} {keys}".rstrip())
        lines.append("    }")
    lines += [
        f"    {column.points_at} ||--o{{ {table.name} : {column.name}"
        for table in drawn for column in table.columns if column.points_at
    ]
    return "\n".join(re.sub(r" end( |$)", r" end_\1", line) for line in lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

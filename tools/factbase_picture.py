"""The schema as a drawing: a panel for each thing, with its tables one above the other and their keys as lines.

Nearly every table points at `mention` or `document`; such keys are coloured dots, not lines, so that the rest is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from itertools import count

from factbase_schema import Column, Table

_HUBS = {"mention": "#b4472e", "document": "#2e6f8e"}
_SHELVES = {   # tables that stand with others than those that their keys tie them to
    **dict.fromkeys((*_HUBS, "document_sketch", "extraction", "fact_day"), "mention"), "meta": "run",
    "target_result": "series",
}
_LINE, _HEAD = 17, 24  # heights of a row and of a head
_BOX, _GAP, _GUTTER = 214, 14, 30
_COLUMNS = 6
_PANEL = _BOX + _GUTTER + _GAP
_TITLES = {
    "run": "Runs and files · Lượt chạy, tệp", "mention": "Documents, mentions · Trích dẫn",
    "date_fact": "Facts · Dữ kiện", "person": "People, offices, bodies · Người, cơ quan", "body": "Bodies · Cơ quan",
    "decree": "Acts · Văn bản pháp luật", "event": "Events · Sự kiện", "topic": "Topics · Chủ đề",
    "series": "Series · Chuỗi số liệu", "conflict": "Conflicts · Mâu thuẫn",
    "fact_link": "Within a document · Trong một văn bản",
}


def picture(found: Iterable[Table]) -> str:
    """An SVG."""
    shown = [table for table in found if table.kind == "table"]
    heights = [0] * _COLUMNS
    drawn = []
    for panel in _panels(shown):
        place = min(range(_COLUMNS), key=lambda column: heights[column])
        text, height = _panel(panel, 12 + place * (_PANEL + 12), 50 + heights[place])
        drawn.append(text)
        heights[place] += height + 12
    width, height = 12 + _COLUMNS * (_PANEL + 12), 50 + max(heights)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="11">\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n' + _legend() + "".join(drawn) + "</svg>\n"
    )


def _legend() -> str:
    text, at = "", 14
    for name, colour in _HUBS.items():
        text += f'<circle cx="{at}" cy="26" r="4" fill="{colour}"/>'
        text += f'<text x="{at + 9}" y="30">key of a {name}</text>\n'
        at += 130
    return text + (
        f'<text x="{at}" y="30"><tspan font-weight="bold">bold</tspan>: primary key</text>\n'
        f'<path d="M{at + 120} 26h26" stroke="#555" fill="none"/><circle cx="{at + 146}" cy="26" r="2.5" fill="#555"/>'
        f'<text x="{at + 155}" y="30">key of another table: the line ends at that table</text>\n'
    )


def _panels(shown: list[Table]) -> list[list[Table]]:
    """Tables that keys tie together, hubs aside; those of facts, and those tied to nothing else, share panels."""
    names = {table.name: table for table in shown}
    group = {name: name for name in names}

    def find(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for table in shown:
        for column in table.columns:
            if column.points_at and column.points_at not in _HUBS and column.points_at != table.name:
                one, other = find(table.name), find(column.points_at)
                group[max(one, other, key=list(names).index)] = min(one, other, key=list(names).index)
    sizes = Counter(map(find, names))
    together: dict[str, list[Table]] = {}
    for name, table in names.items():
        together.setdefault(_shelf(name, find(name), sizes), []).append(table)
    return sorted(together.values(), key=lambda panel: -sum(map(_height, panel)))


def _shelf(name: str, group: str, sizes: Counter[str]) -> str:
    if name.endswith("_fact"):
        return "date_fact"
    return _SHELVES.get(name) or (group if sizes[group] > 1 else "fact_link")


def _height(table: Table) -> int:
    return _HEAD + _LINE * len(table.columns) + _GAP


def _panel(panel: list[Table], left: int, top: int) -> tuple[str, int]:
    height = 30 + sum(map(_height, panel))
    title = next((_TITLES[table.name] for table in panel if table.name in _TITLES), panel[0].name)
    text = (
        f'<rect x="{left}" y="{top}" width="{_PANEL}" height="{height}" rx="8" fill="#f6f4ef" stroke="#d9d4c7"/>\n'
        f'<text x="{left + 12}" y="{top + 19}" font-weight="bold" fill="#6b5d3e">{escape(title)}</text>\n'
    )
    heads: dict[str, int] = {}
    at = top + 30
    for table in panel:
        heads[table.name] = at
        at += _height(table)
    lanes = count(5, 4)
    for table in panel:
        text += _box(table, left + _GUTTER, heads[table.name])
        for number, column in enumerate(table.columns):
            if column.points_at in heads and column.points_at not in _HUBS:
                y = heads[table.name] + _HEAD + _LINE * number + _LINE // 2
                text += _tie(left + _GUTTER, y, heads[column.points_at] + _HEAD // 2, next(lanes) % (_GUTTER - 6))
    return text, height


def _tie(right: int, start: int, end: int, lane: int) -> str:
    x = right - 4 - lane
    return (
        f'<path d="M{right} {start}H{x}V{end}H{right}" fill="none" stroke="#555" stroke-linejoin="round"/>'
        f'<circle cx="{right}" cy="{end}" r="2.5" fill="#555"/>\n'
    )


def _box(table: Table, left: int, top: int) -> str:
    height = _HEAD + _LINE * len(table.columns)
    colour = _HUBS.get(table.name, "#4d4a44")
    text = (
        f'<rect x="{left}" y="{top}" width="{_BOX}" height="{height}" rx="3" fill="#fff" stroke="#c9c4b8"/>'
        f'<rect x="{left}" y="{top}" width="{_BOX}" height="{_HEAD}" rx="3" fill="{colour}"/>'
        f'<text x="{left + 8}" y="{top + 16}" fill="#fff" font-weight="bold" font-size="12">{table.name}</text>\n'
    )
    for number, column in enumerate(table.columns):
        text += _row(column, left, top + _HEAD + _LINE * number)
    return text


def _row(column: Column, left: int, top: int) -> str:
    weight = ' font-weight="bold"' if column.primary else ""
    text = f'<text x="{left + 8}" y="{top + 12}"{weight}>{column.name}</text>'
    if colour := _HUBS.get(column.points_at or ""):
        text += f'<circle cx="{left + _BOX - 12}" cy="{top + 8}" r="4" fill="{colour}"/>'
    right = column.type.lower() if not column.points_at else f"→ {column.points_at}"
    return text + (
        f'<text x="{left + _BOX - 22}" y="{top + 12}" text-anchor="end" fill="#8a857a" font-size="10">{right}</text>\n'
    )

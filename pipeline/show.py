"""Results on a terminal: hits and tables, or the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from outputs.overviews import CitedDecree, DecreeCard, RelatedDecree
from outputs.search import Hit
from outputs.snippets import highlight, highlight_terminal
from outputs.words import PLANNED, event_labels
from pipeline.labels import FIGURE_ROLES, FORCES, KINDS, RELATIONS, RELATIONS_PASSIVE


def show_hits(hits: Sequence[Hit], *, as_json: bool) -> None:
    """Search hits: kind, day and fields, then the words in their context with matches marked, then the source."""
    if as_json:
        print_json([hit.as_dict() for hit in hits])
        return
    if not hits:
        print("không tìm thấy")
    console = terminal()
    for number, hit in enumerate(hits, 1):
        head = [str(number), KINDS[hit.kind], *_stated(hit.fields)]
        console.print(" · ".join(part for part in head if part), soft_wrap=True)
        if console.is_terminal:
            console.print(highlight_terminal(hit), soft_wrap=True)
        else:
            print(f"…{' '.join(highlight(hit, lambda words: f'**{words}**').split())}…")
        for line in _tied(hit):
            print(f"  {line}")
        print(f"  — {_source(hit)}\n")


# What is shown of a fact: its own values, as the source states them; nothing that was only derived for filters.
_STATED: dict[str, Callable[[Any], str]] = {
    "force": lambda value: FORCES[value],
    "event_type": lambda value: event_labels()[value], "planned": lambda value: PLANNED,
    "date": str, "edtf": str, "duration": str, "number": str, "name": str, "title": str, "org": str, "metric": str,
    "subject": str, "period": lambda value: f"kỳ: {value}", "issuer": lambda value: f"từ: {value}",
    "addressee": lambda value: f"cho: {value}", "deadline": lambda value: f"hạn: {value}",
}


def _stated(values: dict[str, Any]) -> list[str]:
    return [shown(values[name]) for name, shown in _STATED.items() if values.get(name)]


def _tied(hit: Hit) -> Iterator[str]:
    """What the fact speaks of, where it is said again, and what it is about."""
    if hit.participants:
        yield f"tham gia: {'; '.join(one.name for one in hit.participants)}"
    named = [link.quote for link in hit.links if link.kind in ("decree", "official") and link.role == "names"]
    if named:
        yield f"nói đến: {'; '.join(' '.join(words.split()) for words in dict.fromkeys(named))}"
    if hit.repeats:
        places = ", ".join(f"{place.start}-{place.end}" for place in hit.repeats)
        yield f"nhắc lại {len(hit.repeats)} lần trong cùng tài liệu: {places}"
    if hit.topics:
        yield f"chủ đề: {', '.join(hit.topics)}"


def _source(hit: Hit) -> str:
    place = f"{hit.path}#{hit.member}" if hit.member else hit.path
    dated = hit.date and f"tài liệu ngày {hit.date}"
    return " · ".join(part for part in (hit.title, dated, f"{place}:{hit.start}-{hit.end}", hit.url) if part)


# For each table: header, share of the width, and what stands in the cell.
_COLUMNS: dict[str, tuple[tuple[str, int, Callable[[Any], object]], ...]] = {
    "people": (
        ("họ tên", 3, lambda row: row.name),
        ("chức vụ", 4, lambda row: ", ".join(part for part in (row.title, row.org) if part)),
        ("có chứng cứ", 2, lambda row: _days(row.first_attested, row.last_attested)),
        ("nguồn", 1, lambda row: row.sources),
        ("dẫn chứng", 6, lambda row: row.quotes[0] if row.quotes else ""),
    ),
    "decrees": (
        ("văn bản", 3, lambda row: " ".join(part for part in (row.type, _marked(row, "number")) if part)),
        ("ngày", 3, lambda row: _marked(row, "date")),
        ("cơ quan ban hành", 3, lambda row: _marked(row, "issuer")),
        ("tên, trích yếu", 6, lambda row: _marked(row, "title")),
        ("quan hệ", 5, lambda row: _relations(row)),
        ("được dẫn", 2, lambda row: row.cited_by),
    ),
    "figures": (
        ("của ai", 3, lambda row: row.subject),
        ("chỉ số", 4, lambda row: row.metric),
        ("giá trị", 3, lambda row: row.value),
        ("kỳ", 2, lambda row: row.period),
        ("loại", 2, lambda row: FIGURE_ROLES[row.role]),
        ("dẫn chứng", 4, lambda row: row.quote),
    ),
}


def show_rows(name: str, rows: Sequence[Any], *, as_json: bool) -> None:
    """One of the tables people, decrees or figures; with `as_json` every field of every row."""
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    if not rows:
        print("không có dữ kiện nào")
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, share, _ in _COLUMNS[name]:
        table.add_column(header, ratio=share, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(shown(row)) for _, _, shown in _COLUMNS[name]))
    terminal().print(table)
    if name in _LEGENDS:
        print(_LEGENDS[name])


# What stands below a table: what its marks and counts mean.
_LEGENDS = {
    "decrees": "* theo danh mục văn bản kèm chương trình: không nguồn nào trong kho nêu giá trị này.\n"
    "Được dẫn: số tài liệu có dẫn văn bản ấy; các bản sao của một tài liệu tính là một."
    " Xem từng chỗ dẫn: sulieu decrees DỮ_KIỆN.db SỐ_HIỆU",
}


def _marked(row: CitedDecree, name: str) -> str | None:
    """A value of an act, with a mark where no source states it but the lexicon of acts."""
    value = getattr(row, name)
    names = {name, "year"} if name == "date" and value and "-" not in value else {name}
    return f"{value}*" if value and names & set(row.lexicon) else value


_SHOWN = 6   # relations in a cell; `sulieu decrees DỮ_KIỆN.db SỐ_HIỆU` shows all


def _relations(row: CitedDecree) -> str:
    """`sửa đổi 62/2015/NĐ-CP`, `bị thay thế bởi …`, each act once."""
    told: dict[tuple[str, str], str] = {}
    for names, related in ((RELATIONS, row.does), (RELATIONS_PASSIVE, row.undergoes)):
        for one in related:
            if one.relation != "based_on":
                words = f"{names[one.relation]} {_act(one)}{_PLANNED if one.planned else ''}"
                told.setdefault((names[one.relation], one.other or one.document), words)
    more = [f"… và {len(told) - _SHOWN} quan hệ khác"] if len(told) > _SHOWN else []
    return "\n".join([*list(told.values())[:_SHOWN], *more])


_PLANNED = " (dự kiến)"


def _act(one: RelatedDecree) -> str:
    return " ".join(one.other_words.split()) + (f", {one.pinpoint}" if one.pinpoint else "")


def show_decrees(cards: Sequence[DecreeCard], asked: str, *, as_json: bool) -> None:
    """Single acts: what is known of each, its relations both ways and who cites it, each with its words."""
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    if not cards:
        print(f"không có văn bản nào là {asked}")
    for card in cards:
        _show_card(card)


def _show_card(card: DecreeCard) -> None:
    console, act = terminal(), card.decree
    console.print(" ".join(part for part in (act.type, act.number) if part), soft_wrap=True)
    fields = {"title": "tên, trích yếu", "date": "ngày", "issuer": "cơ quan ban hành", "urn": "URN:LEX"}
    for name, label in fields.items():
        if value := getattr(act, name):
            source = " (theo danh mục văn bản, không phải theo nguồn)" if name in act.lexicon else ""
            console.print(f"  {label}: {value}{source}", soft_wrap=True)
    for names, related in ((RELATIONS, act.does), (RELATIONS_PASSIVE, act.undergoes)):
        for one in related:
            console.print(f"  {names[one.relation]} {_act(one)}{_PLANNED if one.planned else ''}", soft_wrap=True)
            console.print(f"      “{one.quote.words}” — {one.quote.place}:{one.quote.start}", soft_wrap=True)
    console.print(f"  được dẫn trong {act.cited_by} tài liệu, {act.mentions} lần", soft_wrap=True)
    for quote in card.citations:
        console.print(f"      …{quote.words}… — {quote.place}:{quote.start}", soft_wrap=True)


def _days(first: str | None, last: str | None) -> str | None:
    return first if first == last else f"{first} … {last}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def terminal() -> Console:
    """A terminal as wide as it is; 120 columns where the output is no terminal."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=120)


def print_json(value: Any) -> None:
    """Readable JSON; what JSON does not know is written as text."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))

"""Results on a terminal: hits and tables, or the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Console

from outputs.asking import Answer, Hit
from outputs.asking.snippets import highlight, highlight_terminal
from outputs.words import PLANNED, event_labels
from pipeline.labels import FORCES, KINDS, figure


def show_answer(answer: Answer, *, facets: bool, as_json: bool) -> None:
    """What was found; with `facets` how many there are in all and under each filter."""
    if as_json:
        print_json(answer.as_dict() if facets else [hit.as_dict() for hit in answer.hits])
        return
    if answer.also:
        print(f"cũng tìm: {'; '.join(answer.also)}")
    if answer.passed:
        print(f"không cần có trong nguồn: {'; '.join(answer.passed)}")
    if answer.most:
        print("không nơi nào có đủ các từ; dưới đây là những nơi có nhiều từ nhất")
    if facets or answer.offset:
        print(f"{figure(answer.total)} kết quả")
    for facet in answer.facets:
        choices = [f"{choice.label} {figure(choice.count)}{' ✓' * choice.chosen}" for choice in facet.choices]
        more = [f"và {figure(facet.more)} giá trị nữa"] if facet.more else []
        print(f"  {facet.label}: {' · '.join([*choices, *more])}")
    show_hits(answer.hits, first=answer.offset + 1)


def show_hits(hits: Sequence[Hit], *, first: int = 1) -> None:
    """Search hits: kind, day and fields, then the words in their context with matches marked, then the source."""
    if not hits:
        print("không tìm thấy")
    console = terminal()
    for number, hit in enumerate(hits, first):
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


def terminal() -> Console:
    """A terminal as wide as it is; 120 columns where the output is no terminal."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=120)


def print_json(value: Any) -> None:
    """Readable JSON; what JSON does not know is written as text."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))

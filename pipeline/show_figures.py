"""The figures of a fact base: series over time, targets beside results, and every figure; or all of it as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from rich import box
from rich.table import Table

from outputs.figures_table import FiguresAsked, FigureSeries, TargetResult
from outputs.vietnamese import number_in_figures
from pipeline.labels import FIGURE_ROLES
from pipeline.show import print_json, terminal

_REACHED = {"yes": "đạt", "no": "chưa đạt", "unknown": "chưa rõ"}
_UNITS = {"VND": " đồng", "%": "%", "‰": "‰"}
_SPANS = {"day": "ngày", "days": "ngày", "month": "tháng", "months": "tháng", "year": "năm", "years": "năm"}


def show_figures(asked: FiguresAsked, *, as_json: bool) -> None:
    """Series with their breaks, targets beside results, then every figure with its place."""
    if as_json:
        print_json(asdict(asked))
        return
    if not asked.figures:
        print("không có dữ kiện nào")
        return
    if asked.series:
        terminal().print("Chuỗi số liệu theo thời gian")
        for one in asked.series:
            for line in _series(one):
                terminal().print(line, soft_wrap=True)
    if asked.targets:
        terminal().print("\nChỉ tiêu bên kết quả")
        for target in asked.targets:
            for line in _target(target):
                terminal().print(line, soft_wrap=True)
    if asked.series or asked.targets:
        terminal().print("\nTừng số liệu")
    _show_each(asked)


def _series(one: FigureSeries) -> Iterator[str]:
    kind = "" if one.measure == "level" else f" · {_MEASURES[one.measure]}"
    yield f"  {one.metric} — {one.subject}{kind}{_span(one.span)} · {one.sources} nguồn"
    for point in one.points:
        if point.broken:
            yield f"      ── từ đây là {point.broken}"
        role = "" if point.role == "actual" else f" ({FIGURE_ROLES[point.role]})"
        yield f"      {point.period}: {point.value}{role} — {point.quote.place}:{point.quote.start}"


_MEASURES = {"change": "mức tăng, giảm", "gap": "chênh lệch", "rank": "thứ hạng"}


def _span(span: str) -> str:
    """` · từng 3 tháng`; nothing for a state, which stands at its time."""
    if span == "any":
        return ""
    count, _, unit = span.rpartition(" ")
    return f" · từng {f'{count} ' if count else ''}{_SPANS[unit]}"


def _target(one: TargetResult) -> Iterator[str]:
    unit = _UNITS.get(one.unit or "", f" {one.unit}" if one.unit else "")
    apart = Decimal(one.difference)
    shown = f"{'+' if apart > 0 else ''}{number_in_figures(apart)}{' điểm %' if one.unit == '%' else unit}"
    target = one.target_words or f"{number_in_figures(Decimal(one.target))}{unit}"
    yield f"  {one.metric} — {one.subject}, {one.period}"
    yield f"      chỉ tiêu {target} · kết quả {one.result_words} · {shown} · {_REACHED[one.reached]}"
    if one.target_quote == one.result_quote:
        yield f"      “{one.result_quote.words}” — {one.result_quote.place}:{one.result_quote.start}"
        return
    stated = (
        f"“{one.target_quote.words}” — {one.target_quote.place}:{one.target_quote.start}" if one.target_quote
        else f"không nguồn nào nêu, tính từ kết quả và “{one.gap_quote.words}” còn cách — "
             f"{one.gap_quote.place}:{one.gap_quote.start}" if one.gap_quote else ""
    )
    yield f"      chỉ tiêu: {stated}"
    yield f"      kết quả: “{one.result_quote.words}” — {one.result_quote.place}:{one.result_quote.start}"


def _show_each(asked: FiguresAsked) -> None:
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, share in (("của ai", 3), ("chỉ số", 4), ("giá trị", 3), ("kỳ", 2), ("loại", 2), ("dẫn chứng", 4)):
        table.add_column(header, ratio=share, overflow="fold")
    for row in asked.figures:
        cells = (row.subject, row.metric, row.value, row.period, FIGURE_ROLES[row.role], str(row.quote))
        table.add_row(*(cell or "" for cell in cells))
    terminal().print(table)

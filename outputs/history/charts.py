"""Charts of a history as SVG: Altair draws, vl-convert renders, without a network.

One chart gives the same bytes on every run of one machine. What a picture must not hide: an approximate value is a
diamond and keeps its word (`trên`, `gần`), a target is hollow, a broken line stays broken, and a term of which sources
tell no beginning or end goes on dashed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import regex

from corpus.shadow import lower, shadow
from outputs.errors import MissingLibrary
from outputs.history.format_words import say, target_labels
from outputs.history.model import Chart, Language, Point
from outputs.history.openers import opening
from outputs.history.phrases import wording
from outputs.passages import clipped
from outputs.templating import printable
from outputs.vietnamese import number_in_figures

INK, SOFT, FAINT, SEAL, PAPER = "#23201b", "#6a6257", "#ddd5c5", "#9c2a1f", "#ffffff"
FONT = "Noto Serif, Times New Roman, Tinos, DejaVu Serif, serif"  # the first three have every Vietnamese letter
WIDTH = 620  # pixels, the width of a page's text
_VL_VERSION = "6.1"
_NUMBERS = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}
_MOST_LABELS, _LONGEST_LABEL = 14, 19
_WIDEST_BAR = 56
_SCALES = ((Decimal(10**9), "billion"), (Decimal(10**7), "million"))
_ISO = regex.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_FIRST_DIGIT = regex.compile(r"\d")


def available() -> bool:
    """Whether the libraries that draw are installed."""
    try:
        import altair  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError:
        return False
    return True


def chart_svg(chart: Chart, language: Language = "vi") -> str | None:
    """The picture as SVG; None where no point can be drawn. Raises MissingLibrary."""
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise MissingLibrary("charts", "altair vl-convert-python", "documents") from error
    layers = _strip(altair, chart, language) if chart.kind == "strip" else _series(altair, chart, language)
    if layers is None:
        return None
    with altair.data_transformers.enable("default", max_rows=None):
        spec: dict[str, Any] = layers.properties(background=PAPER, padding=4).to_dict()
    spec.setdefault("config", {})["font"] = FONT
    return str(printable(vl_convert.vegalite_to_svg(spec, vl_version=_VL_VERSION, format_locale=_NUMBERS[language])))


def chart_png(svg: str) -> bytes:
    """The same picture in dots, for programs that cannot show SVG. Raises MissingLibrary."""
    try:
        import vl_convert
    except ImportError as error:
        raise MissingLibrary("charts", "vl-convert-python", "documents") from error
    return vl_convert.svg_to_png(svg, scale=3)


def size(svg: str) -> tuple[float, float]:
    """Width and height of a picture, in pixels."""
    found = regex.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("a picture without a viewBox")
    return float(found[1]), float(found[2])


def description(chart: Chart, language: Language = "vi") -> str:
    """What the picture is, for those who cannot see it."""
    return say(f"chart_{chart.kind}", language, points=len(chart.points))


def key(chart: Chart, language: Language = "vi") -> tuple[str, ...]:
    """What the marks of this chart mean; empty where they need no words."""
    if chart.kind == "strip":
        return (say("key_strip", language),)
    said = list(dict.fromkeys(word for point in chart.points if (word := approximator(point))))
    told = [say("key_approx", language, words="”, “".join(said))] if said and chart.kind == "line" else []
    if any(_is_target(point) for point in chart.points):
        told.append(say("key_target", language))
    if chart.kind == "line":
        told += [say("key_broken", language, period=one.period, why=one.broken) for one in chart.points if one.broken]
    return tuple(told)


def approximator(point: Point) -> str:
    """The word that keeps a value from being exact (`trên`, `gần`), as its source has it; empty without one."""
    found = _FIRST_DIGIT.search(point.written)
    before = " ".join(point.written[: found.start()].split()) if found else ""
    return before if before and opening("approx", lower(shadow(before))) == len(before) else ""


def _is_target(point: Point) -> bool:
    return point.label.casefold() in target_labels()


def _day(text: str, *, last: bool = False) -> int | None:
    """A day as a number, for a scale of time; of a month or year its first or last day."""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    try:
        if day or not last:
            return date(year, month, int(day or 1)).toordinal()
        return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)).toordinal() - 1
    except ValueError:
        return None


def _axis(alt: Any, at: dict[int, str], **more: Any) -> Any:
    """An axis whose places have names of their own."""
    names = json.dumps({str(place): words for place, words in at.items()}, ensure_ascii=False)
    return alt.Axis(
        values=sorted(at), labelExpr=f"({names})[datum.value]", title=None, grid=False, labelOverlap="greedy",
        labelColor=SOFT, domainColor=INK, tickColor=SOFT, labelFontSize=12, labelFlush=True, **more,
    )


def _values(alt: Any, rows: Sequence[dict[str, Any]]) -> Any:
    return alt.Data(values=list(rows))


def _exact(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _figures(number: Decimal, language: Language) -> str:
    text = number_in_figures(number.normalize())
    return text if language == "vi" else text.translate(str.maketrans(".,", ",."))


def _series(alt: Any, chart: Chart, language: Language) -> Any:
    found = [
        (point, number, place) for point in chart.points
        if (number := _exact(point.value)) is not None and (place := _middle(point)) is not None
    ]
    if not found:
        return None
    highest = max(abs(number) for _, number, _ in found)
    scale, word = next(((by, name) for by, name in _SCALES if highest >= by), (Decimal(1), ""))
    unit = " ".join(part for part in (say(word, language) if word else "", chart.unit or found[0][0].unit) if part)
    rows: list[dict[str, Any]] = []
    segments = dict.fromkeys((point.label for point, _, _ in found), 0)
    for point, number, place in sorted(found, key=lambda item: item[2]):
        segments[point.label] += bool(point.broken)
        shown = " ".join(part for part in (approximator(point), _figures(number / scale, language)) if part)
        rows.append({
            "x": place, "y": float(number / scale), "label": point.label, "period": point.period,
            "segment": f"{point.label} {segments[point.label]}", "approx": bool(approximator(point)), "text": shown,
            "target": _is_target(point),
        })
    for row in rows:
        row["below"] = any(other["x"] == row["x"] and other["y"] > row["y"] for other in rows)
    labelled = len(rows) <= _MOST_LABELS and all(len(row["text"]) <= _LONGEST_LABEL for row in rows)
    draw = _bars if chart.kind == "bar" else _line
    layers = draw(alt, rows, _value_axis(alt, rows, unit, zero=chart.kind == "bar"), list(segments), labelled)
    return alt.layer(*layers).properties(width=WIDTH - 80, height=240).configure_view(strokeWidth=0).configure_legend(
        orient="top", title=None, labelColor=INK, labelFontSize=12, symbolSize=80, labelLimit=400, offset=32,
    )


def _middle(point: Point) -> int | None:
    first, last = _day(point.first_day), _day(point.last_day or point.first_day, last=True)
    return None if first is None or last is None else (first + last) // 2


def _value_axis(alt: Any, rows: Sequence[dict[str, Any]], unit: str, *, zero: bool) -> Any:
    """Up from nothing, but for a line whose values lie close together far from it."""
    low, high = min(row["y"] for row in rows), max(row["y"] for row in rows)
    close = low > 0 and high - low < high / 4
    axis = alt.Axis(
        title=clipped(unit, 40) or None, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-14,
        titleColor=SOFT, titleFontWeight="normal", titleFontStyle="italic", titleFontSize=12, labelColor=SOFT,
        labelFontSize=12, domain=False, ticks=False, gridColor=FAINT, tickCount=5, labelPadding=6,
    )
    return alt.Y("y:Q", axis=axis, scale=alt.Scale(zero=zero or not close, nice=True))


def _paints(alt: Any, labels: Sequence[str], targets: frozenset[str]) -> tuple[Any, Any]:
    """Edge and filling by line: the first in the seal's red, targets hollow."""
    hues, at = (SEAL, INK, SOFT), 0
    edges, fillings = [], []
    for label in labels:
        hue = SOFT if label in targets else hues[min(at, 2)]
        at += label not in targets
        edges.append(hue)
        fillings.append(PAPER if label in targets else hue)
    legend = alt.Legend() if len(labels) > 1 else None
    return (
        alt.Stroke("label:N", scale=alt.Scale(domain=list(labels), range=edges), legend=legend),
        alt.Fill("label:N", scale=alt.Scale(domain=list(labels), range=fillings), legend=legend),
    )


def _line(alt: Any, rows: list[dict[str, Any]], y: Any, labels: list[str], labelled: bool) -> list[Any]:
    edge, filling = _paints(alt, labels, frozenset(row["label"] for row in rows if row["target"]))
    base = alt.Chart(_values(alt, rows)).encode(
        x=alt.X("x:Q", axis=_axis(alt, {row["x"]: row["period"] for row in rows}),
                scale=alt.Scale(zero=False, padding=30)), y=y,
    )
    shape = alt.Shape("approx:N", scale=alt.Scale(domain=[False, True], range=["circle", "diamond"]), legend=None)
    layers = [
        base.mark_line(strokeWidth=1.5, fill=None).encode(detail="segment:N", stroke=edge),
        base.mark_point(size=70, strokeWidth=1.5, opacity=1).encode(shape=shape, stroke=edge, fill=filling),
    ]
    for test, down in (("!datum.below", -12), ("datum.below", 17)):
        text = base.mark_text(dy=down, color=INK, fontSize=12).encode(text="text:N")
        layers += [text.transform_filter(test)] if labelled else []
    return layers


def _bars(alt: Any, rows: list[dict[str, Any]], y: Any, labels: list[str], labelled: bool) -> list[Any]:
    edge, filling = _paints(alt, labels, frozenset(row["label"] for row in rows if row["target"]))
    order = list(dict.fromkeys(row["period"] for row in rows))
    axis = alt.Axis(title=None, labelAngle=0, labelColor=SOFT, domainColor=INK, ticks=False, labelFontSize=12,
                    labelLimit=max(40, (WIDTH - 80) // len(order)), labelPadding=6)
    gap = max(0.4, 1 - len(order) * len(labels) * _WIDEST_BAR / (WIDTH - 80))
    base = alt.Chart(_values(alt, rows)).encode(
        x=alt.X("period:O", sort=order, axis=axis, scale=alt.Scale(paddingInner=gap, paddingOuter=gap / 2)), y=y,
        xOffset=alt.XOffset("label:N", sort=labels),
    )
    bars = base.mark_bar(strokeWidth=1.2, opacity=1).encode(stroke=edge, fill=filling)
    text = base.mark_text(dy=-8, color=INK, fontSize=12).encode(text="text:N")
    return [bars, text] if labelled else [bars]


_ROW, _NAMES = 34, 250  # pixels: height of a row, width of the column of names


def _strip(alt: Any, chart: Chart, language: Language) -> Any:
    """One row for each person in an office, in order of the first day."""
    spans = [
        (first, last, point) for point in chart.points
        if (first := _day(point.first_day)) is not None
        and (last := _day(point.last_day or point.first_day, last=True)) is not None and first <= last
    ]
    if not spans:
        return None
    spans.sort(key=lambda span: span[:2])
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    open_end = max((high - low) // 14, 200)
    heads = list(dict.fromkeys((point.label, point.group) for _, _, point in spans))
    rows = [
        {
            "row": heads.index((point.label, point.group)), "first": first, "last": last, "one": first == last,
            "before": first if point.first_known else first - open_end,
            "after": last if point.last_known else last + open_end,
            "text": _span_in_figures(point, language), "left": (first + last) / 2 > low + (high - low) * 0.6,
        }
        for first, last, point in spans
    ]
    names = [
        {"row": at, "name": clipped(name, 36), "office": clipped(office, 44)} for at, (name, office) in enumerate(heads)
    ]
    years = _years(low - open_end, high + open_end)
    x = {"scale": alt.Scale(domain=[low - open_end * 1.2, high + open_end * 1.2], nice=False),
         "axis": _axis(alt, years, orient="top")}
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-0.6, len(heads) - 0.4], reverse=True, nice=False))
    spanned = alt.Chart(_values(alt, rows)).encode(y=y)
    named = alt.Chart(_values(alt, names)).encode(y=y)
    solid = spanned.transform_filter("!datum.one")
    texts = [
        spanned.transform_filter(f"{'' if left else '!'}datum.left").mark_text(
            align="right" if left else "left", dx=-7 if left else 7, dy=-11, fontSize=11, color=SOFT
        ).encode(x=alt.X(f"{'after' if left else 'before'}:Q", **x), text="text:N")
        for left in (False, True)
    ]
    layers = [
        named.mark_rule(color=FAINT, strokeWidth=0.6, yOffset=_ROW // 2).encode(
            x=alt.value(-_NAMES), x2=alt.value(WIDTH - _NAMES)),
        named.mark_text(align="left", dy=-6, fontSize=13, color=INK).encode(x=alt.value(-_NAMES), text="name:N"),
        named.mark_text(align="left", dy=8, fontSize=11, color=SOFT).encode(x=alt.value(-_NAMES), text="office:N"),
        spanned.mark_rule(color=SEAL, strokeWidth=2, strokeDash=[2, 4], opacity=0.75).encode(
            x=alt.X("before:Q", **x), x2="after:Q"),
        solid.mark_bar(color=SEAL, height=9).encode(x=alt.X("first:Q", **x), x2="last:Q"),
        spanned.transform_filter("datum.one").mark_point(
            shape="diamond", size=70, filled=True, color=SEAL, opacity=1).encode(x=alt.X("first:Q", **x)),
        *texts,
    ]
    return alt.layer(*layers).properties(width=WIDTH - _NAMES, height=_ROW * len(heads)).configure_view(strokeWidth=0)


def _span_in_figures(point: Point, language: Language) -> str:
    """`2009 – 2014`, with `…` where the term may reach further."""
    short = wording(language).short
    days = " – ".join(dict.fromkeys(short(day) for day in (point.first_day, point.last_day) if day))
    return f"{'' if point.first_known else '… '}{days}{'' if point.last_known else ' …'}"


def _years(low: int, high: int) -> dict[int, str]:
    """First days of round years between two days, six or so."""
    first, last = date.fromordinal(max(low, 1)).year + 1, date.fromordinal(high).year
    step = next((step for step in (1, 2, 5, 10, 20, 25, 50, 100) if (last - first) / step <= 6), 200)
    return {date(year, 1, 1).toordinal(): str(year) for year in range(first + -first % step, last + 1, step)}

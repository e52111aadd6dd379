"""Drawings of the room, as numbers that a template writes out as SVG: strips over time, charts, bars of years.

Places across are per cents and places down are pixels, so that a drawing is as wide as its page and its letters keep
their size. What a drawing must not hide: what a source tells and what only follows from it are two kinds of line, a
value that is not exact is a diamond, a target is hollow, a broken series stays broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from extractors.calendar import bounds
from outputs.catalogue.bodies import NamedBody
from outputs.catalogue.people import Office
from outputs.catalogue.series import Point

ROW = 40            # pixels of a row of a strip: words, and the line below them
HEAD = 22           # above the first row, for the years
_LEFT, _RIGHT = 1.0, 99.0
_BEFORE = 8.0       # per cent of a line of which one end only is known, and that as a limit
_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a row from `x` to `x2`: `told` or `limit`; a single day has no length."""

    kind: str
    x: float
    x2: float

    @property
    def width(self) -> float:
        """Its length, in per cent."""
        return round(self.x2 - self.x, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a strip: its words, its lines, and the places of days that a source tells as beginning or end."""

    words: str
    more: str
    y: int
    lines: tuple[Line, ...]
    days: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows over one scale of time, with the years above: place and name of each. What has no day has no row."""

    rows: tuple[Row, ...]
    years: tuple[tuple[float, int], ...]

    @property
    def height(self) -> int:
        """In pixels."""
        return HEAD + ROW * len(self.rows)


@dataclass(frozen=True, slots=True)
class _Span:
    """Days of a row, as numbers: what is told, and how far it may reach beyond; None is not known."""

    words: str
    more: str
    first: int | None
    last: int | None
    reach_first: int | None = None
    reach_last: int | None = None
    open_first: bool = False
    open_last: bool = False
    days: tuple[int, ...] = ()


def _day(edtf: str | None, side: int) -> int | None:
    days = bounds(edtf) if edtf else None
    found = days[side] if days else None
    return found.toordinal() if found else None


def offices_strip(offices: Sequence[Office], *, people: bool = False) -> Strip | None:
    """Offices over time; the rows are those of one person, or of the `people` of one body. None without any day."""
    return _strip([_term(office, people=people) for office in offices])


def _term(office: Office, *, people: bool) -> _Span:
    ends = {(one.side, one.kind): one.date for one in office.bounds}
    begins = [_day(ends.get(("start", kind)), 0) for kind in ("known", "attested")]
    last = [_day(ends.get(("end", kind)), 1) for kind in ("known", "attested")]
    attested = (_day(office.first_attested, 0), _day(office.last_attested, 1))
    first = min((day for day in (*begins, attested[0]) if day), default=None)
    end = last[0] or max((day for day in (last[1], attested[1]) if day), default=None)
    if first is not None and (end is None or end < first):
        end = first
    if first is None:
        first = end
    words, more = (office.name, office.title or "") if people else (office.title or "", office.org or "")
    return _Span(
        words, more, first, end, None if begins[0] else _day(ends.get(("start", "limit")), 0),
        None if last[0] else _day(ends.get(("end", "limit")), 1),
        days=tuple(day for day in (begins[0], last[0]) if day),
    )


def names_strip(bodies: Iterable[NamedBody]) -> Strip | None:
    """Names of a body, one after the other. None where no day is known."""
    return _strip([
        _Span(
            one.name, "", _day(one.began, 0), _day(one.ended, 1), open_first=one.began is None,
            open_last=one.ended is None,
        )
        for one in bodies
    ])


def _strip(spans: Sequence[_Span]) -> Strip | None:
    days = [
        day for span in spans for day in (span.first, span.last, span.reach_first, span.reach_last) if day is not None
    ]
    if not days:
        return None
    low, high = min(days), max(days)
    margin = max(120, (high - low) // 25)
    before, after = (max(margin, (high - low) // 5) if any(ends) else margin for ends in (
        [span.open_first for span in spans], [span.open_last for span in spans]))
    scale = _Scale(low - before, high + after)
    known = [
        span for span in spans
        if any((span.first, span.last, span.reach_first, span.reach_last, span.open_first, span.open_last))
    ]
    rows = tuple(_row(at, span, scale) for at, span in enumerate(known))
    return Strip(rows, tuple((scale(date(year, 1, 1).toordinal()), year) for year in scale.years()))


def _row(at: int, span: _Span, scale: _Scale) -> Row:
    lines = []
    first, last = scale.at(span.first), scale.at(span.last)
    if span.open_last and first is not None:
        last = _RIGHT
    elif span.open_first:
        lines.append(Line("limit", _LEFT, _RIGHT) if last is None else Line("limit", max(_LEFT, last - _BEFORE), last))
    if first is not None and last is not None:
        lines.append(Line("told", first, max(last, first)))
        reach_first, reach_last = scale.at(span.reach_first), scale.at(span.reach_last)
        if reach_first is not None and reach_first < first:
            lines.append(Line("limit", reach_first, first))
        if reach_last is not None and reach_last > last:
            lines.append(Line("limit", last, reach_last))
    elif (reach := scale.at(span.reach_last)) is not None:
        lines.append(Line("limit", max(_LEFT, reach - _BEFORE), reach))
    elif (reach := scale.at(span.reach_first)) is not None:
        lines.append(Line("limit", reach, min(_RIGHT, reach + _BEFORE)))
    return Row(span.words, span.more, HEAD + ROW * at, tuple(lines), tuple(scale(day) for day in span.days))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to per cents of the width."""

    low: int
    high: int

    def __call__(self, day: int) -> float:
        share = (day - self.low) / max(1, self.high - self.low)
        return round(_LEFT + (_RIGHT - _LEFT) * min(1.0, max(0.0, share)), 2)

    def at(self, day: int | None) -> float | None:
        return None if day is None else self(day)

    def years(self) -> range:
        """Round years within, a handful."""
        first = date.fromordinal(max(1, self.low)).year + 1
        last = date.fromordinal(min(self.high, date.max.toordinal())).year
        step = next((step for step in _STEPS if (last - first) / step <= _TICKS), 2000)
        return range(first + -first % step, last + 1, step)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in its place. `kind` is value, about or target; `words` say it, `label` is there for the largest."""

    x: float
    y: float
    y2: float | None
    kind: str
    words: str
    label: str
    fact: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A series as a picture: dots, the lines between them as `(x1, y1, x2, y2)`, values at the left, periods below."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    values: tuple[tuple[float, Decimal], ...]
    periods: tuple[tuple[float, str], ...]
    breaks: tuple[float, ...]
    height: int = 260
    bottom: int = 226


_TOP, _DEEP = 26, 214
_APART = 22.0       # per cent between two labels: what a value needs on a phone
_CHART_LEFT, _CHART_RIGHT = 10.0, 96.0
_FEWEST = 2


def series_chart(points: Sequence[Point]) -> Chart | None:
    """The points of a series over time. None where fewer than two periods have a value that can be drawn."""
    drawn = [(point, value, _middle(point)) for point in points if (value := _exact(point.value)) is not None]
    places = {place for _, _, place in drawn}
    if len(places) < _FEWEST:
        return None
    highest = max(max(value, _exact(point.high) or value) for point, value, _ in drawn)
    lowest = min(value for _, value, _ in drawn)
    ticks = _round_values(lowest, highest)
    low, high = ticks[0], ticks[-1]

    def across(place: int) -> float:
        share = (place - min(places)) / (max(places) - min(places))
        return round(_CHART_LEFT + (_CHART_RIGHT - _CHART_LEFT) * share, 2)

    def down(value: Decimal) -> float:
        return round(_DEEP - (_DEEP - _TOP) * float((value - low) / (high - low)), 1)

    dots, lines = [], []
    before: dict[bool, Dot] = {}
    top = max(drawn, key=lambda one: one[1])[0]
    for point, value, place in sorted(drawn, key=lambda one: one[2]):
        target, x = point.role == "target", across(place)
        label = point.written if point is top else ""
        above = _exact(point.high)
        dot = Dot(
            x, down(value), None if above is None else down(above),
            "target" if target else "value" if point.approx == "exact" else "about",
            f"{point.period}: {point.written}", label, point.fact,
        )
        dots.append(dot)
        if target in before and before[target].x < x and not point.broken:
            lines.append((before[target].x, before[target].y, x, dot.y))
        before[target] = dot
    return Chart(
        tuple(dots), tuple(lines), tuple((down(value), value) for value in ticks),
        tuple(_apart([(across(place), point.period) for point, _, place in drawn])),
        tuple(sorted({across(place) for point, _, place in drawn if point.broken})),
    )


def _middle(point: Point) -> int:
    return (date.fromisoformat(point.first_day).toordinal() + date.fromisoformat(point.last_day).toordinal()) // 2


def _exact(value: str | None) -> Decimal | None:
    try:
        number = Decimal(value) if value is not None else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _round_values(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Three to five round values around all of them; from nothing up, unless they lie close together far from it."""
    if lowest > 0 and highest - lowest >= highest / 4:
        lowest = Decimal(0)
    reach = highest - lowest or abs(highest) or Decimal(1)
    size = Decimal(10) ** ((reach / 3).adjusted())
    step = next(size * one for one in (1, 2, 5, 10) if size * one * 4 >= reach)
    first = (lowest // step - (1 if lowest < 0 and lowest % step else 0)) * step
    found = [first]
    while found[-1] < highest or len(found) < _FEWEST:
        found.append(found[-1] + step)
    return found


def _apart(labels: Sequence[tuple[float, str]]) -> Iterable[tuple[float, str]]:
    """Those that leave room for one another; the first and the last stay."""
    every = sorted(dict(labels).items())
    last = every[-1]
    end = -_APART
    for x, words in every:
        if (x, words) == last or (x - end >= _APART and last[0] - x >= _APART):
            yield x, words
            end = x


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year with events: place and width in per cent, and height as a share of the fullest year."""

    year: int
    number: int
    x: float
    width: float
    share: float


_LONGEST = 120      # years that bars can tell apart


def year_bars(years: Sequence[tuple[int, int]]) -> tuple[YearBar, ...]:
    """The years in which most events lie, as bars; none where there are fewer than four."""
    windows = ([one for one in years[at:] if one[0] < years[at][0] + _LONGEST] for at in range(len(years)))
    shown = max(windows, key=lambda window: sum(number for _, number in window), default=[])
    if len(shown) < 4:
        return ()
    first, last = shown[0][0], shown[-1][0]
    wide = 100 / (last - first + 1)
    fullest = max(number for _, number in shown)
    return tuple(
        YearBar(year, number, round((year - first) * wide, 2), round(wide * 0.82, 2),
                round(max(0.04, number / fullest), 3))
        for year, number in shown
    )

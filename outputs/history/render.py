"""A history as Markdown and as one self-contained web page; what all formats share.

Every format comes from one model and one set of templates, so that a new section needs no change here. The same
history gives the same bytes. Where the libraries that draw are not installed, pages have their tables and no pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from outputs.history import charts
from outputs.history.format_words import say
from outputs.history.model import Chart, History, Section, Table
from outputs.history.phrases import wording
from outputs.history.pictures import inline_svg
from outputs.history.tables import shares
from outputs.templating import environment


def history_md(history: History) -> str:
    """Markdown with footnotes (`[^1]`). Without pictures: the tables have their values."""
    return environment().get_template("history.md.j2").render(**words_of(history))


def history_html(history: History) -> str:
    """One page: no network, no script."""
    return render("history.html.j2", history, inline_svg, paged=False)


def render(template: str, history: History, picture: Callable[[Chart, str, History], str], **more: Any) -> str:
    """A template filled with a history; `picture` makes of a chart and its SVG what stands in the page."""
    made = drawn(history)
    pictures = {chart: Markup(picture(chart, svg, history)) for chart, svg in made.items()}
    return environment().get_template(template).render(
        **words_of(history), pictures=pictures, plates=plates, key=partial(charts.key, language=history.language),
        shares=shares, first_time=FirstTime(), quotes={note.number: note.quote for note in history.notes}, **more,
    )


def words_of(history: History) -> dict[str, Any]:
    """What every template needs: the history and our words in its language."""
    phrase = wording(history.language)
    return {
        "history": history, "phrase": phrase, "short": phrase.short, "words": partial(say, language=history.language)
    }


def drawn(history: History) -> dict[Chart, str]:
    """Every chart that can be drawn, as SVG; none without the libraries that draw."""
    found = [chart for section in history.sections for chart in section.charts]
    if not found or not charts.available():
        return {}
    made = ((chart, charts.chart_svg(chart, history.language)) for chart in dict.fromkeys(found))
    return {chart: svg for chart, svg in made if svg}


def plates(section: Section) -> Iterator[tuple[Chart | None, Table | None]]:
    """Charts and tables in their order: a chart before the table of its title, else before the first."""
    captions = {table.caption for table in section.tables}
    free = [chart for chart in section.charts if chart.title not in captions]
    for table in section.tables or (None,):
        own = [chart for chart in section.charts if table and chart.title == table.caption]
        before, free = (free, []) if free else ([], free)
        yield from ((chart, None) for chart in [*before, *own[:-1]])
        if own or table:
            yield own[-1] if own else None, table


class FirstTime:
    """Tells the first asking for a number from the later ones: a note is placed where it is first cited."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def __call__(self, number: int) -> bool:
        if number in self._seen:
            return False
        self._seen.add(number)
        return True

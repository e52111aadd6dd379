"""`sulieu timeline`: the events in order of time, as one web page or for other programs."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.command import FactsPath, OutputPath, Since, Until, known

if TYPE_CHECKING:
    from outputs.timeline import Timeline


class TimelineFormat(StrEnum):
    """What `timeline` writes."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    TIMELINEJS = "timelinejs"
    ICS = "ics"


class TimelineLanguage(StrEnum):
    """Whose words are those of the page that are not a source's."""

    VI = "vi"
    EN = "en"


def timeline(
    facts: FactsPath,
    topic: Annotated[str | None, typer.Option(metavar="CHỦ_ĐỀ", help="chỉ sự kiện về chủ đề này")] = None,
    since: Since = None,
    until: Until = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="LOẠI", help="chỉ loại này: ban hành, hội họp…; lặp lại được")
    ] = None,
    body: Annotated[str | None, typer.Option(metavar="TÊN", help="chỉ sự kiện có cơ quan này tham gia")] = None,
    person: Annotated[str | None, typer.Option(metavar="TÊN", help="chỉ sự kiện có người này tham gia")] = None,
    most: Annotated[
        int | None, typer.Option(min=1, metavar="SỐ", help="chỉ từng này sự kiện, nặng nhất theo bảng trọng số")
    ] = None,
    form: Annotated[TimelineFormat, typer.Option("--format", help="dạng tệp")] = TimelineFormat.HTML,
    language: Annotated[
        TimelineLanguage, typer.Option("--lang", help="ngôn ngữ của trang; lời của nguồn giữ nguyên")
    ] = TimelineLanguage.VI,
    output: OutputPath = None,
) -> None:
    """The events in order of time, each with the words that tell it."""
    from outputs import timeline as lines
    from outputs.factbase import FactBase
    from outputs.words import event_labels
    from pipeline.printing import write

    by_label = {label: kind for kind, label in event_labels().items()}
    wanted = [by_label.get(kind, kind) for kind in known("--type", types or [], [*by_label, *by_label.values()])]
    with FactBase.open(facts) as base:
        found = lines.timeline(
            base, topic=topic, since=since, until=until, types=wanted, body=body, person=person
        )
    if most is not None:
        found = lines.most(found, most)
    write([_writer(form, language)(found)], output)


def _writer(form: TimelineFormat, language: TimelineLanguage) -> Callable[[Timeline], str]:
    from outputs import timeline as lines

    return {
        TimelineFormat.HTML: partial(lines.timeline_html, language=language.value),
        TimelineFormat.JSON: lines.timeline_json, TimelineFormat.CSV: lines.timeline_csv,
        TimelineFormat.TIMELINEJS: lines.timelinejs, TimelineFormat.ICS: lines.ics,
    }[form]

"""The command `sulieu anniversaries`. `pipeline.cli` gives it its help."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.command import AsJson, FactsPath, OutputPath, known


class AnniversaryFormat(StrEnum):
    """What `anniversaries` writes."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    ICS = "ics"


def anniversaries(
    facts: FactsPath,
    year: Annotated[int, typer.Option("--year", min=1, max=9999, metavar="NĂM", help="kỷ niệm vào năm nào")],
    every: Annotated[int, typer.Option("--round", min=1, metavar="SỐ", help="tròn bội của từng này năm")] = 5,
    topic: Annotated[str | None, typer.Option(metavar="CHỦ_ĐỀ", help="chỉ những gì về việc này")] = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="LOẠI", help="chỉ loại này: tổ chức, ban hành…; lặp lại được")
    ] = None,
    month: Annotated[int | None, typer.Option(min=1, max=12, metavar="THÁNG", help="chỉ tháng này")] = None,
    most: Annotated[int | None, typer.Option(min=1, metavar="SỐ", help="chỉ từng này việc nặng nhất")] = None,
    form: Annotated[AnniversaryFormat, typer.Option("--format", help="dạng tệp")] = AnniversaryFormat.TABLE,
    output: OutputPath = None,
    language: Annotated[str, typer.Option("--lang", metavar="vi|en", help="ngôn ngữ của lời dẫn")] = "vi",
    as_json: AsJson = False,
) -> None:
    """What turns a round number of years in a year, with the words that date it."""
    from outputs import anniversaries as found_in
    from outputs.calendar_files import built
    from outputs.factbase import FactBase
    from outputs.words import event_labels
    from pipeline import show_anniversaries as show

    ours = found_in.words()
    by_label = {label: kind for kind, label in event_labels().items()} | {ours[key]: key for key in ("birth", "day")}
    wanted = [by_label.get(kind, kind) for kind in known("--type", types or [], [*by_label, *by_label.values()])]
    (language,) = known("--lang", [language], show.LANGUAGES)
    with FactBase.open(facts) as base:
        found = found_in.anniversaries(base, year, every=every, topic=topic, types=wanted, month=month, most=most)
        stamp = built(base)
    if as_json or form == AnniversaryFormat.JSON:
        import json

        text = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n"
    elif form == AnniversaryFormat.CSV:
        text = show.anniversaries_csv(found)
    elif form == AnniversaryFormat.ICS:
        text = show.anniversaries_ics(found, year, stamp, language=language)
    elif output is None:
        show.show_anniversaries(found, year, language=language)
        return
    else:
        raise typer.BadParameter("bảng chỉ in ra màn hình; ghi tệp thì thêm --format csv, json hoặc ics")
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, "utf-8", newline="")
    typer.echo(f"→ {output}", err=True)

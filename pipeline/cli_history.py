"""`sulieu history`: a draft history of what is asked for, as Markdown, a web page, DOCX or PDF."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.command import FactsPath, OutputPath, Since, Until


class HistoryFormat(StrEnum):
    """What `history` writes."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class HistoryLength(StrEnum):
    """How much `history` tells."""

    SHORT = "short"
    FULL = "full"


class HistoryLanguage(StrEnum):
    """Whose words are those that are not a source's."""

    VI = "vi"
    EN = "en"


_KINDS = {"person": "người", "body": "cơ quan", "decree": "văn bản", "place": "nơi"}


def history(
    facts: FactsPath,
    topic: Annotated[str | None, typer.Option(metavar="CHỦ_ĐỀ", help="về việc gì; xem: sulieu topics")] = None,
    body: Annotated[str | None, typer.Option(metavar="TÊN", help="về cơ quan nào; xem: sulieu bodies")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="HỌ_TÊN", help="về ai, theo họ tên hoặc mã; xem: sulieu people")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="NƠI", help="về nơi nào")] = None,
    decree: Annotated[
        str | None, typer.Option(metavar="VĂN_BẢN", help="về văn bản nào, theo số hiệu hoặc tên; xem: sulieu decrees")
    ] = None,
    anniversary: Annotated[
        str | None, typer.Option(metavar="NĂM-THÁNG-NGÀY", help="ngày được kỷ niệm")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1, max=9999, metavar="NĂM", help="kỷ niệm vào năm nào; chỉ kể đến hết năm ấy")
    ] = None,
    since: Since = None,
    until: Until = None,
    length: Annotated[
        HistoryLength, typer.Option(show_default=False, help="đầy đủ (mặc định), hay ngắn gọn")
    ] = HistoryLength.FULL,
    lang: Annotated[
        HistoryLanguage, typer.Option(show_default=False, help="lời dẫn bằng tiếng Việt (mặc định) hay tiếng Anh")
    ] = HistoryLanguage.VI,
    weights: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="bảng trọng số riêng, cùng cột với history_weights.tsv")
    ] = None,
    form: Annotated[
        HistoryFormat | None,
        typer.Option("--format", show_default=False, help="dạng tệp; mặc định: theo tên tệp ở -o, không thì md"),
    ] = None,
    output: OutputPath = None,
) -> None:
    """A draft history of what is asked for, in which every sentence names its source."""
    from outputs import history as histories
    from outputs.factbase import FactBase
    from outputs.history.formats import format_of, lacks_pictures, write_history

    form = form or HistoryFormat((output and format_of(output.name)) or "md")
    if output is None and form in (HistoryFormat.DOCX, HistoryFormat.PDF) and sys.stdout.isatty():
        raise typer.BadParameter(f"tệp {form} cần có tên: -o lich-su.{form}")
    try:
        with FactBase.open(facts) as base:
            made = histories.history(
                base, topic=topic, body=body, person=person, place=place, decree=decree, anniversary=anniversary,
                year=year, since=since, until=until, length=length.value, language=lang.value, weights=weights,
            )
        _put(write_history(made, form.value), output)
        if lacks_pictures(made, form.value):
            typer.echo("sulieu: không có biểu đồ, vì chưa cài altair và vl-convert-python; hãy cài bằng: "
                       "pip install 'sulieu[documents]'", err=True)
    except histories.AmbiguousSubject as several:
        _ask_again(several)
        raise typer.Exit(2) from several
    except histories.WeightsError as error:
        line = f", dòng {error.line}" if error.line else ""
        typer.echo(f"sulieu: {error.place}{line}: {error.problem_vi}", err=True)
        raise typer.Exit(2) from error


def _put(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except FileNotFoundError as error:    # a folder that takes no files, such as /proc
        raise typer.BadParameter(f"không ghi được vào {output}; hãy chọn nơi khác", param_hint="-o") from error
    typer.echo(f"→ {output}", err=True)


def _ask_again(several: Any) -> None:
    """Each that the name may mean, with the words that ask for it alone."""
    count = len(several.choices)
    typer.echo(f"sulieu: có {count} {_KINDS[several.kind]} ứng với “{several.asked}”; hãy hỏi rõ một trong số đó:",
               err=True)
    for choice in several.choices:
        typer.echo(f"  --{several.kind} {_quoted(choice.ask)}  {choice.told}", err=True)


def _quoted(words: str) -> str:
    return words if words.replace("-", "").replace(":", "").isalnum() else f'"{words}"'

"""The command line. Results go to standard output, progress and complaints to standard error.

Exit codes: 0 all done · 2 usage · 3 usable, but some inputs failed (see `sulieu status`) · 5 a needed program is
missing · 130 interrupted; the same command resumes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import InputNotFound

SOME_FAILED = 3
INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Sử liệu: từ một kho tin bài và văn bản đến cơ sở dữ kiện và niên biểu có dẫn nguồn.",
)

FactsPath = Annotated[Path, typer.Argument(metavar="FACTS.db", help="the fact base")]
OutputPath = Annotated[Path | None, typer.Option("-o", "--output", help="file to write; else standard output")]
Since = Annotated[str | None, typer.Option("--from", metavar="YYYY[-MM[-DD]]", help="from this day on")]
Until = Annotated[str | None, typer.Option("--to", metavar="YYYY[-MM[-DD]]", help="up to this day")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table")]


class Kind(StrEnum):
    """Kinds of fact, as choices."""

    DATE = "date"
    DECREE = "decree"
    OFFICIAL = "official"
    FIGURE = "figure"
    DIRECTIVE = "directive"
    EVENT = "event"
    DOCUMENT = "document"


class ExportFormat(StrEnum):
    """What `export` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    WEBANNOTATION = "webannotation"


class TimelineFormat(StrEnum):
    """What `timeline` writes."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    TIMELINEJS = "timelinejs"
    ICS = "ics"


class HistoryFormat(StrEnum):
    """What `history` writes."""

    MD = "md"
    HTML = "html"


@app.command()
def build(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="files and folders to read")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FACTS.db", help="the fact base to make or update")],
    prune: Annotated[bool, typer.Option("--prune", help="forget earlier inputs that are no longer there")] = False,
) -> None:
    """Read an archive into a fact base; the same command again does only what is new or changed."""
    from pipeline.progress import BuildProgress, summary
    from pipeline.run import build as run

    try:
        with BuildProgress() as progress:
            report = run(inputs, output, progress=progress, prune=prune)
    except KeyboardInterrupt:
        typer.echo("sulieu: đã dừng; chạy lại đúng lệnh này để làm tiếp", err=True)
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(f"{summary(report)} → {output}", err=True)
    if report.outcomes["failed"]:
        typer.echo(f"xem: sulieu status {output}", err=True)
        raise typer.Exit(SOME_FAILED)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="one file of any kind that is read")],
    as_json: AsJson = False,
) -> None:
    """Show a file as it is read: text, title, date, author, kind, encoding, notice head and signature."""
    from pipeline.show import show_document

    failed = False
    for result in _documents(file):
        failed |= show_document(result, as_json=as_json)
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command()
def extract(file: Annotated[Path, typer.Argument(metavar="FILE", help="one file")]) -> None:
    """Facts of one file as JSON lines, without a fact base."""
    from corpus.document import Document
    from extractors.extract import extract as find

    failed = False
    for result in _documents(file):
        if isinstance(result, Document):
            _lines(json.dumps({"doc": result.id, **fact.as_dict()}, ensure_ascii=False) for fact in find(result))
        else:
            failed = True
            typer.echo(f"{result.path}: {result.reason}: {result.detail}", err=True)
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command()
def export(
    facts: FactsPath,
    form: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.JSONL,
    kind: Annotated[list[Kind] | None, typer.Option(help="only these kinds of fact; repeatable")] = None,
    output: OutputPath = None,
) -> None:
    """Write the facts out: one fact a line, with its document, place and words."""
    from outputs import exports
    from outputs.factbase import FactBase

    kinds = [str(one) for one in kind] if kind else None
    writers = {
        ExportFormat.JSONL: exports.export_jsonl, ExportFormat.CSV: exports.export_csv,
        ExportFormat.WEBANNOTATION: exports.export_webannotation,
    }
    with FactBase.open(facts) as base:
        if form in writers:
            _write(writers[form](base, kinds), output)
        elif output is None:
            raise typer.BadParameter("an Excel file needs a name: -o facts.xlsx")
        else:
            exports.export_xlsx(base, output, kinds)


@app.command()
def search(
    facts: FactsPath,
    query: Annotated[str, typer.Argument(help="words; with marks exact, without marks any marks")] = "",
    kind: Annotated[Kind | None, typer.Option(help="only this kind of fact")] = None,
    issuer: Annotated[str | None, typer.Option(help="who orders or issues")] = None,
    addressee: Annotated[str | None, typer.Option(help="who must act")] = None,
    person: Annotated[str | None, typer.Option(help="a person named")] = None,
    decree: Annotated[str | None, typer.Option(help="a decree cited")] = None,
    place: Annotated[str | None, typer.Option(help="a place named")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="how many hits")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search facts and texts, with or without Vietnamese marks."""
    from outputs.factbase import FactBase
    from outputs.search import search as find
    from pipeline.show import show_hits

    with FactBase.open(facts) as base:
        hits = find(
            base, query, kind=kind and str(kind), issuer=issuer, addressee=addressee, person=person, decree=decree,
            place=place, since=since, until=until, limit=limit,
        )
    show_hits(hits, as_json=as_json)


@app.command()
def timeline(
    facts: FactsPath,
    topic: Annotated[str | None, typer.Option(help="only events on this topic")] = None,
    since: Since = None,
    until: Until = None,
    form: Annotated[TimelineFormat, typer.Option("--format")] = TimelineFormat.HTML,
    output: OutputPath = None,
) -> None:
    """The events in order of time, each with the words that tell it."""
    from outputs import timeline as lines
    from outputs.factbase import FactBase

    renderers = {
        TimelineFormat.HTML: lines.timeline_html, TimelineFormat.JSON: lines.timeline_json,
        TimelineFormat.CSV: lines.timeline_csv, TimelineFormat.TIMELINEJS: lines.timelinejs,
        TimelineFormat.ICS: lines.ics,
    }
    with FactBase.open(facts) as base:
        _write([renderers[form](lines.timeline(base, topic=topic, since=since, until=until))], output)


@app.command()
def history(
    facts: FactsPath,
    topic: Annotated[str | None, typer.Option(help="what the history is about")] = None,
    anniversary: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="the day that is commemorated")] = None,
    year: Annotated[int | None, typer.Option(help="the year of the anniversary")] = None,
    form: Annotated[HistoryFormat, typer.Option("--format")] = HistoryFormat.MD,
    output: OutputPath = None,
) -> None:
    """A draft history on a topic, in which every sentence names its source."""
    from outputs import history as histories
    from outputs.factbase import FactBase

    renderers = {HistoryFormat.MD: histories.history_md, HistoryFormat.HTML: histories.history_html}
    with FactBase.open(facts) as base:
        _write([renderers[form](histories.history(base, topic=topic, anniversary=anniversary, year=year))], output)


def _table_command(name: str, help_text: str) -> None:
    @app.command(name, help=help_text)
    def show(facts: FactsPath, as_json: AsJson = False) -> None:
        from outputs import overviews
        from outputs.factbase import FactBase
        from pipeline.show import show_rows

        with FactBase.open(facts) as base:
            rows = getattr(overviews, name)(base)
        show_rows(name, rows, as_json=as_json)


_table_command("people", "Who held which office, and on which days sources attest it.")
_table_command("decrees", "The decrees cited, and by how many documents.")
_table_command("figures", "The figures, with what they measure, whose and when.")


@app.command()
def status(facts: FactsPath, as_json: AsJson = False) -> None:
    """What became of every input, by outcome and reason."""
    from outputs import overviews
    from outputs.factbase import FactBase
    from pipeline.show import show_status

    with FactBase.open(facts) as base:
        show_status(overviews.status(base), as_json=as_json)


@app.command()
def verify(
    facts: FactsPath,
    sources: Annotated[list[Path] | None, typer.Argument(help="folders in which the source files lie")] = None,
) -> None:
    """Slice every quote again out of its text, and hash the source files again where they are given."""
    from outputs.factbase import FactBase
    from outputs.verify import verify as check

    with FactBase.open(facts) as base:
        problems = check(base, sources or [])
        mentions = base.count("mention")
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{mentions} trích dẫn đã kiểm tra, {len(problems)} sai lệch", err=True)
    if problems:
        raise typer.Exit(SOME_FAILED)


def _documents(file: Path) -> Iterable[Any]:
    from corpus.read import read as read_item
    from corpus.scan import scan

    for item in scan([file]):
        yield from read_item(item)


def _write(parts: Iterable[str], output: Path | None) -> None:
    """Text to a file, or to standard output."""
    if output is None:
        _lines(parts)
        return
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(part if part.endswith("\n") else part + "\n" for part in parts)
    typer.echo(f"→ {output}", err=True)


def _lines(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has read enough; nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def main() -> None:
    """Entry point: a known error is one line and an exit code, not a trace."""
    from outputs.checker import UnsupportedClaims
    from outputs.errors import QuestionError
    from outputs.factbase import FactBaseError

    with suppress(AttributeError):  # a replaced stream cannot be reconfigured
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    try:
        app()
    except (FactBaseError, InputNotFound, QuestionError) as error:
        typer.echo(f"sulieu: {error}", err=True)
        sys.exit(2)
    except UnsupportedClaims as error:
        typer.echo(f"sulieu: the text was refused: {error}", err=True)
        sys.exit(1)

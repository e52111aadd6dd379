"""The command line. Results go to standard output, progress and complaints to standard error.

Exit codes: 0 all done · 1 a history was refused (docs/checker.md) · 2 usage · 3 usable, but some inputs failed (see
`sulieu status`) · 5 a needed program is missing · 130 interrupted; the same command resumes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import InputNotFound
from pipeline import (
    cli_anniversaries,
    cli_build,
    cli_history,
    cli_review,
    cli_search,
    cli_serve,
    cli_tables,
    show_timeline,
)
from pipeline.command import (
    INTERRUPTED,
    MISSING,
    SOME_FAILED,
    AsJson,
    FactsPath,
    FileOrAddress,
    app,
    command,
    file_to_write,
    known,
)
from pipeline.printing import print_lines, until_closed, write
from pipeline.usage import USAGE_ERRORS, complain, in_vietnamese, no_writing

_UNNAMED = "tệp Excel cần có tên: -o facts.xlsx"
Exported = StrEnum("Exported", "DATE DECREE OFFICIAL FIGURE DIRECTIVE EVENT RELATION")  # what `export` writes


class ExportFormat(StrEnum):
    """What `export` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    WEBANNOTATION = "webannotation"
    PARQUET = "parquet"


command("Đọc một kho tư liệu vào cơ sở dữ kiện. Chạy lại đúng lệnh này thì chỉ làm phần mới hoặc đã đổi.")(
    cli_build.build
)


@command(
    "Cho xem một tệp được đọc ra thế nào. In văn bản, ngày, đầu văn bản, trang; tệp có nhiều tài liệu thì in danh sách,"
    " mỗi tài liệu một dòng.\n\nMã thoát: 0 đọc được hết, 2 không có tệp ấy hoặc đó là thư mục,"
    " 3 có phần không đọc được (lý do in ra kênh báo lỗi)."
)
def read(
    file: FileOrAddress,
    only: Annotated[
        str | None, typer.Option("--only", metavar="MÃ", help="chỉ xem trọn tài liệu mang mã hoặc vị trí này")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="in dạng JSON, mỗi dòng một tài liệu")] = False,
) -> None:
    """Show a file as it is read: one document in full, several as a list."""
    from pipeline.show_documents import show_documents

    with until_closed():
        shown = show_documents(_documents(file), as_json=as_json, only=only)
    if only and not (shown.documents or shown.rejected):
        raise typer.BadParameter(f"trong tệp không có tài liệu nào mang mã {only}")
    if shown.rejected:
        raise typer.Exit(SOME_FAILED)


@command("In dữ kiện của một tệp, mỗi dòng một dữ kiện dạng JSON.")
def extract(file: FileOrAddress) -> None:
    """Facts of one file as JSON lines, without a fact base."""
    from corpus.document import Document
    from corpus.errors import SKIPPED
    from extractors.extract import extract as find
    from pipeline.show_documents import Complaints

    failed = False
    complaints = Complaints()
    for result in _documents(file):
        if isinstance(result, Document):
            facts = find(result)
            print_lines(
                json.dumps({"doc": result.id, **one.as_dict()}, ensure_ascii=False)
                for one in (*facts, *facts.relations)
            )
        elif result.reason not in SKIPPED:
            failed = True
            complaints.say(result)
    if failed:
        raise typer.Exit(SOME_FAILED)


@command(
    "Xuất dữ kiện, mỗi dòng một dữ kiện. Kèm tài liệu, vị trí và nguyên văn.\n\n"
    "Dạng parquet là một thư mục cho DuckDB, Spark, Dask (docs/scale.md); -o nhận cả địa chỉ như s3://kho/du-kien."
)
def export(
    facts: FactsPath,
    form: Annotated[ExportFormat, typer.Option("--format", help="dạng tệp")] = ExportFormat.JSONL,
    kind: Annotated[list[Exported] | None, typer.Option(help="chỉ những loại dữ kiện này; dùng được nhiều lần")] = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="TỆP", help="ghi vào đây thay vì in ra màn hình")
    ] = None,
) -> None:
    """Write the facts out: one fact a line, with its document, place and words."""
    from outputs import exports
    from outputs.factbase import FactBase
    from outputs.parquet import export_parquet

    kinds = [str(one) for one in kind] if kind else None
    file = file_to_write(Path(output)) if output is not None and form != ExportFormat.PARQUET else None
    writers = {
        ExportFormat.JSONL: exports.export_jsonl, ExportFormat.CSV: exports.export_csv,
        ExportFormat.WEBANNOTATION: exports.export_webannotation,
    }
    with FactBase.open(facts) as base:
        if form in writers:
            write(writers[form](base, kinds), file)
        elif output is None:
            wanted = "thư mục parquet cần có tên: -o facts" if form == ExportFormat.PARQUET else _UNNAMED
            raise typer.BadParameter(wanted)
        elif form == ExportFormat.PARQUET:
            typer.echo(f"{export_parquet(base, output, kinds)} dữ kiện → {output}", err=True)
        elif file is not None:
            exports.export_xlsx(base, file, kinds)


command(
    "Tra cứu dữ kiện và bài viết, có dấu hoặc không dấu. Bộ lọc viết bằng tùy chọn hay ngay trong câu hỏi đều được:"
    " án người:\"Vũ Đình Hòe\" từ:1946 (docs/search.md)."
)(cli_search.search)
command("Lập niên biểu các sự kiện, kèm nguyên văn.")(show_timeline.timeline)
command(
    "Soạn bản thảo lịch sử có dẫn nguồn cho từng câu: về một việc, một cơ quan, một người, một nơi hay một văn bản,"
    " nhân một ngày kỷ niệm hoặc trong một khoảng thời gian."
)(cli_history.history)
command(
    "Những gì tròn 5, 10, 50, 75… năm trong một năm: sự kiện, văn bản, ngày sinh, ngày truyền thống, với lời của nguồn."
    " Dạng ics là lịch để nhập vào máy hoặc điện thoại."
)(cli_anniversaries.anniversaries)
command(
    "Ai giữ chức vụ nào, từ khi nào đến khi nào theo các nguồn. Thêm họ tên thì chỉ xem người ấy, với mọi chỗ nêu tên"
    " và lý do ghép thành một người."
)(cli_tables.people)
command(
    "Các số liệu: chuỗi theo thời gian, chỉ tiêu bên kết quả, rồi từng số liệu đo cái gì, của ai, khi nào."
)(cli_tables.figures)
command(
    "Các văn bản được dẫn: văn bản nào sửa đổi, thay thế, bãi bỏ, hướng dẫn văn bản nào, bao nhiêu tài liệu dẫn."
    " Thêm số hiệu hoặc tên thì xem cả đời văn bản ấy: giá trị và nguồn, hiệu lực, quan hệ, dẫn ở đâu để làm gì."
)(cli_tables.decrees)
command(
    "Các cơ quan mà dữ kiện nêu: có tên ấy khi nào, thuộc đâu, trước và sau là cơ quan nào."
    " Thêm tên thì chỉ xem cơ quan ấy, với chức vụ và mọi cách viết."
)(cli_tables.bodies)
command(
    "Các sự kiện, mỗi sự kiện một dòng: câu kể rõ nhất, bao nhiêu nguồn độc lập. Với --all: mọi lời kể và lý do ghép."
)(cli_tables.events)
command(
    "Các chủ đề của kho: lĩnh vực công tác và cụm từ tiêu biểu, bao nhiêu tài liệu, chỉ đạo, sự kiện nói đến."
)(cli_tables.topics)
command(
    "Những chỗ các nguồn không khớp nhau: hai giá trị, ngày không thể có, tổng không bằng các phần. Không phân xử."
)(cli_tables.conflicts)

command(
    "Mở phòng đọc: xem cơ sở dữ kiện trong trình duyệt. Tìm, đọc trong ngữ cảnh, theo người và văn bản, trích dẫn,"
    " lấy về. Chỉ nghe ở máy này, trừ khi có --host và --token."
)(cli_serve.serve)
command(
    "Hiệu đính: dữ kiện đúng, sai, hoặc sửa; ghép, tách người; ai nói, khi nào. Không có tùy chọn thì in danh sách."
)(cli_review.review)


@command("Mọi đầu vào ra sao, theo loại tệp và lý do; những lần lập gần nhất.")
def status(
    facts: FactsPath,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="LOẠI", help="chỉ loại tệp này, liệt kê hết; lặp lại được")
    ] = None,
    reasons: Annotated[
        list[str] | None, typer.Option("--reason", metavar="LÝ_DO", help="chỉ lý do này, liệt kê hết; lặp lại được")
    ] = None,
    runs: Annotated[int, typer.Option(min=0, metavar="SỐ", help="bao nhiêu lần lập gần nhất")] = 3,
    slowest: Annotated[int, typer.Option(min=0, metavar="SỐ", help="những đầu vào mất nhiều thời gian nhất")] = 0,
    largest: Annotated[int, typer.Option(min=0, metavar="SỐ", help="những tài liệu dài nhất")] = 0,
    as_json: AsJson = False,
) -> None:
    """What became of every input, by type of file, outcome, stage and reason; what the builds were."""
    from corpus.errors import Reason
    from corpus.filetypes import TYPES
    from outputs.factbase import FactBase, RunReason
    from outputs.status import UNKNOWN_TYPE
    from outputs.status import status as find
    from pipeline.lock import at_work
    from pipeline.show_status import show_status

    types = known("--type", types or [], [*(kind.name for kind in TYPES), UNKNOWN_TYPE])
    reasons = known("--reason", reasons or [], [*Reason, *RunReason])
    with FactBase.open(facts) as base, until_closed():
        found = find(base, types, reasons, slowest=slowest, largest=largest)
        show_status(
            found, facts=str(facts), whole=bool(types or reasons), runs=runs, going_on=at_work(facts), as_json=as_json
        )


@command("Đối chiếu lại mọi trích dẫn với văn bản. Nếu cho biết thư mục gốc thì đối chiếu cả các tệp gốc.")
def verify(
    facts: FactsPath,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="THƯ_MỤC", help="thư mục hoặc địa chỉ chứa các tệp gốc")
    ] = None,
) -> None:
    """Slice every quote again out of its text, and hash the source files again where they are given."""
    from outputs.factbase import FactBase
    from outputs.verify import verify as check
    from pipeline.show_verify import show_problems

    with FactBase.open(facts) as base:
        problems = check(base, sources or [])
        mentions = base.count("mention")
    show_problems(problems, mentions=mentions)
    if problems:
        raise typer.Exit(SOME_FAILED)


def _documents(file: str) -> Iterable[Any]:
    from corpus.columns import SIDECAR, broken_mapping
    from corpus.details import detail_in_vietnamese
    from corpus.read import read as read_item
    from pipeline.places import place

    given = place(file)
    if given.whole:
        raise typer.BadParameter(f"{file} là thư mục; lệnh này đọc một tệp, cả thư mục thì: sulieu build {file} -o …")
    for item in given.items():
        if not item.url and (broken := broken_mapping(item.path.parent)):
            told = f"{item.path.parent / SIDECAR}: {detail_in_vietnamese(broken)}"
            typer.echo(f"không dùng được {told}; tệp được đọc theo tên cột quen dùng", err=True)
        yield from read_item(item)


def main() -> None:
    """Entry point: a known error is one line and an exit code, not a trace."""
    from outputs.checker import UnsupportedClaims
    from outputs.errors import MissingLibrary, QuestionError
    from outputs.factbase import FactBaseError
    from pipeline.errors import MissingPackage, RunError
    from pipeline.refusal import REFUSED, refusal

    with suppress(AttributeError):  # a replaced stream cannot be reconfigured
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except USAGE_ERRORS as error:
        sys.exit(complain(error))
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except (FactBaseError, InputNotFound, MissingLibrary, QuestionError, RunError) as error:
        typer.echo(f"sulieu: {getattr(error, 'vietnamese', None) or in_vietnamese(str(error))}", err=True)
        sys.exit(MISSING if isinstance(error, (MissingLibrary, MissingPackage)) else 2)
    except OSError as error:
        if (told := no_writing(error)) is None:
            raise
        typer.echo(f"sulieu: {told}", err=True)
        sys.exit(2)
    except UnsupportedClaims as error:
        typer.echo("\n".join(refusal(error)), err=True)
        sys.exit(REFUSED)

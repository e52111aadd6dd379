"""`sulieu build`. `pipeline.cli` gives it its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.command import INTERRUPTED, SOME_FAILED, AsJson, not_a_folder


def build(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DỮ_KIỆN.db", help="cơ sở dữ kiện cần lập hoặc bổ sung", callback=not_a_folder
        ),
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="ĐẦU_VÀO", help="tệp, thư mục, địa chỉ (s3://…) cần đọc; với --retry có thể bỏ"),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="chỉ đọc lại những tệp lần trước có phần lỗi")] = False,
    reason: Annotated[
        list[str] | None, typer.Option("--reason", metavar="LÝ_DO", help="với --retry: chỉ lý do này; lặp lại được")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="bỏ cả những đầu vào cũ không có trong lệnh này")] = False,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="SỐ", min=1, help="số tiến trình; mặc định: số nhân của máy")
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="GIÂY", min=1, help="dừng tài liệu nào ngần này giây không có tiến triển")
    ] = 300,
    memory: Annotated[
        int, typer.Option(metavar="MiB", min=512, help="bộ nhớ mà một tiến trình được dùng")
    ] = 2048,
    cluster: Annotated[
        str | None, typer.Option(metavar="ĐỊA_CHỈ", help="bộ điều phối dask: tcp://may-chu:8786")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read an archive into a fact base; the same command again does only what is new or changed."""
    from pipeline.cell import Limits
    from pipeline.progress import BuildProgress, summary
    from pipeline.run import Options, usable_cores
    from pipeline.run import build as run

    if not inputs and not retry:
        raise typer.BadParameter("thiếu đầu vào: cho tên tệp hoặc thư mục cần đọc")
    reasons = tuple(_reasons(reason or []))
    if not inputs and not output.is_file():
        raise typer.BadParameter(f"{output}: chưa có cơ sở dữ kiện này, nên chưa có gì để đọc lại")
    if reason and not retry:
        raise typer.BadParameter("--reason chỉ dùng cùng --retry")
    if prune and retry:
        raise typer.BadParameter("--prune không đi cùng --retry: hãy chạy lại không có --retry")
    options = Options(
        jobs=jobs or usable_cores(), limits=Limits(seconds=timeout, memory=memory * 1024**2), cluster=cluster,
        prune=prune, retry=retry, reasons=reasons,
    )
    try:
        with BuildProgress(as_json=as_json) as progress:
            report = run(inputs or [], output, progress=progress, options=options)
            progress.end(report)
    except KeyboardInterrupt:
        typer.echo("sulieu: đã dừng; chạy lại đúng lệnh này để làm tiếp", err=True)
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(f"{summary(report)} → {output}", err=True)
    if report.outcomes["failed"]:
        typer.echo(f"xem: sulieu status {output}", err=True)
        raise typer.Exit(SOME_FAILED)


def _reasons(given: list[str]) -> list[str]:
    from corpus.errors import Reason
    from outputs.factbase import RunReason
    from pipeline.command import known

    return known("--reason", given, [*Reason, *RunReason])

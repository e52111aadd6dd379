"""The program of the command line, and what its commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from pipeline.usage import Command, Commands

SOME_FAILED = 3
MISSING = 5
INTERRUPTED = 130

app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    options_metavar="[TÙY_CHỌN]", subcommand_metavar="LỆNH [ĐỐI_SỐ]...",
    help="Sử liệu: từ một kho tin bài và văn bản đến cơ sở dữ kiện và niên biểu có dẫn nguồn.",
)

_DAY = "NĂM[-THÁNG[-NGÀY]]"


def _show_version(wanted: bool) -> None:
    if wanted:
        from outputs.factbase.store import SCHEMA_VERSION
        from pipeline.versions import tools

        typer.echo(f"sulieu {tools()['sulieu'] or '(chưa cài)'} · lược đồ cơ sở dữ kiện {SCHEMA_VERSION}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[bool, typer.Option(
        "--version", callback=_show_version, is_eager=True,
        help="Hiện phiên bản của chương trình và của lược đồ cơ sở dữ kiện.",
    )] = False,
) -> None:
    """What stands before the name of a command."""


def not_a_folder(path: Path) -> Path:
    """The same path. Raises typer.BadParameter where it is a folder."""
    if path.is_dir():
        raise typer.BadParameter(f"{path} là thư mục; hãy nêu cả tên tệp, như {path / 'ten-tep'}", param_hint="-o")
    return path


def file_to_write(path: Path | None) -> Path | None:
    """The same path. Raises typer.BadParameter where no file of that name can be: a folder, or in no folder."""
    if path is not None:
        not_a_folder(path)
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"không có thư mục {path.parent}; hãy tạo nó hoặc chọn nơi khác", param_hint="-o")
    return path


FactsPath = Annotated[Path, typer.Argument(metavar="DỮ_KIỆN.db", help="cơ sở dữ kiện do `sulieu build` lập")]
FileOrAddress = Annotated[
    str, typer.Argument(metavar="TỆP", help="một tệp thuộc bất kỳ loại nào đọc được; cả địa chỉ như s3://kho/a.pdf")
]
OutputPath = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="TỆP", help="ghi vào tệp này thay vì in ra màn hình", callback=file_to_write
    ),
]
Since = Annotated[str | None, typer.Option("--from", metavar=_DAY, help="từ ngày này")]
Until = Annotated[str | None, typer.Option("--to", metavar=_DAY, help="đến hết ngày này")]
AsJson = Annotated[bool, typer.Option("--json", help="in dạng JSON")]


def command(help_text: str, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add a command to the program."""
    return app.command(name, cls=Command, help=help_text, options_metavar="[TÙY_CHỌN]")


def known(option: str, given: Iterable[str], names: Iterable[str]) -> list[str]:
    """The names that are given, without regard to capitals. Raises typer.BadParameter for one that is not known."""
    by_name = {str(name).casefold(): str(name) for name in names}
    for name in given:
        if name.casefold() not in by_name:
            choices = ", ".join(by_name.values())
            raise typer.BadParameter(f"{name!r} không phải là một trong: {choices}", param_hint=option)
    return [by_name[name.casefold()] for name in given]

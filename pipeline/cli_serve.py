"""`sulieu serve`: the reading room, a fact base in a browser (docs/reading_room.md)."""

from __future__ import annotations

import errno
import json
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.command import FactsPath
from pipeline.usage import in_vietnamese

if TYPE_CHECKING:
    from starlette.applications import Starlette

_ROOM = "SULIEU_ROOM"          # of the environment: what the processes of one room are told
_LEAST_TOKEN = 12              # characters, beyond this machine
_AT_ONCE = 400                 # connections; more are told to come again
_SECONDS_TO_END = 3            # for pages that are being made when the room is closed


def serve(
    facts: FactsPath,
    host: Annotated[
        str, typer.Option(metavar="ĐỊA_CHỈ", help="nghe ở địa chỉ này; ngoài máy này thì phải có --token")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="SỐ", help="cổng; 0: cổng trống bất kỳ")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(metavar="MÃ", envvar="SULIEU_TOKEN", show_envvar=False,
                     help="mã mà người đọc phải nhập; nên đặt trong biến môi trường SULIEU_TOKEN"),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, metavar="SỐ", help="số tiến trình")] = 1,
    pictures: Annotated[
        bool,
        typer.Option("--pictures/--no-pictures", show_default=False, help="cho xem ảnh trang tệp PDF, bản quét gốc"),
    ] = True,
    seconds: Annotated[
        float, typer.Option(min=0.1, metavar="GIÂY", show_default=False, help="tối đa cho một câu hỏi; mặc định 10")
    ] = 10.0,
    no_open: Annotated[bool, typer.Option("--no-open", help="không tự mở trình duyệt")] = False,
) -> None:
    """The reading room: search, documents, people, acts, figures, in a browser."""
    from outputs.errors import MissingLibrary

    try:
        import python_multipart  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingLibrary("serve", "starlette, uvicorn, python-multipart", "web") from error
    from outputs.web.options import LOOPBACK

    if host not in LOOPBACK and len(token or "") < _LEAST_TOKEN:
        raise typer.BadParameter(
            f"nghe ở {host} thì máy khác vào được, nên cần mã từ {_LEAST_TOKEN} ký tự; chẳng hạn: "
            f"--token {secrets.token_urlsafe(12)}", param_hint="--token",
        )
    told = {
        "facts": str(facts.resolve()), "host": host, "token": token, "pictures": pictures, "seconds": seconds,
        "secret": secrets.token_hex(16),
    }
    made = _made(told)                       # what is wrong with the fact base is said before anything listens
    listening = _listening(host, port)
    address = _address(listening, host)
    typer.echo(address)
    typer.echo(f"Phòng đọc {facts} mở ở {address} (đóng: Ctrl-C)", err=True)
    settings: dict[str, Any] = {
        "log_level": "warning", "access_log": False, "server_header": False, "proxy_headers": False, "lifespan": "on",
        "limit_concurrency": _AT_ONCE, "timeout_graceful_shutdown": _SECONDS_TO_END,
    }
    if not no_open:
        _show(address)
    sys.stdout.flush()
    try:
        if workers == 1:
            uvicorn.Server(uvicorn.Config(made, **settings)).run(sockets=[listening])
        else:
            os.environ[_ROOM] = json.dumps(told)
            uvicorn.run("pipeline.cli_serve:room", factory=True, workers=workers, fd=listening.fileno(), **settings)
    except KeyboardInterrupt:
        pass                                 # the way in which a room is closed
    finally:
        os.environ.pop(_ROOM, None)
        listening.close()
    typer.echo("Đã đóng phòng đọc.", err=True)


def room() -> Starlette:
    """The application in one of several processes of a room, which are told of it in their environment."""
    return _made(json.loads(os.environ[_ROOM]))


def _made(told: dict[str, Any]) -> Starlette:
    from outputs.web import Options, make_app

    given = {name: value for name, value in told.items() if name != "facts"}
    return make_app(Path(told["facts"]), Options(**given, warm=True, in_vietnamese=in_vietnamese))


_NO_LISTENING = {
    errno.EADDRINUSE: ("--port", "cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác, như --port {other}"),
    errno.EACCES: ("--port", "không được phép nghe ở cổng {port}; hãy chọn cổng từ 1024 trở lên"),
    errno.EADDRNOTAVAIL: ("--host", "{host} không phải là địa chỉ của máy này"),
}


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises typer.BadParameter where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except socket.gaierror as error:
        raise typer.BadParameter(f"không có máy nào tên {host}", param_hint="--host") from error
    except OSError as error:
        if error.errno not in _NO_LISTENING:
            raise
        option, told = _NO_LISTENING[error.errno]
        raise typer.BadParameter(told.format(host=host, port=port, other=port + 1), param_hint=option) from error


def _address(listening: socket.socket, host: str) -> str:
    named = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    return f"http://{f'[{named}]' if ':' in named else named}:{listening.getsockname()[1]}/"


def _show(address: str) -> None:
    """Open a browser where there is somebody in front of a screen."""
    import threading
    import webbrowser

    screen = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.stdout.isatty() and screen:
        timer = threading.Timer(0.5, webbrowser.open, [address])
        timer.daemon = True
        timer.start()

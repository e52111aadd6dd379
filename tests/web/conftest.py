"""A reading room of the sample archive and a PDF, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'sulieu[web]'")

import regex
from starlette.testclient import TestClient

import corpus
from outputs.web import Options, make_app
from pipeline.run import Options as BuildOptions
from pipeline.run import build
from tests.corpus.pages import Sheet, pdf

ADDRESS = "http://127.0.0.1"
LETTER = (
    "Ngày 19/7/1946, Bộ Tư pháp họp tại Hà Nội.", "Bộ trưởng Vũ Đình Hòe ký Thông tư số 24 ngày 26/4/1949.",
    "Bộ Tư pháp yêu cầu các tòa án báo cáo trước ngày 30/9/1949.",
)


def sample_archive(folder: Path) -> Path:
    """A folder of articles, notices and a PDF of two pages."""
    shutil.copytree(Path(corpus.__file__).parent / "samples", folder)
    for year, number in ((2017, "1.200"), (2018, "1.350"), (2019, "1.500")):
        told = f"Năm {year}, Cục Thi hành án dân sự thành phố Hải Phòng đã thi hành xong {number} việc."
        (folder / "news" / f"{year}-thi-hanh-xong.txt").write_text(told, encoding="utf-8")
    second = Sheet().lines(60, 80, "Trang hai: năm 1950, tòa án xét xử 12 vụ.")
    (folder / "letter.pdf").write_bytes(pdf(Sheet().lines(60, 80, *LETTER), second))
    return folder


def sample_facts(archive: Path) -> Path:
    """The fact base of an archive, beside it."""
    target = archive.parent / "facts.db"
    build([archive], target, options=BuildOptions(jobs=1))
    return target


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive."""
    return sample_archive(tmp_path_factory.mktemp("room") / "archive")


@pytest.fixture(scope="session")
def facts(archive: Path) -> Path:
    """Its fact base. Nobody writes to it."""
    return sample_facts(archive)


@pytest.fixture(scope="session")
def room(facts: Path) -> Iterator[TestClient]:
    """A reader in the room."""
    with TestClient(make_app(facts), base_url=ADDRESS, follow_redirects=False) as client:
        yield client


Entered = Callable[..., TestClient]


@pytest.fixture
def entered(facts: Path) -> Iterator[Entered]:
    """Open a room of its own: `entered(token="…")`; errors of ours are answers, as a reader sees them."""
    clients: list[TestClient] = []

    def enter(path: Path = facts, **options: object) -> TestClient:
        app = make_app(path, Options(**options))  # type: ignore[arg-type]
        clients.append(TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False))
        return clients[-1].__enter__()

    yield enter
    for client in clients:
        client.__exit__()


def said(html: str) -> str:
    """The words of a page, without markup."""
    return " ".join(unescape(regex.sub(r"<[^>]*+>", " ", html.partition("<main")[2])).split())

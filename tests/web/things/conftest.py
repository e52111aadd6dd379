"""A reader in the room of a fact base with one of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
import regex
from starlette.testclient import TestClient

from outputs.web import make_app
from tests.web.things.base import make

Read = Callable[..., str]


@pytest.fixture(scope="session")
def things(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fact base. Nobody writes to it."""
    path = tmp_path_factory.mktemp("things") / "facts.db"
    make(path)
    return path


@pytest.fixture(scope="session")
def reader(things: Path) -> Iterator[TestClient]:
    """Who opens pages of it."""
    with TestClient(make_app(things), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def words_of(reader: TestClient) -> Read:
    """The text of a page, tags aside, one space between words; the page must be there."""

    def read(address: str, status: int = 200) -> str:
        answer = reader.get(address)
        assert answer.status_code == status, answer.text[-600:]
        text = regex.sub(r"</?(?:bdi|mark)>", "", answer.text)
        return " ".join(unescape(regex.sub(r"<[^>]*>", " ", text)).split())

    return read

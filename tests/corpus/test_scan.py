"""Every file of an archive is found, in order, under the name that ids come from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import InputNotFound, Reason, Rejected
from corpus.read import read
from corpus.scan import scan


def names(*inputs: Path) -> list[str]:
    return [item.name for item in scan(inputs)]


def test_files_are_sorted_and_named_below_the_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", "c.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a/10.txt", "a/2.txt", "b.txt", "c.bin"]


def test_a_file_given_directly_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "bài.txt").write_text("x")
    assert names(tmp_path / "bài.txt") == ["bài.txt"]


def test_what_is_hidden_is_told_and_not_read_and_a_hidden_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("Một bài viết.")
    (tmp_path / ".DS_Store").write_text("Một bài viết.")
    found = list(scan([tmp_path]))
    assert [(item.name, item.skip) for item in found] == [(".DS_Store", Reason.HIDDEN), (".git", Reason.HIDDEN)]
    results = [result for item in found for result in read(item)]
    assert [result.reason for result in results if isinstance(result, Rejected)] == [Reason.HIDDEN] * 2


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "Desktop.ini", "__MACOSX/x.txt", "~$bao cao.docx"])
def test_what_systems_leave_behind_is_no_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    ((found, skip),) = ((item.name, item.skip) for item in scan([tmp_path]))
    assert (found, skip) == (name.partition("/")[0], Reason.SYSTEM_FILE)


def test_what_is_given_directly_is_meant_however_it_is_called(tmp_path: Path) -> None:
    (tmp_path / ".kho").mkdir()
    (tmp_path / ".kho" / "a.txt").write_text("x")
    (tmp_path / ".an.txt").write_text("x")
    found = list(scan([tmp_path / ".kho", tmp_path / ".an.txt"]))
    assert [(item.name, item.skip) for item in found] == [("a.txt", None), (".an.txt", None)]


def test_files_of_our_own_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "f.db").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert [item.skip for item in scan([tmp_path], {tmp_path / "f.db"})] == [None, Reason.OWN_FILE]


def test_links_are_not_followed_but_not_lost(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("Một bài viết.")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(scan([tmp_path]))
    assert [item.name for item in found] == ["link", "loop", "real/a.txt"]
    results = [result for item in found[:2] for result in read(item)]
    assert [result.reason for result in results if isinstance(result, Rejected)] == [Reason.LINK, Reason.LINK]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (result,) = (result for item in scan([tmp_path]) for result in read(item))
    assert isinstance(result, Rejected) and result.reason is Reason.UNSUPPORTED_TYPE


def test_a_name_that_is_not_utf8_is_printable(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"b\xe0i.txt")
    path.write_text("Một bài viết.")
    assert names(tmp_path) == ["b\\xe0i.txt"]


def test_a_missing_input_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="no such file"):
        names(tmp_path / "không có")

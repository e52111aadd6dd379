"""The tools that measure the program must themselves be right."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpus.duplicates import similarity

TOOLS = Path(__file__).parents[1] / "tools"
TEXT = (
    "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án.\n"
    "Năm 1957, tỉnh Quảng Nam có 2740 vụ án dân sự, trong đó 63 vụ đã thi hành xong trước tháng 12.\n"
    "Ông Vũ Đình Hòe và ông Phạm Văn Đồng dự hội nghị tư pháp ở Hà Nội cùng 125 đại biểu các tỉnh.\n"
    "Hội nghị bàn về tổ chức tòa án nhân dân các cấp và về công tác thi hành án trong năm 1958.\n"
)


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module   # where a dataclass looks for its annotations
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    records = [{"id": f"d{number}", "title": "Tin", "text": TEXT.replace("án", f"án {number}")} for number in range(3)]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


def made(source: Path, target: Path, number: int) -> list[dict[str, str]]:
    tool("make_archive").make(source, target, number)
    with gzip.open(target, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_a_larger_archive_begins_with_its_source_and_repeats_no_document(source: Path, tmp_path: Path) -> None:
    documents = made(source, tmp_path / "large.jsonl.gz", 11)
    assert len({one["id"] for one in documents}) == 11
    assert documents[:3] == [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    assert all(similarity(one["text"], documents[0]["text"]) < 0.8 for one in documents[3:])
    assert all("Ngày" in one["text"] and "Ông Vũ Đình" in one["text"] for one in documents)


def test_the_same_source_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    made(source, tmp_path / "one.jsonl.gz", 8)
    made(source, tmp_path / "other.jsonl.gz", 8)
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "other.jsonl.gz").read_bytes()


def test_numbers_keep_their_kind(source: Path, tmp_path: Path) -> None:
    for one in made(source, tmp_path / "large.jsonl.gz", 9)[3:]:
        day, month, year = one["text"].split("Ngày ")[1].split(",")[0].split("/")
        assert 13 <= int(day) <= 28 and 1 <= int(month) <= 12 and 1937 <= int(year) <= 1955

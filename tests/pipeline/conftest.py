"""Fixtures of the tests of a build."""

import json
from pathlib import Path

import pytest

from tests.pipeline.running import DECREE, LAW


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "archive"
    (folder / "1946").mkdir(parents=True)
    (folder / "1946" / "sac-lenh.txt").write_text(DECREE, encoding="utf-8")
    (folder / "luat.txt").write_text(LAW, encoding="utf-8")
    records = [{"id": "a", "text": "Một tin ngắn."}, {"id": "b", "text": "Một tin khác.", "date": "2020-01-02"}]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "tin.jsonl").write_text("\n".join([lines[0], "{not json", lines[1]]), encoding="utf-8")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "may.bin").write_bytes(b"\x7fELF\x00\x01\x02\x03" * 50)
    return folder

"""docs/reading.md says what the code does: types, names of columns, limits, its mapping."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.columns import FIELDS, Sidecar
from corpus.filetypes import TYPES
from corpus.limits import LIMITS
from corpus.source import MAX_DOCUMENT

PAGE = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
TABLE_NAMES = {"ole", "columns"}  # types that only tell what a file is not


def rows(heading: str) -> dict[str, str]:
    table = PAGE.split(heading, 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", table, re.M))


def test_every_type_with_a_reader_is_in_the_table_and_no_other() -> None:
    told = {name for cell in rows("| type | told by | gives |") for name in re.findall(r"`(\w+)`", cell)}
    assert told == {kind.name for kind in TYPES if kind.reader} - TABLE_NAMES
    refused = re.search(r"^(`xlsx`.*) are known and turned away", PAGE, re.M)
    assert refused and set(re.findall(r"`(\w+)`", refused[1])) == {kind.name for kind in TYPES if not kind.reader}


def test_every_name_of_a_column_is_in_the_table() -> None:
    told = {field.strip("`"): tuple(names.split(", ")) for field, names in rows("| field | names |").items()}
    assert told == FIELDS


def test_the_mapping_can_be_used_as_it_stands(tmp_path: Path) -> None:
    example = re.search(r"```tsv\n(.*?)```", PAGE, re.S)
    assert example
    (tmp_path / "sulieu-columns.tsv").write_text(example[1], encoding="utf-8")
    mapping = Sidecar.of(tmp_path / "sulieu-columns.tsv")
    assert mapping.columns("a.jsonl").names("date") == ("thong_tin.ngay",)
    assert mapping.columns("a.csv").names("date") == FIELDS["date"]


def test_the_limits() -> None:
    limits = PAGE.split("## Limits", 1)[1]
    numbers = (MAX_DOCUMENT // 1024**2, LIMITS.total // 1024**3, f"{LIMITS.members:,}", LIMITS.depth, LIMITS.ratio)
    assert all(str(number) in limits for number in numbers)

"""The Parquet dataset: typed, partitioned, the same bytes again, and readable by others as docs/scale.md says."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fsspec
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from extractors.facts import KINDS, Figure
from outputs import parquet
from outputs.errors import QuestionError
from outputs.exports import facts
from outputs.factbase import FactBase
from outputs.parquet import export_parquet
from tests.outputs.small_base import add, fact, small_base

COUNTS = "Có 10 đến 12 triệu người, đạt 80,71%, đứng thứ 8/63."
SCALE = Path(__file__).parents[2] / "docs" / "scale.md"


@pytest.fixture
def base() -> Iterator[FactBase]:
    with small_base() as base:
        add(base, "counts", COUNTS, [
            fact(Figure, COUNTS, "10 đến 12 triệu người", value=(Decimal("1e7"), Decimal("1.2e7")), unit="người"),
            fact(Figure, COUNTS, "80,71%", value=Decimal("80.710"), unit="%", period="2018"),
            fact(Figure, COUNTS, "thứ 8/63", value=Decimal(8), of=Decimal(63), role="rank"),
        ])
        yield base


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(folder: Path, below: str = "facts") -> list[dict[str, Any]]:
    return ds.dataset(folder / below, partitioning="hive").to_table().to_pylist()


def test_every_fact_is_there_once_in_its_partition(base, tmp_path):
    assert export_parquet(base, tmp_path) == len(list(facts(base)))
    assert {(row["id"], row["kind"]) for row in rows(tmp_path)} == {(one["id"], one["kind"]) for one in facts(base)}
    names = set(files(tmp_path))
    assert {"_SUCCESS", "facts/kind=event/year=1946/part-00000.parquet",
            "facts/kind=figure/year=__HIVE_DEFAULT_PARTITION__/part-00000.parquet",
            "documents/year=1958/part-00000.parquet"} <= names


def test_days_are_days_and_dates_stay_as_they_are_said(base, tmp_path):
    export_parquet(base, tmp_path)
    (order,) = (row for row in rows(tmp_path) if row["kind"] == "directive" and row["doc"] == "order")
    assert (order["deadline"], order["first_day"], order["day_basis"]) == ("1958-04-30", date(1958, 4, 30), "fact")
    (poem,) = (row for row in rows(tmp_path, "documents") if row["id"] == "poem")
    assert (poem["date"], poem["first_day"], poem["last_day"]) == ("2001", date(2001, 1, 1), date(2001, 12, 31))


def test_numbers_are_numbers_and_exact(base, tmp_path):
    export_parquet(base, tmp_path)
    figures = {row["text"]: row for row in rows(tmp_path) if row["doc"] == "counts"}
    people, share, rank = figures["10 đến 12 triệu người"], figures["80,71%"], figures["thứ 8/63"]
    assert (people["value"], people["value_high"], people["value_high_exact"]) == (1e7, 1.2e7, "12000000")
    assert (share["value"], share["value_exact"], share["year"]) == (80.71, "80.710", 2018)
    assert (rank["of"], rank["of_exact"]) == (63.0, "63")


def test_all_files_of_facts_have_the_same_columns(base, tmp_path):
    export_parquet(base, tmp_path)
    schemas = [pq.read_schema(path) for path in (tmp_path / "facts").rglob("*.parquet")]
    assert len(schemas) > 6 and all(schema.equals(schemas[0]) for schema in schemas)
    decree = next(row for row in rows(tmp_path) if row["kind"] == "decree")
    assert (decree["act_year"], decree["number"], decree["planned"]) == (1957, "12/1957/NĐ-CP", None)


def test_a_second_export_gives_the_same_bytes(base, tmp_path):
    for name in ("one", "two", "two"):
        export_parquet(base, tmp_path / name)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_an_earlier_export_left_goes_and_nothing_else(base, tmp_path):
    export_parquet(base, tmp_path)
    (tmp_path / "facts" / "notes.txt").write_text("của tôi")
    export_parquet(base, tmp_path, ["date"])
    assert {name for name in files(tmp_path) if name.startswith("facts/")} == {
        "facts/kind=date/year=1946/part-00000.parquet", "facts/kind=date/year=1958/part-00000.parquet",
        "facts/notes.txt",
    }
    assert not (tmp_path / "facts" / "kind=event").exists()


def test_row_groups_and_files_are_of_bounded_size(base, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_GROUP", 2)
    monkeypatch.setattr(parquet, "_FILE", 2)
    monkeypatch.setattr(parquet, "_GROUP_TEXT", 1)
    for number in range(5):
        add(base, f"thêm {number}", f"Tin số {number}.", [], date="2001")
    export_parquet(base, tmp_path)
    of_year = sorted((tmp_path / "documents" / "year=2001").iterdir())
    assert [path.name for path in of_year] == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
    assert [pq.read_metadata(path).num_row_groups for path in of_year] == [2, 2, 2]
    assert [row["id"] for row in rows(tmp_path, "documents") if row["year"] == 2001] == [
        "poem", *(f"thêm {number}" for number in range(5))
    ]


def test_the_dataset_goes_to_an_address_too(base, tmp_path):
    export_parquet(base, tmp_path)
    memory = fsspec.filesystem("memory")
    try:
        for kinds in (None, None, ["date"]):
            export_parquet(base, "memory://sulieu-dataset", kinds)
            there = {path.removeprefix("/sulieu-dataset/"): memory.cat_file(path)
                     for path in memory.find("/sulieu-dataset")}
            if kinds is None:
                assert there == files(tmp_path)
        assert {name.split("/")[1] for name in there if name.startswith("facts/")} == {"kind=date"}
    finally:
        memory.rm("/sulieu-dataset", recursive=True)


def test_a_folder_that_cannot_be_written(base, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(QuestionError, match="cannot be written"):
        export_parquet(base, tmp_path / "file")


def test_without_pyarrow_the_message_says_what_to_install(base, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(QuestionError, match=r"pip install 'sulieu\[parquet\]'"):
        export_parquet(base, tmp_path)


def test_an_empty_fact_base_gives_an_empty_dataset(tmp_path):
    with FactBase.create(":memory:") as base:
        assert export_parquet(base, tmp_path) == 0
    assert files(tmp_path).keys() == {"_SUCCESS"}


# The queries of docs/scale.md, as they stand there


def query(language: str, folder: Path) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", SCALE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return found.replace("dataset/", f"{folder.as_posix()}/")


EXPECTED = {1946: 1, 1958: 1}


@pytest.fixture
def dataset(base, tmp_path) -> Path:
    export_parquet(base, tmp_path)
    assert set(KINDS) >= {row["kind"] for row in rows(tmp_path)}
    return tmp_path


def test_duckdb_reads_it(dataset):
    import duckdb

    with duckdb.connect() as db:
        assert dict(db.execute(query("sql", dataset)).fetchall()) == EXPECTED


def test_dask_reads_it(dataset):
    names: dict[str, Any] = {}
    exec(query("dask", dataset), names)
    assert {int(year): count for year, count in names["events"].items()} == EXPECTED


def test_spark_reads_it(dataset):
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("pyspark needs Java")
    spark = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        names: dict[str, Any] = {"spark": spark}
        exec(query("spark", dataset), names)
        assert {row["year"]: row["count"] for row in names["events"].collect()} == EXPECTED
    finally:
        spark.stop()

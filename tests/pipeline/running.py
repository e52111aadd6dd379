"""What tests of a build share: texts, a build in this process, and what came of it."""

from dataclasses import replace
from pathlib import Path

from outputs.factbase import FactBase
from pipeline.run import Options, Report
from pipeline.run import build as run_build

DECREE = "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án."
LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự."

HERE = Options(jobs=0)   # in this process, so that parts of it can be replaced


def build(inputs: list[Path], target: Path, **options: object) -> Report:
    return run_build(inputs, target, options=replace(HERE, **options))


def outcomes(path: Path) -> dict[str, tuple[str, str | None]]:
    with FactBase.open(path) as base:
        return {name: (outcome.status, outcome.reason) for name, outcome in base.outcomes().items()}


def documents(path: Path) -> list[str]:
    with FactBase.open(path) as base:
        return [row["id"] for row in base.db.execute("SELECT id FROM document ORDER BY id")]


def export(path: Path) -> list[str]:
    from outputs.exports import export_jsonl

    with FactBase.open(path) as base:
        return list(export_jsonl(base))

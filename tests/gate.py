"""The evaluation gate: the gold texts go the whole road (build, export), are scored, and must keep their floors.

    python -m tests.gate            compare with the floors
    python -m tests.gate --raise    raise the floors to just under what was reached (never lowers one)

A floor is pinned to the hash of its gold file: where the gold changed, its floors no longer say anything; the gate
prints the scores, says so and compares nothing. A floor is only ever raised.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from outputs.exports import export_jsonl
from outputs.factbase import FactBase
from pipeline.run import build
from tests.scoring import SHARED, scorer

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.0005    # floors are kept in three decimals
HEADROOM = 0.02    # under what was reached: a rule that is right for Vietnamese may cost a line of the gold

GATED = ("span_F1", "fact_F1")

Scores = dict[str, dict[str, float]]


class NoFloors(LookupError):
    """The gold is new, or changed: its scores cannot be compared with anything yet."""


def gold_files() -> list[Path]:
    """The gold files beside the project; none where the project stands alone."""
    return sorted((SHARED / "gold").glob("*.jsonl"))


def digest(path: Path) -> str:
    """The hash that a gold file's floors are pinned to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def evaluate(path: Path) -> Scores:
    """Build, export and score one gold file: by kind, its measures."""
    score = scorer()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "gold.db"
        build([path], target)
        with FactBase.open(target) as base:
            facts = [json.loads(line) for line in export_jsonl(base)]
    results = score.score(score.read(path), facts)
    return {kind: _measures(result) for kind, result in results.items()}


def _measures(result: dict[str, Any]) -> dict[str, float]:
    measures = {"span_F1": result["F1"], "fact_F1": result["fact_F1"], **result["fields"]}
    return {name: round(value, 3) for name, value in measures.items()}


def failures(path: Path, scores: Scores, floors: dict[str, Any]) -> list[str]:
    """What fell below its floor, a line each. Raises NoFloors for a gold that the floors are not for."""
    kept = floors.get(path.name)
    if kept is None or kept["sha256"] != digest(path):
        raise NoFloors(f"{path.name}: no floors for this gold; look at its scores, then `python -m tests.gate --raise`")
    return [
        f"{path.name}: {kind} {name} {scores[kind][name]:.3f} is below its floor {floor:.3f}"
        for kind, measures in kept["floors"].items()
        for name, floor in measures.items()
        if scores[kind][name] < floor - MARGIN
    ]


def raised(path: Path, scores: Scores, floors: dict[str, Any]) -> dict[str, Any]:
    """The floors of one gold file, raised to just under what was reached."""
    kept = floors.get(path.name, {})
    old = kept["floors"] if kept.get("sha256") == digest(path) else {}
    return {
        "sha256": digest(path),
        "floors": {
            kind: {
                name: max(round(measures[name] - HEADROOM, 3), old.get(kind, {}).get(name, 0.0)) for name in GATED
            }
            for kind, measures in scores.items()
        },
    }


def read_floors() -> dict[str, Any]:
    """The floors kept in the project."""
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def table(scores: Scores) -> str:
    """The scores of one gold file as text."""
    return "\n".join(
        f"  {kind:9} " + " ".join(f"{name}={value:.3f}" for name, value in measures.items())
        for kind, measures in scores.items()
    )


def main() -> None:
    """Print the scores, and fail if one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raise_floors", action="store_true")
    options = parser.parse_args()
    paths = gold_files()
    if not paths:
        print("skipped: there is no gold beside the project (../shared/gold)")
        return
    floors, below = read_floors(), []
    for path in paths:
        scores = evaluate(path)
        print(f"{path.name}\n{table(scores)}")
        if options.raise_floors:
            floors[path.name] = raised(path, scores, floors)
        else:
            try:
                below += failures(path, scores, floors)
            except NoFloors as unknown:
                print(unknown)
    if options.raise_floors:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print("\n".join(below))
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()

"""Scores the extractors on the gold texts without a fact base: the quick loop while working on rules.

    python -m tests.scoring --kind date --errors 20 --gold dev

The gate that CI runs (`make eval`) goes the whole road instead: build, export, score.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus.document import Document
from corpus.read import document_from_record

SHARED = Path(__file__).resolve().parents[2] / "shared"


def scorer() -> ModuleType:
    """The scorer that comes with the gold, loaded from beside it."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(name: str) -> list[dict[str, Any]]:
    """The records of one gold file, or of all of them."""
    paths = sorted((SHARED / "gold").glob("*.jsonl" if name == "all" else f"{name}.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def facts_of(document: Document, kinds: list[str]) -> list[dict[str, Any]]:
    """Facts of the wanted kinds."""
    from extractors.extract import extract

    return [{"doc": document.id, **fact.as_dict()} for fact in extract(document) if fact.kind in kinds]


def main() -> None:
    score = scorer()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=score.KINDS, action="append")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--gold", default="all")
    options = parser.parse_args()
    kinds = options.kind or score.KINDS
    records = gold(options.gold)
    facts = [fact for record in records for fact in facts_of(document_from_record(record), kinds)]
    for kind, result in score.score(records, facts, kinds, options.errors, sys.stdout).items():
        fields = " ".join(f"{name}={share:.2f}" for name, share in result["fields"].items())
        print(
            f"{kind:9} gold {result['gold']:4} got {result['got']:4} P {result['P']:.3f} R {result['R']:.3f} "
            f"F1 {result['F1']:.3f} exact {result['exact_F1']:.3f} FACT {result['fact_F1']:.3f}  {fields}"
        )


if __name__ == "__main__":
    main()

"""How long a whole run takes, stage by stage, on one core and on two, again, and on ten times as many documents.

    python tools/bench_run.py [ARCHIVE.jsonl.gz] [--large] [--documents 30000]

Without an archive the news beside the project (`../shared/archive/news`) are read, and where that is not there the
samples inside the program. With `--large` a larger archive is made of it (tools/make_archive.py) and built too, which
takes ten to twenty minutes. Every run is a process of its own, so that its memory is its own; all rows come from one
call of this program, and the ratios between them hold elsewhere too, however fast the machine is.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "archive" / "news" / "vietnews.jsonl.gz"
SAMPLES = ROOT / "corpus" / "samples"
STAGES = ("reading", "extracting", "commit", "index", "assembly")
_WORDS = 150          # documents on which other libraries are measured
_MB = 1024**2


def main() -> None:
    """Measure and print, or be one of the runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=NEWS if NEWS.exists() else SAMPLES)
    parser.add_argument("--large", action="store_true", help="also build an archive of --documents")
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run(given.archive, given.run, given.cores)))
        return
    with tempfile.TemporaryDirectory(prefix="sulieu-bench-") as folder:
        show(measure(given.archive, Path(folder), given.documents if given.large else 0))


def run(archive: Path, target: Path, cores: int) -> dict[str, Any]:
    """One build in this process, on so many cores: seconds of each stage, and what the fact base says about memory."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    from corpus import isolated
    from outputs.factbase import FactBase, index
    from pipeline import assemble, commit
    from pipeline import run as pipeline_run

    spent: Counter[str] = Counter()
    take = commit.Commit.take

    def noted(self: Any, entries: Any, results: Any) -> None:
        for result in results:
            spent["reading"] += result.reading.seconds
            spent["extracting"] += result.extracting.seconds
        entries = list(entries)
        spent["reading"] += sum(entry.reading.seconds for entry in entries if entry.reading)
        take(self, entries, results)

    commit.Commit.take = _timed(noted, spent, "commit")  # type: ignore[method-assign]
    index.Waiting.write = _timed(index.Waiting.write, spent, "index")  # type: ignore[method-assign]
    assemble.assemble = _timed(assemble.assemble, spent, "assembly")
    begun = time.perf_counter()
    report = pipeline_run.build([archive], target, options=pipeline_run.Options(jobs=cores))
    seconds = time.perf_counter() - begun
    isolated.close()   # the time of a process counts when it has ended
    times = os.times()
    spent["commit"] -= spent["index"]
    with FactBase.open(target) as base:
        texts, characters = base.db.execute("SELECT count(*), sum(length(text)) FROM document").fetchone()
        facts = base.count("mention")
        worker = base.db.execute("SELECT max(memory) FROM outcome").fetchone()[0]
        own = base.db.execute("SELECT memory FROM run ORDER BY key DESC LIMIT 1").fetchone()[0]
    return {
        "seconds": seconds, "processor": times.user + times.system + times.children_user + times.children_system,
        "documents": texts, "characters": characters, "facts": facts,
        "failed": report.outcomes["failed"], "memory": own, "worker": worker,
        **{stage: spent[stage] for stage in STAGES},
    }


def _timed(function: Callable[..., Any], spent: Counter[str], name: str) -> Callable[..., Any]:
    """Commit and index as processor time of their thread: the workers want the same cores."""
    clock = time.perf_counter if name == "assembly" else time.thread_time

    def timed(*given: Any, **how: Any) -> Any:
        begun = clock()
        try:
            return function(*given, **how)
        finally:
            spent[name] += clock() - begun

    return timed


def measure(archive: Path, folder: Path, large: int) -> dict[str, dict[str, Any]]:
    """The runs by name, and the speed of other libraries on the same text."""
    found = {
        "two cores": _apart(archive, folder / "two.db", 2),
        "again": _apart(archive, folder / "two.db", 2),
        "one core": _apart(archive, folder / "one.db", 1),
        "words": _others(archive),
    }
    if large:
        from make_archive import make

        bigger = folder / "large.jsonl.gz"
        make(archive, bigger, large)
        found["large"] = _apart(bigger, folder / "large.db", 2)
    return found


def _apart(archive: Path, target: Path, cores: int) -> dict[str, Any]:
    command = [sys.executable, __file__, str(archive), "--run", str(target), "--cores", str(cores)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(said.splitlines()[-1]))


def _others(archive: Path) -> dict[str, float]:
    """Thousands of characters a second of one core."""
    from itertools import islice

    import bench_extracting as bench

    documents = list(islice(bench._documents(archive), _WORDS))
    wanted = ("all six", bench.YARDSTICK, "underthesea ner")
    contenders = [one for one in (*bench.ours(documents), *bench.others()) if one.name in wanted]
    return bench.measure(documents, contenders, 2)


def show(found: dict[str, dict[str, Any]]) -> None:
    """One table on the terminal, with what has to be reached."""
    two, one, again, words = (found[name] for name in ("two cores", "one core", "again", "words"))
    large = found.get("large")
    runs = [("one core", one), ("two cores", two), *([("two cores", large)] if large else [])]
    print(f"{'a run':<30}" + "".join(f"{name:>16}" for name, _ in runs))
    for name, value in (
        ("documents", lambda r: f"{r['documents']:,}"),
        ("characters", lambda r: f"{r['characters']:,}"),
        ("facts", lambda r: f"{r['facts']:,}"),
        *((f"{stage}, s", lambda r, stage=stage: f"{r[stage]:.1f}") for stage in STAGES),
        ("whole run, s", lambda r: f"{r['seconds']:.1f}"),
        ("processor time of all, s", lambda r: f"{r['processor']:.1f}"),
        ("cores it had", lambda r: f"{r['processor'] / r['seconds']:.2f}"),
        ("a document, ms", lambda r: f"{1000 * r['seconds'] / r['documents']:.2f}"),
        ("memory of the run, MB", lambda r: f"{r['memory'] / _MB:.0f}"),
        ("memory of a worker, MB", lambda r: f"{(r['worker'] or 0) / _MB:.0f}"),
    ):
        print(f"{name:<30}" + "".join(f"{value(r):>16}" for _, r in runs))
    print("(reading, extracting: in the workers together; commit, index: processor time of the run itself;")
    print(" where two cores had much less than 2, others used them, and the times say little)\n")
    biggest = large or two
    rows = [
        ("two cores : one core", one["seconds"] / two["seconds"], "≥", 1.6),
        ("first run : second run", two["seconds"] / again["seconds"], "≥", 50),
        ("memory of the run, MB", max(r["memory"] for _, r in runs) / _MB, "<", 400),
        ("memory of a worker, MB", max(r["worker"] or 0 for _, r in runs) / _MB, "<", 600),
        ("share of assembly", biggest["assembly"] / biggest["seconds"], "<", 0.1),
    ]
    if tokenize := words.get("underthesea word_tokenize"):
        rows.append(("all extractors : word_tokenize", words["all six"] / tokenize, "≥", 1))
    if ner := words.get("underthesea ner"):
        rows.append(("all extractors : ner", words["all six"] / ner, "≥", 20))
    if large:
        growth = large["seconds"] / large["documents"] / (two["seconds"] / two["documents"])
        rows.append(("growth: time a document", growth, "≤", 1.25))
    print(f"{'what must be reached':<34}{'is':>9}   must be")
    for name, value, sign, wanted in rows:
        reached = {"≥": value >= wanted, "≤": value <= wanted, "<": value < wanted}[sign]
        print(f"{name:<34}{value:>9.2f}   {sign} {wanted:g}{'' if reached else '   not reached'}")


if __name__ == "__main__":
    main()

"""How long a whole run takes, stage by stage, on one core and on two, again, and on ten times as many documents.

    python tools/bench_run.py [ARCHIVE.jsonl.gz] [--large] [--documents 30000] [--keep FOLDER]

Without an archive the news beside the project (`../shared/archive/news`) are read, and where that is not there the
samples inside the program. With `--large` a larger archive is made of it (tools/make_archive.py) and built too, which
takes ten to twenty minutes. Every run is a process of its own, so that its memory is its own; all rows come from one
call of this program, and the ratios between them hold elsewhere too, however fast the machine is. What has to be
reached stands at the end, each with what it is and whether that is met.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "archive" / "news" / "vietnews.jsonl.gz"
SAMPLES = ROOT / "corpus" / "samples"
OURS = "all six"      # as tools/bench_extracting.py calls all extractors together
STAGES = ("reading", "extracting", "commit", "index", "assembly")
_WORDS = 60           # documents on which extractors and other libraries are measured
_MB = 1024**2


def main() -> None:
    """Measure and print, or be one of the runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=NEWS if NEWS.exists() else SAMPLES)
    parser.add_argument("--large", action="store_true", help="also build an archive of --documents")
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--keep", type=Path, help="leave the fact bases there: small.db, and with --large large.db")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(run(given.archive, given.run, given.cores)))
        return
    with tempfile.TemporaryDirectory(prefix="sulieu-bench-") as folder:
        show(measure(given.archive, Path(folder), given.documents if given.large else 0))
        if given.keep:
            keep(Path(folder), given.keep)


def keep(folder: Path, place: Path) -> None:
    """Move the fact bases to where others measure on them."""
    place.mkdir(parents=True, exist_ok=True)
    for made, kept in (("two.db", "small.db"), ("large.db", "large.db")):
        if (folder / made).exists():
            shutil.move(folder / made, place / kept)


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
        "failed": report.outcomes["failed"], "memory": own, "worker": worker, "largest": _largest(),
        **{stage: spent[stage] for stage in STAGES},
    }


def _largest() -> int:
    """Bytes of the process that took most memory, of this one and those it started, key phrases and all."""
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


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
    """Thousands of characters a second of one core, all on the same documents."""
    from itertools import islice

    import bench_extracting as bench

    documents = list(islice(bench._documents(archive), _WORDS))
    wanted = (OURS, bench.YARDSTICK, "underthesea ner")
    contenders = [
        replace(one, share=1.0) for one in (*bench.ours(documents), *bench.others()) if one.name in wanted
    ]
    return bench.measure(documents, contenders, 2)


def show(found: dict[str, dict[str, Any]]) -> None:
    """One table on the terminal, with what has to be reached."""
    two, one, words = (found[name] for name in ("two cores", "one core", "words"))
    large = found.get("large")
    runs = [("one core", one), ("two cores", two), *([("two cores", large)] if large else [])]
    print(f"{'a run':<34}" + "".join(f"{name:>16}" for name, _ in runs))
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
        ("memory of any process of it, MB", lambda r: f"{r['largest'] / _MB:.0f}"),
    ):
        print(f"{name:<34}" + "".join(f"{value(r):>16}" for _, r in runs))
    print("(reading, extracting: in the workers together; commit, index: processor time of the run itself;")
    print(" where two cores had much less than 2, others used them, and the times say little)\n")
    if words:
        print("one core, the same text, thousands of characters a second: "
              + ", ".join(f"{'all extractors' if name == OURS else name} {rate:.1f}" for name, rate in words.items()))
    print(f"{'what must be reached':<46}{'is':>9}   {'must be':<9}")
    for name, value, sign, wanted in aims(found):
        reached = value is not None and {"≥": value >= wanted, "≤": value <= wanted, "<": value < wanted}[sign]
        shown, mark = ("-", "not measured") if value is None else (f"{value:.2f}", "met" if reached else "SHORT")
        print(f"{name:<46}{shown:>9}   {f'{sign} {wanted:g}':<9}{mark}")


def aims(found: dict[str, dict[str, Any]]) -> list[tuple[str, float | None, str, float]]:
    """What has to be reached: its name, what it is (None: not measured this time), and how it must be."""
    two, one, again = (found[name] for name in ("two cores", "one core", "again"))
    large, words = found.get("large"), found["words"]
    mine = words.get(OURS)

    def times(other: str) -> float | None:
        return mine / words[other] if mine and other in words else None

    def memory(what: str, of: dict[str, Any] | None) -> float | None:
        return None if of is None else (of[what] or 0) / _MB

    def share(of: dict[str, Any] | None) -> float | None:
        return of and of["assembly"] / of["seconds"]

    sizes = tuple((f"{run['documents']:,} documents" if run else "--large", run) for run in (two, large))
    growth = large and large["seconds"] / large["documents"] / (two["seconds"] / two["documents"])
    return [
        ("all extractors : word_tokenize", times("underthesea word_tokenize"), "≥", 1),
        ("all extractors : word_tokenize, the aim", times("underthesea word_tokenize"), "≥", 5),
        ("all extractors : ner of each line", times("underthesea ner"), "≥", 20),
        ("two cores : one core, whole run", one["seconds"] / two["seconds"], "≥", 1.6),
        ("first run : second run", two["seconds"] / again["seconds"], "≥", 50),
        *((f"memory of the run, MB, {size}", memory("memory", of), "<", 400) for size, of in sizes),
        *((f"memory of a worker, MB, {size}", memory("worker", of), "<", 600) for size, of in sizes),
        ("growth: time a document, large : small", growth, "≤", 1.25),
        *((f"share of assembly, {size}", share(of), "<", 0.1) for size, of in sizes),
    ]


if __name__ == "__main__":
    main()

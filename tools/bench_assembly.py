"""How long each step of assembly takes, and how it grows with the archive.

    python tools/bench_assembly.py SMALL.db [LARGE.db]

Copies of the fact bases are assembled anew, as a build does that found a document changed; the fact bases themselves
stay as they are. All seconds are processor time of the one process, so that they say the same on a machine that
others use too. Acts, events and topics are made in this process as well; a build of two cores makes them beside the
rest, and directives, links and what clauses say when it stores a document.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Measure and print, or be one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bases", nargs="+", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(steps(given.bases[0])))
    else:
        show([measure(path) for path in given.bases])


def measure(path: Path) -> dict[str, Any]:
    """One fact base in a process of its own: documents, and seconds of each step in the order in which they end."""
    with tempfile.TemporaryDirectory(prefix="sulieu-bench-") as folder:
        copy = Path(folder) / "facts.db"
        shutil.copyfile(path, copy)
        said = subprocess.run(
            [sys.executable, __file__, str(copy), "--one"], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        return dict(json.loads(said.splitlines()[-1]))


def steps(path: Path) -> dict[str, Any]:
    """Assemble this fact base, and tell what each step took."""
    from outputs.factbase import FactBase
    from pipeline import assemble

    spent: dict[str, float] = {}
    for name in [name for name in vars(assemble) if name.startswith("assemble_")]:
        setattr(assemble, name, _timed(getattr(assemble, name), spent, name.removeprefix("assemble_")))
    with FactBase.create(path) as base:
        documents = base.count("document")
        base.db.execute("DELETE FROM meta WHERE name IN ('assembly', 'settled', 'key_phrases')")   # as if it were new
        base.db.commit()
        begun = time.process_time()
        assemble.assemble(base)
        whole = time.process_time() - begun
    spent["emptying, writing out"] = whole - sum(spent.values())
    return {"documents": documents, "steps": spent, "whole": whole}


def _timed(step: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        begun = time.process_time()
        try:
            return step(*given)
        finally:
            spent[name] = spent.get(name, 0) + time.process_time() - begun

    return timed


def show(found: list[dict[str, Any]]) -> None:
    """One line for each step: seconds, milliseconds a document, and how much dearer a document became."""
    head = "".join(f"{one['documents']:>10,} documents" for one in found)
    print(f"{'assembly':<24}{head}" + ("    growth" if len(found) > 1 else ""))
    for name in [*found[-1]["steps"], "whole"]:
        seconds = [one["steps"].get(name, one["whole"] if name == "whole" else 0.0) for one in found]
        each = [1000 * one / of["documents"] for one, of in zip(seconds, found, strict=True)]
        cells = "".join(f"{one:>9.2f} s{ms:>6.3f} ms " for one, ms in zip(seconds, each, strict=True))
        growth = f"{each[-1] / each[0]:>9.2f}" if len(found) > 1 and each[0] else ""
        print(f"{name:<24}{cells} {growth}")


if __name__ == "__main__":
    main()

"""How fast each type of file is read: documents, pages, characters and bytes a second of processor time.

    python tools/bench_reading.py [FOLDER ...] [--scans] [--seconds 5]

Without a folder the sample archive beside the project (`../shared/archive`) is read, and where that is not there the
samples inside the program. Pictures are recognised only with `--scans`: scans, and letters that a PDF does not name.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import isolated, ocr
from corpus.document import Document
from corpus.errors import ReadError, Reason
from corpus.filetypes import file_type
from corpus.read import read
from corpus.scan import Item, scan
from corpus.source import Source

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ("png", "jpeg", "gif", "tiff", "webp", "bmp")


@dataclass
class Tally:
    """What was read of one type, and how long it took."""

    files: int = 0
    documents: int = 0
    rejected: int = 0
    pages: int = 0
    scanned: int = 0
    characters: int = 0
    size: int = 0
    seconds: float = 0.0


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--scans", action="store_true", help="also read pages that need recognition")
    parser.add_argument("--seconds", type=float, default=5.0, help="at most for each type")
    given = parser.parse_args()
    if not given.scans:
        ocr.program = _not_asked
    shared = ROOT.parent / "shared" / "archive"
    folders = given.folders or [shared if shared.is_dir() else ROOT / "corpus" / "samples"]
    show(measure(folders, scans=given.scans, most=given.seconds))


def _not_asked() -> str:
    raise ReadError(Reason.MISSING_PROGRAM, "recognition was not asked for")


def measure(folders: Iterable[Path], *, scans: bool, most: float) -> dict[str, Tally]:
    """Every file of the folders read once, each type for a limited time; libraries are loaded before the clock runs."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in scan(folders):
        kind = file_type(Source.of(item))
        folder = item.name.split("/")[-2] if "/" in item.name else ""
        if kind.reader is not None and (scans or (kind.name not in PICTURES and folder != "scan")):
            groups[f"{kind.name} (scan)" if folder == "scan" else kind.name].append(item)
    tallies = {}
    for name, items in sorted(groups.items()):
        if name not in PICTURES and "scan" not in name:
            next(iter(read(min(items, key=lambda item: item.path.stat().st_size))), None)
        tallies[name] = _tally(items, most)
    return tallies


def _tally(items: list[Item], most: float) -> Tally:
    tally = Tally()
    begun, used = time.perf_counter(), _processor_time()
    for item in items:
        tally.files += 1
        tally.size += item.path.stat().st_size
        for result in read(item):
            if isinstance(result, Document):
                tally.documents += 1
                tally.characters += len(result.text)
                tally.pages += len(result.pages)
                tally.scanned += sum(page.how == "ocr" for page in result.pages)
            else:
                tally.rejected += 1
        if time.perf_counter() - begun > most:
            break
    isolated.close()  # the time of a process counts when it has ended
    tally.seconds = _processor_time() - used
    return tally


def _processor_time() -> float:
    """Seconds that this program and those it started have computed: what a core does, however busy the machine is."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def show(tallies: dict[str, Tally]) -> None:
    """A table on the terminal."""
    names = ("type", "files", "docs", "rejected", "s", "docs/s", "pages/s", "kchar/s", "MB/s")
    widths = (12, 7, 8, 9, 7, 10, 9, 9, 7)
    print("".join(f"{name:{'<' if wide == 12 else '>'}{wide}}" for name, wide in zip(names, widths, strict=True)))
    for name, tally in tallies.items():
        took = tally.seconds or 1e-9
        pages = f"{tally.pages / took:.1f}" if tally.pages else ""
        counts = f"{name:<12}{tally.files:>7}{tally.documents:>8}{tally.rejected:>9}{took:>7.2f}"
        rates = f"{tally.characters / took / 1000:>9.0f}{tally.size / took / 1e6:>7.1f}"
        print(f"{counts}{tally.documents / took:>10.1f}{pages:>9}{rates}")


if __name__ == "__main__":
    main()

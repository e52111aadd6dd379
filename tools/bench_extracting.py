"""How fast facts are found, beside other libraries on the same text: thousands of characters a second of one core.

    python tools/bench_extracting.py [FILE.jsonl.gz] [--documents 150] [--rounds 3]

Without a file the news of the archive beside the project (`../shared/archive/news`) is read, and where that is not
there the samples inside the program. Every row is measured in the same run, in turn with the others, and the best of
the rounds counts: machines differ and are shared, so what holds elsewhere too is the ratio, not the number.
dateparser comes with trafilatura; a library that is not installed has no row.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from corpus.document import Document
from corpus.read import read
from corpus.scan import scan
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.directives import find_directives
from extractors.events import find_events
from extractors.extract import extract
from extractors.figures import find_figures
from extractors.officials import find_officials

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "archive" / "news" / "vietnews.jsonl.gz"
YARDSTICK = "underthesea word_tokenize"
_SENTENCE = "Ngày 19/7/1946, Chính phủ họp về Nghị định số 62/2015/NĐ-CP, chi 2.740 tỷ đồng cho 63 tỉnh. "
_LINES = (1, 5)   # megabytes of one line


@dataclass(frozen=True, slots=True)
class Contender:
    """One row: what is run over the documents, and over which share of them (slow libraries get few)."""

    name: str
    run: Callable[[list[Document]], object]
    share: float = 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=NEWS if NEWS.exists() else ROOT / "corpus" / "samples")
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    documents = list(islice(_documents(given.file), given.documents))
    show(measure(documents, [*ours(documents), *others()], given.rounds))
    show_growth(growth())


def _documents(path: Path) -> Iterator[Document]:
    for item in scan([path]):
        yield from (result for result in read(item) if isinstance(result, Document))


def ours(documents: list[Document]) -> list[Contender]:
    """Each extractor alone, on what the earlier ones found, and all together as a build runs them."""
    decrees = {d.id: find_decrees(d) for d in documents}
    dates = {d.id: find_dates(d, decrees[d.id]) for d in documents}
    officials = {d.id: find_officials(d) for d in documents}
    orders = {d.id: find_directives(d, decrees[d.id], dates[d.id], officials[d.id]) for d in documents}

    def row(name: str, find: Callable[[Document], object]) -> Contender:
        return Contender(name, lambda documents: [find(document) for document in documents])

    return [
        row("decrees", find_decrees),
        row("dates", lambda d: find_dates(d, decrees[d.id])),
        row("decrees + dates", lambda d: find_dates(d, find_decrees(d))),
        row("figures", lambda d: find_figures(d, decrees[d.id], dates[d.id])),
        row("officials", find_officials),
        row("directives", lambda d: find_directives(d, decrees[d.id], dates[d.id], officials[d.id])),
        row("events", lambda d: find_events(d, decrees[d.id], dates[d.id], officials[d.id], orders[d.id])),
        row("all six", extract),
    ]


def others() -> list[Contender]:
    """What the same text costs elsewhere."""
    found = []
    if find_spec("underthesea"):
        import underthesea

        def each(function: Callable[[str], object]) -> Callable[[list[Document]], object]:
            return lambda documents: [function(line) for d in documents for line in d.text.split("\n") if line.strip()]

        found += [
            Contender(YARDSTICK, each(underthesea.word_tokenize)),
            Contender("underthesea ner", each(underthesea.ner), share=0.05),
        ]
    if find_spec("dateparser"):
        from dateparser.search import search_dates

        found.append(Contender("dateparser search", lambda documents: [
            search_dates(line, languages=["vi"]) for d in documents for line in d.text.split("\n") if line.strip()
        ], share=0.05))
    return found


def measure(documents: list[Document], contenders: list[Contender], rounds: int) -> dict[str, float]:
    """Thousands of characters a second of each: the best of the rounds, after one document to load what it needs."""
    best: dict[str, float] = {}
    for contender in contenders:
        contender.run([_unread(document) for document in documents[:1]])
    for _ in range(rounds):
        for contender in contenders:
            part = [_unread(document) for document in documents[: max(1, round(contender.share * len(documents)))]]
            rate = sum(len(document.text) for document in part) / _seconds(contender, part) / 1000
            best[contender.name] = max(rate, best.get(contender.name, 0.0))
    return best


def growth() -> list[tuple[int, float]]:
    """Seconds for decrees and dates in one line of so many megabytes."""
    run = Contender("", lambda documents: [find_dates(d, find_decrees(d)) for d in documents])
    lines = [_SENTENCE * (size * 1_000_000 // len(_SENTENCE)) for size in _LINES]
    return [(size, _seconds(run, [Document(id="line", text=text)])) for size, text in zip(_LINES, lines, strict=True)]


def _unread(document: Document) -> Document:
    """Without the shadow copies that an earlier run made."""
    return replace(document)


def _seconds(contender: Contender, documents: list[Document]) -> float:
    begun = time.process_time()
    contender.run(documents)
    return max(time.process_time() - begun, 1e-9)


def show(rates: dict[str, float]) -> None:
    """A table on the terminal."""
    yardstick = rates.get(YARDSTICK)
    print(f"{'extracting':<28}{'kchar/s':>9}  {'x word_tokenize':>15}")
    for name, rate in rates.items():
        print(f"{name:<28}{rate:>9.0f}  {f'{rate / yardstick:.2f}' if yardstick else '':>15}")


def show_growth(lines: list[tuple[int, float]]) -> None:
    """How much longer a longer line takes: 1.00 is linear."""
    (small, first), (large, second) = lines
    print(f"decrees + dates, one line: {small} MB {first:.2f} s, {large} MB {second:.2f} s;"
          f" per character {second / first * small / large:.2f}")


if __name__ == "__main__":
    main()

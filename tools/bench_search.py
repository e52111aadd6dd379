"""How long questions take: `python tools/bench_search.py FACTS.db` prints milliseconds for each kind of question.

One process asks each question several times, with all counts; between two rounds nothing is remembered but the keys of
words that other questions use too. `--clients 8` then asks from so many threads at once, each on its own handle, as the
reading room does, for `--seconds`; each begins at another question. `--fresh` forgets the keys of words as well.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from outputs.asking import Question, answer, warm  # noqa: E402
from outputs.asking.columns import columns_of  # noqa: E402
from outputs.factbase import FactBase  # noqa: E402

# Class of question, and what is typed in the box: words and fields.
QUESTIONS = (
    ("one word", "án"), ("one word", "thuế"), ("one word, folded", "an"), ("one word, folded", "lut"),
    ("phrase", "thi hành án"), ("phrase", "tai nạn giao thông"), ("phrase", '"ủy ban nhân dân"'),
    ("folded phrase", "thi hanh an"), ("folded phrase", "bao hiem xa hoi"), ("folded phrase", "quan ly dat dai"),
    ("abbreviation", "THADS"), ("abbreviation", "UBND"), ("several words", "hà nội công an điều tra"),
    ("several words", "thủ tướng yêu cầu báo cáo"), ("operators", "(đất OR nhà) quy hoạch -hà"), ("prefix", "nông*"),
    ("asked as a person asks", "bộ nào phải trình chính phủ đề án"), ("kind and words", "kiểm tra loại:chỉ_đạo"),
    ("kind and words", "bổ nhiệm loại:sự_kiện"), ("kind alone", "loại:chỉ_đạo"), ("force", "mức:yêu_cầu báo cáo"),
    ("person", 'người:"Nguyễn Xuân Phúc"'), ("issuer", 'ban hành:"Thủ tướng" loại:chỉ_đạo'),
    ("body", 'cơ quan:"Bộ Công an"'), ("place and time", 'nơi:"Hải Phòng" từ:2010 đến:2016'),
    ("place and words", 'bão lụt nơi:"Quảng Ngãi"'), ("decree", 'văn bản:"Luật Đất đai"'),
    ("topic", 'chủ đề:"đất đai" loại:sự_kiện'), ("source and time", "hội nghị nguồn:vietnews đăng từ:2015"),
    ("newest first", "ma túy xếp theo:newest"),
)


def once(base: FactBase, rounds: int, *, fresh: bool) -> dict[str, list[float]]:
    """Milliseconds of processor time by class."""
    took: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for kind, text in QUESTIONS:
            columns_of(base).forget(words=fresh)
            began = time.process_time()
            answer(base, Question.read(text))
            if number:   # the first round reads the pages of the file
                took.setdefault(kind, []).append((time.process_time() - began) * 1000)
    return took


def together(path: Path, clients: int, seconds: float) -> list[float]:
    """Milliseconds that clients wait who ask at once, one question after another."""
    took: list[float] = []
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        at = number * len(QUESTIONS) // clients
        with FactBase.open(path) as base:
            while time.perf_counter() < until:
                began = time.perf_counter()
                answer(base, Question.read(QUESTIONS[at % len(QUESTIONS)][1]))
                took.append((time.perf_counter() - began) * 1000)
                columns_of(base).forget()
                at += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def part(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Print a table, and the whole."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("facts", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--fresh", action="store_true")
    asked = parser.parse_args()
    with FactBase.open(asked.facts) as base:
        began = time.perf_counter()
        warm(base)
        print(f"made ready in {time.perf_counter() - began:.1f} s; {base.count('document')} documents")
        took = once(base, asked.rounds, fresh=asked.fresh)
        for kind, values in took.items():
            print(f"  {kind:24} {statistics.median(values):7.1f} ms   slowest {max(values):7.1f}")
        every = [value for values in took.values() for value in values]
        print(f"one at a time: mean {statistics.mean(every):.1f} ms of processor time, p95 {part(every, 0.95):.1f}")
        if asked.clients:
            cpu = time.process_time()
            waited = together(asked.facts, asked.clients, asked.seconds)
            print(
                f"{asked.clients} at once: {len(waited) / asked.seconds:.0f} questions a second,"
                f" p50 {part(waited, 0.5):.0f} ms, p95 {part(waited, 0.95):.0f} ms,"
                f" {(time.process_time() - cpu) * 1000 / len(waited):.1f} ms of processor time each"
            )


if __name__ == "__main__":
    main()

"""How fast the reading room answers: `sulieu serve` on a fact base, and readers who ask one page after another.

    python tools/bench_serve.py FACTS.db                    8 readers, 30 seconds: latencies by kind of page
    python tools/bench_serve.py FACTS.db --minutes 10       the long run: errors, and memory at its begin and end

Questions are words, with and without marks, phrases, filters and their mixtures; the pages are documents, facts and
what assembly made, taken from the fact base itself by a fixed rule, so that two runs ask the same.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil

QUESTIONS: tuple[dict[str, str], ...] = (
    {"q": "thi hành án dân sự"}, {"q": "thi hanh an dan su"}, {"q": "phan loai an"}, {"q": '"hội đồng nhân dân"'},
    {"q": "nghị quyết quốc hội"}, {"q": "bao cao thu tuong"}, {"q": "giải phóng mặt bằng"}, {"q": "thuế OR phí -xăng"},
    {"q": "ngan hang nha nuoc", "kind": "figure"}, {"q": "yêu cầu", "kind": "directive"},
    {"kind": "directive", "addressee": "UBND"}, {"q": "bổ nhiệm", "kind": "event", "since": "2010", "until": "2020"},
    {"q": "tai nạn", "place": "Hà Nội"}, {"person": "Nguyễn Tấn Dũng"}, {"q": "62/2015/NĐ-CP"},
    {"q": "công an", "since": "2008"}, {"q": "hà*"}, {"q": "xuất khẩu gạo", "kind": "figure"},
    {"decree": "Luật Đất đai"}, {"topic": "ngân hàng", "kind": "event"}, {"q": "kháng chiến"},
    {"q": "xay dung cau duong"},
)
_PAGES = {
    "document": ("SELECT id FROM document WHERE key % 37 = 1 LIMIT 400", "/document/"),
    "fact": ("SELECT id FROM mention WHERE key % 97 = 1 LIMIT 400", "/fact/"),
    "person": ("SELECT id FROM person WHERE key % 7 = 1 LIMIT 100", "/person/"),
    "decree": ("SELECT id FROM decree WHERE key % 7 = 1 LIMIT 100", "/decree/"),
    "event": ("SELECT id FROM event WHERE key % 97 = 1 LIMIT 200", "/event/"),
    "api fact": ("SELECT id FROM mention WHERE key % 89 = 1 LIMIT 200", "/api/fact/"),
}


@dataclass
class Told:
    """What the readers saw: seconds by kind of page, and what was no answer."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def addresses(facts: Path) -> list[tuple[str, str]]:
    """Kind and address of everything that is asked for: two questions to one page."""
    db = sqlite3.connect(f"{facts.resolve().as_uri()}?mode=ro", uri=True)
    pages = [
        (kind, root + quote(row[0], safe="/:")) for kind, (query, root) in _PAGES.items() for row in db.execute(query)
    ]
    db.close()
    pages.append(("first page", "/"))
    searches = [("search", f"/?{urlencode(one)}") for one in QUESTIONS]
    searches += [("search", f"/?{urlencode({**one, 'page': '2'})}") for one in QUESTIONS[:6]]
    searches += [("api search", f"/api/search?{urlencode(one)}") for one in QUESTIONS[::3]]
    chosen = random.Random(1946)
    chosen.shuffle(pages)
    asked = list(itertools.chain.from_iterable(zip(itertools.cycle(searches), pages, strict=False)))
    return asked + [("first page", "/")] * 10


def reader(port: int, asked: Iterator[tuple[str, str]], until: float, told: Told) -> None:
    """Ask for one after another, each as soon as the one before is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for kind, address in asked:
        if time.perf_counter() > until:
            break
        begun = time.perf_counter()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            told.errors.append(f"{address}: {error!r}")
            connection.close()
            continue
        told.seconds[kind].append(time.perf_counter() - begun)
        if status != 200 and not (kind == "person" and status == 404):
            told.errors.append(f"{address}: {status}")
    connection.close()


def memory(process: psutil.Process) -> int:
    """Bytes in use by the server and its children."""
    return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])


def started(facts: Path, workers: int) -> tuple[subprocess.Popen[str], int]:
    """The server, when it answers, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    options = ["--port", str(port), "--workers", str(workers), "--no-open"]
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", str(facts), *options], stdout=subprocess.DEVNULL, text=True
    )
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return server, port
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def processor(process: psutil.Process) -> float:
    """Seconds of processor time that the server and its children have had."""
    times = [one.cpu_times() for one in [process, *process.children(recursive=True)]]
    return sum(one.user + one.system for one in times)


def shown(told: Told, seconds: float, worked: float) -> None:
    """A line a kind of page."""
    print(f"{'page':<12} {'number':>7} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most ms':>8}")
    every = [value for values in told.seconds.values() for value in values]
    for kind, values in [*sorted(told.seconds.items()), ("all", every)]:
        cuts = statistics.quantiles(values, n=100) if len(values) > 1 else values * 99
        figures = " ".join(f"{1000 * value:>8.1f}" for value in (cuts[49], cuts[94], cuts[98], max(values)))
        print(f"{kind:<12} {len(values):>7} {figures}")
    each = 1000 * worked / max(1, len(every))
    print(f"{len(every) / seconds:.0f} answers a second, {each:.1f} ms of processor each; {len(told.errors)} errors")
    for error in told.errors[:10]:
        print("  ", error)


def main() -> None:
    """Start the server, let the readers ask, print what they saw."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    seconds = 60 * given.minutes or given.seconds
    asked = addresses(given.facts)
    server, port = started(given.facts, given.workers)
    try:
        process = psutil.Process(server.pid)
        warm = Told()
        reader(port, iter(asked[:60]), time.perf_counter() + 60, warm)
        told, begin, at_begin = Told(), time.perf_counter(), memory(process)
        readers = [
            threading.Thread(
                target=reader, args=(port, itertools.cycle(asked[n * 97 % len(asked):] + asked), begin + seconds, told),
            ) for n in range(given.readers)
        ]
        halves, worked = [], processor(process)
        for one in readers:
            one.start()
        while any(one.is_alive() for one in readers):
            time.sleep(min(5.0, seconds / 10))
            halves.append(memory(process))
        shown(told, time.perf_counter() - begin, processor(process) - worked)
        middle = halves[len(halves) // 2] if halves else at_begin
        print(f"memory: {at_begin >> 20} MB at begin, {middle >> 20} MB half way, {memory(process) >> 20} MB at end")
    finally:
        server.terminate()
        server.wait(30)
    sys.exit(bool(told.errors))


if __name__ == "__main__":
    main()

"""Draws the pictures of the README, docs/images/*.png: a history, a timeline, and pages of the reading room.

    python tools/draw_pictures.py

All are of the sample archive (corpus/samples). The history is two pages of its PDF side by side; the others are as
Chromium shows them (`chromium`, without a window).
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
TOPIC = "thi hành án dân sự"
PAGES = (2, 4)               # of the PDF, from 1
SCALE = 1.15                 # of 72 dots to the inch
WINDOW = (1200, 900)
ROOM = {                     # pages of the reading room, and how high each is shown
    "search": ("?q=ke+hoach+khac+phuc", 820),
    "document": ("document/news/2014-lam-viec-tai-hai-phong.txt", 820),
    "person": ("person/{person}", 820),
}
PERSON = "Trần Hồng Quang"
COLOURS = 64                 # of the palette: paper, ink, one red, and what lies between
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Build a fact base, make all of them, write them."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with TemporaryDirectory() as name:
        import sulieu

        folder = Path(name)
        with sulieu.build([ROOT / "corpus" / "samples"], folder / "facts.db") as base:
            save(history(base), IMAGES / "history.png")
            save(timeline(base, folder), IMAGES / "timeline.png")
            person = base.db.execute("SELECT id FROM person WHERE name = ?", (PERSON,)).fetchone()[0]
        for page, image in room(folder, person):
            save(image, IMAGES / f"{page}.png")
    return 0


def history(base: object) -> Image.Image:
    """Two pages of the booklet."""
    import pypdfium2

    from outputs.history import history as draft
    from outputs.history.formats import write_history

    made = draft(base, topic=TOPIC, anniversary="1946-07-19", year=2026)  # type: ignore[arg-type]
    book = pypdfium2.PdfDocument(write_history(made, "pdf"))
    pages = [book[number - 1].render(scale=SCALE).to_pil() for number in PAGES]
    sheet = Image.new("RGB", (sum(page.width for page in pages) + 24, pages[0].height + 16), "#d9d3c7")
    for at, page in enumerate(pages):
        sheet.paste(page, (8 + at * (page.width + 8), 8))
    return sheet


def timeline(base: object, folder: Path) -> Image.Image:
    """The page as it opens, its first years in view."""
    from outputs.timeline import timeline as line
    from outputs.timeline import timeline_html

    page = folder / "timeline.html"
    page.write_text(timeline_html(line(base, topic=TOPIC)), encoding="utf-8")  # type: ignore[arg-type]
    return shot(page.as_uri(), folder, WINDOW[1])


def room(folder: Path, person: str) -> Iterator[tuple[str, Image.Image]]:
    """Pages of the reading room, which is open as long as they are drawn."""
    command = [sys.executable, "-m", "pipeline", "serve", str(folder / "facts.db"), "--port", "0", "--no-open"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as opened:
        assert opened.stdout
        place = opened.stdout.readline().strip()
        for page, (address, height) in ROOM.items():
            yield page, shot(place + address.format(person=person), folder, height)
        opened.send_signal(signal.SIGINT)


def shot(address: str, folder: Path, height: int) -> Image.Image:
    """A page as Chromium shows it."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SystemExit("no Chromium is installed: apt-get install chromium")
    picture = folder / "page.png"
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--window-size={WINDOW[0]},{height}", f"--screenshot={picture}", address],
        check=True, capture_output=True,
    )
    return Image.open(picture).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    """As a palette, small in bytes. By octree: the median cut would turn the few red figures grey."""
    palette = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {image.width} × {image.height}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())

"""Draws docs/images/history.png and docs/images/timeline.png: what `sulieu history` and `sulieu timeline` make.

    python tools/draw_pictures.py [ARCHIVE]     the sample archive (corpus/samples), if not said

The history as two pages of its PDF side by side, the timeline as Chromium shows it (`chromium`, without a window).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
TOPIC = "thi hành án dân sự"
PAGES = (2, 4)               # of the PDF, from 1
SCALE = 1.15                 # of 72 dots to the inch
WINDOW = (1200, 900)
COLOURS = 128                # of the palette: paper, ink, one red, and what lies between
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Build a fact base, make both, write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=Path, default=ROOT / "corpus" / "samples")
    archive = parser.parse_args().archive
    with TemporaryDirectory() as folder:
        import sulieu

        with sulieu.build([archive], Path(folder) / "facts.db") as base:
            save(history(base), IMAGES / "history.png")
            save(timeline(base, Path(folder)), IMAGES / "timeline.png")
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

    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SystemExit("no Chromium is installed: apt-get install chromium")
    page, picture = folder / "timeline.html", folder / "timeline.png"
    page.write_text(timeline_html(line(base, topic=TOPIC)), encoding="utf-8")  # type: ignore[arg-type]
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--window-size={WINDOW[0]},{WINDOW[1]}", f"--screenshot={picture}", page.as_uri()],
        check=True, capture_output=True,
    )
    return Image.open(picture).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    """As a palette, small in bytes."""
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {image.width} × {image.height}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())

"""A history as a Word document (Office Open XML, ECMA-376): templates filled and zipped, nothing else.

Headings are Word's own, so that its navigation pane and table of contents work; notes are its footnotes, a later
citation refers to the first (NOTEREF); tables repeat their heads; pictures are SVG with PNG for programs that cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from outputs.history import charts
from outputs.history.format_words import say
from outputs.history.model import Chart, History, Note
from outputs.history.notes_in_print import PrintedNote, citations, feet_one_by_one, printed_notes
from outputs.history.phrases import wording
from outputs.history.pictures import alternative
from outputs.history.render import FirstTime, drawn, plates, words_of
from outputs.history.tables import shares
from outputs.passages import clipped
from outputs.templating import environment

_PARTS = {  # place in the package to template
    "[Content_Types].xml": "content_types", "_rels/.rels": "rels", "docProps/core.xml": "core",
    "docProps/app.xml": "app", "word/document.xml": "document", "word/_rels/document.xml.rels": "document_rels",
    "word/styles.xml": "styles", "word/settings.xml": "settings", "word/footnotes.xml": "footnotes",
    "word/header.xml": "header", "word/footer.xml": "footer",
}
_EMU = 9525                       # English Metric Units of a pixel
_WIDEST, _HIGHEST = 5_760_000, 7_700_000  # EMU: the text of a page, 160 mm wide
_EPOCH = (1980, 1, 1, 0, 0, 0)    # the first date a zip can hold: the same history gives the same bytes
_LOCALES = {"vi": "vi-VN", "en": "en-GB"}
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture in its place: EMU wide and high."""

    number: int
    width: int
    height: int
    words: str
    svg: str


def history_docx(history: History) -> bytes:
    """The same history gives the same bytes. Needs no library; without those that draw it has no pictures."""
    made = {chart: _picture(at, chart, svg, history) for at, (chart, svg) in enumerate(drawn(history).items(), 1)}
    cited = list(dict.fromkeys(_citations(history)))
    sources = {note.number: _source(note, before, history) for before, note in _pairs(history.notes)}
    printed = printed_notes(history)
    words = {
        **words_of(history), "plates": plates, "plates_drawn": made, "cited": cited,
        "feet": feet_one_by_one(history), "printed": printed, "see_words": _see_words(printed, history),
        "anchors": _anchors(history), "sources": sources, "addresses": _addresses(history.notes), "shares": shares,
        "locale": _LOCALES[history.language], "key": partial(charts.key, language=history.language),
    }
    package = BytesIO()
    with ZipFile(package, "w") as zipped:
        for place, template in _PARTS.items():
            part = environment().get_template(f"docx/{template}.xml.j2").render(words, first_time=FirstTime())
            _add(zipped, place, part.encode())
        for picture in made.values():
            _add(zipped, f"word/media/chart{picture.number}.svg", picture.svg.encode())
            _add(zipped, f"word/media/chart{picture.number}.png", charts.chart_png(picture.svg))
    return package.getvalue()


def _add(zipped: ZipFile, place: str, content: bytes) -> None:
    entry = ZipInfo(place, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    zipped.writestr(entry, content)


def _picture(number: int, chart: Chart, svg: str, history: History) -> _Picture:
    width, height = (side * _EMU for side in charts.size(svg))
    by = min(1.0, _WIDEST / width, _HIGHEST / height)
    return _Picture(number, round(width * by), round(height * by), alternative(chart, history), svg)


def _citations(history: History) -> Iterator[int]:
    """Note numbers in the order in which the document cites them."""
    for section in history.sections:
        yield from citations(section)


def _anchors(history: History) -> dict[str, tuple[int, str, str]]:
    """Number, name and words of the bookmark of each section; numbers above those of the notes."""
    headed = [(section.id, section.heading) for section in history.sections]
    if history.notes:
        headed.append(("ghi-chu", say("notes", history.language)))
    first = 2 * len(history.notes) + 2
    return {name: (first + at, f"_Toc{first + at:08}", words) for at, (name, words) in enumerate(headed)}


def _pairs(notes: tuple[Note, ...]) -> Iterator[tuple[Note | None, Note]]:
    return zip((None, *notes), notes, strict=False)


def _source(note: Note, before: Note | None, history: History) -> str:
    """The document of a note and the place in it."""
    place = say("characters", history.language, first=note.evidence[0].start, last=note.evidence[0].end)
    if before is not None and before.document_id == note.document_id and note.basis == "source":
        return f"{say('same_document', history.language)}, {place}"
    date = wording(history.language).short(note.date) if note.date else ""
    where = (note.place, place) if note.basis == "source" else ()
    return ", ".join(part for part in (clipped(note.title, 130), note.source or "", date, *where) if part)


def _see_words(printed: dict[int, PrintedNote], history: History) -> dict[int, str]:
    phrase = say("see_note", history.language)
    return {number: f"{phrase} {', '.join(map(str, one.see))}" if one.see else "" for number, one in printed.items()}


def _addresses(notes: tuple[Note, ...]) -> dict[str, str]:
    """Relation ids of the addresses that notes open."""
    urls = dict.fromkeys(note.url for note in notes if note.url and _opens(note.url))
    return {url: f"rIdUrl{at}" for at, url in enumerate(urls, 1)}


def _opens(url: str) -> bool:
    """Whether Word takes it as an address: one without spaces or marks that no address has breaks a document."""
    plain = url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    return url.startswith(("http://", "https://")) and plain and len(url) <= _LONGEST_ADDRESS

"""Word documents of 1997–2003 (`.doc`), read from their bytes; older ones through antiword or LibreOffice.

The font of every run is known, so text in TCVN3 and VNI fonts comes back letter for letter, capitals included.
Hidden text, comments, field codes, headers and page feet are left out; tracked deletions are text
with a mark, and are counted; automatic numbers are written out, text boxes stand behind the paragraph that they are
fastened to.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Document
from corpus.encodings.fonts import legacy_font
from corpus.encodings.runs import Run
from corpus.errors import ReadError, Reason
from corpus.metadata import describe
from corpus.readers import converters
from corpus.readers.flow import CELL, ROW, TABLE, LeftOut, Notes, document_text
from corpus.readers.list_numbers import Lists
from corpus.readers.word_binary import OldWord, WordBinary, open_streams
from corpus.readers.word_binary import Run as WordRun
from corpus.source import MAX_DOCUMENT, Source, stored_text

_CONTROLS = str.maketrans({
    "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None,
    "\x01": None, "\x02": None, "\x03": None, "\x04": None, "\x05": None, "\x08": None, "\x00": None,
})
_STRUCTURE = "\x07\x13\x14\x15"
_FIELD_BEGINS, _FIELD_RESULT, _FIELD_ENDS = "\x13", "\x14", "\x15"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def is_word(source: Source) -> bool:
    """Whether a file that begins like an OLE container holds a Word document: the name of its stream tells."""
    if not source.head.startswith(_OLE):
        return False
    if _WORD_STREAM in source.head or source.suffix in (".doc", ".dot"):
        return True
    return len(source.head) < source.size <= MAX_DOCUMENT and _WORD_STREAM in source.load()


def read(source: Source) -> Iterator[Document]:
    """The document. Raises ReadError."""
    data = source.load()
    left_out = LeftOut()
    try:
        runs = list(word_runs(data, left_out))
    except OldWord as error:
        runs = [Run(converters.word_text(data, str(error)))]
    decoded = document_text(runs, "unicode")
    text = stored_text(decoded.text)
    described = describe(text)
    described["metadata"] = described["metadata"] | left_out.metadata
    yield Document(
        id=source.name, text=text, path=source.name, encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(), **described,
    )


def word_runs(data: bytes, left_out: LeftOut) -> Iterator[Run]:
    """The flow of a Word 97–2003 document, a run for each font. Raises ReadError, OldWord."""
    main, side = _streams(data)
    word = WordBinary(main, side)
    first, last = word.stories["text"]
    if (length := max(end for _, end in word.stories.values())) > len(main):
        raise ReadError(Reason.DAMAGED, f"{length} characters are promised in {len(main)} bytes")
    try:
        flow = _Flow(word, left_out, word.lists())
        flow.notes, flow.boxes, flow.loose_boxes = word.notes(), *word.boxes()
        yield from flow.runs(first, last)
    except (struct.error, IndexError) as error:
        raise ReadError(Reason.DAMAGED, f"a table of the document is broken: {error}") from error


def _streams(data: bytes) -> tuple[bytes, bytes]:
    """The stream of the text and that of its tables. Raises ReadError, OldWord."""
    import olefile

    if not data.startswith(olefile.MAGIC):
        raise OldWord("Word for DOS or Windows 2")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptionInfo") or container.exists("EncryptedPackage"):
                raise ReadError(Reason.ENCRYPTED, "a password is needed")
            if not container.exists("WordDocument"):
                raise ReadError(Reason.UNSUPPORTED_TYPE, "an OLE container without a Word document")
            main = container.openstream("WordDocument").read()
            name = open_streams(main)
            if not container.exists(name):
                raise ReadError(Reason.TRUNCATED, f"the stream {name} is missing")
            return main, container.openstream(name).read()
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, OverflowError) as error:
        raise ReadError(Reason.TRUNCATED, f"the OLE container is not whole: {error}") from error


class _Flow:
    """The runs of a document as a flow: controls read, fields resolved, notes put at their marks."""

    def __init__(self, word: WordBinary, left_out: LeftOut, lists: Lists) -> None:
        self.word = word
        self.left_out = left_out
        self.lists = lists
        self.notes: dict[int, tuple[int, int]] = {}   # notes and boxes of a note or box are not looked for
        self.boxes: dict[int, tuple[int, int]] = {}   # by the place of their anchors
        self.loose_boxes: list[tuple[int, int]] = []
        self.lists_aside: Lists | None = None   # of notes and boxes, which do not count in the text's own lists
        self.boxes_due: list[tuple[int, int]] = []   # those fastened to the paragraph that is open
        self.line_begins = True        # the last that was shown ended a paragraph
        self.number_due = False        # nothing of the paragraph has been shown
        self.fields: list[bool] = []   # for each open field: whether its result has begun
        self.in_table = False
        self.note_texts = Notes()

    def runs(self, first: int, last: int) -> Iterator[Run]:
        """The flow of characters `first:last`."""
        for run in self.word.runs(first, last):
            self.number_due = (self.number_due or run.first) and self.line_begins
            if not (run := self._shown(run)).text:
                continue
            font = self._font(run)
            if run.paragraph.in_table and not self.in_table:
                yield Run(TABLE, font)
            self.in_table = run.paragraph.in_table
            yield from self._number(run, font)
            yield from self._notes(run)
            if text := self._text(run):
                yield Run(text, font, run.character.capitals)
                self.line_begins = text[-1] in f"\n{CELL}{ROW}"
            yield from self._boxes(run)
        yield from self.note_texts.after_text()
        for place in (*self.boxes_due, *self.loose_boxes):
            yield from self._box(place)

    def _number(self, run: WordRun, font: str | None) -> Iterator[Run]:
        """The automatic number of the paragraph that begins."""
        if not self.number_due or run.paragraph.row_end:
            return
        self.number_due = False
        place, level = self.word.list_place(run.paragraph)
        number, own_font = self.lists.label(str(place), level) if place else ("", None)
        if number:
            yield Run(number, own_font or font, run.character.capitals)

    def _boxes(self, run: WordRun) -> Iterator[Run]:
        """The text boxes of a paragraph or row that ends with the run."""
        if self.boxes and "\x08" in run.text:
            places = (place for place, char in enumerate(run.text, run.start) if char == "\x08")
            self.boxes_due += [self.boxes.pop(place) for place in places if place in self.boxes]
        ends = run.paragraph.row_end if run.paragraph.in_table else run.text[-1] in "\r\x0c"
        if ends and self.boxes_due:
            due, self.boxes_due = self.boxes_due, []
            for place in due:
                yield from self._box(place)

    def _aside(self, first: int, last: int) -> list[Run]:
        """A note or box."""
        if self.lists_aside is None:
            self.lists_aside = self.word.lists()
        return list(_Flow(self.word, self.left_out, self.lists_aside).runs(first, last))

    def _box(self, place: tuple[int, int]) -> Iterator[Run]:
        if inside := self._aside(*place):
            yield from () if self.line_begins else (Run("\n", inside[0].font),)
            yield from inside
            self.line_begins = False

    def _shown(self, run: WordRun) -> WordRun:
        """The run, of which only the marks of cells and fields are left where it is hidden."""
        if not run.character.hidden:
            if run.character.deleted and run.text.strip():
                self.left_out.leave("tracked_deletions")
            else:
                self.left_out.keep()
            if "\x05" in run.text and run.character.special:
                self.left_out.counts["comments"] += run.text.count("\x05")
            return run
        if all(self.fields) and run.text.strip():
            self.left_out.leave("hidden_passages")
        return replace(run, text="".join(char for char in run.text if char in _STRUCTURE))

    def _font(self, run: WordRun) -> str | None:
        """The font of the run's letters beyond ASCII, or of all where only that one is of an old table."""
        fonts = self.word.fonts
        if (symbol := _symbol(run)) and symbol[0] < len(fonts):
            return fonts[symbol[0]]
        names = [fonts[n] for n in (run.character.font_other, run.character.font) if n < len(fonts)]
        return next((name for name in names if legacy_font(name)), names[-1] if names else None)

    def _notes(self, run: WordRun) -> Iterator[Run]:
        """The notes whose marks are in the run: a short one in brackets, of a long one the number only."""
        if not self.notes or "\x02" not in run.text:
            return
        for place, char in enumerate(run.text, run.start):
            if char == "\x02" and place in self.notes:
                first, last = self.notes.pop(place)
                yield from self.note_texts.placed(self._aside(first, last))

    def _text(self, run: WordRun) -> str:
        if symbol := _symbol(run):
            code = symbol[1]
            return chr(code & 0xFF if 0xF000 <= code < 0xF100 else code) * len(run.text)
        text = run.text
        if self.fields or _FIELD_BEGINS in text:
            text = self._outside_fields(text)
        if run.paragraph.inner_cell:
            text = text.replace("\r", " | ")
        elif run.paragraph.depth > 1 and run.paragraph.row_end:
            text = text.replace("\r", "\n")
        if "\x07" in text:
            text = text.replace("\x07", ROW if run.paragraph.row_end else CELL)
        return text.replace("\x1d", ROW).translate(_CONTROLS)

    def _outside_fields(self, text: str) -> str:
        """The text without the codes of fields; what a field shows stays."""
        kept = []
        for char in text:
            if char == _FIELD_BEGINS:
                self.fields.append(False)
            elif char == _FIELD_RESULT and self.fields:
                self.fields[-1] = True
            elif char == _FIELD_ENDS and self.fields:
                self.fields.pop()
            elif all(self.fields):
                kept.append(char)
        return "".join(kept)


def _symbol(run: WordRun) -> tuple[int, int] | None:
    """The font and code of a symbol: its place in the text is held by a bracket, as old programs have it unmarked."""
    held = run.character.special or not run.text.strip("(")
    return run.character.symbol if held else None

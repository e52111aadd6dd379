"""Rich Text Format, read token by token: the font of each run decides which letters its bytes draw.

Control words are those of Microsoft's RTF specification 1.9.1. What is not the document's own text (style sheets,
pictures, headers and page feet, field codes, comments, hidden text, tracked deletions) is left out; footnotes come
back to their marks, text boxes stand behind their paragraph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.encodings.fonts import legacy_font
from corpus.encodings.runs import Run
from corpus.encodings.tables import seen
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.readers.flow import CELL, ROW, TABLE, LeftOut, Notes, document_text
from corpus.source import Source, stored_text

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|(?P<bytes>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)", re.S,
)
_DEEPEST = 2000       # groups
_LONGEST_NAME = 100   # of a font
_SKIPPED = frozenset((
    "fonttbl", "colortbl", "stylesheet", "listtable", "filetbl", "revtbl", "rsidtbl", "info", "private",
    "themedata", "colorschememapping", "datastore", "latentstyles", "pict", "object", "nonshppict",
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "fldinst", "annotation", "atnid", "atnauthor",
    "bkmkstart", "bkmkend", "xe", "tc", "sp", "shprslt",
))
_KEPT = frozenset((   # text even after `\*`
    "shpinst", "shptxt", "do", "dptxbxtext", "fldrslt", "listtext", "pntext", "result", "ud",
))
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "tab": "\t", "cell": CELL, "row": ROW,
    "nestcell": " | ", "nestrow": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}
_SIGNS = {"~": "\u00a0", "_": "-", "\n": "\n", "\r": "\n"}
_CODE_PAGES = {  # `\fcharset`
    128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group's braces keep apart."""

    font: int | None = None
    capitals: bool = False
    hidden: bool = False
    deleted: bool = False     # by a tracked change
    number: bool = False      # the automatic number of a paragraph
    box: bool = False
    skipped: bool = False
    unicode_skip: int = 1     # characters that stand for one of `\\u` in old programs
    note: bool = False
    fonts: bool = False       # inside the font table


def read(source: Source) -> Iterator[Document | Rejected]:
    """The document, and a Rejected for the end of one that was cut. Raises ReadError."""
    data = source.load()
    reader = _Reader(data)
    decoded = document_text(reader.runs(), "unicode")
    text = stored_text(decoded.text)
    described = describe(text)
    described["metadata"] = described["metadata"] | reader.left_out.metadata
    digest = hashlib.sha256(data).hexdigest()
    yield Document(
        id=source.name, text=text, path=source.name, encoding=decoded.encoding, sha256=digest, **described
    )
    if reader.depth > 0:
        yield Rejected(
            id=f"{source.name}#end", path=source.name, member="end", sha256=digest, reason=Reason.TRUNCATED,
            detail=f"{reader.depth} groups are not closed",
        )


class _Reader:
    """One pass over the tokens of a file."""

    def __init__(self, data: bytes) -> None:
        self.markup = data.decode("latin-1")
        self.state = _State()
        self.depth = 0
        self.names: dict[int, str] = {}
        self.code_pages: dict[int, str] = {}
        self.ansi = "cp1252"
        self.default_font: int | None = None
        self.flows: list[list[Run]] = [[]]   # the text, and inside it an open footnote
        self.notes = Notes()
        self.left_out = LeftOut()
        self.boxes: list[list[Run]] = []     # of the paragraph or row that is open
        self.tables: list[tuple[bool, bool]] = []   # what `in_table` and `table_open` are outside a note or box
        self.pending = bytearray()           # bytes of one font that are not decoded yet
        self.leave_out = 0                   # characters that only repeat a `\u`
        self.high_half = 0                   # of a surrogate pair
        self.in_table = False                # the paragraph is
        self.table_open = False              # no paragraph outside has come since

    def runs(self) -> list[Run]:
        """The flow of the document. Raises ReadError."""
        stack: list[_State] = []
        at, markup = 0, self.markup
        while token := _TOKEN.search(markup, at):
            at = token.end()
            if brace := token["brace"]:
                self._flush()
                self.leave_out = 0
                if brace == "{":
                    stack.append(self.state)
                    if len(stack) > _DEEPEST:
                        raise ReadError(Reason.DAMAGED, f"groups nested more than {_DEEPEST} deep")
                elif stack:
                    self._close(stack.pop())
            elif word := token["word"]:
                at = self._word(word, token["number"], at)
            elif token["bytes"]:
                self._bytes(bytes.fromhex(token["bytes"].replace("\\'", "")))
            elif token["text"]:
                self._bytes(token["text"].encode("latin-1"))
            else:
                self._sign(token["sign"], at)
        self._flush()
        self.depth = len(stack)
        self._place_boxes()
        return [*self.flows[0], *self.notes.after_text()]

    def _close(self, before: _State) -> None:
        inside, self.state = self.state, before
        if len(self.flows) < 2 or not ((inside.note and not before.note) or (inside.box and not before.box)):
            return
        flow = self.flows.pop()
        self.in_table, self.table_open = self.tables.pop()
        if inside.box and not before.box:
            self.boxes.append(flow)
            return
        for run in self.notes.placed(flow):
            self._add(run.text, run)

    def _open_flow(self) -> None:
        """What follows, to the end of its group, is no part of the paragraph around it."""
        self.flows.append([])
        self.tables.append((self.in_table, self.table_open))
        self.in_table = self.table_open = False

    def _place_boxes(self) -> None:
        """Text boxes, behind the paragraph or row that they are fastened to."""
        flow = self.flows[-1]
        for box in self.boxes:
            if flow and flow[-1].text[-1:] not in ("\n", ROW):
                flow.append(Run("\n"))
            flow += box if box and box[-1].text[-1:] == "\n" else [*box, Run("\n")]
        self.boxes = []

    def _word(self, word: str, number: str | None, at: int) -> int:
        """Obey a control word; returns where the next token begins."""
        value = int(number) if number else None
        if word == "u" and value is not None:
            self._unicode(value)
            return at
        if word == "bin" and value:
            return at + max(0, value)
        self._flush()
        if word in _CHARACTERS:
            self._add(" " if word == "tab" and self.state.number else _CHARACTERS[word])
            if self.boxes and len(self.flows) == 1 and (word == "row" or (word == "par" and not self.in_table)):
                self._place_boxes()
        elif word in _SKIPPED:
            if word == "annotation":
                self.left_out.counts["comments"] += 1
            self.state = replace(self.state, skipped=True, fonts=word == "fonttbl")
        elif word == "footnote" and not self.state.note:
            self._open_flow()
            self.state = replace(self.state, note=True)
        elif word in ("shptxt", "dptxbxtext") and not (self.state.box or self.state.note or self._silent()):
            self._open_flow()
            self.state = replace(self.state, box=True)
        elif word in ("listtext", "pntext"):
            self.state = replace(self.state, number=True)
        elif word == "f":
            self.state = replace(self.state, font=value)
        elif word in ("caps", "v", "deleted", "plain", "uc"):
            self._character(word, value)
        elif word == "pard":
            self.in_table = False
        elif word == "intbl":
            self._enter_table()
        elif word == "deff":
            self.default_font = value
        elif word == "ansicpg" and value:
            self.ansi = f"cp{value}"
        elif word == "fcharset" and self.state.fonts and self.state.font is not None and value in _CODE_PAGES:
            self.code_pages[self.state.font] = _CODE_PAGES[value]
        return at

    def _character(self, word: str, value: int | None) -> None:
        if word == "caps":
            self.state = replace(self.state, capitals=value != 0)
        elif word == "v":
            self.state = replace(self.state, hidden=value != 0)
        elif word == "deleted":
            self.state = replace(self.state, deleted=value != 0)
        elif word == "uc":
            self.state = replace(self.state, unicode_skip=min(8, max(0, value or 0)))
        else:
            self.state = replace(self.state, font=None, capitals=False, hidden=False, deleted=False)

    def _enter_table(self) -> None:
        if not self.table_open and not self._silent():
            self._add(TABLE)
        self.in_table = self.table_open = True

    def _sign(self, sign: str, at: int) -> None:
        if sign == "*":
            following = _TOKEN.match(self.markup, at)
            known = following is not None and following["word"] in _KEPT
            self.state = replace(self.state, skipped=self.state.skipped or not known, fonts=False)
        elif sign in "\\{}":
            self._bytes(sign.encode())
        elif sign in _SIGNS:
            self._flush()
            self._add(_SIGNS[sign])

    def _unicode(self, value: int) -> None:
        """`\\u`: a character, or half of one; some programs write negative numbers, or bytes of a symbol font."""
        self._flush()
        self.leave_out = self.state.unicode_skip
        code = value & 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self.high_half = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.high_half - 0xD800) << 10) + (code - 0xDC00) if self.high_half else 0xFFFD
        self.high_half = 0
        self._add(chr(code))

    def _bytes(self, data: bytes) -> None:
        if self.leave_out:
            left = data[self.leave_out :]
            self.leave_out = max(0, self.leave_out - len(data))
            data = left
        if self.state.fonts and self.state.font is not None:
            self.names[self.state.font] = (self.names.get(self.state.font, "") + seen(data)).strip("; ")[:_LONGEST_NAME]
        elif not self._silent():
            self.pending += data
        elif not self.state.skipped and data.strip():
            self._leave()

    def _leave(self) -> None:
        self.left_out.leave("tracked_deletions" if self.state.deleted else "hidden_passages")

    def _silent(self) -> bool:
        return self.state.skipped or self.state.hidden or self.state.deleted

    def _flush(self) -> None:
        """Decode the bytes that wait, by the font that they are in."""
        if not self.pending:
            return
        data, self.pending = bytes(self.pending), bytearray()
        font = self._font_number()
        code_page = self.code_pages.get(font, self.ansi) if font is not None else self.ansi
        if code_page == "cp1252" or legacy_font(self.names.get(font, "") if font is not None else ""):
            self._add(seen(data))
            return
        try:
            self._add(data.decode(code_page, "replace"))
        except LookupError:
            self._add(seen(data))

    def _font_number(self) -> int | None:
        return self.state.font if self.state.font is not None else self.default_font

    def _add(self, text: str, like: Run | None = None) -> None:
        """Text at the end of the flow, in the font of the moment or of another run."""
        if self._silent():
            if not self.state.skipped and text not in (CELL, ROW, "\n"):
                self._leave()
            if self.state.skipped or text not in (CELL, ROW):
                return
        else:
            self.left_out.keep()
        if text == "\n" and not self.in_table:
            self.table_open = False
        number = self._font_number()
        name = self.names.get(number) if number is not None else None
        self.flows[-1].append(Run(text, like.font, like.capitals) if like else Run(text, name, self.state.capitals))

"""DOCX (Office Open XML, ECMA-376): paragraphs, tables as rows, notes at their marks, automatic numbers as shown.

Only the parts that hold words are inflated, with a limit of size and of ratio; XML entities are never expanded.
Tracked deletions, hidden text, comments, field codes, headers and page feet are left out; text boxes stand behind
the paragraph that they are fastened to.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.document import Document
from corpus.encodings.runs import Run
from corpus.errors import ReadError, Reason
from corpus.metadata import describe
from corpus.readers.docx_numbering import lists
from corpus.readers.docx_styles import Styles, descendant, local, value
from corpus.readers.flow import CELL, ROW, TABLE, LeftOut, Notes, document_text
from corpus.readers.list_numbers import Lists
from corpus.source import Source, stored_text

_LARGEST_PART = 64 * 1024**2   # bytes, inflated
_SUSPECT_PART = 8 * 1024**2    # bytes from which the ratio counts
_MOST_RATIO = 200
_MOST_MEMBERS = 20_000

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "Fallback"))
_DELETIONS = ("del", "moveFrom")


def read(source: Source) -> Iterator[Document]:
    """The document. Raises ReadError."""
    data = source.load()
    reader = _Reader(_parts(data))
    decoded = document_text(reader.runs(), "utf-8")
    text = stored_text(decoded.text)
    described = describe(text)
    described["metadata"] = described["metadata"] | reader.left_out.metadata
    yield Document(
        id=source.name, text=text, path=source.name, encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(), **described,
    )


def _parts(data: bytes) -> dict[str, etree._Element]:
    """The parts of the package that are wanted, by the last part of their name. Raises ReadError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {info.filename: info for info in package.infolist()[:_MOST_MEMBERS]}
            wanted = {name: f"word/{name}.xml" for name in ("document", "styles", "numbering", "footnotes", "endnotes")}
            return {name: _part(package, members[path]) for name, path in wanted.items() if path in members}
    except (zipfile.BadZipFile, EOFError, zlib.error, ValueError) as error:
        raise ReadError(Reason.TRUNCATED, f"the package is not whole: {error}") from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise ReadError(Reason.DAMAGED, f"the package cannot be unpacked: {error}") from error


def _part(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> etree._Element:
    if info.flag_bits & 1:
        raise ReadError(Reason.ENCRYPTED, info.filename)
    with package.open(info) as stream:
        data = stream.read(_LARGEST_PART + 1)
    ratio = len(data) // max(1, info.compress_size)
    if len(data) > _LARGEST_PART or (len(data) > _SUSPECT_PART and ratio > _MOST_RATIO):
        raise ReadError(Reason.TOO_LARGE, f"{info.filename} inflates {info.compress_size} bytes to over {len(data)}")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        tree = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(Reason.DAMAGED, f"{info.filename}: {error}") from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise ReadError(Reason.DAMAGED, f"{info.filename} declares a document type, which the format forbids")
    return tree


@dataclass
class _Reader:
    """One pass over the body of a document."""

    parts: dict[str, etree._Element]
    styles: Styles = field(init=False)
    lists: Lists = field(init=False)
    notes: Notes = field(default_factory=Notes)
    left_out: LeftOut = field(default_factory=LeftOut)
    line_begins: bool = True   # the mark of the paragraph before is not deleted

    def __post_init__(self) -> None:
        if "document" not in self.parts:
            raise ReadError(Reason.DAMAGED, "the package holds no word/document.xml")
        self.styles = Styles(self.parts.get("styles"))
        self.lists = lists(self.parts.get("numbering"))
        self.note_elements: dict[tuple[str, str | None], etree._Element] = {
            (kind, value(note, "id")): note
            for kind in ("footnotes", "endnotes") if kind in self.parts
            for note in self.parts[kind] if isinstance(note.tag, str) and value(note, "type") in (None, "normal")
        }

    def runs(self) -> list[Run]:
        """The flow of the document."""
        return [*self._blocks(self.parts["document"], 0), *self.notes.after_text()]

    def _blocks(self, parent: etree._Element, depth: int) -> Iterator[Run]:
        """Paragraphs and tables, and what wraps them. `depth` counts the tables around."""
        before = ""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                if before != "tbl" and not depth:
                    yield Run(TABLE)
                yield from self._table(element, depth)
            elif name not in _LEFT_OUT and name:
                yield from self._blocks(element, depth)
            before = name

    def _table(self, table: etree._Element, depth: int) -> Iterator[Run]:
        cell_end, row_end = (" | ", "\n") if depth else (CELL, ROW)
        for row in _children(table, "tr"):
            if descendant(row, "trPr", "del") is not None:
                self.left_out.leave("tracked_deletions")
                continue
            for cell in _children(row, "tc"):
                yield from self._blocks(cell, depth + 1)
                yield Run(cell_end)
            yield Run(row_end)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Run]:
        properties = next(_children(paragraph, "pPr"), None)
        style = value(_child(properties, "pStyle"), "val")
        font, capitals = self.styles.look(None, style)
        if self.line_begins:
            number, own_font = self.lists.label(*self.styles.numbered(properties, style))
            yield from (Run(number, own_font or font, capitals),) if number else ()
        boxes: list[etree._Element] = []
        yield from self._inline(paragraph, style, boxes)
        self.line_begins = descendant(properties, "rPr", "del") is None
        if self.line_begins:
            yield Run("\n", font)
        for box in boxes:
            yield from self._blocks(box, 1)

    def _inline(self, parent: etree._Element, style: str | None, boxes: list[etree._Element]) -> Iterator[Run]:
        for element in parent:
            name = local(element)
            if name in _DELETIONS and len(element):
                self.left_out.leave("tracked_deletions")
            elif name == "r":
                yield from self._run(element, style, boxes)
            elif name == "txbxContent":
                boxes.append(element)
            elif name and name not in _LEFT_OUT:
                yield from self._inline(element, style, boxes)

    def _run(self, run: etree._Element, style: str | None, boxes: list[etree._Element]) -> Iterator[Run]:
        properties = _child(run, "rPr")
        if self.styles.hidden(properties, style):
            self.left_out.leave("hidden_passages")
            return
        self.left_out.keep()
        font, capitals = self.styles.look(properties, style)
        for element in run:
            name = local(element)
            if name == "t" and element.text:
                yield Run(element.text, font, capitals)
            elif name in _SIGNS:
                yield Run(_SIGNS[name], font)
            elif name == "sym":
                yield Run(_symbol(element), value(element, "font") or font)
            elif name in ("footnoteReference", "endnoteReference"):
                yield from self._note(f"{name.removesuffix('Reference')}s", value(element, "id"))
            elif name == "commentReference":
                self.left_out.counts["comments"] += 1
            elif name and name not in _LEFT_OUT:
                yield from self._inline(element, style, boxes)

    def _note(self, kind: str, number: str | None) -> Iterator[Run]:
        note = self.note_elements.pop((kind, number), None)  # once: a note may hold its own mark
        if note is not None:
            yield from self.notes.placed(list(self._blocks(note, 1)))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    code = code & 0xFF if 0xF000 <= code < 0xF100 else code
    return chr(code) if code >= 0x20 and (code < 0xD800 or 0xE000 <= code < 0x11_0000) else ""


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of one name, also those inside content controls and tracked insertions."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element, name)


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return next((element for element in parent if local(element) == name), None) if parent is not None else None

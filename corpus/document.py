"""A document: its text as decoded, and where every part of it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from corpus import shadow

DocumentKind = Literal["news", "notice"]
PageReading = Literal["text", "ocr"]


def normalise_text(decoded: str) -> str:
    """The stored form of a decoded text: NFC, line ends as `\\n`, a leading byte-order mark removed; nothing else."""
    text = decoded.removeprefix("\ufeff").replace("\r\n", "\n")
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value read from a document, with the words that state it: `text[start:end]`."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF or scan: where its words begin in the text, and how they were read.

    `number` counts the pages of the file from 1. `confidence` is the mean confidence of the recognised words, 0 to
    100; None for a page that was not recognised from its picture. A paragraph that runs over a page's end is one
    line of the text, so a page may begin inside a line.
    """

    start: int
    number: int
    how: PageReading
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A recognised word whose figures are not sure, `text[start:end]`; the text has its best reading.

    `confidence` is what the looks at it agree on, 0 to 100.
    """

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Header and signature block of an official notice (Decree 30/2020/NĐ-CP, Annex I).

    Every part is None, or empty, where the document does not state it.
    """

    parent: Quoted | None = None       # the organ above, e.g. BỘ TƯ PHÁP
    organ: Quoted | None = None        # the organ that issues
    number: Quoted | None = None       # symbol, e.g. 397/QĐ-TTg
    place: Quoted | None = None        # Hà Nội
    date: Quoted | None = None         # EDTF
    doc_type: Quoted | None = None     # lower case: thông báo
    subject: Quoted | None = None      # trích yếu
    addressees: tuple[Quoted, ...] = ()   # Kính gửi
    recipients: tuple[Quoted, ...] = ()   # Nơi nhận
    power: Quoted | None = None        # TM. KT. TL. TUQ. with the office signed for
    signer_title: Quoted | None = None
    signer: Quoted | None = None          # of several, the first
    signers: tuple[Quoted, ...] = ()      # all who signed, in their order
    signer_titles: tuple[Quoted, ...] = ()
    bases: tuple[Quoted, ...] = ()        # Căn cứ …, Theo đề nghị …: paragraphs above the enacting words
    annexes: tuple[Quoted, ...] = ()      # headings: PHỤ LỤC I, DANH MỤC (ban hành kèm theo …)
    footnotes: tuple[Quoted, ...] = ()    # [1] …
    attestation: tuple[Quoted, ...] = ()  # Xác thực văn bản hợp nhất: number, day, title and name, as far as stated
    not_before: Quoted | None = None      # EDTF; without a date of its own: the latest day it cites as past
    not_after: Quoted | None = None       # EDTF; the earliest day it looks ahead to


@dataclass(frozen=True)
class Document:
    """One document of an archive.

    `id` is unique in a fact base: the record's own `id`, else the path below the input folder.
    `text` is the decoded source in NFC with `\\n` line ends and nothing else changed; all offsets count its
    code points. `date` is EDTF: the day of publication (news) or of issue (notice), None where neither the
    text nor its metadata state it; `date_rule` names the rule that found it.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    date_rule: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    kind: DocumentKind = "news"
    notice: Notice | None = None
    path: str = ""             # the file below the input folder
    member: str | None = None  # the record inside the file: a line number, a path in a container
    sha256: str = ""           # of the source bytes of this document; `+` and a mark of the mapping of columns
    encoding: str | None = None
    metadata: dict[str, str] = field(default_factory=dict, compare=False)  # whatever else the source states
    pages: tuple[Page, ...] = ()  # of a PDF or scan, in order
    doubtful: tuple[Doubt, ...] = ()  # words whose figures recognition is not sure of, in order
    file_type: str | None = None  # of the innermost file: a name of `corpus.filetypes.TYPES`; None for no file

    @cached_property
    def shadow(self) -> str:
        """Look-alikes unified, same length (see `corpus.shadow`)."""
        return shadow.shadow(self.text)

    @cached_property
    def lower(self) -> str:
        """The shadow in lower case, same length."""
        return shadow.lower(self.shadow)

    @cached_property
    def folded(self) -> str:
        """The shadow in lower case and without diacritics, same length."""
        return shadow.fold(self.shadow)

    def quote(self, start: int, end: int) -> str:
        """The words at `start:end`."""
        return self.text[start:end]

"""Bytes that are not UTF-8: the eight-bit table under which they are Vietnamese."""

from __future__ import annotations

from corpus.encodings.capitals import restore_capitals
from corpus.encodings.detect import best_encoding, decoder_of
from corpus.encodings.runs import Decoded
from corpus.encodings.syllables import score
from corpus.encodings.tables import LEGACY, seen


def decode_bytes(data: bytes) -> Decoded | None:
    """The text of a file in an old table, some lines of which may be UTF-8; None where no table fits."""
    parts = [(line, _utf8(line)) for line in data.split(b"\n")]
    unknown = b"\n".join(line for line, known in parts if known is None)
    encoding = best_encoding(seen(unknown), LEGACY)
    if encoding is None:
        return None
    read = decoder_of(encoding)
    lines, is_mixed = [], False
    for line, known in parts:
        if known is not None and (known.isascii() or _is_better(known, read(seen(line)))):
            lines.append(known)
            is_mixed |= not known.isascii()
        else:
            lines.append(restore_capitals(read(seen(line))) if encoding == "tcvn3" else read(seen(line)))
    return Decoded("\n".join(lines), f"{encoding}+utf-8" if is_mixed else encoding)


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_better(known: str, read: str) -> bool:
    """Whether a line that happens to be UTF-8 is meant so: two letters of an old table may look like one of it."""
    return score(known).share >= score(read).share

"""Names under titles: the signature block of a notice (Decree 30/2020/NĐ-CP, Annex I, box 7)."""

from __future__ import annotations

import regex

from corpus.shadow import fold
from extractors.offices.reading import name_at
from extractors.organisations import Reader
from extractors.titles import Post, entries, folded_titles

_TO_SIGNER = regex.compile(
    r"[ \t*_]{0,6}\n[\s|*_]{0,60}(?:[*_]{0,2}\((?:đã ký|ký|đã kí)[^)\n]{0,30}\)[\s|*_]{0,60})?(?=\p{L})"
)
_RANK = regex.compile(
    r"(?:(?:đại|thượng|trung|thiếu|chuẩn) (?:tướng|tá|úy)|(?:phó |chuẩn )?đô đốc|(?:gs|pgs|ts|ths|bs)[.,]? ?)"
    r"(?:[.,]? ?(?:gs|pgs|ts|ths|bs)[.,]?){0,3} "
)
_LINE_END = regex.compile(r"[ \t|*_]{0,20}(?:\n|\Z)")
_FOLDED_TITLE = regex.compile(r"(pho )?([a-z ]+)")
_LINE = 80  # characters in which a line of a signature block can be looked for


def signer_at(reader: Reader, post: Post) -> tuple[int, int, tuple[str, ...]] | None:
    """Start, end and syllables of the name alone on a line below a title, with `(đã ký)` or a rank between."""
    link = _TO_SIGNER.match(reader.lower, post.end)
    if link is None or _ends_prose(reader, post):
        return None
    rank = _RANK.match(reader.lower, link.end())
    start = rank.end() if rank else link.end()
    name = name_at(reader, start, named=False)
    if name is None or _LINE_END.match(reader.shadow, name[0]) is None:
        return None
    return start, *name


def _ends_prose(reader: Reader, post: Post) -> bool:
    """A post in small letters that closes a line of prose, above a caption or a byline, signs nothing."""
    before = reader.shadow[max(0, post.start - _LINE):post.start]
    return reader.shadow[post.start].islower() and before[before.rfind("\n") + 1:].strip(" |*_") != ""


def printed_title(reader: Reader, post: Post) -> str | None:
    """A title in capitals that a scan has spoilt, from its line without marks: `PHO TỎNG CỤC TRƯỞNG`."""
    opening = reader.shadow[max(0, post.start - _LINE):post.start]
    line = post.start - len(opening) + opening.rfind("\n") + 1
    words = reader.shadow[line:post.main.title_end]
    if line == post.start or not words.isupper() or len(words) > _LINE:
        return None
    return _by_folded(words)


def _by_folded(words: str) -> str | None:
    whole = " ".join(words.lower().split())
    if whole.removeprefix("phó ") in entries():   # no mark is lost: `THỨ TRƯỞNG` is no `Thủ trưởng`
        return whole.capitalize()
    match = _FOLDED_TITLE.fullmatch(" ".join(fold(words).split()))
    title = folded_titles().get(match[2]) if match else None
    if title is None or match is None:
        return None
    return f"Phó {title.capitalize()}" if match[1] else title.capitalize()


def unspoilt_title(words: str) -> str:
    """The title of a signature in small letters, with the marks that a scan has lost."""
    if not words.isupper():
        return words
    return _by_folded(words) or words.capitalize()

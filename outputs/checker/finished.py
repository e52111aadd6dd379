"""The text of a finished file, as a reader sees it, and the check of it against the notes.

Markdown keeps its note numbers, so each statement answers to its own notes. Of a page, a Word file or a PDF only the
words come back: there, a claim answers to all notes together, and to what a history says of its own notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import regex

from extractors.names import is_foreign_syllable
from outputs.checker.claims import plain
from outputs.checker.errors import Citation, Unsupported
from outputs.checker.names import heads
from outputs.checker.printed import WRAP, printed_text
from outputs.checker.support import Source, merged, missing, source
from outputs.errors import QuestionError

_SUFFIXES = (".md", ".html", ".htm", ".docx", ".pdf")
_HIDDEN = "//script | //style | //head/title | //*[local-name()='svg']"   # of charts see outputs.history.finished
_REFERENCES = "//sup | //*[contains(concat(' ', @class, ' '), ' number ')]"
_BLOCKS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "section", "caption", "figcaption", "text", "dt",
    "dd", "blockquote", "br", "tr",
)
_MARKS = regex.compile(r"\[\^\d+\]:?")
_ESCAPED = regex.compile(r"\\([\\`*_{}\[\]<>#|~^$!])")
_EDGE = 6       # words
_NO_LETTER = regex.compile(r"^[\W\d_]*$")


def finished_text(path: str | Path) -> str:
    """The words of a finished `.md`, `.html`, `.docx` or `.pdf` file. Raises QuestionError for any other.

    Of a web page every visible word is read here; Word as `sulieu read` reads it; PDF see `outputs.checker.printed`.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return printed_text(path.read_bytes())
    if suffix not in _SUFFIXES:
        raise QuestionError(f"{path.name!r} cannot be checked; give one of {', '.join(_SUFFIXES)}")
    if suffix == ".md":
        return path.read_text("utf-8")
    if suffix in (".html", ".htm"):
        return _page(path.read_bytes())
    return _read(path)


def _page(data: bytes) -> str:
    """The visible words of a page, a block a line, without the numbers of notes."""
    from lxml import html

    tree = html.document_fromstring(data.decode("utf-8", "replace"))
    for node in (*tree.xpath(_HIDDEN), *tree.xpath(_REFERENCES)):
        node.drop_tree()
    for node in tree.iter(*_BLOCKS):
        node.tail = "\n" + (node.tail or "")
        node.text = "\n" + (node.text or "")
    for node in tree.iter("td", "th"):   # a row is a line
        node.tail = " | " + (node.tail or "").strip()
    for node in tree.iter("q"):
        node.text = "“" + (node.text or "")
        last = node[-1] if len(node) else None
        if last is None:
            node.text += "”"
        else:
            last.tail = (last.tail or "") + "”"
    return str(tree.text_content())


def _read(path: Path) -> str:
    from corpus.document import Document
    from corpus.read import read
    from corpus.scan import scan

    parts = []
    for item in scan([path]):
        for result in read(item):
            if not isinstance(result, Document):
                raise QuestionError(f"{path.name!r} cannot be read back: {result.reason}")
            parts += [result.title or "", result.text]
    return "\n".join(parts)


def check_finished(text: str, notes: Iterable[Citation], said: Iterable[str] = ()) -> list[Unsupported]:
    """Claims of plain words that neither a note supports nor a text that was checked before.

    `said`: the Markdown of the same history, checked statement by statement; its notes name days, files and places.
    """
    cited = list(notes)
    checked = (source(_ESCAPED.sub(r"\1", one)) for one in said)
    known = [*(source(note.words, tuple(note.dates)) for note in cited), *checked]
    whole = merged(known)
    found: list[Unsupported] = []
    unmarked = _MARKS.sub("", _mended(text, whole)).split("\n")
    lines = [line.strip() for line in unmarked if not _NO_LETTER.match(line)]    # no numbers of pages or notes
    for at, line in enumerate(lines):
        left = _fewest(list(missing(words, [whole])) for words in _readings(lines, at, len(cited)))
        found += [claim for claim in left if not _broken(claim, line, whole)]
    return found


def _mended(text: str, whole: Source) -> str:
    """The text with the ends of printed lines as spaces, or as nothing where only the whole word is known."""
    first, *others = text.split(WRAP)
    made = [first]
    for part in others:
        head, tail = made[-1].rpartition(" ")[2], part.partition(" ")[0]
        apart, joined = plain(f"{head} {tail}"), plain(f"{head}{tail}")
        made.append(part if apart not in whole.text and joined in whole.text else f" {part}")
    return "".join(made)


def _broken(claim: Unsupported, line: str, whole: Source) -> bool:
    """Whether the end of a line or cell cuts or joins names, or cuts a symbol, that are supported whole."""
    if claim.kind == "name":
        return _stand_apart(claim.claim.split(), whole)
    ends = line.endswith(("/", "-")) and line.rstrip("/- ").endswith(claim.claim)
    return ends and any(act.symbol.startswith(claim.claim) for act in whole.claims.acts)


def _stand_apart(words: list[str], whole: Source) -> bool:
    """Whether the words are whole names and first words of offices, of one cell and the next."""
    at = 0
    while at < len(words):
        end = next(end for end in range(len(words), at, -1) if end == at + 1 or " ".join(words[at:end]) in whole.text)
        office = at > 0 and words[at].lower() in heads()
        abbreviation = words[at].isupper() and is_foreign_syllable(words[at].lower())   # `số 9/TTr-UBND`, `UBND tỉnh`
        if end == at + 1 and not (words[at] in whole.text and (office or abbreviation)):
            return False
        at = end
    return True


def _readings(lines: Sequence[str], at: int, count: int) -> Iterator[str]:
    """A line as it is, without numbers of notes, and with the words beside it: a page's edge may part a sentence.

    Words beside it are those of the next line, or of the one behind it: between them may stand the head of the page.
    """
    line = lines[at]
    yield line
    for behind in (_BEHIND_WORDS, _BEHIND_ANY):
        yield _without_references(line, count, behind)
    for step in (1, 2):
        before, after = lines[at - step] if at >= step else "", lines[at + step] if at + step < len(lines) else ""
        head, tail = " ".join(before.split()[-_EDGE:]), " ".join(after.split()[:_EDGE])
        for space in (" ", ""):
            for behind in (_BEHIND_WORDS, _BEHIND_ANY):
                yield _without_references(f"{head}{space}{line}{space}{tail}", count, behind)


def _fewest(found: Iterable[list[Unsupported]]) -> list[Unsupported]:
    """Of several readings of a line the one with the fewest claims unsupported, the first that has none."""
    best: list[Unsupported] | None = None
    for one in found:
        if not one:
            return []
        best = one if best is None or len(one) < len(best) else best
    return best or []


_NUMBERS = r"(\[?\d{1,4}\]?(?:,\s?\[?\d{1,4}\]?)*),?(?=[\s.,;:)|“\"]|\p{Lu}|$)"
_BEHIND_WORDS = regex.compile(rf"(?<=[\p{{Ll}}%”\"’)\]][.,;:!?]?|\p{{Lu}}[.,;:!?]){_NUMBERS}")
_BEHIND_ANY = regex.compile(rf"(?<=[\p{{L}}\p{{N}}%”\"’)\]][.,;:!?]?){_NUMBERS}")
_CELL = regex.compile(r"(?<=\|\s?)\[?\d{1,4}\]?(?:,\s?\[?\d{1,4}\]?)*(?=\s?\||\s*$)")
_BETWEEN = regex.compile(r"(?<=[\p{L}.”\"]\s)\d{1,4}(?=\s(?:Như trên|The same|[“\"]))")
_FIRST = regex.compile(r"^\W*\d{1,4}[.)\]]?\s+")


def _without_references(line: str, count: int, behind: regex.Pattern[str]) -> str:
    """The line without numbers of notes that stand close behind words, or before the words of the note."""
    def unnumbered(match: regex.Match[str]) -> str:
        numbers = [int(number) for number in regex.findall(r"\d+", match.group())]
        return " " if all(0 < number <= count for number in numbers) else match.group()

    line = _CELL.sub(unnumbered, _FIRST.sub(unnumbered, line))
    return str(_BETWEEN.sub(unnumbered, behind.sub(unnumbered, line)))

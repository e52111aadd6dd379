"""What was read of a file: one document in full, several as a line each; what was not read on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields

from corpus.details import detail_in_vietnamese
from corpus.document import Document, Page, Quoted
from corpus.encodings.utf8_seen import LETTERS_LOST
from corpus.errors import SKIPPED, Reason, Rejected
from pipeline.labels import DATE_RULES, DOCUMENT_KINDS, FIELDS, METADATA, NOTICE_PARTS, READINGS, UNSURE_FIGURES, figure

_TITLE = 80        # characters of a title in a list
_BEGINNING = 60    # of a page
_DOUBTS = 20       # words with doubtful figures
_METADATA = 300    # of a value that the source states besides
_ALL_SIGNERS = ("signers", "signer_titles")


@dataclass(slots=True)
class Shown:
    """How much was printed."""

    documents: int = 0
    rejected: int = 0


def show_documents(results: Iterable[Document | Rejected], *, as_json: bool, only: str | None = None) -> Shown:
    """Print what comes out of a file: a single document in full, several as a list of one line each.

    `only` chooses one by its id, or by its place in the file, and shows it in full. JSON is one object a line.
    """
    if only is not None:
        results = _chosen(results, only)
    shown = Shown()
    complaints = Complaints()
    first: Document | None = None
    for result in results:
        if isinstance(result, Rejected):
            shown.rejected += result.reason not in SKIPPED
            if as_json:
                _json(result)
            elif result.reason not in SKIPPED:
                complaints.say(result)
            continue
        shown.documents += 1
        if as_json:
            _json(result)
        elif shown.documents == 1:
            first = result
        else:
            for one in filter(None, (first, result)):
                print(_line(one))
            first = None
    if first:
        print("\n".join(_full(first)))
    elif shown.documents > 1 and not as_json:
        failed = f"; {figure(shown.rejected)} phần không đọc được" if shown.rejected else ""
        print(f"{figure(shown.documents)} tài liệu{failed}. Xem trọn một tài liệu: --only MÃ")
    return shown


def _chosen(results: Iterable[Document | Rejected], only: str) -> Iterator[Document | Rejected]:
    for result in results:
        if only in (result.id, result.member, f"{result.path}#{result.member}"):
            yield result
            return


class Complaints:
    """What was not read, and why; what a reason means is said once."""

    def __init__(self) -> None:
        self.explained: set[Reason] = set()

    def say(self, result: Rejected) -> None:
        """Print it on standard error."""
        name = f"{result.path}#{result.member}" if result.member else result.path
        detail = f" ({detail_in_vietnamese(result.detail)})" if result.detail else ""
        print(f"không đọc được {name}: {result.reason}{detail}", file=sys.stderr)
        if result.reason not in self.explained:
            self.explained.add(result.reason)
            print(f"  {result.reason.vietnamese}", file=sys.stderr)


def _line(document: Document) -> str:
    title = _short(document.title or document.text, _TITLE)
    length = f"{figure(len(document.text))} ký tự"
    parts = (document.id, document.file_type, DOCUMENT_KINDS[document.kind], document.date or "không rõ ngày", title)
    return " · ".join([*filter(None, parts), length])


def _full(document: Document) -> Iterator[str]:
    yield from (f"{FIELDS[name]}: {value}" for name, value in _fields(document) if value)
    if document.notice:
        yield "\nĐầu và cuối văn bản:"
        for part in fields(document.notice):
            value = getattr(document.notice, part.name)
            if part.name not in _ALL_SIGNERS or len(value) > 1:  # one signer is already shown
                yield from _part(NOTICE_PARTS.get(part.name, part.name), value)
    if document.metadata:
        yield "\nNguồn còn cho biết:"
        yield from (
            f"  {METADATA.get(name, name)}: {_short(value, _METADATA)}" for name, value in document.metadata.items()
        )
    if document.pages:
        yield from _pages(document)
    if document.doubtful:
        yield _doubtful(document)
    yield f"\nNội dung ({figure(len(document.text))} ký tự):\n\n{document.text}"


def _fields(document: Document) -> Iterator[tuple[str, str | None]]:
    for name in FIELDS:
        value = getattr(document, name)
        if name == "kind":
            value = DOCUMENT_KINDS[document.kind]
        elif name == "date" and value and document.date_rule:
            value = f"{value} (theo {DATE_RULES.get(document.date_rule, document.date_rule)})"
        elif name in ("date", "title"):
            value = value or "không nêu"
        elif name == "encoding" and value and not value.lower().startswith(("utf", "unicode", "ascii")):
            value = f"{value} (đã đổi sang Unicode)"
        if name == "encoding" and value and LETTERS_LOST in value.split("+"):
            value = f"{value}: có chữ đã mất, không khôi phục được"
        yield name, value


def _part(label: str, value: Quoted | tuple[Quoted, ...] | None) -> Iterator[str]:
    """A part of a notice on a line; several of a kind on a line each."""
    if isinstance(value, Quoted):
        yield f"  {label}: {_one_line(value.value)}"
    elif value:
        yield f"  {label}:"
        yield from (f"    - {_one_line(one.value)}" for one in value)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _pages(document: Document) -> Iterator[str]:
    pages = document.pages
    known = [page.confidence for page in pages if page.confidence is not None]
    sure = f", độ tin cậy trung bình {sum(known) / len(known):.0f}/100: nên đối chiếu với ảnh" if known else ""
    ways = ", ".join(
        f"{figure(sum(page.how == how for page in pages))} {label}" for how, label in READINGS.items()
        if any(page.how == how for page in pages)
    )
    yield f"\nTrang ({figure(len(pages))}: {ways}{sure}):"
    for page, after in zip(pages, [*pages[1:], None], strict=True):
        end = after.start if after else len(document.text)
        words = _short(document.text[page.start : end], _BEGINNING)
        yield f"  {page.number}. {_how(page)} · từ ký tự {page.start} · {words}"


def _doubtful(document: Document) -> str:
    """The words whose figures are not sure, each with its place; of many the first."""
    shown = [f"“{document.quote(one.start, one.end)}” (ký tự {one.start})" for one in document.doubtful[:_DOUBTS]]
    more = len(document.doubtful) - len(shown)
    rest = f" và {figure(more)} chỗ khác" if more else ""
    return f"\n{UNSURE_FIGURES}: {', '.join(shown)}{rest}, nên đối chiếu với ảnh"


def _how(page: Page) -> str:
    how = READINGS[page.how]
    return how if page.confidence is None else f"{how}, độ tin cậy {page.confidence:.0f}"


def _short(words: str, most: int) -> str:
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _json(result: Document | Rejected) -> None:
    print(json.dumps(asdict(result), ensure_ascii=False, default=str))

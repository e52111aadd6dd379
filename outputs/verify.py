"""Proof that the fact base says what its sources say: quotes sliced again, sources hashed again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import remote
from corpus.columns import Columns
from corpus.read import read
from corpus.scan import Item, scan
from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.factbase.names import text_sha256

_MENTIONS = """
    SELECT kind, start, "end", quote, prefix, suffix FROM mention WHERE document = ? ORDER BY start, "end", kind
"""
_NAMED = 3  # missing files that are named

_SENTENCES: dict[str, tuple[str, str]] = {  # in English, in Vietnamese
    "damaged": ("the file is damaged ({error}); build it anew", "tệp bị hỏng ({error}); hãy lập lại bằng sulieu build"),
    "check": ("SQLite says: {said}", "SQLite báo: {said}"),
    "row": (
        "a row of {table} points at a row of {target} that is not there",
        "một dòng của bảng {table} trỏ tới dòng không có trong bảng {target}",
    ),
    "text": ("the stored text is not the one that was stored", "văn bản đang lưu không còn như lúc được lưu"),
    "quote": (
        "{fact} at {start}:{end} does not quote the text: {quote!r}",
        "trích dẫn tại {start}:{end} không đúng với văn bản ở chỗ ấy: “{quote}”",
    ),
    "context": (
        "{fact} at {start}:{end} has other words around it: {quote!r}",
        "trích dẫn tại {start}:{end} nằm giữa những chữ khác trước: “{quote}”",
    ),
    "fact": ("{fact} at {start}:{end} has no fields", "dữ kiện tại {start}:{end} không còn nội dung"),
    "changed": (
        "{place} is not the file that was read: its bytes have changed",
        "{place} không còn là tệp đã đọc: nội dung tệp đã thay đổi",
    ),
    "gone": (
        "{place} is not in the file any more, or cannot be read",
        "{place} không còn trong tệp, hoặc không đọc được nữa",
    ),
    "mapping": (
        "{place}: {records} records have the same bytes, but the mapping of columns (sulieu-columns.tsv) is another;"
        " build again to read them with it",
        "{place}: {records} bản ghi còn nguyên nội dung, nhưng bảng đặt tên cột (sulieu-columns.tsv) nay đã khác;"
        " hãy chạy lại sulieu build để đọc theo bảng mới",
    ),
    "unmapped": (
        "{place}: {records} records cannot be compared, since the mapping of columns (sulieu-columns.tsv) is another"
        " and the file is not read with it",
        "{place}: không đối chiếu được {records} bản ghi, vì bảng đặt tên cột (sulieu-columns.tsv) nay đã khác và"
        " theo bảng ấy thì không đọc được tệp",
    ),
    "missing": (
        "{number} source files are not below the folders given: {named}",
        "{number} tệp gốc không có trong các thư mục đã cho: {named}",
    ),
}


_PLACE = "coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold. `document` is its file, and the record in it (`archive.jsonl#12`); None where it
    concerns a file or the base as a whole.

    `kind` is one of file, text, quote, fact, source, mapping, missing. `number` counts what does not hold: files
    that are missing, records whose mapping changed; else 1.
    """

    kind: str
    document: str | None
    detail: str
    vietnamese: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.kind}: {self.document or 'fact base'}: {self.detail}"


def _problem(kind: str, document: str | None, sentence: str, number: int = 1, /, **values: object) -> Problem:
    english, vietnamese = (form.format(**values) for form in _SENTENCES[sentence])
    return Problem(kind, document, english, vietnamese, number)


def verify(base: FactBase, roots: Sequence[str | Path] = ()) -> list[Problem]:
    """Check the database, every stored text, every quote and, below `roots`, every source file.

    Sources are only hashed where `roots` are given; those not found there are named in one problem, since they
    could not be checked. A root may be an address; its files are fetched. Raises corpus.errors.InputNotFound for a root
    that does not exist.
    """
    problems: list[Problem] = []
    try:
        for check in (_file, _texts, _facts):
            problems.extend(check(base))
        if roots:
            problems.extend(_sources(base, roots))
    except sqlite3.DatabaseError as error:
        problems.append(_problem("file", None, "damaged", error=error))
    return problems


def _file(base: FactBase) -> Iterator[Problem]:
    for row in base.db.execute("PRAGMA quick_check"):
        if row[0] != "ok":
            yield _problem("file", None, "check", said=row[0])
    for row in base.db.execute("PRAGMA foreign_key_check"):
        yield _problem("file", None, "row", table=row[0], target=row[2])


def _texts(base: FactBase) -> Iterator[Problem]:
    for document in base.db.execute(f"SELECT key, text, text_sha256, {_PLACE} FROM document d ORDER BY id"):
        text = document["text"]
        if text_sha256(text) != document["text_sha256"]:
            yield _problem("text", document["place"], "text")
        for mention in base.db.execute(_MENTIONS, (document["key"],)):
            if wrong := _misquoted(text, mention):
                yield _problem(
                    "quote", document["place"], wrong, fact=mention["kind"], start=mention["start"], end=mention["end"],
                    quote=mention["quote"][:60],
                )


def _misquoted(text: str, mention: sqlite3.Row) -> str | None:
    start, end, prefix, suffix = mention["start"], mention["end"], mention["prefix"], mention["suffix"]
    if not 0 <= start < end <= len(text) or text[start:end] != mention["quote"]:
        return "quote"
    if text[max(0, start - len(prefix)) : start] != prefix or text[end : end + len(suffix)] != suffix:
        return "context"
    return None


def _facts(base: FactBase) -> Iterator[Problem]:
    for kind in KINDS:
        lost = base.db.execute(
            f'SELECT {_PLACE}, m.start, m."end" FROM mention m JOIN document d ON d.key = m.document '
            f"WHERE m.kind = ? AND m.key NOT IN (SELECT mention FROM {kind}_fact) ORDER BY d.id, m.start", (kind,)
        )
        for row in lost:
            yield _problem("fact", row["place"], "fact", fact=kind, start=row["start"], end=row["end"])


def _sources(base: FactBase, roots: Iterable[str | Path]) -> Iterator[Problem]:
    files: dict[str, list[Item]] = {}
    for item in scan(roots):
        files.setdefault(item.name, []).append(item)
    missing = []
    for row in base.db.execute("SELECT DISTINCT path FROM document ORDER BY path"):
        if found := files.get(row["path"]):
            yield from _source(base, row["path"], found)
        else:
            missing.append(row["path"])
    if missing:
        named = ", ".join(missing[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
        yield _problem("missing", None, "missing", len(missing), number=len(missing), named=named)


def _source(base: FactBase, path: str, items: list[Item]) -> Iterator[Problem]:
    """One file, or each record in it; a name found twice is right if either file is."""
    stated = base.db.execute("SELECT id, member, sha256 FROM document WHERE path = ? ORDER BY id", (path,)).fetchall()
    whole = all(row["member"] is None for row in stated)
    mapped = any(Columns.parts(row["sha256"])[1] for row in stated)
    hashes = [_whole_hash(item, mapped=mapped) if whole else _hashes(item) for item in items]
    remapped = {"mapping": 0, "unmapped": 0}
    for row in stated:
        bytes_then, mapping_then = Columns.parts(row["sha256"])
        now = [Columns.parts(found[row["member"]]) for found in hashes if found.get(row["member"])]
        if row["sha256"] and (bytes_then, mapping_then) in now:
            continue
        if bytes_then in [same for same, _ in now]:
            remapped["mapping"] += 1
        elif not now and all(mapping_then not in ("", item.columns.mark) for item in items):
            remapped["unmapped"] += 1
        else:
            place = f"{path}#{row['member']}" if row["member"] else path
            yield _problem("source", place, "changed" if now else "gone", place=place)
    for sentence, records in remapped.items():
        if records:
            yield _problem("mapping", None, sentence, records, place=path, records=records)


def _hashes(item: Item) -> dict[str | None, str]:
    """Member to hash."""
    return {result.member: result.sha256 for result in read(item) if result.sha256}


def _whole_hash(item: Item, *, mapped: bool) -> dict[str | None, str]:
    """The hash of a file that is one document, which need not be read as one; of most, a mapping is no part."""
    if item.url:
        fetched = remote.sha256_of(item.url)
        return {None: fetched + (item.columns.mark if mapped else "")} if fetched else {}
    try:
        with item.path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return {}
    return {None: found + item.columns.mark if mapped else found}

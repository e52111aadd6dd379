"""Proof that the fact base says what its sources say: quotes sliced again, sources hashed again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import Rejected
from corpus.read import read
from corpus.scan import Item, scan
from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.factbase.names import text_sha256

_MENTIONS = """
    SELECT kind, start, "end", quote, prefix, suffix FROM mention WHERE document = ? ORDER BY start, "end", kind
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold. `document` is its id, None where it concerns the file as a whole."""

    kind: str  # file, text, quote, fact, source, missing
    document: str | None
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.document or 'fact base'}: {self.detail}"


def verify(base: FactBase, roots: Sequence[str | Path] = ()) -> list[Problem]:
    """Check the database, every stored text, every quote and, below `roots`, every source file.

    Sources are only hashed where `roots` are given; those not found there are named in one problem, since they
    could not be checked. Raises corpus.errors.InputNotFound for a root that does not exist.
    """
    problems: list[Problem] = []
    try:
        for check in (_file, _texts, _facts):
            problems.extend(check(base))
        if roots:
            problems.extend(_sources(base, [Path(root) for root in roots]))
    except sqlite3.DatabaseError as error:
        problems.append(Problem("file", None, f"the file is damaged ({error}); build it anew"))
    return problems


def _file(base: FactBase) -> Iterator[Problem]:
    for row in base.db.execute("PRAGMA quick_check"):
        if row[0] != "ok":
            yield Problem("file", None, str(row[0]))
    for row in base.db.execute("PRAGMA foreign_key_check"):
        yield Problem("file", None, f"a row of {row[0]} points at a row of {row[2]} that is not there")


def _texts(base: FactBase) -> Iterator[Problem]:
    for document in base.db.execute("SELECT key, id, text, text_sha256 FROM document ORDER BY id"):
        text = document["text"]
        if text_sha256(text) != document["text_sha256"]:
            yield Problem("text", document["id"], "the stored text is not the one that was stored")
        for mention in base.db.execute(_MENTIONS, (document["key"],)):
            if wrong := _misquoted(text, mention):
                place = f"{mention['kind']} at {mention['start']}:{mention['end']}"
                yield Problem("quote", document["id"], f"{place} {wrong}: {mention['quote'][:60]!r}")


def _misquoted(text: str, mention: sqlite3.Row) -> str | None:
    start, end, prefix, suffix = mention["start"], mention["end"], mention["prefix"], mention["suffix"]
    if not 0 <= start < end <= len(text) or text[start:end] != mention["quote"]:
        return "does not quote the text"
    if text[max(0, start - len(prefix)) : start] != prefix or text[end : end + len(suffix)] != suffix:
        return "has other words around it"
    return None


def _facts(base: FactBase) -> Iterator[Problem]:
    for kind in KINDS:
        lost = base.db.execute(
            f'SELECT d.id, m.start, m."end" FROM mention m JOIN document d ON d.key = m.document '
            f"WHERE m.kind = ? AND m.key NOT IN (SELECT mention FROM {kind}_fact) ORDER BY d.id, m.start", (kind,)
        )
        for row in lost:
            yield Problem("fact", row["id"], f"{kind} at {row['start']}:{row['end']} has no fields")


def _sources(base: FactBase, roots: Iterable[Path]) -> Iterator[Problem]:
    files: dict[str, list[Path]] = {}
    for item in scan(roots):
        files.setdefault(item.name, []).append(item.path)
    missing = []
    for row in base.db.execute("SELECT DISTINCT path FROM document ORDER BY path"):
        if found := files.get(row["path"]):
            yield from _source(base, row["path"], found)
        else:
            missing.append(row["path"])
    if missing:
        named = ", ".join(missing[:3])
        yield Problem("missing", None, f"{len(missing)} source files are not below the folders given: {named}")


def _source(base: FactBase, path: str, files: list[Path]) -> Iterator[Problem]:
    """One file, or each record in it; a name found twice is right if either file is."""
    stated = base.db.execute("SELECT id, member, sha256 FROM document WHERE path = ? ORDER BY id", (path,)).fetchall()
    hashes = [_hashes(file, path, whole=all(row["member"] is None for row in stated)) for file in files]
    for row in stated:
        if not any(found.get(row["member"]) == row["sha256"] for found in hashes):
            where = f"{path}#{row['member']}" if row["member"] else path
            yield Problem("source", row["id"], f"{where} is not the file that was read: its bytes have changed")


def _hashes(file: Path, name: str, *, whole: bool) -> dict[str | None, str | None]:
    """Member to hash; a file that is one document is hashed without being read as one."""
    if whole:
        try:
            with file.open("rb") as stream:
                return {None: hashlib.file_digest(stream, "sha256").hexdigest()}
        except OSError:
            return {}
    results: Iterable[Document | Rejected] = read(Item(file, name))
    return {result.member: result.sha256 for result in results}

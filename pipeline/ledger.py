"""The ledger of a fact base: which files its builds met, what is still the same, and what became of every input."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus import remote
from corpus.columns import Columns
from corpus.errors import Reason
from corpus.scan import Item, is_address
from outputs.factbase import FactBase, Outcome
from pipeline.signatures import lies, settled, sha256_of, signature_of

_MANY = 2000     # rows read at a time
_SAMPLE = 200    # files of a root that are looked for where it may have been moved to


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that this build met. `key` is that of its row in the ledger, None where it is new."""

    item: Item
    root: int
    name: str
    size: int
    signature: str | None
    key: int | None
    sha256: str | None


class Ledger:
    """Rows of run, root, file and outcome. Its own list of what this build met lies in a temporary table on disk."""

    def __init__(self, base: FactBase, *, reading: str, program: str) -> None:
        self._base = base
        self._db = base.db
        self._now = {"reading": reading, "program": program}
        self._reading = reading
        self._program = program
        self.run: int | None = None
        self._looked_into: set[str] = set()   # roots in which something was found
        self._db.executescript("""
            DROP TABLE IF EXISTS temp.listed;
            CREATE TEMP TABLE listed (
                place INTEGER PRIMARY KEY, root INTEGER, name TEXT, path BLOB, url TEXT, skip TEXT, columns TEXT,
                mapping TEXT, size INTEGER, signature TEXT, UNIQUE (root, name)
            );
        """)

    # The run

    def begin(self, began: str, inputs: list[str], options: dict[str, Any], versions: dict[str, str | None]) -> None:
        """Write down that a run has begun."""
        with self._base.transaction() as db:
            self.run = db.execute(
                "INSERT INTO run (began, program, inputs, options, versions) VALUES (?, ?, ?, ?, ?)",
                (began, self._program, *(json.dumps(one, ensure_ascii=False) for one in (inputs, options, versions))),
            ).lastrowid

    def end(self, ended: str, **report: Any) -> None:
        """Write down what came of it."""
        values = {name: json.dumps(one) if isinstance(one, dict) else one for name, one in report.items()}
        columns = ", ".join(f"{name} = ?" for name in ("ended", *values))
        with self._base.transaction() as db:
            db.execute(f"UPDATE run SET {columns} WHERE key = ?", (ended, *values.values(), self.run))

    # Files

    def meet(self, root: str, items: Iterable[Item]) -> None:
        """Add the files of a root to what this build met."""
        key = self._root(root)
        overlapping = self._overlapping(key, root)
        with self._base.transaction() as db:
            for item in items:
                place = f"{root.rstrip('/')}/{item.name}"
                known = self._known_below(overlapping, place) if overlapping else None
                db.execute(
                    "INSERT OR IGNORE INTO temp.listed "
                    "(root, name, path, url, skip, columns, mapping, size, signature) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*(known or (key, item.name)), *_row(item)),
                )
                self._looked_into.add(root)

    def only_known(self) -> None:
        """Pass over the files that no earlier build met."""
        with self._base.transaction() as db:
            db.execute(
                "DELETE FROM temp.listed WHERE NOT EXISTS "
                "(SELECT 1 FROM file f WHERE f.root = listed.root AND f.name = listed.name)"
            )

    def roots(self) -> list[str]:
        """Where the files of all builds lie."""
        return [row["place"] for row in self._db.execute("SELECT place FROM root ORDER BY key")]

    def total(self) -> tuple[int, int]:
        """Files that this build met, and their bytes."""
        files, size = self._db.execute("SELECT count(*), coalesce(sum(size), 0) FROM temp.listed").fetchone()
        return int(files), int(size)

    def changed(self) -> Iterator[Listed]:
        """The files met that are not known to be as they were, in their order."""
        yield from self._files(_CHANGED)

    def changed_bytes(self) -> int:
        """Bytes of these files."""
        return int(self._db.execute(
            "SELECT coalesce(sum(l.size), 0) FROM temp.listed l "
            f"LEFT JOIN file f ON f.root = l.root AND f.name = l.name WHERE {_CHANGED}", self._now
        ).fetchone()[0])

    def with_failures(self, reasons: Sequence[str]) -> Iterator[Listed]:
        """The files met of which something failed, for one of these reasons if any are given."""
        among = " AND o.reason IN (SELECT value FROM json_each(:reasons))" if reasons else ""
        failed = f"SELECT 1 FROM outcome o WHERE o.file = f.key AND o.status = 'failed'{among}"
        yield from self._files(f"f.signature IS NULL OR EXISTS ({failed})", reasons=json.dumps(reasons))

    def released(self) -> Iterator[Listed]:
        """The files met that must be read again after all: what they repeated is gone."""
        yield from self._files("f.key IS NOT NULL AND f.signature IS NULL")

    def unaccounted(self) -> int:
        """How many of the files met have no outcome."""
        return int(self._db.execute(
            "SELECT count(*) FROM temp.listed l LEFT JOIN file f ON f.root = l.root AND f.name = l.name "
            "WHERE NOT EXISTS (SELECT 1 FROM outcome o WHERE o.file = f.key)"
        ).fetchone()[0])

    def _files(self, condition: str, **values: str) -> Iterator[Listed]:
        """In pages, since rows are written while these are worked on."""
        last = -1
        while rows := self._db.execute(
            "SELECT l.*, f.key, f.sha256 FROM temp.listed l LEFT JOIN file f ON f.root = l.root AND f.name = l.name "
            f"WHERE l.place > :last AND ({condition}) ORDER BY l.place LIMIT {_MANY}",
            {"last": last, **self._now, **values},
        ).fetchall():
            for row in rows:
                columns = Columns(tuple((ours, column) for ours, column in json.loads(row["columns"])))
                url, skip = row["url"], Reason(row["skip"]) if row["skip"] else None
                item = Item(
                    Path(os.fsdecode(row["path"])), row["name"], columns, url=url, size=row["size"] if url else 0,
                    mark=row["signature"] if url else "", skip=skip,
                )
                yield Listed(item, row["root"], row["name"], row["size"], row["signature"], row["key"], row["sha256"])
            last = rows[-1]["place"]

    def open(self, listed: Listed) -> Listed:
        """Give a file its row and the name that outcomes call it by; until it is closed it counts as not read.

        Its signature is taken again, so that a change from here on is seen when it is closed.
        """
        with self._base.transaction() as db:
            if listed.key is None:
                name = self._free(listed)
                key = db.execute(
                    "INSERT INTO file (root, name, input) VALUES (?, ?, ?)", (listed.root, listed.name, name)
                ).lastrowid
            else:
                key = listed.key
                name = db.execute("SELECT input FROM file WHERE key = ?", (key,)).fetchone()["input"]
                db.execute("UPDATE file SET signature = NULL WHERE key = ?", (key,))
        item = replace(listed.item, name=name)
        signature = listed.signature if item.url or item.skip else signature_of(item.path)[1]
        return replace(listed, key=key, item=item, signature=signature)

    def close(self, listed: Listed, sha256: str | None) -> None:
        """The file has been read to its end, and everything in it is kept; one that changed meanwhile counts as not
        read."""
        item, signature = listed.item, listed.signature
        if item.url and not item.skip:
            whole, sha256 = self._fetched(listed)
            signature = settled(signature) if whole else ""
        elif not item.skip:
            if signature != signature_of(item.path)[1]:
                sha256 = None
            signature = settled(signature) if sha256 else ""
        self._db.execute(
            "UPDATE file SET signature = ?, sha256 = ?, reading = ?, mapping = ? WHERE key = ?",
            (signature, sha256, self._reading, listed.item.columns.mark, listed.key),
        )

    def _fetched(self, listed: Listed) -> tuple[bool, str | None]:
        """Whether the bytes behind an address could be fetched, and their hash if it is one document."""
        rows = self._db.execute(
            "SELECT sha256 FROM outcome WHERE file = ? AND member IS NULL", (listed.key,)
        ).fetchall()
        hashes = {Columns.parts(row["sha256"])[0] if row["sha256"] else None for row in rows}
        return None not in hashes, hashes.pop() if len(hashes) == 1 else None

    def same_bytes(self, listed: Listed) -> bool:
        """Whether a file whose times have changed is as it was; its new times are kept, if so."""
        row = self._db.execute(
            f"SELECT f.*, {_FAILED_BEFORE} AS failed FROM file f WHERE f.key = :key", {"key": listed.key, **self._now}
        ).fetchone()
        if row is None or row["signature"] is None or row["reading"] != self._reading or row["failed"]:
            return False
        if row["mapping"] != listed.item.columns.mark or not row["sha256"]:
            return False
        item = listed.item
        if (remote.sha256_of(item.url) if item.url else sha256_of(item)) != row["sha256"]:
            return False
        with self._base.transaction() as db:
            db.execute("UPDATE file SET signature = ? WHERE key = ?", (settled(listed.signature), listed.key))
        return True

    def gone(self, roots: Iterable[str] | None) -> list[int]:
        """Files of earlier builds that lie no more below these roots (None: files of any root), which are there.

        A root in which nothing at all is found is one that could not be looked into: a disk that is not mounted.
        """
        there = "" if roots is None else "AND r.place IN (SELECT value FROM json_each(?))"
        here = self._looked_into.intersection(roots or ())
        below = [place for place in self.roots() if any(place == top or _is_below(place, top) for top in here)]
        rows = self._db.execute(
            "SELECT f.key FROM file f JOIN root r ON r.key = f.root "
            "LEFT JOIN temp.listed l ON l.root = f.root AND l.name = f.name "
            f"WHERE l.place IS NULL {there} ORDER BY f.key",
            () if roots is None else (json.dumps(below),),
        )
        return [row["key"] for row in rows]

    def forget(self, file: int) -> None:
        """Take a file out of the ledger; its outcomes must have been taken out before."""
        self._db.execute("DELETE FROM file WHERE key = ?", (file,))

    # Outcomes

    def inputs(self, file: int) -> set[str]:
        """The inputs that a file gave when it was last read."""
        rows = self._db.execute("SELECT input FROM outcome WHERE file = ?", (file,))
        return {row["input"] for row in rows}

    def outcome(self, name: str) -> Outcome | None:
        """What became of an input."""
        row = self._db.execute("SELECT * FROM outcome WHERE input = ?", (name,)).fetchone()
        return Outcome(**dict(row)) if row else None

    def owner(self, document_id: str) -> Outcome | None:
        """The input that gave the document stored under this identifier."""
        row = self._db.execute(
            "SELECT * FROM outcome WHERE document_id = ? AND reason IS NOT 'same-document'", (document_id,)
        ).fetchone()
        return Outcome(**dict(row)) if row else None

    def release(self, document_id: str) -> None:
        """The document goes: inputs that only repeated it are to be read again, since now they count."""
        self._db.execute(
            "UPDATE file SET signature = NULL, sha256 = NULL WHERE key IN (SELECT file FROM outcome "
            "WHERE document_id = ? AND reason = 'same-document')", (document_id,)
        )

    def counts(self) -> dict[str, int]:
        """Inputs by outcome, of the files that this build met."""
        rows = self._db.execute(
            "SELECT o.status, count(*) AS n FROM outcome o JOIN file f ON f.key = o.file "
            "JOIN temp.listed l ON l.root = f.root AND l.name = f.name GROUP BY o.status ORDER BY o.status"
        )
        return {row["status"]: row["n"] for row in rows}

    def reasons(self) -> dict[str, int]:
        """Failed inputs by reason, of the files that this build met."""
        rows = self._db.execute(
            "SELECT o.reason, count(*) AS n FROM outcome o JOIN file f ON f.key = o.file "
            "JOIN temp.listed l ON l.root = f.root AND l.name = f.name "
            "WHERE o.reason IS NOT NULL GROUP BY o.reason ORDER BY o.reason"
        )
        return {row["reason"]: row["n"] for row in rows}

    def mark_copies(self) -> bool:
        """Of equal texts the first input in order is done, the others are its copies. Whether anything changed."""
        with self._base.transaction() as db:
            before = db.total_changes
            db.execute(_COPIES)
            db.execute(_NO_COPIES)
            return db.total_changes > before

    def _root(self, place: str) -> int:
        """The row of a root. One that is gone and whose files are here was moved here, or given another name."""
        row = self._db.execute("SELECT key FROM root WHERE place = ?", (place,)).fetchone()
        if row:
            return int(row["key"])
        for known in self._db.execute("SELECT key, place FROM root ORDER BY key").fetchall():
            if self._moved(known["key"], known["place"], place):
                with self._base.transaction() as db:
                    db.execute("UPDATE root SET place = ? WHERE key = ?", (place, known["key"]))
                return int(known["key"])
        with self._base.transaction() as db:
            return int(db.execute("INSERT INTO root (place) VALUES (?)", (place,)).lastrowid or 0)

    def _moved(self, key: int, before: str, place: str) -> bool:
        """Whether most files that a root had lie in this place, with the sizes that they had."""
        if is_address(before) or is_address(place) or Path(before).exists():
            return False
        rows = self._db.execute(
            "SELECT name, signature FROM file WHERE root = ? AND sha256 IS NOT NULL "
            f"ORDER BY key LIMIT {_SAMPLE}", (key,)
        ).fetchall()
        sure = Path(before).name != Path(place).name
        return sum(lies(Path(place, row["name"]), row["signature"], sure=sure) for row in rows) * 2 > len(rows)

    def _overlapping(self, key: int, root: str) -> list[tuple[int, str]]:
        """Roots that lie below this one, or that this one lies below."""
        rows = self._db.execute("SELECT key, place FROM root ORDER BY key").fetchall()
        others = [(row["key"], row["place"]) for row in rows if row["key"] != key]
        found = [(other, top) for other, top in others if _is_below(top, root) or _is_below(root, top)]
        return [(key, root), *found] if found else []

    def _known_below(self, roots: Iterable[tuple[int, str]], place: str) -> tuple[int, str] | None:
        """The root and name that a file has already, since roots may lie in one another."""
        for key, top in roots:
            if _is_below(place, top):
                known = key, place[len(top.rstrip("/")) + 1 :]
                if self._db.execute(
                    "SELECT 1 FROM file WHERE root = ? AND name = ? "
                    "UNION ALL SELECT 1 FROM temp.listed WHERE root = ? AND name = ?", (*known, *known)
                ).fetchone():
                    return known
        return None

    def _free(self, listed: Listed) -> str:
        """The name of a file that no file of another root has."""
        top = Path(self._db.execute("SELECT place FROM root WHERE key = ?", (listed.root,)).fetchone()["place"]).name
        for name in (listed.name, f"{top}/{listed.name}"):
            if not self._db.execute("SELECT 1 FROM file WHERE input = ?", (name,)).fetchone():
                return name
        return f"{top}@{listed.root}/{listed.name}"


_FAILED_BEFORE = (   # an older extractor failed on something in it: it may go better now
    "EXISTS (SELECT 1 FROM outcome o JOIN run r ON r.key = o.run "
    "WHERE o.file = f.key AND o.status = 'failed' AND o.stage IN ('extract', 'commit') AND r.program <> :program)"
)
_CHANGED = (
    "f.key IS NULL OR f.signature IS NULL OR f.signature IS NOT l.signature "
    f"OR f.mapping <> l.mapping OR f.reading IS NOT :reading OR {_FAILED_BEFORE}"
)
_FIRST = (
    "(SELECT min(o2.input) FROM document d1 JOIN document d2 ON d2.text_sha256 = d1.text_sha256 "
    "JOIN outcome o2 ON o2.document_id = d2.id AND o2.reason IS NOT 'same-document' WHERE d1.id = outcome.document_id)"
)
_MANY_OF_ONE_TEXT = (
    "document_id IN (SELECT id FROM document WHERE text_sha256 IN "
    "(SELECT text_sha256 FROM document GROUP BY text_sha256 HAVING count(*) > 1))"
)
_COPIES = (
    "UPDATE outcome SET status = 'duplicate', stage = 'commit', reason = 'same-text', detail = 'as ' || "
    f"(SELECT document_id FROM outcome o3 WHERE o3.input = {_FIRST}) "
    f"WHERE status = 'done' AND {_MANY_OF_ONE_TEXT} AND input <> {_FIRST}"
)
_NO_COPIES = (
    "UPDATE outcome SET status = 'done', stage = NULL, reason = NULL, detail = NULL "
    f"WHERE reason = 'same-text' AND input = {_FIRST}"
)


def _row(item: Item) -> tuple[Any, ...]:
    size: int
    signature: str | None
    if item.skip:
        size, signature = 0, f"skipped:{item.skip}"
    elif item.url:
        size, signature = item.size, item.mark
    else:
        size, signature = signature_of(item.path)
    return (
        os.fsencode(item.path), item.url, item.skip, json.dumps(item.columns.pairs), item.columns.mark, size, signature,
    )


def _is_below(place: str, top: str) -> bool:
    return place.startswith(top.rstrip("/") + "/") and place != top

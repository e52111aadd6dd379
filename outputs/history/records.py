"""Tables of a history: the people in office, the directives."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from outputs.factbase.name_forms import full_form, short_form
from outputs.history.choose import limit
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook
from outputs.history.phrases import phrase
from outputs.history.rows import cited, one_line, place, same, selected
from outputs.passages import clipped
from outputs.vietnamese import short_date

_LEADERS = """
    SELECT p.id AS person, p.name, o.title, o.org, x.attested, m.document, m.start, m."end", f.org AS stated,
           d.id AS document_id
      FROM occupancy o JOIN person p ON p.key = o.person JOIN occupancy_mention x ON x.occupancy = o.key
      JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document
      JOIN official_fact f ON f.mention = m.key
     WHERE o.title IS NOT NULL AND {on_topic}
     ORDER BY o.id, d.id, m.start
"""


def leaders_section(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Section | None:
    """People, their offices and the days on which sources attest them."""
    most = sorted(_offices(selected(db, _LEADERS, documents)), key=_seldom)[: limit("leaders")]
    ordered = sorted(most, key=_first_attested)
    rows = [made for group in ordered if (made := _leader_row(notebook, group))]
    header = tuple(phrase(f"col_{name}") for name in ("when", "name", "title", "org"))
    return _section("leaders", "nguoi-giu-trong-trach", header, rows)


def _offices(found: Iterable[sqlite3.Row]) -> list[list[sqlite3.Row]]:
    """The mentions of each office: one name, one title, and one body however it is written, or none stated."""
    groups: dict[tuple[str, str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in found:
        groups[row["person"], same(row["title"]), short_form(full_form(row["org"] or ""))].append(row)
    bodies: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, title, org in groups:
        bodies[person, title].append(org)
    for (person, title), orgs in bodies.items():
        if len(orgs) == 2 and "" in orgs:  # the body is stated in one place only
            groups[person, title, max(orgs)] += groups.pop((person, title, ""))
    return [sorted(rows, key=lambda row: (not row["org"], *_in_order(row))) for rows in groups.values()]


def _in_order(row: sqlite3.Row) -> tuple[str, str, int]:
    return row["attested"] or "9999", row["document_id"], row["start"]


def _seldom(group: list[sqlite3.Row]) -> tuple[int, bool]:
    """Offices that several documents attest first, then those with a date."""
    return -len({row["document"] for row in group}), not _days(group)


def _days(group: Sequence[sqlite3.Row]) -> list[str]:
    return sorted({row["attested"] for row in group if row["attested"] and "XXXX" not in row["attested"]})


def _first_attested(group: list[sqlite3.Row]) -> tuple[str, str, str]:
    return next(iter(_days(group)), "9999"), group[0]["org"] or "", group[0]["name"]


def _leader_row(notebook: Notebook, group: Sequence[sqlite3.Row]) -> Row | None:
    days = _days(group)
    first = next((row for row in group if days and row["attested"] == days[0]), group[0])
    last = next((row for row in group if days and row["attested"] == days[-1]), first)
    when = " – ".join(dict.fromkeys(short_date(day) for day in (days[:1] + days[-1:])))
    for org in dict.fromkeys((group[0]["org"], first["stated"], None)):
        row = cited(
            notebook, (when or None, first["name"], first["title"], org), dict.fromkeys((place(first), place(last))),
            (first["name"], first["title"], org, *days[:1], *days[-1:]),
        )
        if row:
            return row
    return None


_DIRECTIVES = """
    SELECT m.document, m.start, m."end", m.quote, f.issuer, f.addressee, f.action, f.deadline, d.date
      FROM directive_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
     WHERE f.force IN ('order', 'request') AND f.addressee IS NOT NULL AND {on_topic}
       AND m.key NOT IN (SELECT mention FROM directive_repeat)
     ORDER BY f.deadline IS NULL, f.first_day DESC, d.first_day DESC, d.id, m.start
"""


def directives_section(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Section | None:
    """Who told whom to do what by when: those with a deadline first, then the latest; one of each wording."""
    header = tuple(phrase(f"col_{name}") for name in ("deadline", "said", "by", "to", "task"))
    return _section("directives", "chi-dao", header, list(_directive_rows(db, notebook, documents)))


def _directive_rows(db: sqlite3.Connection, notebook: Notebook, documents: set[int] | None) -> Iterator[Row]:
    seen: set[str] = set()
    for row in selected(db, _DIRECTIVES, documents):
        task = row["action"] or row["quote"]
        if len(seen) >= limit("directives") or same(task) in seen:
            continue
        cells = (row["deadline"] and short_date(row["deadline"]), row["date"] and short_date(row["date"]),
                 row["issuer"], row["addressee"], clipped(one_line(task), limit("task")))
        values = (row["deadline"], row["issuer"], row["addressee"], row["action"])
        if made := cited(notebook, cells, [place(row)], values):
            seen.add(same(task))
            yield made


def _section(name: str, anchor: str, header: tuple[str, ...], rows: Sequence[Row]) -> Section | None:
    if not rows:
        return None
    return Section(phrase(name), anchor, remark=phrase(f"{name}_opening"), tables=(Table(None, header, tuple(rows)),))



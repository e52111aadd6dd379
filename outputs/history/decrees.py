"""The documents of law that the sources name: by date, with what each did in a source's words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from corpus.shadow import lower, shadow
from extractors.calendar import bounds
from extractors.sentences import sentences
from outputs.history.clauses import closed
from outputs.history.happenings import Happening
from outputs.history.laws import changes_table, citations_table, force_table
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook, Place
from outputs.history.openers import found_in, opening
from outputs.history.rows import one_line, same
from outputs.history.work import Work
from outputs.passages import REACH, around, clipped
from outputs.tellings import NamedDecree, Telling
from outputs.vietnamese import capitalised

_TOLD, _SEVERAL = 5.0, 2.0  # points of a document whose issue is told, and for each document that names it
_LEXICON = "acts.tsv"
_ASKED = 1000.0             # of an act that is asked for, or of the day that is remembered
_MANY_DOCUMENTS = 10        # on the topic, from which an act that one of them names in passing stays out
_FEWEST_WORDS = 3           # fewer words after a name do not say what it did

# Between a name and what it did: `, ngày 5/3/2013 của Chính phủ,`.
_BETWEEN = regex.compile(
    r"[\s,]*(?:ngày\s+[\d/.-]+[\s,]*)?(?:năm\s+\d{4}[\s,]*)?(?:của\s+[^,;.:()]{2,60}?[\s,]+)?(?:-\s*)?"
)
_BELONGS = regex.compile(r"(?:của|theo|thi hành|tại|trong|hướng dẫn|là)\s*$")

_DECREES = """
    SELECT r.key, r.id, r.doc_type, r.number, r.title, r.year, r.date AS issued, r.lexicon, f.date,
           coalesce(f.issuer, r.issuer) AS issuer, m.id AS mention_id, m.document, m.start, m."end", m.quote,
           t.start AS told_start, t."end" AS told_end, v.date AS told_date, v.event_type,
           d.title AS document_title
      FROM decree r JOIN decree_mention x ON x.decree = r.key JOIN mention m ON m.key = x.mention
      JOIN decree_fact f ON f.mention = m.key JOIN document d ON d.key = m.document
      LEFT JOIN mention t ON t.document = m.document AND t.kind = 'event' AND t.start <= m.start AND t."end" >= m."end"
      LEFT JOIN event_fact v ON v.mention = t.key
     WHERE {asked} ORDER BY r.id, d.id, m.start
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """A decree, the mention that tells most of it, and where the words about what it did stand after it."""

    row: sqlite3.Row
    issued: str | None
    issuers: tuple[str, ...]
    place: Place
    words: tuple[int, int] | None
    told: bool  # the sources tell its issue as an event


def deeds(work: Work) -> list[Deed]:
    """The heaviest decrees of the subject, in order of date."""
    groups: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in work.select(_DECREES):
        groups[row["key"]].append(row)
    within = [group for group in groups.values() if _within(work, group[0]) and _of_topic(work, group)]
    heaviest = sorted(within, key=lambda group: -_weight(work, group))[: work.limit("decrees")]
    dated = sorted(heaviest, key=lambda group: (_issued(group[0]) or "9999", group[0]["id"]))
    return [_deed(work.notebook, group, work.limit("quote")) for group in dated]


def _within(work: Work, row: sqlite3.Row) -> bool:
    days = [None if day is None else day.isoformat() for day in bounds(_issued(row) or "") or (None, None)]
    return work.within(days[0], days[1])


def _of_topic(work: Work, group: Sequence[sqlite3.Row]) -> bool:
    """Of a topic with many documents: whether several name the act, or it or one's title speaks of the topic."""
    subject = work.subject
    if subject.kind != "topic" or len(subject.documents or ()) < _MANY_DOCUMENTS:
        return True
    names = (name or "" for row in group for name in (row["title"], row["quote"], row["document_title"]))
    return len({row["document"] for row in group}) > 1 or any(map(subject.about, names))


def _weight(work: Work, group: Sequence[sqlite3.Row]) -> float:
    told = any(row["told_start"] is not None for row in group)
    several = len({row["document"] for row in group})
    remembered = work.anniversary is not None and _issued(group[0]) == work.anniversary
    asked = _ASKED * (remembered or group[0]["key"] in work.subject.decrees)
    asked += work.weights.weight("own", "topic") * work.subject.about(group[0]["title"] or "")
    return work.weights.beginning("document", group[0]["doc_type"]) + _SEVERAL * several + _TOLD * told + asked


def _issued(row: sqlite3.Row) -> str | None:
    issued = row["issued"]
    return issued if issued and "XXXX" not in issued else (f"{row['year']:04}" if row["year"] else None)


def _deed(notebook: Notebook, group: Sequence[sqlite3.Row], longest: int) -> Deed:
    issued = _issued(group[0])
    subjects = [row for row in group if row["told_start"] is not None and _tells_issue(row, issued)]
    others = [row for row in group if row["told_start"] is None]
    ranked = sorted(subjects, key=lambda r: -len(r["quote"])) + sorted(others, key=lambda r: -len(r["quote"]))
    ranked = ranked or sorted(group, key=lambda r: -len(r["quote"]))
    found = [(row, _words(notebook, row, row in subjects, longest)) for row in ranked]
    row, words = next(((row, words) for row, words in found if words), found[0])
    if words and row not in subjects and subjects:
        row, words = subjects[0], None  # its own issue is told: that place is cited, with no words of another
    issuers = dict.fromkeys(r["issuer"] for r in (row, *ranked) if r["issuer"])
    place = (
        Place(row["document"], row["told_start"], row["told_end"]) if row in subjects
        else Place(row["document"], row["start"], words[1] if words else row["end"])
    )
    return Deed(row, issued, tuple(issuers), place, words, bool(subjects))


def _tells_issue(row: sqlite3.Row, issued: str | None) -> bool:
    """Whether the event around a mention is the issue of the decree: its date agrees, to the day or by its type."""
    told = row["told_date"]
    if issued is None or not (told.startswith(issued) or issued.startswith(told)):
        return False
    return row["event_type"] == "issuance" or len(told) == len(issued) == len("1946-07-19")


def _words(notebook: Notebook, row: sqlite3.Row, subject: bool, longest: int) -> tuple[int, int] | None:
    """Where the words that say what a decree did stand right after its name."""
    text = notebook.document(row["document"])["text"]
    if not subject and _BELONGS.search(lower(shadow(text[max(0, row["start"] - 24) : row["start"]]))):
        return None
    limit_at = row["told_end"] if subject else _clause_end(text, row["end"], longest)
    tail = lower(shadow(text[row["end"] : limit_at]))
    start = _BETWEEN.match(tail).end()  # it matches the empty string
    said = tail.rstrip(" .,;:–-\n")
    if opening("effect", tail, start) is None or len(tail[start:].split()) < _FEWEST_WORDS:
        return None
    if found_in("hollow", said) is not None:
        return None
    begin, end = row["end"] + start, row["end"] + len(said)
    return begin, closed(text, begin, end)


def _clause_end(text: str, place: int, longest: int) -> int:
    window = text[place : place + longest].partition("\n")[0]
    first = next(sentences(window), (0, len(window)))[1]
    ends = [at for at in (window.find(mark, 0, first) for mark in ("; ", ": ")) if at > 0]
    return place + min([first, *ends])


def legal_section(work: Work, found: Sequence[Deed]) -> Section | None:
    """The acts that the sources name; what they did to one another; since and until when they are in force."""
    acts = frozenset(deed.row["key"] for deed in found)
    rows: dict[tuple[str, ...], Row] = {}
    for deed in found:
        row = _row(work, deed)
        if row and tuple(map(same, row.cells)) not in rows:   # several acts of one unknown year look alike
            rows[tuple(map(same, row.cells))] = row
    tables = (
        Table(None, work.header("date", "decree", "issuer", "what"), tuple(rows.values())), changes_table(work, acts),
        force_table(work, acts), citations_table(work),
    )
    return work.section("legal", "co-so-phap-ly", tables)


def _row(work: Work, deed: Deed) -> Row | None:
    """The row with as much of date and issuer as its sources bear out."""
    what = None
    if deed.words:
        text = work.notebook.document(deed.row["document"])["text"]
        what = clipped(one_line(text[slice(*deed.words)]), work.limit("quote")).rstrip(" .,;:–-")
        what = None if found_in("unfinished", lower(shadow(what))) is not None else what
    dates = dict.fromkeys((deed.issued, deed.issued and deed.issued[:4], None))
    if dated := _dated_by_lexicon(work, deed, what):
        return dated
    for issuer in (*map(work.named, deed.issuers), None):
        for date in dates:
            cells = (date and work.words.short(date), deed.row["quote"], issuer, what)
            if row := work.cited(cells, [deed.place], (date, issuer)):
                return row if date or issuer or what else None   # a bare name says nothing
    return None


def _dated_by_lexicon(work: Work, deed: Deed, what: str | None) -> Row | None:
    """The row of an act whose day no source gives but the lexicon of acts, which a note of its own says."""
    row = deed.row
    if "date" not in (row["lexicon"] or "").split() or not row["issued"]:
        return None
    cells = (None, row["quote"], None, what)
    made = work.cited(cells, [deed.place])
    if made is None:
        return None
    date, issuer = work.words.short(row["issued"]), row["issuer"] or work.words("none")
    name = f"{capitalised(row['doc_type'])} số {row['number']}" if row["number"] else capitalised(row["doc_type"])
    entry = "; ".join(part for part in (name, row["title"], date, row["issuer"]) if part)
    note = work.notebook.lexicon(work.words("acts_title"), one_line(entry), (row["issued"],), _LEXICON)
    return Row((date, made.cells[1], one_line(issuer), made.cells[3]), (*made.notes, note))


def deed_events(work: Work, found: Sequence[Deed], events: Sequence[Happening]) -> list[Happening]:
    """The events, and in their places the decrees whose issue no event tells, where a source says what they did."""
    named = {decree.id for event in events for decree in event.decrees}
    more = [
        _event(work, deed) for deed in found
        if deed.words and deed.issued and not deed.told and deed.row["id"] not in named
    ]
    return sorted([*events, *more], key=lambda event: (event.first_day or "9999", event.last_day or "9999"))


def _event(work: Work, deed: Deed) -> Happening:
    row, issued = deed.row, deed.issued or ""
    document = work.notebook.document(row["document"])
    start, end = deed.place.start, deed.place.end
    quote = document["text"][start:end]
    before, after = around(document["text"][max(0, start - REACH) : start], quote, document["text"][end : end + REACH])
    telling = Telling(
        row["mention_id"], quote, before, after, start, end, row["document"], document["id"],
        document["title"] or document["id"], document["date"], document["source"], document["url"], document["path"],
        document["member"], document["kind"],
    )
    decree = NamedDecree(row["id"], row["quote"], row["number"], row["title"], None)
    first, last = (None if day is None else day.isoformat() for day in bounds(issued) or (None, None))
    authority = work.weights.authority(document["kind"], document["source"], document["url"])
    return Happening(
        row["mention_id"], None, issued, first, last, "effect", 1, quote, (decree,), False, authority,
        title=telling.title, tellings=(telling,),
    )

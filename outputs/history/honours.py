"""Honours: the events of an award, with who gave it as the source writes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from corpus.shadow import lower, shadow
from outputs.history.choose import HONOURS, weigh
from outputs.history.clauses import pronoun_subject
from outputs.history.happenings import Happening, told
from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Place
from outputs.history.openers import found_in
from outputs.history.rows import one_line, retold
from outputs.history.work import Work
from outputs.passages import clipped

_RETOLD = 0.65        # share of words from which two awards of one year are one
_LONGEST_GIVER = 120  # characters
_PARTICIPANTS = """
    SELECT p.start, p."end" FROM event_participant p JOIN mention m ON m.key = p.mention
    WHERE m.document = ? AND m.kind = 'event' AND m.start = ? AND m."end" = ?
      AND p.kind IN ('official', 'body') AND NOT p.pointed_at ORDER BY p.start
"""


def honours_section(work: Work, events: Sequence[Happening]) -> Section | None:
    """The heaviest awards that sources report as given, in order of time; what is said twice once."""
    awards = [
        event for event in events
        if event.type == HONOURS and event.first_day and not event.planned and not _of_someone(work, event)
        and found_in("honour", lower(shadow(event.quote))) is not None
    ]
    heaviest = sorted(awards, key=lambda event: -weigh(work, event))[: work.limit("honours")]
    kept = {event.id for event in heaviest}
    rows: list[Row] = []
    days: dict[Row, str] = {}
    shown: dict[str, list[str]] = defaultdict(list)   # by year: one award told twice is one row, of the longer words
    longest = sorted(told(work, (event for event in awards if event.id in kept)), key=lambda event: -len(event.quote))
    for event in longest:
        telling = event.tellings[0]
        words = clipped(one_line(telling.quote), work.limit("quote"))
        if retold(words, shown[event.year or ""], _RETOLD):
            continue
        spot = Place(telling.document, telling.start, telling.end)
        for giver in dict.fromkeys((_giver(work, spot, telling.quote), None)):
            if row := work.cited((work.words.short(event.date), words, giver), [spot], (event.date,)):
                rows.append(row)
                days[row] = event.first_day or ""
                shown[event.year or ""].append(words)
                break
    rows.sort(key=lambda row: (days[row], row.cells))
    header = work.header("date", "words", "giver")
    return work.section("honours", "khen-thuong", [Table(None, header, tuple(rows))])


def _of_someone(work: Work, event: Happening) -> bool:
    """Whether the clause names nobody (`ông được phong`): that is an award of a life, not of the subject."""
    return work.subject.kind != "person" and pronoun_subject(event.quote, 0, len(event.quote))


def _giver(work: Work, spot: Place, quote: str) -> str | None:
    """The words for those who give: before the verb, or in the passive between `được` and the verb."""
    said = lower(shadow(quote))
    verb = found_in("gives", said)
    if verb is None:
        return None
    passive = said.rfind("được ", 0, verb)
    first, last = (passive, verb) if passive >= 0 else (0, verb)
    named = [
        (row["start"] - spot.start, row["end"] - spot.start)
        for row in work.db.execute(_PARTICIPANTS, (spot.document, spot.start, spot.end))
    ]
    inside = [(start, end) for start, end in named if first <= start and end <= last]
    if not inside:
        return None
    if passive >= 0 and last - first <= _LONGEST_GIVER:   # with the giver's office: `được Bộ trưởng Bộ Tư pháp tặng`
        return one_line(quote[first + len("được ") : last])
    whole = one_line(quote[inside[0][0] : inside[-1][1]])
    told_apart = len(whole) > _LONGEST_GIVER or any(letter.isdigit() for letter in whole)   # a clause stands between
    return one_line(quote[slice(*inside[-1])]) if told_apart else whole

"""How wide the columns of a table are: by their words, so that dates stay whole and long words have room."""

from __future__ import annotations

from outputs.history.model import Table

_LINE = 96          # characters of a line across the page, in the letters of tables
_LONGEST_WORD = 16  # a longer one is broken
_PADDING = 3        # the space beside a column, in characters
_WHOLE = 18         # characters of a cell that is not broken: a date, a name
_DAMPED = 0.7       # long columns take room from short ones, but not all of it
_NOTES = (9, 15)    # characters of the column of notes: at least and at most


def shares(table: Table, whole: int) -> list[int]:
    """Widths of the columns, the notes' last, that sum up to `whole`."""
    columns = [[row.cells[at] for row in table.rows if at < len(row.cells)] for at in range(len(table.header))]
    least = [_least([head, *cells]) for head, cells in zip(table.header, columns, strict=True)]
    wanted = [_wanted([head, *cells]) for head, cells in zip(table.header, columns, strict=True)]
    notes = max((len(",".join(map(str, row.notes))) for row in table.rows), default=0)
    notes = min(max(notes, _NOTES[0]), _NOTES[1])
    room = max(_LINE - notes - sum(least), 0)
    more = [max(0.0, want - few) ** _DAMPED for want, few in zip(wanted, least, strict=True)]
    widths = [few + room * part / (sum(more) or 1) for few, part in zip(least, more, strict=True)]
    widths.append(float(notes))
    made = [int(whole * width / sum(widths)) for width in widths]
    made[max(range(len(made)), key=made.__getitem__)] += whole - sum(made)
    return made


def _least(cells: list[str]) -> int:
    """The longest word, or the whole of short cells: a date is not broken."""
    longest_cell = max(map(len, cells[1:]), default=0)
    whole = _WHOLE if longest_cell <= 2 * _WHOLE else _LONGEST_WORD - 4
    short = max((len(cell) for cell in cells[1:] if len(cell) <= whole), default=0)
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(short, min(longest, _LONGEST_WORD)) + _PADDING


def _wanted(cells: list[str]) -> float:
    """Between the usual cell and the longest."""
    lengths = [min(len(cell), 4 * _LINE) for cell in cells]
    return (sum(lengths) / len(lengths) + max(lengths)) / 2

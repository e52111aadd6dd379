"""All six kinds of fact from one document, in the order in which they claim words, and relations between its acts."""

from __future__ import annotations

from corpus.document import Document
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.directives import find_directives
from extractors.events import find_events
from extractors.facts import Facts
from extractors.figures import find_figures
from extractors.officials import find_officials
from extractors.organisations import Reader
from extractors.relations import find_relations


def extract(document: Document) -> Facts:
    """Find every fact of a document. Pure: reads nothing but the document, keeps nothing."""
    decrees = find_decrees(document)
    reader = Reader(document)   # the bodies that it has read once it need not read again
    dates = find_dates(document, decrees)
    figures = find_figures(document, decrees, dates, reader=reader)
    officials = find_officials(document, reader=reader)
    directives = find_directives(document, decrees, dates, officials)
    events = find_events(document, decrees, dates, officials, directives)
    relations = find_relations(document, decrees)
    return Facts(*map(tuple, (dates, decrees, officials, figures, directives, events, relations)))

"""Documents and their facts as plain data (see corpus.plain)."""

from __future__ import annotations

from decimal import Decimal

from corpus.plain import RECORDS, WORDS, Records
from extractors.facts import Date, Decree, Directive, Event, Facts, Figure, Official, Participant, Relation

FACTS = (Date, Decree, Directive, Event, Facts, Figure, Official, Participant, Relation)
WORDS_OF_FACTS = (Decimal,)

_ours = Records((*RECORDS, *FACTS), (*WORDS, *WORDS_OF_FACTS))
plain, restored = _ours.plain, _ours.restored

"""Documents and their facts as plain data (see corpus.plain)."""

from __future__ import annotations

from decimal import Decimal

from corpus.plain import RECORDS, WORDS, Records
from extractors.facts import Date, Decree, Directive, Event, Facts, Figure, Official, Relation

_ours = Records((*RECORDS, Date, Decree, Directive, Event, Facts, Figure, Official, Relation), (*WORDS, Decimal))
plain, restored = _ours.plain, _ours.restored

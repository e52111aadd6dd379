"""What can be wrong with a fact base, and what to do about it."""

from __future__ import annotations


class FactBaseError(Exception):
    """The file cannot be used as a fact base; the message says why and what to do."""

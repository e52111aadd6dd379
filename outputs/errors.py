"""What can be wrong with a question, and how to ask it."""

from __future__ import annotations


class QuestionError(ValueError):
    """A query, topic, date or kind that cannot be answered as it was put; the message says how to put it."""

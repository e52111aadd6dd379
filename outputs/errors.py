"""What can be wrong with a question, and how to ask it."""

from __future__ import annotations


class QuestionError(ValueError):
    """A query, topic, date or kind that cannot be answered as it was put; the message says how to put it."""


class MissingLibrary(Exception):
    """A library that an optional output needs is not installed; the message says how to install it."""

    def __init__(self, what: str, packages: str, extra: str) -> None:
        self.what = what
        self.packages = packages
        super().__init__(f"{what}: {packages} is not installed; install it with: pip install 'sulieu[{extra}]'")

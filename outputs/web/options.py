"""How a reading room is opened."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _as_said(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Options:
    """Where the room listens, and what bounds a request.

    `secret` makes the hidden field of forms; processes of one room share it. `in_vietnamese` puts a message of an
    error, which is English, into Vietnamese.
    """

    host: str = "127.0.0.1"
    token: str | None = None               # asked of every request, if there is one
    seconds: float = 10.0                  # of database time that a request may take
    body: int = 256 * 1024                 # bytes that a form may have
    threads: int = 3                       # readers at once, each with a handle of its own
    warm: bool = False                     # read at once what the first question needs
    pictures: bool = True                  # pages of the source files, where they can still be found
    secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    in_vietnamese: Callable[[str], str] = _as_said

    @property
    def open_to_others(self) -> bool:
        """Whether other machines can reach the room."""
        return self.host not in LOOPBACK

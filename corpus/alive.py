"""Signs of life: work that takes long tells whoever waits for it that it goes on.

A reader of a book of a thousand scanned pages is not a reader that hangs. `beat()` after each page says so; in a
worker process it postpones the deadline (see `corpus.isolated`), elsewhere it does nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_EVERY = 1.0   # seconds between two signs that are passed on

_listener: Callable[[], None] | None = None
_last = 0.0


def listen(listener: Callable[[], None] | None) -> None:
    """Have `listener` called, in the main thread, for signs of life from now on; None: nobody listens."""
    global _listener, _last
    _listener, _last = listener, time.monotonic()


def beat() -> None:
    """Say that the work goes on. Cheap: passed on at most once a second, and from the main thread alone."""
    global _last
    if _listener is None or threading.current_thread() is not threading.main_thread():
        return
    now = time.monotonic()
    if now - _last >= _EVERY:
        _last = now
        _listener()

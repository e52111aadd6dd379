"""A `sulieu-columns.tsv` that is met as a file: it is broken, or lies where it does not count."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.columns import ColumnsError, Sidecar
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import Source


def read(source: Source) -> Iterator[Rejected]:
    """Raises ReadError: why the mapping was not used."""
    try:
        Sidecar.of(source.path)
    except ColumnsError as error:
        raise ReadError(Reason.BAD_RECORD, str(error)) from error
    except OSError as error:
        raise ReadError(Reason.UNREADABLE, error.strerror or "not a plain file") from error
    raise ReadError(Reason.UNSUPPORTED_TYPE, "a mapping of columns counts beside a container, not inside")
    yield  # type: ignore[unreachable]

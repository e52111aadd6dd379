"""Why a run cannot be done, or cannot go on. `pipeline.usage` has the Vietnamese of what they say."""

from __future__ import annotations


class RunError(Exception):
    """Something around the run is wrong; the message says what to do, and the same command goes on from there."""


class MissingPackage(RunError):
    """An optional part of the program is asked for, and is not installed."""

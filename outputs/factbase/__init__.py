"""The fact base: `FactBase`, `Outcome`, `FactBaseError`."""

from outputs.factbase.errors import FactBaseError
from outputs.factbase.outcomes import Outcome, RunReason
from outputs.factbase.store import FactBase

__all__ = ["FactBase", "FactBaseError", "Outcome", "RunReason"]

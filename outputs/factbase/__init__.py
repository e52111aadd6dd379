"""The fact base: `FactBase`, `Outcome`, `FactBaseError`."""

from outputs.factbase.errors import FactBaseError
from outputs.factbase.store import FactBase, Outcome

__all__ = ["FactBase", "FactBaseError", "Outcome"]

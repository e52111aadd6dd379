"""What names and numbers mean, for the tables that ask the same way as search: see outputs/asking/named.py."""

from outputs.asking.named import decree_ids, resolve

__all__ = ["decree_ids", "resolve"]

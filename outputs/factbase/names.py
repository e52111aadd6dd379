"""Identifiers: hashes of content, so that two builds of the same archive name everything alike."""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: object) -> str:
    """A short stable identifier, e.g. `mention-1f0c…`, from the parts that make a thing what it is."""
    digest = hashlib.sha256("\x1f".join("" if part is None else str(part) for part in parts).encode())
    return f"{prefix}-{digest.hexdigest()[:20]}"


def text_sha256(text: str) -> str:
    """What identifies a text whatever file it came in."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""What researchers say of facts: accepted, rejected, edited; people merged and split (docs/review.md).

Kept in a small SQLite file beside the fact base, keyed to the words of the sources, so that it outlives every rebuild.
The facts themselves never change.
"""

from outputs.review.effect import Corrections, corrections
from outputs.review.errors import ReviewError
from outputs.review.model import Decision, Orphan, Standing, Words
from outputs.review.reviews import Reviews, review_name, review_path

__all__ = [
    "Corrections", "Decision", "Orphan", "ReviewError", "Reviews", "Standing", "Words", "corrections", "review_name",
    "review_path",
]

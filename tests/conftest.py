"""Hypothesis profiles: `make test` tries the same examples each time; `make explore` looks for new ones."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("specification", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1500, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "specification"))

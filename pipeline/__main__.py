"""`python -m pipeline` is `sulieu`."""

from pipeline.cli import main

main()

"""Dated happenings in a clause: private helpers of `extractors.events`."""

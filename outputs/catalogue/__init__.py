"""The fact base as a reading room shows it: lists page by page, and one thing with all that is known of it.

Each module reads one kind of thing with queries that do not grow with the archive; what they return are values with the
places of their words (`Passage`), ready for a page or for JSON.
"""

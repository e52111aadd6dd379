"""How Vietnamese legal documents are cited: numbers, names, pinpoints, issuers, dates (private to `extractors.decrees`)."""

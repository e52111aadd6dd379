"""How Vietnamese legal documents are cited: numbers, names, pinpoints, issuers (private to `extractors.decrees`)."""

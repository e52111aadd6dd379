"""The parts of `extractors.officials`: mentions of people, their roles, the bodies of their posts."""

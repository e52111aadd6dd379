"""Relations between documents: cues, the words that may stand between a cue and its acts, and how they join."""

"""Real roll-call votes: read from a file, fed through the whole pipeline, and their figures printed."""

"""Minutes: the record of a session put into words, entry by entry, for people who were not there."""

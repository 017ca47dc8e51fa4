"""Rule sets: who may do what and when, as data."""

"""Works that are due: found, done once at a time, failed, stopped."""

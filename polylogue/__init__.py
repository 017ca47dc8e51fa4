"""The deliberation itself: pure rules, told the time, the ids and the seeds."""

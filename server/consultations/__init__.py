"""Public consultations that are imported from files."""

"""Rows of the record: the laws they keep, and what they hold."""

"""Recorded votes."""

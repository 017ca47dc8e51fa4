"""Imported consultations."""

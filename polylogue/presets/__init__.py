"""Presets: the seats of bodies that meet, as data for scenarios."""

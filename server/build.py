"""What this software calls itself."""

from importlib.metadata import version

BUILD = version("polylogue")
"""Kept with a work that has failed: another build may do better."""

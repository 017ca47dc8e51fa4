"""Tests of the procedure, one file a chapter."""

"""Tests of what is in examples/: programs that others copy."""

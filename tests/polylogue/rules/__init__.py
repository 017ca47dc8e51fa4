"""Tests of rule sets as data."""

"""Tests of convergence as an operator sees it."""

"""Figures held against published ones, against their definitions, and against the laws they must keep."""

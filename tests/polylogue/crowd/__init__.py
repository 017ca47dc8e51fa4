"""Figures of a consultation, held against those Polis published, their definitions, and the laws they must keep."""

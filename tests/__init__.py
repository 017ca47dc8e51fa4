"""Histories that the software must get right, and laws it must keep."""

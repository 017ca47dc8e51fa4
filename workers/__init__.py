"""Hands that find what is due, compute it with the core and store the result."""

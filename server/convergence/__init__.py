"""Convergence for who runs a server: reports as tables, as JSON and as pictures, and all of them computed again."""

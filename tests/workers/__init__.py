"""Histories of works that are due, and of the processes that do them."""

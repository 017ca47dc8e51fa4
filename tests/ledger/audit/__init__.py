"""Faults are planted one at a time, and the audit names each by its place."""

"""The commands of `polylogue`, by subject, each imported when it is asked for.

Why thin: each parses, dispatches and prints; what it does lives where it can be tried without a terminal.
"""

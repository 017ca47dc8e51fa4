"""The record of a session, its one writer and its readers."""

"""Scenarios: files from which a session is opened; moderators copy one and edit it."""

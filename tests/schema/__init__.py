"""Tests of how sessions are stored and shown."""

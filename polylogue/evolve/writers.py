"""Chapter 5, writers: how much of its budget a session has spent."""

from polylogue import events as e
from polylogue.state import State


def consulted(state: State, event: e.WriterConsulted) -> None:
    state.writer_requests += event.requests

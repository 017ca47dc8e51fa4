"""Rows of writers: when a language model was asked for wordings, and for which draft."""

from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry


def consulted(session: str, entry: Entry, event: e.WriterConsulted, rows: Rows) -> None:
    put(
        rows,
        "writing",
        {"session": session, "seq": entry.seq, "request": event.request, "outcome": event.outcome.value},
    )

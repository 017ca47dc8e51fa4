"""How many requests a session may still have sent to a language model.

Why counted in the record and here: what was spent is known to every process and after every restart; what went out and
is not recorded yet, or never will be, is known only to the process that sent it.
"""

from polylogue.vocabulary import SessionId


class Budget:
    """The requests that each session may have, `limit` of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sent: dict[SessionId, int] = {}

    def take(self, session: SessionId, recorded: int) -> bool:
        """Take one request, if there is one left when the record counts so many as sent."""
        sent = max(recorded, self._sent.get(session, 0))
        if sent >= self._limit:
            return False
        self._sent[session] = sent + 1
        return True

"""Steps that the rules let nobody take before a window is over, taken as soon as it is.

Why with patience: the clock of a server is its own, however fast it is set.
"""

import time
from typing import Any

from tests.serving import Server


def call(do: Any, chair: str, id: str) -> None:
    """Call for consensus when the circulation period is over."""
    deadline = time.monotonic() + 30
    while True:
        try:
            do("callForConsensus", chair, itemId=id)
            return
        except AssertionError as refused:
            if "CIRCULATION_RUNNING" not in str(refused) or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def close(server: Server, session: str, chair: str, id: str) -> None:
    """Close the call when the time for objections is over."""
    deadline = time.monotonic() + 30
    while (done := server.give("closeCall", chair, sessionId=session, itemId=id))["__typename"] != "CloseCallPayload":
        assert done["code"] == "WINDOW_OPEN", done
        assert time.monotonic() < deadline, done
        time.sleep(0.2)

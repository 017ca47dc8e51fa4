"""What a command moves, seen from outside: the phases and states before and after it.

Why from outside: the table in docs/procedure.md tells a moderator what to expect, and this is what a moderator sees.
"""

from typing import NamedTuple

from polylogue.state import State


class Move(NamedTuple):
    """Something of a kind (session, item, text, provision) that stood in one state and stands in another."""

    command: str
    of: str
    before: str
    after: str


Seen = dict[tuple[str, str], str]


def seen(state: State) -> Seen:
    """Every phase and state there is, by kind and id."""
    if state.rules is None:
        return {}
    found: Seen = {("Session", ""): state.phase.value}
    for item in state.items.values():
        found["Item", item.id] = item.phase.value
        found["Text", item.id] = item.text.value
    for provision in state.provisions.values():
        found["Provision", provision.id] = provision.state.value
    return found


def moves(command: str, before: Seen, after: Seen) -> set[Move]:
    """What a command moved; what it made has "–" before."""
    return {
        Move(command, kind, before.get((kind, id), "–"), now)
        for (kind, id), now in after.items()
        if before.get((kind, id)) != now
    }

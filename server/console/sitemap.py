"""The pages there are in a session, by the last part of their address.

Why a table: a page more is a document, a template, a shape and a row here.
"""

from collections.abc import Mapping

from server.console.acts import Outcome
from server.console.board import board
from server.console.cards import cards_shown
from server.console.chair import chair
from server.console.enter import enter
from server.console.invite import for_hosts, invite, to_the_cards
from server.console.pages import TICK, Page, for_holders, for_officers
from server.console.review import for_all, unasked
from server.console.seat import seat

PAGES: Mapping[str, Page] = {
    "board": Page("board", board, over="outcomes", every=TICK),
    "chair": Page("chair", chair, for_officers, room="board", timely=True, every=2 * TICK),
    "enter": Page("enter", enter, for_officers, room="room", any_seat=True, about_seat=True),
    "invite": Page("invite", invite, for_hosts, timely=True),
    "review": Page("review", unasked, for_all, own=True),
    "seat": Page("seat", seat, for_holders, room="room", about_seat=True),
}

CARD = "code url role seats reusable"

OUTCOMES: Mapping[str, Outcome] = {
    "invite": Outcome(f"again cards {{ {CARD} }}", cards_shown),
    "reissueSeat": Outcome(f"again alsoHeld card {{ {CARD} }}", cards_shown),
    "scheduleSession": Outcome("session { id }", to_the_cards),
}
"""Mutations whose answer is a page of its own."""

"""The pages there are in a session, by the last part of their address.

Why a table: a page more is a document, a template, a shape and a row here.
"""

from collections.abc import Mapping

from server.console.acts import Outcome
from server.console.board import board
from server.console.pages import Page, for_holders
from server.console.seat import seat

PAGES: Mapping[str, Page] = {
    "board": Page("board", board, over="outcomes"),
    "seat": Page("seat", seat, for_holders, room="room", about_seat=True),
}

OUTCOMES: Mapping[str, Outcome] = {}
"""Mutations whose answer is a page of its own."""

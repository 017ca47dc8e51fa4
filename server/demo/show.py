"""The demo from beginning to end: the play on a screen, its outcome, and what the audit says of the record."""

import asyncio
from collections.abc import Awaitable, Callable

from rich.console import Console

from polylogue.vocabulary import SessionId
from server.demo.client import PlayStopped
from server.demo.finale import print_further, print_left, print_outcome
from server.demo.outcome import Outcome
from server.demo.play import play
from server.demo.screen import screen_for

AT_A_PERSONS_PACE, AT_ONCE = 1.0, 0.0
BOARD = "{url}/s/{{session}}"
"""Where the board of a session is, on a server."""


async def show(
    url: str,
    organiser_token: str,
    *,
    seed: int,
    fast: bool,
    console: Console,
    audit: Callable[[SessionId], Awaitable[str]],
    lasting: bool,
) -> Outcome:
    """Play on the server at `url` and show it; `audit` gives a line on the session's record when it is over.

    `lasting`: the server goes on afterwards, so its addresses are worth naming at the end. PlayStopped when the play
    cannot go on. Of a session that is left in its midst, then or by a cancellation, it says what becomes of it.
    """
    address = BOARD.format(url=url.rstrip("/"))
    screen = screen_for(console, address)
    try:
        with screen:
            pace = AT_ONCE if fast else AT_A_PERSONS_PACE
            outcome = await play(url, organiser_token, seed=seed, pace=pace, screen=screen)
    except (asyncio.CancelledError, PlayStopped):
        if screen.session:  # and the terminal is as it was before
            print_left(console, screen.session)
        raise
    print_outcome(console, outcome)
    audited = await audit(outcome.session)
    print_further(console, outcome, audited, url=url, board=address.format(session=outcome.session), lasting=lasting)
    return outcome

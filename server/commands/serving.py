"""`polylogue serve`, `work`, `demo` and `new`: what serves, and what asks of a server that it serves."""

from typing import Any

import rich_click as click

from server import convening, operations
from server.terminal import FILE, out, run


@click.command()
@click.option("--host", help="Address to listen on (POLYLOGUE_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (POLYLOGUE_PORT).")
@click.option("--lan", is_flag=True, help="Listen for phones in the same room, and show them the way (POLYLOGUE_LAN).")
def serve(host: str | None, port: int | None, *, lan: bool) -> None:
    """Serve sessions: GraphQL, pages, workers; state under POLYLOGUE_DATA_DIR unless a database is set."""
    run(lambda found: operations.serve(found, out), logs=True, host=host, port=port, lan=lan or None)


@click.command()
@click.argument("scenario")
@click.option("--html", type=FILE, metavar="FILE", help="Write the cards to FILE, to be printed.")
@click.option("--language", metavar="TAG", help="Language of titles, names and cards [default: the session's].")
@click.option("--reusable", is_flag=True, help="Cards that several people may use, until the session is sealed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the session and its cards.")
def new(scenario: str, **wanted: Any) -> None:
    """Schedule a session from SCENARIO, the name of one that ships or a file, and give its join cards.

    A client of the server that runs: start `polylogue serve` first.
    """
    run(lambda found: convening.convene(found, scenario, convening.Wanted(**wanted), out))


@click.command()
@click.option("--slots", type=click.IntRange(1, 64), default=4, show_default=True, help="Works done at a time.")
def work(slots: int) -> None:
    """Compute reports and drafts beside servers on PostgreSQL (an embedded server does it by itself)."""
    run(lambda found: operations.work(found, slots), logs=True)


@click.command()
@click.option("--fast", is_flag=True, help="Without pauses: some ten seconds instead of a minute.")
@click.option("--serve", "stay", is_flag=True, help="Leave the server up afterwards.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=None,
    help="Any number: which of three scripts, by its remainder [default: the day].",
)
def demo(*, fast: bool, stay: bool, seed: int | None) -> None:
    """Play a whole simulated session through the public API."""
    run(lambda found: operations.demo(found, out, fast=fast, stay=stay, seed=seed))

"""`polylogue token`: the organiser's token."""

import rich_click as click

from server import organiser
from server.terminal import out, run


@click.command()
def token() -> None:
    """Give out a token of the site's organiser, to whoever has the host."""
    run(lambda found: organiser.token(found, out))

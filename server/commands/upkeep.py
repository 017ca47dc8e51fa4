"""`polylogue migrate`, `sessions`, `audit`, `rebuild` and `retry`: what keeps an installation in order."""

import rich_click as click

from server import upkeep
from server.terminal import out, run


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    run(lambda found: upkeep.migrate(found, out))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def sessions(*, as_json: bool) -> None:
    """List the sessions that there are: ids, titles, phases, items; the newest first."""
    run(lambda found: upkeep.list_sessions(found, out, as_json=as_json))


@click.command()
@click.argument("session", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def audit(session: str | None, *, as_json: bool) -> None:
    """Check the record of SESSION, or of all sessions, against everything made from it."""
    run(lambda found: upkeep.audit(found, session, out, as_json=as_json))


@click.command()
@click.argument("session", required=False)
def rebuild(session: str | None) -> None:
    """Make the tables that are read anew from the record."""
    run(lambda found: upkeep.rebuild(found, session, out))


@click.command()
@click.argument("work", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def retry(work: str | None, *, as_json: bool) -> None:
    """Free a WORK that failed and waits or is parked; without one, list them."""
    run(lambda found: upkeep.retry(found, work, out, as_json=as_json))

"""`polylogue convergence` and `recompute`: the figures of a session, shown and computed again."""

from typing import Any

import rich_click as click

from polylogue.vocabulary import Dimension
from server.consultations.again import recompute_consultations
from server.convergence import operation
from server.settings import Settings
from server.terminal import DIRECTORY, out, run

DIMENSIONS = click.Choice(list(Dimension), case_sensitive=False)


@click.command()
@click.argument("session")
@click.option("--item", type=click.IntRange(1), help="Only this item of the agenda, by its number.")
@click.option("--dimension", type=DIMENSIONS, help="Only this dimension of security.")
@click.option("--language", metavar="TAG", help="Language of titles, names and clauses [default: the session's].")
@click.option("--private", is_flag=True, help="Figures about single delegations, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")
@click.option("--svg", "pictures", type=DIRECTORY, metavar="DIR", help="Write pictures to DIR, as SVG.")
def convergence(session: str, **wanted: Any) -> None:
    """Show how close the delegations of SESSION are: the newest reports as tables."""
    run(lambda found: operation.convergence(found, session, operation.Wanted(**wanted), out))


@click.command()
@click.argument("session", required=False)
@click.option("--all", "everything", is_flag=True, help="All sessions.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def recompute(session: str | None, *, everything: bool, as_json: bool) -> None:
    """Compute the stored reports of SESSION, or of all sessions, from the record again and compare hashes.

    With --all the figures of consultations, too, from the votes that are kept.
    """
    if bool(session) == everything:
        raise click.UsageError("Name a SESSION, or give --all.")

    def again(found: Settings) -> int:
        of_sessions = operation.recompute(found, session, out, as_json=as_json)
        return max(of_sessions, recompute_consultations(found, out, as_json=as_json) if everything else 0)

    run(again)

"""`polylogue replay-votes`: recorded votes through the whole pipeline."""

from pathlib import Path

import rich_click as click

from polylogue.vocabulary import SeatCode
from server import operations
from server.terminal import out, run


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--states", default=None, help="States of the alpha, by seat code, with commas [default: three groups].")
@click.option("--pairs", default=None, help="States of the shares [default: the states named in the file].")
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
def replay_votes(file: Path, states: str | None, pairs: str | None, *, as_json: bool) -> None:
    """Feed recorded roll-call votes through the whole pipeline and print what the workers make of them."""
    wanted = operations.Wanted(states=_codes(states), pairs=_codes(pairs))
    run(lambda found: operations.replay_votes(found, file, wanted, out, as_json=as_json))


def _codes(given: str | None) -> tuple[SeatCode, ...]:
    return tuple(SeatCode(code.strip().upper()) for code in given.split(",") if code.strip()) if given else ()

"""`polylogue import-consultation` and `remove-consultation`: public consultations beside the sessions."""

from pathlib import Path
from typing import Any

import rich_click as click

from server.consultations import operation
from server.consultations.again import remove_consultation as remove
from server.terminal import out, run


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.option("--session", metavar="ID", help="The session that it stands beside [default: none].")
@click.option("--title", help="What it is called [default: the topic that the files tell].")
@click.option("--language", metavar="TAG", help="The language of its statements, such as en [default: not told].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")
def import_consultation(directory: Path, **wanted: Any) -> None:
    """Import a public consultation from the export of Polis in DIR, and compute its figures."""
    run(lambda found: operation.import_consultation(found, directory, operation.Wanted(**wanted), out))


@click.command()
@click.argument("consultation")
def remove_consultation(consultation: str) -> None:
    """Take the public consultation of this id away, with its figures."""
    run(lambda found: remove(found, consultation, out))

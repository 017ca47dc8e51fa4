"""`polylogue scenario`: the files from which sessions are made."""

import sys
from pathlib import Path

import rich_click as click

from server.scenarios import check as operation
from server.scenarios.loader import ScenarioUnknown
from server.terminal import fail, out


@click.group()
def scenario() -> None:
    """Look at scenarios, the files from which sessions are made: check one, list and show those that ship."""


@scenario.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every mistake.")
def check(file: Path, *, as_json: bool) -> None:
    """Find the mistakes of a scenario's FILE, each with its line; exit code 1 if there are any."""
    sys.exit(operation.check(file, out, as_json=as_json))


@scenario.command("list")
def list_shipped() -> None:
    """List the scenarios that ship, a line each."""
    operation.list_shipped(out)


@scenario.command()
@click.argument("name")
def show(name: str) -> None:
    """Print the scenario of this NAME, to be copied and changed."""
    try:
        operation.show(name, out)
    except ScenarioUnknown as unknown:
        fail(str(unknown))

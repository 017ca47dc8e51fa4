"""The command line: `polylogue …`.

Why thin: each command parses, dispatches and prints; what it does lives where it can be tried without a terminal.
"""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import rich_click as click
from rich.console import Console

from polylogue.record.payload import PayloadInvalid
from polylogue.vocabulary import Dimension, SeatCode
from server import convening, mishaps, operations
from server.consultations import operation as consultations_operation
from server.consultations.again import recompute_consultations, remove_consultation
from server.convergence import operation as convergence_operation
from server.convergence.operation import Wanted
from server.exports import minutes_operation
from server.exports import operation as exports_operation
from server.exports.minutes import HTML, MARKDOWN
from server.installation import DirectoryHeld
from server.scenarios import check as scenario_check
from server.scenarios.loader import ScenarioUnknown
from server.scenarios.mistakes import ScenarioInvalid
from server.settings import Settings, SettingsInvalid, settings
from server.telemetry import configure_logging

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

DIMENSIONS = click.Choice(list(Dimension), case_sensitive=False)
DIRECTORY = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
UNREADABLE = (
    "What is stored here cannot be read by this version of Polylogue ({wrong}). `polylogue audit` names the entry. "
    "Records of format 0 are read by the version that wrote them (docs/record.md)."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="polylogue", prog_name="polylogue")
def main() -> None:
    """Structured deliberation with a record anybody can check."""


@main.command()
@click.option("--host", help="Address to listen on (POLYLOGUE_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (POLYLOGUE_PORT).")
@click.option("--lan", is_flag=True, help="Listen for phones in the same room, and show them the way (POLYLOGUE_LAN).")
def serve(host: str | None, port: int | None, *, lan: bool) -> None:
    """Serve sessions: GraphQL, pages, workers; state under POLYLOGUE_DATA_DIR unless a database is set."""
    _run(lambda found: operations.serve(found, out), logs=True, host=host, port=port, lan=lan or None)


@main.command()
@click.argument("scenario")
@click.option("--html", type=FILE, metavar="FILE", help="Write the cards to FILE, to be printed.")
@click.option("--language", metavar="TAG", help="Language of titles, names and cards [default: the session's].")
@click.option("--reusable", is_flag=True, help="Cards that several people may use, until the session is sealed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the session and its cards.")
def new(scenario: str, **wanted: Any) -> None:
    """Schedule a session from SCENARIO, the name of one that ships or a file, and give its join cards.

    A client of the server that runs: start `polylogue serve` first.
    """
    _run(lambda found: convening.convene(found, scenario, convening.Wanted(**wanted), out))


@main.command()
@click.option("--slots", type=click.IntRange(1, 64), default=4, show_default=True, help="Works done at a time.")
def work(slots: int) -> None:
    """Compute reports and drafts beside servers on PostgreSQL (an embedded server does it by itself)."""
    _run(lambda found: operations.work(found, slots), logs=True)


@main.command()
def token() -> None:
    """Give out a token of the site's organiser, to whoever has the host."""
    _run(lambda found: operations.token(found, out))


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    _run(lambda found: operations.migrate(found, out))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def sessions(*, as_json: bool) -> None:
    """List the sessions that there are: ids, titles, phases, items; the newest first."""
    _run(lambda found: operations.list_sessions(found, out, as_json=as_json))


@main.command()
@click.argument("session", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def audit(session: str | None, *, as_json: bool) -> None:
    """Check the record of SESSION, or of all sessions, against everything made from it."""
    _run(lambda found: operations.audit(found, session, out, as_json=as_json))


@main.command()
@click.argument("session", required=False)
def rebuild(session: str | None) -> None:
    """Make the tables that are read anew from the record."""
    _run(lambda found: operations.rebuild(found, session, out))


@main.command()
@click.argument("work", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def retry(work: str | None, *, as_json: bool) -> None:
    """Free a WORK that failed and waits or is parked; without one, list them."""
    _run(lambda found: operations.retry(found, work, out, as_json=as_json))


@main.command()
@click.argument("session")
@click.option("--item", type=click.IntRange(1), help="Only this item of the agenda, by its number.")
@click.option("--dimension", type=DIMENSIONS, help="Only this dimension of security.")
@click.option("--language", metavar="TAG", help="Language of titles, names and clauses [default: the session's].")
@click.option("--private", is_flag=True, help="Figures about single delegations, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")
@click.option("--svg", "pictures", type=DIRECTORY, metavar="DIR", help="Write pictures to DIR, as SVG.")
def convergence(session: str, **wanted: Any) -> None:
    """Show how close the delegations of SESSION are: the newest reports as tables."""
    _run(lambda found: convergence_operation.convergence(found, session, Wanted(**wanted), out))


@main.command()
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
        of_sessions = convergence_operation.recompute(found, session, out, as_json=as_json)
        return max(of_sessions, recompute_consultations(found, out, as_json=as_json) if everything else 0)

    _run(again)


@main.command("export-text")
@click.argument("item")
@click.option("--session", metavar="ID", help="The session, where ITEM is a number of its agenda.")
@click.option("--language", metavar="TAG", help="Language of the document [default: the session's].")
@click.option(
    "--format",
    "form",
    type=click.Choice([exports_operation.MARKDOWN, exports_operation.PDF], case_sensitive=False),
    help="Markdown or PDF [default: as FILE is named, else Markdown].",
)
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Write to FILE.")
def export_text(**wanted: Any) -> None:
    """Export the text of ITEM, an item's id or number, in the form of a resolution."""
    asked = exports_operation.Wanted(**wanted)
    _run(lambda found: exports_operation.export_text(found, asked, out))


@main.command("minutes")
@click.argument("session")
@click.option("--language", metavar="TAG", help="Language of the minutes: en, ru or zh [default: the session's].")
@click.option(
    "--format",
    "form",
    type=click.Choice([MARKDOWN, HTML], case_sensitive=False),
    help="Markdown or HTML [default: as FILE is named, else Markdown].",
)
@click.option("--private", is_flag=True, help="What only a chair, a facilitator or single delegations may read, too.")
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Write to FILE.")
def minutes(session: str, **wanted: Any) -> None:
    """Write the minutes of SESSION: who said, proposed, objected and why, and how it ended."""
    asked = minutes_operation.Wanted(**wanted)
    _run(lambda found: minutes_operation.minutes(found, session, asked, out))


@main.command("replay-votes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--states", default=None, help="States of the alpha, by seat code, with commas [default: three groups].")
@click.option("--pairs", default=None, help="States of the shares [default: the states named in the file].")
@click.option("--json", "as_json", is_flag=True, help="All figures as one JSON object.")
def replay_votes(file: Path, states: str | None, pairs: str | None, *, as_json: bool) -> None:
    """Feed recorded roll-call votes through the whole pipeline and print what the workers make of them."""
    wanted = operations.Wanted(states=_codes(states), pairs=_codes(pairs))
    _run(lambda found: operations.replay_votes(found, file, wanted, out, as_json=as_json))


@main.command("import-consultation")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.option("--session", metavar="ID", help="The session that it stands beside [default: none].")
@click.option("--title", help="What it is called [default: the topic that the files tell].")
@click.option("--language", metavar="TAG", help="The language of its statements, such as en [default: not told].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")
def import_consultation(directory: Path, **wanted: Any) -> None:
    """Import a public consultation from the export of Polis in DIR, and compute its figures."""
    asked = consultations_operation.Wanted(**wanted)
    _run(lambda found: consultations_operation.import_consultation(found, directory, asked, out))


@main.command("remove-consultation")
@click.argument("consultation")
def remove(consultation: str) -> None:
    """Take the public consultation of this id away, with its figures."""
    _run(lambda found: remove_consultation(found, consultation, out))


@main.group()
def scenario() -> None:
    """Look at scenarios, the files from which sessions are made: check one, list and show those that ship."""


@scenario.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every mistake.")
def check_scenario(file: Path, *, as_json: bool) -> None:
    """Find the mistakes of a scenario's FILE, each with its line; exit code 1 if there are any."""
    sys.exit(scenario_check.check(file, out, as_json=as_json))


@scenario.command("list")
def list_scenarios() -> None:
    """List the scenarios that ship, a line each."""
    scenario_check.list_shipped(out)


@scenario.command("show")
@click.argument("name")
def show_scenario(name: str) -> None:
    """Print the scenario of this NAME, to be copied and changed."""
    try:
        scenario_check.show(name, out)
    except ScenarioUnknown as unknown:
        _fail(str(unknown))


@main.command()
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
    _run(lambda found: operations.demo(found, out, fast=fast, stay=stay, seed=seed))


def _run(operation: Callable[[Settings], int | None], *, logs: bool = False, **changed: str | int | None) -> None:
    """Run an operation with the settings; why it cannot be done is a sentence and exit code 2, unless it is our bug.

    What talks to a person logs only warnings; `logs` is for what runs by itself.
    """
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))  # ends in order, as Ctrl-C does
    try:
        found = settings()
    except SettingsInvalid as invalid:
        _fail(str(invalid))
    given = {name: value for name, value in changed.items() if value is not None}
    found = found.model_copy(update=given)
    configure_logging(found.log_level if logs else "WARNING", json=found.log_json)
    try:
        sys.exit(operation(found) or 0)
    except (SettingsInvalid, DirectoryHeld, operations.Stopped, convening.NotConvened, ScenarioInvalid) as wrong:
        _fail(str(wrong))
    except PayloadInvalid as wrong:
        _fail(UNREADABLE.format(wrong=wrong))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if mishap := mishaps.sentence(error, found):
            _fail(mishap)
        raise


def _fail(sentence: str) -> NoReturn:
    err.print(sentence, style="bold red", markup=False, soft_wrap=True)
    sys.exit(2)


def _codes(given: str | None) -> tuple[SeatCode, ...]:
    return tuple(SeatCode(code.strip().upper()) for code in given.split(",") if code.strip()) if given else ()


if __name__ == "__main__":
    main()

"""What all commands share: where they print, how they run an operation and say why it could not be done."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import rich_click as click
from rich.console import Console

from ledger.unread import NotRebuilt, Unreadable
from polylogue.record.payload import PayloadInvalid
from server import mishaps
from server.installation import DirectoryHeld
from server.logs import configure_logging
from server.mishaps import Stopped
from server.on_demand import INTERRUPTED
from server.scenarios.mistakes import ScenarioInvalid
from server.settings import Settings, SettingsInvalid, settings

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

DIRECTORY = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
UNREADABLE = (
    "What is stored here cannot be read by this version of Polylogue ({wrong}). `polylogue audit` names the entry. "
    "Records of format 0 are read by the version that wrote them (docs/record.md)."
)


def run(operation: Callable[[Settings], int | None], *, logs: bool = False, **changed: str | int | None) -> None:
    """Run an operation with the settings; why it cannot be done is a sentence and exit code 2, unless it is our bug.

    What talks to a person logs only warnings; `logs` is for what runs by itself.
    """
    signal.signal(signal.SIGTERM, _end_in_order)
    try:
        found = settings()
    except SettingsInvalid as invalid:
        fail(str(invalid))
    given = {name: value for name, value in changed.items() if value is not None}
    found = found.model_copy(update=given)
    configure_logging(found.log_level if logs else "WARNING", json=found.log_json)
    try:
        sys.exit(operation(found) or 0)
    except (SettingsInvalid, DirectoryHeld, Stopped, ScenarioInvalid) as wrong:
        fail(str(wrong))
    except (PayloadInvalid, Unreadable, NotRebuilt) as wrong:
        fail(UNREADABLE.format(wrong=wrong))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if mishap := mishaps.sentence(error, found):
            fail(mishap)
        raise


def _end_in_order(*_: object) -> None:
    """As Ctrl-C does; whatever a shell has put into the background ignores that, and is to end all the same."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def fail(sentence: str) -> NoReturn:
    err.print(sentence, style="bold red", markup=False, soft_wrap=True)
    sys.exit(2)

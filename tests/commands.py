"""The command line in processes of its own, forked from one that has imported it.

Why forked: to import it takes longer than most commands run. Signals, exit codes and what is printed are what a shell
would have.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from server import cli
from server.commands import consultations, documents, figures, organiser, scenarios, serving, upkeep, votes

IMPORTED = (consultations, documents, figures, organiser, scenarios, serving, upkeep, votes)
"""What a command would import when it is asked for."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


class Command:
    """`polylogue` with these words, in this environment and no other; what it prints is added to files."""

    def __init__(self, words: Sequence[str], environment: dict[str, str], out: Path, err: Path) -> None:
        for path in (out, err):
            path.touch()
        self._process = _FORKS.Process(target=_run, args=(words, environment, out, err), daemon=True)
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """With which code it has ended; null while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """The code with which it ends."""
        self._process.join(seconds)
        if (code := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired("polylogue", seconds or 0.0)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def run_command(words: Sequence[str], environment: dict[str, str], seconds: float) -> subprocess.CompletedProcess[str]:
    """What a command says, and with which code it ends; one that takes too long is killed."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        command = Command(words, environment, out, err)
        try:
            code = command.wait(seconds)
        finally:
            command.kill()
        return subprocess.CompletedProcess(list(words), code, out.read_text("utf-8"), err.read_text("utf-8"))


def _run(words: Sequence[str], environment: dict[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["polylogue", *words]
    cli.main()

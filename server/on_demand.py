"""A group of commands that are imported when they are asked for.

Why: to import a server takes seconds, and neither `polylogue --help` nor an audit needs one.
"""

import gc
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import rich_click as click

INTERRUPTED = 130
"""The exit code of what was told to stop before it was done."""


class Told(NamedTuple):
    """What is known of a command before it is imported: the module that it is in, its first line of help, and what a
    person at a terminal is told at once where they wait for it.
    """

    module: str
    help: str
    meanwhile: str = ""


class OnDemand(click.RichGroup):
    """A group that imports a command when it is run, and no sooner."""

    def __init__(self, *words: Any, told: Mapping[str, Told], **named: Any) -> None:
        super().__init__(*words, **named)
        self.told = told

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- as click calls it
        return sorted(self.told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as above
        """What is told of a command, which is all that a list of them shows."""
        told = self.told.get(cmd_name)
        return click.RichCommand(name=cmd_name, help=told.help) if told else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, told, rest = super().resolve_command(ctx, args)
        return name, self.load(name) if name and told else None, rest

    def load(self, name: str) -> click.Command:
        """The command itself.

        Meanwhile without the collector: it would look through all that is imported again and again though none of it
        goes, and take a quarter of the time. numpy's BLAS reads how many threads it may have when it is loaded: on the
        small matrices of a session they wait for one another a hundred times longer than they compute. Ctrl-C ends the
        process at once: there is nothing yet to be given back, and an exception may get lost in the midst of imports.
        """
        told = self.told[name]
        if told.meanwhile and sys.stderr.isatty():
            click.echo(told.meanwhile, err=True)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        gc.disable()
        before = signal.getsignal(signal.SIGINT)
        if before is signal.default_int_handler:  # else somebody ignores it for us
            signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
        try:
            return getattr(import_module(told.module), name.replace("-", "_"))
        finally:
            signal.signal(signal.SIGINT, before)
            gc.freeze()
            gc.enable()

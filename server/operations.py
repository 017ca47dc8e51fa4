"""What serves and what plays: each operation as a function over settings and a console.

Why apart from the commands: tests and the demo call them as a person would, without parsing words.
"""

import asyncio
import signal
import socket
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from ledger.audit import Finding, audit_session
from ledger.database import Database
from polylogue.vocabulary import SessionId
from server.access import Access
from server.demo.client import PlayStopped
from server.demo.show import show
from server.installation import running
from server.lan import in_terminal
from server.mishaps import Stopped
from server.serve import Serving, installation, run, serving
from server.services import RedisAt, redis_of, services
from server.settings import Settings
from server.storage import with_database
from server.votes import operation as votes_operation
from server.votes.operation import Wanted
from server.votes.replay import ReplayRefused


def serve(settings: Settings, out: Console) -> None:
    """Serve until told to stop; says where, and gives the organiser's token the first time, once."""

    async def until_told(redis_at: RedisAt) -> None:
        stop = _told_to_stop()
        async with serving(settings, redis_at) as server:
            _introduce(server, settings, out)
            if not await _shown_first_token(server.parts.access, out):
                out.print("  The organiser's token was shown before; `polylogue token` gives another.")
            _show_the_way(server, settings, out)
            told = asyncio.create_task(stop.wait(), name="told to stop")
            await asyncio.wait({server.ended, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()

    with installation(settings) as redis_at:
        run(until_told(redis_at))


def work(settings: Settings, slots: int) -> None:
    """Do works until told to stop, beside servers that share a database and a Redis."""
    if settings.embedded:
        raise Stopped("An embedded server works by itself; `polylogue work` needs POLYLOGUE_DATABASE_URL.")

    async def until_told(redis_at: RedisAt) -> None:
        stop = _told_to_stop()
        async with services(settings, redis_at, slots=slots) as parts:
            waits = {asyncio.create_task(event.wait()) for event in (stop, parts.jobs.died)}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
        if parts.jobs.dead:
            raise Stopped(f"What this process lives for has ended, see the log: {', '.join(parts.jobs.dead)}.")

    with redis_of(settings) as redis_at:
        run(until_told(redis_at))


def replay_votes(settings: Settings, file: Path, wanted: Wanted, out: Console, *, as_json: bool) -> None:
    """Check a file of recorded votes whole, feed it through the pipeline, print the figures."""
    try:
        votes, found = votes_operation.replay_file(settings, file, wanted, out)
    except* (votes_operation.FileRefused, ReplayRefused, votes_operation.ReportFailed) as failed:
        raise Stopped(str(_first(failed))) from None
    if as_json:
        out.print(votes_operation.as_json(found), markup=False, soft_wrap=True)
    else:
        out.print(
            f"{sum(map(len, votes.sessions.values()))} final roll calls in {len(votes.sessions)} sessions; "
            f"{votes.left_out} on amendments and paragraphs left out."
        )
        votes_operation.show(found, out)


def demo(settings: Settings, out: Console, *, fast: bool, stay: bool, seed: int | None) -> None:
    """Play a whole simulated session through the public API, on the running server or on one that is started for it."""
    script = datetime.now(UTC).toordinal() if seed is None else seed
    server = running(settings.data_dir) if settings.embedded else None
    try:
        if server:
            asyncio.run(_show(settings, server.url, server.token, script, out, fast=fast, lasting=True))
            return
        with installation(settings) as redis_at:
            run(_show_and_serve(_on_a_free_port(settings), redis_at, script, out, fast=fast, stay=stay))
    except PlayStopped as stopped:
        raise Stopped(f"The demo stopped. {stopped}") from None


async def _show_and_serve(
    settings: Settings, redis_at: RedisAt, script: int, out: Console, *, fast: bool, stay: bool
) -> None:
    stop = _told_to_stop()
    async with serving(settings, redis_at, stays=stay) as server:
        playing = _show(settings, server.url, server.local_token, script, out, fast=fast, lasting=stay)
        await _unless(stop, asyncio.create_task(playing, name="demo"))
        if stay:  # what ends has no use for the token: `polylogue serve` shows it then
            await _shown_first_token(server.parts.access, out)
            out.print(f"The server stays at {server.url} until Ctrl-C.")
            await stop.wait()


async def _show(
    settings: Settings, url: str, token: str, script: int, out: Console, *, fast: bool, lasting: bool
) -> None:
    async def audited(session: SessionId) -> str:
        def check(database: Database) -> Awaitable[Finding]:
            return database.read(lambda connection: audit_session(connection, session))

        return (await with_database(settings, check)).sentence

    await show(url, token, seed=script, fast=fast, console=out, audit=audited, lasting=lasting)


def _on_a_free_port(settings: Settings) -> Settings:
    """The settings, with any free port where the usual one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return settings.model_copy(update={"port": 0})
    return settings


def _told_to_stop() -> asyncio.Event:
    """Set when this process is told to end, by Ctrl-C or SIGTERM: whatever it holds is then given back in order.

    uvicorn takes both signals too, ends, and raises them again; without handlers of ours that would end the process in
    the middle of that.
    """
    stop = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    return stop


async def _unless(stop: asyncio.Event, job: "asyncio.Task[None]") -> None:
    """Await the job; told to stop, leave it, before it meets a server that has stopped, and raise KeyboardInterrupt."""
    told = asyncio.create_task(stop.wait(), name="told to stop")
    await asyncio.wait({job, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if stop.is_set():
        job.cancel()
        await asyncio.wait({job})
        raise KeyboardInterrupt
    await job


def _first(failed: BaseException) -> BaseException:
    """The first error in a group of groups: sessions are fed side by side, and so are the seats of a day."""
    return _first(failed.exceptions[0]) if isinstance(failed, BaseExceptionGroup) else failed


def _introduce(server: Serving, settings: Settings, out: Console) -> None:
    out.print(f"[bold]Polylogue[/] serves at [link={server.site}]{server.site}[/link]")
    out.print("  Open it in a browser: sessions are scheduled there, people come in by card.")
    out.print(f"  For programs, GraphQL and GraphiQL: {server.site}/graphql", soft_wrap=True)
    if settings.embedded:
        out.print(f"  state: {settings.data_dir}", soft_wrap=True)


async def _shown_first_token(access: Access, out: Console) -> bool:
    """Show the organiser's token if none has been shown; only then it counts as shown."""
    first = await access.first_token()
    if first:
        out.print("\n  The organiser's token, to sign in with, shown this once:", soft_wrap=True)
        out.print(f"  [bold]{first}[/]\n", soft_wrap=True)
        await access.shown()
    return first is not None


def _show_the_way(server: Serving, settings: Settings, out: Console) -> None:
    """For phones in this room, where they are listened for."""
    if settings.lan:
        out.print(f"\n  Phones in this room open {server.site}, or scan:\n")
        out.print(in_terminal(server.site), style="white on black", markup=False, soft_wrap=True)

"""What the command line does: each operation as a function over settings and a console.

Why apart from the commands: tests and the demo call them as a person would, without parsing words.
"""

import asyncio
import json
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

import sqlalchemy as sa
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from ledger.audit import Finding, audit_session, sessions
from ledger.database import Database, open_database
from ledger.due import Due
from ledger.rebuild import rebuild_all, rebuild_session
from migrations import migrate as migrate_at
from polylogue.vocabulary import SessionId
from server.access import Access
from server.demo.client import PlayStopped
from server.demo.show import show
from server.installation import held, running
from server.lan import in_terminal
from server.serve import Serving, installation, run, serving
from server.services import BUILD, RedisAt, redis_of, require_up_to_date, services
from server.settings import Settings
from server.titles import as_json as titles_as_json
from server.titles import listed, titles
from server.votes import operation as votes_operation
from server.votes.operation import Wanted
from server.votes.replay import ReplayRefused

T = TypeVar("T")

NO_TITLE = "(its title is erased)"


class Stopped(Exception):
    """An operation that cannot go on; the message is for whoever asked for it."""


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


def token(settings: Settings, out: Console) -> None:
    """Give out a further token of the organiser: whoever has the host may always organise."""

    async def give(database: Database) -> None:
        access = Access(database)
        out.print(await access.fresh_organiser_token(), soft_wrap=True)
        await access.shown()

    require_database(settings)
    asyncio.run(with_database(settings, give))


def migrate(settings: Settings, out: Console) -> None:
    """Bring the database up to date; an embedded one only while no server has it."""
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        out.print(f"The database stands at revision {migrate_at(settings.database)}.")


class Looked(Protocol):
    """What a look at one session found."""

    @property
    def entries(self) -> int: ...
    @property
    def sound(self) -> bool: ...
    @property
    def sentence(self) -> str: ...
    def document(self) -> dict[str, object]: ...


def audit(settings: Settings, session: str | None, out: Console, *, as_json: bool) -> int:
    """Check the record of one session or of all, a line each; 1 when any is not sound. A server may run meanwhile."""
    return look(settings, session, audit_session, out, as_json=as_json)


def look(
    settings: Settings,
    session: str | None,
    at: Callable[[sa.Connection, SessionId], Looked],
    out: Console,
    *,
    as_json: bool,
) -> int:
    """Look at one session or at all, each on a snapshot of its own, and print a line each; 1 when any is not sound."""

    async def at_each(database: Database) -> int:
        found = [SessionId(session)] if session else await database.read(sessions)
        named = await database.read(titles)
        faulty = 0
        for one in found:
            seen = await database.read(lambda connection, one=one: at(connection, one))
            if not seen.entries and seen.sound:
                raise Stopped(f"There is no session {one}.")
            faulty += not seen.sound
            title = named.get(one, "")
            if as_json:
                told = {**seen.document(), "title": title}
                out.print(json.dumps(told, ensure_ascii=False), markup=False, soft_wrap=True)
            else:
                mark = "[green]✓[/]" if seen.sound else "[bold red]✗[/]"
                of = f" [dim]“{escape(title)}”[/]" if title else ""
                out.print(f"{mark} {escape(seen.sentence)}{of}", soft_wrap=True)
        if not found and not as_json:
            out.print("There is no session yet.")
        return 1 if faulty else 0

    require_database(settings)
    return asyncio.run(with_database(settings, at_each))


def list_sessions(settings: Settings, out: Console, *, as_json: bool) -> None:
    """Print what sessions there are, with their ids, titles and items, the newest first."""
    require_database(settings)
    found = asyncio.run(with_database(settings, lambda database: database.read(listed)))
    for each in found:
        if as_json:
            out.print(titles_as_json(each), markup=False, soft_wrap=True)
            continue
        about = f"{each.nature.lower()}, {each.phase.lower()}, {each.scheduled_at[:16].replace('T', ' ')} UTC"
        out.print(f"[bold]{each.session}[/]  {escape(each.title or NO_TITLE)}", soft_wrap=True)
        out.print(f"  [dim]{about}[/]", soft_wrap=True)
        for item in each.items:
            out.print(
                f"  {item.number}  {escape(item.title or NO_TITLE)} [dim]({item.phase.lower()})[/]", soft_wrap=True
            )
    if not found and not as_json:
        out.print("There is no session yet.")


def rebuild(settings: Settings, session: str | None, out: Console) -> None:
    """Make the rows that are read anew from the record; an embedded database only while no server has it."""

    async def make(database: Database) -> None:
        if session:
            one = SessionId(session)
            seq = await database.transact(lambda connection: rebuild_session(connection, one))
            if not seq:
                raise Stopped(f"There is no session {session}.")
            out.print(f"Session {session} is rebuilt from its {seq} entries.")
            return
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("sessions rebuilt", total=None)

            def done(_: SessionId, number: int, of: int) -> None:
                progress.update(task, completed=number, total=of)

            count = await rebuild_all(database.transact, done)
        out.print(f"{count} sessions are rebuilt from their records.")

    require_database(settings)
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        asyncio.run(with_database(settings, make))


def retry(settings: Settings, work_name: str | None, out: Console, *, as_json: bool) -> int:
    """Free a work that failed, or list those that wait or are parked."""

    async def free(database: Database) -> bool:
        return await Due(database, build=BUILD).retry(work_name or "")

    async def listed(database: Database) -> list[dict[str, object]]:
        return [dict(row._mapping) for row in await Due(database, build=BUILD).failures()]  # noqa: SLF001 -- its public name

    require_database(settings)
    if work_name:
        freed = asyncio.run(with_database(settings, free))
        out.print(f"{work_name} is due again." if freed else f"{work_name} has not failed.")
        return 0 if freed else 1
    failures = asyncio.run(with_database(settings, listed))
    if as_json:
        for failure in failures:
            out.print_json(json.dumps(failure), indent=None)
        return 0
    table = Table("work", "attempts", "next try", "error", title=None if failures else "Nothing has failed.")
    for failure in failures:
        cells = (str(failure[name] or "parked") for name in ("work", "attempts", "retry_at", "error"))
        table.add_row(*map(escape, cells))
    out.print(table)
    return 0


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


async def with_database(settings: Settings, body: Callable[[Database], Awaitable[T]]) -> T:
    """Run a body over the database, which must be up to date, and close it."""
    database = open_database(settings.database, readers=settings.readers, lanes=settings.lanes)
    try:
        await require_up_to_date(database)
        return await body(database)
    finally:
        await database.close()


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


def require_database(settings: Settings) -> None:
    """Raise Stopped where there is no embedded database yet, instead of making an empty one."""
    if settings.embedded:
        try:
            (settings.data_dir / "polylogue.db").stat()
        except FileNotFoundError:
            sentence = f"There is no database in {settings.data_dir} yet; `polylogue serve` makes one."
            raise Stopped(sentence) from None


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

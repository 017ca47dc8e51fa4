"""What the command line does: each operation as a function over settings and a console.

Why apart from the commands: tests and the demo call them as a person would, without parsing words.
"""

import asyncio
import json
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from ledger.database import Database, open_database
from ledger.due import Due
from migrations import migrate as migrate_at
from server.access import Access
from server.installation import held
from server.serve import Serving, installation, serving
from server.services import BUILD, RedisAt, redis_of, services
from server.settings import Settings
from server.votes import operation as votes_operation
from server.votes.operation import Wanted
from server.votes.replay import ReplayRefused
from server.votes.rollcalls import RowRefused, read_votes

T = TypeVar("T")


class Stopped(Exception):
    """An operation that cannot go on; the message is for whoever asked for it."""


def serve(settings: Settings, out: Console) -> None:
    """Serve until told to stop; says where, and on the first start gives the organiser's token, once."""

    async def until_told(redis_at: RedisAt) -> None:
        async with serving(settings, redis_at) as server:
            _introduce(server, settings, out)
            await server.ended

    with installation(settings) as redis_at:
        asyncio.run(until_told(redis_at))


def work(settings: Settings, slots: int) -> None:
    """Do works until told to stop, beside servers that share a database and a Redis."""
    if settings.embedded:
        raise Stopped("An embedded server works by itself; `polylogue work` needs POLYLOGUE_DATABASE_URL.")

    async def until_told(redis_at: RedisAt) -> None:
        stop = asyncio.Event()
        for told in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(told, stop.set)
        async with services(settings, redis_at, slots=slots):
            await stop.wait()

    with redis_of(settings) as redis_at:
        asyncio.run(until_told(redis_at))


def token(settings: Settings, out: Console) -> None:
    """Give out a further token of the organiser: whoever has the host may always organise."""

    async def give(database: Database) -> str:
        access = Access(database)
        return await access.ensure_organiser() or await access.fresh_organiser_token()

    _require_database(settings)
    out.print(asyncio.run(with_database(settings, give)), soft_wrap=True)


def migrate(settings: Settings, out: Console) -> None:
    """Bring the database up to date; an embedded one only while no server has it."""
    with ExitStack() as stack:
        if settings.embedded:
            stack.enter_context(held(settings.data_dir))
        out.print(f"The database stands at revision {migrate_at(settings.database)}.")


def retry(settings: Settings, work_name: str | None, out: Console, *, as_json: bool) -> int:
    """Free a work that failed, or list those that wait or are parked."""

    async def free(database: Database) -> bool:
        return await Due(database, build=BUILD).retry(work_name or "")

    async def listed(database: Database) -> list[dict[str, object]]:
        return [dict(row._mapping) for row in await Due(database, build=BUILD).failures()]  # noqa: SLF001 -- its public name

    _require_database(settings)
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
        table.add_row(*(str(failure[name] or "parked") for name in ("work", "attempts", "retry_at", "error")))
    out.print(table)
    return 0


def replay_votes(settings: Settings, file: Path, wanted: Wanted, out: Console, *, as_json: bool) -> None:
    """Check a file of recorded votes whole, feed it through the pipeline, print the figures."""
    try:
        votes = read_votes(file)
    except (RowRefused, OSError) as refused:
        raise Stopped(f"Nothing was written. {refused}") from None
    if unknown := [seat for seat in (*wanted.states, *wanted.pairs) if seat not in votes.seats]:
        raise Stopped(f"The file has no votes of {', '.join(unknown)}; it has {', '.join(votes.seats)}.")
    try:
        found = votes_operation.replay_file(settings, votes, wanted, out)
    except* (ReplayRefused, votes_operation.ReportFailed) as failed:
        raise Stopped(str(failed.exceptions[0])) from None
    if as_json:
        out.print(votes_operation.as_json(found), soft_wrap=True)
    else:
        out.print(
            f"{sum(map(len, votes.sessions.values()))} final roll calls in {len(votes.sessions)} sessions; "
            f"{votes.left_out} votes on amendments and paragraphs left out."
        )
        votes_operation.show(found, out)


async def with_database(settings: Settings, body: Callable[[Database], Awaitable[T]]) -> T:
    """Run a body over the database and close it."""
    database = open_database(settings.database, readers=settings.readers, lanes=settings.lanes)
    try:
        return await body(database)
    finally:
        await database.close()


def _require_database(settings: Settings) -> None:
    """Raise Stopped where there is no embedded database yet, instead of making an empty one."""
    if settings.embedded and not (settings.data_dir / "polylogue.db").exists():
        raise Stopped(f"There is no database in {settings.data_dir} yet; `polylogue serve` makes one.")


def _introduce(server: Serving, settings: Settings, out: Console) -> None:
    out.print(f"[bold]Polylogue[/] serves at [link={server.url}]{server.url}[/link]")
    out.print(f"  GraphQL, and GraphiQL in a browser: {server.url}/graphql")
    if settings.embedded:
        out.print(f"  state: {settings.data_dir}")
    if server.first_token:
        out.print(f"\n  The organiser's token, shown this once:\n  [bold]{server.first_token}[/]\n", soft_wrap=True)
    else:
        out.print("  The organiser's token was shown at the first start; `polylogue token` gives another.")
